use super::{BAR, DROOP, FLOW_SCALE, LinkPoint, Mode, Piping, Row};
use crate::signal::Signal;
use linepack_network::ControlState;

/// A control valve (regulator).
///
/// With the slack φ = min(p_set - p_out, p_in - p_in,min, q_set - q), it is open (p_in = p_out,
/// φ ≥ 0), throttling (φ = 0, p_in ≥ p_out) or closed (q = 0):
/// max( min(φ, p_in - p_out), -q ) = 0. Where its piping has losses, or it keeps a least pressure
/// drop, the open valve has p_in - p_out equal to these.
#[derive(Debug, Clone)]
pub(crate) struct Regulator {
    pub state: ControlState,
    pub outlet_pressure: Option<Signal>,
    pub inlet_pressure: Option<Signal>,
    pub flow: Option<Signal>,
    /// Losses of its piping; they do not count in bypass.
    pub piping: Piping,
    /// Least pressure drop while it is active, Pa.
    pub drop_min: f64,
    /// Temperature below which a heater does not let the gas behind it fall, K.
    pub heated_to: Option<f64>,
}

impl Regulator {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        match self.state {
            ControlState::Closed => Row::no_flow(at.flow, Mode::Closed),
            ControlState::Bypass => Row::ideal(at, Mode::Bypass),
            ControlState::Active => self
                .slacks(at)
                .into_iter()
                .flatten()
                .fold(self.open(at), |a, b| a.min(b, at.smoothing))
                .max(
                    Row::no_flow(at.flow, Mode::NoReturn).negated(),
                    at.smoothing,
                ),
        }
    }

    /// (p₁ - p₂ - Δp_min)/bar
    pub(crate) fn open(&self, at: &LinkPoint<'_>) -> Row {
        self.piping.at_nodes(at, |at| {
            let row = Row::ideal(at, Mode::Open);
            Row {
                residual: row.residual - self.drop_min / BAR,
                ..row
            }
        })
    }

    fn slacks(&self, at: &LinkPoint<'_>) -> [Option<Row>; 3] {
        let value = |s: &Option<Signal>| s.as_ref().map(|s| s.at(at.time_s, at.profiles));
        [
            value(&self.outlet_pressure).map(|p| discharge_slack(at, p)),
            value(&self.inlet_pressure).map(|p| suction_slack(at, p)),
            value(&self.flow).map(|q| flow_slack(at, q, Mode::Flow)),
        ]
    }

    pub(crate) fn signals(&self) -> Vec<&Signal> {
        [&self.outlet_pressure, &self.inlet_pressure, &self.flow]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// (p_set - p_out)/bar.
pub(super) fn discharge_slack(at: &LinkPoint<'_>, set: f64) -> Row {
    Row {
        residual: (set - at.pressure_out) / BAR,
        per_flow: -DROOP / BAR,
        per_out: -1.0 / BAR,
        mode: Mode::DischargePressure,
        ..Row::default()
    }
}

/// (p_in - p_set)/bar.
pub(super) fn suction_slack(at: &LinkPoint<'_>, set: f64) -> Row {
    Row {
        residual: (at.pressure_in - set) / BAR,
        per_flow: -DROOP / BAR,
        per_in: 1.0 / BAR,
        mode: Mode::SuctionPressure,
        ..Row::default()
    }
}

/// (q_set - q)/scale.
pub(super) fn flow_slack(at: &LinkPoint<'_>, set: f64, mode: Mode) -> Row {
    Row {
        residual: (set - at.flow) / FLOW_SCALE,
        per_flow: -1.0 / FLOW_SCALE,
        mode,
        ..Row::default()
    }
}
