//! Heating value, relative density and Wobbe index by ISO 6976:2016.

use crate::{COMPONENTS, Composition, GasError};
use linepack_units::ReferenceConditions;

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

/// What the standard says of one component.
struct Row {
    /// Molar mass, g/mol.
    molar_mass: f64,
    /// Hydrogen atoms per molecule.
    hydrogen: f64,
    /// Summation factors at 0, 15, 15.55 and 20 degC and 101.325 kPa.
    summation: [f64; 4],
    /// Gross molar heating values at 0, 15, 15.55, 20 and 25 degC, kJ/mol.
    gross: [f64; 5],
}

const fn row(molar_mass: f64, hydrogen: f64, summation: [f64; 4], gross: [f64; 5]) -> Row {
    Row {
        molar_mass,
        hydrogen,
        summation,
        gross,
    }
}

const INERT: [f64; 5] = [0.0; 5];

/// The components in the order of AGA 8.
///
/// Source: ISO 6976:2016 tables 1 to 3. Methane to n-hexane, nitrogen and carbon dioxide were checked
/// digit by digit against published worked figures; n-heptane to n-decane were taken over from a
/// published implementation and not checked further. That widely copied table is wrong in isobutane
/// at 15.55 degC (0.1770 for 0.1717) and the molar mass of decane (a digit lost), and keeps the 1995
/// edition for hydrogen, oxygen, carbon monoxide, water, hydrogen sulfide, helium and argon. For
/// these the summation factors and single heating values here are from memory of the standard: the
/// factors were compared with GERG-2008 (`tests/published/iso6976.rs`; hydrogen and helium were not),
/// the heating values with the change of heat capacity on combustion. Check them against the
/// standard before billing gas that contains more than traces of them.
#[rustfmt::skip]
const ROWS: [Row; 21] = [
    row(16.042_46, 4.0, [0.048_86, 0.044_52, 0.044_37, 0.043_17], [892.92, 891.51, 891.46, 891.05, 890.58]),
    row(28.013_4, 0.0, [0.0214, 0.0170, 0.0169, 0.0156], INERT),
    row(44.009_5, 0.0, [0.0821, 0.0752, 0.0749, 0.0730], INERT),
    row(30.069_04, 6.0, [0.0997, 0.0919, 0.0916, 0.0895], [1564.35, 1562.14, 1562.06, 1561.42, 1560.69]),
    row(44.095_62, 8.0, [0.1465, 0.1344, 0.1340, 0.1308], [2224.03, 2221.10, 2220.99, 2220.13, 2219.17]),
    row(58.122_2, 10.0, [0.1885, 0.1722, 0.1717, 0.1673], [2874.21, 2870.58, 2870.45, 2869.39, 2868.20]),
    row(58.122_2, 10.0, [0.2022, 0.1840, 0.1834, 0.1785], [2883.35, 2879.76, 2879.63, 2878.58, 2877.40]),
    row(72.148_78, 12.0, [0.2458, 0.2251, 0.2244, 0.2189], [3536.01, 3531.68, 3531.52, 3530.25, 3528.83]),
    row(72.148_78, 12.0, [0.2586, 0.2361, 0.2354, 0.2295], [3542.91, 3538.60, 3538.45, 3537.19, 3535.77]),
    row(86.175_36, 14.0, [0.3319, 0.3001, 0.2990, 0.2907], [4203.24, 4198.24, 4198.06, 4196.60, 4194.95]),
    row(100.201_94, 16.0, [0.4076, 0.3668, 0.3654, 0.3547], [4862.88, 4857.18, 4856.98, 4855.31, 4853.43]),
    row(114.228_52, 18.0, [0.4845, 0.4346, 0.4329, 0.4198], [5522.41, 5516.01, 5515.78, 5513.90, 5511.80]),
    row(128.255_1, 20.0, [0.5617, 0.5030, 0.5010, 0.4856], [6182.92, 6175.82, 6175.56, 6173.48, 6171.15]),
    row(142.281_68, 22.0, [0.6713, 0.5991, 0.5967, 0.5778], [6842.69, 6834.90, 6834.62, 6832.33, 6829.77]),
    row(2.015_88, 2.0, [-0.01, -0.01, -0.01, -0.01], [286.64, 286.15, 286.13, 285.99, 285.83]),
    row(31.998_8, 0.0, [0.0311, 0.0276, 0.0275, 0.0265], INERT),
    row(28.010_1, 0.0, [0.0258, 0.0217, 0.0215, 0.0203], [282.80, 282.91, 282.91, 282.95, 282.98]),
    row(18.015_28, 2.0, [0.3093, 0.2562, 0.2546, 0.2419], VAPORISATION_OF_WATER),
    row(34.080_88, 2.0, [0.1006, 0.0923, 0.0920, 0.0898], [562.94, 562.38, 562.36, 562.19, 562.01]),
    row(4.002_602, 0.0, [-0.01, -0.01, -0.01, -0.01], INERT),
    row(39.948, 0.0, [0.0307, 0.0273, 0.0272, 0.0262], INERT),
];

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
        let molar = MolarHeat::new(composition, combustion_temperature_k)?;
        let t2 = metering_index(reference.temperature_k)?;
        let pressure_ratio = reference.pressure_pa / STANDARD_PRESSURE_PA;
        let sum_s: f64 = rows(composition)
            .map(|(x, row)| x * row.summation[t2])
            .sum();
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
        let t1 = combustion_index(combustion_k)?;
        let sum =
            |f: &dyn Fn(&Row) -> f64| rows(composition).map(|(x, row)| x * f(row)).sum::<f64>();
        let gross = sum(&|row| row.gross[t1]) * 1e3;
        let water = sum(&|row| row.hydrogen / 2.0);
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

/// The mole fractions with what the standard says of each component.
fn rows(composition: &Composition) -> impl Iterator<Item = (f64, &'static Row)> {
    composition.mole_fractions.into_iter().zip(&ROWS)
}

/// The summation factors of a component (by its place in [`COMPONENTS`]) at 0, 15, 15.55, 20 degC.
pub fn summation_factors(component: usize) -> Option<[f64; 4]> {
    ROWS.get(component).map(|row| row.summation)
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

const _: () = assert!(ROWS.len() == COMPONENTS.len());
