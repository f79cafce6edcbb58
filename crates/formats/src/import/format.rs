//! Which format a path is.

use super::Reader;
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes at the beginning of a file that are looked at.
const LOOKED_AT: u64 = 64 << 10;

/// A format of network files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// The program's own: `case.toml` and its CSV files.
    Native,
    /// GasLib XML: `.net`, with `.scn`, `.cs` and `.cdf`.
    GasLib,
    /// MATGAS `.m`, as GasModels.jl and GasPowerModels.jl read it.
    Matgas,
    /// JSON files of GasTranSim.jl and GasSteadySim.jl.
    LanlJson,
    /// pandapipes JSON (gas).
    Pandapipes,
    /// MORGEN `.net` and `.ini`.
    Morgen,
    /// SciGRID_gas CSV tables.
    SciGrid,
    /// GeoJSON features.
    GeoJson,
}

/// Files that belong to a foreign case; those not named are looked for beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Companions {
    /// GasLib scenario, `.scn`.
    pub scenario: Option<PathBuf>,
    /// GasLib compressor stations, `.cs`.
    pub stations: Option<PathBuf>,
    /// GasLib combined decisions, `.cdf`.
    pub decisions: Option<PathBuf>,
    /// MORGEN scenario, `.ini`.
    pub ini: Option<PathBuf>,
    /// Time series of a MATGAS case, `.csv`.
    pub series: Option<PathBuf>,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Native,
        Self::GasLib,
        Self::Matgas,
        Self::LanlJson,
        Self::Pandapipes,
        Self::Morgen,
        Self::SciGrid,
        Self::GeoJson,
    ];

    /// The format of a path, by its name and the beginning of its text.
    ///
    /// Errors: why none fits, in words.
    pub fn of(path: &Path) -> Result<Self, String> {
        if path.is_dir() {
            return of_folder(path);
        }
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        match extension.to_ascii_lowercase().as_str() {
            "toml" => Ok(Self::Native),
            "net" if beginning(path).starts_with('<') => Ok(Self::GasLib),
            "net" => Ok(Self::Morgen),
            "m" => Ok(Self::Matgas),
            "geojson" => Ok(Self::GeoJson),
            "json" => of_json(path),
            "xml" if beginning(path).contains("http://gaslib.zib.de/Gas") => Ok(Self::GasLib),
            _ if !path.is_file() => Ok(Self::Native),
            _ => Err(unknown(path)),
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "linepack",
            Self::GasLib => "GasLib",
            Self::Matgas => "MATGAS",
            Self::LanlJson => "LANL JSON",
            Self::Pandapipes => "pandapipes",
            Self::Morgen => "MORGEN",
            Self::SciGrid => "SciGRID_gas",
            Self::GeoJson => "GeoJSON",
        }
    }

    pub(super) fn reader(self) -> Reader {
        match self {
            Self::Native => |_, _, _| None,
            Self::GasLib => crate::gaslib::read,
            Self::Matgas => crate::matgas::read,
            Self::LanlJson => crate::lanl::read,
            Self::Pandapipes => crate::pandapipes::read,
            Self::Morgen => crate::morgen::read,
            Self::SciGrid => crate::scigrid::read,
            Self::GeoJson => crate::geojson::read,
        }
    }
}

/// The format of a folder, by the files in it.
fn of_folder(folder: &Path) -> Result<Format, String> {
    if folder.join("case.toml").exists() {
        return Ok(Format::Native);
    }
    if folder.join("network.json").exists() {
        return Ok(Format::LanlJson);
    }
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = names
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    if names.iter().any(|n| n.ends_with("PipeSegments.csv")) {
        return Ok(Format::SciGrid);
    }
    let networks: Vec<_> = names.iter().filter(|n| n.ends_with(".net")).collect();
    match networks.as_slice() {
        [one] => Format::of(&folder.join(one)),
        [] => Ok(Format::Native),
        _ => Err(format!(
            "{} has {} networks; name one of them",
            folder.display(),
            networks.len()
        )),
    }
}

/// JSON files are told apart by their first keys.
fn of_json(path: &Path) -> Result<Format, String> {
    let text = beginning(path);
    let has = |word: &str| text.contains(word);
    if has("pandapipesNet") || has("\"pandapipes") {
        Ok(Format::Pandapipes)
    } else if has("FeatureCollection") {
        Ok(Format::GeoJson)
    } else if has("\"nodes\"") || has("\"pipes\"") {
        Ok(Format::LanlJson)
    } else {
        Err(unknown(path))
    }
}

fn unknown(path: &Path) -> String {
    let names = Format::ALL.map(Format::name).join(", ");
    format!("{} is in none of the formats {names}", path.display())
}

/// The beginning of a text file, without a byte-order mark; empty when it cannot be read.
fn beginning(path: &Path) -> String {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).map(|f| f.take(LOOKED_AT).read_to_end(&mut bytes));
    match read {
        Ok(Ok(_)) => String::from_utf8_lossy(&bytes)
            .trim_start_matches('\u{feff}')
            .trim_start()
            .to_owned(),
        _ => String::new(),
    }
}
