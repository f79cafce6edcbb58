use super::{Panel, chart, nothing};
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::Linepack;

/// The gas in the pipes, and how fast it grows or shrinks.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = match view.solution.linepack_kg.last() {
        None => nothing("The run gives no linepack."),
        Some(&kg) if view.is_steady() => {
            let words = format!("<p>The pipes hold {}.</p>", view.q(Quantity::Amount, kg));
            words + &held(view)
        }
        Some(_) => charts(view) + &held(view),
    };
    Panel {
        id: "linepack",
        title: "Linepack",
        body,
    }
}

fn charts(view: &View<'_>) -> String {
    let pack = &view.solution.linepack_kg;
    let low = pack.iter().copied().fold(f64::INFINITY, f64::min);
    let high = pack.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let words = format!(
        "<p>At the start {}, at the end {}; lowest {}, highest {}.</p>",
        view.q(Quantity::Amount, pack.first().copied().unwrap_or(f64::NAN)),
        view.q(Quantity::Amount, pack.last().copied().unwrap_or(f64::NAN)),
        view.q(Quantity::Amount, low),
        view.q(Quantity::Amount, high),
    );
    let total = chart("linepack-total", "Linepack of the whole network over time");
    let rate = chart("linepack-rate", "Rate of change of the linepack over time");
    format!("{words}{total}{rate}")
}

/// Most pipes of which the gas is told.
const PIPES_MAX: usize = 200;

/// What the network, its areas, sections and pipes hold, and how much of it is above contract pressures.
fn held(view: &View<'_>) -> String {
    let all = &view.solution.linepacks;
    if all.is_empty() {
        return String::new();
    }
    let columns = vec![
        Column::Words("Where"),
        Column::Numbers("Now", Quantity::Amount),
        Column::Numbers("Least", Quantity::Amount),
        Column::Numbers("Most", Quantity::Amount),
        Column::Numbers("At contract pressures", Quantity::Amount),
        Column::Numbers("Usable", Quantity::Amount),
        Column::Numbers("At highest pressures", Quantity::Amount),
        Column::Numbers("Settle-out", Quantity::Pressure),
    ];
    let mut table = Table::new("Gas held, and what of it can be used", columns);
    let pipes = all.iter().filter(|l| l.kind == "pipe").take(PIPES_MAX);
    for l in all.iter().filter(|l| l.kind != "pipe").chain(pipes) {
        table.row(row(view, l));
    }
    format!(
        "{}<p class=\"note\">Usable is what is held above the contract pressures at rest; settle-out is the \
         pressure that the gas held takes when it comes to rest where it is.</p>",
        table.markup(&view.units)
    )
}

fn row(view: &View<'_>, l: &Linepack) -> Vec<Cell> {
    let number = |kg: Option<f64>| Cell::Number(kg.unwrap_or(f64::NAN));
    let areas = view.case.network.areas.iter();
    let label = areas
        .filter(|a| a.id == l.id)
        .map(|a| a.label.clone())
        .next();
    let name = match l.kind.as_str() {
        "network" => Cell::text("Network"),
        "area" => Cell::text(label.unwrap_or_else(|| l.id.clone())),
        "section" => Cell::Markup(format!("Section of {}", view.name_markup(&l.id))),
        _ => Cell::Markup(view.name_markup(&l.id)),
    };
    vec![
        name,
        Cell::Number(l.now_kg),
        Cell::Number(l.min_kg),
        Cell::Number(l.max_kg),
        number(l.floor_kg),
        number(l.usable_kg),
        number(l.ceiling_kg),
        number(l.settle_out_pressure_pa),
    ]
}
