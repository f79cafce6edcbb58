use crate::{HeatingBasis, ReferenceConditions};

/// What a case says once for all its quantities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    /// The conditions of a standard cubic metre (`Sm3`) that does not state its own.
    pub volume_reference: ReferenceConditions,
    /// How energy flows count the gas's energy unless they say so.
    pub heating: HeatingBasis,
    /// The pressure that gauge pressures are counted from, Pa.
    pub atmospheric_pressure_pa: f64,
}

impl Default for Context {
    /// ISO 13443: 15 degC and 1.01325 bar for volumes, gross heating value at 15 degC, and the
    /// standard atmosphere.
    fn default() -> Self {
        Self {
            volume_reference: ReferenceConditions::ISO_STANDARD,
            heating: HeatingBasis {
                gross: true,
                combustion_temperature_k: 288.15,
            },
            atmospheric_pressure_pa: 101_325.0,
        }
    }
}

impl Context {
    /// The conditions of a standard cubic foot that does not state its own.
    ///
    /// 60 degF, and 14.696 psia where that is the case's volume reference, else the 14.73 psia of
    /// North American gas contracts.
    pub fn cubic_foot_reference(&self) -> ReferenceConditions {
        if self.volume_reference == ReferenceConditions::US_14_696 {
            ReferenceConditions::US_14_696
        } else {
            ReferenceConditions::US_14_73
        }
    }
}
