use super::ideal_gas::IdealGas;
use super::sgerg88::HYDROCARBON_MASS;
use super::virial::Virial;
use super::virial_coefficients::Coefficients;
use crate::{Composition, GasError};

/// Gas constant of the method, J/(mol K).
const GAS_CONSTANT: f64 = 8.314_51;
/// Molar mass of air in it, g/mol.
const MOLAR_MASS_OF_AIR: f64 = 28.962_5;
/// Conditions of the relative density: 0 degC, 101.325 kPa.
const REFERENCE_K: f64 = 273.15;
const REFERENCE_PA: f64 = 101_325.0;

/// Molar masses (g/mol) in the order of AGA 8; those of nitrogen and carbon dioxide belong to the
/// equation.
const MOLAR_MASSES: [f64; 21] = [
    16.043, 28.0135, 44.01, 30.07, 44.097, 58.123, 58.123, 72.15, 72.15, 86.177, 100.204, 114.231,
    128.258, 142.285, 2.0159, 31.9988, 28.01, 18.0153, 34.082, 4.0026, 39.948,
];
/// Gross heating values at 25 degC (kJ/mol), AGA Report No. 5 (2009).
const HEATING_VALUES: [f64; 21] = [
    890.63, 0.0, 0.0, 1560.69, 2219.17, 2868.2, 2877.4, 3528.83, 3535.77, 4194.95, 4853.43, 5511.8,
    6171.15, 6829.77, 285.83, 0.0, 282.98, 44.016, 562.01, 0.0, 0.0,
];

/// Which of its inputs the method believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Heating value, relative density and carbon dioxide; nitrogen follows.
    One,
    /// Relative density, nitrogen and carbon dioxide; the heating value follows.
    Two,
}

/// AGA 8 GROSS for a composition, of which only the inputs of the method are used.
///
/// The hydrocarbons (and everything else that is not nitrogen or carbon dioxide) are one
/// equivalent hydrocarbon. Hydrogen is not told apart: keep it below 0.1 %.
/// Range: 0 … 8.3 MPa and 273 … 328 K for pipeline gas; accepted up to 12 MPa, 250 to 338 K.
/// Source: AGA Report No. 8 part 1 (2017), GROSS. Checked by `tests/published/gross.rs`.
pub(super) fn gross(
    composition: &Composition,
    method: Method,
    ideal: IdealGas,
) -> Result<Virial, GasError> {
    let direct = direct(composition);
    let volume = molar_volume(&direct);
    let density = relative_density(composition, volume);
    let [_, nitrogen, dioxide, ..] = direct.fractions;
    let coefficients = match method {
        Method::One => method_one(density, heat(composition) / volume, dioxide)?,
        Method::Two => method_two(density, nitrogen, dioxide)?,
    };
    let name = match method {
        Method::One => "AGA 8 GROSS method 1",
        Method::Two => "AGA 8 GROSS method 2",
    };
    Ok(Virial::new(name, GAS_CONSTANT, coefficients, ideal))
}

/// Gross heating value of a composition at 25 degC, kJ/mol.
fn heat(composition: &Composition) -> f64 {
    let parts = composition.mole_fractions.iter().zip(HEATING_VALUES);
    parts.map(|(x, h)| x * h).sum()
}

/// The equivalent hydrocarbon straight from the composition.
fn direct(composition: &Composition) -> Coefficients {
    let x = &composition.mole_fractions;
    let hydrocarbon = 1.0 - x[1] - x[2];
    Coefficients {
        heating_value: heat(composition) / hydrocarbon,
        fractions: [hydrocarbon, x[1], x[2], 0.0, 0.0],
    }
}

/// Molar volume at the reference, dm3/mol, from both virial coefficients.
fn molar_volume(gas: &Coefficients) -> f64 {
    let [b, c] = gas.at(REFERENCE_K).map(|jet| jet.value);
    let reduced = REFERENCE_PA / (GAS_CONSTANT * REFERENCE_K);
    let mut d = reduced;
    for _ in 0..40 {
        d = reduced / (1.0 + d * (b + c * d));
    }
    1e3 / d
}

/// Compressibility of air at the reference.
fn compressibility_of_air() -> f64 {
    let t = REFERENCE_K;
    let b = -0.125_27 + 5.91e-4 * t - 6.62e-7 * t * t;
    1.0 + b * 1e-3 * REFERENCE_PA / (GAS_CONSTANT * t)
}

fn relative_density(composition: &Composition, molar_volume: f64) -> f64 {
    let parts = composition.mole_fractions.iter().zip(MOLAR_MASSES);
    let molar_mass: f64 = parts.map(|(x, m)| x * m).sum();
    let z = REFERENCE_PA * molar_volume * 1e-3 / (GAS_CONSTANT * REFERENCE_K);
    molar_mass / MOLAR_MASS_OF_AIR * compressibility_of_air() / z
}

/// Iterates the compressibility at the reference, to first order in the density as the method does.
fn iterated(
    mut gas_at: impl FnMut(f64) -> Result<Coefficients, GasError>,
) -> Result<Coefficients, GasError> {
    let mut z = 1.0;
    for _ in 0..60 {
        let gas = gas_at(z)?;
        let b = gas.at(REFERENCE_K)[0].value;
        let next = 1.0 + b * REFERENCE_PA / (GAS_CONSTANT * REFERENCE_K);
        if (next - z).abs() < 1e-7 {
            return Ok(gas);
        }
        z = next;
    }
    Err(contradiction())
}

fn contradiction() -> GasError {
    GasError::OutOfRange(
        "AGA 8 GROSS finds no gas with this heating value, relative density and carbon dioxide"
            .into(),
    )
}

/// Molar mass (g/mol) of a gas of this relative density and compressibility at the reference.
fn molar_mass(relative_density: f64, z: f64) -> f64 {
    relative_density * z * MOLAR_MASS_OF_AIR / compressibility_of_air()
}

fn method_one(density: f64, heat_mj_per_m3: f64, dioxide: f64) -> Result<Coefficients, GasError> {
    let [m0, m1] = HYDROCARBON_MASS;
    let [m2, m3] = [MOLAR_MASSES[1], MOLAR_MASSES[2]];
    iterated(|z| {
        let heat = z * GAS_CONSTANT * REFERENCE_K / REFERENCE_PA * heat_mj_per_m3 * 1e3;
        let mass = molar_mass(density, z);
        let hydrocarbon = (mass + (dioxide - 1.0) * m2 - dioxide * m3 - m1 * heat) / (m0 - m2);
        let nitrogen = 1.0 - hydrocarbon - dioxide;
        if hydrocarbon <= 0.0 || nitrogen < -1e-3 {
            return Err(contradiction());
        }
        Ok(Coefficients {
            heating_value: heat / hydrocarbon,
            fractions: [hydrocarbon, nitrogen, dioxide, 0.0, 0.0],
        })
    })
}

fn method_two(density: f64, nitrogen: f64, dioxide: f64) -> Result<Coefficients, GasError> {
    let [m0, m1] = HYDROCARBON_MASS;
    let hydrocarbon = 1.0 - nitrogen - dioxide;
    iterated(|z| {
        let inert = nitrogen * MOLAR_MASSES[1] + dioxide * MOLAR_MASSES[2];
        let mass = (molar_mass(density, z) - inert) / hydrocarbon;
        Ok(Coefficients {
            heating_value: (mass - m0) / m1,
            fractions: [hydrocarbon, nitrogen, dioxide, 0.0, 0.0],
        })
    })
}
