//! Rules, interlocks, areas, and what protects valves and stations.

use super::event::{fits, possible, set_point_key};
use super::{Checks, element};
use crate::{
    Action, Command, Condition, ElementKind as Kind, Finding, Interlock, Level, Place, Rule,
    Scenario, Valve, ValveCurve, codes,
};
use std::collections::HashSet;

/// Least time between two actions of a rule, s.
const PAUSE_LEAST_S: f64 = 1.0;

impl Checks<'_> {
    pub(super) fn rules(&mut self, scenario: &Scenario) {
        let mut names = HashSet::new();
        for (index, rule) in scenario.rules.iter().enumerate() {
            let place = Place::Rule { index };
            self.own_name(&mut names, &rule.name, place);
            self.rule(place, rule);
        }
        for (index, interlock) in scenario.interlocks.iter().enumerate() {
            let place = Place::Interlock { index };
            self.own_name(&mut names, &interlock.name, place);
            self.interlock(place, interlock);
        }
    }

    fn own_name<'s>(&mut self, names: &mut HashSet<&'s str>, name: &'s str, place: Place) {
        if !names.insert(name) {
            let message = format!("two rules or interlocks are named \"{name}\"");
            let finding = Finding::error(codes::RULE_TWICE, place, message);
            self.add(finding.at("name", "this name is taken"));
        }
    }

    fn rule(&mut self, place: Place, rule: &Rule) {
        self.condition(place, "when", &rule.name, &rule.when);
        if let Some(condition) = &rule.rearm {
            self.condition(place, "rearm", &rule.name, condition);
        }
        for command in &rule.then {
            self.command(place, &rule.name, command);
        }
        if rule.lasting_s < 0.0 {
            self.impossible_time(place, "for", &rule.name, "lasts a negative time");
        }
        if rule.pause_s < PAUSE_LEAST_S {
            self.impossible_time(place, "pause", &rule.name, "pauses for less than a second");
        }
    }

    fn impossible_time(&mut self, place: Place, field: &'static str, name: &str, what: &str) {
        let message = format!("\"{name}\" {what}");
        let finding = Finding::error(codes::RULE_TIMES, place, message);
        self.add(finding.at(field, "not possible"));
    }

    fn interlock(&mut self, place: Place, interlock: &Interlock) {
        self.condition(place, "when", &interlock.name, &interlock.when);
        if !self.elements.contains_key(interlock.element.as_str()) {
            self.unknown(place, "element", &interlock.name, &interlock.element);
        }
    }

    fn unknown(&mut self, place: Place, field: &'static str, name: &str, id: &str) {
        let areas = self.case.network.areas.iter().map(|a| a.id.as_str());
        let mut known = self
            .elements
            .keys()
            .copied()
            .chain(areas)
            .collect::<Vec<_>>();
        known.sort_unstable();
        let help = self
            .hints
            .nearest(id, known)
            .map(|near| format!("something named \"{near}\" exists"));
        let message = format!("\"{name}\" names \"{id}\", which is not defined");
        let finding = Finding::error(codes::RULE_ELEMENT, place, message);
        self.add(finding.at(field, "something in it is unknown").help(help));
    }

    fn command(&mut self, place: Place, name: &str, command: &Command) {
        let Some(&(kind, ..)) = self.elements.get(command.element.as_str()) else {
            self.unknown(place, "then", name, &command.element);
            return;
        };
        self.event_gas(place, "then", &command.action);
        let message = match &command.action {
            action if !fits(action, kind) => {
                format!(
                    "\"{name}\" asks of {} \"{}\" what it cannot do",
                    kind.name(),
                    command.element
                )
            }
            Action::Set { set_point, ramp_s } if !possible(set_point) || *ramp_s < 0.0 => {
                let key = set_point_key(set_point).replace('_', " ");
                format!(
                    "\"{name}\" sets \"{}\" to an impossible {key} or ramp",
                    command.element
                )
            }
            _ => return,
        };
        let finding = Finding::error(codes::EVENT_ACTION, place, message);
        self.add(finding.at("then", "not possible"));
    }

    fn condition(&mut self, place: Place, field: &'static str, name: &str, condition: &Condition) {
        let area = |id: &str| self.case.network.areas.iter().any(|a| a.id == id);
        let kind = match condition.element.as_deref() {
            None => Watched::Network,
            Some(id) => match self.elements.get(id) {
                Some(&(kind, ..)) => Watched::Element(kind),
                None if area(id) => Watched::Area,
                None => return self.unknown(place, field, name, id),
            },
        };
        if !has(kind, &condition.level) {
            let what = condition.level.name();
            let message = format!("\"{name}\" watches the {what} of {}", kind.words());
            let finding = Finding::error(codes::RULE_QUANTITY, place, message);
            self.add(finding.at(field, format!("has no {what}")));
        }
        let windowless =
            matches!(condition.level, Level::PressureDrop { within_s, .. } if within_s <= 0.0);
        if windowless {
            self.impossible_time(place, field, name, "watches over no time");
        }
    }

    pub(super) fn areas(&mut self) {
        let mut ids = HashSet::new();
        for (index, area) in self.case.network.areas.iter().enumerate() {
            let place = Place::Area { index };
            if self.elements.contains_key(area.id.as_str()) || !ids.insert(area.id.as_str()) {
                let message = format!("the identifier of area \"{}\" is taken", area.id);
                let finding = Finding::error(codes::AREA, place, message);
                self.add(finding.at("id", "this identifier is taken"));
            }
            self.members(place, &area.id, ("nodes", Kind::Node), &area.nodes);
            self.members(place, &area.id, ("pipes", Kind::Pipe), &area.pipes);
        }
    }

    fn members(
        &mut self,
        place: Place,
        area: &str,
        (field, kind): (&'static str, Kind),
        ids: &[String],
    ) {
        for id in ids {
            let found = self.elements.get(id.as_str());
            if found.is_some_and(|(known, ..)| *known == kind) {
                continue;
            }
            let message = format!(
                "area \"{area}\" names {} \"{id}\", which is not defined",
                kind.name()
            );
            let finding = Finding::error(codes::AREA, place, message);
            self.add(finding.at(field, format!("not all are {}s", kind.name())));
        }
    }

    pub(super) fn protection(&mut self) {
        for (index, valve) in self.case.network.valves.iter().enumerate() {
            let place = element(Kind::Valve, index);
            self.line_break(place, valve);
            if !is_curve(&valve.curve) {
                let message = format!("the curve of valve \"{}\" is malformed", valve.header.id);
                let finding = Finding::error(codes::VALVE_CURVE, place, message);
                self.add(finding.at("curve", "expected pairs that increase from 0 to 1"));
            }
        }
        for (index, station) in self.case.network.compressor_stations.iter().enumerate() {
            if station.trip.delay_s < 0.0 {
                let place = element(Kind::CompressorStation, index);
                let id = &station.header.id;
                self.impossible_time(place, "trip_delay", id, "waits a negative time");
            }
        }
    }

    fn line_break(&mut self, place: Place, valve: &Valve) {
        let Some(l) = valve.line_break else {
            return;
        };
        let id = &valve.header.id;
        if l.rate_pa_per_s <= 0.0 {
            self.impossible_time(
                place,
                "line_break_rate",
                id,
                "closes without a fall of pressure",
            );
        }
        if l.window_s <= 0.0 {
            self.impossible_time(place, "line_break_window", id, "watches over no time");
        }
        if l.delay_s < 0.0 {
            self.impossible_time(place, "line_break_delay", id, "waits a negative time");
        }
    }
}

/// What a condition watches.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Watched {
    Network,
    Area,
    Element(Kind),
}

impl Watched {
    fn words(self) -> String {
        match self {
            Self::Network => "the network".into(),
            Self::Area => "an area".into(),
            Self::Element(kind) => format!("a {}", kind.name()),
        }
    }
}

/// Whether there is such a quantity.
fn has(watched: Watched, level: &Level) -> bool {
    let terminal = [Kind::Supply, Kind::OffTake, Kind::Leak];
    match (watched, level) {
        (Watched::Element(kind), Level::Pressure(_) | Level::PressureDrop { .. }) => {
            kind == Kind::Node || terminal.contains(&kind)
        }
        (Watched::Element(kind), Level::Flow(_)) => kind != Kind::Node,
        (Watched::Element(kind), Level::Ratio(_) | Level::Power(_)) => {
            kind == Kind::CompressorStation
        }
        (Watched::Element(kind), Level::Linepack(_)) => kind == Kind::Pipe,
        (_, level) => matches!(level, Level::Linepack(_)),
    }
}

fn is_curve(curve: &ValveCurve) -> bool {
    let ValveCurve::Table(points) = curve else {
        return true;
    };
    let inside = points.iter().flatten().all(|v| (0.0..=1.0).contains(v));
    let rising = points
        .windows(2)
        .all(|p| p[0][0] < p[1][0] && p[0][1] < p[1][1]);
    let ends = |[x, y]: [f64; 2]| (x > 0.0) == (y > 0.0) && (x < 1.0) == (y < 1.0);
    !points.is_empty() && inside && rising && points.iter().copied().all(ends)
}
