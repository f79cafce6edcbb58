//! Limits of quality at nodes, watched at the end of every step, and margins to liquid and hydrate.

use super::columns::composition;
use crate::contents::Shared;
use crate::model::{Inside, Model};
use crate::state::State;
use linepack_gas::{Composition, CubicEquation, PhaseModel, QualityLimits, Substance};
use linepack_results::{OffSpec, PhaseMargin};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value beyond its limit.
#[derive(Debug, Clone)]
struct Beyond {
    quantity: String,
    value: f64,
    limit: f64,
}

/// A node with limits.
struct Watched {
    node: usize,
    id: String,
    limits: QualityLimits,
    /// What passed last, and how it stands to the limits.
    last: Option<(Shared, Vec<Beyond>)>,
}

/// Nodes with limits, and what was found there.
pub(crate) struct LimitWatch {
    nodes: Vec<Watched>,
    found: BTreeMap<(String, String), OffSpec>,
}

/// Limits by their name: of the case, or a standard.
fn named(model: &Model, name: &str) -> Option<QualityLimits> {
    let own = model.case.quality_limits.iter().find(|l| l.id == name);
    own.map(|l| l.limits.clone()).or(match name {
        "easee_gas" => Some(QualityLimits::easee_gas()),
        "en_16726" => Some(QualityLimits::en_16726()),
        "great_britain" => Some(QualityLimits::great_britain()),
        _ => None,
    })
}

impl LimitWatch {
    pub(crate) fn new(model: &Model) -> Self {
        let stated = model.case.network.nodes.iter().filter_map(|n| {
            let limits = named(model, n.quality_limits.as_ref()?)?;
            let node = model.nodes.iter().position(|m| m.id == n.header.id)?;
            let id = n.header.id.clone();
            Some(Watched {
                node,
                id,
                limits,
                last: None,
            })
        });
        Self {
            nodes: stated.collect(),
            found: BTreeMap::new(),
        }
    }

    /// Looks at what has passed nodes for a time, s, until another.
    pub(crate) fn look(&mut self, inside: &Inside, gases: &[Shared], held_s: f64, time_s: f64) {
        for watched in &mut self.nodes {
            let gas = &gases[watched.node];
            let known = watched
                .last
                .as_ref()
                .is_some_and(|(g, _)| Arc::ptr_eq(g, gas));
            if !known {
                let beyond = beyond(&watched.limits, &composition(inside, gas));
                watched.last = Some((Arc::clone(gas), beyond));
            }
            for b in watched.last.iter().flat_map(|(_, list)| list) {
                let key = (watched.id.clone(), b.quantity.clone());
                let entry = self.found.entry(key).or_insert_with(|| OffSpec {
                    node: watched.id.clone(),
                    quantity: b.quantity.clone(),
                    value: b.value,
                    limit: b.limit,
                    first_s: (time_s - held_s).max(0.0),
                    duration_s: 0.0,
                });
                entry.duration_s += held_s;
                if (b.value - b.limit).abs() > (entry.value - entry.limit).abs() {
                    (entry.value, entry.limit) = (b.value, b.limit);
                }
            }
        }
    }

    /// What was beyond its limits, by time.
    pub(crate) fn off_spec(&self) -> Vec<OffSpec> {
        let mut list: Vec<OffSpec> = self.found.values().cloned().collect();
        list.sort_by(|a, b| a.first_s.total_cmp(&b.first_s));
        list
    }
}

fn beyond(limits: &QualityLimits, composition: &Composition) -> Vec<Beyond> {
    let checks = limits.check(composition).into_iter();
    checks
        .filter_map(|c| {
            let value = c.value?;
            let low = c.limit.low.filter(|low| value < *low);
            let limit = low.or(c.limit.high.filter(|high| value > *high))?;
            Some(Beyond {
                quantity: c.limit.quantity.column().to_owned(),
                value,
                limit,
            })
        })
        .collect()
}

/// Least margins to liquid and hydrate along all pipes of a state; nothing where the gas has no composition.
///
/// Mixtures are those at the ends of pipes: nowhere else does one come into being.
pub(crate) fn phase_margins(
    model: &Model,
    inside: &Inside,
    state: &State,
    mixtures: &[Shared],
) -> Vec<PhaseMargin> {
    let mut seen: Vec<(Shared, PhaseModel)> = Vec::new();
    let mut least: BTreeMap<&'static str, PhaseMargin> = BTreeMap::new();
    for pipe in &model.pipes {
        let gas = &mixtures[pipe.first_face];
        if !seen.iter().any(|(g, _)| Arc::ptr_eq(g, gas)) {
            let known = seen.len() < MIXTURES_MAX;
            let composition = known.then(|| of(model, inside, gas)).flatten();
            let phases =
                composition.and_then(|c| PhaseModel::new(&c, CubicEquation::PengRobinson).ok());
            seen.extend(phases.map(|p| (Arc::clone(gas), p)));
        }
        let Some((_, phases)) = seen.iter().find(|(g, _)| Arc::ptr_eq(g, gas)) else {
            continue;
        };
        let Some(temperatures) = state.temperature.get(pipe.faces()) else {
            return Vec::new();
        };
        let pressures = &state.pressure[pipe.faces()];
        let states: Vec<(f64, f64)> = pressures
            .iter()
            .copied()
            .zip(temperatures.iter().copied())
            .collect();
        let margins = phases.margins(&states);
        for (kind, found) in [
            ("hydrocarbon_dew_point", margins.hydrocarbon),
            ("water_dew_point", margins.water),
            ("hydrate", margins.hydrate),
        ] {
            let Some((k, margin_k)) = found else { continue };
            let better = least.get(kind).is_none_or(|m| margin_k < m.margin_k);
            if better {
                let margin = PhaseMargin {
                    kind: kind.into(),
                    margin_k,
                    pressure_pa: states[k].0,
                    temperature_k: states[k].1,
                    element: model.case.network.pipes[pipe.case_pipe].header.id.clone(),
                    distance_m: Some(pipe.offset_m + k as f64 * pipe.dx),
                    time_s: state.time_s,
                };
                least.insert(kind, margin);
            }
        }
    }
    least.into_values().collect()
}

/// Most mixtures whose phase envelopes are found.
const MIXTURES_MAX: usize = 8;

fn of(model: &Model, inside: &Inside, gas: &Shared) -> Option<Composition> {
    if inside.tracked {
        return Some(composition(inside, gas));
    }
    match &model.case.gas.substance {
        Substance::Mixture(c) => Some(c.clone()),
        Substance::Pseudo(_) => None,
    }
}
