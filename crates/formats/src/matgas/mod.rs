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
pub(crate) mod limits;
mod matlab;
mod network;
mod operation;
mod rows;
mod series;
mod terminals;
mod write;

pub(crate) use constants::{Factors, MOLAR_MASS_OF_AIR};
pub(crate) use operation::slack;
pub(crate) use write::{express, write};

use crate::codes;
use crate::import::{Companions, Import, blank, case_id};
use crate::sources::Span;
use linepack_network::{Case, Place, Settings};
use linepack_units::ReferenceConditions;
use std::path::{Path, PathBuf};

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
    let mut case = blank::blank(
        &case_id(path),
        constants.gas.clone(),
        settings(constants.temperature_k),
    );
    if let Some(name) = document.name {
        case.title = name.text(import);
    }
    case.network = found.network;
    if let Some(series) = time_series(import, path, beside) {
        series::read(import, &series, &constants, &mut case);
    }
    remember_places(import, source);
    limits::check(import, &case);
    Some(case)
}

/// The time series that was named, or else the CSV file of the same name.
fn time_series(import: &mut Import, path: &Path, beside: &Companions) -> Option<PathBuf> {
    if beside.series.is_some() {
        return beside.series.clone();
    }
    let beside = path.with_extension("csv");
    if !beside.is_file() {
        return None;
    }
    let what = format!(
        "the time series of the same name is read, {}",
        beside.display()
    );
    import.note(what, None);
    Some(beside)
}

/// What is said about the gas and the settings stands at the beginning of the file.
fn remember_places(import: &mut Import, source: usize) {
    for place in [Place::Case, Place::Settings, Place::Gas, Place::Scenario] {
        import.place(place, Span::beginning(source));
    }
}

/// Settings of an isothermal case by the authors' equations: no kinetic term.
pub(crate) fn settings(temperature_k: f64) -> Settings {
    let mut settings = blank::settings(ReferenceConditions::US_14_696, temperature_k);
    settings.terms.kinetic = false;
    settings
}
