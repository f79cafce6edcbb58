use crate::bounds::{Limit, Regime};
use crate::check::{Check, check};
use crate::operate::{Setting, apply};
use crate::problem::Problem;
use crate::search::{self, Found};
use crate::{Objective, OptimizeError, StationModel};
use linepack_network::Case;
use linepack_results::Solution;
use serde::Serialize;

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
    /// What is limited: `pressure_min_pa`, `flow_max_kg_per_s`, ...
    pub quantity: &'static str,
    /// Where it stands, SI.
    pub value: f64,
    /// The limit, SI.
    pub limit: f64,
}

/// The answer to an optimisation.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// What was found.
    pub verdict: Verdict,
    /// What was looked for.
    pub objective: Objective,
    /// Its value, SI: kg/s of fuel or delivery, W of power, money per second; none where nothing was minimised.
    pub value: Option<f64>,
    /// What every element is told to do.
    pub settings: Vec<Setting>,
    /// Limits that the point passes.
    pub passed: Vec<Passed>,
    /// The steady solve of the operating point.
    pub check: Check,
    /// Quadratic programs solved.
    pub programs: usize,
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
    let found = search::feasible(&problem, &Regime::default());
    let found = match found.outcome.feasible() {
        true => search::best(&problem, found),
        false => found,
    };
    Ok(plan(&problem, &found))
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

fn plan(problem: &Problem, found: &Found) -> Plan {
    let x = &found.outcome.x;
    let (case, settings) = apply(problem, &found.states, x);
    let (check, solution) = check(problem, &case, x);
    let verdict = match found.outcome.feasible() && check.passed() {
        true => Verdict::Feasible,
        false => Verdict::NotFound,
    };
    let wanted = !matches!(problem.objective, Objective::Feasible | Objective::Slack);
    Plan {
        verdict,
        objective: problem.objective.clone(),
        value: wanted.then_some(found.outcome.objective),
        settings,
        passed: passed(problem, found),
        check,
        programs: found.programs,
        case,
        solution,
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
        Limit::Inflow(t, high) => (
            &problem.terminals[t].id,
            ["inflow_min_kg_per_s", "inflow_max_kg_per_s"][side(high)],
            x[at.inflow(t)] * at.flow_scale,
            problem.terminals[t].inflow[side(high)],
        ),
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
