//! When something happens: times at which a step must end.

use crate::link::LinkLaw;
use crate::model::Model;
use crate::signal::{Signal, knots};
use crate::terminal::TerminalLaw;
use linepack_network::{Action, Event};
use std::collections::{BTreeSet, VecDeque};

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

impl Stop {
    /// A stop at which set-points or laws jump.
    pub(crate) fn jump(time_s: f64) -> Self {
        Self {
            time_s,
            change: Change::Jump,
            events: Vec::new(),
        }
    }

    /// A stop at which a pressure bends.
    pub(crate) fn bend(time_s: f64) -> Self {
        Self {
            change: Change::Bend,
            ..Self::jump(time_s)
        }
    }
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

/// Puts a stop among those to come.
pub(crate) fn insert(stops: &mut VecDeque<Stop>, stop: Stop) {
    let at = stops.partition_point(|s| s.time_s < stop.time_s);
    stops.insert(at, stop);
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

/// How long what an event begins takes.
pub(crate) fn lasts(model: &Model, event: &Event) -> Option<f64> {
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
