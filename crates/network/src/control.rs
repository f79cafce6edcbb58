use crate::{FlowBounds, Header, LineBreak, Machines, ResistorLoss, TripLimits, ValveCurve};
use linepack_units::FlowRate;

/// A valve.
#[derive(Debug, Clone)]
pub struct Valve {
    /// Identity and status.
    pub header: Header,
    /// First node.
    pub from: String,
    /// Second node.
    pub to: String,
    /// Opening at the start, 0 (closed) to 1 (open).
    pub opening: f64,
    /// Bore, m; none: an open valve has no loss.
    pub diameter_m: Option<f64>,
    /// Drag factor when fully open, -.
    pub drag_factor: f64,
    /// Time from open to closed, s.
    pub stroke_s: f64,
    /// How its opening follows its travel.
    pub curve: ValveCurve,
    /// Whether it closes by itself when the pressure falls fast.
    pub line_break: Option<LineBreak>,
    /// Largest pressure difference against which it can be opened, Pa.
    pub pressure_differential_max_pa: Option<f64>,
    /// Bounds of its flow.
    pub flow_bounds: FlowBounds,
}

/// A valve that lets gas pass from `from` to `to` only.
#[derive(Debug, Clone)]
pub struct CheckValve {
    /// Identity and status.
    pub header: Header,
    /// Upstream node.
    pub from: String,
    /// Downstream node.
    pub to: String,
}

/// What a control valve is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlState {
    /// Obey the set-points.
    Active,
    /// Stand open.
    Bypass,
    /// Stand closed.
    Closed,
}

/// A control valve (regulator): it throttles flow from `from` to `to`.
///
/// It opens as far as the most restrictive of its set-points allows, and never passes gas back.
#[derive(Debug, Clone)]
pub struct ControlValve {
    /// Identity and status.
    pub header: Header,
    /// Upstream node.
    pub from: String,
    /// Downstream node.
    pub to: String,
    /// What it is told to do.
    pub state: ControlState,
    /// Highest outlet pressure, Pa.
    pub outlet_pressure_pa: Option<f64>,
    /// Lowest inlet pressure, Pa.
    pub inlet_pressure_pa: Option<f64>,
    /// Largest flow.
    pub flow: Option<FlowRate>,
    /// Profile on the outlet pressure.
    pub outlet_pressure_profile: Option<String>,
    /// Smallest pressure drop while it is active, Pa.
    pub pressure_differential_min_pa: Option<f64>,
    /// Largest pressure drop, Pa.
    pub pressure_differential_max_pa: Option<f64>,
    /// Lowest temperature of the gas behind it, K: a heater in front of it warms the gas as far as that needs.
    pub outlet_temperature_min_k: Option<f64>,
    /// Loss of its inlet.
    pub loss_in: Option<ResistorLoss>,
    /// Loss of its outlet.
    pub loss_out: Option<ResistorLoss>,
    /// Bounds of its flow.
    pub flow_bounds: FlowBounds,
}

/// What a compressor station is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StationState {
    /// Compress as far as the most restrictive set-point or limit allows.
    Running,
    /// Units stopped; gas may pass by through the check valve.
    Bypass,
    /// Isolated.
    Closed,
}

/// A compressor station, with its machines or with generic units.
///
/// Running, it compresses as far as the most restrictive of its set-points and limits allows; when
/// even no compression exceeds one of them, gas passes by. Gas passes back only where `flow_min` is negative.
#[derive(Debug, Clone)]
pub struct CompressorStation {
    /// Identity and status.
    pub header: Header,
    /// Suction node.
    pub from: String,
    /// Discharge node.
    pub to: String,
    /// What it is told to do.
    pub state: StationState,
    /// Discharge pressure set-point (and limit), Pa.
    pub discharge_pressure_pa: Option<f64>,
    /// Suction pressure below which it backs off, Pa.
    pub suction_pressure_pa: Option<f64>,
    /// Flow set-point: it backs off above this flow.
    pub flow: Option<FlowRate>,
    /// Largest pressure ratio, -.
    pub ratio_max: f64,
    /// Pressure ratio set-point, -: the station backs off above it.
    pub ratio: Option<f64>,
    /// Pressure rise, Pa, over the volume flow at suction Q, m³/s: c0 + c1 Q + c2 Q². The station
    /// backs off above it.
    pub pressure_rise: Option<[f64; 3]>,
    /// Shaft power available, W.
    pub power_max_w: Option<f64>,
    /// Smallest flow. Above zero: below it the units recycle (reported, not modelled). Below zero: gas may
    /// pass back by the stopped units, where there is a bypass.
    pub flow_min: Option<FlowRate>,
    /// Largest flow of the units.
    pub flow_max: Option<FlowRate>,
    /// Isentropic efficiency of the compressors, -.
    pub isentropic_efficiency: f64,
    /// Efficiency of the drivers (shaft power over net fuel energy), -.
    pub driver_efficiency: f64,
    /// Whether the drivers burn gas from the suction side of the line (otherwise electric).
    pub fuel_from_line: bool,
    /// Number of units, for reports.
    pub units: usize,
    /// Profile on the discharge pressure set-point.
    pub discharge_pressure_profile: Option<String>,
    /// Profile on the ratio set-point.
    pub ratio_profile: Option<String>,
    /// The machines, where they are known; otherwise the units are generic, with the ratio, power and
    /// efficiencies above.
    pub machines: Option<Box<Machines>>,
    /// The configuration of the machines that runs; the cheapest that can do the work when none.
    pub configuration: Option<String>,
    /// Loss of its inlet piping.
    pub loss_in: Option<ResistorLoss>,
    /// Loss of its outlet piping.
    pub loss_out: Option<ResistorLoss>,
    /// Temperature to which its coolers bring the gas, K.
    pub discharge_temperature_k: Option<f64>,
    /// Temperature of the air at its drives, K; the settings' ground temperature when none.
    pub ambient_temperature_k: Option<f64>,
    /// Whether its fuel is drawn at the discharge node (otherwise at the suction node).
    pub fuel_at_discharge: bool,
    /// Whether gas can pass by the stopped units.
    pub internal_bypass: bool,
    /// Limits at which its protection stops the units.
    pub trip: TripLimits,
}

impl Valve {
    /// An open valve without loss.
    pub fn new(id: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            opening: 1.0,
            diameter_m: None,
            drag_factor: 0.0,
            stroke_s: 0.0,
            curve: ValveCurve::Linear,
            line_break: None,
            pressure_differential_max_pa: None,
            flow_bounds: FlowBounds::default(),
        }
    }
}

impl ControlValve {
    /// An active control valve without set-points.
    pub fn new(id: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            state: ControlState::Active,
            outlet_pressure_pa: None,
            inlet_pressure_pa: None,
            flow: None,
            outlet_pressure_profile: None,
            pressure_differential_min_pa: None,
            pressure_differential_max_pa: None,
            outlet_temperature_min_k: None,
            loss_in: None,
            loss_out: None,
            flow_bounds: FlowBounds::default(),
        }
    }
}

impl CompressorStation {
    /// A running station of one generic electric unit of efficiency 1, with a pressure ratio of 1
    /// at most until that is set.
    pub fn new(id: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            state: StationState::Running,
            discharge_pressure_pa: None,
            suction_pressure_pa: None,
            flow: None,
            ratio_max: 1.0,
            ratio: None,
            pressure_rise: None,
            power_max_w: None,
            flow_min: None,
            flow_max: None,
            isentropic_efficiency: 1.0,
            driver_efficiency: 1.0,
            fuel_from_line: false,
            units: 1,
            discharge_pressure_profile: None,
            ratio_profile: None,
            machines: None,
            configuration: None,
            loss_in: None,
            loss_out: None,
            discharge_temperature_k: None,
            ambient_temperature_k: None,
            fuel_at_discharge: false,
            internal_bypass: true,
            trip: TripLimits::default(),
        }
    }
}
