use super::table::{OF_AGA8, ROWS, Row};
use crate::component::folded;
use crate::{Component, Composition, CompositionIssue};

/// An analysis in the 60 components of ISO 6976:2016, with the uncertainty of each fraction.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub(super) parts: Vec<Part>,
    /// Correlation of the fractions, row by row; the identity unless stated.
    pub(super) correlation: Vec<f64>,
}

/// One component of an analysis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) row: &'static Row,
    pub(super) fraction: f64,
    pub(super) uncertainty: f64,
}

impl Analysis {
    /// An analysis from names, mole fractions and their standard uncertainties.
    ///
    /// Names are those of AGA 8 with their aliases, and beyond them those of the standard, such as
    /// `neopentane`, `benzene`, `methanol`, `carbonyl sulfide`. The fractions count as not correlated.
    ///
    /// # Errors
    /// Everything wrong at once: unknown and repeated names, and what is no fraction.
    pub fn from_parts<'a>(
        parts: impl IntoIterator<Item = (&'a str, f64, f64)>,
    ) -> Result<Self, Vec<CompositionIssue>> {
        let (mut found, mut issues) = (Vec::<Part>::new(), Vec::new());
        for (name, fraction, uncertainty) in parts {
            let Some(row) = row_of(name) else {
                issues.push(CompositionIssue::Unknown {
                    name: name.to_owned(),
                    nearest: nearest(name),
                });
                continue;
            };
            if found.iter().any(|part| part.row == row) {
                issues.push(CompositionIssue::Repeated { name: row.name });
            }
            let (is_fraction, is_uncertainty) = (
                (0.0..=1.0).contains(&fraction),
                (0.0..=1.0).contains(&uncertainty),
            );
            if !is_fraction || !is_uncertainty {
                let fraction = if is_fraction { uncertainty } else { fraction };
                let name = row.name;
                issues.push(CompositionIssue::NotAFraction { name, fraction });
            }
            found.push(Part {
                row,
                fraction,
                uncertainty,
            });
        }
        if issues.is_empty() {
            Ok(Self::of_parts(found))
        } else {
            Err(issues)
        }
    }

    fn of_parts(parts: Vec<Part>) -> Self {
        let n = parts.len();
        let identity = (0..n * n).map(|k| f64::from(u8::from(k / n == k % n)));
        Self {
            correlation: identity.collect(),
            parts,
        }
    }

    /// A composition of AGA 8 with the standard uncertainty of each of its 21 fractions.
    pub fn of_composition(composition: &Composition, uncertainties: &[f64; 21]) -> Self {
        let parts = (0..21).filter(|&i| composition.mole_fractions[i] != 0.0);
        Self::of_parts(
            parts
                .map(|i| Part {
                    row: &ROWS[OF_AGA8[i]],
                    fraction: composition.mole_fractions[i],
                    uncertainty: uncertainties[i],
                })
                .collect(),
        )
    }

    /// The same with the correlation coefficients of the fractions, row by row in the order stated.
    ///
    /// # Errors
    /// None when the matrix is not square in the number of components or not a correlation.
    pub fn correlated(mut self, correlation: &[f64]) -> Option<Self> {
        let n = self.parts.len();
        let fits = correlation.len() == n * n
            && (0..n * n).all(|k| {
                let (i, j) = (k / n, k % n);
                let r = correlation[k];
                (-1.0..=1.0).contains(&r) && r == correlation[j * n + i] && (i != j || r == 1.0)
            });
        self.correlation = correlation.to_vec();
        fits.then_some(self)
    }
}

impl From<&Composition> for Analysis {
    fn from(composition: &Composition) -> Self {
        Self::of_composition(composition, &[0.0; 21])
    }
}

fn row_of(name: &str) -> Option<&'static Row> {
    if let Some(i) = Component::index_of(name) {
        return Some(&ROWS[OF_AGA8[i]]);
    }
    let wanted = folded(&name.replace("sulph", "sulf"));
    ROWS.iter().find(|row| folded(row.name) == wanted)
}

fn nearest(name: &str) -> Option<&'static str> {
    let likeness = |row: &Row| strsim::jaro_winkler(&name.to_lowercase(), row.name);
    ROWS.iter()
        .map(|row| (likeness(row), row.name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
