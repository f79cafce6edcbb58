use crate::{Interlock, Rule};
use jiff::Timestamp;
use linepack_units::FlowRate;

/// What is asked of the network over time.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name, as `--scenario` takes it.
    pub name: String,
    /// One line for headings.
    pub title: String,
    /// UTC instant of time zero.
    pub start: Timestamp,
    /// Length, s. Zero: steady only.
    pub duration_s: f64,
    /// Time between rows of the result, s.
    pub output_interval_s: f64,
    /// How the state at time zero is found.
    pub initial: InitialState,
    /// What happens, in order of time.
    pub events: Vec<Event>,
    /// What follows by itself.
    pub rules: Vec<Rule>,
    /// What is refused.
    pub interlocks: Vec<Interlock>,
}

impl Scenario {
    /// Time from the begin of the year (UTC) to time zero, s.
    pub fn second_of_the_year(&self) -> f64 {
        let start = jiff::tz::Offset::UTC.to_datetime(self.start);
        let day = f64::from(start.date().day_of_year()) - 1.0;
        let hours = f64::from(start.hour()) + f64::from(start.minute()) / 60.0;
        day * 86_400.0 + hours * 3600.0
    }
}

/// The state at time zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InitialState {
    /// The steady state of the set-points at time zero.
    Steady,
    /// Gas at rest at one pressure (at elevation 0).
    AtRest {
        /// Pressure, Pa.
        pressure_pa: f64,
    },
}

/// Something that happens at an exact time.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Time since the start, s.
    pub at_s: f64,
    /// The element it happens to.
    pub element: String,
    /// What happens.
    pub action: Action,
}

/// What happens to an element.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Valve or leak opens, or a control valve or station is put into bypass; valves take their stroke time.
    Open,
    /// Valve, leak, control valve or station closes; valves take their stroke time.
    Close,
    /// Station: units stop, gas passes by.
    Trip,
    /// Station or control valve: obey set-points again. Supply or off-take: return to service.
    Start,
    /// Supply or off-take: shut.
    Shut,
    /// A set-point moves to a value, linearly over a time.
    Set {
        /// Which set-point.
        set_point: SetPoint,
        /// Time it takes, s.
        ramp_s: f64,
    },
    /// Supply: its gas is another one from now on.
    Gas {
        /// Name of the gas.
        name: String,
    },
    /// Supply: a batch with a name begins.
    Batch {
        /// The name.
        name: String,
    },
    /// A pipe breaks in two; both ends discharge through the full bore.
    Break {
        /// Distance from the pipe's first node, m.
        distance_m: f64,
    },
}

/// A set-point and its new value.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum SetPoint {
    /// Pressure of a supply or off-take, discharge pressure of a station, outlet pressure of a control valve, Pa.
    Pressure(f64),
    /// Suction pressure of a station or inlet pressure of a control valve, Pa.
    SuctionPressure(f64),
    /// Flow of a supply, off-take, station or control valve.
    Flow(FlowRate),
    /// Pressure ratio of a station, -.
    Ratio(f64),
    /// Power limit of a station, W.
    Power(f64),
    /// Opening of a valve, 0 to 1.
    Opening(f64),
    /// Temperature of the gas of a supply, or behind the coolers of a station, K.
    Temperature(f64),
}

/// How a profile is read between its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpolation {
    /// Straight lines.
    Linear,
    /// The value of the last point holds.
    Step,
    /// A smooth curve: cubics whose slopes at each point are those of the parabola through it and its
    /// neighbours. It may pass beyond the points between them.
    Smooth,
}

/// What the numbers of a profile are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ProfileValues {
    /// Factors on the set-point.
    Factor,
    /// Pressures, Pa, in place of the set-point.
    Pressure,
    /// Ratios, in place of the set-point.
    Ratio,
    /// Temperatures, K, in place of the stated one.
    Temperature,
    /// Flows in place of the set-point: multiples of this flow.
    Flow(FlowRate),
}

/// A time series.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Name by which elements refer to it.
    pub id: String,
    /// Between the points.
    pub interpolation: Interpolation,
    /// What the numbers are.
    pub values_are: ProfileValues,
    /// Times since the start of the scenario, s, increasing.
    pub time_s: Vec<f64>,
    /// Values, as many as times.
    pub values: Vec<f64>,
    /// Period after which it repeats, s.
    pub period_s: Option<f64>,
}
