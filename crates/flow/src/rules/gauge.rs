//! What rules watch: a number that follows from a state.

use crate::link::LinkLaw;
use crate::model::Model;
use crate::newton::link_point;
use crate::record::end_flows;
use crate::state::{Controls, State, pipe_mass};
use linepack_network::{Condition, Level};

/// A quantity of the network.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Gauge {
    /// Pressure of a node, Pa.
    Pressure(usize),
    /// Flow through a link, kg/s.
    LinkFlow(usize),
    /// Flow into a pipe at its first node, kg/s.
    PipeFlow(usize),
    /// Flow of a terminal in its own direction, kg/s.
    TerminalFlow(usize),
    /// Pressure ratio of a station, -.
    Ratio(usize),
    /// Shaft power of a station, W.
    Power(usize),
    /// Gas in pipes (parts), kg.
    Linepack(Vec<usize>),
}

impl Gauge {
    /// The gauge of a condition; none where what it watches takes no part.
    pub(super) fn new(model: &Model, condition: &Condition) -> Option<Self> {
        let id = condition.element.as_deref();
        match condition.level {
            Level::Pressure(_) | Level::PressureDrop { .. } => {
                pressure_node(model, id?).map(Self::Pressure)
            }
            Level::Flow(_) => flow(model, id?),
            Level::Ratio(_) => station(model, id?).map(Self::Ratio),
            Level::Power(_) => station(model, id?).map(Self::Power),
            Level::Linepack(_) => Some(Self::Linepack(parts(model, id)?)),
            _ => None,
        }
    }

    pub(super) fn read(
        &self,
        model: &Model,
        controls: &Controls,
        state: &State,
        time_s: f64,
    ) -> f64 {
        let point = |i: usize| link_point(model, &controls.links[i], time_s, state, i);
        match self {
            Self::Pressure(node) => state.node_pressure[*node],
            Self::LinkFlow(link) => state.link_flow[*link],
            Self::PipeFlow(part) => end_flows(&model.pipes[*part], state)
                .next()
                .unwrap_or(f64::NAN),
            Self::TerminalFlow(i) => controls.terminals[*i].kind.sign() * state.inflow[*i],
            Self::Ratio(link) => point(*link).pressure_out / point(*link).pressure_in,
            Self::Power(link) => controls.links[*link].fuel(&point(*link)).power_w,
            Self::Linepack(parts) => parts
                .iter()
                .map(|&i| pipe_mass(&model.pipes[i], &state.density[model.pipes[i].faces()]))
                .sum(),
        }
    }
}

fn pressure_node(model: &Model, id: &str) -> Option<usize> {
    let node = model.nodes.iter().position(|n| n.id == id);
    node.or_else(|| Some(model.terminals.iter().find(|t| t.id == id)?.node))
}

fn flow(model: &Model, id: &str) -> Option<Gauge> {
    if let Some(i) = model.links.iter().position(|l| l.id == id) {
        return Some(Gauge::LinkFlow(i));
    }
    if let Some(i) = model.terminals.iter().position(|t| t.id == id) {
        return Some(Gauge::TerminalFlow(i));
    }
    Some(Gauge::PipeFlow(*parts_of_pipe(model, id)?.first()?))
}

fn station(model: &Model, id: &str) -> Option<usize> {
    let is = |l: &crate::link::Link| l.id == id && matches!(l.law, LinkLaw::Station(_));
    model.links.iter().position(is)
}

fn parts_of_pipe<'m>(model: &'m Model, id: &str) -> Option<&'m Vec<usize>> {
    let pipes = &model.case.network.pipes;
    let found = model
        .pipe_parts
        .iter()
        .find(|(i, _)| pipes[**i].header.id == id);
    found.map(|(_, parts)| parts)
}

/// The parts of a pipe or an area, or all of them.
fn parts(model: &Model, id: Option<&str>) -> Option<Vec<usize>> {
    let Some(id) = id else {
        return Some((0..model.pipes.len()).collect());
    };
    if let Some(parts) = parts_of_pipe(model, id) {
        return Some(parts.clone());
    }
    let area = model.case.network.areas.iter().find(|a| a.id == id)?;
    Some(crate::area::parts(model, area))
}
