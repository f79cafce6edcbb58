//! Equations truncated after the third virial coefficient: SGERG-88 and AGA 8 GROSS.

use super::MolarState;
use super::ideal_gas::IdealGas;
use super::jet::Jet;
use super::residual::{self, Residual};
use super::virial_coefficients::Coefficients;
use crate::GasError;
use std::ops::RangeInclusive;

/// Temperatures of validity, K: those of ISO 12213-3 with its wider range.
const TEMPERATURE_RANGE_K: RangeInclusive<f64> = 250.0..=338.15;
/// Highest pressure of validity, Pa.
const PRESSURE_MAX_PA: f64 = 12e6;

/// A gas by Z = 1 + B d + C d2.
#[derive(Debug, Clone)]
pub(crate) struct Virial {
    name: &'static str,
    /// The gas constant of the published coefficients, J/(mol K).
    r: f64,
    coefficients: Coefficients,
    ideal: IdealGas,
}

impl Virial {
    pub(crate) fn new(
        name: &'static str,
        r: f64,
        coefficients: Coefficients,
        ideal: IdealGas,
    ) -> Self {
        Self {
            name,
            r,
            coefficients,
            ideal,
        }
    }

    pub(crate) fn molar_mass(&self) -> f64 {
        self.ideal.molar_mass()
    }

    /// The gas at a pressure (Pa) and temperature (K).
    pub(crate) fn gas_at(&mut self, p: f64, t: f64) -> Result<MolarState, GasError> {
        if !(TEMPERATURE_RANGE_K.contains(&t) && p > 0.0 && p <= PRESSURE_MAX_PA) {
            return Err(GasError::OutOfRange(format!(
                "{p} Pa and {t} K are outside the range of {}, up to 12 MPa and {} to {} K",
                self.name,
                TEMPERATURE_RANGE_K.start(),
                TEMPERATURE_RANGE_K.end()
            )));
        }
        let coefficients = self.coefficients.at(t);
        let density = self.density(p, t, coefficients).ok_or(GasError::NotAGas {
            equation: self.name,
            pressure_pa: p,
            temperature_k: t,
        })?;
        let state = self.at(density, t, coefficients);
        Ok(MolarState {
            pressure: p,
            ..state
        })
    }

    /// The state at a density (mol/m3).
    pub(crate) fn at_density(&mut self, density: f64, t: f64) -> MolarState {
        let coefficients = self.coefficients.at(t);
        self.at(density, t, coefficients)
    }

    /// Newton in the density from the ideal gas upwards; none beyond the fold of the isotherm.
    fn density(&self, p: f64, t: f64, [b, c]: [Jet; 2]) -> Option<f64> {
        let reduced = p / (self.r * t);
        let mut d = reduced;
        for _ in 0..60 {
            let slope = 1.0 + d * (2.0 * b.value + 3.0 * c.value * d);
            if slope <= 0.0 {
                return None;
            }
            let excess = d * (1.0 + d * (b.value + c.value * d)) - reduced;
            let step = excess / slope;
            d -= step.clamp(-0.3 * d, 0.3 * d);
            if step.abs() <= 1e-14 * d {
                return Some(d);
            }
        }
        None
    }

    fn at(&mut self, d: f64, t: f64, [b, c]: [Jet; 2]) -> MolarState {
        let rt = self.r * t;
        let sum = |b: f64, c: f64| d * (b + c * d);
        let z = 1.0 + sum(b.value, c.value);
        let residual = Residual {
            alpha: sum(b.value, c.value / 2.0),
            alpha_t: sum(b.first, c.first / 2.0),
            alpha_tt: sum(b.second, c.second / 2.0),
            pressure: d * rt * z,
            dp_dd: rt * (1.0 + 2.0 * d * b.value + 3.0 * d * d * c.value),
            dp_dt: self.r * d * (z + t * sum(b.first, c.first)),
        };
        residual::state(&mut self.ideal, d, t, self.r, &residual)
    }

    /// density/pressure at zero pressure (mol/m3/Pa) and its slope with pressure.
    pub(crate) fn dilute(&self, t: f64) -> (f64, f64) {
        let rt = self.r * t;
        let [b, _] = self.coefficients.at(t);
        (1.0 / rt, -b.value / (rt * rt))
    }
}
