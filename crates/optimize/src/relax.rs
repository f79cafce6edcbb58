//! A convex relaxation: what holds for every operating point, whatever the states.
//!
//! Pressures enter as squares π, states as shares z between 0 and 1. With q the flow:
//!
//! - a pipe: F = π₁ - κ π₂ lies between c q|q| for the least and the largest c that its law takes over
//!   the pressures and flows that its ends may have; of these two curves the convex hull over the flows
//!   possible is kept, as tangents and a chord. κ is what elevation makes of π₂ at rest;
//! - a valve, control valve, check valve or station: the union of its states (Balas 1979), each with its
//!   share;
//! - the power of a station, from P >= q_min (p/ρ)_min/η ln(p₂/p₁): a chord of ln π₂, tangents of -ln π₁.
//!
//! No operating point has less than its least objective, and where it has no solution there is none.
//! The ranges of c come from samples of the exact law, widened; they are not proved by interval arithmetic.

use crate::bounds::{self, Limit};
use crate::branch::{Fixed, Said};
use crate::decision::{Choice, Group};
use crate::hull::{Coefficients, TANGENTS, below};
use crate::layout::{PRESSURE_SCALE, squared};
use crate::objective::Objective;
use crate::problem::{Arc, ArcKind, ArcState, Problem};
use crate::program::{Ended, Program, Terms};
use crate::ranges::{Ranges, WIDE, most};
use crate::rows;
use std::collections::{BTreeMap, BTreeSet};

/// Share by which sampled ranges are widened.
const WIDENED: f64 = 2e-3;
/// Flow below which the law of a pipe is not taken for quadratic, of its largest.
const SLOW: f64 = 0.05;

/// The relaxation with states fixed as far as they are.
#[derive(Debug, Clone)]
pub(crate) struct Relaxation<'p> {
    problem: &'p Problem,
    ranges: Ranges,
    laws: Vec<Vec<(Terms, f64)>>,
}

/// Unknowns of the shares of states of each arc.
type Shares = BTreeMap<usize, Vec<(ArcState, usize)>>;

/// The relaxation as a program.
struct Made {
    program: Program,
    /// Rows of limits.
    tags: Vec<(usize, Limit)>,
    shares: Shares,
    /// Unknowns of the weights of the decisions of each group.
    weights: Vec<Vec<usize>>,
}

impl<'p> Relaxation<'p> {
    pub(crate) fn new(problem: &'p Problem) -> Self {
        let ranges = Ranges::new(problem);
        let mut relaxation = Self {
            problem,
            laws: Vec::new(),
            ranges,
        };
        let pipe = |a: usize| match problem.arcs[a].kind {
            ArcKind::Pipe if relaxation.ranges.is_known(a) => relaxation.pipe(a),
            _ => Vec::new(),
        };
        relaxation.laws = (0..problem.arcs.len()).map(pipe).collect();
        relaxation
    }

    /// Solves it with the states of some arcs given.
    pub(crate) fn solve(&self, fixed: &Fixed) -> Said {
        let mut made = self.program(fixed);
        self.objective(&mut made);
        self.said(made)
    }

    /// The point that is nearest to given states.
    pub(crate) fn nearest(&self, states: &[ArcState]) -> Said {
        let mut made = self.program(&Fixed::default());
        for (&a, of) in &made.shares {
            let there = of.iter().filter(|s| s.0 == states[a]);
            there.for_each(|s| made.program.cost[s.1] = -1.0);
        }
        self.said(made)
    }

    fn said(&self, made: Made) -> Said {
        let found = made.program.solve();
        let mut said = Said {
            ended: found.ended,
            bound: found.dual.min(found.value),
            ..Said::default()
        };
        if found.ended != Ended::Solved {
            return said;
        }
        let share = |(state, z): (ArcState, usize)| (state, found.x[z]);
        let shares = made.shares.into_iter();
        said.shares = shares
            .map(|(a, of)| (a, of.into_iter().map(share).collect()))
            .collect();
        let weights = made.weights.into_iter();
        said.weights = weights
            .map(|of| of.into_iter().map(|w| found.x[w]).collect())
            .collect();
        said.x = found.x[..self.problem.layout.len()].to_vec();
        said
    }

    /// Limits with a price where the least sum of what limits are passed by is looked for; none where all
    /// can be kept.
    pub(crate) fn contradiction(&self) -> Option<BTreeSet<Limit>> {
        const NOTHING: f64 = 1e-4;
        let Made {
            mut program, tags, ..
        } = self.program(&Fixed::default());
        for (row, _) in &tags {
            let slack = program.slack(1.0);
            program.not_above[*row].0.push((slack, -1.0));
        }
        let found = program.solve();
        // What the dual proves holds wherever the solver stopped.
        let proved = found.dual.min(found.value);
        if found.ended == Ended::Infeasible || proved.is_nan() || proved < NOTHING {
            return None;
        }
        let mut prices: BTreeMap<Limit, f64> = BTreeMap::new();
        for (row, limit) in tags {
            prices.insert(limit, found.not_above[row]);
        }
        // Of two sides that meet, only the difference of their prices counts.
        for t in 0..self.problem.terminals.len() {
            let sides = [Limit::Inflow(t, false), Limit::Inflow(t, true)];
            let [low, high] = sides
                .clone()
                .map(|l| prices.get(&l).copied().unwrap_or(0.0));
            let less = low.min(high);
            sides.into_iter().for_each(|l| {
                prices.entry(l).and_modify(|p| *p -= less);
            });
        }
        let priced = prices.into_iter().filter(|p| p.1 > 1e-5);
        Some(priced.map(|(limit, _)| limit).collect())
    }

    /// The relaxation as a program, with the rows of limits and the unknowns of shares and weights.
    fn program(&self, fixed: &Fixed) -> Made {
        let at = &self.problem.layout;
        let mut program = Program {
            cost: vec![0.0; at.len()],
            ..Program::default()
        };
        let x = vec![0.0; at.len()];
        for row in rows::balances(self.problem, &x) {
            program.equal.push((row.terms, 0.0));
        }
        let mut tags = Vec::new();
        self.limits(&mut program, &mut tags);
        for law in self.laws.iter().flatten() {
            program.not_above.push(law.clone());
        }
        let mut shares = BTreeMap::new();
        for (a, arc) in self.problem.arcs.iter().enumerate() {
            if arc.kind == ArcKind::Passage {
                self.passage(&mut program, a);
            } else if arc.kind != ArcKind::Pipe {
                let of = self.states(&mut program, a, arc, fixed);
                shares.insert(a, of);
            }
        }
        let weights = self.decisions(&mut program, &shares, fixed);
        Made {
            program,
            tags,
            shares,
            weights,
        }
    }

    /// Of each group one decision is taken: a share of a state is not above the weights of the decisions
    /// that leave it, and gas passes as they say.
    fn decisions(&self, program: &mut Program, shares: &Shares, fixed: &Fixed) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for (g, group) in self.problem.groups.iter().enumerate() {
            let weights: Vec<usize> = group.iter().map(|_| program.slack(0.0)).collect();
            let sum = weights.iter().map(|&w| (w, 1.0)).collect();
            program.equal.push((sum, 1.0));
            let out = weights.iter().enumerate();
            let out = out.filter(|w| !fixed.leaves_decision(g, w.0));
            out.for_each(|(_, &w)| program.bound(w, true, 0.0));
            let arcs: BTreeSet<usize> = group.iter().flatten().map(|c| c.arc).collect();
            for a in arcs {
                self.decided(program, a, &shares[&a], group, &weights);
            }
            found.push(weights);
        }
        found
    }

    /// What the weights of a group's decisions mean for one of its arcs.
    fn decided(
        &self,
        program: &mut Program,
        a: usize,
        shares: &[(ArcState, usize)],
        group: &Group,
        weights: &[usize],
    ) {
        let choice = |d: usize| group[d].iter().find(|c| c.arc == a);
        let where_not_above = |unknown, sign: f64, most: f64, holds: &dyn Fn(&Choice) -> bool| {
            let with = (0..group.len()).filter(|&d| choice(d).is_none_or(holds));
            let mut terms: Terms = with.map(|d| (weights[d], -most)).collect();
            terms.push((unknown, sign));
            (terms, 0.0)
        };
        for &(state, z) in shares {
            let row = where_not_above(z, 1.0, 1.0, &|c| c.states.contains(&state));
            program.not_above.push(row);
        }
        if group
            .iter()
            .flatten()
            .all(|c| c.arc != a || c.forward.is_none())
        {
            return;
        }
        let q = self.problem.layout.flow(a);
        let [low, high] = self.ranges.flow[a];
        let passes =
            |c: &Choice, not: bool| c.states != [ArcState::Closed] && c.forward != Some(not);
        for (sign, most, not) in [(1.0, high.max(0.0), false), (-1.0, -low.min(0.0), true)] {
            let row = where_not_above(q, sign, most, &|c| passes(c, not));
            program.not_above.push(row);
        }
    }

    /// Bounds of pressures, flows and inflows: limits, and what is not looked beyond.
    fn limits(&self, program: &mut Program, tags: &mut Vec<(usize, Limit)>) {
        let (problem, at) = (self.problem, &self.problem.layout);
        let mut found = bounds::of_pressures(problem);
        found.extend(bounds::of_inflows(problem));
        found.extend((0..at.arcs).flat_map(|a| bounds::of_flow(problem, a)));
        for bound in found {
            tags.extend(bound.limit.map(|l| (program.not_above.len(), l)));
            program.bound(bound.variable, bound.upper, bound.value);
        }
        (0..at.nodes).for_each(|n| program.bound(at.pressure(n), true, most()));
        let flows = (0..at.terminals).map(|t| at.inflow(t));
        for i in flows.chain((0..at.arcs).map(|a| at.flow(a))) {
            program.bound(i, false, -WIDE);
            program.bound(i, true, WIDE);
        }
        (0..at.stations).for_each(|k| program.bound(at.fuel(k), false, 0.0));
    }

    /// An element without control: its ends differ by no more than its law takes at the largest flow.
    fn passage(&self, program: &mut Program, a: usize) {
        let at = &self.problem.layout;
        let [i, j] = self.problem.arcs[a].ends;
        let [low, high] = self.ranges.flow[a];
        let loss = |flow: f64, upstream: usize| -> f64 {
            let [least, largest] = self.ranges.square[upstream];
            let samples = [least, 0.5 * (least + largest), largest];
            let drops = samples.map(|square| self.loss(a, flow, square));
            drops.into_iter().fold(0.0, f64::max)
        };
        let tolerance = 1e-6;
        let forward = if high > 0.0 { loss(high, i) } else { 0.0 } + tolerance;
        let back = if low < 0.0 { loss(-low, j) } else { 0.0 } + tolerance;
        let difference = |sign: f64| vec![(at.pressure(i), sign), (at.pressure(j), -sign)];
        program.not_above.push((difference(1.0), forward));
        program.not_above.push((difference(-1.0), back));
    }

    /// What a passage takes of the square of the upstream pressure, at a scaled flow.
    fn loss(&self, a: usize, flow: f64, upstream: f64) -> f64 {
        let arc = &self.problem.arcs[a];
        let p = PRESSURE_SCALE * upstream.sqrt();
        let law = |out: f64| {
            let q = flow * self.problem.layout.flow_scale;
            self.problem.model.passage(arc.index, q, [p, out])
        };
        let mut out = p;
        for _ in 0..20 {
            let row = law(out);
            if row.per_second != 0.0 {
                out = (out - row.value / row.per_second).clamp(0.0, p);
            }
        }
        (upstream - squared(out)) * (1.0 + WIDENED)
    }

    /// The hull of the law of a pipe.
    fn pipe(&self, a: usize) -> Vec<(Terms, f64)> {
        let at = &self.problem.layout;
        let arc = &self.problem.arcs[a];
        let [i, j] = arc.ends.map(|n| at.pressure(n));
        let range = self.coefficients(a);
        let flows = self.ranges.flow[a];
        let mut found = Vec::new();
        // s q + b <= F <= ...: lines below the least curve; the largest curve mirrored is a least one.
        for (slope, constant) in below([range.forward[0], range.back[1]], flows) {
            let terms = vec![(at.flow(a), slope), (i, -1.0), (j, range.kappa)];
            found.push((terms, range.rest - constant));
        }
        let mirrored = [-flows[1], -flows[0]];
        for (slope, constant) in below([range.back[0], range.forward[1]], mirrored) {
            let terms = vec![(at.flow(a), -slope), (i, 1.0), (j, -range.kappa)];
            found.push((terms, range.rest - constant));
        }
        found
    }

    /// Ranges of c of a pipe, from its exact law.
    fn coefficients(&self, a: usize) -> Coefficients {
        let arc = &self.problem.arcs[a];
        let [i, j] = arc.ends;
        let scale = self.problem.layout.flow_scale;
        let up = |back: bool, flow: f64, down: f64| {
            let p = PRESSURE_SCALE * down.sqrt();
            let law = self
                .problem
                .model
                .pipe_upstream_pressure(arc.index, back, flow * scale, p);
            squared(law.value)
        };
        let middle = 0.5 * (self.ranges.square[j][0] + self.ranges.square[j][1]);
        let kappa = up(false, 0.0, middle) / middle;
        let squares = |n: usize| {
            let [low, high] = self.ranges.square[n];
            (0..5).map(move |k| low + (high - low) * 0.25 * f64::from(k))
        };
        let still = |down: f64, back: bool| match back {
            false => up(false, 0.0, down) - kappa * down,
            true => kappa * up(true, 0.0, down) - down,
        };
        let at_rest = squares(j)
            .map(|d| still(d, false))
            .chain(squares(i).map(|d| still(d, true)));
        let elevation = at_rest.fold(0.0, |most: f64, v| most.max(v.abs()));
        let mut rest = elevation;
        let mut range = |back: bool, most: f64, least: f64| {
            let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
            if most <= 0.0 {
                return [0.0, 0.0];
            }
            let n = if back { i } else { j };
            let first = least.max(SLOW * most);
            for down in squares(n) {
                for k in 0..5 {
                    let flow = first + (most - first) * 0.25 * f64::from(k);
                    let f = match back {
                        false => up(false, flow, down) - kappa * down,
                        true => kappa * up(true, flow, down) - down,
                    };
                    low = low.min((f - elevation) / (flow * flow));
                    high = high.max((f + elevation) / (flow * flow));
                    if k == 0 && first > least {
                        rest = rest.max(elevation + f.abs());
                    }
                }
            }
            [low.max(0.0) * (1.0 - WIDENED), high * (1.0 + WIDENED)]
        };
        let [least, most] = self.ranges.flow[a];
        Coefficients {
            forward: range(false, most, least.max(0.0)),
            back: range(true, -least, (-most).max(0.0)),
            kappa,
            rest: rest + 1e-9,
        }
    }

    /// The union of the states of an active element; the states with the unknowns of their shares.
    fn states(
        &self,
        program: &mut Program,
        a: usize,
        arc: &Arc,
        fixed: &Fixed,
    ) -> Vec<(ArcState, usize)> {
        let choices = self.problem.choices(a);
        let shares: Vec<(ArcState, usize)> =
            choices.iter().map(|&s| (s, program.unknown(0.0))).collect();
        let sum = shares.iter().map(|s| (s.1, 1.0)).collect();
        program.equal.push((sum, 1.0));
        for &(state, z) in &shares {
            program.bound(z, false, 0.0);
            if !fixed.leaves(a, state) {
                program.bound(z, true, 0.0);
            }
        }
        self.passing(program, a, &shares);
        self.differing(program, a, &shares);
        let active = shares.iter().find(|s| s.0 == ArcState::Active);
        if let Some(&(_, z)) = active {
            self.while_active(program, arc, z);
        }
        shares
    }

    /// The flow passes in open and active states only, back only where nothing hinders it.
    fn passing(&self, program: &mut Program, a: usize, shares: &[(ArcState, usize)]) {
        let q = self.problem.layout.flow(a);
        let [low, high] = self.ranges.flow[a];
        let one_way = self.problem.arcs[a].kind == ArcKind::CheckValve;
        let mut forward = vec![(q, 1.0)];
        let mut back = vec![(q, -1.0)];
        for &(state, z) in shares.iter().filter(|s| s.0 != ArcState::Closed) {
            forward.push((z, -high.max(0.0)));
            if state == ArcState::Open && !one_way {
                back.push((z, low.min(0.0)));
            }
        }
        program.not_above.push((forward, 0.0));
        program.not_above.push((back, 0.0));
    }

    /// π_i - π_j lies between what the shares allow.
    fn differing(&self, program: &mut Program, a: usize, shares: &[(ArcState, usize)]) {
        let arc = &self.problem.arcs[a];
        let [range_i, range_j] = arc.ends.map(|n| self.ranges.square[n]);
        let (lowest, widest) = (range_i[0] - range_j[1], range_i[1] - range_j[0]);
        let between = |state: ArcState| match (state, arc.kind) {
            (ArcState::Open, _) => [0.0, 0.0],
            (ArcState::Active, ArcKind::Station) => [lowest, 0.0],
            (ArcState::Active, _) => [0.0, widest],
            (ArcState::Closed, ArcKind::CheckValve) => [lowest, 0.0],
            (ArcState::Closed, _) => [lowest, widest],
        };
        let tolerance = match arc.kind {
            ArcKind::Valve => self.valve_loss(a),
            _ => 1e-6,
        };
        let [pi, pj] = arc.ends.map(|n| self.problem.layout.pressure(n));
        let mut above = vec![(pi, 1.0), (pj, -1.0)];
        let mut under = vec![(pi, -1.0), (pj, 1.0)];
        for &(state, z) in shares {
            let [least, most] = between(state);
            above.push((z, -most));
            under.push((z, least));
        }
        program.not_above.push((above, tolerance));
        program.not_above.push((under, tolerance));
    }

    /// What limits an active element beyond its direction.
    fn while_active(&self, program: &mut Program, arc: &Arc, z: usize) {
        let at = &self.problem.layout;
        let [i, j] = arc.ends;
        let (pi, pj) = (at.pressure(i), at.pressure(j));
        if let Some(suction) = arc.set[0].map(squared) {
            let least = self.ranges.square[i][0];
            // π_i >= least + z (suction - least)
            program
                .not_above
                .push((vec![(pi, -1.0), (z, suction - least)], -least));
        }
        if let Some(discharge) = arc.set[1].map(squared) {
            let most = self.ranges.square[j][1];
            program
                .not_above
                .push((vec![(pj, 1.0), (z, most - discharge)], most));
        }
        if arc.kind == ArcKind::Station {
            let station = &self.problem.case.network.compressor_stations[arc.place];
            let generic = station.machines.is_none() && station.pressure_rise.is_none();
            let ratio = station.ratio_max.powi(2);
            if generic && ratio.is_finite() {
                // π_j <= r² π_i + M (1 - z)
                let slack = (self.ranges.square[j][1] - ratio * self.ranges.square[i][0]).max(0.0);
                program
                    .not_above
                    .push((vec![(pj, 1.0), (pi, -ratio), (z, slack)], slack + 1e-6));
            }
        }
    }

    /// The difference of squares that an open valve takes at most.
    fn valve_loss(&self, a: usize) -> f64 {
        let [i, j] = self.problem.arcs[a].ends;
        let [low, high] = self.ranges.flow[a];
        let one = |flow: f64, n: usize| match flow > 0.0 {
            true => self.loss(a, flow, self.ranges.square[n][0]),
            false => 0.0,
        };
        one(high, i).max(one(-low, j)) + 1e-6
    }

    /// The objective, as far as it is bounded from below.
    fn objective(&self, made: &mut Made) {
        let at = &self.problem.layout;
        let program = &mut made.program;
        match &self.problem.objective {
            Objective::Throughput { off_take } => {
                let mut terminals = self.problem.terminals.iter();
                if let Some(t) = terminals.position(|t| &t.id == off_take) {
                    program.cost[at.inflow(t)] = at.flow_scale;
                }
            }
            Objective::Trade(_) => {
                for (t, terminal) in self.problem.terminals.iter().enumerate() {
                    let offer = self.problem.objective.offer(&terminal.id);
                    program.cost[at.inflow(t)] = offer.map_or(0.0, |o| o.per_kg * at.flow_scale);
                }
            }
            Objective::Build(_) => {
                for (&a, shares) in &made.shares {
                    let cost = self.problem.cost(&self.problem.arcs[a]).unwrap_or(0.0);
                    let standing = shares.iter().filter(|s| s.0 != ArcState::Closed);
                    standing.for_each(|s| program.cost[s.1] = cost);
                }
            }
            Objective::Power => {
                for (a, arc) in self.problem.stations() {
                    self.power(program, a, arc);
                }
            }
            _ => {}
        }
    }

    /// Adds an unknown not above the power of a station.
    fn power(&self, program: &mut Program, a: usize, arc: &Arc) {
        const MEGAWATT: f64 = 1e6;
        let at = &self.problem.layout;
        let flow = self.ranges.flow[a][0].max(0.0) * at.flow_scale;
        let [i, j] = arc.ends;
        let ([low, high], [from, to]) = (self.ranges.square[i], self.ranges.square[j]);
        let work = program.unknown(MEGAWATT);
        program.bound(work, false, 0.0);
        let Some(factor) = self.least_work(arc, flow) else {
            return;
        };
        // P >= k (ln π_j - ln π_i), ln π_j by its chord, -ln π_i by tangents.
        let k = 0.5 * factor / MEGAWATT;
        let slope = (to.ln() - from.ln()) / (to - from).max(1e-12);
        for s in 0..=TANGENTS {
            let x = low + (high - low) * s as f64 / TANGENTS as f64;
            let constant = k * (from.ln() - slope * from - x.ln() + 1.0);
            let terms = vec![
                (at.pressure(j), k * slope),
                (at.pressure(i), -k / x),
                (work, -1.0),
            ];
            program.not_above.push((terms, -constant));
        }
    }

    /// P/ln(p₂/p₁) at least, W: from the exact power at ratios near 1 over the suction pressures, at the
    /// least flow; power grows faster than the logarithm.
    fn least_work(&self, arc: &Arc, flow: f64) -> Option<f64> {
        const RATIO: f64 = 1.0 + 1e-4;
        let station = &self.problem.case.network.compressor_stations[arc.place];
        if flow <= 0.0 || station.machines.is_some() {
            return None;
        }
        let [low, high] = self.ranges.square[arc.ends[0]];
        let samples = (0..9).map(|k| low + (high - low) * f64::from(k) / 8.0);
        let work = samples.map(|square| {
            let p = PRESSURE_SCALE * square.sqrt();
            let model = &self.problem.model;
            model.station_power(arc.index, flow, [p, RATIO * p]).value / RATIO.ln()
        });
        let least = work.fold(f64::INFINITY, f64::min) * (1.0 - WIDENED);
        least.is_finite().then_some(least)
    }
}
