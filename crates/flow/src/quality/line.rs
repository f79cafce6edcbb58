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

/// Reads parcels from one end on, by mass.
pub(crate) struct Reader<'a, I: Iterator<Item = &'a Parcel> + Clone> {
    parcels: I,
    current: Option<&'a Parcel>,
    left: f64,
}

impl<'a, I: Iterator<Item = &'a Parcel> + Clone> Reader<'a, I> {
    pub(crate) fn new(mut parcels: I) -> Self {
        let current = parcels.next();
        Self {
            left: current.map_or(0.0, |p| p.mass),
            current,
            parcels,
        }
    }

    /// The mixture of the next so many kilograms; the last one goes on for ever.
    pub(crate) fn next(&mut self, gases: &Gases, mass: f64) -> Option<Shared> {
        let mut need = mass;
        let mut taken: Vec<(f64, &'a Shared)> = Vec::new();
        while let Some(parcel) = self.current {
            let mut rest = self.parcels.clone();
            let more = rest.next();
            if self.left >= need || more.is_none() {
                self.left -= need;
                taken.push((need, &parcel.gas));
                break;
            }
            taken.push((self.left, &parcel.gas));
            need -= self.left;
            self.parcels = rest;
            self.current = more;
            self.left = more.map_or(0.0, |p| p.mass);
        }
        if let [(_, only)] = taken.as_slice() {
            return Some(Arc::clone(only));
        }
        mixed(gases, taken.into_iter())
    }
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

    /// The mixture between two places, kg; of what is at the first one where they are the same.
    pub(crate) fn mean(&self, gases: &Gases, from: f64, to: f64) -> Shared {
        let last = self.parcels.len() - 1;
        let first = self.ends.partition_point(|end| *end <= from).min(last);
        let stop = self.ends.partition_point(|end| *end < to).min(last);
        let parts = (first..=stop).map(|i| {
            let begin = if i == 0 { 0.0 } else { self.ends[i - 1] };
            let mass = self.ends[i].min(to) - begin.max(from);
            (mass.max(0.0), &self.parcels[i].gas)
        });
        mixed(gases, parts).unwrap_or_else(|| Arc::clone(&self.parcels[first].gas))
    }
}
