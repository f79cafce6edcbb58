//! From a case to a model: indices instead of names, SI instead of stated flows, cells instead of
//! pipes.

mod inside;
mod laws;
mod links;
mod mesh;
mod terminals;

use crate::link::Link;
use crate::model::{BreakPlace, BuildError, Model, NodeData, Options};
use crate::pipe::PipeMesh;
use crate::terminal::Terminal;
pub(crate) use inside::{batch_index, gas_index};
pub(crate) use laws::Laws;
use linepack_gas::{Gas, Isotherm};
use linepack_network::{Action, Case, SetPoint};
use mesh::Cut;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
pub(crate) use terminals::Place;

/// Extra range of the property tables above the highest pressure mentioned.
const TABLE_MARGIN: f64 = 1.5;
const TABLE_LEAST_PA: f64 = 100e5;

pub(crate) struct Builder<'a> {
    case: &'a Case,
    options: &'a Options,
    gas: Gas,
    temperatures: Vec<f64>,
    node_index: BTreeMap<String, usize>,
    nodes: Vec<NodeData>,
    pipes: Vec<PipeMesh>,
    links: Vec<Link>,
    terminals: Vec<Terminal>,
    breaks: Vec<BreakPlace>,
    /// Places inside pipes where a leak or break cuts them: (distance, kind) by case pipe.
    cuts: BTreeMap<usize, Vec<Cut>>,
    assumptions: Vec<String>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(case: &'a Case, options: &'a Options) -> Result<Self, BuildError> {
        let gas = Gas::new(&case.gas).map_err(|e| BuildError {
            element: None,
            message: format!("gas: {e}"),
        })?;
        let mut builder = Self {
            case,
            options,
            gas,
            temperatures: vec![case.settings.ground_temperature_k],
            node_index: BTreeMap::new(),
            nodes: Vec::new(),
            pipes: Vec::new(),
            links: Vec::new(),
            terminals: Vec::new(),
            breaks: Vec::new(),
            cuts: BTreeMap::new(),
            assumptions: Vec::new(),
        };
        builder.collect_cuts()?;
        Ok(builder)
    }

    fn isotherm(&mut self, temperature_k: f64) -> usize {
        let known = self.temperatures.iter().position(|&t| t == temperature_k);
        known.unwrap_or_else(|| {
            self.temperatures.push(temperature_k);
            self.temperatures.len() - 1
        })
    }

    /// Nodes that something in service touches, by identifier.
    pub(crate) fn nodes(&mut self) -> Result<(), BuildError> {
        let used = self.used_nodes();
        let mut nodes: Vec<_> = self.case.network.nodes.iter().collect();
        nodes.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        for node in nodes
            .into_iter()
            .filter(|n| used.contains(n.header.id.as_str()))
        {
            self.node_index
                .insert(node.header.id.clone(), self.nodes.len());
            self.nodes.push(NodeData {
                id: node.header.id.clone(),
                elevation: node.elevation_m,
                pressure_min: node.pressure_min_pa,
                pressure_max: node.pressure_max_pa,
                temperature_min: node.temperature_min_k,
                temperature_max: node.temperature_max_k,
                isotherm: 0,
                inner: false,
            });
        }
        Ok(())
    }

    fn used_nodes(&self) -> BTreeSet<&'a str> {
        let n = &self.case.network;
        let mut used = BTreeSet::new();
        macro_rules! ends {
            ($($list:ident),*) => {
                $(for e in n.$list.iter().filter(|e| e.header.in_service) {
                    used.insert(e.from.as_str());
                    used.insert(e.to.as_str());
                })*
            };
        }
        ends!(
            pipes,
            short_pipes,
            resistors,
            valves,
            check_valves,
            control_valves,
            compressor_stations
        );
        used.extend(
            n.supplies
                .iter()
                .filter(|e| e.header.in_service)
                .map(|e| e.node.as_str()),
        );
        used.extend(
            n.off_takes
                .iter()
                .filter(|e| e.header.in_service)
                .map(|e| e.node.as_str()),
        );
        used
    }

    fn node(&self, id: &str, asked_by: &str) -> Result<usize, BuildError> {
        self.node_index
            .get(id)
            .copied()
            .ok_or_else(|| BuildError::new(asked_by, format!("node \"{id}\" is not defined")))
    }

    fn ends(&self, from: &str, to: &str, asked_by: &str) -> Result<[usize; 2], BuildError> {
        Ok([self.node(from, asked_by)?, self.node(to, asked_by)?])
    }

    fn laws(&self) -> Laws<'_> {
        Laws {
            case: self.case,
            gas: &self.gas,
        }
    }
}

/// The highest pressure that a case mentions, Pa.
pub(crate) fn highest_pressure(case: &Case) -> f64 {
    let n = &case.network;
    let mut all = vec![TABLE_LEAST_PA];
    all.extend(n.nodes.iter().filter_map(|x| x.pressure_max_pa));
    all.extend(
        n.supplies
            .iter()
            .flat_map(|x| [x.pressure_pa, x.pressure_max_pa])
            .flatten(),
    );
    all.extend(
        n.compressor_stations
            .iter()
            .filter_map(|x| x.discharge_pressure_pa),
    );
    all.extend(n.pipes.iter().filter_map(|x| x.pressure_max_pa));
    for p in &case.profiles {
        if p.values_are == linepack_network::ProfileValues::Pressure {
            all.extend(p.values.iter().copied());
        }
    }
    for event in &case.scenario.events {
        if let Action::Set {
            set_point: SetPoint::Pressure(p),
            ..
        } = event.action
        {
            all.push(p);
        }
    }
    all.into_iter().fold(0.0, f64::max)
}

/// Property tables, speeds of sound, and the model itself. Tables are taken over from a model of the same
/// gas, where it has them for these temperatures and pressures.
pub(crate) fn finish(mut b: Builder<'_>, like: Option<&Model>) -> Result<Model, BuildError> {
    let highest = highest_pressure(b.case);
    let known = like.filter(|m| m.case.gas == b.case.gas && highest_pressure(&m.case) >= highest);
    let known = |kelvin: f64| {
        let mut tables = known.into_iter().flat_map(|m| m.isotherms.iter());
        tables.find(|t| t.temperature_k() == kelvin).cloned()
    };
    let isotherms = b
        .temperatures
        .iter()
        .map(|&t| known(t).map_or_else(|| b.gas.isotherm(t, TABLE_MARGIN * highest), Ok))
        .collect::<Result<Vec<Isotherm>, _>>()
        .map_err(|e| BuildError {
            element: None,
            message: format!("gas: {e}"),
        })?;
    let mut pipe_parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, pipe) in b.pipes.iter_mut().enumerate() {
        pipe.wave_speed = isotherms[pipe.isotherm].density(50e5).1.sqrt().recip();
        pipe_parts.entry(pipe.case_pipe).or_default().push(i);
    }
    let inside = b.inside()?;
    if inside.as_ref().is_none_or(|i| i.surroundings.is_none()) {
        b.assumptions.push(
            "Gas at the temperature of the ground everywhere; stations cool their discharge to it."
                .into(),
        );
    }
    let (faces, segments) = match b.pipes.last() {
        Some(p) => (p.faces().end, p.segments().end),
        None => (0, 0),
    };
    Ok(Model {
        case: b.case.clone(),
        options: b.options.clone(),
        settings: b.case.settings.clone(),
        gas: b.gas,
        isotherms: isotherms.into(),
        nodes: b.nodes.into(),
        pipes: b.pipes.into(),
        links: b.links,
        terminals: b.terminals,
        profiles: b.case.profiles.clone(),
        breaks: b.breaks,
        pipe_parts,
        faces,
        segments,
        assumptions: b.assumptions,
        inside: inside.map(Arc::new),
    })
}

fn circle(diameter_m: f64) -> f64 {
    std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m
}
