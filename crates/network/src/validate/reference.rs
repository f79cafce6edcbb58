//! What elements refer to: nodes, pipes, profiles, off-takes.

use super::{Checks, called, element};
use crate::{ElementKind, Finding, Header, LeakPlace, Place, codes};

impl Checks<'_> {
    pub(super) fn references(&mut self) {
        self.nodes_exist();
        self.ends_differ();
        self.leaks_have_pipes();
        self.stages_have_off_takes();
    }

    fn nodes_exist(&mut self) {
        let mut findings = Vec::new();
        self.case
            .network
            .for_each_end(|kind, index, header, key, node| {
                if !self.nodes.contains_key(node) {
                    findings.push(self.unknown_node(kind, index, header, key, node));
                }
            });
        self.findings.append(&mut findings);
    }

    fn unknown_node(
        &self,
        kind: ElementKind,
        index: usize,
        header: &Header,
        key: &'static str,
        node: &str,
    ) -> Finding {
        let verb = match key {
            "from" => "starts at",
            "to" => "ends at",
            _ => "is at",
        };
        let message = format!(
            "{} {verb} node \"{node}\", which is not defined",
            called(kind, header)
        );
        let finding = Finding::error(codes::UNKNOWN_NODE, element(kind, index), message);
        finding.at(key, "unknown node").help(self.help_node(node))
    }

    fn help_node(&self, id: &str) -> Option<String> {
        if let Some((kind, ..)) = self.elements.get(id) {
            return Some(format!("\"{id}\" is a {}", kind.name()));
        }
        let known = self.case.network.nodes.iter().map(|n| n.header.id.as_str());
        self.hints
            .nearest(id, known)
            .map(|near| format!("a node named \"{near}\" exists"))
    }

    fn ends_differ(&mut self) {
        for edge in self.case.network.edges() {
            if edge.from == edge.to && !edge.from.is_empty() {
                let message = format!(
                    "{} starts and ends at node \"{}\"",
                    called(edge.kind, edge.header),
                    edge.to
                );
                let finding =
                    Finding::error(codes::SELF_LOOP, element(edge.kind, edge.index), message);
                self.add(finding.at("to", "the same node as `from`"));
            }
        }
    }

    fn leaks_have_pipes(&mut self) {
        for (index, leak) in self.case.network.leaks.iter().enumerate() {
            let LeakPlace::Pipe { id, distance_m } = &leak.place else {
                continue;
            };
            let (name, place) = (
                called(ElementKind::Leak, &leak.header),
                element(ElementKind::Leak, index),
            );
            match self.case.network.pipes.iter().find(|p| &p.header.id == id) {
                None => {
                    let known = self.case.network.pipes.iter().map(|p| p.header.id.as_str());
                    let help = self
                        .hints
                        .nearest(id, known)
                        .map(|near| format!("a pipe named \"{near}\" exists"));
                    let message = format!("{name} is in pipe \"{id}\", which is not defined");
                    let finding = Finding::error(codes::UNKNOWN_PIPE, place, message);
                    self.add(finding.at("pipe", "unknown pipe").help(help));
                }
                Some(pipe)
                    if *distance_m < 0.0 || pipe.length_m > 0.0 && *distance_m > pipe.length_m =>
                {
                    let message = format!(
                        "{name} is {distance_m} m from the start of pipe \"{id}\", which is {} m long",
                        pipe.length_m
                    );
                    let finding = Finding::error(codes::OFF_THE_PIPE, place, message);
                    self.add(finding.at("distance", "beyond the pipe"));
                }
                Some(_) => {}
            }
        }
    }

    fn stages_have_off_takes(&mut self) {
        for (index, stage) in self.case.stages.iter().enumerate() {
            let Some(id) = &stage.capacity_at else {
                continue;
            };
            let off_takes = || {
                self.case
                    .network
                    .off_takes
                    .iter()
                    .map(|o| o.header.id.as_str())
            };
            if off_takes().any(|known| known == id) {
                continue;
            }
            let help = self
                .hints
                .nearest(id, off_takes())
                .map(|near| format!("an off-take named \"{near}\" exists"));
            let message = format!(
                "stage \"{}\" has its capacity at \"{id}\", which is no off-take",
                stage.name
            );
            let finding = Finding::error(codes::UNKNOWN_OFF_TAKE, Place::Stage { index }, message);
            self.add(finding.at("capacity_at", "unknown off-take").help(help));
        }
    }
}
