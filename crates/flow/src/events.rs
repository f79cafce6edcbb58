//! What events do to the controls.

use crate::build::{batch_index, gas_index};
use crate::link::LinkLaw;
use crate::model::Model;
use crate::signal::Signal;
use crate::state::Controls;
use crate::terminal::{Brought, Terminal, TerminalKind, TerminalLaw};
use linepack_network::{Action, ControlState, Event, SetPoint, StationState};

/// Lets an event take place; returns what happened in words, or what is wrong with it.
pub(crate) fn apply(model: &Model, controls: &mut Controls, event: &Event) -> String {
    let name = &event.element;
    if let Action::Break { distance_m } = event.action {
        return break_pipe(model, controls, event, distance_m);
    }
    if let Some(i) = controls.links.iter().position(|l| &l.id == name) {
        return on_link(model, controls, i, event);
    }
    if let Some(i) = controls.terminals.iter().position(|t| &t.id == name) {
        return on_terminal(model, controls, i, event);
    }
    format!("{name}: nothing happened, the element is not in service")
}

fn break_pipe(model: &Model, controls: &mut Controls, event: &Event, distance_m: f64) -> String {
    let place = model
        .breaks
        .iter()
        .find(|b| b.pipe == event.element && b.distance_m == distance_m);
    let Some(place) = place else {
        return format!("{}: no such place to break", event.element);
    };
    if let LinkLaw::Valve(valve) = &mut controls.links[place.valve].law {
        valve.travel = Signal::Constant(0.0);
    }
    for end in place.ends {
        if let TerminalLaw::Hole { area, .. } = &mut controls.terminals[end].law {
            *area = Signal::Constant(place.area);
        }
    }
    format!("{} breaks at km {:.1}", event.element, distance_m / 1e3)
}

fn on_link(model: &Model, controls: &mut Controls, index: usize, event: &Event) -> String {
    let name = &event.element;
    let link = &mut controls.links[index];
    match (&mut link.law, &event.action) {
        (LinkLaw::Valve(valve), Action::Open | Action::Close | Action::Set { .. }) => {
            let (to, ramp) = match event.action {
                Action::Open => (1.0, valve.stroke_s),
                Action::Set {
                    set_point: SetPoint::Opening(to),
                    ramp_s,
                } => (to, ramp_s),
                _ => (0.0, valve.stroke_s),
            };
            let travel = valve.curve.travel(to);
            valve.travel = valve
                .travel
                .moved(event.at_s, travel, ramp, &model.profiles);
            format!("{name} moves to {:.0} % open", to * 100.0)
        }
        (LinkLaw::Regulator(r), Action::Open) => switch(&mut r.state, ControlState::Bypass, name),
        (LinkLaw::Regulator(r), Action::Close) => switch(&mut r.state, ControlState::Closed, name),
        (LinkLaw::Regulator(r), Action::Start) => switch(&mut r.state, ControlState::Active, name),
        (LinkLaw::Station(s), Action::Trip | Action::Open) => {
            s.state = StationState::Bypass;
            format!("{name} trips")
        }
        (LinkLaw::Station(s), Action::Close) => {
            s.state = StationState::Closed;
            format!("{name} is closed")
        }
        (LinkLaw::Station(s), Action::Start) => {
            s.state = StationState::Running;
            format!("{name} starts")
        }
        (_, Action::Set { set_point, ramp_s }) => {
            let gas_flow = |q| model.gas.mass_flow_kg_per_s(q).unwrap_or(f64::NAN);
            let Some((signal, to)) = link_signal(&mut link.law, *set_point, gas_flow) else {
                return format!("{name}: no such set-point");
            };
            let from = signal.take().unwrap_or(Signal::Constant(to));
            *signal = Some(from.moved(event.at_s, to, *ramp_s, &model.profiles));
            format!("{name}: set-point moves")
        }
        _ => format!("{name}: the action does not fit the element"),
    }
}

fn switch(state: &mut ControlState, to: ControlState, name: &str) -> String {
    *state = to;
    let word = match to {
        ControlState::Active => "controls",
        ControlState::Bypass => "opens",
        ControlState::Closed => "closes",
    };
    format!("{name} {word}")
}

/// The signal that a set-point names, and its new value in SI.
fn link_signal(
    law: &mut LinkLaw,
    set_point: SetPoint,
    mass_flow: impl Fn(linepack_units::FlowRate) -> f64,
) -> Option<(&mut Option<Signal>, f64)> {
    Some(match (law, set_point) {
        (LinkLaw::Regulator(r), SetPoint::Pressure(p)) => (&mut r.outlet_pressure, p),
        (LinkLaw::Regulator(r), SetPoint::SuctionPressure(p)) => (&mut r.inlet_pressure, p),
        (LinkLaw::Regulator(r), SetPoint::Flow(q)) => (&mut r.flow, mass_flow(q)),
        (LinkLaw::Station(s), SetPoint::Pressure(p)) => (&mut s.discharge_pressure, p),
        (LinkLaw::Station(s), SetPoint::SuctionPressure(p)) => (&mut s.suction_pressure, p),
        (LinkLaw::Station(s), SetPoint::Flow(q)) => (&mut s.flow, mass_flow(q)),
        (LinkLaw::Station(s), SetPoint::Ratio(r)) => (&mut s.ratio, r),
        (LinkLaw::Station(s), SetPoint::Power(p)) => (&mut s.power_max, p),
        (LinkLaw::Station(s), SetPoint::Temperature(t)) => (&mut s.cooled_to, t),
        _ => return None,
    })
}

fn on_terminal(model: &Model, controls: &mut Controls, index: usize, event: &Event) -> String {
    let name = &event.element;
    let terminal = &mut controls.terminals[index];
    match (&mut terminal.law, &event.action) {
        (TerminalLaw::Hole { area, .. }, Action::Open) => {
            let hole = model
                .case
                .network
                .leaks
                .iter()
                .find(|l| &l.header.id == name);
            let diameter = hole.map_or(0.0, |l| l.diameter_m);
            *area = Signal::Constant(std::f64::consts::FRAC_PI_4 * diameter * diameter);
            format!("{name} opens")
        }
        (TerminalLaw::Hole { area, .. }, Action::Close) => {
            *area = Signal::Constant(0.0);
            format!("{name} closes")
        }
        (TerminalLaw::Bounds { shut, .. }, Action::Shut | Action::Close) => {
            *shut = true;
            format!("{name} is shut")
        }
        (TerminalLaw::Bounds { shut, .. }, Action::Start | Action::Open) => {
            *shut = false;
            format!("{name} returns")
        }
        (TerminalLaw::Bounds { .. }, Action::Set { set_point, ramp_s }) => {
            move_terminal(model, terminal, event.at_s, *set_point, *ramp_s)
        }
        (_, Action::Gas { name: gas }) => match gas_index(&model.case, gas, name) {
            Ok(index) => {
                terminal.gas = Brought::Gas(index);
                format!("{name} brings gas {gas}")
            }
            Err(e) => e.to_string(),
        },
        (_, Action::Batch { name: batch }) => {
            terminal.batch = batch_index(&model.case, batch);
            format!("{name} begins batch {batch}")
        }
        _ => format!("{name}: the action does not fit the element"),
    }
}

fn move_terminal(
    model: &Model,
    terminal: &mut Terminal,
    now_s: f64,
    set_point: SetPoint,
    ramp_s: f64,
) -> String {
    let name = &terminal.id;
    let moved = |s: &Signal, to: f64| s.moved(now_s, to, ramp_s, &model.profiles);
    if let SetPoint::Temperature(to) = set_point {
        terminal.temperature = moved(&terminal.temperature, to);
        return format!("{name}: temperature moves to {:.1} degC", to - 273.15);
    }
    let TerminalLaw::Bounds {
        low,
        high,
        pressure,
        ..
    } = &mut terminal.law
    else {
        return format!("{name}: no such set-point");
    };
    match (set_point, pressure) {
        (SetPoint::Pressure(to), Some(p)) => {
            *p = moved(p, to);
            format!("{name}: pressure set-point moves to {:.1} bara", to / 1e5)
        }
        (SetPoint::Flow(to), pressure) => {
            let q = model.gas.mass_flow_kg_per_s(to).unwrap_or(f64::NAN);
            let (bound, other, to) = match terminal.kind {
                TerminalKind::OffTake => (low, high, -q),
                _ => (high, low, q),
            };
            *bound = moved(bound, to);
            if pressure.is_none() {
                other.clone_from(bound);
            }
            terminal.requested = terminal.requested.as_ref().map(|s| moved(s, q));
            format!("{name}: flow moves to {q:.1} kg/s")
        }
        _ => format!("{name}: no such set-point"),
    }
}
