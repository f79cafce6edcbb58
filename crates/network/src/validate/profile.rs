//! Profiles, and whether they fit what refers to them.

use super::{Checks, called, element};
use crate::{ElementKind, Finding, Header, Place, Profile, ProfileValues, codes};
use std::collections::HashSet;

/// A mention of a profile.
struct Mention<'c> {
    place: Place,
    /// What messages call it.
    name: String,
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
        use ElementKind::{CompressorStation, ControlValve, OffTake, Supply};
        let n = &self.case.network;
        let mut all = Vec::new();
        all.extend(mentioned_by(ControlValve, &n.control_valves, |v| {
            let base = v.outlet_pressure_pa.is_some();
            let profile = &v.outlet_pressure_profile;
            (&v.header, [("outlet_pressure_profile", profile, base)])
        }));
        all.extend(mentioned_by(
            CompressorStation,
            &n.compressor_stations,
            |s| {
                let (pressure, ratio) = (&s.discharge_pressure_profile, &s.ratio_profile);
                let base = s.discharge_pressure_pa.is_some();
                let of_station = [
                    ("discharge_pressure_profile", pressure, base),
                    ("ratio_profile", ratio, s.ratio.is_some()),
                ];
                (&s.header, of_station)
            },
        ));
        all.extend(mentioned_by(Supply, &n.supplies, |s| {
            let base = s.flow.is_some() || s.flow_max.is_some();
            let holds = s.pressure_pa.is_some();
            let of_supply = [
                ("flow_profile", &s.flow_profile, base),
                ("pressure_profile", &s.pressure_profile, holds),
            ];
            (&s.header, of_supply)
        }));
        all.extend(mentioned_by(OffTake, &n.off_takes, |o| {
            let holds = o.pressure_pa.is_some();
            let of_off_take = [
                ("flow_profile", &o.flow_profile, o.flow.is_some()),
                ("pressure_profile", &o.pressure_profile, holds),
            ];
            (&o.header, of_off_take)
        }));
        all.extend(self.temperature_mentions());
        all
    }

    /// Profiles of temperatures; factors on a temperature mean nothing.
    fn temperature_mentions(&self) -> Vec<Mention<'c>> {
        let n = &self.case.network;
        let mut all = Vec::new();
        all.extend(mentioned_by(ElementKind::Supply, &n.supplies, |s| {
            let profile = &s.temperature_profile;
            (&s.header, [("temperature_profile", profile, false)])
        }));
        all.extend(mentioned_by(ElementKind::Pipe, &n.pipes, |p| {
            let profile = &p.heat.ground_temperature_profile;
            (&p.header, [("ground_temperature_profile", profile, false)])
        }));
        let of_ground = |(index, ground): (usize, &'c crate::Ground)| {
            Some(Mention {
                place: Place::Ground { index },
                name: format!("ground \"{}\"", ground.id),
                key: "temperature_profile",
                id: ground.temperature_profile.as_ref()?,
                has_base: false,
            })
        };
        all.extend(self.case.grounds.iter().enumerate().filter_map(of_ground));
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
            mention.name, mention.id
        );
        let finding = Finding::error(codes::UNKNOWN_PROFILE, mention.place, message);
        self.add(finding.at(mention.key, "unknown profile").help(help));
    }

    fn profile_fits(&mut self, mention: &Mention<'_>, profile: &Profile) {
        let fits = match profile.values_are {
            ProfileValues::Factor => mention.has_base,
            ProfileValues::Pressure => mention.key.contains("pressure"),
            ProfileValues::Ratio => mention.key.contains("ratio"),
            ProfileValues::Temperature => mention.key.contains("temperature"),
            ProfileValues::Flow(_) => mention.key.contains("flow"),
        };
        if fits {
            return;
        }
        let what = match profile.values_are {
            ProfileValues::Factor => "factors, and there is no set-point that they could multiply",
            ProfileValues::Pressure => "pressures",
            ProfileValues::Ratio => "ratios",
            ProfileValues::Temperature => "temperatures",
            ProfileValues::Flow(_) => "flows",
        };
        let message = format!(
            "{} follows profile \"{}\", which has {what}",
            mention.name, mention.id
        );
        let finding = Finding::error(codes::PROFILE_MISFIT, mention.place, message);
        self.add(finding.at(mention.key, "does not fit"));
    }
}

/// A key, the profile named there, and whether there is a set-point for its factors.
type MentionedAt<'c> = (&'static str, &'c Option<String>, bool);

/// The profiles that the elements of a kind name.
fn mentioned_by<'c, T, const N: usize>(
    kind: ElementKind,
    elements: &'c [T],
    of: impl Fn(&'c T) -> (&'c Header, [MentionedAt<'c>; N]),
) -> impl Iterator<Item = Mention<'c>> {
    elements.iter().enumerate().flat_map(move |(index, thing)| {
        let (header, mentioned) = of(thing);
        mentioned
            .into_iter()
            .filter_map(move |(key, id, has_base)| {
                Some(Mention {
                    place: element(kind, index),
                    name: called(kind, header),
                    key,
                    id: id.as_ref()?,
                    has_base,
                })
            })
    })
}
