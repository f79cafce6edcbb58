//! Velocities that the stated flows would need, where the flow of a pipe is plain to see.
//!
//! In a pipe whose removal cuts the network in two, the steady flow is the sum of the flows asked
//! for on a side where no pressure is held. The density is that of the highest pressure that the
//! case states, so the true velocity is not lower than what is warned of.

use super::{Checks, called, element, rounded};
use crate::{ControlState, Edge, ElementKind, Finding, StationState, codes};
use std::collections::HashMap;

/// Velocity above which a transmission pipe is asked about, m/s.
const USUAL_M_PER_S: f64 = 20.0;
/// Velocity above which a load is not meant for the pipes that it hangs on, m/s.
const ABSURD_M_PER_S: f64 = 60.0;

impl Checks<'_> {
    pub(super) fn velocities(&mut self) {
        let Some((density, pressure_pa)) = self.highest_density() else {
            return;
        };
        self.load_sizes(density);
        let edges = self.case.network.edges();
        let edges = edges
            .into_iter()
            .filter(|e| self.carries(e))
            .collect::<Vec<_>>();
        for (edge, flow) in self.plain_flows(&edges) {
            let pipe = match edge.kind {
                ElementKind::Pipe => &self.case.network.pipes[edge.index],
                _ => continue,
            };
            let velocity = flow / density / area(pipe.diameter_m);
            if velocity > USUAL_M_PER_S && pipe.diameter_m > 0.0 {
                let message = format!(
                    "{} would carry {} kg/s at {} m/s or more",
                    called(edge.kind, edge.header),
                    rounded(flow),
                    rounded(velocity)
                );
                let finding =
                    Finding::warning(codes::VELOCITY, element(edge.kind, edge.index), message);
                let help = format!(
                    "even at {}, the highest pressure stated, the gas would be faster than {USUAL_M_PER_S} m/s",
                    super::bara(pressure_pa)
                );
                self.add(
                    finding
                        .at("inner_diameter", "too narrow for the flow asked for")
                        .help(help),
                );
            }
        }
    }

    /// Density at the highest pressure stated, kg/m3, and that pressure.
    fn highest_density(&self) -> Option<(f64, f64)> {
        let network = &self.case.network;
        let supplies = network
            .supplies
            .iter()
            .flat_map(|s| [s.pressure_pa, s.pressure_max_pa]);
        let stations = network
            .compressor_stations
            .iter()
            .map(|s| s.discharge_pressure_pa);
        let pipes = network.pipes.iter().map(|p| p.pressure_max_pa);
        let stated = supplies.chain(stations).chain(pipes).flatten();
        let pressure_pa = stated.filter(|p| *p > 0.0 && *p < 1e8).fold(0.0, f64::max);
        let temperature_k = self.case.settings.ground_temperature_k;
        if pressure_pa <= 0.0 || !(200.0..500.0).contains(&temperature_k) {
            return None;
        }
        let state = self.gas.as_ref()?.state(pressure_pa, temperature_k).ok()?;
        Some((state.density_kg_per_m3, pressure_pa)).filter(|(density, _)| *density > 0.0)
    }

    /// Loads that are out of all proportion to the pipes at their node.
    fn load_sizes(&mut self, density: f64) {
        let mut bores_m2: HashMap<&str, f64> = HashMap::new();
        for pipe in &self.case.network.pipes {
            for node in [&pipe.from, &pipe.to] {
                *bores_m2.entry(node).or_default() += area(pipe.diameter_m);
            }
        }
        for (index, off_take) in self.case.network.off_takes.iter().enumerate() {
            let bore_m2 = bores_m2.get(off_take.node.as_str()).copied().unwrap_or(0.0);
            let Some(flow) = off_take.flow.and_then(|f| self.mass_flow(f)) else {
                continue;
            };
            let velocity = flow / density / bore_m2;
            if bore_m2 > 0.0 && velocity > ABSURD_M_PER_S {
                let message = format!(
                    "{} asks for {} kg/s, which is {} m/s in the pipes at its node",
                    called(ElementKind::OffTake, &off_take.header),
                    rounded(flow),
                    rounded(velocity)
                );
                let finding = Finding::warning(
                    codes::LOAD_SIZE,
                    element(ElementKind::OffTake, index),
                    message,
                );
                self.add(finding.at("flow", "was another unit meant?"));
            }
        }
    }

    /// Whether gas can pass.
    fn carries(&self, edge: &Edge<'_>) -> bool {
        let network = &self.case.network;
        edge.header.in_service
            && match edge.kind {
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

    /// Edges of which the flow is plain to see, and the flow, kg/s.
    fn plain_flows<'e>(&self, edges: &[Edge<'e>]) -> Vec<(Edge<'e>, f64)> {
        let ends = edges
            .iter()
            .map(|e| Some([*self.nodes.get(e.from)?, *self.nodes.get(e.to)?]));
        let Some(ends) = ends.collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        let walk = Walk::new(&ends, self.loads());
        let bridges = walk
            .bridges
            .iter()
            .filter_map(|bridge| Some((edges[bridge.edge], bridge.flow()?)));
        bridges.collect()
    }

    /// What each node takes, kg/s, and whether something there takes what it gets.
    fn loads(&self) -> Vec<Load> {
        let mut loads = vec![Load::default(); self.case.network.nodes.len()];
        let mut add = |node: &str, flow: Option<f64>, sign: f64| {
            if let Some(&i) = self.nodes.get(node) {
                match flow {
                    Some(flow) => loads[i].flow += sign * flow,
                    None => loads[i].free += 1,
                }
            }
        };
        for o in self
            .case
            .network
            .off_takes
            .iter()
            .filter(|o| o.header.in_service)
        {
            add(&o.node, o.flow.and_then(|f| self.mass_flow(f)), 1.0);
        }
        for s in self
            .case
            .network
            .supplies
            .iter()
            .filter(|s| s.header.in_service)
        {
            let flow = if self.supply_has_pressure(s) {
                None
            } else {
                s.flow
            };
            add(&s.node, flow.and_then(|f| self.mass_flow(f)), -1.0);
        }
        loads
    }
}

fn area(diameter_m: f64) -> f64 {
    std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m
}

/// What a node, or a part of the network, takes.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    flow: f64,
    /// Number of places that take or bring what the pressures make them.
    free: usize,
}

impl Load {
    fn add(&mut self, other: Self) {
        self.flow += other.flow;
        self.free += other.free;
    }
}

/// An edge whose removal cuts the network in two, with what lies behind it and in all.
struct Bridge {
    edge: usize,
    behind: Load,
    /// Which tree of the walk it is in.
    tree: usize,
    all: Load,
}

impl Bridge {
    /// The flow through it, kg/s, where one side takes a known flow.
    fn flow(&self) -> Option<f64> {
        let before = self.all.flow - self.behind.flow;
        let known = match (self.behind.free, self.all.free - self.behind.free) {
            (0, _) => Some(self.behind.flow),
            (_, 0) => Some(before),
            _ => None,
        };
        known.map(f64::abs)
    }
}

/// A depth-first walk that finds bridges (Tarjan 1974), without recursion.
struct Walk<'a> {
    neighbours: Vec<Vec<(usize, usize)>>,
    ends: &'a [[usize; 2]],
    /// Order of discovery, from 1; 0: not yet.
    found: Vec<usize>,
    /// Earliest node that can be reached without the edge by which a node was found.
    reach: Vec<usize>,
    loads: Vec<Load>,
    bridges: Vec<Bridge>,
    count: usize,
}

impl<'a> Walk<'a> {
    fn new(ends: &'a [[usize; 2]], loads: Vec<Load>) -> Self {
        let nodes = loads.len();
        let mut neighbours = vec![Vec::new(); nodes];
        for (edge, &[a, b]) in ends.iter().enumerate().filter(|(_, [a, b])| a != b) {
            neighbours[a].push((edge, b));
            neighbours[b].push((edge, a));
        }
        let (found, reach) = (vec![0; nodes], vec![0; nodes]);
        let mut walk = Self {
            neighbours,
            ends,
            found,
            reach,
            loads,
            bridges: Vec::new(),
            count: 0,
        };
        for root in 0..nodes {
            if walk.found[root] == 0 {
                walk.tree(root);
            }
        }
        walk
    }

    /// Walks everything that hangs together with `root`; loads are summed up towards it.
    fn tree(&mut self, root: usize) {
        let mut path = vec![(root, usize::MAX, 0)];
        self.discover(root);
        while let Some(&(node, by, next)) = path.last() {
            match self.neighbours[node].get(next).copied() {
                Some((edge, other)) => {
                    if let Some(top) = path.last_mut() {
                        top.2 += 1;
                    }
                    if edge == by {
                        continue;
                    }
                    if self.found[other] == 0 {
                        self.discover(other);
                        path.push((other, edge, 0));
                    } else {
                        self.reach[node] = self.reach[node].min(self.found[other]);
                    }
                }
                None => {
                    path.pop();
                    self.leave(node, by, root);
                }
            }
        }
        let all = self.loads[root];
        self.bridges
            .iter_mut()
            .filter(|b| b.tree == root)
            .for_each(|b| b.all = all);
    }

    fn discover(&mut self, node: usize) {
        self.count += 1;
        (self.found[node], self.reach[node]) = (self.count, self.count);
    }

    /// Hands what was learnt at a node to the one before it.
    fn leave(&mut self, node: usize, by: usize, tree: usize) {
        let Some(&[a, b]) = self.ends.get(by) else {
            return;
        };
        let parent = if a == node { b } else { a };
        let behind = self.loads[node];
        if self.reach[node] > self.found[parent] {
            self.bridges.push(Bridge {
                edge: by,
                behind,
                tree,
                all: Load::default(),
            });
        }
        self.reach[parent] = self.reach[parent].min(self.reach[node]);
        self.loads[parent].add(behind);
    }
}

#[cfg(test)]
mod tests {
    use super::{Load, Walk};

    fn flows(ends: &[[usize; 2]], loads: &[(f64, usize)]) -> Vec<(usize, Option<f64>)> {
        let loads = loads
            .iter()
            .map(|&(flow, free)| Load { flow, free })
            .collect();
        let mut flows = Walk::new(ends, loads)
            .bridges
            .iter()
            .map(|b| (b.edge, b.flow()))
            .collect::<Vec<_>>();
        flows.sort_by_key(|f| f.0);
        flows
    }

    #[test]
    fn a_line_with_a_branch() {
        // 0 (supply) - 1 - 2 (takes 3), 1 - 3 (takes 4)
        let found = flows(
            &[[0, 1], [1, 2], [3, 1]],
            &[(0.0, 1), (0.0, 0), (3.0, 0), (4.0, 0)],
        );
        assert_eq!(found, [(0, Some(7.0)), (1, Some(3.0)), (2, Some(4.0))]);
    }

    #[test]
    fn a_loop_has_no_bridges_and_the_tail_does() {
        let ends = [[0, 1], [1, 2], [2, 0], [2, 3]];
        let found = flows(&ends, &[(0.0, 1), (0.0, 0), (0.0, 0), (5.0, 0)]);
        assert_eq!(found, [(3, Some(5.0))]);
    }

    #[test]
    fn parallel_pipes_are_no_bridges_and_two_pressures_leave_it_open() {
        assert_eq!(flows(&[[0, 1], [0, 1]], &[(0.0, 1), (5.0, 0)]), []);
        assert_eq!(flows(&[[0, 1]], &[(0.0, 1), (0.0, 1)]), [(0, None)]);
    }
}
