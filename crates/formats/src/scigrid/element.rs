//! Nodes, pipes and border points of the tables.

use super::csv::{Csv, Row};
use crate::codes;
use crate::import::Import;
use crate::json::Json;
use linepack_network::{ElementKind, Network, Node, OffTake, Pipe, Place, Supply, great_circle_m};
use linepack_units::{FlowRate, ReferenceConditions};

/// Roughness of pipes, which the tables do not state, m.
const ROUGHNESS_M: f64 = 12e-6;

/// Adds the nodes.
pub(super) fn nodes(import: &mut Import, table: &Csv, network: &mut Network) {
    for row in table.rows() {
        let Some(id) = id(import, &row) else { continue };
        let mut node = Node::new(&id);
        node.header.label = row.cell("name").unwrap_or(&id).to_owned();
        node.x = row.number("long");
        node.y = row.number("lat");
        let parameters = row.literal(import, "param");
        let height = parameters.and_then(|p| p.get("elevation_m")?.number());
        if height.is_none() {
            import.note("elevation 0 m assumed", Some(&id));
        }
        node.elevation_m = height.unwrap_or(0.0);
        place(import, &row, ElementKind::Node, network.nodes.len());
        network.nodes.push(node);
    }
}

/// Adds the pipes.
pub(super) fn pipes(import: &mut Import, table: &Csv, network: &mut Network) {
    for row in table.rows() {
        let Some(id) = id(import, &row) else { continue };
        let Some([from, to]) = ends(import, &row, &id) else {
            continue;
        };
        if from == to {
            import.note("left out: it begins and ends at the same node", Some(&id));
            continue;
        }
        if let Some(pipe) = pipe(import, &row, Pipe::new(&id, from, to)) {
            place(import, &row, ElementKind::Pipe, network.pipes.len());
            network.pipes.push(pipe);
        }
    }
}

fn pipe(import: &mut Import, row: &Row<'_>, mut pipe: Pipe) -> Option<Pipe> {
    let id = pipe.header.id.clone();
    let parameters = row.literal(import, "param");
    let number = |key: &str| parameters.as_ref()?.get(key)?.number();
    let route = route(import, row);
    pipe.header.label = row.cell("name").unwrap_or(&id).to_owned();
    let length = number("length_km").filter(|km| *km > 0.0);
    pipe.length_m = match (length, route.as_slice()) {
        (Some(km), _) => km * 1e3,
        (None, [_, _, ..]) => {
            import.note("length along its route", Some(&id));
            route.windows(2).map(|w| great_circle_m(w[0], w[1])).sum()
        }
        _ => {
            wrong(
                import,
                row,
                format!("{id} has neither a length nor a route"),
            );
            return None;
        }
    };
    let Some(diameter_mm) = number("diameter_mm") else {
        wrong(import, row, format!("{id} has no `diameter_mm`"));
        return None;
    };
    pipe.diameter_m = diameter_mm * 1e-3;
    pipe.roughness_m = number("roughness_mm").map_or(ROUGHNESS_M, |mm| mm * 1e-3);
    if number("roughness_mm").is_none() {
        import.note("roughness 0.012 mm assumed", Some(&id));
    }
    pipe.pressure_max_pa = number("max_pressure_bar").map(|bar| bar * 1e5);
    if route.len() > 2 {
        pipe.route = route;
    }
    Some(pipe)
}

/// Longitudes and latitudes.
fn route(import: &mut Import, row: &Row<'_>) -> Vec<[f64; 2]> {
    let (lat, long) = (row.literal(import, "lat"), row.literal(import, "long"));
    let numbers = |json: Option<Json>| -> Option<Vec<f64>> {
        json?.list()?.iter().map(Json::number).collect()
    };
    match (numbers(long), numbers(lat)) {
        (Some(x), Some(y)) if x.len() == y.len() => {
            let points = x.into_iter().zip(y).map(|(x, y)| [x, y]);
            let route: Vec<_> = points.collect();
            if route.iter().any(|[x, y]| x.abs() > 360.0 || y.abs() > 90.0) {
                let message = "`long` and `lat` are no longitudes and latitudes";
                wrong(import, row, message.to_owned());
            }
            route
        }
        _ => Vec::new(),
    }
}

/// Places where gas enters, in the order in which they hold pressures.
pub(super) fn entries(import: &mut Import, table: &Csv, network: &mut Network) {
    for row in table.rows() {
        let (Some(id), Some(node)) = (id(import, &row), node(import, &row)) else {
            continue;
        };
        let mut supply = Supply::new(&id, node);
        supply.header.label = row.cell("name").unwrap_or(&id).to_owned();
        supply.flow = Some(FlowRate::mass(0.0));
        let parameters = row.literal(import, "param");
        let keys = [
            "max_cap_store2pipe_M_m3_per_d",
            "max_supply_M_m3_per_d",
            "max_production_M_m3_per_d",
        ];
        let capacity = keys
            .iter()
            .find_map(|k| parameters.as_ref()?.get(k)?.number());
        supply.flow_max = capacity.map(|million_per_day| FlowRate::Volume {
            m3_per_s: million_per_day * 1e6 / 86_400.0,
            reference: ReferenceConditions::NORMAL,
        });
        if capacity.is_some() {
            import.note(
                "capacity in cubic metres at 0 degC and 1.01325 bar assumed",
                Some(&id),
            );
        }
        import.note("no load is stated, so no gas enters", Some(&id));
        place(import, &row, ElementKind::Supply, network.supplies.len());
        network.supplies.push(supply);
    }
}

/// Places where gas leaves.
pub(super) fn exits(import: &mut Import, table: &Csv, network: &mut Network) {
    for row in table.rows() {
        let (Some(id), Some(node)) = (id(import, &row), node(import, &row)) else {
            continue;
        };
        let mut off_take = OffTake::new(&id, node);
        off_take.header.label = row.cell("name").unwrap_or(&id).to_owned();
        off_take.flow = Some(FlowRate::mass(0.0));
        import.note("no load is stated, so no gas leaves", Some(&id));
        place(import, &row, ElementKind::OffTake, network.off_takes.len());
        network.off_takes.push(off_take);
    }
}

/// Things at a node that have no counterpart, by name.
pub(super) fn left_out(import: &mut Import, table: &Csv, why: &str) {
    for row in table.rows() {
        if let Some(id) = row.cell("id") {
            import.note(why, Some(id));
        }
    }
}

fn id(import: &mut Import, row: &Row<'_>) -> Option<String> {
    let id = row.cell("id").map(str::to_owned);
    if id.is_none() {
        wrong(import, row, "the row has no `id`".to_owned());
    }
    id
}

fn names(import: &mut Import, row: &Row<'_>) -> Vec<String> {
    let cell = row.cell("node_id").unwrap_or("");
    if !cell.starts_with(['[', '(']) {
        return vec![cell.to_owned()];
    }
    let list = row.literal(import, "node_id");
    let list = list.as_ref().and_then(Json::list).unwrap_or_default();
    list.iter()
        .filter_map(|j| Some(j.text()?.to_owned()))
        .collect()
}

fn ends(import: &mut Import, row: &Row<'_>, id: &str) -> Option<[String; 2]> {
    let nodes = names(import, row);
    let count = nodes.len();
    let ends = <[String; 2]>::try_from(nodes).ok();
    if ends.is_none() {
        wrong(
            import,
            row,
            format!("`node_id` of {id} names {count} nodes, not 2"),
        );
    }
    ends
}

fn node(import: &mut Import, row: &Row<'_>) -> Option<String> {
    let node = names(import, row)
        .into_iter()
        .next()
        .filter(|n| !n.is_empty());
    if node.is_none() {
        wrong(import, row, "the row has no `node_id`".to_owned());
    }
    node
}

fn place(import: &mut Import, row: &Row<'_>, kind: ElementKind, index: usize) {
    import.place(Place::Element { kind, index }, row.span());
}

fn wrong(import: &mut Import, row: &Row<'_>, message: String) {
    import.error(codes::FOREIGN_CONTENT, row.span(), message);
}
