use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the run folder's format.
pub const MANIFEST_FORMAT: u32 = 1;

/// What a run was: enough to repeat it, and to know whether two runs had the same input.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the run folder's format.
    pub format: u32,
    /// Version of the program.
    pub program_version: String,
    /// The command, `run` or `steady`.
    pub command: String,
    /// Case.
    pub case: String,
    /// Title of the case.
    pub title: String,
    /// The case as it was named on the command line, made absolute.
    pub case_path: String,
    /// Stage, if one was chosen.
    pub stage: Option<String>,
    /// Title of the stage, or empty.
    pub stage_title: String,
    /// Date for which the elements in service were chosen, if any.
    pub as_of: Option<String>,
    /// Scenario.
    pub scenario: String,
    /// Title of the scenario.
    pub scenario_title: String,
    /// Values set on the command line, `path=value`, in order.
    pub set: Vec<String>,
    /// Files named on the command line for a case in a foreign format, made absolute, by option.
    #[serde(default)]
    pub beside: BTreeMap<String, String>,
    /// The snapshot that the run started from, if any.
    pub started_from: Option<String>,
    /// Where the run was asked to end before its scenario does, s.
    pub until_s: Option<f64>,
    /// Settings as text with units, by name.
    pub settings: BTreeMap<String, String>,
    /// Every file that was read.
    pub inputs: Vec<InputFile>,
    /// Fingerprint of the model, in hexadecimal; empty where none was built.
    pub model_fingerprint: String,
    /// UTC instant at which the run was made, RFC 3339.
    pub created_utc: String,
    /// Whether the run reached its end.
    pub complete: bool,
    /// The files of the run folder.
    pub files: Vec<String>,
}

/// A file that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path, relative to the case where it lies below it.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its size, bytes.
    pub bytes: u64,
}
