//! Heating value, relative density and Wobbe index by ISO 6976:2016.

mod analysis;
mod table;
mod uncertainty;

pub use analysis::Analysis;
pub use uncertainty::QualityUncertainty;

use crate::{Composition, GasError};
use linepack_units::ReferenceConditions;
use table::{ROWS, Row};

/// The molar gas constant of the standard, J/(mol K).
const GAS_CONSTANT: f64 = 8.314_462_1;
/// The pressure to which the summation factors belong, Pa.
const STANDARD_PRESSURE_PA: f64 = 101_325.0;
/// Molar mass of dry air, kg/mol.
const MOLAR_MASS_OF_AIR: f64 = 0.028_965_46;
/// Compressibility factor of dry air at the metering temperatures.
const COMPRESSIBILITY_OF_AIR: [f64; 4] = [0.999_419, 0.999_595, 0.999_601, 0.999_645];
/// Enthalpy of vaporisation of water at the combustion temperatures, kJ/mol.
const VAPORISATION_OF_WATER: [f64; 5] = [45.064, 44.431, 44.408, 44.222, 44.013];
/// Combustion temperatures of the standard, K; the first four are its metering temperatures too.
const TEMPERATURES_K: [f64; 5] = [273.15, 288.15, 288.705_555_555_555_6, 293.15, 298.15];
/// How far a temperature may be from one of them (15.55 degC stands for 60 degF), K.
const TEMPERATURE_TOLERANCE_K: f64 = 0.01;

/// Properties per volume at reference conditions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VolumeQuality {
    /// Gross heating value, J/m3.
    pub gross_j_per_m3: f64,
    /// Net heating value, J/m3.
    pub net_j_per_m3: f64,
    /// Density, kg/m3.
    pub density_kg_per_m3: f64,
    /// Density relative to dry air at the same conditions, -.
    pub relative_density: f64,
    /// Wobbe index from the gross heating value, J/m3.
    pub wobbe_gross_j_per_m3: f64,
    /// Wobbe index from the net heating value, J/m3.
    pub wobbe_net_j_per_m3: f64,
}

/// The properties of a gas by ISO 6976:2016, at one combustion temperature and one reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GasQuality {
    /// Molar mass, kg/mol.
    pub molar_mass_kg_per_mol: f64,
    /// Compressibility factor at the reference conditions, -.
    pub compressibility: f64,
    /// Gross molar heating value, J/mol.
    pub gross_j_per_mol: f64,
    /// Net molar heating value, J/mol.
    pub net_j_per_mol: f64,
    /// Gross heating value per mass, J/kg.
    pub gross_j_per_kg: f64,
    /// Net heating value per mass, J/kg.
    pub net_j_per_kg: f64,
    /// Per volume of the ideal gas.
    pub ideal: VolumeQuality,
    /// Per volume of the real gas.
    pub real: VolumeQuality,
}

impl GasQuality {
    /// Heating values, densities and Wobbe indices of a composition.
    ///
    /// $$ H_c = \sum x_i H_{c,i},\quad H_{net} = H_c - L_0 \sum x_i b_i/2,\quad
    ///    Z = 1 - \frac{p_2}{p_0} \Big(\sum x_i s_i\Big)^2 $$
    /// $$ H_v = \frac{H_c\, p_2}{Z R T_2},\quad d = \frac{M}{M_{air}} \frac{Z_{air}}{Z},\quad
    ///    W = H_v/\sqrt d $$
    ///
    /// | symbol | meaning                              | unit  | range |
    /// |--------|--------------------------------------|-------|-------|
    /// | H      | heating value                        | J/mol, J/m3 | |
    /// | L0     | vaporisation of water                | J/mol |       |
    /// | b, s   | hydrogen atoms, summation factor     | -     |       |
    /// | T2, p2 | metering conditions                  | K, Pa | 0, 15, 15.55, 20 degC; 90 … 110 kPa |
    ///
    /// Source: ISO 6976:2016 clauses 5 to 10. Checked by `tests/published/iso6976.rs`.
    ///
    /// # Errors
    /// A combustion temperature other than 0, 15, 15.55, 20 or 25 degC, or a metering temperature
    /// other than the first four: the standard has no data there.
    pub fn new(
        composition: &Composition,
        combustion_temperature_k: f64,
        reference: ReferenceConditions,
    ) -> Result<Self, GasError> {
        Self::of(
            &Analysis::from(composition),
            combustion_temperature_k,
            reference,
        )
    }

    /// The same of an analysis in the components of the standard.
    ///
    /// # Errors
    /// As [`GasQuality::new`].
    pub fn of(
        analysis: &Analysis,
        combustion_temperature_k: f64,
        reference: ReferenceConditions,
    ) -> Result<Self, GasError> {
        let molar = MolarHeat::of(analysis, combustion_temperature_k)?;
        let t2 = metering_index(reference.temperature_k)?;
        let pressure_ratio = reference.pressure_pa / STANDARD_PRESSURE_PA;
        let parts = analysis.parts.iter();
        let sum_s: f64 = parts.map(|p| p.fraction * p.row.summation[t2]).sum();
        let compressibility = 1.0 - pressure_ratio * sum_s * sum_s;
        let air = 1.0 - pressure_ratio * (1.0 - COMPRESSIBILITY_OF_AIR[t2]);
        Ok(Self {
            molar_mass_kg_per_mol: molar.molar_mass,
            compressibility,
            gross_j_per_mol: molar.gross,
            net_j_per_mol: molar.net,
            gross_j_per_kg: molar.gross / molar.molar_mass,
            net_j_per_kg: molar.net / molar.molar_mass,
            ideal: molar.per_volume(reference, 1.0, 1.0),
            real: molar.per_volume(reference, compressibility, air),
        })
    }
}

/// Molar mass (kg/mol) and molar heating values (J/mol) of a mixture.
pub(crate) struct MolarHeat {
    molar_mass: f64,
    gross: f64,
    net: f64,
}

impl MolarHeat {
    pub(crate) fn new(composition: &Composition, combustion_k: f64) -> Result<Self, GasError> {
        Self::of(&Analysis::from(composition), combustion_k)
    }

    fn of(analysis: &Analysis, combustion_k: f64) -> Result<Self, GasError> {
        let t1 = combustion_index(combustion_k)?;
        let sum = |f: &dyn Fn(&Row) -> f64| {
            let parts = analysis.parts.iter();
            parts.map(|p| p.fraction * f(p.row)).sum::<f64>()
        };
        let gross = sum(&|row| row.gross[t1]) * 1e3;
        let water = sum(&|row| row.atoms[1] / 2.0);
        Ok(Self {
            molar_mass: sum(&|row| row.molar_mass) * 1e-3,
            gross,
            net: gross - water * VAPORISATION_OF_WATER[t1] * 1e3,
        })
    }

    /// J/kg.
    pub(crate) fn per_mass(&self, gross: bool) -> f64 {
        if gross {
            self.gross / self.molar_mass
        } else {
            self.net / self.molar_mass
        }
    }

    fn per_volume(&self, at: ReferenceConditions, z: f64, z_air: f64) -> VolumeQuality {
        let molar_density = at.pressure_pa / (z * GAS_CONSTANT * at.temperature_k);
        let relative_density = self.molar_mass / MOLAR_MASS_OF_AIR * z_air / z;
        let (gross, net) = (self.gross * molar_density, self.net * molar_density);
        VolumeQuality {
            gross_j_per_m3: gross,
            net_j_per_m3: net,
            density_kg_per_m3: self.molar_mass * molar_density,
            relative_density,
            wobbe_gross_j_per_m3: gross / relative_density.sqrt(),
            wobbe_net_j_per_m3: net / relative_density.sqrt(),
        }
    }
}

/// The summation factors of a component (by its place in [`crate::COMPONENTS`]) at 0, 15, 15.55, 20 degC.
pub fn summation_factors(component: usize) -> Option<[f64; 4]> {
    let row = *table::OF_AGA8.get(component)?;
    Some(ROWS[row].summation)
}

/// Atoms of carbon per molecule of each component, in the order of AGA 8.
pub(crate) fn carbon_atoms() -> [f64; 21] {
    table::OF_AGA8.map(|row| ROWS[row].atoms[0])
}

fn combustion_index(temperature_k: f64) -> Result<usize, GasError> {
    index(
        temperature_k,
        &TEMPERATURES_K,
        "combustion",
        "0, 15, 15.55, 20 or 25 degC",
    )
}

fn metering_index(temperature_k: f64) -> Result<usize, GasError> {
    index(
        temperature_k,
        &TEMPERATURES_K[..4],
        "metering",
        "0, 15, 15.55 or 20 degC",
    )
}

fn index(temperature_k: f64, known: &[f64], what: &str, which: &str) -> Result<usize, GasError> {
    let near = |t: &f64| (t - temperature_k).abs() <= TEMPERATURE_TOLERANCE_K;
    known.iter().position(near).ok_or_else(|| {
        let celsius = temperature_k - 273.15;
        GasError::OutOfRange(format!(
            "ISO 6976 has no {what} temperature of {celsius:.2} degC; it has {which}"
        ))
    })
}
