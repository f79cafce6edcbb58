//! Who holds which pressure.
//!
//! Active elements divide a network into regions, each with one pressure level. Regions are the vertices
//! of a graph whose edges are the active elements and, to a vertex that stands for the world outside,
//! the supplies that can hold a pressure. The edges of a spanning tree from outside inwards each hold
//! the level of the region they lead to; all others, one for each loop, hold their flow. So every level
//! and every loop is held once, and the steady state of the set-points is the operating point and no
//! other.

use crate::problem::{ArcState, Problem};

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The pressure behind it: discharge, outlet, that of a supply.
    Discharge,
    /// The pressure before it.
    Suction,
    /// Its flow.
    Flow,
}

/// What each arc and each terminal holds.
#[derive(Debug, Clone)]
pub(crate) struct Controls {
    pub arcs: Vec<Holds>,
    pub terminals: Vec<Holds>,
}

/// Lets each region's level be held once.
pub(crate) fn assign(problem: &Problem, states: &[ArcState]) -> Controls {
    let region = regions(problem, states);
    let mut reached = vec![false; problem.places.len()];
    let mut controls = Controls {
        arcs: vec![Holds::Flow; problem.arcs.len()],
        terminals: vec![Holds::Flow; problem.terminals.len()],
    };
    for (t, terminal) in problem.terminals.iter().enumerate() {
        if terminal.presses && !std::mem::replace(&mut reached[region[terminal.node]], true) {
            controls.terminals[t] = Holds::Discharge;
        }
    }
    let ends = |a: usize| problem.arcs[a].ends.map(|n| region[n]);
    let active: Vec<usize> = (0..states.len())
        .filter(|&a| states[a] == ArcState::Active)
        .collect();
    // Along the direction of compression first, where that leads on.
    while let Some((a, holds)) = next(&active, &reached, ends) {
        controls.arcs[a] = holds;
        ends(a).into_iter().for_each(|r| reached[r] = true);
    }
    controls
}

/// An element that leads from a region that is reached to one that is not.
fn next(
    active: &[usize],
    reached: &[bool],
    ends: impl Fn(usize) -> [usize; 2],
) -> Option<(usize, Holds)> {
    let leads = |&&a: &&usize, from: usize| reached[ends(a)[from]] && !reached[ends(a)[1 - from]];
    let onward = active.iter().find(|a| leads(a, 0));
    let back = || active.iter().find(|a| leads(a, 1));
    onward
        .map(|&a| (a, Holds::Discharge))
        .or_else(|| back().map(|&a| (a, Holds::Suction)))
}

/// The region of each node, named by one of its nodes.
fn regions(problem: &Problem, states: &[ArcState]) -> Vec<usize> {
    let mut root: Vec<usize> = (0..problem.places.len()).collect();
    for (a, arc) in problem.arcs.iter().enumerate() {
        if states[a] == ArcState::Open {
            let [i, j] = arc.ends.map(|n| find(&mut root, n));
            root[i.max(j)] = i.min(j);
        }
    }
    (0..root.len()).map(|n| find(&mut root, n)).collect()
}

/// The name of a node's set; paths are halved on the way.
pub(crate) fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}
