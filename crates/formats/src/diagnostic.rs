use serde::Serialize;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

pub use linepack_network::Severity;

/// One thing wrong with a case, with its place.
///
/// `Display` prints it the way a terminal shows it, without colour and without a final newline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostic {
    /// Stable code, such as `LP0204`; [`crate::explain`] tells the longer story.
    pub code: &'static str,
    /// Whether the case can be used in spite of it.
    #[serde(serialize_with = "severity_name")]
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The element it belongs to, if any.
    pub element: Option<String>,
    /// The file, as it was named.
    pub file: PathBuf,
    /// The bytes of the file that are meant.
    pub span: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The text under the span.
    pub offending: String,
    /// The whole line.
    pub source_text: String,
    /// What stands under the marker: what was expected, or what the text is not.
    pub label: String,
    /// What would mend it.
    pub help: Option<String>,
}

fn severity_name<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.name())
}

/// Most characters of a line that are shown.
const SHOWN: usize = 100;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}[{}]: {}",
            self.severity.name(),
            self.code,
            self.message
        )?;
        write!(
            f,
            "  --> {}:{}:{}",
            self.file.display(),
            self.line,
            self.column
        )?;
        self.write_excerpt(f)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl Diagnostic {
    /// The line and, under it, the marker.
    fn write_excerpt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.source_text.trim().is_empty() && self.label.is_empty() {
            return Ok(());
        }
        let number = self.line.to_string();
        let (skipped, shown) = self.window();
        let margin = " ".repeat(number.len());
        let indent = " ".repeat((self.column - 1).saturating_sub(skipped));
        let label = if self.label.is_empty() {
            String::new()
        } else {
            format!(" {}", self.label)
        };
        write!(
            f,
            "\n{number} | {shown}\n{margin} | {indent}{}{label}",
            self.marker(&shown, skipped)
        )
    }

    fn marker(&self, shown: &str, skipped: usize) -> String {
        let room = (shown.chars().count() + skipped).saturating_sub(self.column - 1);
        let first_line = self.offending.lines().next().unwrap_or("");
        "^".repeat(first_line.chars().count().min(room).max(1))
    }

    /// The part of the line that is shown, and how many characters before it are not.
    fn window(&self) -> (usize, String) {
        let printable = |c: char| if c.is_control() { ' ' } else { c };
        let skipped = if self.column > SHOWN - 20 {
            self.column - 20
        } else {
            0
        };
        let shown = self
            .source_text
            .chars()
            .skip(skipped)
            .take(SHOWN)
            .map(printable)
            .collect::<String>();
        (skipped, shown.trim_end().to_owned())
    }
}
