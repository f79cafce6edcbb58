use crate::{Composition, GasError, GasQuality};
use linepack_units::ReferenceConditions;

/// Places of water and hydrogen sulfide in the order of AGA 8, and molar masses in kg/mol.
const WATER: usize = 17;
const HYDROGEN_SULFIDE: usize = 18;
const MASS_OF_WATER: f64 = 0.018_015_28;
const MASS_OF_HYDROGEN_SULFIDE: f64 = 0.034_080_88;
const MASS_OF_SULFUR: f64 = 0.032_065;

/// Moles of real gas per volume at reference conditions, mol/m3, by ISO 6976:2016.
fn moles(composition: &Composition, at: ReferenceConditions) -> Result<f64, GasError> {
    let quality = GasQuality::new(composition, 288.15, at)?;
    Ok(quality.real.density_kg_per_m3 / quality.molar_mass_kg_per_mol)
}

/// Hydrogen sulfide per volume of gas at reference conditions, kg/m3.
///
/// # Errors
/// A reference temperature that ISO 6976 has no data for.
pub fn hydrogen_sulfide_kg_per_m3(
    composition: &Composition,
    at: ReferenceConditions,
) -> Result<f64, GasError> {
    let x = composition.mole_fractions[HYDROGEN_SULFIDE];
    Ok(x * MASS_OF_HYDROGEN_SULFIDE * moles(composition, at)?)
}

/// Sulfur, as the element, per volume of gas at reference conditions, kg/m3: that of the hydrogen
/// sulfide and of the stated odorant and other sulfur (kg/m3), which the composition does not hold.
///
/// # Errors
/// A reference temperature that ISO 6976 has no data for.
pub fn sulfur_kg_per_m3(
    composition: &Composition,
    other_kg_per_m3: f64,
    at: ReferenceConditions,
) -> Result<f64, GasError> {
    let x = composition.mole_fractions[HYDROGEN_SULFIDE];
    Ok(x * MASS_OF_SULFUR * moles(composition, at)? + other_kg_per_m3)
}

/// Water vapour per volume of gas at reference conditions, kg/m3.
///
/// # Errors
/// A reference temperature that ISO 6976 has no data for.
pub fn water_kg_per_m3(
    composition: &Composition,
    at: ReferenceConditions,
) -> Result<f64, GasError> {
    Ok(composition.mole_fractions[WATER] * MASS_OF_WATER * moles(composition, at)?)
}
