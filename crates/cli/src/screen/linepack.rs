use super::{Screen, Table};
use linepack_results::Linepack;

/// Gas held by the network, its areas and sections between closed valves; by pipes too when more is asked for.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let all = screen.solution.linepacks.iter();
    let told = |l: &&Linepack| screen.verbose || l.kind != "pipe";
    let rows: Vec<&Linepack> = all.filter(told).collect();
    let areas = rows.iter().any(|l| l.kind != "network");
    if !screen.is_run() && !areas {
        return String::new();
    }
    let unit = screen.shown.amount_unit;
    let mut table = Table::new(&[
        unit,
        "now",
        "least",
        "most",
        "at contract",
        "usable",
        "at rest",
    ]);
    for held in &rows {
        table.row(row(screen, held));
    }
    table.lines()
}

fn row(screen: &Screen<'_>, held: &Linepack) -> [String; 7] {
    let shown = &screen.shown;
    let amount = |kg: Option<f64>| kg.map_or_else(|| "-".into(), |kg| shown.amount(kg));
    let settled = held.settle_out_pressure_pa;
    [
        name(screen, held),
        shown.amount(held.now_kg),
        shown.amount(held.min_kg),
        shown.amount(held.max_kg),
        amount(held.floor_kg),
        amount(held.usable_kg),
        settled.map_or_else(|| "-".into(), |p| format!("{} bara", shown.pressure(p))),
    ]
}

fn name(screen: &Screen<'_>, held: &Linepack) -> String {
    let areas = screen.case.network.areas.iter();
    let label = areas
        .filter(|a| a.id == held.id)
        .map(|a| a.label.clone())
        .next();
    match held.kind.as_str() {
        "network" => "network".into(),
        "area" => label.unwrap_or_else(|| held.id.clone()),
        _ => held.id.clone(),
    }
}
