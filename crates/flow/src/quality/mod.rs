//! What gas is where: mixtures that are carried along without numerical diffusion.
//!
//! The gas in a pipe is a row of parcels, each of one mixture. In a step the masses that passed the ends of the
//! pipe (those of the mass balance) are pushed in and taken out there, so a front moves with the gas, stays as
//! sharp as it was, and turns round with it. At a node what flows in is mixed and flows out; where only
//! one element brings gas, its parcels pass in their order. Steps are divided so that what flows from a node into
//! a pipe in one part is no longer than a parcel may be. Each component is conserved to round-off, since parcels
//! are only moved, divided and mixed by mass.
//!
//! Mixtures are shares in mass: of the gases that property tables are made of, and of marks (the supplies that
//! gas came from, and batches), which mix in the same way.

mod columns;
mod limits;
mod line;
mod record;
mod restart;
mod spread;

pub(crate) use columns::{Columns, balances};
pub(crate) use limits::{LimitWatch, phase_margins};
pub(crate) use line::{Line, Parcel, Row, mixed};
pub(crate) use record::Tracker;
pub(crate) use spread::Found;
use spread::{masses, through};

use crate::contents::{Contents, Gases, Shared};
use crate::heat::{Item, Order, Passage};
use crate::model::{Inside, Model};
use crate::state::{Controls, State};
use crate::terminal::{Brought, Terminal};
use std::sync::Arc;

/// Most parts of a step.
const PARTS_MAX: usize = 400;
/// State at which densities of mixtures are compared, Pa and K.
const TYPICAL_PA: f64 = 5e6;
const TYPICAL_K: f64 = 288.15;

/// Gas that passed the border of the network, kg by share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Passed {
    pub inflow: Vec<f64>,
    pub outflow: Vec<f64>,
}

impl Passed {
    fn new(shares: usize) -> Self {
        Self {
            inflow: vec![0.0; shares],
            outflow: vec![0.0; shares],
        }
    }

    fn clear(&mut self) {
        self.inflow.fill(0.0);
        self.outflow.fill(0.0);
    }
}

/// Parcels of all pipes at the begin and at the end of the step at hand.
pub(crate) struct Quality {
    begin: Vec<Line>,
    end: Vec<Line>,
    /// What left each pipe at its two ends in the step, in the order in which it did.
    left: Vec<[Vec<Parcel>; 2]>,
    /// What came to each node in this part of the step, and what goes out of it.
    inbox: Vec<Vec<Parcel>>,
    outbox: Vec<Vec<Parcel>>,
    /// How many elements brought gas to each node.
    sources: Vec<usize>,
    /// What went out of each node over the whole step.
    mean: Vec<Vec<Parcel>>,
    pub passed: Passed,
    trial: Passed,
    pub tracker: Tracker,
    /// What terminals bring now.
    supplied: Vec<(Brought, Option<usize>, usize, Shared)>,
    parcel_m: Option<f64>,
    uniform: bool,
}

fn add(into: &mut [f64], mass: f64, gas: &Shared) {
    for (sum, share) in into.iter_mut().zip(&gas.shares) {
        *sum += mass * share;
    }
}

impl Quality {
    pub(crate) fn new(model: &Model, inside: &Inside, contents: &Contents) -> Self {
        let (pipes, nodes) = (model.pipes.len(), model.nodes.len());
        let shares = contents.gases.shares();
        let supplied = model.terminals.iter().zip(&contents.supplied);
        Self {
            begin: vec![Line::default(); pipes],
            end: vec![Line::default(); pipes],
            left: vec![[Vec::new(), Vec::new()]; pipes],
            inbox: vec![Vec::new(); nodes],
            outbox: vec![Vec::new(); nodes],
            sources: vec![0; nodes],
            mean: vec![Vec::new(); nodes],
            passed: Passed::new(shares),
            trial: Passed::new(shares),
            tracker: Tracker::new(model, inside),
            supplied: supplied
                .map(|(t, gas)| (t.gas, t.batch, 0, gas.clone()))
                .collect(),
            parcel_m: inside.parcel_m,
            uniform: true,
        }
    }

    /// Begins with what `contents.new` says of faces.
    pub(crate) fn fill(&mut self, model: &Model, contents: &Contents, state: &State) {
        for (line, pipe) in self.begin.iter_mut().zip(&model.pipes) {
            line.parcels.clear();
            for (k, face) in pipe.faces().enumerate() {
                let mass = pipe.volume(k) * state.density[face];
                let gas = Arc::clone(&contents.new.mixture[face]);
                line.push(1, Parcel { mass, gas });
            }
        }
        for (outbox, gas) in self.outbox.iter_mut().zip(&contents.new.node_mixture) {
            let gas = Arc::clone(gas);
            *outbox = vec![Parcel { mass: 1.0, gas }];
        }
        self.passed.clear();
        self.look_for_fronts(contents);
    }

    /// Whether all gas, in pipes and brought, is of one mixture.
    fn look_for_fronts(&mut self, contents: &Contents) {
        let mut all = self.begin.iter().map(Line::only);
        let first = all.next().flatten();
        let same = |gas: &Shared| first.is_some_and(|f| Arc::ptr_eq(f, gas));
        self.uniform = first.is_some()
            && all.all(|gas| gas.is_some_and(same))
            && contents.supplied.iter().all(same);
    }

    /// Whether all gas is of one mixture.
    pub(crate) fn is_uniform(&self) -> bool {
        self.uniform
    }

    /// Mass of each share in all pipes at the begin of the step at hand, kg.
    pub(crate) fn stored(&self, shares: usize) -> Vec<f64> {
        let mut sum = vec![0.0; shares];
        for parcel in self.begin.iter().flat_map(|l| &l.parcels) {
            add(&mut sum, parcel.mass, &parcel.gas);
        }
        sum
    }

    /// Mixtures of the steady state of the flows, into `contents.new`; returns whether they changed.
    pub(crate) fn steady(
        &mut self,
        model: &Model,
        inside: &Inside,
        controls: &Controls,
        contents: &mut Contents,
        (passage, order): (&Passage, &Order),
    ) -> bool {
        self.bring(inside, controls, contents, 0.0);
        let gases = Arc::clone(&contents.gases);
        self.clear_inboxes();
        for (i, terminal) in controls.terminals.iter().enumerate() {
            let q = passage.inflow[i];
            if q > 0.0 {
                let gas = Arc::clone(&contents.supplied[i]);
                self.inbox[terminal.node].push(Parcel { mass: q, gas });
            }
        }
        let mut changed = false;
        for item in &order.items {
            match *item {
                Item::Node(node) => {
                    let gas = self.mix(&gases, node);
                    if let Some(gas) = gas {
                        changed |= !alike(&contents.new.node_mixture[node], &gas);
                        contents.new.node_mixture[node] = gas;
                    }
                }
                Item::Pipe(pipe) => self.pass_steadily(model, contents, passage, pipe),
                Item::Link(link) => {
                    let (q, nodes) = (passage.links[link], controls.links[link].nodes);
                    let [from, to] = if q > 0.0 { nodes } else { [nodes[1], nodes[0]] };
                    let gas = Arc::clone(&contents.new.node_mixture[from]);
                    self.inbox[to].push(Parcel { mass: q.abs(), gas });
                }
            }
        }
        contents
            .old
            .node_mixture
            .clone_from(&contents.new.node_mixture);
        contents.old.mixture.clone_from(&contents.new.mixture);
        changed
    }

    fn pass_steadily(
        &mut self,
        model: &Model,
        contents: &mut Contents,
        passage: &Passage,
        pipe: usize,
    ) {
        let mesh = &model.pipes[pipe];
        let ends = passage.inward(pipe);
        let from = match ends {
            [a, _] if a > 0.0 => mesh.nodes[0],
            [_, b] if b > 0.0 => mesh.nodes[1],
            // Gas at rest stays what it is.
            _ => return,
        };
        let gas = Arc::clone(&contents.new.node_mixture[from]);
        contents.new.mixture[mesh.faces()].fill(Arc::clone(&gas));
        for (node, q) in mesh.nodes.into_iter().zip(ends) {
            if q < 0.0 {
                let gas = Arc::clone(&gas);
                self.inbox[node].push(Parcel { mass: -q, gas });
            }
        }
    }

    fn clear_inboxes(&mut self) {
        self.inbox.iter_mut().for_each(Vec::clear);
        self.sources.fill(0);
    }

    /// The mixture of what came to a node.
    fn mix(&self, gases: &Gases, node: usize) -> Option<Shared> {
        mixed(gases, self.inbox[node].iter().map(|p| (p.mass, &p.gas)))
    }

    /// What terminals bring at a time.
    fn bring(
        &mut self,
        inside: &Inside,
        controls: &Controls,
        contents: &mut Contents,
        time_s: f64,
    ) {
        let known = controls.terminals.iter().zip(&mut self.supplied);
        for (i, (terminal, (brought, batch, at, gas))) in known.enumerate() {
            let place = match terminal.gas {
                Brought::Gas(_) => 0,
                Brought::Profile(profile) => place(&inside.profiles[profile].0, time_s),
            };
            if (*brought, *batch, *at) != (terminal.gas, terminal.batch, place)
                || !self.tracker.begun
            {
                (*brought, *batch, *at) = (terminal.gas, terminal.batch, place);
                *gas = inside.supplied(terminal, place);
            }
            contents.supplied[i] = Arc::clone(gas);
        }
        self.tracker.begun = true;
    }

    /// Moves all parcels through a step.
    pub(crate) fn step(
        &mut self,
        model: &Model,
        inside: &Inside,
        controls: &Controls,
        contents: &mut Contents,
        (passage, order): (&Passage, &Order),
        states: [&State; 2],
    ) {
        self.trial.clear();
        self.tracker.begin_step();
        self.bring(inside, controls, contents, states[0].time_s);
        self.look_for_fronts(contents);
        self.end.clone_from(&self.begin);
        self.left.iter_mut().flatten().for_each(Vec::clear);
        self.mean.iter_mut().for_each(Vec::clear);
        let times = self.parts(model, inside, controls, passage, states);
        for part in times.windows(2) {
            if part[1] <= part[0] {
                continue;
            }
            self.bring(inside, controls, contents, part[0]);
            self.part(controls, contents, (passage, order), part[1] - part[0]);
            self.tracker.look(&self.outbox, [part[0], part[1]]);
        }
        for (line, pipe) in self.end.iter_mut().zip(&model.pipes) {
            line.fit(crate::state::pipe_mass(
                pipe,
                &states[1].density[pipe.faces()],
            ));
        }
    }

    /// Times at which parts of a step begin and end, s.
    fn parts(
        &self,
        model: &Model,
        inside: &Inside,
        controls: &Controls,
        passage: &Passage,
        states: [&State; 2],
    ) -> Vec<f64> {
        let [begin, end] = states.map(|s| s.time_s);
        let mut most = 1.0_f64;
        if !self.uniform {
            for (i, pipe) in model.pipes.iter().enumerate() {
                let length = self.parcel_m.unwrap_or(pipe.dx);
                let inflow = passage.inward(i).into_iter().fold(0.0, f64::max);
                let density = states[1].density[pipe.first_face];
                let parcel = length * pipe.area * density;
                most = most.max(inflow * passage.step_s / parcel);
            }
        }
        let count = (most.ceil() as usize).min(PARTS_MAX);
        let share = (end - begin) / count as f64;
        let mut times: Vec<f64> = (0..count).map(|k| begin + k as f64 * share).collect();
        times.push(end);
        for terminal in &controls.terminals {
            if let Brought::Profile(profile) = terminal.gas {
                let inner = inside.profiles[profile].0.iter();
                times.extend(inner.filter(|t| **t > begin && **t < end));
            }
        }
        times.sort_by(f64::total_cmp);
        times
    }

    /// One part of a step.
    fn part(
        &mut self,
        controls: &Controls,
        contents: &Contents,
        (passage, order): (&Passage, &Order),
        length_s: f64,
    ) {
        self.clear_inboxes();
        for (i, terminal) in controls.terminals.iter().enumerate() {
            let mass = passage.inflow[i] * length_s;
            if mass > 0.0 {
                let gas = Arc::clone(&contents.supplied[i]);
                add(&mut self.trial.inflow, mass, &gas);
                self.inbox[terminal.node].push(Parcel { mass, gas });
                self.sources[terminal.node] += 1;
            }
        }
        for item in &order.items {
            match *item {
                Item::Node(node) => self.node(&contents.gases, node),
                Item::Pipe(pipe) => self.pipe(order, passage, pipe, length_s),
                Item::Link(link) => {
                    let (q, nodes) = (passage.links[link], controls.links[link].nodes);
                    let [from, to] = if q > 0.0 { nodes } else { [nodes[1], nodes[0]] };
                    let parcels = scaled(&self.outbox[from], q.abs() * length_s);
                    self.inbox[to].extend(parcels);
                    self.sources[to] += 1;
                }
            }
        }
        for (i, terminal) in controls.terminals.iter().enumerate() {
            let mass = -passage.inflow[i] * length_s;
            self.lose(terminal.node, mass);
        }
        for (i, link) in controls.links.iter().enumerate() {
            self.lose(link.nodes[link.fuel_end], passage.fuel[i] * length_s);
        }
    }

    /// Gas leaves the network from a node.
    fn lose(&mut self, node: usize, mass: f64) {
        if mass > 0.0 {
            for parcel in scaled(&self.outbox[node], mass) {
                add(&mut self.trial.outflow, parcel.mass, &parcel.gas);
            }
        }
    }

    /// What came to a node goes out of it: in order where it came one way, mixed where it came by several.
    fn node(&mut self, gases: &Gases, node: usize) {
        let inbox = &mut self.inbox[node];
        if inbox.is_empty() {
            return;
        }
        let outbox = &mut self.outbox[node];
        outbox.clear();
        if self.sources[node] == 1 {
            outbox.append(inbox);
        } else if let Some(gas) = mixed(gases, inbox.iter().map(|p| (p.mass, &p.gas))) {
            let mass = inbox.iter().map(|p| p.mass).sum();
            outbox.push(Parcel { mass, gas });
        }
        self.mean[node].extend(outbox.iter().cloned());
    }

    fn pipe(&mut self, order: &Order, passage: &Passage, pipe: usize, length_s: f64) {
        let nodes = order.ends[pipe];
        let ends = passage.inward(pipe);
        let line = &mut self.end[pipe];
        for end in [0, 1] {
            if ends[end] > 0.0 {
                for parcel in scaled(&self.outbox[nodes[end]], ends[end] * length_s) {
                    line.push(end, parcel);
                }
            }
        }
        for end in [0, 1] {
            if ends[end] < 0.0 {
                let (inbox, left) = (&mut self.inbox[nodes[end]], &mut self.left[pipe][end]);
                self.sources[nodes[end]] += 1;
                line.pop(end, -ends[end] * length_s, |parcel| {
                    left.push(parcel.clone());
                    inbox.push(parcel);
                });
            }
        }
    }

    /// Mixtures at the middle and end of the step, where they are not those that the hydraulics were found
    /// with, within a share of the density. Those of volumes and borders go into `contents`.
    pub(crate) fn mixtures(
        &self,
        model: &Model,
        contents: &mut Contents,
        passage: &Passage,
        states: [&State; 2],
        tolerance: f64,
    ) -> Option<Found> {
        contents.through.clear();
        if self.uniform {
            return None;
        }
        let gases = Arc::clone(&contents.gases);
        let mut found = Found::default();
        for (i, pipe) in model.pipes.iter().enumerate() {
            let several = match (self.begin[i].only(), self.end[i].only()) {
                (Some(a), Some(b)) => !Arc::ptr_eq(a, b),
                _ => true,
            };
            if !several {
                if let Some(gas) = self.end[i].only() {
                    contents.volumes[1][pipe.faces()].fill(Arc::clone(gas));
                    let all = || pipe.faces().map(|_| Arc::clone(gas));
                    found.faces.extend(all());
                    found.middle.extend(all());
                }
                contents.through.push(Vec::new());
                continue;
            }
            let [old, new] = states.map(|s| masses(pipe, s));
            let half: Vec<f64> = old.iter().zip(&new).map(|(a, b)| 0.5 * (a + b)).collect();
            let [before, after] = &self.left[i];
            let row = before
                .iter()
                .chain(&self.end[i].parcels)
                .chain(after.iter().rev());
            let row = Row::new(row);
            let begin: f64 = before.iter().map(|p| p.mass).sum();
            let entered = 0.5 * passage.inward(i)[0] * passage.step_s;
            row.volumes(&gases, begin, &new, &mut contents.volumes[1][pipe.faces()]);
            row.faces(&gases, begin, &new, &mut found.faces);
            row.faces(&gases, begin + entered, &half, &mut found.middle);
            let through = through(&gases, &row, begin, &new, passage, i, pipe.segments());
            contents.through.push(through);
        }
        let nodes = contents.new.node_mixture.iter().zip(&self.mean);
        let nodes = nodes.map(|(now, mean)| {
            let mean = mixed(&gases, mean.iter().map(|p| (p.mass, &p.gas)));
            mean.unwrap_or_else(|| Arc::clone(now))
        });
        found.nodes = nodes.collect();
        let off = |(a, b): (&Shared, &Shared)| {
            let density = |gas: &Shared| gases.flowing(gas, TYPICAL_PA, TYPICAL_K).density;
            !Arc::ptr_eq(a, b) && (density(a) / density(b) - 1.0).abs() > tolerance
        };
        let differs = found.faces.iter().zip(&contents.new.mixture).any(off)
            || found.middle.iter().zip(&contents.middle).any(off)
            || found.nodes.iter().zip(&contents.new.node_mixture).any(off);
        differs.then_some(found)
    }

    /// The step was accepted.
    pub(crate) fn accept(&mut self) {
        std::mem::swap(&mut self.begin, &mut self.end);
        for (sum, part) in self.passed.inflow.iter_mut().zip(&self.trial.inflow) {
            *sum += part;
        }
        for (sum, part) in self.passed.outflow.iter_mut().zip(&self.trial.outflow) {
            *sum += part;
        }
        self.tracker.accept();
    }
}

/// Parcels that make up a mass in the proportions of these.
fn scaled(parcels: &[Parcel], mass: f64) -> impl Iterator<Item = Parcel> + '_ {
    let sum: f64 = parcels.iter().map(|p| p.mass).sum();
    let factor = mass / sum;
    parcels
        .iter()
        .filter(move |_| mass > 0.0)
        .map(move |p| Parcel {
            mass: p.mass * factor,
            gas: Arc::clone(&p.gas),
        })
}

/// The point of a profile that holds at a time.
fn place(times: &[f64], time_s: f64) -> usize {
    times.partition_point(|t| *t <= time_s).saturating_sub(1)
}

fn alike(a: &Shared, b: &Shared) -> bool {
    let pairs = a.shares.iter().zip(&b.shares);
    Arc::ptr_eq(a, b) || pairs.fold(0.0_f64, |m, (x, y)| m.max((x - y).abs())) < 1e-12
}

impl Inside {
    /// The gas that a terminal brings.
    pub(crate) fn supplied(&self, terminal: &Terminal, place: usize) -> Shared {
        let shares = match terminal.gas {
            Brought::Gas(gas) => &self.brought[gas],
            Brought::Profile(profile) => &self.profiles[profile].1[place],
        };
        self.marked(shares, terminal.mark, terminal.batch)
    }

    /// A gas with the mark of where it came from.
    pub(crate) fn marked(&self, shares: &[f64], mark: usize, batch: Option<usize>) -> Shared {
        let count = self.gases.gases().len();
        let mut all = vec![0.0; self.gases.shares()];
        for (into, share) in all.iter_mut().zip(shares) {
            *into = *share;
        }
        if self.gases.marks > 0 {
            all[count + mark] = 1.0;
        }
        if let Some(batch) = batch {
            all[count + batch] = 1.0;
        }
        self.gases.mixture(all)
    }
}
