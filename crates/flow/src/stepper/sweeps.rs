//! One time step of a Radau method, by sweeps over its stages.
//!
//! Unknowns: the states at all stages, which depend on each other: y_i = y_n + h Σ_j a_ij k_j. A sweep
//! goes through the stages in their order; stage i takes the rates of the stages before it from this
//! sweep, those of itself and the later ones from the sweep before,
//!
//!   y_i = y_n + h Σ_(j<i) t_ij k_j + h Σ_j (a_ij - t_ij) k_j(before) + h t_ii k_i,
//!
//! where T is the lower factor of A = T U: one stage is solved as that of a diagonally implicit method,
//! by one iteration of Newton's method. What a sweep leaves of the error is at worst a third where
//! solutions swing and a seventh where they decay; of what decays at once three sweeps leave nothing.
//!
//! The first sweep begins with the rates that the polynomial through the stages of the step before
//! foresees. After a stop a sweep of implicit Euler from stage to stage comes before it.

use super::{Outcome, STAGES_MAX, Span, Stepper, Terms, add_scaled, is_near, of_stage};
use crate::combine::{Weights, combine, extrapolate};
use crate::model::Model;
use crate::newton::{NewtonReport, NewtonSettings};
use crate::state::{Controls, State};
use crate::tableau::Tableau;

/// Most sweeps of a step.
const SWEEPS_MAX: usize = 12;
/// What further sweeps would change, that is let be: of pressure as a share of the tolerance and at most, Pa,
/// and of flow, kg/s per Pa of the tolerance.
const ENOUGH: f64 = 0.05;
const ENOUGH_PA: f64 = 10.0;
const ENOUGH_FLOW: f64 = 5e-5;
/// From this sweep on a step is given up where sweeps change more and more.
const PATIENT_SWEEPS: usize = 4;

/// What is known of earlier steps and sweeps.
#[derive(Default)]
pub(super) struct Sweeps {
    /// Rates of stages in the sweep before, where they are still needed.
    before: Vec<Rates>,
    /// The polynomial that the stages hold, and the step it belongs to.
    known: Option<Known>,
}

/// Where the stages tell how a step goes.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// The step before, of this length; its new state is the old one of this step.
    Before(f64),
    /// A longer attempt at this step.
    Attempt(f64),
}

/// Rates of a stage.
#[derive(Debug, Clone, Default)]
struct Rates {
    density: Vec<f64>,
    flow: Vec<f64>,
    inflow: Vec<f64>,
    fuel: Vec<f64>,
    /// Through links, and through the first segment of each pipe.
    links: Vec<f64>,
    seams: Vec<f64>,
}

impl Rates {
    fn new(state: &State, pipes: usize) -> Self {
        Self {
            density: state.density_rate.clone(),
            flow: state.flow_rate.clone(),
            inflow: state.inflow.clone(),
            fuel: state.fuel.clone(),
            links: state.link_flow.clone(),
            seams: vec![0.0; pipes],
        }
    }
}

impl Sweeps {
    /// Rooms for a method with these coefficients.
    pub(super) fn new(method: &Tableau, state: &State, pipes: usize) -> Self {
        let last = method.c.len() - 1;
        let room = |stage| match stage {
            _ if !method.sweeps() || stage < 2 => Rates::default(),
            // Nothing is gathered after the last stage.
            _ if stage == last => Rates {
                density: Vec::new(),
                flow: Vec::new(),
                ..Rates::new(state, pipes)
            },
            _ => Rates::new(state, pipes),
        };
        Self {
            before: (0..=last).map(room).collect(),
            ..Self::default()
        }
    }

    /// The step in the stages was accepted, and `trial` is its old state.
    pub(super) fn remember(&mut self, step_s: f64) {
        self.known = Some(Known::Before(step_s));
    }

    /// Nothing is known.
    pub(super) fn forget(&mut self) {
        self.known = None;
    }
}

/// What the sweeps that follow would change all together, after one that changed this much and one
/// before it.
fn remainder(change: f64, last: Option<f64>) -> f64 {
    let ratio = last.map_or(f64::INFINITY, |last| change / last.max(f64::MIN_POSITIVE));
    if ratio < 1.0 {
        change * ratio / (1.0 - ratio)
    } else {
        f64::INFINITY
    }
}

impl Stepper {
    /// Attempts a step by sweeps.
    pub(super) fn attempt_by_sweeps(
        &mut self,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
    ) -> Outcome {
        let known = self.sweeps.known.take();
        let foreseen = known.is_some_and(|k| self.foresee(method, from, span.step_s, k));
        if !foreseen {
            self.newton.forget_curvature();
        }
        let mut last_change = None;
        for sweep in 0..SWEEPS_MAX {
            let begins = sweep == 0 && !foreseen;
            let change = match self.sweep(model, controls, method, from, span, begins) {
                Ok(change) => change,
                Err(report) => return Outcome::Failed(report),
            };
            if begins {
                continue;
            }
            if remainder(change, last_change) < 1.0 {
                self.trial.time_s = from.time_s + span.step_s;
                self.integrate_sweeps(model, method, span.step_s);
                self.sweeps.known = Some(Known::Attempt(span.step_s));
                return Outcome::Solved {
                    error: self.error(model, method, from, span.step_s),
                };
            }
            if sweep >= PATIENT_SWEEPS && last_change.is_some_and(|last| change > last) {
                break;
            }
            last_change = Some(change);
        }
        Outcome::Failed(NewtonReport::begun())
    }

    /// One sweep; returns the largest change of a stage in units of the tolerances. `begins`: nothing is
    /// known of the stages yet.
    fn sweep(
        &mut self,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
        begins: bool,
    ) -> Result<f64, NewtonReport> {
        let last = method.c.len() - 1;
        let mut change = 0.0_f64;
        for stage in 1..=last {
            self.gather_sweep(method, from, stage, span.step_s, begins);
            self.exchange(stage, last);
            if begins {
                self.predict(method, stage, from, None);
            }
            if stage > 1 {
                self.keep_inflow(model, stage);
            }
            let mut at = method.at(stage, from, span);
            if begins {
                at.rate = 1.0 / ((method.c[stage] - method.c[stage - 1]) * span.step_s);
            }
            let settings = settings(model, begins);
            let report = self.solve_stage(model, controls, at, span, settings);
            change = change.max(report.change);
            if report.converged {
                if stage > 1 && stage < last {
                    self.keep_rates(stage);
                }
                self.finish_stage(model, controls, at);
            }
            self.exchange(stage, last);
            if !report.converged {
                return Err(report);
            }
        }
        Ok(change)
    }

    /// Puts a stage into `trial`, or back.
    fn exchange(&mut self, stage: usize, last: usize) {
        if stage < last {
            std::mem::swap(&mut self.trial, &mut self.stages[stage]);
        }
    }

    /// Keeps what flows in at the stage in `trial`, which is about to change.
    fn keep_inflow(&mut self, model: &Model, stage: usize) {
        let before = &mut self.sweeps.before[stage];
        before.inflow.copy_from_slice(&self.trial.inflow);
        before.fuel.copy_from_slice(&self.trial.fuel);
        before.links.copy_from_slice(&self.trial.link_flow);
        for (seam, pipe) in before.seams.iter_mut().zip(&model.pipes) {
            *seam = self.trial.flow[pipe.first_segment];
        }
    }

    /// Keeps the rates of the stage in `trial`, which are about to be replaced.
    fn keep_rates(&mut self, stage: usize) {
        let (before, state) = (&mut self.sweeps.before[stage], &mut self.trial);
        std::mem::swap(&mut before.density, &mut state.density_rate);
        std::mem::swap(&mut before.flow, &mut state.flow_rate);
    }

    /// What a stage takes from the old state and from rates that are known.
    fn gather_sweep(
        &mut self,
        method: &Tableau,
        from: &State,
        stage: usize,
        step_s: f64,
        begins: bool,
    ) {
        let last = method.c.len() - 1;
        if begins {
            let state = if stage == 1 {
                from
            } else {
                &self.stages[stage - 1]
            };
            self.density_hat.copy_from_slice(&state.density);
            self.flow_hat.copy_from_slice(&state.flow);
            return;
        }
        let mut density = Terms::new((1.0, &from.density));
        let mut flow = Terms::new((1.0, &from.flow));
        for (j, state) in self.stages.iter().enumerate().take(stage).skip(1) {
            let new = method.a[stage][j] * step_s;
            density.push((new, &state.density_rate));
            flow.push((new, &state.flow_rate));
        }
        for (j, &rest) in method.rest[stage].iter().enumerate().skip(2) {
            let (by_density, by_flow) = match j {
                _ if j < stage => (&self.sweeps.before[j].density, &self.sweeps.before[j].flow),
                _ if j == last => (&self.trial.density_rate, &self.trial.flow_rate),
                _ => (&self.stages[j].density_rate, &self.stages[j].flow_rate),
            };
            density.push((rest * step_s, by_density));
            flow.push((rest * step_s, by_flow));
        }
        combine(&mut self.density_hat, density.all());
        combine(&mut self.flow_hat, flow.all());
    }

    /// Puts into the stages what the polynomial that they hold foresees for this step; false where that
    /// is absurd.
    fn foresee(&mut self, method: &Tableau, from: &State, step_s: f64, known: Known) -> bool {
        let last = method.c.len() - 1;
        // Places of the old state of this step, of the stages and of what is in `trial`, and the new ones.
        let mut places = [0.0; STAGES_MAX];
        let mut wanted = [0.0; STAGES_MAX];
        let (begin, ratio, end) = match known {
            Known::Before(s) => (1.0, step_s / s, 0.0),
            Known::Attempt(s) => (0.0, step_s / s, 1.0),
        };
        places[..last].copy_from_slice(&method.c[..last]);
        (places[0], places[last]) = (begin, end);
        for (place, c) in wanted.iter_mut().zip(&method.c[1..]) {
            *place = begin + ratio * c;
        }
        // Beyond the step before, its old state would make small errors large.
        let used = match known {
            Known::Before(_) => last.max(3),
            Known::Attempt(_) => last + 1,
        };
        let weights = Weights::new(&places[..used], &wanted[..last]);
        for array in 0..State::EXTRAPOLATED {
            let mut into: [&mut [f64]; STAGES_MAX] = Default::default();
            for (slot, state) in into.iter_mut().zip(&mut self.stages[1..last]) {
                *slot = state.interpolated_mut(array);
            }
            into[last - 1] = self.trial.interpolated_mut(array);
            extrapolate(&weights, from.interpolated(array), &mut into[..last]);
        }
        let stages = self.stages[1..last].iter().chain([&self.trial]);
        stages.into_iter().all(|stage| is_near(stage, from))
    }

    /// Integrals over the step from the last stage, whose rates make the new state.
    fn integrate_sweeps(&mut self, model: &Model, method: &Tableau, step_s: f64) {
        let last = method.c.len() - 1;
        let mass = &mut self.mass;
        mass.clear();
        for stage in 1..=last {
            let state = if stage == last {
                &self.trial
            } else {
                &self.stages[stage]
            };
            let weight = step_s * method.weight(stage);
            add_scaled(&mut mass.inflow, weight, &state.inflow);
            add_scaled(&mut mass.fuel, weight, &state.fuel);
            mass.add_seams(model, weight, state);
            let before = &self.sweeps.before[stage];
            let weight = step_s * method.rest[last][stage];
            add_scaled(&mut mass.inflow, weight, &before.inflow);
            add_scaled(&mut mass.fuel, weight, &before.fuel);
            add_scaled(&mut mass.links, weight, &before.links);
            add_scaled(&mut mass.seams, weight, &before.seams);
        }
    }
}

/// When the iterations of a stage stop: in the first sweep of all when they are near, then after one.
fn settings(model: &Model, begins: bool) -> NewtonSettings {
    let tolerance = model.settings.pressure_tolerance_pa;
    let settings = NewtonSettings {
        pressure_tolerance_pa: (ENOUGH * tolerance).min(ENOUGH_PA),
        flow_tolerance: ENOUGH_FLOW * tolerance,
        ..of_stage(tolerance)
    };
    if begins {
        return settings;
    }
    NewtonSettings {
        once: true,
        ..settings
    }
}
