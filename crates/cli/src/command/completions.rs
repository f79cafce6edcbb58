use crate::args::{Cli, Completions};
use crate::console::Console;
use crate::failure::Exit;
use clap::CommandFactory;

/// Prints a completion script.
pub(super) fn completions(args: &Completions, console: &Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "linepack", &mut script);
    console.data(&String::from_utf8_lossy(&script));
    Exit::Done
}
