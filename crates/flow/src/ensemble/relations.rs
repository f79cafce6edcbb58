//! Which terminals and links of a model belong to elements of its case.

use crate::model::Model;
use linepack_network::{ElementKind, Target};
use std::collections::HashMap;

/// Places in the model, by kind and index in the case.
pub(super) struct Relations {
    terminals: HashMap<(ElementKind, usize), usize>,
    links: HashMap<(ElementKind, usize), usize>,
}

impl Relations {
    pub(super) fn new(model: &Model) -> Self {
        let terminals = model.terminals.iter().zip(0..);
        let terminals: HashMap<&str, usize> = terminals.map(|(t, i)| (t.id.as_str(), i)).collect();
        let links = model.links.iter().zip(0..);
        let links: HashMap<&str, usize> = links.map(|(l, i)| (l.id.as_str(), i)).collect();
        let mut found = Self {
            terminals: HashMap::new(),
            links: HashMap::new(),
        };
        model.case.network.for_each_header(|kind, index, header| {
            let id = header.id.as_str();
            let (list, known) = match kind {
                ElementKind::Supply | ElementKind::OffTake | ElementKind::Leak => {
                    (&mut found.terminals, &terminals)
                }
                ElementKind::Valve | ElementKind::ControlValve | ElementKind::CompressorStation => {
                    (&mut found.links, &links)
                }
                _ => return,
            };
            if let Some(&place) = known.get(id) {
                list.insert((kind, index), place);
            }
        });
        found
    }

    /// The terminal that an element is.
    pub(super) fn terminal(&self, target: Target) -> Option<usize> {
        self.terminals.get(&(target.kind, target.index)).copied()
    }

    /// The link that an element is.
    pub(super) fn link(&self, target: Target) -> Option<usize> {
        self.links.get(&(target.kind, target.index)).copied()
    }
}
