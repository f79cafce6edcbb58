//! Ensembles: many scenarios of one network, run in one process.
//!
//! All members share one [`Model`](crate::Model): its mesh, its property tables and the order of its node system. Each
//! worker thread has a copy that refers to these, and one set of work arrays, both used for all of its
//! members. A member is a set of changes to the case ([`Member`]); its run is that of the changed case,
//! bit for bit, whatever ran before it and on whichever thread.
//!
//! Members come from an iterator and outcomes go to a closure, both in the order of the members. At most a
//! few members per thread are under way, so memory does not grow with their number.

mod digest;
mod draw;
mod hand_out;
mod normal;
mod relations;
mod series;
mod variant;
mod worker;

pub use draw::{member, members};
pub use hand_out::{Settings, run_members};
pub use linepack_results::{Amounts, End, Margin, Outcome};
pub use series::{Series, SeriesKind};

use linepack_network::{Change, Event};

/// A scenario of an ensemble: how it differs from the case of the model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Member {
    /// Its number, from 0; what it is does not depend on the others.
    pub index: u64,
    /// The values drawn for it, as they are to be reported.
    pub values: Vec<f64>,
    /// Numbers of the case that differ.
    pub changes: Vec<Change>,
    /// What happens besides the events of the scenario.
    pub events: Vec<Event>,
}

/// Follows the members while they run, from all threads.
pub trait Watcher: Sync {
    /// A member took a step and reached a time, s.
    fn step(&self, _member: u64, _time_s: f64) {}

    /// Whether to stop now; asked after every step.
    fn stop(&self) -> bool {
        false
    }
}

/// A watcher that neither looks nor stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {}
