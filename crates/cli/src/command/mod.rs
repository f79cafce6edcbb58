//! The commands, one file each.

mod bench;
mod check;
mod completions;
mod convert;
mod diff;
mod explain;
mod gas;
mod optimize;
mod report;
mod run;
mod steady;
mod study;

use crate::args::{Cli, Command};
use crate::console::Console;
use crate::failure::{Exit, Failure};

/// Does what the command line asks for.
pub(crate) fn perform(cli: &Cli, console: &Console) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Check(args) => Ok(check::check(args, console)),
        Command::Steady(args) => steady::steady(args, console),
        Command::Run(args) => run::run(args, console),
        Command::Convert(args) => convert::convert(args, console),
        Command::Report(args) => report::report(args, console),
        Command::Diff(args) => diff::diff(args, console),
        Command::Optimize(args) => optimize::run(args, console),
        Command::Study(args) => study::study(args, console),
        Command::Bench(args) => bench::bench(args, console),
        Command::Gas(args) => gas::gas(args, console),
        Command::Explain(args) => explain::explain(args, console),
        Command::Completions(args) => Ok(completions::completions(args, console)),
    }
}
