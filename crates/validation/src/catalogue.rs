//! Every file of the public networks: what came of reading it, or what it is instead.

use crate::data::{Outcome, folder};
use crate::page::GENERATED;
use crate::table::Table;
use linepack_formats::{Companions, Format, Loaded, Selection, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// More scenarios than this of one network are one row together.
const SCENARIOS_SHOWN: usize = 3;

/// What a file is that is no network, by the beginning and the end of its path; the first that fits.
const OTHERS: [(&str, &str, &str); 29] = [
    ("", "LICENSE", "licences"),
    ("", "LICENSE.md", "licences"),
    ("", "AUTHORS", "licences"),
    ("", "README.md", "descriptions"),
    ("", "README.upstream.md", "descriptions"),
    ("", "source.txt", "descriptions"),
    ("gastransim/docs/", "", "descriptions"),
    (
        "expectations/",
        ".csv",
        "results of other programs, not networks",
    ),
    (
        "gaslib/",
        ".scn",
        "GasLib nominations: read with their network",
    ),
    ("gaslib/", ".cs", "GasLib stations: read with their network"),
    (
        "gaslib/",
        ".cdf",
        "GasLib decisions: read with their network",
    ),
    (
        "morgen/",
        ".ini",
        "MORGEN scenarios: read with their network",
    ),
    ("gastransim/schemas/", "", "JSON schemas of GasTranSim"),
    (
        "gastransim/examples/output/",
        "",
        "stored results of GasTranSim",
    ),
    (
        "gastransim/",
        ".json",
        "LANL parameters, boundary and initial conditions and results: read with their `network.json`",
    ),
    (
        "matgas/GasModels/test/data/transient/",
        "",
        "time series and stored results of GasModels: not networks",
    ),
    (
        "pandapipes/properties/",
        ".txt",
        "pandapipes' properties of fluids: networks carry those they use",
    ),
    (
        "pandapipes/std_types/",
        "",
        "pandapipes' standard types: networks carry those they use",
    ),
    (
        "pandapipes/test/converter/",
        ".csv",
        "STANET exports, which pandapipes' converter turns into networks: a format of a closed program, not read",
    ),
    (
        "pandapipes/test/",
        "",
        "stored results and profiles of pandapipes: not networks",
    ),
    ("pandapipes/", ".json", "pandapipes"),
    (
        "scigrid-gas/",
        "",
        "SciGRID_gas tables: read with their folder",
    ),
    (
        "grazer/",
        ".json",
        "grazer: GasLib-134 again, in the format of one program; GasLib's own files are read",
    ),
    (
        "israel-reduced/",
        "",
        "a CSV layout of its own for one network, without a definition: not read",
    ),
    (
        "mpng/",
        "",
        "MPNG: a MATLAB struct of one program that couples power and gas, not MATGAS; not read",
    ),
    (
        "gem-routes/",
        "",
        "routes and names of lines, without diameters, nodes or flows: geography, not networks",
    ),
    (
        "transflow/",
        "",
        "measurements at both ends of one line: series, not a network",
    ),
    ("morgen/", ".md", "descriptions"),
    ("matgas/", ".csv", "time series of GasModels: not networks"),
];

/// Files that are no networks: how many, by folder and what they are.
type Others = BTreeMap<(String, &'static str), usize>;

/// A row: the outcome of reading one network with one scenario, or with many.
struct Row {
    path: String,
    format: &'static str,
    counts: [String; 3],
    read: bool,
    outcome: String,
}

/// The page.
///
/// Errors: that data are missing, or that a file is neither a network nor accounted for.
pub(crate) fn page() -> Outcome<String> {
    let root = folder()?;
    let mut files = Vec::new();
    walk(&root, &root, &mut files)?;
    files.sort();
    let (mut rows, mut others) = (Vec::new(), Others::new());
    let mut unknown = Vec::new();
    for file in &files {
        if let Some(path) = network_of(&root, file) {
            rows.extend(read_all(&root, &path, &files));
        } else if let Some(why) = other(file) {
            *others.entry((top(file), why)).or_default() += 1;
        } else {
            unknown.push(file.clone());
        }
    }
    match unknown.is_empty() {
        true => Ok(text(&rows, &others)),
        false => Err(format!("not accounted for: {}", unknown.join(", "))),
    }
}

/// All files below a folder, as paths from the root with `/` between.
fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) -> Outcome<()> {
    let entries = std::fs::read_dir(folder).map_err(|e| e.to_string())?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(inside) = path.strip_prefix(root) {
            files.push(inside.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// The first folder of a path.
fn top(file: &str) -> String {
    file.split_once('/')
        .map_or(".", |(folder, _)| folder)
        .to_owned()
}

/// The path that is read for a file that stands for a network.
fn network_of(root: &Path, file: &str) -> Option<PathBuf> {
    let (path, name) = (root.join(file), file.rsplit('/').next()?);
    let of_mpng = file.starts_with("mpng/");
    let pandapipes = file.starts_with("pandapipes/networks/") && name.ends_with(".json");
    let itself = name.ends_with(".net") || name.ends_with(".geojson") || pandapipes;
    if itself || (name.ends_with(".m") && !of_mpng) {
        Some(path)
    } else if name == "network.json" || name.ends_with("_PipeSegments.csv") {
        path.parent().map(Path::to_owned)
    } else {
        None
    }
}

fn other(file: &str) -> Option<&'static str> {
    let fits =
        |(begin, end, _): &&(&str, &str, &str)| file.starts_with(begin) && file.ends_with(end);
    OTHERS.iter().find(fits).map(|(.., why)| *why)
}

/// The scenarios that belong to a network: nominations, boundary conditions.
fn scenarios(root: &Path, path: &Path, files: &[String]) -> Vec<PathBuf> {
    let folder = if path.is_dir() {
        Some(path)
    } else {
        path.parent()
    };
    let Some(folder) = folder.and_then(|f| f.strip_prefix(root).ok()) else {
        return Vec::new();
    };
    let folder = format!("{}/", folder.to_string_lossy().replace('\\', "/"));
    let stem = path
        .file_stem()
        .map_or(String::new(), |s| s.to_string_lossy().into_owned());
    let belongs = |file: &&String| match file.strip_prefix(&folder) {
        Some(inside) if folder.starts_with("gaslib/") => inside.ends_with(".scn"),
        Some(inside) if folder.starts_with("gastransim/") => {
            inside.starts_with("bc") && inside.ends_with(".json")
        }
        Some(inside) => inside.starts_with(&format!("{stem}/")) && inside.ends_with(".ini"),
        None => false,
    };
    files.iter().filter(belongs).map(|f| root.join(f)).collect()
}

/// Reads a network with each of its scenarios.
fn read_all(root: &Path, path: &Path, files: &[String]) -> Vec<Row> {
    let scenarios = scenarios(root, path, files);
    let name = |p: &Path| {
        p.strip_prefix(root)
            .unwrap_or(p)
            .to_string_lossy()
            .replace('\\', "/")
    };
    let short = |p: &Path| {
        p.file_name()
            .map_or(String::new(), |n| n.to_string_lossy().into_owned())
    };
    if scenarios.is_empty() {
        return vec![row(&name(path), path, None)];
    }
    if scenarios.len() <= SCENARIOS_SHOWN {
        let one = |s: &PathBuf| row(&format!("{} with {}", name(path), short(s)), path, Some(s));
        return scenarios.iter().map(one).collect();
    }
    let mut all: Vec<Row> = scenarios
        .iter()
        .map(|s| row(&name(path), path, Some(s)))
        .collect();
    let count = all.len();
    let refused = all.iter().position(|r| !r.read);
    let mut shown = all.swap_remove(refused.unwrap_or(0));
    shown.path = format!("{} with each of {count} scenarios", name(path));
    if refused.is_none() {
        shown.outcome = format!("{count} of {count} ok");
    }
    vec![shown]
}

fn row(name: &str, path: &Path, scenario: Option<&Path>) -> Row {
    let format = Format::of(path).map_or("–", Format::name);
    let mut beside = Companions::default();
    match Format::of(path) {
        Ok(Format::Morgen) => beside.ini = scenario.map(Path::to_owned),
        _ => beside.scenario = scenario.map(Path::to_owned),
    }
    let selection = Selection {
        beside,
        ..Selection::default()
    };
    let none = || "–".to_owned();
    let (counts, is_read, outcome) = match read(path, &selection) {
        Ok(loaded) => (counts(&loaded), true, ok(&loaded)),
        Err(mistakes) => {
            let first = mistakes.first();
            let words = first.map_or("not read".to_owned(), |d| {
                format!("{}: {}", d.code, d.message)
            });
            let more = match mistakes.len() {
                0 | 1 => String::new(),
                n => format!(" ({} more)", n - 1),
            };
            ([none(), none(), none()], false, format!("{words}{more}"))
        }
    };
    Row {
        path: name.to_owned(),
        format,
        counts,
        read: is_read,
        outcome,
    }
}

/// Nodes, pipes and active elements.
fn counts(loaded: &Loaded) -> [String; 3] {
    let n = &loaded.case.network;
    let active = n.compressor_stations.len() + n.control_valves.len() + n.valves.len();
    [n.nodes.len(), n.pipes.len(), active].map(|count| count.to_string())
}

fn ok(loaded: &Loaded) -> String {
    let notes = match loaded.notes.len() {
        1 => "1 assumption".to_owned(),
        n => format!("{n} assumptions"),
    };
    match loaded.warnings.len() {
        0 => format!("ok, {notes}"),
        1 => format!("ok, {notes}, 1 warning"),
        n => format!("ok, {notes}, {n} warnings"),
    }
}

const BEGINNING: &str = "# Reading

Every file of the public networks at hand, by a walk through their folders. \"Active\" counts compressor stations, control valves and
valves. \"Assumptions\" are the notes that the reader leaves (`linepack check` prints them). A network that is not read is named with its
first mistake; `linepack explain CODE` tells the longer story.

";

fn text(rows: &[Row], others: &Others) -> String {
    let read = rows.iter().filter(|r| r.read).count();
    let mut page = format!(
        "{GENERATED}{BEGINNING}{read} of {} networks are read.\n\n",
        rows.len()
    );
    let mut table = Table::new(&[
        "network", "format", ">nodes", ">pipes", ">active", "outcome",
    ]);
    for row in rows {
        let [nodes, pipes, active] = row.counts.clone();
        let cells = [
            row.path.clone(),
            row.format.to_owned(),
            nodes,
            pipes,
            active,
            row.outcome.clone(),
        ];
        table.row(&cells);
    }
    page += &table.text();
    page += "\n## Files that are not networks, or not read\n\n";
    let mut table = Table::new(&["folder", "what", ">files"]);
    for ((folder, why), count) in others {
        table.row(&[folder.clone(), (*why).to_owned(), count.to_string()]);
    }
    page + &table.text()
}
