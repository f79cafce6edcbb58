use crate::bounds::{Regime, bounds};
use crate::problem::{ArcState, Problem};
use crate::program::{Ended, Program};

/// A first guess: flows that balance with the least sum of squares, pressures in the middle of their limits.
pub(crate) fn guess(problem: &Problem, states: &[ArcState]) -> Vec<f64> {
    let at = &problem.layout;
    let mut program = Program {
        cost: vec![0.0; at.len()],
        ..Program::default()
    };
    for a in 0..at.arcs {
        program.quadratic.push((at.flow(a), at.flow(a), 1.0));
    }
    let mut x = vec![0.0; at.len()];
    let mut fixed = vec![[0.0, f64::INFINITY]; at.len()];
    for bound in bounds(problem, states, &Regime::default()) {
        let place = &mut fixed[bound.variable];
        if bound.upper {
            place[1] = place[1].min(bound.value);
        } else {
            place[0] = place[0].max(bound.value);
        }
        if bound.variable < at.nodes {
            continue;
        }
        let sign = if bound.upper { 1.0 } else { -1.0 };
        let mut terms = vec![(bound.variable, sign)];
        let slack = program.slack(1e3);
        terms.push((slack, -1.0));
        program.not_above.push((terms, sign * bound.value));
    }
    for row in crate::rows::balances(problem, &x) {
        let mut terms = row.terms;
        for sign in [1.0, -1.0] {
            let slack = program.slack(1e4);
            terms.push((slack, sign));
        }
        program.equal.push((terms, 0.0));
    }
    let found = program.solve();
    if found.ended == Ended::Solved {
        x.copy_from_slice(&found.x[..at.len()]);
    }
    for n in 0..at.nodes {
        let [low, high] = fixed[at.pressure(n)];
        x[at.pressure(n)] = middle(low, high);
    }
    x
}

/// The middle of two squared pressures, as far as they are stated.
fn middle(low: f64, high: f64) -> f64 {
    match high.is_finite() {
        true => 0.5 * (low + high),
        false => (low + 0.5).max(1.0),
    }
}
