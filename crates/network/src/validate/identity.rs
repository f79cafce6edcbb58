//! Identifiers.

use super::{Checks, called, element};
use crate::{Finding, Place, codes};
use std::collections::HashMap;

impl Checks<'_> {
    pub(super) fn identity(&mut self) {
        let mut findings = Vec::new();
        let mut first = HashMap::new();
        self.case.network.for_each_header(|kind, index, header| {
            let Some(earlier) = first.insert(header.id.as_str(), (kind, header)) else {
                return;
            };
            let message = format!(
                "{} has the identifier of a {}",
                called(kind, header),
                earlier.0.name()
            );
            let help = "identifiers are unique over all elements, nodes included".to_owned();
            let finding = Finding::error(codes::DUPLICATE_ID, element(kind, index), message);
            findings.push(finding.at("id", "this identifier is taken").help(help));
        });
        self.findings.append(&mut findings);
        self.profile_identity();
        if self.case.network.nodes.is_empty() {
            let message = "the case has no nodes";
            self.add(Finding::error(codes::NOTHING, Place::Case, message));
        }
    }

    fn profile_identity(&mut self) {
        for (index, profile) in self.case.profiles.iter().enumerate() {
            if self
                .profiles
                .get(profile.id.as_str())
                .is_some_and(|&first| first != index)
            {
                let message = format!("there are two profiles \"{}\"", profile.id);
                let finding =
                    Finding::error(codes::DUPLICATE_ID, Place::Profile { index }, message);
                self.add(finding.at("id", "this identifier is taken"));
            }
        }
    }
}
