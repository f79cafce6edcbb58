//! Limits that contradict each other.
//!
//! From the limits that carry a price where the least violation was found, one after the other is left
//! out; where the rest still cannot be kept, it stays out (deletion filter, Chinneck 1997). What remains
//! cannot be kept together, and without any one of them it can.

use crate::bounds::{Limit, Regime};
use crate::descent::{Outcome, descend};
use crate::goal::Goal;
use crate::problem::{ArcState, Problem};
use crate::start::guess;
use std::collections::BTreeSet;

/// Prices below this are none.
const PRICE_LEAST: f64 = 1e-4;

/// An irreducible set of limits that cannot be kept together with the states as they are.
pub(crate) fn conflict(problem: &Problem, states: &[ArcState], least: &Outcome) -> Vec<Limit> {
    let all = crate::bounds::bounds(problem, states, &Regime::default());
    let all: BTreeSet<Limit> = all.into_iter().filter_map(|b| b.limit).collect();
    let priced = least.prices.iter().filter(|p| p.1.abs() > PRICE_LEAST);
    let mut kept: BTreeSet<Limit> = priced.map(|p| p.0.clone()).collect();
    kept.extend(least.which.iter().map(|w| w.0.clone()));
    let mut dropped: BTreeSet<Limit> = all.difference(&kept).cloned().collect();
    if !contradict(problem, states, &dropped, &least.x) {
        dropped.clear();
        kept = all;
    }
    for limit in kept.clone() {
        dropped.insert(limit.clone());
        match contradict(problem, states, &dropped, &least.x) {
            true => kept.remove(&limit),
            false => dropped.remove(&limit),
        };
    }
    kept.into_iter().collect()
}

/// Whether the limits that are not left out cannot be kept together.
fn contradict(
    problem: &Problem,
    states: &[ArcState],
    dropped: &BTreeSet<Limit>,
    start: &[f64],
) -> bool {
    let regime = Regime {
        dropped: dropped.clone(),
        ..Regime::default()
    };
    let none = Goal::none(problem);
    let starts = [start.to_vec(), guess(problem, states).x];
    starts
        .iter()
        .all(|x| !descend(problem, states, &none, &regime, x).feasible())
}
