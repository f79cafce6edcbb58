//! Cases and objectives of planning: what to build, what an outage leaves, who gets gas when there is too little.

use crate::OptimizeError;
use crate::objective::{Candidate, Objective, Offer, Prices, Trade};
use linepack_flow::{Model, Options};
use linepack_network::{Case, Header, Network, Valve};

/// The case with elements that may be built, and the objective of least cost: each pipe or station that is not in
/// service is put in service behind a valve, which the optimisation opens where it is worth it.
///
/// Errors: an element is no pipe or station of the case.
pub fn expansion(case: &Case, costs: &[(String, f64)]) -> Result<(Case, Objective), OptimizeError> {
    let mut case = case.clone();
    let mut candidates = Vec::new();
    for (element, cost) in costs {
        let from = commission(&mut case.network, element);
        let from = from.ok_or_else(|| OptimizeError::NoSuchElement(element.clone()))?;
        let valve = behind_valve(&mut case.network, element, &from);
        candidates.push(Candidate { valve, cost: *cost });
    }
    Ok((case, Objective::Build(candidates)))
}

/// The node that leads to what is built.
fn site(element: &str) -> String {
    format!("{element}:site")
}

/// Puts an element in service, beginning at its site; the node that it began at.
fn commission(network: &mut Network, element: &str) -> Option<String> {
    let pipe = network.pipes.iter_mut().find(|p| p.header.id == element);
    let stations = &mut network.compressor_stations;
    let station = stations.iter_mut().find(|s| s.header.id == element);
    let (header, from) = match (pipe, station) {
        (Some(pipe), _) => (&mut pipe.header, &mut pipe.from),
        (_, Some(station)) => (&mut station.header, &mut station.from),
        _ => return None,
    };
    header.in_service = true;
    Some(std::mem::replace(from, site(element)))
}

/// A closed valve from a node to the site of an element.
fn behind_valve(network: &mut Network, element: &str, from: &str) -> String {
    let id = format!("{element}:build");
    let mut valve = Valve::new(&id, from, site(element));
    valve.opening = 0.0;
    network.valves.push(valve);
    let node = network.nodes.iter().find(|n| n.header.id == from).cloned();
    network.nodes.extend(node.map(|mut node| {
        node.header.id = site(element);
        node
    }));
    id
}

/// The case without an element: a station with an internal bypass is passed by, anything else is gone. None where
/// no element in service has this name.
pub fn outage(case: &Case, element: &str) -> Option<Case> {
    let mut case = case.clone();
    let n = &mut case.network;
    let stations = &mut n.compressor_stations;
    if let Some(at) = stations.iter().position(|s| s.header.id == element) {
        let station = stations.remove(at);
        if station.internal_bypass {
            let mut valve = Valve::new(element, station.from, station.to);
            valve.header = Header {
                id: element.to_owned(),
                ..station.header
            };
            valve.opening = 1.0;
            n.valves.push(valve);
        }
        return Some(case);
    }
    let pipe = n.pipes.iter_mut().map(|p| &mut p.header);
    let supply = n.supplies.iter_mut().map(|s| &mut s.header);
    let mut headers = pipe.chain(supply).filter(|h| h.in_service);
    headers.find(|h| h.id == element)?.in_service = false;
    Some(case)
}

/// The objective of most delivery, weighted: every off-take takes between nothing and what it asks for, and one
/// with a larger priority is cut later. Supplies bring between nothing and what they are asked for.
///
/// Errors: the case makes no model.
pub fn shedding(case: &Case, priority: impl Fn(&str) -> f64) -> Result<Objective, OptimizeError> {
    let model = Model::build(case, &Options::default())?;
    let mut offers = Vec::new();
    for t in model.terminals() {
        let supply = t.kind == "supply";
        if let Some(flow) = t.requested.filter(|_| t.kind != "leak") {
            offers.push(Offer {
                terminal: t.id.to_owned(),
                per_kg: if supply { 0.0 } else { priority(t.id) },
                flow_kg_per_s: [0.0, flow],
            });
        }
    }
    let prices = Prices {
        gas_per_kg: 0.0,
        power_per_j: 0.0,
    };
    Ok(Objective::Trade(Trade { offers, prices }))
}
