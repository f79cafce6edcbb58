//! Ranges of pressures and flows that hold for every operating point.

use crate::layout::{LEAST_SQUARE, squared};
use crate::problem::{Arc, ArcKind, Problem};
use std::collections::BTreeSet;

/// Flows and inflows beyond which nothing is looked for, of the largest off-take.
pub(crate) const WIDE: f64 = 1e3;
/// Ranges of unknowns that all else is built on.
#[derive(Debug, Clone)]
pub(crate) struct Ranges {
    /// Squared pressures of nodes.
    pub square: Vec<[f64; 2]>,
    /// Flows of arcs, scaled.
    pub flow: Vec<[f64; 2]>,
}

/// The largest squared pressure that is thought of, where none is stated.
pub(crate) fn most() -> f64 {
    squared(300e5)
}

impl Ranges {
    /// Whether the flow of an arc is bounded by what terminals bring and take: where it is not, the law of a
    /// pipe says nothing.
    pub(crate) fn is_known(&self, arc: usize) -> bool {
        self.flow[arc].iter().all(|q| q.abs() < 0.09 * WIDE)
    }

    /// Of pressures from limits; of flows from those of terminals, node by node, until nothing changes.
    pub(crate) fn new(problem: &Problem) -> Self {
        const ROUNDS: usize = 200;
        let at = &problem.layout;
        let square = |p: &crate::problem::Place| {
            let [low, high] = p.pressure;
            let low = squared(low).max(LEAST_SQUARE);
            [low, squared(high).min(most()).max(low)]
        };
        let mut supply = vec![[0.0, 0.0]; at.nodes];
        for terminal in &problem.terminals {
            let sums = supply[terminal.node].iter_mut().zip(terminal.inflow);
            sums.for_each(|(sum, q)| *sum += q / at.flow_scale);
        }
        let largest = 0.1 * WIDE;
        let first = |arc: &Arc| {
            let [low, high] = arc
                .flow
                .map(|q| (q / at.flow_scale).clamp(-largest, largest));
            let way = match arc.kind {
                ArcKind::CheckValve => 0.0,
                ArcKind::Station if !arc.bypass => 0.0,
                _ => low,
            };
            [low.max(way), high]
        };
        let mut ranges = Self {
            square: problem.places.iter().map(square).collect(),
            flow: problem.arcs.iter().map(first).collect(),
        };
        let mut touching = vec![Vec::new(); at.nodes];
        for (a, arc) in problem.arcs.iter().enumerate() {
            touching[arc.ends[0]].push((a, 1.0));
            touching[arc.ends[1]].push((a, -1.0));
        }
        let fuel = problem.arcs.iter().filter(|a| a.station.is_some());
        let drawn: BTreeSet<usize> = fuel.map(|a| a.fuel_node).collect();
        for _ in 0..ROUNDS {
            let mut moved = false;
            for n in (0..at.nodes).filter(|n| !drawn.contains(n)) {
                moved |= ranges.tighten(&touching[n], supply[n]);
            }
            if !moved {
                break;
            }
        }
        ranges
    }

    /// What leaves a node by its arcs is what enters it.
    fn tighten(&mut self, touching: &[(usize, f64)], supply: [f64; 2]) -> bool {
        let leaving = |flow: &[[f64; 2]], a: usize, sign: f64| match sign > 0.0 {
            true => flow[a],
            false => [-flow[a][1], -flow[a][0]],
        };
        let mut moved = false;
        for &(a, sign) in touching {
            let mut rest = supply;
            for &(b, other) in touching.iter().filter(|t| t.0 != a) {
                let [low, high] = leaving(&self.flow, b, other);
                rest = [rest[0] - high, rest[1] - low];
            }
            let [low, high] = if sign > 0.0 {
                rest
            } else {
                [-rest[1], -rest[0]]
            };
            let old = self.flow[a];
            let new = [old[0].max(low - 1e-12), old[1].min(high + 1e-12)];
            if new[0] <= new[1] && (new[0] > old[0] + 1e-9 || new[1] < old[1] - 1e-9) {
                self.flow[a] = new;
                moved = true;
            }
        }
        moved
    }
}
