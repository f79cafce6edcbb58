//! What was run: versions, hashes, counters, time.

use crate::number;
use crate::table::{Cell, Column, Table};
use crate::view::View;

fn pairs(caption: &str) -> Table {
    Table::new(caption, vec![Column::Words("What"), Column::Words("Value")])
}

/// The run and the program that made it.
pub(super) fn manifest(view: &View<'_>) -> String {
    let m = view.manifest;
    let mut table = pairs("Run");
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            table.row(vec![Cell::text(name), Cell::text(value)]);
        }
    };
    add("program", &format!("linepack {}", m.program_version));
    add("command", &m.command);
    add("case", &m.case);
    add("stage", m.stage.as_deref().unwrap_or("none chosen"));
    add("as of", m.as_of.as_deref().unwrap_or(""));
    add("scenario", &m.scenario);
    add("set on the command line", &m.set.join(", "));
    add(
        "started from",
        m.started_from
            .as_deref()
            .unwrap_or("a steady state or the scenario's initial state"),
    );
    add("model fingerprint", &m.model_fingerprint);
    add("made, UTC", &m.created_utc);
    table.markup(&view.units)
}

/// The files that were read, with their hashes.
pub(super) fn inputs(view: &View<'_>) -> String {
    let columns = vec![
        Column::Words("File"),
        Column::Plain("Bytes"),
        Column::Words("SHA-256"),
    ];
    let mut table = Table::new("Files read", columns);
    for file in &view.manifest.inputs {
        let bytes = number::count(usize::try_from(file.bytes).unwrap_or(usize::MAX));
        let hash = format!("<code>{}</code>", crate::escape::text(&file.sha256));
        table.row(vec![
            Cell::text(file.path.as_str()),
            Cell::text(bytes),
            Cell::Markup(hash),
        ]);
    }
    if table.is_empty() {
        String::new()
    } else {
        table.markup(&view.units)
    }
}

/// What the solve cost.
pub(super) fn cost(view: &View<'_>) -> String {
    let (c, t, s) = (
        &view.solution.counters,
        &view.solution.timing,
        &view.solution.status,
    );
    let mut table = Table::new("Solve", vec![Column::Words("What"), Column::Plain("Value")]);
    let mut add = |name: &str, value: String| table.row(vec![Cell::text(name), Cell::text(value)]);
    add("largest scaled residual", number::scientific(s.residual));
    add(
        "Newton iterations of the steady start",
        number::count(s.iterations),
    );
    add(
        "Newton iterations in all",
        number::count(c.newton_iterations),
    );
    add("time steps accepted", number::count(c.steps));
    add("time steps rejected", number::count(c.rejected_steps));
    add("factorisations", number::count(c.factorisations));
    add("cells of the mesh", number::count(c.cells));
    add(
        "unknowns of the node system",
        number::count(c.node_unknowns),
    );
    add("events", number::count(c.events));
    let phases = [("read", t.read), ("build", t.build), ("solve", t.solve)];
    for (name, seconds) in phases {
        add(&format!("time to {name}, s"), number::fixed(seconds, 3));
    }
    table.markup(&view.units)
}
