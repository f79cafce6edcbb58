use super::{Screen, Table};

/// What came in, went out, was burnt, lost and stored.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let times = &screen.solution.time_s;
    let (b, shown) = (&screen.solution.balance, &screen.shown);
    let is_run = screen.is_run();
    let (unit, values, residual) = match (times.is_empty(), is_run) {
        (true, _) => return String::new(),
        (_, true) => (
            shown.amount_unit,
            [
                b.in_kg,
                b.out_kg,
                b.fuel_kg,
                b.leak_kg,
                b.linepack_change_kg,
            ]
            .map(|m| shown.amount(m)),
            format!("{:.1e} kg", b.residual_kg),
        ),
        (_, false) => (
            shown.flow_unit,
            [
                b.in_kg_per_s,
                b.out_kg_per_s,
                b.fuel_kg_per_s,
                b.leak_kg_per_s,
                0.0,
            ]
            .map(|q| shown.flow(q)),
            format!("{:.1e} kg/s", b.residual_kg),
        ),
    };
    let mut table = Table::new(&[
        unit,
        "in",
        "out",
        "fuel",
        "leak",
        "linepack change",
        "residual",
    ]);
    let [inflow, out, fuel, leak, change] = values;
    table.row(["".into(), inflow, out, fuel, leak, change, residual]);
    let mut text = table.lines();
    if b.linepack_end_kg > 0.0 {
        let (end, unit) = (shown.amount(b.linepack_end_kg), shown.amount_unit);
        text.push_str(&format!("  Linepack {end} {unit}\n"));
    }
    text
}
