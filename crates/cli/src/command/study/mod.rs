//! Studies: many runs of one case.

mod ensemble;
mod told;

use crate::args::{Study, StudyKind};
use crate::console::Console;
use crate::failure::{Exit, Failure};

/// Makes a study.
pub(super) fn study(args: &Study, console: &Console) -> Result<Exit, Failure> {
    match &args.kind {
        StudyKind::Ensemble(args) => ensemble::ensemble(args, console),
    }
}
