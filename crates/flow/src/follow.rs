//! Temperatures and mixtures that follow from pressures and flows.

use crate::contents::{Contents, Fill, Shared};
use crate::heat::{Heat, Order, Passage};
use crate::model::{Inside, Model};
use crate::newton::Newton;
use crate::quality::{Quality, balances};
use crate::state::{Controls, State};
use crate::stepper::{Span, StepMass};
use crate::terminal::TerminalKind;
use linepack_results::QualityResult;
use std::sync::Arc;

/// Most turns between hydraulics and temperatures on the way to a steady state, and the change of
/// temperature, K, with which it is found.
const TURNS_MAX: usize = 60;
const STEADY_K: f64 = 1e-9;

/// What is let be between hydraulics and what follows from it, in units of the tolerances.
const FOLLOWED: f64 = 0.1;

/// What is let be of a mixture's molar mass, -.
const FOLLOWED_MIXTURE: f64 = 1e-6;

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
    passage: Passage,
    order: Order,
    last: Option<Rates>,
    tolerance_k: f64,
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
            contents,
            passage: Passage::new(model),
            order: Order::new(model),
            last: None,
            tolerance_k: model.settings.heat.tolerance_k,
        }
    }

    /// Forgets the run before.
    pub(crate) fn begin_anew(&mut self) {
        self.forget();
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
        contents.fill(1.0, state);
        if let Some(heat) = &mut self.heat {
            heat.fill(model, contents, state);
            heat.begin_run();
        }
        if let Some(quality) = &mut self.quality {
            quality.fill(model, contents, state);
            let [old, new] = &mut contents.volumes;
            old.clone_from(&contents.new.mixture);
            new.clone_from(&contents.new.mixture);
            quality.tracker.begin_run(&contents.new.node_mixture);
            self.held = quality.stored(contents.gases.shares());
        }
        Ok(())
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

    /// Puts what passes nodes at the time of a state within the step at hand into it.
    pub(crate) fn tell_nodes(&self, state: &mut State) {
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

    /// What became of the gases.
    pub(crate) fn quality(&self) -> Option<QualityResult> {
        let quality = self.quality.as_ref()?;
        let passed = &quality.passed;
        let now = quality.stored(self.inside.gases.shares());
        let masses = [&passed.inflow, &passed.outflow, &self.held, &now];
        Some(QualityResult {
            components: balances(&self.inside, masses.map(|m| m.as_slice())),
            arrivals: quality.tracker.arrivals.clone(),
            ..QualityResult::default()
        })
    }

    /// A first guess of what is in the pipes at the end of a step.
    pub(crate) fn foresee(&self, contents: &mut Contents, step_s: f64) {
        contents.new.clone_from(&contents.old);
        contents.step_s = 0.0;
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
            quality.mixtures(model, contents, &self.passage, states[1], FOLLOWED_MIXTURE)
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
        if let Some((faces, nodes)) = mixtures {
            (contents.new.mixture, contents.new.node_mixture) = (faces, nodes);
        }
        followed
    }

    /// The step was accepted.
    pub(crate) fn accept(&mut self, contents: &mut Contents, step_s: f64) {
        let (old, new) = (&contents.old, &contents.new);
        let last = self.last.get_or_insert_with(|| Rates::new(old));
        let rate = |into: &mut [f64], new: &[f64], old: &[f64]| {
            let pairs = new.iter().zip(old);
            into.iter_mut()
                .zip(pairs)
                .for_each(|(r, (a, b))| *r = (a - b) / step_s);
        };
        rate(
            &mut last.temperature_rate,
            &new.temperature,
            &old.temperature,
        );
        rate(
            &mut last.node_rate,
            &new.node_temperature,
            &old.node_temperature,
        );
        rate(&mut last.pressure_rate, &new.pressure, &old.pressure);
        if let Some(heat) = &mut self.heat {
            heat.accept();
        }
        if let Some(quality) = &mut self.quality {
            quality.accept();
        }
        contents.accept();
        let [old, new] = &mut contents.volumes;
        old.clone_from(new);
        contents.follow_pressure(self.heat.is_some());
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
