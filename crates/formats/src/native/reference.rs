//! The tables of keys in `docs/case-format.md`, from the tables of the schema.

use super::describe::describe;
use super::schema::{Choice, Field, Kind, Need, Schema, is_single, sections};
use crate::codes::codes;
use std::fmt::Write;

/// The reference of all tables and their keys, and of all codes, in Markdown.
pub fn reference() -> String {
    let mut out = String::from("## Tables and keys\n");
    for schema in sections() {
        section(schema, !is_single(schema), &mut out);
    }
    out.push_str("\n## Codes\n\n`linepack explain CODE` prints the story of a code.\n\n");
    out.push_str("| code | what | more |\n|---|---|---|\n");
    for (code, title, story) in codes() {
        row(&[code, title, story], &mut out);
    }
    out
}

/// The tables of another file; the second says whether one stands any number of times.
pub(super) fn of_sections(sections: &[(&'static Schema, bool)]) -> String {
    let mut out = String::new();
    for (schema, many) in sections {
        section(schema, *many, &mut out);
    }
    out
}

fn section(schema: &'static Schema, many: bool, out: &mut String) {
    let head = if many {
        format!("[[{}]]", schema.key)
    } else {
        format!("[{}]", schema.key)
    };
    let _ = write!(out, "\n### `{head}`\n\n{}\n\n", schema.doc);
    keys(schema, "", out);
}

fn keys(schema: &'static Schema, prefix: &str, out: &mut String) {
    out.push_str("| key | value | needed | meaning |\n|---|---|---|---|\n");
    for field in schema.fields() {
        key(field, prefix, out);
    }
}

fn key(field: &'static Field, prefix: &str, out: &mut String) {
    let name = format!("`{prefix}{}`", field.key);
    let need = match field.need {
        Need::Required => "yes".to_owned(),
        Need::Optional => String::new(),
        Need::Default("") => String::new(),
        Need::Default(text) => format!("default `{text}`"),
        Need::Assumed(text) => format!("assumed `{text}`, with a warning"),
    };
    let words = words(&field.kind)
        .iter()
        .map(|c| format!("`{}`: {}", c.name, c.doc));
    let words = words.collect::<Vec<_>>().join("; ");
    let meaning = if words.is_empty() {
        field.doc.to_owned()
    } else {
        format!("{} {words}.", field.doc)
    };
    row(&[&name, &describe(&field.kind), &need, &meaning], out);
    if let Some(inner) = table(&field.kind).filter(|t| t.fields().count() < 15) {
        for field in inner.fields() {
            key(field, &format!("{prefix}{}.", inner.key), out);
        }
    }
}

fn words(kind: &'static Kind) -> &'static [Choice] {
    match kind {
        Kind::Choice(choices) => choices,
        Kind::Either(first, second) if words(first).is_empty() => words(second),
        Kind::Either(first, _) => words(first),
        _ => &[],
    }
}

fn table(kind: &'static Kind) -> Option<&'static Schema> {
    match kind {
        Kind::Table(schema) => Some(schema),
        Kind::List(item) => table(item),
        Kind::Either(first, second) => table(first).or_else(|| table(second)),
        _ => None,
    }
}

fn row(cells: &[&str], out: &mut String) {
    let cells = cells
        .iter()
        .map(|c| c.replace('|', "\\|"))
        .collect::<Vec<_>>();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
