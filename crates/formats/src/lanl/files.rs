//! Which files of a folder make a case.
//!
//! `network.json` is one file; parameters, boundary and initial conditions may stand in several:
//! `bc.json`, `bc_steady.json`. The plain name wins, else `_steady`, else the first by name; what
//! belongs to `bc_X.json` is `params_X.json` and `ic_X.json` where those exist; initial conditions of
//! other boundary conditions are not taken.

use crate::import::Import;
use std::path::{Path, PathBuf};

/// The files of a case.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Files {
    pub(super) network: PathBuf,
    pub(super) boundary: Option<PathBuf>,
    pub(super) parameters: Option<PathBuf>,
    pub(super) initial: Option<PathBuf>,
}

/// Chooses the files beside a network, or in its folder; `asked` names the boundary conditions.
pub(super) fn choose(import: &mut Import, path: &Path, asked: Option<&Path>) -> Files {
    let (folder, network) = match path.is_dir() {
        true => (path, path.join("network.json")),
        false => (path.parent().unwrap_or(Path::new("")), path.to_owned()),
    };
    let names = names(folder);
    let boundary = match asked {
        Some(path) => Some(path.to_owned()),
        None => one_of(import, &names, "bc", None).map(|name| folder.join(name)),
    };
    let stem = boundary.as_ref().and_then(|b| b.file_stem()?.to_str());
    let suffix = stem.and_then(|s| s.strip_prefix("bc")).map(str::to_owned);
    let suffix = suffix.as_deref();
    let parameters = one_of(import, &names, "params", suffix).map(|name| folder.join(name));
    let own =
        |name: &String| name == "ic.json" || Some(name.as_str()) == own_initial(suffix).as_deref();
    let initials: Vec<String> = names.into_iter().filter(own).collect();
    let initial = one_of(import, &initials, "ic", suffix).map(|name| folder.join(name));
    Files {
        network,
        boundary,
        parameters,
        initial,
    }
}

/// The initial conditions that belong to boundary conditions of a suffix.
fn own_initial(suffix: Option<&str>) -> Option<String> {
    Some(format!("ic{}.json", suffix?))
}

/// Names of the files of a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|e| e.file_name().into_string().ok())
        .filter(|n| n.ends_with(".json"))
        .collect();
    names.sort();
    names
}

/// The file of a kind: with the suffix asked for, the plain one, the steady one, or the first.
fn one_of(
    import: &mut Import,
    names: &[String],
    kind: &str,
    suffix: Option<&str>,
) -> Option<String> {
    let fits = |n: &&String| {
        let rest = n.strip_prefix(kind).and_then(|r| r.strip_suffix(".json"));
        rest.is_some_and(|r| r.is_empty() || r.starts_with('_'))
    };
    let all: Vec<&String> = names.iter().filter(fits).collect();
    let named = |suffix: &str| {
        let name = format!("{kind}{suffix}.json");
        all.iter().find(|n| ***n == name).copied()
    };
    let chosen = suffix
        .and_then(named)
        .or_else(|| named(""))
        .or_else(|| named("_steady"))
        .or_else(|| all.first().copied())?;
    if all.len() > 1 {
        let others: Vec<&str> = all
            .iter()
            .filter(|n| *n != &chosen)
            .map(|n| n.as_str())
            .collect();
        import.note(format!("{chosen} is read, not {}", others.join(", ")), None);
    }
    Some(chosen.clone())
}
