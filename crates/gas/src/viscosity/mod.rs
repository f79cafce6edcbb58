//! Dynamic viscosity, one correlation per file.

mod corresponding_states;
mod lee_gonzalez_eakin;

pub(crate) use corresponding_states::CorrespondingStates;
pub(crate) use lee_gonzalez_eakin::lee_gonzalez_eakin;
