//! The network as a graph: what is joined to what, and who says what the pressure is.

use super::{Checks, called, element};
use crate::{ElementKind, Finding, InitialState, codes};
use std::collections::HashMap;

impl Checks<'_> {
    pub(super) fn topology(&mut self) {
        self.neighbours_in_service();
        self.lonely_nodes();
        self.islands();
        self.two_pressures();
    }

    /// Elements that take part and touch something that does not.
    fn neighbours_in_service(&mut self) {
        let mut findings = Vec::new();
        self.case
            .network
            .for_each_end(|kind, index, header, key, node| {
                if !header.in_service || self.node(node).is_none_or(|n| n.header.in_service) {
                    return;
                }
                let message = format!(
                    "{} is in service, and its node \"{node}\" is not",
                    called(kind, header)
                );
                let finding = Finding::error(codes::OUT_OF_SERVICE, element(kind, index), message);
                findings.push(finding.at(key, "not in service for the stage and day chosen"));
            });
        for (index, leak) in self.case.network.leaks.iter().enumerate() {
            let crate::LeakPlace::Pipe { id, .. } = &leak.place else {
                continue;
            };
            let pipe = self.case.network.pipes.iter().find(|p| &p.header.id == id);
            if leak.header.in_service && pipe.is_some_and(|p| !p.header.in_service) {
                let name = called(ElementKind::Leak, &leak.header);
                let message = format!("{name} is in service, and its pipe \"{id}\" is not");
                let finding = Finding::error(
                    codes::OUT_OF_SERVICE,
                    element(ElementKind::Leak, index),
                    message,
                );
                findings.push(finding.at("pipe", "not in service for the stage and day chosen"));
            }
        }
        self.findings.append(&mut findings);
    }

    /// Nodes that nothing touches, in service or not.
    fn lonely_nodes(&mut self) {
        let mut touched = vec![false; self.case.network.nodes.len()];
        self.case.network.for_each_end(|_, _, _, _, node| {
            if let Some(&i) = self.nodes.get(node) {
                touched[i] = true;
            }
        });
        for (index, node) in self
            .case
            .network
            .nodes
            .iter()
            .enumerate()
            .filter(|(i, _)| !touched[*i])
        {
            let message = format!(
                "nothing is connected to {}",
                called(ElementKind::Node, &node.header)
            );
            let finding = Finding::warning(
                codes::LONELY_NODE,
                element(ElementKind::Node, index),
                message,
            );
            self.add(finding.at("id", "not connected"));
        }
    }

    /// Parts of the network in which nothing says what the pressure is.
    fn islands(&mut self) {
        if matches!(self.case.scenario.initial, InitialState::AtRest { .. }) {
            return;
        }
        let network = &self.case.network;
        let mut sets = Sets::new(network.nodes.len());
        let mut joined = vec![false; network.nodes.len()];
        for edge in network.edges().iter().filter(|e| e.header.in_service) {
            if let (Some(&a), Some(&b)) = (self.nodes.get(edge.from), self.nodes.get(edge.to)) {
                sets.join(a, b);
                (joined[a], joined[b]) = (true, true);
            }
        }
        for node in self.loaded_nodes() {
            joined[node] = true;
        }
        let mut referenced = vec![false; network.nodes.len()];
        for node in self.reference_nodes() {
            referenced[sets.root(node)] = true;
        }
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for node in (0..network.nodes.len()).filter(|n| joined[*n]) {
            members.entry(sets.root(node)).or_default().push(node);
        }
        let mut islands = members
            .into_iter()
            .filter(|(root, _)| !referenced[*root])
            .map(|(_, m)| m)
            .collect::<Vec<_>>();
        islands.sort();
        islands.iter().for_each(|island| self.island(island));
    }

    fn island(&mut self, island: &[usize]) {
        let ids = island
            .iter()
            .take(5)
            .map(|&i| format!("\"{}\"", self.case.network.nodes[i].header.id));
        let ids = ids.collect::<Vec<_>>().join(", ");
        let more = if island.len() > 5 {
            format!(" and {} more", island.len() - 5)
        } else {
            String::new()
        };
        let message =
            format!("nothing holds a pressure in the part of the network with {ids}{more}");
        let finding = Finding::error(
            codes::ISLAND,
            element(ElementKind::Node, island[0]),
            message,
        );
        let help =
            "give a supply or an off-take there a `pressure`, or connect it to the rest".to_owned();
        self.add(finding.at("id", "in a part without a pressure").help(help));
    }

    fn index(&self, node: &str) -> Option<usize> {
        self.nodes.get(node).copied()
    }

    /// Nodes with a supply or an off-take in service.
    fn loaded_nodes(&self) -> Vec<usize> {
        let network = &self.case.network;
        let supplies = network
            .supplies
            .iter()
            .filter(|s| s.header.in_service)
            .map(|s| &s.node);
        let off_takes = network
            .off_takes
            .iter()
            .filter(|o| o.header.in_service)
            .map(|o| &o.node);
        supplies
            .chain(off_takes)
            .filter_map(|n| self.index(n))
            .collect()
    }

    /// Nodes whose pressure something holds, or keeps from rising or falling without end; a supply
    /// that is not told what to do has been reported as such.
    fn reference_nodes(&self) -> Vec<usize> {
        let network = &self.case.network;
        let supplies = network.supplies.iter().filter(|s| {
            let holds = self.supply_has_pressure(s) || s.pressure_max_pa.is_some();
            s.header.in_service && (holds || !self.supply_has_flow(s))
        });
        let off_takes = network.off_takes.iter().filter(|o| {
            let holds = self.off_take_has_pressure(o) && !self.off_take_has_flow(o);
            o.header.in_service && (holds || o.curtail && o.pressure_min_pa.is_some())
        });
        let nodes = supplies.map(|s| &s.node).chain(off_takes.map(|o| &o.node));
        nodes.filter_map(|n| self.index(n)).collect()
    }

    /// Pressures that are held at two places with nothing between them.
    fn two_pressures(&mut self) {
        let network = &self.case.network;
        let mut sets = Sets::new(network.nodes.len());
        let short = network
            .short_pipes
            .iter()
            .filter(|s| s.header.in_service)
            .map(|s| (&s.from, &s.to));
        let open = network
            .valves
            .iter()
            .filter(|v| v.header.in_service && v.opening > 0.0 && v.diameter_m.is_none());
        for (from, to) in short.chain(open.map(|v| (&v.from, &v.to))) {
            if let (Some(a), Some(b)) = (self.index(from), self.index(to)) {
                sets.join(a, b);
            }
        }
        let mut holders: HashMap<usize, (ElementKind, usize)> = HashMap::new();
        for (kind, index, node) in self.unlimited_holders() {
            let root = sets.root(node);
            match holders.get(&root) {
                Some(&first) => self.two_holders(first, (kind, index)),
                None => {
                    holders.insert(root, (kind, index));
                }
            }
        }
    }

    /// Supplies and off-takes that hold a pressure whatever the flow.
    fn unlimited_holders(&self) -> Vec<(ElementKind, usize, usize)> {
        let network = &self.case.network;
        let supplies = network.supplies.iter().enumerate().filter(|(_, s)| {
            s.header.in_service && s.flow_max.is_none() && self.supply_has_pressure(s)
        });
        let off_takes = network.off_takes.iter().enumerate().filter(|(_, o)| {
            o.header.in_service && self.off_take_has_pressure(o) && !self.off_take_has_flow(o)
        });
        let supplies = supplies.map(|(i, s)| (ElementKind::Supply, i, &s.node));
        let off_takes = off_takes.map(|(i, o)| (ElementKind::OffTake, i, &o.node));
        let all = supplies.chain(off_takes);
        all.filter_map(|(kind, i, node)| Some((kind, i, self.index(node)?)))
            .collect()
    }

    fn two_holders(&mut self, first: (ElementKind, usize), second: (ElementKind, usize)) {
        let name = |(kind, index): (ElementKind, usize)| match kind {
            ElementKind::Supply => called(kind, &self.case.network.supplies[index].header),
            _ => called(kind, &self.case.network.off_takes[index].header),
        };
        let message = format!(
            "{} and {} both hold a pressure, with nothing between them",
            name(first),
            name(second)
        );
        let finding = Finding::error(codes::TWO_PRESSURES, element(second.0, second.1), message);
        let help =
            "give one of them a flow or a limit of flow, or put a pipe between them".to_owned();
        self.add(finding.at("pressure", "held by two").help(help));
    }
}

/// Disjoint sets of nodes.
pub(super) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    pub(super) fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
        }
    }

    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Makes two sets one; the lower root stays.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
