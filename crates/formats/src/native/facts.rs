//! What a case states, and where it has it from.

use super::schema::Schema;
use super::tree::{Raw, Table};
use crate::Fact;
use crate::sources::Sources;

/// Keys that state nothing about the world.
const NAMES: [&str; 4] = ["id", "name", "label", "source"];

/// The facts of a table: each key, its value as written, and its source.
pub(super) fn of_table(table: &Table, schema: &Schema, sources: &Sources) -> Vec<Fact> {
    let subject = table
        .text("id")
        .or(table.text("name"))
        .unwrap_or(schema.key);
    let stated = table
        .entries
        .iter()
        .filter(|e| !NAMES.contains(&e.key.as_str()));
    stated
        .map(|entry| Fact {
            path: format!("{subject}.{}", entry.key),
            value: match &entry.value.raw {
                Raw::Text(text) | Raw::Cell(text) => text.clone(),
                _ => sources.slice(entry.value.span).to_owned(),
            },
            source: source_of(table, &entry.key),
        })
        .collect()
}

fn source_of(table: &Table, key: &str) -> Option<String> {
    match &table.get("source")?.raw {
        Raw::Table(by_key) => by_key.text(key).or(by_key.text("*")).map(str::to_owned),
        Raw::Text(text) | Raw::Cell(text) => Some(text.clone()),
        _ => None,
    }
}

/// One line for each assumption; the same assumption about several things is one line.
pub(super) fn assumptions(facts: &[Fact]) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for fact in facts {
        let Some(source) = fact.source.as_ref().filter(|s| s.starts_with("assumed")) else {
            continue;
        };
        let (subject, key) = fact.path.rsplit_once('.').unwrap_or(("", &fact.path));
        let line = format!("{key} = {}: {source}", fact.value);
        let at = *index.entry(line.clone()).or_insert_with(|| {
            groups.push((line, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(subject);
    }
    groups
        .into_iter()
        .map(|(line, subjects)| format!("{}: {line}", subjects.join(", ")))
        .collect()
}
