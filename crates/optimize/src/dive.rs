//! States by rounding the relaxation (a feasibility pump; Fischetti, Glover, Lodi 2005).
//!
//! The states that the relaxation likes best are held against it: if it has a solution with them, they are
//! tried with the exact laws. If not, the solution nearest to them is rounded again. Where that leads
//! back to the same states, those that it is least sure of are changed.

use crate::branch::{Fixed, Said, largest};
use crate::decision;
use crate::problem::{ArcState, Problem};
use crate::program::Ended;
use crate::relax::Relaxation;
use std::collections::BTreeSet;

/// Most relaxations of a dive.
const ROUNDS_MAX: usize = 25;

/// Where a dive ended.
pub(crate) struct Dived {
    pub states: Vec<ArcState>,
    /// Unknowns of the relaxation with these states.
    pub x: Vec<f64>,
}

/// Dives from the root; none where no states were found with which the relaxation has a solution.
pub(crate) fn dive(problem: &Problem, relaxation: &Relaxation<'_>, root: &Said) -> Option<Dived> {
    let mut said = root.clone();
    let mut seen: BTreeSet<Vec<ArcState>> = BTreeSet::new();
    for round in 0..ROUNDS_MAX {
        let mut states = said.liked(problem, &Fixed::default());
        if seen.contains(&states) {
            change(problem, &said, 1 + round / 3, &mut states);
        }
        seen.insert(states.clone());
        said = relaxation.nearest(&states);
        if said.ended != Ended::Solved {
            return None;
        }
        if said.agrees(&states) {
            let with = relaxation.solve(&Fixed::all(&states));
            if with.ended == Ended::Solved {
                return Some(Dived { states, x: with.x });
            }
        }
    }
    None
}

/// Changes what the relaxation is least sure of: so many decisions, or else states of arcs.
fn change(problem: &Problem, said: &Said, number: usize, states: &mut [ArcState]) {
    let sure = |of: &[f64]| of.iter().copied().fold(0.0, f64::max);
    let mut arcs: Vec<(f64, usize, ArcState)> = Vec::new();
    for (&a, shares) in &said.shares {
        let of: Vec<f64> = shares.iter().map(|s| s.1).collect();
        let other = second(&of).map(|k| shares[k].0);
        arcs.extend(other.map(|state| (sure(&of), a, state)));
    }
    arcs.sort_by(|a, b| a.0.total_cmp(&b.0));
    arcs.iter().take(number).for_each(|c| states[c.1] = c.2);
    for (group, weights) in problem.groups.iter().zip(&said.weights) {
        if group.iter().any(|d| decision::agrees(d, states)) {
            continue;
        }
        let taken = second(weights).or(largest(weights.iter().copied()));
        taken.inspect(|&d| decision::take(&group[d], states));
    }
}

/// Where the second largest of some numbers stands.
fn second(numbers: &[f64]) -> Option<usize> {
    let first = largest(numbers.iter().copied())?;
    let rest = numbers.iter().enumerate();
    let rest = rest.filter(|n| n.0 != first);
    rest.max_by(|a, b| a.1.total_cmp(b.1)).map(|n| n.0)
}
