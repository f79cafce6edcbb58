//! A layered schematic for networks without coordinates: the main path on one line at true
//! distance, branches on lanes above and below it.

use super::geometry::Point;
use crate::route::{Link, Path};
use linepack_network::Node;
use std::collections::{HashMap, VecDeque};

/// Abstract coordinates of all nodes: x is a distance, y the lane.
pub(super) fn points<'a>(
    nodes: &'a [Node],
    links: &[Link<'a>],
    paths: &[Path],
) -> HashMap<&'a str, Point> {
    let mut layout = Layout::new(links);
    for (id, d) in paths.first().map_or(&[][..], |p| &p.nodes) {
        if let Some(node) = nodes.iter().find(|n| n.header.id == *id) {
            layout.put(&node.header.id, *d, 0);
        }
    }
    layout.grow();
    for node in nodes {
        if !layout.at.contains_key(node.header.id.as_str()) {
            let lane = layout.free_lane(0.0, 0.0);
            layout.put(&node.header.id, 0.0, lane);
            layout.grow();
        }
    }
    layout
        .at
        .into_iter()
        .map(|(id, (x, lane))| (id, (x, f64::from(lane))))
        .collect()
}

struct Layout<'a> {
    neighbours: HashMap<&'a str, Vec<(&'a str, f64)>>,
    at: HashMap<&'a str, (f64, i32)>,
    /// Stretches taken on each lane.
    taken: HashMap<i32, Vec<(f64, f64)>>,
    queue: VecDeque<&'a str>,
    typical_m: f64,
}

impl<'a> Layout<'a> {
    fn new(links: &[Link<'a>]) -> Self {
        let longest = links.iter().map(|l| l.length_m).fold(0.0, f64::max);
        let mut neighbours: HashMap<&str, Vec<(&str, f64)>> = HashMap::new();
        for link in links {
            neighbours
                .entry(link.from)
                .or_default()
                .push((link.to, link.length_m));
            neighbours
                .entry(link.to)
                .or_default()
                .push((link.from, -link.length_m));
        }
        let typical_m = if longest > 0.0 { longest / 10.0 } else { 1.0 };
        Self {
            neighbours,
            at: HashMap::new(),
            taken: HashMap::new(),
            queue: VecDeque::new(),
            typical_m,
        }
    }

    fn put(&mut self, id: &'a str, x: f64, lane: i32) {
        self.at.insert(id, (x, lane));
        self.queue.push_back(id);
        let half = self.typical_m / 2.0;
        self.taken
            .entry(lane)
            .or_default()
            .push((x - half, x + half));
    }

    /// Places what hangs on the nodes placed so far.
    fn grow(&mut self) {
        while let Some(id) = self.queue.pop_front() {
            let Some(&(x, lane)) = self.at.get(id) else {
                continue;
            };
            for (next, length) in self.neighbours.get(id).cloned().unwrap_or_default() {
                if self.at.contains_key(next) {
                    continue;
                }
                let there = x + length;
                let lane = self.lane_from(lane, x, there);
                self.taken
                    .entry(lane)
                    .or_default()
                    .push((x.min(there), x.max(there)));
                self.put(next, there, lane);
            }
        }
    }

    /// The lane of the node itself when it goes straight on, else the nearest free one.
    fn lane_from(&self, lane: i32, x: f64, there: f64) -> i32 {
        let gap = self.typical_m * 0.6 * (there - x).signum();
        if lane != 0 && self.is_free(lane, x + gap, there) {
            lane
        } else {
            self.free_lane(x, there)
        }
    }

    fn free_lane(&self, a: f64, b: f64) -> i32 {
        let order = (1..500).flat_map(|k| [-k, k]);
        order
            .into_iter()
            .find(|&lane| self.is_free(lane, a, b))
            .unwrap_or(500)
    }

    fn is_free(&self, lane: i32, a: f64, b: f64) -> bool {
        let (low, high) = (a.min(b), a.max(b));
        self.taken
            .get(&lane)
            .is_none_or(|t| t.iter().all(|s| high < s.0 || low > s.1))
    }
}
