use crate::args::{Beside, Format, Selecting, Solving};
use crate::failure::Failure;
use jiff::Timestamp;
use linepack_formats::Loaded;
use linepack_network::{Case, FrictionLaw, Settings};
use linepack_results::{
    ExtraFormat, FolderError, InputFile, Manifest, RunWriter, Snapshot, Solution, StageResult,
    Summary, is_free,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Where runs go when nobody says where.
const RUNS: &str = "runs";

/// The manifest of a run about to be made.
pub(crate) fn manifest(
    command: &str,
    path: &Path,
    loaded: &Loaded,
    selecting: &Selecting,
) -> Manifest {
    let case = &loaded.case;
    let stage = case
        .stages
        .iter()
        .find(|s| Some(&s.name) == case.stage.as_ref());
    Manifest {
        program_version: env!("CARGO_PKG_VERSION").into(),
        command: command.into(),
        case: case.id.clone(),
        title: case.title.clone(),
        case_path: absolute(path),
        stage: case.stage.clone(),
        stage_title: stage.map(|s| s.title.clone()).unwrap_or_default(),
        as_of: selecting.as_of.map(|d| d.to_string()),
        scenario: case.scenario.name.clone(),
        scenario_title: case.scenario.title.clone(),
        set: selecting
            .set
            .iter()
            .map(|(path, value)| format!("{path}={value}"))
            .collect(),
        beside: beside(&selecting.beside),
        settings: settings(&case.settings),
        inputs: inputs(path, loaded),
        created_utc: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        ..Manifest::default()
    }
}

fn absolute(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    path.display().to_string()
}

fn beside(files: &Beside) -> BTreeMap<String, String> {
    let named = [
        ("scn", &files.scn),
        ("cs", &files.cs),
        ("cdf", &files.cdf),
        ("ini", &files.ini),
        ("series", &files.series),
    ];
    let named = named.into_iter();
    named
        .filter_map(|(option, file)| Some((option.to_owned(), absolute(file.as_deref()?))))
        .collect()
}

/// Every file read, with its hash, and its path from the case's folder.
pub(crate) fn inputs(path: &Path, loaded: &Loaded) -> Vec<InputFile> {
    let base = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(path)
    };
    let input = |(file, text): &(PathBuf, String)| InputFile {
        path: file
            .strip_prefix(base)
            .unwrap_or(file)
            .display()
            .to_string(),
        sha256: hexadecimal(&Sha256::digest(text.as_bytes())),
        bytes: text.len() as u64,
    };
    // What is set on the command line is a source too, but no file.
    loaded
        .sources
        .iter()
        .filter(|(file, _)| file.is_file())
        .map(input)
        .collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Settings as text with units.
fn settings(s: &Settings) -> BTreeMap<String, String> {
    let reference = &s.volume_reference;
    let heating = if s.heating_basis.gross {
        "gross"
    } else {
        "net"
    };
    let terms = [
        (s.terms.inertia, "inertia"),
        (s.terms.kinetic, "kinetic"),
        (s.terms.gravity, "gravity"),
    ];
    let on: Vec<&str> = terms.iter().filter(|t| t.0).map(|t| t.1).collect();
    let pairs = [
        (
            "volume_reference",
            format!(
                "{} K, {} Pa",
                reference.temperature_k, reference.pressure_pa
            ),
        ),
        (
            "heating",
            format!("{heating}, {} K", s.heating_basis.combustion_temperature_k),
        ),
        (
            "atmospheric_pressure",
            format!("{} Pa", s.atmospheric_pressure_pa),
        ),
        (
            "ground_temperature",
            format!("{} K", s.ground_temperature_k),
        ),
        ("friction", friction(s.friction)),
        ("cell_length", format!("{} m", s.cell_length_m)),
        (
            "mesh_tolerance",
            match s.mesh_tolerance_pa {
                Some(pa) => format!("{pa} Pa"),
                None => "none".to_owned(),
            },
        ),
        (
            "pressure_tolerance",
            format!("{} Pa", s.pressure_tolerance_pa),
        ),
        ("waves", if s.waves { "on" } else { "off" }.to_owned()),
        ("step_max", format!("{} s", s.step_max_s)),
        ("checkpoint", format!("{} s", s.checkpoint_s)),
        ("terms", on.join(", ")),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect()
}

fn friction(law: FrictionLaw) -> String {
    match law {
        FrictionLaw::ColebrookWhite => "colebrook_white".into(),
        FrictionLaw::Hofer => "hofer".into(),
        FrictionLaw::ColebrookThroughout => "colebrook_throughout".into(),
        FrictionLaw::SwameeJain => "swamee_jain".into(),
        FrictionLaw::Nikuradse => "nikuradse".into(),
        FrictionLaw::NikuradseLaminar => "nikuradse_laminar".into(),
        FrictionLaw::Aga => "aga".into(),
        FrictionLaw::Weymouth => "weymouth".into(),
        FrictionLaw::PanhandleA => "panhandle_a".into(),
        FrictionLaw::PanhandleB => "panhandle_b".into(),
        FrictionLaw::Constant { darcy } => format!("constant {darcy}"),
        other => format!("{other:?}"),
    }
}

/// A run about to be written.
pub(crate) struct Written<'a> {
    pub(crate) case: &'a Case,
    pub(crate) solution: &'a mut Solution,
    pub(crate) stages: &'a [StageResult],
    pub(crate) snapshot: Option<&'a Snapshot>,
    pub(crate) manifest: &'a Manifest,
}

/// Fails early when the folder that was named is taken, before any time is spent on solving.
pub(crate) fn check_place(out: Option<&Path>, solving: &Solving) -> Result<(), Failure> {
    match out {
        Some(place) if !is_free(place)? && !solving.replace => Err(FolderError::Taken {
            path: place.display().to_string(),
        }
        .into()),
        _ => Ok(()),
    }
}

/// Writes the run folder: where `out` says, or under a name of its own that is still free.
pub(crate) fn write(
    run: &mut Written<'_>,
    out: Option<&Path>,
    solving: &Solving,
) -> Result<PathBuf, Failure> {
    let began = Instant::now();
    let mut writer = begin(run.manifest, out)?;
    writer.tables(run.solution, &extra_formats(&solving.format))?;
    if let Some(snapshot) = run.snapshot {
        writer.snapshot(snapshot)?;
    }
    run.solution.timing.write = began.elapsed().as_secs_f64();
    let page = linepack_report::html(run.case, run.solution, run.stages, run.manifest);
    writer.text("report.html", &page)?;
    run.solution.timing.write = began.elapsed().as_secs_f64();
    let summary = Summary::new(run.solution, run.stages, run.manifest);
    let name = default_name(run.manifest);
    finish(out, &name, solving.replace, |place, replace| {
        writer.finish(&summary, place, replace)
    })
}

/// Begins a folder beside the place where it will stand.
pub(crate) fn begin(manifest: &Manifest, out: Option<&Path>) -> Result<RunWriter, Failure> {
    let parent = match out {
        Some(place) => place
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
        None => Path::new(RUNS),
    };
    Ok(RunWriter::begin(parent, manifest.clone())?)
}

/// Moves a folder to where `out` says, or to `runs/name`, or `runs/name-2`, and so on.
pub(crate) fn finish(
    out: Option<&Path>,
    name: &str,
    replace: bool,
    mut move_to: impl FnMut(&Path, bool) -> Result<(), FolderError>,
) -> Result<PathBuf, Failure> {
    if let Some(place) = out {
        move_to(place, replace)?;
        return Ok(place.into());
    }
    for number in 1_u64.. {
        let numbered = if number == 1 {
            name.to_string()
        } else {
            format!("{name}-{number}")
        };
        let place = Path::new(RUNS).join(numbered);
        match move_to(&place, false) {
            Ok(()) => return Ok(place),
            Err(FolderError::Taken { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::System(format!("no free name under {RUNS}")))
}

/// `case-stage-scenario`, in characters that every file system takes.
pub(crate) fn default_name(manifest: &Manifest) -> String {
    let stage = manifest.as_of.as_deref().or(manifest.stage.as_deref());
    let parts = [
        Some(manifest.case.as_str()),
        stage,
        Some(manifest.scenario.as_str()),
    ];
    let name: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    let plain = |c: char| {
        if c.is_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '-'
        }
    };
    name.join("-").chars().map(plain).collect()
}

fn extra_formats(formats: &[Format]) -> Vec<ExtraFormat> {
    let extra = |f: &Format| match f {
        Format::Parquet => None,
        Format::Csv => Some(ExtraFormat::Csv),
        Format::Netcdf => Some(ExtraFormat::NetCdf),
    };
    formats.iter().filter_map(extra).collect()
}
