use crate::args::{Run, Solving};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::folder::{self, Written};
use crate::input;
use crate::interrupt;
use crate::progress::Progress;
use crate::screen::Screen;
use jiff::Timestamp;
use linepack_flow::Options;
use linepack_formats::Selection;
use linepack_network::{Case, StageInfo};
use linepack_results::{Manifest, Snapshot, Solution, StageResult, Summary};
use linepack_units::{Context, Dimension};
use std::path::Path;
use std::thread;
use std::time::Instant;

/// Solves the steady state and then the scenario, and writes a run folder with its report.
pub(super) fn run(args: &Run, console: &Console) -> Result<Exit, Failure> {
    folder::check_place(args.out.as_deref(), &args.solving)?;
    let selection = Selection::from(&args.selecting);
    let (mut loaded, read_s) = timed(|| input::read(&args.case, &selection, console))?;
    let start = args.from.as_deref().map(snapshot).transpose()?;
    let until_s = args
        .until
        .as_deref()
        .map(|text| until(text, &loaded.case))
        .transpose()?;
    let options = options(&args.solving);
    interrupt::listen();
    let began = Instant::now();
    let mesh = input::choose_mesh(&mut loaded, &options, console)?;
    let model = input::model(&loaded, &options)?;
    let build_s = began.elapsed().as_secs_f64();
    let case = &loaded.case;
    let study = StageStudy {
        path: &args.case,
        selection: &selection,
        options: &options,
    };
    let transient = || {
        let began = Instant::now();
        let observer = &mut Progress::new(console);
        let run = linepack_flow::run(&model, start.as_ref(), until_s, observer);
        (run, began.elapsed().as_secs_f64())
    };
    let ((mut run, solve_s), stages) = study.beside(&case.stages, transient)?;
    complete(&mut run.solution, case);
    if let Some(mesh) = &mesh {
        mesh.report(&mut run.solution);
    }
    if args.verify && run.solution.status.complete {
        let observer = &mut Progress::new(console);
        let measured = linepack_flow::measure(&model, &run.solution, until_s, observer);
        let measured = measured.map_err(|e| Failure::invalid(e.to_string()))?;
        run.solution.accuracy.measured = Some(measured);
    }
    run.solution.timing.read = read_s;
    run.solution.timing.build = build_s;
    run.solution.timing.solve = solve_s;
    let manifest = Manifest {
        model_fingerprint: format!("{:016x}", model.fingerprint()),
        started_from: args.from.as_ref().map(|p| p.display().to_string()),
        until_s,
        ..folder::manifest("run", &args.case, &loaded, &args.selecting)
    };
    let written = Written {
        case,
        solution: &mut run.solution,
        stages: &stages,
        snapshot: run.snapshot.as_ref(),
        manifest: &manifest,
    };
    finish(args, written, console)
}

/// Writes the run folder and shows the result.
fn finish(args: &Run, mut run: Written<'_>, console: &Console) -> Result<Exit, Failure> {
    let place = folder::write(&mut run, args.out.as_deref(), &args.solving)?;
    show(&run, Some(&place), console)?;
    if interrupt::asked() && !run.solution.status.complete {
        console.note(&resume(args, &place));
        return Ok(Exit::Interrupted);
    }
    Ok(outcome(run.solution, args.solving.strict))
}

fn resume(args: &Run, place: &Path) -> String {
    let (case, place) = (args.case.display(), place.display());
    format!("interrupted; linepack run {case} --from {place} goes on from there")
}

/// A case without a solution has a start all the same.
pub(super) fn complete(solution: &mut Solution, case: &Case) {
    if solution.start_utc.is_empty() {
        solution.start_utc = case.scenario.start.to_string();
    }
}

/// The solver's options that the command line states.
pub(super) fn options(solving: &Solving) -> Options {
    Options {
        threads: solving.threads.map(|n| n as usize),
        ..Options::default()
    }
}

/// A value, and the seconds it took.
pub(super) fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(T, f64), E> {
    let began = Instant::now();
    let value = work()?;
    Ok((value, began.elapsed().as_secs_f64()))
}

fn snapshot(path: &Path) -> Result<Snapshot, Failure> {
    Snapshot::read(path).map_err(|e| Failure::invalid(format!("--from: {e}")))
}

/// The end that was asked for, s since the start.
fn until(text: &str, case: &Case) -> Result<f64, Failure> {
    let seconds = match text.parse::<Timestamp>() {
        Ok(instant) => instant.duration_since(case.scenario.start).as_secs_f64(),
        Err(_) => linepack_units::parse(text, Dimension::Time, &Context::default())
            .map_err(|e| Failure::usage(format!("--until: {e}"), e.help()))?,
    };
    if seconds > 0.0 {
        Ok(seconds)
    } else {
        Err(Failure::usage(
            format!("--until: {text} is not after the start"),
            None,
        ))
    }
}

/// What the stages of the build-out are solved with.
struct StageStudy<'a> {
    path: &'a Path,
    selection: &'a Selection,
    options: &'a Options,
}

impl StageStudy<'_> {
    /// Does the work with the stages solved beside it, or after it where one thread is asked for.
    fn beside<T>(
        &self,
        stages: &[StageInfo],
        work: impl FnOnce() -> T,
    ) -> Result<(T, Vec<StageResult>), Failure> {
        if self.options.threads == Some(1) {
            let done = work();
            return Ok((done, self.results(stages)));
        }
        thread::scope(|scope| {
            let results = scope.spawn(|| self.results(stages));
            let done = work();
            let failed = |_| Failure::System("the stages could not be solved".into());
            Ok((done, results.join().map_err(failed)?))
        })
    }

    /// One result for each stage, as far as nobody asks to stop.
    fn results(&self, stages: &[StageInfo]) -> Vec<StageResult> {
        stages
            .iter()
            .take_while(|_| !interrupt::asked())
            .map(|s| self.result(s))
            .collect()
    }

    fn result(&self, info: &StageInfo) -> StageResult {
        let stage = Some(info.name.clone());
        let selection = Selection {
            stage,
            as_of: None,
            ..self.selection.clone()
        };
        match linepack_formats::read(self.path, &selection) {
            Ok(mut loaded) => {
                // What happens in the scenario may happen to elements that the stage lacks.
                loaded.case.scenario.events.clear();
                linepack_flow::stage_result(&loaded.case, self.options)
            }
            Err(diagnostics) => StageResult {
                stage: info.name.clone(),
                title: info.title.clone(),
                solved: false,
                message: diagnostics
                    .first()
                    .map_or(String::new(), |d| d.message.clone()),
                deliveries: Vec::new(),
                stations: Vec::new(),
                capacity: None,
                limited_by: String::new(),
            },
        }
    }
}

/// Shows a result: as JSON or to a person.
pub(super) fn show(
    run: &Written<'_>,
    place: Option<&Path>,
    console: &Console,
) -> Result<(), Failure> {
    if console.json {
        let mut value = Summary::new(run.solution, run.stages, run.manifest).to_value()?;
        if let (Some(object), Some(place)) = (value.as_object_mut(), place) {
            object.insert("run_folder".into(), place.display().to_string().into());
        }
        console.document(&value);
    } else if console.for_people() {
        let screen = Screen::new(run.case, run.solution, run.stages, run.manifest)
            .map_err(|e| Failure::invalid(e.to_string()))?;
        let verbose = console.is_verbose();
        console.data(
            &Screen {
                place,
                verbose,
                ..screen
            }
            .text(),
        );
    }
    Ok(())
}

/// The exit code that a solution calls for.
pub(super) fn outcome(solution: &Solution, strict: bool) -> Exit {
    if !solution.status.converged || !solution.status.complete {
        Exit::NotSolved
    } else if strict && !solution.violations.is_empty() {
        Exit::Violated
    } else {
        Exit::Done
    }
}
