//! What each stage of the build-out can do.

use super::{Panel, nothing};
use crate::escape;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::StageResult;

/// The table of stages.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = if view.stages.is_empty() {
        nothing("The case has no stages.")
    } else {
        table(view)
    };
    Panel {
        id: "stages",
        title: "Stages of the build-out",
        body,
    }
}

fn table(view: &View<'_>) -> String {
    let mut table = Table::new(
        "From steady solves; capacity is the largest flow that the named off-take can take",
        vec![
            Column::Words("Stage"),
            Column::Words("Off-take"),
            Column::Numbers("Delivery", Quantity::Flow),
            Column::Numbers("Pressure", Quantity::Pressure),
            Column::Plain("Stations<br>running"),
            Column::Numbers("Power", Quantity::Power),
            Column::Numbers("Fuel", Quantity::Fuel),
            Column::Words("Capacity at"),
            Column::Numbers("Capacity", Quantity::Flow),
            Column::Words("What limits it"),
        ],
    );
    for stage in view.stages {
        rows(view, stage, &mut table);
    }
    table.markup(&view.units)
}

fn rows(view: &View<'_>, stage: &StageResult, table: &mut Table) {
    let shown = view.case.stage.as_deref() == Some(&stage.stage);
    let class = if shown {
        "class=\"first shown\""
    } else {
        "class=\"first\""
    };
    let empty = (String::new(), f64::NAN, f64::NAN);
    let first = stage.deliveries.first().unwrap_or(&empty);
    let mut cells = vec![Cell::Markup(title(stage, shown))];
    cells.extend(delivery(view, first));
    cells.extend(stations(stage));
    cells.extend(capacity(view, stage));
    table.row_with(class, cells);
    for more in stage.deliveries.iter().skip(1) {
        let mut cells = vec![Cell::text("")];
        cells.extend(delivery(view, more));
        cells.extend(std::iter::repeat_n(Cell::text(""), 6));
        table.row_with(if shown { "class=\"shown\"" } else { "" }, cells);
    }
}

fn title(stage: &StageResult, shown: bool) -> String {
    let name = escape::text(&stage.stage);
    let title = escape::text(&stage.title);
    let mark = if shown {
        " <span class=\"here\">\u{25B8} shown on this page</span>"
    } else {
        ""
    };
    let failed = if stage.solved {
        String::new()
    } else {
        format!(
            "<br><span class=\"bad\">\u{25A0} Not solved: {}</span>",
            escape::text(&stage.message)
        )
    };
    format!("<strong>{name}</strong>{mark}<br><span class=\"sub\">{title}</span>{failed}")
}

fn delivery(view: &View<'_>, (id, flow, pressure): &(String, f64, f64)) -> [Cell; 3] {
    [
        Cell::text(view.name(id)),
        Cell::Number(*flow),
        Cell::Number(*pressure),
    ]
}

fn stations(stage: &StageResult) -> [Cell; 3] {
    let running = stage.stations.iter().filter(|s| s.1 > 0.0).count();
    let power: f64 = stage.stations.iter().map(|s| s.1).sum();
    let fuel: f64 = stage.stations.iter().map(|s| s.2).sum();
    let count = format!("{running} of {}", stage.stations.len());
    [Cell::text(count), Cell::Number(power), Cell::Number(fuel)]
}

fn capacity(view: &View<'_>, stage: &StageResult) -> [Cell; 3] {
    let limit = Cell::text(stage.limited_by.as_str());
    match &stage.capacity {
        Some((id, flow)) => [Cell::text(view.name(id)), Cell::Number(*flow), limit],
        None => [Cell::text("\u{2013}"), Cell::Number(f64::NAN), limit],
    }
}
