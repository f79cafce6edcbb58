//! What is wrong with a case, all of it at once, and what is odd about it.
//!
//! One file for each subject. Errors are what makes a case unusable; warnings are what an engineer
//! would ask about. Nothing here changes a case.

mod boundary;
mod equipment;
mod event;
mod gas;
mod geography;
mod heat;
mod identity;
mod machine;
mod pipe;
mod pressure;
mod profile;
mod quality;
mod reference;
mod rule;
mod settings;
mod topology;
mod velocity;

pub use geography::{great_circle_m, validate_geography};

use crate::{Case, ElementKind, Finding, Header, Hints, Node, Place, Scenario};
use linepack_gas::Gas;
use std::collections::HashMap;

/// Everything wrong with a case, and everything odd about it.
pub fn validate(case: &Case) -> Vec<Finding> {
    let mut checks = Checks::new(case);
    checks.identity();
    checks.references();
    checks.settings();
    checks.gas();
    checks.pipes();
    checks.equipment();
    checks.machines();
    checks.boundaries();
    checks.pressures();
    checks.heat();
    checks.quality();
    checks.profiles();
    checks.areas();
    checks.protection();
    checks.scenario(&case.scenario);
    checks.scenario_in_service();
    if checks
        .findings
        .iter()
        .all(|f| f.code != crate::codes::UNKNOWN_NODE)
    {
        checks.topology();
        checks.velocities();
    }
    checks.findings
}

/// What is wrong with a scenario of a case that need not be the one chosen.
pub fn validate_scenario(case: &Case, scenario: &Scenario) -> Vec<Finding> {
    let mut checks = Checks::new(case);
    checks.scenario(scenario);
    checks.findings
}

/// A case with its indices, and what has been found.
struct Checks<'c> {
    case: &'c Case,
    nodes: HashMap<&'c str, usize>,
    elements: HashMap<&'c str, (ElementKind, usize, &'c Header)>,
    profiles: HashMap<&'c str, usize>,
    gas: Option<Gas>,
    hints: Hints,
    findings: Vec<Finding>,
}

impl<'c> Checks<'c> {
    fn new(case: &'c Case) -> Self {
        let mut elements = HashMap::new();
        case.network.for_each_header(|kind, index, header| {
            elements
                .entry(header.id.as_str())
                .or_insert((kind, index, header));
        });
        let nodes = case.network.nodes.iter().enumerate();
        let profiles = case.profiles.iter().enumerate();
        Self {
            case,
            nodes: nodes
                .rev()
                .map(|(i, n)| (n.header.id.as_str(), i))
                .collect(),
            elements,
            profiles: profiles.rev().map(|(i, p)| (p.id.as_str(), i)).collect(),
            gas: Gas::new(&case.gas).ok(),
            hints: Hints::default(),
            findings: Vec::new(),
        }
    }

    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn node(&self, id: &str) -> Option<&'c Node> {
        self.nodes.get(id).map(|&i| &self.case.network.nodes[i])
    }

    /// A flow in kg/s, where the gas can tell.
    fn mass_flow(&self, flow: linepack_units::FlowRate) -> Option<f64> {
        self.gas
            .as_ref()?
            .mass_flow_kg_per_s(flow)
            .ok()
            .filter(|f| f.is_finite())
    }
}

/// The place of an element.
fn element(kind: ElementKind, index: usize) -> Place {
    Place::Element { kind, index }
}

/// `pipe "P-3"`.
fn called(kind: ElementKind, header: &Header) -> String {
    format!("{} \"{}\"", kind.name(), header.id)
}

/// A pressure for people.
fn bara(pressure_pa: f64) -> String {
    format!("{} bara", rounded(pressure_pa / 1e5))
}

/// Up to four significant digits, without trailing zeros.
fn rounded(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return number.to_string();
    }
    let decimals = (3 - number.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
