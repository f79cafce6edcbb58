//! The program `linepack`: reads a case, has it solved, and says what was found.
//!
//! One command, one file under `command`. Data goes to stdout, messages to stderr.

mod args;
mod command;
mod console;
mod failure;
mod file;
mod folder;
mod input;
mod interrupt;
mod progress;
mod screen;
mod shown;

use args::Cli;
use clap::Parser;
use console::Console;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(&cli.messages);
    let exit = command::perform(&cli, &console).unwrap_or_else(|failure| console.failure(&failure));
    ExitCode::from(exit.code())
}
