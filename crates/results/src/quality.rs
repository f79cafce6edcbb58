use serde::{Deserialize, Serialize};

/// What became of the gases of supplies on their way, where composition is carried with the gas.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct QualityResult {
    /// The balance of each component, in the order of the composition.
    pub components: Vec<ComponentBalance>,
    /// Where and when gases and batches arrived, by time.
    pub arrivals: Vec<Arrival>,
    /// Limits of quality that were not kept, by time.
    pub off_spec: Vec<OffSpec>,
    /// Least distances from the conditions at which liquid or hydrate forms.
    pub phase_margins: Vec<PhaseMargin>,
}

/// What came in, went out and is held of a component, over the whole run (of a steady state alone: nothing).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComponentBalance {
    /// Its name, such as `methane`.
    pub component: String,
    /// Mass that came in, kg.
    pub in_kg: f64,
    /// Mass that went out at off-takes and leaks and as fuel, kg.
    pub out_kg: f64,
    /// Change of what the network holds, kg.
    pub stored_change_kg: f64,
    /// in - out - change of what is held, kg.
    pub residual_kg: f64,
}

/// When a gas or batch arrived at a node.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrival {
    /// The node.
    pub node: String,
    /// The supply, gas or batch that arrived.
    pub gas: String,
    /// When its front arrived, s since the start.
    pub time_s: f64,
    /// Its mass share in what passes the node right after, -.
    pub share: f64,
}

/// A limit of quality that was not kept at a node.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OffSpec {
    /// The node.
    pub node: String,
    /// The quantity, such as `wobbe_index_j_per_m3` or `x_hydrogen`.
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

/// The least distance of the gas from liquid or hydrate, and where and when that was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhaseMargin {
    /// `hydrocarbon_dew_point`, `water_dew_point` or `hydrate`.
    pub kind: String,
    /// Temperature of the gas less that at which it condenses or hydrate forms, K.
    pub margin_k: f64,
    /// Pressure of the gas there, Pa.
    pub pressure_pa: f64,
    /// Temperature of the gas there, K.
    pub temperature_k: f64,
    /// The pipe or node.
    pub element: String,
    /// Distance from the pipe's first node, m; none at a node.
    pub distance_m: Option<f64>,
    /// When, s since the start.
    pub time_s: f64,
}
