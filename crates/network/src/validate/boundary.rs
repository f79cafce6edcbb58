//! Supplies and off-takes.

use super::{Checks, called, element};
use crate::{ElementKind, Finding, OffTake, ProfileValues, Supply, codes};

impl Checks<'_> {
    pub(super) fn boundaries(&mut self) {
        for (index, supply) in self.case.network.supplies.iter().enumerate() {
            self.supply(index, supply);
        }
        for (index, off_take) in self.case.network.off_takes.iter().enumerate() {
            self.off_take(index, off_take);
        }
    }

    fn supply(&mut self, index: usize, supply: &Supply) {
        let (kind, header) = (ElementKind::Supply, &supply.header);
        let name = called(kind, header);
        let place = element(kind, index);
        let (pressure, flow) = (
            self.supply_has_pressure(supply),
            self.supply_has_flow(supply),
        );
        if !pressure && !flow {
            let finding = Finding::error(
                codes::NO_SET_POINT,
                place,
                format!("{name} has neither pressure nor flow"),
            );
            self.add(finding.help("state `pressure`, `flow` or both".to_owned()));
        }
        if pressure && supply.flow.is_some() {
            let message = format!(
                "{name} has a pressure and a flow: it holds the pressure, and the flow is not used"
            );
            let finding = Finding::warning(codes::FLOW_UNUSED, place, message);
            self.add(
                finding
                    .at("flow", "not used")
                    .help("a limit is `flow_max`".to_owned()),
            );
        }
        self.limits(
            kind,
            index,
            header,
            "flow_min",
            supply.flow_min,
            supply.flow_max,
        );
        self.no_negative_flow(kind, index, header, "flow", supply.flow);
        self.no_negative_flow(kind, index, header, "flow_max", supply.flow_max);
    }

    fn off_take(&mut self, index: usize, off_take: &OffTake) {
        let (kind, header) = (ElementKind::OffTake, &off_take.header);
        let name = called(kind, header);
        let place = element(kind, index);
        let (pressure, flow) = (
            self.off_take_has_pressure(off_take),
            self.off_take_has_flow(off_take),
        );
        if !pressure && !flow {
            let finding = Finding::error(
                codes::NO_SET_POINT,
                place,
                format!("{name} has neither flow nor pressure"),
            );
            self.add(finding.help("state `flow` or `pressure`".to_owned()));
        }
        if pressure && flow {
            let message = format!(
                "{name} has a flow and a pressure: it takes the flow, and the pressure is not used"
            );
            let finding = Finding::error(codes::TWO_SET_POINTS, place, message);
            self.add(
                finding
                    .at("pressure", "excludes `flow`")
                    .help("a contract pressure is `pressure_min`".to_owned()),
            );
        }
        if off_take.curtail && off_take.pressure_min_pa.is_none() {
            let message = format!("{name} curtails at no pressure");
            let finding = Finding::error(codes::NO_SET_POINT, place, message);
            self.add(finding.at("curtail", "needs `pressure_min` too"));
        }
        self.no_negative_flow(kind, index, header, "flow", off_take.flow);
    }

    /// Whether a profile replaces set-points by values of this kind.
    fn replaces(&self, profile: &Option<String>, fits: fn(ProfileValues) -> bool) -> bool {
        let index = profile
            .as_ref()
            .and_then(|id| self.profiles.get(id.as_str()));
        index.is_some_and(|&i| fits(self.case.profiles[i].values_are))
    }

    pub(super) fn supply_has_pressure(&self, supply: &Supply) -> bool {
        supply.pressure_pa.is_some()
            || self.replaces(&supply.pressure_profile, |v| v == ProfileValues::Pressure)
    }

    pub(super) fn supply_has_flow(&self, supply: &Supply) -> bool {
        supply.flow.is_some()
            || self.replaces(&supply.flow_profile, |v| {
                matches!(v, ProfileValues::Flow(_))
            })
    }

    pub(super) fn off_take_has_pressure(&self, off_take: &OffTake) -> bool {
        off_take.pressure_pa.is_some()
            || self.replaces(&off_take.pressure_profile, |v| v == ProfileValues::Pressure)
    }

    pub(super) fn off_take_has_flow(&self, off_take: &OffTake) -> bool {
        off_take.flow.is_some()
            || self.replaces(&off_take.flow_profile, |v| {
                matches!(v, ProfileValues::Flow(_))
            })
    }
}
