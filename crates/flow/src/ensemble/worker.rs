//! What a thread has and does: one member after the other in the same work arrays.

use super::digest::tell;
use super::relations::Relations;
use super::series::{Reader, Series};
use super::variant::{Fit, Variant};
use super::{Member, Watcher};
use crate::model::Model;
use crate::transient::{Ended, Observer, Room, run_in};
use linepack_results::{End, Outcome};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What all workers look at.
#[derive(Clone, Copy)]
pub(super) struct Plan<'m> {
    pub base: &'m Model,
    pub relations: &'m Relations,
    pub series: &'m [Series],
    pub watcher: &'m dyn Watcher,
}

/// A thread's model and work arrays.
pub(super) struct Worker<'m> {
    plan: Plan<'m>,
    variant: Variant<'m>,
    /// Work arrays for the base model; none before the first member, and after a panic.
    room: Option<(Room, Vec<Reader>)>,
}

impl<'m> Worker<'m> {
    pub(super) fn new(plan: Plan<'m>) -> Self {
        Self {
            plan,
            variant: Variant::new(plan.base, plan.relations),
            room: None,
        }
    }

    /// Runs a member, whatever becomes of it.
    pub(super) fn run(&mut self, mut member: Member, outcome: &mut Outcome) {
        outcome.begin(member.index, std::mem::take(&mut member.values));
        let work = AssertUnwindSafe(|| self.run_member(&member, outcome));
        if let Err(cause) = catch_unwind(work) {
            // Model and work arrays may be half changed.
            self.room = None;
            self.variant = Variant::new(self.plan.base, self.plan.relations);
            let values = std::mem::take(&mut outcome.values);
            outcome.begin(member.index, values);
            outcome.fail(End::Panicked, None, said(cause.as_ref()));
        }
    }

    fn run_member(&mut self, member: &Member, outcome: &mut Outcome) {
        let fit = match self.variant.become_member(member) {
            Ok(fit) => fit,
            Err(why) => return outcome.fail(End::Refused, why.element, why.message),
        };
        let model = self.variant.model();
        let kept = match fit {
            Fit::Base => self.room.take(),
            Fit::Own => None,
        };
        let (room, readers) = match kept.map_or_else(|| self.make_room(model), Ok) {
            Ok(room) => room,
            Err(why) => return outcome.fail(End::NotSolved, None, why),
        };
        let mut observer = Follower {
            watcher: self.plan.watcher,
            member: member.index,
        };
        let told = |ended: &Ended<'_>| tell(model, &readers, ended, outcome);
        let ((), room) = run_in(room, model, &mut observer, told);
        if fit == Fit::Base {
            self.room = Some((room, readers));
        }
    }

    fn make_room(&self, model: &Model) -> Result<(Room, Vec<Reader>), String> {
        let room = Room::new(model, model.case.scenario.duration_s)?;
        let readers = self.plan.series.iter().map(|s| Reader::new(s, room.rows()));
        let readers = readers.collect();
        Ok((room, readers))
    }
}

/// What a panic said.
fn said(cause: &(dyn Any + Send)) -> String {
    let words = cause.downcast_ref::<&str>().copied();
    let words = words.or_else(|| cause.downcast_ref::<String>().map(String::as_str));
    format!(
        "the program failed: {}",
        words.unwrap_or("no reason was given")
    )
}

/// Passes on what the run of a member tells and asks.
struct Follower<'m> {
    watcher: &'m dyn Watcher,
    member: u64,
}

impl Observer for Follower<'_> {
    fn progress(&mut self, time_s: f64, _end_s: f64) {
        self.watcher.step(self.member, time_s);
    }

    fn stop(&mut self) -> bool {
        self.watcher.stop()
    }
}
