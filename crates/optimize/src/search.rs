//! States: which stations run, which valves are open.

use crate::bounds::Regime;
use crate::descent::{Outcome, descend};
use crate::goal::Goal;
use crate::problem::{ArcState, Problem};
use crate::start::guess;

/// States and the best found with them.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub states: Vec<ArcState>,
    pub outcome: Outcome,
    /// Quadratic programs solved in all.
    pub programs: usize,
}

/// Looks for a point within all limits, from the states that the case has.
pub(crate) fn feasible(problem: &Problem, regime: &Regime) -> Found {
    let states = problem.stated();
    let none = Goal::none(problem);
    let outcome = descend(problem, &states, &none, regime, &guess(problem, &states));
    let programs = outcome.programs;
    Found {
        states,
        outcome,
        programs,
    }
}

/// Minimises the objective from a point within all limits.
pub(crate) fn best(problem: &Problem, mut found: Found) -> Found {
    let goal = Goal::of(problem, &found.states, &found.outcome.x);
    if goal.is_none() {
        return found;
    }
    let start = &found.outcome.x;
    let outcome = descend(problem, &found.states, &goal, &Regime::default(), start);
    found.programs += outcome.programs;
    if outcome.feasible() {
        found.outcome = outcome;
    }
    found
}
