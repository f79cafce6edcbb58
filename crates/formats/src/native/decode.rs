//! Tables of the tree against the tables of the schema.

use super::schema::{Choice, Field, Kind, Need, Rule, Schema};
use super::tree::{Located, Raw, Table};
use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use linepack_network::nearest;
use linepack_units::{Context, Dimension, FlowRate, UnitError, parse, parse_flow};

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
#[derive(Debug, Clone)]
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

/// What a rule has against the keys of a table, and the keys to blame.
fn broken(rule: &Rule, table: &Table, subject: &str) -> Option<(Problem, Vec<&'static str>)> {
    let here = |key: &str| table.get(key).is_some();
    let at = |key: &str| table.get(key).map_or(table.span, |v| v.span);
    match *rule {
        Rule::One(keys) | Rule::Column(keys) | Rule::AtMostOne(keys) => {
            let given = keys.iter().copied().filter(|k| here(k)).collect::<Vec<_>>();
            let wanted = !matches!(rule, Rule::AtMostOne(_));
            if given.len() == 1 || given.is_empty() && !wanted {
                return None;
            }
            let problem = not_one(&given, keys, table, subject);
            Some((problem, keys.to_vec()))
        }
        Rule::Together(a, b) if here(a) != here(b) => {
            let (given, wanted) = if here(a) { (a, b) } else { (b, a) };
            let message = format!("{subject} has `{given}` without `{wanted}`");
            let problem = Problem::error(codes::INCOMPLETE, at(given), message);
            Some((problem.label(format!("needs `{wanted}` too")), vec![wanted]))
        }
        Rule::When(key, value, keys) => {
            let active = table.text(key) == Some(value);
            let given = keys.iter().copied().find(|k| here(k));
            match (active, given) {
                (true, None) => {
                    let message =
                        format!("{subject} says `{key} = \"{value}\"` and nothing of what");
                    let problem = Problem::error(codes::INCOMPLETE, at(key), message);
                    Some((
                        problem.label(format!("needs {}", list(keys.iter().copied(), "or"))),
                        keys.to_vec(),
                    ))
                }
                (false, Some(given)) => {
                    Some((misplaced(given, key, value, at(given), subject), vec![]))
                }
                _ => None,
            }
        }
        Rule::OnlyWhen(given, key, value) if here(given) && table.text(key) != Some(value) => {
            Some((misplaced(given, key, value, at(given), subject), vec![]))
        }
        Rule::SameLength(a, b) => {
            let (Some(Raw::List(first)), Some(Raw::List(second))) =
                (table.get(a).map(|v| &v.raw), table.get(b).map(|v| &v.raw))
            else {
                return None;
            };
            let message = format!(
                "{subject} has {} of `{a}` and {} of `{b}`",
                first.len(),
                second.len()
            );
            let problem = Problem::error(codes::LENGTHS_DIFFER, at(b), message);
            (first.len() != second.len()).then(|| {
                (
                    problem.label(format!("expected {} values", first.len())),
                    vec![a, b],
                )
            })
        }
        _ => None,
    }
}

fn misplaced(given: &str, key: &str, value: &str, span: Span, subject: &str) -> Problem {
    let message = format!("{subject} has `{given}`, which goes with `{key} = \"{value}\"` only");
    Problem::error(codes::MISPLACED, span, message).label("not possible here")
}

fn not_one(given: &[&str], keys: &[&'static str], table: &Table, subject: &str) -> Problem {
    let all = list(keys.iter().copied(), "or");
    match given.last() {
        None if keys.len() == 1 => Problem::error(
            codes::MISSING_KEY,
            table.span,
            format!("{subject} has no {all}"),
        )
        .label(format!("{all} is missing here")),
        None => Problem::error(
            codes::EXACTLY_ONE,
            table.span,
            format!("{subject} has none of {all}"),
        )
        .label("one of them is needed here"),
        Some(last) => {
            let both = list(given.iter().copied(), "and");
            let span = table.get(last).map_or(table.span, |v| v.span);
            Problem::error(
                codes::EXACTLY_ONE,
                span,
                format!("{subject} has {both}, which exclude each other"),
            )
            .label(format!("only one of {all} is possible"))
        }
    }
}

/// Whether a value has the shape of a kind, to choose between two kinds.
fn looks_like(kind: &Kind, raw: &Raw) -> bool {
    let begins = |word: &str| {
        word.trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
    };
    match (kind, raw) {
        (Kind::Table(_), Raw::Table(_)) | (Kind::List(_), Raw::List(_)) => true,
        (Kind::Choice(_), Raw::Text(text) | Raw::Cell(text)) => !begins(text),
        (Kind::Quantity(_) | Kind::Flow, Raw::Text(text) | Raw::Cell(text)) => begins(text),
        (Kind::Quantity(_) | Kind::Flow, Raw::Integer(_) | Raw::Float(_)) => true,
        (Kind::Either(a, b), raw) => looks_like(a, raw) || looks_like(b, raw),
        _ => false,
    }
}

/// Reads a value that is neither list nor table.
fn scalar(
    kind: &Kind,
    value: &Located,
    key: &str,
    subject: &str,
    context: &Context,
) -> Result<Cell, Problem> {
    let wrong = || {
        let message = format!("`{key}` of {subject} is {}", value.raw.kind());
        let problem = Problem::error(codes::WRONG_KIND, value.span, message);
        problem.label(format!("expected {}", describe(kind)))
    };
    let what = What {
        key,
        subject,
        span: value.span,
    };
    match (kind, &value.raw) {
        (Kind::Identifier, Raw::Text(text) | Raw::Cell(text)) => what.identifier(text),
        (Kind::Text | Kind::Reference(_), Raw::Text(text) | Raw::Cell(text)) => {
            Ok(Cell::Text(text.clone()))
        }
        (Kind::Identifier | Kind::Reference(_), Raw::Integer(number)) => {
            Err(wrong().help(format!("identifiers stand in quotes: \"{number}\"")))
        }
        (Kind::Boolean, Raw::Boolean(value)) => Ok(Cell::Boolean(*value)),
        (Kind::Boolean, Raw::Cell(text)) => text.parse().map(Cell::Boolean).map_err(|_| wrong()),
        (Kind::Number { min, max }, raw) => what.number(number(raw).ok_or_else(wrong)?, *min, *max),
        (Kind::Integer { min, max }, raw) => {
            what.integer(whole(raw).ok_or_else(wrong)?, *min, *max)
        }
        (Kind::Choice(choices), Raw::Text(text) | Raw::Cell(text)) => what.choice(text, choices),
        (Kind::Date, Raw::Moment(text) | Raw::Text(text) | Raw::Cell(text)) => what.date(text),
        (Kind::Timestamp, Raw::Moment(text) | Raw::Text(text) | Raw::Cell(text)) => {
            what.timestamp(text)
        }
        (Kind::Coordinate, raw) if number(raw).is_some() => {
            Ok(number(raw).map_or(Cell::Bad, Cell::Number))
        }
        (Kind::Coordinate, Raw::Text(text) | Raw::Cell(text)) => what.degrees(text, context),
        (Kind::Quantity(dimension), Raw::Text(text) | Raw::Cell(text)) => {
            what.quantity(text, *dimension, context)
        }
        (Kind::Flow, Raw::Text(text) | Raw::Cell(text)) => what.flow(text, context),
        (Kind::Quantity(dimension), Raw::Integer(_) | Raw::Float(_)) => {
            what.quantity(&plain(&value.raw), *dimension, context)
        }
        (Kind::Flow, Raw::Integer(_) | Raw::Float(_)) => what.flow(&plain(&value.raw), context),
        _ => Err(wrong()),
    }
}

/// A number without a unit, as text.
fn plain(raw: &Raw) -> String {
    number(raw).unwrap_or(f64::NAN).to_string()
}

fn number(raw: &Raw) -> Option<f64> {
    match raw {
        Raw::Integer(number) => Some(*number as f64),
        Raw::Float(number) => Some(*number),
        Raw::Cell(text) => text.parse().ok(),
        _ => None,
    }
}

fn whole(raw: &Raw) -> Option<i64> {
    match raw {
        Raw::Integer(number) => Some(*number),
        Raw::Cell(text) => text.parse().ok(),
        _ => None,
    }
}

/// A value being read, for messages.
struct What<'a> {
    key: &'a str,
    subject: &'a str,
    span: Span,
}

impl What<'_> {
    fn error(&self, code: &'static str, is: impl std::fmt::Display) -> Problem {
        Problem::error(
            code,
            self.span,
            format!("`{}` of {} {is}", self.key, self.subject),
        )
    }

    fn identifier(&self, text: &str) -> Result<Cell, Problem> {
        if text.is_empty()
            || text.trim() != text
            || text.contains(|c: char| c.is_control() || c == '"')
        {
            let problem = self.error(codes::IDENTIFIER, "is not an identifier");
            return Err(
                problem.label("expected text without quotes, line breaks or blanks around it")
            );
        }
        Ok(Cell::Text(text.to_owned()))
    }

    fn number(&self, number: f64, min: f64, max: f64) -> Result<Cell, Problem> {
        if (min..=max).contains(&number) {
            return Ok(Cell::Number(number));
        }
        let problem = self.error(codes::OUT_OF_RANGE, format_args!("is {number}"));
        Err(problem.label(format!("expected {}", describe(&Kind::Number { min, max }))))
    }

    fn integer(&self, number: i64, min: u64, max: u64) -> Result<Cell, Problem> {
        if let Some(number) = u64::try_from(number)
            .ok()
            .filter(|n| (min..=max).contains(n))
        {
            return Ok(Cell::Integer(number));
        }
        let problem = self.error(codes::OUT_OF_RANGE, format_args!("is {number}"));
        Err(problem.label(format!(
            "expected {}",
            describe(&Kind::Integer { min, max })
        )))
    }

    fn choice(&self, text: &str, choices: &'static [Choice]) -> Result<Cell, Problem> {
        if choices.iter().any(|c| c.name == text) {
            return Ok(Cell::Text(text.to_owned()));
        }
        let names = || choices.iter().map(|c| c.name);
        let help = match nearest(text, names()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it can be {}", quoted(names(), "or")),
        };
        let problem = self.error(codes::NOT_A_CHOICE, format_args!("is \"{text}\""));
        Err(problem
            .label("not one of the words possible here")
            .help(help))
    }

    fn date(&self, text: &str) -> Result<Cell, Problem> {
        text.parse::<Date>()
            .ok()
            .filter(|_| text.len() == 10)
            .map(Cell::Date)
            .ok_or_else(|| {
                self.error(codes::DATE, "is not a date")
                    .label("expected a date such as \"2026-01-01\"")
            })
    }

    fn timestamp(&self, text: &str) -> Result<Cell, Problem> {
        text.parse::<Timestamp>().map(Cell::Timestamp).map_err(|_| {
            let problem = self.error(codes::DATE, "is not an instant");
            problem.label("expected date, time and offset such as \"2026-01-01T05:00:00Z\"")
        })
    }

    fn quantity(
        &self,
        text: &str,
        dimension: Dimension,
        context: &Context,
    ) -> Result<Cell, Problem> {
        parse(text, dimension, context)
            .map(Cell::Number)
            .map_err(|e| self.unit_problem(&e))
    }

    /// An angle in degrees, as maps have it.
    fn degrees(&self, text: &str, context: &Context) -> Result<Cell, Problem> {
        let angle = parse(text, Dimension::Angle, context).map_err(|e| self.unit_problem(&e))?;
        Ok(Cell::Number(angle.to_degrees()))
    }

    fn flow(&self, text: &str, context: &Context) -> Result<Cell, Problem> {
        parse_flow(text, context)
            .map(Cell::Flow)
            .map_err(|e| self.unit_problem(&e))
    }

    fn unit_problem(&self, error: &UnitError) -> Problem {
        let message = format!("`{}` of {}: {error}", self.key, self.subject);
        let problem = Problem::error(unit_code(error), self.span, message);
        problem.label(unit_label(error)).help(error.help())
    }
}

/// What stands under the marker.
fn unit_label(error: &UnitError) -> &'static str {
    match unit_code(error) {
        codes::NO_UNIT => "no unit",
        codes::UNKNOWN_UNIT => "unknown unit",
        codes::WRONG_DIMENSION => "this unit does not fit",
        codes::GAUGE_OR_ABSOLUTE => "gauge or absolute?",
        codes::OUT_OF_RANGE => "not possible",
        _ => "not a quantity",
    }
}

fn unit_code(error: &UnitError) -> &'static str {
    match error {
        UnitError::NoUnit { .. } => codes::NO_UNIT,
        UnitError::Unknown { .. } | UnitError::Basis { .. } => codes::UNKNOWN_UNIT,
        UnitError::WrongDimension { .. } => codes::WRONG_DIMENSION,
        UnitError::GaugeOrAbsolute { .. } | UnitError::NotADifference { .. } => {
            codes::GAUGE_OR_ABSOLUTE
        }
        UnitError::BelowZero { .. } => codes::OUT_OF_RANGE,
        _ => codes::NOT_A_NUMBER,
    }
}

/// What a value of a kind is, for "expected ...".
pub(super) fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text in quotes".into(),
        Kind::Identifier => "an identifier in quotes".into(),
        Kind::Reference(what) => format!("the name of a {what}, in quotes"),
        Kind::Number { min, max } if max.is_infinite() && min.is_infinite() => "a number".into(),
        Kind::Number { min, max } if max.is_infinite() => format!("a number not below {min}"),
        Kind::Number { min, max } => format!("a number from {min} to {max}"),
        Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
        Kind::Boolean => "true or false".into(),
        Kind::Date => "a date such as \"2026-01-01\"".into(),
        Kind::Timestamp => "an instant such as \"2026-01-01T05:00:00Z\"".into(),
        Kind::Quantity(dimension) => {
            format!("{} such as {}", dimension.name(), dimension.examples())
        }
        Kind::Flow => "a flow such as \"7.4 MSm3/d\"".into(),
        Kind::Coordinate => "an angle such as \"52.6 deg\", or a number".into(),
        Kind::Choice(choices) => quoted(choices.iter().map(|c| c.name), "or"),
        Kind::List(item) => format!("a list of which each is {}", describe(item)),
        Kind::Table(schema) => format!(
            "a table with {}",
            list(schema.fields().map(|f| f.key), "and")
        ),
        Kind::Either(first, second) => format!("{}, or {}", describe(first), describe(second)),
        Kind::Sources => "text, or a table of texts by key".into(),
        Kind::Assignments => "a table such as { \"cs-2.state\" = \"running\" }".into(),
    }
}

/// `` `a`, `b` and `c` ``.
pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    joined(words.map(|w| format!("`{w}`")).collect(), last)
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    joined(words.map(|w| format!("\"{w}\"")).collect(), last)
}

fn joined(mut words: Vec<String>, last: &str) -> String {
    match (words.pop(), words.len()) {
        (Some(word), 0) => word,
        (Some(word), _) => format!("{} {last} {word}", words.join(", ")),
        (None, _) => String::new(),
    }
}
