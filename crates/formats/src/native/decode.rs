//! Tables of the tree against the tables of the schema.

use super::describe::{describe, list};
use super::rules::broken;
use super::scalar::scalar;
use super::schema::{Field, Kind, Need, Schema};
use super::tree::{Located, Raw, Table};
use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use linepack_network::nearest;
use linepack_units::{Context, FlowRate};

/// A value that fits its field.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// It does not fit, and that has been reported.
    Bad,
    Number(f64),
    Integer(u64),
    Boolean(bool),
    Text(String),
    Flow(FlowRate),
    Date(Date),
    Timestamp(Timestamp),
    List(Vec<Cell>),
    Row(Row),
}

/// A table that fits its schema as far as it does.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    cells: Vec<(&'static str, Cell)>,
    /// Keys whose values are missing or do not fit, which has been reported.
    pub(super) bad: Vec<&'static str>,
}

impl Row {
    /// The value under a key, where there is one.
    pub(super) fn cell(&self, key: &str) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, cell)| cell)
    }

    /// The tables in the list under a key.
    pub(super) fn rows(&self, key: &str) -> impl Iterator<Item = &Row> {
        let cells = match self.cell(key) {
            Some(Cell::List(cells)) => cells.as_slice(),
            _ => &[],
        };
        cells.iter().filter_map(|cell| match cell {
            Cell::Row(row) => Some(row),
            _ => None,
        })
    }
}

/// What decoding needs and what it finds.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    pub(super) report: &'a mut Report,
    pub(super) context: Context,
    /// Whether text is missing, so that absent keys are not held against it.
    pub(super) fragmentary: bool,
    /// Lines for the report of what was assumed.
    pub(super) assumptions: Vec<String>,
}

/// Stands for a key that may be the misspelt form of one that seems to be missing.
const MISSPELT: &str = "?";

/// What may only seem wrong when a part of the text could not be read.
const ABSENCES: [&str; 4] = [
    codes::MISSING_KEY,
    codes::EXACTLY_ONE,
    codes::INCOMPLETE,
    codes::LENGTHS_DIFFER,
];

/// Whose value is being read, for messages.
#[derive(Clone, Copy)]
struct Subject<'s> {
    name: &'s str,
    id: Option<&'s str>,
}

impl Decoder<'_> {
    /// Reads a table by a schema. `subject` is what messages call it: `pipe "P-3"`.
    pub(super) fn row(&mut self, table: &Table, schema: &'static Schema, subject: &str) -> Row {
        let subject = Subject {
            name: subject,
            id: table.text("id"),
        };
        let mut row = Row {
            cells: Vec::new(),
            bad: Vec::new(),
        };
        for entry in &table.entries {
            let Some(field) = schema.field(&entry.key) else {
                self.unknown_key(&entry.key, entry.key_span, schema, subject);
                row.bad.push(MISSPELT);
                continue;
            };
            if row.cell(field.key).is_some() {
                let message = format!("{} states `{}` twice", subject.name, field.key);
                let problem = Problem::error(codes::EXACTLY_ONE, entry.key_span, message);
                self.fail(problem.label("the same under another name"), subject);
            }
            let cell = self.cell(&field.kind, &entry.value, field.key, subject);
            row.put(field.key, cell);
        }
        let stated = row.cells.len();
        for field in schema.fields() {
            if row.cells[..stated].iter().any(|(key, _)| *key == field.key) {
                continue;
            }
            self.absent(field, table, subject, &mut row);
        }
        self.rules(schema, table, subject, &mut row);
        row
    }

    fn unknown_key(
        &mut self,
        key: &str,
        span: Span,
        schema: &'static Schema,
        subject: Subject<'_>,
    ) {
        let known = || schema.fields().map(|f| f.key);
        let help = match nearest(key, known()) {
            Some(near) => format!("a key named `{near}` exists"),
            None => format!("the keys of {} are {}", schema.name, list(known(), "and")),
        };
        let message = format!("{} has no key `{key}`", subject.name);
        self.fail(
            Problem::error(codes::UNKNOWN_KEY, span, message)
                .label("unknown key")
                .help(help),
            subject,
        );
    }

    fn absent(
        &mut self,
        field: &'static Field,
        table: &Table,
        subject: Subject<'_>,
        row: &mut Row,
    ) {
        match field.need {
            Need::Optional => {}
            Need::Required => {
                self.missing(field, table.span, subject);
                row.put(field.key, Cell::Bad);
            }
            Need::Default(text) => {
                row.put(field.key, self.implied(field, text, table.span, subject))
            }
            Need::Assumed(text) => {
                row.put(field.key, self.implied(field, text, table.span, subject));
                self.assumed(field, text, table.span, subject);
            }
        }
    }

    fn missing(&mut self, field: &'static Field, span: Span, subject: Subject<'_>) {
        let message = format!("{} has no `{}`", subject.name, field.key);
        let help = format!("state {}", describe(&field.kind));
        let problem = Problem::error(codes::MISSING_KEY, span, message);
        self.fail(
            problem
                .label(format!("`{}` is missing here", field.key))
                .help(help),
            subject,
        );
    }

    fn implied(
        &mut self,
        field: &'static Field,
        text: &str,
        span: Span,
        subject: Subject<'_>,
    ) -> Cell {
        let value = Located {
            raw: Raw::Cell(text.to_owned()),
            span,
        };
        self.cell(&field.kind, &value, field.key, subject)
    }

    fn assumed(&mut self, field: &'static Field, text: &str, span: Span, subject: Subject<'_>) {
        let message = format!(
            "{} states no `{}`: {text} is assumed",
            subject.name, field.key
        );
        self.assumptions.push(format!(
            "{} {}: {text} (nothing stated)",
            subject.name, field.key
        ));
        let help = format!("state it, with its source: {} = ...", field.key);
        self.fail(
            Problem::warning(codes::ASSUMED, span, message).help(help),
            subject,
        );
    }

    fn rules(
        &mut self,
        schema: &'static Schema,
        table: &Table,
        subject: Subject<'_>,
        row: &mut Row,
    ) {
        for rule in schema.rules {
            if let Some((problem, keys)) = broken(rule, table, subject.name) {
                self.fail(problem, subject);
                keys.iter().for_each(|key| row.bad.push(key));
            }
        }
    }

    fn fail(&mut self, problem: Problem, subject: Subject<'_>) {
        if self.fragmentary && ABSENCES.contains(&problem.code) {
            return;
        }
        self.report.add(problem.element(subject.id));
    }

    /// Reads a value on its own, as one that a stage or the command line sets.
    pub(super) fn value(
        &mut self,
        kind: &'static Kind,
        value: &Located,
        key: &str,
        subject: &str,
    ) -> Cell {
        self.cell(
            kind,
            value,
            key,
            Subject {
                name: subject,
                id: None,
            },
        )
    }

    fn cell(
        &mut self,
        kind: &'static Kind,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        match kind {
            Kind::List(item) => self.list(item, value, key, subject),
            Kind::Table(schema) => self.table(schema, value, key, subject),
            Kind::Either(first, second) => match [*first, *second]
                .into_iter()
                .find(|k| looks_like(k, &value.raw))
            {
                Some(kind) => self.cell(kind, value, key, subject),
                None => self.wrong_kind(kind, value, key, subject),
            },
            Kind::Sources | Kind::Assignments => self.texts(kind, value, key, subject),
            _ => self.scalar(kind, value, key, subject),
        }
    }

    fn list(
        &mut self,
        item: &'static Kind,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        let Raw::List(list) = &value.raw else {
            let problem = wrong_kind(
                format!("a list of which each is {}", describe(item)),
                value,
                key,
                subject,
            );
            self.fail(problem, subject);
            return Cell::Bad;
        };
        let cells = list
            .iter()
            .map(|v| self.cell(item, v, key, subject))
            .collect::<Vec<_>>();
        Cell::List(cells)
    }

    fn table(
        &mut self,
        schema: &'static Schema,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        let Raw::Table(table) = &value.raw else {
            let keys = list(schema.fields().map(|f| f.key), "and");
            self.fail(
                wrong_kind(format!("a table with {keys}"), value, key, subject),
                subject,
            );
            return Cell::Bad;
        };
        let inner = Table {
            entries: table.entries.clone(),
            span: value.span,
        };
        let row = self.row(&inner, schema, &format!("{key} of {}", subject.name));
        Cell::Row(row)
    }

    /// Sources and assignments stay as they are; only their shape is checked.
    fn texts(
        &mut self,
        kind: &'static Kind,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        match (&value.raw, kind) {
            (Raw::Table(table), Kind::Sources) => {
                for entry in &table.entries {
                    self.scalar(&Kind::Text, &entry.value, &entry.key, subject);
                }
                Cell::Boolean(true)
            }
            (Raw::Table(_), Kind::Assignments) | (Raw::Text(_) | Raw::Cell(_), Kind::Sources) => {
                Cell::Boolean(true)
            }
            _ => self.wrong_kind(kind, value, key, subject),
        }
    }

    fn wrong_kind(
        &mut self,
        kind: &'static Kind,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        self.fail(wrong_kind(describe(kind), value, key, subject), subject);
        Cell::Bad
    }

    fn scalar(
        &mut self,
        kind: &'static Kind,
        value: &Located,
        key: &str,
        subject: Subject<'_>,
    ) -> Cell {
        match scalar(kind, value, key, subject.name, &self.context) {
            Ok(cell) => cell,
            Err(problem) => {
                self.fail(problem, subject);
                Cell::Bad
            }
        }
    }
}

impl Cell {
    /// Whether it, or something in it, did not fit.
    fn is_bad(&self) -> bool {
        match self {
            Self::Bad => true,
            Self::List(list) => list.iter().any(Self::is_bad),
            Self::Row(row) => !row.bad.is_empty(),
            _ => false,
        }
    }
}

impl Row {
    fn put(&mut self, key: &'static str, cell: Cell) {
        if cell.is_bad() {
            self.bad.push(key);
        }
        self.cells.push((key, cell));
    }
}

fn wrong_kind(expected: String, value: &Located, key: &str, subject: Subject<'_>) -> Problem {
    let message = format!("`{key}` of {} is {}", subject.name, value.raw.kind());
    Problem::error(codes::WRONG_KIND, value.span, message).label(format!("expected {expected}"))
}

/// Whether a value has the shape of a kind, to choose between two kinds.
fn looks_like(kind: &Kind, raw: &Raw) -> bool {
    let begins = |word: &str| {
        word.trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
    };
    match (kind, raw) {
        (Kind::Table(_), Raw::Table(_)) | (Kind::List(_), Raw::List(_)) => true,
        (Kind::Reference(_), Raw::Text(_) | Raw::Cell(_)) => true,
        (Kind::Choice(_), Raw::Text(text) | Raw::Cell(text)) => !begins(text),
        (Kind::Quantity(_) | Kind::Flow, Raw::Text(text) | Raw::Cell(text)) => begins(text),
        (Kind::Quantity(_) | Kind::Flow, Raw::Integer(_) | Raw::Float(_)) => true,
        (Kind::Either(a, b), raw) => looks_like(a, raw) || looks_like(b, raw),
        _ => false,
    }
}
