use crate::{
    Area, CheckValve, CompressorStation, ControlValve, DecisionGroup, GasProfile, Ground,
    HeatSettings, Leak, NamedGas, NamedLimits, Node, OffTake, Pipe, Profile, QualitySettings,
    Resistor, Scenario, ShortPipe, Supply, Valve,
};
use linepack_gas::GasSpec;
use linepack_units::{HeatingBasis, ReferenceConditions};

/// A network, what is asked of it, and how to solve it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Short name, from the folder or file.
    pub id: String,
    /// One line for headings.
    pub title: String,
    /// What the case is about.
    pub description: String,
    /// Reference conditions, defaults and numerics.
    pub settings: Settings,
    /// The gas.
    pub gas: GasSpec,
    /// Gases of supplies that bring another one than that.
    pub gases: Vec<NamedGas>,
    /// Compositions over time.
    pub gas_profiles: Vec<GasProfile>,
    /// What pipes lie in.
    pub grounds: Vec<Ground>,
    /// Limits of quality that nodes refer to.
    pub quality_limits: Vec<NamedLimits>,
    /// What stands there.
    pub network: Network,
    /// What is asked of it: the scenario chosen.
    pub scenario: Scenario,
    /// Time series by which set-points and loads are multiplied or replaced.
    pub profiles: Vec<Profile>,
    /// The stage of the build-out that was chosen, if any.
    pub stage: Option<String>,
    /// All stages that the case knows, in order.
    pub stages: Vec<StageInfo>,
    /// The names of all scenarios that the case knows.
    pub scenarios: Vec<String>,
    /// Facts that were assumed, one line each, for the report.
    pub assumptions: Vec<String>,
}

/// A stage of the build-out.
#[derive(Debug, Clone, PartialEq)]
pub struct StageInfo {
    /// Name, as `--stage` takes it.
    pub name: String,
    /// One line for headings.
    pub title: String,
    /// The off-take whose pressure-limited flow is the capacity of this stage.
    pub capacity_at: Option<String>,
}

/// Reference conditions, defaults of elements, and numerics.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Default reference conditions of volumes.
    pub volume_reference: ReferenceConditions,
    /// Default basis of energy.
    pub heating_basis: HeatingBasis,
    /// Ambient pressure, Pa: what gauge pressures are counted from and leaks discharge to.
    pub atmospheric_pressure_pa: f64,
    /// Ground and gas temperature of pipes that state none, K.
    pub ground_temperature_k: f64,
    /// Friction law of pipes that state none.
    pub friction: FrictionLaw,
    /// Longest cell of the mesh, m.
    pub cell_length_m: f64,
    /// Tolerance of pressures in space, Pa, that the mesh is chosen for in place of the cell length;
    /// none: the cell length holds.
    pub mesh_tolerance_pa: Option<f64>,
    /// Tolerance of pressures in time, Pa.
    pub pressure_tolerance_pa: f64,
    /// Whether fronts of waves are damped so that they neither overshoot nor trail waves.
    pub waves: bool,
    /// Longest time step, s.
    pub step_max_s: f64,
    /// Steps end on multiples of this time, s, so that a run may be split there without a trace.
    pub checkpoint_s: f64,
    /// Terms of the momentum equation.
    pub terms: Terms,
    /// How temperatures are found.
    pub heat: HeatSettings,
    /// Whether composition is carried with the gas.
    pub quality: QualitySettings,
}

/// Terms of the momentum equation that can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Inertia, dq/dt.
    pub inertia: bool,
    /// Kinetic (convective) term.
    pub kinetic: bool,
    /// Gravity.
    pub gravity: bool,
}

/// How the Darcy friction factor follows from Reynolds number and roughness.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FrictionLaw {
    /// Colebrook and White 1939, laminar flow and transition included.
    ColebrookWhite,
    /// Colebrook and White at every Reynolds number, but never below the laminar 64/Re: no zone of
    /// transition. pandapipes' `colebrook`, and Prandtl-Colebrook of STANET.
    ColebrookThroughout,
    /// Swamee and Jain 1976, explicit, laminar flow and transition included.
    SwameeJain,
    /// Hofer 1973, explicit.
    Hofer,
    /// Nikuradse 1933, fully rough.
    Nikuradse,
    /// The sum of laminar and fully rough friction, 64/Re + 1/(2 log10(D/k) + 1.14)²: pandapipes'
    /// and STANET's `nikuradse` of a gas.
    NikuradseLaminar,
    /// American Gas Association: the smaller transmission factor of rough and smooth flow.
    Aga,
    /// Weymouth 1912.
    Weymouth,
    /// Panhandle A.
    PanhandleA,
    /// Panhandle B.
    PanhandleB,
    /// Spitzglass, high pressure.
    Spitzglass,
    /// Oliphant.
    Oliphant,
    /// Fritzsche.
    Fritzsche,
    /// Müller.
    Muller,
    /// Institute of Gas Technology, distribution.
    Igt,
    /// A constant Darcy friction factor.
    Constant {
        /// Darcy friction factor, -.
        darcy: f64,
    },
}

/// All elements, in service or not.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Pipes.
    pub pipes: Vec<Pipe>,
    /// Short pipes: connections without length.
    pub short_pipes: Vec<ShortPipe>,
    /// Resistors.
    pub resistors: Vec<Resistor>,
    /// Valves.
    pub valves: Vec<Valve>,
    /// Check valves.
    pub check_valves: Vec<CheckValve>,
    /// Control valves (regulators).
    pub control_valves: Vec<ControlValve>,
    /// Compressor stations.
    pub compressor_stations: Vec<CompressorStation>,
    /// Supplies.
    pub supplies: Vec<Supply>,
    /// Off-takes.
    pub off_takes: Vec<OffTake>,
    /// Leaks.
    pub leaks: Vec<Leak>,
    /// Nodes and pipes that belong together.
    pub areas: Vec<Area>,
    /// Decisions for valves, control valves and stations that are taken together. The elements
    /// already stand as the decisions taken say.
    pub decision_groups: Vec<DecisionGroup>,
}
