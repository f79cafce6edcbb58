//! Features of other programs.

use super::attribute::Attributes;
use super::geometry::Geometry;
use super::nodes::{Nodes, TOLERANCE_M};
use crate::codes;
use crate::import::{Import, blank, held};
use crate::json::Json;
use crate::matgas::limits;
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{
    Case, ElementKind, Network, Node, OffTake, Pipe, Place, Supply, great_circle_m,
};
use linepack_units::{Dimension, FlowRate, ReferenceConditions};

/// Temperature of ground and gas, K.
const TEMPERATURE_K: f64 = 288.15;
/// Roughness of pipes that state none, m.
const ROUGHNESS_M: f64 = 12e-6;
/// Pressure of a part whose pipes state no maximum, Pa.
const PRESSURE_PA: f64 = 70e5;

const LOWEST: [(&str, f64); 2] = [("pressure_min_bar", 1e5), ("min_pressure_bar", 1e5)];
const HIGHEST: [(&str, f64); 2] = [("pressure_max_bar", 1e5), ("max_pressure_bar", 1e5)];

/// The case of the features.
pub(super) fn read(import: &mut Import, features: &[Json], id: &str) -> Option<Case> {
    let mut network = Network::default();
    let mut nodes = Nodes::default();
    let mut lines = Vec::new();
    for feature in features {
        match Geometry::of(feature) {
            Some(Geometry::Point(place, height)) => {
                point(import, feature, place, height, &mut nodes, &mut network);
            }
            Some(Geometry::Line(route)) => lines.push((feature, route)),
            Some(Geometry::Other(kind)) => {
                let message = format!("a feature of geometry {kind} is neither pipe nor node");
                import.warning(codes::FOREIGN_UNKNOWN, feature.span, message);
            }
            None => {
                let message = "the coordinates of a feature are no longitudes and latitudes";
                import.error(codes::FOREIGN_CONTENT, feature.span, message);
            }
        }
    }
    for (number, (feature, route)) in lines.into_iter().enumerate() {
        let name = format!("pipe {}", number + 1);
        if let Some(pipe) = pipe(import, feature, route, name, &mut nodes) {
            let (kind, index) = (ElementKind::Pipe, network.pipes.len());
            import.place(Place::Element { kind, index }, feature.span);
            network.pipes.push(pipe);
        }
    }
    network.nodes = nodes.list;
    held::hold(import, &mut network, PRESSURE_PA);
    let settings = blank::settings(ReferenceConditions::NORMAL, TEMPERATURE_K);
    let mut case = blank::blank(id, gas(import), settings);
    case.network = network;
    limits::check(import, &case);
    Some(case)
}

fn point(
    import: &mut Import,
    feature: &Json,
    [x, y]: [f64; 2],
    height: Option<f64>,
    nodes: &mut Nodes,
    network: &mut Network,
) {
    let attributes = Attributes::of(feature);
    let id = attributes.id().or_else(|| attributes.text(&["name"]));
    let id = id.unwrap_or_else(|| format!("node {}", nodes.list.len() + 1));
    let mut node = Node::new(&id);
    if let Some(name) = attributes.text(&["name", "label"]) {
        node.header.label = name;
    }
    (node.x, node.y) = (Some(x), Some(y));
    let stated = attributes
        .number(&[("elevation_m", 1.0), ("height_m", 1.0)])
        .or(height);
    if stated.is_none() {
        import.note("elevation 0 m assumed", Some(&id));
    }
    node.elevation_m = stated.unwrap_or(0.0);
    node.pressure_min_pa = attributes.number(&LOWEST);
    node.pressure_max_pa = attributes.number(&HIGHEST);
    let (kind, index) = (ElementKind::Node, nodes.list.len());
    import.place(Place::Element { kind, index }, feature.span);
    nodes.add(node);
    boundary(&attributes, &id, network);
}

/// What a node brings and takes.
fn boundary(attributes: &Attributes<'_>, id: &str, network: &mut Network) {
    let pressure_pa = attributes.number(&[("pressure_bar", 1e5)]);
    let supply_flow = attributes.number(&[("supply_kg_per_s", 1.0)]);
    if pressure_pa.is_some() || supply_flow.is_some() {
        let mut supply = Supply::new(format!("supply {id}"), id);
        supply.pressure_pa = pressure_pa;
        supply.flow = supply_flow
            .filter(|_| pressure_pa.is_none())
            .map(FlowRate::mass);
        network.supplies.push(supply);
    }
    if let Some(flow) = attributes.number(&[("demand_kg_per_s", 1.0)]) {
        let mut off_take = OffTake::new(format!("off-take {id}"), id);
        off_take.flow = Some(FlowRate::mass(flow));
        network.off_takes.push(off_take);
    }
}

fn pipe(
    import: &mut Import,
    feature: &Json,
    route: Vec<[f64; 2]>,
    name: String,
    nodes: &mut Nodes,
) -> Option<Pipe> {
    let attributes = Attributes::of(feature);
    let id = attributes.id().unwrap_or(name);
    let [from, to] = ends(import, &attributes, &id, &route, nodes)?;
    if from == to {
        import.note("left out: it begins and ends at the same node", Some(&id));
        return None;
    }
    let mut pipe = Pipe::new(&id, from, to);
    if let Some(name) = attributes.text(&["name", "label"]) {
        pipe.header.label = name;
    }
    let length = [("length_m", 1.0), ("length_km", 1e3)];
    let length = attributes.quantity(&length, "length", Dimension::Length);
    pipe.length_m = length.unwrap_or_else(|| {
        import.note("length along its route, on great circles", Some(&id));
        route.windows(2).map(|w| great_circle_m(w[0], w[1])).sum()
    });
    let diameter = [
        ("diameter_m", 1.0),
        ("diameter_mm", 1e-3),
        ("inner_diameter_mm", 1e-3),
    ];
    let Some(diameter_m) = attributes.quantity(&diameter, "diameter", Dimension::Length) else {
        let message = format!("{id} has no diameter");
        import.error(codes::FOREIGN_CONTENT, feature.span, message);
        return None;
    };
    pipe.diameter_m = diameter_m;
    let roughness = [("roughness_m", 1.0), ("roughness_mm", 1e-3), ("k_mm", 1e-3)];
    let roughness = attributes.quantity(&roughness, "roughness", Dimension::Length);
    if roughness.is_none() {
        import.note("roughness 0.012 mm assumed", Some(&id));
    }
    pipe.roughness_m = roughness.unwrap_or(ROUGHNESS_M);
    pipe.pressure_min_pa = attributes.number(&LOWEST);
    pipe.pressure_max_pa = attributes.number(&HIGHEST);
    pipe.route = route;
    Some(pipe)
}

/// The ends that are stated, or the nodes where the line begins and ends; missing ones are made.
fn ends(
    import: &mut Import,
    attributes: &Attributes<'_>,
    id: &str,
    route: &[[f64; 2]],
    nodes: &mut Nodes,
) -> Option<[String; 2]> {
    let places = [*route.first()?, *route.last()?];
    let stated = attributes.ends();
    let named = match &stated {
        Some(ends) => ends.iter().map(Some).collect::<Vec<_>>(),
        None => {
            let words = format!("joined to what lies within {TOLERANCE_M} m of its ends");
            import.note(words, Some(id));
            vec![None, None]
        }
    };
    let mut end = |place: [f64; 2], name: Option<&String>| match name {
        Some(name) => {
            if !nodes.has(name) {
                nodes.add(made(import, name, place));
            }
            name.clone()
        }
        None => {
            let at = nodes.near(place).unwrap_or_else(|| {
                let mut number = nodes.list.len() + 1;
                while nodes.has(&format!("node {number}")) {
                    number += 1;
                }
                let name = format!("node {number}");
                nodes.add(made(import, &name, place))
            });
            nodes.list[at].header.id.clone()
        }
    };
    Some([end(places[0], named[0]), end(places[1], named[1])])
}

fn made(import: &mut Import, name: &str, [x, y]: [f64; 2]) -> Node {
    import.note(
        "no point is given for it: at the end of a line, elevation 0 m assumed",
        Some(name),
    );
    let mut node = Node::new(name);
    (node.x, node.y) = (Some(x), Some(y));
    node
}

fn gas(import: &mut Import) -> GasSpec {
    import.note("gas and ground at 15 degC assumed", None);
    import.note("methane by GERG-2008 assumed: GeoJSON states no gas", None);
    let mut mole_fractions = [0.0; 21];
    mole_fractions[0] = 1.0;
    GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions }),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    }
}
