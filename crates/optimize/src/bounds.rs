//! Bounds of the unknowns: what must hold, and limits that may be passed at a price while there is no
//! way to keep them all.

use crate::layout::{LEAST_SQUARE, squared};
use crate::problem::{ArcKind, ArcState, Problem};
use std::collections::BTreeSet;

/// A limit by its element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Limit {
    /// Pressure of a node, lowest (false) or highest (true).
    Pressure(usize, bool),
    /// Flow of an arc, least or most.
    Flow(usize, bool),
    /// Inflow of a terminal, least or most.
    Inflow(usize, bool),
    /// Suction (false) or discharge limit of an active arc.
    Set(usize, bool),
    /// A row of the active arc that is not negative: what a station reaches, what a valve throttles.
    Reach(usize),
}

/// One side of a bound.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub variable: usize,
    /// The unknown is not above (true) or not below this value.
    pub upper: bool,
    pub value: f64,
    /// The limit that it states; none: it always holds.
    pub limit: Option<Limit>,
}

/// Which limits hold, which may be passed, and which are left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Regime {
    /// Limits that are not there.
    pub dropped: BTreeSet<Limit>,
    /// Flows at terminals may not be passed.
    pub flows_hold: bool,
    /// Pressures may not be passed.
    pub pressures_hold: bool,
}

/// All bounds with the arcs in given states.
pub(crate) fn bounds(problem: &Problem, states: &[ArcState], regime: &Regime) -> Vec<Bound> {
    let at = &problem.layout;
    let mut found = Vec::new();
    let mut side = |variable: usize, upper: bool, value: f64, limit: Option<Limit>| {
        let dropped = limit.as_ref().is_some_and(|l| regime.dropped.contains(l));
        if value.is_finite() && !dropped {
            let holds = limit.as_ref().is_some_and(|l| held(regime, l));
            found.push(Bound {
                variable,
                upper,
                value,
                limit: limit.filter(|_| !holds),
            });
        }
    };
    for (n, place) in problem.places.iter().enumerate() {
        let [low, high] = place.pressure;
        side(at.pressure(n), false, LEAST_SQUARE, None);
        if low > 0.0 {
            side(
                at.pressure(n),
                false,
                squared(low),
                Some(Limit::Pressure(n, false)),
            );
        }
        side(
            at.pressure(n),
            true,
            squared(high),
            Some(Limit::Pressure(n, true)),
        );
    }
    for (a, arc) in problem.arcs.iter().enumerate() {
        let closed = states[a] == ArcState::Closed;
        let active = states[a] == ArcState::Active;
        let one_way = arc.kind == ArcKind::CheckValve || active;
        let [mut low, mut high] = if active { arc.active_flow } else { arc.flow };
        if active && arc.kind == ArcKind::ControlValve {
            [low, high] = [arc.flow[0].max(0.0), arc.flow[1]];
        }
        if closed {
            side(at.flow(a), false, 0.0, None);
            side(at.flow(a), true, 0.0, None);
            continue;
        }
        if one_way && low <= 0.0 {
            side(at.flow(a), false, 0.0, None);
        } else {
            side(
                at.flow(a),
                false,
                low / at.flow_scale,
                Some(Limit::Flow(a, false)),
            );
        }
        side(
            at.flow(a),
            true,
            high / at.flow_scale,
            Some(Limit::Flow(a, true)),
        );
        if active {
            let [suction, discharge] = arc.set;
            let low = suction.map_or(f64::NEG_INFINITY, squared);
            let high = discharge.map_or(f64::INFINITY, squared);
            side(
                at.pressure(arc.ends[0]),
                false,
                low,
                Some(Limit::Set(a, false)),
            );
            side(
                at.pressure(arc.ends[1]),
                true,
                high,
                Some(Limit::Set(a, true)),
            );
        }
    }
    for (t, terminal) in problem.terminals.iter().enumerate() {
        let [low, high] = terminal.inflow.map(|q| q / at.flow_scale);
        side(at.inflow(t), false, low, Some(Limit::Inflow(t, false)));
        side(at.inflow(t), true, high, Some(Limit::Inflow(t, true)));
    }
    for (a, arc) in problem.arcs.iter().enumerate() {
        let Some(station) = arc.station else { continue };
        side(at.fuel(station), false, 0.0, None);
        if states[a] != ArcState::Active {
            side(at.fuel(station), true, 0.0, None);
        }
    }
    found
}

fn held(regime: &Regime, limit: &Limit) -> bool {
    match limit {
        Limit::Inflow(..) => regime.flows_hold,
        _ => regime.pressures_hold,
    }
}
