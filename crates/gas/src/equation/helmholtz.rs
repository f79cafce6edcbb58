//! What GERG-2008 and DETAIL have in common: a Helmholtz energy in density and temperature, solved
//! for the density of the gas root.

use super::MolarState;
use crate::component::COMPONENTS;
use crate::{Composition, GasError};

/// Density at which the gas is ideal to one part in 1e10 yet above the equations' cut-off, mol/m3.
const DILUTE_MOL_PER_M3: f64 = 1e-6;

/// Number of densities at which the way up to a root is checked for a fold.
const FOLD_SAMPLES: usize = 32;

/// Largest relative density correction that is left standing.
const POLISHED: f64 = 1e-13;

/// A fundamental equation in the Helmholtz energy, for one gas.
pub(crate) trait Helmholtz {
    /// Name in messages.
    const NAME: &'static str;
    /// The gas constant that belongs to the equation's coefficients, J/(mol K).
    const GAS_CONSTANT: f64;
    /// Temperatures of validity, K.
    const TEMPERATURE_RANGE_K: std::ops::RangeInclusive<f64>;
    /// Highest pressure of validity, Pa.
    const PRESSURE_MAX_PA: f64;

    /// Above this temperature (K) the isotherms have no fold, so the one root is the gas root.
    fn fold_below(&self) -> f64;
    /// kg/mol.
    fn molar_mass(&self) -> f64;
    /// Pressure at a density (mol/m3) and temperature (K), Pa.
    fn pressure(&mut self, density: f64, temperature: f64) -> f64;
    /// Every property at a density (mol/m3) and temperature (K).
    fn at(&mut self, density: f64, temperature: f64) -> MolarState;
    /// d2p/dd2 at constant temperature after [`Helmholtz::at`], Pa m6/mol2.
    fn curvature(&self) -> f64;
    /// The equation's own search for the density (mol/m3), from above zero or from `near`.
    fn search(&mut self, pressure: f64, temperature: f64, near: Option<f64>) -> Option<f64>;

    /// The state on the gas root at a pressure and temperature.
    ///
    /// The gas root is the lowest density that has the pressure. It is found by Newton in the
    /// logarithm of the volume, polished to round-off, and accepted only when the pressure rises
    /// all the way from zero density up to it: a fold in between means that the search has jumped
    /// to the liquid.
    fn gas_at(
        &mut self,
        pressure: f64,
        temperature: f64,
        near: Option<f64>,
    ) -> Result<MolarState, GasError> {
        check_range::<Self>(pressure, temperature)?;
        let not_a_gas = GasError::NotAGas {
            equation: Self::NAME,
            pressure_pa: pressure,
            temperature_k: temperature,
        };
        let Some(found) = self.search(pressure, temperature, near) else {
            return Err(not_a_gas);
        };
        let state = self.polish(found, pressure, temperature);
        let solved = (state.pressure - pressure).abs() <= 1e-9 * pressure && state.is_stable();
        if solved && self.rises_up_to(&state) {
            Ok(MolarState { pressure, ..state })
        } else {
            Err(not_a_gas)
        }
    }

    /// Newton in the density until the correction is round-off.
    fn polish(&mut self, start: f64, pressure: f64, temperature: f64) -> MolarState {
        let mut state = self.at(start, temperature);
        for _ in 0..4 {
            let correction = (pressure - state.pressure) / state.dp_dd;
            if correction.abs() <= POLISHED * state.density || correction.is_nan() {
                break;
            }
            state = self.at(state.density + correction, temperature);
        }
        state
    }

    /// Whether the pressure rises monotonically from zero density to the state.
    fn rises_up_to(&mut self, state: &MolarState) -> bool {
        if state.temperature > self.fold_below() {
            return true;
        }
        let mut below = 0.0;
        (1..=FOLD_SAMPLES).all(|i| {
            let density = state.density * i as f64 / FOLD_SAMPLES as f64;
            let pressure = self.pressure(density, state.temperature);
            std::mem::replace(&mut below, pressure) < pressure
        })
    }

    /// density/pressure at zero pressure and its slope, from the second virial coefficient.
    ///
    /// $$ d/p = \frac{1}{RT} - \frac{B}{(RT)^2} p + … $$
    fn dilute(&mut self, temperature: f64) -> (f64, f64) {
        let rt = Self::GAS_CONSTANT * temperature;
        self.at(DILUTE_MOL_PER_M3, temperature);
        let second_virial = self.curvature() / (2.0 * rt);
        (1.0 / rt, -second_virial / (rt * rt))
    }
}

/// A temperature (K) well above the mechanical critical point of a mixture: 1.3 times the mole
/// fraction mean of the critical temperatures.
pub(super) fn fold_bound(composition: &Composition) -> f64 {
    let parts = COMPONENTS.iter().zip(composition.mole_fractions);
    1.3 * parts
        .map(|(c, x)| x * c.critical_temperature_k)
        .sum::<f64>()
}

fn check_range<E: Helmholtz + ?Sized>(pressure: f64, temperature: f64) -> Result<(), GasError> {
    let range = E::TEMPERATURE_RANGE_K;
    if !range.contains(&temperature) {
        return Err(GasError::OutOfRange(format!(
            "{temperature} K is outside the range of {}, {} to {} K",
            E::NAME,
            range.start(),
            range.end()
        )));
    }
    if !(pressure > 0.0 && pressure <= E::PRESSURE_MAX_PA) {
        return Err(GasError::OutOfRange(format!(
            "{pressure} Pa is outside the range of {}, above 0 up to {} MPa",
            E::NAME,
            E::PRESSURE_MAX_PA / 1e6
        )));
    }
    Ok(())
}
