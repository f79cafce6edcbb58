//! The files that belong to a `.net`.

use crate::import::{Companions, Import};
use std::path::{Path, PathBuf};

/// The files of a case beside its network.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) scenario: Option<PathBuf>,
    pub(super) stations: Option<PathBuf>,
    pub(super) decisions: Option<PathBuf>,
}

/// Files that were named, and others that lie beside the network and can only be meant for it: of
/// the same name, or the only ones of their kind beside the only network.
pub(super) fn find(import: &mut Import, network: &Path, named: &Companions) -> Beside {
    let files = files(network);
    let mut choose = |named: &Option<PathBuf>, suffix: &str, what: &str| match named {
        Some(path) => Some(path.clone()),
        None => beside(import, network, &files, suffix, what),
    };
    Beside {
        scenario: choose(&named.scenario, "scn", "scenario"),
        stations: choose(&named.stations, "cs", "file of compressor stations"),
        decisions: choose(&named.decisions, "cdf", "file of combined decisions"),
    }
}

fn files(network: &Path) -> Vec<PathBuf> {
    let folder = match network.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|e| e.path())
        .filter(|p| has_suffix(p, &SUFFIXES))
        .collect();
    files.sort();
    files
}

const SUFFIXES: [&str; 4] = ["net", "scn", "cs", "cdf"];

fn has_suffix(path: &Path, suffixes: &[&str]) -> bool {
    let suffix = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    suffixes.iter().any(|s| suffix.eq_ignore_ascii_case(s))
}

fn beside(
    import: &mut Import,
    network: &Path,
    files: &[PathBuf],
    suffix: &str,
    what: &str,
) -> Option<PathBuf> {
    let found: Vec<_> = files.iter().filter(|p| has_suffix(p, &[suffix])).collect();
    let same = found.iter().find(|p| p.file_stem() == network.file_stem());
    let networks = files.iter().filter(|p| has_suffix(p, &["net"])).count();
    let only = found.first().filter(|_| found.len() == 1 && networks <= 1);
    let chosen = same.or(only).map(|p| (*p).clone());
    match &chosen {
        Some(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            import.note(format!("{what} found beside the network: {name}"), None);
        }
        None if found.is_empty() => import.note(format!("no {what} was named or found"), None),
        None => {
            let count = found.len();
            import.note(
                format!(
                    "{count} files ({what}) lie beside the network and none was named: none is read"
                ),
                None,
            );
        }
    }
    chosen
}
