//! Steady and transient hydraulics of gas networks.
//!
//! A [`Model`] is a case in SI, indexed and meshed. [`steady`] solves it at time zero, [`run`] takes
//! it through its scenario, [`stage_result`] tells what a stage of a build-out can do. The order of
//! reading: `pipe` (residual and Jacobian of a pipe), `link` and `terminal` (laws of everything
//! else), `newton` (one implicit solve), `stepper` (one time step), `transient` (the run).

mod accuracy;
mod area;
pub mod bench;
mod build;
mod cells;
mod choose_mesh;
mod combine;
mod condense;
mod contents;
mod diagnose;
mod discharge;
pub mod ensemble;
mod events;
mod follow;
mod friction;
mod heat;
mod lanes;
mod limits;
mod linepack;
mod link;
mod model;
mod newton;
mod node_system;
mod pieces;
mod pipe;
mod probe;
mod quality;
mod record;
mod rules;
mod schedule;
mod signal;
mod slots;
mod snapshot;
mod solution;
mod sparse_lu;
mod stage;
mod state;
mod steady;
mod stepper;
mod tableau;
mod terminal;
mod transient;
mod waves;

pub use accuracy::measure;
pub use choose_mesh::{ChosenMesh, choose_mesh};
pub use model::{BuildError, Method, Model, Options};
pub use probe::{ArcView, PlaceView, Sloped, TerminalView};
pub use stage::stage_result;
pub use transient::{Observer, Run, Silent, run, steady};
