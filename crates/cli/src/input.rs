use crate::args::Selecting;
use crate::console::Console;
use crate::failure::Failure;
use linepack_flow::{Model, Options};
use linepack_formats::{Companions, Format, Loaded, Selection};
use std::path::Path;

impl From<&Selecting> for Selection {
    fn from(selecting: &Selecting) -> Self {
        Self {
            stage: selecting.stage.clone(),
            as_of: selecting.as_of,
            scenario: selecting.scenario.clone(),
            set: selecting.set.clone(),
            beside: Companions {
                scenario: selecting.beside.scn.clone(),
                stations: selecting.beside.cs.clone(),
                decisions: selecting.beside.cdf.clone(),
                ini: selecting.beside.ini.clone(),
                series: selecting.beside.series.clone(),
            },
        }
    }
}

/// Reads a case, and shows its warnings and what was assumed of it.
pub(crate) fn read(
    path: &Path,
    selection: &Selection,
    console: &Console,
) -> Result<Loaded, Failure> {
    let loaded = linepack_formats::read(path, selection).map_err(Failure::Diagnostics)?;
    loaded.warnings.iter().for_each(|w| console.diagnostic(w));
    import_log(&loaded, console);
    Ok(loaded)
}

/// Tells what the reader of a foreign format assumed.
pub(crate) fn import_log(loaded: &Loaded, console: &Console) {
    if loaded.format == Format::Native {
        return;
    }
    console.note(&format!("read as {}:", loaded.format.name()));
    for note in &loaded.notes {
        console.note(&format!("  - {note}"));
    }
    console.note("");
}

/// Makes the model of a case.
pub(crate) fn model(loaded: &Loaded, options: &Options) -> Result<Model, Failure> {
    Model::build(&loaded.case, options).map_err(|e| Failure::invalid(e.to_string()))
}
