//! What one stage of the build-out can do.

use crate::model::{Model, Options};
use crate::transient::steady;
use linepack_network::Case;
use linepack_results::{Solution, StageResult};

/// The steady state at the loads of the stage, and the largest flow that the off-take named by the
/// stage (`capacity_at`) can take at its contract pressure, with what limits it.
pub fn stage_result(case: &Case, options: &Options) -> StageResult {
    let info = case
        .stage
        .as_ref()
        .and_then(|name| case.stages.iter().find(|s| &s.name == name));
    let mut result = StageResult {
        stage: case.stage.clone().unwrap_or_default(),
        title: info.map(|s| s.title.clone()).unwrap_or_default(),
        solved: false,
        message: String::new(),
        deliveries: Vec::new(),
        stations: Vec::new(),
        capacity: None,
        limited_by: String::new(),
    };
    match Model::build(case, options) {
        Ok(model) => {
            let solution = steady(&model);
            result.solved = solution.status.converged;
            result.message = solution.status.message.clone();
            if result.solved {
                result.deliveries = deliveries(&solution);
                result.stations = stations(&solution);
                result.limited_by = words(&solution);
            }
        }
        Err(error) => result.message = error.to_string(),
    }
    if let Some(id) = info.and_then(|s| s.capacity_at.clone())
        && let Some((flow, limited_by)) = capacity(case, options, &id)
    {
        result.capacity = Some((id, flow));
        result.limited_by = limited_by;
    }
    result
}

/// The off-take is made to hold its contract pressure and take all that comes.
fn capacity(case: &Case, options: &Options, id: &str) -> Option<(f64, String)> {
    let mut open = case.clone();
    let taker = open
        .network
        .off_takes
        .iter_mut()
        .find(|t| t.header.id == id && t.header.in_service)?;
    taker.pressure_pa = Some(taker.pressure_min_pa.or(taker.pressure_pa)?);
    taker.flow = None;
    taker.flow_profile = None;
    let model = Model::build(&open, options).ok()?;
    let solution = steady(&model);
    if !solution.status.converged {
        return None;
    }
    let last = solution.time_s.len() - 1;
    let flow = solution.terminals.value("mass_flow_kg_per_s", last, id)?;
    Some((flow, words(&solution)))
}

fn deliveries(solution: &Solution) -> Vec<(String, f64, f64)> {
    let frame = &solution.terminals;
    let of = |id: &String| {
        let flow = frame.value("mass_flow_kg_per_s", 0, id)?;
        Some((id.clone(), flow, frame.value("pressure_pa", 0, id)?))
    };
    let kinds = frame.ids.iter().zip(&frame.kinds);
    kinds
        .filter(|(_, k)| *k == "off_take")
        .filter_map(|(id, _)| of(id))
        .collect()
}

fn stations(solution: &Solution) -> Vec<(String, f64, f64, String)> {
    let frame = &solution.edges;
    let of = |(i, id): (usize, &String)| {
        let power = frame.value("power_w", 0, id)?;
        let fuel = frame.value("fuel_kg_per_s", 0, id)?;
        Some((
            id.clone(),
            power,
            fuel,
            frame.modes.get(i).cloned().unwrap_or_default(),
        ))
    };
    frame.ids.iter().enumerate().filter_map(of).collect()
}

fn words(solution: &Solution) -> String {
    let list: Vec<String> = solution
        .limitations
        .iter()
        .map(|l| format!("{} {}", l.element, l.what))
        .collect();
    list.join("; ")
}
