//! Limits that were crossed, who was short of gas, and what happened when.

use super::{Panel, nothing};
use crate::number;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::{Terminal, Violation};

/// Violations, shortfalls and the log.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = format!(
        "<div class=\"beside\"><div><h3>Limits crossed</h3>{}<h3>Short of gas</h3>{}</div><div><h3>Log</h3>{}</div></div>",
        violations(view),
        shortfalls(view),
        log(view)
    );
    Panel {
        id: "limits",
        title: "Limits and shortfalls",
        body,
    }
}

fn violations(view: &View<'_>) -> String {
    if view.solution.violations.is_empty() {
        return nothing("No limit was crossed.");
    }
    let columns = vec![
        Column::Words("Element"),
        Column::Words("Quantity"),
        Column::Plain("Worst"),
        Column::Plain("Limit"),
        Column::Words("First<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("For", Quantity::Duration),
    ];
    let mut table = Table::new("Worst value of each limit that was crossed", columns);
    for v in &view.solution.violations {
        table.row(violation(view, v));
    }
    table.markup(&view.units)
}

fn violation(view: &View<'_>, v: &Violation) -> Vec<Cell> {
    let direction = if v.value < v.limit {
        "\u{25BC}"
    } else {
        "\u{25B2}"
    };
    let quantity = quantity_of(&v.quantity);
    let shown = |si: f64| match quantity {
        Some((_, q)) => Cell::Quantity(q, si),
        None => Cell::text(number::fixed(si, 3)),
    };
    let name = view.name_markup(&v.element);
    vec![
        Cell::Markup(format!("<span class=\"bad\">{direction}</span> {name}")),
        Cell::text(quantity.map_or(v.quantity.as_str(), |(words, _)| words)),
        shown(v.value),
        shown(v.limit),
        Cell::text(view.utc(v.first_s)),
        Cell::Number(v.duration_s),
    ]
}

/// Words and quantity of a column name such as `pressure_pa`.
pub(super) fn quantity_of(name: &str) -> Option<(&'static str, Quantity)> {
    let known = [
        (
            "heating_value_j_per_m3",
            "heating value",
            Quantity::HeatingValue,
        ),
        (
            "wobbe_index_j_per_m3",
            "Wobbe index",
            Quantity::HeatingValue,
        ),
        ("_k", "temperature", Quantity::Temperature),
        ("_kg_per_s", "flow", Quantity::Flow),
        ("_m_per_s", "velocity", Quantity::Velocity),
        ("_pa", "pressure", Quantity::Pressure),
        ("_w", "power", Quantity::Power),
    ];
    known
        .into_iter()
        .find(|(end, ..)| name.ends_with(end))
        .map(|(_, words, q)| (words, q))
}

fn shortfalls(view: &View<'_>) -> String {
    let short = view
        .solution
        .terminal_totals
        .iter()
        .filter(|t| t.first_shortfall_s.or(t.first_below_contract_s).is_some());
    let mut short: Vec<&Terminal> = short.collect();
    short.sort_by(|a, b| first(a).total_cmp(&first(b)));
    let columns = vec![
        Column::Words("Terminal"),
        Column::Words("First short<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("After", Quantity::Duration),
        Column::Numbers("Survived", Quantity::Duration),
        Column::Numbers("Asked", Quantity::Amount),
        Column::Numbers("Passed", Quantity::Amount),
        Column::Numbers("Short", Quantity::Amount),
        Column::Numbers("Short of asked", Quantity::Share),
    ];
    let mut table = Table::new("In the order in which they fell short", columns);
    for t in short {
        table.row(shortfall(view, t));
    }
    if table.is_empty() {
        nothing("Nobody was short of gas.")
    } else {
        table.markup(&view.units)
    }
}

fn first(t: &Terminal) -> f64 {
    let first = [t.first_shortfall_s, t.first_below_contract_s];
    first.into_iter().flatten().fold(f64::INFINITY, f64::min)
}

fn shortfall(view: &View<'_>, t: &Terminal) -> Vec<Cell> {
    let missing = t.requested_kg - t.mass_kg;
    vec![
        Cell::Markup(format!(
            "<span class=\"bad\">\u{25BC}</span> {}",
            view.name_markup(&t.id)
        )),
        Cell::text(view.utc(first(t))),
        Cell::Number(first(t)),
        Cell::Number(t.survival_s.unwrap_or(f64::NAN)),
        Cell::Number(t.requested_kg),
        Cell::Number(t.mass_kg),
        Cell::Number(missing),
        Cell::Number(missing / t.requested_kg),
    ]
}

fn log(view: &View<'_>) -> String {
    if view.solution.log.is_empty() {
        return nothing("Nothing happened: no event, no change of mode.");
    }
    let time = Column::Words("Time<br><span class=\"unit\">UTC</span>");
    let columns = vec![
        time,
        Column::Numbers("After", Quantity::Duration),
        Column::Words("What happened"),
    ];
    let mut table = Table::new("Events and changes of mode", columns);
    for (time_s, words) in &view.solution.log {
        let cells = vec![
            Cell::text(view.utc(*time_s)),
            Cell::Number(*time_s),
            Cell::text(words.as_str()),
        ];
        table.row(cells);
    }
    table.markup(&view.units) + &took_over(view)
}

/// Most lines of limits that took over from each other.
const CHANGES_MAX: usize = 300;

/// Limits and set-points that took over from each other in the controls.
fn took_over(view: &View<'_>) -> String {
    let changes = view.solution.switches.iter().filter(|s| s.by == "limit");
    let count = changes.clone().count();
    if count == 0 {
        return String::new();
    }
    let columns = vec![
        Column::Words("Time<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("After", Quantity::Duration),
        Column::Words("What took over"),
    ];
    let mut table = Table::new("Limits and set-points that took over", columns);
    for change in changes.take(CHANGES_MAX) {
        table.row(vec![
            Cell::text(view.utc(change.time_s)),
            Cell::Number(change.time_s),
            Cell::text(change.what.as_str()),
        ]);
    }
    format!(
        "<details><summary>{count} times a limit or set-point took over from another</summary>{}</details>",
        table.markup(&view.units)
    )
}
