//! What each stage of the build-out can do.

use super::{Panel, nothing};
use crate::escape;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::StageResult;
use std::fmt::Write as _;

/// Two tables: one row for each stage, and what each off-take gets in which.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = if view.stages.is_empty() {
        nothing("The case has no stages.")
    } else {
        overview(view) + &deliveries(view)
    };
    Panel {
        id: "stages",
        title: "Stages of the build-out",
        body,
    }
}

fn overview(view: &View<'_>) -> String {
    let mut table = Table::new(
        "Steady, at the loads of each stage; capacity is the largest flow that the named off-take can take beside the others",
        vec![
            Column::Words("Stage"),
            Column::Numbers("Delivered", Quantity::Flow),
            Column::Plain("Stations<br>running"),
            Column::Numbers("Power", Quantity::Power),
            Column::Numbers("Fuel", Quantity::Fuel),
            Column::Numbers("Capacity", Quantity::Flow),
            Column::Words("at"),
            Column::Words("What limits the capacity"),
        ],
    );
    for stage in view.stages {
        table.row_with(
            if is_shown(view, stage) {
                "class=\"shown\""
            } else {
                ""
            },
            row(view, stage),
        );
    }
    table.markup(&view.units)
}

fn is_shown(view: &View<'_>, stage: &StageResult) -> bool {
    view.case.stage.as_deref() == Some(&stage.stage)
}

fn row(view: &View<'_>, stage: &StageResult) -> Vec<Cell> {
    let running = stage.stations.iter().filter(|s| s.1 > 0.0).count();
    let (at, capacity) = match &stage.capacity {
        Some((id, flow)) => (view.name(id), *flow),
        None => ("\u{2013}", f64::NAN),
    };
    vec![
        Cell::Markup(title(view, stage)),
        Cell::Number(stage.deliveries.iter().map(|d| d.1).sum()),
        Cell::text(format!("{running} of {}", stage.stations.len())),
        Cell::Number(stage.stations.iter().map(|s| s.1).sum()),
        Cell::Number(stage.stations.iter().map(|s| s.2).sum()),
        Cell::Number(capacity),
        Cell::text(at),
        Cell::text(stage.limited_by.as_str()),
    ]
}

fn title(view: &View<'_>, stage: &StageResult) -> String {
    let (name, title) = (escape::text(&stage.stage), escape::text(&stage.title));
    let shown = is_shown(view, stage);
    let mark = if shown {
        " <span class=\"here\">\u{25B8} on this page</span>"
    } else {
        ""
    };
    let failed = if stage.solved {
        String::new()
    } else {
        let why = escape::text(&stage.message);
        format!("<br><span class=\"bad\">\u{25A0} Not solved: {why}</span>")
    };
    format!("<strong>{name}</strong>{mark}<br><span class=\"sub\">{title}</span>{failed}")
}

/// Off-takes down, stages across: flow and pressure of each.
fn deliveries(view: &View<'_>) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for (id, ..) in view.stages.iter().flat_map(|s| &s.deliveries) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let mut out = String::from(
        "<div class=\"scroll\"><table class=\"matrix\"><caption>What each off-take gets, and at what pressure</caption><thead><tr><th scope=\"col\" rowspan=\"2\">Off-take</th>",
    );
    for stage in view.stages {
        let name = escape::text(&stage.stage);
        let _ = write!(
            out,
            "<th scope=\"colgroup\" colspan=\"2\" class=\"n\">{name}</th>"
        );
    }
    out.push_str("</tr><tr>");
    let units = [Quantity::Flow, Quantity::Pressure].map(|q| crate::table::unit(&view.units, q));
    for unit in view.stages.iter().flat_map(|_| &units) {
        let _ = write!(out, "<th scope=\"col\" class=\"n\">{unit}</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for id in ids {
        out.push_str(&delivery_row(view, id));
    }
    out + "</tbody></table></div>"
}

fn delivery_row(view: &View<'_>, id: &str) -> String {
    let mut out = format!("<tr><td>{}</td>", view.name_markup(id));
    for stage in view.stages {
        let class = if is_shown(view, stage) {
            "n shown"
        } else {
            "n"
        };
        let got = stage.deliveries.iter().find(|d| d.0 == id);
        let (flow, pressure) = got.map_or((f64::NAN, f64::NAN), |d| (d.1, d.2));
        for (quantity, si) in [(Quantity::Flow, flow), (Quantity::Pressure, pressure)] {
            let _ = write!(out, "<td class=\"{class}\">{}</td>", view.n(quantity, si));
        }
    }
    out + "</tr>"
}
