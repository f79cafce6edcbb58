//! Newton's method on one set of implicit equations: a stage of a time step, or the steady state.
//!
//! Unknowns of the node system: pressures of nodes (bar), flows of links and inflows at terminals
//! (kg/s). Rows: mass balance of nodes (kg/s), laws of links, laws of terminals.
//! Steps of an iteration: assemble pipes and condense them to their ends; fill the node system;
//! factorise and solve; substitute back into the pipes; damp; update.

mod terms;

pub(crate) use terms::{NewtonReport, NewtonSettings, NodeVolume, StageInput, Worst};

use crate::cells::Fields;
use crate::condense::Condenser;
use crate::contents::Contents;
use crate::link::{BAR, FLOW_SCALE, LinkPoint, Mode};
use crate::model::Model;
use crate::node_system::NodeSystem;
use crate::pipe::StepScale;
use crate::slots::{Slots, TerminalSlots};
use crate::state::{Controls, State};
use crate::terminal::{TerminalMode, TerminalRow};
use terms::Largest;

/// Cells above which pipes are assembled by several threads.
const PARALLEL_CELLS: usize = 4000;
/// An iteration damped more than this, so many times in a row, leads nowhere.
const STUCK_DAMPING: f64 = 0.05;
const STUCK_ITERATIONS: usize = 3;
/// Velocity at which friction is taken where flows are not yet known, m/s.
const TYPICAL_VELOCITY: f64 = 5.0;
/// By this factor the width of smoothed branches shrinks in an iteration; below the second, bar, they
/// are sharp.
const SHARPENING: f64 = 0.2;
const SHARP: f64 = 1e-4;
/// Residual, bar, below which equations hold.
const SOLVED_BAR: f64 = 1e-8;
/// Change, as a share of the tolerances, that is not worth an iteration.
const NEGLIGIBLE_CHANGE: f64 = 1e-6;
/// Share of the droop of held pressures that stays in a time step: the flow that a jump of pressure
/// brings in a short one is so large that the whole droop would spoil the convergence.
const DROOP_OF_STEPS: f64 = 1e-3;
/// A foreseen change, as a share of the tolerances, that is not worth an iteration.
const FORESEEN: f64 = 0.2;
/// Pressure may fall by this share in one iteration.
const LARGEST_FALL: f64 = 0.6;

/// Iterations that a steady state and a run take, about.
pub(crate) const OF_STEADY_STATE: usize = 20;
pub(crate) const OF_RUN: usize = 1000;

/// Work arrays, made once for a model.
pub(crate) struct Newton {
    pub system: NodeSystem,
    slots: Slots,
    pipes: Condenser,
    /// Largest changes of pressure, Pa, and of flow, kg/s, in the pipes.
    largest_change: [f64; 2],
    imbalance: Vec<f64>,
    pub link_modes: Vec<Mode>,
    pub terminal_modes: Vec<TerminalMode>,
    terminal_rows: Vec<TerminalRow>,
    pub iterations: usize,
    /// The largest change of an iteration by the square of the change before, of late.
    curvature: Option<f64>,
    /// Width over which branches of laws go over into each other, bar.
    smoothing: f64,
    resistance: f64,
    pool: Option<rayon::ThreadPool>,
    /// Temperatures and mixtures, where they are not the same everywhere and at all times.
    pub contents: Option<Contents>,
}

/// What an iteration did.
struct Step {
    damping: f64,
    /// Largest change of a pressure, Pa.
    pressure: f64,
    /// Largest change of a flow, kg/s.
    flow: f64,
}

/// Whether another iteration would change next to nothing, or no longer less than the last one.
fn is_polished(change: f64, last: f64) -> bool {
    // Quadratic convergence: the next change is smaller by the square of the shrinking.
    change > 0.3 * last || change * (change / last).powi(2) < NEGLIGIBLE_CHANGE
}

impl Newton {
    /// `iterations`: how many are to be expected, about.
    pub(crate) fn new(model: &Model, iterations: usize) -> Result<Self, String> {
        let (system, slots) = Slots::new(model)?;
        Ok(Self {
            system,
            slots,
            pipes: Condenser::new(model, iterations),
            largest_change: [0.0; 2],
            imbalance: vec![0.0; model.nodes.len()],
            link_modes: vec![Mode::default(); model.links.len()],
            terminal_modes: vec![TerminalMode::default(); model.terminals.len()],
            terminal_rows: vec![TerminalRow::default(); model.terminals.len()],
            iterations: 0,
            curvature: None,
            smoothing: 0.0,
            resistance: 0.0,
            pool: thread_pool(model)?,
            contents: None,
        })
    }

    /// Forgets the solves before: as new work arrays of the same model.
    pub(crate) fn begin_anew(&mut self) {
        self.system.begin_anew();
        self.link_modes.fill(Mode::default());
        self.terminal_modes.fill(TerminalMode::default());
        self.iterations = 0;
        self.curvature = None;
    }

    /// Whether a state solves the equations as it is.
    pub(crate) fn judge(
        &mut self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        state: &State,
    ) -> NewtonReport {
        (self.smoothing, self.resistance) = (0.0, 0.0);
        self.assemble_pipes(model, input, None, state);
        let (residual, worst) = self.fill(model, controls, input, 0.0, state);
        NewtonReport {
            converged: residual < SOLVED_BAR,
            residual,
            worst,
            ..NewtonReport::begun()
        }
    }

    /// Solves the equations, starting from and ending in `state`.
    pub(crate) fn solve(
        &mut self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        settings: NewtonSettings,
        state: &mut State,
    ) -> NewtonReport {
        let mut report = NewtonReport::begun();
        let mut last = f64::INFINITY;
        let mut stuck = 0;
        let mut whole_step = false;
        self.smoothing = settings.smoothing;
        self.resistance = settings.resistance;
        let mut settled = false;
        for iteration in 1..=settings.iterations_max {
            if let Some(contents) = &mut self.contents {
                contents.look(input.place, state);
            }
            let chord = (settings.from_rest && iteration == 1).then_some(TYPICAL_VELOCITY);
            self.assemble_pipes(model, input, chord, state);
            (report.residual, report.worst) =
                self.fill(model, controls, input, settings.anchor, state);
            let enough = if settled {
                SOLVED_BAR
            } else {
                settings.residual_enough
            };
            if report.residual < enough && iteration > 1 {
                report.converged = true;
                return report;
            }
            report.iterations = iteration;
            let Some(step) = self.step(model, state, &mut report) else {
                return report;
            };
            let (damping, pressure, flow) = (step.damping, step.pressure, step.flow);
            stuck = (stuck + 1) * usize::from(damping < STUCK_DAMPING);
            if stuck == STUCK_ITERATIONS {
                return report;
            }
            let change = pressure / settings.pressure_tolerance_pa + flow / settings.flow_tolerance;
            report.change = report.change.max(change);
            let small = settings.once
                || pressure <= settings.pressure_tolerance_pa && flow <= settings.flow_tolerance
                || settings.foresee && self.remainder(change, last) < FORESEEN;
            let polished = !settings.polish || is_polished(change, last);
            last = change;
            if settings.residual_enough > 0.0 {
                continue;
            }
            if self.smoothing > 0.0 {
                let step = input.rate > 0.0 && input.node_volume.is_none();
                if !step || pressure < self.smoothing * BAR {
                    self.sharpen(damping);
                }
                continue;
            }
            settled = small
                && polished
                && damping == 1.0
                && !self.modes_would_change(model, controls, input, state);
            if settled && !settings.polish {
                report.converged = true;
                return report;
            }
            whole_step = damping == 1.0;
        }
        // Two branches that are as good as each other may be taken in turns: the equations hold.
        report.converged = settings.polish && whole_step && report.residual < SOLVED_BAR;
        report
    }

    /// Solves the system and applies its changes; none where it is singular, or the residual not finite.
    fn step(
        &mut self,
        model: &Model,
        state: &mut State,
        report: &mut NewtonReport,
    ) -> Option<Step> {
        self.iterations += 1;
        if !report.residual.is_finite() || !self.system.solve() {
            report.singular = report.residual.is_finite();
            return None;
        }
        self.substitute_back(model);
        let damping = self.damping(state);
        report.pressure_share = self.pressure_share(state);
        let (pressure, flow) = self.update(model, state, damping);
        Some(Step {
            damping,
            pressure,
            flow,
        })
    }

    /// What an iteration after a change would change, by quadratic convergence: in units of the
    /// tolerances, as the change and the one before it are. How quadratic, earlier iterations tell.
    fn remainder(&mut self, change: f64, last: f64) -> f64 {
        if last.is_finite() {
            let seen = change / (last * last);
            self.curvature = Some(self.curvature.map_or(seen, |c| seen.max(0.5 * c)));
        }
        self.curvature
            .map_or(f64::INFINITY, |c| c * change * change)
    }

    /// Forgets how fast iterations converged.
    pub(crate) fn forget_curvature(&mut self) {
        self.curvature = None;
    }

    /// Narrows the width over which branches go over into each other.
    fn sharpen(&mut self, damping: f64) {
        if damping == 1.0 {
            self.smoothing *= SHARPENING;
        }
        if self.smoothing < SHARP {
            self.smoothing = 0.0;
        }
    }

    fn assemble_pipes(
        &mut self,
        model: &Model,
        input: &StageInput<'_>,
        chord: Option<f64>,
        state: &State,
    ) {
        let scale = StepScale {
            rate: input.rate,
            terms: model.settings.terms,
            chord,
        };
        let fields = Fields {
            pressure: &state.pressure,
            flow: &state.flow,
            density_hat: input.density_hat,
            flow_hat: input.flow_hat,
            viscosity: input.viscosity,
            contents: self.contents.as_ref().map(|c| {
                [
                    c.density.as_slice(),
                    c.slope.as_slice(),
                    c.viscosity.as_slice(),
                ]
            }),
        };
        self.pipes
            .assemble(model, &fields, scale, self.pool.as_ref());
    }

    /// Assembles the pipes alone, for benchmarks.
    pub(crate) fn assemble_as_in_step(
        &mut self,
        model: &Model,
        state: &State,
        [density_hat, flow_hat]: [&[f64]; 2],
        rate: f64,
    ) {
        let input = StageInput {
            time_s: 0.0,
            rate,
            density_hat,
            flow_hat,
            viscosity: &[],
            node_volume: None,
            place: 1.0,
        };
        self.assemble_pipes(model, &input, None, state);
    }

    /// Substitutes back into the pipes with ends that stay as they are, for benchmarks.
    pub(crate) fn substitute_nothing(&mut self, state: &mut State) {
        self.pipes.substitute_back(|_| [0.0; 2], self.pool.as_ref());
        self.pipes.update(1.0, &mut state.pressure, &mut state.flow);
    }

    /// Fills the node system; returns the largest residual and where it is.
    fn fill(
        &mut self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        anchor: f64,
        state: &State,
    ) -> (f64, Worst) {
        self.system.clear();
        for &slot in &self.slots.nodes {
            self.system.values[slot] += anchor;
        }
        let mut worst = Largest {
            value: 0.0,
            at: Worst::Nothing,
        };
        self.fill_links(model, controls, input, state, &mut worst);
        self.fill_terminals(model, controls, input, state, &mut worst);
        if input.rate == 0.0 {
            self.note_imbalances(model, state, &mut worst);
        }
        self.fill_pipes(model, &mut worst);
        if let Some(volume) = input.node_volume {
            self.fill_node_volumes(volume, input.rate, state);
        }
        (worst.value, worst.at)
    }

    fn fill_node_volumes(&mut self, volume: NodeVolume<'_>, rate: f64, state: &State) {
        let per_bar = volume.capacity * rate;
        for (i, &slot) in self.slots.nodes.iter().enumerate() {
            self.system.values[slot] += per_bar;
            let rise = (state.node_pressure[i] - volume.pressure_hat[i]) / BAR;
            self.system.rhs[i] -= per_bar * rise;
        }
    }

    /// What flows into each node and not out of it, with links and terminals filled in and pipes not.
    fn note_imbalances(&mut self, model: &Model, state: &State, worst: &mut Largest) {
        self.imbalance
            .copy_from_slice(&self.system.rhs[..model.nodes.len()]);
        for pipe in &model.pipes {
            let segments = pipe.segments();
            self.imbalance[pipe.nodes[0]] -= state.flow[segments.start];
            self.imbalance[pipe.nodes[1]] += state.flow[segments.end - 1];
        }
        for (i, imbalance) in self.imbalance.iter().enumerate() {
            worst.note(imbalance / FLOW_SCALE, Worst::Node(i));
        }
    }

    fn fill_pipes(&mut self, model: &Model, worst: &mut Largest) {
        for (i, (block, slots)) in self.pipes.blocks.iter().zip(&self.slots.pipes).enumerate() {
            worst.note(block.worst_momentum / BAR, Worst::Pipe(i));
            for (row, &node) in model.pipes[i].nodes.iter().enumerate() {
                self.system.rhs[node] += block.rhs[row];
                for (&slot, &value) in slots[row].iter().zip(&block.matrix[row]) {
                    self.system.values[slot] += value * BAR;
                }
            }
        }
    }

    fn fill_links(
        &mut self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        state: &State,
        worst: &mut Largest,
    ) {
        let (values, rhs) = (&mut self.system.values, &mut self.system.rhs);
        for (i, (link, slots)) in controls.links.iter().zip(&self.slots.links).enumerate() {
            let exact = link_point(model, link, input.time_s, state, i);
            let point = LinkPoint {
                smoothing: self.smoothing,
                resistance: self.resistance,
                ..exact
            };
            let row = link.row(&point);
            self.link_modes[i] = row.mode;
            worst.note(row.residual, Worst::Link(i));
            values[slots.own[0]] += row.per_flow;
            values[slots.own[1]] += row.per_in * BAR;
            values[slots.own[2]] += row.per_out * BAR;
            rhs[model.nodes.len() + i] = -row.residual;
            let fuel = link.fuel(&point);
            values[slots.flow[0]] += 1.0;
            values[slots.flow[1]] -= 1.0;
            values[slots.flow[link.fuel_end]] += fuel.per_flow;
            values[slots.fuel[0]] += fuel.per_in * BAR;
            values[slots.fuel[1]] += fuel.per_out * BAR;
            rhs[link.nodes[0]] -= state.link_flow[i];
            rhs[link.nodes[1]] += state.link_flow[i];
            rhs[link.nodes[link.fuel_end]] -= fuel.flow;
        }
    }

    fn fill_terminals(
        &mut self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        state: &State,
        worst: &mut Largest,
    ) {
        for (i, (terminal, slots)) in controls
            .terminals
            .iter()
            .zip(&self.slots.terminals)
            .enumerate()
        {
            let (inflow, pressure) = (state.inflow[i], state.node_pressure[terminal.node]);
            let gas = state.gas_at(model, terminal.node, terminal.isotherm);
            let mut row = terminal.row(input.time_s, inflow, pressure, gas, &model.profiles);
            if self.smoothing > 0.0 {
                terminal.smooth(
                    input.time_s,
                    inflow,
                    pressure,
                    &model.profiles,
                    [self.smoothing, self.resistance],
                    &mut row,
                );
            }
            if input.rate > 0.0 && input.node_volume.is_none() && row.mode == TerminalMode::Pressure
            {
                row.per_flow *= DROOP_OF_STEPS;
            }
            self.terminal_modes[i] = row.mode;
            worst.note(row.residual, Worst::Terminal(i));
            self.system.rhs[terminal.node] += inflow;
            match *slots {
                TerminalSlots::Unknown { index, own, flow } => {
                    self.system.values[own[0]] += row.per_flow;
                    self.system.values[own[1]] += row.per_pressure * BAR;
                    self.system.rhs[index] = -row.residual;
                    self.system.values[flow] -= 1.0;
                }
                TerminalSlots::Known => {
                    let diagonal = self.slots.nodes[terminal.node];
                    self.system.values[diagonal] += row.per_pressure * BAR / row.per_flow;
                    self.system.rhs[terminal.node] -= row.residual / row.per_flow;
                }
            }
            self.terminal_rows[i] = row;
        }
    }

    fn substitute_back(&mut self, model: &Model) {
        let rhs = &self.system.rhs;
        let ends = |pipe: usize| model.pipes[pipe].nodes.map(|n| rhs[n] * BAR);
        self.largest_change = self.pipes.substitute_back(ends, self.pool.as_ref());
    }

    /// The largest share of the step that keeps pressures positive.
    fn damping(&self, state: &State) -> f64 {
        let share = |pressure: f64, change: f64| {
            if change < -LARGEST_FALL * pressure {
                LARGEST_FALL * pressure / -change
            } else {
                1.0
            }
        };
        let inner = if self.largest_change[0] <= LARGEST_FALL * self.pipes.lowest() {
            1.0
        } else {
            self.pipes.least_share(&state.pressure, share)
        };
        let nodes = state
            .node_pressure
            .iter()
            .zip(&self.system.rhs)
            .map(|(&p, &d)| share(p, d * BAR));
        nodes.fold(inner, f64::min)
    }

    /// The largest change of a node's pressure as a share of it.
    fn pressure_share(&self, state: &State) -> f64 {
        let nodes = state.node_pressure.iter().zip(&self.system.rhs);
        nodes.map(|(p, d)| (d * BAR / p).abs()).fold(0.0, f64::max)
    }

    /// Applies the changes; returns the largest of pressure, Pa, and of flow, kg/s.
    fn update(&self, model: &Model, state: &mut State, damping: f64) -> (f64, f64) {
        let (nodes, links) = (model.nodes.len(), model.links.len());
        let rhs = &self.system.rhs;
        let [mut pressure, mut flow] = self.largest_change;
        self.pipes
            .update(damping, &mut state.pressure, &mut state.flow);
        for (p, d) in state.node_pressure.iter_mut().zip(rhs) {
            *p += damping * d * BAR;
            pressure = pressure.max((d * BAR).abs());
        }
        for (q, d) in state.link_flow.iter_mut().zip(&rhs[nodes..nodes + links]) {
            *q += damping * d;
            flow = flow.max(d.abs());
        }
        for (i, q) in state.inflow.iter_mut().enumerate() {
            let d = match self.slots.terminals[i] {
                TerminalSlots::Unknown { index, .. } => rhs[index],
                TerminalSlots::Known => {
                    let row = &self.terminal_rows[i];
                    let rise = rhs[model.terminals[i].node] * BAR;
                    -(row.residual + row.per_pressure * rise) / row.per_flow
                }
            };
            *q += damping * d;
            flow = flow.max(d.abs());
        }
        // Pipe ends are the nodes, to the last bit.
        for pipe in &model.pipes {
            state.pressure[pipe.first_face] = state.node_pressure[pipe.nodes[0]];
            state.pressure[pipe.faces().end - 1] = state.node_pressure[pipe.nodes[1]];
        }
        (pressure, flow)
    }

    fn modes_would_change(
        &self,
        model: &Model,
        controls: &Controls,
        input: &StageInput<'_>,
        state: &State,
    ) -> bool {
        const NEGLIGIBLE: f64 = 1e-7;
        let links = controls.links.iter().enumerate().any(|(i, link)| {
            let row = link.row(&link_point(model, link, input.time_s, state, i));
            row.mode != self.link_modes[i] && row.residual.abs() > NEGLIGIBLE
        });
        links
            || controls.terminals.iter().enumerate().any(|(i, terminal)| {
                if !terminal.can_hold_pressure() {
                    return false;
                }
                let pressure = state.node_pressure[terminal.node];
                let gas = state.gas_at(model, terminal.node, terminal.isotherm);
                let row = terminal.row(
                    input.time_s,
                    state.inflow[i],
                    pressure,
                    gas,
                    &model.profiles,
                );
                row.mode != self.terminal_modes[i] && row.residual.abs() > NEGLIGIBLE
            })
    }
}

/// Where a link's law is evaluated.
pub(crate) fn link_point<'a>(
    model: &'a Model,
    link: &crate::link::Link,
    time_s: f64,
    state: &'a State,
    index: usize,
) -> LinkPoint<'a> {
    LinkPoint {
        time_s,
        flow: state.link_flow[index],
        pressure_in: state.node_pressure[link.nodes[0]],
        pressure_out: state.node_pressure[link.nodes[1]],
        gas: state.gas_at(model, link.nodes[0], link.isotherm),
        profiles: &model.profiles,
        smoothing: 0.0,
        resistance: 0.0,
    }
}

fn thread_pool(model: &Model) -> Result<Option<rayon::ThreadPool>, String> {
    let threads = match model.options.threads {
        Some(n) => n,
        None if model.segments >= PARALLEL_CELLS => 0,
        None => 1,
    };
    if threads == 1 {
        return Ok(None);
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map(Some)
        .map_err(|e| format!("no worker threads: {e}"))
}
