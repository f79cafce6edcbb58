//! Bounds of the unknowns: what must hold, and limits that may be passed at a price while there is no
//! way to keep them all.

use crate::decision;
use crate::layout::{LEAST_SQUARE, squared};
use crate::problem::{Arc, ArcKind, ArcState, Problem, Terminal};
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
    /// A descent ends as soon as it is plain that limits cannot be kept, and not where they are passed least.
    pub hurried: bool,
}

/// All bounds with the arcs in given states.
pub(crate) fn bounds(problem: &Problem, states: &[ArcState], regime: &Regime) -> Vec<Bound> {
    let mut found = of_pressures(problem);
    for (a, &state) in states.iter().enumerate() {
        found.extend(of_arc(problem, a, state));
    }
    for (a, forward) in decision::ways(&problem.groups, states) {
        let [low, high] = if forward {
            [0.0, f64::INFINITY]
        } else {
            [f64::NEG_INFINITY, 0.0]
        };
        found.extend(range(problem.layout.flow(a), [low, high], |_| None));
    }
    found.extend(of_inflows(problem));
    found.extend(of_fuel(problem, states));
    found.retain(|b| !b.limit.as_ref().is_some_and(|l| regime.dropped.contains(l)));
    for bound in &mut found {
        bound.limit.take_if(|l| held(regime, l));
    }
    found
}

fn held(regime: &Regime, limit: &Limit) -> bool {
    match limit {
        Limit::Inflow(..) => regime.flows_hold,
        _ => regime.pressures_hold,
    }
}

/// What an unknown is not below and not above, as far as that is finite.
fn range(
    variable: usize,
    values: [f64; 2],
    limit: impl Fn(bool) -> Option<Limit>,
) -> impl Iterator<Item = Bound> {
    let side = move |upper: bool| Bound {
        variable,
        upper,
        value: values[usize::from(upper)],
        limit: limit(upper),
    };
    let sides = [false, true].into_iter().map(side);
    sides.filter(|b| b.value.is_finite())
}

/// Of the pressures of nodes, as squares.
pub(crate) fn of_pressures(problem: &Problem) -> Vec<Bound> {
    let mut found = Vec::new();
    for (n, place) in problem.places.iter().enumerate() {
        let [low, high] = place.pressure;
        let variable = problem.layout.pressure(n);
        let low = if low > 0.0 {
            squared(low)
        } else {
            f64::NEG_INFINITY
        };
        let always = [LEAST_SQUARE, f64::INFINITY];
        found.extend(range(variable, always, |_| None));
        let limits = [low, squared(high)];
        found.extend(range(variable, limits, |h| Some(Limit::Pressure(n, h))));
    }
    found
}

/// Of the flow of an arc whatever its state.
pub(crate) fn of_flow(problem: &Problem, a: usize) -> impl Iterator<Item = Bound> {
    let at = &problem.layout;
    let values = problem.arcs[a].flow.map(|q| q / at.flow_scale);
    range(at.flow(a), values, move |h| Some(Limit::Flow(a, h)))
}

/// Of what flows in at terminals.
pub(crate) fn of_inflows(problem: &Problem) -> Vec<Bound> {
    let at = &problem.layout;
    let one = |(t, terminal): (usize, &Terminal)| {
        let values = terminal.inflow.map(|q| q / at.flow_scale);
        range(at.inflow(t), values, move |h| Some(Limit::Inflow(t, h)))
    };
    problem.terminals.iter().enumerate().flat_map(one).collect()
}

/// Of the flow and the end pressures of an arc in a state.
fn of_arc(problem: &Problem, a: usize, state: ArcState) -> Vec<Bound> {
    let (at, arc) = (&problem.layout, &problem.arcs[a]);
    let flow = at.flow(a);
    if state == ArcState::Closed {
        return range(flow, [0.0, 0.0], |_| None).collect();
    }
    let active = state == ArcState::Active;
    let values = match (active, arc.kind) {
        (true, ArcKind::Station) => arc.active_flow,
        _ => arc.flow,
    };
    let one_way = active || arc.kind == ArcKind::CheckValve;
    let [low, high] = values.map(|q| q / at.flow_scale);
    // That nothing passes back is no limit but what such an arc is.
    let forward = one_way && low <= 0.0;
    let low = if forward { 0.0 } else { low };
    let limit = |h: bool| (h || !forward).then_some(Limit::Flow(a, h));
    let mut found: Vec<Bound> = range(flow, [low, high], limit).collect();
    if active {
        let suction = arc.set[0].map_or(f64::NEG_INFINITY, squared);
        let discharge = arc.set[1].map_or(f64::INFINITY, squared);
        let [from, to] = arc.ends.map(|n| at.pressure(n));
        let set = |h| Some(Limit::Set(a, h));
        found.extend(range(from, [suction, f64::INFINITY], set));
        found.extend(range(to, [f64::NEG_INFINITY, discharge], set));
    }
    found
}

/// Of the fuel of stations: none where they do not run.
fn of_fuel(problem: &Problem, states: &[ArcState]) -> Vec<Bound> {
    let one = |(a, arc): (usize, &Arc)| {
        let unknown = problem.layout.fuel(arc.station?);
        let most = match states[a] {
            ArcState::Active => f64::INFINITY,
            _ => 0.0,
        };
        Some(range(unknown, [0.0, most], |_| None))
    };
    problem.stations().filter_map(one).flatten().collect()
}
