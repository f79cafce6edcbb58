use crate::binding::{Binding, binding};
use crate::bounds::{Limit, Regime};
use crate::branch::{self, Fixed, Proof};
use crate::check::{Check, check};
use crate::conflict::conflict;
use crate::dive::dive;
use crate::operate::{Setting, apply};
use crate::problem::{ArcState, Problem};
use crate::program::Ended;
use crate::relax::Relaxation;
use crate::search::{self, Found};
use crate::{Objective, OptimizeError, StationModel};
use linepack_network::Case;
use linepack_results::Solution;
use serde::Serialize;
use std::collections::BTreeSet;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// An operating point within all limits, confirmed by a steady solve.
    Feasible,
    /// None was found; the point with the smallest violation found stands in its place.
    NotFound,
    /// There is none, whatever the states: the relaxation has none.
    Infeasible,
}

/// A limit that is passed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passed {
    /// The element.
    pub element: String,
    /// What is limited: `pressure_min_pa`, `flow_max_kg_per_s`, ...; flows of off-takes are counted out of
    /// the network
    pub quantity: &'static str,
    /// Where it stands, SI.
    pub value: f64,
    /// The limit, SI.
    pub limit: f64,
}

/// The least by which limits have to be passed, of one kind at a time, with the states at the point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Slack {
    /// Sum of pressures beyond their limits with all flows as they are asked for, Pa; none where that
    /// does not help, or is not needed.
    pub pressure_pa: Option<f64>,
    /// Sum of flows beyond what is asked for with all pressures kept, kg/s.
    pub flow_kg_per_s: Option<f64>,
}

/// The answer to an optimisation.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// What was found.
    pub verdict: Verdict,
    /// What was looked for.
    pub objective: Objective,
    /// Its value, SI: kg/s of fuel or delivery, W of power, money per second, money of what is built; none where
    /// nothing was minimised.
    pub value: Option<f64>,
    /// What no operating point can be below (of a delivery: above); none where nothing is known.
    pub bound: Option<f64>,
    /// Limits that bind, with what it is worth to move them.
    pub binding: Vec<Binding>,
    /// What every element is told to do.
    pub settings: Vec<Setting>,
    /// Limits that the point passes.
    pub passed: Vec<Passed>,
    /// Where none was found: limits that cannot be kept together with the states at the point, each of
    /// which can be kept without one of the others.
    pub conflict: Vec<Passed>,
    /// Where none was found: the smallest violation.
    pub slack: Slack,
    /// The steady solve of the operating point.
    pub check: Check,
    /// Quadratic programs solved.
    pub programs: usize,
    /// Combinations of states tried.
    pub combinations: usize,
    /// The case, set to the operating point.
    #[serde(skip)]
    pub case: Case,
    /// The steady state there.
    #[serde(skip)]
    pub solution: Option<Solution>,
}

/// Looks for an operating point.
///
/// Errors: the case makes no model, or a leak is open in it.
pub fn optimize(
    case: &Case,
    objective: &Objective,
    stations: StationModel,
) -> Result<Plan, OptimizeError> {
    let problem = match stations {
        StationModel::Maps => Problem::new(case, objective)?,
        StationModel::Ratio => Problem::new(&by_ratio(case), objective)?,
    };
    let hurried = Regime {
        hurried: true,
        ..Regime::default()
    };
    let mut found = search::stated(&problem, &hurried);
    if found.is_enough(&problem) && problem.objective.is_aimless() {
        let (problem, found) = configured(problem, found)?;
        return Ok(plan(&problem, &found, Proof::Unknown, Vec::new()));
    }
    let relaxation = Relaxation::new(&problem);
    let root = relaxation.solve(&Fixed::default());
    if root.ended == Ended::Infeasible && !found.outcome.feasible() {
        search::settle_violation(&problem, &mut found);
        let limits = branch::conflict(&problem, &limits(&problem, &found));
        return Ok(plan(&problem, &found, Proof::None, limits));
    }
    if !found.outcome.feasible()
        && let Some(dived) = dive(&problem, &relaxation, &root)
    {
        search::from_dive(&problem, &hurried, &mut found, dived);
    }
    found = search::improve(&problem, &hurried, found);
    let most = RELAXATIONS_MAX.min(WORK_MAX / problem.arcs.len().max(1));
    let proof = branch::branch(&problem, &relaxation, most, root, |states| {
        search::with_states(&problem, &hurried, &mut found, states);
        found.outcome.feasible().then_some(found.outcome.objective)
    });
    search::settle_violation(&problem, &mut found);
    let limits = match found.outcome.feasible() {
        true => Vec::new(),
        false => conflict(&problem, &found.states, &found.outcome),
    };
    let (problem, found) = configured(problem.clone(), found)?;
    Ok(plan(&problem, &found, proof, limits))
}

/// Most relaxations of a proof.
const RELAXATIONS_MAX: usize = 200;
/// Most of the product of relaxations and arcs: large networks are given fewer.
const WORK_MAX: usize = 20_000;

/// All limits with the states at hand.
fn limits(problem: &Problem, found: &Found) -> BTreeSet<Limit> {
    let bounds = crate::bounds::bounds(problem, &found.states, &Regime::default());
    bounds.into_iter().filter_map(|b| b.limit).collect()
}

/// Lets stations run the configuration that does their work at the least energy, and settles again.
fn configured(mut problem: Problem, mut found: Found) -> Result<(Problem, Found), OptimizeError> {
    const ROUNDS: usize = 4;
    for _ in 0..ROUNDS {
        if !found.outcome.feasible() {
            break;
        }
        let mut case = problem.case.clone();
        let mut changed = false;
        for (a, arc) in problem.stations() {
            if found.states[a] != ArcState::Active {
                continue;
            }
            let at = &problem.layout;
            let ends = arc.ends.map(|n| at.pascal(&found.outcome.x, n));
            let flow = at.kg_per_s(&found.outcome.x, a);
            let best = problem.model.best_configuration(arc.index, flow, ends);
            let station = &mut case.network.compressor_stations[arc.place];
            if best.is_some() && station.configuration != best {
                station.configuration = best;
                changed = true;
            }
        }
        if !changed {
            break;
        }
        let next = Problem::new(&case, &problem.objective)?;
        let settled = search::settle(&next, &Regime::default(), &found);
        if !settled.outcome.feasible() {
            break;
        }
        (problem, found) = (next, settled);
    }
    Ok((problem, found))
}

/// The case with stations that are limited by their pressure ratio alone.
fn by_ratio(case: &Case) -> Case {
    let mut case = case.clone();
    for station in &mut case.network.compressor_stations {
        station.machines = None;
        station.configuration = None;
        station.power_max_w = None;
        station.fuel_from_line = false;
        station.pressure_rise = None;
    }
    case
}

fn plan(problem: &Problem, found: &Found, proof: Proof, limits: Vec<Limit>) -> Plan {
    let x = &found.outcome.x;
    let (case, settings) = apply(problem, &found.states, x);
    let (check, solution) = check(problem, &case, x);
    let verdict = match (found.outcome.feasible() && check.passed(), &proof) {
        (true, _) => Verdict::Feasible,
        (false, Proof::None) => Verdict::Infeasible,
        _ => Verdict::NotFound,
    };
    let least = problem
        .objective
        .least()
        .map(|l| l.0)
        .filter(|l| l.is_finite());
    let bound = match proof {
        Proof::Bound(bound) => Some(least.map_or(bound, |l| bound.max(l))),
        _ => least,
    };
    let conflict = limits
        .iter()
        .filter_map(|l| describe(problem, x, l))
        .collect();
    let wanted = !problem.objective.is_aimless();
    let sign = match problem.objective {
        Objective::Throughput { .. } => -1.0,
        _ => 1.0,
    };
    Plan {
        verdict,
        objective: problem.objective.clone(),
        value: wanted.then_some(sign * found.outcome.objective),
        bound: bound
            .filter(|b| wanted && verdict == Verdict::Feasible && b.is_finite())
            .map(|b| sign * b),
        binding: binding(problem, found),
        settings,
        passed: passed(problem, found),
        conflict,
        slack: slack(problem, found),
        combinations: found.tried,
        check,
        programs: found.programs,
        case,
        solution,
    }
}

/// The smallest violations where there is no point within all limits.
fn slack(problem: &Problem, found: &Found) -> Slack {
    if found.outcome.feasible() {
        return Slack::default();
    }
    let least = |regime: Regime| {
        let outcome = search::least_violation(problem, &regime, found)?;
        let amounts = outcome.which.iter().filter_map(|(limit, _)| {
            let passed = describe(problem, &outcome.x, limit)?;
            Some((passed.value - passed.limit).abs()).filter(|v| v.is_finite())
        });
        Some(amounts.sum())
    };
    Slack {
        pressure_pa: least(Regime {
            flows_hold: true,
            ..Regime::default()
        }),
        flow_kg_per_s: least(Regime {
            pressures_hold: true,
            ..Regime::default()
        }),
    }
}

fn passed(problem: &Problem, found: &Found) -> Vec<Passed> {
    let x = &found.outcome.x;
    let which = found.outcome.which.iter();
    which
        .filter_map(|(limit, _)| describe(problem, x, limit))
        .collect()
}

/// A limit in words, with where the point stands.
pub(crate) fn describe(problem: &Problem, x: &[f64], limit: &Limit) -> Option<Passed> {
    let at = &problem.layout;
    let side = |high: bool| usize::from(high);
    let (element, quantity, value, bound) = match *limit {
        Limit::Pressure(n, high) => (
            &problem.places[n].id,
            ["pressure_min_pa", "pressure_max_pa"][side(high)],
            at.pascal(x, n),
            problem.places[n].pressure[side(high)],
        ),
        Limit::Flow(a, high) => (
            &problem.arcs[a].id,
            ["flow_min_kg_per_s", "flow_max_kg_per_s"][side(high)],
            at.kg_per_s(x, a),
            problem.arcs[a].flow[side(high)],
        ),
        Limit::Inflow(t, high) => {
            let terminal = &problem.terminals[t];
            // What an off-take takes at least is the most that flows in there.
            let sign = if terminal.supply { 1.0 } else { -1.0 };
            (
                &terminal.id,
                ["flow_min_kg_per_s", "flow_max_kg_per_s"][side(high == terminal.supply)],
                sign * x[at.inflow(t)] * at.flow_scale,
                sign * terminal.inflow[side(high)],
            )
        }
        Limit::Set(a, high) => (
            &problem.arcs[a].id,
            ["suction_pressure_pa", "discharge_pressure_pa"][side(high)],
            at.pascal(x, problem.arcs[a].ends[side(high)]),
            problem.arcs[a].set[side(high)].unwrap_or(f64::NAN),
        ),
        Limit::Reach(a) => {
            let [p1, p2] = problem.arcs[a].ends.map(|n| at.pascal(x, n));
            (&problem.arcs[a].id, "ratio", p2 / p1, f64::NAN)
        }
    };
    Some(Passed {
        element: element.clone(),
        quantity,
        value,
        limit: bound,
    })
}
