use super::resistor::{Loss, subtract};
use super::{LinkPoint, Mode, Row};
use crate::signal::Signal;
use linepack_network::{Profile, ValveCurve};
use std::sync::Arc;

/// A valve: closed, open, or on its way.
///
/// An opening θ passes the free area θ A, so the loss factor is ζ(θ) = ζ_open + 1/θ² - 1. The
/// equation is multiplied by θ², so it goes over into q = 0 as the valve closes.
#[derive(Debug, Clone)]
pub(crate) struct ValveLaw {
    /// How far it is on its way, 0 (closed) to 1 (open).
    pub travel: Signal,
    pub curve: Curve,
    /// Bore, m²; none: no loss until it is closed.
    pub area: Option<f64>,
    pub drag_factor: f64,
    /// Time from open to closed, s.
    pub stroke_s: f64,
}

/// How the free area follows the travel; both are 0 for a closed valve and 1 for an open one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Curve {
    Linear,
    EqualPercentage,
    /// Travel and opening, increasing.
    Table(Arc<[[f64; 2]]>),
}

/// Rangeability of a valve of equal percentages, -: each step of the travel multiplies the opening by
/// the same factor, from 1/50 on; less 1/50, so that a closed valve is tight.
const RANGEABILITY: f64 = 50.0;

impl Curve {
    pub(crate) fn new(curve: &ValveCurve) -> Self {
        match curve {
            ValveCurve::Linear => Self::Linear,
            ValveCurve::EqualPercentage => Self::EqualPercentage,
            ValveCurve::Table(points) => Self::Table(points.as_slice().into()),
        }
    }

    /// The opening at a travel.
    fn opening(&self, travel: f64) -> f64 {
        match self {
            Self::Linear => travel,
            Self::EqualPercentage => (RANGEABILITY.powf(travel) - 1.0) / (RANGEABILITY - 1.0),
            Self::Table(points) => between(points, [0, 1], travel),
        }
    }

    /// The travel of an opening.
    pub(crate) fn travel(&self, opening: f64) -> f64 {
        match self {
            Self::Linear => opening,
            Self::EqualPercentage => {
                (1.0 + opening * (RANGEABILITY - 1.0)).ln() / RANGEABILITY.ln()
            }
            Self::Table(points) => between(points, [1, 0], opening),
        }
    }
}

/// Straight lines through points from (0, 0) to (1, 1).
fn between(points: &[[f64; 2]], [x, y]: [usize; 2], at: f64) -> f64 {
    let next = points.partition_point(|p| p[x] <= at);
    let low = next.checked_sub(1).map_or([0.0; 2], |i| points[i]);
    let high = points.get(next).copied().unwrap_or([1.0; 2]);
    let width = high[x] - low[x];
    if width <= 0.0 {
        return low[y];
    }
    low[y] + (high[y] - low[y]) * (at - low[x]) / width
}

impl ValveLaw {
    /// Share of the bore that is free.
    pub(crate) fn opening(&self, time_s: f64, profiles: &[Profile]) -> f64 {
        self.curve.opening(self.travel.at(time_s, profiles))
    }

    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        let opening = self.opening(at.time_s, at.profiles);
        if opening <= 0.0 {
            return Row::no_flow(at.flow, Mode::Closed);
        }
        let mode = if opening < 1.0 {
            Mode::Partly
        } else {
            Mode::Open
        };
        let mut row = Row::ideal(at, mode);
        let Some(area) = self.area else { return row };
        let squared = opening * opening;
        for term in [
            &mut row.residual,
            &mut row.per_flow,
            &mut row.per_in,
            &mut row.per_out,
        ] {
            *term *= squared;
        }
        let factor = squared * self.drag_factor + 1.0 - squared;
        if factor > 0.0 {
            subtract(&mut row, at, &Loss::Drag { factor, area });
        }
        row
    }
}
