//! Paths through the network along which profiles are drawn.

use crate::view::View;
use linepack_network::{Header, Network};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

/// Paths offered on the page, at most.
const PATHS_MAX: usize = 24;

/// An element between two nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'a> {
    pub(crate) header: &'a Header,
    pub(crate) kind: &'static str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) length_m: f64,
}

/// All elements between two nodes, in service or not.
pub(crate) fn links(network: &Network) -> Vec<Link<'_>> {
    macro_rules! ends {
        ($list:expr, $kind:literal, $length:expr) => {
            $list.iter().map(|e| Link {
                header: &e.header,
                kind: $kind,
                from: &e.from,
                to: &e.to,
                length_m: $length(e),
            })
        };
    }
    let mut out: Vec<Link<'_>> = Vec::new();
    out.extend(ends!(
        network.pipes,
        "pipe",
        |e: &linepack_network::Pipe| e.length_m
    ));
    out.extend(ends!(network.short_pipes, "short_pipe", |_| 0.0));
    out.extend(ends!(network.resistors, "resistor", |_| 0.0));
    out.extend(ends!(network.valves, "valve", |_| 0.0));
    out.extend(ends!(network.check_valves, "check_valve", |_| 0.0));
    out.extend(ends!(network.control_valves, "control_valve", |_| 0.0));
    out.extend(ends!(
        network.compressor_stations,
        "compressor_station",
        |_| 0.0
    ));
    out
}

/// One element of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// Index into [`links`].
    pub(crate) link: usize,
    /// Whether the path runs from its second node to its first.
    pub(crate) reversed: bool,
    /// Distance from the start of the path to the start of the element, m.
    pub(crate) start_m: f64,
}

/// A way from a supply to an off-take.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) length_m: f64,
    pub(crate) steps: Vec<Step>,
    /// Nodes in order and their distance, m.
    pub(crate) nodes: Vec<(String, f64)>,
}

/// The main path (the longest way from a supply to an off-take), then its branches and the ways
/// from other supplies, each only where it shows a pipe that no path before it has shown.
pub(crate) fn paths(view: &View<'_>) -> Vec<Path> {
    let network = &view.case.network;
    let graph = Graph::new(network);
    let mut all: Vec<Path> = Vec::new();
    for supply in network.supplies.iter().filter(|s| s.header.in_service) {
        let tree = graph.tree(&supply.node);
        for off_take in network.off_takes.iter().filter(|o| o.header.in_service) {
            let ends = (supply.header.id.as_str(), off_take.header.id.as_str());
            all.extend(graph.path(&tree, ends, &off_take.node));
        }
    }
    all.sort_by(|a, b| b.length_m.total_cmp(&a.length_m));
    if let Some(main) = all.first().map(|p| p.from.clone()) {
        all.sort_by_key(|p| p.from != main); // stable: branches of the main supply come first
    }
    keep_new(all)
}

fn keep_new(all: Vec<Path>) -> Vec<Path> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for path in all {
        let before = seen.len();
        seen.extend(path.steps.iter().map(|s| s.link));
        if seen.len() > before && kept.len() < PATHS_MAX {
            kept.push(path);
        }
    }
    kept
}

struct Graph<'a> {
    links: Vec<Link<'a>>,
    /// Links at each node: link, the node beyond, reversed.
    at: HashMap<&'a str, Vec<(usize, &'a str, bool)>>,
}

/// Shortest ways from one node: distance and the link by which a node is reached.
type Tree<'a> = HashMap<&'a str, (f64, Option<(usize, &'a str, bool)>)>;

impl<'a> Graph<'a> {
    fn new(network: &'a Network) -> Self {
        let links = links(network);
        let mut at: HashMap<&str, Vec<(usize, &str, bool)>> = HashMap::new();
        for (i, link) in links
            .iter()
            .enumerate()
            .filter(|(_, l)| l.header.in_service)
        {
            at.entry(link.from).or_default().push((i, link.to, false));
            at.entry(link.to).or_default().push((i, link.from, true));
        }
        Self { links, at }
    }

    /// Dijkstra's tree from a node, with lengths in whole millimetres (ties by name).
    fn tree<'b>(&self, root: &'b str) -> Tree<'b>
    where
        'a: 'b,
    {
        let mut tree: Tree<'b> = HashMap::from([(root, (0.0, None))]);
        let mut heap = BinaryHeap::from([Reverse((0_u64, root))]);
        let mut done = BTreeSet::new();
        while let Some(Reverse((_, node))) = heap.pop() {
            if !done.insert(node) {
                continue;
            }
            let here = tree.get(node).map_or(0.0, |t| t.0);
            for &(link, beyond, reversed) in self.at.get(node).into_iter().flatten() {
                let there = here + self.links[link].length_m.max(0.0);
                if tree.get(beyond).is_none_or(|t| there < t.0) {
                    tree.insert(beyond, (there, Some((link, node, reversed))));
                    heap.push(Reverse(((there * 1e3) as u64, beyond)));
                }
            }
        }
        tree
    }

    fn path(&self, tree: &Tree<'_>, ends: (&str, &str), node: &str) -> Option<Path> {
        let (length_m, mut back) = *tree.get(node)?;
        let mut steps = Vec::new();
        let mut nodes = vec![(node.to_owned(), length_m)];
        while let Some((link, before, reversed)) = back {
            let (start_m, next) = *tree.get(before)?;
            steps.push(Step {
                link,
                reversed,
                start_m,
            });
            nodes.push((before.to_owned(), start_m));
            back = next;
        }
        steps.reverse();
        nodes.reverse();
        let (from, to) = (ends.0.to_owned(), ends.1.to_owned());
        (!steps.is_empty()).then_some(Path {
            from,
            to,
            length_m,
            steps,
            nodes,
        })
    }
}
