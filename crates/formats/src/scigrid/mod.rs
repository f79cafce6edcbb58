//! The SciGRID_gas format: a folder of CSV tables.
//!
//! Source: SciGRID_gas user guide (Diettrich, Pluta, Medjroubi et al., DLR 2020-2021) and the
//! published IGGIN tables. Cells are separated by semicolons; lists and dictionaries are Python's.
//! The tables know no loads and no gas: see the notes of the import, and `import::held`.

mod csv;
mod element;
mod literal;

use crate::codes;
use crate::import::{Companions, Import, blank, case_id, held};
use crate::matgas::limits;
use crate::sources::Span;
use csv::Csv;
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{Case, Network};
use linepack_units::ReferenceConditions;
use std::path::Path;

/// Temperature of ground and gas, which the tables do not state, K.
const TEMPERATURE_K: f64 = 288.15;
/// Pressure of a part whose pipes state no maximum, Pa.
const PRESSURE_PA: f64 = 70e5;

/// Reads it.
pub(crate) fn read(import: &mut Import, path: &Path, _: &Companions) -> Option<Case> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|e| e.path());
    let mut files: Vec<_> = entries
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
        .collect();
    files.sort();
    let mut sources = Vec::new();
    for file in files {
        let name = file.file_stem().map(|n| n.to_string_lossy().into_owned())?;
        sources.push((name, import.file(&file)?));
    }
    read_sources(import, &sources, &case_id(path))
}

/// Reads tables, by name and number of their text.
pub(crate) fn read_sources(
    import: &mut Import,
    sources: &[(String, usize)],
    id: &str,
) -> Option<Case> {
    let mut network = Network::default();
    let table = |import: &mut Import, ending: &str| {
        let found: Vec<_> = sources
            .iter()
            .filter(|(n, _)| is_called(n, ending))
            .collect();
        if found.len() > 1 {
            let message = format!("there are {} tables called {ending}", found.len());
            import.error(codes::FOREIGN_CONTENT, Span::beginning(found[1].1), message);
        }
        found.first().map(|(_, source)| Csv::read(import, *source))
    };
    for (ending, add) in [
        (
            "Nodes",
            element::nodes as fn(&mut Import, &Csv, &mut Network),
        ),
        ("PipeSegments", element::pipes),
        ("EntryPoints", element::entries),
        ("LNGs", element::entries),
        ("Productions", element::entries),
        ("Storages", element::entries),
        ("Consumers", element::exits),
        ("PowerPlants", element::exits),
    ] {
        match table(import, ending) {
            Some(csv) => add(import, &csv, &mut network),
            None if ["Nodes", "PipeSegments"].contains(&ending) => {
                let message = format!("there is no table {ending}");
                let source = sources.first().map_or(0, |(_, s)| *s);
                import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
            }
            None => {}
        }
    }
    if let Some(csv) = table(import, "Compressors") {
        let why = "left out: a compressor stands at one node, and nothing says between what";
        element::left_out(import, &csv, why);
    }
    for ending in ["BorderPoints", "InterConnectionPoints", "ConnectionPoints"] {
        if let Some(csv) = table(import, ending) {
            element::left_out(import, &csv, "a point on the map without a load: not used");
        }
    }
    held::hold(import, &mut network, PRESSURE_PA);
    let settings = blank::settings(ReferenceConditions::NORMAL, TEMPERATURE_K);
    let mut case = blank::blank(id, gas(import), settings);
    case.network = network;
    limits::check(import, &case);
    Some(case)
}

/// `IGGIN_Nodes` and `Nodes` are called Nodes; `ConnectionPoints` is no end of `InterConnectionPoints`.
fn is_called(name: &str, ending: &str) -> bool {
    name.strip_suffix(ending)
        .is_some_and(|before| before.is_empty() || before.ends_with('_'))
}

fn gas(import: &mut Import) -> GasSpec {
    import.note("gas and ground at 15 degC assumed", None);
    import.note(
        "methane by GERG-2008 assumed: the tables state no gas",
        None,
    );
    import.note("pressures absolute assumed", None);
    import.note(
        "not used: capacities of pipes, directions, years, `uncertainty`, `method`, `tags`",
        None,
    );
    let mut mole_fractions = [0.0; 21];
    mole_fractions[0] = 1.0;
    GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions }),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    }
}
