use super::ideal_gas::IdealGas;
use super::virial::Virial;
use super::virial_coefficients::Coefficients;
use crate::iso6976::GasQuality;
use crate::{Composition, GasError};
use linepack_units::ReferenceConditions;

/// Gas constant of the standard, J/(mol K).
const GAS_CONSTANT: f64 = 8.314_51;
/// Ideal molar volume at 0 degC and 101.325 kPa, dm3/mol.
const MOLAR_VOLUME: f64 = 22.414_097;
/// Density of dry air there, kg/m3.
const DENSITY_OF_AIR: f64 = 1.292_923;
/// Molar mass of the equivalent hydrocarbon, g/mol: M0 + M1 times its heating value in kJ/mol.
pub(super) const HYDROCARBON_MASS: [f64; 2] = [-2.709_328, 0.021_062_199];
/// Molar masses of nitrogen, carbon dioxide, hydrogen and carbon monoxide, g/mol.
const MOLAR_MASSES: [f64; 4] = [28.013_5, 44.010, 2.015_9, 28.010];
/// Molar heating values of hydrogen and carbon monoxide at 25 degC, kJ/mol.
const HEATING_VALUES: [f64; 2] = [285.83, 282.98];
/// The standard takes carbon monoxide to come with hydrogen (coke-oven gas) in this ratio.
const MONOXIDE_PER_HYDROGEN: f64 = 0.096_4;
/// The conditions of the inputs: burnt at 25 degC, metered at 0 degC and 101.325 kPa.
const COMBUSTION_K: f64 = 298.15;
const METERING: ReferenceConditions = ReferenceConditions {
    temperature_k: 273.15,
    pressure_pa: 101_325.0,
};

/// What an on-line instrument knows of a gas that is not analysed in full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Inputs {
    /// Gross heating value per real volume, MJ/m3, 25 degC / 0 degC, 101.325 kPa.
    pub(crate) heating_value: f64,
    /// Relative density at 0 degC and 101.325 kPa.
    pub(crate) relative_density: f64,
    /// Mole fraction of carbon dioxide.
    pub(crate) carbon_dioxide: f64,
    /// Mole fraction of hydrogen.
    pub(crate) hydrogen: f64,
}

impl Inputs {
    /// The inputs that a composition has by ISO 6976:2016.
    pub(crate) fn of(composition: &Composition) -> Result<Self, GasError> {
        let real = GasQuality::new(composition, COMBUSTION_K, METERING)?.real;
        Ok(Self {
            heating_value: real.gross_j_per_m3 * 1e-6,
            relative_density: real.relative_density,
            carbon_dioxide: composition.mole_fractions[2],
            hydrogen: composition.mole_fractions[14],
        })
    }

    /// The ranges in which the standard gives its method, or which of them is left.
    fn check(&self) -> Result<(), GasError> {
        for (what, value, low, high) in [
            (
                "gross heating value (MJ/m3)",
                self.heating_value,
                19.0,
                48.0,
            ),
            ("relative density", self.relative_density, 0.5, 0.9),
            ("carbon dioxide", self.carbon_dioxide, 0.0, 0.3),
            ("hydrogen", self.hydrogen, 0.0, 0.1),
        ] {
            if !(low..=high).contains(&value) {
                return Err(GasError::OutOfRange(format!(
                    "SGERG-88 takes a {what} from {low} to {high}; that of this gas is {value:.5}"
                )));
            }
        }
        Ok(())
    }

    /// The five-component gas that has these inputs.
    ///
    /// $$ H_s = (x_1 H_1 + x_4 H_4 + x_5 H_5)/V_m,\quad d\,ρ_{air} = \sum x_i M_i / V_m,\quad
    ///    V_m = V_{m,ideal} + B(273.15\,K) $$
    ///
    /// with M1 = -2.709328 + 0.021062199 H1 (g/mol, kJ/mol). For a molar volume the two equations
    /// are linear in x1 and in x1 H1; the molar volume is iterated.
    /// Source: ISO 12213-3:2006 annex B.
    pub(crate) fn solve(&self) -> Result<Coefficients, GasError> {
        self.check()?;
        let (x3, x4) = (self.carbon_dioxide, self.hydrogen);
        let x5 = MONOXIDE_PER_HYDROGEN * x4;
        let [m2, m3, m4, m5] = MOLAR_MASSES;
        let mut volume = MOLAR_VOLUME - 0.065;
        for _ in 0..50 {
            let burnt =
                self.heating_value * volume - x4 * HEATING_VALUES[0] - x5 * HEATING_VALUES[1];
            let mass = self.relative_density * DENSITY_OF_AIR * volume;
            let rest = 1.0 - x3 - x4 - x5;
            let known = x3 * m3 + x4 * m4 + x5 * m5 + HYDROCARBON_MASS[1] * burnt;
            let x1 = (mass - known - rest * m2) / (HYDROCARBON_MASS[0] - m2);
            let gas = Coefficients {
                heating_value: burnt / x1,
                fractions: [x1, rest - x1, x3, x4, x5],
            };
            let next = MOLAR_VOLUME + gas.at(METERING.temperature_k)[0].value * 1e3;
            if (next - volume).abs() <= 1e-13 * volume {
                return gas_of_the_standard(gas);
            }
            volume = next;
        }
        Err(conflict())
    }
}

/// Refuses a nitrogen content that no natural gas has: the inputs contradict each other.
fn gas_of_the_standard(gas: Coefficients) -> Result<Coefficients, GasError> {
    let [x1, x2, x3, ..] = gas.fractions;
    if x1 > 0.0 && (-0.01..=0.5).contains(&x2) && x2 + x3 <= 0.55 {
        Ok(gas)
    } else {
        Err(conflict())
    }
}

fn conflict() -> GasError {
    GasError::OutOfRange(
        "heating value, relative density, carbon dioxide and hydrogen contradict each other: \
         SGERG-88 finds no nitrogen content from 0 to 50 % for them"
            .into(),
    )
}

/// SGERG-88 for a composition, of which only heating value, relative density, carbon dioxide and
/// hydrogen are used.
///
/// Range: 0 … 12 MPa, 250 … 338 K, up to 20 % nitrogen and carbon dioxide, 10 % hydrogen, 10 %
/// ethane, 3.5 % propane for an uncertainty of 0.1 % in Z (ISO 12213-3:2006 clause 5).
/// Source: Jaeschke and Humphreys 1991; ISO 12213-3:2006. Checked by `tests/published/sgerg.rs`.
pub(super) fn sgerg88(composition: &Composition, ideal: IdealGas) -> Result<Virial, GasError> {
    let coefficients = Inputs::of(composition)?.solve()?;
    Ok(Virial::new("SGERG-88", GAS_CONSTANT, coefficients, ideal))
}
