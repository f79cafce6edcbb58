//! The map of a turbo compressor with the point at which it runs.

use crate::escape;
use crate::number::fixed;
use crate::view::View;
use linepack_network::Compressor;
use linepack_results::StationUnit;
use linepack_stations::{MapLines, Point};
use std::fmt::Write as _;

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 50.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 40.0;

/// The maps of all units that have one, side by side; nothing where there is none.
pub(super) fn maps(view: &View<'_>) -> String {
    let units = view.solution.station_units.iter();
    let drawings: String = units.filter_map(|unit| figure(view, unit)).collect();
    if drawings.is_empty() {
        return drawings;
    }
    let key = "Head over volume flow at suction. Full lines are of one speed (1/min), dashed ones of one \
               efficiency; the map ends at the surge line on its left and at the choke line on its right. \
               A hollow point is what the station asks for: to its right recycled gas is added, above it head \
               is throttled away.";
    format!("<div class=\"maps\">{drawings}</div><p class=\"note\">{key}</p>")
}

fn figure(view: &View<'_>, unit: &StationUnit) -> Option<String> {
    let lines = MapLines::new(compressor(view, unit)?)?;
    let axes = Axes::around(&lines, unit);
    let name = escape::text(&unit.compressor);
    let station = view.name_markup(&unit.station);
    let mut svg = axes.markup();
    svg.push_str(&map(&lines, &axes));
    svg.push_str(&working_point(unit, &axes));
    let words = format!("Map of compressor {name} of {station} with its operating point");
    Some(format!(
        "<figure><figcaption><strong>{name}</strong> of {station}</figcaption>\
         <svg class=\"compressor\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{words}\">{svg}</svg></figure>"
    ))
}

fn compressor<'a>(view: &View<'a>, unit: &StationUnit) -> Option<&'a Compressor> {
    let mut stations = view.case.network.compressor_stations.iter();
    let station = stations.find(|s| s.header.id == unit.station)?;
    let machines = station.machines.as_deref()?;
    let mut compressors = machines.compressors.iter();
    compressors.find(|c| c.id == unit.compressor)
}

fn map(lines: &MapLines, axes: &Axes) -> String {
    let mut out = String::new();
    for (efficiency, line) in &lines.efficiencies {
        out.push_str(&axes.line("efficiency", line));
        if let Some(at) = line.last() {
            let label = format!("{} %", fixed(efficiency * 100.0, decimals(lines)));
            out.push_str(&axes.label("efficiency", *at, &label));
        }
    }
    for (speed, line) in &lines.speeds {
        out.push_str(&axes.line("speed", line));
        if let Some(at) = line.last() {
            out.push_str(&axes.label("speed", *at, &fixed(*speed, 0)));
        }
    }
    out.push_str(&axes.line("border", &lines.surge));
    out.push_str(&axes.line("border", &lines.choke));
    out
}

/// Decimals of the efficiencies, in percent.
fn decimals(lines: &MapLines) -> usize {
    let whole = |e: f64| (e * 100.0 - (e * 100.0).round()).abs() < 1e-6;
    usize::from(!lines.efficiencies.iter().all(|(e, _)| whole(*e)))
}

/// The point at which the unit runs, and the one that is asked of it.
fn working_point(unit: &StationUnit, axes: &Axes) -> String {
    let runs = [unit.volume_flow_m3_per_s, unit.head_j_per_kg];
    let asked = [
        unit.volume_flow_m3_per_s - unit.recycle_m3_per_s,
        unit.head_j_per_kg - unit.throttled_j_per_kg,
    ];
    if !runs.iter().chain(&asked).all(|x| x.is_finite()) {
        return String::new();
    }
    let class = if unit.feasible { "runs" } else { "runs bad" };
    let mut out = String::new();
    if unit.recycle_m3_per_s > 0.0 || unit.throttled_j_per_kg > 0.0 {
        out.push_str(&axes.line("apart", &[asked, runs]));
        out.push_str(&axes.point("asked", asked));
    }
    out.push_str(&axes.point(class, runs));
    out
}

/// Where flow and head stand in the drawing.
struct Axes {
    flow_max: f64,
    head_max: f64,
}

impl Axes {
    fn around(lines: &MapLines, unit: &StationUnit) -> Self {
        let points = lines.speeds.iter().flat_map(|(_, line)| line);
        let largest = |i: usize, own: f64| {
            let values = points.clone().map(|p| p[i]);
            let own = Some(own).filter(|v| v.is_finite());
            1.05 * values.chain(own).fold(0.0, f64::max)
        };
        Self {
            flow_max: largest(0, unit.volume_flow_m3_per_s),
            head_max: largest(1, unit.head_j_per_kg),
        }
    }

    fn place(&self, [flow, head]: Point) -> (f64, f64) {
        let x = LEFT + flow / self.flow_max * (WIDTH - LEFT - RIGHT);
        let y = HEIGHT - BOTTOM - head / self.head_max * (HEIGHT - TOP - BOTTOM);
        (x, y)
    }

    fn line(&self, class: &str, points: &[Point]) -> String {
        let mut path = String::new();
        for point in points {
            let (x, y) = self.place(*point);
            let _ = write!(path, "{x:.1},{y:.1} ");
        }
        format!(
            "<polyline class=\"{class}\" points=\"{}\"/>",
            path.trim_end()
        )
    }

    fn point(&self, class: &str, at: Point) -> String {
        let (x, y) = self.place(at);
        format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>")
    }

    fn label(&self, class: &str, at: Point, text: &str) -> String {
        let (x, y) = self.place(at);
        let x = x + 4.0;
        format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" dy=\".35em\">{text}</text>")
    }

    /// Grid, numbers and names of the axes.
    fn markup(&self) -> String {
        let mut out = String::new();
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        let (flows, flow_decimals) = ticks(self.flow_max);
        for flow in flows {
            let (x, _) = self.place([flow, 0.0]);
            let text = fixed(flow, flow_decimals);
            let _ = write!(
                out,
                "<path class=\"grid\" d=\"M{x:.1},{TOP}V{bottom}\"/><text class=\"flow\" x=\"{x:.1}\" y=\"{}\">{text}</text>",
                bottom + 15.0
            );
        }
        let (heads, head_decimals) = ticks(self.head_max / 1e3);
        for head in heads {
            let (_, y) = self.place([0.0, head * 1e3]);
            let text = fixed(head, head_decimals);
            let _ = write!(
                out,
                "<path class=\"grid\" d=\"M{LEFT},{y:.1}H{right}\"/><text class=\"head\" x=\"{}\" y=\"{y:.1}\" dy=\".35em\">{text}</text>",
                LEFT - 6.0
            );
        }
        let _ = write!(
            out,
            "<text class=\"axis flow\" x=\"{:.1}\" y=\"{}\">Volume flow at suction, m³/s</text>\
             <text class=\"axis flow\" transform=\"translate(12 {:.1}) rotate(-90)\">Head, kJ/kg</text>",
            (LEFT + right) / 2.0,
            HEIGHT - 6.0,
            (TOP + bottom) / 2.0
        );
        out
    }
}

/// Round numbers from zero to a largest one, and their decimals.
fn ticks(largest: f64) -> (Vec<f64>, usize) {
    if !(largest > 0.0 && largest.is_finite()) {
        return (vec![0.0], 0);
    }
    let decade = 10_f64.powf(largest.log10().floor());
    let step = [0.1, 0.2, 0.5, 1.0]
        .map(|k| k * decade)
        .into_iter()
        .find(|step| largest / step <= 6.0)
        .unwrap_or(2.0 * decade);
    let count = (largest / step).floor() as usize;
    let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
    ((0..=count).map(|i| i as f64 * step).collect(), decimals)
}
