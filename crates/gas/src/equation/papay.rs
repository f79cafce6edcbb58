use super::explicit::FactorPoint;
use crate::component::COMPONENTS;
use crate::{GasError, Substance};

/// Papay's compressibility factor from pseudo-critical properties.
///
/// $$ Z = 1 - 3.52\, p_r e^{-2.260 T_r} + 0.274\, p_r^2 e^{-1.878 T_r} $$
///
/// | symbol | meaning                             | unit | range   |
/// |--------|-------------------------------------|------|---------|
/// | p_r    | p / pseudo-critical pressure        | -    | 0 … 15 as published; within 1 % below 15 MPa for sales gas |
/// | T_r    | T / pseudo-critical temperature     | -    | 1.2 … 3 |
///
/// A mixture takes the pseudo-critical point by Kay's rule (mole-fraction means); a pseudo gas
/// states it. Source: Papay 1968, OGIL Musz. Tud. Kozl. Budapest, as used by GasLib (Schmidt et al.
/// 2017). Checked by `tests/physics/simple_equations.rs`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Papay {
    critical_temperature: f64,
    critical_pressure: f64,
}

/// The two terms of the equation: factor, power of p_r, decay with T_r.
const TERMS: [(f64, i32, f64); 2] = [(-3.52, 1, 2.260), (0.274, 2, 1.878)];

impl Papay {
    pub(crate) fn new(substance: &Substance) -> Result<Self, GasError> {
        let (critical_temperature, critical_pressure) = pseudo_critical_point(substance)?;
        if critical_temperature > 0.0 && critical_pressure > 0.0 {
            Ok(Self {
                critical_temperature,
                critical_pressure,
            })
        } else {
            Err(GasError::OutOfRange(
                "a pseudo-critical point must be positive".into(),
            ))
        }
    }

    pub(crate) fn at(&self, pressure: f64, temperature: f64) -> FactorPoint {
        let t_r = temperature / self.critical_temperature;
        let p_r = pressure / self.critical_pressure;
        let mut point = FactorPoint {
            z: 1.0,
            z_p: 0.0,
            z_t: 0.0,
            z_t_integral: 0.0,
            z_tt_integral: 0.0,
            excess_integral: 0.0,
        };
        for (factor, power, decay) in TERMS {
            let n = f64::from(power);
            let amplitude = factor * (-decay * t_r).exp();
            let term = amplitude * p_r.powi(power);
            let rate = -decay / self.critical_temperature;
            point.z += term;
            point.z_p += n * amplitude * p_r.powi(power - 1) / self.critical_pressure;
            point.z_t += rate * term;
            point.z_t_integral += rate * term / n;
            point.z_tt_integral += rate * rate * term / n;
            point.excess_integral += term / n;
        }
        point
    }
}

/// Pseudo-critical temperature (K) and pressure (Pa).
fn pseudo_critical_point(substance: &Substance) -> Result<(f64, f64), GasError> {
    match substance {
        Substance::Mixture(composition) => {
            let parts = || COMPONENTS.iter().zip(composition.mole_fractions);
            let temperature = parts().map(|(c, x)| x * c.critical_temperature_k).sum();
            let pressure = parts().map(|(c, x)| x * c.critical_pressure_pa).sum();
            Ok((temperature, pressure))
        }
        Substance::Pseudo(gas) => gas
            .critical_temperature_k
            .zip(gas.critical_pressure_pa)
            .ok_or_else(|| {
                GasError::Missing(
                    "papay needs `critical_temperature` and `critical_pressure` of the gas".into(),
                )
            }),
    }
}
