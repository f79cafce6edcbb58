//! Reading and solving, with failures in words.

use crate::data::Outcome;
use linepack_flow::{Model, Options, steady};
use linepack_formats::{Diagnostic, Loaded, Selection, read};
use linepack_network::Case;
use linepack_results::Solution;
use std::path::Path;

/// Reads a case.
///
/// Errors: its first mistake.
pub(crate) fn load(path: &Path, selection: &Selection) -> Outcome<Loaded> {
    read(path, selection).map_err(|mistakes| first(&mistakes))
}

/// The first mistake, on one line.
fn first(mistakes: &[Diagnostic]) -> String {
    match mistakes.first() {
        Some(d) => format!("{}: {}", d.code, d.message),
        None => "not read".to_owned(),
    }
}

/// The steady state, solved or not.
///
/// Errors: that no model can be made.
pub(crate) fn solve(case: &Case) -> Outcome<Solution> {
    let model = Model::build(case, &Options::default()).map_err(|e| e.to_string())?;
    Ok(steady(&model))
}

/// The steady state.
///
/// Errors: that it is not found.
pub(crate) fn solved(case: &Case) -> Outcome<Solution> {
    let solution = solve(case)?;
    match solution.status.converged {
        true => Ok(solution),
        false => Err(format!("{}: {}", case.id, solution.status.message)),
    }
}

/// The pressure of a node, Pa.
///
/// Errors: that there is no such node.
pub(crate) fn pressure(solution: &Solution, node: &str) -> Outcome<f64> {
    let value = solution.nodes.value("pressure_pa", 0, node);
    value.ok_or_else(|| format!("no pressure at node {node}"))
}

/// A quantity of an edge.
///
/// Errors: that there is no such edge.
pub(crate) fn edge(solution: &Solution, quantity: &str, id: &str) -> Outcome<f64> {
    let value = solution.edges.value(quantity, 0, id);
    value.ok_or_else(|| format!("no {quantity} of {id}"))
}
