//! Elements, topology, scenario and limits of a gas network, and the validator.
//!
//! Everything here is in SI; a [`Case`] has already been read (by `linepack-formats`) for one
//! choice of stage, date and scenario, and knows of each element whether it is in service.

mod case;
mod change;
pub mod codes;
mod control;
mod decision;
mod element;
mod ensemble;
mod field;
mod finding;
mod heat;
mod machine;
mod nearest;
mod quality;
mod rule;
mod scenario;
mod validate;
mod visit;

pub use case::{Case, FrictionLaw, Network, Settings, StageInfo, Terms};
pub use change::{Act, Before, Change, ChangeError, Target};
pub use control::{CheckValve, CompressorStation, ControlState, ControlValve, StationState, Valve};
pub use decision::{Decision, DecisionGroup, Switch};
pub use element::{
    FlowBounds, Header, Leak, LeakPlace, Node, OffTake, Pipe, Resistor, ResistorLoss, ShortPipe,
    Status, Supply, SupplyGas,
};
pub use ensemble::{Distribution, Ensemble, Group, Kept, Outage, Variation, Way};
pub use field::Field;
pub use finding::{ElementKind, Finding, Place, Severity};
pub use heat::{Ground, GroundKind, Heat, HeatSettings, PipeHeat, WallLayer};
pub use machine::{
    Compressor, CompressorKind, Configuration, Drive, DriveKind, DrivePower, Machines, MapPoint,
    PistonData, PowerPoint, Stage, StageUnit, TurboMap,
};
pub use nearest::{Hints, nearest};
pub use quality::{GasProfile, NamedGas, NamedLimits, QualitySettings};
pub use rule::{
    Area, Command, Condition, Interlock, Level, LineBreak, Refused, Rule, Side, TripLimits,
    ValveCurve,
};
pub use scenario::{
    Action, Event, InitialState, Interpolation, Profile, ProfileValues, Scenario, SetPoint,
};
pub use validate::{great_circle_m, validate, validate_geography, validate_scenario};
pub use visit::Edge;
