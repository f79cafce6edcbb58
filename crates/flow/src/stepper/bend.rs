//! How far a step is from smooth, in pressure.

use crate::contents::Contents;
use crate::state::State;
use linepack_gas::Isotherm;

/// How much of the deviation in the middle counts: unlike the error at the end it does not add up
/// over a run.
const MIDDLE_SHARE: f64 = 0.3;

/// How far a step is from smooth: by the embedded method at its end, and in its middle.
pub(super) struct Bend<'a> {
    pub(super) weights: [f64; 4],
    pub(super) step_s: f64,
    /// Old, new, and at the middle stage.
    pub(super) states: [&'a State; 3],
}

impl Bend<'_> {
    /// The largest deviation at some faces, Pa; `end` is that of density at the end of the step.
    pub(super) fn largest(
        &self,
        faces: std::ops::Range<usize>,
        end: &[f64],
        slopes: Slopes<'_>,
    ) -> f64 {
        let [w0, w1, d0, d1] = self.weights;
        let [old, new, middle] = self.states;
        let (d0, d1) = (self.step_s * d0, self.step_s * d1);
        let (y0, y1, y) = (
            &old.density[faces.clone()],
            &new.density[faces.clone()],
            &middle.density[faces.clone()],
        );
        let (k0, k1) = (
            &old.density_rate[faces.clone()],
            &new.density_rate[faces.clone()],
        );
        let mut worst = 0.0_f64;
        for i in 0..end.len() {
            let smooth = w0 * y0[i] + w1 * y1[i] + (d0 * k0[i] + d1 * k1[i]);
            let bent = MIDDLE_SHARE * (y[i] - smooth).abs();
            let off = if end[i].abs() > bent {
                end[i].abs()
            } else {
                bent
            };
            let off = off / slopes.at(i);
            worst = if off > worst { off } else { worst };
        }
        worst
    }
}

/// Slopes of density by pressure at some faces.
#[derive(Clone, Copy)]
pub(super) enum Slopes<'a> {
    All(f64),
    /// Where another mixture comes, density says nothing of pressure.
    Known(&'a Contents, usize),
    Of(&'a Isotherm, &'a [f64]),
}

impl<'a> Slopes<'a> {
    pub(super) fn of(gas: &'a Isotherm, pressure: &'a [f64]) -> Self {
        gas.constant_ratio()
            .map_or(Self::Of(gas, pressure), Self::All)
    }

    #[inline]
    fn at(self, i: usize) -> f64 {
        match self {
            Self::All(slope) => slope,
            Self::Known(contents, first) if contents.changes(first + i) => f64::INFINITY,
            Self::Known(contents, first) => contents.slope[first + i],
            Self::Of(gas, pressure) => gas.density(pressure[i]).1,
        }
    }
}
