use crate::args::Messages;
use crate::failure::{Exit, Failure};
use clap::builder::styling::{AnsiColor, Style};
use linepack_formats::{Diagnostic, Severity};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};

pub(crate) const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();

/// Where data and messages go. Colours are left out where nobody can see them, or `NO_COLOR` asks.
#[derive(Debug)]
pub(crate) struct Console {
    /// One JSON document on stdout in place of text for people.
    pub(crate) json: bool,
    quiet: bool,
    verbose: bool,
}

impl Console {
    pub(crate) fn new(messages: &Messages) -> Self {
        Self {
            json: messages.json,
            quiet: messages.quiet,
            verbose: messages.verbose,
        }
    }

    /// Whether a person reads what is written to stdout.
    pub(crate) fn for_people(&self) -> bool {
        !self.json && !self.quiet
    }

    /// Whether progress is to be shown.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Whether details are asked for.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Data. Nobody being there to read it is no failure.
    pub(crate) fn data(&self, text: &str) {
        let mut out = anstream::stdout();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .ok();
    }

    /// A JSON document.
    pub(crate) fn document(&self, value: &Value) {
        // A value holds no map with keys other than text, so it can always be written.
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        self.data(&format!("{text}\n"));
    }

    /// A message, left out by `--quiet`.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            message(text);
        }
    }

    /// A warning, left out by `--quiet`.
    pub(crate) fn warning(&self, text: &str) {
        self.note(&format!("{WARNING}warning{WARNING:#}: {text}"));
    }

    /// A diagnostic; errors are shown whatever `--quiet` says.
    pub(crate) fn diagnostic(&self, diagnostic: &Diagnostic) {
        let text = coloured(diagnostic);
        match diagnostic.severity {
            Severity::Error => message(&text),
            _ => self.note(&text),
        }
    }

    /// Says why a command failed, on stderr, and with `--json` on stdout too.
    pub(crate) fn failure(&self, failure: &Failure) -> Exit {
        match failure {
            Failure::Diagnostics(list) => {
                list.iter().for_each(|d| self.diagnostic(d));
                message(&count(list));
            }
            Failure::Usage { message, help } | Failure::Invalid { message, help } => {
                error(message, help.as_deref());
            }
            Failure::System(message) => error(message, None),
        }
        if self.json && failure.exit() != Exit::Usage {
            self.document(&failure_document(failure));
        }
        failure.exit()
    }
}

fn message(text: &str) {
    let mut err = anstream::stderr();
    // Nowhere is left to say that stderr is gone.
    writeln!(err, "{text}").ok();
}

fn error(text: &str, help: Option<&str>) {
    message(&format!("{ERROR}error{ERROR:#}: {text}"));
    if let Some(help) = help {
        message(&format!("{HELP}help{HELP:#}: {help}"));
    }
}

/// A diagnostic with its first word and its help in colour.
fn coloured(diagnostic: &Diagnostic) -> String {
    let style = match diagnostic.severity {
        Severity::Error => ERROR,
        _ => WARNING,
    };
    let text = diagnostic.to_string();
    let (head, rest) = text.split_once(':').unwrap_or((&text, ""));
    let rest = rest.replace("\nhelp:", &format!("\n{HELP}help{HELP:#}:"));
    format!("{style}{head}{style:#}:{rest}\n")
}

/// `2 errors, 1 warning`.
pub(crate) fn count(list: &[Diagnostic]) -> String {
    let errors = list
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    format!(
        "{}, {}",
        plural(errors, "error"),
        plural(list.len() - errors, "warning")
    )
}

pub(crate) fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// The JSON document of diagnostics, as `check` prints it.
pub(crate) fn diagnostics_document(list: &[Diagnostic]) -> Value {
    let errors = list
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    json!({
        "valid": errors == 0,
        "errors": errors,
        "warnings": list.len() - errors,
        "diagnostics": list,
    })
}

fn failure_document(failure: &Failure) -> Value {
    match failure {
        Failure::Diagnostics(list) => diagnostics_document(list),
        Failure::Usage { message, help } | Failure::Invalid { message, help } => {
            json!({ "valid": false, "message": message, "help": help })
        }
        Failure::System(message) => json!({ "message": message }),
    }
}
