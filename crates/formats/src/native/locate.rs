//! Findings of the validator at their places in the files.

use super::decode::{Cell, Row};
use super::tree::Table;
use crate::report::Problem;
use crate::sources::Span;
use linepack_network::{Finding, Place};
use std::collections::HashMap;

/// Where each thing of a case stands.
#[derive(Default)]
pub(super) struct Origins<'t> {
    tables: HashMap<Place, &'t Table>,
    /// Keys that could not be read, so that nothing more is said about them.
    bad: HashMap<Place, Vec<&'static str>>,
    /// Whether the identifier of something is unreadable, so that it may seem to be missing.
    pub(super) nameless: bool,
}

impl<'t> Origins<'t> {
    /// Remembers where a thing stands.
    pub(super) fn add(&mut self, place: Place, table: &'t Table, row: &Row) {
        self.tables.insert(place, table);
        if !row.bad.is_empty() {
            self.nameless |= row.bad.contains(&"id");
            self.bad.insert(place, row.bad.clone());
        }
    }

    /// Remembers where a scenario and its events stand, in the order of time.
    pub(super) fn add_scenario(&mut self, table: &'t Table, row: &Row, order: &[usize]) {
        self.add(Place::Scenario, table, row);
        let tables = table.rows("event").collect::<Vec<_>>();
        if let Some(Cell::List(rows)) = row.cell("event") {
            for (index, &at) in order.iter().enumerate() {
                if let (Some(table), Some(Cell::Row(row))) = (tables.get(at), rows.get(at)) {
                    self.add(Place::Event { index }, table, row);
                }
            }
        }
        self.add_list("rule", |index| Place::Rule { index }, table, row);
        self.add_list("interlock", |index| Place::Interlock { index }, table, row);
    }

    fn add_list(&mut self, key: &str, place: fn(usize) -> Place, table: &'t Table, row: &Row) {
        for (index, (table, row)) in table.rows(key).zip(row.rows(key)).enumerate() {
            self.add(place(index), table, row);
        }
    }

    /// The finding as a problem at its place; none when it only follows from an unreadable value.
    pub(super) fn problem(&self, finding: Finding) -> Option<Problem> {
        if self.follows(&finding) {
            return None;
        }
        let table = self.tables.get(&finding.place);
        let value = |key: &str| table.and_then(|t| t.get(key)).map(|v| v.span);
        let own = finding
            .field
            .and_then(|key| value(key).or_else(|| value(written_as(key)?)));
        let name = || {
            value("id")
                .or_else(|| value("name"))
                .or_else(|| value("element"))
        };
        let span = own
            .or_else(name)
            .or(table.map(|t| t.span))
            .unwrap_or(Span::beginning(0));
        Some(Problem {
            code: finding.code,
            severity: finding.severity,
            span,
            message: finding.message,
            label: finding.label,
            help: finding.help,
            element: table.and_then(|t| t.text("id")).map(Box::from),
        })
    }

    fn follows(&self, finding: &Finding) -> bool {
        let dangling = self.nameless && linepack_network::codes::UNKNOWN.contains(&finding.code);
        let bad = self
            .bad
            .get(&finding.place)
            .is_some_and(|bad| match finding.field {
                Some(field) => bad.contains(&field),
                None => true,
            });
        dangling || bad
    }
}

/// The key that stands for one that is not there.
fn written_as(key: &str) -> Option<&'static str> {
    match key {
        "inner_diameter" => Some("outer_diameter"),
        _ => None,
    }
}
