//! Rows of the result: from states to columns.

use crate::link::LinkLaw;
use crate::model::Model;
use crate::newton::link_point;
use crate::quality::Columns;
use crate::state::{Controls, State, pipe_mass};
use linepack_results::{Column, Frame, Profiles};

/// Columns of the edges' frame, in the order of `EdgeRow`.
const EDGE_COLUMNS: [(&str, &str); 9] = [
    ("mass_flow_kg_per_s", "kg/s"),
    ("mass_flow_out_kg_per_s", "kg/s"),
    ("pressure_in_pa", "Pa"),
    ("pressure_out_pa", "Pa"),
    ("velocity_max_m_per_s", "m/s"),
    ("linepack_kg", "kg"),
    ("power_w", "W"),
    ("fuel_kg_per_s", "kg/s"),
    ("ratio", "1"),
];

/// Those of temperature and heat, where these are found.
const HEAT_COLUMNS: [(&str, &str); 3] = [
    ("temperature_in_k", "K"),
    ("temperature_out_k", "K"),
    ("heat_w", "W"),
];

/// Room is made at once for no more rows than this.
const ROWS_EXPECTED: usize = 1000;

/// Collects rows; the frames are ready at any time.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub time_s: Vec<f64>,
    pub nodes: Frame,
    pub edges: Frame,
    pub terminals: Frame,
    pub profiles: Profiles,
    pub linepack_kg: Vec<f64>,
    /// Nodes of the case (not inside pipes), as indices.
    outer_nodes: Vec<usize>,
    /// Links of the case (not breaks).
    outer_links: Vec<usize>,
    profile_every: usize,
    net_inflow: Vec<f64>,
    /// Whether edges have columns of temperature and heat.
    heat: bool,
    /// Columns of the quality of gas at nodes.
    quality: Option<Columns>,
}

/// `rows`: how many there will be, about.
fn frame(ids: Vec<String>, kinds: Vec<String>, columns: &[(&str, &str)], rows: usize) -> Frame {
    let size = ids.len() * rows.min(ROWS_EXPECTED);
    let columns = columns
        .iter()
        .map(|&(name, unit)| Column {
            name: name.into(),
            unit: unit.into(),
            values: Vec::with_capacity(size),
        })
        .collect();
    Frame {
        ids,
        kinds,
        columns,
        modes: Vec::new(),
    }
}

impl Recorder {
    /// `profile_every`: profiles along pipes are kept at every so many rows.
    /// `rows`: how many there will be, about.
    pub(crate) fn new(model: &Model, profile_every: usize, rows: usize) -> Self {
        let outer_nodes: Vec<usize> = (0..model.nodes.len())
            .filter(|&i| !model.nodes[i].inner)
            .collect();
        let outer_links: Vec<usize> = (0..model.links.len())
            .filter(|&i| model.links[i].kind != "break")
            .collect();
        let pipes = &model.case.network.pipes;
        let mut edges: Vec<(String, String)> = model
            .pipe_parts
            .keys()
            .map(|&i| (pipes[i].header.id.clone(), "pipe".to_owned()))
            .collect();
        edges.extend(outer_links.iter().map(|&i| {
            let link = &model.links[i];
            (link.id.clone(), link.kind.to_owned())
        }));
        let (edge_ids, edge_kinds) = edges.into_iter().unzip();
        let node_ids: Vec<String> = outer_nodes
            .iter()
            .map(|&i| model.nodes[i].id.clone())
            .collect();
        let node_kinds = vec!["node".to_owned(); node_ids.len()];
        let terminal_ids = model.terminals.iter().map(|t| t.id.clone()).collect();
        let terminal_kinds = model
            .terminals
            .iter()
            .map(|t| t.kind.word().to_owned())
            .collect();
        Self {
            time_s: Vec::new(),
            nodes: frame(
                node_ids,
                node_kinds,
                &[
                    ("pressure_pa", "Pa"),
                    ("temperature_k", "K"),
                    ("supply_kg_per_s", "kg/s"),
                ],
                rows,
            ),
            edges: frame(edge_ids, edge_kinds, &EDGE_COLUMNS, rows),
            terminals: frame(
                terminal_ids,
                terminal_kinds,
                &[
                    ("mass_flow_kg_per_s", "kg/s"),
                    ("requested_kg_per_s", "kg/s"),
                    ("pressure_pa", "Pa"),
                ],
                rows,
            ),
            profiles: empty_profiles(model),
            linepack_kg: Vec::new(),
            outer_nodes,
            outer_links,
            profile_every: profile_every.max(1),
            net_inflow: vec![0.0; model.nodes.len()],
            heat: model
                .inside
                .as_ref()
                .is_some_and(|i| i.surroundings.is_some()),
            quality: None,
        }
        .with_heat(rows)
        .with_quality(Columns::new(model), rows)
    }

    fn with_heat(mut self, rows: usize) -> Self {
        if self.heat {
            let size = self.edges.ids.len() * rows.min(ROWS_EXPECTED);
            self.edges
                .columns
                .extend(HEAT_COLUMNS.map(|(name, unit)| Column {
                    name: name.into(),
                    unit: unit.into(),
                    values: Vec::with_capacity(size),
                }));
        }
        self
    }

    fn with_quality(mut self, quality: Option<Columns>, rows: usize) -> Self {
        let size = self.nodes.ids.len() * rows.min(ROWS_EXPECTED);
        let names = quality.iter().flat_map(Columns::names);
        let columns = names.map(|(name, unit)| Column {
            name,
            unit: unit.into(),
            values: Vec::with_capacity(size),
        });
        self.nodes.columns.extend(columns);
        self.quality = quality;
        self
    }

    /// Forgets all rows and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.time_s.clear();
        self.linepack_kg.clear();
        for frame in [&mut self.nodes, &mut self.edges, &mut self.terminals] {
            frame.columns.iter_mut().for_each(|c| c.values.clear());
            frame.modes.clear();
        }
        let p = &mut self.profiles;
        p.time_index.clear();
        for column in [
            &mut p.pressure_pa,
            &mut p.mass_flow_kg_per_s,
            &mut p.velocity_m_per_s,
            &mut p.temperature_k,
        ] {
            column.clear();
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, model: &Model, controls: &Controls, state: &State) {
        let index = self.time_s.len();
        self.time_s.push(state.time_s);
        self.linepack_kg.push(state.linepack(model));
        self.node_row(model, controls, state);
        for parts in model.pipe_parts.values() {
            self.pipe_row(model, parts, state);
        }
        for i in self.outer_links.clone() {
            self.link_row(model, controls, state, i);
        }
        self.terminal_row(model, controls, state);
        if index.is_multiple_of(self.profile_every) {
            self.profile_row(model, state, index);
        }
    }

    fn node_row(&mut self, model: &Model, controls: &Controls, state: &State) {
        self.net_inflow.fill(0.0);
        for (terminal, inflow) in controls.terminals.iter().zip(&state.inflow) {
            self.net_inflow[terminal.node] += inflow;
        }
        for &i in &self.outer_nodes {
            let values = [
                state.node_pressure[i],
                state
                    .gas_at(model, i, model.nodes[i].isotherm)
                    .temperature_k(),
                self.net_inflow[i],
            ];
            push(&mut self.nodes.columns, values);
            if let (Some(quality), Some(gas)) = (&mut self.quality, state.node_mixture.get(i)) {
                let columns = self.nodes.columns.iter_mut().skip(values.len());
                for (column, value) in columns.zip(quality.row(gas)) {
                    column.values.push(*value);
                }
            }
        }
    }

    fn pipe_row(&mut self, model: &Model, parts: &[usize], state: &State) {
        let mut velocity = 0.0_f64;
        let mut mass = 0.0;
        for &part in parts {
            let pipe = &model.pipes[part];
            velocity = velocity.max(fastest(pipe, state));
            mass += pipe_mass(pipe, &state.density[pipe.faces()]);
        }
        let (first, last) = (&model.pipes[parts[0]], &model.pipes[parts[parts.len() - 1]]);
        let values = [
            border_flows(first, state)[0],
            border_flows(last, state)[1],
            state.node_pressure[first.nodes[0]],
            state.node_pressure[last.nodes[1]],
            velocity,
            mass,
            f64::NAN,
            f64::NAN,
            f64::NAN,
        ];
        push(&mut self.edges.columns, values);
        if self.heat {
            let loss = parts.iter().map(|&i| state.pipe_loss.get(i).copied());
            let ends = [first.first_face, last.faces().end - 1];
            let [a, b] = ends.map(|face| state.temperature.get(face).copied());
            let loss: Option<f64> = loss.sum();
            let heat = [a, b, loss].map(|x| x.unwrap_or(f64::NAN));
            push(&mut self.edges.columns[values.len()..], heat);
        }
        self.edges.modes.push(String::new());
    }

    fn link_row(&mut self, model: &Model, controls: &Controls, state: &State, index: usize) {
        let link = &controls.links[index];
        let point = link_point(model, link, state.time_s, state, index);
        let station = matches!(link.law, LinkLaw::Station(_));
        let of_station = |value: f64| if station { value } else { f64::NAN };
        let values = [
            point.flow,
            point.flow,
            point.pressure_in,
            point.pressure_out,
            f64::NAN,
            f64::NAN,
            of_station(link.fuel(&point).power_w),
            of_station(state.fuel[index]),
            of_station(point.pressure_out / point.pressure_in),
        ];
        push(&mut self.edges.columns, values);
        if self.heat {
            let from = link.nodes[usize::from(point.flow < 0.0)];
            let heat = [
                state.node_gas.get(from).map(|g| g.temperature_k),
                state.link_temperature.get(index).copied(),
                state.link_heat.get(index).copied(),
            ];
            let heat = heat.map(|x| x.unwrap_or(f64::NAN));
            push(&mut self.edges.columns[values.len()..], heat);
        }
        self.edges
            .modes
            .push(link.row(&point).mode.word().to_owned());
    }

    fn terminal_row(&mut self, model: &Model, controls: &Controls, state: &State) {
        for (terminal, inflow) in controls.terminals.iter().zip(&state.inflow) {
            let asked = terminal.asked(state.time_s, &model.profiles);
            let values = [
                terminal.kind.sign() * inflow,
                asked.unwrap_or(f64::NAN),
                state.node_pressure[terminal.node],
            ];
            push(&mut self.terminals.columns, values);
        }
    }

    fn profile_row(&mut self, model: &Model, state: &State, index: usize) {
        let p = &mut self.profiles;
        p.time_index.push(index);
        for parts in model.pipe_parts.values() {
            for &part in parts {
                let pipe = &model.pipes[part];
                let kelvin = model.isotherms[pipe.isotherm].temperature_k();
                p.pressure_pa
                    .extend_from_slice(&state.pressure[pipe.faces()]);
                match state.temperature.get(pipe.faces()) {
                    Some(kelvin) => p.temperature_k.extend_from_slice(kelvin),
                    None => p.temperature_k.extend(pipe.faces().map(|_| kelvin)),
                }
                for (flow, density) in end_flows(pipe, state).zip(&state.density[pipe.faces()]) {
                    p.mass_flow_kg_per_s.push(flow);
                    p.velocity_m_per_s.push(flow / (density * pipe.area));
                }
            }
        }
    }
}

fn push<const N: usize>(columns: &mut [Column], values: [f64; N]) {
    for (column, value) in columns.iter_mut().zip(values) {
        // Adding zero turns -0 into 0.
        column.values.push(value + 0.0);
    }
}

/// Mass flow at each face of a pipe, kg/s: the mean of its two segments, and at the ends the
/// segment's flow less what the half cell between takes up.
pub(crate) fn end_flows<'a>(
    pipe: &'a crate::pipe::PipeMesh,
    state: &'a State,
) -> impl Iterator<Item = f64> + 'a {
    let flow = &state.flow[pipe.segments()];
    let [into, out] = border_flows(pipe, state);
    let n = pipe.cells();
    (0..=n).map(move |i| match i {
        0 => into,
        _ if i == n => out,
        _ => 0.5 * (flow[i - 1] + flow[i]),
    })
}

/// Mass flows into a pipe at its first end and out of it at its last, kg/s.
pub(crate) fn border_flows(pipe: &crate::pipe::PipeMesh, state: &State) -> [f64; 2] {
    let (flow, rate) = (pipe.segments(), pipe.faces());
    let (n, last) = (pipe.cells(), rate.end - 1);
    [
        state.flow[flow.start] + state.density_rate[rate.start] * pipe.volume(0),
        state.flow[flow.end - 1] - state.density_rate[last] * pipe.volume(n),
    ]
}

/// The largest velocity in a pipe, m/s.
fn fastest(pipe: &crate::pipe::PipeMesh, state: &State) -> f64 {
    let (flow, density) = (&state.flow[pipe.segments()], &state.density[pipe.faces()]);
    let n = pipe.cells();
    let inner = flow.windows(2).zip(&density[1..n]);
    let largest = inner.fold(0.0, |m: f64, (q, d)| {
        let v = (0.5 * (q[0] + q[1]) / d).abs();
        if v > m { v } else { m }
    });
    let [into, out] = border_flows(pipe, state);
    let ends = (into / density[0]).abs().max((out / density[n]).abs());
    largest.max(ends) / pipe.area
}

fn empty_profiles(model: &Model) -> Profiles {
    let mut profiles = Profiles {
        first_point: vec![0],
        ..Profiles::default()
    };
    for (&pipe, parts) in &model.pipe_parts {
        profiles
            .pipes
            .push(model.case.network.pipes[pipe].header.id.clone());
        for &part in parts {
            let mesh = &model.pipes[part];
            let distance = (0..=mesh.cells()).map(|i| mesh.offset_m + i as f64 * mesh.dx);
            profiles.distance_m.extend(distance);
            profiles.elevation_m.extend_from_slice(&mesh.elevation);
        }
        profiles.first_point.push(profiles.distance_m.len());
    }
    profiles
}
