use crate::surface::{Finder, Grid, Point, Surface};
use crate::walk::{Walk, WalkNode};
use crate::{Gas, GasError};
use std::ops::RangeInclusive;

/// Density and its two derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DensityPoint {
    /// kg/m3.
    pub density_kg_per_m3: f64,
    /// kg/m3/Pa.
    pub by_pressure: f64,
    /// kg/m3/K.
    pub by_temperature: f64,
}

/// Enthalpy and its two derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnthalpyPoint {
    /// J/kg.
    pub enthalpy_j_per_kg: f64,
    /// J/kg/Pa: minus the heat capacity times the Joule-Thomson coefficient.
    pub by_pressure: f64,
    /// J/kg/K: the isobaric heat capacity.
    pub by_temperature: f64,
}

/// What an energy equation needs at one state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThermalPoint {
    /// Density with its derivatives.
    pub density: DensityPoint,
    /// Enthalpy with its derivatives.
    pub enthalpy: EnthalpyPoint,
    /// Isobaric heat capacity, J/(kg K).
    pub cp_j_per_kg_k: f64,
    /// Joule-Thomson coefficient, K/Pa.
    pub joule_thomson_k_per_pa: f64,
    /// Dynamic viscosity, Pa s.
    pub viscosity_pa_s: f64,
}

impl ThermalPoint {
    /// Speed of sound at a temperature (K), m/s: w^-2 = (∂ρ/∂p)_T - T (∂ρ/∂T)_p² / (ρ² c_p).
    #[inline]
    pub fn speed_of_sound_m_per_s(&self, temperature_k: f64) -> f64 {
        let d = &self.density;
        let expansion = d.by_temperature / d.density_kg_per_m3;
        let inverse = d.by_pressure - temperature_k * expansion * expansion / self.cp_j_per_kg_k;
        inverse.recip().sqrt()
    }
}

/// Properties of a gas on a rectangle of pressure and temperature, for the inner loops of a solver.
///
/// Bicubic on equal steps. What stands for density is density/pressure with the exact slopes
/// of the equation of state, and the slopes of the enthalpy are exact as well; those of the others come
/// from neighbouring nodes. Everything is smooth in value and slopes, and continued linearly beyond
/// the rectangle. The slopes of [`PropertyTable::enthalpy`] are those of the table itself, so that
/// an energy balance with them is exact; [`PropertyTable::cp_j_per_kg_k`] is nearer to the equation.
///
/// Error with the default steps over 0.1 to 20 MPa and 243 to 353 K against GERG-2008, as the largest
/// over gases from lean to hydrogen (`tests/physics/tables.rs`): density and Z 3e-7, their slopes 4e-6
/// (p) and 3e-5 (T), enthalpy 1e-7 of cp times 100 K, its slopes 4e-6 and 1e-5, heat capacity 3e-6,
/// Joule-Thomson coefficient 2e-6, viscosity 4e-7, speed of sound 3e-5.
/// Time per property: `docs/benchmarks/properties.md`.
#[derive(Debug, Clone)]
pub struct PropertyTable {
    grid: Grid,
    finder: Finder,
    ratio: Surface,
    enthalpy: Surface,
    cp: Surface,
    joule_thomson: Surface,
    viscosity: Surface,
}

/// Default steps: 0.1 MPa and 2 K at most.
const DEFAULT_STEP: [f64; 2] = [1e5, 2.0];

impl PropertyTable {
    /// Tabulates a gas over pressures (Pa, from zero on) and temperatures (K).
    ///
    /// # Errors
    /// Ranges that do not rise, a state beyond the range of the equation of state, and one at which
    /// the equation has no gas root ([`GasError::NotAGas`]).
    pub fn new(
        gas: &Gas,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
    ) -> Result<Self, GasError> {
        let extent = [
            pressures_pa.end() - pressures_pa.start(),
            temperatures_k.end() - temperatures_k.start(),
        ];
        let steps = [0, 1].map(|axis| (extent[axis] / DEFAULT_STEP[axis]).ceil().clamp(1.0, 4e3));
        Self::with_steps(gas, pressures_pa, temperatures_k, steps.map(|n| n as usize))
    }

    /// The same with a number of steps in pressure and in temperature, at least one each.
    ///
    /// # Errors
    /// As [`PropertyTable::new`].
    pub fn with_steps(
        gas: &Gas,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
        steps: [usize; 2],
    ) -> Result<Self, GasError> {
        let grid = Grid::over(pressures_pa, temperatures_k, steps)?;
        let mut columns = vec![vec![0.0; (steps[0] + 1) * (steps[1] + 1)]; COLUMNS];
        for j in 0..=steps[1] {
            // Along an isotherm each density helps to find the next one.
            let mut walk = gas.walk(grid.node(1, j));
            for i in 0..=steps[0] {
                let row = row(&mut walk, grid.node(0, i))?;
                let place = i * (steps[1] + 1) + j;
                columns
                    .iter_mut()
                    .zip(row)
                    .for_each(|(column, value)| column[place] = value);
            }
        }
        Ok(Self::of_columns(grid, &columns))
    }

    fn of_columns(grid: Grid, columns: &[Vec<f64>]) -> Self {
        let exact =
            |k: usize| Surface::with_slopes(&grid, &columns[k], &columns[k + 1], &columns[k + 2]);
        let through = |k: usize| Surface::through(&grid, &columns[k]);
        Self {
            grid,
            finder: Finder::new(&grid),
            ratio: exact(0),
            enthalpy: exact(3),
            cp: through(6),
            joule_thomson: through(7),
            viscosity: through(8),
        }
    }

    /// Whether the table covers a state; outside, it is continued linearly.
    pub fn contains(&self, pressure_pa: f64, temperature_k: f64) -> bool {
        let state = [pressure_pa, temperature_k];
        (0..2).all(|axis| {
            let last = self.grid.node(axis, self.grid.steps[axis]);
            (self.grid.origin[axis]..=last).contains(&state[axis])
        })
    }

    /// Everything an energy equation needs, at the price of one search.
    #[inline]
    pub fn at(&self, pressure_pa: f64, temperature_k: f64) -> ThermalPoint {
        let place = self.finder.find(pressure_pa, temperature_k);
        let (ratio, enthalpy) = (self.ratio.point(&place), self.enthalpy.point(&place));
        ThermalPoint {
            density: density(pressure_pa, ratio),
            enthalpy: EnthalpyPoint {
                enthalpy_j_per_kg: enthalpy.value,
                by_pressure: enthalpy.by_x,
                by_temperature: enthalpy.by_y,
            },
            cp_j_per_kg_k: self.cp.value(&place),
            joule_thomson_k_per_pa: self.joule_thomson.value(&place),
            viscosity_pa_s: self.viscosity.value(&place),
        }
    }

    /// Density alone, kg/m3.
    #[inline]
    pub fn density_kg_per_m3(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        let place = self.finder.find(pressure_pa, temperature_k);
        pressure_pa * self.ratio.value(&place)
    }

    /// Density and its derivatives with pressure and temperature.
    #[inline]
    pub fn density(&self, pressure_pa: f64, temperature_k: f64) -> DensityPoint {
        let place = self.finder.find(pressure_pa, temperature_k);
        density(pressure_pa, self.ratio.point(&place))
    }

    /// Enthalpy and its derivatives with pressure and temperature.
    #[inline]
    pub fn enthalpy(&self, pressure_pa: f64, temperature_k: f64) -> EnthalpyPoint {
        let place = self.finder.find(pressure_pa, temperature_k);
        let point = self.enthalpy.point(&place);
        EnthalpyPoint {
            enthalpy_j_per_kg: point.value,
            by_pressure: point.by_x,
            by_temperature: point.by_y,
        }
    }

    /// Isobaric heat capacity, J/(kg K).
    #[inline]
    pub fn cp_j_per_kg_k(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        self.cp.value(&self.finder.find(pressure_pa, temperature_k))
    }

    /// Joule-Thomson coefficient, K/Pa.
    #[inline]
    pub fn joule_thomson_k_per_pa(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        let place = self.finder.find(pressure_pa, temperature_k);
        self.joule_thomson.value(&place)
    }

    /// Dynamic viscosity, Pa s.
    #[inline]
    pub fn viscosity_pa_s(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        let place = self.finder.find(pressure_pa, temperature_k);
        self.viscosity.value(&place)
    }
}

/// The density that a ratio density/pressure with its slopes stands for.
#[inline(always)]
fn density(pressure_pa: f64, ratio: Point) -> DensityPoint {
    DensityPoint {
        density_kg_per_m3: pressure_pa * ratio.value,
        by_pressure: ratio.value + pressure_pa * ratio.by_x,
        by_temperature: pressure_pa * ratio.by_y,
    }
}

/// Number of values at a node.
const COLUMNS: usize = 9;

/// Density/pressure and enthalpy with their slopes, heat capacity, Joule-Thomson coefficient and
/// viscosity at a node.
fn row(walk: &mut Walk<'_>, pressure_pa: f64) -> Result<[f64; COLUMNS], GasError> {
    let WalkNode {
        table,
        ratio_by_temperature,
        state,
    } = walk.node(pressure_pa)?;
    let (cp, joule_thomson) = (state.cp_j_per_kg_k, state.joule_thomson_k_per_pa);
    Ok([
        table.ratio,
        table.ratio_slope,
        ratio_by_temperature,
        state.enthalpy_j_per_kg,
        -cp * joule_thomson,
        cp,
        cp,
        joule_thomson,
        table.viscosity,
    ])
}
