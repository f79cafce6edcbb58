//! Ensembles: the file `ensemble.toml` that says how members differ from a case.

mod distribution;
mod read;
mod schema;
mod table;
mod target;

pub use read::{LoadedEnsemble, read_ensemble, read_ensemble_str};

use super::json_schema;
use super::reference;
use schema::SECTIONS;
use serde_json::Value;

/// The JSON Schema of `ensemble.toml`.
pub fn ensemble_schema() -> Value {
    json_schema::of_sections(
        "linepack ensemble",
        "How the members of an ensemble differ from a case.",
        "ensemble",
        &["ensemble"],
        &SECTIONS,
    )
}

/// The reference of its tables and keys, in Markdown.
pub fn ensemble_reference() -> String {
    reference::of_sections(&SECTIONS)
}
