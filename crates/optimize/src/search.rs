//! States: which stations run, which valves are open.
//!
//! From the states that a case has, neighbours differ in one element or one group of elements that are
//! switched together. While limits are passed, the search moves to the neighbour that passes least; once
//! there is a point within all limits, to the one that costs least. Where there are few combinations,
//! all are tried.

use crate::Objective;
use crate::bounds::{Limit, Regime};
use crate::descent::{Outcome, descend};
use crate::dive::Dived;
use crate::goal::Goal;
use crate::problem::{ArcState, Problem};
use crate::start::guess;
use std::collections::{BTreeMap, BTreeSet};

/// Most combinations of states that are all tried.
const COMBINATIONS_MAX: usize = 81;
/// Most descents of a search among neighbours.
const DESCENTS_MAX: usize = 300;
/// Product of descents and arcs that a search may take.
const WORK_MAX: usize = 20_000;
/// Where laws hold to this, limits are what is left, and another start leads to the same place.
const SETTLED: f64 = 1e-3;
/// What nodes may fail their balance by for all that flows can be brought where they are asked for.
const BALANCED: f64 = 1e-3;
/// A cost has to fall by this share to count as less.
const GAIN: f64 = 1e-7;

/// States and the best found with them.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub states: Vec<ArcState>,
    pub outcome: Outcome,
    /// Quadratic programs solved in all.
    pub programs: usize,
    /// Combinations of states tried.
    pub tried: usize,
}

impl Found {
    /// Whether there can be no better one: nothing is minimised, or it costs nothing.
    pub(crate) fn is_enough(&self, problem: &Problem) -> bool {
        let least = problem.objective.least();
        self.outcome.feasible()
            && least.is_none_or(|(least, near)| self.outcome.objective <= least + near)
    }

    /// The better of two, with what both cost.
    fn or(&mut self, mut other: Self) {
        let (programs, tried) = (self.programs + other.programs, self.tried + other.tried);
        if other.better_than(self) {
            std::mem::swap(self, &mut other);
        }
        (self.programs, self.tried) = (programs, tried);
    }

    /// Whether it costs no more than what is built in other states.
    fn is_cheaper(&self, problem: &Problem, states: &[ArcState]) -> bool {
        let builds = matches!(problem.objective, Objective::Build(_));
        builds && self.outcome.feasible() && problem.built(states) >= self.outcome.objective
    }

    fn better_than(&self, other: &Self) -> bool {
        let (a, b) = (&self.outcome, &other.outcome);
        match (a.feasible(), b.feasible()) {
            (true, true) => a.objective < b.objective - GAIN * b.objective.abs(),
            (false, false) => a.worth() < 0.999 * b.worth(),
            (mine, _) => mine,
        }
    }
}

/// A change of states: arcs and what they change to.
type Move = Vec<(usize, ArcState)>;

/// The best point with the states of the case.
pub(crate) fn stated(problem: &Problem, regime: &Regime) -> Found {
    let states = problem.stated();
    let start = guess(problem, &states).x;
    attempt(problem, states, regime, &start)
}

/// Looks for a better point with other states.
pub(crate) fn improve(problem: &Problem, regime: &Regime, mut best: Found) -> Found {
    let moves = moves(problem);
    if moves.is_empty() || best.is_enough(problem) {
        return best;
    }
    let Some(all) = combinations(problem, &moves, &best.states) else {
        return among_neighbours(problem, regime, &moves, best);
    };
    for states in all {
        if best.is_enough(problem) {
            break;
        }
        if best.is_cheaper(problem, &states) {
            continue;
        }
        let there = attempt(problem, states, regime, &best.outcome.x);
        best.or(there);
    }
    best
}

/// The smallest violation in a regime; none where laws or what must hold cannot be kept.
pub(crate) fn least_violation(problem: &Problem, regime: &Regime, from: &Found) -> Option<Outcome> {
    let none = Goal::none(problem);
    let starts = [from.outcome.x.clone(), guess(problem, &from.states).x];
    let found = starts.map(|x| descend(problem, &from.states, &none, regime, &x));
    let lawful = found.into_iter().filter(Outcome::lawful);
    lawful.min_by(|a, b| a.passed.total_cmp(&b.passed))
}

/// Tries given states, and keeps the better of both points.
pub(crate) fn with_states(
    problem: &Problem,
    regime: &Regime,
    best: &mut Found,
    states: &[ArcState],
) {
    if states != best.states && !best.is_cheaper(problem, states) {
        let states = states.to_vec();
        best.or(attempt(problem, states, regime, &best.outcome.x));
    }
}

/// Tries the states that a dive ended with, from its pressures and flows.
pub(crate) fn from_dive(problem: &Problem, regime: &Regime, best: &mut Found, dived: Dived) {
    best.or(attempt(problem, dived.states, regime, &dived.x));
}

/// Where no point keeps all limits: goes to where they are passed least with the states found.
pub(crate) fn settle_violation(problem: &Problem, best: &mut Found) {
    if best.outcome.feasible() {
        return;
    }
    let least = least_violation(problem, &Regime::default(), best);
    if let Some(outcome) = least.filter(|o| o.worth() < best.outcome.worth()) {
        best.programs += outcome.programs;
        best.outcome = outcome;
    }
}

fn among_neighbours(problem: &Problem, regime: &Regime, moves: &[Move], mut best: Found) -> Found {
    let most = DESCENTS_MAX.min(WORK_MAX / problem.arcs.len().max(1));
    let mut seen = BTreeSet::from([best.states.clone()]);
    loop {
        let from = best.clone();
        for change in by_price(moves, &from.outcome) {
            if best.tried >= most || best.is_enough(problem) {
                return best;
            }
            let states = changed(&from.states, change);
            let dear = best.is_cheaper(problem, &states);
            if !dear && problem.decided(&states) && seen.insert(states.clone()) {
                best.or(attempt(problem, states, regime, &from.outcome.x));
            }
            // While limits are passed, the first step that helps is taken.
            if !from.outcome.feasible() && best.states != from.states {
                break;
            }
        }
        if best.states == from.states {
            return best;
        }
    }
}

/// Moves in the order of the prices of the limits of what they change: those first that limits hold back.
fn by_price<'m>(moves: &'m [Move], outcome: &Outcome) -> Vec<&'m Move> {
    let mut prices: BTreeMap<usize, f64> = BTreeMap::new();
    for (limit, price) in &outcome.prices {
        if let Limit::Flow(a, _) | Limit::Set(a, _) | Limit::Reach(a) = limit {
            *prices.entry(*a).or_default() += price.abs();
        }
    }
    let of = |change: &Move| -> f64 {
        let arcs = change
            .iter()
            .map(|c| prices.get(&c.0).copied().unwrap_or(0.0));
        // In hundredths: prices are as good as the descent's end.
        (100.0 * arcs.fold(0.0, f64::max)).round()
    };
    let mut found: Vec<&Move> = moves.iter().collect();
    found.sort_by(|a, b| of(b).total_cmp(&of(a)));
    found
}

/// The best point with given states.
fn attempt(problem: &Problem, states: Vec<ArcState>, regime: &Regime, start: &[f64]) -> Found {
    let none = Goal::none(problem);
    let mut guess = guess(problem, &states);
    if !problem.is_joined(&states) {
        guess.unbalanced = guess.unbalanced.max(1.0);
    }
    if guess.unbalanced > BALANCED {
        let outcome = Outcome::failed(guess.x, guess.unbalanced);
        return Found {
            programs: 1,
            tried: 1,
            states,
            outcome,
        };
    }
    let mut outcome = descend(problem, &states, &none, regime, start);
    let settled = regime.hurried && outcome.defect < SETTLED;
    if !outcome.feasible() && !settled {
        let again = descend(problem, &states, &none, regime, &guess.x);
        let programs = outcome.programs + again.programs;
        if again.worth() < outcome.worth() {
            outcome = again;
        }
        outcome.programs = programs;
    }
    let mut found = Found {
        programs: outcome.programs,
        tried: 1,
        states,
        outcome,
    };
    if found.outcome.feasible() {
        refine(problem, regime, &mut found);
    }
    found
}

/// The best point with the states of another problem's, from there.
pub(crate) fn settle(problem: &Problem, regime: &Regime, from: &Found) -> Found {
    let mut found = attempt(problem, from.states.clone(), regime, &from.outcome.x);
    found.programs += from.programs;
    found.tried += from.tried;
    found
}

/// Minimises the objective from a point within all limits.
fn refine(problem: &Problem, regime: &Regime, found: &mut Found) {
    let goal = Goal::of(problem, &found.states, &found.outcome.x);
    if goal.is_none() {
        found.outcome.objective = problem.built(&found.states);
        return;
    }
    let start = &found.outcome.x;
    let outcome = descend(problem, &found.states, &goal, regime, start);
    found.programs += outcome.programs;
    let value = goal.in_its_unit(goal.value(problem, &found.states, start));
    if outcome.feasible() && outcome.objective <= value {
        found.outcome = outcome;
    } else {
        found.outcome.objective = value;
        found.outcome.prices.clear();
    }
}

fn changed(states: &[ArcState], change: &Move) -> Vec<ArcState> {
    let mut states = states.to_vec();
    change.iter().for_each(|&(a, s)| states[a] = s);
    states
}

/// All that can be changed at once: decisions of groups, and states of elements.
fn moves(problem: &Problem) -> Vec<Move> {
    let several = problem.groups.iter().filter(|g| g.len() > 1);
    let mut found: Vec<Move> = Vec::new();
    for decision in several.flatten() {
        found.push(decision.iter().map(|c| (c.arc, c.states[0])).collect());
    }
    for a in 0..problem.arcs.len() {
        let choices = problem.choices(a);
        if choices.len() > 1 {
            found.extend(choices.iter().map(|&s| vec![(a, s)]));
        }
    }
    found
}

/// All combinations of the states of single elements, where there are few; the states at hand are left out.
fn combinations(
    problem: &Problem,
    moves: &[Move],
    at_hand: &[ArcState],
) -> Option<Vec<Vec<ArcState>>> {
    if !problem.groups.is_empty() {
        return None;
    }
    let mut by_arc: Vec<(usize, Vec<ArcState>)> = Vec::new();
    for &(a, state) in moves.iter().flatten() {
        match by_arc.last_mut() {
            Some((last, states)) if *last == a => states.push(state),
            _ => by_arc.push((a, vec![state])),
        }
    }
    let number = by_arc.iter().try_fold(1_usize, |n, (_, s)| {
        let n = n * s.len();
        (n <= COMBINATIONS_MAX).then_some(n)
    })?;
    let one = |mut k: usize| {
        let mut states = at_hand.to_vec();
        for (a, choices) in &by_arc {
            states[*a] = choices[k % choices.len()];
            k /= choices.len();
        }
        states
    };
    Some((0..number).map(one).filter(|s| s != at_hand).collect())
}
