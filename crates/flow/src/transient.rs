//! The run: a steady start (or a snapshot), then time steps under error control, with events at
//! exact times.
//!
//! Steps of the loop: find the next stop; attempt a step; on success write the rows that fall into
//! it, add up masses, watch limits; at a stop let events take place and, where rates may have
//! jumped, find them anew with one very short implicit Euler step.

mod room;
mod switching;

pub(crate) use room::{Ended, Room, run_in};

use crate::limits::Watch;
use crate::link::Mode;
use crate::model::Model;
use crate::newton::link_point;
use crate::record::Recorder;
use crate::rules::Rules;
use crate::schedule::{self, Change, Stop};
use crate::snapshot;
use crate::state::{Controls, State};
use crate::stepper::{Outcome, Span, Stepper};
use crate::tableau::{IMPLICIT_EULER, Tableau, tableau};
use crate::terminal::{TerminalKind, TerminalMode};
use linepack_network::InitialState;
use linepack_results::{Counters, Snapshot, Solution, Status, Switch};
use std::collections::VecDeque;
use switching::{Done, Why, is_short};

/// Length of the implicit Euler step that finds rates after a jump, s.
const RATES_STEP_S: f64 = 1e-3;
/// First step after a jump, s.
const FIRST_STEP_S: f64 = 2.0;
/// After a knot of a flow, the share of the step before it that is tried.
const STEP_AFTER_KNOT: f64 = 0.3;
/// After a bend, the share of the step before it that is tried.
const STEP_AFTER_BEND: f64 = 0.1;
/// A step shorter than this is given up, s.
const LEAST_STEP_S: f64 = 1e-6;
/// Steps of implicit Euler, s, that are tried before a run is given up: a law that jumps may have a
/// solution a little later and none now.
const RESCUE_STEPS_S: [f64; 6] = [1e-3, 1e-2, 1e-1, 1.0, 5.0, 30.0];
/// The error estimate is kept below this share of the tolerance, so that what adds up over a run
/// stays near the tolerance.
const ERROR_SHARE: f64 = 0.3;

/// Hears how a run goes and may stop it.
pub trait Observer {
    /// A step was taken: time reached and end, s.
    fn progress(&mut self, _time_s: f64, _end_s: f64) {}
    /// Whether to stop now; asked after every step.
    fn stop(&mut self) -> bool {
        false
    }
}

/// An observer that neither looks nor stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}

/// What a run leaves.
#[derive(Debug)]
pub struct Run {
    /// The result.
    pub solution: Solution,
    /// The last state, from which a run can go on; none when there is none.
    pub snapshot: Option<Snapshot>,
}

/// The steady state of the set-points at time zero: a solution of one row.
pub fn steady(model: &Model) -> Solution {
    let observer = &mut Silent;
    match Runner::start(model, None, 0.0, observer) {
        Ok(runner) => runner.finish(false).solution,
        Err(solution) => *solution,
    }
}

/// Runs the scenario: from a steady start, from rest, or from a snapshot; to its end or `until_s`.
///
/// A snapshot of the same model and scenario is continued, bit for bit where it was taken at a
/// checkpoint; any other is taken as the state at time zero. A run that cannot go on returns what
/// it has, with a status that says why.
pub fn run(
    model: &Model,
    start: Option<&Snapshot>,
    until_s: Option<f64>,
    observer: &mut dyn Observer,
) -> Run {
    let end_s = until_s.unwrap_or(model.case.scenario.duration_s);
    match Runner::start(model, start, end_s, observer) {
        Ok(mut runner) => {
            runner.go();
            runner.finish(true)
        }
        Err(solution) => Run {
            solution: *solution,
            snapshot: None,
        },
    }
}

pub(crate) struct Totals {
    pub inflow: Vec<f64>,
    pub requested: Vec<f64>,
    pub fuel: Vec<f64>,
    pub first_shortfall: Vec<Option<f64>>,
    pub first_below_contract: Vec<Option<f64>>,
    /// The first event, s.
    pub first_event: Option<f64>,
    pub linepack_start: f64,
}

struct Runner<'a> {
    model: &'a Model,
    observer: &'a mut dyn Observer,
    controls: Controls,
    state: State,
    scratch: State,
    stepper: Stepper,
    method: &'static Tableau,
    recorder: Recorder,
    watch: Watch,
    totals: Totals,
    counters: Counters,
    status: Status,
    log: Vec<(f64, String)>,
    switches: Vec<Switch>,
    done: Vec<Done>,
    /// When off-takes begin to get less, as found within the step at hand.
    short_from: Vec<Option<f64>>,
    rules: Rules,
    stops: VecDeque<Stop>,
    step_s: f64,
    /// Largest error of an accepted step, in units of the tolerance.
    step_error: f64,
    end_s: f64,
    next_row: usize,
    link_modes: Vec<Mode>,
    terminal_modes: Vec<TerminalMode>,
}

impl<'a> Runner<'a> {
    fn start(
        model: &'a Model,
        from: Option<&Snapshot>,
        end_s: f64,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, Box<Solution>> {
        let room = Room::new(model, end_s).map_err(|e| unsolved(model, e))?;
        Ok(Self::start_in(room, model, from, end_s, observer))
    }

    fn start_in(
        room: Room,
        model: &'a Model,
        from: Option<&Snapshot>,
        end_s: f64,
        observer: &'a mut dyn Observer,
    ) -> Self {
        let interval = model.case.scenario.output_interval_s.max(1.0);
        let mut runner = Self {
            model,
            observer,
            controls: Controls::new(model),
            scratch: room.scratch,
            stepper: room.stepper,
            method: tableau(model.method()),
            recorder: room.recorder,
            watch: Watch::default(),
            totals: Totals {
                inflow: vec![0.0; model.terminals.len()],
                requested: vec![0.0; model.terminals.len()],
                fuel: vec![0.0; model.links.len()],
                first_shortfall: vec![None; model.terminals.len()],
                first_below_contract: vec![None; model.terminals.len()],
                first_event: None,
                linepack_start: 0.0,
            },
            counters: Counters {
                cells: model.segments,
                ..Counters::default()
            },
            status: Status::default(),
            log: Vec::new(),
            switches: Vec::new(),
            done: Vec::new(),
            short_from: vec![None; model.terminals.len()],
            rules: Rules::new(model),
            stops: VecDeque::new(),
            step_s: FIRST_STEP_S,
            step_error: 0.0,
            end_s,
            next_row: 0,
            link_modes: vec![Mode::default(); model.links.len()],
            terminal_modes: vec![TerminalMode::default(); model.terminals.len()],
            state: room.state,
        };
        runner.initial_state(from);
        runner.totals.linepack_start = runner.state.linepack(model);
        runner
            .watch
            .look(model, &runner.controls, &runner.state, 0.0);
        if let Some(contents) = &runner.stepper.newton.contents {
            contents.describe(&mut runner.state);
        }
        if let Some(follower) = &runner.stepper.follower {
            follower.tell(&mut runner.state);
        }
        if runner.status.converged {
            runner.recorder.row(model, &runner.controls, &runner.state);
        }
        runner.next_row = (runner.state.time_s / interval).floor() as usize + 1;
        runner
    }

    fn initial_state(&mut self, from: Option<&Snapshot>) {
        if let Some(from) = from {
            let (state, step_s) = snapshot::restore(self.model, from);
            self.state = state;
            self.step_s = step_s;
            snapshot::restore_configurations(&mut self.controls, from);
            if let Some(follower) = &mut self.stepper.follower {
                follower.restore(self.model, &mut self.stepper.newton, &mut self.state, from);
            }
            if self.state.time_s > 0.0 {
                self.do_again(from);
            }
            self.status = Status {
                converged: true,
                complete: true,
                message: "started from a snapshot".into(),
                ..Status::default()
            };
            return;
        }
        if let InitialState::AtRest { pressure_pa } = self.model.case.scenario.initial {
            self.state = State::at_rest(self.model, pressure_pa);
            self.fill(false);
            self.status = Status {
                converged: true,
                complete: true,
                message: "started at rest".into(),
                ..Status::default()
            };
            return;
        }
        (self.state, self.status) = crate::steady::solve(
            self.model,
            &mut self.controls,
            &mut self.stepper.newton,
            0.0,
        );
        if self.status.converged {
            self.fill(true);
        }
    }

    /// Begins with temperatures and mixtures: those of the steady state, or the same everywhere.
    fn fill(&mut self, steady: bool) {
        let Some(follower) = &mut self.stepper.follower else {
            return;
        };
        let (newton, state) = (&mut self.stepper.newton, &mut self.state);
        if let Err(message) = follower.fill(self.model, &mut self.controls, newton, state, steady) {
            self.status.converged = false;
            self.status.complete = false;
            self.status.message = message;
        }
    }

    fn go(&mut self) {
        if !self.status.converged || self.end_s <= self.state.time_s {
            return;
        }
        self.stepper.newton.system.expect_many(true);
        let start = self.state.time_s;
        self.stops = schedule::stops(self.model, start, self.end_s).into();
        self.stops_of_rules();
        self.link_modes = self.modes_of_links();
        self.terminal_modes = self.modes_of_terminals();
        self.rules.begin(self.model, &self.controls, &self.state);
        if start > 0.0 {
            // What happens at the very time of a snapshot has happened; what follows from it has not.
            if let Some(first) = self.stops.pop_front_if(|s| s.time_s == start) {
                self.after_stop(&first);
            }
        } else if self.stops.front().is_some_and(|s| s.time_s > 0.0) {
            self.find_rates();
        }
        self.follow_rules();
        while let Some(stop) = self.stops.front().cloned() {
            if self.state.time_s < stop.time_s {
                if !self.step_towards(&stop) {
                    return;
                }
                continue;
            }
            self.stops.pop_front();
            self.at_stop(&stop);
        }
    }

    fn modes_of_links(&self) -> Vec<Mode> {
        let mode = |(i, link): (usize, &crate::link::Link)| {
            let time_s = self.state.time_s;
            link.row(&link_point(self.model, link, time_s, &self.state, i))
                .mode
        };
        self.controls.links.iter().enumerate().map(mode).collect()
    }

    fn modes_of_terminals(&self) -> Vec<TerminalMode> {
        let mode = |(i, t): (usize, &crate::terminal::Terminal)| {
            let (inflow, pressure) = (self.state.inflow[i], self.state.node_pressure[t.node]);
            let gas = self.state.gas_at(self.model, t.node, t.isotherm);
            t.row(
                self.state.time_s,
                inflow,
                pressure,
                gas,
                &self.model.profiles,
            )
            .mode
        };
        self.controls
            .terminals
            .iter()
            .enumerate()
            .map(mode)
            .collect()
    }

    /// One step, and what follows from it; false when the run ends early.
    fn step_towards(&mut self, stop: &Stop) -> bool {
        if !self.advance(stop) {
            return false;
        }
        self.follow_rules();
        self.observer.progress(self.state.time_s, self.end_s);
        if self.observer.stop() && self.state.time_s < self.end_s {
            self.status.complete = false;
            self.status.message = format!(
                "stopped at {:.0} s of {:.0} s",
                self.state.time_s, self.end_s
            );
            return false;
        }
        true
    }

    /// One accepted step towards the stop.
    fn advance(&mut self, stop: &Stop) -> bool {
        let left = stop.time_s - self.state.time_s;
        let wanted = match self.model.options.fixed_step_s {
            Some(fixed) => fixed,
            None => self.step_s.min(self.model.settings.step_max_s),
        };
        let mut step = fit(wanted, left);
        let mut cuts = 0;
        loop {
            let last = step >= left;
            let span = Span {
                step_s: step,
                read_until_s: if last && stop.change == Change::Jump {
                    stop.time_s - 1e-9
                } else {
                    f64::INFINITY
                },
            };
            let outcome =
                self.stepper
                    .attempt(self.model, &self.controls, self.method, &self.state, span);
            match outcome {
                Outcome::Solved { error } => {
                    let error = error / ERROR_SHARE;
                    let fixed = self.model.options.fixed_step_s.is_some();
                    let power = 1.0 / (self.method.embedded_order as f64 + 1.0);
                    let factor = (0.85 / error.max(1e-12).powf(power)).clamp(0.2, 4.0);
                    if error <= 1.0 || fixed {
                        if let Some(sooner) = self.ends_sooner(&mut cuts, span) {
                            step = sooner;
                            continue;
                        }
                        // A step cut short by a stop says nothing against the longer one wanted.
                        let next = step * factor;
                        self.step_s = if last {
                            next.max(self.step_s.min(4.0 * wanted))
                                .min(next.max(wanted))
                        } else {
                            next
                        };
                        if last {
                            self.stepper.trial.time_s = stop.time_s;
                        }
                        self.step_error = self.step_error.max(error);
                        self.accept(self.method, span);
                        return true;
                    }
                    self.counters.rejected_steps += 1;
                    step *= factor.min(0.9);
                }
                Outcome::Failed(report) => {
                    self.counters.rejected_steps += 1;
                    step *= 0.25;
                    if step < LEAST_STEP_S {
                        if self.rescue(left) {
                            return true;
                        }
                        self.fail(report);
                        return false;
                    }
                }
            }
        }
    }

    fn fail(&mut self, report: crate::newton::NewtonReport) {
        let place = crate::diagnose::place(self.model, report.worst);
        self.status.converged = false;
        self.status.complete = false;
        self.status.residual = report.residual;
        self.status.message = format!(
            "the run ends at {:.1} s: no step however short could be solved, the largest residual \
             is at \"{}\"",
            self.state.time_s,
            place.as_deref().unwrap_or("the network"),
        );
        self.status.worst_element = place;
    }

    /// Finds rates that fit the set-points as they stand, by one very short implicit Euler step; by two
    /// where a pressure jumps, for the rates of the first are then those of the jump.
    fn find_rates(&mut self) {
        if self.short_step() {
            self.short_step();
        }
    }

    /// Goes on by a step of implicit Euler where no step of the method could be solved; says so.
    fn rescue(&mut self, left_s: f64) -> bool {
        let from_s = self.state.time_s;
        let mut steps = RESCUE_STEPS_S.iter().filter(|&&s| s < left_s);
        let Some(step_s) = steps.find(|&&s| self.one_stage(s).is_some()) else {
            return false;
        };
        let words = format!("a step of {step_s} s was taken without control of its error");
        self.log.push((from_s, words));
        true
    }

    /// One very short implicit Euler step; whether a pressure jumps in it.
    fn short_step(&mut self) -> bool {
        let jumps = self.one_stage(RATES_STEP_S).unwrap_or(false);
        jumps && self.state.time_s + RATES_STEP_S < self.end_s
    }

    /// A step of implicit Euler; whether a pressure jumps in it, or none where it is not solved.
    fn one_stage(&mut self, step_s: f64) -> Option<bool> {
        let span = Span {
            step_s,
            read_until_s: f64::INFINITY,
        };
        let method = &IMPLICIT_EULER;
        let outcome = self
            .stepper
            .attempt(self.model, &self.controls, method, &self.state, span);
        if let Outcome::Failed(_) = outcome {
            return None;
        }
        let nodes = self.state.node_pressure.iter();
        let tolerance = self.model.settings.pressure_tolerance_pa;
        let jumps = nodes
            .zip(&self.stepper.trial.node_pressure)
            .any(|(old, new)| (new - old).abs() > tolerance);
        self.look_at_rules(method, [self.state.time_s, self.stepper.trial.time_s]);
        self.accept(method, span);
        Some(jumps)
    }

    /// Takes over the trial state.
    fn accept(&mut self, method: &'static Tableau, span: Span) {
        self.counters.steps += 1;
        self.write_rows(method);
        for (total, mass) in self.totals.inflow.iter_mut().zip(&self.stepper.mass.inflow) {
            *total += mass;
        }
        for (total, mass) in self.totals.fuel.iter_mut().zip(&self.stepper.mass.fuel) {
            *total += mass;
        }
        self.count_requests(span);
        self.rules.keep();
        let trial = &self.stepper.trial;
        self.watch
            .look(self.model, &self.controls, trial, span.step_s);
        std::mem::swap(&mut self.state, &mut self.stepper.trial);
        self.stepper.remember(method, span.step_s);
        self.spare_the_last_gas();
        self.note_modes(method);
    }

    fn write_rows(&mut self, method: &'static Tableau) {
        let interval = self.model.case.scenario.output_interval_s.max(1.0);
        loop {
            let time = (self.next_row as f64 * interval).min(self.end_s);
            if time > self.stepper.trial.time_s || self.recorder.time_s.last() >= Some(&time) {
                return;
            }
            if time == self.stepper.trial.time_s {
                if let Some(contents) = &self.stepper.newton.contents {
                    contents.describe(&mut self.stepper.trial);
                }
                if let Some(follower) = &self.stepper.follower {
                    follower.tell(&mut self.stepper.trial);
                }
                self.recorder
                    .row(self.model, &self.controls, &self.stepper.trial);
            } else {
                self.stepper
                    .interpolate(self.model, method, &self.state, time, &mut self.scratch);
                if let Some(follower) = &self.stepper.follower {
                    follower.tell(&mut self.scratch);
                }
                self.recorder.row(self.model, &self.controls, &self.scratch);
            }
            self.next_row += 1;
        }
    }

    fn count_requests(&mut self, span: Span) {
        let profiles = &self.model.profiles;
        let (t0, t1) = (
            self.state.time_s,
            self.stepper.trial.time_s.min(span.read_until_s),
        );
        for (i, terminal) in self.controls.terminals.iter().enumerate() {
            let (Some(a), Some(b)) = (terminal.asked(t0, profiles), terminal.asked(t1, profiles))
            else {
                continue;
            };
            self.totals.requested[i] += 0.5 * (a + b) * span.step_s;
            let got = terminal.kind.sign() * self.stepper.trial.inflow[i];
            let short = terminal.kind == TerminalKind::OffTake && is_short(got, b);
            if short && self.totals.first_shortfall[i].is_none() {
                let from = self.short_from[i].unwrap_or(t1);
                self.totals.first_shortfall[i] = Some(from.clamp(t0, t1));
            }
        }
    }

    fn at_stop(&mut self, stop: &Stop) {
        for &index in &stop.events {
            let event = &self.model.case.scenario.events[index];
            if self.happen(event, Why::Schedule) {
                self.done.push(Done::event(event.at_s, index));
            }
        }
        if stop.time_s >= self.end_s {
            return;
        }
        self.after_stop(stop);
    }

    /// Finds rates anew where they may have jumped, and chooses the next step.
    fn after_stop(&mut self, stop: &Stop) {
        self.stepper.forget();
        if stop.change >= Change::Bend {
            self.find_rates();
        }
        match stop.change {
            Change::Smooth => {}
            Change::Knot => self.step_s *= STEP_AFTER_KNOT,
            Change::Bend => self.step_s *= STEP_AFTER_BEND,
            Change::Jump => self.step_s = self.step_s.min(FIRST_STEP_S),
        }
    }

    /// A run that was stopped, or could not go on, ends between two rows: its last state is one too.
    fn keep_last_state(&mut self) {
        let last = self.recorder.time_s.last();
        if last.is_some_and(|t| *t < self.state.time_s) {
            self.recorder.row(self.model, &self.controls, &self.state);
        }
    }

    /// The result, and the last state where it is to be kept.
    fn finish(mut self, keep: bool) -> Run {
        self.keep_last_state();
        if let Some(contents) = &self.stepper.newton.contents {
            contents.describe(&mut self.state);
        }
        self.counters.newton_iterations = self.stepper.newton.iterations;
        self.counters.factorisations = self.stepper.newton.system.factorisations;
        self.counters.node_unknowns = self.stepper.newton.system.size();
        let snapshot = (self.status.converged && keep)
            .then(|| {
                let follower = self.stepper.follower.as_ref();
                let (model, controls) = (self.model, &self.controls);
                snapshot::take(model, controls, follower, &self.state, self.step_s)
            })
            .map(|snapshot| Snapshot {
                numbers: self.numbers(),
                ..snapshot
            });
        let accuracy = crate::accuracy::of_steps(self.model, ERROR_SHARE * self.step_error);
        let follower = self.stepper.follower.as_ref();
        let heat = follower
            .and_then(|f| f.heat.as_ref())
            .map(|h| h.balance(self.counters.steps));
        let contents = self.stepper.newton.contents.as_ref();
        let quality = follower.and_then(|f| f.quality(self.model, contents, &self.state));
        let linepacks =
            crate::linepack::all(self.model, &self.controls, &self.state, &self.recorder);
        let mut solution = crate::solution::assemble(
            self.model,
            &self.controls,
            &self.state,
            self.recorder,
            self.totals,
            self.watch.violations(),
            self.counters,
            self.status,
            self.log,
        );
        solution.heat = heat;
        solution.quality = quality;
        solution.accuracy = accuracy;
        solution.linepacks = linepacks;
        solution.switches = self.switches;
        Run { solution, snapshot }
    }
}

/// A step that ends on the stop, or leaves at least half of itself.
fn fit(wanted: f64, left: f64) -> f64 {
    if wanted >= left * 0.999 {
        left
    } else if wanted > 0.5 * left {
        0.5 * left
    } else {
        wanted
    }
}

fn unsolved(model: &Model, message: String) -> Box<Solution> {
    Box::new(Solution {
        status: Status {
            message,
            ..Status::default()
        },
        counters: Counters {
            cells: model.segments,
            ..Counters::default()
        },
        ..Solution::default()
    })
}
