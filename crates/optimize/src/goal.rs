use crate::Objective;
use crate::curvature::{self, Block};
use crate::objective::Prices;
use crate::problem::{ArcState, Problem};
use crate::rows;

/// An objective as a function of the unknowns, scaled to be near 1.
#[derive(Debug, Clone)]
pub(crate) struct Goal {
    /// Price of gas drawn, per kg/s.
    gas: f64,
    /// Price of shaft power, per W, by station.
    power: Vec<f64>,
    /// Terminals whose inflow costs, with the price per kg.
    inflows: Vec<(usize, f64)>,
    /// What it is multiplied by.
    pub(crate) scale: f64,
}

impl Goal {
    /// Nothing is looked for but that limits are kept.
    pub(crate) fn none(problem: &Problem) -> Self {
        Self {
            gas: 0.0,
            power: vec![0.0; problem.layout.stations],
            inflows: Vec::new(),
            scale: 1.0,
        }
    }

    /// The objective of a problem, scaled by its value at a point.
    pub(crate) fn of(problem: &Problem, states: &[ArcState], x: &[f64]) -> Self {
        let mut goal = Self::none(problem);
        match &problem.objective {
            Objective::Feasible | Objective::Slack | Objective::Build(_) => return goal,
            Objective::Fuel => goal.gas = 1.0,
            Objective::Power => goal.power.fill(1.0),
            Objective::Cost(prices) => goal.price(problem, *prices),
            Objective::Throughput { off_take } => {
                let wanted = problem.terminals.iter().position(|t| &t.id == off_take);
                goal.inflows.extend(wanted.map(|t| (t, 1.0)));
            }
            Objective::Trade(trade) => {
                goal.price(problem, trade.prices);
                for (t, terminal) in problem.terminals.iter().enumerate() {
                    let offer = problem.objective.offer(&terminal.id);
                    goal.inflows.extend(offer.map(|o| (t, o.per_kg)));
                }
            }
        }
        let value = goal.value(problem, states, x).abs();
        let dearest = goal.inflows.iter().map(|i| i.1.abs()).fold(0.0, f64::max);
        let least = match &problem.objective {
            Objective::Power => 1e5,
            _ => (dearest * problem.layout.flow_scale).max(1e-3),
        };
        goal.scale = 1.0 / value.max(least);
        goal
    }

    fn price(&mut self, problem: &Problem, prices: Prices) {
        self.gas = prices.gas_per_kg;
        for (a, arc) in problem.stations() {
            let station = &problem.case.network.compressor_stations[arc.place];
            if let Some(k) = problem.arcs[a].station
                && !station.fuel_from_line
            {
                self.power[k] = prices.power_per_j / station.driver_efficiency;
            }
        }
    }

    pub(crate) fn is_none(&self) -> bool {
        self.gas == 0.0 && self.inflows.is_empty() && self.power.iter().all(|&p| p == 0.0)
    }

    pub(crate) fn in_its_unit(&self, value: f64) -> f64 {
        value / self.scale
    }

    /// Arcs whose power counts, with its price.
    fn powered<'a>(
        &'a self,
        problem: &'a Problem,
        states: &'a [ArcState],
    ) -> impl Iterator<Item = (usize, f64)> + 'a {
        let running = problem
            .stations()
            .filter(|(a, _)| states[*a] == ArcState::Active);
        let priced = running.map(|(a, arc)| (a, arc.station.map_or(0.0, |k| self.power[k])));
        priced.filter(|p| p.1 != 0.0)
    }

    pub(crate) fn value(&self, problem: &Problem, states: &[ArcState], x: &[f64]) -> f64 {
        let at = &problem.layout;
        let mut sum = 0.0;
        for k in 0..at.stations {
            sum += self.gas * x[at.fuel(k)] * at.flow_scale;
        }
        for (a, price) in self.powered(problem, states) {
            sum += price * rows::power(problem, a, x).0;
        }
        let inflows = self.inflows.iter();
        sum += inflows
            .map(|&(t, price)| price * x[at.inflow(t)] * at.flow_scale)
            .sum::<f64>();
        sum * self.scale
    }

    pub(crate) fn gradient(
        &self,
        problem: &Problem,
        states: &[ArcState],
        x: &[f64],
    ) -> Vec<(usize, f64)> {
        let at = &problem.layout;
        let per_flow = at.flow_scale * self.scale;
        let mut found = Vec::new();
        for k in 0..at.stations {
            found.push((at.fuel(k), self.gas * per_flow));
        }
        for (a, price) in self.powered(problem, states) {
            let terms = rows::power(problem, a, x).1;
            found.extend(terms.into_iter().map(|(i, c)| (i, price * self.scale * c)));
        }
        let inflows = self.inflows.iter();
        found.extend(inflows.map(|&(t, price)| (at.inflow(t), price * per_flow)));
        found
    }

    pub(crate) fn curvature(
        &self,
        problem: &Problem,
        states: &[ArcState],
        x: &mut [f64],
    ) -> Vec<Block> {
        let priced: Vec<_> = self.powered(problem, states).collect();
        let one = |(a, price): (usize, f64)| {
            let terms = rows::power(problem, a, x).1;
            let unknowns: Vec<usize> = terms.iter().map(|t| t.0).collect();
            let block = curvature::second(&unknowns, x, |x| rows::power(problem, a, x).1);
            block.convex(price * self.scale)
        };
        priced.into_iter().map(one).collect()
    }
}
