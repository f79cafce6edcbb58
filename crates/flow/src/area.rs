//! Areas: nodes and pipes that belong together.

use crate::model::Model;
use linepack_network::{Area, Pipe};

/// The parts of the pipes of an area, in order.
pub(crate) fn parts(model: &Model, area: &Area) -> Vec<usize> {
    let has = |node: &String| area.nodes.contains(node);
    let belongs =
        |pipe: &Pipe| area.pipes.contains(&pipe.header.id) || (has(&pipe.from) && has(&pipe.to));
    let pipes = &model.case.network.pipes;
    let mine = model
        .pipe_parts
        .iter()
        .filter(|(i, _)| belongs(&pipes[**i]));
    mine.flat_map(|(_, parts)| parts.iter().copied()).collect()
}
