//! Gas held: by pipe, area, section between closed valves, and in all.
//!
//! The floor is the gas held at rest where every node has its contract pressure (the highest of those of
//! its off-takes and its own lowest pressure; the lowest of the network where it has none), the ceiling
//! that at the highest pressures allowed. Between the ends of a pipe these pressures change along straight
//! lines.

use crate::model::Model;
use crate::pipe::PipeMesh;
use crate::record::Recorder;
use crate::state::{Controls, State, mass_of_pipe, pipe_mass};
use linepack_results::Linepack;
use std::collections::{BTreeMap, HashMap};

/// Most sections between closed valves that are told apart.
const SECTIONS_MAX: usize = 100;

/// Gas held by everything that has a name.
pub(crate) fn all(
    model: &Model,
    controls: &Controls,
    state: &State,
    rows: &Recorder,
) -> Vec<Linepack> {
    if rows.time_s.is_empty() || model.pipes.is_empty() {
        return Vec::new();
    }
    let bounds = PipeBounds::new(model);
    let tell = |kind: &str, id: &str, parts: &[usize]| {
        Group { model, parts }.told(kind, id, state, rows, &bounds)
    };
    let every: Vec<usize> = (0..model.pipes.len()).collect();
    let mut list = vec![tell("network", "", &every)];
    for area in &model.case.network.areas {
        list.push(tell("area", &area.id, &crate::area::parts(model, area)));
    }
    for (id, parts) in sections(model, controls, state.time_s) {
        list.push(tell("section", &id, &parts));
    }
    for (&pipe, parts) in &model.pipe_parts {
        let id = &model.case.network.pipes[pipe].header.id;
        list.push(tell("pipe", id, parts));
    }
    list
}

/// Lowest and highest pressures of nodes, Pa.
struct Bounds {
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
}

/// Gas held by each part of a pipe at its lowest and at its highest pressures, kg.
struct PipeBounds {
    floor: Vec<Option<f64>>,
    ceiling: Vec<Option<f64>>,
    /// Place of each of the case's pipes in the rows of the result.
    order: HashMap<usize, usize>,
}

impl PipeBounds {
    fn new(model: &Model) -> Self {
        let bounds = Bounds::new(model);
        let pipes = || model.pipes.iter();
        Self {
            floor: pipes().map(|p| bounds.floor(model, p)).collect(),
            ceiling: pipes().map(|p| bounds.ceiling(model, p)).collect(),
            order: model.pipe_parts.keys().copied().zip(0..).collect(),
        }
    }
}

/// Off-takes with a contract pressure, Pa.
fn off_takes(model: &Model) -> impl Iterator<Item = (&str, f64)> {
    let off_takes = model.case.network.off_takes.iter();
    off_takes.filter_map(|o| Some((o.header.id.as_str(), o.pressure_min_pa?)))
}

impl Bounds {
    fn new(model: &Model) -> Self {
        let mut low: Vec<Option<f64>> = model.nodes.iter().map(|n| n.pressure_min).collect();
        let contracts: HashMap<&str, f64> = off_takes(model).collect();
        for terminal in &model.terminals {
            let contract = contracts.get(terminal.id.as_str()).copied();
            let known = low[terminal.node].into_iter().chain(contract);
            low[terminal.node] = known.reduce(f64::max);
        }
        let least = low.iter().flatten().copied().reduce(f64::min);
        low.iter_mut().for_each(|p| *p = p.or(least));
        let high = model.nodes.iter().map(|n| n.pressure_max).collect();
        Self { low, high }
    }

    /// Gas held by a pipe at its lowest pressures, kg.
    fn floor(&self, model: &Model, pipe: &PipeMesh) -> Option<f64> {
        let [a, b] = pipe.nodes.map(|n| self.low[n]);
        Some(at_rest(model, pipe, [a?, b?], f64::INFINITY))
    }

    /// Gas held by a pipe at its highest pressures, kg.
    fn ceiling(&self, model: &Model, pipe: &PipeMesh) -> Option<f64> {
        let [a, b] = pipe.nodes.map(|n| self.high[n].or(pipe.pressure_max));
        let most = pipe.pressure_max.unwrap_or(f64::INFINITY);
        Some(at_rest(model, pipe, [a?, b?], most))
    }
}

/// Gas held by a pipe whose pressure changes along a straight line, no higher than a bound, kg.
fn at_rest(model: &Model, pipe: &PipeMesh, [a, b]: [f64; 2], most: f64) -> f64 {
    let n = pipe.cells();
    let density = |i: usize| {
        let pressure = a + (b - a) * i as f64 / n as f64;
        model.face_density(pipe, pressure.min(most))
    };
    mass_of_pipe(pipe, density)
}

/// Parts of pipes that are looked at together.
struct Group<'m> {
    model: &'m Model,
    parts: &'m [usize],
}

impl Group<'_> {
    fn told(
        &self,
        kind: &str,
        id: &str,
        state: &State,
        rows: &Recorder,
        bounds: &PipeBounds,
    ) -> Linepack {
        let now_kg = self.mass(state);
        let floor_kg = self.sum(&bounds.floor);
        let (min_kg, max_kg) = self.range(rows, &bounds.order);
        Linepack {
            kind: kind.to_owned(),
            id: id.to_owned(),
            now_kg,
            min_kg: min_kg.min(now_kg),
            max_kg: max_kg.max(now_kg),
            floor_kg,
            ceiling_kg: self.sum(&bounds.ceiling),
            usable_kg: floor_kg.map(|floor| now_kg - floor),
            settle_out_pressure_pa: self.settle_out(now_kg, self.typical_pressure(state)),
        }
    }

    fn pipes(&self) -> impl Iterator<Item = &PipeMesh> {
        self.parts.iter().map(|&i| &self.model.pipes[i])
    }

    fn mass(&self, state: &State) -> f64 {
        self.pipes()
            .map(|pipe| pipe_mass(pipe, &state.density[pipe.faces()]))
            .sum()
    }

    fn sum(&self, of: &[Option<f64>]) -> Option<f64> {
        self.parts.iter().map(|&i| of[i]).sum()
    }

    /// Volumes of gas at each temperature, m³, with the index of its isotherm.
    fn volumes(&self) -> Vec<(usize, f64)> {
        let mut all: Vec<(usize, f64)> = Vec::new();
        for pipe in self.pipes() {
            let volume = pipe.area * pipe.dx * pipe.cells() as f64;
            match all.iter_mut().find(|(i, _)| *i == pipe.isotherm) {
                Some((_, sum)) => *sum += volume,
                None => all.push((pipe.isotherm, volume)),
            }
        }
        all
    }

    /// Least and most gas of all rows, kg.
    fn range(&self, rows: &Recorder, order: &HashMap<usize, usize>) -> (f64, f64) {
        let Some(column) = rows.edges.column("linepack_kg") else {
            return (f64::NAN, f64::NAN);
        };
        let mut mine: Vec<usize> = self.pipes().map(|pipe| pipe.case_pipe).collect();
        mine.dedup();
        let places: Vec<usize> = mine.iter().filter_map(|p| order.get(p).copied()).collect();
        let width = rows.edges.ids.len();
        let held = |row: usize| places.iter().map(|p| column[row * width + p]).sum::<f64>();
        let fold = (f64::INFINITY, f64::NEG_INFINITY);
        (0..rows.time_s.len())
            .map(held)
            .fold(fold, |(low, high), kg| (low.min(kg), high.max(kg)))
    }

    /// A pressure in the middle of the group, Pa.
    fn typical_pressure(&self, state: &State) -> f64 {
        let ends = self.pipes().flat_map(|pipe| pipe.nodes);
        let (sum, count) = ends.fold((0.0, 0), |(sum, count), n| {
            (sum + state.node_pressure[n], count + 1)
        });
        sum / f64::from(count.max(1))
    }

    /// The pressure at which the group holds so much gas at rest, Pa: Newton's method on its mass, from
    /// a first guess.
    fn settle_out(&self, mass_kg: f64, guess: f64) -> Option<f64> {
        let volumes = self.volumes();
        let held = |pressure: f64| {
            volumes
                .iter()
                .fold((0.0, 0.0), |(mass, slope), &(i, volume)| {
                    let (density, per_pa) = self.model.isotherms[i].density(pressure);
                    (mass + volume * density, slope + volume * per_pa)
                })
        };
        if self.parts.is_empty() {
            return None;
        }
        let mut pressure = guess;
        for _ in 0..60 {
            let (mass, slope) = held(pressure);
            let change = (mass_kg - mass) / slope;
            let next = (pressure + change).max(0.2 * pressure).min(5.0 * pressure);
            if (next - pressure).abs() <= 1e-9 * pressure {
                return Some(next);
            }
            pressure = next;
        }
        None
    }
}

/// Parts of the network between closed valves, stations and control valves, where there is more than one:
/// the first node and the pipes of each.
fn sections(model: &Model, controls: &Controls, time_s: f64) -> Vec<(String, Vec<usize>)> {
    let mut root: Vec<usize> = (0..model.nodes.len()).collect();
    let joined = controls.links.iter();
    let joined = joined.filter(|l| l.joins(time_s, &model.profiles));
    let pairs = model.pipes.iter().map(|p| p.nodes);
    for [a, b] in pairs.chain(joined.map(|l| l.nodes)) {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, pipe) in model.pipes.iter().enumerate() {
        let first = find(&mut root, pipe.nodes[0]);
        parts.entry(first).or_default().push(i);
    }
    if parts.len() < 2 || parts.len() > SECTIONS_MAX {
        return Vec::new();
    }
    parts
        .into_iter()
        .map(|(node, parts)| (model.nodes[node].id.clone(), parts))
        .collect()
}

fn find(root: &mut [usize], mut node: usize) -> usize {
    while root[node] != node {
        root[node] = root[root[node]];
        node = root[node];
    }
    node
}
