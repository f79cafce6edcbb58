//! What a model needs to know of temperatures and gases that differ from place to place.

use super::{Builder, Laws, TABLE_MARGIN, highest_pressure};
use crate::contents::Gases;
use crate::heat::{Source, Surroundings};
use crate::model::{BuildError, Inside};
use crate::signal::Signal;
use crate::terminal::Brought;
use linepack_gas::{Composition, Gas, GasError, GasSpec, Substance};
use linepack_network::{Action, Case, Heat, Supply};
use std::sync::Arc;

/// Room around the pressures of the case, Pa and -.
const LEAST_PA: f64 = 5e4;

impl Builder<'_> {
    /// None where all gas is that of the case at the temperature of the ground.
    pub(super) fn inside(&self) -> Result<Option<Inside>, BuildError> {
        let settings = &self.case.settings;
        let isothermal = settings.heat.model == Heat::Isothermal;
        if isothermal && !settings.quality.tracked {
            return Ok(None);
        }
        let known = Known::new(self.case, settings.quality.tracked)?;
        let highest = TABLE_MARGIN * highest_pressure(self.case).max(10.0 * LEAST_PA);
        let [cold, hot] = settings.heat.range_k;
        let mut names = known.names;
        let marks = match settings.quality.tracked {
            true => marks(self.case),
            false => Vec::new(),
        };
        let pressures = LEAST_PA..=highest;
        let gases = Gases::new(known.vertices, marks.len(), pressures, cold..=hot);
        names.extend(marks);
        Ok(Some(Inside {
            gases: Arc::new(gases.map_err(of_gas)?),
            brought: known.brought,
            profiles: known.profiles,
            surroundings: (!isothermal).then(|| self.surroundings()).transpose()?,
            names,
            parcel_m: settings.quality.parcel_m,
            tracked: settings.quality.tracked,
        }))
    }

    fn surroundings(&self) -> Result<Surroundings, BuildError> {
        let case = self.case;
        let year_s = case.scenario.second_of_the_year();
        let laws = self.laws();
        let mut sources = Vec::new();
        for mesh in &self.pipes {
            let pipe = &case.network.pipes[mesh.case_pipe];
            let id = &pipe.header.id;
            let ground = match &pipe.heat.ground {
                None => None,
                Some(name) => {
                    Some(case.grounds.iter().find(|g| &g.id == name).ok_or_else(|| {
                        BuildError::new(id, format!("ground \"{name}\" is not defined"))
                    })?)
                }
            };
            let profile = pipe.heat.ground_temperature_profile.as_ref();
            let profile = profile.or(ground.and_then(|g| g.temperature_profile.as_ref()));
            let stated = pipe.ground_temperature_k;
            let temperature = stated.unwrap_or(case.settings.ground_temperature_k);
            sources.push(Source {
                pipe,
                ground,
                default_coefficient: case.settings.heat.heat_transfer_w_per_m2_k,
                temperature: Signal::Constant(temperature),
                profile: laws.optional_temperature(profile, temperature, id)?,
                year_s,
            });
        }
        let cells = self.pipes.iter().map(|p| p.cells());
        Surroundings::new(sources.into_iter(), case.settings.heat.model, cells)
    }
}

fn of_gas(e: GasError) -> BuildError {
    BuildError {
        element: None,
        message: format!("gas: {e}"),
    }
}

impl Laws<'_> {
    /// A profile of temperatures; none where there is no profile.
    pub(super) fn optional_temperature(
        &self,
        profile: Option<&String>,
        stated: f64,
        asked_by: &str,
    ) -> Result<Option<Signal>, BuildError> {
        profile
            .map(|name| self.signal(stated, Some(name), asked_by))
            .transpose()
    }

    /// Temperature of the gas of a supply.
    pub(super) fn supply_temperature(&self, e: &Supply) -> Result<Signal, BuildError> {
        let settings = &self.case.settings;
        let of_file = e.gas.and_then(|g| g.temperature_k);
        let stated = e.temperature_k.or(of_file);
        let stated = stated.or(settings.heat.supply_temperature_k);
        let kelvin = stated.unwrap_or(settings.ground_temperature_k);
        self.signal(kelvin, e.temperature_profile.as_ref(), &e.header.id)
    }

    /// The gas of a supply.
    pub(super) fn brought(&self, e: &Supply) -> Result<Brought, BuildError> {
        if !self.case.settings.quality.tracked {
            return Ok(Brought::Gas(0));
        }
        if let Some(name) = &e.gas_profile {
            let mut profiles = self.case.gas_profiles.iter();
            let found = profiles.position(|p| &p.id == name);
            return found.map(Brought::Profile).ok_or_else(|| {
                BuildError::new(
                    &e.header.id,
                    format!("profile of gases \"{name}\" is not defined"),
                )
            });
        }
        match &e.gas_name {
            None => Ok(Brought::Gas(0)),
            Some(name) => gas_index(self.case, name, &e.header.id).map(Brought::Gas),
        }
    }
}

/// Supplies, what is there at first, and batches.
fn marks(case: &Case) -> Vec<String> {
    let supplies = case.network.supplies.iter();
    let mut names: Vec<String> = supplies.map(|s| s.header.id.clone()).collect();
    names.push("initial".into());
    names.extend(batches(case).map(str::to_owned));
    names
}

/// Names of batches, each once.
fn batches(case: &Case) -> impl Iterator<Item = &str> {
    let stated = case
        .network
        .supplies
        .iter()
        .filter_map(|s| s.batch.as_deref());
    let of_events = case.scenario.events.iter().filter_map(|e| match &e.action {
        Action::Batch { name } => Some(name.as_str()),
        _ => None,
    });
    let all: std::collections::BTreeSet<&str> = stated.chain(of_events).collect();
    all.into_iter()
}

/// The mark of a batch.
pub(crate) fn batch_index(case: &Case, name: &str) -> Option<usize> {
    let found = batches(case).position(|b| b == name)?;
    Some(case.network.supplies.len() + 1 + found)
}

/// Index of a gas by its name: 0 is that of the case.
pub(crate) fn gas_index(case: &Case, name: &str, asked_by: &str) -> Result<usize, BuildError> {
    let found = case.gases.iter().position(|g| g.id == name);
    found
        .map(|i| i + 1)
        .ok_or_else(|| BuildError::new(asked_by, format!("gas \"{name}\" is not defined")))
}

/// The gases of a case as shares of those that property tables are made of.
struct Known {
    vertices: Vec<Gas>,
    names: Vec<String>,
    brought: Vec<Vec<f64>>,
    profiles: Vec<(Vec<f64>, Vec<Vec<f64>>)>,
}

impl Known {
    fn new(case: &Case, tracked: bool) -> Result<Self, BuildError> {
        if !tracked {
            return Ok(Self {
                vertices: vec![Gas::new(&case.gas).map_err(of_gas)?],
                names: vec![String::new()],
                brought: vec![vec![1.0]],
                profiles: Vec::new(),
            });
        }
        let stated: Vec<Composition> = std::iter::once(&case.gas)
            .chain(case.gases.iter().map(|g| &g.spec))
            .map(composition)
            .collect::<Result<_, _>>()?;
        let used = used(case);
        let series: Vec<Composition> = case
            .gas_profiles
            .iter()
            .flat_map(|p| p.compositions.clone())
            .collect();
        let corners = match series.is_empty() {
            true => distinct(used.iter().map(|&i| &stated[i])),
            false => {
                let used = used.iter().map(|&i| stated[i].clone());
                around(&used.chain(series).collect::<Vec<_>>())
            }
        };
        let vertices = corners
            .iter()
            .map(|c| gas_of(&case.gas, c))
            .collect::<Result<Vec<_>, _>>()?;
        let place = Place::new(&corners, &vertices);
        let brought = stated
            .iter()
            .enumerate()
            .map(|(i, c)| match used.contains(&i) {
                true => place.shares(c),
                false => Vec::new(),
            })
            .collect();
        let name = |corner: &Composition| {
            let index = stated.iter().position(|c| c == corner);
            let gas = index
                .and_then(|i| i.checked_sub(1))
                .map(|i| &case.gases[i].id);
            gas.cloned().unwrap_or_default()
        };
        let profiles = case.gas_profiles.iter();
        Ok(Self {
            names: corners.iter().map(name).collect(),
            brought,
            profiles: profiles
                .map(|p| {
                    let shares = p.compositions.iter().map(|c| place.shares(c));
                    (p.time_s.clone(), shares.collect())
                })
                .collect(),
            vertices,
        })
    }
}

/// Gases that fill the network at first or that supplies bring at some time; 0 is that of the case.
fn used(case: &Case) -> Vec<usize> {
    let named = |name: &String| case.gases.iter().position(|g| &g.id == name);
    let supplies = case.network.supplies.iter().filter(|s| s.header.in_service);
    let mut used: Vec<usize> = supplies
        .filter(|s| s.gas_profile.is_none())
        .map(|s| s.gas_name.as_ref().and_then(named).map_or(0, |i| i + 1))
        .collect();
    for event in &case.scenario.events {
        if let Action::Gas { name } = &event.action {
            used.extend(named(name).map(|i| i + 1));
        }
    }
    if used.is_empty()
        || matches!(
            case.scenario.initial,
            linepack_network::InitialState::AtRest { .. }
        )
    {
        used.push(0);
    }
    used.sort_unstable();
    used.dedup();
    used
}

fn composition(spec: &GasSpec) -> Result<Composition, BuildError> {
    match &spec.substance {
        Substance::Mixture(composition) => composition.normalised().map_err(|e| BuildError {
            element: None,
            message: format!("gas: {e:?}"),
        }),
        Substance::Pseudo(_) => Err(BuildError {
            element: None,
            message: "a gas that is to be carried needs a composition".into(),
        }),
    }
}

fn gas_of(like: &GasSpec, composition: &Composition) -> Result<Gas, BuildError> {
    Gas::new(&GasSpec {
        substance: Substance::Mixture(composition.clone()),
        ..like.clone()
    })
    .map_err(of_gas)
}

/// Compositions without those that are there already.
fn distinct<'a>(all: impl Iterator<Item = &'a Composition>) -> Vec<Composition> {
    let mut found: Vec<Composition> = Vec::new();
    for c in all {
        if !found.contains(c) {
            found.push(c.clone());
        }
    }
    found
}

/// Compositions on a line, in a plane and so on through many: their mean, moved towards each component by
/// as much as that varies.
fn around(all: &[Composition]) -> Vec<Composition> {
    let count = all.len() as f64;
    let mean: [f64; 21] =
        std::array::from_fn(|k| all.iter().map(|c| c.mole_fractions[k]).sum::<f64>() / count);
    let spread = |k: usize| {
        let values = || all.iter().map(|c| c.mole_fractions[k]);
        values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)
    };
    let corners = (0..21).filter(|&k| spread(k) > 0.0).map(|k| {
        let share = spread(k).clamp(1e-3, 0.5);
        Composition {
            mole_fractions: std::array::from_fn(|i| {
                (1.0 - share) * mean[i] + if i == k { share } else { 0.0 }
            }),
        }
    });
    let corners: Vec<Composition> = corners.collect();
    if corners.is_empty() {
        return vec![Composition {
            mole_fractions: mean,
        }];
    }
    corners
}

/// Finds the shares of the corners in a composition.
struct Place<'a> {
    corners: &'a [Composition],
    molar_masses: Vec<f64>,
}

impl<'a> Place<'a> {
    fn new(corners: &'a [Composition], gases: &[Gas]) -> Self {
        Self {
            corners,
            molar_masses: gases.iter().map(Gas::molar_mass_kg_per_mol).collect(),
        }
    }

    /// Shares in mass that sum to one: those of least squares in mole fractions.
    fn shares(&self, c: &Composition) -> Vec<f64> {
        let n = self.corners.len();
        if let Some(k) = self.corners.iter().position(|corner| corner == c) {
            return (0..n).map(|i| f64::from(u8::from(i == k))).collect();
        }
        // Normal equations of Σ y_k corner_k = c with Σ y_k = 1, which holds of itself: all sums are 1.
        let dot = |a: &Composition, b: &Composition| -> f64 {
            a.mole_fractions
                .iter()
                .zip(&b.mole_fractions)
                .map(|(x, y)| x * y)
                .sum()
        };
        let matrix = faer::Mat::from_fn(n, n, |i, j| dot(&self.corners[i], &self.corners[j]));
        let right = faer::Mat::from_fn(n, 1, |i, _| dot(&self.corners[i], c));
        use faer::linalg::solvers::Solve;
        let y = matrix.full_piv_lu().solve(&right);
        let moles: Vec<f64> = (0..n).map(|i| y[(i, 0)]).collect();
        let mass: Vec<f64> = moles
            .iter()
            .zip(&self.molar_masses)
            .map(|(y, m)| y * m)
            .collect();
        let sum: f64 = mass.iter().sum();
        mass.iter().map(|m| m / sum).collect()
    }
}
