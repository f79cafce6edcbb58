//! What a run found: the columnar solution, its status, balance and counters, snapshots and the
//! run folder.

mod error;
mod manifest;
mod snapshot;
mod solution;

pub use error::FolderError;
pub use manifest::{InputFile, MANIFEST_FORMAT, Manifest};
pub use snapshot::{EdgeState, NodeState, PipeState, SNAPSHOT_FORMAT, Snapshot, TerminalState};
pub use solution::{
    Balance, Column, Counters, Frame, Limitation, Profiles, Solution, StageResult, Status,
    Terminal, Timing, Violation,
};
