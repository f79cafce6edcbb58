//! Where each element writes in the matrix of the node system.
//!
//! Unknowns, in order: nodes (pressure change, bar), links (flow, kg/s), terminals that can hold a
//! pressure (inflow, kg/s). Rows: mass balances of nodes, laws of links, laws of these terminals. Where
//! the law of a terminal gives its inflow, it is put into the balance of its node on the spot.

use crate::model::Model;
use crate::node_system::{NodeSystem, PatternBuilder, Slot};

pub(crate) struct LinkSlots {
    /// Row of the link: own flow, pressure in, pressure out.
    pub own: [Slot; 3],
    /// Column of the link's flow in the balances of its nodes.
    pub flow: [Slot; 2],
    /// Fuel in the balance of the node where it is drawn: by pressure in, pressure out.
    pub fuel: [Slot; 2],
}

/// Where a terminal writes.
pub(crate) enum TerminalSlots {
    /// It is an unknown.
    Unknown {
        /// Its row and column.
        index: usize,
        /// Its row: own inflow, pressure.
        own: [Slot; 2],
        /// Column of the inflow in the balance of its node.
        flow: Slot,
    },
    /// Its inflow is known from its law.
    Known,
}

/// All slots of a model.
pub(crate) struct Slots {
    /// Per pipe: balances of the two end nodes by the two end pressures.
    pub pipes: Vec<[[Slot; 2]; 2]>,
    /// Diagonals of the node balances.
    pub nodes: Vec<Slot>,
    pub links: Vec<LinkSlots>,
    pub terminals: Vec<TerminalSlots>,
}

impl Slots {
    /// The node system of a model, and where its elements write.
    pub(crate) fn new(model: &Model) -> Result<(NodeSystem, Self), String> {
        let (nodes, links) = (model.nodes.len(), model.links.len());
        let mut pattern = PatternBuilder::default();
        let mut entry = |row, column| pattern.entry(row, column);
        let mut slots = Self {
            pipes: model
                .pipes
                .iter()
                .map(|p| p.nodes.map(|row| p.nodes.map(|column| entry(row, column))))
                .collect(),
            nodes: (0..nodes).map(|i| entry(i, i)).collect(),
            links: (nodes..)
                .zip(&model.links)
                .map(|(me, link)| {
                    let [a, b] = link.nodes;
                    LinkSlots {
                        own: [entry(me, me), entry(me, a), entry(me, b)],
                        flow: [entry(a, me), entry(b, me)],
                        fuel: [
                            entry(link.nodes[link.fuel_end], a),
                            entry(link.nodes[link.fuel_end], b),
                        ],
                    }
                })
                .collect(),
            terminals: Vec::with_capacity(model.terminals.len()),
        };
        let mut size = nodes + links;
        for terminal in &model.terminals {
            let me = size;
            let slot = if terminal.can_hold_pressure() {
                size += 1;
                TerminalSlots::Unknown {
                    index: me,
                    own: [entry(me, me), entry(me, terminal.node)],
                    flow: entry(terminal.node, me),
                }
            } else {
                TerminalSlots::Known
            };
            slots.terminals.push(slot);
        }
        let (system, found) = pattern.finish(size)?;
        slots.resolve(&found);
        Ok((system, slots))
    }

    /// From the order in which entries were noted to places in the matrix.
    fn resolve(&mut self, found: &[Slot]) {
        let pipes = self.pipes.iter_mut().flatten().flatten();
        let links = self
            .links
            .iter_mut()
            .flat_map(|l| l.own.iter_mut().chain(&mut l.flow).chain(&mut l.fuel));
        let terminals = self.terminals.iter_mut().flat_map(|t| match t {
            TerminalSlots::Unknown {
                own: [a, b], flow, ..
            } => vec![a, b, flow],
            TerminalSlots::Known => Vec::new(),
        });
        for slot in pipes.chain(&mut self.nodes).chain(links).chain(terminals) {
            *slot = found[*slot];
        }
    }
}
