//! Nodes by identifier and by place.

use linepack_network::{Node, great_circle_m};
use std::collections::HashMap;

/// Places closer than this are the same node, m.
pub(super) const TOLERANCE_M: f64 = 10.0;
/// Side of a cell of the grid, degrees: wider than the tolerance up to a latitude of 84 degrees.
const CELL_DEGREES: f64 = 1e-3;

/// Nodes, found by place through a grid.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub(super) list: Vec<Node>,
    by_id: HashMap<String, usize>,
    grid: HashMap<[i64; 2], Vec<usize>>,
}

impl Nodes {
    /// Adds a node.
    pub(super) fn add(&mut self, node: Node) -> usize {
        let at = self.list.len();
        if let (Some(x), Some(y)) = (node.x, node.y) {
            self.grid.entry(cell([x, y])).or_default().push(at);
        }
        self.by_id.entry(node.header.id.clone()).or_insert(at);
        self.list.push(node);
        at
    }

    /// Whether there is a node of this name.
    pub(super) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The nearest node within the tolerance of a place.
    pub(super) fn near(&self, place: [f64; 2]) -> Option<usize> {
        let [x, y] = cell(place);
        let around = (-1..=1)
            .flat_map(|dx| (-1..=1).map(move |dy| [x.saturating_add(dx), y.saturating_add(dy)]));
        // A cell of many nodes at one place needs no more than a few of them.
        let nodes = around
            .filter_map(|c| self.grid.get(&c))
            .flat_map(|list| list.iter().take(64));
        let distance = |i: &usize| {
            let node = &self.list[*i];
            great_circle_m([node.x.unwrap_or(0.0), node.y.unwrap_or(0.0)], place)
        };
        let near = nodes
            .map(|i| (*i, distance(i)))
            .filter(|(_, d)| *d <= TOLERANCE_M);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
    }
}

fn cell(place: [f64; 2]) -> [i64; 2] {
    place.map(|degrees| (degrees / CELL_DEGREES).floor() as i64)
}
