//! Gases of supplies, and what places accept.

use super::{Checks, called, element, rounded};
use crate::{Action, ElementKind as Kind, Finding, GasProfile, Place, codes};
use linepack_gas::{Composition, Gas, GasSpec, Substance};
use std::collections::HashSet;

/// What a reference names: the list that it is in, and what people call it.
type Named<'c> = (&'static str, Vec<&'c str>);

impl<'c> Checks<'c> {
    pub(super) fn quality(&mut self) {
        self.gases_are_known();
        self.gases();
        self.gas_profiles();
        self.limits_of_quality();
        let parcel_m = self.case.settings.quality.parcel_m;
        if parcel_m.is_some_and(|m| m <= 0.0) {
            let message = "the parcel of `quality` of the settings is not above zero";
            let finding = Finding::error(codes::NOT_POSITIVE, Place::Settings, message);
            self.add(finding.at("quality", "expected more than zero"));
        }
    }

    fn gas_names(&self) -> Named<'c> {
        let ids = self.case.gases.iter().map(|g| g.id.as_str());
        ("supply gas", ids.collect())
    }

    /// What supplies and nodes name is there.
    fn gases_are_known(&mut self) {
        let gases = self.gas_names();
        let ids = self.case.gas_profiles.iter().map(|g| g.id.as_str());
        let profiles = ("gas profile", ids.collect());
        let ids = self.case.quality_limits.iter().map(|l| l.id.as_str());
        let limits = ("set of limits", ids.collect());
        for (index, supply) in self.case.network.supplies.iter().enumerate() {
            let place = element(Kind::Supply, index);
            let name = called(Kind::Supply, &supply.header);
            self.known(
                place,
                "supply_gas",
                &name,
                supply.gas_name.as_deref(),
                &gases,
            );
            self.known(
                place,
                "gas_profile",
                &name,
                supply.gas_profile.as_deref(),
                &profiles,
            );
            let named = supply.gas_name.is_some() || supply.gas_profile.is_some();
            if named && !self.case.settings.quality.tracked {
                let message = format!("{name} names its gas, and composition is not tracked");
                let finding = Finding::warning(codes::NOT_TRACKED, place, message);
                let help = "`settings.quality.tracked = true` carries it through the network";
                self.add(finding.help(help.to_owned()));
            }
        }
        for (index, node) in self.case.network.nodes.iter().enumerate() {
            let name = called(Kind::Node, &node.header);
            let (place, id) = (element(Kind::Node, index), node.quality_limits.as_deref());
            self.known(place, "quality_limits", &name, id, &limits);
        }
    }

    /// Reports a name that leads nowhere.
    pub(super) fn known(
        &mut self,
        place: Place,
        key: &'static str,
        whose: &str,
        id: Option<&str>,
        (what, known): &Named<'c>,
    ) {
        let Some(id) = id.filter(|id| !known.contains(id)) else {
            return;
        };
        let help = self.hints.nearest(id, known.iter().copied());
        let help = help.map(|near| format!("a {what} named \"{near}\" exists"));
        let message = format!("{whose} names {what} \"{id}\", which is not defined");
        let finding = Finding::error(codes::UNKNOWN_GAS, place, message);
        self.add(finding.at(key, format!("unknown {what}")).help(help));
    }

    /// The gas of an event is known.
    pub(super) fn event_gas(&mut self, place: Place, key: &'static str, action: &Action) {
        if let Action::Gas { name } = action {
            let gases = self.gas_names();
            self.known(place, key, "an event", Some(name), &gases);
        }
    }

    fn gases(&mut self) {
        let mut ids = HashSet::new();
        for (index, gas) in self.case.gases.iter().enumerate() {
            let place = Place::SupplyGas { index };
            self.own_identifier(&mut ids, "supply gas", &gas.id, place);
            if let Substance::Mixture(mixture) = &gas.spec.substance {
                self.fractions(place, "composition", mixture);
            }
            self.goes_with_the_case(place, &gas.id, &gas.spec);
            if !self.is_gas_used(&gas.id) {
                self.unused("supply gas", &gas.id, place);
            }
        }
        let pseudo = matches!(self.case.gas.substance, Substance::Pseudo(_));
        if pseudo && self.case.settings.quality.tracked {
            let message = "composition is tracked, and the gas of the case has none";
            let finding = Finding::error(codes::GAS_MISFIT, Place::Gas, message);
            self.add(finding.at("pseudo", "expected a composition"));
        }
    }

    fn is_gas_used(&self, id: &str) -> bool {
        let scenario = &self.case.scenario;
        let rules = scenario
            .rules
            .iter()
            .flat_map(|r| r.then.iter().map(|c| &c.action));
        let mut actions = scenario.events.iter().map(|e| &e.action).chain(rules);
        let mut supplies = self.case.network.supplies.iter();
        supplies.any(|s| s.gas_name.as_deref() == Some(id))
            || actions.any(|a| matches!(a, Action::Gas { name } if name == id))
    }

    fn fractions(&mut self, place: Place, key: &'static str, mixture: &Composition) {
        let issues = mixture.issues();
        for issue in &issues {
            let finding = match issue.is_error() {
                true => Finding::error(codes::COMPOSITION, place, issue.to_string()),
                false => Finding::warning(codes::COMPOSITION_SUM, place, issue.to_string()),
            };
            self.add(finding.at(key, "mole fractions"));
        }
    }

    /// Gases that mix have compositions, one equation of state and one model of viscosity.
    fn goes_with_the_case(&mut self, place: Place, id: &str, spec: &GasSpec) {
        if !self.case.settings.quality.tracked {
            return;
        }
        let of_case = &self.case.gas;
        let wrong = match &spec.substance {
            Substance::Pseudo(_) => Some(("pseudo", "has no composition")),
            _ if spec.equation != of_case.equation => {
                Some(("equation", "has another equation of state than the case"))
            }
            _ if spec.viscosity != of_case.viscosity => {
                Some(("viscosity", "has another viscosity model than the case"))
            }
            _ => None,
        };
        if let Some((key, what)) = wrong {
            let message = format!("supply gas \"{id}\" {what}, and composition is tracked");
            let finding = Finding::error(codes::GAS_MISFIT, place, message);
            self.add(finding.at(key, "does not mix with the others"));
        } else if let Err(error) = Gas::new(spec)
            && matches!(&spec.substance, Substance::Mixture(m) if m.issues().is_empty())
        {
            let finding = Finding::error(codes::GAS_DATA, place, error.to_string());
            self.add(finding.at("equation", "needs more than is stated"));
        }
    }

    fn gas_profiles(&mut self) {
        let mut ids = HashSet::new();
        for (index, profile) in self.case.gas_profiles.iter().enumerate() {
            let place = Place::GasProfile { index };
            self.own_identifier(&mut ids, "gas profile", &profile.id, place);
            self.gas_profile(place, profile);
            let mut supplies = self.case.network.supplies.iter();
            if !supplies.any(|s| s.gas_profile.as_deref() == Some(&profile.id)) {
                self.unused("gas profile", &profile.id, place);
            }
        }
    }

    fn gas_profile(&mut self, place: Place, profile: &GasProfile) {
        let name = &profile.id;
        let backwards = profile.time_s.windows(2).position(|w| w[1] <= w[0]);
        let wrong = match (profile.time_s.is_empty(), backwards) {
            (true, _) => Some(format!("gas profile \"{name}\" has no points")),
            (_, Some(at)) => Some(format!(
                "time {} of gas profile \"{name}\" is not after the one before",
                at + 2
            )),
            _ => None,
        };
        if let Some(message) = wrong {
            let finding = Finding::error(codes::PROFILE, place, message);
            self.add(finding.at("time", "expected increasing times"));
        }
        let first = |c: &&Composition| c.issues().iter().any(|i| i.is_error());
        if let Some(at) = profile.compositions.iter().position(|c| first(&c)) {
            let issue = profile.compositions[at].issues().remove(0);
            let hours = rounded(profile.time_s.get(at).copied().unwrap_or(0.0) / 3600.0);
            let message = format!("gas profile \"{name}\" at {hours} h: {issue}");
            let finding = Finding::error(codes::COMPOSITION, place, message);
            self.add(finding.at("time", "mole fractions of one of these times"));
        }
    }

    fn limits_of_quality(&mut self) {
        let mut ids = HashSet::new();
        for (index, named) in self.case.quality_limits.iter().enumerate() {
            let place = Place::QualityLimits { index };
            self.own_identifier(&mut ids, "limits of quality", &named.id, place);
            for limit in &named.limits.limits {
                if matches!((limit.low, limit.high), (Some(low), Some(high)) if low > high) {
                    let (what, ..) = limit.quantity.shown();
                    let message =
                        format!("\"{}\" has the least {what} above the greatest", named.id);
                    self.add(Finding::error(codes::MIN_ABOVE_MAX, place, message));
                }
            }
            let mut nodes = self.case.network.nodes.iter();
            if !nodes.any(|n| n.quality_limits.as_deref() == Some(&named.id)) {
                self.unused("limits of quality", &named.id, place);
            }
        }
    }
}
