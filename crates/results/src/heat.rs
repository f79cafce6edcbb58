use serde::{Deserialize, Serialize};

/// Where energy came from and where it went, integrals over the whole run (steady: rates, J/s).
///
/// Enthalpies are those of the case's equation of state above its own zero, so that only their
/// sums and differences mean something. Kinetic and potential energy are counted with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeatBalance {
    /// Energy that came in with the gas of supplies, J.
    pub in_j: f64,
    /// Energy that went out with gas at off-takes and leaks, J.
    pub out_j: f64,
    /// Work of compressors on the gas, J.
    pub work_j: f64,
    /// Heat added by heaters, less heat taken by coolers, J.
    pub heater_j: f64,
    /// Energy that went with the gas burnt as fuel, J.
    pub fuel_j: f64,
    /// Heat that the gas lost to wall and ground, J.
    pub ground_j: f64,
    /// Change of what the gas holds, J; what walls and ground hold is not counted.
    pub stored_change_j: f64,
    /// in + work + heater - out - fuel - ground - change of what is stored, J.
    pub residual_j: f64,
}

impl HeatBalance {
    /// What does not close over what passes, -: the residual over the largest of in and out.
    pub fn closure(&self) -> f64 {
        let passed = self.in_j.abs().max(self.out_j.abs());
        if passed > 0.0 {
            self.residual_j.abs() / passed
        } else {
            0.0
        }
    }
}
