//! Where nodes stand on the drawing.

use super::schematic;
use crate::route::{Link, Path, links};
use crate::view::View;
use linepack_network::Node;
use std::collections::HashMap;

/// Width of the drawing, px.
pub(crate) const WIDTH: f64 = 1200.0;
/// Free space around the network, px.
const MARGIN_X: f64 = 95.0;
const MARGIN_Y: f64 = 92.0;
/// Height of the network itself, px, at most.
const HEIGHT_MAX: f64 = 470.0;
/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;

/// A point of the drawing, px.
pub(crate) type Point = (f64, f64);

/// The drawing's geometry.
pub(crate) struct Geometry<'a> {
    pub(crate) links: Vec<Link<'a>>,
    pub(crate) height: f64,
    /// Kilometres in a pixel, where the coordinates are degrees.
    pub(crate) km_per_px: Option<f64>,
    /// Whether the coordinates had to be made up.
    pub(crate) schematic: bool,
    points: HashMap<&'a str, Point>,
    transform: Transform,
}

impl<'a> Geometry<'a> {
    /// From the nodes' coordinates, or a layered schematic where most have none.
    pub(crate) fn new(view: &View<'a>, paths: &[Path]) -> Self {
        let links = links(&view.case.network);
        let nodes = &view.case.network.nodes;
        let known: HashMap<&str, Point> = nodes.iter().filter_map(coordinates).collect();
        if known.len() * 2 < nodes.len() || known.is_empty() {
            return Self::schematic(nodes, links, paths);
        }
        let known = filled(known, &links);
        let geographic = known
            .values()
            .all(|p| p.0.abs() <= 180.0 && p.1.abs() <= 90.0);
        let transform = Transform::fit(known.values(), geographic);
        let points = known
            .into_iter()
            .map(|(id, p)| (id, transform.apply(p)))
            .collect();
        let km_per_px = geographic.then_some(KM_PER_DEGREE / transform.scale_y);
        Self {
            links,
            height: transform.height,
            km_per_px,
            schematic: false,
            points,
            transform,
        }
    }

    fn schematic(nodes: &'a [Node], links: Vec<Link<'a>>, paths: &[Path]) -> Self {
        let raw = schematic::points(nodes, &links, paths);
        let transform = Transform::stretch(raw.values());
        let points = raw
            .into_iter()
            .map(|(id, p)| (id, transform.apply(p)))
            .collect();
        Self {
            links,
            height: transform.height,
            km_per_px: None,
            schematic: true,
            points,
            transform,
        }
    }

    /// Where a node stands.
    pub(crate) fn point(&self, node: &str) -> Option<Point> {
        self.points.get(node).copied()
    }

    /// The line of an element: its route where it has one, else straight.
    pub(crate) fn line(&self, link: &Link<'_>, route: &[[f64; 2]]) -> Option<Vec<Point>> {
        let (a, b) = (self.point(link.from)?, self.point(link.to)?);
        let mut out = vec![a];
        if !self.schematic {
            out.extend(route.iter().map(|p| self.transform.apply((p[0], p[1]))));
        }
        out.push(b);
        out.dedup_by(|x, y| (x.0 - y.0).hypot(x.1 - y.1) < 0.5);
        if out.len() == 1 {
            out.push(b);
        }
        Some(out)
    }
}

fn coordinates(node: &Node) -> Option<(&str, Point)> {
    let (x, y) = (node.x?, node.y?);
    (x.is_finite() && y.is_finite()).then_some((node.header.id.as_str(), (x, y)))
}

/// Nodes without coordinates go to the middle of their neighbours that have some.
fn filled<'a>(mut known: HashMap<&'a str, Point>, links: &[Link<'a>]) -> HashMap<&'a str, Point> {
    loop {
        let mut found: HashMap<&str, Vec<Point>> = HashMap::new();
        for link in links {
            for (here, there) in [(link.from, link.to), (link.to, link.from)] {
                if let (None, Some(p)) = (known.get(here), known.get(there)) {
                    found.entry(here).or_default().push(*p);
                }
            }
        }
        if found.is_empty() {
            return known;
        }
        known.extend(found.into_iter().map(|(id, points)| (id, middle(&points))));
    }
}

/// Mean of points.
pub(crate) fn middle(points: &[Point]) -> Point {
    let n = points.len().max(1) as f64;
    let sum = points
        .iter()
        .fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    (sum.0 / n, sum.1 / n)
}

/// From coordinates to pixels: `scale * (value - origin)`, y upwards.
#[derive(Debug, Clone, Copy)]
struct Transform {
    origin: Point,
    scale_x: f64,
    scale_y: f64,
    left: f64,
    height: f64,
}

impl Transform {
    /// Equirectangular, true to shape at the middle latitude; as large as fits.
    fn fit<'p>(points: impl Iterator<Item = &'p Point>, geographic: bool) -> Self {
        let (low, high) = bounds(points);
        let middle_latitude = f64::midpoint(low.1, high.1);
        let shrink = if geographic {
            middle_latitude.to_radians().cos().max(0.05)
        } else {
            1.0
        };
        let (dx, dy) = (
            ((high.0 - low.0) * shrink).max(1e-9),
            (high.1 - low.1).max(1e-9),
        );
        let inner = WIDTH - 2.0 * MARGIN_X;
        let scale = (inner / dx).min(HEIGHT_MAX / dy);
        Self {
            origin: (low.0, high.1),
            scale_x: scale * shrink,
            scale_y: scale,
            left: MARGIN_X + (inner - dx * scale) / 2.0,
            height: (dy * scale + 2.0 * MARGIN_Y).max(240.0),
        }
    }

    /// Both axes stretched on their own, as a schematic may be; y counts lanes.
    fn stretch<'p>(points: impl Iterator<Item = &'p Point>) -> Self {
        let (low, high) = bounds(points);
        let lanes = high.1 - low.1;
        let lane_height = (HEIGHT_MAX / lanes.max(1.0)).min(110.0);
        Self {
            origin: (low.0, high.1),
            scale_x: (WIDTH - 2.0 * MARGIN_X) / (high.0 - low.0).max(1e-9),
            scale_y: lane_height,
            left: MARGIN_X,
            height: lanes * lane_height + 2.0 * MARGIN_Y,
        }
    }

    fn apply(&self, p: Point) -> Point {
        let x = self.left + (p.0 - self.origin.0) * self.scale_x;
        let flat = self.height <= 240.0 + 1e-9;
        let top = if flat { self.height / 2.0 } else { MARGIN_Y };
        (x, top + (self.origin.1 - p.1) * self.scale_y)
    }
}

fn bounds<'p>(points: impl Iterator<Item = &'p Point>) -> (Point, Point) {
    let start = (
        (f64::INFINITY, f64::INFINITY),
        (f64::NEG_INFINITY, f64::NEG_INFINITY),
    );
    let grow = |(a, b): (Point, Point), p: &Point| {
        ((a.0.min(p.0), a.1.min(p.1)), (b.0.max(p.0), b.1.max(p.1)))
    };
    let (low, high) = points.fold(start, grow);
    if low.0.is_finite() {
        (low, high)
    } else {
        ((0.0, 0.0), (1.0, 1.0))
    }
}
