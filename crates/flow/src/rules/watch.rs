//! A condition over time: how far a quantity is beyond its level, and since when.
//!
//! Over a step a quantity is the polynomial through its values at the old state and at the stages,
//! which is how results between steps are found too. So the time at which it crosses its level does not
//! depend on where steps end.

use super::gauge::Gauge;
use crate::model::Model;
use crate::state::{Controls, State};
use linepack_network::{Condition, Level, Side};
use std::collections::VecDeque;

/// Most values of a step: the old state and all stages.
const VALUES_MAX: usize = 8;
/// Points at which a step is searched for crossings.
const SEARCH: usize = 24;
/// Multiple of the range of a step's values that the polynomial through them stays within.
const BRIDGE: f64 = 3.0;
/// Share of a level by which a quantity must be on the other side before a rule can act again.
const DEAD_BAND: f64 = 1e-4;

/// The polynomial of a quantity over a step.
#[derive(Debug, Clone, Default)]
struct Curve {
    from_s: f64,
    to_s: f64,
    count: usize,
    place: [f64; VALUES_MAX],
    value: [f64; VALUES_MAX],
}

impl Curve {
    fn put(&mut self, place: f64, value: f64) {
        if self.count < VALUES_MAX {
            (self.place[self.count], self.value[self.count]) = (place, value);
            self.count += 1;
        }
    }

    fn at(&self, time_s: f64) -> f64 {
        let length = self.to_s - self.from_s;
        let x = if length > 0.0 {
            (time_s - self.from_s) / length
        } else {
            0.0
        };
        let term = |i: usize| {
            let others = (0..self.count).filter(|&j| j != i);
            let weight: f64 = others
                .map(|j| (x - self.place[j]) / (self.place[i] - self.place[j]))
                .product();
            weight * self.value[i]
        };
        (0..self.count).map(term).sum()
    }
}

/// A stretch of time in which a condition holds, s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub from_s: f64,
    pub to_s: f64,
}

/// The first time in a step at which a quantity is below a level; `values` by share of the step.
pub(crate) fn first_below(
    [from_s, to_s]: [f64; 2],
    values: impl Iterator<Item = (f64, f64)>,
    level: f64,
) -> Option<f64> {
    let mut step = Curve {
        from_s,
        to_s,
        ..Curve::default()
    };
    values.for_each(|(place, value)| step.put(place, value));
    let below = |time_s: f64| step.at(time_s) < level;
    let time = |i: usize| from_s + (to_s - from_s) * i as f64 / SEARCH as f64;
    if below(from_s) {
        return Some(from_s);
    }
    let next = (1..=SEARCH).find(|&i| below(time(i)))?;
    Some(change(time(next - 1), time(next), below))
}

/// Where something that does not hold at `a` begins to hold on the way to `b`, by bisection.
fn change(mut a: f64, mut b: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..50 {
        let middle = 0.5 * (a + b);
        if middle <= a || middle >= b {
            break;
        }
        if holds(middle) {
            b = middle;
        } else {
            a = middle;
        }
    }
    b
}

/// A condition that is watched.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    gauge: Gauge,
    level: f64,
    side: Side,
    window_s: Option<f64>,
    step: Curve,
    /// When it holds within the step.
    held: Vec<Stretch>,
    past: VecDeque<Curve>,
}

impl Watch {
    /// None where what is watched takes no part, or its flow cannot be told in kg/s.
    pub(super) fn new(model: &Model, condition: &Condition) -> Option<Self> {
        let (level, window_s) = match condition.level {
            Level::Pressure(v) | Level::Ratio(v) | Level::Power(v) | Level::Linepack(v) => {
                (v, None)
            }
            Level::Flow(rate) => (model.gas.mass_flow_kg_per_s(rate).ok()?, None),
            Level::PressureDrop { drop_pa, within_s } => (drop_pa, Some(within_s)),
            _ => return None,
        };
        Some(Self {
            gauge: Gauge::new(model, condition)?,
            level,
            side: condition.side,
            window_s,
            step: Curve::default(),
            held: Vec::new(),
            past: VecDeque::new(),
        })
    }

    /// Begins with a state that has held for ever.
    pub(super) fn begin(&mut self, model: &Model, controls: &Controls, state: &State) {
        let value = self.gauge.read(model, controls, state, state.time_s);
        self.step = Curve {
            from_s: state.time_s,
            to_s: state.time_s,
            ..Curve::default()
        };
        self.step.put(0.0, value);
        self.held = self.search();
    }

    /// Looks at a step: the states at shares of its length.
    pub(super) fn look<'s>(
        &mut self,
        model: &Model,
        controls: &Controls,
        [from_s, to_s]: [f64; 2],
        nodes: impl Iterator<Item = (f64, &'s State)>,
    ) {
        self.step = Curve {
            from_s,
            to_s,
            ..Curve::default()
        };
        for (place, state) in nodes {
            let time_s = from_s + place * (to_s - from_s);
            let value = self.gauge.read(model, controls, state, time_s);
            self.step.put(place, value);
        }
        self.held = if self.is_far() {
            Vec::new()
        } else {
            self.search()
        };
    }

    /// Whether all values of the step are on the other side of the level, by more than what the
    /// polynomial between them can bridge.
    fn is_far(&self) -> bool {
        let values = &self.step.value[..self.step.count];
        let low = values.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        let high = values.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        let reach = BRIDGE * (high - low) + DEAD_BAND * self.level.abs();
        let far = match self.side {
            Side::Below => low - reach > self.level,
            Side::Above => high + reach < self.level,
        };
        far && self.window_s.is_none()
    }

    /// The step has been taken.
    pub(super) fn keep(&mut self) {
        let Some(window_s) = self.window_s else {
            return;
        };
        let oldest = self.step.to_s - window_s;
        while self.past.len() > 1 && self.past[1].from_s <= oldest {
            self.past.pop_front();
        }
        self.past.push_back(self.step.clone());
    }

    /// The steps of the window as plain numbers.
    pub(super) fn window(&self) -> Vec<f64> {
        let mut all = Vec::new();
        for curve in &self.past {
            all.extend([curve.from_s, curve.to_s, curve.count as f64]);
            all.extend(&curve.place[..curve.count]);
            all.extend(&curve.value[..curve.count]);
        }
        all
    }

    /// Takes over what [`Watch::window`] gave.
    pub(super) fn set_window(&mut self, mut numbers: &[f64]) {
        self.past.clear();
        while let [from_s, to_s, count, rest @ ..] = numbers {
            let count = *count as usize;
            if count > VALUES_MAX || rest.len() < 2 * count {
                return;
            }
            let mut curve = Curve {
                from_s: *from_s,
                to_s: *to_s,
                ..Curve::default()
            };
            for i in 0..count {
                curve.put(rest[i], rest[count + i]);
            }
            self.past.push_back(curve);
            numbers = &rest[2 * count..];
        }
    }

    /// The quantity at a time in the step or the window before it.
    fn value(&self, time_s: f64) -> f64 {
        if time_s >= self.step.from_s || self.past.is_empty() {
            return self.step.at(time_s.clamp(self.step.from_s, self.step.to_s));
        }
        let next = self.past.partition_point(|c| c.from_s <= time_s);
        let curve = &self.past[next.saturating_sub(1)];
        curve.at(time_s.clamp(curve.from_s, curve.to_s))
    }

    /// How far the quantity is beyond the level: above zero the condition holds.
    pub(super) fn excess(&self, time_s: f64) -> f64 {
        let now = self.value(time_s);
        let value = match self.window_s {
            Some(window_s) => self.value(time_s - window_s) - now,
            None => now,
        };
        match self.side {
            Side::Below => self.level - value,
            Side::Above => value - self.level,
        }
    }

    /// Whether the condition holds at the end of the step.
    pub(super) fn holds(&self) -> bool {
        self.excess(self.step.to_s) > 0.0
    }

    /// When it holds within the step.
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.held
    }

    fn search(&self) -> Vec<Stretch> {
        let (from_s, to_s) = (self.step.from_s, self.step.to_s);
        let time = |i: usize| from_s + (to_s - from_s) * i as f64 / SEARCH as f64;
        let mut found = Vec::new();
        let mut since = (self.excess(from_s) > 0.0).then_some(from_s);
        for i in 1..=SEARCH {
            let (a, b) = (time(i - 1), if i == SEARCH { to_s } else { time(i) });
            let holds = self.excess(b) > 0.0;
            match (since, holds) {
                (None, true) => since = Some(self.crossing(a, b)),
                (Some(start_s), false) => {
                    let end_s = self.crossing(a, b);
                    found.push(Stretch {
                        from_s: start_s,
                        to_s: end_s,
                    });
                    since = None;
                }
                _ => {}
            }
        }
        found.extend(since.map(|from_s| Stretch { from_s, to_s }));
        found
    }

    /// The first time in the step at which the condition does not hold, by a small share of its level:
    /// what has just crossed it does not count as back again.
    pub(super) fn over(&self) -> Option<f64> {
        let (from_s, to_s) = (self.step.from_s, self.step.to_s);
        let band = DEAD_BAND * self.level.abs();
        (0..=SEARCH)
            .map(|i| from_s + (to_s - from_s) * i as f64 / SEARCH as f64)
            .find(|&t| self.excess(t) < -band)
    }

    /// Where the excess changes its sign between two times.
    fn crossing(&self, a: f64, b: f64) -> f64 {
        let before = self.excess(a) > 0.0;
        change(a, b, |t| (self.excess(t) > 0.0) != before)
    }
}
