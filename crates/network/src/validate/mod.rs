//! What is wrong with a case, all of it at once, and what is odd about it.

use crate::{Case, Finding, Scenario};

/// Everything wrong with a case, and everything odd about it.
pub fn validate(case: &Case) -> Vec<Finding> {
    let _ = case;
    Vec::new()
}

/// What is wrong with a scenario of a case that need not be the one chosen.
pub fn validate_scenario(case: &Case, scenario: &Scenario) -> Vec<Finding> {
    let _ = (case, scenario);
    Vec::new()
}
