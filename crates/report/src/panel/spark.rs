//! Small lines of the last hours, beside a number.

use std::fmt::Write as _;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 26.0;

/// A small line of values; nothing where there are fewer than two.
pub(super) fn line(values: &[f64]) -> String {
    let finite = || values.iter().copied().filter(|v| v.is_finite());
    let (low, high) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    if finite().count() < 2 {
        return String::new();
    }
    let span = (high - low).max(high.abs() * 1e-3).max(1e-12);
    let step = WIDTH / (values.len() - 1) as f64;
    let mut path = String::new();
    for (i, v) in values.iter().enumerate().filter(|(_, v)| v.is_finite()) {
        let y = HEIGHT - 3.0 - (v - low) / span * (HEIGHT - 6.0);
        let _ = write!(path, "{:.1},{y:.1} ", i as f64 * step);
    }
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <polyline points=\"{}\"/></svg>",
        path.trim_end()
    )
}
