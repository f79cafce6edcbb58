//! Where the gas went, to the kilogram.

use super::Panel;
use crate::number;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::Terminal;

/// The flow-balance report.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let mut body = if view.is_steady() {
        rates(view)
    } else {
        masses(view)
    };
    if !view.solution.terminal_totals.is_empty() && !view.is_steady() {
        body.push_str(&terminals(view));
    }
    let body = format!("<div class=\"beside\">{body}</div>");
    Panel {
        id: "balance",
        title: "Balance",
        body,
    }
}

/// What the balance is made of: name, sign in the sum, value.
type Line = (&'static str, f64);

fn masses(view: &View<'_>) -> String {
    let b = &view.solution.balance;
    let lines = [
        ("In from supplies", b.in_kg),
        ("\u{2212} Out to off-takes", b.out_kg),
        ("\u{2212} Fuel burnt in stations", b.fuel_kg),
        ("\u{2212} Lost through leaks and breaks", b.leak_kg),
        ("\u{2212} Rise of linepack", b.linepack_change_kg),
        ("= Residual", b.residual_kg),
    ];
    let caption = format!(
        "Over {} h",
        view.units.number(Quantity::Duration, view.duration_s())
    );
    let columns = vec![
        Column::Words("Part"),
        Column::Plain("Mass<br><span class=\"unit\">kg</span>"),
        Column::Numbers("Amount", Quantity::Amount),
        Column::Numbers("Of throughput", Quantity::Share),
    ];
    table(view, &caption, columns, lines, b.in_kg.max(b.out_kg))
}

fn rates(view: &View<'_>) -> String {
    let b = &view.solution.balance;
    let lines = [
        ("In from supplies", b.in_kg_per_s),
        ("\u{2212} Out to off-takes", b.out_kg_per_s),
        ("\u{2212} Fuel burnt in stations", b.fuel_kg_per_s),
        ("\u{2212} Lost through leaks and breaks", b.leak_kg_per_s),
        ("\u{2212} Rise of linepack", 0.0),
        ("= Residual", b.residual_kg),
    ];
    let columns = vec![
        Column::Words("Part"),
        Column::Plain("Mass flow<br><span class=\"unit\">kg/s</span>"),
        Column::Numbers("Flow", Quantity::Flow),
        Column::Numbers("Of throughput", Quantity::Share),
    ];
    table(
        view,
        "Steady state",
        columns,
        lines,
        b.in_kg_per_s.max(b.out_kg_per_s),
    )
}

fn table(
    view: &View<'_>,
    caption: &str,
    columns: Vec<Column>,
    lines: [Line; 6],
    throughput: f64,
) -> String {
    let mut table = Table::new(caption, columns);
    let (residual, parts) = lines
        .split_last()
        .map_or((("", 0.0), &[][..]), |(r, p)| (*r, p));
    let share = |v: f64| {
        if throughput > 0.0 {
            v / throughput
        } else {
            f64::NAN
        }
    };
    let decimals = if view.is_steady() { 3 } else { 0 };
    for &(name, value) in parts {
        let mass = Cell::text(number::fixed(value, decimals));
        table.row(vec![
            Cell::text(name),
            mass,
            Cell::Number(value),
            Cell::Number(share(value)),
        ]);
    }
    let percent = number::scientific(share(residual.1) * 100.0);
    let mass = Cell::text(number::scientific(residual.1));
    let cells = vec![
        Cell::text(residual.0),
        mass,
        Cell::Number(residual.1),
        Cell::text(percent),
    ];
    table.row_with("class=\"total\"", cells);
    table.markup(&view.units)
}

fn terminals(view: &View<'_>) -> String {
    let columns = vec![
        Column::Words("Terminal"),
        Column::Words("Kind"),
        Column::Words("Node"),
        Column::Numbers("Passed", Quantity::Amount),
        Column::Numbers("Asked", Quantity::Amount),
        Column::Numbers("Mean flow", Quantity::Flow),
    ];
    let mut table = Table::new("What passed each supply, off-take and leak", columns);
    for t in &view.solution.terminal_totals {
        table.row(terminal(view, t));
    }
    table.markup(&view.units)
}

fn terminal(view: &View<'_>, t: &Terminal) -> Vec<Cell> {
    vec![
        Cell::text(view.name(&t.id)),
        Cell::text(t.kind.replace('_', "-")),
        Cell::text(view.name(&t.node)),
        Cell::Number(t.mass_kg),
        Cell::Number(t.requested_kg),
        Cell::Number(t.mass_kg / view.duration_s()),
    ]
}
