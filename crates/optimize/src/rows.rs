//! The equations and limits of a problem at a point, with gradients.
//!
//! Unknowns: squared pressures of nodes, flows of arcs, inflows of terminals, fuel of stations
//! ([`crate::layout`]). A row is `value = 0` or `value >= 0`; its second derivatives are differences of
//! its gradients, made positive semidefinite block by block ([`crate::curvature`]).

use crate::layout::{Layout, PRESSURE_SCALE};
use crate::problem::{Arc, ArcKind, ArcState, Problem};
use linepack_flow::Sloped;

/// What a row demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    Zero,
    NotNegative,
}

/// Which law a row states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Law {
    Balance(usize),
    Pipe(usize),
    Passage(usize),
    /// A short cut: equal pressures.
    Equal(usize),
    /// Discharge not below suction.
    Rise(usize),
    /// A limit of a running station.
    Reach(usize, usize),
    /// A control valve throttles at least by what it must.
    Throttle(usize),
    /// And at most by what it may.
    DropMost(usize),
    Fuel(usize),
}

/// A row at a point.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub law: Law,
    pub demand: Demand,
    pub value: f64,
    /// Unknowns and derivatives.
    pub terms: Vec<(usize, f64)>,
}

/// All rows of a problem with its arcs in given states, at a point.
pub(crate) fn rows(problem: &Problem, states: &[ArcState], x: &[f64]) -> Vec<Row> {
    let mut found = balances(problem, x);
    for (a, arc) in problem.arcs.iter().enumerate() {
        for law in laws(problem, a, arc, states[a]) {
            found.extend(row(problem, law, x));
        }
    }
    found
}

/// The nonlinear laws of an arc in a state.
fn laws(problem: &Problem, a: usize, arc: &Arc, state: ArcState) -> Vec<Law> {
    match (arc.kind, state) {
        (_, ArcState::Closed) => Vec::new(),
        (ArcKind::Pipe, _) => vec![Law::Pipe(a)],
        (ArcKind::Passage | ArcKind::Valve, _) => vec![Law::Passage(a)],
        (ArcKind::CheckValve, _) | (_, ArcState::Open) => vec![Law::Equal(a)],
        (ArcKind::ControlValve, ArcState::Active) => {
            let most = arc.drop_max.map(|_| Law::DropMost(a));
            [Some(Law::Throttle(a)), most]
                .into_iter()
                .flatten()
                .collect()
        }
        (ArcKind::Station, ArcState::Active) => {
            let limits = problem.model.station_slacks(arc.index, 1.0, [4e6, 4e6]);
            let mut found = vec![Law::Rise(a), Law::Fuel(a)];
            found.extend((0..limits.len()).map(|k| Law::Reach(a, k)));
            found
        }
    }
}

/// What enters a node less what leaves it.
pub(crate) fn balances(problem: &Problem, x: &[f64]) -> Vec<Row> {
    let at = &problem.layout;
    let mut terms: Vec<Vec<(usize, f64)>> = vec![Vec::new(); at.nodes];
    for (a, arc) in problem.arcs.iter().enumerate() {
        terms[arc.ends[0]].push((at.flow(a), -1.0));
        terms[arc.ends[1]].push((at.flow(a), 1.0));
        if let Some(station) = arc.station {
            terms[arc.fuel_node].push((at.fuel(station), -1.0));
        }
    }
    for (t, terminal) in problem.terminals.iter().enumerate() {
        terms[terminal.node].push((at.inflow(t), 1.0));
    }
    let row = |(node, terms): (usize, Vec<(usize, f64)>)| Row {
        law: Law::Balance(node),
        demand: Demand::Zero,
        value: terms.iter().map(|&(i, c)| c * x[i]).sum(),
        terms,
    };
    terms.into_iter().enumerate().map(row).collect()
}

/// A nonlinear row at a point.
pub(crate) fn row(problem: &Problem, law: Law, x: &[f64]) -> Option<Row> {
    let zero = |value, terms| (Demand::Zero, value, terms);
    let (demand, value, terms) = match law {
        Law::Balance(_) => return None,
        Law::Pipe(a) => zero_of(pipe(problem, a, x)),
        Law::Passage(a) => {
            let arc = &problem.arcs[a];
            let law = |q, p| problem.model.passage(arc.index, q, p);
            let (value, terms) = by_pressures(problem, a, x, &law);
            zero(value, terms)
        }
        Law::Equal(a) => zero_of(difference(problem, a, x)),
        Law::Rise(a) => {
            let (value, terms) = difference(problem, a, x);
            let terms = terms.into_iter().map(|(i, c)| (i, -c)).collect();
            (Demand::NotNegative, -value, terms)
        }
        Law::Throttle(a) => {
            let arc = &problem.arcs[a];
            let law = |q, p| {
                let slack = problem.model.throttling(arc.index, q, p);
                slack.unwrap_or_default()
            };
            let (value, terms) = by_pressures(problem, a, x, &law);
            (Demand::NotNegative, value, terms)
        }
        Law::DropMost(a) => {
            let most = problem.arcs[a].drop_max.unwrap_or(f64::INFINITY);
            let law = |_: f64, [p1, p2]: [f64; 2]| Sloped {
                value: (most - (p1 - p2)) / 1e5,
                per_flow: 0.0,
                per_first: -1e-5,
                per_second: 1e-5,
            };
            let (value, terms) = by_pressures(problem, a, x, &law);
            (Demand::NotNegative, value, terms)
        }
        Law::Reach(a, k) => {
            let arc = &problem.arcs[a];
            let law = |q, p| {
                let slacks = problem.model.station_slacks(arc.index, q, p);
                slacks.get(k).copied().unwrap_or_default()
            };
            let (value, terms) = by_pressures(problem, a, x, &law);
            (Demand::NotNegative, value, terms)
        }
        Law::Fuel(a) => {
            let (value, terms) = fuel(problem, a, x)?;
            zero(value, terms)
        }
    };
    Some(Row {
        law,
        demand,
        value,
        terms,
    })
}

type Sum = (f64, Vec<(usize, f64)>);

fn zero_of((value, terms): Sum) -> (Demand, f64, Vec<(usize, f64)>) {
    (Demand::Zero, value, terms)
}

/// π_from - π_to.
fn difference(problem: &Problem, a: usize, x: &[f64]) -> Sum {
    let [i, j] = problem.arcs[a].ends.map(|n| problem.layout.pressure(n));
    (x[i] - x[j], vec![(i, 1.0), (j, -1.0)])
}

/// The square of the upstream pressure less what the downstream pressure and the flow make of it.
fn pipe(problem: &Problem, a: usize, x: &[f64]) -> Sum {
    let at = &problem.layout;
    let arc = &problem.arcs[a];
    let flow = at.kg_per_s(x, a);
    let back = flow < 0.0;
    let [up, down] = match back {
        false => arc.ends,
        true => [arc.ends[1], arc.ends[0]],
    };
    let low = at.pascal(x, down);
    let high = problem
        .model
        .pipe_upstream_pressure(arc.index, back, flow.abs(), low);
    let scale = PRESSURE_SCALE * PRESSURE_SCALE;
    let sign = if back { -1.0 } else { 1.0 };
    let per_flow = 2.0 * high.value * high.per_flow * at.flow_scale / scale;
    let per_down = high.value / low * high.per_first;
    let value = x[at.pressure(up)] - high.value * high.value / scale;
    let terms = vec![
        (at.pressure(up), sign),
        (at.pressure(down), -sign * per_down),
        (at.flow(a), -per_flow),
    ];
    (sign * value, terms)
}

/// A law in flow and pressures, bar, as one in unknowns; scaled to be comparable with squared pressures.
fn by_pressures(
    problem: &Problem,
    a: usize,
    x: &[f64],
    law: &dyn Fn(f64, [f64; 2]) -> Sloped,
) -> Sum {
    const BAR_SHARE: f64 = 2.0 * 1e5 / PRESSURE_SCALE;
    let at = &problem.layout;
    let ends = problem.arcs[a].ends;
    let pressures = ends.map(|n| at.pascal(x, n));
    let found = law(at.kg_per_s(x, a), pressures);
    let (value, terms) = chained(at, a, ends, pressures, &found);
    let terms = terms.into_iter().map(|(i, c)| (i, BAR_SHARE * c)).collect();
    (BAR_SHARE * value, terms)
}

/// A number of an arc as one in unknowns.
fn chained(at: &Layout, a: usize, ends: [usize; 2], p: [f64; 2], found: &Sloped) -> Sum {
    let square = 0.5 * PRESSURE_SCALE * PRESSURE_SCALE;
    let terms = vec![
        (at.flow(a), found.per_flow * at.flow_scale),
        (at.pressure(ends[0]), found.per_first * square / p[0]),
        (at.pressure(ends[1]), found.per_second * square / p[1]),
    ];
    (found.value, terms)
}

/// The fuel of a station less what its drives draw.
fn fuel(problem: &Problem, a: usize, x: &[f64]) -> Option<Sum> {
    let at = &problem.layout;
    let arc = &problem.arcs[a];
    let unknown = at.fuel(arc.station?);
    let pressures = arc.ends.map(|n| at.pascal(x, n));
    let drawn = problem
        .model
        .station_fuel(arc.index, at.kg_per_s(x, a), pressures);
    let (value, terms) = chained(at, a, arc.ends, pressures, &drawn);
    let mut scaled: Vec<_> = terms
        .into_iter()
        .map(|(i, c)| (i, -c / at.flow_scale))
        .collect();
    scaled.push((unknown, 1.0));
    Some((x[unknown] - value / at.flow_scale, scaled))
}

/// Shaft power of a station, W, by the unknowns.
pub(crate) fn power(problem: &Problem, a: usize, x: &[f64]) -> Sum {
    let at = &problem.layout;
    let arc = &problem.arcs[a];
    let pressures = arc.ends.map(|n| at.pascal(x, n));
    let power = problem
        .model
        .station_power(arc.index, at.kg_per_s(x, a), pressures);
    chained(at, a, arc.ends, pressures, &power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Objective;
    use linepack_formats::{Selection, read};
    use std::path::Path;

    /// Every gradient against central differences, forward and against the direction of the pipes, on the
    /// cases that ship: pipes with slopes, valves, stations with fuel and limits of ratio and power,
    /// control valves.
    #[test]
    fn gradients_are_derivatives() {
        for name in ["first-line", "peace-pipeline"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../cases")
                .join(name);
            let loaded = read(&path, &Selection::default()).expect("a case that ships");
            let problem = Problem::new(&loaded.case, &Objective::Power).expect("a problem");
            let mut worst = 0.0_f64;
            for way in [1.0, -0.7] {
                worst = worst.max(deviation(&problem, way));
            }
            assert!(worst < 1e-6, "{name}: {worst:e}");
        }
    }

    /// Largest difference of a derivative, as a share of the largest of its row.
    fn deviation(problem: &Problem, way: f64) -> f64 {
        let at = &problem.layout;
        let mut x = vec![0.1; at.len()];
        for n in 0..at.nodes {
            x[at.pressure(n)] = 1.6 + 0.03 * (n % 7) as f64;
        }
        for a in 0..at.arcs {
            x[at.flow(a)] = way * (0.6 + 0.05 * (a % 5) as f64);
        }
        for (_, arc) in problem.stations() {
            x[at.pressure(arc.ends[1])] = 1.25 * x[at.pressure(arc.ends[0])];
        }
        let mut worst = 0.0_f64;
        for (a, arc) in problem.arcs.iter().enumerate() {
            let reversed = way < 0.0 && arc.kind == ArcKind::Station;
            for &state in problem.choices(a).iter().filter(|_| !reversed) {
                for law in laws(problem, a, arc, state) {
                    let terms = |x: &[f64]| row(problem, law, x).expect("a row");
                    let of = |x: &[f64]| terms(x).value;
                    let far = differs(&terms(&x).terms, of, &x);
                    assert!(far < 1e-6, "{} {law:?} {way}: {far:e}", arc.id);
                    worst = worst.max(far);
                }
                if arc.kind == ArcKind::Station && state == ArcState::Active {
                    let of = |x: &[f64]| power(problem, a, x).0;
                    worst = worst.max(differs(&power(problem, a, &x).1, of, &x));
                }
            }
        }
        worst
    }

    fn differs(terms: &[(usize, f64)], of: impl Fn(&[f64]) -> f64, x: &[f64]) -> f64 {
        let largest = terms.iter().map(|t| t.1.abs()).fold(0.0, f64::max);
        let one = |&(i, slope): &(usize, f64)| {
            let h = 1e-6 * x[i].abs();
            let moved = |by: f64| {
                let mut x = x.to_vec();
                x[i] += by;
                of(&x)
            };
            // Of fourth order.
            let near = moved(h) - moved(-h);
            let far = moved(2.0 * h) - moved(-2.0 * h);
            let central = (8.0 * near - far) / (12.0 * h);
            (central - slope).abs() / largest.max(1e-300)
        };
        terms.iter().map(one).fold(0.0, f64::max)
    }
}
