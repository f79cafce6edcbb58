use crate::hermite::Cubics;

/// Density, viscosity and isentropic exponent along one temperature, as a table in pressure.
///
/// What is tabulated is the ratio density/pressure, in cubic Hermite pieces on equal intervals
/// with the exact slopes of the equation of state, so an ideal gas, a constant Z and CNGA (linear
/// in pressure) are exact and the limit of zero pressure is regular. Viscosity and exponent take
/// their slopes from the neighbouring nodes. All three are smooth in value and slope; beyond the
/// ends of the table they are continued linearly.
///
/// Error against GERG-2008 and DETAIL with 256 intervals up to 12 MPa, 263 to 333 K, lean gas to rich
/// gas and hydrogen: density 4e-11, its slope 2e-8, exponent 4e-9, viscosity 7e-6
/// (`tests/physics/tables.rs`).
#[derive(Debug, Clone)]
pub struct Isotherm {
    temperature_k: f64,
    ratio: Cubics,
    viscosity: Cubics,
    isentropic_exponent: Cubics,
}

/// What an equation says at one pressure of an isotherm.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// density/pressure, kg/m3/Pa.
    pub(crate) ratio: f64,
    /// Its derivative with pressure, kg/m3/Pa2.
    pub(crate) ratio_slope: f64,
    /// Pa s.
    pub(crate) viscosity: f64,
    /// -.
    pub(crate) isentropic_exponent: f64,
}

impl Isotherm {
    /// Builds the table from the nodes at `intervals + 1` equal steps from zero pressure.
    pub(crate) fn tabulate<E>(
        temperature_k: f64,
        pressure_max_pa: f64,
        intervals: usize,
        mut node: impl FnMut(f64) -> Result<Node, E>,
    ) -> Result<Self, E> {
        let step = pressure_max_pa / intervals as f64;
        let nodes = (0..=intervals)
            .map(|i| node(i as f64 * step))
            .collect::<Result<Vec<_>, E>>()?;
        let column = |value: fn(&Node) -> f64| nodes.iter().map(value).collect::<Vec<_>>();
        Ok(Self {
            temperature_k,
            ratio: Cubics::with_slopes(step, &column(|n| n.ratio), &column(|n| n.ratio_slope)),
            viscosity: Cubics::through(step, &column(|n| n.viscosity)),
            isentropic_exponent: Cubics::through(step, &column(|n| n.isentropic_exponent)),
        })
    }

    /// The temperature of the table, K.
    pub fn temperature_k(&self) -> f64 {
        self.temperature_k
    }

    /// Density, kg/m3, and its derivative with pressure, kg/m3/Pa.
    #[inline]
    pub fn density(&self, pressure_pa: f64) -> (f64, f64) {
        let (ratio, slope) = self.ratio.at(pressure_pa);
        (pressure_pa * ratio, ratio + pressure_pa * slope)
    }

    /// Densities and their derivatives of four tables at four pressures, as `density` gives them.
    #[inline(always)]
    pub fn densities(tables: [&Self; 4], pressure_pa: [f64; 4]) -> ([f64; 4], [f64; 4]) {
        let [a, b, c, d] = tables;
        let (ratio, slope) = Cubics::at_each([&a.ratio, &b.ratio, &c.ratio, &d.ratio], pressure_pa);
        let p = pressure_pa;
        let density = |k: usize| p[k] * ratio[k];
        let slope = |k: usize| ratio[k] + p[k] * slope[k];
        (
            [density(0), density(1), density(2), density(3)],
            [slope(0), slope(1), slope(2), slope(3)],
        )
    }

    /// Viscosities and their derivatives of four tables at four pressures.
    #[inline(always)]
    pub fn viscosities(tables: [&Self; 4], pressure_pa: [f64; 4]) -> ([f64; 4], [f64; 4]) {
        let [a, b, c, d] = tables;
        Cubics::at_each(
            [&a.viscosity, &b.viscosity, &c.viscosity, &d.viscosity],
            pressure_pa,
        )
    }

    /// Density over pressure, kg/m3/Pa, where it is the same at every pressure.
    #[inline]
    pub fn constant_ratio(&self) -> Option<f64> {
        self.ratio.constant()
    }

    /// Dynamic viscosity, Pa s, and its derivative with pressure, s.
    #[inline]
    pub fn viscosity(&self, pressure_pa: f64) -> (f64, f64) {
        self.viscosity.at(pressure_pa)
    }

    /// Viscosity, Pa s, where it is the same at every pressure.
    #[inline]
    pub fn constant_viscosity(&self) -> Option<f64> {
        self.viscosity.constant()
    }

    /// Isentropic exponent of the real gas, -, and its derivative with pressure, 1/Pa.
    #[inline]
    pub fn isentropic_exponent(&self, pressure_pa: f64) -> (f64, f64) {
        self.isentropic_exponent.at(pressure_pa)
    }
}
