//! What gas arrives where: heating value, whose gas it is, fronts, limits that were not kept.

use super::limits::quantity_of;
use super::series::half;
use super::{Panel, chart, nothing};
use crate::data::Extra;
use crate::number;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::{Arrival, OffSpec, QualityResult};

/// Most arrivals that are listed.
const ARRIVALS_MAX: usize = 300;

/// The panel; none where composition is not carried with the gas.
pub(super) fn panel(view: &View<'_>) -> Option<Panel> {
    let extra = Extra::of(view);
    if !extra.quality && extra.supplies.is_empty() {
        return None;
    }
    let mut body = String::new();
    if !view.is_steady() {
        body.push_str(&charts(&extra));
    }
    if let Some(quality) = &view.solution.quality {
        body.push_str(&format!(
            "<div class=\"beside\"><div><h3>Not within limits</h3>{}<h3>Arrivals</h3>{}</div><div>{}</div></div>",
            off_specs(view, quality),
            arrivals(view, quality),
            components(view, quality)
        ));
    }
    Some(Panel {
        id: "quality",
        title: "Gas quality",
        body,
    })
}

fn charts(extra: &Extra) -> String {
    let mut out = String::new();
    if extra.quality {
        let label = "Gross heating value at the chosen nodes over time";
        out.push_str(&half("heating", "Gross heating value at nodes", label));
    }
    if !extra.supplies.is_empty() {
        out.push_str(
            "<h3>Whose gas arrives</h3><p class=\"tools\"><label>Off-take \
             <select id=\"parentage-at\"></select></label></p>",
        );
        let label = "Shares of the gas of each supply over time, one above the other";
        out.push_str(&chart("parentage", label));
    }
    out
}

fn arrivals(view: &View<'_>, quality: &QualityResult) -> String {
    if quality.arrivals.is_empty() {
        return nothing("No front arrived.");
    }
    let columns = vec![
        Column::Words("At"),
        Column::Words("Gas"),
        Column::Words("When<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("After", Quantity::Duration),
        Column::Numbers("Share behind it", Quantity::Share),
    ];
    let mut table = Table::new("Fronts in the order in which they arrived", columns);
    let first = quality.arrivals.iter().take(ARRIVALS_MAX);
    first.for_each(|a| table.row(arrival(view, a)));
    let left = quality.arrivals.len().saturating_sub(ARRIVALS_MAX);
    let more = match left {
        0 => String::new(),
        _ => format!("<p class=\"note\">And {left} more, in the run folder.</p>"),
    };
    table.markup(&view.units) + &more
}

fn arrival(view: &View<'_>, a: &Arrival) -> Vec<Cell> {
    vec![
        Cell::Markup(view.name_markup(&a.node)),
        Cell::Markup(view.name_markup(&a.gas)),
        Cell::text(view.utc(a.time_s)),
        Cell::Number(a.time_s),
        Cell::Number(a.share),
    ]
}

fn off_specs(view: &View<'_>, quality: &QualityResult) -> String {
    if quality.off_spec.is_empty() {
        return nothing("All gas was within the limits of quality that nodes state.");
    }
    let columns = vec![
        Column::Words("Node"),
        Column::Words("Quantity"),
        Column::Plain("Worst"),
        Column::Plain("Limit"),
        Column::Words("First<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("For", Quantity::Duration),
    ];
    let mut table = Table::new("Worst value of each limit that was not kept", columns);
    quality
        .off_spec
        .iter()
        .for_each(|o| table.row(off_spec(view, o)));
    table.markup(&view.units)
}

fn off_spec(view: &View<'_>, o: &OffSpec) -> Vec<Cell> {
    let direction = if o.value < o.limit {
        "\u{25BC}"
    } else {
        "\u{25B2}"
    };
    let quantity = quantity_of(&o.quantity);
    let shown = |si: f64| match quantity {
        Some((_, q)) => Cell::Quantity(q, si),
        None => Cell::text(number::fixed(si, 4)),
    };
    let name = o.quantity.strip_prefix("x_").unwrap_or(&o.quantity);
    let name = quantity.map_or_else(|| name.replace('_', " "), |(words, _)| words.to_owned());
    let node = view.name_markup(&o.node);
    vec![
        Cell::Markup(format!("<span class=\"bad\">{direction}</span> {node}")),
        Cell::text(name),
        shown(o.value),
        shown(o.limit),
        Cell::text(view.utc(o.first_s)),
        Cell::Number(o.duration_s),
    ]
}

/// What came in, went out and is held of each component.
fn components(view: &View<'_>, quality: &QualityResult) -> String {
    let columns = vec![
        Column::Words("Component"),
        Column::Numbers("In", Quantity::Mass),
        Column::Numbers("Out", Quantity::Mass),
        Column::Numbers("Rise of what is held", Quantity::Mass),
        Column::Plain("Residual<br><span class=\"unit\">kg</span>"),
    ];
    let mut table = Table::new("Balance of each component", columns);
    for c in &quality.components {
        table.row(vec![
            Cell::text(c.component.replace('_', " ")),
            Cell::Number(c.in_kg),
            Cell::Number(c.out_kg),
            Cell::Number(c.stored_change_kg),
            Cell::text(number::scientific(c.residual_kg)),
        ]);
    }
    match table.is_empty() {
        true => String::new(),
        false => table.markup(&view.units),
    }
}
