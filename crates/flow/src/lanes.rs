//! Several numbers side by side: one lane for each piece of a group.
//!
//! Plain arrays with element-wise operations, which the compiler turns into vector instructions where
//! the processor has them. No fused operations: results do not depend on the processor.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// Lanes of a group.
pub(crate) const LANES: usize = 4;

/// One number in each lane.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(align(32))]
pub(crate) struct Lanes(pub [f64; LANES]);

impl Lanes {
    /// The same number in all lanes.
    #[inline(always)]
    pub(crate) const fn all(value: f64) -> Self {
        Self([value; LANES])
    }

    /// A number for each lane.
    #[inline(always)]
    pub(crate) fn each(mut value: impl FnMut(usize) -> f64) -> Self {
        Self([value(0), value(1), value(2), value(3)])
    }

    #[inline(always)]
    fn with(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self::each(|k| f(self.0[k], other.0[k]))
    }

    #[inline(always)]
    pub(crate) fn abs(self) -> Self {
        Self::each(|k| self.0[k].abs())
    }

    /// The larger of two; a number that is none is kept.
    #[inline(always)]
    pub(crate) fn larger(self, other: Self) -> Self {
        self.with(other, |a, b| if a > b { a } else { b })
    }

    /// A pair of numbers for each lane.
    #[inline(always)]
    pub(crate) fn pairs(mut pair: impl FnMut(usize) -> (f64, f64)) -> (Self, Self) {
        let [a, b, c, d] = [pair(0), pair(1), pair(2), pair(3)];
        (Self([a.0, b.0, c.0, d.0]), Self([a.1, b.1, c.1, d.1]))
    }

    /// Whether it is larger in every lane.
    #[inline(always)]
    pub(crate) fn exceeds(self, other: Self) -> bool {
        let over = |k: usize| self.0[k] > other.0[k];
        over(0) & over(1) & over(2) & over(3)
    }

    /// The smaller of two.
    #[inline(always)]
    pub(crate) fn smaller(self, other: Self) -> Self {
        self.with(other, |a, b| if a < b { a } else { b })
    }

    /// The largest of all lanes.
    #[inline(always)]
    pub(crate) fn largest(self) -> f64 {
        let [a, b, c, d] = self.0;
        let larger = |x: f64, y: f64| if x > y { x } else { y };
        larger(larger(a, b), larger(c, d))
    }

    /// The square root.
    #[inline(always)]
    pub(crate) fn sqrt(self) -> Self {
        Self::each(|k| self.0[k].sqrt())
    }

    /// One over it.
    #[inline(always)]
    pub(crate) fn inverse(self) -> Self {
        Self::each(|k| 1.0 / self.0[k])
    }
}

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.with(other, |a, b| a + b)
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.with(other, |a, b| a - b)
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.with(other, |a, b| a * b)
    }
}

impl Div for Lanes {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.with(other, |a, b| a / b)
    }
}

impl Neg for Lanes {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self::each(|k| -self.0[k])
    }
}
