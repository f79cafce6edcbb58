use crate::{Accuracy, HeatBalance, QualityResult};
use serde::{Deserialize, Serialize};

/// The numeric outcome of a solve.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Status {
    /// Whether a solution within tolerance was found, for the whole time asked for.
    pub converged: bool,
    /// Whether the run reached its end (false: stopped or failed, what was computed is kept).
    pub complete: bool,
    /// Largest scaled residual at the end, -.
    pub residual: f64,
    /// Newton iterations of the steady start.
    pub iterations: usize,
    /// The element with the largest residual, or the one that makes the case unsolvable.
    pub worst_element: Option<String>,
    /// What happened, in words of the field.
    pub message: String,
}

/// Mass in, out, burnt, lost and stored. Rates are those of the last time; masses are integrals
/// over the whole run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Balance {
    /// Flow into the network at the last time, kg/s.
    pub in_kg_per_s: f64,
    /// Flow out at off-takes at the last time, kg/s.
    pub out_kg_per_s: f64,
    /// Fuel burnt at the last time, kg/s.
    pub fuel_kg_per_s: f64,
    /// Flow lost through leaks and breaks at the last time, kg/s.
    pub leak_kg_per_s: f64,
    /// Mass that came in, kg.
    pub in_kg: f64,
    /// Mass that went out at off-takes, kg.
    pub out_kg: f64,
    /// Fuel burnt, kg.
    pub fuel_kg: f64,
    /// Mass lost through leaks and breaks, kg.
    pub leak_kg: f64,
    /// Linepack at the start, kg.
    pub linepack_start_kg: f64,
    /// Linepack at the end, kg.
    pub linepack_end_kg: f64,
    /// Change of linepack, kg.
    pub linepack_change_kg: f64,
    /// in - out - fuel - leak - change of linepack, kg (steady: the same of the rates, kg/s).
    pub residual_kg: f64,
}

/// What the solve cost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// Accepted time steps.
    pub steps: usize,
    /// Rejected time steps.
    pub rejected_steps: usize,
    /// Newton iterations, steady and transient.
    pub newton_iterations: usize,
    /// Factorisations of the node system.
    pub factorisations: usize,
    /// Cells of the mesh.
    pub cells: usize,
    /// Unknowns of the node system.
    pub node_unknowns: usize,
    /// Events that took place.
    pub events: usize,
    /// Times that a limit or set-point took over from another in a control.
    pub limit_changes: usize,
}

/// Wall time by phase, s.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timing {
    /// Reading and validating.
    pub read: f64,
    /// Property tables and mesh.
    pub build: f64,
    /// Solving.
    pub solve: f64,
    /// Writing results.
    pub write: f64,
}

/// A limit that was crossed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Violation {
    /// The element.
    pub element: String,
    /// The quantity, such as `pressure_pa`.
    pub quantity: String,
    /// Its worst value, SI.
    pub value: f64,
    /// The limit, SI.
    pub limit: f64,
    /// First time beyond the limit, s since the start.
    pub first_s: f64,
    /// Time spent beyond the limit, s.
    pub duration_s: f64,
}

/// What holds an active element or terminal back at the last time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limitation {
    /// The element.
    pub element: String,
    /// In words: "at its discharge pressure of 90.0 bara".
    pub what: String,
}

/// Something that changed over in the controls, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switch {
    /// When, s since the start.
    pub time_s: f64,
    /// The element; empty where only a time is noted.
    pub element: String,
    /// What happened, in words.
    pub what: String,
    /// Who did it: `schedule`, `rule`, `protection`; `limit` where a limit changed hands; `interlock`
    /// where it was refused.
    pub by: String,
    /// Why, in words: the rule and its condition, or empty.
    pub cause: String,
}

/// One column of a frame: a quantity of all elements at all times.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name with its unit, such as `pressure_pa`.
    pub name: String,
    /// Unit for field metadata, such as `Pa`.
    pub unit: String,
    /// Values, `times * ids`, time by time; NaN where the quantity does not apply.
    pub values: Vec<f64>,
}

/// A table time x element x quantity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// Element identifiers, in the order of the columns' inner index.
    pub ids: Vec<String>,
    /// Kind of each element: `node`, `pipe`, `compressor_station`, ...
    pub kinds: Vec<String>,
    /// Quantities.
    pub columns: Vec<Column>,
    /// Operating mode of each element at each time, `times * ids`; empty strings where none. May be empty as a whole.
    pub modes: Vec<String>,
}

/// The values of the column of a name.
fn named<'a>(columns: &'a [Column], name: &str) -> Option<&'a [f64]> {
    let column = columns.iter().find(|c| c.name == name)?;
    Some(&column.values)
}

impl Frame {
    /// The values of a quantity, time by time, if the frame has it.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        named(&self.columns, name)
    }

    /// One value; none where the id or quantity is unknown or does not apply.
    pub fn value(&self, name: &str, time: usize, id: &str) -> Option<f64> {
        let i = self.ids.iter().position(|x| x == id)?;
        self.column(name)?
            .get(time * self.ids.len() + i)
            .copied()
            .filter(|v| !v.is_nan())
    }
}

/// Profiles along pipes: one row per time, pipe and point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profiles {
    /// Pipes, in order.
    pub pipes: Vec<String>,
    /// Where the points of each pipe begin in the point arrays; one more than pipes.
    pub first_point: Vec<usize>,
    /// Distance from the pipe's first node, m, per point.
    pub distance_m: Vec<f64>,
    /// Elevation, m, per point.
    pub elevation_m: Vec<f64>,
    /// Times of the rows, as indices into the solution's times.
    pub time_index: Vec<usize>,
    /// Pressure, Pa, `time_index * points`.
    pub pressure_pa: Vec<f64>,
    /// Mass flow, kg/s, `time_index * points`.
    pub mass_flow_kg_per_s: Vec<f64>,
    /// Temperature, K, `time_index * points`.
    pub temperature_k: Vec<f64>,
    /// Velocity, m/s, `time_index * points`.
    pub velocity_m_per_s: Vec<f64>,
    /// Further quantities, `time_index * points` each: `ground_temperature_k`,
    /// `hydrate_temperature_k`, `hydrocarbon_dew_point_k`, `water_dew_point_k`,
    /// `gross_heating_value_j_per_m3`, `share_<supply>` (mass share). Empty where none was found.
    pub columns: Vec<Column>,
}

impl Profiles {
    /// The values of a further quantity, time by time, if there are any.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        named(&self.columns, name)
    }
}

/// What one terminal (supply, off-take, leak) did in the run as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terminal {
    /// Identifier.
    pub id: String,
    /// `supply`, `off_take` or `leak`.
    pub kind: String,
    /// Its node.
    pub node: String,
    /// Mass that passed, kg, positive in its own direction (into the network for a supply).
    pub mass_kg: f64,
    /// Mass that was asked for, kg (NaN where nothing was asked).
    pub requested_kg: f64,
    /// When it first fell short of what was asked, s since the start.
    pub first_shortfall_s: Option<f64>,
    /// When the pressure of an off-take first fell below its contract pressure, s since the start.
    pub first_below_contract_s: Option<f64>,
    /// How long an off-take was served in full, at its contract pressure at least, after the first event
    /// of the run (or from the start, where there is none), s; none where it always was.
    pub survival_s: Option<f64>,
}

/// Gas held by the network, an area, a section between closed valves or a pipe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Linepack {
    /// `network`, `area`, `section` or `pipe`.
    pub kind: String,
    /// Identifier; that of its first node for a section; empty for the network.
    pub id: String,
    /// Gas held at the last time, kg.
    pub now_kg: f64,
    /// Least of all rows of the result, kg.
    pub min_kg: f64,
    /// Most of all rows of the result, kg.
    pub max_kg: f64,
    /// Gas held at rest at the contract pressures, or the lowest pressures allowed, kg; none where none
    /// is stated.
    pub floor_kg: Option<f64>,
    /// Gas held at rest at the highest pressures allowed, kg; none where they are not stated throughout.
    pub ceiling_kg: Option<f64>,
    /// What is held now above the floor, kg.
    pub usable_kg: Option<f64>,
    /// Pressure that the gas held now takes when it comes to rest in here, Pa.
    pub settle_out_pressure_pa: Option<f64>,
}

/// What a compressor of a station does at the last time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StationUnit {
    /// The station.
    pub station: String,
    /// The configuration that runs.
    pub configuration: String,
    /// The stage, from 0 in the order in which the gas passes them.
    pub stage: usize,
    /// The compressor.
    pub compressor: String,
    /// Its drive.
    pub drive: String,
    /// Speed, 1/min.
    pub speed_per_min: f64,
    /// Volume flow through the machine at suction, m³/s, recycled gas included.
    pub volume_flow_m3_per_s: f64,
    /// Adiabatic head, J/kg.
    pub head_j_per_kg: f64,
    /// Head that is throttled away behind it, J/kg.
    pub throttled_j_per_kg: f64,
    /// Adiabatic efficiency, -.
    pub efficiency: f64,
    /// Shaft power, W.
    pub power_w: f64,
    /// Largest shaft power at this speed, W.
    pub power_max_w: f64,
    /// Energy taken by its drive, W.
    pub energy_w: f64,
    /// Volume flow that is recycled, m³/s.
    pub recycle_m3_per_s: f64,
    /// Flow over that on the surge line, less 1.
    pub surge_margin: f64,
    /// 1 less flow over that on the choke line.
    pub choke_margin: f64,
    /// 1 less power over largest power.
    pub power_margin: f64,
    /// 1 less speed over highest speed.
    pub speed_margin: f64,
    /// The limit that is violated, or that binds, in words; or empty.
    pub limit: String,
    /// Whether it stays within its map and the power of its drive.
    pub feasible: bool,
}

/// What one stage of the build-out can do, from steady solves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageResult {
    /// Stage name.
    pub stage: String,
    /// Its title.
    pub title: String,
    /// Whether the loads of the stage can be met.
    pub solved: bool,
    /// Why not, or empty.
    pub message: String,
    /// Deliveries at the loads of the stage: off-take, kg/s, Pa.
    pub deliveries: Vec<(String, f64, f64)>,
    /// Station power: station, W, kg/s of fuel, mode.
    pub stations: Vec<(String, f64, f64, String)>,
    /// The off-take at which capacity is asked, and the largest flow it can take, kg/s.
    pub capacity: Option<(String, f64)>,
    /// What limits that flow, in words.
    pub limited_by: String,
}

/// All that a run found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solution {
    /// Outcome.
    pub status: Status,
    /// Mass balance.
    pub balance: Balance,
    /// Energy balance, where temperatures are computed.
    pub heat: Option<HeatBalance>,
    /// What became of the gases of supplies, where composition is carried with the gas.
    pub quality: Option<QualityResult>,
    /// Cost.
    pub counters: Counters,
    /// How accurate it is.
    pub accuracy: Accuracy,
    /// Wall time.
    pub timing: Timing,
    /// Times of the rows, s since the start.
    pub time_s: Vec<f64>,
    /// UTC start, RFC 3339.
    pub start_utc: String,
    /// Nodes: `pressure_pa`, `supply_kg_per_s` (net inflow from outside); with heat
    /// `temperature_k`; with quality `gross_heating_value_j_per_m3`, `wobbe_index_j_per_m3`,
    /// `relative_density`, `molar_mass_kg_per_mol`, `share_<supply>` (mass share of what a supply
    /// brought), `x_<component>` (mole fraction).
    pub nodes: Frame,
    /// Edges: `mass_flow_kg_per_s` (at the first node), `mass_flow_out_kg_per_s`, `pressure_in_pa`,
    /// `pressure_out_pa`, and for pipes `velocity_max_m_per_s`, `linepack_kg`, for stations
    /// `power_w`, `fuel_kg_per_s`, `ratio`; with heat `temperature_in_k`, `temperature_out_k`,
    /// `heat_w` (lost to the ground by pipes, added to the gas by heaters).
    pub edges: Frame,
    /// Supplies, off-takes, leaks: `mass_flow_kg_per_s` (positive in its own direction),
    /// `requested_kg_per_s`, `pressure_pa`.
    pub terminals: Frame,
    /// Totals of the terminals.
    pub terminal_totals: Vec<Terminal>,
    /// Profiles along pipes.
    pub profiles: Profiles,
    /// Linepack of the whole network at each time, kg.
    pub linepack_kg: Vec<f64>,
    /// Gas held by the network, its areas, sections between closed valves, and pipes.
    pub linepacks: Vec<Linepack>,
    /// Limits crossed.
    pub violations: Vec<Violation>,
    /// What holds the network back at the last time.
    pub limitations: Vec<Limitation>,
    /// What each compressor of stations with known machines does at the last time.
    pub station_units: Vec<StationUnit>,
    /// What changed over in the controls, and why.
    pub switches: Vec<Switch>,
    /// What happened when: time in s, words.
    pub log: Vec<(f64, String)>,
    /// What was assumed by the solver, for the report.
    pub assumptions: Vec<String>,
}
