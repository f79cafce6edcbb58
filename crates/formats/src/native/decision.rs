//! Rows of `[[decision_group]]`.

use super::assign::Names;
use super::decode::{Cell, Decoder, Row};
use super::member::{Member, text};
use super::schema::DECISION_GROUP;
use super::tree::{Located, Table};
use crate::codes;
use crate::report::Problem;
use linepack_network::{Decision, DecisionGroup, Switch, nearest};
use std::collections::HashSet;

/// Reads the groups of decisions.
pub(super) fn groups(root: &Table, decoder: &mut Decoder<'_>) -> Vec<DecisionGroup> {
    root.rows(DECISION_GROUP.key)
        .map(|table| {
            let subject = called(table);
            group(&decoder.row(table, &DECISION_GROUP, &subject))
        })
        .collect()
}

/// Reports decisions that name what is not there.
///
/// Where some identifier is unreadable, elements may only seem to be missing.
pub(super) fn check(root: &Table, names: &Names, nameless: bool, decoder: &mut Decoder<'_>) {
    names_are_unique(root.rows(DECISION_GROUP.key), "decision group", decoder);
    for table in root.rows(DECISION_GROUP.key) {
        names_are_unique(table.rows("decision"), "decision", decoder);
        taken_is_there(table, decoder);
        for switch in table.rows("decision").flat_map(|d| d.rows("switch")) {
            let (Some(value), Some(id)) = (switch.get("element"), switch.text("element")) else {
                continue;
            };
            if !nameless && !names.is_element(id) {
                let what = format!("names element \"{id}\", which is not defined");
                let near = names.nearest(id).map(str::to_owned);
                report(table, value, &what, "element", near, decoder);
            }
        }
    }
}

fn names_are_unique<'t>(
    tables: impl Iterator<Item = &'t Table>,
    kind: &str,
    decoder: &mut Decoder<'_>,
) {
    let mut seen = HashSet::new();
    for table in tables {
        let Some(id) = table.text("id") else { continue };
        if !seen.insert(id) {
            let span = table.get("id").map_or(table.span, |v| v.span);
            let message = format!("there are two {kind}s named \"{id}\"");
            let problem = Problem::error(codes::NAME_TWICE, span, message);
            decoder.report.add(problem.label("this name is taken"));
        }
    }
}

fn taken_is_there(table: &Table, decoder: &mut Decoder<'_>) {
    let (Some(value), Some(taken)) = (table.get("taken"), table.text("taken")) else {
        return;
    };
    let known = || table.rows("decision").filter_map(|d| d.text("id"));
    if !known().any(|id| id == taken) {
        let what = format!("takes \"{taken}\", which is none of its decisions");
        let near = nearest(taken, known()).map(str::to_owned);
        report(table, value, &what, "decision", near, decoder);
    }
}

fn report(
    table: &Table,
    value: &Located,
    what: &str,
    kind: &str,
    near: Option<String>,
    decoder: &mut Decoder<'_>,
) {
    let message = format!("{} {what}", called(table));
    let help = near.map(|near| format!("one named \"{near}\" exists"));
    let problem = Problem::error(codes::UNKNOWN_DECISION, value.span, message);
    decoder
        .report
        .add(problem.label(format!("unknown {kind}")).help(help));
}

fn called(table: &Table) -> String {
    format!("decision group \"{}\"", table.text("id").unwrap_or("?"))
}

fn group(row: &Row) -> DecisionGroup {
    let decisions: Vec<Decision> = row.rows("decision").map(decision).collect();
    let taken = Option::<String>::at(row, "taken");
    DecisionGroup {
        id: Member::at(row, "id"),
        taken: taken.and_then(|id| decisions.iter().position(|d| d.id == id)),
        decisions,
    }
}

fn decision(row: &Row) -> Decision {
    let switch = |row: &Row| Switch {
        element: Member::at(row, "element"),
        open: Member::at(row, "open"),
        forward: match row.cell("forward") {
            Some(Cell::Boolean(forward)) => Some(*forward),
            _ => None,
        },
        mode: Member::at(row, "mode"),
    };
    Decision {
        id: Member::at(row, "id"),
        switches: row.rows("switch").map(switch).collect(),
    }
}

/// The keys of a group, as TOML.
pub(super) fn write(group: &DecisionGroup) -> Vec<(&'static str, String)> {
    let mut lines = vec![("id", text(&group.id))];
    let taken = group.taken.and_then(|i| group.decisions.get(i));
    lines.extend(taken.map(|d| ("taken", text(&d.id))));
    let decisions: String = group.decisions.iter().map(put_decision).collect();
    lines.push(("decision", format!("[\n{decisions}]")));
    lines
}

fn put_decision(decision: &Decision) -> String {
    let switches: Vec<_> = decision.switches.iter().map(put_switch).collect();
    let id = text(&decision.id);
    format!("  {{ id = {id}, switch = [{}] }},\n", switches.join(", "))
}

fn put_switch(switch: &Switch) -> String {
    let mut members = format!(
        "element = {}, open = {}",
        text(&switch.element),
        switch.open
    );
    if let Some(forward) = switch.forward {
        members += &format!(", forward = {forward}");
    }
    if let Some(mode) = &switch.mode {
        members += &format!(", mode = {}", text(mode));
    }
    format!("{{ {members} }}")
}
