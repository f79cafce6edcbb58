use crate::Limit;
use crate::dual::Dual;
use crate::engine::Engine;
use crate::front::{Front, Reach};
use crate::piston::Piston;
use crate::suction::Cooled;
use crate::turbo::{Turbo, Work};

/// A compressor with its drive.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    pub(crate) compressor: String,
    pub(crate) machine: Machine,
    pub(crate) engine: Engine,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Machine {
    Turbo(Box<Turbo>),
    Piston(Piston),
}

/// The gas at the suction of a stage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inlet<'a, const N: usize> {
    pub(crate) gas: &'a Cooled,
    pub(crate) pressure: Dual<N>,
    pub(crate) density: Dual<N>,
}

/// What a unit does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Duty<const N: usize> {
    /// Volume flow that it delivers, m³/s at suction.
    pub(crate) delivered: Dual<N>,
    /// Head asked of it, J/kg.
    pub(crate) asked: Dual<N>,
    /// The point at which it works.
    pub(crate) work: Work<N>,
    /// Shaft power, W.
    pub(crate) power: Dual<N>,
    /// Energy taken by its drive, W.
    pub(crate) energy: Dual<N>,
    /// What sets the least head at this flow, where it throttles.
    pub(crate) throttled_by: Option<Limit>,
}

/// Share of its largest flow by which a turbo compressor is calculated beyond it; further out power
/// is in proportion to flow.
const BEYOND: f64 = 1.05;
/// Share of the lowest head of a map below which a unit comes to a stand.
const STARTED: f64 = 0.1;
/// The same for a piston compressor, as a share of p/ρ.
const PISTON_STARTED: f64 = 0.01;

impl<'a, const N: usize> Inlet<'a, N> {
    pub(crate) fn new(gas: &'a Cooled, pressure: Dual<N>) -> Self {
        Self {
            gas,
            pressure,
            density: gas.density(pressure),
        }
    }
}

impl Unit {
    /// What it reaches.
    pub(crate) fn front<const N: usize>(&self, inlet: &Inlet<'_, N>) -> Front<N> {
        match &self.machine {
            Machine::Turbo(turbo) => turbo.front(&self.engine, inlet.density),
            Machine::Piston(piston) => piston.front(&self.engine, inlet.gas, inlet.pressure),
        }
    }

    /// The largest flow at a head.
    pub(crate) fn reach<const N: usize>(
        &self,
        front: &Front<N>,
        density: Dual<N>,
        head: Dual<N>,
    ) -> Reach<N> {
        front.reach(head, |head| match &self.machine {
            Machine::Turbo(turbo) => turbo.reach(&self.engine, density, head),
            Machine::Piston(piston) => piston.reach(&self.engine, density, head),
        })
    }

    /// The largest head at a flow, where it can be said without a search.
    pub(crate) fn head<const N: usize>(
        &self,
        front: &Front<N>,
        density: Dual<N>,
        flow: Dual<N>,
    ) -> Option<Dual<N>> {
        match &self.machine {
            Machine::Turbo(turbo) => {
                Some(front.head(flow, |q| turbo.head_at(&self.engine, density, q)))
            }
            Machine::Piston(_) => None,
        }
    }

    /// What it does to deliver a flow at a head.
    ///
    /// With less flow than the surge line (or the lowest speed and the pockets of a piston) allows it
    /// recycles cooled gas to its suction, with less head than its map has at that flow it
    /// throttles. As the head goes to zero it comes to a stand.
    pub(crate) fn duty<const N: usize>(
        &self,
        inlet: &Inlet<'_, N>,
        delivered: Dual<N>,
        asked: Dual<N>,
    ) -> Duty<N> {
        let (work, throttled_by) = self.point(inlet.density, delivered, asked);
        let power = inlet.density * work.flow * work.head / work.efficiency;
        let beyond = self.beyond(delivered);
        let started = self.started(inlet, asked);
        Duty {
            delivered,
            asked,
            work,
            power: power * beyond * started,
            energy: self.engine.energy(power * beyond) * started,
            throttled_by,
        }
    }

    fn point<const N: usize>(
        &self,
        density: Dual<N>,
        delivered: Dual<N>,
        asked: Dual<N>,
    ) -> (Work<N>, Option<Limit>) {
        let turbo = match &self.machine {
            Machine::Turbo(turbo) => turbo,
            Machine::Piston(piston) => {
                let head = asked.max(Dual::constant(0.0));
                return (piston.work(&self.engine, density, delivered, head), None);
            }
        };
        let most = Dual::constant(turbo.largest_flow() * BEYOND);
        let flow = delivered.max(turbo.left_at(asked)).min(most);
        let (least, limit) = turbo.low_at(flow);
        let throttled = asked.value < least.value;
        (
            turbo.work(flow, asked.max(least)),
            throttled.then_some(limit),
        )
    }

    /// Factor on the power for a flow far beyond the map.
    fn beyond<const N: usize>(&self, delivered: Dual<N>) -> Dual<N> {
        match &self.machine {
            Machine::Turbo(turbo) => {
                let most = turbo.largest_flow() * BEYOND;
                (delivered / most).max(Dual::constant(1.0))
            }
            Machine::Piston(_) => Dual::constant(1.0),
        }
    }

    /// 0 at a stand, 1 in work, smoothly between them.
    fn started<const N: usize>(&self, inlet: &Inlet<'_, N>, asked: Dual<N>) -> Dual<N> {
        let full = match &self.machine {
            Machine::Turbo(turbo) => Dual::constant(STARTED * turbo.lowest_head()),
            Machine::Piston(_) => inlet.pressure / inlet.density * PISTON_STARTED,
        };
        let x = asked / full;
        if x.value >= 1.0 {
            Dual::constant(1.0)
        } else if x.value <= 0.0 {
            Dual::constant(0.0)
        } else {
            x * x * (-(x * 2.0) + 3.0)
        }
    }

    /// Lowest and highest speed, 1/min.
    pub(crate) fn speeds(&self) -> [f64; 2] {
        match &self.machine {
            Machine::Turbo(turbo) => [turbo.speed_min, turbo.speed_max],
            Machine::Piston(piston) => [piston.speed_min, piston.speed_max],
        }
    }
}
