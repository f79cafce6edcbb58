//! Writing a case in any of the formats that can be written.

use crate::{Format, ImportNote, gaslib, geojson, lanl, matgas, native};
use linepack_network::Case;

/// A case in some format.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Names and texts of the files; the first is the one to read the case by.
    pub files: Vec<(String, String)>,
    /// What the format cannot express and was left out, or was expressed in another way.
    pub notes: Vec<ImportNote>,
}

/// A case as the files of a format, called `name`; none when the format is only read.
pub fn write_as(case: &Case, format: Format, name: &str) -> Option<Written> {
    match format {
        Format::Native => Some(Written {
            files: vec![(format!("{name}.toml"), native::write(case))],
            notes: Vec::new(),
        }),
        Format::GasLib => Some(gaslib::write(case, name)),
        Format::Matgas => Some(matgas::write(case, name)),
        Format::LanlJson => Some(lanl::write(case, name)),
        Format::GeoJson => Some(geojson::write(case, name)),
        _ => None,
    }
}
