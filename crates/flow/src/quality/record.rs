//! What passes nodes, and when something new arrives there.

use super::{Parcel, mixed};
use crate::contents::{Gases, Shared};
use crate::model::{Inside, Model};
use linepack_results::Arrival;
use std::sync::Arc;

/// Share from which on something has arrived, -.
const ARRIVED: f64 = 0.01;

/// Mixtures that leave nodes in the parts of a step, and arrivals.
pub(crate) struct Tracker {
    gases: Arc<Gases>,
    /// Names of shares; empty for those without.
    names: Vec<String>,
    /// Nodes of the case.
    nodes: Vec<Option<String>>,
    pub(super) begun: bool,
    /// End of each part of the step at hand, s, and what left each node in it.
    parts: Vec<(f64, Vec<Option<Shared>>)>,
    /// What left each node last: before the step, and in it.
    last: Vec<Option<Shared>>,
    found: Vec<Arrival>,
    pub arrivals: Vec<Arrival>,
}

impl Tracker {
    pub(super) fn new(model: &Model, inside: &Inside) -> Self {
        let nodes = model.nodes.iter();
        Self {
            gases: Arc::clone(&inside.gases),
            names: inside.names.clone(),
            nodes: nodes.map(|n| (!n.inner).then(|| n.id.clone())).collect(),
            begun: false,
            parts: Vec::new(),
            last: vec![None; model.nodes.len()],
            found: Vec::new(),
            arrivals: Vec::new(),
        }
    }

    /// A run begins with these mixtures at nodes.
    pub(crate) fn begin_run(&mut self, nodes: &[Shared]) {
        self.arrivals.clear();
        self.parts.clear();
        self.last = nodes.iter().map(|n| Some(Arc::clone(n))).collect();
    }

    pub(super) fn begin_step(&mut self) {
        self.parts.clear();
        self.found.clear();
    }

    /// A part of the step ended at a time with this gas leaving nodes.
    pub(super) fn look(&mut self, outbox: &[Vec<Parcel>], [begin_s, time_s]: [f64; 2]) {
        let mut now = Vec::with_capacity(outbox.len());
        for (node, parcels) in outbox.iter().enumerate() {
            let gas = mixed(&self.gases, parcels.iter().map(|p| (p.mass, &p.gas)));
            let before = match self.parts.last() {
                Some((_, last)) => last[node].clone(),
                None => self.last[node].clone(),
            };
            if let (Some(gas), Some(before)) = (&gas, &before)
                && !Arc::ptr_eq(gas, before)
            {
                self.compare(node, [before, gas], parcels, [begin_s, time_s]);
            }
            now.push(gas.or(before));
        }
        self.parts.push((time_s, now));
    }

    fn compare(
        &mut self,
        node: usize,
        [before, now]: [&Shared; 2],
        parcels: &[Parcel],
        [begin_s, end_s]: [f64; 2],
    ) {
        let Some(id) = &self.nodes[node] else {
            return;
        };
        for (k, name) in self.names.iter().enumerate().filter(|(_, n)| !n.is_empty()) {
            // What passes last in this part.
            let is = parcels.last().map_or(now.shares[k], |p| p.gas.shares[k]);
            let was = before.shares[k];
            if was < ARRIVED && is >= ARRIVED {
                let waits = share_before(parcels, |gas| gas.shares[k] >= ARRIVED);
                self.found.push(Arrival {
                    node: id.clone(),
                    gas: name.clone(),
                    time_s: begin_s + waits * (end_s - begin_s),
                    share: is,
                });
            } else if is > was {
                // A front that is mixed at its node has its full share in the next part.
                let lists = self.found.iter_mut().chain(&mut self.arrivals);
                let mut same = lists.filter(|a| &a.node == id && &a.gas == name);
                if let Some(arrival) = same.next_back() {
                    arrival.share = arrival.share.max(is);
                }
            }
        }
    }

    pub(super) fn accept(&mut self) {
        self.arrivals.append(&mut self.found);
        if let Some((_, last)) = self.parts.last() {
            self.last.clone_from(last);
        }
    }

    /// What passes nodes at a time within the step at hand.
    pub(crate) fn at(&self, time_s: f64) -> Option<&[Option<Shared>]> {
        let part = self.parts.iter().find(|(end, _)| *end >= time_s);
        part.or(self.parts.last())
            .map(|(_, gases)| gases.as_slice())
    }
}

/// The share of the mass of parcels that passes before the first one of a kind.
fn share_before(parcels: &[Parcel], kind: impl Fn(&Shared) -> bool) -> f64 {
    let all: f64 = parcels.iter().map(|p| p.mass).sum();
    let before = parcels.iter().take_while(|p| !kind(&p.gas));
    before.map(|p| p.mass).sum::<f64>() / all
}
