//! MATGAS files: the public ones, and small ones of our own.

#![expect(
    clippy::print_stderr,
    clippy::panic,
    reason = "tests say what they skip, and what went wrong"
)]

use linepack_formats::{Companions, Loaded, Selection, read};
use std::path::{Path, PathBuf};

/// The folder of public MATGAS networks, or none (said on stderr) where the data are absent.
fn shared() -> Option<PathBuf> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join("matgas");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "skipped: {} not found (set LINEPACK_DATA to the folder of public networks)",
        folder.display()
    );
    None
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|e| e == "m") {
            all.push(path);
        }
    }
    all.sort();
}

fn load(path: &Path) -> Loaded {
    read(path, &Selection::default()).unwrap_or_else(|diagnostics| {
        let list: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}:\n{}", path.display(), list.join("\n"))
    })
}

/// Lines of data in the matrix of a field, counted by eye: not blank, not a comment, before `]`.
fn lines_of(text: &str, field: &str) -> usize {
    let head = |line: &str| {
        let line = line.trim();
        line.strip_prefix(&format!("mgc.{field}"))
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines()
        .skip_while(|line| !head(line))
        .skip(1)
        .take_while(|line| !line.trim().starts_with(']'))
        .filter(|line| !line.trim().is_empty() && !line.trim().starts_with('%'))
        .count()
}

#[test]
fn every_public_network_is_read_whole() {
    let Some(folder) = shared() else { return };
    let mut all = Vec::new();
    files(&folder, &mut all);
    assert_eq!(all.len(), 50);
    for path in all {
        let text = std::fs::read_to_string(&path).expect("text");
        let loaded = load(&path);
        let network = &loaded.case.network;
        let count = |fields: &[&str]| fields.iter().map(|f| lines_of(&text, f)).sum::<usize>();
        let slack = network
            .supplies
            .iter()
            .filter(|s| s.header.id.starts_with("slack"))
            .count();
        for (what, got, want) in [
            ("nodes", network.nodes.len(), count(&["junction"])),
            ("pipes", network.pipes.len(), count(&["pipe", "ne_pipe"])),
            (
                "stations",
                network.compressor_stations.len(),
                count(&["compressor", "ne_compressor"]),
            ),
            (
                "short pipes",
                network.short_pipes.len(),
                count(&["short_pipe"]),
            ),
            ("resistors", network.resistors.len(), count(&["resistor"])),
            (
                "control valves",
                network.control_valves.len(),
                count(&["regulator"]),
            ),
            ("valves", network.valves.len(), count(&["valve"])),
            (
                "terminals",
                network.supplies.len() + network.off_takes.len() - slack,
                count(&["receipt", "delivery", "transfer", "storage"]),
            ),
        ] {
            assert_eq!(got, want, "{what} of {}", path.display());
        }
        assert!(!loaded.notes.is_empty());
        eprintln!(
            "{}: {} nodes, {} warnings, {} notes",
            path.file_name().expect("a name").to_string_lossy(),
            network.nodes.len(),
            loaded.warnings.len(),
            loaded.notes.len()
        );
        let mut codes: Vec<&str> = loaded.warnings.iter().map(|w| w.code).collect();
        codes.sort_unstable();
        codes.dedup();
        eprintln!("   {codes:?}");
    }
    let _ = Companions::default();
}
