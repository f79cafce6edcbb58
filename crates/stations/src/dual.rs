use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number with its derivatives by `N` variables, carried along by the rules of calculus.
///
/// With `N = 0` it is a plain number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dual<const N: usize> {
    pub(crate) value: f64,
    pub(crate) slopes: [f64; N],
}

impl<const N: usize> Dual<N> {
    /// A number that depends on nothing.
    pub(crate) fn constant(value: f64) -> Self {
        Self {
            value,
            slopes: [0.0; N],
        }
    }

    /// The variable of index `i`.
    pub(crate) fn variable(value: f64, i: usize) -> Self {
        let mut slopes = [0.0; N];
        slopes[i] = 1.0;
        Self { value, slopes }
    }

    /// f(x), with f(x) and f'(x) at hand.
    fn chain(self, value: f64, slope: f64) -> Self {
        Self {
            value,
            slopes: self.slopes.map(|d| slope * d),
        }
    }

    /// √x, and 0 without slope for x ≤ 0.
    pub(crate) fn sqrt(self) -> Self {
        if self.value <= 0.0 {
            return Self::constant(0.0);
        }
        let root = self.value.sqrt();
        self.chain(root, 0.5 / root)
    }

    /// x to a power, x > 0.
    pub(crate) fn powf(self, exponent: f64) -> Self {
        let power = self.value.powf(exponent);
        self.chain(power, exponent * power / self.value)
    }

    /// The smaller of two.
    pub(crate) fn min(self, other: Self) -> Self {
        if other.value < self.value {
            other
        } else {
            self
        }
    }

    /// The larger of two.
    pub(crate) fn max(self, other: Self) -> Self {
        if other.value > self.value {
            other
        } else {
            self
        }
    }
}

fn both<const N: usize>(a: [f64; N], b: [f64; N], f: impl Fn(f64, f64) -> f64) -> [f64; N] {
    std::array::from_fn(|i| f(a[i], b[i]))
}

/// (u v)' = u' v + u v'.
fn product<const N: usize>(u: Dual<N>, v: Dual<N>) -> Dual<N> {
    Dual {
        value: u.value * v.value,
        slopes: both(u.slopes, v.slopes, |du, dv| du * v.value + u.value * dv),
    }
}

/// (u/v)' = (u' - v' u/v)/v.
fn quotient<const N: usize>(u: Dual<N>, v: Dual<N>) -> Dual<N> {
    let value = u.value / v.value;
    Dual {
        value,
        slopes: both(u.slopes, v.slopes, |du, dv| (du - dv * value) / v.value),
    }
}

impl<const N: usize> From<f64> for Dual<N> {
    fn from(value: f64) -> Self {
        Self::constant(value)
    }
}

impl<const N: usize> Neg for Dual<N> {
    type Output = Self;

    fn neg(self) -> Self {
        self * -1.0
    }
}

impl<const N: usize> Add for Dual<N> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            slopes: both(self.slopes, other.slopes, |a, b| a + b),
        }
    }
}

impl<const N: usize> Sub for Dual<N> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            slopes: both(self.slopes, other.slopes, |a, b| a - b),
        }
    }
}

impl<const N: usize> Mul for Dual<N> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        product(self, other)
    }
}

impl<const N: usize> Div for Dual<N> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        quotient(self, other)
    }
}

impl<const N: usize> Add<f64> for Dual<N> {
    type Output = Self;

    fn add(self, other: f64) -> Self {
        Self {
            value: self.value + other,
            ..self
        }
    }
}

impl<const N: usize> Sub<f64> for Dual<N> {
    type Output = Self;

    fn sub(self, other: f64) -> Self {
        self + -other
    }
}

impl<const N: usize> Mul<f64> for Dual<N> {
    type Output = Self;

    fn mul(self, other: f64) -> Self {
        self.chain(self.value * other, other)
    }
}

impl<const N: usize> Div<f64> for Dual<N> {
    type Output = Self;

    fn div(self, other: f64) -> Self {
        self.chain(self.value / other, 1.0 / other)
    }
}
