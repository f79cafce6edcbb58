//! A value with its first and second derivative in one variable, so that an equation is written once.

use std::ops::{Add, Div, Mul, Sub};

/// A function's value, slope and curvature at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Jet {
    /// The value.
    pub(crate) value: f64,
    /// Its first derivative.
    pub(crate) first: f64,
    /// Its second derivative.
    pub(crate) second: f64,
}

impl Jet {
    pub(crate) const ZERO: Self = Self::constant(0.0);

    /// What does not depend on the variable.
    pub(crate) const fn constant(value: f64) -> Self {
        Self {
            value,
            first: 0.0,
            second: 0.0,
        }
    }

    /// The variable itself.
    pub(crate) const fn variable(value: f64) -> Self {
        Self {
            value,
            first: 1.0,
            second: 0.0,
        }
    }

    /// f of the jet, from f and its first two derivatives at the value (chain rule).
    fn chain(self, f: f64, f1: f64, f2: f64) -> Self {
        Self {
            value: f,
            first: f1 * self.first,
            second: f1 * self.second + f2 * self.first * self.first,
        }
    }

    /// The jet to a power; the value is above zero unless the power is whole.
    pub(crate) fn powf(self, n: f64) -> Self {
        let x = self.value;
        self.chain(
            x.powf(n),
            n * x.powf(n - 1.0),
            n * (n - 1.0) * x.powf(n - 2.0),
        )
    }

    pub(crate) fn sqrt(self) -> Self {
        self.powf(0.5)
    }

    /// The real cube root, of negative numbers too.
    pub(crate) fn cbrt(self) -> Self {
        let root = self.value.cbrt();
        let slope = 1.0 / (3.0 * root * root);
        self.chain(root, slope, -2.0 * slope / (3.0 * self.value))
    }

    pub(crate) fn exp(self) -> Self {
        let e = self.value.exp();
        self.chain(e, e, e)
    }

    /// c0 + c1 x + c2 x2 of the jet.
    pub(crate) fn quadratic(self, [c0, c1, c2]: [f64; 3]) -> Self {
        let x = self.value;
        self.chain(c0 + x * (c1 + x * c2), c1 + 2.0 * c2 * x, 2.0 * c2)
    }
}

impl Add for Jet {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            first: self.first + other.first,
            second: self.second + other.second,
        }
    }
}

impl Sub for Jet {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul for Jet {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            first: self.first * other.value + self.value * other.first,
            second: self.second * other.value
                + 2.0 * self.first * other.first
                + self.value * other.second,
        }
    }
}

impl Mul<f64> for Jet {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            first: self.first * factor,
            second: self.second * factor,
        }
    }
}

impl Add<f64> for Jet {
    type Output = Self;
    fn add(self, term: f64) -> Self {
        Self {
            value: self.value + term,
            ..self
        }
    }
}

impl Div for Jet {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self * other.powf(-1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the derivatives of x^3 e^x / sqrt(x) written out by hand.
    #[test]
    fn derivatives_follow_the_rules() {
        let x = 1.7f64;
        let jet = Jet::variable(x);
        let f = jet.powf(3.0) * jet.exp() / jet.sqrt();
        let (value, n) = (x.powf(2.5) * x.exp(), 2.5);
        assert!((f.value / value - 1.0).abs() < 1e-14);
        assert!((f.first / (value * (1.0 + n / x)) - 1.0).abs() < 1e-14);
        let second = value * (1.0 + 2.0 * n / x + n * (n - 1.0) / (x * x));
        assert!((f.second / second - 1.0).abs() < 1e-14);
    }

    /// (-8 x^3)^(1/3) = -2 x.
    #[test]
    fn cube_roots_of_negative_numbers_are_real() {
        let f = (Jet::variable(1.3).powf(3.0) * -8.0).cbrt();
        assert!((f.value + 2.6).abs() < 1e-14 && (f.first + 2.0).abs() < 1e-14);
        assert!(f.second.abs() < 1e-13);
        let q = Jet::variable(2.0).quadratic([1.0, -3.0, 0.5]);
        assert_eq!([q.value, q.first, q.second], [-3.0, -1.0, 1.0]);
    }
}
