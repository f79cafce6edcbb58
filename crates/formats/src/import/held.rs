//! Who holds the pressure in networks whose format knows no loads.

use super::Import;
use linepack_network::{Network, Supply};
use std::collections::HashMap;

/// In each connected part where nothing holds a pressure, its first supply does, or one at its first
/// node where it has none: the lowest maximum pressure of the pipes of that part, or `otherwise_pa`.
pub(crate) fn hold(import: &mut Import, network: &mut Network, otherwise_pa: f64) {
    let parts = Parts::new(network);
    let mut chosen: Vec<Option<usize>> = vec![None; parts.parent.len()];
    let mut held = vec![false; parts.parent.len()];
    for (i, supply) in network.supplies.iter().enumerate() {
        let Some(part) = parts.of(&supply.node) else {
            continue;
        };
        held[part] |= supply.pressure_pa.is_some() && supply.header.in_service;
        if supply.header.in_service {
            chosen[part].get_or_insert(i);
        }
    }
    for off_take in network.off_takes.iter().filter(|o| o.pressure_pa.is_some()) {
        if let Some(part) = parts.of(&off_take.node) {
            held[part] = true;
        }
    }
    let lowest = parts.lowest_maximum(network);
    for first in parts.firsts() {
        let part = parts.root(first);
        let has_supply = chosen[part].is_some();
        if held[part] || !(has_supply || parts.joined[part]) {
            continue;
        }
        let at = chosen[part].unwrap_or_else(|| {
            let node = &network.nodes[first].header.id;
            network
                .supplies
                .push(Supply::new(format!("entry {node}"), node));
            network.supplies.len() - 1
        });
        let pressure_pa = lowest.get(&part).copied().unwrap_or(otherwise_pa);
        let supply = &mut network.supplies[at];
        supply.pressure_pa = Some(pressure_pa);
        supply.flow = None;
        let bar = pressure_pa / 1e5;
        let element = format!("{}: {bar} bara", supply.header.id);
        import.note(
            "nothing holds a pressure in its part of the network; it holds the lowest maximum \
             pressure of the pipes there",
            Some(&element),
        );
    }
}

/// Nodes that hang together.
struct Parts {
    index: HashMap<String, usize>,
    parent: Vec<usize>,
    joined: Vec<bool>,
}

impl Parts {
    fn new(network: &Network) -> Self {
        let nodes = network.nodes.iter().enumerate();
        let mut parts = Self {
            index: nodes.map(|(i, n)| (n.header.id.clone(), i)).collect(),
            parent: (0..network.nodes.len()).collect(),
            joined: vec![false; network.nodes.len()],
        };
        let mut ends = Vec::new();
        for edge in network.edges().iter().filter(|e| e.header.in_service) {
            if let (Some(&a), Some(&b)) = (parts.index.get(edge.from), parts.index.get(edge.to)) {
                ends.push([a, b]);
            }
        }
        for [a, b] in &ends {
            let (a, b) = (parts.halved(*a), parts.halved(*b));
            // The first node of a part is its root.
            parts.parent[a.max(b)] = a.min(b);
        }
        for [a, _] in ends {
            let root = parts.root(a);
            parts.joined[root] = true;
        }
        parts
    }

    /// The root of a node; paths are halved on the way.
    fn halved(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn of(&self, node: &str) -> Option<usize> {
        self.index.get(node).map(|&i| self.root(i))
    }

    fn firsts(&self) -> Vec<usize> {
        (0..self.parent.len())
            .filter(|&i| self.parent[i] == i)
            .collect()
    }

    fn lowest_maximum(&self, network: &Network) -> HashMap<usize, f64> {
        let mut lowest: HashMap<usize, f64> = HashMap::new();
        for pipe in &network.pipes {
            if let (Some(part), Some(pa)) = (self.of(&pipe.from), pipe.pressure_max_pa) {
                lowest
                    .entry(part)
                    .and_modify(|p| *p = p.min(pa))
                    .or_insert(pa);
            }
        }
        lowest
    }
}
