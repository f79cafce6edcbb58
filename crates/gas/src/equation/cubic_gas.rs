use super::MolarState;
use super::ideal_gas::IdealGas;
use super::residual::{self, Residual};
use crate::cubic::{Form, Mixed, Model, Phase};
use crate::{Composition, GAS_CONSTANT, GasError};
use std::ops::RangeInclusive;

/// Temperatures that are accepted, K.
const TEMPERATURE_RANGE_K: RangeInclusive<f64> = 60.0..=1000.0;
/// Highest pressure that is accepted, Pa.
const PRESSURE_MAX_PA: f64 = 100e6;

/// A gas by a cubic equation with volume shift.
///
/// Z of pipeline gas is within 0.02 of GERG-2008 up to 10 MPa: the equation is for phase equilibria, and
/// for comparison with other programs.
/// Checked by `tests/physics/cubic.rs` and `tests/published/cubic.rs`.
#[derive(Debug, Clone)]
pub(crate) struct CubicGas {
    model: Model,
    fractions: Vec<f64>,
    ideal: IdealGas,
}

impl CubicGas {
    pub(crate) fn new(form: Form, composition: &Composition, ideal: IdealGas) -> Self {
        let present = |i: &usize| composition.mole_fractions[*i] > 0.0;
        let components: Vec<usize> = (0..21).filter(present).collect();
        let sum = composition.sum();
        let fraction = |&i: &usize| composition.mole_fractions[i] / sum;
        Self {
            model: Model::new(form, &components),
            fractions: components.iter().map(fraction).collect(),
            ideal,
        }
    }

    pub(crate) fn molar_mass(&self) -> f64 {
        self.ideal.molar_mass()
    }

    fn name(&self) -> &'static str {
        match self.model.form() {
            Form::PengRobinson => "Peng-Robinson",
            Form::Soave => "Soave-Redlich-Kwong",
        }
    }

    /// The gas root at a pressure (Pa) and temperature (K).
    pub(crate) fn gas_at(&mut self, p: f64, t: f64) -> Result<MolarState, GasError> {
        if !(TEMPERATURE_RANGE_K.contains(&t) && p > 0.0 && p <= PRESSURE_MAX_PA) {
            return Err(GasError::OutOfRange(format!(
                "{p} Pa and {t} K are outside the range of the {} equation here, 60 to 1000 K and \
                 100 MPa",
                self.name()
            )));
        }
        let mixed = self.model.mixed(&self.fractions, t);
        let volume = mixed.volume(p, Phase::Vapour);
        if !mixed.is_gas(volume) {
            return Err(GasError::NotAGas {
                equation: self.name(),
                pressure_pa: p,
                temperature_k: t,
            });
        }
        let state = self.at(&mixed, volume, t);
        Ok(MolarState {
            pressure: p,
            ..state
        })
    }

    /// The state at a density (mol/m3), whatever the phase.
    pub(crate) fn at_density(&mut self, density: f64, t: f64) -> MolarState {
        let mixed = self.model.mixed(&self.fractions, t);
        self.at(&mixed, 1.0 / density + mixed.shift(), t)
    }

    /// At a volume of the equation. The shift c changes the volume to v - c at the same pressure,
    /// and with it the enthalpy by -p c; all else follows from the isochore.
    fn at(&mut self, mixed: &Mixed, volume: f64, t: f64) -> MolarState {
        let iso = mixed.isotherm(volume);
        let [alpha, alpha_t, alpha_tt] = mixed.helmholtz(volume);
        let residual = Residual {
            alpha,
            alpha_t,
            alpha_tt,
            pressure: iso.pressure,
            dp_dd: -volume * volume * iso.by_volume,
            dp_dt: iso.by_temperature,
        };
        let s = residual::state(&mut self.ideal, 1.0 / volume, t, GAS_CONSTANT, &residual);
        let shifted = volume - mixed.shift();
        MolarState {
            density: 1.0 / shifted,
            compressibility: iso.pressure * shifted / (GAS_CONSTANT * t),
            dp_dd: -shifted * shifted * iso.by_volume,
            enthalpy: s.enthalpy - iso.pressure * mixed.shift(),
            ..s
        }
    }

    /// density/pressure at zero pressure (mol/m3/Pa) and its slope, with B = b - a/RT - c.
    pub(crate) fn dilute(&self, t: f64) -> (f64, f64) {
        let rt = GAS_CONSTANT * t;
        let mixed = self.model.mixed(&self.fractions, t);
        (1.0 / rt, -mixed.second_virial() / (rt * rt))
    }
}
