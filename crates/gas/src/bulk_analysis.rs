use crate::iso6976::GasQuality;
use crate::{Composition, GasError};
use linepack_units::{HeatingBasis, ReferenceConditions};

/// What a station without a chromatograph knows of its gas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BulkAnalysis {
    /// Heating value per volume of the real gas, J/m3.
    pub heating_value_j_per_m3: f64,
    /// Gross or net, and the temperature at which the gas is burnt.
    pub basis: HeatingBasis,
    /// Conditions of the volume and of the relative density.
    pub reference: ReferenceConditions,
    /// Density relative to dry air, -.
    pub relative_density: f64,
    /// Mole fraction of carbon dioxide.
    pub carbon_dioxide: f64,
    /// Mole fraction of hydrogen.
    pub hydrogen: f64,
}

/// Places of methane, ethane, propane and n-butane in the order of AGA 8.
const ALKANES: [usize; 4] = [0, 3, 4, 6];
/// Nitrogen, carbon dioxide and hydrogen there.
const INERT_AND_HYDROGEN: [usize; 3] = [1, 2, 14];

impl BulkAnalysis {
    /// A composition with this heating value, relative density, carbon dioxide and hydrogen.
    ///
    /// The rest is nitrogen and the alkanes from methane to n-butane, each of which is rarer than
    /// the one before by the same factor, as is roughly so in natural gas. Nitrogen and that
    /// factor are found so that both values hold by ISO 6976:2016 to round-off. It is a stand-in:
    /// use it with `sgerg88`, which sees nothing but the four values, and read heat capacities and
    /// viscosity off it; dew points need a real analysis.
    ///
    /// # Errors
    /// No such gas exists: it would need a negative amount of nitrogen or of an alkane.
    /// Checked by `tests/published/sgerg.rs`.
    pub fn equivalent_composition(&self) -> Result<Composition, GasError> {
        let mut guess = [0.97 - self.carbon_dioxide - self.hydrogen, 0.05];
        for _ in 0..60 {
            let [f, g] = self.misses(guess)?;
            let columns = [0, 1].map(|k| {
                let mut moved = guess;
                moved[k] += 1e-6;
                let [a, b] = self.misses(moved)?;
                Ok([(a - f) / 1e-6, (b - g) / 1e-6])
            });
            let [[a, c], [b, d]] = [columns[0].clone()?, columns[1].clone()?];
            let determinant = a * d - b * c;
            let step = [(d * f - b * g) / determinant, (a * g - c * f) / determinant];
            guess[0] -= step[0].clamp(-0.2, 0.2);
            guess[1] -= step[1].clamp(-0.1, 0.1);
            if step.iter().all(|s| s.abs() < 1e-14) {
                break;
            }
        }
        let composition = self.composition(guess);
        let [f, g] = self.misses(guess)?;
        let possible = composition.mole_fractions.iter().all(|x| *x >= 0.0);
        if possible && f.abs() < 1e-11 && g.abs() < 1e-11 {
            return Ok(composition);
        }
        Err(GasError::OutOfRange(
            "no gas of alkanes and nitrogen has this heating value, relative density, carbon \
             dioxide and hydrogen"
                .into(),
        ))
    }

    /// The composition with a share of alkanes and the factor from one to the next.
    fn composition(&self, [alkanes, factor]: [f64; 2]) -> Composition {
        let weights = [1.0, factor, factor * factor, factor.powi(3)];
        let sum: f64 = weights.iter().sum();
        let mut mole_fractions = [0.0; 21];
        for (place, weight) in ALKANES.into_iter().zip(weights) {
            mole_fractions[place] = alkanes * weight / sum;
        }
        let nitrogen = 1.0 - alkanes - self.carbon_dioxide - self.hydrogen;
        let others = [nitrogen, self.carbon_dioxide, self.hydrogen];
        for (place, fraction) in INERT_AND_HYDROGEN.into_iter().zip(others) {
            mole_fractions[place] = fraction;
        }
        Composition { mole_fractions }
    }

    /// Relative misses of heating value and relative density.
    fn misses(&self, guess: [f64; 2]) -> Result<[f64; 2], GasError> {
        let composition = self.composition(guess);
        let combustion = self.basis.combustion_temperature_k;
        let real = GasQuality::new(&composition, combustion, self.reference)?.real;
        let heat = if self.basis.gross {
            real.gross_j_per_m3
        } else {
            real.net_j_per_m3
        };
        Ok([
            heat / self.heating_value_j_per_m3 - 1.0,
            real.relative_density / self.relative_density - 1.0,
        ])
    }
}
