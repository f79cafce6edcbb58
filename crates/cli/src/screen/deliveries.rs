use super::{Screen, Table};
use crate::shown::{duration, number};
use linepack_results::Terminal;

/// Off-takes: flow now, asked, pressure and contract, and the share of what was asked over the run.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let terminals = &screen.solution.terminals;
    let ids: Vec<&str> = Screen::ids(terminals, "off_take").collect();
    if ids.is_empty() || screen.solution.time_s.is_empty() {
        return String::new();
    }
    let unit = screen.shown.flow_unit;
    let mut table = Table::new(&[
        "",
        unit,
        "asked",
        "bara",
        "contract",
        "served",
        "short from",
        "lasted",
    ]);
    for id in ids {
        table.row(row(screen, id));
    }
    table.lines()
}

fn row(screen: &Screen<'_>, id: &str) -> [String; 8] {
    let shown = &screen.shown;
    let off_take = screen
        .case
        .network
        .off_takes
        .iter()
        .find(|o| o.header.id == id);
    let total = screen.solution.terminal_totals.iter().find(|t| t.id == id);
    let value = |name: &str| screen.value(&screen.solution.terminals, name, id);
    let contract = off_take.and_then(|o| o.pressure_min_pa).unwrap_or(f64::NAN);
    let share = total.map_or(f64::NAN, |t| {
        if t.requested_kg > 0.0 {
            100.0 * t.mass_kg / t.requested_kg
        } else {
            f64::NAN
        }
    });
    let share = if share.is_finite() {
        format!("{} %", number(share, 1))
    } else {
        "-".into()
    };
    let short = total.and_then(short_from).unwrap_or_else(|| "-".into());
    [
        off_take.map_or(id, |o| o.header.label.as_str()).into(),
        shown.flow(value("mass_flow_kg_per_s")),
        shown.flow(value("requested_kg_per_s")),
        shown.pressure(value("pressure_pa")),
        shown.pressure(contract),
        share,
        short,
        total.and_then(lasted).unwrap_or_else(|| "-".into()),
    ]
}

/// Since when an off-take got less than it asked for or at a lower pressure than its contract says.
fn short_from(t: &Terminal) -> Option<String> {
    let first = [t.first_shortfall_s, t.first_below_contract_s];
    first.into_iter().flatten().reduce(f64::min).map(duration)
}

/// How long it was served in full after the first event.
fn lasted(t: &Terminal) -> Option<String> {
    let hours = t.survival_s? / 3600.0;
    Some(format!("{} h", number(hours, 1)))
}
