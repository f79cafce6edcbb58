//! Pipes: sizes that cannot be, sizes that are odd, and elevation.

use super::settings::friction_factor;
use super::{Checks, called, element, rounded};
use crate::{ElementKind, Finding, Pipe, codes};

/// Difference between an elevation profile and a node that may be a matter of rounding, m.
const ELEVATION_SLACK_M: f64 = 10.0;

impl Checks<'_> {
    pub(super) fn pipes(&mut self) {
        for (index, pipe) in self.case.network.pipes.iter().enumerate() {
            self.pipe_sizes(index, pipe);
            self.pipe_oddities(index, pipe);
            self.elevation_points(index, pipe);
            self.slope(index, pipe);
        }
    }

    fn pipe_sizes(&mut self, index: usize, pipe: &Pipe) {
        let sizes = [
            ("length", codes::LENGTH, pipe.length_m),
            ("inner_diameter", codes::DIAMETER, pipe.diameter_m),
            ("efficiency", codes::NOT_POSITIVE, pipe.efficiency),
            (
                "friction",
                codes::NOT_POSITIVE,
                pipe.friction.map_or(1.0, friction_factor),
            ),
            (
                "ground_temperature",
                codes::NOT_POSITIVE,
                pipe.ground_temperature_k.unwrap_or(1.0),
            ),
        ];
        let name = called(ElementKind::Pipe, &pipe.header);
        for (key, code, size) in sizes {
            if size <= 0.0 {
                let what = key.replace('_', " ");
                let message = format!("the {what} of {name} is not above zero");
                let finding = Finding::error(code, element(ElementKind::Pipe, index), message);
                self.add(finding.at(key, "expected more than zero"));
            }
        }
        if pipe.drag_factor < 0.0 {
            let message = format!("the drag factor of {name} is negative");
            let place = element(ElementKind::Pipe, index);
            let finding = Finding::error(codes::IMPOSSIBLE, place, message);
            self.add(finding.at("drag_factor", "expected 0 or more"));
        }
        if pipe.has_impossible_roughness() {
            let message = format!(
                "the roughness of {name} is {} mm in a bore of {} mm",
                rounded(pipe.roughness_m * 1e3),
                rounded(pipe.diameter_m * 1e3)
            );
            let finding =
                Finding::error(codes::ROUGHNESS, element(ElementKind::Pipe, index), message);
            self.add(finding.at("roughness", "expected 0 to 5 % of the diameter"));
        }
    }

    fn pipe_oddities(&mut self, index: usize, pipe: &Pipe) {
        let odd = [
            (
                "length",
                codes::ODD_LENGTH,
                pipe.length_m,
                1.0,
                2e6,
                1e-3,
                "km",
                "1 m to 2000 km",
            ),
            (
                "inner_diameter",
                codes::ODD_DIAMETER,
                pipe.diameter_m,
                0.02,
                1.6,
                1e3,
                "mm",
                "20 to 1600 mm",
            ),
            (
                "roughness",
                codes::ODD_ROUGHNESS,
                pipe.roughness_m,
                5e-7,
                5e-4,
                1e6,
                "um",
                "0.5 to 500 um",
            ),
            (
                "efficiency",
                codes::ODD_EFFICIENCY,
                pipe.efficiency,
                0.7,
                1.05,
                1.0,
                "",
                "0.7 to 1.05",
            ),
        ];
        let name = called(ElementKind::Pipe, &pipe.header);
        for (key, code, size, low, high, factor, unit, usual) in odd {
            let impossible = key == "roughness" && pipe.has_impossible_roughness();
            if size > 0.0 && !(low..=high).contains(&size) && !impossible {
                let what = key.replace('_', " ");
                let message = format!("the {what} of {name} is {} {unit}", rounded(size * factor));
                let finding =
                    Finding::warning(code, element(ElementKind::Pipe, index), message.trim_end());
                self.add(finding.at(key, format!("usual: {usual}")));
            }
        }
        if let Some(kelvin) = pipe.ground_temperature_k {
            self.odd_temperature(kelvin, element(ElementKind::Pipe, index), &name);
        }
    }

    fn elevation_points(&mut self, index: usize, pipe: &Pipe) {
        let (Some(first), Some(last)) = (
            pipe.elevation_profile.first(),
            pipe.elevation_profile.last(),
        ) else {
            return;
        };
        let name = called(ElementKind::Pipe, &pipe.header);
        let place = element(ElementKind::Pipe, index);
        let wrong = if pipe
            .elevation_profile
            .windows(2)
            .any(|w| w[1][0] <= w[0][0])
        {
            Some("its distances do not increase".to_owned())
        } else if first[0] < 0.0 || last[0] > pipe.length_m * (1.0 + 1e-9) {
            Some(format!(
                "it goes from {} to {} m, the pipe from 0 to {} m",
                first[0], last[0], pipe.length_m
            ))
        } else {
            None
        };
        if let Some(wrong) = wrong {
            let message = format!("the elevation profile of {name} does not fit: {wrong}");
            let finding = Finding::error(codes::ELEVATION_PROFILE, place, message);
            self.add(finding.at("elevation_profile", "does not fit the pipe"));
        }
        self.elevation_ends(index, pipe, first[1], last[1]);
    }

    fn elevation_ends(&mut self, index: usize, pipe: &Pipe, first_m: f64, last_m: f64) {
        for (id, own_m) in [(&pipe.from, first_m), (&pipe.to, last_m)] {
            let Some(node) = self.node(id) else { continue };
            if (node.elevation_m - own_m).abs() > ELEVATION_SLACK_M {
                let name = called(ElementKind::Pipe, &pipe.header);
                let message = format!(
                    "the elevation profile of {name} has {own_m} m at node \"{id}\", which is at {} m",
                    node.elevation_m
                );
                let finding = Finding::warning(
                    codes::ELEVATION_ENDS,
                    element(ElementKind::Pipe, index),
                    message,
                );
                self.add(finding.at("elevation_profile", "differs from the node"));
            }
        }
    }

    /// Slopes that are steeper than pipelines are laid, or steeper than the pipe is long.
    fn slope(&mut self, index: usize, pipe: &Pipe) {
        let (Some(from), Some(to)) = (self.node(&pipe.from), self.node(&pipe.to)) else {
            return;
        };
        let rise_m = to.elevation_m - from.elevation_m;
        let points = pipe.elevation_profile.windows(2);
        let steps = points.map(|w| (w[1][1] - w[0][1]).abs() / (w[1][0] - w[0][0]));
        let steepest = steps.fold(rise_m.abs() / pipe.length_m, f64::max);
        let name = called(ElementKind::Pipe, &pipe.header);
        let place = element(ElementKind::Pipe, index);
        if rise_m.abs() > pipe.length_m && pipe.length_m > 0.0 {
            let message = format!(
                "{name} is {} m long and rises by {} m",
                pipe.length_m,
                rounded(rise_m)
            );
            let finding = Finding::error(codes::STEEPER_THAN_LONG, place, message);
            self.add(finding.at("length", "shorter than the rise between its nodes"));
        } else if steepest > 0.5 && steepest.is_finite() {
            let message = format!("{name} has a slope of {} %", rounded(steepest * 100.0));
            let key = if pipe.elevation_profile.is_empty() {
                "length"
            } else {
                "elevation_profile"
            };
            let finding = Finding::warning(codes::ODD_SLOPE, place, message);
            self.add(finding.at(key, "usual: below 50 %"));
        }
    }
}

impl Pipe {
    /// Whether the roughness is negative, or a good part of the bore.
    fn has_impossible_roughness(&self) -> bool {
        let of_the_bore = self.diameter_m > 0.0 && self.roughness_m > 0.05 * self.diameter_m;
        self.roughness_m < 0.0 || of_the_bore
    }
}
