//! The scenario and its events.

use super::{Checks, rounded};
use crate::{
    Action, ElementKind as Kind, Event, Finding, InitialState, Place, Scenario, SetPoint, codes,
};

/// Most rows of a result.
const ROWS_MAX: f64 = 1e7;

impl Checks<'_> {
    pub(super) fn scenario(&mut self, scenario: &Scenario) {
        self.scenario_times(scenario);
        if let InitialState::AtRest { pressure_pa } = scenario.initial
            && pressure_pa <= 0.0
        {
            let message = format!(
                "scenario \"{}\" begins at rest at no pressure",
                scenario.name
            );
            let finding = Finding::error(codes::NOT_POSITIVE, Place::Scenario, message);
            self.add(finding.at("initial", "expected more than vacuum"));
        }
        for (index, event) in scenario.events.iter().enumerate() {
            self.event(index, event, scenario);
        }
        self.rules(scenario);
    }

    fn scenario_times(&mut self, scenario: &Scenario) {
        let (name, duration_s, interval_s) = (
            &scenario.name,
            scenario.duration_s,
            scenario.output_interval_s,
        );
        if duration_s < 0.0 {
            let message = format!(
                "scenario \"{name}\" lasts {} h",
                rounded(duration_s / 3600.0)
            );
            let finding = Finding::error(codes::SCENARIO_TIMES, Place::Scenario, message);
            self.add(finding.at("duration", "expected zero or more"));
        }
        if interval_s <= 0.0 {
            let message = format!("scenario \"{name}\" has no time between its rows of output");
            let finding = Finding::error(codes::SCENARIO_TIMES, Place::Scenario, message);
            self.add(finding.at("output_interval", "expected more than zero"));
        } else if duration_s / interval_s > ROWS_MAX {
            let message = format!(
                "scenario \"{name}\" would have {} rows of output; at most {ROWS_MAX:e} are possible",
                rounded(duration_s / interval_s)
            );
            let finding = Finding::error(codes::TOO_MANY, Place::Scenario, message);
            self.add(finding.at("output_interval", "too short for this duration"));
        }
    }

    fn event(&mut self, index: usize, event: &Event, scenario: &Scenario) {
        let place = Place::Event { index };
        if event.at_s < 0.0 || event.at_s > scenario.duration_s {
            let message = format!(
                "the event at {} h is outside of scenario \"{}\", which lasts {} h",
                rounded(event.at_s / 3600.0),
                scenario.name,
                rounded(scenario.duration_s / 3600.0)
            );
            self.add(Finding::error(codes::EVENT_TIME, place, message).at("at", "never happens"));
        }
        match self.elements.get(event.element.as_str()) {
            None => self.unknown_element(place, event),
            Some(&(kind, at, _)) => {
                if !fits(&event.action, kind) {
                    self.misfit(place, event, kind);
                }
                self.event_values(place, event, kind, at);
                self.event_gas(place, "gas", &event.action);
            }
        }
    }

    fn unknown_element(&mut self, place: Place, event: &Event) {
        let mut known = self.elements.keys().copied().collect::<Vec<_>>();
        known.sort_unstable();
        let help = self
            .hints
            .nearest(&event.element, known)
            .map(|near| format!("an element named \"{near}\" exists"));
        let message = format!(
            "an event happens to \"{}\", which is not defined",
            event.element
        );
        let finding = Finding::error(codes::EVENT_ELEMENT, place, message);
        self.add(finding.at("element", "unknown element").help(help));
    }

    fn misfit(&mut self, place: Place, event: &Event, kind: Kind) {
        let (verb, key) = match &event.action {
            Action::Open => ("open", "action"),
            Action::Close => ("close", "action"),
            Action::Trip => ("trip", "action"),
            Action::Start => ("start", "action"),
            Action::Shut => ("be shut", "action"),
            Action::Break { .. } => ("break", "action"),
            Action::Gas { .. } => ("change its gas", "action"),
            Action::Batch { .. } => ("begin a batch", "action"),
            Action::Set { set_point, .. } => ("be set so", set_point_key(set_point)),
        };
        let message = format!("{} \"{}\" cannot {verb}", kind.name(), event.element);
        let finding = Finding::error(codes::EVENT_ACTION, place, message);
        self.add(finding.at(key, format!("not possible for a {}", kind.name())));
    }

    fn event_values(&mut self, place: Place, event: &Event, kind: Kind, at: usize) {
        let wrong = match &event.action {
            Action::Break { distance_m } if kind == Kind::Pipe => {
                let length_m = self.case.network.pipes[at].length_m;
                let off = *distance_m < 0.0 || *distance_m > length_m;
                off.then(|| {
                    (
                        codes::OFF_THE_PIPE,
                        "distance",
                        format!(
                            "pipe \"{}\" would break at {} km, and is {} km long",
                            event.element,
                            rounded(distance_m / 1e3),
                            rounded(length_m / 1e3)
                        ),
                    )
                })
            }
            Action::Set { ramp_s, .. } if *ramp_s < 0.0 => Some((
                codes::EVENT_TIME,
                "ramp",
                format!("the ramp of \"{}\" is negative", event.element),
            )),
            Action::Set { set_point, .. } if !possible(set_point) => {
                let key = set_point_key(set_point);
                Some((
                    codes::IMPOSSIBLE,
                    key,
                    format!(
                        "\"{}\" cannot be set to such a {}",
                        event.element,
                        key.replace('_', " ")
                    ),
                ))
            }
            _ => None,
        };
        if let Some((code, key, message)) = wrong {
            self.add(Finding::error(code, place, message).at(key, "not possible"));
        }
    }

    /// Events of the chosen scenario that happen to elements that take no part.
    pub(super) fn scenario_in_service(&mut self) {
        for (index, event) in self.case.scenario.events.iter().enumerate() {
            let Some((kind, _, header)) = self.elements.get(event.element.as_str()) else {
                continue;
            };
            if !header.in_service {
                let message = format!(
                    "an event happens to {} \"{}\", which is not in service",
                    kind.name(),
                    event.element
                );
                let finding =
                    Finding::warning(codes::EVENT_OUT_OF_SERVICE, Place::Event { index }, message);
                self.add(finding.at("element", "not in service: nothing will happen"));
            }
        }
    }
}

/// Whether an action can happen to a kind of element.
pub(super) fn fits(action: &Action, kind: Kind) -> bool {
    let kinds: &[Kind] = match action {
        Action::Open | Action::Close => &[
            Kind::Valve,
            Kind::Leak,
            Kind::ControlValve,
            Kind::CompressorStation,
        ],
        Action::Trip => &[Kind::CompressorStation],
        Action::Start => &[
            Kind::CompressorStation,
            Kind::ControlValve,
            Kind::Supply,
            Kind::OffTake,
        ],
        Action::Shut => &[Kind::Supply, Kind::OffTake],
        Action::Gas { .. } | Action::Batch { .. } => &[Kind::Supply],
        Action::Break { .. } => &[Kind::Pipe],
        Action::Set { set_point, .. } => match set_point {
            SetPoint::Pressure(_) | SetPoint::Flow(_) => &[
                Kind::Supply,
                Kind::OffTake,
                Kind::CompressorStation,
                Kind::ControlValve,
            ],
            SetPoint::SuctionPressure(_) => &[Kind::CompressorStation, Kind::ControlValve],
            SetPoint::Ratio(_) | SetPoint::Power(_) => &[Kind::CompressorStation],
            SetPoint::Opening(_) => &[Kind::Valve],
            SetPoint::Temperature(_) => &[Kind::Supply, Kind::CompressorStation],
        },
    };
    kinds.contains(&kind)
}

pub(super) fn possible(set_point: &SetPoint) -> bool {
    match *set_point {
        SetPoint::Pressure(x) | SetPoint::SuctionPressure(x) | SetPoint::Temperature(x) => {
            x > 0.0 || x.is_nan()
        }
        SetPoint::Power(w) => w >= 0.0 || w.is_nan(),
        SetPoint::Ratio(r) => r >= 1.0 || r.is_nan(),
        SetPoint::Opening(o) => (0.0..=1.0).contains(&o) || o.is_nan(),
        SetPoint::Flow(_) => true,
    }
}

pub(super) fn set_point_key(set_point: &SetPoint) -> &'static str {
    match set_point {
        SetPoint::Pressure(_) => "pressure",
        SetPoint::SuctionPressure(_) => "suction_pressure",
        SetPoint::Flow(_) => "flow",
        SetPoint::Ratio(_) => "ratio",
        SetPoint::Power(_) => "power",
        SetPoint::Opening(_) => "opening",
        SetPoint::Temperature(_) => "temperature",
    }
}
