//! Profiles, and whether they fit what refers to them.

use super::{Checks, called, element};
use crate::{ElementKind, Finding, Header, Place, Profile, ProfileValues, codes};
use std::collections::HashSet;

/// A mention of a profile.
struct Mention<'c> {
    kind: ElementKind,
    index: usize,
    header: &'c Header,
    key: &'static str,
    id: &'c str,
    /// Whether there is a set-point that factors could multiply.
    has_base: bool,
}

impl<'c> Checks<'c> {
    pub(super) fn profiles(&mut self) {
        for (index, profile) in self.case.profiles.iter().enumerate() {
            self.profile(index, profile);
        }
        let mentions = self.mentions();
        let mut used = HashSet::new();
        for mention in &mentions {
            match self.profiles.get(mention.id) {
                Some(&index) => {
                    used.insert(index);
                    self.profile_fits(mention, &self.case.profiles[index]);
                }
                None => self.unknown_profile(mention),
            }
        }
        for (index, profile) in self.case.profiles.iter().enumerate() {
            // Another scenario may use it.
            if !used.contains(&index) && self.case.scenarios.len() < 2 {
                let message = format!("nothing uses profile \"{}\"", profile.id);
                let finding =
                    Finding::warning(codes::UNUSED_PROFILE, Place::Profile { index }, message);
                self.add(finding.at("id", "not used"));
            }
        }
    }

    fn profile(&mut self, index: usize, profile: &Profile) {
        let name = &profile.id;
        let mut wrong = |key, label: &str, message: String| {
            let finding = Finding::error(codes::PROFILE, Place::Profile { index }, message);
            self.add(finding.at(key, label));
        };
        if profile.time_s.is_empty() {
            wrong("time", "empty", format!("profile \"{name}\" has no points"));
        }
        if let Some(at) = profile.time_s.windows(2).position(|w| w[1] <= w[0]) {
            let message = format!(
                "time {} of profile \"{name}\" is not after the one before",
                at + 2
            );
            wrong("time", "expected increasing times", message);
        }
        if let Some(period_s) = profile.period_s {
            let last = profile.time_s.last().copied().unwrap_or(0.0);
            let first = profile.time_s.first().copied().unwrap_or(0.0);
            if period_s <= 0.0 || last - first > period_s {
                let message = format!(
                    "the period of profile \"{name}\" is {period_s} s, its points span {} s",
                    last - first
                );
                wrong("period", "shorter than the profile", message);
            }
        }
        let negative = |f: fn(ProfileValues) -> bool| {
            f(profile.values_are) && profile.values.iter().any(|v| *v < 0.0)
        };
        if negative(|v| v == ProfileValues::Factor) {
            wrong(
                "factor",
                "expected zero or more",
                format!("profile \"{name}\" has negative factors"),
            );
        }
        if negative(|v| matches!(v, ProfileValues::Flow(_))) {
            wrong(
                "flow",
                "expected zero or more",
                format!("profile \"{name}\" has negative flows"),
            );
        }
    }

    fn mentions(&self) -> Vec<Mention<'c>> {
        let network = &self.case.network;
        let mut all = Vec::new();
        let mut mention = |kind, index, header, key, id: &'c Option<String>, has_base| {
            all.extend(id.as_ref().map(|id| Mention {
                kind,
                index,
                header,
                key,
                id,
                has_base,
            }));
        };
        for (i, v) in network.control_valves.iter().enumerate() {
            let base = v.outlet_pressure_pa.is_some();
            mention(
                ElementKind::ControlValve,
                i,
                &v.header,
                "outlet_pressure_profile",
                &v.outlet_pressure_profile,
                base,
            );
        }
        for (i, s) in network.compressor_stations.iter().enumerate() {
            let kind = ElementKind::CompressorStation;
            let base = s.discharge_pressure_pa.is_some();
            mention(
                kind,
                i,
                &s.header,
                "discharge_pressure_profile",
                &s.discharge_pressure_profile,
                base,
            );
            mention(
                kind,
                i,
                &s.header,
                "ratio_profile",
                &s.ratio_profile,
                s.ratio.is_some(),
            );
        }
        for (i, s) in network.supplies.iter().enumerate() {
            let base = s.flow.is_some() || s.flow_max.is_some();
            mention(
                ElementKind::Supply,
                i,
                &s.header,
                "flow_profile",
                &s.flow_profile,
                base,
            );
            mention(
                ElementKind::Supply,
                i,
                &s.header,
                "pressure_profile",
                &s.pressure_profile,
                s.pressure_pa.is_some(),
            );
        }
        for (i, o) in network.off_takes.iter().enumerate() {
            mention(
                ElementKind::OffTake,
                i,
                &o.header,
                "flow_profile",
                &o.flow_profile,
                o.flow.is_some(),
            );
            mention(
                ElementKind::OffTake,
                i,
                &o.header,
                "pressure_profile",
                &o.pressure_profile,
                o.pressure_pa.is_some(),
            );
        }
        all
    }

    fn unknown_profile(&mut self, mention: &Mention<'_>) {
        let known = self.case.profiles.iter().map(|p| p.id.as_str());
        let help = self
            .hints
            .nearest(mention.id, known)
            .map(|near| format!("a profile named \"{near}\" exists"));
        let message = format!(
            "{} follows profile \"{}\", which is not defined",
            called(mention.kind, mention.header),
            mention.id
        );
        let finding = Finding::error(
            codes::UNKNOWN_PROFILE,
            element(mention.kind, mention.index),
            message,
        );
        self.add(finding.at(mention.key, "unknown profile").help(help));
    }

    fn profile_fits(&mut self, mention: &Mention<'_>, profile: &Profile) {
        let fits = match profile.values_are {
            ProfileValues::Factor => mention.has_base,
            ProfileValues::Pressure => mention.key.contains("pressure"),
            ProfileValues::Ratio => mention.key.contains("ratio"),
            ProfileValues::Flow(_) => mention.key.contains("flow"),
        };
        if fits {
            return;
        }
        let what = match profile.values_are {
            ProfileValues::Factor => "factors, and there is no set-point that they could multiply",
            ProfileValues::Pressure => "pressures",
            ProfileValues::Ratio => "ratios",
            ProfileValues::Flow(_) => "flows",
        };
        let message = format!(
            "{} follows profile \"{}\", which has {what}",
            called(mention.kind, mention.header),
            mention.id
        );
        let finding = Finding::error(
            codes::PROFILE_MISFIT,
            element(mention.kind, mention.index),
            message,
        );
        self.add(finding.at(mention.key, "does not fit"));
    }
}
