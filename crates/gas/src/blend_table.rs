use crate::property_table::{DensityPoint, EnthalpyPoint};
use crate::surface::{Finder, Grid, Point, Surface};
use crate::walk::Walk;
use crate::{Composition, Gas, GasError, GasSpec, Substance};
use std::ops::RangeInclusive;

/// Properties of every blend of a few gases, for the inner loops of a solver that transports composition.
///
/// What is transported are the shares of the sources, which mix linearly; properties then follow
/// from tables in pressure and temperature at the points of a lattice of blends, between which the molar
/// volume, molar enthalpy and viscosity are polynomials in the shares (Lagrange's, of the order of
/// the lattice). At low density they are polynomials by themselves: the second virial coefficient is
/// quadratic in the composition. The blends of the lattice are exact, and the molar mass always is.
///
/// | sources                         | order | density  | enthalpy | heat capacity | viscosity |
/// |---------------------------------|-------|----------|----------|---------------|-----------|
/// | three natural gases, in any ratio | 3   | 3e-5     | 4e-5     | 3e-4          | 5e-5      |
/// | sales gas with up to 20 % hydrogen | 3 | 7e-5   | 7e-5     | 4e-4          | 8e-5      |
/// | sales gas and hydrogen in any ratio | 6  | 5e-5     | 6e-5     | 8e-4          | 8e-4      |
///
/// Worst relative errors against the equation of state at the blend itself, 263 to 343 K, enthalpy
/// relative to cp times 100 K, 0.5 to 8 MPa (`tests/physics/blends.rs`). A lattice has C(sources + order - 1, order)
/// tables: 10 for three sources at order 3, 20 for four.
#[derive(Debug, Clone)]
pub struct BlendTable {
    finder: Finder,
    molar_masses: Vec<f64>,
    order: usize,
    lattice: Vec<Vec<usize>>,
    tables: Vec<Molar>,
}

/// One blend of the lattice: p/d (J/mol), molar enthalpy (J/mol) and viscosity (Pa s).
#[derive(Debug, Clone)]
struct Molar {
    volume_work: Surface,
    enthalpy: Surface,
    viscosity: Surface,
}

/// The weights of the lattice for one blend; made once for each new composition.
#[derive(Debug, Clone, PartialEq)]
pub struct BlendWeights {
    molar_mass: f64,
    /// Blends of the lattice that count, and their weights.
    used: Vec<(usize, f64)>,
}

/// Properties of a blend at one state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlendPoint {
    /// Density with its derivatives.
    pub density: DensityPoint,
    /// Enthalpy with its derivatives; the one with temperature is the heat capacity.
    pub enthalpy: EnthalpyPoint,
    /// Dynamic viscosity, Pa s.
    pub viscosity_pa_s: f64,
}

impl BlendTable {
    /// Tabulates the blends of gases, which all have a composition and the same equation of state, over
    /// pressures (Pa, above zero) and temperatures (K) with a number of steps in each.
    ///
    /// # Errors
    /// No gas, a gas of bulk properties only, an order beyond 1 to 8, ranges that do not rise, and
    /// whatever the equation of state says of a blend.
    pub fn new(
        sources: &[Gas],
        order: usize,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
        steps: [usize; 2],
    ) -> Result<Self, GasError> {
        let grid = Grid::over(pressures_pa, temperatures_k, steps)?;
        if sources.is_empty() || !(1..=8).contains(&order) || grid.origin[0] <= 0.0 {
            return Err(GasError::OutOfRange(
                "a table of blends needs a gas, an order from 1 to 8 and pressures above zero"
                    .into(),
            ));
        }
        let lattice = lattice(sources.len(), order);
        let tables = lattice
            .iter()
            .map(|point| Molar::new(&blend(sources, point, order)?, &grid))
            .collect::<Result<_, GasError>>()?;
        Ok(Self {
            finder: Finder::new(&grid),
            molar_masses: sources.iter().map(Gas::molar_mass_kg_per_mol).collect(),
            order,
            lattice,
            tables,
        })
    }

    /// The weights for a blend, from the mole shares of the sources, which sum to one.
    pub fn weights(&self, mole_shares: &[f64]) -> BlendWeights {
        let parts = mole_shares.iter().zip(&self.molar_masses);
        let order = self.order as f64;
        let weight = |point: &Vec<usize>| {
            let factors = point.iter().zip(mole_shares);
            factors.map(|(&k, y)| silvester(order * y, k)).product()
        };
        BlendWeights {
            molar_mass: parts.map(|(y, m)| y * m).sum(),
            used: self
                .lattice
                .iter()
                .map(weight)
                .enumerate()
                .filter(|(_, weight)| *weight != 0.0)
                .collect(),
        }
    }

    /// Mole shares of the sources from their shares in mass.
    pub fn mole_shares(&self, mass_shares: &[f64]) -> Vec<f64> {
        let parts = || mass_shares.iter().zip(&self.molar_masses);
        let sum: f64 = parts().map(|(w, m)| w / m).sum();
        parts().map(|(w, m)| w / m / sum).collect()
    }

    /// Density, enthalpy and viscosity of a blend at a pressure (Pa) and temperature (K).
    #[inline]
    pub fn at(&self, blend: &BlendWeights, pressure_pa: f64, temperature_k: f64) -> BlendPoint {
        BlendPoint {
            density: self.density(blend, pressure_pa, temperature_k),
            enthalpy: self.enthalpy(blend, pressure_pa, temperature_k),
            viscosity_pa_s: self.viscosity_pa_s(blend, pressure_pa, temperature_k),
        }
    }

    /// Density of a blend and its derivatives.
    #[inline]
    pub fn density(
        &self,
        blend: &BlendWeights,
        pressure_pa: f64,
        temperature_k: f64,
    ) -> DensityPoint {
        let place = self.finder.find(pressure_pa, temperature_k);
        let work = self.sum(blend, |table| table.volume_work.point(&place));
        let density = pressure_pa * blend.molar_mass / work[0];
        DensityPoint {
            density_kg_per_m3: density,
            by_pressure: density * (1.0 / pressure_pa - work[1] / work[0]),
            by_temperature: -density * work[2] / work[0],
        }
    }

    /// Enthalpy of a blend and its derivatives.
    #[inline]
    pub fn enthalpy(
        &self,
        blend: &BlendWeights,
        pressure_pa: f64,
        temperature_k: f64,
    ) -> EnthalpyPoint {
        let place = self.finder.find(pressure_pa, temperature_k);
        let heat = self.sum(blend, |table| table.enthalpy.point(&place));
        let m = blend.molar_mass;
        EnthalpyPoint {
            enthalpy_j_per_kg: heat[0] / m,
            by_pressure: heat[1] / m,
            by_temperature: heat[2] / m,
        }
    }

    /// Dynamic viscosity of a blend, Pa s.
    #[inline]
    pub fn viscosity_pa_s(
        &self,
        blend: &BlendWeights,
        pressure_pa: f64,
        temperature_k: f64,
    ) -> f64 {
        let place = self.finder.find(pressure_pa, temperature_k);
        let parts = blend
            .used
            .iter()
            .map(|&(k, weight)| weight * self.tables[k].viscosity.value(&place));
        parts.sum()
    }

    /// Value and slopes, summed over the blends of the lattice that count.
    #[inline(always)]
    fn sum(&self, blend: &BlendWeights, of: impl Fn(&Molar) -> Point) -> [f64; 3] {
        let mut sum = [0.0; 3];
        for &(k, weight) in &blend.used {
            let p = of(&self.tables[k]);
            for (sum, part) in sum.iter_mut().zip([p.value, p.by_x, p.by_y]) {
                *sum += weight * part;
            }
        }
        sum
    }
}

/// Silvester's polynomial z (z - 1) … (z - k + 1)/k!, 1 at z = k and 0 at the whole numbers below.
fn silvester(z: f64, k: usize) -> f64 {
    (0..k).map(|j| (z - j as f64) / (j + 1) as f64).product()
}

/// The points of a lattice on a simplex: whole numbers that sum to the order.
fn lattice(sources: usize, order: usize) -> Vec<Vec<usize>> {
    if sources == 1 {
        return vec![vec![order]];
    }
    let first = |k: usize| {
        lattice(sources - 1, order - k)
            .into_iter()
            .map(move |rest| {
                let mut point = vec![k];
                point.extend(rest);
                point
            })
    };
    (0..=order).flat_map(first).collect()
}

/// The gas at a point of the lattice.
fn blend(sources: &[Gas], point: &[usize], order: usize) -> Result<Gas, GasError> {
    let mut mole_fractions = [0.0; 21];
    for (gas, &k) in sources.iter().zip(point) {
        let Substance::Mixture(composition) = &gas.spec().substance else {
            return Err(GasError::Missing(
                "a blend needs the composition of each gas".into(),
            ));
        };
        let share = k as f64 / order as f64;
        for (sum, x) in mole_fractions.iter_mut().zip(composition.mole_fractions) {
            *sum += share * x;
        }
    }
    Gas::new(&GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions }),
        ..sources[0].spec().clone()
    })
}

impl Molar {
    fn new(gas: &Gas, grid: &Grid) -> Result<Self, GasError> {
        let mut columns = vec![vec![0.0; (grid.steps[0] + 1) * (grid.steps[1] + 1)]; 7];
        for j in 0..=grid.steps[1] {
            let mut walk = gas.walk(grid.node(1, j));
            for i in 0..=grid.steps[0] {
                let row = molar_row(&mut walk, gas.molar_mass_kg_per_mol(), grid.node(0, i))?;
                let place = i * (grid.steps[1] + 1) + j;
                for (column, value) in columns.iter_mut().zip(row) {
                    column[place] = value;
                }
            }
        }
        let exact =
            |k: usize| Surface::with_slopes(grid, &columns[k], &columns[k + 1], &columns[k + 2]);
        Ok(Self {
            volume_work: exact(0),
            enthalpy: exact(3),
            viscosity: Surface::through(grid, &columns[6]),
        })
    }
}

/// p/d and molar enthalpy with their slopes, and viscosity.
fn molar_row(walk: &mut Walk<'_>, molar_mass: f64, pressure_pa: f64) -> Result<[f64; 7], GasError> {
    let node = walk.node(pressure_pa)?;
    let (ratio, cp) = (node.table.ratio, node.state.cp_j_per_kg_k * molar_mass);
    let work = molar_mass / ratio;
    Ok([
        work,
        -work * node.table.ratio_slope / ratio,
        -work * node.ratio_by_temperature / ratio,
        node.state.enthalpy_j_per_kg * molar_mass,
        -cp * node.state.joule_thomson_k_per_pa,
        cp,
        node.table.viscosity,
    ])
}
