//! Equations that give the compressibility factor from pressure and temperature.

use super::MolarState;
use super::cnga::Cnga;
use super::constant::Constant;
use super::ideal_gas::IdealGas;
use super::linear::Linear;
use super::nx19::Nx19;
use super::papay::Papay;
use crate::GasError;

/// The compressibility factor at (p, T), its derivatives, and three integrals over pressure.
///
/// The integrals start at zero pressure, or at [`IDEAL_PRESSURE_PA`] where Z does not become 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FactorPoint {
    /// Z, -.
    pub(crate) z: f64,
    /// dZ/dp, 1/Pa.
    pub(crate) z_p: f64,
    /// dZ/dT, 1/K.
    pub(crate) z_t: f64,
    /// Integral of (dZ/dT)/p dp, 1/K.
    pub(crate) z_t_integral: f64,
    /// Integral of (d2Z/dT2)/p dp, 1/K2.
    pub(crate) z_tt_integral: f64,
    /// Integral of (Z - 1)/p dp, -.
    pub(crate) excess_integral: f64,
}

/// Where an equation whose Z is not 1 at zero pressure takes the caloric properties to be ideal, Pa.
pub(super) const IDEAL_PRESSURE_PA: f64 = 101_325.0;

/// The equations that are explicit in Z.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Factor {
    Papay(Papay),
    Nx19(Nx19),
    Cnga(Cnga),
    Constant(Constant),
    Linear(Linear),
}

impl Factor {
    fn at(&self, pressure: f64, temperature: f64) -> FactorPoint {
        match self {
            Self::Papay(e) => e.at(pressure, temperature),
            Self::Nx19(e) => e.at(pressure, temperature),
            Self::Cnga(e) => e.at(pressure, temperature),
            Self::Constant(e) => e.at(pressure),
            Self::Linear(e) => e.at(pressure),
        }
    }

    /// The gas constant that belongs to the equation's published coefficients, J/(mol K).
    fn gas_constant(&self) -> f64 {
        match self {
            Self::Cnga(_) => super::cnga::GAS_CONSTANT_CNGA,
            Self::Papay(_) | Self::Nx19(_) | Self::Constant(_) | Self::Linear(_) => {
                super::GAS_CONSTANT
            }
        }
    }
}

/// An equation explicit in Z with the ideal gas that it departs from.
#[derive(Debug, Clone)]
pub(crate) struct Explicit {
    factor: Factor,
    ideal: IdealGas,
}

impl Explicit {
    pub(crate) fn new(factor: Factor, ideal: IdealGas) -> Self {
        Self { factor, ideal }
    }

    pub(crate) fn molar_mass(&self) -> f64 {
        self.ideal.molar_mass()
    }

    pub(crate) fn ignores_temperature(&self) -> bool {
        match &self.factor {
            Factor::Papay(_) | Factor::Nx19(_) => false,
            Factor::Cnga(e) => e.is_simple(),
            Factor::Constant(_) | Factor::Linear(_) => true,
        }
    }

    /// Every property from Z(p, T) by exact thermodynamics.
    ///
    /// $$ h = h_0 - R T^2 I_1,\quad c_p = c_{p0} - R (2 T I_1 + T^2 I_2),\quad
    ///    s = s_0 - R (I_0 + T I_1),\quad I_k = \int_0^p \frac{1}{p} \frac{\partial^k Z}{\partial T^k} dp $$
    ///
    /// | symbol | meaning                           | unit      |
    /// |--------|-----------------------------------|-----------|
    /// | h, h0  | enthalpy of the gas, of the ideal gas | J/mol |
    /// | cp, cp0 | isobaric heat capacities         | J/(mol K) |
    /// | s, s0  | entropies                         | J/(mol K) |
    /// | I0     | integral of (Z - 1)/p dp          | -         |
    ///
    /// Source: any text on departure functions. Checked by
    /// `tests::derivatives_agree_with_finite_differences`.
    fn at(&mut self, pressure: f64, temperature: f64) -> MolarState {
        let f = self.factor.at(pressure, temperature);
        let r = self.factor.gas_constant();
        let (p, t) = (pressure, temperature);
        let ideal = self.ideal.at(t, p, r);
        let density = p / (f.z * r * t);
        let dp_dd = r * t * f.z * f.z / (f.z - p * f.z_p);
        let dp_dt = dp_dd * p * (f.z + t * f.z_t) / (r * (f.z * t).powi(2));
        let cp = ideal.cp - r * t * (2.0 * f.z_t_integral + t * f.z_tt_integral);
        MolarState {
            density,
            pressure,
            temperature,
            compressibility: f.z,
            dp_dd,
            dp_dt,
            cv: cp - t * (dp_dt / density).powi(2) / dp_dd,
            cp,
            enthalpy: ideal.enthalpy - r * t * t * f.z_t_integral,
            entropy: ideal.entropy - r * (f.excess_integral + t * f.z_t_integral),
        }
    }

    /// The state at a pressure and temperature, where the equation has a meaning: Z and the slope
    /// of the pressure positive, and the heat capacities too where they decide the exponent.
    pub(crate) fn gas_at(&mut self, p: f64, t: f64) -> Result<MolarState, GasError> {
        if let Factor::Nx19(equation) = &self.factor {
            equation.check(p, t)?;
        }
        let state = self.at(p, t);
        let has_own_exponent = self.ignores_temperature() || self.ideal.is_pseudo();
        let is_mechanical = state.compressibility > 0.0 && state.dp_dd > 0.0;
        let is_finite = [
            state.density,
            state.dp_dd,
            state.cp,
            state.enthalpy,
            state.entropy,
        ]
        .iter()
        .all(|value| value.is_finite());
        if is_finite && is_mechanical && (has_own_exponent || state.cv > 0.0) {
            return Ok(state);
        }
        Err(GasError::OutOfRange(format!(
            "{p} Pa and {t} K are outside the range of the equation: its compressibility factor \
             there is {:.4} and no gas has the properties that follow",
            state.compressibility
        )))
    }

    /// density/pressure at zero pressure (mol/m3/Pa) and its slope with pressure.
    pub(crate) fn dilute(&mut self, temperature: f64) -> (f64, f64) {
        let f = self.factor.at(0.0, temperature);
        let rt = self.factor.gas_constant() * temperature;
        (1.0 / (f.z * rt), -f.z_p / (f.z * f.z * rt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equation::Equation;
    use crate::{Composition, EquationOfState, PseudoGas, Substance};

    fn mixture() -> Substance {
        let parts = [("methane", 0.9), ("ethane", 0.06), ("nitrogen", 0.04)];
        Substance::Mixture(Composition::from_fractions(parts).unwrap())
    }

    fn pseudo() -> Substance {
        Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: 0.0182,
            critical_temperature_k: Some(203.0),
            critical_pressure_pa: Some(4.6e6),
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: 1.3,
        })
    }

    /// dp/dd, dp/dT, cp = dh/dT and ds/dT = cp/T, dh/dp = v - T dv/dT, ds/dp = -dv/dT against
    /// central differences of density, enthalpy and entropy themselves.
    #[test]
    fn derivatives_agree_with_finite_differences() {
        let equations = [
            EquationOfState::Papay,
            EquationOfState::Cnga,
            EquationOfState::CngaSimple,
            EquationOfState::Ideal,
            EquationOfState::Constant { z: 0.87 },
            EquationOfState::Linear {
                z: 0.99,
                per_pa: -2e-8,
            },
        ];
        for (equation, substance) in equations
            .iter()
            .flat_map(|e| [(e, mixture()), (e, pseudo())])
        {
            let mut e = Equation::new(*equation, &substance).unwrap();
            let mut at = |p: f64, t: f64| e.at_pressure(p, t, None).unwrap();
            let (p, t) = (6.2e6, 297.0);
            let s = at(p, t);
            let (dp, dt) = (p * 1e-4, t * 1e-4);
            let by_p = |f: fn(&MolarState) -> f64, at: &mut dyn FnMut(f64, f64) -> MolarState| {
                (f(&at(p + dp, t)) - f(&at(p - dp, t))) / (2.0 * dp)
            };
            let d_p = by_p(|s| s.density, &mut at);
            let h_p = by_p(|s| s.enthalpy, &mut at);
            let s_p = by_p(|s| s.entropy, &mut at);
            let by_t = |f: fn(&MolarState) -> f64, at: &mut dyn FnMut(f64, f64) -> MolarState| {
                (f(&at(p, t + dt)) - f(&at(p, t - dt))) / (2.0 * dt)
            };
            let d_t = by_t(|s| s.density, &mut at);
            let h_t = by_t(|s| s.enthalpy, &mut at);
            let s_t = by_t(|s| s.entropy, &mut at);
            let v_t = -d_t / s.density.powi(2);
            let close = |what: &str, a: f64, b: f64, size: f64| {
                assert!(
                    (a - b).abs() <= 2e-6 * size.abs(),
                    "{equation:?} {what}: {a} against {b}"
                );
            };
            close("dp/dd", s.dp_dd, 1.0 / d_p, s.dp_dd);
            close("dp/dT", s.dp_dt, -d_t / d_p, s.dp_dt);
            close("cp", s.cp, h_t, s.cp);
            close("ds/dT", s.cp / t, s_t, s.cp / t);
            close("dh/dp", 1.0 / s.density - t * v_t, h_p, 1.0 / s.density);
            close("ds/dp", -v_t, s_p, v_t);
        }
    }
}
