//! The gases that may be in the network and what they mix to.

use linepack_gas::{BlendTable, BlendWeights, Gas, GasError, PropertyTable};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A mixture of the gases of supplies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mixture {
    /// Shares in mass: of the gases of the table first, then of marks: the supplies that it came from, and batches.
    pub shares: Vec<f64>,
    weights: Option<BlendWeights>,
}

/// One that many places hold.
pub(crate) type Shared = Arc<Mixture>;

/// Density, enthalpy and viscosity of a mixture at one state.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Point {
    /// Density, kg/m³, and its derivatives by pressure and temperature.
    pub density: f64,
    pub per_pa: f64,
    pub per_k: f64,
    /// Enthalpy, J/kg, and its derivative by temperature, the heat capacity.
    pub enthalpy: f64,
    pub heat_capacity: f64,
    /// Viscosity, Pa s.
    pub viscosity: f64,
}

#[derive(Debug, Clone)]
enum Table {
    One(Box<PropertyTable>),
    Blends(Box<BlendTable>),
}

/// Tables of the gases, and what is known of each.
#[derive(Debug, Clone)]
pub(crate) struct Gases {
    table: Table,
    gases: Vec<Gas>,
    /// Number of marks.
    pub marks: usize,
}

impl Gases {
    /// Tables over pressures, Pa, and temperatures, K.
    pub(crate) fn new(
        gases: Vec<Gas>,
        marks: usize,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
    ) -> Result<Self, GasError> {
        let table = match gases.as_slice() {
            [one] => {
                let steps = steps(&pressures_pa, &temperatures_k);
                let pressures = 0.0..=*pressures_pa.end();
                let table = PropertyTable::with_steps(one, pressures, temperatures_k, steps)?;
                Table::One(Box::new(table))
            }
            many => {
                let steps = steps(&pressures_pa, &temperatures_k);
                let order = order(many);
                let low = pressures_pa.start().max(LEAST_PA);
                Table::Blends(Box::new(BlendTable::new(
                    many,
                    order,
                    low..=*pressures_pa.end(),
                    temperatures_k,
                    steps,
                )?))
            }
        };
        Ok(Self {
            table,
            gases,
            marks,
        })
    }

    /// Number of shares of a mixture.
    pub(crate) fn shares(&self) -> usize {
        self.gases.len() + self.marks
    }

    pub(crate) fn gases(&self) -> &[Gas] {
        &self.gases
    }

    /// The mixture of these shares in mass.
    pub(crate) fn mixture(&self, shares: Vec<f64>) -> Shared {
        let weights = match &self.table {
            Table::One(_) => None,
            Table::Blends(table) => {
                let moles = table.mole_shares(&shares[..self.gases.len()]);
                Some(table.weights(&moles))
            }
        };
        Arc::new(Mixture { shares, weights })
    }

    /// Mole fractions of the gases in a mixture.
    pub(crate) fn mole_shares(&self, mixture: &Mixture) -> Vec<f64> {
        match &self.table {
            Table::One(_) => vec![1.0],
            Table::Blends(table) => table.mole_shares(&mixture.shares[..self.gases.len()]),
        }
    }

    /// Molar mass of a mixture, kg/mol.
    pub(crate) fn molar_mass(&self, mixture: &Mixture) -> f64 {
        let parts = self.gases.iter().zip(&mixture.shares);
        let moles: f64 = parts.map(|(g, w)| w / g.molar_mass_kg_per_mol()).sum();
        1.0 / moles
    }

    /// Density and its slopes at a pressure, Pa, and temperature, K.
    #[inline]
    pub(crate) fn flowing(&self, mixture: &Mixture, pressure: f64, temperature: f64) -> Point {
        let density = match (&self.table, &mixture.weights) {
            (Table::Blends(table), Some(weights)) => table.density(weights, pressure, temperature),
            (Table::One(table), _) => table.density(pressure, temperature),
            // A mixture is made by the table that it is asked of.
            (Table::Blends(_), None) => return Point::default(),
        };
        Point {
            density: density.density_kg_per_m3,
            per_pa: density.by_pressure,
            per_k: density.by_temperature,
            ..Point::default()
        }
    }

    /// Enthalpy and heat capacity at a pressure, Pa, and temperature, K.
    #[inline]
    pub(crate) fn heat(&self, mixture: &Mixture, pressure: f64, temperature: f64) -> Point {
        let enthalpy = match (&self.table, &mixture.weights) {
            (Table::Blends(table), Some(weights)) => table.enthalpy(weights, pressure, temperature),
            (Table::One(table), _) => table.enthalpy(pressure, temperature),
            (Table::Blends(_), None) => return Point::default(),
        };
        Point {
            enthalpy: enthalpy.enthalpy_j_per_kg,
            heat_capacity: enthalpy.by_temperature,
            ..Point::default()
        }
    }

    /// Viscosity, Pa s.
    pub(crate) fn viscosity(&self, mixture: &Mixture, pressure: f64, temperature: f64) -> f64 {
        match (&self.table, &mixture.weights) {
            (Table::Blends(table), Some(weights)) => {
                table.viscosity_pa_s(weights, pressure, temperature)
            }
            (Table::One(table), _) => table.viscosity_pa_s(pressure, temperature),
            (Table::Blends(_), None) => f64::NAN,
        }
    }

    /// All properties at a pressure, Pa, and temperature, K.
    pub(crate) fn at(&self, mixture: &Mixture, pressure: f64, temperature: f64) -> Point {
        let heat = self.heat(mixture, pressure, temperature);
        Point {
            enthalpy: heat.enthalpy,
            heat_capacity: heat.heat_capacity,
            viscosity: self.viscosity(mixture, pressure, temperature),
            ..self.flowing(mixture, pressure, temperature)
        }
    }
}

impl Point {
    /// Weighted sum of points.
    pub(crate) fn sum<const N: usize>(weights: [f64; N], points: [Self; N]) -> Self {
        let sum = |of: fn(&Self) -> f64| weights.iter().zip(&points).map(|(w, p)| w * of(p)).sum();
        Self {
            density: sum(|p| p.density),
            per_pa: sum(|p| p.per_pa),
            per_k: sum(|p| p.per_k),
            enthalpy: sum(|p| p.enthalpy),
            heat_capacity: sum(|p| p.heat_capacity),
            viscosity: sum(|p| p.viscosity),
        }
    }

    /// Isentropic exponent of the real gas at a pressure, Pa, and temperature, K: (ρ/p)(∂p/∂ρ) at
    /// constant entropy, with (∂ρ/∂p)_s = (∂ρ/∂p)_T - T (∂ρ/∂T)² / (ρ² c_p).
    pub(crate) fn isentropic_exponent(&self, pressure: f64, temperature: f64) -> f64 {
        self.density / pressure / self.per_pa_isentropic(temperature)
    }

    fn per_pa_isentropic(&self, temperature: f64) -> f64 {
        let expansion = self.per_k / self.density;
        self.per_pa - temperature * expansion * expansion / self.heat_capacity
    }

    /// Change of temperature with pressure at constant entropy, K/Pa: -T (∂ρ/∂T) / (ρ² c_p).
    pub(crate) fn kelvin_per_pa(&self, temperature: f64) -> f64 {
        -temperature * self.per_k / (self.density * self.density * self.heat_capacity)
    }
}

/// Where the tables of blends begin, Pa.
const LEAST_PA: f64 = 5e4;

/// Steps of tables in pressure and in temperature: 0.2 MPa and 4 K at most, with which densities are good to
/// 1e-5 (`tests::the_table_is_as_good_as_it_says`).
fn steps(pressures: &RangeInclusive<f64>, temperatures: &RangeInclusive<f64>) -> [usize; 2] {
    let count = |range: &RangeInclusive<f64>, step: f64| {
        ((range.end() - range.start()) / step).ceil().max(1.0) as usize
    };
    [count(pressures, 2e5), count(temperatures, 4.0)]
}

/// Order of a table by its gases: the more of them, the fewer steps between; more steps between a natural gas
/// and one that is much lighter.
fn order(gases: &[Gas]) -> usize {
    let masses = || gases.iter().map(Gas::molar_mass_kg_per_mol);
    let ratio = masses().fold(0.0, f64::max) / masses().fold(f64::INFINITY, f64::min);
    match (gases.len(), ratio > 2.0) {
        (0..=2, true) => 6,
        (0..=2, false) => 3,
        (3, true) => 4,
        (3, false) => 3,
        (4..=5, _) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};

    /// Against GERG-2008 itself over 0.1 to 15 MPa and 258 to 358 K: a lean gas, a rich one, and hydrogen.
    #[test]
    fn the_table_is_as_good_as_it_says() {
        let gases: [&[(&str, f64)]; 3] = [
            &[("methane", 0.96), ("ethane", 0.03), ("nitrogen", 0.01)],
            &[
                ("methane", 0.85),
                ("ethane", 0.1),
                ("propane", 0.04),
                ("n-butane", 0.01),
            ],
            &[("hydrogen", 1.0)],
        ];
        for parts in gases {
            let gas = Gas::new(&GasSpec {
                substance: Substance::Mixture(
                    Composition::from_fractions(parts.iter().copied()).unwrap(),
                ),
                equation: EquationOfState::Gerg2008,
                viscosity: Viscosity::LeeGonzalezEakin,
            })
            .unwrap();
            let table = Gases::new(vec![gas.clone()], 0, 1e5..=150e5, 243.15..=373.15).unwrap();
            let mixture = table.mixture(vec![1.0]);
            let (mut worst, mut worst_heat) = (0.0_f64, 0.0_f64);
            for i in 0..61 {
                for j in 0..41 {
                    let p = 1e5 + 149e5 * f64::from(i) / 60.0;
                    let t = 258.0 + 100.0 * f64::from(j) / 40.0;
                    let (exact, found) = (gas.state(p, t).unwrap(), table.at(&mixture, p, t));
                    worst = worst.max((found.density / exact.density_kg_per_m3 - 1.0).abs());
                    let off = (found.enthalpy - exact.enthalpy_j_per_kg).abs();
                    worst_heat = worst_heat.max(off / (100.0 * exact.cp_j_per_kg_k));
                }
            }
            assert!(worst < 1e-5, "density {worst:.1e} of {parts:?}");
            assert!(worst_heat < 1e-5, "enthalpy {worst_heat:.1e} of {parts:?}");
        }
    }
}
