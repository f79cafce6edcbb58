use super::{Screen, Table};
use crate::shown::{duration, number};

/// Where the energy of the gas came from and went, and temperatures at the last time.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let Some(heat) = &screen.solution.heat else {
        return String::new();
    };
    let (unit, scale) = match screen.is_run() {
        true => ("GJ", 1e-9),
        false => ("MW", 1e-6),
    };
    let mut table = Table::new(&[
        unit, "in", "work", "heaters", "out", "fuel", "ground", "stored", "residual",
    ]);
    let parts = [
        heat.in_j,
        heat.work_j,
        heat.heater_j,
        heat.out_j,
        heat.fuel_j,
        heat.ground_j,
        heat.stored_change_j,
    ];
    let mut cells = vec![String::new()];
    cells.extend(parts.map(|joule| number(joule * scale, 1)));
    cells.push(format!("{:.1e}", heat.closure()));
    table.row(cells);
    table.note("the residual over what passed".into());
    table.lines() + &extremes(screen)
}

/// The coldest and the warmest node at the last time.
fn extremes(screen: &Screen<'_>) -> String {
    let nodes = &screen.solution.nodes;
    let temperature = |id: &'_ String| screen.value(nodes, "temperature_k", id);
    let known = nodes.ids.iter().filter(|id| temperature(id).is_finite());
    let order = |a: &&String, b: &&String| temperature(a).total_cmp(&temperature(b));
    let (Some(cold), Some(warm)) = (known.clone().min_by(order), known.max_by(order)) else {
        return String::new();
    };
    let celsius = |id| number(temperature(id) - 273.15, 1);
    format!(
        "  Coldest {} °C at {cold}, warmest {} °C at {warm}\n",
        celsius(cold),
        celsius(warm)
    )
}

/// Least distances from liquid and hydrate.
pub(super) fn margins(screen: &Screen<'_>) -> String {
    let margins = screen
        .solution
        .quality
        .iter()
        .flat_map(|q| &q.phase_margins);
    let line = |m: &linepack_results::PhaseMargin| {
        let km = m.distance_m.map(|d| format!(", km {}", number(d / 1e3, 1)));
        let when = match screen.is_run() {
            true => format!(" after {}", duration(m.time_s)),
            false => String::new(),
        };
        format!(
            "  {:<22}{} K at {}{}{when}\n",
            m.kind.replace('_', " "),
            number(m.margin_k, 1),
            m.element,
            km.unwrap_or_default()
        )
    };
    margins.map(line).collect()
}
