//! Composition, equations of state, viscosity, heating value and property tables.
//!
//! A [`GasSpec`] is what a case says of its gas; [`Gas`] is that gas ready for use; an
//! [`Isotherm`] is its property table at one temperature, for the inner loops of the solver.

mod component;
mod composition;
mod equation;
mod error;
mod isotherm;
mod model;
mod spec;
mod state;
mod viscosity;

pub use component::{COMPONENTS, Component};
pub use composition::{Composition, CompositionIssue, SUM_TOLERANCE};
pub use equation::GAS_CONSTANT;
pub use error::GasError;
pub use isotherm::Isotherm;
pub use model::Gas;
pub use spec::{EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
pub use state::GasState;
