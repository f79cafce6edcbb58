//! A convex quadratic program, solved by Clarabel's interior point method.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, SolverStatus, SupportedConeT};
use std::collections::BTreeMap;

/// Linear terms: unknowns and coefficients.
pub(crate) type Terms = Vec<(usize, f64)>;

/// min ½ xᵀP x + cᵀx with a·x = b, a·x <= b, and ‖(a₁·x + b₁, …)‖ <= a₀·x + b₀.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub cost: Vec<f64>,
    /// Entries of P on and above the diagonal; those of one place add up.
    pub quadratic: Vec<(usize, usize, f64)>,
    pub equal: Vec<(Terms, f64)>,
    pub not_above: Vec<(Terms, f64)>,
    pub cones: Vec<Vec<(Terms, f64)>>,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ended {
    Solved,
    /// A certificate was found that there is no solution.
    Infeasible,
    #[default]
    Failed,
}

/// A solution with its multipliers.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub ended: Ended,
    pub x: Vec<f64>,
    pub value: f64,
    /// Value of the dual program: no solution costs less.
    pub dual: f64,
    /// Of the equations.
    pub equal: Vec<f64>,
    /// Of the inequalities.
    pub not_above: Vec<f64>,
}

impl Program {
    /// A new unknown.
    pub(crate) fn unknown(&mut self, cost: f64) -> usize {
        self.cost.push(cost);
        self.cost.len() - 1
    }

    /// An unknown is not above (`upper`) or not below a value.
    pub(crate) fn bound(&mut self, unknown: usize, upper: bool, value: f64) {
        let sign = if upper { 1.0 } else { -1.0 };
        self.not_above.push((vec![(unknown, sign)], sign * value));
    }

    /// A new unknown that is not negative.
    pub(crate) fn slack(&mut self, cost: f64) -> usize {
        let slack = self.unknown(cost);
        self.bound(slack, false, 0.0);
        slack
    }

    pub(crate) fn solve(&self) -> Solution {
        let n = self.cost.len();
        let (mut rows, mut columns, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        let mut rhs = Vec::new();
        let mut add = |terms: &Terms, sign: f64, b: f64| {
            for &(i, c) in terms {
                rows.push(rhs.len());
                columns.push(i);
                entries.push(sign * c);
            }
            rhs.push(b);
        };
        self.equal.iter().for_each(|(a, b)| add(a, 1.0, *b));
        self.not_above.iter().for_each(|(a, b)| add(a, 1.0, *b));
        let of_cones = self.cones.iter().flatten();
        of_cones.for_each(|(a, b)| add(a, -1.0, *b));
        let a = CscMatrix::new_from_triplets(rhs.len(), n, rows, columns, entries);
        let p = self.quadratic_matrix();
        let mut cones = vec![
            SupportedConeT::ZeroConeT(self.equal.len()),
            SupportedConeT::NonnegativeConeT(self.not_above.len()),
        ];
        let sizes = self.cones.iter().map(Vec::len);
        cones.extend(sizes.map(SupportedConeT::SecondOrderConeT));
        let settings = DefaultSettings {
            verbose: false,
            max_iter: 100,
            tol_gap_abs: 1e-9,
            tol_gap_rel: 1e-9,
            tol_feas: 1e-9,
            presolve_enable: false,
            max_threads: 1,
            ..DefaultSettings::default()
        };
        self.solution(DefaultSolver::new(&p, &self.cost, &a, &rhs, &cones, settings).ok())
    }

    /// P, with entries of one place added up.
    fn quadratic_matrix(&self) -> CscMatrix<f64> {
        let n = self.cost.len();
        let mut places: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for &(i, j, v) in &self.quadratic {
            *places.entry((i, j)).or_default() += v;
        }
        let rows = places.keys().map(|k| k.0).collect();
        let columns = places.keys().map(|k| k.1).collect();
        CscMatrix::new_from_triplets(n, n, rows, columns, places.into_values().collect())
    }

    fn solution(&self, solver: Option<DefaultSolver<f64>>) -> Solution {
        let Some(mut solver) = solver else {
            return Solution {
                ended: Ended::Failed,
                x: Vec::new(),
                value: f64::NAN,
                dual: f64::NEG_INFINITY,
                equal: Vec::new(),
                not_above: Vec::new(),
            };
        };
        solver.solve();
        let found = &solver.solution;
        let ended = match found.status {
            SolverStatus::Solved | SolverStatus::AlmostSolved => Ended::Solved,
            SolverStatus::PrimalInfeasible => Ended::Infeasible,
            _ => Ended::Failed,
        };
        let (equal, rest) = found.z.split_at(self.equal.len());
        Solution {
            ended,
            x: found.x.clone(),
            value: found.obj_val,
            dual: found.obj_val_dual,
            equal: equal.to_vec(),
            not_above: rest[..self.not_above.len()].to_vec(),
        }
    }
}
