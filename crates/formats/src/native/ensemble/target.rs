//! What an ensemble names of a case.

use crate::codes;
use crate::report::Problem;
use crate::sources::Span;
use linepack_network::{
    Act, Action, Case, Change, ChangeError, ElementKind, Field, Hints, Target, Way,
};
use std::collections::HashMap;

/// The elements of a case by name.
pub(super) struct Elements<'c> {
    case: &'c Case,
    by_id: HashMap<&'c str, (ElementKind, usize, bool)>,
    hints: Hints,
}

impl<'c> Elements<'c> {
    pub(super) fn new(case: &'c Case) -> Self {
        let mut by_id = HashMap::new();
        case.network.for_each_header(|kind, index, header| {
            by_id.insert(header.id.as_str(), (kind, index, header.in_service));
        });
        Self {
            case,
            by_id,
            hints: Hints::default(),
        }
    }

    /// An element in service.
    pub(super) fn find(
        &self,
        id: &str,
        span: Span,
        subject: &str,
    ) -> Result<(ElementKind, usize), Problem> {
        match self.by_id.get(id) {
            Some(&(kind, index, true)) => Ok((kind, index)),
            Some(_) => {
                let message = format!("{subject}: \"{id}\" is not in service");
                let problem = Problem::error(codes::VARIATION_TARGET, span, message);
                Err(problem.label("takes no part for the stage and day chosen"))
            }
            None => {
                let message = format!("{subject} names element \"{id}\", which is not defined");
                let mut known = self.by_id.keys().copied().collect::<Vec<_>>();
                known.sort_unstable();
                let near = self.hints.nearest(id, known);
                let help = near.map(|near| format!("an element named \"{near}\" exists"));
                let problem = Problem::error(codes::VARIATION_TARGET, span, message);
                Err(problem.label("unknown element").help(help))
            }
        }
    }

    /// A number of an element.
    pub(super) fn target(
        &self,
        id: &str,
        key: &str,
        span: Span,
        subject: &str,
    ) -> Result<Target, Problem> {
        let (kind, index) = self.find(id, span, subject)?;
        let Some(field) = Field::of(kind, key) else {
            let message = format!("{subject}: {} \"{id}\" has no `{key}`", kind.name());
            let keys = crate::native::describe::list(Field::keys(kind), "and");
            let help = match Field::keys(kind).next() {
                Some(_) => format!("what can vary of a {}: {keys}", kind.name()),
                None => format!("nothing of a {} can vary", kind.name()),
            };
            let problem = Problem::error(codes::VARIATION_TARGET, span, message);
            return Err(problem.label("cannot vary").help(help));
        };
        Ok(Target { kind, index, field })
    }

    /// All elements in service of a kind, by its word in case files, that state a number.
    pub(super) fn every(&self, word: &str, key: &str) -> Vec<(Target, String)> {
        let mut found = Vec::new();
        self.case.network.for_each_header(|kind, index, header| {
            if kind_word(kind) != word || !header.in_service {
                return;
            }
            if let Some(field) = Field::of(kind, key) {
                found.push((Target { kind, index, field }, header.id.clone()));
            }
        });
        found
    }
}

/// The word of a kind in case files.
pub(super) fn kind_word(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Node => "node",
        ElementKind::Pipe => "pipe",
        ElementKind::ShortPipe => "short_pipe",
        ElementKind::Resistor => "resistor",
        ElementKind::Valve => "valve",
        ElementKind::CheckValve => "check_valve",
        ElementKind::ControlValve => "control_valve",
        ElementKind::CompressorStation => "compressor_station",
        ElementKind::Supply => "supply",
        ElementKind::OffTake => "off_take",
        ElementKind::Leak => "leak",
        _ => "",
    }
}

/// A copy of the case on which changes are tried that change nothing.
pub(super) struct Trial(pub(super) Case);

impl Trial {
    /// Whether a number can be changed in a way.
    pub(super) fn allows(&mut self, target: Target, way: Way) -> Result<(), &'static str> {
        let act = match way {
            Way::Factor => Act::Factor(1.0),
            Way::Add => Act::Add(0.0),
            Way::AddFlow(one) => Act::AddFlow(one.scaled(0.0)),
            Way::Flow(_) if target.flow_profile(&self.0).is_some() => {
                return Err(
                    "follows a profile of flows, which a value cannot replace: use a factor",
                );
            }
            Way::Value | Way::Flow(_) => return Ok(()),
        };
        match (Change { target, act }).apply(&mut self.0) {
            Err(ChangeError::NotStated) => {
                Err("is not stated in the case: only a value can be given")
            }
            Err(ChangeError::OtherFlow) => Err("is stated as another kind of flow"),
            _ => Ok(()),
        }
    }
}

/// What begins and ends the outage of a kind of element.
pub(super) fn outage(kind: ElementKind) -> Option<(Action, Action)> {
    Some(match kind {
        ElementKind::CompressorStation => (Action::Trip, Action::Start),
        ElementKind::Supply | ElementKind::OffTake => (Action::Shut, Action::Start),
        ElementKind::Valve => (Action::Close, Action::Open),
        ElementKind::ControlValve => (Action::Close, Action::Start),
        ElementKind::Leak => (Action::Open, Action::Close),
        _ => return None,
    })
}

/// The column of the results that a word means for a kind, and its unit.
pub(super) fn column(kind: ElementKind, word: &str) -> Option<(&'static str, &'static str)> {
    use ElementKind as K;
    let terminal = matches!(kind, K::Supply | K::OffTake | K::Leak);
    let edge = !terminal && kind != K::Node;
    let station = kind == K::CompressorStation;
    let pipe = kind == K::Pipe;
    let known = [
        ("pressure", !edge, "pressure_pa", "Pa"),
        ("flow", kind != K::Node, "mass_flow_kg_per_s", "kg/s"),
        ("pressure_in", edge, "pressure_in_pa", "Pa"),
        ("pressure_out", edge, "pressure_out_pa", "Pa"),
        ("flow_out", pipe, "mass_flow_out_kg_per_s", "kg/s"),
        ("velocity", pipe, "velocity_max_m_per_s", "m/s"),
        ("linepack", pipe, "linepack_kg", "kg"),
        ("power", station, "power_w", "W"),
        ("fuel", station, "fuel_kg_per_s", "kg/s"),
        ("ratio", station, "ratio", "1"),
    ];
    let found = known.into_iter().find(|k| k.0 == word && k.1)?;
    Some((found.2, found.3))
}
