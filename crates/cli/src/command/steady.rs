use super::run::{complete, options, outcome, show, timed};
use crate::args::Steady;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::folder::{self, Written};
use crate::input;
use linepack_formats::Selection;

/// Solves the steady state.
pub(super) fn steady(args: &Steady, console: &Console) -> Result<Exit, Failure> {
    folder::check_place(args.out.as_deref(), &args.solving)?;
    let selection = Selection::from(&args.selecting);
    let (loaded, read_s) = timed(|| input::read(&args.case, &selection, console))?;
    let (model, build_s) = timed(|| input::model(&loaded, &options(&args.solving)))?;
    let (mut solution, solve_s) = timed(|| Ok::<_, Failure>(linepack_flow::steady(&model)))?;
    complete(&mut solution, &loaded.case);
    solution.timing.read = read_s;
    solution.timing.build = build_s;
    solution.timing.solve = solve_s;
    let mut manifest = folder::manifest("steady", &args.case, &loaded, &args.selecting);
    manifest.model_fingerprint = format!("{:016x}", model.fingerprint());
    let mut solved = Written {
        case: &loaded.case,
        solution: &mut solution,
        stages: &[],
        snapshot: None,
        manifest: &manifest,
    };
    if let Some(place) = args.out.as_deref() {
        folder::write(&mut solved, Some(place), &args.solving)?;
    }
    show(&solved, args.out.as_deref(), console)?;
    Ok(outcome(&solution, args.solving.strict))
}
