use crate::hermite::{Grid, Surface};
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

/// Properties of a gas on a rectangle of pressure and temperature, for the inner loops of a solver.
///
/// Bicubic on equal steps. What stands for density is density/pressure with the exact slopes
/// of the equation of state; the slopes of the others come from neighbouring nodes. Everything is
/// smooth in value and slopes, and continued linearly beyond the rectangle.
///
/// Error with the default steps over 0 to 15 MPa and 253 to 343 K, against the equation itself
/// (`tests/physics/tables.rs`): 2e-7 in density, 2e-6 and 2e-5 in its slopes with pressure and
/// temperature, 2e-6 in heat capacity, Joule-Thomson coefficient and viscosity.
#[derive(Debug, Clone)]
pub struct PropertyTable {
    grid: Grid,
    ratio: Surface,
    cp: Surface,
    joule_thomson: Surface,
    viscosity: Surface,
}

/// Steps in pressure and temperature that keep the stated error over the stated range.
const DEFAULT_STEPS: [usize; 2] = [150, 45];

impl PropertyTable {
    /// Tabulates a gas over pressures (Pa, from zero on) and temperatures (K).
    pub fn new(
        gas: &Gas,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
    ) -> Result<Self, GasError> {
        Self::with_steps(gas, pressures_pa, temperatures_k, DEFAULT_STEPS)
    }

    /// The same with a number of steps in pressure and in temperature, at least one each.
    pub fn with_steps(
        gas: &Gas,
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
        steps: [usize; 2],
    ) -> Result<Self, GasError> {
        let grid = grid(pressures_pa, temperatures_k, steps)?;
        let size = (steps[0] + 1) * (steps[1] + 1);
        let mut columns: [Vec<f64>; 6] = std::array::from_fn(|_| vec![0.0; size]);
        for j in 0..=steps[1] {
            // Along an isotherm each density helps to find the next one.
            let temperature = grid.node(1, j);
            let mut walk = gas.walk(temperature);
            for i in 0..=steps[0] {
                let node = walk.node(grid.node(0, i))?;
                let row = [
                    node.table.ratio,
                    node.table.ratio_slope,
                    node.ratio_by_temperature,
                    node.state.cp_j_per_kg_k,
                    node.state.joule_thomson_k_per_pa,
                    node.table.viscosity,
                ];
                let place = i * (steps[1] + 1) + j;
                columns
                    .iter_mut()
                    .zip(row)
                    .for_each(|(column, value)| column[place] = value);
            }
        }
        let [ratio, by_p, by_t, cp, joule_thomson, viscosity] = columns;
        Ok(Self {
            grid,
            ratio: Surface::with_slopes(grid, &ratio, &by_p, &by_t),
            cp: Surface::through(grid, &cp),
            joule_thomson: Surface::through(grid, &joule_thomson),
            viscosity: Surface::through(grid, &viscosity),
        })
    }

    /// Whether the table covers a state; outside, it is continued linearly.
    pub fn contains(&self, pressure_pa: f64, temperature_k: f64) -> bool {
        let state = [pressure_pa, temperature_k];
        (0..2).all(|axis| {
            let last = self.grid.node(axis, self.grid.steps[axis]);
            (self.grid.origin[axis]..=last).contains(&state[axis])
        })
    }

    /// Density and its derivatives with pressure and temperature.
    #[inline]
    pub fn density(&self, pressure_pa: f64, temperature_k: f64) -> DensityPoint {
        let ratio = self.ratio.at(pressure_pa, temperature_k);
        DensityPoint {
            density_kg_per_m3: pressure_pa * ratio.value,
            by_pressure: ratio.value + pressure_pa * ratio.by_x,
            by_temperature: pressure_pa * ratio.by_y,
        }
    }

    /// Isobaric heat capacity, J/(kg K).
    #[inline]
    pub fn cp_j_per_kg_k(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        self.cp.at(pressure_pa, temperature_k).value
    }

    /// Joule-Thomson coefficient, K/Pa.
    #[inline]
    pub fn joule_thomson_k_per_pa(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        self.joule_thomson.at(pressure_pa, temperature_k).value
    }

    /// Dynamic viscosity, Pa s.
    #[inline]
    pub fn viscosity_pa_s(&self, pressure_pa: f64, temperature_k: f64) -> f64 {
        self.viscosity.at(pressure_pa, temperature_k).value
    }
}

fn grid(
    pressures_pa: RangeInclusive<f64>,
    temperatures_k: RangeInclusive<f64>,
    steps: [usize; 2],
) -> Result<Grid, GasError> {
    let rise = |range: &RangeInclusive<f64>, steps: usize| {
        (range.end() - range.start()) / steps.max(1) as f64
    };
    let step = [
        rise(&pressures_pa, steps[0]),
        rise(&temperatures_k, steps[1]),
    ];
    let origin = [*pressures_pa.start(), *temperatures_k.start()];
    let increasing = step.iter().all(|s| *s > 0.0 && s.is_finite());
    if !increasing || origin[0] < 0.0 || steps.contains(&0) {
        return Err(GasError::OutOfRange(
            "a property table needs pressures from zero on, rising ranges and at least one step"
                .into(),
        ));
    }
    Ok(Grid {
        origin,
        step,
        steps,
    })
}
