use super::{Screen, Table};
use crate::shown::{duration, number, quantity, quantity_name};
use linepack_results::{Arrival, OffSpec};

/// Most lines of each list unless more is asked for.
const LISTED: usize = 8;

/// What arrives at off-takes at the last time: heating value, Wobbe index and whose gas it is.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let nodes = &screen.solution.nodes;
    if nodes.column("gross_heating_value_j_per_m3").is_none() {
        return String::new();
    }
    let mut table = Table::new(&["", "MJ/m³ gross", "Wobbe", "density", "whose"]);
    let off_takes = screen.case.network.off_takes.iter();
    for off_take in off_takes.filter(|o| o.header.in_service) {
        let mega = |name| number(screen.value(nodes, name, &off_take.node) * 1e-6, 3);
        let density = screen.value(nodes, "relative_density", &off_take.node);
        table.row([
            off_take.header.id.clone(),
            mega("gross_heating_value_j_per_m3"),
            mega("wobbe_index_j_per_m3"),
            number(density, 4),
            parentage(screen, &off_take.node),
        ]);
    }
    table.lines() + &closure(screen)
}

/// The largest shares at a node.
fn parentage(screen: &Screen<'_>, node: &str) -> String {
    let nodes = &screen.solution.nodes;
    let share = |name: &str| {
        let supply = name.strip_prefix("share_")?.to_owned();
        let share = screen.value(nodes, name, node);
        (share > 5e-4).then_some((supply, share))
    };
    let mut shares: Vec<_> = nodes
        .columns
        .iter()
        .filter_map(|c| share(&c.name))
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let words = shares
        .iter()
        .take(3)
        .map(|(supply, share)| format!("{supply} {} %", number(share * 100.0, 1)));
    words.collect::<Vec<_>>().join(", ")
}

/// The largest residual of a component.
fn closure(screen: &Screen<'_>) -> String {
    let components = screen.solution.quality.iter().flat_map(|q| &q.components);
    let share = |c: &linepack_results::ComponentBalance| {
        let passed = c.in_kg.abs().max(c.out_kg.abs());
        (passed > 0.0).then(|| (c.residual_kg / passed).abs())
    };
    let largest = components.filter_map(share).reduce(f64::max);
    largest.map_or(String::new(), |share| {
        format!("  Largest residual of a component {share:.1e} of what passed\n")
    })
}

/// Limits of quality that were not kept.
pub(super) fn off_spec(screen: &Screen<'_>) -> String {
    let all: Vec<&OffSpec> = screen
        .solution
        .quality
        .iter()
        .flat_map(|q| &q.off_spec)
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["", "quantity", "worst", "limit", "from", "for"]);
    for o in listed(screen, &all) {
        table.row([
            o.node.clone(),
            quantity_name(&o.quantity),
            quantity(&o.quantity, o.value, &screen.shown),
            quantity(&o.quantity, o.limit, &screen.shown),
            duration(o.first_s),
            duration(o.duration_s),
        ]);
    }
    table.lines() + &more(screen, all.len())
}

/// Fronts in the order in which they arrived.
pub(super) fn arrivals(screen: &Screen<'_>) -> String {
    let all: Vec<&Arrival> = screen
        .solution
        .quality
        .iter()
        .flat_map(|q| &q.arrivals)
        .collect();
    let line = |a: &&Arrival| {
        let share = number(a.share * 100.0, 1);
        format!(
            "  {:<14}{} at {}, {share} %\n",
            duration(a.time_s),
            a.gas,
            a.node
        )
    };
    let lines: String = listed(screen, &all).iter().map(line).collect();
    lines + &more(screen, all.len())
}

fn listed<'s, T>(screen: &Screen<'_>, all: &'s [T]) -> &'s [T] {
    match screen.verbose {
        true => all,
        false => &all[..all.len().min(LISTED)],
    }
}

fn more(screen: &Screen<'_>, count: usize) -> String {
    match screen.verbose || count <= LISTED {
        true => String::new(),
        false => format!("  and {} more (-v shows all)\n", count - LISTED),
    }
}
