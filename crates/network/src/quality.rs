//! Gases of supplies, and what a place accepts.

use linepack_gas::{Composition, GasSpec, QualityLimits};

/// Whether composition is carried with the gas.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QualitySettings {
    /// Whether gases of supplies are carried through the network; otherwise all gas is that of the case.
    pub tracked: bool,
    /// Longest parcel into which what enters a pipe is cut, m; none: the length of its cells.
    pub parcel_m: Option<f64>,
}

/// A gas with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedGas {
    /// Name by which supplies and events refer to it.
    pub id: String,
    /// What it is.
    pub spec: GasSpec,
}

/// The composition of a gas over time.
#[derive(Debug, Clone, PartialEq)]
pub struct GasProfile {
    /// Name by which supplies refer to it.
    pub id: String,
    /// Times since the start of the scenario, s, increasing.
    pub time_s: Vec<f64>,
    /// The composition from each time on.
    pub compositions: Vec<Composition>,
}

/// Limits of quality under a name.
#[derive(Debug, Clone)]
pub struct NamedLimits {
    /// Name by which nodes refer to them.
    pub id: String,
    /// The limits.
    pub limits: QualityLimits,
}
