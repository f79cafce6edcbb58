//! MATGAS: the `.m` files of GasModels.jl and GasPowerModels.jl, and their time series.
//!
//! A file assigns constants and matrices to the fields of a struct. Density is pressure over the
//! square of a constant speed of sound, friction factors are constant (Darcy's), flows are kg/s or,
//! in English units, million standard cubic feet a day. The format states bounds and nominal flows
//! and leaves the operation to an optimiser; [`operation`] says how the network is run here.
//!
//! Source: GasModels.jl, `io/matgas.jl`, `core/data.jl`, `core/unit_converters.jl`, `io/transient.jl`
//! and the manual's page on the Matgas format.

mod columns;
mod constants;
mod elements;
mod matlab;
mod network;
mod operation;
mod rows;
mod series;
mod terminals;

pub(crate) use constants::{Factors, MOLAR_MASS_OF_AIR};
pub(crate) use operation::slack;

use crate::codes;
use crate::import::{Companions, Import, case_id};
use crate::sources::Span;
use linepack_network::{
    Case, FrictionLaw, InitialState, Network, Place, Scenario, Settings, Terms,
};
use linepack_units::{HeatingBasis, ReferenceConditions};
use std::path::Path;

/// Reads a `.m` file, and the time series that comes with it.
pub(crate) fn read(import: &mut Import, path: &Path, beside: &Companions) -> Option<Case> {
    let source = import.file(path)?;
    let document = matlab::parse(import, source);
    if document.tables.iter().any(|t| t.field.starts_with("node.")) {
        let message = "this is a file of MPNG (MATPOWER with natural gas), whose pipes have Weymouth coefficients and neither length nor diameter";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
        return None;
    }
    let constants = constants::read(import, &document, source)?;
    let mut found = network::read(import, &document, &constants, source);
    operation::run(import, &mut found);
    let mut case = empty(&case_id(path), &constants);
    if let Some(name) = document.name {
        case.title = name.text(import);
    }
    case.network = found.network;
    if let Some(series) = &beside.series {
        series::read(import, series, &constants, &mut case);
    }
    remember_series_place(import, source);
    Some(case)
}

/// What is said about the gas and the settings stands at the beginning of the file.
fn remember_series_place(import: &mut Import, source: usize) {
    for place in [Place::Case, Place::Settings, Place::Gas, Place::Scenario] {
        import.place(place, Span::beginning(source));
    }
}

/// A case of this gas without elements, in which nothing happens.
fn empty(id: &str, constants: &constants::Constants) -> Case {
    Case {
        id: id.to_owned(),
        title: String::new(),
        description: String::new(),
        settings: settings(constants.temperature_k),
        gas: constants.gas.clone(),
        network: Network::default(),
        scenario: steady(),
        profiles: Vec::new(),
        stage: None,
        stages: Vec::new(),
        scenarios: Vec::new(),
        assumptions: Vec::new(),
    }
}

/// Settings of an isothermal case by the authors' equations: no kinetic term.
pub(crate) fn settings(temperature_k: f64) -> Settings {
    Settings {
        volume_reference: ReferenceConditions::US_14_696,
        heating_basis: HeatingBasis {
            gross: true,
            combustion_temperature_k: 288.15,
        },
        atmospheric_pressure_pa: 101_325.0,
        ground_temperature_k: temperature_k,
        friction: FrictionLaw::ColebrookWhite,
        cell_length_m: 1000.0,
        pressure_tolerance_pa: 100.0,
        step_max_s: 3600.0,
        checkpoint_s: 6.0 * 3600.0,
        terms: Terms {
            inertia: true,
            kinetic: false,
            gravity: true,
        },
    }
}

/// A scenario in which nothing happens.
pub(crate) fn steady() -> Scenario {
    Scenario {
        name: "base".to_owned(),
        title: String::new(),
        start: jiff::Timestamp::UNIX_EPOCH,
        duration_s: 0.0,
        output_interval_s: 900.0,
        initial: InitialState::Steady,
        events: Vec::new(),
    }
}
