//! What a run found: the columnar solution, its status, balance and counters, snapshots and the
//! run folder.

mod accuracy;
mod compare;
mod ensemble;
mod error;
mod folder;
mod heat;
mod manifest;
mod quality;
mod snapshot;
mod solution;
mod stage;
mod summary;
mod table;

pub use accuracy::{Accuracy, Measured};
pub use compare::{Comparison, Difference, compare};
pub use ensemble::{
    Amounts, End, EnsembleAbout, EnsembleWriter, Margin, Outcome, Quantiles, SHARES,
    member_quantiles, quantiles,
};
pub use error::FolderError;
pub use folder::{ExtraFormat, RunFolder, RunWriter, is_free, is_run, read_run};
pub use heat::HeatBalance;
pub use manifest::{InputFile, MANIFEST_FORMAT, Manifest};
pub use quality::{Arrival, ComponentBalance, OffSpec, PhaseMargin, QualityResult};
pub use snapshot::{
    EdgeState, NodeState, ParcelState, PipeState, SNAPSHOT_FORMAT, Snapshot, TerminalState,
};
pub use solution::{
    Balance, Column, Counters, Frame, Limitation, Linepack, Profiles, Solution, StageResult,
    StationUnit, Status, Switch, Terminal, Timing, Violation,
};
pub use summary::Summary;
