use super::{Screen, Table};
use crate::shown::number;

/// Compressor stations: pressures, ratio, power, fuel, and what holds each.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let ids: Vec<&str> = Screen::ids(&screen.solution.edges, "compressor_station").collect();
    if ids.is_empty() || screen.solution.time_s.is_empty() {
        return String::new();
    }
    let flow = format!("{} ", screen.shown.flow_unit);
    let mut table = Table::new(&[
        "",
        flow.trim(),
        "bara in",
        "out",
        "ratio",
        "MW",
        "fuel",
        "mode",
    ]);
    for id in ids {
        table.row(row(screen, id));
    }
    table.lines()
}

fn row(screen: &Screen<'_>, id: &str) -> [String; 8] {
    let shown = &screen.shown;
    let value = |name: &str| screen.value(&screen.solution.edges, name, id);
    let (suction, discharge) = (value("pressure_in_pa"), value("pressure_out_pa"));
    [
        id.into(),
        shown.flow(value("mass_flow_kg_per_s")),
        shown.pressure(suction),
        shown.pressure(discharge),
        number(discharge / suction, 2),
        shown.power(value("power_w")),
        shown.flow(value("fuel_kg_per_s")),
        screen.mode(id).into(),
    ]
}
