/// The temperature and pressure to which a volume of gas is referred.
///
/// A volume of gas without them is not a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferenceConditions {
    /// Reference temperature, K.
    pub temperature_k: f64,
    /// Reference pressure, Pa (absolute).
    pub pressure_pa: f64,
}

impl ReferenceConditions {
    /// Normal conditions: 0 degC, 1.01325 bar.
    pub const NORMAL: Self = Self {
        temperature_k: 273.15,
        pressure_pa: 101_325.0,
    };
    /// ISO 13443 standard conditions: 15 degC, 1.01325 bar.
    pub const ISO_STANDARD: Self = Self {
        temperature_k: 288.15,
        pressure_pa: 101_325.0,
    };
}
