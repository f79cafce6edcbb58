use crate::Limit;
use crate::dual::Dual;

/// Share of the head over which a unit gives up its flow at the top of its map.
///
/// At its highest head a unit delivers any flow down to none, for it can recycle. So that units in
/// parallel have one answer each, the head that it reaches falls by this share from no flow to the
/// flow of its highest point.
pub(crate) const DROOP: f64 = 1e-4;

/// Share of the flow over which the head vanishes at the largest flow.
///
/// A machine passes hardly more gas when the head asked of it falls. The head that a unit reaches
/// goes from that at its largest flow to none over this last share of the flow, and further down:
///
/// $$ H/H_e = 1 - u (1 + u)/2,\quad u = \frac{Q/Q_e - (1 - δ)}{δ} $$
///
/// with the largest flow Q_e, the head H_e there and this share δ, continued linearly on either side.
/// The pressure behind it is concave in the flow, so Newton's method finds it from above.
pub(crate) const FALL: f64 = 5e-3;

/// -u' of H/H_e at H = 0, where u = 1.
const FALL_END: f64 = 1.5;
/// -u' of H/H_e at H = H_e, where u = 0.
const FALL_START: f64 = 0.5;

/// What a unit reaches at best, with recycling and throttling: the upper right border of its map,
/// cut by the power of its drive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Front<const N: usize> {
    /// Largest head.
    pub(crate) top: Corner<N>,
    /// Largest flow.
    pub(crate) end: Corner<N>,
}

/// A corner of the border.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corner<const N: usize> {
    /// Volume flow at suction, m³/s.
    pub(crate) flow: Dual<N>,
    /// Adiabatic head, J/kg.
    pub(crate) head: Dual<N>,
    /// What binds beyond it.
    pub(crate) limit: Limit,
}

/// A flow and the limit that binds it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach<const N: usize> {
    pub(crate) flow: Dual<N>,
    pub(crate) limit: Limit,
}

impl<const N: usize> Corner<N> {
    /// Beyond the border of every map.
    pub(crate) fn none() -> Self {
        Self {
            flow: Dual::constant(0.0),
            head: Dual::constant(0.0),
            limit: Limit::Power,
        }
    }
}

impl<const N: usize> Corner<N> {
    /// The flow at a head on the fall.
    fn fall_to(&self, head: Dual<N>) -> Dual<N> {
        let share = head / self.head;
        let u = if share.value <= 0.0 {
            -(share / FALL_END) + 1.0
        } else if share.value < 1.0 {
            ((-(share * 8.0) + 9.0).sqrt() - 1.0) / 2.0
        } else {
            -(share - 1.0) / FALL_START
        };
        self.flow * (u * FALL + (1.0 - FALL))
    }

    /// The head at a flow on the fall.
    fn fall_at(&self, flow: Dual<N>) -> Dual<N> {
        let u = (flow / self.flow - (1.0 - FALL)) / FALL;
        let share = if u.value >= 1.0 {
            (u - 1.0) * -FALL_END
        } else if u.value > 0.0 {
            -(u * (u + 1.0) / 2.0) + 1.0
        } else {
            -(u * FALL_START) + 1.0
        };
        self.head * share
    }

    /// How fast the flow grows below no head, m³/s per J/kg.
    pub(crate) fn fall_slope(&self) -> Dual<N> {
        self.flow / self.head * (FALL / FALL_END)
    }
}

impl<const N: usize> Front<N> {
    pub(crate) fn none() -> Self {
        Self {
            top: Corner::none(),
            end: Corner::none(),
        }
    }

    /// With what it depends on held fixed.
    pub(crate) fn fixed<const M: usize>(&self) -> Front<M> {
        let corner = |c: &Corner<N>| Corner {
            flow: Dual::constant(c.flow.value),
            head: Dual::constant(c.head.value),
            limit: c.limit,
        };
        Front {
            top: corner(&self.top),
            end: corner(&self.end),
        }
    }

    /// The largest flow at a head, given that between the corners.
    pub(crate) fn reach(
        &self,
        head: Dual<N>,
        between: impl FnOnce(Dual<N>) -> Reach<N>,
    ) -> Reach<N> {
        let (top, end) = (&self.top, &self.end);
        if head.value >= top.head.value {
            return Reach {
                flow: Dual::constant(0.0),
                limit: top.limit,
            };
        }
        let droop = Reach {
            flow: top.flow * (top.head - head) / (top.head * DROOP),
            limit: top.limit,
        };
        let fall = Reach {
            flow: end.fall_to(head),
            limit: end.limit,
        };
        if head.value <= end.head.value {
            return droop.min(fall);
        }
        let near_top = droop.flow.value < top.flow.value;
        let rest = droop.min(fall);
        if near_top {
            return rest;
        }
        rest.min(between(head))
    }
}

impl<const N: usize> Front<N> {
    /// The largest head at a flow, given that between the corners: the inverse of `reach`.
    pub(crate) fn head(&self, flow: Dual<N>, between: impl FnOnce(Dual<N>) -> Dual<N>) -> Dual<N> {
        let (top, end) = (&self.top, &self.end);
        let droop = top.head * (-(flow / top.flow) * DROOP + 1.0);
        let rest = droop.min(end.fall_at(flow));
        if flow.value <= top.flow.value || flow.value >= end.flow.value {
            return rest;
        }
        rest.min(between(flow))
    }
}

impl<const N: usize> Reach<N> {
    fn min(self, other: Self) -> Self {
        if other.flow.value < self.flow.value {
            other
        } else {
            self
        }
    }
}
