use super::{Screen, Table};
use crate::shown::{duration, quantity, quantity_name};

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
    let mut table = Table::new(&["", "quantity", "worst", "limit", "from", "for"]);
    for v in &violations[..listed] {
        table.row([
            v.element.clone(),
            quantity_name(&v.quantity),
            quantity(&v.quantity, v.value, &screen.shown),
            quantity(&v.quantity, v.limit, &screen.shown),
            duration(v.first_s),
            duration(v.duration_s),
        ]);
    }
    if listed < violations.len() {
        table.note(format!(
            "and {} more (-v shows all)",
            violations.len() - listed
        ));
    }
    table.lines()
}
