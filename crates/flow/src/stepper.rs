//! One time step of a diagonally implicit Runge-Kutta method.
//!
//! Unknowns, residual and Jacobian are those of `newton`. What is conserved (densities times
//! volumes) is carried as the state itself: after Newton's method the rate of each density is set
//! from the flows around it and the density from its rates, so the change of linepack equals the
//! integral of the flows to round-off, whatever Newton's method leaves.

mod bend;
mod sweeps;

use crate::combine::{TERMS_MAX, Term, combine};
use crate::follow::Follower;
use crate::model::Model;
use crate::newton::{Newton, NewtonReport, NewtonSettings, StageInput, link_point};
use crate::state::{Controls, State};
use crate::tableau::{Tableau, tableau};
use crate::waves::Damping;
use bend::{Bend, Slopes};
use sweeps::Sweeps;

/// Integrals over a step, kg.
#[derive(Debug, Clone, Default)]
pub(crate) struct StepMass {
    pub inflow: Vec<f64>,
    pub fuel: Vec<f64>,
    /// Through links, and through the first segment of each pipe.
    pub links: Vec<f64>,
    pub seams: Vec<f64>,
}

impl StepMass {
    fn clear(&mut self) {
        for sum in [
            &mut self.inflow,
            &mut self.fuel,
            &mut self.links,
            &mut self.seams,
        ] {
            sum.fill(0.0);
        }
    }

    fn add_seams(&mut self, model: &Model, weight: f64, state: &State) {
        add_scaled(&mut self.links, weight, &state.link_flow);
        for (sum, pipe) in self.seams.iter_mut().zip(&model.pipes) {
            *sum += weight * state.flow[pipe.first_segment];
        }
    }
}

/// In a step shorter than this, s, a stage that was not solved is solved once more with patience: what
/// jumps does not become easier in a still shorter step.
pub(crate) const SHORT_STEP_S: f64 = 0.1;
/// Widths over which the branches of laws go over into each other then, at first, bar.
const PATIENT_WIDTHS_BAR: [f64; 2] = [1.0, 20.0];
const PATIENT_ITERATIONS: usize = 60;
/// Most turns between hydraulics and what follows from it.
const PASSES_MAX: usize = 12;
/// Most stages of any method.
const STAGES_MAX: usize = 8;

/// Work arrays of the time integration.
pub(crate) struct Stepper {
    pub newton: Newton,
    pub follower: Option<Follower>,
    /// The state at each stage, with its rates.
    stages: Vec<State>,
    density_hat: Vec<f64>,
    flow_hat: Vec<f64>,
    damping: Damping,
    node_balance: Vec<f64>,
    node_volume: Vec<f64>,
    guess: State,
    /// Length of the step before, where it can tell where the next one goes.
    history: Option<f64>,
    sweeps: Sweeps,
    first_guess: State,
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

/// Time of a stage, s, and one over what it takes of its own rate, 1/s.
#[derive(Debug, Clone, Copy)]
struct StageAt {
    time_s: f64,
    rate: f64,
    /// From 0 at the begin of the step to 1 at its end.
    place: f64,
}

impl Tableau {
    fn at(&self, stage: usize, from: &State, span: Span) -> StageAt {
        StageAt {
            time_s: (from.time_s + self.c[stage] * span.step_s).min(span.read_until_s),
            rate: 1.0 / (self.diagonal[stage] * span.step_s),
            place: self.c[stage],
        }
    }
}

/// Whether no pressure is less than half or more than twice what it was.
fn is_near(guess: &State, old: &State) -> bool {
    let near = |(guess, old): (&f64, &f64)| *guess > 0.5 * old && *guess < 2.0 * old;
    guess.pressure.iter().zip(&old.pressure).all(near)
        && guess.node_pressure.iter().zip(&old.node_pressure).all(near)
}

/// When the iterations of a stage stop, by the tolerance of the error in time, Pa.
fn of_stage(tolerance_pa: f64) -> NewtonSettings {
    NewtonSettings {
        pressure_tolerance_pa: (1e-2 * tolerance_pa).min(1.0),
        flow_tolerance: (1e-5 * tolerance_pa).max(1e-3),
        iterations_max: 12,
        polish: false,
        once: false,
        from_rest: false,
        smoothing: 0.0,
        foresee: true,
        resistance: 0.0,
        residual_enough: 0.0,
        anchor: 1e-9,
    }
}

impl Stepper {
    pub(crate) fn new(model: &Model, state: &State, iterations: usize) -> Result<Self, String> {
        let mut node_volume = vec![0.0; model.nodes.len()];
        for pipe in &model.pipes {
            node_volume[pipe.nodes[0]] += pipe.volume(0);
            node_volume[pipe.nodes[1]] += pipe.volume(pipe.cells());
        }
        let method = tableau(model.method());
        Ok(Self {
            newton: Newton::new(model, iterations)?,
            follower: model.inside.as_ref().map(|i| Follower::new(model, i)),
            stages: stages(method, state),
            density_hat: vec![0.0; model.faces],
            flow_hat: vec![0.0; model.segments],
            damping: Damping::new(model),
            node_balance: vec![0.0; model.nodes.len()],
            node_volume,
            guess: state.clone(),
            history: None,
            sweeps: Sweeps::new(method, state, model.pipes.len()),
            first_guess: state.clone(),
            trial: state.clone(),
            mass: StepMass {
                inflow: vec![0.0; model.terminals.len()],
                fuel: vec![0.0; model.links.len()],
                links: vec![0.0; model.links.len()],
                seams: vec![0.0; model.pipes.len()],
            },
        })
    }

    /// Forgets the run before: as new work arrays of the same model.
    pub(crate) fn begin_anew(&mut self) {
        self.newton.begin_anew();
        self.newton.contents = None;
        self.forget();
    }

    /// Attempts a step from `from`; the result is in `trial`, its integrals in `mass`.
    ///
    /// Where temperatures or mixtures follow from pressures and flows, and these from them, both are found in
    /// turns.
    pub(crate) fn attempt(
        &mut self,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
    ) -> Outcome {
        let Some(mut follower) = self.follower.take() else {
            return self.attempt_hydraulics(model, controls, method, from, span, false);
        };
        let outcome = self.attempt_with(&mut follower, model, controls, method, from, span);
        self.follower = Some(follower);
        outcome
    }

    fn attempt_with(
        &mut self,
        follower: &mut Follower,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
    ) -> Outcome {
        if let Some(contents) = &mut self.newton.contents {
            follower.foresee(model, controls, contents, from, span.step_s);
        }
        for pass in 0..PASSES_MAX {
            if let Some(contents) = &mut self.newton.contents {
                contents.look_at_viscosity();
            }
            let outcome = self.attempt_hydraulics(model, controls, method, from, span, pass > 0);
            let (Outcome::Solved { .. }, Some(contents)) = (outcome, &mut self.newton.contents)
            else {
                return outcome;
            };
            let states = [from, &self.trial];
            if follower.follow(model, controls, contents, states, &self.mass, span) {
                return outcome;
            }
        }
        Outcome::Failed(NewtonReport::begun())
    }

    fn attempt_hydraulics(
        &mut self,
        model: &Model,
        controls: &Controls,
        method: &Tableau,
        from: &State,
        span: Span,
        again: bool,
    ) -> Outcome {
        self.damping.look(model, from);
        if method.sweeps() {
            return self.attempt_by_sweeps(model, controls, method, from, span);
        }
        self.sweeps.forget();
        let settings = of_stage(model.settings.pressure_tolerance_pa);
        // The very short step that finds rates has no place on the curve of the step before.
        let history = self.history.take().filter(|_| method.c.len() > 2);
        if history.is_none() && !again {
            self.newton.forget_curvature();
        }
        let last = method.c.len() - 1;
        if again {
            self.guess.take_unknowns(&self.trial);
        }
        for stage in usize::from(method.explicit_first)..=last {
            self.gather(method, from, stage, span.step_s);
            match again {
                true if stage < last => self.trial.take_unknowns(&self.stages[stage]),
                true => self.trial.take_unknowns(&self.guess),
                false => self.predict(method, stage, from, history.map(|h| span.step_s / h)),
            }
            let at = method.at(stage, from, span);
            let report = self.solve_stage(model, controls, at, span, settings);
            if !report.converged {
                return Outcome::Failed(report);
            }
            self.finish_stage(model, controls, at);
            if stage < last {
                std::mem::swap(&mut self.trial, &mut self.stages[stage]);
            }
        }
        self.trial.time_s = from.time_s + span.step_s;
        self.integrate(model, method, from, span.step_s);
        Outcome::Solved {
            error: self.error(model, method, from, span.step_s),
        }
    }

    /// Solves the stage whose first guess is in `trial`; with patience where the step is short.
    fn solve_stage(
        &mut self,
        model: &Model,
        controls: &Controls,
        at: StageAt,
        span: Span,
        settings: NewtonSettings,
    ) -> NewtonReport {
        let input = StageInput {
            time_s: at.time_s,
            rate: at.rate,
            density_hat: &self.density_hat,
            flow_hat: &self.flow_hat,
            viscosity: self.damping.viscosity(),
            node_volume: None,
            place: at.place,
        };
        let patient = span.step_s < SHORT_STEP_S;
        if patient {
            self.first_guess.clone_from(&self.trial);
        }
        let (newton, trial) = (&mut self.newton, &mut self.trial);
        let mut report = newton.solve(model, controls, &input, settings, trial);
        for smoothing in PATIENT_WIDTHS_BAR {
            if report.converged || !patient {
                break;
            }
            trial.clone_from(&self.first_guess);
            let settings = NewtonSettings {
                smoothing,
                iterations_max: PATIENT_ITERATIONS,
                foresee: false,
                once: false,
                ..settings
            };
            report = newton.solve(model, controls, &input, settings, trial);
        }
        report
    }

    /// The step just attempted was accepted and nothing has happened since: its stages, and its old
    /// state in `trial`, tell where the next one goes.
    pub(crate) fn remember(&mut self, method: &Tableau, step_s: f64) {
        if let (Some(follower), Some(contents)) = (&mut self.follower, &mut self.newton.contents) {
            follower.accept(contents, step_s);
        }
        if method.sweeps() {
            return self.sweeps.remember(step_s);
        }
        self.history = (method.c.len() > 2).then_some(step_s);
    }

    /// Forgets the step before, as a run does that begins here.
    pub(crate) fn forget(&mut self) {
        self.sweeps.forget();
        self.history = None;
        if let Some(follower) = &mut self.follower {
            follower.forget();
        }
    }

    /// The state at a stage of the step just attempted from `from`.
    fn stage<'s>(&'s self, method: &Tableau, from: &'s State, stage: usize) -> &'s State {
        if stage + 1 == method.c.len() {
            &self.trial
        } else if stage == 0 && method.explicit_first {
            from
        } else {
            &self.stages[stage]
        }
    }

    /// What the earlier stages leave: y_n + h Σ a_ij k_j.
    fn gather(&mut self, method: &Tableau, from: &State, stage: usize, step_s: f64) {
        let mut density = Terms::new((1.0, &from.density));
        let mut flow = Terms::new((1.0, &from.flow));
        for (j, &a) in method.a[stage].iter().enumerate() {
            if a != 0.0 {
                let state = if j == 0 && method.explicit_first {
                    from
                } else {
                    &self.stages[j]
                };
                density.push((step_s * a, &state.density_rate));
                flow.push((step_s * a, &state.flow_rate));
            }
        }
        combine(&mut self.density_hat, density.all());
        combine(&mut self.flow_hat, flow.all());
    }

    /// First guess of a stage: the polynomial through the old state and the stages so far; for the
    /// first one the parabola through the step before, where `ratio` says how much longer this one is.
    fn predict(&mut self, method: &Tableau, stage: usize, from: &State, ratio: Option<f64>) {
        let first = stage == usize::from(method.explicit_first);
        if !first {
            let mut nodes = [(0.0, from); STAGES_MAX];
            let mut count = 1;
            for &i in method.dense.iter().filter(|i| **i < stage) {
                nodes[count] = (method.c[i], &self.stages[i]);
                count += 1;
            }
            lagrange(
                &nodes[..count],
                method.c[stage],
                State::UNKNOWNS,
                &mut self.trial,
            );
        } else if let Some(ratio) = ratio {
            let middle = method.middle;
            let (old, inner) = (&self.trial, &self.stages[middle]);
            let nodes = [(0.0, old), (method.c[middle], inner), (1.0, from)];
            let place = 1.0 + ratio * method.c[stage];
            lagrange(&nodes, place, State::UNKNOWNS, &mut self.guess);
            std::mem::swap(&mut self.guess, &mut self.trial);
        } else {
            self.trial.take_unknowns(from);
            return;
        }
        if !is_near(&self.trial, from) {
            self.trial.take_unknowns(from);
        }
    }

    /// Sets rates from flows and densities from rates.
    fn finish_stage(&mut self, model: &Model, controls: &Controls, at: StageAt) {
        let StageAt {
            time_s,
            rate,
            place,
        } = at;
        let contents = self.newton.contents.as_ref();
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
        // Where no pipe ends nothing is stored: what Newton's method leaves there is fuel.
        for (link, fuel) in controls.links.iter().zip(&mut state.fuel) {
            let node = link.nodes[link.fuel_end];
            if *fuel > 0.0 && self.node_volume[node] == 0.0 {
                *fuel += std::mem::take(&mut self.node_balance[node]);
            }
        }
        let per_rate = 1.0 / rate;
        for pipe in &model.pipes {
            let (faces, n) = (pipe.faces(), pipe.cells());
            let flow = &state.flow[pipe.segments()];
            let hat = &self.density_hat[faces.clone()];
            let (density, k) = (
                &mut state.density[faces.clone()],
                &mut state.density_rate[faces],
            );
            let per_volume = 1.0 / pipe.volume(1);
            let inner = density[1..n].iter_mut().zip(&mut k[1..n]).zip(&hat[1..n]);
            for (((d, k), hat), flow) in inner.zip(flow.windows(2)) {
                *k = (flow[0] - flow[1]) * per_volume;
                *d = hat + *k * per_rate;
            }
            for (end, net) in [-flow[0], flow[n - 1]].into_iter().enumerate() {
                let (node, face) = (pipe.nodes[end], end * n);
                let pressure = state.node_pressure[node];
                let density = match contents {
                    Some(c) => c.face_density(pipe.first_face + face, place, pressure),
                    None => model.face_density(pipe, pressure),
                };
                k[face] = rate * (density - hat[face]);
                self.node_balance[node] += net - k[face] * pipe.volume(face);
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

    fn integrate(&mut self, model: &Model, method: &Tableau, from: &State, step_s: f64) {
        let mut mass = std::mem::take(&mut self.mass);
        mass.clear();
        for stage in 0..method.c.len() {
            let weight = step_s * method.weight(stage);
            let state = self.stage(method, from, stage);
            add_scaled(&mut mass.inflow, weight, &state.inflow);
            add_scaled(&mut mass.fuel, weight, &state.fuel);
            mass.add_seams(model, weight, state);
        }
        self.mass = mass;
    }

    /// Largest local error in units of the tolerance: of pressures, at the end by the embedded
    /// method and in the middle by how far the stage there is from a smooth curve; and of flows, by
    /// the impedance of a sound wave, where stages are solved one by one (what sweeps leave of a flow that
    /// hardly any friction holds would pass for an error).
    fn error(&mut self, model: &Model, method: &Tableau, from: &State, step_s: f64) -> f64 {
        if method.error.is_empty() {
            return 0.0;
        }
        let mut density = std::mem::take(&mut self.density_hat);
        let mut flow = std::mem::take(&mut self.flow_hat);
        let (mut by_density, mut by_flow) = (Terms::empty(), Terms::empty());
        for (stage, &e) in method.error.iter().enumerate().filter(|(_, e)| **e != 0.0) {
            let state = self.stage(method, from, stage);
            by_density.push((step_s * e, &state.density_rate));
            by_flow.push((step_s * e, &state.flow_rate));
        }
        combine(&mut density, by_density.all());
        combine(&mut flow, by_flow.all());
        let middle = self.stage(method, from, method.middle);
        let bend = Bend {
            weights: method.hermite_weights(),
            step_s,
            states: [from, &self.trial, middle],
        };
        let mut worst = 0.0_f64;
        for pipe in &model.pipes {
            let faces = pipe.faces();
            let gas = &model.isotherms[pipe.isotherm];
            let slopes = match &self.newton.contents {
                Some(contents) => Slopes::Known(contents, faces.start),
                None => Slopes::of(gas, &self.trial.pressure[faces.clone()]),
            };
            let at = bend.largest(faces.clone(), &density[faces], slopes);
            worst = worst.max(at);
            if model.settings.terms.inertia && !method.sweeps() {
                let per_flow = pipe.wave_speed / pipe.area;
                let flows = flow[pipe.segments()].iter();
                let largest = flows.fold(0.0_f64, |w, q| if q.abs() > w { q.abs() } else { w });
                worst = worst.max(largest * per_flow);
            }
        }
        (self.density_hat, self.flow_hat) = (density, flow);
        worst / model.settings.pressure_tolerance_pa
    }

    /// The states through which the polynomial of the step just attempted goes, and their places from 0 to 1.
    pub(crate) fn nodes<'s>(
        &'s self,
        method: &'s Tableau,
        from: &'s State,
    ) -> impl Iterator<Item = (f64, &'s State)> + Clone {
        let dense = method.dense.iter();
        let stages = dense.map(move |&i| (method.c[i], self.stage(method, from, i)));
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
        lagrange(nodes, x, State::INTERPOLATED, into);
        into.time_s = time_s;
        match &self.newton.contents {
            Some(contents) => contents.fill(x, into),
            None => into.density_from_pressure(model),
        }
    }
}

/// Room for the stages between the first, which is the old state, and the last, which is the new one.
fn stages(method: &Tableau, state: &State) -> Vec<State> {
    let count = method.c.len();
    let room = |i| {
        if i > 0 && i + 1 < count {
            state.clone()
        } else {
            State::default()
        }
    };
    (0..STAGES_MAX).map(room).collect()
}

/// The polynomial through states at places, at another place, for the first of the interpolated arrays.
fn lagrange(nodes: &[(f64, &State)], x: f64, arrays: usize, into: &mut State) {
    let mut weights = [0.0; STAGES_MAX + 1];
    for (i, &(c, _)) in nodes.iter().enumerate() {
        let others = nodes.iter().enumerate().filter(|&(j, _)| j != i);
        weights[i] = others.map(|(_, &(d, _))| (x - d) / (c - d)).product();
    }
    for array in 0..arrays {
        let mut terms = Terms::empty();
        for (&(_, state), &weight) in nodes.iter().zip(&weights) {
            terms.push((weight, state.interpolated(array)));
        }
        combine(into.interpolated_mut(array), terms.all());
    }
}

/// Terms of a sum.
struct Terms<'a> {
    list: [Term<'a>; TERMS_MAX],
    count: usize,
}

impl<'a> Terms<'a> {
    fn empty() -> Self {
        Self {
            list: [(0.0, &[]); TERMS_MAX],
            count: 0,
        }
    }

    fn new(first: Term<'a>) -> Self {
        let mut terms = Self::empty();
        terms.push(first);
        terms
    }

    fn push(&mut self, term: Term<'a>) {
        self.list[self.count] = term;
        self.count += 1;
    }

    fn all(&self) -> &[Term<'a>] {
        &self.list[..self.count]
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
