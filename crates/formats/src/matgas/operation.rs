//! How a network is run of which the format states bounds and nominal flows only.
//!
//! 1. A junction of type 1 (slack) holds its nominal pressure: by the receipt there with the largest
//!    nominal flow, within its bounds, or by a supply that is added.
//! 2. In each connected part without one, the receipt with the largest nominal flow holds the highest
//!    pressure that its junction and the pipes there may have, whatever flow that takes.
//! 3. All other receipts and deliveries run at nominal flow as far as the bounds of pressure of their
//!    junctions allow, and what falls short is a violation of the result; storages rest.
//! 4. Compressors run: up to the highest pressure of their outlet, their largest ratio and power, and
//!    down to the lowest pressure of their inlet. Regulators throttle to the highest pressure of
//!    their outlet junction, and stand open where the inlet may not have more. Valves are open.
//! 5. A part without any supply is out of service.

use super::network::Found;
use crate::import::Import;
use linepack_network::{Header, Network, Supply};
use linepack_units::FlowRate;
use std::collections::HashMap;

/// Flow that a slack junction may take back or bring at most: none that a pipeline carries, kg/s.
pub(crate) const SLACK_FLOW_KG_PER_S: f64 = 1e5;

/// Applies the rule.
pub(super) fn run(import: &mut Import, found: &mut Found) {
    let parts = parts(&found.network);
    let mut held = slack_junctions(import, found, &parts);
    largest_receipts(import, found, &parts, &mut held);
    if found.network.supplies.iter().any(|s| s.header.in_service) {
        strand(import, &mut found.network, &parts, &held);
    }
    loads(&mut found.network);
    import.note(
        "operation: nominal flows as far as the bounds of pressure of their junctions allow, what falls short is reported; compressors run up to their outlet's highest pressure, their ratio and power; regulators throttle to their outlet's highest pressure where the inlet may have more; valves are open",
        None,
    );
}

/// Deliveries take less at the lowest pressure of their junctions, receipts bring less at the highest.
fn loads(network: &mut Network) {
    /// Lowest pressure at which a delivery still takes gas, Pa, where its junction may have any.
    const LEAST_PRESSURE_PA: f64 = 1.013_25e5;
    let bounds = |n: &linepack_network::Node| (n.pressure_min_pa, n.pressure_max_pa);
    let nodes = network.nodes.iter();
    let nodes: HashMap<&str, _> = nodes.map(|n| (n.header.id.as_str(), bounds(n))).collect();
    for delivery in network.off_takes.iter_mut().filter(|o| o.flow.is_some()) {
        let least = nodes.get(delivery.node.as_str()).and_then(|b| b.0);
        let least = least.filter(|p| *p > 0.0).or(Some(LEAST_PRESSURE_PA));
        delivery.pressure_min_pa = delivery.pressure_min_pa.or(least);
        delivery.curtail = true;
    }
    for receipt in network
        .supplies
        .iter_mut()
        .filter(|s| s.flow.is_some() && s.pressure_pa.is_none())
    {
        let most = nodes.get(receipt.node.as_str()).and_then(|b| b.1);
        receipt.pressure_max_pa = receipt.pressure_max_pa.or(most);
        // The least injection is a bound for whoever looks for flows; here the pressure bounds it.
        receipt.flow_min = None;
    }
}

/// The connected part of each node, by what is in service.
fn parts(network: &Network) -> HashMap<String, usize> {
    let index: HashMap<&str, usize> = ids(network).zip(0..).collect();
    let mut root: Vec<usize> = (0..network.nodes.len()).collect();
    for edge in network.edges() {
        if !edge.header.in_service {
            continue;
        }
        if let (Some(&a), Some(&b)) = (index.get(edge.from), index.get(edge.to)) {
            let (a, b) = (find(&mut root, a), find(&mut root, b));
            root[a.max(b)] = a.min(b);
        }
    }
    let numbered = ids(network)
        .zip(0..)
        .map(|(id, i)| (id.to_owned(), find(&mut root, i)));
    numbered.collect()
}

fn ids(network: &Network) -> impl Iterator<Item = &str> {
    network.nodes.iter().map(|n| n.header.id.as_str())
}

/// The first node of the part of a node; paths are halved on the way.
fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

/// Lets slack junctions hold their nominal pressure; the parts that have one.
fn slack_junctions(
    import: &mut Import,
    found: &mut Found,
    parts: &HashMap<String, usize>,
) -> Vec<usize> {
    let mut held = Vec::new();
    for index in 0..found.network.nodes.len() {
        let (node, junction) = (&found.network.nodes[index], found.junctions[index]);
        if !junction.slack || !node.header.in_service {
            continue;
        }
        let id = node.header.id.clone();
        let Some(pressure_pa) = junction.nominal_pa.or(node.pressure_max_pa) else {
            import.note("a slack junction without a pressure holds none", Some(&id));
            continue;
        };
        held.extend(parts.get(&id));
        let at = |s: &&mut Supply| s.node == id && s.header.in_service;
        match largest(found.network.supplies.iter_mut().filter(at)) {
            Some(supply) => {
                let what = "slack junctions: the largest receipt there holds the nominal pressure, within its bounds";
                import.note(what, Some(&id));
                hold(supply, pressure_pa);
                unfix(import, supply);
            }
            None => {
                let what = "slack junctions without a receipt: a supply is added that holds the nominal pressure";
                import.note(what, Some(&id));
                found.network.supplies.push(slack(&id, pressure_pa));
            }
        }
    }
    held
}

/// A supply that holds a pressure and brings or takes back what that needs.
pub(crate) fn slack(node: &str, pressure_pa: f64) -> Supply {
    let mut supply = Supply::new(format!("slack_{node}"), node);
    supply.pressure_pa = Some(pressure_pa);
    supply.flow_min = Some(FlowRate::mass(-SLACK_FLOW_KG_PER_S));
    supply
}

/// The supply with the largest nominal flow, the first of several.
fn largest<'s>(supplies: impl Iterator<Item = &'s mut Supply>) -> Option<&'s mut Supply> {
    let size = |s: &Supply| [size_of(s.flow), size_of(s.flow_max)];
    supplies.reduce(|best, next| if size(next) > size(best) { next } else { best })
}

fn size_of(flow: Option<FlowRate>) -> f64 {
    match flow {
        Some(FlowRate::Mass { kg_per_s }) => kg_per_s,
        _ => 0.0,
    }
}

fn hold(supply: &mut Supply, pressure_pa: f64) {
    supply.pressure_pa = Some(pressure_pa);
    supply.flow = None;
}

/// A receipt with one possible flow cannot hold a pressure: its bounds go.
fn unfix(import: &mut Import, supply: &mut Supply) {
    if supply.flow_max.is_some() && supply.flow_min == supply.flow_max {
        (supply.flow_min, supply.flow_max) = (None, None);
        let what =
            "the flow of the receipt that holds the pressure is fixed in the file; here it follows";
        import.note(what, Some(&supply.header.id));
    }
}

/// Lets the largest receipt of each part without a slack junction hold the pressure.
fn largest_receipts(
    import: &mut Import,
    found: &mut Found,
    parts: &HashMap<String, usize>,
    held: &mut Vec<usize>,
) {
    let limits = limits(&found.network);
    let mut by_part: HashMap<usize, Vec<&mut Supply>> = HashMap::new();
    let in_service = found
        .network
        .supplies
        .iter_mut()
        .filter(|s| s.header.in_service);
    for supply in in_service {
        if let Some(part) = parts.get(&supply.node) {
            by_part.entry(*part).or_default().push(supply);
        }
    }
    let mut order: Vec<usize> = by_part
        .keys()
        .copied()
        .filter(|p| !held.contains(p))
        .collect();
    order.sort_unstable();
    for part in order {
        let supplies = by_part.remove(&part).unwrap_or_default();
        let Some(supply) = largest(supplies.into_iter()) else {
            continue;
        };
        let Some(&pressure_pa) = limits.get(&supply.node) else {
            continue;
        };
        held.push(part);
        hold(supply, pressure_pa);
        (supply.flow_min, supply.flow_max) = (None, None);
        let what = "no slack junction: the largest receipt of each connected part holds the highest pressure allowed there, whatever flow that takes";
        import.note(what, Some(&supply.header.id));
    }
}

/// The highest pressure that each node and the pipes at it may have, Pa.
fn limits(network: &Network) -> HashMap<String, f64> {
    let mut limits: HashMap<String, f64> = HashMap::new();
    let mut limit = |node: &str, pressure_pa: Option<f64>| {
        if let Some(pressure_pa) = pressure_pa {
            let lowest = limits.entry(node.to_owned()).or_insert(pressure_pa);
            *lowest = lowest.min(pressure_pa);
        }
    };
    for node in &network.nodes {
        limit(&node.header.id, node.pressure_max_pa);
    }
    for pipe in network.pipes.iter().filter(|p| p.header.in_service) {
        limit(&pipe.from, pipe.pressure_max_pa);
        limit(&pipe.to, pipe.pressure_max_pa);
    }
    limits
}

/// Puts the parts out of service that no supply reaches.
fn strand(
    import: &mut Import,
    network: &mut Network,
    parts: &HashMap<String, usize>,
    held: &[usize],
) {
    let supplied: std::collections::HashSet<usize> = held.iter().copied().collect();
    let stranded = |node: &str| parts.get(node).is_some_and(|p| !supplied.contains(p));
    let mut drop = |header: &mut Header| {
        if header.in_service {
            header.in_service = false;
            let what = "no supply reaches them: out of service";
            import.note(what, Some(&header.id));
        }
    };
    macro_rules! drop_where {
        ($($list:ident $node:ident),*) => {
            $(for element in network.$list.iter_mut().filter(|e| stranded(&e.$node)) {
                drop(&mut element.header);
            })*
        };
    }
    for node in network.nodes.iter_mut().filter(|n| stranded(&n.header.id)) {
        drop(&mut node.header);
    }
    drop_where!(pipes from, short_pipes from, resistors from, valves from, control_valves from,
        compressor_stations from, supplies node, off_takes node);
}
