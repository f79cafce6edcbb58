//! Edges and a scenario as a network.

use super::edge::{Edge, Kind};
use super::scenario::{Series, Stated};
use crate::codes;
use crate::import::Import;
use linepack_network::{
    Case, CompressorStation, ControlValve, ElementKind, FrictionLaw, Interpolation, Node, OffTake,
    Pipe, Place, Profile, ProfileValues, ShortPipe, Supply, Valve,
};
use linepack_units::FlowRate;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// No ratio binds a compressor but its outlet pressure.
const RATIO_MAX: f64 = 100.0;
/// The most that a supply takes back, kg/s: more than any pipe carries.
const TAKEN_BACK: f64 = -1e4;

/// Nodes of an edge list, and what is at the border.
#[derive(Debug)]
pub(super) struct Border {
    supplies: Vec<u64>,
    demands: Vec<u64>,
}

impl Border {
    /// Supplies begin one edge and end none; demands end one edge and begin none.
    pub(super) fn of(edges: &[Edge]) -> Self {
        let mut counts: BTreeMap<u64, [usize; 2]> = BTreeMap::new();
        for edge in edges {
            counts.entry(edge.from).or_default()[0] += 1;
            counts.entry(edge.to).or_default()[1] += 1;
        }
        let with = |want: [usize; 2]| {
            let nodes = counts.iter().filter(|(_, c)| **c == want);
            nodes.map(|(n, _)| *n).collect()
        };
        Self {
            supplies: with([1, 0]),
            demands: with([0, 1]),
        }
    }

    /// Whether a scenario has as many values as there are nodes; what does not fit is reported.
    pub(super) fn fits(&self, import: &mut Import, edges: &[Edge], stated: &Stated) -> bool {
        let compressors = edges.iter().filter(|e| e.kind == Kind::Compressor).count();
        let count = stated.times_s.len();
        let outlets = stated.outlets.flat().len();
        let mut fits = true;
        let mut wrong = |import: &mut Import, span, message: String| {
            import.error(codes::FOREIGN_CONTENT, span, message);
            fits = false;
        };
        for (series, nodes, key, what) in [
            (&stated.pressures, self.supplies.len(), "up", "supplies"),
            (&stated.flows, self.demands.len(), "uq", "demands"),
        ] {
            if series.steps.len() != count {
                let steps = series.steps.len();
                let message = format!("`{key}` has values for {steps} times, `ut` has {count}");
                wrong(import, series.span, message);
            }
            let odd = series.steps.iter().find(|s| s.len() != nodes);
            if let Some(step) = odd {
                let message = format!(
                    "`{key}` has {} values, and the network has {nodes} {what}",
                    step.len()
                );
                wrong(import, series.span, message);
            }
        }
        if outlets != compressors {
            let message = format!(
                "`cp` has {outlets} pressures, and the network has {compressors} compressors"
            );
            wrong(import, stated.outlets.span, message);
        }
        fits
    }
}

/// Adds everything to a case.
pub(super) fn add(
    import: &mut Import,
    case: &mut Case,
    edges: &[Edge],
    border: &Border,
    stated: &Stated,
) {
    let heights = heights(edges);
    nodes(import, case, edges, &heights);
    let mut names = HashMap::new();
    let mut outlets = stated.outlets.flat().into_iter();
    let mut settings = stated
        .valves
        .iter()
        .flat_map(Series::flat)
        .collect::<Vec<_>>()
        .into_iter();
    for edge in edges {
        let name = name(&mut names, edge);
        match edge.kind {
            Kind::Pipe { .. } => pipe(import, case, edge, &name, &heights),
            Kind::ShortPipe => {
                let short = ShortPipe::new(&name, node(edge.from), node(edge.to));
                place(
                    import,
                    edge,
                    ElementKind::ShortPipe,
                    case.network.short_pipes.len(),
                );
                case.network.short_pipes.push(short);
            }
            Kind::Valve => {
                let mut valve = Valve::new(&name, node(edge.from), node(edge.to));
                valve.opening = settings.next().unwrap_or(1.0);
                import.note("open, where `vs` does not close it", Some(&name));
                place(import, edge, ElementKind::Valve, case.network.valves.len());
                case.network.valves.push(valve);
            }
            Kind::Compressor => {
                if let Some(bar) = outlets.next() {
                    compressor(import, case, edge, &name, [bar * 1e5, heights[&edge.from]]);
                }
            }
        }
    }
    supplies(import, case, border, stated);
    demands(import, case, border, stated);
}

fn node(number: u64) -> String {
    number.to_string()
}

/// `P3-4`, and `P3-4#2` for the second between the same nodes.
fn name(names: &mut HashMap<String, usize>, edge: &Edge) -> String {
    let letter = match edge.kind {
        Kind::Pipe { .. } => 'P',
        Kind::ShortPipe => 'S',
        Kind::Valve => 'V',
        Kind::Compressor => 'C',
    };
    let name = format!("{letter}{}-{}", edge.from, edge.to);
    let count = names.entry(name.clone()).or_default();
    *count += 1;
    if *count > 1 {
        return format!("{name}#{count}");
    }
    name
}

fn place(import: &mut Import, edge: &Edge, kind: ElementKind, index: usize) {
    import.place(Place::Element { kind, index }, edge.span);
}

/// Adds the nodes in the order of their numbers, with the heights that follow from those of the pipes.
fn nodes(import: &mut Import, case: &mut Case, edges: &[Edge], heights: &BTreeMap<u64, f64>) {
    let sloped = heights.values().any(|h| *h != 0.0);
    if sloped {
        import.note(
            "heights of nodes count from the first node of each part",
            None,
        );
    }
    let mut places: HashMap<u64, &Edge> = HashMap::new();
    for edge in edges {
        places.entry(edge.from).or_insert(edge);
        places.entry(edge.to).or_insert(edge);
    }
    for (number, height_m) in heights {
        let mut new = Node::new(node(*number));
        new.elevation_m = *height_m;
        if let Some(edge) = places.get(number) {
            place(import, edge, ElementKind::Node, case.network.nodes.len());
        }
        case.network.nodes.push(new);
    }
}

fn heights(edges: &[Edge]) -> BTreeMap<u64, f64> {
    let mut neighbours: BTreeMap<u64, Vec<(u64, f64)>> = BTreeMap::new();
    for edge in edges {
        let rise = match edge.kind {
            Kind::Pipe { rise_m, .. } => rise_m,
            _ => 0.0,
        };
        neighbours
            .entry(edge.from)
            .or_default()
            .push((edge.to, rise));
        neighbours
            .entry(edge.to)
            .or_default()
            .push((edge.from, -rise));
    }
    let mut heights = BTreeMap::new();
    for start in neighbours.keys() {
        if heights.contains_key(start) {
            continue;
        }
        heights.insert(*start, 0.0);
        let mut queue = VecDeque::from([(*start, 0.0)]);
        while let Some((at, height)) = queue.pop_front() {
            for (next, rise) in &neighbours[&at] {
                if !heights.contains_key(next) {
                    heights.insert(*next, height + rise);
                    queue.push_back((*next, height + rise));
                }
            }
        }
    }
    heights
}

fn pipe(
    import: &mut Import,
    case: &mut Case,
    edge: &Edge,
    name: &str,
    heights: &BTreeMap<u64, f64>,
) {
    let Kind::Pipe {
        length_m,
        diameter_m,
        rise_m,
        roughness_m,
    } = edge.kind
    else {
        return;
    };
    let mut pipe = Pipe::new(name, node(edge.from), node(edge.to));
    pipe.length_m = length_m;
    pipe.diameter_m = diameter_m;
    pipe.roughness_m = roughness_m;
    if diameter_m > 0.0 && roughness_m > 0.0 {
        pipe.friction = Some(FrictionLaw::Constant {
            darcy: schifrinson(roughness_m / diameter_m),
        });
    }
    let (from, to) = (heights[&edge.from], heights[&edge.to]);
    if (to - from - rise_m).abs() > 1e-6 {
        pipe.elevation_profile = vec![[0.0, from], [length_m, from + rise_m]];
        import.note(
            "its height difference is not that between its nodes; it keeps its own",
            Some(name),
        );
    }
    place(import, edge, ElementKind::Pipe, case.network.pipes.len());
    case.network.pipes.push(pipe);
}

/// Darcy friction factor by Schifrinson: λ = 0.11 (k/D)^(1/4), MORGEN's default.
///
/// Source: MORGEN 1.2, `utils/friction/friction_schifrinson.m`; Guelpa, Bischi, Verda 2018.
fn schifrinson(relative_roughness: f64) -> f64 {
    0.11 * relative_roughness.powf(0.25)
}

/// A compressor holds its outlet pressure whatever its inlet has: a station that raises the
/// pressure, and a control valve behind it that lowers it.
fn compressor(
    import: &mut Import,
    case: &mut Case,
    edge: &Edge,
    name: &str,
    [pressure_pa, height_m]: [f64; 2],
) {
    import.note(
        "it holds its outlet pressure, from below as a station and from above as a control valve \
         behind it; gas does not flow back, and no limit binds",
        Some(name),
    );
    let network = &mut case.network;
    let between = format!("{name} outlet");
    let mut middle = Node::new(&between);
    middle.elevation_m = height_m;
    let mut station = CompressorStation::new(name, node(edge.from), &between);
    station.discharge_pressure_pa = Some(pressure_pa);
    station.ratio_max = RATIO_MAX;
    let mut valve = ControlValve::new(format!("{name} valve"), &between, node(edge.to));
    valve.outlet_pressure_pa = Some(pressure_pa);
    place(
        import,
        edge,
        ElementKind::CompressorStation,
        network.compressor_stations.len(),
    );
    place(
        import,
        edge,
        ElementKind::ControlValve,
        network.control_valves.len(),
    );
    network.nodes.push(middle);
    network.compressor_stations.push(station);
    network.control_valves.push(valve);
}

fn supplies(import: &mut Import, case: &mut Case, border: &Border, stated: &Stated) {
    for (i, number) in border.supplies.iter().enumerate() {
        let values = stated.pressures.of(i);
        let mut supply = Supply::new(format!("supply {number}"), node(*number));
        supply.pressure_pa = values.first().map(|bar| bar * 1e5);
        supply.flow_min = Some(FlowRate::mass(TAKEN_BACK));
        import.note(
            "takes gas back too, up to 10000 kg/s",
            Some(&supply.header.id),
        );
        if values.len() > 1 {
            let id = format!("up {number}");
            let values = values.iter().map(|bar| bar * 1e5).collect();
            case.profiles
                .push(profile(&id, stated, ProfileValues::Pressure, values));
            supply.pressure_profile = Some(id);
        }
        case.network.supplies.push(supply);
    }
}

fn demands(import: &mut Import, case: &mut Case, border: &Border, stated: &Stated) {
    for (i, number) in border.demands.iter().enumerate() {
        let values = stated.flows.of(i);
        if values.iter().any(|v| *v < 0.0) {
            let message = format!("the demand at node {number} is negative");
            import.error(codes::FOREIGN_CONTENT, stated.flows.span, message);
        }
        let mut off_take = OffTake::new(format!("demand {number}"), node(*number));
        off_take.flow = values.first().map(|q| FlowRate::mass(*q));
        if values.len() > 1 {
            let id = format!("uq {number}");
            let kind = ProfileValues::Flow(FlowRate::mass(1.0));
            case.profiles.push(profile(&id, stated, kind, values));
            off_take.flow_profile = Some(id);
        }
        case.network.off_takes.push(off_take);
    }
}

fn profile(id: &str, stated: &Stated, values_are: ProfileValues, values: Vec<f64>) -> Profile {
    Profile {
        id: id.to_owned(),
        interpolation: Interpolation::Step,
        values_are,
        time_s: stated.times_s.clone(),
        values,
        period_s: None,
    }
}

#[cfg(test)]
mod tests {
    use super::schifrinson;

    /// (1e-4)^(1/4) = 0.1.
    #[test]
    fn schifrinson_by_hand() {
        assert!((schifrinson(1e-4) - 0.011).abs() < 1e-15);
    }
}
