//! Set-points and states of stations, control valves and valves with which a network does what is asked
//! of it: within all limits, with the least fuel, or with the most gas.
//!
//! [`optimize`] returns a whole operating point, written into a copy of the case, and a steady solve of
//! that copy beside it. The order of reading: `problem` (what is free, what is limited), `rows` (laws of
//! the elements with gradients), `descent` (sequential quadratic programming with given states),
//! `search` (states), `operate` and `check` (the way back into a case).

mod binding;
mod bounds;
mod branch;
mod check;
mod conflict;
mod control;
mod curvature;
mod decision;
mod descent;
mod dive;
mod goal;
mod hull;
mod layout;
mod objective;
mod operate;
mod plan;
mod planning;
mod problem;
mod program;
mod ranges;
mod relax;
mod rows;
mod search;
mod start;

pub use binding::Binding;
pub use check::Check;
pub use objective::{Candidate, Objective, Offer, Prices, StationModel, Trade};
pub use operate::Setting;
pub use plan::{Passed, Plan, Slack, Verdict, optimize};
pub use planning::{expansion, outage, shedding};
pub use problem::ArcState;

/// Why no problem can be made of a case.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OptimizeError {
    /// The case makes no model.
    #[error(transparent)]
    Model(#[from] linepack_flow::BuildError),
    /// There is no such off-take.
    #[error("there is no off-take \"{0}\"")]
    NoSuchOffTake(String),
    /// There is no such supply or off-take.
    #[error("there is no supply or off-take \"{0}\"")]
    NoSuchTerminal(String),
    /// There is no such pipe or station.
    #[error("there is no pipe or compressor station \"{0}\"")]
    NoSuchElement(String),
    /// There is no such valve.
    #[error("there is no valve \"{0}\"")]
    NoSuchValve(String),
    /// A leak is open.
    #[error("leak \"{0}\" is open: operating points are looked for in networks without leaks")]
    OpenLeak(String),
}
