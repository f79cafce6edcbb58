//! Members to threads, and outcomes back in the order of the members.

use super::relations::Relations;
use super::series::Series;
use super::worker::{Plan, Worker};
use super::{Member, Watcher};
use crate::model::Model;
use linepack_results::{End, Outcome};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Members that may be under way at a time, for each thread: enough that one that takes long does not
/// keep the others waiting.
const WINDOW: usize = 16;

/// How an ensemble is run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Worker threads; none: as many as the processor has. Outcomes do not depend on it.
    pub threads: Option<usize>,
    /// Time series that are kept of every member.
    pub series: Vec<Series>,
}

/// Something to do: the place in the order, the member, and room for its outcome.
type Job = (usize, Member, Outcome);

/// Runs members of a model on several threads. `sink` gets their outcomes in the order of the members; what
/// it returns as an error ends the ensemble. When the watcher stops it, outcomes end with the last
/// member before the first that was stopped.
///
/// The model should have been built for one thread (`Options::threads`): members share the threads among
/// them, not their pipes.
///
/// Errors: those of `sink`.
pub fn run_members<E>(
    model: &Model,
    members: impl IntoIterator<Item = Member>,
    settings: &Settings,
    watcher: &dyn Watcher,
    mut sink: impl FnMut(&Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let relations = Relations::new(model);
    let plan = Plan {
        base: model,
        relations: &relations,
        series: &settings.series,
        watcher,
    };
    let threads = settings.threads.filter(|n| *n > 0);
    let threads =
        threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let (jobs, to_do) = channel();
    let (done, outcomes) = channel();
    let to_do = Mutex::new(to_do);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (to_do, done) = (&to_do, done.clone());
            scope.spawn(move || work(plan, to_do, &done));
        }
        drop(done);
        let mut desk = Desk {
            jobs,
            outcomes,
            window: threads * WINDOW,
        };
        desk.serve(members.into_iter(), watcher, &mut sink)
    })
}

/// Takes jobs until there are no more.
fn work(plan: Plan<'_>, to_do: &Mutex<Receiver<Job>>, done: &Sender<(usize, Outcome)>) {
    let mut worker = Worker::new(plan);
    loop {
        let job = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((place, member, mut outcome)) = job else {
            return;
        };
        worker.run(member, &mut outcome);
        if done.send((place, outcome)).is_err() {
            return;
        }
    }
}

/// Hands members out and brings their outcomes into order.
struct Desk {
    jobs: Sender<Job>,
    outcomes: Receiver<(usize, Outcome)>,
    window: usize,
}

impl Desk {
    fn serve<E>(
        &mut self,
        mut members: impl Iterator<Item = Member>,
        watcher: &dyn Watcher,
        sink: &mut impl FnMut(&Outcome) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut waiting: Vec<Option<Outcome>> = vec![None; self.window];
        let mut spare: Vec<Outcome> = Vec::with_capacity(self.window);
        let (mut given, mut told) = (0, 0);
        loop {
            while given - told < self.window && !watcher.stop() {
                let Some(member) = members.next() else {
                    break;
                };
                let job = (given, member, spare.pop().unwrap_or_default());
                if self.jobs.send(job).is_err() {
                    break;
                }
                given += 1;
            }
            if given == told {
                return Ok(());
            }
            let Ok((place, outcome)) = self.outcomes.recv() else {
                return Ok(());
            };
            waiting[place % self.window] = Some(outcome);
            while let Some(outcome) = waiting[told % self.window].take() {
                if outcome.end == End::Stopped {
                    return Ok(());
                }
                sink(&outcome)?;
                spare.push(outcome);
                told += 1;
            }
        }
    }
}
