//! Blocks of the format as text.

use linepack_network::Header;
use std::fmt::Write;

/// A block being filled.
pub(super) struct Block {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Vec<String>,
    extensions: Vec<Extension>,
}

/// What a row has beyond the columns of its block.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Extension {
    pub(super) label: Option<String>,
    pub(super) flow_min: Option<f64>,
    pub(super) flow_max: Option<f64>,
    pub(super) elevation_m: Option<f64>,
}

/// The name of a column, and what it says of a row.
type Column = (&'static str, fn(&Extension) -> String);

impl Block {
    pub(super) fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            name,
            columns,
            rows: Vec::new(),
            extensions: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, cells: &[f64], number: i64, extension: Extension) {
        let mut row = number.to_string();
        for cell in cells {
            let _ = write!(row, "\t{}", text(*cell));
        }
        self.rows.push(row);
        self.extensions.push(extension);
    }

    /// The block, and after it what its rows have beyond its columns.
    pub(super) fn write(&self, out: &mut String) {
        if self.rows.is_empty() {
            return;
        }
        let name = self.name;
        let _ = writeln!(out, "%% {name} data\n% {}", self.columns.join("\t"));
        let _ = writeln!(out, "mgc.{name} = [\n{}\n];\n", self.rows.join("\n"));
        self.write_extension(out);
    }

    fn write_extension(&self, out: &mut String) {
        let any = |has: fn(&Extension) -> bool| self.extensions.iter().any(has);
        let mut columns: Vec<Column> = Vec::new();
        if any(|e| e.elevation_m.is_some_and(|z| z != 0.0)) {
            columns.push(("elevation", |e| text(e.elevation_m.unwrap_or(0.0))));
        }
        if any(|e| e.flow_min.is_some() || e.flow_max.is_some()) {
            columns.push(("flow_min", |e| {
                text(e.flow_min.unwrap_or(f64::NEG_INFINITY))
            }));
            columns.push(("flow_max", |e| text(e.flow_max.unwrap_or(f64::INFINITY))));
        }
        if any(|e| e.label.is_some()) {
            columns.push(("name", |e| quoted(e.label.as_deref().unwrap_or(""))));
        }
        if columns.is_empty() {
            return;
        }
        let names: Vec<&str> = columns.iter().map(|c| c.0).collect();
        let cells = |e: &Extension| {
            columns
                .iter()
                .map(|c| c.1(e))
                .collect::<Vec<_>>()
                .join("\t")
        };
        let rows: Vec<String> = self.extensions.iter().map(cells).collect();
        let _ = writeln!(out, "%column_names% {}", names.join("\t"));
        let _ = writeln!(out, "mgc.{}_data = [\n{}\n];\n", self.name, rows.join("\n"));
    }
}

/// A number with all its digits.
pub(super) fn text(number: f64) -> String {
    match number {
        n if n == f64::INFINITY => "Inf".to_owned(),
        n if n == f64::NEG_INFINITY => "-Inf".to_owned(),
        n if n.is_nan() => "NaN".to_owned(),
        n if n != 0.0 && !(1e-5..1e15).contains(&n.abs()) => format!("{n:e}"),
        n => n.to_string(),
    }
}

fn quoted(label: &str) -> String {
    format!("'{}'", label.replace('\'', "''"))
}

/// A label that is not the identifier, on one line.
pub(super) fn label(header: &Header, id: &str) -> Option<String> {
    let label = header.label.replace(|c: char| c.is_control(), " ");
    let label = label.trim();
    (label != id && !label.is_empty()).then(|| label.to_owned())
}
