use super::told::{Failed, Tally, Told};
use crate::args::Ensemble as Args;
use crate::command::run::{complete, options, outcome, show, timed};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::folder::{self, Written};
use crate::input;
use crate::interrupt;
use crate::progress::{Members, Progress};
use linepack_flow::ensemble::{Outcome, Series, Settings, member, members, run_members};
use linepack_flow::{Model, Options};
use linepack_formats::{Loaded, Selection, read_ensemble};
use linepack_network::{Case, Ensemble};
use linepack_results::{
    EnsembleAbout, EnsembleWriter, FolderError, Manifest, RunWriter, member_quantiles, quantiles,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The file that is looked for beside the case.
const FILE: &str = "ensemble.toml";
/// Columns of members of which quantiles are told.
const COLUMNS: [&str; 6] = [
    "out_kg",
    "shortfall_kg",
    "linepack_end_kg",
    "linepack_min_kg",
    "margin_low_pa",
    "margin_high_pa",
];

/// Runs the members of an ensemble and writes their tables.
pub(super) fn ensemble(args: &Args, console: &Console) -> Result<Exit, Failure> {
    folder::check_place(args.out.as_deref(), &args.solving)?;
    if args.only.is_none() && !args.solving.format.is_empty() {
        let help = "with --only, which writes the tables of a run".to_owned();
        return Err(Failure::usage("--format has no meaning here", help));
    }
    let selection = Selection::from(&args.selecting);
    let began = Instant::now();
    let mut loaded = input::read(&args.case, &selection, console)?;
    let ensemble = read(args, &mut loaded, console)?;
    ensemble.prepare(&mut loaded.case);
    let read_s = began.elapsed().as_secs_f64();
    interrupt::listen();
    // One mesh for all members, chosen for the case as it stands.
    input::choose_mesh(&mut loaded, &options(&args.solving), console)?;
    match args.only {
        Some(index) => only(args, loaded, &ensemble, index, read_s, console),
        None => all(args, &loaded, &ensemble, read_s, console),
    }
}

/// The ensemble as its file and the command line state it.
fn read(args: &Args, loaded: &mut Loaded, console: &Console) -> Result<Ensemble, Failure> {
    let path = args.ensemble.clone().unwrap_or_else(|| beside(&args.case));
    let read = read_ensemble(&path, &loaded.case).map_err(Failure::Diagnostics)?;
    read.warnings.iter().for_each(|w| console.diagnostic(w));
    loaded.sources.extend(read.sources);
    let mut ensemble = read.ensemble;
    ensemble.members = args.members.unwrap_or(ensemble.members);
    ensemble.seed = args.seed.unwrap_or(ensemble.seed);
    Ok(ensemble)
}

fn beside(case: &Path) -> PathBuf {
    let folder = if case.is_dir() {
        Some(case)
    } else {
        case.parent()
    };
    folder.unwrap_or(Path::new("")).join(FILE)
}

fn manifest(args: &Args, loaded: &Loaded, model: &Model) -> Manifest {
    Manifest {
        model_fingerprint: format!("{:016x}", model.fingerprint()),
        ..folder::manifest("study ensemble", &args.case, loaded, &args.selecting)
    }
}

/// One member, as a run of its own.
fn only(
    args: &Args,
    mut loaded: Loaded,
    ensemble: &Ensemble,
    index: u64,
    read_s: f64,
    console: &Console,
) -> Result<Exit, Failure> {
    change(&mut loaded.case, ensemble, index)?;
    let case = &loaded.case;
    let (model, build_s) = timed(|| input::model(&loaded, &options(&args.solving)))?;
    let began = Instant::now();
    let mut run = linepack_flow::run(&model, None, None, &mut Progress::new(console));
    complete(&mut run.solution, case);
    let timing = &mut run.solution.timing;
    (timing.read, timing.build) = (read_s, build_s);
    timing.solve = began.elapsed().as_secs_f64();
    let mut manifest = manifest(args, &loaded, &model);
    manifest
        .set
        .push(format!("member={index} seed={}", ensemble.seed));
    let mut written = Written {
        case,
        solution: &mut run.solution,
        stages: &[],
        snapshot: run.snapshot.as_ref(),
        manifest: &manifest,
    };
    let place = folder::write(&mut written, args.out.as_deref(), &args.solving)?;
    show(&written, Some(&place), console)?;
    if interrupt::asked() && !run.solution.status.complete {
        return Ok(Exit::Interrupted);
    }
    Ok(outcome(&run.solution, args.solving.strict))
}

/// Makes a case that of a member.
fn change(case: &mut Case, ensemble: &Ensemble, index: u64) -> Result<(), Failure> {
    let member = member(ensemble, index);
    for change in &member.changes {
        let element = change.target.element(case).unwrap_or("?").to_owned();
        change.apply(case).map_err(|why| {
            let key = change.target.field.key();
            Failure::invalid(format!("member {index}: `{key}` of \"{element}\": {why}"))
        })?;
    }
    let events = &mut case.scenario.events;
    events.extend(member.events);
    events.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    Ok(())
}

/// All members, to tables.
fn all(
    args: &Args,
    loaded: &Loaded,
    ensemble: &Ensemble,
    read_s: f64,
    console: &Console,
) -> Result<Exit, Failure> {
    let options = Options {
        threads: Some(1),
        profile_interval_s: Some(f64::MAX),
        ..Options::default()
    };
    let (model, build_s) = timed(|| input::model(loaded, &options))?;
    let manifest = manifest(args, loaded, &model);
    let mut folder = folder::begin(&manifest, args.out.as_deref())?;
    let about = about(&loaded.case, ensemble, &manifest);
    let threads = args.solving.threads.map(|n| n as usize);
    let settings = Settings {
        threads,
        series: series(ensemble),
    };
    let mut tally = Tally::default();
    let began = Instant::now();
    let paths = run(
        &model, ensemble, &settings, &about, &folder, &mut tally, console,
    )?;
    let solve_s = began.elapsed().as_secs_f64();
    let told = Told {
        case: &loaded.case,
        ensemble,
        members: member_quantiles(&paths.members, &COLUMNS)?,
        series: quantiles(&paths.series, &about.facts)?,
        tally,
        threads,
        cells: model.cells(),
        seconds: [read_s, build_s, solve_s],
    };
    finish(args, &told, &mut folder, &manifest, console)
}

/// The tables of an ensemble.
struct Tables {
    members: PathBuf,
    series: PathBuf,
}

fn run(
    model: &Model,
    ensemble: &Ensemble,
    settings: &Settings,
    about: &EnsembleAbout,
    folder: &RunWriter,
    tally: &mut Tally,
    console: &Console,
) -> Result<Tables, Failure> {
    let mut writer = EnsembleWriter::begin(folder.aside(), about)?;
    let progress = Members::new(console, ensemble.members);
    let sink = |outcome: &Outcome| {
        tally.count(outcome);
        progress.told();
        writer.member(outcome)
    };
    let list = members(ensemble);
    run_members::<FolderError>(model, list, settings, &progress, sink)?;
    Ok(Tables {
        series: writer.finish()?,
        members: folder.aside().join("members.parquet"),
    })
}

/// The gas held by the network, and what the ensemble keeps.
fn series(ensemble: &Ensemble) -> Vec<Series> {
    let kept = ensemble.kept.iter().map(Series::of);
    std::iter::once(Series::linepack()).chain(kept).collect()
}

fn about(case: &Case, ensemble: &Ensemble, manifest: &Manifest) -> EnsembleAbout {
    let units = std::iter::once("kg").chain(ensemble.kept.iter().map(|k| k.unit.as_str()));
    let series = series(ensemble);
    let named = series.iter().zip(units);
    EnsembleAbout {
        start_utc: case.scenario.start.to_string(),
        drawn: ensemble.columns(),
        series: named.map(|(s, unit)| (s.name(), unit.to_owned())).collect(),
        facts: HashMap::from([
            ("program_version".into(), manifest.program_version.clone()),
            ("case".into(), case.id.clone()),
            ("stage".into(), case.stage.clone().unwrap_or_default()),
            ("scenario".into(), case.scenario.name.clone()),
            ("seed".into(), ensemble.seed.to_string()),
        ]),
    }
}

fn finish(
    args: &Args,
    told: &Told<'_>,
    folder: &mut RunWriter,
    manifest: &Manifest,
    console: &Console,
) -> Result<Exit, Failure> {
    let mut summary = told.document();
    let name = format!("{}-ensemble", folder::default_name(manifest));
    let replace = args.solving.replace;
    let place = folder::finish(args.out.as_deref(), &name, replace, |place, replace| {
        folder.finish_study(&summary, told.is_whole(), place, replace)
    })?;
    if console.json {
        summary["run_folder"] = place.display().to_string().into();
        console.document(&summary);
    } else if console.for_people() {
        console.data(&told.text(&place, &args.case, console.is_verbose()));
    }
    Ok(if !told.is_whole() {
        console.note("interrupted: the tables have the members told so far");
        Exit::Interrupted
    } else if told.tally.complete == 0 {
        Exit::NotSolved
    } else {
        Exit::Done
    })
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        self.members += 1;
        self.steps += outcome.steps;
        self.iterations += outcome.iterations;
        self.short += u64::from(outcome.first_shortfall_s.is_some());
        self.note(Failed::of(outcome));
    }
}
