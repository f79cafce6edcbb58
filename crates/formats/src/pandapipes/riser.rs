//! The weight of the gas in elements without length between junctions of different heights.
//!
//! pandapipes counts it for every branch, at its mean density. Here it is that of two vertical
//! pipes without friction, one on each side, so that the element itself is level.

use super::junction::Junction;
use super::table::Row;
use crate::import::Import;
use linepack_network::{ElementKind, FrictionLaw, Header, Network, Node, Pipe};

/// So wide and so smooth that nothing is lost in them.
const DIAMETER_M: f64 = 1.5;
const DARCY: f64 = 1e-6;

/// The ends between which an element is level.
pub(super) fn level(
    import: &mut Import,
    row: &Row<'_, '_>,
    network: &mut Network,
    header: &Header,
    [from, to]: [&Junction; 2],
) -> [String; 2] {
    let rise = to.height_m - from.height_m;
    if rise == 0.0 {
        return [from.id.clone(), to.id.clone()];
    }
    let id = &header.id;
    import.note(
        "between different heights: with vertical pipes without loss on both sides",
        Some(id),
    );
    let height_m = from.height_m + 0.5 * rise;
    let ends = [("in", &from.id, false), ("out", &to.id, true)];
    ends.map(|(side, junction, reversed)| {
        let mut node = Node::new(format!("{id}_{side}"));
        node.elevation_m = height_m;
        let node_id = node.header.id.clone();
        let (a, b) = if reversed {
            (&node_id, junction)
        } else {
            (junction, &node_id)
        };
        let mut pipe = Pipe::new(format!("{id}_riser_{side}"), a, b);
        pipe.length_m = 0.5 * rise.abs();
        pipe.diameter_m = DIAMETER_M;
        pipe.roughness_m = 1e-6;
        pipe.friction = Some(FrictionLaw::Constant { darcy: DARCY });
        pipe.cells = Some(1);
        for own in [&mut node.header, &mut pipe.header] {
            own.in_service = header.in_service;
            own.status = header.status;
        }
        import.place(
            super::place(ElementKind::Node, network.nodes.len()),
            row.span(),
        );
        import.place(
            super::place(ElementKind::Pipe, network.pipes.len()),
            row.span(),
        );
        network.nodes.push(node);
        network.pipes.push(pipe);
        node_id
    })
}
