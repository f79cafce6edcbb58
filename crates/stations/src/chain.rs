use crate::Limit;
use crate::dual::Dual;
use crate::root::falling;
use crate::stage::{STAGES_MAX, Stage};
use crate::suction::Cooled;
use crate::unit::{Duty, Inlet};

/// Stages in series.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain {
    pub(crate) id: String,
    pub(crate) stages: Vec<Stage>,
}

/// What passes through the stages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream<'a, const N: usize> {
    pub(crate) gas: &'a Cooled,
    /// Mass flow, kg/s.
    pub(crate) flow: Dual<N>,
    /// Suction pressure, Pa.
    pub(crate) suction: Dual<N>,
}

/// Share of its highest head below which the head that a stage reaches is not counted when the work
/// is split.
const LEAST_SPLIT: f64 = 0.02;

impl<'a, const N: usize> Stream<'a, N> {
    fn fixed<const M: usize>(&self) -> Stream<'a, M> {
        Stream {
            gas: self.gas,
            flow: Dual::constant(self.flow.value),
            suction: Dual::constant(self.suction.value),
        }
    }

    fn inlet(&self, pressure: Dual<N>) -> Inlet<'a, N> {
        Inlet::new(self.gas, pressure)
    }
}

impl Chain {
    /// The highest discharge pressure, and what binds there.
    pub(crate) fn highest<const N: usize>(&self, stream: &Stream<'_, N>) -> (Dual<N>, Limit) {
        if let [stage] = self.stages.as_slice() {
            let inlet = stream.inlet(stream.suction);
            let reached = stage.reached(inlet);
            let head = reached.highest(stream.flow / inlet.density);
            let limit = reached.limit(head.value);
            return (stream.gas.lift(stream.suction, head), limit);
        }
        self.highest_in_series(stream)
    }

    /// The same for several stages.
    ///
    /// The flow must pass every stage: near the largest flow of one, where the head that it reaches
    /// falls steeply to none, what all stages reach falls with it, and beyond it by what it lacks.
    fn highest_in_series<const N: usize>(&self, stream: &Stream<'_, N>) -> (Dual<N>, Limit) {
        let none = Dual::constant(0.0);
        let mut pressure = stream.suction;
        let mut passing = Dual::constant(1.0);
        let mut lacking = none;
        let mut limit: Option<(Limit, bool)> = None;
        for stage in &self.stages {
            let inlet = stream.inlet(pressure);
            let reached = stage.reached(inlet);
            let head = reached.highest(stream.flow / inlet.density);
            let share = (head / reached.lowest_end()).min(Dual::constant(1.0));
            if share.value < 1.0 || limit.is_none_or(|(_, held)| !held) {
                limit = Some((reached.limit(head.value), share.value < 1.0));
            }
            passing = passing * share.max(none);
            lacking = lacking + stream.gas.lift(pressure, head.min(none)) - pressure;
            pressure = stream.gas.lift(pressure, head.max(none));
        }
        let highest = stream.suction + (pressure - stream.suction) * passing + lacking;
        (highest, limit.map_or(Limit::Ratio, |(limit, _)| limit))
    }

    /// What each unit does to bring the gas to a discharge pressure.
    ///
    /// Stages split the work so that each takes the same share of the head that it reaches when all do
    /// their most. A stage does more where the next one could otherwise not do its part; the last one
    /// does what is left.
    pub(crate) fn work<const N: usize>(
        &self,
        stream: &Stream<'_, N>,
        discharge: Dual<N>,
        mut each: impl FnMut(usize, usize, &Inlet<'_, N>, Duty<N>),
    ) {
        let plan = self.plan(stream, discharge);
        let mut pressure = stream.suction;
        for (i, stage) in self.stages.iter().enumerate() {
            let inlet = stream.inlet(pressure);
            let last = i + 1 == self.stages.len();
            let out = if last {
                discharge
            } else {
                plan.outlet(&self.stages, stream, i, pressure)
            };
            let head = stream.gas.head(pressure, out);
            let flow = stream.flow / inlet.density;
            let reached = stage.reached(inlet);
            reached.share(flow, head, |unit, duty| each(i, unit, &inlet, duty));
            pressure = out;
        }
    }

    /// The heads that the stages reach, and the share of them that brings the discharge pressure.
    fn plan<const N: usize>(&self, stream: &Stream<'_, N>, discharge: Dual<N>) -> Plan<N> {
        let none = Dual::constant(0.0);
        let mut plan = Plan {
            heads: [none; STAGES_MAX],
            outlets: [stream.suction; STAGES_MAX],
            share: none,
            discharge,
        };
        let stages = self.stages.len();
        if stages == 1 {
            return plan;
        }
        let mut pressure = stream.suction;
        for (i, stage) in self.stages.iter().enumerate() {
            let inlet = stream.inlet(pressure);
            let reached = stage.reached(inlet);
            let least = reached.top() * LEAST_SPLIT;
            plan.heads[i] = reached.highest(stream.flow / inlet.density).max(least);
            pressure = stream.gas.lift(pressure, plan.heads[i]);
            plan.outlets[i] = pressure;
        }
        plan.share = split(stream, &plan.heads[..stages], discharge);
        plan
    }
}

/// How stages in series split the work.
struct Plan<const N: usize> {
    /// The head of each stage when all do their most.
    heads: [Dual<N>; STAGES_MAX],
    /// The pressure behind each stage then.
    outlets: [Dual<N>; STAGES_MAX],
    /// The share of the heads that is needed.
    share: Dual<N>,
    discharge: Dual<N>,
}

impl<const N: usize> Plan<N> {
    /// The pressure behind a stage that is not the last: by the share of its head, and more where the
    /// next stage could otherwise not do its part.
    fn outlet(
        &self,
        stages: &[Stage],
        stream: &Stream<'_, N>,
        stage: usize,
        inlet: Dual<N>,
    ) -> Dual<N> {
        let out = stream.gas.lift(inlet, self.heads[stage] * self.share);
        let most = self.outlets[stage];
        let lacks = |p: Dual<N>| {
            let p = Dual::<0>::constant(p.value);
            self.lacking(stages, &stream.fixed(), stage + 1, p).value > 0.0
        };
        if out.value >= most.value || !lacks(out) {
            return out;
        }
        if lacks(most) {
            return most;
        }
        let fixed = stream.fixed::<1>();
        let root = falling(out.value, most.value, |p| {
            self.lacking(stages, &fixed, stage + 1, p)
        });
        root.implicit(|p| self.lacking(stages, stream, stage + 1, p))
    }

    /// The head that a stage has to do from an inlet pressure, less the one that it reaches.
    fn lacking<const M: usize>(
        &self,
        stages: &[Stage],
        stream: &Stream<'_, M>,
        stage: usize,
        pressure: Dual<M>,
    ) -> Dual<M> {
        let inlet = stream.inlet(pressure);
        let needed = if stage + 1 == stages.len() {
            stream.gas.head(pressure, carried(self.discharge))
        } else {
            carried(self.heads[stage]) * carried(self.share)
        };
        let reached = stages[stage].reached(inlet);
        needed.max(Dual::constant(0.0)) - reached.highest(stream.flow / inlet.density)
    }
}

/// The same number where the derivatives are by the same variables, otherwise held fixed.
fn carried<const N: usize, const M: usize>(x: Dual<N>) -> Dual<M> {
    let mut slopes = [0.0; M];
    if N == M {
        slopes.copy_from_slice(&x.slopes);
    }
    Dual {
        value: x.value,
        slopes,
    }
}

/// The share of the heads that brings the discharge pressure.
fn split<const N: usize>(stream: &Stream<'_, N>, heads: &[Dual<N>], discharge: Dual<N>) -> Dual<N> {
    if discharge.value <= stream.suction.value {
        return Dual::constant(0.0);
    }
    let wanted = Dual::<1>::constant(discharge.value);
    let lacking = |share: Dual<1>| {
        let suction = Dual::constant(stream.suction.value);
        wanted - lifted(stream.gas, suction, heads, |h| share * h.value)
    };
    let mut most = 1.0;
    while lacking(Dual::constant(most)).value > 0.0 && most < 1e6 {
        most *= 2.0;
    }
    let root = falling(0.0, most, lacking);
    root.implicit(|share| discharge - lifted(stream.gas, stream.suction, heads, |h| share * *h))
}

/// The pressure behind stages of given heads.
fn lifted<const N: usize, const M: usize>(
    gas: &Cooled,
    suction: Dual<N>,
    heads: &[Dual<M>],
    head: impl Fn(&Dual<M>) -> Dual<N>,
) -> Dual<N> {
    heads.iter().fold(suction, |p, h| gas.lift(p, head(h)))
}
