/// The machines of a compressor station and the ways in which they can be run together.
///
/// Coefficients are kept in the units in which manufacturers and the GasLib format state them
/// (m³/s at suction, kJ/kg, 1/min, kW, °C), so that a file is written back as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Machines {
    /// Compressors.
    pub compressors: Vec<Compressor>,
    /// Drives.
    pub drives: Vec<Drive>,
    /// The ways in which compressors can be run together.
    pub configurations: Vec<Configuration>,
}

/// A compressor.
#[derive(Debug, Clone, PartialEq)]
pub struct Compressor {
    /// Identifier, unique in its station.
    pub id: String,
    /// The drive on its shaft.
    pub drive: String,
    /// Lowest speed, 1/min.
    pub speed_min_per_min: f64,
    /// Highest speed, 1/min.
    pub speed_max_per_min: f64,
    /// What kind of machine it is.
    pub kind: CompressorKind,
}

/// The kind of a compressor.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CompressorKind {
    /// A turbo (centrifugal) compressor.
    Turbo(TurboMap),
    /// A piston (reciprocating) compressor.
    Piston(PistonData),
}

/// The map of a turbo compressor.
///
/// A surface is F(Q, n) = (a1 + a2 n + a3 n²) + (a4 + a5 n + a6 n²) Q + (a7 + a8 n + a9 n²) Q² with
/// the volume flow Q at suction, m³/s, and the speed n, 1/min. A line is H = c1 + c2 Q + c3 Q².
/// Source: Koch et al. 2015, ch. 2.
#[derive(Debug, Clone, PartialEq)]
pub struct TurboMap {
    /// Adiabatic head, kJ/kg, as a surface.
    pub head: [f64; 9],
    /// Adiabatic efficiency, -, as a surface.
    pub efficiency: [f64; 9],
    /// Surge line: head, kJ/kg, over volume flow, m³/s; operation is to its right.
    pub surge_line: [f64; 3],
    /// Choke line: head, kJ/kg, over volume flow, m³/s; operation is to its left.
    pub choke_line: [f64; 3],
    /// Least efficiency at the choke line, -, where the map states it instead of a line.
    pub choke_efficiency: Option<f64>,
    /// Points that were measured.
    pub measurements: Vec<MapPoint>,
}

/// A measured point of a compressor map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapPoint {
    /// Speed, 1/min; none where the point belongs to an efficiency isoline.
    pub speed_per_min: Option<f64>,
    /// Adiabatic efficiency, -; none where the point belongs to a speed isoline only.
    pub efficiency: Option<f64>,
    /// Volume flow at suction, m³/s.
    pub volume_flow_m3_per_s: f64,
    /// Adiabatic head, kJ/kg.
    pub head_kj_per_kg: f64,
}

/// A piston compressor.
#[derive(Debug, Clone, PartialEq)]
pub struct PistonData {
    /// Volume moved in one turn, m³.
    pub operating_volume_m3: f64,
    /// Largest torque on its shaft, N m; none (or not positive in a file): no limit.
    pub torque_max_nm: Option<f64>,
    /// Largest pressure ratio, -.
    pub ratio_max: f64,
    /// Adiabatic efficiency, -.
    pub efficiency: f64,
    /// Volume flow by which clearance pockets can reduce the stroke volume, m³/s.
    pub additional_reduction_m3_per_s: f64,
}

/// A drive.
#[derive(Debug, Clone, PartialEq)]
pub struct Drive {
    /// Identifier, unique in its station.
    pub id: String,
    /// What kind of drive it is.
    pub kind: DriveKind,
    /// Energy taken, kW, over shaft power P, kW: e1 + e2 P + e3 P².
    pub energy_rate: [f64; 3],
    /// Largest shaft power, kW.
    pub power: DrivePower,
    /// Specific energy rates that were measured: shaft power, kW, and energy taken, kW.
    pub energy_measurements: Vec<[f64; 2]>,
    /// Largest powers that were measured.
    pub power_measurements: Vec<PowerPoint>,
}

/// A measured point of the largest power of a drive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerPoint {
    /// Ambient temperature, °C; none where the power does not depend on it.
    pub ambient_celsius: Option<f64>,
    /// Speed, 1/min.
    pub speed_per_min: f64,
    /// Largest shaft power, kW.
    pub power_kw: f64,
}

/// The kind of a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriveKind {
    /// Gas turbine: burns gas.
    GasTurbine,
    /// Gas-driven piston engine: burns gas.
    GasDrivenMotor,
    /// Electric motor.
    ElectricMotor,
    /// Steam turbine.
    SteamTurbine,
}

impl DriveKind {
    /// Whether it burns gas from the line.
    pub fn burns_gas(self) -> bool {
        matches!(self, Self::GasTurbine | Self::GasDrivenMotor)
    }
}

/// The largest shaft power of a drive, kW.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DrivePower {
    /// Over the speed n, 1/min: p1 + p2 n + p3 n².
    Speed([f64; 3]),
    /// Over ambient temperature T, °C, and speed n, 1/min: a surface as in [`TurboMap`] with T in
    /// place of Q.
    AmbientAndSpeed([f64; 9]),
}

/// A way in which the compressors of a station are run together: stages in series, each of units in
/// parallel.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// Identifier, unique in its station.
    pub id: String,
    /// Stages, in the order in which the gas passes them.
    pub stages: Vec<Stage>,
}

/// Units in parallel.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The units.
    pub units: Vec<StageUnit>,
}

/// A unit of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageUnit {
    /// The compressor.
    pub compressor: String,
    /// Speed at which it is usually run, 1/min.
    pub nominal_speed_per_min: Option<f64>,
}
