//! When something happens: times at which a step must end, and what events do to the controls.

use crate::link::LinkLaw;
use crate::model::Model;
use crate::signal::{Signal, knots};
use crate::state::Controls;
use crate::terminal::{TerminalKind, TerminalLaw};
use linepack_network::{Action, ControlState, Event, SetPoint, StationState};
use std::collections::BTreeSet;

/// What happens to the set-points at a stop, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// Nothing.
    Smooth,
    /// A flow bends: a shorter step will do.
    Knot,
    /// A pressure bends: rates must be found anew.
    Bend,
    /// Set-points or laws jump: start anew with a short step.
    Jump,
}

/// A time at which a step ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stop {
    pub time_s: f64,
    pub change: Change,
    /// Events of the scenario that take place.
    pub events: Vec<usize>,
}

/// All stops from `start` to `end`, both included.
pub(crate) fn stops(model: &Model, start_s: f64, end_s: f64) -> Vec<Stop> {
    let mut list = vec![Stop {
        time_s: end_s,
        change: Change::Smooth,
        events: Vec::new(),
    }];
    let mut add = |time_s: f64, change: Change, event: Option<usize>| {
        if time_s < start_s || time_s > end_s {
            return;
        }
        list.push(Stop {
            time_s,
            change,
            events: event.into_iter().collect(),
        });
    };
    let pressures = pressure_profiles(model);
    for (i, profile) in model.profiles.iter().enumerate() {
        for (time, jump) in knots(profile, end_s) {
            let change = match (jump, pressures.contains(&i)) {
                (true, _) => Change::Jump,
                (false, true) => Change::Bend,
                (false, false) => Change::Knot,
            };
            add(time, change, None);
        }
    }
    for (i, event) in model.case.scenario.events.iter().enumerate() {
        add(event.at_s, Change::Jump, Some(i));
        if let Some(over) = lasts(model, event) {
            add(event.at_s + over, Change::Bend, None);
        }
    }
    let every = model.settings.checkpoint_s;
    if every > 0.0 && every.is_finite() {
        let mut n = (start_s / every).floor() + 1.0;
        while n * every < end_s {
            add(n * every, Change::Smooth, None);
            n += 1.0;
        }
    }
    merge(list)
}

fn merge(mut list: Vec<Stop>) -> Vec<Stop> {
    list.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    let mut merged: Vec<Stop> = Vec::with_capacity(list.len());
    for stop in list {
        match merged.last_mut() {
            Some(last) if stop.time_s - last.time_s < 1e-6 => {
                last.change = last.change.max(stop.change);
                last.events.extend(stop.events);
                last.events.sort_unstable();
            }
            _ => merged.push(stop),
        }
    }
    merged
}

/// Profiles that act on pressures or ratios: where they bend, rates jump.
fn pressure_profiles(model: &Model) -> BTreeSet<usize> {
    let links = model.links.iter().flat_map(|l| l.signals());
    let terminals = model.terminals.iter().filter_map(|t| match &t.law {
        TerminalLaw::Bounds { pressure, .. } => pressure.as_ref(),
        TerminalLaw::Hole { .. } => None,
    });
    links
        .chain(terminals)
        .filter_map(|s| {
            if let Signal::Profile { index, .. } = s {
                Some(*index)
            } else {
                None
            }
        })
        .collect()
}

fn lasts(model: &Model, event: &Event) -> Option<f64> {
    match event.action {
        Action::Set { ramp_s, .. } if ramp_s > 0.0 => Some(ramp_s),
        Action::Open | Action::Close => model
            .links
            .iter()
            .find(|l| l.id == event.element)
            .and_then(|l| match &l.law {
                LinkLaw::Valve(v) if v.stroke_s > 0.0 => Some(v.stroke_s),
                _ => None,
            }),
        _ => None,
    }
}

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
        valve.opening = Signal::Constant(0.0);
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
            valve.opening = valve.opening.moved(event.at_s, to, ramp, &model.profiles);
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
        _ => return None,
    })
}

fn on_terminal(model: &Model, controls: &mut Controls, index: usize, event: &Event) -> String {
    let name = &event.element;
    let terminal = &mut controls.terminals[index];
    let hole = model
        .case
        .network
        .leaks
        .iter()
        .find(|l| &l.header.id == name);
    match (&mut terminal.law, &event.action) {
        (TerminalLaw::Hole { area, .. }, Action::Open | Action::Close) => {
            let d = if event.action == Action::Open {
                hole.map_or(0.0, |l| l.diameter_m)
            } else {
                0.0
            };
            *area = Signal::Constant(std::f64::consts::FRAC_PI_4 * d * d);
            format!("{name} {}", if d > 0.0 { "opens" } else { "closes" })
        }
        (TerminalLaw::Bounds { shut, .. }, Action::Shut | Action::Close) => {
            *shut = true;
            format!("{name} is shut")
        }
        (TerminalLaw::Bounds { shut, .. }, Action::Start | Action::Open) => {
            *shut = false;
            format!("{name} returns")
        }
        (
            TerminalLaw::Bounds {
                pressure: Some(p), ..
            },
            Action::Set {
                set_point: SetPoint::Pressure(to),
                ramp_s,
            },
        ) => {
            *p = p.moved(event.at_s, *to, *ramp_s, &model.profiles);
            format!("{name}: pressure set-point moves to {:.1} bara", to / 1e5)
        }
        (
            TerminalLaw::Bounds {
                low,
                high,
                pressure,
                ..
            },
            Action::Set {
                set_point: SetPoint::Flow(to),
                ramp_s,
            },
        ) => {
            let q = model.gas.mass_flow_kg_per_s(*to).unwrap_or(f64::NAN);
            let moved = |s: &Signal, to: f64| s.moved(event.at_s, to, *ramp_s, &model.profiles);
            if terminal.kind == TerminalKind::OffTake {
                let next = moved(low, -q);
                if pressure.is_none() {
                    *high = next.clone();
                }
                *low = next;
            } else {
                let next = moved(high, q);
                if pressure.is_none() {
                    *low = next.clone();
                }
                *high = next;
            }
            terminal.requested = terminal.requested.as_ref().map(|s| moved(s, q));
            format!("{name}: flow moves to {q:.1} kg/s")
        }
        _ => format!("{name}: the action does not fit the element"),
    }
}
