//! The JSON of stage results: objects with names and units, in place of tuples.

use crate::StageResult;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
struct StageRecord {
    stage: String,
    title: String,
    solved: bool,
    message: String,
    deliveries: Vec<Delivery>,
    stations: Vec<Station>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<Capacity>,
    limited_by: String,
}

#[derive(Serialize, Deserialize)]
struct Delivery {
    off_take: String,
    #[serde(default = "unknown")]
    mass_flow_kg_per_s: f64,
    #[serde(default = "unknown")]
    pressure_pa: f64,
}

#[derive(Serialize, Deserialize)]
struct Station {
    station: String,
    #[serde(default = "unknown")]
    power_w: f64,
    #[serde(default = "unknown")]
    fuel_kg_per_s: f64,
    mode: String,
}

#[derive(Serialize, Deserialize)]
struct Capacity {
    off_take: String,
    #[serde(default = "unknown")]
    mass_flow_kg_per_s: f64,
}

/// A number that JSON left out.
fn unknown() -> f64 {
    f64::NAN
}

pub(crate) fn serialize<S: Serializer>(stages: &[StageResult], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(stages.iter().cloned().map(StageRecord::from))
}

pub(crate) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<StageResult>, D::Error> {
    let records = Vec::<StageRecord>::deserialize(from)?;
    Ok(records.into_iter().map(StageResult::from).collect())
}

impl From<StageResult> for StageRecord {
    fn from(s: StageResult) -> Self {
        let delivery = |(off_take, mass_flow_kg_per_s, pressure_pa)| Delivery {
            off_take,
            mass_flow_kg_per_s,
            pressure_pa,
        };
        let station = |(station, power_w, fuel_kg_per_s, mode)| Station {
            station,
            power_w,
            fuel_kg_per_s,
            mode,
        };
        Self {
            stage: s.stage,
            title: s.title,
            solved: s.solved,
            message: s.message,
            deliveries: s.deliveries.into_iter().map(delivery).collect(),
            stations: s.stations.into_iter().map(station).collect(),
            capacity: s.capacity.map(|(off_take, mass_flow_kg_per_s)| Capacity {
                off_take,
                mass_flow_kg_per_s,
            }),
            limited_by: s.limited_by,
        }
    }
}

impl From<StageRecord> for StageResult {
    fn from(s: StageRecord) -> Self {
        let delivery = |d: Delivery| (d.off_take, d.mass_flow_kg_per_s, d.pressure_pa);
        let station = |x: Station| (x.station, x.power_w, x.fuel_kg_per_s, x.mode);
        Self {
            stage: s.stage,
            title: s.title,
            solved: s.solved,
            message: s.message,
            deliveries: s.deliveries.into_iter().map(delivery).collect(),
            stations: s.stations.into_iter().map(station).collect(),
            capacity: s.capacity.map(|c| (c.off_take, c.mass_flow_kg_per_s)),
            limited_by: s.limited_by,
        }
    }
}
