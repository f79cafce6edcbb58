//! A case file as a tree of values that know where they stand.
//!
//! TOML tables, rows of CSV files and assignments of the command line all become the same tree, so
//! that one decoder reads them.

use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Located {
    pub(super) raw: Raw,
    pub(super) span: Span,
}

/// A value as it is written.
#[derive(Debug, Clone)]
pub(super) enum Raw {
    /// Quoted text.
    Text(String),
    /// A cell of a CSV file, or a default of the schema: text whose type only the schema knows.
    Cell(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A date, a time or both, unquoted.
    Moment(String),
    List(Vec<Located>),
    Table(Table),
}

impl Raw {
    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Cell(_) => "text",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Moment(_) => "a date or time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Keys and values, in order.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) span: Span,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Located,
}

impl Table {
    /// A table without entries.
    pub(super) fn empty(span: Span) -> Self {
        Self {
            entries: Vec::new(),
            span,
        }
    }

    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Located> {
        self.entries.iter().find(|e| e.key == key).map(|e| &e.value)
    }

    /// The table under a key.
    pub(super) fn table(&self, key: &str) -> Option<&Table> {
        match &self.get(key)?.raw {
            Raw::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.raw {
            Raw::Text(text) | Raw::Cell(text) => Some(text),
            _ => None,
        }
    }

    /// The tables in the list under a key, passing over what is not a table.
    pub(super) fn rows(&self, key: &str) -> impl Iterator<Item = &Table> {
        let list = match self.get(key).map(|v| &v.raw) {
            Some(Raw::List(list)) => list.as_slice(),
            _ => &[],
        };
        list.iter().filter_map(|v| {
            if let Raw::Table(t) = &v.raw {
                Some(t)
            } else {
                None
            }
        })
    }

    /// The tables in the list under a key, to be changed.
    pub(super) fn rows_mut(&mut self, key: &str) -> impl Iterator<Item = &mut Table> {
        let entry = self.entries.iter_mut().find(|e| e.key == key);
        let list = match entry.map(|e| &mut e.value.raw) {
            Some(Raw::List(list)) => list.as_mut_slice(),
            _ => &mut [],
        };
        list.iter_mut().filter_map(|v| {
            if let Raw::Table(t) = &mut v.raw {
                Some(t)
            } else {
                None
            }
        })
    }

    /// Puts a value under a key, in place of what was there.
    pub(super) fn set(&mut self, key: &str, value: Located) {
        match self.entries.iter_mut().find(|e| e.key == key) {
            Some(entry) => entry.value = value,
            None => {
                let key_span = value.span;
                self.entries.push(Entry {
                    key: key.to_owned(),
                    key_span,
                    value,
                });
            }
        }
    }

    /// The table under a key; an empty one is made where there is none.
    pub(super) fn table_mut(&mut self, key: &str, span: Span) -> Option<&mut Table> {
        if self.get(key).is_none() {
            self.set(
                key,
                Located {
                    raw: Raw::Table(Self::empty(span)),
                    span,
                },
            );
        }
        match &mut self.entries.iter_mut().find(|e| e.key == key)?.value.raw {
            Raw::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The list under a key; an empty one is made where there is none.
    pub(super) fn list_mut(&mut self, key: &str, span: Span) -> Option<&mut Vec<Located>> {
        if self.get(key).is_none() {
            self.set(
                key,
                Located {
                    raw: Raw::List(Vec::new()),
                    span,
                },
            );
        }
        match &mut self.entries.iter_mut().find(|e| e.key == key)?.value.raw {
            Raw::List(list) => Some(list),
            _ => None,
        }
    }
}

/// Reads a TOML text; what is not TOML is reported and passed over.
pub(super) fn from_toml(sources: &Sources, source: usize, report: &mut Report) -> Table {
    let (document, errors) = DeTable::parse_recoverable(sources.text(source));
    for error in errors {
        let span = Span::new(source, error.span().unwrap_or(0..0));
        report.add(syntax_problem(sources, span, error.message()));
    }
    table(source, document.span(), document.into_inner())
}

/// Reads one TOML value; none when the text is not one.
pub(super) fn value_from_toml(source: usize, text: &str, shift: usize) -> Option<Located> {
    let parsed = DeValue::parse(text).ok()?;
    let mut value = located(source, parsed);
    value.span = Span::new(source, shift..shift + text.len());
    Some(value)
}

fn syntax_problem(sources: &Sources, span: Span, message: &str) -> Problem {
    let problem = Problem::error(codes::SYNTAX, span, format!("this is not TOML: {message}"));
    let text = sources.text(span.source());
    let before = text.get(..span.range().start).unwrap_or(text);
    let line_so_far = before.rsplit('\n').next().unwrap_or("");
    let unquoted = line_so_far.contains('=') && !line_so_far.contains(['"', '\'']);
    problem.help(unquoted.then(|| "text and quantities stand in quotes: \"5 km\"".to_owned()))
}

fn table(source: usize, range: std::ops::Range<usize>, entries: DeTable<'_>) -> Table {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| Entry {
        key_span: Span::new(source, key.span()),
        key: key.into_inner().into_owned(),
        value: located(source, value),
    };
    Table {
        entries: entries.into_iter().map(entry).collect(),
        span: Span::new(source, range),
    }
}

fn located(source: usize, value: Spanned<DeValue<'_>>) -> Located {
    let range = value.span();
    let span = Span::new(source, range.clone());
    let raw = match value.into_inner() {
        DeValue::String(text) => Raw::Text(text.into_owned()),
        DeValue::Integer(number) => integer(number.as_str(), number.radix()),
        DeValue::Float(number) => Raw::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Raw::Boolean(value),
        DeValue::Datetime(moment) => Raw::Moment(moment.to_string()),
        DeValue::Array(list) => Raw::List(list.into_iter().map(|v| located(source, v)).collect()),
        DeValue::Table(entries) => Raw::Table(table(source, range, entries)),
    };
    Located { raw, span }
}

/// An integer, or a float where it is too large for one.
fn integer(digits: &str, radix: u32) -> Raw {
    match i64::from_str_radix(digits, radix) {
        Ok(number) => Raw::Integer(number),
        Err(_) => Raw::Float(digits.parse().unwrap_or(f64::NAN)),
    }
}
