use super::analysis::Analysis;
use super::table::ATOMIC_UNCERTAINTIES;
use super::{
    COMPRESSIBILITY_OF_AIR, GAS_CONSTANT, GasQuality, MOLAR_MASS_OF_AIR, STANDARD_PRESSURE_PA,
    VAPORISATION_OF_WATER, combustion_index, metering_index,
};
use crate::GasError;
use linepack_units::ReferenceConditions;

/// Standard uncertainties of the constants of the standard: gas constant (J/(mol K)), molar mass of air
/// (kg/mol), compressibility of air, vaporisation of water (kJ/mol).
const GAS_CONSTANT_UNCERTAINTY: f64 = 7.5e-6;
const MASS_OF_AIR_UNCERTAINTY: f64 = 1.7e-7;
const AIR_UNCERTAINTY: f64 = 1.5e-5;
const VAPORISATION_UNCERTAINTY: f64 = 0.004;

/// Standard uncertainties (coverage factor 1) of the real-gas properties, in their units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QualityUncertainty {
    /// Gross molar heating value, J/mol.
    pub gross_j_per_mol: f64,
    /// Net molar heating value, J/mol.
    pub net_j_per_mol: f64,
    /// Gross heating value per mass, J/kg.
    pub gross_j_per_kg: f64,
    /// Net heating value per mass, J/kg.
    pub net_j_per_kg: f64,
    /// Gross heating value per volume, J/m3.
    pub gross_j_per_m3: f64,
    /// Net heating value per volume, J/m3.
    pub net_j_per_m3: f64,
    /// Density, kg/m3.
    pub density_kg_per_m3: f64,
    /// Relative density, -.
    pub relative_density: f64,
    /// Wobbe index from the gross heating value, J/m3.
    pub wobbe_gross_j_per_m3: f64,
    /// Wobbe index from the net heating value, J/m3.
    pub wobbe_net_j_per_m3: f64,
}

/// A property as a product of powers of the heating value, molar mass, compressibility factor, gas
/// constant, molar mass of air and compressibility of air.
#[derive(Clone, Copy)]
struct Powers {
    heat: f64,
    mass: f64,
    z: f64,
    r: f64,
    air_mass: f64,
    air_z: f64,
}

const PER_MOLE: Powers = Powers {
    heat: 1.0,
    mass: 0.0,
    z: 0.0,
    r: 0.0,
    air_mass: 0.0,
    air_z: 0.0,
};
const PER_MASS: Powers = Powers {
    mass: -1.0,
    ..PER_MOLE
};
const PER_VOLUME: Powers = Powers {
    z: -1.0,
    r: -1.0,
    ..PER_MOLE
};
const DENSITY: Powers = Powers {
    heat: 0.0,
    mass: 1.0,
    ..PER_VOLUME
};
const RELATIVE_DENSITY: Powers = Powers {
    r: 0.0,
    air_mass: -1.0,
    air_z: 1.0,
    ..DENSITY
};
/// Heating value per volume over the root of the relative density.
const WOBBE: Powers = Powers {
    heat: 1.0,
    mass: -0.5,
    z: -0.5,
    r: -1.0,
    air_mass: 0.5,
    air_z: -0.5,
};

impl Analysis {
    /// Standard uncertainties of the properties of the real gas, from those of the analysis and of the
    /// standard's constants.
    ///
    /// $$ \Big(\frac{u(Y)}{Y}\Big)^2 = \sum_i \sum_j c_i u(x_i) r_{ij} c_j u(x_j) + \sum_i x_i^2
    ///    \Big(\frac{a\, u(H_i)}{H}\Big)^2 + \frac{b^2}{M^2} \sum_i \sum_j x_i x_j u(M_i, M_j)
    ///    + 4 e^2 \frac{σ^2}{Z^2} \sum_i x_i^2 u(s_i)^2 + … $$
    ///
    /// for Y proportional to H^a M^b Z^e, with c_i = a H_i/H + b M_i/M - 2 e s_i σ/Z and
    /// σ = (p2/p0) Σ x_i s_i; the remaining terms are those of R, air and the vaporisation of water.
    /// Molar masses are correlated through the atoms they share.
    ///
    /// Source: ISO 6976:2016 annex B. Checked by `tests/published/iso6976.rs` with the three
    /// worked examples of annex D.
    ///
    /// # Errors
    /// Temperatures that the standard has no data for, as in [`GasQuality::new`].
    pub fn uncertainty(
        &self,
        combustion_temperature_k: f64,
        reference: ReferenceConditions,
    ) -> Result<QualityUncertainty, GasError> {
        let quality = GasQuality::of(self, combustion_temperature_k, reference)?;
        let sums = Sums::new(self, &quality, combustion_temperature_k, reference)?;
        let real = &quality.real;
        let of = |value: f64, powers: Powers, gross: bool| value * sums.relative(powers, gross);
        Ok(QualityUncertainty {
            gross_j_per_mol: of(quality.gross_j_per_mol, PER_MOLE, true),
            net_j_per_mol: of(quality.net_j_per_mol, PER_MOLE, false),
            gross_j_per_kg: of(quality.gross_j_per_kg, PER_MASS, true),
            net_j_per_kg: of(quality.net_j_per_kg, PER_MASS, false),
            gross_j_per_m3: of(real.gross_j_per_m3, PER_VOLUME, true),
            net_j_per_m3: of(real.net_j_per_m3, PER_VOLUME, false),
            density_kg_per_m3: of(real.density_kg_per_m3, DENSITY, true),
            relative_density: of(real.relative_density, RELATIVE_DENSITY, true),
            wobbe_gross_j_per_m3: of(real.wobbe_gross_j_per_m3, WOBBE, true),
            wobbe_net_j_per_m3: of(real.wobbe_net_j_per_m3, WOBBE, false),
        })
    }
}

/// What the formula sums over the components.
struct Sums<'a> {
    analysis: &'a Analysis,
    combustion: usize,
    metering: usize,
    /// Gross and net molar heating values, kJ/mol.
    heats: [f64; 2],
    molar_mass: f64,
    z: f64,
    /// (p2/p0) Σ x s.
    sigma: f64,
}

impl<'a> Sums<'a> {
    fn new(
        analysis: &'a Analysis,
        quality: &GasQuality,
        combustion_temperature_k: f64,
        reference: ReferenceConditions,
    ) -> Result<Self, GasError> {
        let metering = metering_index(reference.temperature_k)?;
        let parts = analysis.parts.iter();
        let sum: f64 = parts.map(|p| p.fraction * p.row.summation[metering]).sum();
        Ok(Self {
            analysis,
            combustion: combustion_index(combustion_temperature_k)?,
            metering,
            heats: [quality.gross_j_per_mol, quality.net_j_per_mol].map(|h| h * 1e-3),
            molar_mass: quality.molar_mass_kg_per_mol * 1e3,
            z: quality.compressibility,
            sigma: reference.pressure_pa / STANDARD_PRESSURE_PA * sum,
        })
    }

    /// u(Y)/Y of a product of powers with the gross or net heating value.
    fn relative(&self, powers: Powers, gross: bool) -> f64 {
        let vaporisation = if gross {
            0.0
        } else {
            VAPORISATION_OF_WATER[self.combustion]
        };
        let heat = self.heats[usize::from(!gross)];
        let of_heat = powers.heat / heat;
        let of_s = 2.0 * powers.z * self.sigma / self.z;
        let parts = &self.analysis.parts;
        let sensitivities: Vec<f64> = parts
            .iter()
            .map(|p| {
                let own = p.row.gross[self.combustion] - vaporisation * p.row.atoms[1] / 2.0;
                let by_mass = powers.mass * p.row.molar_mass / self.molar_mass;
                let by_z = of_s * p.row.summation[self.metering];
                (of_heat * own + by_mass - by_z) * p.uncertainty
            })
            .collect();
        let squares = |of: &dyn Fn(usize) -> f64| {
            let terms = (0..parts.len()).map(|i| (parts[i].fraction * of(i)).powi(2));
            terms.sum::<f64>()
        };
        let table = squares(&|i| of_heat * parts[i].row.gross_uncertainty)
            + squares(&|i| of_s * parts[i].row.summation_uncertainty);
        let water = if gross { 0.0 } else { self.water() * of_heat };
        let constants = [
            powers.r * GAS_CONSTANT_UNCERTAINTY / GAS_CONSTANT,
            powers.air_mass * MASS_OF_AIR_UNCERTAINTY / MOLAR_MASS_OF_AIR,
            powers.air_z * AIR_UNCERTAINTY / COMPRESSIBILITY_OF_AIR[self.metering],
            water,
        ];
        let constants: f64 = constants.iter().map(|c| c * c).sum();
        let masses = (powers.mass / self.molar_mass).powi(2) * self.mass_variance();
        (self.correlated(&sensitivities) + table + masses + constants).sqrt()
    }

    /// Uncertainty of the vaporisation of the water that forms, kJ/mol.
    fn water(&self) -> f64 {
        let parts = self.analysis.parts.iter();
        let hydrogen: f64 = parts.map(|p| p.fraction * p.row.atoms[1]).sum();
        hydrogen / 2.0 * VAPORISATION_UNCERTAINTY
    }

    /// Σ Σ w_i r_ij w_j.
    fn correlated(&self, w: &[f64]) -> f64 {
        let n = w.len();
        let term = |k: usize| w[k / n] * self.analysis.correlation[k] * w[k % n];
        (0..n * n).map(term).sum()
    }

    /// Variance of the mean molar mass, through the atoms that the components share.
    fn mass_variance(&self) -> f64 {
        let of_atom = |k: usize| {
            let parts = self.analysis.parts.iter();
            let atoms: f64 = parts.map(|p| p.fraction * p.row.atoms[k]).sum();
            (atoms * ATOMIC_UNCERTAINTIES[k]).powi(2)
        };
        (0..ATOMIC_UNCERTAINTIES.len()).map(of_atom).sum()
    }
}
