//! Branch and bound over states on the relaxation: proof that there is no operating point, or a bound of
//! the objective.
//!
//! The element whose shares are furthest from one state is split into its states; the part with the
//! smallest bound is worked on first. Parts without a solution, or whose bound is not below the best
//! point known, are done with.

use crate::bounds::Limit;
use crate::problem::{ArcState, Problem};
use crate::program::Ended;
use crate::relax::Relaxation;
use std::collections::{BTreeMap, BTreeSet};

/// Shares this near to one state are that state.
const WHOLE: f64 = 1e-4;

/// What the relaxation says.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub ended: Ended,
    /// No operating point has a smaller objective.
    pub bound: f64,
    /// Shares of the states of each arc that has several.
    pub shares: BTreeMap<usize, Vec<(ArcState, f64)>>,
}

/// What branching says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Proof {
    /// There is no operating point, whatever the states.
    None,
    /// No operating point has a smaller objective than this.
    Bound(f64),
    /// Nothing is known.
    Unknown,
}

/// A part of the combinations: states that are fixed, and what the relaxation says.
struct Part {
    fixed: BTreeMap<usize, ArcState>,
    said: Said,
}

/// Branches for at most so many relaxations. `suggest` is asked with states that the relaxation likes;
/// it returns the best objective known.
pub(crate) fn branch(
    problem: &Problem,
    relaxation: &Relaxation<'_>,
    most: usize,
    mut suggest: impl FnMut(&BTreeMap<usize, ArcState>) -> Option<f64>,
) -> Proof {
    let root = relaxation.solve(&BTreeMap::new());
    match root.ended {
        Ended::Infeasible => return Proof::None,
        Ended::Failed => return Proof::Unknown,
        Ended::Solved => {}
    }
    let mut solved = 1;
    let mut parts = vec![Part {
        fixed: BTreeMap::new(),
        said: root,
    }];
    // Least bound of parts that cannot be split, or were not settled.
    let mut rest = f64::INFINITY;
    let mut best = f64::INFINITY;
    while let Some(part) = take_least(&mut parts) {
        let liked = liked(problem, &part);
        best = suggest(&liked).map_or(best, |v| v.min(best));
        if part.said.bound >= best - 1e-6 * best.abs() {
            rest = rest.min(part.said.bound);
            continue;
        }
        let split = (solved < most).then(|| furthest(&part)).flatten();
        let Some(arc) = split else {
            rest = rest.min(part.said.bound);
            continue;
        };
        for &state in problem.choices(&problem.arcs[arc]) {
            let mut fixed = part.fixed.clone();
            fixed.insert(arc, state);
            let said = relaxation.solve(&fixed);
            solved += 1;
            match said.ended {
                Ended::Infeasible => {}
                Ended::Failed => rest = rest.min(part.said.bound),
                Ended::Solved => parts.push(Part { fixed, said }),
            }
        }
    }
    match rest {
        r if r == f64::INFINITY && best == f64::INFINITY => Proof::None,
        r => Proof::Bound(r.min(best)),
    }
}

fn take_least(parts: &mut Vec<Part>) -> Option<Part> {
    let order = |a: &(usize, &Part), b: &(usize, &Part)| a.1.said.bound.total_cmp(&b.1.said.bound);
    let (at, _) = parts.iter().enumerate().min_by(order)?;
    Some(parts.swap_remove(at))
}

/// The largest share of each element.
fn liked(problem: &Problem, part: &Part) -> BTreeMap<usize, ArcState> {
    let most =
        |of: &Vec<(ArcState, f64)>| of.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|s| s.0);
    let mut found: BTreeMap<usize, ArcState> = BTreeMap::new();
    for (&a, of) in &part.said.shares {
        let first = problem.choices(&problem.arcs[a])[0];
        found.insert(a, most(of).unwrap_or(first));
    }
    found.extend(part.fixed.iter().map(|(&a, &s)| (a, s)));
    found
}

/// The element whose shares are furthest from one state, among those not fixed.
fn furthest(part: &Part) -> Option<usize> {
    let loose = part
        .said
        .shares
        .iter()
        .filter(|(a, _)| !part.fixed.contains_key(a));
    let largest = |of: &Vec<(ArcState, f64)>| of.iter().map(|s| s.1).fold(0.0, f64::max);
    let open = loose.map(|(&a, of)| (a, largest(of)));
    let open = open.filter(|s| s.1 < 1.0 - WHOLE);
    open.min_by(|a, b| a.1.total_cmp(&b.1)).map(|s| s.0)
}

/// Limits that the relaxation cannot keep together, each of which it can without one of the others
/// (deletion filter, Chinneck 1997).
pub(crate) fn conflict(problem: &Problem, all: &BTreeSet<Limit>) -> Vec<Limit> {
    // Without a limit the laws have wider ranges too: each set of limits has its own relaxation.
    let named = |kept: &BTreeSet<Limit>| {
        let dropped: Vec<Limit> = all.difference(kept).cloned().collect();
        Relaxation::new(&problem.without(&dropped)).contradiction()
    };
    let Some(mut kept) = named(all) else {
        return Vec::new();
    };
    if named(&kept).is_none() {
        kept.clone_from(all);
    }
    for limit in kept.clone() {
        if !kept.remove(&limit) {
            continue;
        }
        match named(&kept) {
            Some(fewer) if named(&fewer).is_some() => kept = fewer,
            Some(_) => {}
            None => {
                kept.insert(limit);
            }
        }
    }
    kept.into_iter().collect()
}
