//! How much of the run the page carries, so that it stays small.

use super::Extra;
use crate::number;
use crate::route::{Path, links};
use crate::view::View;
use std::collections::BTreeSet;

/// Numbers in the time series of the page, at most.
const SERIES_BUDGET: usize = 300_000;
/// Numbers in the profiles of the page, at most.
const PROFILE_BUDGET: usize = 120_000;
/// Points along all pipes of the profiles, at most (but three of each pipe).
const PROFILE_POINTS: usize = 600;

/// The times and points that the page carries.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thinning {
    /// Indices into the solution's times.
    pub(crate) times: Vec<usize>,
    /// Rows of the solution's profiles.
    pub(crate) profile_rows: Vec<usize>,
    /// Every how many metres a profile has a point, about.
    pub(crate) spacing_m: f64,
    /// What was left out, in words.
    pub(crate) notes: Vec<String>,
}

impl Thinning {
    /// Chooses times and points for a run.
    pub(crate) fn new(view: &View<'_>, paths: &[Path]) -> Self {
        let solution = view.solution;
        let extra = Extra::of(view);
        let of_node = 1 + extra.series_of_a_node();
        let width = of_node * solution.nodes.ids.len() + 4 * solution.edges.ids.len();
        let times = every(view.times(), width.max(1), SERIES_BUDGET);
        let length: f64 = shown_pipes(view, paths).iter().map(|p| p.1).sum();
        let rows = solution.profiles.time_index.len();
        let mut out = Self {
            profile_rows: every(
                rows,
                (2 + extra.profiles_of_a_pipe()) * PROFILE_POINTS,
                PROFILE_BUDGET,
            ),
            times,
            spacing_m: length / PROFILE_POINTS as f64,
            notes: Vec::new(),
        };
        out.notes = out.words(view.times(), rows);
        out
    }

    /// The values at the times that are kept.
    pub(crate) fn pick<'s>(&'s self, values: &'s [f64]) -> impl Iterator<Item = f64> + 's {
        self.times
            .iter()
            .map(|&t| values.get(t).copied().unwrap_or(f64::NAN))
    }

    fn words(&self, times: usize, rows: usize) -> Vec<String> {
        let mut out = Vec::new();
        if self.times.len() < times {
            let (kept, all) = (number::count(self.times.len()), number::count(times));
            out.push(format!(
                "The charts show {kept} of {all} output times; the run folder has all."
            ));
        }
        if self.profile_rows.len() < rows {
            let (kept, all) = (number::count(self.profile_rows.len()), number::count(rows));
            out.push(format!("The profiles show {kept} of {all} profile times."));
        }
        let spacing = number::fixed(self.spacing_m / 1000.0, 1);
        out.push(format!(
            "Profiles are drawn with at most one point in {spacing} km (and at least three in a \
             pipe); the mesh is finer."
        ));
        out
    }
}

/// Pipes on the paths: index into the links and length, m.
pub(crate) fn shown_pipes(view: &View<'_>, paths: &[Path]) -> Vec<(usize, f64)> {
    let links = links(&view.case.network);
    let used: BTreeSet<usize> = paths
        .iter()
        .flat_map(|p| &p.steps)
        .map(|s| s.link)
        .collect();
    let pipes = used.into_iter().filter(|&i| links[i].kind == "pipe");
    pipes.map(|i| (i, links[i].length_m)).collect()
}

/// Evenly spaced indices below `count`, the first and the last among them, so that
/// `indices * width` stays within the budget (but at least 25).
fn every(count: usize, width: usize, budget: usize) -> Vec<usize> {
    let most = (budget / width).max(25);
    let stride = count.div_ceil(most).max(1);
    let mut out: Vec<usize> = (0..count).step_by(stride).collect();
    if let (Some(&last), true) = (out.last(), count > 0)
        && last != count - 1
    {
        out.push(count - 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_are_kept() {
        assert_eq!(every(97, 10, 1_000_000).len(), 97);
        let thinned = every(1000, 1000, 50_000);
        assert_eq!((thinned[0], thinned.last().copied()), (0, Some(999)));
        assert!(thinned.len() <= 51);
        assert!(every(0, 1, 10).is_empty());
    }
}
