use crate::{FrictionLaw, PipeHeat};
use jiff::civil::Date;
use linepack_units::FlowRate;

/// What every element carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Identifier, unique among all elements and nodes.
    pub id: String,
    /// Name for people; the identifier when none is given.
    pub label: String,
    /// How far it is built.
    pub status: Status,
    /// When it enters service, if that is known or planned.
    pub in_service_date: Option<Date>,
    /// Whether it takes part, for the stage and date chosen.
    pub in_service: bool,
}

/// How far an element is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// On paper.
    Planned,
    /// Being built.
    UnderConstruction,
    /// Built.
    Complete,
    /// Built, and shut down.
    OutOfService,
}

/// A place where elements meet.
#[derive(Debug, Clone)]
pub struct Node {
    /// Identity and status.
    pub header: Header,
    /// Longitude, degrees, or an abstract x.
    pub x: Option<f64>,
    /// Latitude, degrees, or an abstract y.
    pub y: Option<f64>,
    /// Elevation, m.
    pub elevation_m: f64,
    /// Lowest pressure allowed, Pa.
    pub pressure_min_pa: Option<f64>,
    /// Highest pressure allowed, Pa.
    pub pressure_max_pa: Option<f64>,
    /// Lowest temperature allowed, K.
    pub temperature_min_k: Option<f64>,
    /// Highest temperature allowed, K.
    pub temperature_max_k: Option<f64>,
    /// Name of the limits that the quality of gas is held to.
    pub quality_limits: Option<String>,
}

/// A pipe.
#[derive(Debug, Clone)]
pub struct Pipe {
    /// Identity and status.
    pub header: Header,
    /// Node at distance 0.
    pub from: String,
    /// Node at distance `length_m`.
    pub to: String,
    /// Length, m.
    pub length_m: f64,
    /// Inner diameter, m.
    pub diameter_m: f64,
    /// Roughness of the inner wall, m.
    pub roughness_m: f64,
    /// Sum of the drag factors of bends and fittings, -, spread evenly over its length: the friction
    /// factor grows by this times diameter over length.
    pub drag_factor: f64,
    /// Pipe efficiency, -: the flow at given pressures is multiplied by it.
    pub efficiency: f64,
    /// Lowest pressure allowed, Pa.
    pub pressure_min_pa: Option<f64>,
    /// Maximum allowable operating pressure, Pa.
    pub pressure_max_pa: Option<f64>,
    /// Bounds of its flow.
    pub flow_bounds: FlowBounds,
    /// Heat transfer coefficient to the ground, on the inner diameter, W/(m² K).
    pub heat_transfer_w_per_m2_k: Option<f64>,
    /// Ground (and gas) temperature, K; that of its ground or the settings' when none.
    pub ground_temperature_k: Option<f64>,
    /// What surrounds it.
    pub heat: PipeHeat,
    /// Friction law; the settings' when none.
    pub friction: Option<FrictionLaw>,
    /// Number of cells; from the settings' cell length when none.
    pub cells: Option<usize>,
    /// Elevation profile: distance from the first node, m, and elevation, m, in order. Empty for a
    /// straight slope between the nodes.
    pub elevation_profile: Vec<[f64; 2]>,
    /// Route for maps: longitude and latitude in degrees. Empty for a straight line.
    pub route: Vec<[f64; 2]>,
}

/// A connection without length and without loss.
#[derive(Debug, Clone)]
pub struct ShortPipe {
    /// Identity and status.
    pub header: Header,
    /// First node.
    pub from: String,
    /// Second node.
    pub to: String,
    /// Bounds of its flow.
    pub flow_bounds: FlowBounds,
}

/// The law of a resistor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResistorLoss {
    /// Loss proportional to the dynamic pressure in a cross-section.
    Drag {
        /// Drag factor, -.
        factor: f64,
        /// Diameter of the cross-section, m.
        diameter_m: f64,
    },
    /// A constant loss in the direction of flow.
    Constant {
        /// Pressure loss, Pa.
        pressure_loss_pa: f64,
    },
}

/// A local pressure loss.
#[derive(Debug, Clone)]
pub struct Resistor {
    /// Identity and status.
    pub header: Header,
    /// First node.
    pub from: String,
    /// Second node.
    pub to: String,
    /// Its law.
    pub loss: ResistorLoss,
    /// Bounds of its flow.
    pub flow_bounds: FlowBounds,
}

/// Bounds of the flow through an element, negative against its direction.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FlowBounds {
    /// Smallest flow.
    pub min: Option<FlowRate>,
    /// Largest flow.
    pub max: Option<FlowRate>,
}

/// What is known of the gas of a supply.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SupplyGas {
    /// Temperature, K.
    pub temperature_k: Option<f64>,
    /// Gross calorific value, J per cubic metre at norm conditions (0 °C, 1.01325 bar).
    pub calorific_value_j_per_m3: Option<f64>,
    /// Density at norm conditions, kg/m³.
    pub norm_density_kg_per_m3: Option<f64>,
    /// Molar mass, kg/mol.
    pub molar_mass_kg_per_mol: Option<f64>,
    /// Pseudo-critical pressure, Pa.
    pub critical_pressure_pa: Option<f64>,
    /// Pseudo-critical temperature, K.
    pub critical_temperature_k: Option<f64>,
    /// Molar isobaric heat capacity of the ideal gas, J/(mol K): A + B T + C T², T in K.
    pub heat_capacity: Option<[f64; 3]>,
}

/// A place where gas enters.
///
/// With a pressure, the supply holds it as long as its flow stays within its limits. With a flow
/// and no pressure it brings that flow as long as the pressure stays below `pressure_max_pa`.
#[derive(Debug, Clone)]
pub struct Supply {
    /// Identity and status.
    pub header: Header,
    /// Where it enters.
    pub node: String,
    /// Pressure set-point, Pa.
    pub pressure_pa: Option<f64>,
    /// Flow set-point.
    pub flow: Option<FlowRate>,
    /// Smallest flow; none: nothing flows back (0), unless it is negative.
    pub flow_min: Option<FlowRate>,
    /// Largest flow; none: no limit.
    pub flow_max: Option<FlowRate>,
    /// With a flow set-point: the pressure at which it backs off, Pa.
    pub pressure_max_pa: Option<f64>,
    /// What is known of its gas, where supplies bring different gases.
    pub gas: Option<SupplyGas>,
    /// Temperature of its gas, K; the settings' when none.
    pub temperature_k: Option<f64>,
    /// Profile of that temperature.
    pub temperature_profile: Option<String>,
    /// Name of its gas; that of the case when none.
    pub gas_name: Option<String>,
    /// Name of the profile of its gas.
    pub gas_profile: Option<String>,
    /// Name of the batch that it begins with, for reports.
    pub batch: Option<String>,
    /// Profile on the flow set-point (or on `flow_max` where there is none).
    pub flow_profile: Option<String>,
    /// Profile on the pressure set-point.
    pub pressure_profile: Option<String>,
}

/// A place where gas leaves.
///
/// With a flow it takes that flow; with `curtail` it takes less rather than let the pressure fall
/// below `pressure_min_pa`. With a pressure and no flow it takes whatever keeps that pressure.
#[derive(Debug, Clone)]
pub struct OffTake {
    /// Identity and status.
    pub header: Header,
    /// Where it leaves.
    pub node: String,
    /// Flow asked for.
    pub flow: Option<FlowRate>,
    /// Pressure set-point, Pa.
    pub pressure_pa: Option<f64>,
    /// Contract pressure, Pa.
    pub pressure_min_pa: Option<f64>,
    /// Whether it takes less at the contract pressure (otherwise a lower pressure is a violation).
    pub curtail: bool,
    /// Bounds within which its flow may be nominated.
    pub flow_bounds: FlowBounds,
    /// Profile on the flow.
    pub flow_profile: Option<String>,
    /// Profile on the pressure set-point.
    pub pressure_profile: Option<String>,
}

/// Where a leak is.
#[derive(Debug, Clone, PartialEq)]
pub enum LeakPlace {
    /// At a node.
    Node {
        /// The node.
        id: String,
    },
    /// In a pipe.
    Pipe {
        /// The pipe.
        id: String,
        /// Distance from its first node, m.
        distance_m: f64,
    },
}

/// A hole through which gas escapes.
#[derive(Debug, Clone)]
pub struct Leak {
    /// Identity and status.
    pub header: Header,
    /// Where it is.
    pub place: LeakPlace,
    /// Diameter of the hole, m.
    pub diameter_m: f64,
    /// Discharge coefficient, -.
    pub discharge_coefficient: f64,
    /// Whether it is open from the start (otherwise an event opens it).
    pub open: bool,
}

impl Header {
    /// A complete element in service, called by its identifier.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            label: id.clone(),
            id,
            status: Status::Complete,
            in_service_date: None,
            in_service: true,
        }
    }
}

impl Node {
    /// A node at elevation 0 without limits.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            x: None,
            y: None,
            elevation_m: 0.0,
            pressure_min_pa: None,
            pressure_max_pa: None,
            temperature_min_k: None,
            temperature_max_k: None,
            quality_limits: None,
        }
    }
}

impl Pipe {
    /// A pipe of efficiency 1 without limits, of length 0 and diameter 0 until they are set.
    pub fn new(id: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            length_m: 0.0,
            diameter_m: 0.0,
            roughness_m: 0.0,
            drag_factor: 0.0,
            efficiency: 1.0,
            pressure_min_pa: None,
            pressure_max_pa: None,
            flow_bounds: FlowBounds::default(),
            heat_transfer_w_per_m2_k: None,
            ground_temperature_k: None,
            heat: PipeHeat::default(),
            friction: None,
            cells: None,
            elevation_profile: Vec::new(),
            route: Vec::new(),
        }
    }
}

impl ShortPipe {
    /// A connection.
    pub fn new(id: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            flow_bounds: FlowBounds::default(),
        }
    }
}

impl Resistor {
    /// A resistor of a given law.
    pub fn new(
        id: impl Into<String>,
        from: impl Into<String>,
        to: impl Into<String>,
        loss: ResistorLoss,
    ) -> Self {
        Self {
            header: Header::new(id),
            from: from.into(),
            to: to.into(),
            loss,
            flow_bounds: FlowBounds::default(),
        }
    }
}

impl Supply {
    /// A supply without set-points.
    pub fn new(id: impl Into<String>, node: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            node: node.into(),
            pressure_pa: None,
            flow: None,
            flow_min: None,
            flow_max: None,
            pressure_max_pa: None,
            gas: None,
            temperature_k: None,
            temperature_profile: None,
            gas_name: None,
            gas_profile: None,
            batch: None,
            flow_profile: None,
            pressure_profile: None,
        }
    }
}

impl OffTake {
    /// An off-take without set-points.
    pub fn new(id: impl Into<String>, node: impl Into<String>) -> Self {
        Self {
            header: Header::new(id),
            node: node.into(),
            flow: None,
            pressure_pa: None,
            pressure_min_pa: None,
            curtail: false,
            flow_bounds: FlowBounds::default(),
            flow_profile: None,
            pressure_profile: None,
        }
    }
}
