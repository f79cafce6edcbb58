use super::envelope::{self, PhaseEnvelope, Traced};
use super::flash::{self, Flash};
use super::hydrate::{self, Hydrate, HydrateStructure};
use super::saturation::Saturation;
use super::water;
use crate::cubic::{Form, Model, Phase};
use crate::{Composition, GasError};

/// The cubic equation of a phase model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CubicEquation {
    /// Peng and Robinson.
    PengRobinson,
    /// Soave, Redlich and Kwong.
    SoaveRedlichKwong,
}

/// Place of water in the order of AGA 8.
const WATER: usize = 17;
/// Temperatures between which dew and hydrate points are looked for, K.
const COLDEST_K: f64 = 213.15;
const WARMEST_K: f64 = 333.15;

/// Where a gas condenses, and where it forms hydrates.
///
/// The hydrocarbon side is that of the dry gas (water left out and the rest scaled to one), by a cubic
/// equation with published interaction parameters. An analysis that lumps everything from hexane
/// on makes its dew points wrong by ten kelvin and more: the heaviest traces decide.
#[derive(Debug, Clone)]
pub struct PhaseModel {
    dry: Model,
    feed: Vec<f64>,
    /// Dry components and water, with their fractions in the gas as it is.
    wet: Model,
    wet_feed: Vec<f64>,
    hydrocarbon: Option<std::sync::Arc<Traced>>,
}

impl PhaseModel {
    /// The phase model of a composition; the envelope is traced at once.
    ///
    /// # Errors
    /// A gas of water only. A gas without an envelope (a pure one) has no hydrocarbon dew points.
    pub fn new(composition: &Composition, equation: CubicEquation) -> Result<Self, GasError> {
        let form = match equation {
            CubicEquation::PengRobinson => Form::PengRobinson,
            CubicEquation::SoaveRedlichKwong => Form::Soave,
        };
        let x = &composition.mole_fractions;
        let present: Vec<usize> = (0..21).filter(|&i| i != WATER && x[i] > 0.0).collect();
        let sum: f64 = present.iter().map(|&i| x[i]).sum();
        if sum <= 0.0 {
            return Err(GasError::Missing(
                "phase behaviour needs a gas beside water".into(),
            ));
        }
        let feed: Vec<f64> = present.iter().map(|&i| x[i] / sum).collect();
        let mut wet = present.clone();
        wet.push(WATER);
        let mut wet_feed: Vec<f64> = present.iter().map(|&i| x[i] / (sum + x[WATER])).collect();
        wet_feed.push(x[WATER] / (sum + x[WATER]));
        let dry = Model::new(form, &present);
        let traced = (feed.len() > 1)
            .then(|| {
                envelope::trace(&Saturation {
                    model: &dry,
                    feed: &feed,
                })
            })
            .transpose()
            .ok()
            .flatten();
        Ok(Self {
            dry,
            feed,
            wet: Model::new(form, &wet),
            wet_feed,
            hydrocarbon: traced.map(std::sync::Arc::new),
        })
    }

    /// The phase envelope of the dry gas.
    ///
    /// # Errors
    /// A pure gas, or a line that could not be followed.
    pub fn envelope(&self) -> Result<&PhaseEnvelope, GasError> {
        let missing = "this gas has no phase envelope that could be followed (a pure gas has none)";
        self.hydrocarbon
            .as_ref()
            .map(|traced| &traced.envelope)
            .ok_or_else(|| GasError::Missing(missing.into()))
    }

    /// The hydrocarbon dew point at a pressure (Pa), K: the highest temperature at which liquid forms
    /// there. None above the cricondenbar, and where there is no envelope.
    pub fn hydrocarbon_dew_point_k(&self, pressure_pa: f64) -> Option<f64> {
        let (traced, n) = (self.hydrocarbon.as_ref()?, self.feed.len());
        let saturation = Saturation {
            model: &self.dry,
            feed: &self.feed,
        };
        let wanted = pressure_pa.ln();
        let crossings = traced.dew.windows(2).filter_map(|pair| {
            let [a, b] = [&pair[0].unknowns, &pair[1].unknowns];
            let share = (wanted - a[n + 1]) / (b[n + 1] - a[n + 1]);
            let guess: Vec<f64> = a.iter().zip(b).map(|(x, y)| x + share * (y - x)).collect();
            (0.0..=1.0).contains(&share).then_some(guess)
        });
        let solved = crossings.map(|guess| {
            let exact = saturation.solve(&guess, n + 1, wanted);
            exact.map_or(guess[n], |solved| solved.unknowns[n]).exp()
        });
        solved.max_by(f64::total_cmp)
    }

    /// Vapour and liquid of the dry gas at a pressure (Pa) and temperature (K).
    pub fn flash(&self, pressure_pa: f64, temperature_k: f64) -> Flash {
        let spread = |fractions: &[f64]| {
            let mut all = [0.0; 21];
            for (&place, x) in self.dry.components().iter().zip(fractions) {
                all[place] = *x;
            }
            all
        };
        match flash::split(&self.dry, &self.feed, pressure_pa, temperature_k) {
            Some((fraction, ln_k)) => {
                let (liquid, vapour) = flash::phases(&self.feed, &ln_k, fraction);
                Flash {
                    vapour_fraction: fraction,
                    vapour: spread(&vapour),
                    liquid: spread(&liquid),
                }
            }
            None => Flash {
                vapour_fraction: 1.0,
                vapour: spread(&self.feed),
                liquid: [0.0; 21],
            },
        }
    }

    /// The water dew point at a pressure (Pa), K: where the water in the gas would condense as liquid, or
    /// below 0 degC as ice. None for a dry gas, and outside -60 to 60 degC.
    ///
    /// $$ y_w φ_w(T, p) p = f_w^{pure}(T, p) $$
    ///
    /// The fugacity coefficient is that of the cubic equation with interaction parameters for water in
    /// gas (Søreide and Whitson 1992), that of liquid or ice follows from the saturation pressure. Within
    /// 8 % in water content of Bukacek's correlation from 10 to 60 degC up to 100 bar, which is about
    /// 1.3 K (`tests/published/phase.rs`). For custody ISO 18453 is the standard.
    pub fn water_dew_point_k(&self, pressure_pa: f64) -> Option<f64> {
        let fraction = *self.wet_feed.last()?;
        if fraction <= 0.0 {
            return None;
        }
        root(COLDEST_K, WARMEST_K, |t| {
            (self.saturated_water(pressure_pa, t) / fraction).ln()
        })
    }

    /// The mole fraction of water at which the gas is saturated, at a pressure (Pa) and temperature (K).
    pub fn saturated_water(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        // The fraction of water hardly changes its own fugacity coefficient: two rounds.
        let pure = water::fugacity_pa(pressure_pa, temperature_k);
        let dry: f64 = 1.0 - self.wet_feed.last().copied().unwrap_or(0.0);
        let mut fraction = pure / pressure_pa;
        for _ in 0..4 {
            let mut x: Vec<f64> = self
                .wet_feed
                .iter()
                .map(|x| x / dry * (1.0 - fraction))
                .collect();
            if let Some(last) = x.last_mut() {
                *last = fraction;
            }
            let phi = self
                .wet
                .mixed(&x, temperature_k)
                .fugacities(pressure_pa, Phase::Vapour)
                .ln_phi;
            let coefficient = phi.last().copied().unwrap_or(0.0).exp();
            fraction = (pure / (coefficient * pressure_pa)).min(0.5);
        }
        fraction
    }

    /// The hydrate that forms up to the highest temperature at a pressure (Pa), where free water is
    /// present. None where no hydrate former is in the gas, and outside -60 to 60 degC.
    ///
    /// Within 0.5 K of the measurements of pure methane, ethane and propane up to 16 MPa, 1 K for
    /// carbon dioxide. Source: see the internals (van der Waals and Platteeuw; Munck et al. 1988).
    pub fn hydrate(&self, pressure_pa: f64) -> Option<Hydrate> {
        let of = |structure: HydrateStructure| {
            if !hydrate::can_form(structure, self.dry.components()) {
                return None;
            }
            let temperature_k = root(COLDEST_K, WARMEST_K, |t| {
                let phi = self
                    .dry
                    .mixed(&self.feed, t)
                    .fugacities(pressure_pa, Phase::Vapour)
                    .ln_phi;
                let fugacity = |place: usize| {
                    let found = self.dry.components().iter().position(|&i| i == place);
                    found.map_or(0.0, |k| self.feed[k] * phi[k].exp() * pressure_pa)
                };
                -hydrate::drive(structure, &fugacity, pressure_pa, t)
            })?;
            Some(Hydrate {
                temperature_k,
                structure,
            })
        };
        [HydrateStructure::One, HydrateStructure::Two]
            .into_iter()
            .filter_map(of)
            .max_by(|a, b| a.temperature_k.total_cmp(&b.temperature_k))
    }
}

/// The highest zero of a function that ends above zero, by steps downwards and bisection.
fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> Option<f64> {
    const STEP: f64 = 4.0;
    let mut above = high;
    if f(above) <= 0.0 {
        return None;
    }
    while above > low {
        let below = above - STEP;
        if f(below) <= 0.0 {
            let (mut a, mut b) = (below, above);
            for _ in 0..46 {
                let middle = 0.5 * (a + b);
                if f(middle) <= 0.0 {
                    a = middle
                } else {
                    b = middle
                }
            }
            return Some(0.5 * (a + b));
        }
        above = below;
    }
    None
}
