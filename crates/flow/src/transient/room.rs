//! The work arrays of a run, made once for a model and used for any number of runs, one after another.

use super::{Observer, Runner};
use crate::model::Model;
use crate::newton;
use crate::record::Recorder;
use crate::state::State;
use crate::stepper::Stepper;
use linepack_results::{Balance, Counters, Status, Terminal, Violation};

/// Work arrays of a run.
pub(crate) struct Room {
    pub(super) stepper: Stepper,
    pub(super) state: State,
    pub(super) scratch: State,
    pub(super) recorder: Recorder,
}

impl Room {
    /// For runs to a time of a model and of its copies.
    pub(crate) fn new(model: &Model, end_s: f64) -> Result<Self, String> {
        let rest = State::at_rest(model, 50e5);
        let iterations = match end_s > 0.0 {
            true => newton::OF_RUN,
            false => newton::OF_STEADY_STATE,
        };
        let interval = model.case.scenario.output_interval_s.max(1.0);
        let rows = (end_s / interval).ceil() as usize + 1;
        let every = match model.options.profile_interval_s {
            Some(wanted) => (wanted / interval).round() as usize,
            None => rows.div_ceil(100),
        };
        Ok(Self {
            stepper: Stepper::new(model, &rest, iterations)?,
            recorder: Recorder::new(model, every, rows),
            scratch: rest.clone(),
            state: rest,
        })
    }

    /// Where rows are collected.
    pub(crate) fn rows(&self) -> &Recorder {
        &self.recorder
    }

    fn begin_anew(&mut self) {
        self.stepper.begin_anew();
        self.recorder.clear();
    }
}

/// A run at its end.
pub(crate) struct Ended<'r> {
    pub status: &'r Status,
    pub counters: Counters,
    pub rows: &'r Recorder,
    pub balance: Balance,
    pub terminals: Vec<Terminal>,
    pub violations: Vec<Violation>,
}

/// Runs the scenario of a model in work arrays made for it, or for a model of which it is a copy with
/// other set-points; gives the arrays back.
pub(crate) fn run_in<T>(
    mut room: Room,
    model: &Model,
    observer: &mut dyn Observer,
    tell: impl FnOnce(&Ended<'_>) -> T,
) -> (T, Room) {
    room.begin_anew();
    let end_s = model.case.scenario.duration_s;
    let mut runner = Runner::start_in(room, model, None, end_s, observer);
    runner.go();
    let told = tell(&runner.ended());
    (told, runner.leave())
}

impl Runner<'_> {
    fn ended(&mut self) -> Ended<'_> {
        let mut counters = self.counters.clone();
        counters.newton_iterations = self.stepper.newton.iterations;
        counters.factorisations = self.stepper.newton.system.factorisations;
        Ended {
            counters,
            balance: crate::solution::balance(self.model, &self.state, &self.totals),
            terminals: crate::solution::terminal_totals(self.model, &self.totals),
            violations: std::mem::take(&mut self.watch).violations(),
            status: &self.status,
            rows: &self.recorder,
        }
    }

    fn leave(self) -> Room {
        Room {
            stepper: self.stepper,
            state: self.state,
            scratch: self.scratch,
            recorder: self.recorder,
        }
    }
}
