//! Between the state of a model and a snapshot keyed by element.

use crate::follow::Follower;
use crate::link::LinkLaw;
use crate::model::Model;
use crate::state::{Controls, State};
use crate::terminal::TerminalLaw;
use linepack_results::{EdgeState, NodeState, PipeState, SNAPSHOT_FORMAT, Snapshot, TerminalState};
use std::collections::BTreeMap;

pub(crate) fn take(
    model: &Model,
    controls: &Controls,
    follower: Option<&Follower>,
    state: &State,
    step_s: f64,
) -> Snapshot {
    Snapshot {
        format: SNAPSHOT_FORMAT,
        program_version: env!("CARGO_PKG_VERSION").into(),
        model_fingerprint: model.fingerprint(),
        case: model.case.id.clone(),
        stage: model.case.stage.clone(),
        scenario: model.case.scenario.name.clone(),
        start_utc: model.case.scenario.start.to_string(),
        time_s: state.time_s,
        step_s,
        nodes: nodes(model, state),
        pipes: pipes(model, follower, state),
        edges: edges(model, controls, state),
        terminals: terminals(controls, state),
        numbers: BTreeMap::new(),
    }
}

fn nodes(model: &Model, state: &State) -> BTreeMap<String, NodeState> {
    let node = |(i, n): (usize, &crate::model::NodeData)| {
        let pressure_pa = state.node_pressure[i];
        let density_kg_per_m3 = model.isotherms[n.isotherm].density(pressure_pa).0;
        (
            n.id.clone(),
            NodeState {
                pressure_pa,
                density_kg_per_m3,
                density_rate: 0.0,
                temperature_k: state.node_gas.get(i).map(|g| g.temperature_k),
            },
        )
    };
    model.nodes.iter().enumerate().map(node).collect()
}

fn pipes(model: &Model, follower: Option<&Follower>, state: &State) -> BTreeMap<String, PipeState> {
    let mut all = BTreeMap::new();
    for (&pipe, parts) in &model.pipe_parts {
        let mut p = PipeState::default();
        for &part in parts {
            let mesh = &model.pipes[part];
            let (faces, segments) = (mesh.faces(), mesh.segments());
            p.distance_m
                .extend((0..=mesh.cells()).map(|i| mesh.offset_m + i as f64 * mesh.dx));
            p.pressure_pa
                .extend_from_slice(&state.pressure[faces.clone()]);
            p.density_kg_per_m3
                .extend_from_slice(&state.density[faces.clone()]);
            p.density_rate.extend_from_slice(&state.density_rate[faces]);
            let middle = |i: usize| mesh.offset_m + (i as f64 + 0.5) * mesh.dx;
            p.flow_distance_m.extend((0..mesh.cells()).map(middle));
            p.mass_flow_kg_per_s
                .extend_from_slice(&state.flow[segments.clone()]);
            p.mass_flow_rate
                .extend_from_slice(&state.flow_rate[segments]);
            if let Some(follower) = follower {
                follower.keep_pipe(part, mesh, state, &mut p);
            }
        }
        all.insert(model.case.network.pipes[pipe].header.id.clone(), p);
    }
    all
}

fn edges(model: &Model, controls: &Controls, state: &State) -> BTreeMap<String, EdgeState> {
    let edge = |(i, link): (usize, &crate::link::Link)| {
        let (opening, word) = match &link.law {
            LinkLaw::Valve(v) => (v.opening(state.time_s, &model.profiles), String::new()),
            LinkLaw::Regulator(r) => (1.0, format!("{:?}", r.state).to_lowercase()),
            LinkLaw::Station(s) => (1.0, format!("{:?}", s.state).to_lowercase()),
            _ => (1.0, String::new()),
        };
        let value = EdgeState {
            mass_flow_kg_per_s: state.link_flow[i],
            opening,
            state: word,
            configuration: link.configuration().unwrap_or_default().to_owned(),
        };
        (link.id.clone(), value)
    };
    controls.links.iter().enumerate().map(edge).collect()
}

fn terminals(controls: &Controls, state: &State) -> BTreeMap<String, TerminalState> {
    let terminal = |(i, t): (usize, &crate::terminal::Terminal)| {
        let shut = matches!(t.law, TerminalLaw::Bounds { shut: true, .. });
        let mass_flow_kg_per_s = t.kind.sign() * state.inflow[i];
        (
            t.id.clone(),
            TerminalState {
                mass_flow_kg_per_s,
                shut,
            },
        )
    };
    controls
        .terminals
        .iter()
        .enumerate()
        .map(terminal)
        .collect()
}

/// The state to start from, and the first step to try.
///
/// The same model and scenario go on at the snapshot's time with its very numbers; for any other,
/// pressures and flows are interpolated along the pipes and time starts at zero.
pub(crate) fn restore(model: &Model, from: &Snapshot) -> (State, f64) {
    let scenario = &model.case.scenario;
    let same = from.model_fingerprint == model.fingerprint()
        && from.scenario == scenario.name
        && from.start_utc == scenario.start.to_string();
    let guess = from
        .nodes
        .values()
        .map(|n| n.pressure_pa)
        .fold(0.0, f64::max)
        .max(1e5);
    let mut state = State::at_rest(model, guess);
    for (i, node) in model.nodes.iter().enumerate() {
        if let Some(known) = from.nodes.get(&node.id) {
            state.node_pressure[i] = known.pressure_pa;
        }
    }
    for (&pipe, parts) in &model.pipe_parts {
        if let Some(known) = from.pipes.get(&model.case.network.pipes[pipe].header.id) {
            restore_pipe(model, parts, known, same, &mut state);
        }
    }
    for (i, link) in model.links.iter().enumerate() {
        if let Some(known) = from.edges.get(&link.id) {
            state.link_flow[i] = known.mass_flow_kg_per_s;
        }
    }
    for (i, terminal) in model.terminals.iter().enumerate() {
        if let Some(known) = from.terminals.get(&terminal.id) {
            state.inflow[i] = terminal.kind.sign() * known.mass_flow_kg_per_s;
        }
    }
    if same {
        state.time_s = from.time_s;
        restore_fuel(model, &mut state);
        return (state, from.step_s);
    }
    join_ends(model, &mut state);
    state.set_densities(model);
    (state, 1.0)
}

/// Lets stations run the configurations that they ran, and lets gas pass back where it did.
pub(crate) fn restore_configurations(controls: &mut Controls, from: &Snapshot) {
    for link in &mut controls.links {
        if let Some(known) = from.edges.get(&link.id) {
            link.configure(&known.configuration);
            if known.state == "bypass" && link.may_open() {
                link.open();
            }
        }
    }
}

fn restore_pipe(model: &Model, parts: &[usize], known: &PipeState, same: bool, state: &mut State) {
    let (mut face, mut segment) = (0, 0);
    for &part in parts {
        let mesh = &model.pipes[part];
        if same {
            let (f, s) = (
                face..face + mesh.cells() + 1,
                segment..segment + mesh.cells(),
            );
            state.pressure[mesh.faces()].copy_from_slice(&known.pressure_pa[f.clone()]);
            state.density[mesh.faces()].copy_from_slice(&known.density_kg_per_m3[f.clone()]);
            state.density_rate[mesh.faces()].copy_from_slice(&known.density_rate[f.clone()]);
            state.flow[mesh.segments()].copy_from_slice(&known.mass_flow_kg_per_s[s.clone()]);
            state.flow_rate[mesh.segments()].copy_from_slice(&known.mass_flow_rate[s.clone()]);
            (face, segment) = (f.end, s.end);
            continue;
        }
        for (i, f) in mesh.faces().enumerate() {
            let x = mesh.offset_m + i as f64 * mesh.dx;
            state.pressure[f] = interpolate(&known.distance_m, &known.pressure_pa, x);
        }
        for (i, s) in mesh.segments().enumerate() {
            let x = mesh.offset_m + (i as f64 + 0.5) * mesh.dx;
            state.flow[s] = interpolate(&known.flow_distance_m, &known.mass_flow_kg_per_s, x);
        }
    }
}

fn restore_fuel(model: &Model, state: &mut State) {
    for (i, link) in model.links.iter().enumerate() {
        let point = crate::newton::link_point(model, link, state.time_s, state, i);
        state.fuel[i] = link.fuel(&point).flow;
    }
}

/// Pipe ends take their node's pressure; inner nodes take that of the pipe.
fn join_ends(model: &Model, state: &mut State) {
    for pipe in &model.pipes {
        for (end, face) in [(0, pipe.first_face), (1, pipe.faces().end - 1)] {
            let node = pipe.nodes[end];
            if model.nodes[node].inner {
                state.node_pressure[node] = state.pressure[face];
            } else {
                state.pressure[face] = state.node_pressure[node];
            }
        }
    }
}

pub(crate) fn interpolate(x: &[f64], y: &[f64], at: f64) -> f64 {
    let next = x.partition_point(|&v| v <= at);
    match (next.checked_sub(1), x.get(next)) {
        (Some(a), Some(&b)) => y[a] + (y[next] - y[a]) * (at - x[a]) / (b - x[a]),
        (Some(a), None) => y[a],
        (None, Some(_)) => y[0],
        (None, None) => 0.0,
    }
}
