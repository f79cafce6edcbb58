//! One time step of a diagonally implicit Runge-Kutta method.
//!
//! Unknowns, residual and Jacobian are those of `newton`. What is conserved (densities times
//! volumes) is carried as the state itself: after Newton's method the rate of each density is set
//! from the flows around it and the density from its rates, so the change of linepack equals the
//! integral of the flows to round-off, whatever Newton's method leaves.

use crate::model::Model;
use crate::newton::{Newton, NewtonReport, NewtonSettings, StageInput, link_point};
use crate::state::{Controls, State};
use crate::tableau::Tableau;

/// Integrals over a step, kg.
#[derive(Debug, Clone, Default)]
pub(crate) struct StepMass {
    pub inflow: Vec<f64>,
    pub fuel: Vec<f64>,
}

/// How much of the deviation in the middle counts: unlike the error at the end it does not add up
/// over a run.
const MIDDLE_SHARE: f64 = 0.3;
/// Most stages of any method.
const STAGES_MAX: usize = 6;

/// Work arrays of the time integration.
pub(crate) struct Stepper {
    pub newton: Newton,
    /// The state at each stage, with its rates.
    stages: Vec<State>,
    density_hat: Vec<f64>,
    flow_hat: Vec<f64>,
    node_balance: Vec<f64>,
    node_volume: Vec<f64>,
    guess: State,
    pub trial: State,
    pub mass: StepMass,
}

/// How a step went.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outcome {
    /// Solved, with an error estimate in units of the tolerance.
    Solved { error: f64 },
    /// A stage was not solved.
    Failed(NewtonReport),
}

/// The span of a step and where its set-points are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub step_s: f64,
    /// Set-points are read no later than this (just before a jump at the end of the step).
    pub read_until_s: f64,
}

impl Stepper {
    pub(crate) fn new(model: &Model, state: &State) -> Result<Self, String> {
        let mut node_volume = vec![0.0; model.nodes.len()];
        for pipe in &model.pipes {
            node_volume[pipe.nodes[0]] += pipe.volume(0);
            node_volume[pipe.nodes[1]] += pipe.volume(pipe.cells());
        }
        Ok(Self {
            newton: Newton::new(model)?,
            stages: vec![state.clone(); STAGES_MAX],
            density_hat: vec![0.0; model.faces],
            flow_hat: vec![0.0; model.segments],
            node_balance: vec![0.0; model.nodes.len()],
            node_volume,
            guess: state.clone(),
            trial: state.clone(),
            mass: StepMass {
                inflow: vec![0.0; model.terminals.len()],
                fuel: vec![0.0; model.links.len()],
            },
        })
    }

    /// Attempts a step from `from`; the result is in `trial`, its integrals in `mass`.
    pub(crate) fn attempt(
        &mut self,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
    ) -> Outcome {
        let settings = NewtonSettings {
            pressure_tolerance_pa: (1e-3 * model.settings.pressure_tolerance_pa).min(1.0),
            flow_tolerance: 1e-3,
            iterations_max: 12,
            polish: false,
            from_rest: false,
            smoothing: 0.0,
            resistance: 0.0,
            residual_enough: 0.0,
            anchor: 1e-9,
        };
        self.trial.clone_from(from);
        let mut previous_c = 0.0;
        for stage in 0..method.c.len() {
            if stage == 0 && method.explicit_first {
                self.stages[0].clone_from(from);
                continue;
            }
            let rate = 1.0 / (method.gamma * span.step_s);
            self.gather(method, from, stage, span.step_s);
            self.predict(method.c[stage], previous_c, from);
            let input = StageInput {
                time_s: (from.time_s + method.c[stage] * span.step_s).min(span.read_until_s),
                rate,
                density_hat: &self.density_hat,
                flow_hat: &self.flow_hat,
                node_volume: None,
            };
            let report = self
                .newton
                .solve(model, controls, &input, settings, &mut self.trial);
            if !report.converged {
                return Outcome::Failed(report);
            }
            let time_s = input.time_s;
            self.finish_stage(model, controls, time_s, rate);
            self.stages[stage].clone_from(&self.trial);
            previous_c = method.c[stage];
        }
        self.trial.time_s = from.time_s + span.step_s;
        self.integrate(method, span.step_s);
        Outcome::Solved {
            error: self.error(model, method, span.step_s),
        }
    }

    /// What the earlier stages leave: y_n + h Σ a_ij k_j.
    fn gather(&mut self, method: &Tableau, from: &State, stage: usize, step_s: f64) {
        self.density_hat.clone_from(&from.density);
        self.flow_hat.clone_from(&from.flow);
        for (j, &a) in method.a[stage]
            .iter()
            .enumerate()
            .filter(|(_, a)| **a != 0.0)
        {
            add_scaled(
                &mut self.density_hat,
                step_s * a,
                &self.stages[j].density_rate,
            );
            add_scaled(&mut self.flow_hat, step_s * a, &self.stages[j].flow_rate);
        }
    }

    /// First guess of a stage: the straight line through the old state and the stage before.
    fn predict(&mut self, c: f64, previous_c: f64, from: &State) {
        if previous_c == 0.0 {
            return;
        }
        let reach = c / previous_c;
        let line = |now: &mut [f64], old: &[f64]| {
            for (x, &y) in now.iter_mut().zip(old) {
                *x = y + reach * (*x - y);
            }
        };
        self.guess.clone_from(&self.trial);
        line(&mut self.guess.node_pressure, &from.node_pressure);
        line(&mut self.guess.pressure, &from.pressure);
        line(&mut self.guess.flow, &from.flow);
        line(&mut self.guess.link_flow, &from.link_flow);
        line(&mut self.guess.inflow, &from.inflow);
        let positive = self
            .guess
            .pressure
            .iter()
            .zip(&from.pressure)
            .all(|(g, p)| *g > 0.5 * p);
        if positive {
            std::mem::swap(&mut self.guess, &mut self.trial);
        }
    }

    /// Sets rates from flows and densities from rates.
    fn finish_stage(&mut self, model: &Model, controls: &Controls, time_s: f64, rate: f64) {
        let state = &mut self.trial;
        for (i, link) in controls.links.iter().enumerate() {
            let point = link_point(model, link, time_s, state, i);
            state.fuel[i] = link.fuel(&point).flow;
        }
        self.node_balance.fill(0.0);
        for (i, link) in controls.links.iter().enumerate() {
            self.node_balance[link.nodes[0]] -= state.link_flow[i];
            self.node_balance[link.nodes[link.fuel_end]] -= state.fuel[i];
            self.node_balance[link.nodes[1]] += state.link_flow[i];
        }
        for (i, terminal) in controls.terminals.iter().enumerate() {
            self.node_balance[terminal.node] += state.inflow[i];
        }
        for pipe in &model.pipes {
            let (first, n, segment) = (pipe.first_face, pipe.cells(), pipe.first_segment);
            for i in 1..n {
                let net = state.flow[segment + i - 1] - state.flow[segment + i];
                let k = net / pipe.volume(i);
                state.density_rate[first + i] = k;
                state.density[first + i] = self.density_hat[first + i] + k / rate;
            }
            for (end, net) in [-state.flow[segment], state.flow[segment + n - 1]]
                .into_iter()
                .enumerate()
            {
                let (node, face) = (pipe.nodes[end], first + end * n);
                let density = model.face_density(pipe, state.node_pressure[node]);
                let k = rate * (density - self.density_hat[face]);
                state.density_rate[face] = k;
                self.node_balance[node] += net - k * pipe.volume(end * n);
            }
        }
        self.close_nodes(model, rate);
        for ((k, q), hat) in state_rates(&mut self.trial).zip(&self.flow_hat) {
            *k = rate * (q - hat);
        }
    }

    /// Spreads what is left of each node's balance over its half cells.
    fn close_nodes(&mut self, model: &Model, rate: f64) {
        for pipe in &model.pipes {
            for (end, face) in [(0, pipe.first_face), (1, pipe.faces().end - 1)] {
                let node = pipe.nodes[end];
                let k = self.trial.density_rate[face]
                    + self.node_balance[node] / self.node_volume[node];
                self.trial.density_rate[face] = k;
                self.trial.density[face] = self.density_hat[face] + k / rate;
            }
        }
    }

    fn integrate(&mut self, method: &Tableau, step_s: f64) {
        self.mass.inflow.fill(0.0);
        self.mass.fuel.fill(0.0);
        for stage in 0..method.c.len() {
            let weight = step_s * method.weight(stage);
            add_scaled(&mut self.mass.inflow, weight, &self.stages[stage].inflow);
            add_scaled(&mut self.mass.fuel, weight, &self.stages[stage].fuel);
        }
    }

    /// Largest local error in units of the tolerance: of pressures, at the end by the embedded
    /// method and in the middle by how far the stage there is from a smooth curve; and of flows, by
    /// the impedance of a sound wave.
    fn error(&mut self, model: &Model, method: &Tableau, step_s: f64) -> f64 {
        if method.error.is_empty() {
            return 0.0;
        }
        self.density_hat.fill(0.0);
        self.flow_hat.fill(0.0);
        for (stage, &e) in self.stages.iter().zip(method.error) {
            add_scaled(&mut self.density_hat, step_s * e, &stage.density_rate);
            add_scaled(&mut self.flow_hat, step_s * e, &stage.flow_rate);
        }
        let tolerance = model.settings.pressure_tolerance_pa;
        let mut worst = 0.0_f64;
        let (middle, [w0, w1, d0, d1]) = (&self.stages[method.middle], method.hermite_weights());
        let (old, new) = (&self.stages[0], &self.trial);
        for pipe in &model.pipes {
            let gas = &model.isotherms[pipe.isotherm];
            for face in pipe.faces() {
                let slope = gas.density(new.pressure[face]).1;
                let end = self.density_hat[face];
                let smooth = w0 * old.density[face]
                    + w1 * new.density[face]
                    + step_s * (d0 * old.density_rate[face] + d1 * new.density_rate[face]);
                let bent = MIDDLE_SHARE * (middle.density[face] - smooth);
                worst = worst.max(end.abs().max(bent.abs()) / (slope * tolerance));
            }
            if model.settings.terms.inertia {
                let per_flow = pipe.wave_speed / pipe.area / tolerance;
                let flows = self.flow_hat[pipe.segments()].iter();
                worst = flows.fold(worst, |w, q| w.max((q * per_flow).abs()));
            }
        }
        worst
    }

    /// The states through which the polynomial of the step just attempted goes, and their places from 0 to 1.
    pub(crate) fn nodes<'s>(
        &'s self,
        method: &'s Tableau,
        from: &'s State,
    ) -> impl Iterator<Item = (f64, &'s State)> + Clone {
        let skip = usize::from(method.explicit_first);
        let stages = method.c.iter().copied().zip(&self.stages).skip(skip);
        std::iter::once((0.0, from)).chain(stages)
    }

    /// The state at a time within the step just attempted, from `from` to `trial`: the polynomial
    /// through the old state and all stages.
    pub(crate) fn interpolate(
        &self,
        model: &Model,
        method: &Tableau,
        from: &State,
        time_s: f64,
        into: &mut State,
    ) {
        let x = (time_s - from.time_s) / (self.trial.time_s - from.time_s);
        let mut nodes = [(0.0, from); STAGES_MAX + 1];
        let mut count = 0;
        for (place, node) in nodes.iter_mut().zip(self.nodes(method, from)) {
            *place = node;
            count += 1;
        }
        let nodes = &nodes[..count];
        into.clear();
        for (i, &(c, state)) in nodes.iter().enumerate() {
            let others = nodes.iter().enumerate().filter(|&(j, _)| j != i);
            let weight: f64 = others.map(|(_, &(d, _))| (x - d) / (c - d)).product();
            into.add(weight, state);
        }
        into.time_s = time_s;
        into.density_from_pressure(model);
    }
}

fn state_rates(state: &mut State) -> impl Iterator<Item = (&mut f64, &f64)> {
    state.flow_rate.iter_mut().zip(&state.flow)
}

fn add_scaled(sum: &mut [f64], factor: f64, terms: &[f64]) {
    for (s, t) in sum.iter_mut().zip(terms) {
        *s += factor * t;
    }
}
