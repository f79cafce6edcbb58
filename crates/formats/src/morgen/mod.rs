//! The MORGEN format: a list of edges (`.net`) and a scenario (`.ini`).
//!
//! Source: MORGEN 1.2 (Himpe and Grundel, Max Planck Institute Magdeburg), its README and
//! `utils/format`. What the files leave to MORGEN's configuration is taken as its defaults:
//! friction by Schifrinson, compressibility by AGA 88, gravity, no kinetic term.

mod build;
mod edge;
mod scenario;

use crate::codes;
use crate::import::{Companions, Import, blank, case_id};
use crate::matgas::limits;
use crate::sources::Span;
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::Case;
use linepack_units::ReferenceConditions;
use scenario::Stated;
use std::path::{Path, PathBuf};

/// Critical conditions of MORGEN's configuration.
const CRITICAL_PRESSURE_PA: f64 = 45.988e5;
const CRITICAL_TEMPERATURE_K: f64 = 273.15 - 82.595;

/// Reads it.
pub(crate) fn read(import: &mut Import, path: &Path, beside: &Companions) -> Option<Case> {
    let source = import.file(path)?;
    let Some(ini) = beside.ini.clone().or_else(|| beside_it(import, path)) else {
        let message = "there is no scenario: name an .ini file";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
        return None;
    };
    let scenario = import.file(&ini)?;
    let mut case = read_sources(import, source, scenario, &case_id(path))?;
    let name = case_id(&ini);
    case.scenario.name.clone_from(&name);
    case.scenario.title.clone_from(&name);
    case.scenarios = vec![name];
    Some(case)
}

/// The scenario in the folder called like the network: `training.ini`, or the only one.
fn beside_it(import: &mut Import, path: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(path.with_extension("")).ok()?.flatten();
    let files = entries.map(|e| e.path());
    let mut files: Vec<_> = files
        .filter(|p| p.extension().is_some_and(|e| e == "ini"))
        .collect();
    files.sort();
    let training = files.iter().find(|p| p.ends_with("training.ini"));
    let chosen = training
        .or(files.first().filter(|_| files.len() == 1))?
        .clone();
    let name = chosen.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    import.note(
        format!("scenario {name}, from the folder of the network"),
        None,
    );
    Some(chosen)
}

/// Reads a network and its scenario from texts of an import.
pub(crate) fn read_sources(
    import: &mut Import,
    network: usize,
    scenario: usize,
    id: &str,
) -> Option<Case> {
    let edges = edge::edges(import, network);
    let stated = scenario::read(import, scenario)?;
    if edges.is_empty() {
        let message = "the network has no edges";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(network), message);
        return None;
    }
    let border = build::Border::of(&edges);
    if !border.fits(import, &edges, &stated) {
        return None;
    }
    let mut case = blank::blank(
        id,
        gas(import, scenario, &stated)?,
        settings(import, &stated),
    );
    case.scenario.duration_s = stated.duration_s;
    build::add(import, &mut case, &edges, &border, &stated);
    limits::check(import, &case);
    Some(case)
}

fn settings(import: &mut Import, stated: &Stated) -> linepack_network::Settings {
    import.note(
        "what MORGEN's configuration decides is taken as its defaults: friction by Schifrinson, \
         0.11 (k/D)^(1/4), gravity, no kinetic term",
        None,
    );
    let mut settings = blank::settings(ReferenceConditions::NORMAL, stated.temperature_k);
    settings.terms.kinetic = false;
    settings
}

/// Z = 1 + (0.257 - 0.533 Tc/T) p/pc at the temperature of the scenario.
fn gas(import: &mut Import, scenario: usize, stated: &Stated) -> Option<GasSpec> {
    if stated.gas_constant <= 0.0 || stated.temperature_k <= 0.0 {
        let message =
            "the temperature and the specific gas constant of the scenario are above zero";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(scenario), message);
        return None;
    }
    import.note(
        "compressibility by AGA 88 at every pressure; MORGEN takes its mean over the steady state",
        None,
    );
    import.note("isentropic exponent 1.3 assumed", None);
    let slope = 0.257 - 0.533 * CRITICAL_TEMPERATURE_K / stated.temperature_k;
    Some(GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: GAS_CONSTANT / stated.gas_constant,
            critical_temperature_k: Some(CRITICAL_TEMPERATURE_K),
            critical_pressure_pa: Some(CRITICAL_PRESSURE_PA),
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: 1.3,
        }),
        equation: EquationOfState::Linear {
            z: 1.0,
            per_pa: slope / CRITICAL_PRESSURE_PA,
        },
        viscosity: Viscosity::LeeGonzalezEakin,
    })
}
