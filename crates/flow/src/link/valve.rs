use super::resistor::{Loss, subtract};
use super::{LinkPoint, Mode, Row};
use crate::signal::Signal;

/// A valve: closed, open, or on its way.
///
/// An opening θ passes the free area θ A, so the loss factor is ζ(θ) = ζ_open + 1/θ² - 1. The
/// equation is multiplied by θ², so it goes over into q = 0 as the valve closes.
#[derive(Debug, Clone)]
pub(crate) struct ValveLaw {
    pub opening: Signal,
    /// Bore, m²; none: no loss until it is closed.
    pub area: Option<f64>,
    pub drag_factor: f64,
    /// Time from open to closed, s.
    pub stroke_s: f64,
}

impl ValveLaw {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        let opening = self.opening.at(at.time_s, at.profiles);
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
