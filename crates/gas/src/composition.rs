use crate::component::{COMPONENTS, Component};

/// The molar composition of a gas, in the order of AGA Report No. 8.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Mole fractions, 21 of them, in the order of AGA 8: methane, nitrogen, carbon dioxide,
    /// ethane, propane, isobutane, n-butane, isopentane, n-pentane, n-hexane, n-heptane,
    /// n-octane, n-nonane, n-decane, hydrogen, oxygen, carbon monoxide, water, hydrogen sulfide,
    /// helium, argon.
    pub mole_fractions: [f64; 21],
}

/// How far the sum of the fractions may be from one before a gas is refused.
///
/// Analyses are printed with four to six decimals; within this bound the fractions are used as
/// they stand, and [`Composition::issues`] says by how much they miss.
pub const SUM_TOLERANCE: f64 = 1e-4;

/// A sum closer to one than this is one, up to the rounding of the arithmetic.
const SUM_ROUNDING: f64 = 1e-9;

/// What is wrong with a composition.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CompositionIssue {
    /// A name that is no component of AGA 8.
    #[error("`{name}` is not one of the 21 components of AGA 8{}", suggestion(.nearest))]
    Unknown {
        /// The name as written.
        name: String,
        /// A component whose name is close.
        nearest: Option<&'static str>,
    },
    /// A component stated twice, perhaps under two names.
    #[error("{name} is stated more than once")]
    Repeated {
        /// The component.
        name: &'static str,
    },
    /// A fraction that is negative or not a number.
    #[error("the fraction of {name} is {fraction}; it must be a number from 0 to 1")]
    NotAFraction {
        /// The component.
        name: &'static str,
        /// Its fraction.
        fraction: f64,
    },
    /// The fractions do not sum to one.
    #[error("the mole fractions sum to {sum:.6}, not to 1")]
    Sum {
        /// Their sum.
        sum: f64,
    },
}

fn suggestion(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl CompositionIssue {
    /// Whether a gas with this issue is refused; otherwise it deserves a warning.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::Sum { sum } if (sum - 1.0).abs() <= SUM_TOLERANCE)
    }
}

impl Composition {
    /// The composition that lists of names and mole fractions state, or everything wrong with it.
    ///
    /// A sum that misses one is no error here; see [`Composition::issues`] and
    /// [`Composition::normalised`].
    pub fn from_fractions<'a>(
        fractions: impl IntoIterator<Item = (&'a str, f64)>,
    ) -> Result<Self, Vec<CompositionIssue>> {
        let mut mole_fractions = [0.0; 21];
        let mut seen = [false; 21];
        let mut issues = Vec::new();
        for (name, fraction) in fractions {
            match Component::index_of(name) {
                None => issues.push(unknown(name)),
                Some(i) if seen[i] => {
                    issues.push(CompositionIssue::Repeated {
                        name: COMPONENTS[i].name,
                    });
                }
                Some(i) => {
                    seen[i] = true;
                    mole_fractions[i] = fraction;
                }
            }
        }
        let composition = Self { mole_fractions };
        issues.extend(composition.not_fractions());
        if issues.is_empty() {
            Ok(composition)
        } else {
            Err(issues)
        }
    }

    /// Everything wrong with the composition.
    pub fn issues(&self) -> Vec<CompositionIssue> {
        let mut issues: Vec<_> = self.not_fractions().collect();
        let sum = self.sum();
        if (sum - 1.0).abs() > SUM_ROUNDING || sum.is_nan() {
            issues.push(CompositionIssue::Sum { sum });
        }
        issues
    }

    fn not_fractions(&self) -> impl Iterator<Item = CompositionIssue> {
        let parts = COMPONENTS.iter().zip(self.mole_fractions);
        parts
            .filter(|(_, x)| !(0.0..=1.0 + SUM_TOLERANCE).contains(x))
            .map(|(c, fraction)| CompositionIssue::NotAFraction {
                name: c.name,
                fraction,
            })
    }

    /// The sum of the mole fractions.
    pub fn sum(&self) -> f64 {
        self.mole_fractions.iter().sum()
    }

    /// The same composition scaled so that it sums to one; only for a caller who says so.
    pub fn normalised(&self) -> Result<Self, CompositionIssue> {
        if let Some(issue) = self.not_fractions().next() {
            return Err(issue);
        }
        let sum = self.sum();
        if !(sum > 0.0 && sum.is_finite()) {
            return Err(CompositionIssue::Sum { sum });
        }
        Ok(Self {
            mole_fractions: self.mole_fractions.map(|x| x / sum),
        })
    }

    /// The mole fraction of a component, by name or alias; 0 when it is absent.
    pub fn fraction(&self, name: &str) -> Option<f64> {
        Component::index_of(name).map(|i| self.mole_fractions[i])
    }

    /// Names and mole fractions of the components present.
    pub fn present(&self) -> impl Iterator<Item = (&'static str, f64)> {
        COMPONENTS
            .iter()
            .zip(self.mole_fractions)
            .filter(|(_, x)| *x != 0.0)
            .map(|(c, x)| (c.name, x))
    }
}

fn unknown(name: &str) -> CompositionIssue {
    let nearest = COMPONENTS
        .iter()
        .map(|c| (strsim::jaro_winkler(&name.to_lowercase(), c.name), c.name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name);
    CompositionIssue::Unknown {
        name: name.to_owned(),
        nearest,
    }
}
