//! The operating rule for scenarios that say what is brought and taken, and not how.
//!
//! A scenario of the library states flows and bounds of pressure; set-points are what its
//! optimisation problems look for. A simulation needs set-points, so these are assumed:
//!
//! 1. Valves that no decision closes are open.
//! 2. Stations run, in the cheapest configuration that can do the work: they compress up to
//!    `pressureOutMax` and the highest pressure of the discharge node, as long as the suction
//!    pressure stays above `pressureInMin`.
//! 3. Control valves throttle to `pressureOutMax` and the highest pressure of the outlet node at
//!    most, and by no less than the smallest pressure difference stated.
//! 4. What is nominated is brought and taken as far as the bounds of pressure of its node allow: an
//!    off-take takes less at the lowest pressure of its node, an entry brings less at the highest. What
//!    falls short is a violation of the result.
//! 5. In each part of the network that hangs together through what is not closed, the entry with the
//!    largest nominated inflow (of several the first by identifier) holds the highest pressure that
//!    its node and the scenario allow, and brings what balances its part.
//!
//! Finding better set-points is optimisation, and not done here.

use super::gas::{MeanGas, size};
use super::parts::Parts;
use crate::import::Import;
use linepack_network::{
    CompressorStation, ControlState, Edge, ElementKind, Network, Node, StationState,
};
use std::collections::HashMap;

/// What the rule says, for the log.
const RULE: [&str; 5] = [
    "operating rule: valves are open unless a decision closes them",
    "operating rule: stations run in the cheapest configuration, up to pressureOutMax and the highest pressure of the discharge node, while suction stays above pressureInMin",
    "operating rule: control valves throttle to pressureOutMax and the highest pressure of the outlet node at most",
    "operating rule: nominated flows are brought and taken as far as the bounds of pressure of their nodes allow; what falls short is reported",
    "operating rule: in each connected part the entry with the largest nominated inflow holds the highest pressure that its node and the scenario allow, and balances the part",
];
/// Lowest pressure at which an off-take still takes gas, Pa, where its node may have any.
const LEAST_PRESSURE_PA: f64 = 1.013_25e5;
/// Isentropic efficiency of compressors of which nothing is known.
const EFFICIENCY: f64 = 0.8;
/// Efficiency of drives of which nothing is known.
const DRIVER_EFFICIENCY: f64 = 0.35;
/// Largest pressure ratio of a station that can be stated.
const RATIO_MAX: f64 = 100.0;

/// Sets the network to be operated by the rule.
pub(super) fn apply(import: &mut Import, network: &mut Network, gas: &MeanGas) {
    RULE.iter().for_each(|rule| import.note(*rule, None));
    let ids = network.nodes.iter().enumerate();
    let nodes: HashMap<String, usize> = ids.map(|(i, n)| (n.header.id.clone(), i)).collect();
    control_valves(import, network, &nodes, gas);
    stations(import, network, &nodes, gas);
    holders(import, network, &nodes);
    loads(network, &nodes);
}

/// Off-takes and entries back off at the bounds of pressure of their nodes.
fn loads(network: &mut Network, nodes: &HashMap<String, usize>) {
    let node = |id: &str| nodes.get(id).map(|&i| &network.nodes[i]);
    for off_take in network.off_takes.iter_mut().filter(|o| o.flow.is_some()) {
        let least = node(&off_take.node).and_then(|n| n.pressure_min_pa);
        let lowest = off_take.pressure_min_pa.or(least);
        off_take.pressure_min_pa = lowest.or(Some(LEAST_PRESSURE_PA));
        off_take.curtail = true;
    }
    for supply in network.supplies.iter_mut().filter(|s| s.flow.is_some()) {
        let highest = node(&supply.node).and_then(|n| n.pressure_max_pa);
        supply.pressure_max_pa = least(supply.pressure_max_pa, highest);
    }
}

/// The smaller of two pressures, where they are stated.
fn least(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn control_valves(
    import: &mut Import,
    network: &mut Network,
    nodes: &HashMap<String, usize>,
    gas: &MeanGas,
) {
    let highest = |node: &str| network.nodes[*nodes.get(node)?].pressure_max_pa;
    for valve in &mut network.control_valves {
        valve.outlet_pressure_pa = least(valve.outlet_pressure_pa, highest(&valve.to));
        let aimless = valve.outlet_pressure_pa.is_none() && valve.inlet_pressure_pa.is_none();
        if aimless && valve.state == ControlState::Active {
            let what = "a control valve of which no pressure is stated: in bypass";
            import.note(what, Some(&valve.header.id));
            valve.state = ControlState::Bypass;
        }
        if valve.outlet_temperature_min_k.is_some_and(f64::is_nan) {
            let what = "preheaters bring the gas to the temperature of the sources";
            import.note(what, Some(&valve.header.id));
            valve.outlet_temperature_min_k = Some(gas.temperature_k);
        }
    }
}

fn stations(
    import: &mut Import,
    network: &mut Network,
    nodes: &HashMap<String, usize>,
    gas: &MeanGas,
) {
    let node = |id: &str| nodes.get(id).map(|&i| &network.nodes[i]);
    for station in &mut network.compressor_stations {
        let id = station.header.id.clone();
        let highest = node(&station.to).and_then(|n| n.pressure_max_pa);
        station.discharge_pressure_pa = least(station.discharge_pressure_pa, highest);
        station.ratio_max = largest_ratio(station, node(&station.from));
        if station.discharge_temperature_k.is_some_and(f64::is_nan) {
            import.note(
                "coolers bring the gas to the temperature of the sources",
                Some(&id),
            );
            station.discharge_temperature_k = Some(gas.temperature_k);
        }
        if station.machines.is_none() {
            generic(import, station);
        }
        impossible(import, station);
    }
}

/// The largest ratio that the limits of pressure leave room for.
fn largest_ratio(station: &CompressorStation, from: Option<&Node>) -> f64 {
    let node_low = from.and_then(|n| n.pressure_min_pa).unwrap_or(0.0);
    let low = station.suction_pressure_pa.unwrap_or(0.0).max(node_low);
    let ratio = station.discharge_pressure_pa.unwrap_or(f64::INFINITY) / low;
    if ratio.is_nan() {
        RATIO_MAX
    } else {
        ratio.clamp(1.0, RATIO_MAX)
    }
}

fn generic(import: &mut Import, station: &mut CompressorStation) {
    let what = "nothing is known of the machines of a station: no limit of power, efficiency 0.8, no fuel drawn, the largest ratio is that of the limits of pressure";
    import.note(what, Some(&station.header.id));
    station.isentropic_efficiency = EFFICIENCY;
    station.driver_efficiency = DRIVER_EFFICIENCY;
    station.fuel_from_line = false;
}

/// A station whose limits leave no room for compression.
fn impossible(import: &mut Import, station: &mut CompressorStation) {
    let (Some(low), Some(high)) = (station.suction_pressure_pa, station.discharge_pressure_pa)
    else {
        return;
    };
    if low >= high {
        let what = "pressureInMin of a station is not below its highest discharge pressure: no suction pressure is kept";
        import.note(what, Some(&station.header.id));
        station.suction_pressure_pa = None;
    }
}

/// Whether gas can pass an element.
fn is_open(network: &Network, edge: &Edge<'_>) -> bool {
    match edge.kind {
        ElementKind::Valve => network.valves[edge.index].opening > 0.0,
        ElementKind::ControlValve => {
            network.control_valves[edge.index].state != ControlState::Closed
        }
        ElementKind::CompressorStation => {
            network.compressor_stations[edge.index].state != StationState::Closed
        }
        _ => true,
    }
}

/// What hangs together through elements in service that are not closed.
pub(super) fn parts(network: &Network, nodes: &HashMap<&str, usize>) -> Parts {
    let mut parts = Parts::new(network.nodes.len());
    let edges = network.edges();
    for edge in edges
        .iter()
        .filter(|e| e.header.in_service && is_open(network, e))
    {
        if let (Some(&a), Some(&b)) = (nodes.get(edge.from), nodes.get(edge.to)) {
            parts.join(a, b);
        }
    }
    parts
}

/// The entries that hold a pressure.
fn holders(import: &mut Import, network: &mut Network, nodes: &HashMap<String, usize>) {
    let ids = nodes.iter().map(|(id, &i)| (id.as_str(), i)).collect();
    let mut parts = parts(network, &ids);
    let mut best: HashMap<usize, usize> = HashMap::new();
    for (index, supply) in network.supplies.iter().enumerate() {
        let Some(&node) = nodes.get(&supply.node) else {
            continue;
        };
        let holder = best.entry(parts.of(node)).or_insert(index);
        let rank = |i: usize| {
            (
                network.supplies[i].flow.map_or(0.0, size),
                &network.supplies[i].header.id,
            )
        };
        let (mine, theirs) = (rank(index), rank(*holder));
        if mine.0 > theirs.0 || mine.0 == theirs.0 && mine.1 < theirs.1 {
            *holder = index;
        }
    }
    let mut chosen: Vec<usize> = best.into_values().collect();
    chosen.sort_unstable();
    let top = highest_of_all(network);
    for index in chosen {
        let node = nodes.get(&network.supplies[index].node).copied();
        let limit = node.and_then(|n| network.nodes[n].pressure_max_pa);
        hold(import, network, index, limit, top);
    }
    without_holder(import, network, nodes, &mut parts);
}

fn highest_of_all(network: &Network) -> Option<f64> {
    let pressures = network.nodes.iter().filter_map(|n| n.pressure_max_pa);
    pressures.reduce(f64::max)
}

fn hold(
    import: &mut Import,
    network: &mut Network,
    index: usize,
    limit: Option<f64>,
    top: Option<f64>,
) {
    let supply = &mut network.supplies[index];
    let id = supply.header.id.clone();
    if limit.is_none() {
        let what = "an entry that is to hold a pressure states no highest one: that of the network is taken";
        import.note(what, Some(&id));
    }
    supply.pressure_pa = limit.or(top);
    if supply.pressure_pa.is_some() {
        (supply.flow, supply.flow_min, supply.flow_max) = (None, None, None);
        import.note(
            "holds a pressure; the bounds of its flow are not kept",
            Some(&id),
        );
    }
}

/// Notes parts with loads in which nothing holds a pressure.
fn without_holder(
    import: &mut Import,
    network: &Network,
    nodes: &HashMap<String, usize>,
    parts: &mut Parts,
) {
    let mut held = vec![false; network.nodes.len()];
    for s in network.supplies.iter().filter(|s| s.pressure_pa.is_some()) {
        if let Some(&node) = nodes.get(&s.node) {
            held[parts.of(node)] = true;
        }
    }
    for o in &network.off_takes {
        let part = nodes.get(&o.node).map(|&node| parts.of(node));
        if part.is_some_and(|p| !held[p]) {
            import.note(
                "no entry can reach the off-take: nothing holds a pressure there",
                Some(&o.header.id),
            );
        }
    }
}
