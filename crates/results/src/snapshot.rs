use crate::FolderError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::path::Path;

/// The version of the snapshot format that this program writes and reads.
pub const SNAPSHOT_FORMAT: u32 = 1;

/// The state of a network at one time, from which any run can start.
///
/// Everything is keyed by element, and what lies along a pipe carries its distances, so that a run
/// with another mesh or another stage can start from it too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Version of this format.
    pub format: u32,
    /// Version of the program that wrote it.
    pub program_version: String,
    /// Fingerprint of the model it was computed with; an equal one continues the run exactly.
    #[serde(with = "hexadecimal")]
    pub model_fingerprint: u64,
    /// Case.
    pub case: String,
    /// Stage, if one was chosen.
    pub stage: Option<String>,
    /// Scenario.
    pub scenario: String,
    /// UTC instant of time zero, RFC 3339.
    pub start_utc: String,
    /// Time of this state, s since the start.
    pub time_s: f64,
    /// The step that the time integrator would have tried next, s.
    pub step_s: f64,
    /// Nodes by id.
    pub nodes: BTreeMap<String, NodeState>,
    /// Pipes by id.
    pub pipes: BTreeMap<String, PipeState>,
    /// Edges other than pipes by id.
    pub edges: BTreeMap<String, EdgeState>,
    /// Supplies, off-takes and leaks by id.
    pub terminals: BTreeMap<String, TerminalState>,
    /// Whatever else the solver needs to continue, by name.
    pub numbers: BTreeMap<String, f64>,
}

/// The state of a node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct NodeState {
    /// Pressure, Pa.
    pub pressure_pa: f64,
    /// Density, kg/m3.
    pub density_kg_per_m3: f64,
    /// Its rate of change, kg/m3/s.
    pub density_rate: f64,
    /// Temperature, K, where temperatures are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature_k: Option<f64>,
}

/// The state along a pipe: pressure points and, between them, flows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PipeState {
    /// Distance of the pressure points from the pipe's first node, m.
    pub distance_m: Vec<f64>,
    /// Pressure, Pa.
    pub pressure_pa: Vec<f64>,
    /// Density, kg/m3.
    pub density_kg_per_m3: Vec<f64>,
    /// Rate of change of density, kg/m3/s.
    pub density_rate: Vec<f64>,
    /// Distance of the flow points from the pipe's first node, m.
    pub flow_distance_m: Vec<f64>,
    /// Mass flow, kg/s.
    pub mass_flow_kg_per_s: Vec<f64>,
    /// Rate of change of mass flow, kg/s2.
    pub mass_flow_rate: Vec<f64>,
    /// Temperature at the pressure points, K, where temperatures are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub temperature_k: Vec<f64>,
    /// Temperatures of the layers of wall and ground around the pressure points, K, from the inside, point
    /// by point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ground_k: Vec<f64>,
    /// The gas in the pipe from its first node on, where mixtures are carried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parcels: Vec<ParcelState>,
}

/// Gas of one mixture in a pipe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ParcelState {
    /// Mass, kg.
    pub mass_kg: f64,
    /// Shares in mass, by the gases of the case and the supplies and batches that it came from.
    pub shares: Vec<f64>,
}

/// The state of an edge other than a pipe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EdgeState {
    /// Mass flow, kg/s.
    pub mass_flow_kg_per_s: f64,
    /// Opening, 0 (closed) to 1 (open); 1 where an element has none.
    pub opening: f64,
    /// What it is told to do, or empty.
    pub state: String,
    /// The configuration of machines that runs, or empty.
    #[serde(default)]
    pub configuration: String,
}

/// The state of a supply, an off-take or a leak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TerminalState {
    /// Mass flow in its own direction, kg/s.
    pub mass_flow_kg_per_s: f64,
    /// Whether an event has shut it.
    pub shut: bool,
}

impl Snapshot {
    /// The snapshot as JSON, every number such that it reads back as the same `f64`.
    ///
    /// Fails when a number is not finite: JSON has no word for it.
    pub fn to_json(&self) -> Result<String, FolderError> {
        let value = serde_json::to_value(self).map_err(|e| FolderError::json("snapshot", &e))?;
        if let Some(place) = missing_number(&value, String::new()) {
            return Err(FolderError::NotFinite { place });
        }
        serde_json::to_string_pretty(&value).map_err(|e| FolderError::json("snapshot", &e))
    }

    /// Reads a snapshot from JSON.
    pub fn from_json(text: &str) -> Result<Self, FolderError> {
        let snapshot: Self =
            serde_json::from_str(text).map_err(|e| FolderError::json("snapshot", &e))?;
        if snapshot.format > SNAPSHOT_FORMAT {
            return Err(FolderError::Newer {
                what: "snapshot",
                format: snapshot.format,
            });
        }
        Ok(snapshot)
    }

    /// Reads a snapshot file, or the snapshot of a run folder.
    pub fn read(path: &Path) -> Result<Self, FolderError> {
        let file = if path.is_dir() {
            path.join("snapshot.json")
        } else {
            path.to_path_buf()
        };
        let text = std::fs::read_to_string(&file).map_err(|e| FolderError::io(&file, &e))?;
        Self::from_json(&text)
    }
}

/// Where a number of the snapshot became `null`, the way `serde_json` writes NaN and infinity.
/// Only the stage may be absent.
fn missing_number(value: &serde_json::Value, place: String) -> Option<String> {
    match value {
        serde_json::Value::Null if place != "/stage" => Some(place),
        serde_json::Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(i, v)| missing_number(v, format!("{place}/{i}"))),
        serde_json::Value::Object(map) => map
            .iter()
            .find_map(|(k, v)| missing_number(v, format!("{place}/{k}"))),
        _ => None,
    }
}

/// 64 bits do not fit the numbers of most JSON readers, so they are written as text.
mod hexadecimal {
    use super::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{value:016x}"))
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<u64, D::Error> {
        let text = String::deserialize(from)?;
        u64::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Snapshot {
        // Numbers whose shortest decimal forms are known to trip inexact readers.
        let awkward = vec![
            0.1 + 0.2,
            1.0 / 3.0,
            5e-324,
            9.007_199_254_740_993e15,
            7_123_456.789_012_345,
        ];
        let pipe = PipeState {
            distance_m: awkward.clone(),
            pressure_pa: awkward.clone(),
            mass_flow_kg_per_s: awkward.iter().map(|x| -x / 7.0).collect(),
            ..PipeState::default()
        };
        Snapshot {
            format: SNAPSHOT_FORMAT,
            model_fingerprint: 0xfedc_ba98_7654_3210,
            case: "first-line".into(),
            scenario: "day".into(),
            start_utc: "2026-01-01T05:00:00Z".into(),
            time_s: 0.1,
            pipes: BTreeMap::from([("pipe".to_string(), pipe)]),
            nodes: BTreeMap::from([(
                "a".to_string(),
                NodeState {
                    pressure_pa: 6.9e6 / 1.1,
                    ..NodeState::default()
                },
            )]),
            numbers: BTreeMap::from([("x".to_string(), -1.0e-17)]),
            ..Snapshot::default()
        }
    }

    #[test]
    fn every_number_reads_back_as_the_same_bits() {
        let snapshot = sample();
        assert_eq!(
            Snapshot::from_json(&snapshot.to_json().unwrap()).unwrap(),
            snapshot
        );
    }

    #[test]
    fn a_number_that_is_not_finite_is_named() {
        let mut snapshot = sample();
        snapshot.nodes.get_mut("a").unwrap().density_rate = f64::NAN;
        let error = snapshot.to_json().unwrap_err();
        assert!(
            error.to_string().contains("/nodes/a/density_rate"),
            "{error}"
        );
    }

    #[test]
    fn a_newer_format_is_refused() {
        let newer = Snapshot {
            format: SNAPSHOT_FORMAT + 1,
            ..sample()
        };
        assert!(Snapshot::from_json(&newer.to_json().unwrap()).is_err());
    }
}
