//! An operating point as changes to a case.

use crate::control::{self, Controls, Holds};
use crate::problem::{Arc, ArcKind, ArcState, Problem};
use linepack_network::{Case, ControlState, StationState};
use linepack_units::FlowRate;
use serde::Serialize;

/// What an active element is told to do, and what it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Setting {
    /// The element.
    pub element: String,
    /// `valve`, `check_valve`, `control_valve`, `compressor_station`, `supply` or `off_take`.
    pub kind: &'static str,
    /// Open, active or closed.
    pub state: ArcState,
    /// What it holds: `discharge`, `suction`, `pressure` or `flow`; none where it stands open or closed.
    pub holds: Option<&'static str>,
    /// Configuration of its machines.
    pub configuration: Option<String>,
    /// Flow, kg/s.
    pub flow_kg_per_s: f64,
    /// Pressures at its ends, Pa; that of its node twice for a supply.
    pub ends_pa: [f64; 2],
}

/// The case with its elements set to an operating point, and the settings.
pub(crate) fn apply(problem: &Problem, states: &[ArcState], x: &[f64]) -> (Case, Vec<Setting>) {
    let mut case = problem.case.clone();
    let controls = control::assign(problem, states);
    let mut settings = Vec::new();
    for (a, arc) in problem.arcs.iter().enumerate() {
        let point = Point {
            state: states[a],
            holds: controls.arcs[a],
            flow: problem.layout.kg_per_s(x, a),
            ends: arc.ends.map(|n| problem.layout.pascal(x, n)),
        };
        settings.extend(set(&mut case, arc, &point));
    }
    terminals(problem, x, &controls, &mut case, &mut settings);
    (case, settings)
}

/// What an arc is to do.
struct Point {
    state: ArcState,
    holds: Holds,
    flow: f64,
    ends: [f64; 2],
}

fn set(case: &mut Case, arc: &Arc, point: &Point) -> Option<Setting> {
    let kind = match arc.kind {
        ArcKind::Pipe | ArcKind::Passage => return None,
        ArcKind::CheckValve => "check_valve",
        ArcKind::Valve => {
            let valve = &mut case.network.valves[arc.place];
            let open = point.state != ArcState::Closed;
            if open != (valve.opening > 0.0) {
                valve.opening = if open { 1.0 } else { 0.0 };
            }
            "valve"
        }
        ArcKind::ControlValve => {
            control_valve(case, arc.place, point);
            "control_valve"
        }
        ArcKind::Station => {
            station(case, arc.place, point);
            "compressor_station"
        }
    };
    let active = point.state == ArcState::Active;
    let stations = &case.network.compressor_stations;
    let runs = (active && arc.kind == ArcKind::Station).then(|| &stations[arc.place]);
    Some(Setting {
        element: arc.id.clone(),
        kind,
        state: point.state,
        holds: active.then_some(match point.holds {
            Holds::Discharge => "discharge",
            Holds::Suction => "suction",
            Holds::Flow => "flow",
        }),
        configuration: runs.and_then(|s| s.configuration.clone()),
        flow_kg_per_s: point.flow,
        ends_pa: point.ends,
    })
}

fn control_valve(case: &mut Case, at: usize, point: &Point) {
    let valve = &mut case.network.control_valves[at];
    valve.state = match point.state {
        ArcState::Active => ControlState::Active,
        ArcState::Open => ControlState::Bypass,
        ArcState::Closed => ControlState::Closed,
    };
    if point.state != ArcState::Active {
        return;
    }
    valve.outlet_pressure_profile = None;
    match point.holds {
        Holds::Discharge => valve.outlet_pressure_pa = Some(point.ends[1]),
        Holds::Suction => valve.inlet_pressure_pa = Some(point.ends[0]),
        Holds::Flow => valve.flow = Some(FlowRate::mass(point.flow)),
    }
}

fn station(case: &mut Case, at: usize, point: &Point) {
    let station = &mut case.network.compressor_stations[at];
    station.state = match point.state {
        ArcState::Active => StationState::Running,
        ArcState::Open => StationState::Bypass,
        ArcState::Closed => StationState::Closed,
    };
    if point.state != ArcState::Active {
        return;
    }
    station.discharge_pressure_profile = None;
    station.ratio_profile = None;
    station.ratio = None;
    match point.holds {
        Holds::Discharge => station.discharge_pressure_pa = Some(point.ends[1]),
        Holds::Suction => station.suction_pressure_pa = Some(point.ends[0]),
        Holds::Flow => station.flow = Some(FlowRate::mass(point.flow)),
    }
}

/// Supplies that hold a pressure hold that of the operating point, or bring its flow where the pressure is
/// held by another; flows that may be chosen are set.
fn terminals(
    problem: &Problem,
    x: &[f64],
    controls: &Controls,
    case: &mut Case,
    settings: &mut Vec<Setting>,
) {
    let at = &problem.layout;
    for (t, terminal) in problem.terminals.iter().enumerate() {
        let pressure = at.pascal(x, terminal.node);
        let flow = x[at.inflow(t)] * at.flow_scale;
        let free = terminal.inflow[0] != terminal.inflow[1];
        let n = &mut case.network;
        let supply = n.supplies.iter_mut().find(|s| s.header.id == terminal.id);
        let off_take = n.off_takes.iter_mut().find(|o| o.header.id == terminal.id);
        let holds = match (supply, off_take) {
            (Some(supply), _) if supply.pressure_pa.is_some() => {
                supply.pressure_profile = None;
                match controls.terminals[t] {
                    Holds::Flow => {
                        supply.pressure_pa = None;
                        supply.flow_profile = None;
                        supply.flow = Some(FlowRate::mass(flow));
                        "flow"
                    }
                    _ => {
                        supply.pressure_pa = Some(pressure);
                        "pressure"
                    }
                }
            }
            (Some(supply), _) if free => {
                supply.flow_profile = None;
                supply.flow = Some(FlowRate::mass(flow));
                "flow"
            }
            (_, Some(off_take)) if free => {
                off_take.flow_profile = None;
                off_take.pressure_profile = None;
                off_take.pressure_pa = None;
                off_take.flow = Some(FlowRate::mass(-flow));
                "flow"
            }
            _ => continue,
        };
        settings.push(Setting {
            element: terminal.id.clone(),
            kind: if terminal.supply {
                "supply"
            } else {
                "off_take"
            },
            state: ArcState::Active,
            holds: Some(holds),
            configuration: None,
            flow_kg_per_s: flow,
            ends_pa: [pressure; 2],
        });
    }
}
