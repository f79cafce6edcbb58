//! From the name of a unit to the line that turns its numbers into SI.

use crate::table::{UNITS, Unit};
use crate::{Context, Dimension, UnitError};
use std::borrow::Cow;

/// A unit made definite: `si = number · numerator / denominator + zero`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    numerator: f64,
    denominator: f64,
    zero: f64,
}

impl Scale {
    /// The unit of that name for a dimension.
    pub fn new(unit: &str, dimension: Dimension, context: &Context) -> Result<Self, UnitError> {
        let name = normalised(unit);
        match find(&name, dimension, context) {
            Some(scale) => Ok(scale),
            None => Err(explain(unit.trim(), &name, dimension, context)),
        }
    }

    /// The unit of that name for a dimension, if there is one.
    pub(crate) fn find(unit: &str, dimension: Dimension, context: &Context) -> Option<Self> {
        find(&normalised(unit), dimension, context)
    }

    /// A number in this unit, in SI.
    pub fn to_si(&self, number: f64) -> f64 {
        number * self.numerator / self.denominator + self.zero
    }

    /// An SI value as a number in this unit.
    pub fn from_si(&self, si: f64) -> f64 {
        (si - self.zero) * self.denominator / self.numerator
    }

    /// SI units per unit.
    pub(crate) fn factor(&self) -> f64 {
        self.numerator / self.denominator
    }

    fn of(unit: &Unit) -> Self {
        Self {
            numerator: unit.numerator,
            denominator: unit.denominator,
            zero: unit.zero,
        }
    }

    fn over(self, other: Self) -> Self {
        Self {
            numerator: self.numerator * other.denominator,
            denominator: self.denominator * other.numerator,
            zero: 0.0,
        }
    }
}

/// The spelling with the letters that have several forms made one: `m³`, `µm`, `Pa·s`, `bar(g)`.
fn normalised(unit: &str) -> Cow<'_, str> {
    let unit = unit.trim();
    if unit.is_ascii() && !unit.ends_with(')') && !unit.ends_with([' ', 'a', 'g']) {
        return Cow::Borrowed(unit);
    }
    let plain: String = unit
        .chars()
        .map(|c| match c {
            '²' => '2',
            '³' => '3',
            'µ' | 'μ' => 'u',
            '·' | '⋅' => '.',
            other => other,
        })
        .collect();
    for (written, sign) in [("(a)", 'a'), ("(g)", 'g'), (" a", 'a'), (" g", 'g')] {
        if let Some(stem) = plain.strip_suffix(written) {
            return Cow::Owned(format!("{}{sign}", stem.trim_end()));
        }
    }
    Cow::Owned(plain)
}

fn find(name: &str, dimension: Dimension, context: &Context) -> Option<Scale> {
    listed(name, dimension)
        .map(Scale::of)
        .or_else(|| gauge_or_absolute(name, dimension, context))
        .or_else(|| quotient(name, dimension))
}

fn listed(name: &str, dimension: Dimension) -> Option<&'static Unit> {
    let spelled = |unit: &&Unit| unit.symbol == name || unit.aliases.contains(&name);
    UNITS
        .iter()
        .filter(|unit| unit.dimension == dimension)
        .find(spelled)
}

/// A unit of pressure difference with `a` or `g` behind it.
fn gauge_or_absolute(name: &str, dimension: Dimension, context: &Context) -> Option<Scale> {
    if dimension != Dimension::Pressure {
        return None;
    }
    let (stem, zero) = match (name.strip_suffix('a'), name.strip_suffix('g')) {
        (Some(stem), _) => (stem, 0.0),
        (None, Some(stem)) => (stem, context.atmospheric_pressure_pa),
        (None, None) => return None,
    };
    listed(stem, Dimension::PressureDifference).map(|unit| Scale {
        zero,
        ..Scale::of(unit)
    })
}

/// A quotient such as `t/h`, where the dimension is one.
fn quotient(name: &str, dimension: Dimension) -> Option<Scale> {
    let (above, below) = dimension.quotient()?;
    let (numerator, denominator) = name.rsplit_once('/')?;
    let above = listed(numerator.trim(), above)?;
    let below = listed(denominator.trim(), below)?;
    Some(Scale::of(above).over(Scale::of(below)))
}

/// Why a unit was not found.
fn explain(unit: &str, name: &str, dimension: Dimension, context: &Context) -> UnitError {
    let unit = unit.to_owned();
    if dimension == Dimension::Pressure && listed(name, Dimension::PressureDifference).is_some() {
        return UnitError::GaugeOrAbsolute { unit };
    }
    if dimension == Dimension::PressureDifference
        && gauge_or_absolute(name, Dimension::Pressure, context).is_some()
    {
        return UnitError::NotADifference {
            unit,
            plain: name[..name.len() - 1].to_owned(),
        };
    }
    let other = Dimension::ALL
        .into_iter()
        .find(|other| find(name, *other, context).is_some());
    let other = other
        .map(Dimension::name)
        .or_else(|| crate::flow_unit::names(name));
    let (expected, examples) = (dimension.name(), dimension.examples());
    match other {
        Some(found) => UnitError::WrongDimension {
            unit,
            found,
            expected,
            examples,
        },
        None => {
            let nearest = nearest(name, spellings(dimension));
            UnitError::Unknown {
                unit,
                expected,
                nearest,
                examples,
            }
        }
    }
}

/// Every spelling that is worth suggesting for a dimension.
fn spellings(dimension: Dimension) -> Vec<String> {
    let symbols = |dimension| {
        UNITS
            .iter()
            .filter(move |u| u.dimension == dimension)
            .map(|u| u.symbol.to_owned())
    };
    let mut all: Vec<String> = symbols(dimension).collect();
    if dimension == Dimension::Pressure {
        let plain = symbols(Dimension::PressureDifference);
        all.extend(plain.flat_map(|symbol| [format!("{symbol}g"), format!("{symbol}a")]));
    }
    if let Some((above, below)) = dimension.quotient() {
        let over = |a: String| symbols(below).map(move |b| format!("{a}/{b}"));
        all.extend(symbols(above).flat_map(over));
    }
    all
}

/// A text longer than this is no misspelt unit, and comparing it would take long.
const LONGEST_SPELLING: usize = 32;

/// The most letters that a misspelling gets wrong.
const FARTHEST: usize = 2;

/// The candidate that was probably meant: the same letters in another case, else at most two
/// letters apart and at most half of them wrong.
pub(crate) fn nearest(
    written: &str,
    candidates: impl IntoIterator<Item = String>,
) -> Option<String> {
    if written.len() > LONGEST_SPELLING {
        return None;
    }
    let distance = |candidate: &str| {
        if candidate.eq_ignore_ascii_case(written) {
            0
        } else {
            1 + strsim::osa_distance(candidate, written)
        }
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= FARTHEST)
        .map(|candidate| (distance(&candidate), candidate))
        .filter(|(d, candidate)| {
            *d <= 1 + FARTHEST && (*d == 0 || 2 * (*d - 1) <= candidate.chars().count())
        })
        .min_by_key(|(d, _)| *d)
        .map(|(_, candidate)| candidate)
}
