//! Composition, equations of state, viscosity, heating value and property tables.
//!
//! A [`GasSpec`] is what a case says of its gas; [`Gas`] is that gas ready for use; an
//! [`Isotherm`] is its property table at one temperature, for the inner loops of the solver.

mod isotherm;
mod model;
mod spec;

pub use isotherm::Isotherm;
pub use model::{Gas, GasError, GasState};
pub use spec::{Composition, EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
