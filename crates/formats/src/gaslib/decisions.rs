//! `.cdf`: decisions for valves, control valves and stations that are taken together.
//!
//! Of each group the decision is taken under which what it opens joins the group's nodes most; of
//! several the one with the fewest working stations, then with the fewest control valves, then the
//! first. Directions of flow are kept and not enforced.

use super::parts::Parts;
use super::xml::{File, called, is};
use crate::codes;
use crate::import::Import;
use crate::report::Problem;
use crate::sources::Span;
use linepack_network::{
    ControlState, Decision, DecisionGroup, ElementKind, Hints, Network, StationState, Switch,
};
use roxmltree::Node as Xml;
use std::cmp::Reverse;
use std::collections::HashMap;

const SWITCHES: [&str; 3] = ["valve", "controlValve", "compressorStation"];

/// Groups, and where each of their switches stands.
#[derive(Default)]
pub(super) struct Groups {
    groups: Vec<DecisionGroup>,
    spans: Vec<(String, Span)>,
}

/// Reads `<combinedDecisions>`.
pub(super) fn read(file: &mut File<'_>, root: Xml<'_, '_>) -> Groups {
    file.attributes(root, &[]);
    let mut all = Groups::default();
    file.children(root, |file, child| {
        if is(child, "decisionGroup") {
            let group = all.group(file, child);
            all.groups.push(group);
        } else if !is(child, "information") {
            file.unknown(child, &["decisionGroup"]);
        }
    });
    all
}

impl Groups {
    fn group(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) -> DecisionGroup {
        file.attributes(xml, &["id"]);
        let mut decisions = Vec::new();
        for child in xml.children().filter(Xml::is_element) {
            if is(child, "decision") {
                decisions.push(self.decision(file, child));
            } else {
                file.unknown(child, &["decision"]);
            }
        }
        DecisionGroup {
            id: file.id(xml, "id").unwrap_or("").to_owned(),
            decisions,
            taken: None,
        }
    }

    fn decision(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) -> Decision {
        file.attributes(xml, &["id"]);
        let mut switches = Vec::new();
        for child in xml.children().filter(Xml::is_element) {
            if !SWITCHES.iter().any(|k| is(child, k)) {
                file.unknown(child, &SWITCHES);
                continue;
            }
            file.attributes(child, &["id", "value", "flowDirection", "mode"]);
            let (Some(element), Some(open)) = (file.id(child, "id"), open(file, child)) else {
                continue;
            };
            self.spans.push((element.to_owned(), file.span(child)));
            let mode = child
                .attribute("mode")
                .map(str::trim)
                .filter(|m| !m.is_empty());
            switches.push(Switch {
                element: element.to_owned(),
                open,
                forward: file.flag(child, "flowDirection").map(|against| !against),
                mode: mode.map(str::to_owned),
            });
        }
        Decision {
            id: file.id(xml, "id").unwrap_or("").to_owned(),
            switches,
        }
    }
}

fn open(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<bool> {
    if !xml.has_attribute("value") {
        file.error(xml, format!("{} has no `value`", called(xml)));
    }
    file.flag(xml, "value")
}

/// What switches act on: kind, index and ends of an element.
struct Acted {
    kind: ElementKind,
    index: usize,
    ends: [usize; 2],
}

/// Takes a decision of each group and puts the elements in its state.
pub(super) fn apply(import: &mut Import, network: &mut Network, mut groups: Groups) {
    let acted = acted(network);
    leave_out_unknown(import, &acted, &mut groups);
    let mut directed = false;
    for mut group in groups.groups {
        group.taken = best(&group, &acted);
        let several = group.decisions.len() > 1;
        if let Some(decision) = group.taken.map(|at| &group.decisions[at]) {
            if several {
                let what = "of several decisions the one is taken that joins most of the network, with the fewest stations and control valves at work";
                import.note(what, Some(&format!("{}: {}", group.id, decision.id)));
            }
            for switch in &decision.switches {
                directed |= switch.forward.is_some();
                act(import, network, &acted, switch);
            }
        }
        network.decision_groups.push(group);
    }
    if directed {
        import.note(
            "directions of flow that decisions state are kept and not enforced",
            None,
        );
    }
}

/// Whether of each group the decision is taken that this reader would take.
pub(super) fn would_take(network: &Network) -> bool {
    let acted = acted(network);
    let mut groups = network.decision_groups.iter();
    groups.all(|g| g.taken == best(g, &acted))
}

fn acted(network: &Network) -> HashMap<String, Acted> {
    let nodes = network.nodes.iter().enumerate();
    let nodes: HashMap<_, _> = nodes.map(|(i, n)| (n.header.id.as_str(), i)).collect();
    let edges = network.edges().into_iter().filter(|e| {
        use ElementKind::{CompressorStation, ControlValve, Valve};
        matches!(e.kind, Valve | ControlValve | CompressorStation)
    });
    let acted = edges.filter_map(|e| {
        let ends = [*nodes.get(e.from)?, *nodes.get(e.to)?];
        let (kind, index) = (e.kind, e.index);
        Some((e.header.id.clone(), Acted { kind, index, ends }))
    });
    acted.collect()
}

/// Warns of switches of things that are not there, and leaves them out.
fn leave_out_unknown(import: &mut Import, acted: &HashMap<String, Acted>, all: &mut Groups) {
    let hints = Hints::default();
    for (id, span) in all.spans.iter().filter(|(id, _)| !acted.contains_key(id)) {
        let message = format!("a decision names \"{id}\", which the network cannot switch");
        let hint = hints.nearest(id, acted.keys().map(String::as_str));
        let problem = Problem::warning(codes::FOREIGN_UNKNOWN, *span, message)
            .label("passed over")
            .help(hint.map(|h| format!("\"{h}\" exists")));
        import.report.add(problem);
    }
    for decision in all.groups.iter_mut().flat_map(|g| &mut g.decisions) {
        decision.switches.retain(|s| acted.contains_key(&s.element));
    }
}

/// The decision that joins most.
fn best(group: &DecisionGroup, acted: &HashMap<String, Acted>) -> Option<usize> {
    let mut places = HashMap::new();
    for switch in group.decisions.iter().flat_map(|d| &d.switches) {
        for end in acted.get(&switch.element).iter().flat_map(|a| a.ends) {
            let next = places.len();
            places.entry(end).or_insert(next);
        }
    }
    let rank = |decision: &Decision| {
        let mut parts = Parts::new(places.len());
        let (mut joins, mut stations, mut valves) = (0, 0, 0);
        for a in decision
            .switches
            .iter()
            .filter(|s| s.open)
            .filter_map(|s| acted.get(&s.element))
        {
            let [from, to] = a.ends.map(|end| places[&end]);
            joins += usize::from(parts.join(from, to));
            stations += usize::from(a.kind == ElementKind::CompressorStation);
            valves += usize::from(a.kind == ElementKind::ControlValve);
        }
        (Reverse(joins), stations, valves)
    };
    (0..group.decisions.len()).min_by_key(|&at| rank(&group.decisions[at]))
}

fn act(
    import: &mut Import,
    network: &mut Network,
    acted: &HashMap<String, Acted>,
    switch: &Switch,
) {
    let Some(a) = acted.get(&switch.element) else {
        return;
    };
    let bypass = switch.mode.as_deref() == Some("bypass");
    match a.kind {
        ElementKind::Valve => {
            network.valves[a.index].opening = if switch.open { 1.0 } else { 0.0 };
        }
        ElementKind::ControlValve => {
            network.control_valves[a.index].state = match (switch.open, bypass) {
                (false, _) => ControlState::Closed,
                (true, true) => ControlState::Bypass,
                (true, false) => ControlState::Active,
            };
        }
        _ => {
            let station = &mut network.compressor_stations[a.index];
            station.state = match (switch.open, bypass) {
                (false, _) => StationState::Closed,
                (true, true) => StationState::Bypass,
                (true, false) => StationState::Running,
            };
            let mode = switch
                .mode
                .as_deref()
                .filter(|m| !["active", "bypass"].contains(m));
            if let Some(mode) = mode {
                configuration(import, station, mode);
            }
        }
    }
}

/// A decision that names a configuration of a station.
fn configuration(
    import: &mut Import,
    station: &mut linepack_network::CompressorStation,
    mode: &str,
) {
    let machines = station.machines.as_deref();
    if machines.is_some_and(|m| m.configurations.iter().any(|c| c.id == mode)) {
        station.configuration = Some(mode.to_owned());
    } else {
        import.note(
            "a decision names a mode that the station does not have",
            Some(&station.header.id),
        );
    }
}
