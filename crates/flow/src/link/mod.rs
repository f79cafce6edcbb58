//! Elements without volume between two nodes: one flow, one equation each.
//!
//! Every equation is written as a residual in bar (or scaled to be comparable with it), so that
//! controls are complementarity conditions: minima and maxima of residuals, of which Newton's
//! method takes the active branch.

mod machines;
mod piping;
mod regulator;
mod resistor;
mod station;
mod valve;

pub(crate) use machines::MachineLaw;
pub(crate) use piping::Piping;
pub(crate) use regulator::Regulator;
pub(crate) use resistor::Loss;
pub(crate) use station::Station;
pub(crate) use valve::{Curve, ValveLaw};

use crate::contents::GasAt;
use crate::signal::Signal;
use linepack_network::{Profile, StationState};

/// Pressure scale of the equations, Pa.
pub(crate) const BAR: f64 = 1e5;
/// Flow that counts as much as one bar, kg/s.
pub(crate) const FLOW_SCALE: f64 = 10.0;
/// Resistance of an ideal connection, Pa per kg/s. It makes loops of ideal connections regular and
/// is far below what any gauge can read.
pub(crate) const IDEAL_RESISTANCE: f64 = 1e-4;

/// Fall of a held pressure with the flow, Pa per kg/s, in the Jacobian only: it shares a change of flow
/// between parallel controls of one set-point, whose equations are otherwise the same, and leaves the
/// pressure that they hold as it is.
pub(crate) const DROOP: f64 = 1e-5;

/// What a link's equation is evaluated at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinkPoint<'a> {
    pub time_s: f64,
    pub flow: f64,
    pub pressure_in: f64,
    pub pressure_out: f64,
    pub gas: GasAt<'a>,
    pub profiles: &'a [Profile],
    /// Width over which one branch of a law goes over into another, bar; 0: at once.
    pub smoothing: f64,
    /// Resistance in series with the element, Pa per kg/s, on the way to a solution.
    pub resistance: f64,
}

/// A linearised equation.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Row {
    pub residual: f64,
    pub per_flow: f64,
    pub per_in: f64,
    pub per_out: f64,
    pub mode: Mode,
}

impl Row {
    /// (p_in - p_out)/bar less an ideal connection's loss.
    pub(crate) fn ideal(at: &LinkPoint<'_>, mode: Mode) -> Self {
        Self {
            residual: (at.pressure_in - at.pressure_out - IDEAL_RESISTANCE * at.flow) / BAR,
            per_flow: -IDEAL_RESISTANCE / BAR,
            per_in: 1.0 / BAR,
            per_out: -1.0 / BAR,
            mode,
        }
    }

    /// flow/scale.
    pub(crate) fn no_flow(flow: f64, mode: Mode) -> Self {
        Self {
            residual: flow / FLOW_SCALE,
            per_flow: 1.0 / FLOW_SCALE,
            mode,
            ..Self::default()
        }
    }

    pub(crate) fn negated(self) -> Self {
        Self {
            residual: -self.residual,
            per_flow: -self.per_flow,
            per_in: -self.per_in,
            per_out: -self.per_out,
            mode: self.mode,
        }
    }

    /// The smaller of two equations; with a width w, (a + b - √((a - b)² + 4 w²))/2.
    pub(crate) fn min(self, other: Self, width: f64) -> Self {
        let smaller = if other.residual < self.residual {
            other
        } else {
            self
        };
        if width == 0.0 {
            return smaller;
        }
        let difference = self.residual - other.residual;
        let root = difference.hypot(2.0 * width);
        let share = 0.5 * (1.0 - difference / root);
        let mixed = |a: f64, b: f64| share * a + (1.0 - share) * b;
        Self {
            residual: 0.5 * (self.residual + other.residual - root),
            per_flow: mixed(self.per_flow, other.per_flow),
            per_in: mixed(self.per_in, other.per_in),
            per_out: mixed(self.per_out, other.per_out),
            mode: smaller.mode,
        }
    }

    /// The larger of two equations, as [`Row::min`].
    pub(crate) fn max(self, other: Self, width: f64) -> Self {
        self.negated().min(other.negated(), width).negated()
    }
}

/// Which branch of its law an active element is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    #[default]
    Passive,
    Open,
    Partly,
    Closed,
    Bypass,
    NoReturn,
    DischargePressure,
    SuctionPressure,
    Flow,
    FlowLimit,
    Ratio,
    RatioLimit,
    Power,
    /// The characteristic of a pump or blower.
    PressureRise,
    /// What the machines reach.
    Machine(linepack_stations::Limit),
}

impl Mode {
    /// The word for results.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Passive => "",
            Self::Open => "open",
            Self::Partly => "partly open",
            Self::Closed => "closed",
            Self::Bypass => "bypass",
            Self::NoReturn => "no flow back",
            Self::DischargePressure => "discharge pressure",
            Self::SuctionPressure => "suction pressure",
            Self::Flow => "flow",
            Self::FlowLimit => "flow limit",
            Self::Ratio => "ratio",
            Self::RatioLimit => "ratio limit",
            Self::Power => "power limit",
            Self::PressureRise => "characteristic",
            Self::Machine(limit) => limit.word(),
        }
    }
}

/// Gas burnt by the drivers of a station.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fuel {
    pub power_w: f64,
    pub flow: f64,
    pub per_flow: f64,
    pub per_in: f64,
    pub per_out: f64,
}

/// The law of a link.
#[derive(Debug, Clone)]
pub(crate) enum LinkLaw {
    ShortPipe,
    Resistor(Loss),
    Valve(ValveLaw),
    CheckValve,
    Regulator(Regulator),
    Station(Box<Station>),
}

/// An element without volume between two nodes.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub id: String,
    pub kind: &'static str,
    pub nodes: [usize; 2],
    pub isotherm: usize,
    pub law: LinkLaw,
    /// The end at which fuel is drawn.
    pub fuel_end: usize,
}

impl Link {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        if at.resistance == 0.0 {
            return self.law(at);
        }
        let row = self.law(&LinkPoint {
            pressure_out: at.pressure_out + at.resistance * at.flow,
            ..*at
        });
        Row {
            per_flow: row.per_flow + row.per_out * at.resistance,
            ..row
        }
    }

    fn law(&self, at: &LinkPoint<'_>) -> Row {
        match &self.law {
            LinkLaw::ShortPipe => Row::ideal(at, Mode::Passive),
            LinkLaw::Resistor(loss) => loss.row(at),
            LinkLaw::Valve(valve) => valve.row(at),
            LinkLaw::CheckValve => {
                let closed = Row::no_flow(at.flow, Mode::NoReturn);
                closed.min(Row::ideal(at, Mode::Open).negated(), at.smoothing)
            }
            LinkLaw::Regulator(regulator) => regulator.row(at),
            LinkLaw::Station(station) => station.row(at),
        }
    }

    pub(crate) fn fuel(&self, at: &LinkPoint<'_>) -> Fuel {
        match &self.law {
            LinkLaw::Station(station) => station.fuel(at),
            _ => Fuel::default(),
        }
    }

    /// Whether the link can join the pressures of its ends (it is not shut).
    pub(crate) fn joins(&self, time_s: f64, profiles: &[Profile]) -> bool {
        match &self.law {
            LinkLaw::Valve(valve) => valve.travel.at(time_s, profiles) > 0.0,
            LinkLaw::Regulator(r) => r.state != linepack_network::ControlState::Closed,
            LinkLaw::Station(s) => s.state != StationState::Closed,
            _ => true,
        }
    }

    /// Whether its machines are ideal to a share.
    pub(crate) fn is_ideal(&self) -> bool {
        match &self.law {
            LinkLaw::Station(s) => s.machines.as_ref().is_some_and(|m| m.ideal_share > 0.0),
            _ => false,
        }
    }

    /// The configuration of machines that runs.
    pub(crate) fn configuration(&self) -> Option<&str> {
        match &self.law {
            LinkLaw::Station(station) => Some(station.machines.as_ref()?.configuration()),
            _ => None,
        }
    }

    /// The discharge pressure that a station's machines reach, Pa, and what holds them back there.
    pub(crate) fn reach_of_machines(
        &self,
        at: &LinkPoint<'_>,
    ) -> Option<(f64, linepack_stations::Limit)> {
        match &self.law {
            LinkLaw::Station(s) => Some(s.machines.as_ref()?.reach(&s.piping.flanges(at))),
            _ => None,
        }
    }

    /// What the machines of a station do, and in which configuration; none where they do nothing.
    pub(crate) fn operation(
        &self,
        at: &LinkPoint<'_>,
    ) -> Option<(&str, linepack_stations::Operation)> {
        let LinkLaw::Station(station) = &self.law else {
            return None;
        };
        let machines = station.machines.as_ref()?;
        let point = station.piping.flanges(at);
        let runs = station.state == StationState::Running && station::works(at);
        runs.then(|| (machines.configuration(), machines.operate(&point)))
    }

    /// Lets a configuration of machines run, where there is one of that name.
    pub(crate) fn configure(&mut self, configuration: &str) {
        if let LinkLaw::Station(station) = &mut self.law
            && let Some(machines) = &mut station.machines
            && let Some(index) = machines.plant.index_of(configuration)
        {
            machines.running = index;
        }
    }

    /// Whether it is a running station that gas may pass back by.
    pub(crate) fn may_open(&self) -> bool {
        match &self.law {
            LinkLaw::Station(s) => s.back_flow && s.state == StationState::Running,
            _ => false,
        }
    }

    /// Stops the units of a station, so that gas passes by.
    pub(crate) fn open(&mut self) {
        if let LinkLaw::Station(station) = &mut self.law {
            station.state = StationState::Bypass;
        }
    }

    /// Makes the machines of a station ideal to a share; whether there are any.
    pub(crate) fn idealise(&mut self, share: f64) -> bool {
        match &mut self.law {
            LinkLaw::Station(station) => station.idealise(share),
            _ => false,
        }
    }

    /// Whether its law is the same whatever happens.
    pub(crate) fn is_piping(&self) -> bool {
        matches!(self.law, LinkLaw::ShortPipe | LinkLaw::Resistor(_))
    }

    /// Whether its law has branches as it stands now.
    pub(crate) fn has_branches(&self) -> bool {
        match &self.law {
            LinkLaw::CheckValve => true,
            LinkLaw::Regulator(r) => r.state == linepack_network::ControlState::Active,
            LinkLaw::Station(s) => match s.state {
                StationState::Closed => false,
                StationState::Bypass => !s.back_flow,
                StationState::Running => true,
            },
            _ => false,
        }
    }

    /// The signals that change with time, for the schedule.
    pub(crate) fn signals(&self) -> Vec<&Signal> {
        match &self.law {
            LinkLaw::Valve(valve) => vec![&valve.travel],
            LinkLaw::Regulator(r) => r.signals(),
            LinkLaw::Station(s) => s.signals(),
            _ => Vec::new(),
        }
    }
}
