//! Lengths against the map.

use super::{called, element, rounded};
use crate::{Case, ElementKind, Finding, Node, codes};
use std::collections::HashMap;

/// Mean radius of the earth, m.
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// How much shorter than the straight line a pipe may be: rounding of coordinates.
const SLACK: f64 = 0.98;
/// Coordinates of a town stand for its surroundings, m.
const SLACK_M: f64 = 2_000.0;

/// Warns of pipes that are shorter than the straight line between their nodes.
///
/// For cases whose coordinates are longitudes and latitudes; a case does not know that itself.
pub fn validate_geography(case: &Case) -> Vec<Finding> {
    let nodes = case.network.nodes.iter().map(|n| (n.header.id.as_str(), n));
    let nodes = nodes.collect::<HashMap<_, _>>();
    let pipes = case.network.pipes.iter().enumerate();
    let findings = pipes.filter_map(|(index, pipe)| {
        let straight_m = between_m(nodes.get(pipe.from.as_str())?, nodes.get(pipe.to.as_str())?)?;
        if pipe.length_m <= 0.0 || pipe.length_m >= SLACK * straight_m - SLACK_M {
            return None;
        }
        let name = called(ElementKind::Pipe, &pipe.header);
        let message = format!(
            "{name} is {} km long; its nodes are {} km apart",
            rounded(pipe.length_m / 1e3),
            rounded(straight_m / 1e3)
        );
        let finding = Finding::warning(
            codes::SHORTER_THAN_STRAIGHT,
            element(ElementKind::Pipe, index),
            message,
        );
        Some(finding.at("length", "shorter than the straight line"))
    });
    findings.collect()
}

/// Distance between two nodes with coordinates.
fn between_m(a: &Node, b: &Node) -> Option<f64> {
    Some(great_circle_m([a.x?, a.y?], [b.x?, b.y?]))
}

/// Distance on the sphere between two places (longitude and latitude, degrees), m.
///
/// $$ d = 2 r \arcsin \sqrt{ \sin^2(Δφ/2) + \cos φ_1 \cos φ_2 \sin^2(Δλ/2) } $$
///
/// | symbol | meaning                    | unit |
/// |--------|----------------------------|------|
/// | φ, λ   | latitude, longitude        | rad  |
/// | r      | mean radius of the earth   | m    |
///
/// Source: haversine formula (Sinnott 1984). Checked by `tests::a_quarter_of_the_equator`.
pub fn great_circle_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    let ([lon_a, lat_a], [lon_b, lat_b]) = (a.map(f64::to_radians), b.map(f64::to_radians));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half(lon_b - lon_a);
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::{EARTH_RADIUS_M, great_circle_m};
    use std::f64::consts::FRAC_PI_2;

    #[test]
    fn a_quarter_of_the_equator() {
        for (a, b) in [([0.0, 0.0], [90.0, 0.0]), ([10.0, 0.0], [55.0, 90.0])] {
            assert!((great_circle_m(a, b) / (EARTH_RADIUS_M * FRAC_PI_2) - 1.0).abs() < 1e-12);
        }
    }
}
