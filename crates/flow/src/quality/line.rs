//! The gas in a pipe: parcels, one behind the other.

use crate::contents::{Gases, Shared};
use std::collections::VecDeque;
use std::sync::Arc;

/// Gas of one mixture.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    /// kg.
    pub mass: f64,
    pub gas: Shared,
}

/// Parcels in a pipe from its first end to its second.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub parcels: VecDeque<Parcel>,
}

/// What is left of a parcel that is no more than round-off of what passes, -.
const NOTHING: f64 = 1e-13;

impl Line {
    /// The mixture, where there is only one.
    pub(crate) fn only(&self) -> Option<&Shared> {
        match self.parcels.len() {
            1 => self.parcels.front().map(|p| &p.gas),
            _ => None,
        }
    }

    /// Gas comes in at an end (0 or 1).
    pub(crate) fn push(&mut self, end: usize, parcel: Parcel) {
        let next = match end {
            0 => self.parcels.front_mut(),
            _ => self.parcels.back_mut(),
        };
        match next {
            Some(next) if Arc::ptr_eq(&next.gas, &parcel.gas) => next.mass += parcel.mass,
            _ if end == 0 => self.parcels.push_front(parcel),
            _ => self.parcels.push_back(parcel),
        }
    }

    /// Gas goes out at an end, parcel by parcel. The last parcel stays, whatever its mass.
    pub(crate) fn pop(&mut self, end: usize, mass: f64, mut take: impl FnMut(Parcel)) {
        let mut left = mass;
        loop {
            let last = self.parcels.len() == 1;
            let next = match end {
                0 => self.parcels.front_mut(),
                _ => self.parcels.back_mut(),
            };
            let Some(next) = next else {
                return;
            };
            if last || next.mass > left + NOTHING * mass {
                next.mass -= left;
                let gas = Arc::clone(&next.gas);
                return take(Parcel { mass: left, gas });
            }
            left -= next.mass;
            let whole = match end {
                0 => self.parcels.pop_front(),
                _ => self.parcels.pop_back(),
            };
            whole.into_iter().for_each(&mut take);
            if left <= 0.0 {
                return;
            }
        }
    }

    /// Mass of all parcels, kg.
    pub(crate) fn mass(&self) -> f64 {
        self.parcels.iter().map(|p| p.mass).sum()
    }

    /// Makes all masses fit a total, from which they differ by round-off.
    pub(crate) fn fit(&mut self, total: f64) {
        let factor = total / self.mass();
        self.parcels.iter_mut().for_each(|p| p.mass *= factor);
    }
}

/// The mixture of parcels; their own where it is one.
pub(crate) fn mixed<'a>(
    gases: &Gases,
    parcels: impl Iterator<Item = (f64, &'a Shared)> + Clone,
) -> Option<Shared> {
    let mut others = parcels.clone().filter(|(m, _)| *m > 0.0);
    let (_, first) = others.next()?;
    if others.all(|(_, gas)| Arc::ptr_eq(gas, first)) {
        return Some(Arc::clone(first));
    }
    let mut shares = vec![0.0; first.shares.len()];
    let mut sum = 0.0;
    for (mass, gas) in parcels {
        sum += mass;
        for (into, share) in shares.iter_mut().zip(&gas.shares) {
            *into += mass * share;
        }
    }
    shares.iter_mut().for_each(|s| *s /= sum);
    Some(gases.mixture(shares))
}

/// Parcels side by side, to be read anywhere.
pub(crate) struct Row<'a> {
    parcels: Vec<&'a Parcel>,
    /// Where each ends, kg.
    ends: Vec<f64>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(parcels: impl Iterator<Item = &'a Parcel>) -> Self {
        let parcels: Vec<&Parcel> = parcels.collect();
        let mut sum = 0.0;
        let ends = parcels.iter().map(|p| {
            sum += p.mass;
            sum
        });
        Self {
            ends: ends.collect(),
            parcels,
        }
    }

    /// Mass of all, kg.
    pub(crate) fn mass(&self) -> f64 {
        self.ends.last().copied().unwrap_or(0.0)
    }

    /// The mixture between two places, kg; of what is at the first one where they are the same.
    pub(crate) fn mean(&self, gases: &Gases, from: f64, to: f64) -> Shared {
        self.weighted(gases, from, to, |a, b| b - a)
    }

    /// The mixture around a place, kg, over three widths, by the quadratic B-spline: a front that passes
    /// changes it with a rate and a bend that do not jump.
    pub(crate) fn around(&self, gases: &Gases, place: f64, width: f64) -> Shared {
        let (from, to) = (place - 1.5 * width, place + 1.5 * width);
        let z = |x: f64| spline((x - place) / width);
        self.weighted(gases, from, to, |a, b| z(b) - z(a))
    }

    /// Beyond its ends a row goes on as there.
    fn weighted(
        &self,
        gases: &Gases,
        from: f64,
        to: f64,
        weight: impl Fn(f64, f64) -> f64 + Copy,
    ) -> Shared {
        let last = self.parcels.len() - 1;
        let first = self.ends.partition_point(|end| *end <= from).min(last);
        let stop = self.ends.partition_point(|end| *end < to).min(last);
        let parts = (first..=stop).map(|i| {
            let begin = if i == first { from } else { self.ends[i - 1] };
            let end = if i == stop { to } else { self.ends[i] };
            (weight(begin, end), &self.parcels[i].gas)
        });
        mixed(gases, parts).unwrap_or_else(|| Arc::clone(&self.parcels[first].gas))
    }
}

/// Integral of the quadratic B-spline up to a place, in widths.
fn spline(z: f64) -> f64 {
    let z = z.clamp(-1.5, 1.5);
    if z < -0.5 {
        (1.5 + z).powi(3) / 6.0
    } else if z <= 0.5 {
        0.5 + 0.75 * z - z.powi(3) / 3.0
    } else {
        1.0 - (1.5 - z).powi(3) / 6.0
    }
}
