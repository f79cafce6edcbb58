//! The GeoJSON format (RFC 7946): pipes as lines and nodes as points, with attributes.
//!
//! A feature that says `"kind"` is an element as the native format has it: its other properties are
//! the native keys with their values, `"length": "5 km"`. The member `"linepack"` of the collection
//! holds everything that is no element: settings, gas, scenarios. This is what is written, and it
//! reads back whole. Features of other programs are read by the names of `attribute`.

mod attribute;
mod foreign;
mod geometry;
mod nodes;
mod own;
mod write;

pub(crate) use write::write;

use crate::codes;
use crate::import::{Companions, Import, case_id};
use crate::json::{self, Json};
use linepack_network::Case;
use std::path::Path;

/// Reads it.
pub(crate) fn read(import: &mut Import, path: &Path, _: &Companions) -> Option<Case> {
    let source = import.file(path)?;
    read_source(import, source, &case_id(path))
}

/// Reads one of the texts of an import.
pub(crate) fn read_source(import: &mut Import, source: usize, id: &str) -> Option<Case> {
    let json = json::parse(import, source, &[])?;
    let kind = json.get("type").and_then(Json::text);
    let features = json.get("features").and_then(Json::list);
    let (Some("FeatureCollection"), Some(features)) = (kind, features) else {
        let message = "this is no FeatureCollection of GeoJSON";
        import.error(codes::FOREIGN_CONTENT, json.span, message);
        return None;
    };
    match json.get("linepack") {
        Some(rest) => own::read(import, features, rest, id),
        None => foreign::read(import, features, id),
    }
}
