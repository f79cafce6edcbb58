//! An ensemble: how the scenarios of one network differ from each other.

use crate::{Action, Case, ElementKind, Profile, Target};
use linepack_units::FlowRate;

/// How many members there are, and in what they differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ensemble {
    /// One line for headings.
    pub title: String,
    /// Number of members.
    pub members: u64,
    /// What all draws follow from.
    pub seed: u64,
    /// Numbers that differ, in order: a later one acts on what an earlier one left.
    pub variations: Vec<Variation>,
    /// Elements that fail.
    pub outages: Vec<Outage>,
    /// Variations that go together.
    pub groups: Vec<Group>,
    /// Time series that are kept of every member.
    pub kept: Vec<Kept>,
}

/// A time series of an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Kind of the element.
    pub kind: ElementKind,
    /// The element.
    pub element: String,
    /// A column of the results.
    pub quantity: String,
    /// Its unit.
    pub unit: String,
}

/// A number, or several, that differ from member to member.
#[derive(Debug, Clone, PartialEq)]
pub struct Variation {
    /// Name, as columns of results have it.
    pub name: String,
    /// What is changed, and the name of each for columns of results.
    pub targets: Vec<(Target, String)>,
    /// Whether each target has a draw of its own; otherwise all have the same.
    pub each: bool,
    /// How the draw changes the number.
    pub way: Way,
    /// Unit of the draw for results.
    pub unit: String,
    /// What is drawn from.
    pub distribution: Distribution,
    /// Place of its group among the groups.
    pub group: Option<usize>,
}

/// How a draw changes a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// The number is multiplied by it.
    Factor,
    /// It is added to the number, in SI.
    Add,
    /// So many times this flow are added to the flow.
    AddFlow(FlowRate),
    /// It takes the number's place, in SI.
    Value,
    /// So many times this flow take the flow's place.
    Flow(FlowRate),
}

/// What is drawn from.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Distribution {
    /// Between two bounds, all equally likely.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Normal, cut off at the bounds where there are any.
    Normal {
        /// Mean, before it is cut off.
        mean: f64,
        /// Standard deviation, before it is cut off.
        deviation: f64,
        /// Lower bound; minus infinity: none.
        low: f64,
        /// Upper bound; infinity: none.
        high: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        /// Median.
        median: f64,
        /// Standard deviation of the natural logarithm.
        log_deviation: f64,
    },
    /// Rising from a bound to the mode and falling to the other, both along straight lines.
    Triangular {
        /// Lower bound.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// Some values, each with a weight.
    Discrete {
        /// Values.
        values: Vec<f64>,
        /// Weights, as many.
        weights: Vec<f64>,
    },
    /// The values of a table, one after the other: member k takes row k, and begins anew after the last.
    InTurn {
        /// Values.
        values: Vec<f64>,
    },
}

/// Variations that go together: their ranks have a common part (Gaussian copula of one factor).
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Correlation of the normal scores of any two of its draws, 0 to 1.
    pub correlation: f64,
}

/// An element that fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// Name, as columns of results have it.
    pub name: String,
    /// The element.
    pub element: String,
    /// What happens to it.
    pub begins: Action,
    /// What happens when it is over.
    pub ends: Action,
    /// How likely it is, 0 to 1.
    pub probability: f64,
    /// When it begins, s.
    pub start: Distribution,
    /// How long it lasts, s; none: to the end.
    pub duration: Option<Distribution>,
}

impl Ensemble {
    /// What is reported of each member's draws: name and unit of each column.
    pub fn columns(&self) -> Vec<(String, String)> {
        let of_variation = |v: &Variation| -> Vec<(String, String)> {
            if !v.each {
                return vec![(v.name.clone(), v.unit.clone())];
            }
            let names = v.targets.iter().map(|(_, name)| name.clone());
            names.map(|name| (name, v.unit.clone())).collect()
        };
        let of_outage = |o: &Outage| {
            let start = (format!("{}.start", o.name), "s".to_owned());
            let length = (format!("{}.duration", o.name), "s".to_owned());
            [start, length]
        };
        let variations = self.variations.iter().flat_map(of_variation);
        variations
            .chain(self.outages.iter().flat_map(of_outage))
            .collect()
    }
}

impl Ensemble {
    /// Gives each element whose flow differs and follows a profile of flows that others follow, too, a
    /// profile of its own. The case means the same as before.
    pub fn prepare(&self, case: &mut Case) {
        for (target, _) in self.variations.iter().flat_map(|v| &v.targets) {
            let Some(index) = target.flow_profile(case) else {
                continue;
            };
            let own = format!(
                "{} of {:?} {}",
                case.profiles[index].id, target.kind, target.index
            );
            let known = case.profiles.iter().any(|p| p.id == own);
            if known || users(case, &case.profiles[index].id) < 2 {
                continue;
            }
            let profile = Profile {
                id: own.clone(),
                ..case.profiles[index].clone()
            };
            case.profiles.push(profile);
            let name = match target.kind {
                ElementKind::Supply => &mut case.network.supplies[target.index].flow_profile,
                _ => &mut case.network.off_takes[target.index].flow_profile,
            };
            *name = Some(own);
        }
    }
}

/// How many flows follow a profile.
fn users(case: &Case, profile: &str) -> usize {
    let supplies = case.network.supplies.iter().map(|s| &s.flow_profile);
    let off_takes = case.network.off_takes.iter().map(|o| &o.flow_profile);
    let follows = |name: &&Option<String>| name.as_deref() == Some(profile);
    supplies.chain(off_takes).filter(follows).count()
}
