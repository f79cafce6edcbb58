use crate::dual::Dual;

/// Gas at the suction of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suction {
    /// Pressure, Pa.
    pub pressure_pa: f64,
    /// Temperature, K.
    pub temperature_k: f64,
    /// Density, kg/m³.
    pub density_kg_per_m3: f64,
    /// Derivative of the density with pressure, kg/(m³ Pa).
    pub density_slope: f64,
    /// Isentropic exponent, -.
    pub isentropic_exponent: f64,
}

/// The gas along its suction temperature, and the work of compressing it.
///
/// Between stages the gas is cooled to the suction temperature. Its density at the pressures between
/// them is ρ = p (b₁ + b₂ p) with b₁ and b₂ from density and slope at the suction; the isentropic
/// exponent is that of the suction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cooled {
    b1: f64,
    b2: f64,
    /// (κ-1)/κ.
    m: f64,
}

impl Cooled {
    pub(crate) fn new(suction: &Suction) -> Self {
        let p = suction.pressure_pa;
        let ratio = suction.density_kg_per_m3 / p;
        let b2 = (suction.density_slope - ratio) / p;
        Self {
            b1: ratio - b2 * p,
            b2,
            m: (suction.isentropic_exponent - 1.0) / suction.isentropic_exponent,
        }
    }

    pub(crate) fn density<const N: usize>(&self, pressure: Dual<N>) -> Dual<N> {
        pressure * (pressure * self.b2 + self.b1)
    }

    /// Adiabatic head between two pressures.
    ///
    /// $$ H = \frac{p_1}{ρ_1} \frac{κ}{κ-1} \left[ (p_2/p_1)^{(κ-1)/κ} - 1 \right] $$
    ///
    /// | symbol | meaning                             | unit  |
    /// |--------|-------------------------------------|-------|
    /// | H      | adiabatic (isentropic) head         | J/kg  |
    /// | p₁, p₂ | pressure before and after           | Pa    |
    /// | ρ₁     | density before, real gas            | kg/m³ |
    /// | κ      | isentropic exponent                 | –     |
    ///
    /// Range: p₂ ≥ p₁; below, continued linearly, H = (p₂ - p₁)/ρ₁. Source: Koch et al. 2015, ch. 2.
    /// Checked by `tests::isentropic_work_of_an_ideal_gas`.
    pub(crate) fn head<const N: usize>(&self, from: Dual<N>, to: Dual<N>) -> Dual<N> {
        let work = from / self.density(from);
        let ratio = to / from;
        if ratio.value < 1.0 {
            return work * (ratio - 1.0);
        }
        work * (ratio.powf(self.m) - 1.0) / self.m
    }

    /// The pressure that a head brings.
    pub(crate) fn lift<const N: usize>(&self, from: Dual<N>, head: Dual<N>) -> Dual<N> {
        let x = head * self.density(from) / from;
        if x.value < 0.0 {
            return from * (x + 1.0);
        }
        from * (x * self.m + 1.0).powf(1.0 / self.m)
    }
}
