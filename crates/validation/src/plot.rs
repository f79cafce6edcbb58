//! Plots as SVG, in a light theme.

use std::fmt::Write;

/// Width and height of a picture, and of the frame around the values: left, top, right, bottom.
const SIZE: [f64; 2] = [640.0, 420.0];
const FRAME: [f64; 4] = [76.0, 40.0, 620.0, 360.0];
/// Colours of series that can be told apart by most eyes (Okabe and Ito 2008).
const COLOURS: [&str; 6] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9",
];

/// Points of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    /// What they are.
    pub(crate) name: String,
    /// Where they are.
    pub(crate) points: Vec<[f64; 2]>,
}

/// A plot of points.
#[derive(Debug, Clone)]
pub(crate) struct Scatter<'a> {
    /// Heading.
    pub(crate) title: &'a str,
    /// What the horizontal axis shows, with its unit.
    pub(crate) x: &'a str,
    /// What the vertical axis shows, with its unit.
    pub(crate) y: &'a str,
    /// Whether the line of equal values is drawn.
    pub(crate) diagonal: bool,
    /// The points.
    pub(crate) series: Vec<Series>,
}

impl Scatter<'_> {
    /// The picture.
    #[must_use]
    pub(crate) fn svg(&self) -> String {
        let all = || self.series.iter().flat_map(|s| &s.points);
        let (mut x, mut y) = (Axis::of(all().map(|p| p[0])), Axis::of(all().map(|p| p[1])));
        if self.diagonal {
            x = Axis::of(all().flatten().copied());
            y = x;
        }
        let mut svg = begin(self.title, SIZE[1]);
        frame(&mut svg, &x, &y);
        labels(&mut svg, self.x, self.y);
        if self.diagonal {
            line(
                &mut svg,
                [FRAME[0], FRAME[3]],
                [FRAME[2], FRAME[1]],
                "#999999",
            );
        }
        let legend = self.legend(&x, &y);
        for (i, series) in self.series.iter().enumerate() {
            let colour = COLOURS[i % COLOURS.len()];
            let at = |p: &[f64; 2]| [x.place(p[0], 0), y.place(p[1], 1)];
            for point in &series.points {
                circle(&mut svg, at(point), colour);
            }
            let place = [legend, FRAME[1] + 16.0 + 17.0 * i as f64];
            circle(&mut svg, [place[0], place[1] - 4.0], colour);
            text(&mut svg, [place[0] + 10.0, place[1]], "start", &series.name);
        }
        svg + "</svg>\n"
    }
}

impl Scatter<'_> {
    /// Where names begin: at the left, or in the middle where points are in their way.
    fn legend(&self, x: &Axis, y: &Axis) -> f64 {
        let bottom = FRAME[1] + 17.0 * (self.series.len() as f64 + 1.0);
        let right = FRAME[0] + 220.0;
        let hidden = |p: &[f64; 2]| x.place(p[0], 0) < right && y.place(p[1], 1) < bottom;
        let points = self.series.iter().flat_map(|s| &s.points);
        match points.filter(|p| hidden(p)).count() {
            0 | 1 => FRAME[0] + 14.0,
            _ => 0.5 * (FRAME[0] + FRAME[2]),
        }
    }
}

/// One line of a plot of deviations: what, the deviation, what is allowed.
pub(crate) type Deviation = (String, f64, f64);

/// Deviations and what is allowed, one line each, over a logarithmic axis.
#[must_use]
pub(crate) fn deviations(title: &str, x: &str, rows: &[Deviation]) -> String {
    const LEFT: f64 = 220.0;
    const STEP: f64 = 20.0;
    let bottom = FRAME[1] + 10.0 + STEP * rows.len() as f64;
    let values = rows.iter().flat_map(|r| [r.1, r.2]).filter(|v| *v > 0.0);
    let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let (low, high) = (low.log10().floor(), high.log10().ceil());
    let place = |v: f64| LEFT + (v.log10().max(low) - low) / (high - low) * (FRAME[2] - LEFT);
    let mut svg = begin(title, bottom + 56.0);
    for power in low as i32..=high as i32 {
        let at = place(10f64.powi(power));
        line(&mut svg, [at, FRAME[1]], [at, bottom], "#dddddd");
        text(
            &mut svg,
            [at, bottom + 18.0],
            "middle",
            &format!("1e{power}"),
        );
    }
    for (i, (label, value, limit)) in rows.iter().enumerate() {
        let y = FRAME[1] + 15.0 + STEP * i as f64;
        text(&mut svg, [LEFT - 10.0, y + 4.0], "end", label);
        circle(&mut svg, [place(*value), y], COLOURS[0]);
        let at = place(*limit);
        line(&mut svg, [at, y - 7.0], [at, y + 7.0], COLOURS[1]);
    }
    text(
        &mut svg,
        [0.5 * (LEFT + FRAME[2]), bottom + 42.0],
        "middle",
        x,
    );
    svg + "</svg>\n"
}

/// A linear axis with round marks.
#[derive(Debug, Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
            (a.min(v), b.max(v))
        });
        let span = if high > low { high - low } else { 1.0 };
        let power = 10f64.powf((span / 5.0).log10().floor());
        let fits = |k: &f64| span / (k * power) <= 6.0;
        let step = power * [1.0, 2.0, 5.0].into_iter().find(fits).unwrap_or(10.0);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// Where a value is along a side: 0 horizontal, 1 vertical.
    fn place(&self, value: f64, side: usize) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        match side {
            0 => FRAME[0] + share * (FRAME[2] - FRAME[0]),
            _ => FRAME[3] - share * (FRAME[3] - FRAME[1]),
        }
    }

    fn marks(&self) -> Vec<(f64, String)> {
        let digits = (-self.step.log10().floor()).max(0.0) as usize;
        let count = ((self.high - self.low) / self.step).round() as usize;
        let at = |i| self.low + self.step * i as f64;
        (0..=count)
            .map(|i| (at(i), format!("{:.digits$}", at(i) + 0.0)))
            .collect()
    }
}

fn begin(title: &str, height: f64) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {height}\" width=\"{0}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#222222\">\n\
         <rect width=\"{0}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        SIZE[0]
    );
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"24\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"bold\">{}</text>",
        SIZE[0] / 2.0,
        escaped(title)
    );
    svg
}

fn frame(svg: &mut String, x: &Axis, y: &Axis) {
    for (value, mark) in x.marks() {
        let at = x.place(value, 0);
        line(svg, [at, FRAME[1]], [at, FRAME[3]], "#dddddd");
        text(svg, [at, FRAME[3] + 18.0], "middle", &mark);
    }
    for (value, mark) in y.marks() {
        let at = y.place(value, 1);
        line(svg, [FRAME[0], at], [FRAME[2], at], "#dddddd");
        text(svg, [FRAME[0] - 8.0, at + 4.0], "end", &mark);
    }
}

fn labels(svg: &mut String, x: &str, y: &str) {
    let middle = [0.5 * (FRAME[0] + FRAME[2]), 0.5 * (FRAME[1] + FRAME[3])];
    text(svg, [middle[0], FRAME[3] + 42.0], "middle", x);
    let _ = writeln!(
        svg,
        "<text transform=\"translate(18 {}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        middle[1],
        escaped(y)
    );
}

fn line(svg: &mut String, from: [f64; 2], to: [f64; 2], colour: &str) {
    let _ = writeln!(
        svg,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\"/>",
        from[0], from[1], to[0], to[1]
    );
}

fn circle(svg: &mut String, at: [f64; 2], colour: &str) {
    let _ = writeln!(
        svg,
        "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{colour}\" fill-opacity=\"0.75\"/>",
        at[0], at[1]
    );
}

fn text(svg: &mut String, at: [f64; 2], anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
        at[0],
        at[1],
        escaped(words)
    );
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
