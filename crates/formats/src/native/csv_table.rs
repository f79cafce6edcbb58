//! CSV files as rows of the tree: `length [km]` in the header gives every cell below its unit.

use super::tree::{Entry, Located, Raw, Table};
use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use csv_core::{ReadFieldResult, Reader};
use linepack_units::column_header;

/// Most cells that are read from one file.
const CELLS_MAX: usize = 2_000_000;

/// A field of the file: its text and its place.
struct Cell {
    text: String,
    span: Span,
}

/// A column: the key and the unit of its header.
struct Column {
    key: String,
    unit: Option<String>,
    span: Span,
}

/// Reads a CSV text into one table per row.
pub(super) fn rows(sources: &Sources, source: usize, report: &mut Report) -> Vec<Table> {
    let (records, complete) = records(source, sources.text(source));
    if !complete {
        let message = format!("the table has more than {CELLS_MAX} cells");
        report.add(Problem::error(
            codes::TOO_LARGE,
            Span::beginning(source),
            message,
        ));
    }
    let mut records = records.into_iter();
    let Some(header) = records.next() else {
        let problem = Problem::error(
            codes::CSV,
            Span::beginning(source),
            "the table has no header",
        );
        report.add(
            problem.help("the first line names the columns: id,from,to,length [km]".to_owned()),
        );
        return Vec::new();
    };
    let columns = header
        .into_iter()
        .map(|cell| column(cell, report))
        .collect::<Vec<_>>();
    report_repeated(&columns, report);
    records
        .map(|record| row(&columns, record, report))
        .collect()
}

fn column(cell: Cell, report: &mut Report) -> Column {
    let text = cell.text.trim_start_matches('\u{feff}');
    let (key, unit) = column_header(text).unwrap_or_else(|error| {
        let problem = Problem::error(codes::CSV, cell.span, error.to_string());
        report.add(problem.label("not a column header").help(error.help()));
        (text.trim(), None)
    });
    Column {
        key: key.to_owned(),
        unit: unit.map(str::to_owned),
        span: cell.span,
    }
}

fn report_repeated(columns: &[Column], report: &mut Report) {
    let mut seen = std::collections::HashSet::new();
    for column in columns.iter().filter(|c| !seen.insert(c.key.as_str())) {
        let message = format!("the column `{}` stands twice in this table", column.key);
        report.add(Problem::error(codes::CSV, column.span, message).label("again here"));
    }
}

fn row(columns: &[Column], record: Vec<Cell>, report: &mut Report) -> Table {
    let first = record.first().map_or(Span::beginning(0), |c| c.span);
    let end = record.last().map_or(first.end, |c| c.span.end);
    let span = Span { end, ..first };
    if record.len() != columns.len() {
        let message = format!(
            "this row has {} cells, the header {}",
            record.len(),
            columns.len()
        );
        report.add(Problem::error(codes::CSV, span, message));
    }
    let filled = columns
        .iter()
        .zip(record)
        .filter(|(_, cell)| !cell.text.trim().is_empty());
    Table {
        entries: filled.map(|(column, cell)| entry(column, cell)).collect(),
        span,
    }
}

fn entry(column: &Column, cell: Cell) -> Entry {
    let text = cell.text.trim();
    let text = match &column.unit {
        Some(unit) => format!("{text} {unit}"),
        None => text.to_owned(),
    };
    let value = Located {
        raw: Raw::Cell(text),
        span: cell.span,
    };
    Entry {
        key: column.key.clone(),
        key_span: column.span,
        value,
    }
}

/// Splits the text into records of cells; empty lines and lines that begin with `#` are no records.
///
/// Gives up after too many cells, and says whether it did not.
fn records(source: usize, text: &str) -> (Vec<Vec<Cell>>, bool) {
    let mut reader = csv_core::ReaderBuilder::new().comment(Some(b'#')).build();
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut at, mut cells) = (0, 0);
    while cells < CELLS_MAX {
        let (result, used, bytes) = next_field(&mut reader, &text.as_bytes()[at..]);
        match result {
            ReadFieldResult::Field { record_end } => {
                let span = trimmed(source, text, at..at + used);
                record.push(Cell {
                    text: String::from_utf8_lossy(&bytes).into_owned(),
                    span,
                });
                if record_end {
                    records.push(std::mem::take(&mut record));
                }
            }
            _ => return (records, true),
        }
        at += used;
        cells += 1;
    }
    (records, false)
}

/// The next field, how many bytes of the input it took, and its text without quotes.
fn next_field(reader: &mut Reader, input: &[u8]) -> (ReadFieldResult, usize, Vec<u8>) {
    let (mut used, mut bytes) = (0, Vec::new());
    let mut buffer = [0; 256];
    loop {
        let (result, read, written) = reader.read_field(&input[used..], &mut buffer);
        used += read;
        bytes.extend_from_slice(&buffer[..written]);
        match result {
            ReadFieldResult::OutputFull => {}
            // Without input left, the second call says that the input has ended.
            ReadFieldResult::InputEmpty => {}
            done => return (done, used, bytes),
        }
    }
}

/// The range without the separator behind it and the comments and empty lines before it.
fn trimmed(source: usize, text: &str, range: std::ops::Range<usize>) -> Span {
    let piece = text.get(range.clone()).unwrap_or("");
    let body = piece.trim_end_matches(['\r', '\n']);
    let body = body.strip_suffix(',').unwrap_or(body);
    let skipped = body
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('#') || line.trim().is_empty() && line.ends_with('\n'))
        .map(str::len)
        .sum::<usize>();
    let start = range.start + skipped;
    Span::new(source, start..(range.start + body.len()).max(start))
}
