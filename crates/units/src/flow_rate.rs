use crate::ReferenceConditions;

/// How the energy of a fuel gas is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatingBasis {
    /// Gross (water condensed) or, when false, net.
    pub gross: bool,
    /// Combustion reference temperature, K.
    pub combustion_temperature_k: f64,
}

/// A rate of flow as somebody states it: mass, volume at reference conditions, or energy.
///
/// Only the gas turns one into another; see `linepack_gas::Gas::mass_flow_kg_per_s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FlowRate {
    /// Mass flow, kg/s.
    Mass {
        /// kg/s.
        kg_per_s: f64,
    },
    /// Volume flow at reference conditions, m3/s.
    Volume {
        /// Reference m3/s.
        m3_per_s: f64,
        /// The conditions of that cubic metre.
        reference: ReferenceConditions,
    },
    /// Energy flow, W.
    Energy {
        /// W.
        watt: f64,
        /// Gross or net, and its combustion temperature.
        basis: HeatingBasis,
    },
}

impl FlowRate {
    /// A mass flow in kg/s.
    pub const fn mass(kg_per_s: f64) -> Self {
        Self::Mass { kg_per_s }
    }

    /// The same kind of flow, `factor` times as large.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        match self {
            Self::Mass { kg_per_s } => Self::Mass {
                kg_per_s: kg_per_s * factor,
            },
            Self::Volume {
                m3_per_s,
                reference,
            } => Self::Volume {
                m3_per_s: m3_per_s * factor,
                reference,
            },
            Self::Energy { watt, basis } => Self::Energy {
                watt: watt * factor,
                basis,
            },
        }
    }
}
