//! Supplies, off-takes and leaks: where gas crosses the border of the network.
//!
//! The unknown is the inflow s (negative out of the network). A supply or off-take keeps s between
//! two bounds and, between them, a pressure: s = mid(low, s + c (p_set - p), high).

use crate::build::Place;
use crate::contents::GasAt;
use crate::discharge::hole_flow;
use crate::link::{BAR, DROOP, FLOW_SCALE};
use crate::signal::Signal;
use linepack_network::Profile;

/// What kind of terminal, for results and balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TerminalKind {
    Supply,
    OffTake,
    Leak,
}

impl TerminalKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::OffTake => "off_take",
            Self::Leak => "leak",
        }
    }

    /// +1 when inflow counts as positive in results, -1 when outflow does.
    pub(crate) fn sign(self) -> f64 {
        if self == Self::Supply { 1.0 } else { -1.0 }
    }
}

/// How the inflow follows.
#[derive(Debug, Clone)]
pub(crate) enum TerminalLaw {
    Bounds {
        low: Signal,
        high: Signal,
        pressure: Option<Signal>,
        shut: bool,
    },
    Hole {
        area: Signal,
        discharge_coefficient: f64,
        back_pressure: f64,
    },
}

/// A supply, off-take or leak.
#[derive(Debug, Clone)]
pub(crate) struct Terminal {
    pub id: String,
    pub kind: TerminalKind,
    pub node: usize,
    pub isotherm: usize,
    pub law: TerminalLaw,
    /// The flow asked for, positive in its own direction; none where nothing is asked.
    pub requested: Option<Signal>,
    /// Lowest pressure of an off-take that does not back off, Pa.
    pub pressure_min: Option<f64>,
    /// Temperature of what it brings, K.
    pub temperature: Signal,
    /// What it brings.
    pub gas: Brought,
    /// Its mark among the shares of mixtures, and that of the batch at hand.
    pub mark: usize,
    pub batch: Option<usize>,
}

/// The gas that a supply brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brought {
    /// One of the gases of the model.
    Gas(usize),
    /// By a profile of gases of the model.
    Profile(usize),
}

/// Which bound holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TerminalMode {
    #[default]
    Low,
    High,
    Pressure,
    Hole,
    Shut,
}

impl TerminalMode {
    /// The word for results.
    pub(crate) fn word(self, kind: TerminalKind) -> &'static str {
        match (self, kind) {
            (Self::Low, TerminalKind::OffTake) | (Self::High, TerminalKind::Supply) => "flow",
            (Self::Low | Self::High, _) => "its least flow",
            (Self::Pressure, _) => "pressure",
            (Self::Hole, _) => "discharge",
            (Self::Shut, _) => "shut",
        }
    }
}

/// residual = value, with derivatives by inflow and pressure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TerminalRow {
    pub residual: f64,
    pub per_flow: f64,
    pub per_pressure: f64,
    pub mode: TerminalMode,
}

impl Terminal {
    pub(crate) fn row(
        &self,
        time_s: f64,
        inflow: f64,
        pressure: f64,
        gas: GasAt<'_>,
        profiles: &[Profile],
    ) -> TerminalRow {
        match &self.law {
            TerminalLaw::Hole {
                area,
                discharge_coefficient,
                back_pressure,
            } => {
                let size = area.at(time_s, profiles) * discharge_coefficient;
                let (flow, slope) = hole_flow(size, pressure, *back_pressure, gas);
                TerminalRow {
                    residual: (inflow + flow) / FLOW_SCALE,
                    per_flow: 1.0 / FLOW_SCALE,
                    per_pressure: slope / FLOW_SCALE,
                    mode: TerminalMode::Hole,
                }
            }
            TerminalLaw::Bounds { shut: true, .. } => fixed(inflow, 0.0, TerminalMode::Shut),
            TerminalLaw::Bounds {
                low,
                high,
                pressure: set,
                ..
            } => {
                let low = low.at(time_s, profiles);
                let Some(set) = set else {
                    return fixed(inflow, low, TerminalMode::Low);
                };
                let high = high.at(time_s, profiles);
                let want = (set.at(time_s, profiles) - pressure) / BAR;
                let aim = inflow + FLOW_SCALE * want;
                if aim <= low {
                    fixed(inflow, low, TerminalMode::Low)
                } else if aim >= high {
                    fixed(inflow, high, TerminalMode::High)
                } else {
                    TerminalRow {
                        residual: -want,
                        per_flow: DROOP / BAR,
                        per_pressure: 1.0 / BAR,
                        mode: TerminalMode::Pressure,
                    }
                }
            }
        }
    }

    /// The law with its corners rounded over a width, bar: r = q - max(low, min(high, q + c (p_set - p))).
    pub(crate) fn smooth(
        &self,
        time_s: f64,
        inflow: f64,
        pressure: f64,
        profiles: &[Profile],
        [width, resistance]: [f64; 2],
        row: &mut TerminalRow,
    ) {
        let TerminalLaw::Bounds {
            low,
            high,
            pressure: Some(set),
            shut: false,
        } = &self.law
        else {
            return;
        };
        let bounds = [low, high].map(|s| (inflow - s.at(time_s, profiles)) / FLOW_SCALE);
        let [above_low, above_high] = bounds;
        let excess = (pressure + resistance * inflow - set.at(time_s, profiles)) / BAR;
        // The larger of (q - high) and the excess of pressure, then the smaller of that and (q - low).
        let (upper, share_high) = rounded_min(-above_high, -excess, width);
        let (value, share_low) = rounded_min(above_low, -upper, width);
        row.residual = value;
        row.per_pressure = (1.0 - share_low) * (1.0 - share_high) / BAR;
        row.per_flow = (share_low + (1.0 - share_low) * share_high) / FLOW_SCALE
            + row.per_pressure * resistance;
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> Place {
        Place {
            node: self.node,
            isotherm: self.isotherm,
        }
    }

    /// The flow asked for, kg/s, positive in its own direction; none where nothing is.
    pub(crate) fn asked(&self, time_s: f64, profiles: &[Profile]) -> Option<f64> {
        if let TerminalLaw::Bounds { shut: true, .. } = self.law {
            return None;
        }
        self.requested.as_ref().map(|s| s.at(time_s, profiles))
    }

    /// Whether a finite bound of its flow can take the place of its pressure, other than none at all.
    pub(crate) fn has_branches(&self) -> bool {
        match &self.law {
            TerminalLaw::Bounds {
                low,
                high,
                pressure: Some(_),
                shut: false,
            } => {
                let free =
                    |s: &Signal| matches!(s, Signal::Constant(v) if v.is_infinite() || *v == 0.0);
                !(free(low) && free(high))
            }
            _ => false,
        }
    }

    /// Whether its law can be a pressure, whatever happens to its set-points.
    pub(crate) fn can_hold_pressure(&self) -> bool {
        matches!(
            self.law,
            TerminalLaw::Bounds {
                pressure: Some(_),
                ..
            }
        )
    }

    /// Whether nothing need flow there.
    pub(crate) fn can_rest(&self, time_s: f64, profiles: &[Profile]) -> bool {
        match &self.law {
            TerminalLaw::Bounds { shut: true, .. } => true,
            TerminalLaw::Bounds { low, high, .. } => {
                low.at(time_s, profiles) <= 0.0 && high.at(time_s, profiles) >= 0.0
            }
            TerminalLaw::Hole { .. } => false,
        }
    }

    /// Whether it can hold a pressure (so that its network has one).
    pub(crate) fn holds_pressure(&self) -> bool {
        match &self.law {
            TerminalLaw::Bounds { pressure, shut, .. } => pressure.is_some() && !shut,
            TerminalLaw::Hole { area, .. } => *area != Signal::Constant(0.0),
        }
    }
}

/// The smaller of two numbers, rounded over a width, and the share of the first in its slope.
fn rounded_min(a: f64, b: f64, width: f64) -> (f64, f64) {
    if a == f64::INFINITY {
        return (b, 0.0);
    }
    let difference = a - b;
    let root = difference.hypot(2.0 * width);
    (0.5 * (a + b - root), 0.5 * (1.0 - difference / root))
}

fn fixed(inflow: f64, value: f64, mode: TerminalMode) -> TerminalRow {
    TerminalRow {
        residual: (inflow - value) / FLOW_SCALE,
        per_flow: 1.0 / FLOW_SCALE,
        per_pressure: 0.0,
        mode,
    }
}
