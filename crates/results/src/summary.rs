use crate::{
    Accuracy, Balance, Counters, FolderError, Frame, HeatBalance, Limitation, Linepack, Manifest,
    QualityResult, Solution, StageResult, StationUnit, Status, Switch, Terminal, Timing, Violation,
    stage,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The document that `--json` prints and a run folder keeps as `summary.json`: what was found, in
/// SI, with nodes, edges and terminals at the last time.
///
/// A quantity that does not apply, or is no finite number, is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Version of the program.
    pub program_version: String,
    /// Case.
    pub case: String,
    /// Title of the case.
    pub title: String,
    /// Stage, if one was chosen.
    pub stage: Option<String>,
    /// Scenario.
    pub scenario: String,
    /// UTC instant of time zero, RFC 3339.
    pub start_utc: String,
    /// The last time, s since the start.
    pub time_s: f64,
    /// Outcome.
    pub status: Status,
    /// Mass balance.
    pub balance: Balance,
    /// Energy balance, where temperatures are computed.
    #[serde(default)]
    pub heat: Option<HeatBalance>,
    /// What became of the gases of supplies, where composition is carried with the gas.
    #[serde(default)]
    pub quality: Option<QualityResult>,
    /// What holds the network back at the last time.
    pub limitations: Vec<Limitation>,
    /// What each compressor of stations with known machines does.
    #[serde(default)]
    pub station_units: Vec<StationUnit>,
    /// Limits crossed.
    pub violations: Vec<Violation>,
    /// What each stage of the build-out can deliver.
    #[serde(default, with = "stage")]
    pub stages: Vec<StageResult>,
    /// Supplies, off-takes and leaks by id.
    pub terminals: Map<String, Value>,
    /// Nodes by id.
    pub nodes: Map<String, Value>,
    /// Edges by id.
    pub edges: Map<String, Value>,
    /// What the solve cost.
    pub counters: Counters,
    /// How accurate it is.
    #[serde(default)]
    pub accuracy: Accuracy,
    /// Wall time by phase, s.
    pub timing_s: Timing,
    /// Gas held by the network, its areas, sections between closed valves, and pipes.
    #[serde(default)]
    pub linepack: Vec<Linepack>,
    /// What changed over in the controls, and why.
    #[serde(default)]
    pub switches: Vec<Switch>,
    /// What happened when: time in s, words.
    pub log: Vec<(f64, String)>,
    /// What the solver assumed.
    pub assumptions: Vec<String>,
}

impl Summary {
    /// The summary of a solution.
    pub fn new(solution: &Solution, stages: &[StageResult], manifest: &Manifest) -> Self {
        let last = solution.time_s.len().saturating_sub(1);
        Self {
            program_version: manifest.program_version.clone(),
            case: manifest.case.clone(),
            title: manifest.title.clone(),
            stage: manifest.stage.clone(),
            scenario: manifest.scenario.clone(),
            start_utc: solution.start_utc.clone(),
            time_s: solution.time_s.last().copied().unwrap_or(0.0),
            status: solution.status.clone(),
            balance: solution.balance.clone(),
            heat: solution.heat,
            quality: solution.quality.clone(),
            limitations: solution.limitations.clone(),
            station_units: solution.station_units.clone(),
            violations: solution.violations.clone(),
            stages: stages.to_vec(),
            terminals: terminals_at(solution, last),
            nodes: frame_at(&solution.nodes, last),
            edges: frame_at(&solution.edges, last),
            counters: solution.counters.clone(),
            accuracy: solution.accuracy.clone(),
            timing_s: solution.timing.clone(),
            linepack: solution.linepacks.clone(),
            switches: solution.switches.clone(),
            log: solution.log.clone(),
            assumptions: solution.assumptions.clone(),
        }
    }

    /// The summary as a JSON value without any `null` but for what may be unknown by nature.
    pub fn to_value(&self) -> Result<Value, FolderError> {
        let value = serde_json::to_value(self).map_err(|e| FolderError::json("summary", &e))?;
        Ok(without_missing(value))
    }

    /// The summary as JSON text.
    pub fn to_json(&self) -> Result<String, FolderError> {
        let value = self.to_value()?;
        serde_json::to_string_pretty(&value).map_err(|e| FolderError::json("summary", &e))
    }

    /// Reads a summary from JSON.
    pub fn from_json(text: &str) -> Result<Self, FolderError> {
        serde_json::from_str(text).map_err(|e| FolderError::json("summary", &e))
    }

    /// Puts what the summary knows into a solution whose tables were read.
    pub(crate) fn complete(self, solution: &mut Solution) {
        solution.terminal_totals = self.terminals.iter().filter_map(total).collect();
        solution.start_utc = self.start_utc;
        solution.status = self.status;
        solution.balance = self.balance;
        solution.heat = self.heat;
        solution.quality = self.quality;
        solution.counters = self.counters;
        solution.accuracy = self.accuracy;
        solution.timing = self.timing_s;
        solution.violations = self.violations;
        solution.limitations = self.limitations;
        solution.station_units = self.station_units;
        solution.linepacks = self.linepack;
        solution.switches = self.switches;
        solution.log = self.log;
        solution.assumptions = self.assumptions;
    }
}

/// Every element of a frame at one time: kind, mode and the quantities that apply.
fn frame_at(frame: &Frame, time: usize) -> Map<String, Value> {
    let ids = frame.ids.len();
    let element = |i: usize| {
        let mut object = Map::new();
        object.insert(
            "kind".into(),
            frame.kinds.get(i).cloned().unwrap_or_default().into(),
        );
        if let Some(mode) = frame.modes.get(time * ids + i).filter(|m| !m.is_empty()) {
            object.insert("mode".into(), mode.clone().into());
        }
        for column in &frame.columns {
            put(
                &mut object,
                &column.name,
                column.values.get(time * ids + i).copied(),
            );
        }
        Value::Object(object)
    };
    frame
        .ids
        .iter()
        .enumerate()
        .map(|(i, id)| (id.clone(), element(i)))
        .collect()
}

/// Terminals: their frame, and their totals.
fn terminals_at(solution: &Solution, time: usize) -> Map<String, Value> {
    let mut map = frame_at(&solution.terminals, time);
    for total in &solution.terminal_totals {
        let entry = map
            .entry(total.id.clone())
            .or_insert_with(|| Value::Object(Map::new()));
        let Some(object) = entry.as_object_mut() else {
            continue;
        };
        object.insert("kind".into(), total.kind.clone().into());
        object.insert("node".into(), total.node.clone().into());
        put(object, "mass_kg", Some(total.mass_kg));
        put(object, "requested_kg", Some(total.requested_kg));
        put(object, "first_shortfall_s", total.first_shortfall_s);
        put(
            object,
            "first_below_contract_s",
            total.first_below_contract_s,
        );
        put(object, "survival_s", total.survival_s);
    }
    map
}

/// The totals of a terminal, read back; none for an entry that has none.
fn total((id, entry): (&String, &Value)) -> Option<Terminal> {
    let text = |key: &str| {
        entry
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string()
    };
    let number = |key: &str| entry.get(key).and_then(Value::as_f64);
    Some(Terminal {
        id: id.clone(),
        kind: text("kind"),
        node: entry.get("node")?.as_str()?.to_string(),
        mass_kg: number("mass_kg").unwrap_or(f64::NAN),
        requested_kg: number("requested_kg").unwrap_or(f64::NAN),
        first_shortfall_s: number("first_shortfall_s"),
        first_below_contract_s: number("first_below_contract_s"),
        survival_s: number("survival_s"),
    })
}

fn put(object: &mut Map<String, Value>, key: &str, value: Option<f64>) {
    if let Some(value) = value.filter(|v| v.is_finite()) {
        object.insert(key.into(), value.into());
    }
}

/// Removes what is `null` from all objects: NaN and infinity become that on the way to JSON. The
/// two keys that may be unknown by nature stay.
fn without_missing(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(k, v)| !v.is_null() || k == "stage" || k == "worst_element")
                .map(|(k, v)| (k, without_missing(v)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_missing).collect()),
        other => other,
    }
}
