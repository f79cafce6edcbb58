//! Lines of pipes and of elements between places, with an arrow and a flow.

use super::geometry::{Geometry, Point};
use super::labels::{Rect, Sheet, Spot};
use super::place::Places;
use super::symbols;
use crate::escape;
use crate::number;
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

/// A leak in a pipe, or a break.
struct Hole<'a> {
    name: String,
    at: Point,
    terminals: Vec<&'a str>,
}

/// All lines of the drawing.
pub(super) struct Lines<'a> {
    list: Vec<Line<'a>>,
    holes: Vec<Hole<'a>>,
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
        let holes = holes(view, &list);
        Self {
            list,
            holes,
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

    /// Leaks and breaks, and their labels.
    pub(super) fn holes(&self, sheet: &mut Sheet) -> String {
        for hole in &self.holes {
            sheet.take(Rect::about(hole.at, 14.0, 14.0));
        }
        self.holes.iter().map(|h| hole(h, sheet)).collect()
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
    sheet.place_near(at, (chars as f64 * 6.3 + 4.0, 14.0), reach)
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

/// Leaks in pipes and breaks of the scenario, at their distance along the line as drawn.
fn holes<'a>(view: &View<'a>, lines: &[Line<'_>]) -> Vec<Hole<'a>> {
    let leaks = view
        .case
        .network
        .leaks
        .iter()
        .filter(|l| l.header.in_service);
    let leaks = leaks.filter_map(|l| match &l.place {
        LeakPlace::Pipe { id, distance_m } => {
            let name = view.name(&l.header.id).to_owned();
            Some((id.as_str(), *distance_m, name, vec![l.header.id.as_str()]))
        }
        LeakPlace::Node { .. } => None,
    });
    let breaks = view.breaks().into_iter().map(|(pipe, distance_m, ends)| {
        let km = number::fixed(distance_m / 1e3, 1);
        (pipe, distance_m, format!("Break, km {km}"), ends)
    });
    let hole = |(id, distance_m, name, terminals): (&str, f64, String, Vec<&'a str>)| {
        let pipe = view
            .case
            .network
            .pipes
            .iter()
            .find(|p| p.header.id == *id)?;
        let line = lines.iter().find(|l| l.id == id && l.in_service)?;
        let (at, _) = along(&line.points, (distance_m / pipe.length_m).clamp(0.0, 1.0));
        Some(Hole {
            name,
            at,
            terminals,
        })
    };
    leaks.chain(breaks).filter_map(hole).collect()
}

/// The shape of a hole, with its name and what it loses.
fn hole(hole: &Hole<'_>, sheet: &mut Sheet) -> String {
    let ids = escape::text(&serde_json::json!(hole.terminals).to_string());
    let name = escape::text(&hole.name);
    let size = (hole.name.chars().count() as f64 * 6.5 + 6.0, 30.0);
    let label = sheet.place(hole.at, size, 11.0).map_or(String::new(), |spot| {
        let (x, y) = (spot.text_x(), spot.rect.y + 12.0);
        format!(
            "<text class=\"label\" text-anchor=\"{}\"><tspan class=\"name\" x=\"{x:.1}\" y=\"{y:.1}\">{name}</tspan>\
             <tspan class=\"live\" x=\"{x:.1}\" y=\"{:.1}\">lost <tspan data-lost></tspan></tspan></text>",
            spot.anchor,
            y + 14.0,
        )
    });
    let shape = symbols::terminal("leak", hole.at, false);
    format!(
        "<g class=\"place leak\" tabindex=\"0\" role=\"button\" data-nodes=\"[]\" data-terminals=\"{ids}\">\
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
