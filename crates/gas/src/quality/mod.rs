//! Numbers that contracts put limits on, beside those of ISO 6976.

mod carbon;
mod limits;
mod methane_number;
mod trace;

pub use carbon::{CarbonContent, carbon_content};
pub use limits::{Limit, LimitCheck, QualityLimits, Quantity, Verdict};
pub use methane_number::{MethaneNumber, methane_number};
pub use trace::{hydrogen_sulfide_kg_per_m3, sulfur_kg_per_m3, water_kg_per_m3};
