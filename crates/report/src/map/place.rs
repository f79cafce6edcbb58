//! Places: nodes that the drawing cannot tell apart, with all that stands there.

use super::geometry::{Geometry, Point, middle};
use crate::view::View;
use linepack_network::LeakPlace;
use std::collections::HashMap;

/// Elements whose ends are nearer than this, px, share a place.
const NEAR_PX: f64 = 14.0;

/// A supply, off-take or leak at a place.
#[derive(Debug, Clone)]
pub(super) struct Terminal<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) in_service: bool,
}

/// An element without length at a place.
#[derive(Debug, Clone)]
pub(super) struct Device<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) in_service: bool,
}

/// What stands in one spot of the drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Place<'a> {
    pub(super) at: Point,
    /// Nodes, in the order of the flow through the devices where there are any.
    pub(super) nodes: Vec<&'a str>,
    pub(super) devices: Vec<Device<'a>>,
    pub(super) terminals: Vec<Terminal<'a>>,
    pub(super) in_service: bool,
    /// Whether off-takes stand above and supplies below, because a line runs below.
    pub(super) turned: bool,
}

/// All places, and the links (by index) that lie inside one.
pub(super) struct Places<'a> {
    pub(super) list: Vec<Place<'a>>,
    pub(super) inside: Vec<bool>,
}

impl<'a> Places<'a> {
    /// Gathers nodes, devices and terminals.
    pub(super) fn new(view: &View<'a>, geometry: &Geometry<'a>) -> Self {
        let group = groups(view, geometry);
        let mut list: Vec<Place<'a>> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        for node in &view.case.network.nodes {
            let id = node.header.id.as_str();
            if geometry.point(id).is_none() {
                continue;
            }
            let root = group.get(id).copied().unwrap_or(id);
            let k = *index.entry(root).or_insert_with(|| {
                list.push(Place::default());
                list.len() - 1
            });
            list[k].nodes.push(id);
            list[k].in_service |= node.header.in_service;
        }
        let of = |id: &str| index.get(group.get(id)?).copied();
        let mut out = Self {
            inside: vec![false; geometry.links.len()],
            list,
        };
        out.add_devices(geometry, &of);
        out.add_terminals(view, &of);
        for place in &mut out.list {
            let points: Vec<Point> = place
                .nodes
                .iter()
                .filter_map(|n| geometry.point(n))
                .collect();
            place.at = middle(&points);
        }
        out
    }

    fn add_devices(&mut self, geometry: &Geometry<'a>, of: &dyn Fn(&str) -> Option<usize>) {
        for (i, link) in geometry.links.iter().enumerate() {
            let (Some(a), Some(b)) = (of(link.from), of(link.to)) else {
                continue;
            };
            if a != b || link.kind == "pipe" {
                continue;
            }
            self.inside[i] = true;
            let (id, in_service) = (link.header.id.as_str(), link.header.in_service);
            if link.kind != "short_pipe" {
                self.list[a].devices.push(Device {
                    id,
                    kind: link.kind,
                    in_service,
                });
            }
        }
    }

    fn add_terminals(&mut self, view: &View<'a>, of: &dyn Fn(&str) -> Option<usize>) {
        let net = &view.case.network;
        let supplies = net
            .supplies
            .iter()
            .map(|s| (&s.header, "supply", s.node.as_str()));
        let off_takes = net
            .off_takes
            .iter()
            .map(|o| (&o.header, "off_take", o.node.as_str()));
        let leaks = net.leaks.iter().filter_map(|l| match &l.place {
            LeakPlace::Node { id } => Some((&l.header, "leak", id.as_str())),
            LeakPlace::Pipe { .. } => None,
        });
        for (header, kind, node) in supplies.chain(off_takes).chain(leaks) {
            if let Some(k) = of(node) {
                let terminal = Terminal {
                    id: &header.id,
                    kind,
                    in_service: header.in_service,
                };
                self.list[k].terminals.push(terminal);
            }
        }
    }
}

/// The first node of the place of each node: ends of short elements near each other belong together.
fn groups<'a>(view: &View<'a>, geometry: &Geometry<'a>) -> HashMap<&'a str, &'a str> {
    let nodes = view.case.network.nodes.iter().map(|n| n.header.id.as_str());
    let mut parent: HashMap<&str, &str> = nodes.clone().map(|id| (id, id)).collect();
    for link in geometry.links.iter().filter(|l| l.kind != "pipe") {
        let (Some(a), Some(b)) = (geometry.point(link.from), geometry.point(link.to)) else {
            continue;
        };
        if (a.0 - b.0).hypot(a.1 - b.1) < NEAR_PX {
            let (x, y) = (root(&parent, link.from), root(&parent, link.to));
            parent.insert(y, x);
        }
    }
    nodes.map(|id| (id, root(&parent, id))).collect()
}

fn root<'a>(parent: &HashMap<&'a str, &'a str>, id: &'a str) -> &'a str {
    let mut here = id;
    while let Some(&up) = parent.get(here).filter(|up| **up != here) {
        here = up;
    }
    here
}
