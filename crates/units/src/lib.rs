//! Quantities, units of the gas industry, reference conditions and the gas day.
//!
//! Inside the program every quantity is an `f64` in SI whose unit stands in its name
//! (`pressure_pa`); this room turns text such as `"80 barg"` or `"750 MMscfd"` into such numbers
//! and back.

mod flow_rate;
mod reference;

pub use flow_rate::{FlowRate, HeatingBasis};
pub use reference::ReferenceConditions;
