//! Decisions that are taken together: of each group one, which says what its elements do and which way
//! gas may pass them.

use crate::problem::{Arc, ArcKind, ArcState};
use linepack_network::{Network, Switch};
use std::collections::{BTreeMap, HashMap};

/// What a decision does to an arc.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub arc: usize,
    /// The states that it leaves, the likeliest first.
    pub states: &'static [ArcState],
    /// Gas may pass only forward (true) or only back.
    pub forward: Option<bool>,
}

/// Decisions of a group, one of which is taken.
pub(crate) type Group = Vec<Vec<Choice>>;

/// The groups of a network.
pub(crate) fn groups(network: &Network, arcs: &[Arc]) -> Vec<Group> {
    let switched = |a: &(usize, &Arc)| !matches!(a.1.kind, ArcKind::Pipe | ArcKind::Passage);
    let known: HashMap<&str, usize> = arcs
        .iter()
        .enumerate()
        .filter(switched)
        .map(|(a, arc)| (arc.id.as_str(), a))
        .collect();
    let choice = |switch: &Switch| {
        let arc = *known.get(switch.element.as_str())?;
        let states = left(&arcs[arc], switch);
        let forward = switch.forward.filter(|_| switch.open);
        Some(Choice {
            arc,
            states,
            forward,
        })
    };
    let of = |g: &linepack_network::DecisionGroup| {
        let decisions = g.decisions.iter();
        decisions
            .map(|d| d.switches.iter().filter_map(choice).collect())
            .collect()
    };
    network.decision_groups.iter().map(of).collect()
}

/// The states that a switch leaves to an arc.
fn left(arc: &Arc, switch: &Switch) -> &'static [ArcState] {
    use ArcState::{Active, Closed, Open};
    match (switch.open, arc.kind, switch.mode.as_deref()) {
        (false, ..) => &[Closed],
        (true, ArcKind::Station, _) if !arc.bypass => &[Active],
        (true, ArcKind::ControlValve | ArcKind::Station, Some("bypass")) => &[Open],
        (true, ArcKind::ControlValve | ArcKind::Station, Some(_)) => &[Active],
        (true, ArcKind::ControlValve | ArcKind::Station, None) => &[Active, Open],
        (true, ..) => &[Open],
    }
}

/// What each arc may do whatever is decided, as far as it is in a group.
pub(crate) fn allowed(groups: &[Group]) -> BTreeMap<usize, Vec<ArcState>> {
    let mut found: BTreeMap<usize, Vec<ArcState>> = BTreeMap::new();
    for choice in groups.iter().flatten().flatten() {
        let states = found.entry(choice.arc).or_default();
        for state in choice.states {
            if !states.contains(state) {
                states.push(*state);
            }
        }
    }
    found
}

/// Whether a decision has been taken.
pub(crate) fn agrees(decision: &[Choice], states: &[ArcState]) -> bool {
    decision.iter().all(|c| c.states.contains(&states[c.arc]))
}

/// Which way gas may pass the arcs: where all decisions that the states agree with say the same.
pub(crate) fn ways(groups: &[Group], states: &[ArcState]) -> BTreeMap<usize, bool> {
    let mut found = BTreeMap::new();
    for group in groups {
        let mut taken = group.iter().filter(|d| agrees(d, states));
        let Some(first) = taken.next() else { continue };
        let rest: Vec<_> = taken.collect();
        for choice in first {
            let same = |d: &&Vec<Choice>| {
                let of = d.iter().find(|c| c.arc == choice.arc);
                of.is_some_and(|c| c.forward == choice.forward)
            };
            if let Some(forward) = choice.forward
                && rest.iter().all(same)
            {
                found.insert(choice.arc, forward);
            }
        }
    }
    found
}

/// Puts the arcs of a decision in its states; those that are in one of them stay in it.
pub(crate) fn take(decision: &[Choice], states: &mut [ArcState]) {
    for choice in decision {
        if !choice.states.contains(&states[choice.arc]) {
            states[choice.arc] = choice.states[0];
        }
    }
}
