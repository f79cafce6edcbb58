//! Lines of pipes and of elements between places, with an arrow and a flow.

use super::geometry::{Geometry, Point};
use super::labels::{Rect, Sheet, Spot};
use super::place::Places;
use super::symbols;
use crate::escape;
use crate::units::Quantity;
use crate::view::View;
use linepack_network::LeakPlace;
use std::fmt::Write as _;

/// A line shorter than this, px, gets no arrow.
const ARROW_FROM_PX: f64 = 34.0;
/// Flows that are written beside lines, at most.
const FLOWS_MAX: usize = 60;

struct Line<'a> {
    id: &'a str,
    kind: &'static str,
    in_service: bool,
    points: Vec<Point>,
    length_px: f64,
    flow: f64,
}

/// All lines of the drawing.
pub(super) struct Lines<'a> {
    list: Vec<Line<'a>>,
    leaks: Vec<(&'a str, Point)>,
    titles: Vec<String>,
}

impl<'a> Lines<'a> {
    /// Gathers the lines and reserves their room.
    pub(super) fn new(
        view: &View<'a>,
        geometry: &Geometry<'a>,
        places: &Places<'a>,
        sheet: &mut Sheet,
    ) -> Self {
        let routes = view.case.network.pipes.iter().map(|p| p.route.as_slice());
        let routes: Vec<&[[f64; 2]]> = routes.collect(); // pipes are the first links
        let mut list = Vec::new();
        for (i, link) in geometry
            .links
            .iter()
            .enumerate()
            .filter(|(i, _)| !places.inside[*i])
        {
            let route = routes.get(i).copied().unwrap_or_default();
            let Some(points) = geometry.line(link, route) else {
                continue;
            };
            sheet.line(&points);
            let id = link.header.id.as_str();
            let flow = view
                .solution
                .edges
                .value("mass_flow_kg_per_s", view.last(), id);
            list.push(Line {
                id,
                kind: link.kind,
                in_service: link.header.in_service,
                length_px: length(&points),
                points,
                flow: flow.unwrap_or(f64::NAN),
            });
        }
        let titles = list.iter().map(|l| title(view, l)).collect();
        let leaks = leaks(view, &list);
        Self {
            list,
            leaks,
            titles,
        }
    }

    /// The lines and their arrows.
    pub(super) fn markup(&self) -> String {
        let mut out = String::new();
        for (line, title) in self.list.iter().zip(&self.titles) {
            let class = if line.in_service { "edge" } else { "edge off" };
            let id = escape::text(line.id);
            let _ = write!(
                out,
                "<g class=\"{class}\" data-edge=\"{id}\"><title>{title}</title>"
            );
            let points = line
                .points
                .iter()
                .map(|p| format!("{:.1},{:.1} ", p.0, p.1));
            let _ = write!(
                out,
                "<polyline class=\"line\" points=\"{}\"/>",
                points.collect::<String>().trim_end()
            );
            let (at, degrees) = along(&line.points, 0.5);
            if line.kind != "pipe" {
                out.push_str(&symbols::device(line.kind, at));
            } else if line.in_service && line.length_px > ARROW_FROM_PX {
                out.push_str(&symbols::arrow(at, degrees));
            }
            out.push_str("</g>");
        }
        out
    }

    /// Leaks in the pipes, and their labels.
    pub(super) fn leaks(&self, view: &View<'_>, sheet: &mut Sheet) -> String {
        for (_, at) in &self.leaks {
            sheet.take(Rect::about(*at, 14.0, 14.0));
        }
        self.leaks
            .iter()
            .map(|(id, at)| leak(view, id, *at, sheet))
            .collect()
    }

    /// Flows beside the lines, the largest first, as far as there is room.
    pub(super) fn labels(&self, view: &View<'_>, sheet: &mut Sheet) -> String {
        let mut order: Vec<&Line<'_>> = self
            .list
            .iter()
            .filter(|l| l.in_service && l.kind == "pipe")
            .collect();
        order.sort_by(|a, b| b.flow.abs().total_cmp(&a.flow.abs()));
        let mut out = String::new();
        for line in order
            .into_iter()
            .filter(|l| l.length_px > ARROW_FROM_PX && l.flow.is_finite())
            .take(FLOWS_MAX)
        {
            let shown = view.units.number(Quantity::Flow, line.flow.abs());
            let (at, degrees) = along(&line.points, 0.5);
            if let Some(spot) = beside(sheet, at, degrees, shown.chars().count()) {
                let (x, y) = (spot.text_x(), spot.rect.y + 11.0);
                let id = escape::text(line.id);
                let _ = write!(
                    out,
                    "<text class=\"flow\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{}\" data-live=\"edge\" data-id=\"{id}\">{shown}</text>",
                    spot.anchor
                );
            }
        }
        out
    }
}

fn beside(sheet: &mut Sheet, at: Point, degrees: f64, chars: usize) -> Option<Spot> {
    let steep = degrees.to_radians().sin().abs();
    let reach = 7.0 + 4.0 * steep;
    sheet.take(Rect::about(at, 8.0, 8.0));
    sheet.place(at, (chars as f64 * 6.3 + 4.0, 14.0), reach)
}

fn title(view: &View<'_>, line: &Line<'_>) -> String {
    let name = view.name_markup(line.id);
    let kind = line.kind.replace('_', " ");
    let off = if line.in_service {
        ""
    } else {
        ", not in service"
    };
    format!("{name} ({kind}{off})")
}

/// Leaks in pipes, at their distance along the line as drawn.
fn leaks<'a>(view: &View<'a>, lines: &[Line<'_>]) -> Vec<(&'a str, Point)> {
    let mut out = Vec::new();
    for leak in view
        .case
        .network
        .leaks
        .iter()
        .filter(|l| l.header.in_service)
    {
        let LeakPlace::Pipe { id, distance_m } = &leak.place else {
            continue;
        };
        let pipe = view.case.network.pipes.iter().find(|p| p.header.id == *id);
        let line = lines.iter().find(|l| l.id == id);
        if let (Some(pipe), Some(line)) = (pipe, line) {
            let (at, _) = along(&line.points, (distance_m / pipe.length_m).clamp(0.0, 1.0));
            out.push((leak.header.id.as_str(), at));
        }
    }
    out
}

/// The shape of a leak in a pipe, with its name and what it loses.
fn leak(view: &View<'_>, id: &str, at: Point, sheet: &mut Sheet) -> String {
    let ids = escape::text(&serde_json::json!([id]).to_string());
    let name = view.name_markup(id);
    let size = (view.name(id).chars().count() as f64 * 6.5 + 6.0, 30.0);
    let label = sheet.place(at, size, 11.0).map_or(String::new(), |spot| {
        let (x, y) = (spot.text_x(), spot.rect.y + 12.0);
        format!(
            "<text class=\"label\" text-anchor=\"{}\"><tspan class=\"name\" x=\"{x:.1}\" y=\"{y:.1}\">{name}</tspan>\
             <tspan class=\"live\" x=\"{x:.1}\" y=\"{:.1}\">lost <tspan data-live=\"terminal\" data-id=\"{}\"></tspan></tspan></text>",
            spot.anchor,
            y + 14.0,
            escape::text(id)
        )
    });
    let shape = symbols::terminal("leak", at, false);
    format!(
        "<g class=\"place leak\" tabindex=\"0\" role=\"button\" data-terminals=\"{ids}\">\
         <title>{name}</title>{shape}{label}</g>"
    )
}

fn length(points: &[Point]) -> f64 {
    points
        .windows(2)
        .map(|p| (p[0].0 - p[1].0).hypot(p[0].1 - p[1].1))
        .sum()
}

/// The point at a share of a line's length, and its direction there, degrees.
fn along(points: &[Point], share: f64) -> (Point, f64) {
    let mut left = length(points) * share;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let here = (a.0 - b.0).hypot(a.1 - b.1);
        if left <= here && here > 0.0 {
            let t = left / here;
            let degrees = (b.1 - a.1).atan2(b.0 - a.0).to_degrees();
            return ((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t), degrees);
        }
        left -= here;
    }
    (points.last().copied().unwrap_or_default(), 0.0)
}
