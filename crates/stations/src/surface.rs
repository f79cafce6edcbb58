use crate::dual::Dual;

/// A biquadratic surface.
///
/// $$ F(x, n) = (a_1 + a_2 n + a_3 n^2) + (a_4 + a_5 n + a_6 n^2) x + (a_7 + a_8 n + a_9 n^2) x^2 $$
///
/// Source: Koch et al. 2015, ch. 2. Checked by `tests::published_maps`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Surface(pub(crate) [f64; 9]);

impl Surface {
    /// With all values multiplied by a factor.
    pub(crate) fn scaled(self, factor: f64) -> Self {
        Self(self.0.map(|a| a * factor))
    }

    /// Coefficients of the quadratic in x at a given n.
    pub(crate) fn along_x<const N: usize>(&self, n: Dual<N>) -> [Dual<N>; 3] {
        let a = &self.0;
        let row = |i: usize| polynomial([a[i], a[i + 1], a[i + 2]].map(Dual::constant), n);
        [row(0), row(3), row(6)]
    }

    /// Coefficients of the quadratic in n at a given x.
    pub(crate) fn along_n<const N: usize>(&self, x: Dual<N>) -> [Dual<N>; 3] {
        let a = &self.0;
        let column = |i: usize| polynomial([a[i], a[i + 3], a[i + 6]].map(Dual::constant), x);
        [column(0), column(1), column(2)]
    }

    /// The value.
    pub(crate) fn at<const N: usize>(&self, x: Dual<N>, n: Dual<N>) -> Dual<N> {
        polynomial(self.along_x(n), x)
    }

    /// The derivative by n.
    pub(crate) fn per_n<const N: usize>(&self, x: Dual<N>, n: Dual<N>) -> Dual<N> {
        let [_, b, c] = self.along_n(x);
        b + c * n * 2.0
    }
}

/// a + b x + c x².
pub(crate) fn polynomial<const N: usize>([a, b, c]: [Dual<N>; 3], x: Dual<N>) -> Dual<N> {
    a + (b + c * x) * x
}

/// The coefficients less a value and less those of another quadratic.
pub(crate) fn less<const N: usize>(
    [a, b, c]: [Dual<N>; 3],
    other: [f64; 3],
    value: Dual<N>,
) -> [Dual<N>; 3] {
    [a - value - other[0], b - other[1], c - other[2]]
}
