//! Cubic equations of state with volume shift: Peng and Robinson, and Soave's Redlich-Kwong.
//!
//! [`Model`] is the equation for a list of components; [`Mixed`] is a composition at one
//! temperature. Both serve the gas properties (`equation::cubic_gas`) and the phase equilibria.

mod fugacity;
mod interaction;
mod mixed;
mod model;

pub(crate) use mixed::{Mixed, Phase};
pub(crate) use model::{Form, Model};
