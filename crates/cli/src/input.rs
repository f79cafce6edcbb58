use crate::args::Selecting;
use crate::console::{Console, plural};
use crate::failure::Failure;
use crate::progress::Progress;
use linepack_flow::{ChosenMesh, Model, Options};
use linepack_formats::{Companions, Diagnostic, Format, Loaded, Selection};
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
    show_warnings(&loaded, console);
    import_log(&loaded, console);
    Ok(loaded)
}

/// Shows the warnings of a case; of a foreign one, which nobody is about to mend, one of each kind.
fn show_warnings(loaded: &Loaded, console: &Console) {
    if loaded.format == Format::Native {
        loaded.warnings.iter().for_each(|w| console.diagnostic(w));
        return;
    }
    let mut kinds: Vec<(&Diagnostic, usize)> = Vec::new();
    for warning in &loaded.warnings {
        match kinds
            .iter_mut()
            .find(|(first, _)| first.code == warning.code)
        {
            Some((_, count)) => *count += 1,
            None => kinds.push((warning, 1)),
        }
    }
    for (first, count) in kinds {
        console.diagnostic(first);
        if count > 1 {
            let more = plural(count - 1, "more warning");
            console.note(&format!(
                "{more} {}; linepack check lists all of them\n",
                first.code
            ));
        }
    }
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

/// Chooses the mesh of a case that states a tolerance for it; the case then states its cells.
pub(crate) fn choose_mesh(
    loaded: &mut Loaded,
    options: &Options,
    console: &Console,
) -> Result<Option<ChosenMesh>, Failure> {
    let observer = &mut Progress::new(console);
    let chosen = linepack_flow::choose_mesh(&loaded.case, options, observer);
    let mut chosen = chosen.map_err(|e| Failure::invalid(format!("mesh_tolerance: {e}")))?;
    if let Some(mesh) = &mut chosen {
        loaded.case = mesh.case.clone();
        if mesh.capped {
            console.note("warning: mesh_tolerance asks for more cells than are possible; the mesh is as fine as it can be");
        }
    }
    Ok(chosen)
}
