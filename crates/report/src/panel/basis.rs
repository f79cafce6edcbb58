//! What the figures rest on: assumptions, settings, gas, versions.

use super::{Panel, accuracy, gas, nothing, run};
use crate::data::Thinning;
use crate::escape;
use crate::number;
use crate::table::{Cell, Column, Table};
use crate::view::View;
use linepack_network::Settings;

/// The last panel.
pub(super) fn panel(view: &View<'_>, thinning: &Thinning) -> Panel {
    let solver = list(&view.solution.assumptions, "The solver names none.");
    let body = format!(
        "<h3>Assumptions of the solver</h3>{solver}<h3>Assumed facts of the case</h3>{}<h3>Gas</h3>{}\
         <h3>Settings</h3>{}<h3>Run, versions and cost</h3><div class=\"beside\">{}{}</div>{}{}{}",
        facts(view),
        gas::markup(view),
        settings(view),
        run::manifest(view),
        run::cost(view),
        accuracy::markup(view),
        run::inputs(view),
        page_notes(view, thinning),
    );
    Panel {
        id: "basis",
        title: "Assumptions, settings, versions",
        body,
    }
}

fn list(lines: &[String], none: &str) -> String {
    if lines.is_empty() {
        return nothing(none);
    }
    let items = lines
        .iter()
        .map(|l| format!("<li>{}</li>", escape::text(l)));
    format!("<ul class=\"lines\">{}</ul>", items.collect::<String>())
}

/// Many facts fold away behind their number.
fn facts(view: &View<'_>) -> String {
    let all = &view.case.assumptions;
    let lines = list(all, "The case marks no fact as assumed.");
    if all.len() <= 8 {
        return lines;
    }
    format!(
        "<details><summary>{} facts are assumed; show them</summary>{lines}</details>",
        number::count(all.len())
    )
}

fn settings(view: &View<'_>) -> String {
    let mut table = Table::new("", vec![Column::Words("Setting"), Column::Words("Value")]);
    if view.manifest.settings.is_empty() {
        for (name, value) in from_case(&view.case.settings) {
            table.row(vec![Cell::text(name), Cell::text(value)]);
        }
    } else {
        for (name, value) in &view.manifest.settings {
            table.row(vec![
                Cell::text(name.replace('_', " ")),
                Cell::text(value.as_str()),
            ]);
        }
    }
    table.markup(&view.units)
}

fn from_case(s: &Settings) -> Vec<(&'static str, String)> {
    let on = |yes: bool| if yes { "on" } else { "off" }.to_owned();
    vec![
        ("friction", format!("{:?}", s.friction)),
        ("longest cell, km", number::fixed(s.cell_length_m / 1e3, 2)),
        (
            "tolerance of the mesh, bar",
            match s.mesh_tolerance_pa {
                Some(pa) => number::fixed(pa / 1e5, 4),
                None => "none".to_owned(),
            },
        ),
        (
            "tolerance of pressures, bar",
            number::fixed(s.pressure_tolerance_pa / 1e5, 4),
        ),
        ("waves damped at fronts", on(s.waves)),
        ("longest step, s", number::fixed(s.step_max_s, 0)),
        ("checkpoint, s", number::fixed(s.checkpoint_s, 0)),
        (
            "ground temperature, °C",
            number::fixed(s.ground_temperature_k - 273.15, 2),
        ),
        (
            "ambient pressure, bara",
            number::fixed(s.atmospheric_pressure_pa / 1e5, 5),
        ),
        ("inertia", on(s.terms.inertia)),
        ("kinetic term", on(s.terms.kinetic)),
        ("gravity", on(s.terms.gravity)),
    ]
}

fn page_notes(view: &View<'_>, thinning: &Thinning) -> String {
    let mut notes = thinning.notes.clone();
    notes.push(view.units.volume_note.clone());
    notes
        .push("Charts are drawn by uPlot 1.6.32 (MIT licence), which is part of this page.".into());
    format!("<h3>About this page</h3>{}", list(&notes, ""))
}
