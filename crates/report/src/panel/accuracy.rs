//! Errors of pressures: of time steps, of the mesh, and what further runs measured.

use crate::number;
use crate::table::{Cell, Column, Table};
use crate::view::View;

/// The table; nothing for a steady state whose error was not measured.
pub(super) fn markup(view: &View<'_>) -> String {
    let a = &view.solution.accuracy;
    if a.measured.is_none() && view.solution.time_s.len() < 2 {
        return String::new();
    }
    let columns = vec![Column::Words("Error of pressures"), Column::Words("Value")];
    let mut table = Table::new("Accuracy", columns);
    let bar = |pa: f64| format!("{} bar", number::scientific(pa / 1e5));
    let mut add = |name: &str, value: String| table.row(vec![Cell::text(name), Cell::text(value)]);
    add("tolerance of a time step", bar(a.step_tolerance_pa));
    add(
        "largest error that one time step left, by the embedded method",
        bar(a.step_error_pa),
    );
    if let Some(tolerance) = a.mesh_tolerance_pa {
        add("tolerance that the mesh was chosen for", bar(tolerance));
    }
    let Some(m) = &a.measured else {
        add("error at nodes", "not measured".to_owned());
        return table.markup(&view.units);
    };
    if let Some(time) = m.time_pa {
        add("error of the time steps at nodes", bar(time));
    }
    add("error of the mesh at nodes", bar(m.mesh_pa));
    let place = format!(
        "{} at {}, {} s",
        bar(m.both_pa),
        m.node,
        number::fixed(m.time_s, 0)
    );
    add("error of both at nodes", place);
    add("measured by", m.how.clone());
    table.markup(&view.units)
}
