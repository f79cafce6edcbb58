use super::explicit::{FactorPoint, IDEAL_PRESSURE_PA};
use crate::GasError;

/// A compressibility factor that changes with the pressure along a straight line.
///
/// $$ Z = z_0 + c p $$
///
/// | symbol | argument   | unit | range                         |
/// |--------|------------|------|-------------------------------|
/// | z0     | `z`        | -    | above 0                       |
/// | c      | `per_pa`   | 1/Pa | Z > 0 at the pressures in use |
/// | p      | `pressure` | Pa   | absolute                      |
///
/// One form of many: K = 1 - p/(450 bar) of DVGW G 2000 with Z = K, or at one temperature
/// Z = 1 + 0.257 p/pc - 0.533 (p/pc)/(T/Tc) of the American Gas Association.
///
/// Source: Cerbe, Grundlagen der Gastechnik, on K. Checked by
/// `tests/physics/simple_equations.rs`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear {
    z: f64,
    per_pa: f64,
}

impl Linear {
    pub(crate) fn new(z: f64, per_pa: f64) -> Result<Self, GasError> {
        if z > 0.0 && z.is_finite() && per_pa.is_finite() {
            Ok(Self { z, per_pa })
        } else {
            Err(GasError::OutOfRange(format!(
                "a compressibility factor of {z} at zero pressure with {per_pa} per Pa is none"
            )))
        }
    }

    pub(crate) fn at(&self, pressure: f64) -> FactorPoint {
        let excess = |p: f64| (self.z - 1.0) * p.ln() + self.per_pa * p;
        FactorPoint {
            z: self.z + self.per_pa * pressure,
            z_p: self.per_pa,
            z_t: 0.0,
            z_t_integral: 0.0,
            z_tt_integral: 0.0,
            excess_integral: excess(pressure) - excess(IDEAL_PRESSURE_PA),
        }
    }
}
