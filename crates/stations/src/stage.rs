use crate::Limit;
use crate::dual::Dual;
use crate::front::{DROOP, Front};
use crate::root::falling;
use crate::unit::{Duty, Inlet, Unit};

/// Units in parallel, at one head.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stage {
    pub(crate) units: Vec<Unit>,
}

/// Most stages in series.
pub(crate) const STAGES_MAX: usize = 8;
/// Most units of a stage.
pub(crate) const UNITS_MAX: usize = 24;

/// What the units of a stage reach, at one suction state.
pub(crate) struct Reached<'a, const N: usize> {
    units: &'a [Unit],
    inlet: Inlet<'a, N>,
    fronts: [Front<N>; UNITS_MAX],
}

impl Stage {
    pub(crate) fn reached<'a, const N: usize>(&'a self, inlet: Inlet<'a, N>) -> Reached<'a, N> {
        let front = |i| self.units.get(i).map(|u: &Unit| u.front(&inlet));
        Reached {
            units: &self.units,
            inlet,
            fronts: std::array::from_fn(|i| front(i).unwrap_or(Front::none())),
        }
    }
}

impl<const N: usize> Reached<'_, N> {
    fn fronts(&self) -> &[Front<N>] {
        &self.fronts[..self.units.len()]
    }

    /// Largest flow of a unit at a head.
    pub(crate) fn flow_of(&self, unit: usize, head: Dual<N>) -> Dual<N> {
        self.units[unit]
            .reach(&self.fronts[unit], self.inlet.density, head)
            .flow
    }

    /// Largest flow of all units at a head.
    pub(crate) fn flow(&self, head: Dual<N>) -> Dual<N> {
        let flows = (0..self.units.len()).map(|i| self.flow_of(i, head));
        flows.fold(Dual::constant(0.0), |sum, q| sum + q)
    }

    /// The front of the unit with the largest head.
    fn tallest(&self) -> &Front<N> {
        let mut tallest = &self.fronts[0];
        for front in self.fronts() {
            if front.top.head.value > tallest.top.head.value {
                tallest = front;
            }
        }
        tallest
    }

    /// The highest head at no flow.
    pub(crate) fn top(&self) -> Dual<N> {
        self.tallest().top.head
    }

    /// The flow of the units that reach the highest head.
    fn top_flow(&self) -> Dual<N> {
        let top = self.tallest().top.head.value;
        let tall = self.fronts().iter().filter(|f| f.top.head.value >= top);
        tall.fold(Dual::constant(0.0), |sum, f| sum + f.top.flow)
    }

    /// The head down to which the flow of every unit can grow.
    pub(crate) fn lowest_end(&self) -> Dual<N> {
        let ends = self.fronts().iter().map(|f| f.end.head);
        ends.fold(self.fronts[0].end.head, Dual::min)
    }

    /// The highest head at a flow, with recycling and throttling.
    ///
    /// Strictly falling in the flow: along the maps, steeply beyond the largest flow of all units, and
    /// hardly below no flow.
    pub(crate) fn highest(&self, flow: Dual<N>) -> Dual<N> {
        if let ([unit], [front]) = (self.units, self.fronts())
            && let Some(head) = unit.head(front, self.inlet.density, flow)
        {
            return head;
        }
        let top = &self.tallest().top;
        if flow.value <= 0.0 {
            return top.head * (-(flow / self.top_flow()) * DROOP + 1.0);
        }
        let (mut most, mut slope) = (Dual::constant(0.0), Dual::constant(0.0));
        for front in self.fronts() {
            most = most + front.end.flow;
            slope = slope + front.end.fall_slope();
        }
        if flow.value >= most.value {
            return (most - flow) / slope;
        }
        let root = falling(0.0, top.head.value, |head| self.beyond(flow.value, head));
        root.implicit(|head| self.flow(head) - flow)
    }

    /// Largest flow at a head less another flow, along the head only.
    fn beyond(&self, flow: f64, head: Dual<1>) -> Dual<1> {
        let density = Dual::constant(self.inlet.density.value);
        let mut sum = Dual::constant(-flow);
        for (unit, front) in self.units.iter().zip(self.fronts()) {
            sum = sum + unit.reach(&front.fixed(), density, head).flow;
        }
        sum
    }

    /// What binds at a head on the border: the limit of the unit that carries most.
    pub(crate) fn limit(&self, head: f64) -> Limit {
        let head = Dual::constant(head);
        let mut most = 0.0;
        let mut limit = self.tallest().top.limit;
        for (unit, front) in self.units.iter().zip(self.fronts()) {
            let reach = unit.reach(front, self.inlet.density, head);
            if reach.flow.value > most {
                (most, limit) = (reach.flow.value, reach.limit);
            }
        }
        limit
    }

    /// What each unit does when they deliver a flow at a head.
    ///
    /// They share the flow in proportion to what each can carry at that head. Where they cannot carry
    /// it together they share it as at the highest head at which they can. A unit that does not reach
    /// the head stands by at its highest one.
    pub(crate) fn share(&self, flow: Dual<N>, head: Dual<N>, mut each: impl FnMut(usize, Duty<N>)) {
        let none = Dual::constant(0.0);
        let flow = flow.max(none);
        let mut common = head.max(none);
        let mut most = self.flow(common);
        if flow.value >= most.value {
            common = self.highest(flow);
            most = self.flow(common);
        }
        let load = if most.value > 0.0 { flow / most } else { none };
        for (i, (unit, front)) in self.units.iter().zip(self.fronts()).enumerate() {
            let delivered = self.flow_of(i, common) * load;
            let asked = common.min(front.top.head) + (head - common);
            each(i, unit.duty(&self.inlet, delivered, asked));
        }
    }
}
