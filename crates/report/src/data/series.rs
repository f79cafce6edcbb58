//! Values over time: nodes, edges, terminals, stations.

use super::{Extra, Thinning, number, numbers, optional};
use crate::view::{View, series};
use linepack_network::CompressorStation;
use linepack_results::Frame;
use serde_json::{Value, json};

fn picked(thinning: &Thinning, frame: &Frame, column: &str, id: &str) -> Value {
    numbers(thinning.pick(&series(frame, column, id)))
}

/// Nodes in service: pressure and its limits.
pub(super) fn nodes(view: &View<'_>, thinning: &Thinning) -> Value {
    let nodes = view
        .case
        .network
        .nodes
        .iter()
        .filter(|n| n.header.in_service);
    let extra = Extra::of(view);
    let entry = |n: &linepack_network::Node| {
        let id = &n.header.id;
        let mut entry = json!({
            "id": id,
            "name": view.name(id),
            "pressure": picked(thinning, &view.solution.nodes, "pressure_pa", id),
            "min": optional(pressure_min(view, id, n.pressure_min_pa)),
            "max": optional(n.pressure_max_pa),
        });
        extra.add_node(view, thinning, id, &mut entry);
        entry
    };
    nodes.map(entry).collect()
}

/// The highest of a node's lowest pressure and the contract pressures of its off-takes.
pub(crate) fn pressure_min(view: &View<'_>, node: &str, own: Option<f64>) -> Option<f64> {
    let off_takes = view.case.network.off_takes.iter();
    let here = off_takes.filter(|o| o.header.in_service && o.node == node);
    here.filter_map(|o| o.pressure_min_pa)
        .chain(own)
        .reduce(f64::max)
}

/// Edges in service: flow at the first node, for arrows and labels.
pub(super) fn edges(view: &View<'_>, thinning: &Thinning) -> Value {
    let links = crate::route::links(&view.case.network);
    let entry = |l: crate::route::Link<'_>| {
        json!({
            "id": l.header.id,
            "name": view.name(&l.header.id),
            "kind": l.kind,
            "flow": picked(thinning, &view.solution.edges, "mass_flow_kg_per_s", &l.header.id),
        })
    };
    links
        .into_iter()
        .filter(|l| l.header.in_service)
        .map(entry)
        .collect()
}

/// Terminals: what they take or bring, and what was asked.
pub(super) fn terminals(view: &View<'_>, thinning: &Thinning) -> Value {
    let frame = &view.solution.terminals;
    let entry = |(id, kind): (&String, &String)| {
        json!({
            "id": id,
            "name": view.name(id),
            "kind": kind,
            "flow": picked(thinning, frame, "mass_flow_kg_per_s", id),
            "asked": picked(thinning, frame, "requested_kg_per_s", id),
        })
    };
    frame.ids.iter().zip(&frame.kinds).map(entry).collect()
}

/// Stations in service: power over time and at most how much.
pub(super) fn stations(view: &View<'_>, thinning: &Thinning) -> Value {
    let stations = view.case.network.compressor_stations.iter();
    let entry = |s: &CompressorStation| {
        let id = &s.header.id;
        let edges = &view.solution.edges;
        json!({
            "id": id,
            "name": view.name(id),
            "power": picked(thinning, edges, "power_w", id),
            "powerMax": optional(s.power_max_w),
            "suction": picked(thinning, edges, "pressure_in_pa", id),
            "discharge": picked(thinning, edges, "pressure_out_pa", id),
            "modes": modes(view, thinning, id),
        })
    };
    stations
        .filter(|s| s.header.in_service)
        .map(entry)
        .collect()
}

/// Modes as runs: time index at which each begins, and its name.
fn modes(view: &View<'_>, thinning: &Thinning, id: &str) -> Value {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for (k, &t) in thinning.times.iter().enumerate() {
        let mode = view.mode(t, id);
        if runs.last().is_none_or(|r| r.1 != mode) {
            runs.push((k, mode));
        }
    }
    runs.into_iter()
        .map(|(k, mode)| json!([number(k as f64), mode]))
        .collect()
}
