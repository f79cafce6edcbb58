//! The energy balance: temperatures of gas in pipes and at nodes.
//!
//! Unknowns: the specific total enthalpy H = h + g z + v²/2 of every volume of the mesh (those of the
//! mass balance), and of every node. With M the mass in a volume, V the volume, q what passes its two
//! borders and a (T - b) the heat that it loses to the ground,
//!
//! $$ d(M H - V p)/dt = Σ_{in} q H_{in} - Σ_{out} q H_{out} - a (T - b) $$
//!
//! which has friction, Joule-Thomson effect, compression and lift inside. H at a border is that of the
//! volume upstream, continued by its slope (second order), limited where the slope changes its sign. Every
//! volume depends on what lies upstream of it only: one pass in the direction of flow solves a pipe, one
//! pass over the elements in the order in which gas passes them solves the network (`order`).
//! Nodes have no volume: what flows out of one has the mean enthalpy of what flows in.
//!
//! In time, the two stages of the L-stable method of order 2 (SDIRK2, Alexander 1977), on masses, pressures
//! and flows that the hydraulics have found for the step: flows constant, masses and pressures linear over
//! it, which agrees with the mass balance to round-off. So does the balance of energy.

mod ground;
mod link;
mod order;
mod passage;
mod sweep;

pub(crate) use ground::{Source, Surroundings};
pub(crate) use order::{Item, Order};
pub(crate) use passage::Passage;

use crate::contents::Contents;
use crate::model::Model;
use crate::pipe::GRAVITY;
use crate::state::{Controls, State};
use linepack_results::{HeatBalance, Snapshot};
use std::f64::consts::FRAC_1_SQRT_2;

/// γ of SDIRK2.
const GAMMA: f64 = 1.0 - FRAC_1_SQRT_2;
/// Volumes that gas may pass in one step of the energy balance; longer steps are divided.
const COURANT: f64 = 4.0;
const SUBSTEPS_MAX: f64 = 64.0;
/// Flow through a node below which its temperature hardly matters, kg/s.
const SMALL_FLOW: f64 = 1.0;

/// Energy that passed, J.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HeatTotals {
    /// Enthalpy that came in at supplies and went out at off-takes and leaks.
    pub inflow: f64,
    pub outflow: f64,
    pub fuel: f64,
    /// Work of compressors, and what heaters add and coolers take.
    pub work: f64,
    pub heaters: f64,
    /// Heat lost to the ground.
    pub ground: f64,
    /// Lift in elements without length whose ends differ in elevation.
    pub lift: f64,
}

impl HeatTotals {
    fn add(&mut self, weight: f64, rates: &Self) {
        self.inflow += weight * rates.inflow;
        self.outflow += weight * rates.outflow;
        self.fuel += weight * rates.fuel;
        self.work += weight * rates.work;
        self.heaters += weight * rates.heaters;
        self.ground += weight * rates.ground;
        self.lift += weight * rates.lift;
    }
}

/// Energy in pipes and enthalpies, at the begin and end of the step at hand.
#[derive(Debug, Clone)]
pub(crate) struct Heat {
    /// M H - V p of each volume, J, at the begin and end.
    content: [Vec<f64>; 2],
    /// Total enthalpy of each volume, J/kg; those of volumes and nodes at the begin of the step.
    enthalpy: Vec<f64>,
    began: [Vec<f64>; 2],
    pub(crate) node_enthalpy: Vec<f64>,
    temperature: Vec<f64>,
    node_temperature: Vec<f64>,
    /// Temperature at the first stage of the last part of the step, K; rate at its end, K/s.
    first_stage: Vec<f64>,
    rate: Vec<f64>,
    /// Heat lost by each pipe and added by each link, W, at the end of the step.
    pub pipe_loss: Vec<f64>,
    pub link_heat: Vec<f64>,
    /// Temperature behind each link, K.
    pub link_temperature: Vec<f64>,
    hat: Vec<f64>,
    limiter: Vec<f64>,
    loss: [Vec<f64>; 2],
    gain: Vec<f64>,
    mass: Vec<f64>,
    totals: HeatTotals,
    /// Energy in all volumes at the begin of the run, J.
    stored_at_start: f64,
    trial: HeatTotals,
    /// What passes in the steady state, W.
    steady_rates: HeatTotals,
    /// Work of stations on their gas at the end of the step, J/kg.
    work: Vec<f64>,
    surroundings: Surroundings,
}

/// A time between begin and end of a step at which the balance is solved.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    model: &'a Model,
    controls: &'a Controls,
    contents: &'a Contents,
    passage: &'a Passage,
    order: &'a Order,
    /// States at begin and end.
    states: [&'a State; 2],
    /// From 0 to 1.
    place: f64,
    time_s: f64,
    /// 1/(γ h); 0 in the steady state.
    rate: f64,
}

impl At<'_> {
    fn between(&self, of: impl Fn(&State) -> f64) -> f64 {
        let [old, new] = self.states;
        if self.place == 1.0 {
            return of(new);
        }
        let (a, b) = (of(old), of(new));
        a + self.place * (b - a)
    }

    fn node_pressure(&self, node: usize) -> f64 {
        self.between(|s| s.node_pressure[node])
    }

    fn lift(&self, node: usize) -> f64 {
        lift(self.model, self.model.nodes[node].elevation)
    }
}

/// g z, J/kg.
fn lift(model: &Model, elevation_m: f64) -> f64 {
    if model.settings.terms.gravity {
        GRAVITY * elevation_m
    } else {
        0.0
    }
}

impl Heat {
    pub(crate) fn new(model: &Model, surroundings: Surroundings, contents: &Contents) -> Self {
        let (faces, nodes) = (model.faces, model.nodes.len());
        Self {
            content: [vec![0.0; faces], vec![0.0; faces]],
            enthalpy: vec![f64::NAN; faces],
            began: [vec![f64::NAN; faces], vec![f64::NAN; nodes]],
            node_enthalpy: vec![f64::NAN; nodes],
            temperature: contents.new.temperature.clone(),
            node_temperature: contents.new.node_temperature.clone(),
            first_stage: vec![0.0; faces],
            rate: vec![0.0; faces],
            pipe_loss: vec![0.0; model.pipes.len()],
            link_heat: vec![0.0; model.links.len()],
            link_temperature: vec![f64::NAN; model.links.len()],
            hat: vec![0.0; faces],
            limiter: vec![1.0; faces],
            loss: [vec![0.0; faces], vec![0.0; faces]],
            gain: vec![0.0; nodes],
            mass: vec![0.0; nodes],
            totals: HeatTotals::default(),
            stored_at_start: 0.0,
            trial: HeatTotals::default(),
            steady_rates: HeatTotals::default(),
            work: vec![0.0; model.links.len()],
            surroundings,
        }
    }

    /// Temperatures of the steady state of pressures and flows, into `contents.new`; returns the largest
    /// change, K.
    pub(crate) fn steady(
        &mut self,
        model: &Model,
        controls: &Controls,
        contents: &mut Contents,
        (passage, order): (&Passage, &Order),
        state: &State,
    ) -> f64 {
        let at = At {
            model,
            controls,
            contents,
            passage,
            order,
            states: [state; 2],
            place: 1.0,
            time_s: state.time_s,
            rate: 0.0,
        };
        self.begin(&at);
        self.limit(model, passage);
        self.losses(&at);
        self.steady_rates = self.pass(&at);
        self.surroundings.follow(model, &self.temperature);
        self.surroundings.accept();
        self.keep();
        let change = self.difference(contents, state);
        self.give(contents, state);
        change
    }

    /// Sets what the volumes hold from their temperatures.
    pub(crate) fn fill(&mut self, model: &Model, contents: &Contents, state: &State) {
        for pipe in &model.pipes {
            for (k, face) in pipe.faces().enumerate() {
                let (p, t) = (state.pressure[face], contents.new.temperature[face]);
                let point = contents.gases.heat(&contents.volumes[1][face], p, t);
                let e = lift(model, pipe.elevation[k]) + kinetic(model, pipe, state, k);
                self.enthalpy[face] = point.enthalpy + e;
                let mass = pipe.volume(k) * state.density[face];
                self.content[0][face] = mass * self.enthalpy[face] - pipe.volume(k) * p;
            }
        }
        for node in 0..model.nodes.len() {
            let (p, t) = (
                state.node_pressure[node],
                contents.new.node_temperature[node],
            );
            let point = contents.gases.heat(&contents.new.node_mixture[node], p, t);
            self.node_enthalpy[node] = point.enthalpy + lift(model, model.nodes[node].elevation);
        }
        self.keep();
    }

    /// Temperatures at the end of a step; returns the largest difference from those that the hydraulics were
    /// found with, K.
    pub(crate) fn step(
        &mut self,
        model: &Model,
        controls: &Controls,
        contents: &Contents,
        (passage, order): (&Passage, &Order),
        states: [&State; 2],
    ) -> f64 {
        let count = self.substeps(model, passage, states[1]);
        let share = 1.0 / count;
        let step_s = passage.step_s * share;
        let mut at = At {
            model,
            controls,
            contents,
            passage,
            order,
            states,
            place: 1.0,
            time_s: states[1].time_s,
            rate: 1.0 / (GAMMA * step_s),
        };
        self.begin(&at);
        self.trial = HeatTotals::default();
        let [begin, end] = &mut self.content;
        end.copy_from_slice(begin);
        for substep in 0..count as usize {
            let start = substep as f64 * share;
            self.limit(model, passage);
            self.hat.copy_from_slice(&self.content[1]);
            self.surroundings.begin_part();
            for (stage, c) in [GAMMA, 1.0].into_iter().enumerate() {
                at.place = if substep + 1 == count as usize && stage == 1 {
                    1.0
                } else {
                    start + c * share
                };
                at.time_s = states[0].time_s + at.place * passage.step_s;
                self.losses(&at);
                let rates = self.pass(&at);
                self.surroundings.follow(model, &self.temperature);
                let weight = [1.0 - GAMMA, GAMMA][stage] * step_s;
                self.trial.add(weight, &rates);
                if stage == 0 {
                    self.first_stage.copy_from_slice(&self.temperature);
                    self.carry();
                }
            }
        }
        self.find_rates((1.0 - GAMMA) * step_s, contents, states, passage.step_s);
        self.difference(contents, states[1])
    }

    /// What the second stage starts from: y + (1 - γ) h k = y + (1 - γ)/γ (y₁ - y).
    fn carry(&mut self) {
        let ratio = (1.0 - GAMMA) / GAMMA;
        for (hat, first) in self.hat.iter_mut().zip(&self.content[1]) {
            *hat += ratio * (first - *hat);
        }
        self.surroundings.carry(ratio);
    }

    /// The next step begins with the enthalpies of now.
    fn keep(&mut self) {
        self.began[0].copy_from_slice(&self.enthalpy);
        self.began[1].copy_from_slice(&self.node_enthalpy);
    }

    /// The step was accepted.
    pub(crate) fn accept(&mut self) {
        self.content.swap(0, 1);
        self.keep();
        self.totals.add(1.0, &std::mem::take(&mut self.trial));
        self.surroundings.accept();
    }

    /// Brings walls and ground into the steady state of the temperatures of the gas.
    pub(crate) fn settle(
        &mut self,
        model: &Model,
        contents: &Contents,
        passage: &Passage,
        time_s: f64,
    ) {
        let [per_k, constant] = &mut self.loss;
        let flows = &passage.segments;
        self.surroundings
            .losses(model, [time_s, 0.0], flows, [per_k, constant]);
        self.surroundings.follow(model, &contents.new.temperature);
        self.surroundings.accept();
    }

    /// Begins with these temperatures.
    pub(crate) fn begin_with(&mut self, contents: &Contents) {
        self.temperature.copy_from_slice(&contents.new.temperature);
        self.node_temperature
            .copy_from_slice(&contents.new.node_temperature);
    }

    /// Rates of temperatures at the end of the step other than by compression, K/s.
    pub(crate) fn rates(&self) -> &[f64] {
        &self.rate
    }

    /// Temperatures of the rings around a pipe, K.
    pub(crate) fn ground_of(&self, pipe: usize) -> &[f64] {
        self.surroundings.of(pipe)
    }

    /// Takes the temperatures of the rings from a snapshot, where it has as many.
    pub(crate) fn restore_ground(&mut self, model: &Model, from: &Snapshot) {
        for (&pipe, parts) in &model.pipe_parts {
            let known = from.pipes.get(&model.case.network.pipes[pipe].header.id);
            let Some(mut rings) = known.map(|k| k.ground_k.as_slice()) else {
                continue;
            };
            for &part in parts {
                rings = self.surroundings.put(part, rings);
            }
        }
    }

    /// A run begins with what the volumes hold now.
    pub(crate) fn begin_run(&mut self) {
        self.totals = HeatTotals::default();
        self.stored_at_start = self.content[0].iter().sum();
    }

    /// The balance of the run so far; of a steady state alone that of its rates, W.
    pub(crate) fn balance(&self, steps: usize) -> HeatBalance {
        let t = match steps {
            0 => &self.steady_rates,
            _ => &self.totals,
        };
        let stored: f64 = self.content[0].iter().sum();
        let stored_change_j = stored - self.stored_at_start;
        let (work_j, heater_j) = (t.work + t.lift, t.heaters);
        HeatBalance {
            in_j: t.inflow,
            out_j: t.outflow,
            work_j,
            heater_j,
            fuel_j: t.fuel,
            ground_j: t.ground,
            stored_change_j,
            residual_j: t.inflow - t.outflow - t.fuel + work_j + heater_j
                - t.ground
                - stored_change_j,
        }
    }

    fn begin(&mut self, at: &At<'_>) {
        self.temperature
            .copy_from_slice(&at.contents.new.temperature);
        self.node_temperature
            .copy_from_slice(&at.contents.new.node_temperature);
        self.surroundings.begin();
        link::work(at, &mut self.work);
        self.enthalpy.copy_from_slice(&self.began[0]);
        self.node_enthalpy.copy_from_slice(&self.began[1]);
        if self.node_enthalpy.iter().any(|h| h.is_nan()) {
            let (contents, state) = (at.contents, at.states[1]);
            self.fill(at.model, contents, state);
        }
    }

    /// Divisions of a step.
    fn substeps(&self, model: &Model, passage: &Passage, state: &State) -> f64 {
        let mut largest = 0.0_f64;
        for pipe in &model.pipes {
            let volume = pipe.area * pipe.dx;
            let flows = passage.segments[pipe.segments()].iter();
            for (q, density) in flows.zip(&state.density[pipe.faces()]) {
                largest = largest.max(q.abs() / (density * volume));
            }
        }
        (largest * passage.step_s / COURANT)
            .ceil()
            .clamp(1.0, SUBSTEPS_MAX)
    }

    /// Heat losses a (T - b) of all volumes: a, W/K, and a b, W.
    fn losses(&mut self, at: &At<'_>) {
        let [per_k, constant] = &mut self.loss;
        let (flows, when) = (&at.passage.segments, [at.time_s, at.rate]);
        self.surroundings
            .losses(at.model, when, flows, [per_k, constant]);
    }

    /// One pass over the network; returns what goes in and out, W.
    fn pass(&mut self, at: &At<'_>) -> HeatTotals {
        let mut rates = HeatTotals::default();
        let rounds = if at.order.circles { 20 } else { 1 };
        for _ in 0..rounds {
            rates = HeatTotals::default();
            self.gain.fill(0.0);
            self.mass.fill(0.0);
            self.supply(at, &mut rates);
            for item in &at.order.items {
                match *item {
                    Item::Node(node) => self.node(at, node),
                    Item::Pipe(pipe) => rates.ground += self.pipe(at, pipe),
                    Item::Link(link) => self.link(at, link, &mut rates),
                }
            }
        }
        self.take(at, &mut rates);
        rates
    }

    /// What comes in at terminals.
    fn supply(&mut self, at: &At<'_>, rates: &mut HeatTotals) {
        for (i, terminal) in at.controls.terminals.iter().enumerate() {
            let q = at.passage.inflow[i];
            if q <= 0.0 {
                continue;
            }
            let t = terminal.temperature.at(at.time_s, &at.model.profiles);
            let p = at.node_pressure(terminal.node);
            let gas = &at.contents.supplied[i];
            let h = at.contents.gases.heat(gas, p, t).enthalpy + at.lift(terminal.node);
            self.gain[terminal.node] += q * h;
            self.mass[terminal.node] += q;
            rates.inflow += q * h;
        }
    }

    /// What goes out at terminals and is burnt.
    fn take(&self, at: &At<'_>, rates: &mut HeatTotals) {
        for (terminal, &q) in at.controls.terminals.iter().zip(&at.passage.inflow) {
            if q < 0.0 {
                rates.outflow -= q * self.node_enthalpy[terminal.node];
            }
        }
        for (link, &q) in at.controls.links.iter().zip(&at.passage.fuel) {
            rates.fuel += q * self.node_enthalpy[link.nodes[link.fuel_end]];
        }
    }

    /// Mixes what flows into a node.
    fn node(&mut self, at: &At<'_>, node: usize) {
        if self.mass[node] > 0.0 {
            self.node_enthalpy[node] = self.gain[node] / self.mass[node];
        }
        let h = self.node_enthalpy[node] - at.lift(node);
        let gas = &at.contents.new.node_mixture[node];
        let p = at.node_pressure(node);
        let t = &mut self.node_temperature[node];
        *t = temperature(at.contents, gas, p, h, *t);
    }

    /// Rates of temperatures at the end of the step, other than by compression.
    fn find_rates(&mut self, over_s: f64, contents: &Contents, states: [&State; 2], step_s: f64) {
        let [old, new] = states.map(|s| &s.pressure);
        for face in 0..self.rate.len() {
            let whole = (self.temperature[face] - self.first_stage[face]) / over_s;
            let compression = contents.kelvin_per_pa[face] * (new[face] - old[face]) / step_s;
            self.rate[face] = whole - compression;
        }
    }

    /// The largest difference of the temperatures found from those that the hydraulics were found with, K. A
    /// node counts by what flows through it: without flow it has no temperature of its own.
    fn difference(&self, contents: &Contents, state: &State) -> f64 {
        let faces = self.temperature.iter().zip(&state.pressure).enumerate();
        let of_face =
            |(face, (t, p)): (usize, (&f64, &f64))| (contents.temperature(face, 1.0, *p) - t).abs();
        let used = contents.new.node_temperature.iter();
        let nodes = used.zip(&self.node_temperature).zip(&self.mass);
        let of_node =
            |((a, b), flow): ((&f64, &f64), &f64)| (a - b).abs() * flow / (flow + SMALL_FLOW);
        faces
            .map(of_face)
            .chain(nodes.map(of_node))
            .fold(0.0, f64::max)
    }

    /// Puts the temperatures found into `contents.new`.
    pub(crate) fn give(&self, contents: &mut Contents, state: &State) {
        let new = &mut contents.new;
        new.temperature.copy_from_slice(&self.temperature);
        new.node_temperature.copy_from_slice(&self.node_temperature);
        new.pressure.copy_from_slice(&state.pressure);
        new.rate.copy_from_slice(&self.rate);
    }
}

/// v²/2 at a face, J/kg.
fn kinetic(model: &Model, pipe: &crate::pipe::PipeMesh, state: &State, k: usize) -> f64 {
    if !model.settings.terms.kinetic {
        return 0.0;
    }
    let flow = &state.flow[pipe.segments()];
    let q = 0.5 * (flow[k.saturating_sub(1)] + flow[k.min(flow.len() - 1)]);
    let v = q / (pipe.area * state.density[pipe.first_face + k]);
    0.5 * v * v
}

/// The temperature of an enthalpy, by Newton's method from one that is near.
fn temperature(
    contents: &Contents,
    gas: &crate::contents::Mixture,
    p: f64,
    h: f64,
    near: f64,
) -> f64 {
    let mut t = near;
    for _ in 0..8 {
        let point = contents.gases.heat(gas, p, t);
        let change = (h - point.enthalpy) / point.heat_capacity;
        t += change;
        if change.abs() < 1e-9 {
            break;
        }
    }
    t
}
