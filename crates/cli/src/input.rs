use crate::args::Selecting;
use crate::console::Console;
use crate::failure::Failure;
use linepack_flow::{Model, Options};
use linepack_formats::{Loaded, Selection};
use std::path::Path;

impl From<&Selecting> for Selection {
    fn from(selecting: &Selecting) -> Self {
        Self {
            stage: selecting.stage.clone(),
            as_of: selecting.as_of,
            scenario: selecting.scenario.clone(),
            set: selecting.set.clone(),
            ..Self::default()
        }
    }
}

/// Reads a case, and shows its warnings.
pub(crate) fn read(
    path: &Path,
    selection: &Selection,
    console: &Console,
) -> Result<Loaded, Failure> {
    let loaded = linepack_formats::read(path, selection).map_err(Failure::Diagnostics)?;
    loaded.warnings.iter().for_each(|w| console.diagnostic(w));
    Ok(loaded)
}

/// Makes the model of a case.
pub(crate) fn model(loaded: &Loaded, options: &Options) -> Result<Model, Failure> {
    Model::build(&loaded.case, options).map_err(|e| Failure::invalid(e.to_string()))
}
