//! Sequential quadratic programming with an exact penalty and a trust region.
//!
//! At a point the laws are linear, and the Lagrangian is a sum of small convex blocks; the quadratic
//! program minimises it in a box around the point. Laws and limits that its solution fails are paid
//! for in proportion (an ℓ1 penalty, Fletcher 1987, §14.4), so a program always has a solution. A step
//! is taken when the penalised objective falls by a share of what the program promised; a step that
//! fails is tried once more with the laws' curvature along it taken off (second-order correction).

use crate::bounds::{self, Bound, Limit, Regime};
use crate::curvature::{self, Block};
use crate::goal::Goal;
use crate::problem::{ArcState, Problem};
use crate::program::{Ended, Program};
use crate::rows::{self, Demand, Law, Row};

/// Price of failing a physical law, per unit of squared pressure or flow.
const LAW_PRICE: f64 = 300.0;
/// Price of passing a limit while an objective is minimised.
const LIMIT_PRICE: f64 = 30.0;
/// Laws hold to this, in units of squared pressure and flow: about 1 Pa.
const LAW_TOLERANCE: f64 = 1e-8;
/// Limits hold to this: about 2 Pa.
const LIMIT_TOLERANCE: f64 = 1e-6;
/// Most programs of a descent, least number of them, and the product of programs and arcs: large networks are
/// given fewer.
const PROGRAMS_MAX: usize = 120;
const PROGRAMS_LEAST: usize = 40;
const WORK_MAX: usize = 20_000;
/// First and least size of the box.
const BOX: [f64; 2] = [1.0, 1e-10];
/// Near a point within all limits a program promises to end all violation; one that promises to end less than this
/// share of it is near a point where they cannot be kept.
const VAIN: f64 = 0.1;
/// A promised fall below this, of the penalised objective, is an end.
const FALL_LEAST: f64 = 1e-10;

/// Where a descent ended.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub x: Vec<f64>,
    /// Objective in its own unit.
    pub objective: f64,
    /// Largest failure of a law.
    pub defect: f64,
    /// Sum of what limits are passed by.
    pub passed: f64,
    /// Limits that are passed, and by how much.
    pub which: Vec<(Limit, f64)>,
    /// Limits and their multipliers, of the objective times its scale.
    pub prices: Vec<(Limit, f64)>,
    /// Scale of the objective.
    pub scale: f64,
    /// Quadratic programs solved.
    pub programs: usize,
}

impl Outcome {
    /// States in which flows do not balance, or pressures are held by nobody.
    pub(crate) fn failed(x: Vec<f64>, by: f64) -> Self {
        Self {
            x,
            objective: 0.0,
            defect: by,
            passed: 0.0,
            which: Vec::new(),
            prices: Vec::new(),
            scale: 1.0,
            programs: 1,
        }
    }

    /// Whether it is an operating point within all limits.
    pub(crate) fn feasible(&self) -> bool {
        self.lawful() && self.passed < LIMIT_TOLERANCE
    }

    /// Whether the laws hold, limits or not.
    pub(crate) fn lawful(&self) -> bool {
        self.defect < 100.0 * LAW_TOLERANCE
    }

    /// What failing laws and limits amounts to, for comparison.
    pub(crate) fn worth(&self) -> f64 {
        self.passed + LAW_PRICE * self.defect
    }
}

/// All there is to know at a point.
struct Point {
    x: Vec<f64>,
    rows: Vec<Row>,
    objective: f64,
    merit: f64,
    defect: f64,
    passed: f64,
}

/// A descent under way.
pub(crate) struct Descent<'p> {
    problem: &'p Problem,
    states: &'p [ArcState],
    goal: &'p Goal,
    bounds: Vec<Bound>,
    radius: f64,
    /// Multipliers of the rows.
    multipliers: Vec<f64>,
    limit_price: f64,
    hurried: bool,
    programs: usize,
    prices: Vec<(Limit, f64)>,
}

/// Descends from a point.
pub(crate) fn descend(
    problem: &Problem,
    states: &[ArcState],
    goal: &Goal,
    regime: &Regime,
    start: &[f64],
) -> Outcome {
    let mut descent = Descent {
        problem,
        states,
        goal,
        bounds: bounds::bounds(problem, states, regime),
        radius: BOX[0],
        multipliers: Vec::new(),
        limit_price: if goal.is_none() { 1.0 } else { LIMIT_PRICE },
        hurried: regime.hurried,
        programs: 0,
        prices: Vec::new(),
    };
    let mut x = start.to_vec();
    for bound in descent.bounds.iter().filter(|b| b.limit.is_none()) {
        let v = &mut x[bound.variable];
        *v = if bound.upper {
            v.min(bound.value)
        } else {
            v.max(bound.value)
        };
    }
    let point = descent.point(x);
    descent.go(point)
}

impl Descent<'_> {
    fn go(&mut self, mut here: Point) -> Outcome {
        self.multipliers = vec![0.0; here.rows.len()];
        let mut still = 0;
        let arcs = self.problem.layout.arcs.max(1);
        let most = PROGRAMS_MAX.min((WORK_MAX / arcs).max(PROGRAMS_LEAST));
        while self.programs < most && self.radius > BOX[1] {
            if self.goal.is_none() && here.defect < LAW_TOLERANCE && here.passed < LIMIT_TOLERANCE {
                break;
            }
            let Some((step, promise)) = self.step(&here, None) else {
                self.radius *= 0.25;
                continue;
            };
            if promise < FALL_LEAST * (1.0 + here.merit.abs()) || self.is_vain(&here, promise) {
                break;
            }
            let before = here.merit;
            here = self.try_step(here, step, promise);
            still = if before - here.merit < 1e-9 * (1.0 + before.abs()) {
                still + 1
            } else {
                0
            };
            if still > 8 {
                break;
            }
        }
        self.outcome(here)
    }

    /// Whether there is no hope of a point within all limits, where nothing else is looked for: the laws
    /// nearly hold, and limits cannot be kept.
    fn is_vain(&self, here: &Point, promise: f64) -> bool {
        let settled = self.limit_price * here.passed > 0.5 * here.merit;
        self.hurried && self.goal.is_none() && settled && promise < VAIN * here.merit
    }

    /// Takes the step, or the corrected one, or shrinks the box.
    fn try_step(&mut self, here: Point, step: Vec<f64>, promise: f64) -> Point {
        let there = self.moved(&here, &step);
        let share = (here.merit - there.merit) / promise;
        if share > 0.1 {
            let used = largest(&step[..self.trusted()]);
            if share > 0.7 && used > 0.9 * self.radius {
                self.radius = (2.5 * self.radius).min(10.0);
            } else if share < 0.3 {
                self.radius *= 0.5;
            }
            return there;
        }
        if let Some((corrected, _)) = self.step(&here, Some((&step, &there))) {
            let there = self.moved(&here, &corrected);
            if (here.merit - there.merit) / promise > 0.1 {
                return there;
            }
        }
        let used = largest(&step[..self.trusted()]);
        self.radius = 0.3 * self.radius.min(used);
        here
    }

    /// Unknowns that the box holds: pressures and flows of arcs.
    fn trusted(&self) -> usize {
        self.problem.layout.nodes + self.problem.layout.arcs
    }

    fn moved(&self, here: &Point, step: &[f64]) -> Point {
        self.point(here.x.iter().zip(step).map(|(a, b)| a + b).collect())
    }

    fn point(&self, x: Vec<f64>) -> Point {
        let rows = rows::rows(self.problem, self.states, &x);
        let objective = self.goal.value(self.problem, self.states, &x);
        let (mut defect, mut sum, mut passed) = (0.0_f64, 0.0, 0.0);
        for row in &rows {
            match row.demand {
                Demand::Zero => {
                    defect = defect.max(row.value.abs());
                    sum += row.value.abs();
                }
                Demand::NotNegative => passed += (-row.value).max(0.0),
            }
        }
        for bound in self.bounds.iter().filter(|b| b.limit.is_some()) {
            passed += excess(bound, &x);
        }
        Point {
            merit: objective + LAW_PRICE * sum + self.limit_price * passed,
            x,
            rows,
            objective,
            defect,
            passed,
        }
    }

    /// The step that the quadratic program at a point calls for, and the fall of the penalised objective
    /// that it promises. With a step that failed, the laws' values there less their linear part are kept.
    fn step(&mut self, here: &Point, failed: Option<(&[f64], &Point)>) -> Option<(Vec<f64>, f64)> {
        self.programs += 1;
        let mut program = Program {
            cost: vec![0.0; here.x.len()],
            ..Program::default()
        };
        for (i, c) in self.goal.gradient(self.problem, self.states, &here.x) {
            program.cost[i] += c;
        }
        self.curve(&mut program, here);
        let values = offsets(here, failed);
        let laws = self.laws(&mut program, here, &values);
        let limits = self.limits(&mut program, here);
        let found = program.solve();
        if found.ended != Ended::Solved {
            return None;
        }
        self.keep_multipliers(here, &laws, &limits, &found.equal, &found.not_above);
        let step = found.x[..here.x.len()].to_vec();
        let promise = here.merit
            - here.objective
            - self.linear_merit(here, &step)
            - self.change(&program, &step);
        Some((step, promise))
    }

    /// Change of the objective's model along a step.
    fn change(&self, program: &Program, step: &[f64]) -> f64 {
        let linear: f64 = program.cost.iter().zip(step).map(|(c, d)| c * d).sum();
        let square = |&(i, j, v): &(usize, usize, f64)| {
            step[i] * step[j] * v * if i == j { 0.5 } else { 1.0 }
        };
        linear + program.quadratic.iter().map(square).sum::<f64>()
    }

    /// The penalties of the linear laws after a step.
    fn linear_merit(&self, here: &Point, step: &[f64]) -> f64 {
        let mut sum = 0.0;
        for row in &here.rows {
            let value = row.value + row.terms.iter().map(|&(i, c)| c * step[i]).sum::<f64>();
            sum += match row.demand {
                Demand::Zero => LAW_PRICE * value.abs(),
                Demand::NotNegative => self.limit_price * (-value).max(0.0),
            };
        }
        for bound in self.bounds.iter().filter(|b| b.limit.is_some()) {
            let at = here.x[bound.variable] + step[bound.variable];
            let beyond = if bound.upper {
                at - bound.value
            } else {
                bound.value - at
            };
            sum += self.limit_price * beyond.max(0.0);
        }
        sum
    }

    /// Convex blocks of second derivatives.
    fn curve(&self, program: &mut Program, here: &Point) {
        let mut x = here.x.clone();
        let mut blocks = self.goal.curvature(self.problem, self.states, &mut x);
        for (row, &multiplier) in here.rows.iter().zip(&self.multipliers) {
            let curved = matches!(row.law, Law::Pipe(_) | Law::Fuel(_) | Law::Reach(..));
            if !curved || multiplier.abs() < 1e-9 {
                continue;
            }
            let unknowns: Vec<usize> = row.terms.iter().map(|t| t.0).collect();
            let gradient =
                |x: &[f64]| rows::row(self.problem, row.law, x).map_or_else(Vec::new, |r| r.terms);
            blocks.push(curvature::second(&unknowns, &mut x, gradient).convex(multiplier));
        }
        blocks.iter().for_each(|b| add_block(program, b));
    }

    /// Rows as rows of the program; where they begin among its equations and inequalities.
    fn laws(&self, program: &mut Program, here: &Point, values: &[f64]) -> Vec<(bool, usize)> {
        let mut places = Vec::with_capacity(here.rows.len());
        for (row, &value) in here.rows.iter().zip(values) {
            let mut terms = row.terms.clone();
            match row.demand {
                Demand::Zero => {
                    for sign in [1.0, -1.0] {
                        let slack = program.slack(LAW_PRICE);
                        terms.push((slack, sign));
                    }
                    places.push((true, program.equal.len()));
                    program.equal.push((terms, -value));
                }
                Demand::NotNegative => {
                    terms.iter_mut().for_each(|t| t.1 = -t.1);
                    let slack = program.slack(self.limit_price);
                    terms.push((slack, -1.0));
                    places.push((false, program.not_above.len()));
                    program.not_above.push((terms, value));
                }
            }
        }
        places
    }

    /// Bounds and the box; the place of each limit among the inequalities.
    fn limits(&self, program: &mut Program, here: &Point) -> Vec<(usize, usize)> {
        let n = self.trusted();
        for i in 0..n {
            program.not_above.push((vec![(i, 1.0)], self.radius));
            program.not_above.push((vec![(i, -1.0)], self.radius));
        }
        let mut places = Vec::new();
        for (b, bound) in self.bounds.iter().enumerate() {
            let i = bound.variable;
            let sign = if bound.upper { 1.0 } else { -1.0 };
            let room = sign * (bound.value - here.x[i]);
            if i < n && room > self.radius {
                continue;
            }
            let mut terms = vec![(i, sign)];
            if bound.limit.is_some() {
                let slack = program.slack(self.limit_price);
                terms.push((slack, -1.0));
                places.push((b, program.not_above.len()));
            }
            program.not_above.push((terms, room));
        }
        places
    }

    fn keep_multipliers(
        &mut self,
        here: &Point,
        laws: &[(bool, usize)],
        limits: &[(usize, usize)],
        equal: &[f64],
        not_above: &[f64],
    ) {
        self.multipliers = laws
            .iter()
            .map(|&(zero, at)| if zero { equal[at] } else { -not_above[at] })
            .collect();
        self.prices.clear();
        for (row, &(zero, at)) in here.rows.iter().zip(laws) {
            if let (false, Law::Reach(a, _) | Law::Throttle(a) | Law::Rise(a)) = (zero, row.law) {
                self.prices.push((Limit::Reach(a), not_above[at]));
            }
        }
        for &(b, at) in limits {
            if let Some(limit) = &self.bounds[b].limit {
                self.prices.push((limit.clone(), not_above[at]));
            }
        }
    }

    fn outcome(&self, here: Point) -> Outcome {
        let mut which = Vec::new();
        for row in here.rows.iter().filter(|r| r.demand == Demand::NotNegative) {
            if let Law::Reach(a, _) | Law::Throttle(a) | Law::Rise(a) | Law::DropMost(a) = row.law
                && row.value < -LIMIT_TOLERANCE
            {
                which.push((Limit::Reach(a), -row.value));
            }
        }
        for bound in &self.bounds {
            let excess = excess(bound, &here.x);
            if let Some(limit) = &bound.limit
                && excess > LIMIT_TOLERANCE
            {
                which.push((limit.clone(), excess));
            }
        }
        Outcome {
            objective: self.goal.in_its_unit(here.objective),
            x: here.x,
            defect: here.defect,
            passed: here.passed,
            which,
            prices: self.prices.clone(),
            scale: self.goal.scale,
            programs: self.programs,
        }
    }
}

/// What a bound is passed by.
fn excess(bound: &Bound, x: &[f64]) -> f64 {
    let at = x[bound.variable];
    (if bound.upper {
        at - bound.value
    } else {
        bound.value - at
    })
    .max(0.0)
}

/// Values of the rows that the program starts from.
fn offsets(here: &Point, failed: Option<(&[f64], &Point)>) -> Vec<f64> {
    let Some((step, there)) = failed else {
        return here.rows.iter().map(|r| r.value).collect();
    };
    let linear = |row: &Row| row.terms.iter().map(|&(i, c)| c * step[i]).sum::<f64>();
    let pairs = here.rows.iter().zip(&there.rows);
    pairs.map(|(a, b)| b.value - linear(a)).collect()
}

fn add_block(program: &mut Program, block: &Block) {
    let n = block.unknowns.len();
    for row in 0..n {
        for column in row..n {
            let (i, j) = (block.unknowns[row], block.unknowns[column]);
            let value = block.values[row * n + column];
            if value != 0.0 {
                program.quadratic.push((i.min(j), i.max(j), value));
            }
        }
    }
}

fn largest(step: &[f64]) -> f64 {
    step.iter().fold(0.0, |a, b| a.max(b.abs()))
}
