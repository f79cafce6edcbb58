use super::run::{complete, options, outcome, show, timed};
use crate::args::Steady;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::folder::{self, Written};
use crate::input;
use linepack_flow::Silent;
use linepack_formats::Selection;
use std::time::Instant;

/// Solves the steady state.
pub(super) fn steady(args: &Steady, console: &Console) -> Result<Exit, Failure> {
    folder::check_place(args.out.as_deref(), &args.solving)?;
    let selection = Selection::from(&args.selecting);
    let (mut loaded, read_s) = timed(|| input::read(&args.case, &selection, console))?;
    let options = options(&args.solving);
    // The mesh for a tolerance is that of the scenario over time: a run of it can start from here.
    let mesh = input::choose_mesh(&mut loaded, &options, console)?;
    let (model, build_s) = timed(|| input::model(&loaded, &options))?;
    let began = Instant::now();
    // A run without time is the steady state, and has a snapshot too.
    let run = linepack_flow::run(&model, None, Some(0.0), &mut Silent);
    let solve_s = began.elapsed().as_secs_f64();
    let mut solution = run.solution;
    complete(&mut solution, &loaded.case);
    if let Some(mesh) = &mesh {
        mesh.report(&mut solution);
    }
    solution.timing.read = read_s;
    solution.timing.build = build_s;
    solution.timing.solve = solve_s;
    let mut manifest = folder::manifest("steady", &args.case, &loaded, &args.selecting);
    manifest.model_fingerprint = format!("{:016x}", model.fingerprint());
    let mut solved = Written {
        case: &loaded.case,
        solution: &mut solution,
        stages: &[],
        snapshot: run.snapshot.as_ref(),
        manifest: &manifest,
    };
    if let Some(place) = args.out.as_deref() {
        folder::write(&mut solved, Some(place), &args.solving)?;
    }
    show(&solved, args.out.as_deref(), console)?;
    Ok(outcome(&solution, args.solving.strict))
}
