//! LANL JSON: the folders of GasTranSim.jl and GasSteadySim.jl.
//!
//! `network.json` has nodes, pipes and compressors by number, `params.json` gas, units and times,
//! `bc.json` slack pressures, withdrawals and what compressors are told, `ic.json` the initial state.
//! Friction factors are Darcy's and constant, the gas is isothermal, ideal or by CNGA.
//!
//! Source: GasTranSim.jl, `io/data_utils.jl`, `core/ref.jl`, `core/bc.jl`, `core/ic.jl`,
//! `core/eos.jl`; GasSteadySim.jl, the same files.

mod boundary;
mod files;
mod json;
mod network;
mod params;
pub(crate) mod withdrawal;
mod write;

pub(crate) use write::write;

use crate::codes;
use crate::import::{Companions, Import, blank, case_id};
use crate::matgas::{limits, settings};
use crate::sources::Span;
use json::Entry;
use jsonc_parser::ast::Object;
use linepack_network::{Case, ControlState, InitialState, Place};
use params::Parameters;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Reads a folder, or the network file in it.
pub(crate) fn read(import: &mut Import, path: &Path, beside: &Companions) -> Option<Case> {
    let asked = beside.scenario.as_deref();
    let files = files::choose(import, path, asked);
    let source = import.file(&files.network)?;
    let text = import.sources.text(source).to_owned();
    let root = json::parse(import, source, &text);
    let parameters = parameters(import, files.parameters.as_ref());
    let (root, parameters) = (root?, parameters?);
    let reading = network::read(import, source, &root, parameters.factors);
    let (network, slack) = (reading.network, reading.slack);
    if network.nodes.is_empty() {
        let message = "the file has no nodes";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
    }
    let mut case = empty(&name(path), &parameters);
    case.network = network;
    let start = case.scenario.start;
    let later = jiff::SignedDuration::try_from_secs_f64(parameters.start_s);
    case.scenario.start = later
        .ok()
        .and_then(|d| start.checked_add(d).ok())
        .unwrap_or(start);
    boundary_conditions(import, &mut case, files.boundary.as_ref(), &parameters);
    check_slack(import, &case, &slack, source);
    initial_state(import, &mut case, files.initial.as_ref(), &parameters);
    for place in [Place::Case, Place::Settings, Place::Gas, Place::Scenario] {
        import.place(place, Span::beginning(source));
    }
    limits::check(import, &case);
    import.note("disruptions, where there are any, are not used", None);
    Some(case)
}

/// The name of a case: that of its folder.
fn name(path: &Path) -> String {
    let folder = path.parent().filter(|f| f.file_name().is_some());
    match folder.filter(|_| path.ends_with("network.json")) {
        Some(folder) => folder_name(folder),
        None if path.is_dir() => folder_name(path),
        None => case_id(path),
    }
}

fn folder_name(folder: &Path) -> String {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "case".to_owned())
}

fn empty(id: &str, parameters: &Parameters) -> Case {
    let settings = settings(parameters.temperature_k);
    let mut case = blank::blank(id, parameters.gas.clone(), settings);
    case.scenario.duration_s = (parameters.end_s - parameters.start_s).max(0.0);
    if let Some(output_s) = parameters.output_s {
        case.scenario.output_interval_s = output_s;
    }
    case
}

fn parameters(import: &mut Import, file: Option<&PathBuf>) -> Option<Parameters> {
    let Some(file) = file else {
        import.note("there is no params.json", None);
        return params::read(import, None);
    };
    let source = import.file(file)?;
    let text = import.sources.text(source).to_owned();
    let root = json::parse(import, source, &text)?;
    let root = Entry {
        source,
        name: "the parameters",
        object: &root,
    };
    let object = root.item(&["simulation_params", "params"]);
    let Some(object) = object.and_then(|o| o.object()) else {
        let message = "the file has no `simulation_params`";
        import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
        return None;
    };
    params::read(import, Some(Entry { object, ..root }))
}

fn boundary_conditions(
    import: &mut Import,
    case: &mut Case,
    file: Option<&PathBuf>,
    parameters: &Parameters,
) {
    let Some(file) = file else {
        import.note(
            "there is no bc.json: no pressures, withdrawals and set-points",
            None,
        );
        return;
    };
    let Some(source) = import.file(file) else {
        return;
    };
    let text = import.sources.text(source).to_owned();
    if let Some(object) = json::parse(import, source, &text) {
        let root = Entry {
            source,
            name: "the boundary conditions",
            object: &object,
        };
        boundary::apply(import, case, root, parameters.factors, parameters.start_s);
    }
    idle(import, case);
}

/// Stations and control valves that nothing is told to.
fn idle(import: &mut Import, case: &mut Case) {
    for valve in &mut case.network.control_valves {
        if valve.state == ControlState::Active {
            valve.state = ControlState::Bypass;
            import.note(
                "control valves that nothing is told to: open",
                Some(&valve.header.id),
            );
        }
    }
    for station in &mut case.network.compressor_stations {
        let told = station.ratio.is_some()
            || station.discharge_pressure_pa.is_some()
            || station.flow.is_some();
        if !told {
            station.ratio = Some(1.0);
            let what = "compressors that nothing is told to: ratio 1";
            import.note(what, Some(&station.header.id));
        }
    }
}

/// What `slack_bool` says must be what the boundary conditions say.
fn check_slack(import: &mut Import, case: &Case, slack: &HashSet<String>, source: usize) {
    let held: HashSet<&String> = case
        .network
        .supplies
        .iter()
        .filter(|s| s.pressure_pa.is_some())
        .map(|s| &s.node)
        .collect();
    for node in &case.network.nodes {
        let id = &node.header.id;
        if slack.contains(id) && !held.contains(id) {
            let message = format!("slack node {id} has no pressure in the boundary conditions");
            import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
        } else if held.contains(id) && !slack.contains(id) {
            let what =
                "a node holds a pressure by the boundary conditions, though it is not called slack";
            import.note(what, Some(id));
        }
    }
}

/// Gas at rest, or the steady state of the boundary conditions at the beginning.
fn initial_state(
    import: &mut Import,
    case: &mut Case,
    file: Option<&PathBuf>,
    parameters: &Parameters,
) {
    let Some(source) = file.and_then(|file| import.file(file)) else {
        return;
    };
    let text = import.sources.text(source).to_owned();
    let root: Option<Object<'_>> = json::parse(import, source, &text);
    let rest = root.and_then(|root| boundary::at_rest(import, &root, source));
    match rest {
        Some(pressure) => {
            let pressure_pa = pressure * parameters.factors.pressure;
            case.scenario.initial = InitialState::AtRest { pressure_pa };
        }
        None => {
            let what = "the initial conditions are not used: a run begins with the steady state of the boundary conditions";
            import.note(what, None);
        }
    }
}
