use super::run::{options, outcome, show, timed};
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
    let mut solution = linepack_flow::steady(&model);
    solution.timing.read = read_s;
    solution.timing.build = build_s;
    let mut manifest = folder::manifest("steady", &args.case, &loaded, &args.selecting);
    manifest.model_fingerprint = format!("{:016x}", model.fingerprint());
    if let Some(place) = args.out.as_deref() {
        let written = Written {
            case: &loaded.case,
            solution: &mut solution,
            stages: &[],
            snapshot: None,
            manifest: &manifest,
        };
        folder::write(written, Some(place), &args.solving)?;
    }
    show(
        &loaded.case,
        &solution,
        &[],
        &manifest,
        args.out.as_deref(),
        console,
    )?;
    Ok(outcome(&solution, args.solving.strict))
}
