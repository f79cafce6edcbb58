//! Branch and bound over states on the relaxation: proof that there is no operating point, or a bound of
//! the objective.
//!
//! The element whose shares are furthest from one state is split into its states; the part with the
//! smallest bound is worked on first. Parts without a solution, or whose bound is not below the best
//! point known, are done with.

use crate::bounds::Limit;
use crate::decision;
use crate::problem::{ArcState, Problem};
use crate::program::Ended;
use crate::relax::Relaxation;
use std::collections::{BTreeMap, BTreeSet};

/// Shares this near to one state are rounded to it.
const ROUNDED: f64 = 1e-3;
/// Shares this near to one state are that state.
const WHOLE: f64 = 1e-4;

/// What is fixed in a part of all combinations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fixed {
    pub states: BTreeMap<usize, ArcState>,
    /// Decisions by group.
    pub decisions: BTreeMap<usize, usize>,
}

impl Fixed {
    /// All states.
    pub(crate) fn all(states: &[ArcState]) -> Self {
        Self {
            states: states.iter().copied().enumerate().collect(),
            ..Self::default()
        }
    }

    /// Whether an arc may be in a state.
    pub(crate) fn leaves(&self, a: usize, state: ArcState) -> bool {
        self.states.get(&a).is_none_or(|&s| s == state)
    }

    /// Whether a decision of a group may be taken.
    pub(crate) fn leaves_decision(&self, g: usize, d: usize) -> bool {
        self.decisions.get(&g).is_none_or(|&taken| taken == d)
    }
}

/// What the relaxation says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub ended: Ended,
    /// No operating point has a smaller objective.
    pub bound: f64,
    /// Shares of the states of each arc that can be set.
    pub shares: BTreeMap<usize, Vec<(ArcState, f64)>>,
    /// Weights of the decisions of each group.
    pub weights: Vec<Vec<f64>>,
    /// The unknowns of the problem.
    pub x: Vec<f64>,
}

impl Said {
    /// Whether its shares are those of given states.
    pub(crate) fn agrees(&self, states: &[ArcState]) -> bool {
        let whole = |(&a, of): (&usize, &Vec<(ArcState, f64)>)| {
            of.iter().any(|s| s.0 == states[a] && s.1 > 1.0 - ROUNDED)
        };
        self.shares.iter().all(whole)
    }

    /// The states that it likes best, what is fixed included.
    pub(crate) fn liked(&self, problem: &Problem, fixed: &Fixed) -> Vec<ArcState> {
        let mut states = problem.stated();
        for (&a, of) in &self.shares {
            states[a] = largest(of.iter().map(|s| s.1)).map_or(states[a], |k| of[k].0);
        }
        fixed.states.iter().for_each(|(&a, &s)| states[a] = s);
        for (g, group) in problem.groups.iter().enumerate() {
            let of = self.weights.get(g).and_then(|w| largest(w.iter().copied()));
            let taken = fixed.decisions.get(&g).copied().or(of);
            taken.inspect(|&d| decision::take(&group[d], &mut states));
        }
        states
    }
}

/// Where the largest of some numbers stands.
pub(crate) fn largest(numbers: impl Iterator<Item = f64>) -> Option<usize> {
    let most = numbers.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    most.map(|m| m.0)
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
    fixed: Fixed,
    said: Said,
}

/// What a part is split by.
enum Split {
    Group(usize),
    Arc(usize),
}

impl Split {
    /// What is fixed in each of the parts.
    fn parts(&self, problem: &Problem, fixed: &Fixed) -> Vec<Fixed> {
        let mut found = Vec::new();
        match *self {
            Self::Group(g) => {
                for d in 0..problem.groups[g].len() {
                    let mut fixed = fixed.clone();
                    fixed.decisions.insert(g, d);
                    found.push(fixed);
                }
            }
            Self::Arc(a) => {
                for &state in problem.choices(a) {
                    let mut fixed = fixed.clone();
                    fixed.states.insert(a, state);
                    found.push(fixed);
                }
            }
        }
        found
    }
}

/// Branches for at most so many relaxations. `suggest` is asked with states that the relaxation likes;
/// it returns the best objective known.
pub(crate) fn branch(
    problem: &Problem,
    relaxation: &Relaxation<'_>,
    most: usize,
    root: Said,
    mut suggest: impl FnMut(&[ArcState]) -> Option<f64>,
) -> Proof {
    match root.ended {
        Ended::Infeasible => return Proof::None,
        Ended::Failed => return Proof::Unknown,
        Ended::Solved => {}
    }
    let mut solved = 1;
    let mut parts = vec![Part {
        fixed: Fixed::default(),
        said: root,
    }];
    // Least bound of parts that cannot be split, or were not settled.
    let mut rest = f64::INFINITY;
    let mut best = f64::INFINITY;
    while let Some(part) = take_least(&mut parts) {
        let liked = part.said.liked(problem, &part.fixed);
        best = suggest(&liked).map_or(best, |v| v.min(best));
        if part.said.bound >= best - 1e-6 * best.abs() {
            rest = rest.min(part.said.bound);
            continue;
        }
        let split = (solved < most).then(|| furthest(&part)).flatten();
        let Some(split) = split else {
            rest = rest.min(part.said.bound);
            continue;
        };
        for fixed in split.parts(problem, &part.fixed) {
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

/// The group whose weights, or else the element whose shares are furthest from one decision or state,
/// among those not fixed.
fn furthest(part: &Part) -> Option<Split> {
    let most = |numbers: &mut dyn Iterator<Item = f64>| numbers.fold(0.0, f64::max);
    let groups = part.said.weights.iter().enumerate();
    let groups = groups
        .filter(|(g, _)| !part.fixed.decisions.contains_key(g))
        .map(|(g, of)| (g, most(&mut of.iter().copied())));
    let arcs = part.said.shares.iter();
    let arcs = arcs
        .filter(|(a, _)| !part.fixed.states.contains_key(a))
        .map(|(&a, of)| (a, most(&mut of.iter().map(|s| s.1))));
    let open = |s: &(usize, f64)| s.1 < 1.0 - WHOLE;
    let first = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let group = groups.filter(open).min_by(first);
    group
        .map(|s| Split::Group(s.0))
        .or_else(|| arcs.filter(open).min_by(first).map(|s| Split::Arc(s.0)))
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
