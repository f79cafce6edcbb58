//! Outcomes of members to tables, as they come.

use super::arrays::{Growing, GrowingTable, Value};
use super::outcome::{End, Outcome};
use crate::FolderError;
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What the tables of an ensemble are about.
#[derive(Debug, Clone, Default)]
pub struct EnsembleAbout {
    /// UTC instant of time zero, RFC 3339.
    pub start_utc: String,
    /// Name and unit of each value that is drawn.
    pub drawn: Vec<(String, String)>,
    /// Name and unit of each time series.
    pub series: Vec<(String, String)>,
    /// Metadata of the tables.
    pub facts: HashMap<String, String>,
}

/// Writes the tables of an ensemble while its members run; memory does not grow with their number.
pub struct EnsembleWriter {
    members: GrowingTable,
    series: GrowingTable,
    series_path: PathBuf,
    start_us: i64,
    width: usize,
}

impl std::fmt::Debug for EnsembleWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnsembleWriter").finish_non_exhaustive()
    }
}

/// Amounts and counts of a member: column and unit.
const NUMBERS: [(&str, &str); 14] = [
    ("in_kg", "kg"),
    ("out_kg", "kg"),
    ("requested_kg", "kg"),
    ("shortfall_kg", "kg"),
    ("fuel_kg", "kg"),
    ("leak_kg", "kg"),
    ("linepack_start_kg", "kg"),
    ("linepack_end_kg", "kg"),
    ("linepack_min_kg", "kg"),
    ("residual_kg", "kg"),
    ("first_shortfall_s", "s"),
    ("margin_low_pa", "Pa"),
    ("margin_high_pa", "Pa"),
    ("end_s", "s"),
];
const TEXTS: [&str; 5] = [
    "first_short",
    "margin_low_at",
    "margin_high_at",
    "element",
    "message",
];
const COUNTS: [&str; 4] = ["violations", "steps", "rejected_steps", "iterations"];

impl EnsembleWriter {
    /// Begins `members.parquet` and `series.parquet` in a folder.
    ///
    /// Errors: the start is no instant, or a file cannot be made.
    pub fn begin(folder: &Path, about: &EnsembleAbout) -> Result<Self, FolderError> {
        let start: Timestamp = about.start_utc.parse().map_err(|e| FolderError::Table {
            table: "series".into(),
            message: format!("the start \"{}\" is no instant: {e}", about.start_utc),
        })?;
        let series_path = folder.join("series.parquet");
        let members = folder.join("members.parquet");
        Ok(Self {
            members: GrowingTable::begin(&members, &about.facts, member_columns(about))?,
            series: GrowingTable::begin(&series_path, &about.facts, series_columns(about))?,
            series_path,
            start_us: start.as_microsecond(),
            width: about.series.len(),
        })
    }

    /// Writes a member.
    pub fn member(&mut self, outcome: &Outcome) -> Result<(), FolderError> {
        self.members.row(member_row(outcome))?;
        for (row, time_s) in outcome.time_s.iter().enumerate() {
            let time = self.start_us + (time_s * 1e6).round() as i64;
            let values = &outcome.series[row * self.width..][..self.width];
            let head = [Value::Integer(outcome.index), Value::Time(time)];
            let values = values.iter().map(|x| Value::Number(*x));
            self.series.row(head.into_iter().chain(values))?;
        }
        Ok(())
    }

    /// Closes both tables; the path of the series.
    pub fn finish(self) -> Result<PathBuf, FolderError> {
        self.members.finish()?;
        self.series.finish()?;
        Ok(self.series_path)
    }
}

type Columns = Vec<(String, Option<String>, Growing)>;

fn member_columns(about: &EnsembleAbout) -> Columns {
    let mut columns: Columns = vec![
        ("member".into(), None, Growing::integer()),
        ("status".into(), None, Growing::text()),
    ];
    let drawn = about.drawn.iter();
    columns.extend(drawn.map(|(name, unit)| (name.clone(), Some(unit.clone()), Growing::number())));
    let numbers = NUMBERS.iter();
    columns.extend(numbers.map(|(n, u)| ((*n).into(), Some((*u).into()), Growing::number())));
    columns.extend(
        COUNTS
            .iter()
            .map(|n| ((*n).into(), None, Growing::integer())),
    );
    columns.extend(TEXTS.iter().map(|n| ((*n).into(), None, Growing::text())));
    columns
}

fn series_columns(about: &EnsembleAbout) -> Columns {
    let mut columns: Columns = vec![
        ("member".into(), None, Growing::integer()),
        ("time".into(), None, Growing::time()),
    ];
    let series = about.series.iter();
    columns
        .extend(series.map(|(name, unit)| (name.clone(), Some(unit.clone()), Growing::number())));
    columns
}

fn member_row(o: &Outcome) -> impl Iterator<Item = Value<'_>> {
    let a = &o.amounts;
    let numbers = [
        a.in_kg,
        a.out_kg,
        a.requested_kg,
        a.shortfall_kg,
        a.fuel_kg,
        a.leak_kg,
        a.linepack_start_kg,
        a.linepack_end_kg,
        a.linepack_min_kg,
        a.residual_kg,
        o.first_shortfall_s.unwrap_or(f64::NAN),
        o.margin_low.pressure_pa.unwrap_or(f64::NAN),
        o.margin_high.pressure_pa.unwrap_or(f64::NAN),
        o.time_s.last().copied().unwrap_or(f64::NAN),
    ];
    let counts = [o.violations, o.steps, o.rejected_steps, o.iterations];
    let message = if o.end == End::Complete {
        ""
    } else {
        &o.message
    };
    let texts = [
        &o.first_short,
        &o.margin_low.element,
        &o.margin_high.element,
        o.element.as_deref().unwrap_or(""),
        message,
    ];
    let head = [Value::Integer(o.index), Value::Text(o.end.word())];
    head.into_iter()
        .chain(o.values.iter().map(|x| Value::Number(*x)))
        .chain(numbers.map(Value::Number))
        .chain(counts.map(|n| Value::Integer(n as u64)))
        .chain(texts.map(Value::Text))
}
