//! The operating point held against a steady solve of the whole model.

use crate::problem::Problem;
use linepack_flow::{Model, Options, steady};
use linepack_network::Case;
use linepack_results::{Solution, Violation};
use serde::Serialize;

/// What a steady solve makes of an operating point.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// Whether it converged.
    pub solved: bool,
    /// Its message.
    pub message: String,
    /// Its residual, -.
    pub residual: f64,
    /// Limits that it finds violated.
    pub violations: Vec<Violation>,
    /// Largest difference of a pressure from the operating point, Pa, and where.
    pub pressure_difference_pa: f64,
    /// The node of that difference.
    pub at_node: String,
}

impl Check {
    /// Whether the operating point stands.
    pub fn passed(&self) -> bool {
        self.solved && self.violations.is_empty()
    }
}

/// Solves the case and compares.
pub(crate) fn check(problem: &Problem, case: &Case, x: &[f64]) -> (Check, Option<Solution>) {
    let model = match Model::build(case, &Options::default()) {
        Ok(model) => model,
        Err(error) => return (failed(error.to_string()), None),
    };
    let solution = steady(&model);
    let mut check = failed(solution.status.message.clone());
    check.solved = solution.status.converged;
    check.residual = solution.status.residual;
    check.violations.clone_from(&solution.violations);
    for (n, place) in problem.places.iter().enumerate() {
        let found = solution.nodes.value("pressure_pa", 0, &place.id);
        let difference = found.map_or(0.0, |p| (p - problem.layout.pascal(x, n)).abs());
        if difference > check.pressure_difference_pa {
            check.pressure_difference_pa = difference;
            check.at_node.clone_from(&place.id);
        }
    }
    (check, Some(solution))
}

fn failed(message: String) -> Check {
    Check {
        solved: false,
        message,
        residual: f64::NAN,
        violations: Vec::new(),
        pressure_difference_pa: 0.0,
        at_node: String::new(),
    }
}
