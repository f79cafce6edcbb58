//! Rules, interlocks and areas: rows as structs, and back as text of a case file.

use super::choice::Named;
use super::decode::{Cell, Row};
use super::member::{Member, flow, number, quantity, take_named, text};
use super::scenario::action;
use linepack_network::{Area, Command, Condition, Interlock, Level, Refused, Rule, Side};
use linepack_units::{Dimension, FlowRate};

/// The rules of a scenario's row, in the order of the file.
pub(super) fn rules(row: &Row) -> Vec<Rule> {
    row.rows("rule").map(rule).collect()
}

/// The interlocks of a scenario's row, in the order of the file.
pub(super) fn interlocks(row: &Row) -> Vec<Interlock> {
    row.rows("interlock").map(interlock).collect()
}

fn rule(row: &Row) -> Rule {
    Rule {
        name: String::at(row, "name"),
        when: condition(row, "when").unwrap_or_else(stand_in),
        lasting_s: f64::at(row, "for"),
        then: row.rows("then").filter_map(command).collect(),
        rearm: row.cell("rearm").and_then(|_| condition(row, "rearm")),
        once: bool::at(row, "once"),
        pause_s: f64::at(row, "pause"),
    }
}

fn interlock(row: &Row) -> Interlock {
    Interlock {
        name: String::at(row, "name"),
        element: String::at(row, "element"),
        refuses: row
            .cell("action")
            .map(|_| take_named(row, "action", Refused::Open)),
        when: condition(row, "when").unwrap_or_else(stand_in),
    }
}

/// What stands for a condition that could not be read, which has been reported.
fn stand_in() -> Condition {
    Condition {
        element: None,
        level: Level::Linepack(f64::NAN),
        side: Side::Below,
    }
}

fn command(row: &Row) -> Option<Command> {
    Some(Command {
        element: String::at(row, "element"),
        action: action(row)?,
    })
}

fn condition(row: &Row, key: &str) -> Option<Condition> {
    let Some(Cell::Row(row)) = row.cell(key) else {
        return None;
    };
    let (level, side) = level(row)?;
    Some(Condition {
        element: Member::at(row, "element"),
        level,
        side,
    })
}

type Make = fn(f64) -> Level;

/// Keys of levels that are plain numbers, and what they are.
const PLAIN: [(&str, Make, Side); 8] = [
    ("pressure_below", Level::Pressure, Side::Below),
    ("pressure_above", Level::Pressure, Side::Above),
    ("ratio_below", Level::Ratio, Side::Below),
    ("ratio_above", Level::Ratio, Side::Above),
    ("power_below", Level::Power, Side::Below),
    ("power_above", Level::Power, Side::Above),
    ("linepack_below", Level::Linepack, Side::Below),
    ("linepack_above", Level::Linepack, Side::Above),
];

fn level(row: &Row) -> Option<(Level, Side)> {
    let plain = PLAIN
        .iter()
        .find_map(|(key, make, side)| Some((make(Option::<f64>::at(row, key)?), *side)));
    let flow = |key, side| Some((Level::Flow(Option::<FlowRate>::at(row, key)?), side));
    let drop = || {
        let drop_pa = Option::<f64>::at(row, "pressure_drop")?;
        let within_s = f64::at(row, "within");
        Some((Level::PressureDrop { drop_pa, within_s }, Side::Above))
    };
    plain
        .or_else(|| flow("flow_below", Side::Below))
        .or_else(|| flow("flow_above", Side::Above))
        .or_else(drop)
}

/// The area of a row.
pub(super) fn area(row: &Row) -> Area {
    let id = String::at(row, "id");
    Area {
        label: Option::<String>::at(row, "label").unwrap_or_else(|| id.clone()),
        id,
        nodes: super::scenario::texts(row, "nodes"),
        pipes: super::scenario::texts(row, "pipes"),
    }
}

type Lines = Vec<(&'static str, String)>;

/// The lines of a rule, and those of each of its actions.
pub(super) fn write_rule(rule: &Rule) -> (Lines, Vec<Lines>) {
    let time = |s: f64| quantity(s, Dimension::Time);
    let mut lines = vec![
        ("name", text(&rule.name)),
        ("when", write_condition(&rule.when)),
        ("for", time(rule.lasting_s)),
    ];
    lines.extend(rule.rearm.as_ref().map(|c| ("rearm", write_condition(c))));
    lines.push(("once", rule.once.to_string()));
    lines.push(("pause", time(rule.pause_s)));
    (lines, rule.then.iter().map(write_command).collect())
}

fn write_command(command: &Command) -> Lines {
    let mut lines = vec![("element", text(&command.element))];
    lines.extend(super::write::action(&command.action));
    lines
}

/// The lines of an interlock.
pub(super) fn write_interlock(interlock: &Interlock) -> Lines {
    let mut lines = vec![
        ("name", text(&interlock.name)),
        ("element", text(&interlock.element)),
    ];
    let refused = interlock.refuses.and_then(|r| r.name());
    lines.extend(refused.map(|word| ("action", text(word))));
    lines.push(("when", write_condition(&interlock.when)));
    lines
}

fn write_condition(condition: &Condition) -> String {
    let below = condition.side == Side::Below;
    let either = |low: &'static str, high: &'static str| if below { low } else { high };
    let mut parts = Vec::new();
    parts.extend(
        condition
            .element
            .as_ref()
            .map(|id| format!("element = {}", text(id))),
    );
    let mut put = |key: &str, value: String| parts.push(format!("{key} = {value}"));
    match condition.level {
        Level::Pressure(p) => put(
            either("pressure_below", "pressure_above"),
            quantity(p, Dimension::Pressure),
        ),
        Level::Flow(rate) => put(either("flow_below", "flow_above"), flow(rate)),
        Level::Ratio(ratio) => put(either("ratio_below", "ratio_above"), number(ratio)),
        Level::Power(w) => put(
            either("power_below", "power_above"),
            quantity(w, Dimension::Power),
        ),
        Level::Linepack(kg) => put(
            either("linepack_below", "linepack_above"),
            quantity(kg, Dimension::Mass),
        ),
        Level::PressureDrop { drop_pa, within_s } => {
            put(
                "pressure_drop",
                quantity(drop_pa, Dimension::PressureDifference),
            );
            put("within", quantity(within_s, Dimension::Time));
        }
        _ => {}
    }
    format!("{{ {} }}", parts.join(", "))
}

/// The lines of an area.
pub(super) fn write_area(area: &Area) -> Lines {
    let list = |ids: &[String]| {
        let ids = ids.iter().map(|id| text(id)).collect::<Vec<_>>();
        format!("[{}]", ids.join(", "))
    };
    vec![
        ("id", text(&area.id)),
        ("label", text(&area.label)),
        ("nodes", list(&area.nodes)),
        ("pipes", list(&area.pipes)),
    ]
}
