//! Composition, equations of state, viscosity, heating value and property tables.
//!
//! A [`GasSpec`] is what a case says of its gas; [`Gas`] is that gas ready for use; an
//! [`Isotherm`] is its property table at one temperature, for the inner loops of the solver.

mod blend_table;
mod bulk_analysis;
mod component;
mod composition;
mod cubic;
mod discharge;
mod equation;
mod error;
mod hermite;
mod iso6976;
mod isotherm;
mod model;
mod phase;
mod property_table;
mod quality;
mod spec;
mod state;
mod surface;
mod viscosity;
mod walk;

pub use blend_table::{BlendPoint, BlendTable, BlendWeights};
pub use bulk_analysis::BulkAnalysis;
pub use component::{COMPONENTS, Component};
pub use composition::{Composition, CompositionIssue, SUM_TOLERANCE};
pub use discharge::{Discharge, critical_pressure_ratio, perfect_gas_discharge};
pub use equation::GAS_CONSTANT;
pub use error::GasError;
pub use iso6976::{Analysis, GasQuality, QualityUncertainty, VolumeQuality, summation_factors};
pub use isotherm::Isotherm;
pub use model::Gas;
pub use phase::{
    CubicEquation, DewMargin, EnvelopePoint, Flash, Hydrate, HydrateStructure, Margins,
    PhaseEnvelope, PhaseModel,
};
pub use property_table::{DensityPoint, EnthalpyPoint, PropertyTable, ThermalPoint};
pub use quality::{
    CarbonContent, Limit, LimitCheck, MethaneNumber, QualityLimits, Quantity, Verdict,
    carbon_content, hydrogen_sulfide_kg_per_m3, methane_number, sulfur_kg_per_m3, water_kg_per_m3,
};
pub use spec::{EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
pub use state::GasState;
