//! Cubic Hermite interpolation in one variable on equal steps.

/// A function of one variable from zero on, as cubics on equal steps.
///
/// Smooth in value and slope; beyond its ends it goes on linearly.
#[derive(Debug, Clone)]
pub(crate) struct Cubics {
    per_step: f64,
    /// Number of the last piece.
    last: f64,
    constant: Option<f64>,
    /// Coefficients of each cubic in the local coordinate 0..1.
    pieces: Vec<[f64; 4]>,
}

impl Cubics {
    /// Through values with known slopes; there are at least two.
    pub(crate) fn with_slopes(step: f64, values: &[f64], slopes: &[f64]) -> Self {
        let ends = values.windows(2).zip(slopes.windows(2));
        let pieces: Vec<[f64; 4]> = ends
            .map(|(y, d)| cubic(y[0], d[0] * step, y[1], d[1] * step))
            .collect();
        Self {
            per_step: 1.0 / step,
            last: pieces.len() as f64 - 1.0,
            constant: constant(&pieces),
            pieces,
        }
    }

    /// The value, where it is the same everywhere but for round-off.
    #[inline]
    pub(crate) fn constant(&self) -> Option<f64> {
        self.constant
    }

    /// Through values, with slopes from their neighbours.
    pub(crate) fn through(step: f64, values: &[f64]) -> Self {
        let slopes: Vec<f64> = differences(values).iter().map(|d| d / step).collect();
        Self::with_slopes(step, values, &slopes)
    }

    /// Value and slope.
    #[inline]
    pub(crate) fn at(&self, x: f64) -> (f64, f64) {
        let x = x * self.per_step;
        let (i, start) = self.piece(x);
        let local = x - start;
        let within = local.clamp(0.0, 1.0);
        let [a, b, c, d] = self.pieces[i];
        let value = a + within * (b + within * (c + within * d));
        let slope = b + within * (2.0 * c + within * 3.0 * d);
        (value + slope * (local - within), slope * self.per_step)
    }

    /// Values and slopes of four at once, to the last bit those of `at`.
    #[inline(always)]
    pub(crate) fn at_each(tables: [&Self; 4], x: [f64; 4]) -> ([f64; 4], [f64; 4]) {
        let x = each(|k| x[k] * tables[k].per_step);
        let p = each(|k| tables[k].piece(x[k]));
        let rows = each(|k| tables[k].pieces[p[k].0]);
        let [a, b, c, d] = each(|i| each(|k| rows[k][i]));
        let local = each(|k| x[k] - p[k].1);
        let w = each(|k| local[k].clamp(0.0, 1.0));
        let value = each(|k| a[k] + w[k] * (b[k] + w[k] * (c[k] + w[k] * d[k])));
        let slope = each(|k| b[k] + w[k] * (2.0 * c[k] + w[k] * 3.0 * d[k]));
        (
            each(|k| value[k] + slope[k] * (local[k] - w[k])),
            each(|k| slope[k] * tables[k].per_step),
        )
    }

    #[inline(always)]
    fn piece(&self, x: f64) -> (usize, f64) {
        piece(x, self.last)
    }
}

/// The piece at a place in steps, from 0 to `last`, and where it begins. Adding 2^52 rounds to a whole
/// number, whose bits are then the last ones.
#[inline(always)]
pub(crate) fn piece(x: f64, last: f64) -> (usize, f64) {
    const ROUNDER: f64 = 4_503_599_627_370_496.0;
    let middle = x - 0.5;
    let middle = if middle > 0.0 { middle } else { 0.0 };
    let middle = if middle < last { middle } else { last };
    let rounded = middle + ROUNDER;
    (rounded.to_bits() as u32 as usize, rounded - ROUNDER)
}

/// Something for each of four. (The functions of arrays are not put inline everywhere.)
#[inline(always)]
fn each<T>(of: impl Fn(usize) -> T) -> [T; 4] {
    [of(0), of(1), of(2), of(3)]
}

/// The value of cubics that are the same everywhere but for round-off.
fn constant(pieces: &[[f64; 4]]) -> Option<f64> {
    const ROUND_OFF: f64 = 1e-13;
    let first = pieces.first()?[0];
    let small = |x: f64| x.abs() <= ROUND_OFF * first.abs();
    let same =
        |[value, rest @ ..]: &[f64; 4]| small(value - first) && rest.iter().all(|&x| small(x));
    pieces.iter().all(same).then_some(first)
}

/// The cubic in 0..1 with these values and slopes at its ends.
pub(crate) fn cubic(y0: f64, d0: f64, y1: f64, d1: f64) -> [f64; 4] {
    [
        y0,
        d0,
        3.0 * (y1 - y0) - 2.0 * d0 - d1,
        2.0 * (y0 - y1) + d0 + d1,
    ]
}

/// Slopes per step from differences of fourth order, or of what order fewer than five values allow.
pub(crate) fn differences(y: &[f64]) -> Vec<f64> {
    let n = y.len();
    let central = |i: usize| (8.0 * (y[i + 1] - y[i - 1]) - (y[i + 2] - y[i - 2])) / 12.0;
    // At the first and second of five values counted from an end.
    let first = |at: &dyn Fn(usize) -> f64| {
        (-25.0 * at(0) + 48.0 * at(1) - 36.0 * at(2) + 16.0 * at(3) - 3.0 * at(4)) / 12.0
    };
    let second = |at: &dyn Fn(usize) -> f64| {
        (-3.0 * at(0) - 10.0 * at(1) + 18.0 * at(2) - 6.0 * at(3) + at(4)) / 12.0
    };
    let (forward, backward) = (|k: usize| y[k], |k: usize| y[n - 1 - k]);
    let slope = |i: usize| match (i, n - 1 - i) {
        _ if n < 5 => few(y, i),
        (0, _) => first(&forward),
        (1, _) => second(&forward),
        (_, 0) => -first(&backward),
        (_, 1) => -second(&backward),
        _ => central(i),
    };
    (0..n).map(slope).collect()
}

/// The slope at one of two to four values, by a straight line or a parabola.
fn few(y: &[f64], i: usize) -> f64 {
    match (y.len(), i) {
        (2, _) => y[1] - y[0],
        (_, 0) => -1.5 * y[0] + 2.0 * y[1] - 0.5 * y[2],
        (n, _) if i == n - 1 => 1.5 * y[i] - 2.0 * y[i - 1] + 0.5 * y[i - 2],
        _ => 0.5 * (y[i + 1] - y[i - 1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cubics_are_exact_with_their_slopes() {
        let f = |x: f64| 1.0 - x + 0.3 * x * x - 0.1 * x * x * x;
        let d = |x: f64| -1.0 + 0.6 * x - 0.3 * x * x;
        let x: Vec<f64> = (0..=4).map(|i| f64::from(i) * 0.5).collect();
        let (values, slopes): (Vec<_>, Vec<_>) = x.iter().map(|x| (f(*x), d(*x))).unzip();
        let cubics = Cubics::with_slopes(0.5, &values, &slopes);
        for x in [0.0, 0.2, 0.5, 1.77, 2.0] {
            let (value, slope) = cubics.at(x);
            assert!(
                (value - f(x)).abs() < 1e-14 && (slope - d(x)).abs() < 1e-13,
                "{x}"
            );
        }
        let (value, slope) = cubics.at(3.0);
        assert!((value - f(2.0) - d(2.0)).abs() < 1e-13 && (slope - d(2.0)).abs() < 1e-13);
        let (value, slope) = cubics.at(-1.0);
        assert!((value - 2.0).abs() < 1e-14 && (slope + 1.0).abs() < 1e-14);
    }
}
