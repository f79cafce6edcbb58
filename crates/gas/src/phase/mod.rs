//! Phase behaviour: where the gas would condense, and where it would form hydrates.

mod envelope;
mod flash;
mod hydrate;
mod linear;
mod margin;
mod model;
mod saturation;
mod water;

pub use envelope::{EnvelopePoint, PhaseEnvelope};
pub use flash::Flash;
pub use hydrate::{Hydrate, HydrateStructure};
pub use margin::{DewMargin, Margins};
pub use model::{CubicEquation, PhaseModel};
