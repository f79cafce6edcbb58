//! Lines over a plane, drawn without a script.

use crate::escape;
use crate::number::fixed;
use std::fmt::Write as _;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 74.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 44.0;

/// A chart of lines and points.
pub(super) struct Chart {
    /// Name and unit of the abscissa and of the ordinate.
    pub(super) axes: [&'static str; 2],
    /// What the chart shows, in words for those who do not see it.
    pub(super) words: String,
    /// The lines, in the order of their colours.
    pub(super) lines: Vec<Line>,
    /// Points with a name.
    pub(super) points: Vec<(String, [f64; 2])>,
}

/// A line with a name at its end.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) points: Vec<[f64; 2]>,
    pub(super) dashed: bool,
}

/// The range of an axis with round ends and steps.
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    fn around(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values
            .filter(|v| v.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
                (a.min(v), b.max(v))
            });
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low - 1.0, low + 1.0)
        };
        let rough = (high - low) / 6.0;
        let power = 10f64.powf(rough.log10().floor());
        let nice = [1.0, 2.0, 2.5, 5.0, 10.0];
        let step = nice
            .iter()
            .map(|n| n * power)
            .find(|s| *s >= rough)
            .unwrap_or(rough);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|k| self.low + k as f64 * self.step)
    }

    fn decimals(&self) -> usize {
        (0..6)
            .find(|&d| {
                let scaled = self.step * 10f64.powi(d as i32);
                (scaled - scaled.round()).abs() < 1e-6
            })
            .unwrap_or(6)
    }
}

impl Chart {
    /// The drawing.
    pub(super) fn markup(&self) -> String {
        let all = || {
            let lines = self.lines.iter().flat_map(|line| &line.points);
            lines.chain(self.points.iter().map(|(_, at)| at)).copied()
        };
        let (x, y) = (
            Axis::around(all().map(|p| p[0])),
            Axis::around(all().map(|p| p[1])),
        );
        let place = |[a, b]: [f64; 2]| {
            (
                LEFT + x.share(a) * (WIDTH - LEFT - RIGHT),
                HEIGHT - BOTTOM - y.share(b) * (HEIGHT - TOP - BOTTOM),
            )
        };
        let mut svg = self.grid(&x, &y);
        let mut ends = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            svg.push_str(&polyline(line, i, &place));
            if let Some(last) = line.points.last() {
                ends.push((place(*last), i, line.name.as_str()));
            }
        }
        svg.push_str(&names(ends));
        for (name, at) in &self.points {
            let (px, py) = place(*at);
            let _ = write!(
                svg,
                "<circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"4\" fill=\"var(--panel)\" stroke=\"var(--text)\" \
                 stroke-width=\"1.5\"/><text x=\"{:.1}\" y=\"{:.1}\" fill=\"var(--text)\">{}</text>",
                px + 8.0,
                py - 6.0,
                escape::text(name)
            );
        }
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" role=\"img\" aria-label=\"{}\" \
             style=\"max-width:100%;height:auto;font-size:12px\">{svg}</svg>",
            escape::text(&self.words)
        )
    }

    /// Grid, numbers and names of the axes.
    fn grid(&self, x: &Axis, y: &Axis) -> String {
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        let mut out = String::new();
        for tick in x.ticks() {
            let at = LEFT + x.share(tick) * (right - LEFT);
            let _ = write!(
                out,
                "<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"var(--grid)\"/><text x=\"{at:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\" fill=\"var(--secondary)\">{}</text>",
                bottom + 16.0,
                fixed(tick, x.decimals())
            );
        }
        for tick in y.ticks() {
            let at = bottom - y.share(tick) * (bottom - TOP);
            let _ = write!(
                out,
                "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"var(--grid)\"/><text x=\"{:.1}\" y=\"{at:.1}\" \
                 dy=\".35em\" text-anchor=\"end\" fill=\"var(--secondary)\">{}</text>",
                LEFT - 6.0,
                fixed(tick, y.decimals())
            );
        }
        let [below, beside] = self.axes.map(escape::text);
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"var(--text)\">{below}</text>\
             <text transform=\"translate(13 {:.1}) rotate(-90)\" text-anchor=\"middle\" \
             fill=\"var(--text)\">{beside}</text>",
            (LEFT + right) / 2.0,
            HEIGHT - 6.0,
            (TOP + bottom) / 2.0
        );
        out
    }
}

fn polyline(line: &Line, colour: usize, place: &dyn Fn([f64; 2]) -> (f64, f64)) -> String {
    let mut path = String::new();
    for point in line
        .points
        .iter()
        .filter(|p| p.iter().all(|v| v.is_finite()))
    {
        let (x, y) = place(*point);
        let _ = write!(path, "{x:.1},{y:.1} ");
    }
    let dash = if line.dashed {
        " stroke-dasharray=\"5 4\""
    } else {
        ""
    };
    format!(
        "<polyline fill=\"none\" stroke=\"var(--line{})\" stroke-width=\"1.75\"{dash} points=\"{}\"/>",
        colour % 6,
        path.trim_end()
    )
}

/// Names at the ends of the lines, moved apart where they would touch.
fn names(mut ends: Vec<((f64, f64), usize, &str)>) -> String {
    const APART: f64 = 13.0;
    ends.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    let mut out = String::new();
    let mut lowest = f64::NEG_INFINITY;
    for ((x, y), colour, name) in ends {
        let y = y.max(lowest + APART);
        lowest = y;
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{y:.1}\" dy=\".35em\" fill=\"var(--line{})\">{}</text>",
            x + 5.0,
            colour % 6,
            escape::text(name)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_numbers_around_their_values() {
        let axis = Axis::around([-31.0, 87.0].into_iter());
        assert_eq!((axis.low, axis.high, axis.step), (-40.0, 100.0, 20.0));
        assert_eq!(axis.ticks().count(), 8);
        assert_eq!(Axis::around([0.7, 1.04].into_iter()).decimals(), 1);
        let flat = Axis::around([3.0].into_iter());
        assert!(flat.low < 3.0 && flat.high > 3.0);
    }

    #[test]
    fn names_are_escaped_and_kept_apart() {
        let line = |name: &str, y: f64| Line {
            name: name.into(),
            points: vec![[0.0, 1.0], [1.0, y]],
            dashed: false,
        };
        let chart = Chart {
            axes: ["x", "y"],
            words: "a & b".into(),
            lines: vec![line("<a>", 2.0), line("b", 2.0)],
            points: vec![("here".into(), [0.5, 1.5])],
        };
        let svg = chart.markup();
        assert!(svg.contains("&lt;a&gt;") && !svg.contains("<a>") && svg.contains("a &amp; b"));
        assert_eq!(svg.matches("<polyline").count(), 2);
        let heights: Vec<&str> = svg.split(" dy=\".35em\" fill=\"var(--line").collect();
        assert_eq!(heights.len(), 3);
    }
}
