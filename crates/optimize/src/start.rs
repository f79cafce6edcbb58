use crate::bounds::{Regime, bounds};
use crate::problem::{ArcKind, ArcState, Problem};
use crate::program::{Ended, Program};

/// A first guess.
pub(crate) struct Guess {
    pub x: Vec<f64>,
    /// What nodes fail their balance by in all: more than nothing where the states keep gas from where it
    /// is asked for.
    pub unbalanced: f64,
}

/// A first guess: flows that balance with the least sum of squares, pressures within their limits that
/// differ little along open elements and lie near the middle of their limits.
pub(crate) fn guess(problem: &Problem, states: &[ArcState]) -> Guess {
    let at = &problem.layout;
    let mut program = Program {
        cost: vec![0.0; at.len()],
        ..Program::default()
    };
    let mut x = vec![0.0; at.len()];
    let limits = within(problem, states, &mut program);
    for row in crate::rows::balances(problem, &x) {
        let mut terms = row.terms;
        for sign in [1.0, -1.0] {
            let slack = program.slack(BALANCE_PRICE);
            terms.push((slack, sign));
        }
        program.equal.push((terms, 0.0));
    }
    for (a, arc) in problem.arcs.iter().enumerate() {
        program.quadratic.push((at.flow(a), at.flow(a), 1.0));
        if states[a] == ArcState::Open {
            let weight = if arc.kind == ArcKind::Pipe {
                1.0
            } else {
                100.0
            };
            alike(&mut program, arc.ends.map(|n| at.pressure(n)), weight);
        }
    }
    for (n, &[low, high]) in limits.iter().enumerate().take(at.nodes) {
        program
            .quadratic
            .push((at.pressure(n), at.pressure(n), CENTRED));
        program.cost[at.pressure(n)] -= CENTRED * middle(low, high);
    }
    let found = program.solve();
    if found.ended != Ended::Solved {
        return Guess { x, unbalanced: 0.0 };
    }
    x.copy_from_slice(&found.x[..at.len()]);
    let rows = crate::rows::balances(problem, &x);
    let unbalanced = rows.iter().map(|r| r.value.abs()).sum();
    Guess { x, unbalanced }
}

/// Price of a flow that does not balance, and of passing a bound.
const BALANCE_PRICE: f64 = 1e4;
const BOUND_PRICE: f64 = 1e3;
/// Weight of the distance of a squared pressure from the middle of its limits.
const CENTRED: f64 = 0.01;

/// Adds the bounds, which may be passed at a price; the tightest of each unknown.
fn within(problem: &Problem, states: &[ArcState], program: &mut Program) -> Vec<[f64; 2]> {
    let mut tightest = vec![[0.0, f64::INFINITY]; problem.layout.len()];
    for bound in bounds(problem, states, &Regime::default()) {
        let place = &mut tightest[bound.variable];
        if bound.upper {
            place[1] = place[1].min(bound.value);
        } else {
            place[0] = place[0].max(bound.value);
        }
        let sign = if bound.upper { 1.0 } else { -1.0 };
        let slack = program.slack(BOUND_PRICE);
        let terms = vec![(bound.variable, sign), (slack, -1.0)];
        program.not_above.push((terms, sign * bound.value));
    }
    tightest
}

/// Two unknowns differ little.
fn alike(program: &mut Program, [i, j]: [usize; 2], weight: f64) {
    program.quadratic.push((i, i, weight));
    program.quadratic.push((j, j, weight));
    program.quadratic.push((i.min(j), i.max(j), -weight));
}

/// The middle of two squared pressures, as far as they are stated.
fn middle(low: f64, high: f64) -> f64 {
    match high.is_finite() {
        true => 0.5 * (low + high),
        false => (low + 0.5).max(1.0),
    }
}
