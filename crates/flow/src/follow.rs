//! Temperatures and mixtures that follow from pressures and flows.

use crate::contents::{Contents, Fill, Shared};
use crate::heat::{Heat, Order, Passage};
use crate::model::{Inside, Model};
use crate::newton::Newton;
use crate::pipe::PipeMesh;
use crate::quality::{LimitWatch, Quality, Row, balances, phase_margins};
use crate::snapshot::interpolate;
use crate::state::{Controls, State};
use crate::stepper::{SHORT_STEP_S, Span, StepMass};
use crate::terminal::TerminalKind;
use linepack_results::{PipeState, QualityResult, Snapshot};
use std::sync::Arc;

/// Most turns between hydraulics and temperatures on the way to a steady state, and the change of
/// temperature, K, with which it is found.
const TURNS_MAX: usize = 60;
const STEADY_K: f64 = 1e-9;

/// What is let be between hydraulics and what follows from it, in units of the tolerances.
const FOLLOWED: f64 = 0.2;

/// What is let be of the density that a mixture has, -.
const FOLLOWED_MIXTURE: f64 = 1e-5;

/// Rates in the step before: of temperatures at faces and nodes, K/s, and of pressures at faces, Pa/s.
#[derive(Debug, Clone)]
struct Rates {
    temperature_rate: Vec<f64>,
    node_rate: Vec<f64>,
    pressure_rate: Vec<f64>,
}

impl Rates {
    fn new(fill: &Fill) -> Self {
        Self {
            temperature_rate: vec![0.0; fill.temperature.len()],
            node_rate: vec![0.0; fill.node_temperature.len()],
            pressure_rate: vec![0.0; fill.pressure.len()],
        }
    }
}

/// What follows from the hydraulics, and what it needs.
pub(crate) struct Follower {
    contents: Contents,
    inside: Arc<Inside>,
    pub heat: Option<Heat>,
    pub quality: Option<Quality>,
    /// Mass of each share at the begin of the run, kg.
    held: Vec<f64>,
    limits: LimitWatch,
    passage: Passage,
    order: Order,
    last: Option<Rates>,
    guess: State,
    tolerance_k: f64,
    /// Time that the run has reached, s.
    time_s: f64,
}

impl Follower {
    pub(crate) fn new(model: &Model, inside: &Arc<Inside>) -> Self {
        let contents = contents(model, inside);
        Self {
            heat: inside
                .surroundings
                .as_ref()
                .map(|s| Heat::new(model, s.clone(), &contents)),
            quality: inside
                .tracked
                .then(|| Quality::new(model, inside, &contents)),
            inside: Arc::clone(inside),
            held: Vec::new(),
            limits: LimitWatch::new(model),
            contents,
            passage: Passage::new(model),
            order: Order::new(model),
            last: None,
            guess: State::default(),
            tolerance_k: model.settings.heat.tolerance_k,
            time_s: 0.0,
        }
    }

    /// Forgets the run before: what it left must not be seen in the next one.
    fn begin_anew(&mut self, model: &Model) {
        if let Some(inside) = &model.inside {
            *self = Self::new(model, inside);
        }
    }

    /// Forgets the step before.
    pub(crate) fn forget(&mut self) {
        self.last = None;
    }

    /// Begins a run: with the steady state whose hydraulics at the temperature of the ground are in
    /// `state`, or with gas of that temperature everywhere.
    pub(crate) fn fill(
        &mut self,
        model: &Model,
        controls: &mut Controls,
        newton: &mut Newton,
        state: &mut State,
        steady: bool,
    ) -> Result<(), String> {
        self.begin_anew(model);
        let mut contents = self.contents.clone();
        contents.new.pressure.copy_from_slice(&state.pressure);
        contents.accept();
        newton.contents = Some(contents);
        if steady {
            self.steady(model, controls, newton, state)?;
        }
        let Some(contents) = &mut newton.contents else {
            return Ok(());
        };
        contents.new.pressure.copy_from_slice(&state.pressure);
        contents.accept();
        contents.volumes = [contents.new.mixture.clone(), contents.new.mixture.clone()];
        contents.fill(1.0, state);
        if let Some(heat) = &mut self.heat {
            heat.fill(model, contents, state);
            if !steady {
                heat.settle(model, contents, &self.passage, state.time_s);
            }
            heat.begin_run();
        }
        if let Some(quality) = &mut self.quality {
            quality.fill(model, contents, state);
        }
        self.begin_quality(contents, state.time_s);
        Ok(())
    }

    /// Begins a run with what a snapshot holds; what it does not say of the gas is as at rest.
    pub(crate) fn restore(
        &mut self,
        model: &Model,
        newton: &mut Newton,
        state: &mut State,
        from: &Snapshot,
    ) {
        self.begin_anew(model);
        let mut contents = self.contents.clone();
        self.take_from(model, from, &mut contents);
        contents.volumes = [contents.new.mixture.clone(), contents.new.mixture.clone()];
        if let Some(quality) = &mut self.quality {
            quality.fill(model, &contents, state);
            quality.restore(model, &self.inside, from);
            quality.spread(model, &mut contents, state);
        }
        self.begin_quality(&contents, state.time_s);
        contents.new.pressure.copy_from_slice(&state.pressure);
        contents.accept();
        contents.look_at_nodes(1.0, state);
        if let Some(heat) = &mut self.heat {
            heat.begin_with(&contents);
            heat.fill(model, &contents, state);
            heat.settle(model, &contents, &self.passage, state.time_s);
            heat.restore_ground(model, from);
            heat.begin_run();
        }
        newton.contents = Some(contents);
    }

    /// Temperatures and mixtures of a snapshot, interpolated along pipes.
    fn take_from(&self, model: &Model, from: &Snapshot, contents: &mut Contents) {
        for (node, t) in model.nodes.iter().zip(&mut contents.new.node_temperature) {
            let known = from.nodes.get(&node.id).and_then(|n| n.temperature_k);
            *t = known.filter(|_| self.heat.is_some()).unwrap_or(*t);
        }
        let mut gases: Vec<Shared> = Vec::new();
        for (&pipe, parts) in &model.pipe_parts {
            let pipe = &model.case.network.pipes[pipe];
            let Some(known) = from.pipes.get(&pipe.header.id) else {
                continue;
            };
            let parcels = self.inside.parcels(&known.parcels, &mut gases);
            let row = (!parcels.is_empty()).then(|| Row::new(parcels.iter()));
            for mesh in parts.iter().map(|&part| &model.pipes[part]) {
                for (k, face) in mesh.faces().enumerate() {
                    let x = mesh.offset_m + k as f64 * mesh.dx;
                    if self.heat.is_some() && !known.temperature_k.is_empty() {
                        let t = &known.temperature_k;
                        contents.new.temperature[face] = interpolate(&known.distance_m, t, x);
                    }
                    if let Some(row) = &row {
                        let share = |x: f64| row.mass() * (x / pipe.length_m).clamp(0.0, 1.0);
                        let half = 0.5 * mesh.dx;
                        let gas = row.mean(&contents.gases, share(x - half), share(x + half));
                        contents.new.mixture[face] = gas;
                    }
                }
                for (node, face) in mesh.nodes.into_iter().zip(mesh.end_faces()) {
                    contents.new.node_mixture[node] = Arc::clone(&contents.new.mixture[face]);
                }
            }
        }
    }

    /// Arrivals, limits and balances of components begin with what is there now.
    fn begin_quality(&mut self, contents: &Contents, time_s: f64) {
        let Some(quality) = &mut self.quality else {
            return;
        };
        let nodes = &contents.new.node_mixture;
        quality.tracker.begin_run(nodes);
        self.time_s = time_s;
        self.limits.look(&self.inside, nodes, 0.0, time_s);
        self.held = quality.stored(contents.gases.shares());
    }

    /// Notes what a pipe holds.
    pub(crate) fn keep_pipe(
        &self,
        index: usize,
        mesh: &PipeMesh,
        state: &State,
        into: &mut PipeState,
    ) {
        if let Some(heat) = &self.heat {
            into.temperature_k
                .extend_from_slice(state.temperature.get(mesh.faces()).unwrap_or(&[]));
            into.ground_k.extend_from_slice(heat.ground_of(index));
        }
        if let Some(quality) = &self.quality {
            into.parcels.extend(quality.parcels_of(index));
        }
    }

    fn steady(
        &mut self,
        model: &Model,
        controls: &Controls,
        newton: &mut Newton,
        state: &mut State,
    ) -> Result<(), String> {
        for _ in 0..TURNS_MAX {
            let Some(mut contents) = newton.contents.take() else {
                return Ok(());
            };
            self.passage.be_steady(model, state);
            self.order.find(model, &self.passage);
            let follow = (&self.passage, &self.order);
            let moved = match &mut self.quality {
                Some(quality) => {
                    quality.steady(model, &self.inside, controls, &mut contents, follow)
                }
                None => false,
            };
            contents.fill(1.0, state);
            let change = match &mut self.heat {
                Some(heat) => heat.steady(model, controls, &mut contents, follow, state),
                None => 0.0,
            };
            contents.accept();
            contents.look_at_viscosity();
            newton.contents = Some(contents);
            let report = crate::steady::again(model, controls, newton, state);
            if !report.converged {
                return Err("no steady state was found with the temperatures of the gas".into());
            }
            if change < STEADY_K && !moved {
                return Ok(());
            }
        }
        Err("temperatures and pressures of the steady state do not settle".into())
    }

    /// Puts what passes nodes at the time of a state within the step at hand into it, and the heat that
    /// passes at the end of the step.
    pub(crate) fn tell(&self, state: &mut State) {
        if let Some(heat) = &self.heat {
            state.pipe_loss.clone_from(&heat.pipe_loss);
            state.link_heat.clone_from(&heat.link_heat);
            state.link_temperature.clone_from(&heat.link_temperature);
        }
        let Some(now) = self
            .quality
            .as_ref()
            .and_then(|q| q.tracker.at(state.time_s))
        else {
            return;
        };
        for (into, gas) in state.node_mixture.iter_mut().zip(now) {
            if let Some(gas) = gas {
                *into = Arc::clone(gas);
            }
        }
    }

    /// What became of the gases, and how far they are from condensing at the end.
    pub(crate) fn quality(
        &self,
        model: &Model,
        contents: Option<&Contents>,
        state: &State,
    ) -> Option<QualityResult> {
        let phase_margins = contents.map_or_else(Vec::new, |c| {
            phase_margins(model, &self.inside, state, &c.new.mixture)
        });
        let Some(quality) = &self.quality else {
            return (!phase_margins.is_empty()).then(|| QualityResult {
                phase_margins,
                ..QualityResult::default()
            });
        };
        let passed = &quality.passed;
        let now = quality.stored(self.inside.gases.shares());
        let masses = [&passed.inflow, &passed.outflow, &self.held, &now];
        Some(QualityResult {
            components: balances(&self.inside, masses.map(|m| m.as_slice())),
            arrivals: quality.tracker.arrivals.clone(),
            off_spec: self.limits.off_spec(),
            phase_margins,
        })
    }

    /// A first guess of what is in the pipes at the end of a step.
    pub(crate) fn foresee(
        &mut self,
        model: &Model,
        controls: &Controls,
        contents: &mut Contents,
        from: &State,
        step_s: f64,
    ) {
        contents.new.clone_from(&contents.old);
        contents.middle.clone_from(&contents.old.mixture);
        contents.step_s = 0.0;
        self.foresee_mixtures(model, controls, contents, from, step_s);
        let Some(last) = &self.last else {
            return;
        };
        contents.step_s = step_s;
        let add = |into: &mut [f64], rates: &[f64]| {
            into.iter_mut()
                .zip(rates)
                .for_each(|(t, r)| *t += step_s * r);
        };
        add(&mut contents.new.temperature, &last.temperature_rate);
        add(&mut contents.new.node_temperature, &last.node_rate);
        add(&mut contents.new.pressure, &last.pressure_rate);
    }

    /// Mixtures move on with the flows of the step before.
    fn foresee_mixtures(
        &mut self,
        model: &Model,
        controls: &Controls,
        contents: &mut Contents,
        from: &State,
        step_s: f64,
    ) {
        let Some(quality) = self.quality.as_mut().filter(|q| !q.is_uniform()) else {
            return;
        };
        if self.passage.step_s == 0.0 {
            return;
        }
        self.passage.step_s = step_s;
        self.guess.clone_from(from);
        self.passage.add_to(model, &mut self.guess.density);
        if self.guess.density.iter().any(|d| *d <= 0.0) {
            return;
        }
        self.guess.time_s = from.time_s + step_s;
        let states = [from, &self.guess];
        let follow = (&self.passage, &self.order);
        quality.step(model, &self.inside, controls, contents, follow, states);
        let found = quality.mixtures(model, contents, &self.passage, states, 0.0);
        if let Some(found) = found {
            contents.take(found);
        }
    }

    /// What is in the pipes at the end of a step; returns whether it is what the hydraulics were
    /// found with.
    pub(crate) fn follow(
        &mut self,
        model: &Model,
        controls: &Controls,
        contents: &mut Contents,
        states: [&State; 2],
        mass: &StepMass,
        span: Span,
    ) -> bool {
        self.passage.be_of_step(model, states, mass, span.step_s);
        self.order.find(model, &self.passage);
        let follow = (&self.passage, &self.order);
        let mixtures = self.quality.as_mut().and_then(|quality| {
            quality.step(model, &self.inside, controls, contents, follow, states);
            quality.mixtures(model, contents, &self.passage, states, FOLLOWED_MIXTURE)
        });
        let change = match &mut self.heat {
            Some(heat) => heat.step(model, controls, contents, follow, states) / self.tolerance_k,
            None => 0.0,
        };
        let followed = change <= FOLLOWED && mixtures.is_none();
        match &self.heat {
            _ if followed => contents.keep(states[1]),
            Some(heat) => heat.give(contents, states[1]),
            None => {}
        }
        if let Some(found) = mixtures {
            contents.take(found);
        }
        followed
    }

    /// The step was accepted.
    pub(crate) fn accept(&mut self, contents: &mut Contents, step_s: f64) {
        self.note_rates(contents, step_s);
        if let Some(heat) = &mut self.heat {
            heat.accept();
            contents.new.rate.copy_from_slice(heat.rates());
        }
        if let Some(quality) = &mut self.quality {
            quality.accept();
            let nodes = &contents.new.node_mixture;
            self.time_s += step_s;
            self.limits.look(&self.inside, nodes, step_s, self.time_s);
        }
        contents.accept();
        let [old, new] = &mut contents.volumes;
        old.clone_from(new);
        contents.follow_pressure(self.heat.is_some());
    }

    /// Rates for the guess at the next step; those of a very short step are of what jumped before it.
    fn note_rates(&mut self, contents: &Contents, step_s: f64) {
        if step_s < SHORT_STEP_S {
            self.last = None;
            return;
        }
        let (old, new) = (&contents.old, &contents.new);
        let last = self.last.get_or_insert_with(|| Rates::new(old));
        for (rates, new, old) in [
            (
                &mut last.temperature_rate,
                &new.temperature,
                &old.temperature,
            ),
            (
                &mut last.node_rate,
                &new.node_temperature,
                &old.node_temperature,
            ),
            (&mut last.pressure_rate, &new.pressure, &old.pressure),
        ] {
            for ((rate, new), old) in rates.iter_mut().zip(new).zip(old) {
                *rate = (new - old) / step_s;
            }
        }
    }
}

/// One gas at the temperature of the ground everywhere.
fn contents(model: &Model, inside: &Inside) -> Contents {
    let known = |gas: &&Vec<f64>| !gas.is_empty();
    let first = inside.brought.iter().find(known);
    let first = first.or(inside.profiles.first().and_then(|p| p.1.first()));
    let initial = model.case.network.supplies.len();
    let all: Shared = inside.marked(first.map_or(&[], |v| v.as_slice()), initial, None);
    let supplied = model.terminals.iter().map(|t| match t.kind {
        TerminalKind::Supply => inside.supplied(t, 0),
        _ => Arc::clone(&all),
    });
    let mut temperature = Vec::with_capacity(model.faces);
    for pipe in &model.pipes {
        let kelvin = model.isotherms[pipe.isotherm].temperature_k();
        temperature.extend(pipe.faces().map(|_| kelvin));
    }
    let nodes = model.nodes.iter();
    let node_temperature = nodes.map(|n| model.isotherms[n.isotherm].temperature_k());
    let fill = Fill::uniform(temperature, node_temperature.collect(), &all);
    let supplied = supplied.collect();
    Contents::new(Arc::clone(&inside.gases), fill, supplied)
}
