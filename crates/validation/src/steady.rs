//! The steady state of each network from a cold start, as it is given.

use crate::data::{Outcome, folder};
use crate::page::GENERATED;
use crate::solve::{load, solve};
use crate::table::Table;
use linepack_formats::{Companions, Selection};
use linepack_results::Solution;
use std::path::{Path, PathBuf};

/// Networks and their scenarios, as paths in the folder of data; `*` stands for the rest of a name.
const NETWORKS: [(&str, &str); 14] = [
    ("gaslib/GasLib-11/*.net", ""),
    ("gaslib/GasLib-24/*.net", ""),
    ("gaslib/GasLib-40/*.net", ""),
    (
        "gaslib/GasLib-134/*.net",
        "gaslib/GasLib-134/nominations/2012-01-12.scn",
    ),
    ("gaslib/GasLib-582/*.net", "gaslib/GasLib-582/*.scn"),
    ("gaslib/GasLib-4197/*.net", ""),
    ("gaslib/GasLib-Integration/*.net", ""),
    ("matgas/GasModels/test/data/matgas/*.m", ""),
    ("matgas/GasModels/test/data/*.m", ""),
    ("matgas/GasModels/examples/data/matgas/*.m", ""),
    ("matgas/GasPowerModels/test/data/matgas/*.m", ""),
    ("matgas/GasPowerModels/examples/data/matgas/*.m", ""),
    ("gastransim/examples/data/GasLib-40", ""),
    ("scigrid-gas/IGGIN", ""),
];

const BEGINNING: &str = "# Steady states

The steady state of each network as it is given, from a cold start, without tuning: `linepack steady NETWORK`. Where a format gives no
set-points, the reader's operating rule stands in for them and is printed with the assumptions. \"Violations\" counts crossed limits:
a nomination need not be feasible under such a rule. The residual is the largest of all equations, in bar or 10 kg/s. The table is as of
the last time that it was written: a test solves all networks anew, and fails where one is not solved or its residual is above 1e-8, but does
not compare iterations.

";

const COLUMNS: [&str; 7] = [
    "network",
    "scenario",
    "converged",
    ">residual",
    ">Newton iterations",
    ">violations",
    "message",
];

/// What the page begins with whatever the solver does.
#[must_use]
pub fn heading() -> String {
    format!("{GENERATED}{BEGINNING}{}", Table::new(&COLUMNS).text())
}

/// Residual, bar or 10 kg/s, of a network that counts as solved.
const RESIDUAL: f64 = 1e-8;

/// The page, and the networks that are not solved.
///
/// Errors: that data are missing.
pub fn page() -> Outcome<(String, Vec<String>)> {
    let root = folder()?;
    let mut table = Table::new(&COLUMNS);
    let mut not_solved = Vec::new();
    for (network, scenario) in NETWORKS {
        for path in matching(&root, network) {
            let scenarios = match scenario {
                "" => vec![None],
                pattern => matching(&root, pattern).into_iter().map(Some).collect(),
            };
            for scenario in scenarios {
                let (cells, solved) = row(&root, &path, scenario);
                if !solved {
                    not_solved.push(cells.join(", "));
                }
                table.row(&cells);
            }
        }
    }
    let page = format!("{GENERATED}{BEGINNING}{}", table.text());
    Ok((page, not_solved))
}

/// The paths that a pattern with at most one `*`, in the last part, stands for.
pub(crate) fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let Some((begin, end)) = pattern.split_once('*') else {
        return vec![root.join(pattern)];
    };
    let (folder, begin) = begin.rsplit_once('/').unwrap_or(("", begin));
    let entries = std::fs::read_dir(root.join(folder))
        .into_iter()
        .flatten()
        .flatten();
    let fits = |p: &PathBuf| {
        let name = p
            .file_name()
            .map_or(String::new(), |n| n.to_string_lossy().into_owned());
        name.starts_with(begin) && name.ends_with(end)
    };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).filter(fits).collect();
    paths.sort();
    paths
}

/// The cells of a network, and whether it is solved.
fn row(root: &Path, path: &Path, scenario: Option<PathBuf>) -> (Vec<String>, bool) {
    let name = path
        .strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    let stem = |p: &PathBuf| p.file_stem().map(|s| s.to_string_lossy().into_owned());
    let of = scenario
        .as_ref()
        .and_then(stem)
        .unwrap_or_else(|| "–".to_owned());
    let selection = Selection {
        beside: Companions {
            scenario,
            ..Companions::default()
        },
        ..Selection::default()
    };
    let solution = load(path, &selection).and_then(|l| solve(&l.case));
    let mut cells = vec![name, of];
    let solved = |s: &Solution| s.status.converged && s.status.residual <= RESIDUAL;
    let is_solved = solution.as_ref().is_ok_and(solved);
    cells.extend(match solution {
        Ok(solution) => outcome(&solution),
        Err(why) => {
            let none = || "–".to_owned();
            vec!["not begun".to_owned(), none(), none(), none(), why]
        }
    });
    (cells, is_solved)
}

fn outcome(solution: &Solution) -> Vec<String> {
    let status = &solution.status;
    let word = if status.converged { "yes" } else { "**no**" };
    vec![
        word.to_owned(),
        format!("{:.0e}", status.residual),
        solution.counters.newton_iterations.to_string(),
        solution.violations.len().to_string(),
        status.message.clone(),
    ]
}
