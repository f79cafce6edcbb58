use super::{Screen, Table};
use crate::shown::{duration, quantity, quantity_name};
use linepack_results::Violation;

/// Most violations that are listed unless more is asked for.
const LISTED: usize = 12;

/// Limits that were crossed: worst value, limit, since when and how long.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let violations = &screen.solution.violations;
    if violations.is_empty() {
        return String::new();
    }
    let listed = if screen.verbose {
        violations.len()
    } else {
        violations.len().min(LISTED)
    };
    let mut table = match screen.is_run() {
        true => Table::new(&["", "quantity", "worst", "limit", "from", "for"]),
        false => Table::new(&["", "quantity", "value", "limit"]),
    };
    violations[..listed]
        .iter()
        .for_each(|v| table.row(row(screen, v)));
    if listed < violations.len() {
        table.note(format!(
            "and {} more (-v shows all)",
            violations.len() - listed
        ));
    }
    table.lines()
}

fn row(screen: &Screen<'_>, v: &Violation) -> Vec<String> {
    let mut cells = vec![
        v.element.clone(),
        quantity_name(&v.quantity),
        quantity(&v.quantity, v.value, &screen.shown),
        quantity(&v.quantity, v.limit, &screen.shown),
    ];
    if screen.is_run() {
        cells.extend([duration(v.first_s), duration(v.duration_s)]);
    }
    cells
}
