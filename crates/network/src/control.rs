use crate::Header;
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

/// A compressor station with generic units.
///
/// Running, it compresses as far as the most restrictive of its set-points and limits allows; when
/// even no compression exceeds one of them, gas passes by; it never passes gas back.
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
    /// Shaft power available, W.
    pub power_max_w: Option<f64>,
    /// Smallest flow of the units, below which they recycle (reported, not modelled).
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
}
