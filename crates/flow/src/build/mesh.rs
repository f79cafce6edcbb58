//! Pipes into cells, cut where a leak or a break is.

use super::{Builder, circle};
use crate::friction::Friction;
use crate::link::{Curve, Link, LinkLaw, ValveLaw};
use crate::model::{BreakPlace, BuildError, NodeData};
use crate::pipe::PipeMesh;
use crate::signal::Signal;
use crate::terminal::{Terminal, TerminalKind, TerminalLaw};
use linepack_network::{Action, LeakPlace, Pipe};
use std::collections::BTreeMap;

/// A place inside a pipe where a leak or break cuts it.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) distance: f64,
    pub(super) leak: Option<usize>,
}

impl Builder<'_> {
    pub(super) fn collect_cuts(&mut self) -> Result<(), BuildError> {
        let network = &self.case.network;
        for (i, leak) in network.leaks.iter().enumerate() {
            let (LeakPlace::Pipe { id, distance_m }, true) = (&leak.place, leak.header.in_service)
            else {
                continue;
            };
            let pipe = self.pipe_in_service(id, &leak.header.id)?;
            self.cut(
                pipe,
                Cut {
                    distance: *distance_m,
                    leak: Some(i),
                },
                &leak.header.id,
            )?;
        }
        for event in &self.case.scenario.events {
            if let Action::Break { distance_m } = event.action {
                let pipe = self.pipe_in_service(&event.element, &event.element)?;
                self.cut(
                    pipe,
                    Cut {
                        distance: distance_m,
                        leak: None,
                    },
                    &event.element,
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn pipe_in_service(&self, id: &str, asked_by: &str) -> Result<usize, BuildError> {
        let pipes = &self.case.network.pipes;
        pipes
            .iter()
            .position(|p| p.header.id == id && p.header.in_service)
            .ok_or_else(|| BuildError::new(asked_by, format!("no pipe \"{id}\" is in service")))
    }

    pub(super) fn cut(&mut self, pipe: usize, cut: Cut, asked_by: &str) -> Result<(), BuildError> {
        let length = self.case.network.pipes[pipe].length_m;
        if !(cut.distance > 0.0 && cut.distance < length) {
            let message = format!(
                "{:.1} m is not inside the pipe, which is {length:.1} m long",
                cut.distance
            );
            return Err(BuildError::new(asked_by, message));
        }
        let cuts = self.cuts.entry(pipe).or_default();
        cuts.push(cut);
        cuts.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        Ok(())
    }

    pub(crate) fn pipes(&mut self) -> Result<(), BuildError> {
        let mut order: Vec<usize> = (0..self.case.network.pipes.len())
            .filter(|&i| self.case.network.pipes[i].header.in_service)
            .collect();
        order.sort_by_key(|&i| &self.case.network.pipes[i].header.id);
        for i in order {
            self.pipe(i)?;
        }
        Ok(())
    }

    pub(super) fn pipe(&mut self, index: usize) -> Result<(), BuildError> {
        let pipe = &self.case.network.pipes[index];
        let ends = self.ends(&pipe.from, &pipe.to, &pipe.header.id)?;
        let kelvin = pipe
            .ground_temperature_k
            .unwrap_or(self.case.settings.ground_temperature_k);
        let isotherm = self.isotherm(kelvin);
        for end in ends {
            if self.nodes[end].isotherm == 0 {
                self.nodes[end].isotherm = isotherm;
            }
        }
        let cuts = self.cuts.get(&index).cloned().unwrap_or_default();
        let (mut start, mut from) = (0.0, ends[0]);
        for cut in cuts {
            let [before, after] = self.inner_nodes(pipe, &cut, isotherm);
            self.part(index, [from, before], [start, cut.distance], isotherm);
            (start, from) = (cut.distance, after);
        }
        self.part(index, [from, ends[1]], [start, pipe.length_m], isotherm);
        Ok(())
    }

    /// The node (leak) or the two nodes with a valve between (break) at a cut.
    pub(super) fn inner_nodes(&mut self, pipe: &Pipe, cut: &Cut, isotherm: usize) -> [usize; 2] {
        let name = format!("{}@{:.3}km", pipe.header.id, cut.distance / 1e3);
        let elevation = elevation_at(pipe, &self.nodes, &self.node_index, cut.distance);
        let mut add = |id: String| {
            let data = NodeData {
                id: id.clone(),
                elevation,
                pressure_min: None,
                pressure_max: None,
                temperature_min: None,
                temperature_max: None,
                isotherm,
                inner: true,
            };
            self.nodes.push(data);
            self.node_index.insert(id, self.nodes.len() - 1);
            self.nodes.len() - 1
        };
        if let Some(leak) = cut.leak {
            let node = add(format!(
                "{name}#{}",
                self.case.network.leaks[leak].header.id
            ));
            return [node, node];
        }
        let nodes = [add(format!("{name}-")), add(format!("{name}+"))];
        self.break_place(pipe, cut.distance, nodes, isotherm, &name);
        nodes
    }

    pub(super) fn break_place(
        &mut self,
        pipe: &Pipe,
        distance_m: f64,
        nodes: [usize; 2],
        isotherm: usize,
        name: &str,
    ) {
        let valve = ValveLaw {
            travel: Signal::Constant(1.0),
            curve: Curve::Linear,
            area: None,
            drag_factor: 0.0,
            stroke_s: 0.0,
        };
        self.links.push(Link {
            id: name.into(),
            kind: "break",
            nodes,
            isotherm,
            law: LinkLaw::Valve(valve),
            fuel_end: 0,
        });
        let back_pressure = self.case.settings.atmospheric_pressure_pa;
        let ends = [("upstream", nodes[0]), ("downstream", nodes[1])].map(|(side, node)| {
            self.terminals.push(Terminal {
                id: format!("{name} {side}"),
                kind: TerminalKind::Leak,
                node,
                isotherm,
                law: TerminalLaw::Hole {
                    area: Signal::Constant(0.0),
                    discharge_coefficient: 1.0,
                    back_pressure,
                },
                requested: None,
                pressure_min: None,
                temperature: Signal::Constant(self.case.settings.ground_temperature_k),
                gas: crate::terminal::Brought::Gas(0),
                mark: 0,
                batch: None,
            });
            self.terminals.len() - 1
        });
        self.breaks.push(BreakPlace {
            pipe: pipe.header.id.clone(),
            distance_m,
            valve: self.links.len() - 1,
            ends,
            area: circle(pipe.diameter_m),
        });
    }

    pub(super) fn part(
        &mut self,
        index: usize,
        nodes: [usize; 2],
        span: [f64; 2],
        isotherm: usize,
    ) {
        let pipe = &self.case.network.pipes[index];
        let length = span[1] - span[0];
        let wanted = match pipe.cells {
            Some(cells) => cells as f64 * length / pipe.length_m,
            None => length / self.case.settings.cell_length_m,
        };
        let cells = ((wanted - 1e-9).ceil().max(1.0) as usize) << self.options.halvings;
        let dx = length / cells as f64;
        let at = |i: usize| {
            let x = if i == cells {
                span[1]
            } else {
                span[0] + i as f64 * dx
            };
            elevation_at(pipe, &self.nodes, &self.node_index, x)
        };
        let elevation: Vec<f64> = (0..=cells).map(at).collect();
        let (face, segment) = match self.pipes.last() {
            Some(p) => (p.faces().end, p.segments().end),
            None => (0, 0),
        };
        self.pipes.push(PipeMesh {
            case_pipe: index,
            offset_m: span[0],
            nodes,
            dx,
            area: circle(pipe.diameter_m),
            diameter: pipe.diameter_m,
            rise: elevation.windows(2).map(|w| w[1] - w[0]).collect(),
            elevation,
            friction: Friction::new(
                pipe.friction.unwrap_or(self.case.settings.friction),
                pipe.diameter_m,
                pipe.roughness_m,
                pipe.efficiency,
                self.gas.molar_mass_kg_per_mol(),
            )
            .with_local(pipe.drag_factor, pipe.diameter_m, pipe.length_m),
            isotherm,
            first_face: face,
            first_segment: segment,
            pressure_max: pipe.pressure_max_pa,
            wave_speed: 0.0,
        });
    }
}

/// Elevation at a distance along a pipe, m: its profile, or a straight slope between its nodes.
fn elevation_at(
    pipe: &Pipe,
    nodes: &[NodeData],
    index: &BTreeMap<String, usize>,
    distance_m: f64,
) -> f64 {
    let profile = &pipe.elevation_profile;
    if profile.is_empty() {
        let ends =
            [&pipe.from, &pipe.to].map(|id| index.get(id).map_or(0.0, |&i| nodes[i].elevation));
        return ends[0] + (ends[1] - ends[0]) * distance_m / pipe.length_m;
    }
    let next = profile.partition_point(|p| p[0] <= distance_m);
    match (next.checked_sub(1).map(|i| profile[i]), profile.get(next)) {
        (Some(a), Some(b)) => a[1] + (b[1] - a[1]) * (distance_m - a[0]) / (b[0] - a[0]),
        (Some(a), None) => a[1],
        (None, Some(b)) => b[1],
        (None, None) => 0.0,
    }
}
