use super::explicit::{FactorPoint, IDEAL_PRESSURE_PA};
use crate::GasError;

/// A constant compressibility factor; Z = 1 is the ideal gas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Constant {
    z: f64,
}

impl Constant {
    pub(crate) fn ideal() -> Self {
        Self { z: 1.0 }
    }

    pub(crate) fn new(z: f64) -> Result<Self, GasError> {
        if z > 0.0 && z.is_finite() {
            Ok(Self { z })
        } else {
            Err(GasError::OutOfRange(format!(
                "a compressibility factor of {z} is not positive"
            )))
        }
    }

    pub(crate) fn at(&self, pressure: f64) -> FactorPoint {
        FactorPoint {
            z: self.z,
            z_p: 0.0,
            z_t: 0.0,
            z_t_integral: 0.0,
            z_tt_integral: 0.0,
            excess_integral: (self.z - 1.0) * (pressure / IDEAL_PRESSURE_PA).ln(),
        }
    }
}
