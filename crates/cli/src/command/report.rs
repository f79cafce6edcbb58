use crate::args::Report;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::{file, folder, input};
use linepack_formats::{Companions, Loaded, Selection};
use linepack_results::{Manifest, read_run};
use std::path::{Path, PathBuf};

/// Writes the report of a run anew, from its folder and its case.
pub(super) fn report(args: &Report, console: &Console) -> Result<Exit, Failure> {
    let run = read_run(&args.run).map_err(|e| Failure::Invalid {
        message: e.to_string(),
        help: Some("report wants a run folder, as `linepack run` writes it".into()),
    })?;
    let loaded = case_of(&run.manifest, console)?;
    warn_of_changes(&run.manifest, &loaded, console);
    let page = linepack_report::html(&loaded.case, &run.solution, &run.stages, &run.manifest);
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| args.run.join("report.html"));
    file::write(&out, &page)?;
    console.note(&format!("wrote {}", out.display()));
    Ok(Exit::Done)
}

/// The case that a run was made of, as it was selected then.
fn case_of(manifest: &Manifest, console: &Console) -> Result<Loaded, Failure> {
    input::read(
        Path::new(&manifest.case_path),
        &selection_of(manifest)?,
        console,
    )
}

/// The selection that a manifest tells of.
fn selection_of(manifest: &Manifest) -> Result<Selection, Failure> {
    let wrong = |what: &str| Failure::invalid(format!("the manifest has no valid {what}"));
    let as_of = manifest.as_of.as_deref().map(str::parse).transpose();
    let pair = |s: &String| {
        s.split_once('=')
            .map(|(path, value)| (path.into(), value.into()))
    };
    Ok(Selection {
        stage: manifest.stage.clone(),
        as_of: as_of.map_err(|_| wrong("as_of"))?,
        scenario: Some(manifest.scenario.clone()).filter(|s| !s.is_empty()),
        set: manifest
            .set
            .iter()
            .map(pair)
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("set"))?,
        beside: beside(manifest),
    })
}

/// The files that were named beside the case.
fn beside(manifest: &Manifest) -> Companions {
    let file = |option: &str| manifest.beside.get(option).map(PathBuf::from);
    Companions {
        scenario: file("scn"),
        stations: file("cs"),
        decisions: file("cdf"),
        ini: file("ini"),
        series: file("series"),
    }
}

/// Warns when the case is no longer what it was.
fn warn_of_changes(manifest: &Manifest, loaded: &Loaded, console: &Console) {
    let now = folder::inputs(Path::new(&manifest.case_path), loaded);
    for old in &manifest.inputs {
        if !now
            .iter()
            .any(|new| new.path == old.path && new.sha256 == old.sha256)
        {
            console.warning(&format!("{} has changed since the run was made", old.path));
        }
    }
}
