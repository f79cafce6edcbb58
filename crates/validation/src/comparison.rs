//! A comparison: foreign values beside linepack's.

use crate::number::{ROUND_OFF, brief, rounded};

/// One value of both.
#[derive(Debug, Clone)]
pub struct Point {
    /// Where: a node, a pipe.
    pub label: String,
    /// What the other says.
    pub foreign: f64,
    /// What linepack says.
    pub own: f64,
    /// How far they are apart, as the comparison measures it.
    pub deviation: f64,
}

impl Point {
    /// A point of relative deviation.
    pub fn relative(label: impl Into<String>, foreign: f64, own: f64) -> Self {
        Self {
            label: label.into(),
            foreign,
            own,
            deviation: own / foreign - 1.0,
        }
    }

    /// A point of absolute deviation.
    pub fn absolute(label: impl Into<String>, foreign: f64, own: f64) -> Self {
        Self {
            label: label.into(),
            foreign,
            own,
            deviation: own - foreign,
        }
    }
}

/// One quantity of one case.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The case: "8 nodes, ideal gas".
    pub case: String,
    /// What is compared, with the measure: "pressure, relative".
    pub quantity: String,
    /// Largest deviation allowed.
    pub tolerance: f64,
    /// The values.
    pub points: Vec<Point>,
}

impl Comparison {
    /// The point that is furthest apart; the first of those that look equal when they are printed.
    pub fn worst(&self) -> Option<&Point> {
        let size = |p: &Point| rounded(p.deviation.abs());
        let further = |a: &Point, b: &Point| size(b).total_cmp(&size(a)).is_gt();
        let points = self.points.iter();
        points.reduce(|a, b| if further(a, b) { b } else { a })
    }

    /// The largest deviation, without sign; not a number where there are no points.
    pub fn deviation(&self) -> f64 {
        let sizes = self.points.iter().map(|p| p.deviation.abs());
        sizes.max_by(f64::total_cmp).unwrap_or(f64::NAN)
    }

    /// Root mean square of the deviations.
    pub fn rms(&self) -> f64 {
        let squares: f64 = self.points.iter().map(|p| p.deviation.powi(2)).sum();
        (squares / self.points.len() as f64).sqrt()
    }

    /// Whether all points are within the tolerance.
    pub fn holds(&self) -> bool {
        self.deviation() <= self.tolerance
    }

    /// The verdict in a table.
    pub fn verdict(&self) -> &'static str {
        if self.holds() { "within" } else { "**beyond**" }
    }

    /// The worst deviation and where it is.
    pub fn worst_in_words(&self) -> String {
        match self.worst() {
            Some(p) if p.deviation.abs() < ROUND_OFF => brief(p.deviation),
            Some(p) => format!("{} at {}", brief(p.deviation.abs()), p.label),
            None => "no points".to_owned(),
        }
    }
}

/// A group of comparisons with one source: a section of the page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Name of its picture, without extension.
    pub name: &'static str,
    /// Whose results, with reference.
    pub source: String,
    /// Paragraphs: what is compared, with which physics, and where the tolerances come from.
    pub words: Vec<String>,
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// Further tables, in Markdown.
    pub tables: Vec<String>,
    /// The picture, as SVG.
    pub picture: String,
    /// What the picture shows.
    pub caption: String,
}
