use crate::Limit;
use crate::dual::Dual;
use crate::root::falling;
use crate::stage::{Reached, Stage};
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
    ///
    /// A stage that cannot pass the flow leaves the next one the pressure of the suction; what it lacks
    /// is taken off the pressure at the end.
    pub(crate) fn highest<const N: usize>(&self, stream: &Stream<'_, N>) -> (Dual<N>, Limit) {
        let mut pressure = stream.suction;
        let mut lacking = Dual::constant(0.0);
        let mut limit = None;
        for (i, stage) in self.stages.iter().enumerate() {
            let inlet = stream.inlet(pressure);
            let reached = stage.reached(inlet);
            let head = reached.highest(stream.flow / inlet.density);
            let out = stream.gas.lift(pressure, head);
            let binding = reached.limit(head.value);
            if limit != Some(Limit::Choke) {
                limit = Some(binding);
            }
            let last = i + 1 == self.stages.len();
            if !last && out.value < stream.suction.value {
                lacking = lacking + (out - stream.suction);
                pressure = stream.suction;
            } else {
                pressure = out;
            }
        }
        (pressure + lacking, limit.unwrap_or(Limit::Ratio))
    }

    /// What each unit does to bring the gas to a discharge pressure.
    ///
    /// Stages split the work so that each takes the same share of the head that it reaches.
    pub(crate) fn work<const N: usize>(
        &self,
        stream: &Stream<'_, N>,
        discharge: Dual<N>,
        mut each: impl FnMut(usize, usize, &Inlet<'_, N>, Duty<N>),
    ) {
        let single = self.stages.len() == 1;
        let share = if single {
            Dual::constant(0.0)
        } else {
            self.split(stream, discharge)
        };
        let mut pressure = stream.suction;
        for (i, stage) in self.stages.iter().enumerate() {
            let inlet = stream.inlet(pressure);
            let reached = stage.reached(inlet);
            let flow = stream.flow / inlet.density;
            let head = if single {
                stream.gas.head(pressure, discharge)
            } else {
                countable(&reached, flow) * share
            };
            reached.share(flow, head, |unit, duty| each(i, unit, &inlet, duty));
            pressure = stream.gas.lift(pressure, head);
        }
    }

    /// The share of the heads that brings the discharge pressure.
    fn split<const N: usize>(&self, stream: &Stream<'_, N>, discharge: Dual<N>) -> Dual<N> {
        if discharge.value <= stream.suction.value {
            return Dual::constant(0.0);
        }
        let fixed = stream.fixed::<1>();
        let wanted = Dual::<1>::constant(discharge.value);
        let lacking = |share| wanted - self.pressure_at(&fixed, share);
        let mut most = 1.0;
        while lacking(Dual::constant(most)).value > 0.0 && most < 1e6 {
            most *= 2.0;
        }
        let root = falling(0.0, most, lacking);
        root.implicit(|share| discharge - self.pressure_at(stream, share))
    }

    /// Discharge pressure where each stage takes a share of the head that it reaches.
    fn pressure_at<const N: usize>(&self, stream: &Stream<'_, N>, share: Dual<N>) -> Dual<N> {
        self.stages.iter().fold(stream.suction, |pressure, stage| {
            let inlet = stream.inlet(pressure);
            let reached = stage.reached(inlet);
            let head = countable(&reached, stream.flow / inlet.density);
            stream.gas.lift(pressure, head * share)
        })
    }
}

/// The head that a stage reaches, not less than a small share of its highest one.
fn countable<const N: usize>(reached: &Reached<'_, N>, flow: Dual<N>) -> Dual<N> {
    let least = reached.top() * LEAST_SPLIT;
    reached.highest(flow).max(least)
}
