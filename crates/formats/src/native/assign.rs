//! Values that a stage, a scenario or the command line puts in place of what the file says.

use super::decode::Decoder;
use super::schema::{
    ELEMENTS, GAS, GAS_OF_SUPPLIES, GAS_PROFILE, GROUND, Kind, PROFILE, QUALITY_LIMITS, SCENARIO,
    SETTINGS, Schema,
};
use super::tree::{Entry, Located, Raw, Table, value_from_toml};
use crate::codes;
use crate::report::Problem;
use crate::sources::{Sources, Span};
use linepack_network::{Hints, nearest};
use std::collections::HashMap;

/// A value and where it goes: `cs-2.state`, `settings.friction`.
pub(super) struct Assignment {
    pub(super) path: String,
    pub(super) path_span: Span,
    pub(super) value: Located,
}

/// The assignments of a table `set = { "cs-2.state" = "running" }`.
///
/// An unquoted `cs-2.state = "running"` is a table in a table, and means the same.
pub(super) fn of_table(table: &Table, names: &Names) -> Vec<Assignment> {
    let whole = |e: &Entry| Assignment {
        path: e.key.clone(),
        path_span: e.key_span,
        value: e.value.clone(),
    };
    let inner = |e: &Entry, i: &Entry| Assignment {
        path: format!("{}.{}", e.key, i.key),
        path_span: Span {
            end: i.key_span.end,
            ..e.key_span
        },
        value: i.value.clone(),
    };
    let split = |e: &Entry| match &e.value.raw {
        Raw::Table(t) if names.place(&e.key).is_some() => {
            t.entries.iter().map(|i| inner(e, i)).collect()
        }
        _ => vec![whole(e)],
    };
    table.entries.iter().flat_map(split).collect()
}

/// The assignments of the command line, `--set cs-2.state=running`.
pub(super) fn of_command_line(set: &[(String, String)], sources: &mut Sources) -> Vec<Assignment> {
    set.iter()
        .map(|(path, value)| command_line(path, value, sources))
        .collect()
}

fn command_line(path: &str, value: &str, sources: &mut Sources) -> Assignment {
    let head = "--set ";
    let (start, equals) = (head.len(), head.len() + path.len());
    let source = sources.add("command line", format!("{head}{path}={value}"));
    let span = Span::new(source, equals + 1..equals + 1 + value.len());
    let composed = value.trim_start().starts_with(['[', '{', '"', '\'']);
    let parsed = if composed {
        value_from_toml(source, value, equals + 1)
    } else {
        None
    };
    let value = parsed.unwrap_or(Located {
        raw: Raw::Cell(value.trim().to_owned()),
        span,
    });
    Assignment {
        path: path.to_owned(),
        path_span: Span::new(source, start..equals),
        value,
    }
}

/// What a path can begin with, and which table that is.
pub(super) struct Names {
    hints: Hints,
    by_id: HashMap<String, Place>,
}

/// A table of the document.
#[derive(Clone, Copy)]
pub(super) struct Place {
    schema: &'static Schema,
    index: Option<usize>,
}

impl Names {
    /// The names of a document, of which one scenario is chosen.
    pub(super) fn new(root: &Table, scenario: Option<usize>) -> Self {
        let mut by_id = HashMap::new();
        let tables = [
            &PROFILE,
            &GAS_OF_SUPPLIES,
            &GAS_PROFILE,
            &QUALITY_LIMITS,
            &GROUND,
        ];
        for schema in ELEMENTS.into_iter().chain(tables) {
            for (index, row) in root.rows(schema.key).enumerate() {
                if let Some(id) = row.text("id") {
                    by_id.entry(id.to_owned()).or_insert(Place {
                        schema,
                        index: Some(index),
                    });
                }
            }
        }
        for schema in [&SETTINGS, &GAS] {
            by_id.insert(
                schema.key.to_owned(),
                Place {
                    schema,
                    index: None,
                },
            );
        }
        by_id.insert(
            SCENARIO.key.to_owned(),
            Place {
                schema: &SCENARIO,
                index: scenario,
            },
        );
        Self {
            hints: Hints::default(),
            by_id,
        }
    }

    fn place(&self, name: &str) -> Option<Place> {
        self.by_id.get(name).copied()
    }

    /// Whether an element has this identifier.
    pub(super) fn is_element(&self, id: &str) -> bool {
        self.place(id)
            .is_some_and(|p| ELEMENTS.iter().any(|s| std::ptr::eq(*s, p.schema)))
    }

    /// The identifier nearest to a word.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        let mut known = self.by_id.keys().map(String::as_str).collect::<Vec<_>>();
        known.sort_unstable();
        self.hints.nearest(word, known)
    }

    /// The table of a path and the keys below it; identifiers may contain dots themselves.
    fn resolve<'p>(&self, path: &'p str) -> Option<(Place, &'p str)> {
        let dots = path
            .char_indices()
            .rev()
            .filter(|(_, c)| *c == '.')
            .map(|(i, _)| i);
        dots.into_iter()
            .find_map(|dot| Some((self.place(&path[..dot])?, &path[dot + 1..])))
    }
}

/// Puts a value in its place.
pub(super) fn apply(
    assignment: &Assignment,
    root: &mut Table,
    names: &Names,
) -> Result<(), Problem> {
    let (place, keys) = names
        .resolve(&assignment.path)
        .ok_or_else(|| wrong_path(assignment, names))?;
    let span = assignment.path_span;
    let table = match place.index {
        Some(index) => root.rows_mut(place.schema.key).nth(index),
        None if std::ptr::eq(place.schema, &SCENARIO) => return Err(no_scenario(assignment)),
        None => root.table_mut(place.schema.key, span),
    };
    let mut table = table.ok_or_else(|| wrong_path(assignment, names))?;
    let mut keys = keys.split('.').collect::<Vec<_>>();
    let last = keys.pop().unwrap_or("");
    for key in keys {
        table = table
            .table_mut(key, span)
            .ok_or_else(|| wrong_path(assignment, names))?;
    }
    table.set(last, assignment.value.clone());
    if let Some(entry) = table.entries.iter_mut().find(|e| e.key == last) {
        entry.key_span = span;
    }
    Ok(())
}

/// Checks a value that is not put in its place, because another stage or scenario is chosen.
pub(super) fn check(assignment: &Assignment, names: &Names, decoder: &mut Decoder<'_>) {
    let Some((place, keys)) = names.resolve(&assignment.path) else {
        decoder.report.add(wrong_path(assignment, names));
        return;
    };
    let (mut schema, mut keys) = (place.schema, keys.split('.').peekable());
    while let Some(key) = keys.next() {
        let Some(field) = schema.field(key) else {
            decoder.report.add(wrong_key(assignment, schema, key));
            return;
        };
        match (keys.peek(), table_of(&field.kind)) {
            (Some(_), Some(inner)) => schema = inner,
            (Some(_), None) => decoder.report.add(wrong_path(assignment, names)),
            (None, _) => {
                decoder.value(
                    &field.kind,
                    &assignment.value,
                    key,
                    &format!("\"{}\"", assignment.path),
                );
            }
        }
    }
}

fn table_of(kind: &'static Kind) -> Option<&'static Schema> {
    match kind {
        Kind::Table(schema) => Some(schema),
        Kind::Either(a, b) => table_of(a).or_else(|| table_of(b)),
        _ => None,
    }
}

fn wrong_key(assignment: &Assignment, schema: &'static Schema, key: &str) -> Problem {
    let help =
        nearest(key, schema.fields().map(|f| f.key)).map(|k| format!("a key named `{k}` exists"));
    let message = format!("a {} has no key `{key}`", schema.name);
    Problem::error(codes::UNKNOWN_KEY, assignment.path_span, message)
        .label("unknown key")
        .help(help)
}

fn wrong_path(assignment: &Assignment, names: &Names) -> Problem {
    let path = &assignment.path;
    let head = path.split_once('.').map_or(path.as_str(), |(head, _)| head);
    let help = match names.nearest(head) {
        Some(near) if near != head => format!("an element or table named \"{near}\" exists"),
        _ => "a path is `id.key`, `settings.key`, `gas.key` or `scenario.key`".to_owned(),
    };
    let message = format!("\"{path}\" leads nowhere");
    Problem::error(codes::WRONG_PATH, assignment.path_span, message)
        .label("not a path of this case")
        .help(help)
}

fn no_scenario(assignment: &Assignment) -> Problem {
    let message = format!(
        "\"{}\" needs a scenario, and none is chosen",
        assignment.path
    );
    Problem::error(codes::WRONG_PATH, assignment.path_span, message)
        .label("no scenario is chosen")
        .help("choose one with --scenario, or name a `default_scenario` in [case]".to_owned())
}
