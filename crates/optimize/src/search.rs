//! States: which stations run, which valves are open.
//!
//! From the states that a case has, neighbours differ in one element or one group of elements that are
//! switched together. While limits are passed, the search moves to the neighbour that passes least; once
//! there is a point within all limits, to the one that costs least. Where there are few combinations,
//! all are tried.

use crate::bounds::Regime;
use crate::descent::{Outcome, descend};
use crate::goal::Goal;
use crate::problem::{ArcState, Problem};
use crate::start::guess;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most combinations of states that are all tried.
const COMBINATIONS_MAX: usize = 81;
/// Most descents of a search among neighbours.
const DESCENTS_MAX: usize = 300;
/// Product of descents and arcs that a search may take.
const WORK_MAX: usize = 20_000;
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
    let start = guess(problem, &states);
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
        let there = attempt(problem, states, regime, &best.outcome.x);
        best.or(there);
    }
    best
}

/// The smallest violation in a regime; none where laws or what must hold cannot be kept.
pub(crate) fn least_violation(problem: &Problem, regime: &Regime, from: &Found) -> Option<Outcome> {
    let none = Goal::none(problem);
    let starts = [from.outcome.x.clone(), guess(problem, &from.states)];
    let found = starts.map(|x| descend(problem, &from.states, &none, regime, &x));
    let lawful = found.into_iter().filter(Outcome::lawful);
    lawful.min_by(|a, b| a.passed.total_cmp(&b.passed))
}

/// Tries given states of some arcs, and keeps the better of both points.
pub(crate) fn with_states(problem: &Problem, best: &mut Found, states: &BTreeMap<usize, ArcState>) {
    let mut all = best.states.clone();
    states.iter().for_each(|(&a, &s)| all[a] = s);
    if all != best.states {
        let there = attempt(problem, all, &Regime::default(), &best.outcome.x);
        best.or(there);
    }
}

fn among_neighbours(problem: &Problem, regime: &Regime, moves: &[Move], mut best: Found) -> Found {
    let most = DESCENTS_MAX.min(WORK_MAX / problem.arcs.len().max(1));
    let mut seen = BTreeSet::from([best.states.clone()]);
    loop {
        let from = best.clone();
        for change in moves {
            if best.tried >= most || best.is_enough(problem) {
                return best;
            }
            let states = changed(&from.states, change);
            if seen.insert(states.clone()) {
                best.or(attempt(problem, states, regime, &from.outcome.x));
            }
        }
        if best.states == from.states {
            return best;
        }
    }
}

/// The best point with given states.
fn attempt(problem: &Problem, states: Vec<ArcState>, regime: &Regime, start: &[f64]) -> Found {
    let none = Goal::none(problem);
    let mut outcome = descend(problem, &states, &none, regime, start);
    if !outcome.feasible() {
        let again = descend(problem, &states, &none, regime, &guess(problem, &states));
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
    }
}

fn changed(states: &[ArcState], change: &Move) -> Vec<ArcState> {
    let mut states = states.to_vec();
    change.iter().for_each(|&(a, s)| states[a] = s);
    states
}

/// All that can be changed at once: decisions of groups, and states of elements that are in none.
fn moves(problem: &Problem) -> Vec<Move> {
    let index: HashMap<&str, usize> = problem
        .arcs
        .iter()
        .enumerate()
        .map(|(a, arc)| (arc.id.as_str(), a))
        .collect();
    let mut grouped = BTreeSet::new();
    let mut found = Vec::new();
    for group in &problem.case.network.decision_groups {
        for decision in &group.decisions {
            let change: Move = decision
                .switches
                .iter()
                .filter_map(|s| {
                    let a = *index.get(s.element.as_str())?;
                    Some((
                        a,
                        if s.open {
                            likeliest(problem, a)
                        } else {
                            ArcState::Closed
                        },
                    ))
                })
                .collect();
            grouped.extend(change.iter().map(|c| c.0));
            found.push(change);
        }
    }
    for (a, arc) in problem.arcs.iter().enumerate() {
        let choices = problem.choices(arc);
        if choices.len() > 1 && !grouped.contains(&a) {
            found.extend(choices.iter().map(|&s| vec![(a, s)]));
        }
    }
    found
}

fn likeliest(problem: &Problem, a: usize) -> ArcState {
    problem.choices(&problem.arcs[a])[0]
}

/// All combinations of the states of single elements, where there are few; the states at hand are left out.
fn combinations(
    problem: &Problem,
    moves: &[Move],
    at_hand: &[ArcState],
) -> Option<Vec<Vec<ArcState>>> {
    if !problem.case.network.decision_groups.is_empty() {
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
