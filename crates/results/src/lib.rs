//! What a run found: the columnar solution, its status, balance and counters, snapshots and the
//! run folder.

mod solution;

pub use solution::{
    Balance, Column, Counters, Frame, Limitation, Profiles, Solution, StageResult, Status, Terminal,
    Timing, Violation,
};
