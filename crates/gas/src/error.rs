use crate::CompositionIssue;

/// Why a property cannot be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GasError {
    /// The equation asked for needs a composition or pseudo-critical data that the gas lacks.
    #[error("{0}")]
    Missing(String),
    /// The state lies outside the range of the equation, or its iteration failed.
    #[error("{0}")]
    OutOfRange(String),
    /// At this pressure and temperature the equation has no gas root.
    #[error(
        "the {equation} equation has no gas root at {:.6} bara and {:.2} degC: the fluid is liquid there",
        .pressure_pa / 1e5, .temperature_k - 273.15
    )]
    NotAGas {
        /// Name of the equation.
        equation: &'static str,
        /// Pressure, Pa.
        pressure_pa: f64,
        /// Temperature, K.
        temperature_k: f64,
    },
    /// The composition is not one.
    #[error("{0}")]
    Composition(CompositionIssue),
}
