//! Limits, watched at the end of every step.

use crate::link::LinkLaw;
use crate::model::Model;
use crate::state::{Controls, State};
use crate::terminal::TerminalKind;
use linepack_results::Violation;
use std::collections::BTreeMap;

/// Share by which a limit may be passed before it counts: set-points rest on limits.
const SLACK: f64 = 1e-6;
/// A flow that is none, kg/s: what a solve leaves where none is asked for.
const LEAST_FLOW: f64 = 1e-9;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    PressureLow,
    PressureHigh,
    TemperatureLow,
    TemperatureHigh,
    FlowShort,
    FlowLow,
}

/// Which limits have been passed, how far and how long.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    found: BTreeMap<(String, Kind), Violation>,
}

impl Watch {
    /// Looks at a state that held for a time.
    pub(crate) fn look(&mut self, model: &Model, controls: &Controls, state: &State, held_s: f64) {
        for (i, node) in model.nodes.iter().enumerate() {
            let p = state.node_pressure[i];
            if let Some(limit) = node.pressure_min {
                self.note(&node.id, Kind::PressureLow, p, limit, state.time_s, held_s);
            }
            if let Some(limit) = node.pressure_max {
                self.note(&node.id, Kind::PressureHigh, p, limit, state.time_s, held_s);
            }
            let Some(gas) = state.node_gas.get(i) else {
                continue;
            };
            for (kind, limit) in [
                (Kind::TemperatureLow, node.temperature_min),
                (Kind::TemperatureHigh, node.temperature_max),
            ] {
                if let Some(limit) = limit {
                    let t = gas.temperature_k;
                    self.note(&node.id, kind, t, limit, state.time_s, held_s);
                }
            }
        }
        for pipe in &model.pipes {
            let Some(limit) = pipe.pressure_max else {
                continue;
            };
            let highest = state.pressure[pipe.faces()]
                .iter()
                .fold(0.0_f64, |a, &b| a.max(b));
            let id = &model.case.network.pipes[pipe.case_pipe].header.id;
            self.note(id, Kind::PressureHigh, highest, limit, state.time_s, held_s);
        }
        for (i, terminal) in controls.terminals.iter().enumerate() {
            if let Some(limit) = terminal.pressure_min {
                let p = state.node_pressure[terminal.node];
                self.note(
                    &terminal.id,
                    Kind::PressureLow,
                    p,
                    limit,
                    state.time_s,
                    held_s,
                );
            }
            if let (TerminalKind::OffTake, Some(asked)) =
                (terminal.kind, terminal.asked(state.time_s, &model.profiles))
            {
                let got = -state.inflow[i];
                self.note(
                    &terminal.id,
                    Kind::FlowShort,
                    got,
                    asked,
                    state.time_s,
                    held_s,
                );
            }
        }
        for (i, link) in controls.links.iter().enumerate() {
            let LinkLaw::Station(station) = &link.law else {
                continue;
            };
            let running = station.state == linepack_network::StationState::Running
                && state.node_pressure[link.nodes[1]]
                    > state.node_pressure[link.nodes[0]] * (1.0 + 1e-6);
            if let (Some(least), true) = (station.flow_min, running) {
                let q = state.link_flow[i];
                self.note(&link.id, Kind::FlowLow, q, least, state.time_s, held_s);
            }
        }
    }

    fn note(&mut self, id: &str, kind: Kind, value: f64, limit: f64, time_s: f64, held_s: f64) {
        let low = !matches!(kind, Kind::PressureHigh | Kind::TemperatureHigh);
        let beyond = if low {
            let round_off = if matches!(kind, Kind::PressureLow | Kind::TemperatureLow) {
                0.0
            } else {
                LEAST_FLOW
            };
            value < limit * (1.0 - SLACK) - round_off
        } else {
            value > limit * (1.0 + SLACK)
        };
        if !beyond {
            return;
        }
        let entry = self
            .found
            .entry((id.to_owned(), kind))
            .or_insert_with(|| Violation {
                element: id.to_owned(),
                quantity: match kind {
                    Kind::PressureLow | Kind::PressureHigh => "pressure_pa",
                    Kind::TemperatureLow | Kind::TemperatureHigh => "temperature_k",
                    Kind::FlowShort | Kind::FlowLow => "mass_flow_kg_per_s",
                }
                .to_owned(),
                value,
                limit,
                first_s: time_s,
                duration_s: 0.0,
            });
        entry.duration_s += held_s;
        let worse = if low {
            value - limit < entry.value - entry.limit
        } else {
            value - limit > entry.value - entry.limit
        };
        if worse {
            (entry.value, entry.limit) = (value, limit);
        }
    }

    pub(crate) fn violations(self) -> Vec<Violation> {
        self.found.into_values().collect()
    }
}
