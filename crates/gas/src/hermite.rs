//! Cubic Hermite interpolation in one and two variables on equal steps.

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

    /// The piece at a place in steps, and where it begins. Adding 2^52 rounds to a whole number, whose
    /// bits are then the last ones.
    #[inline(always)]
    fn piece(&self, x: f64) -> (usize, f64) {
        const ROUNDER: f64 = 4_503_599_627_370_496.0;
        let middle = x - 0.5;
        let middle = if middle > 0.0 { middle } else { 0.0 };
        let middle = if middle < self.last {
            middle
        } else {
            self.last
        };
        let rounded = middle + ROUNDER;
        (rounded.to_bits() as u32 as usize, rounded - ROUNDER)
    }
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
fn cubic(y0: f64, d0: f64, y1: f64, d1: f64) -> [f64; 4] {
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

/// A function of two variables on a rectangle, bicubic on equal steps.
///
/// Smooth in value and both slopes; beyond the rectangle it goes on linearly.
#[derive(Debug, Clone)]
pub(crate) struct Surface {
    grid: Grid,
    /// Value, slope in x, slope in y and cross slope, all per step; y runs fastest.
    nodes: Vec<[f64; 4]>,
}

/// The nodes of a rectangle: origin, step and number of steps in both variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grid {
    pub(crate) origin: [f64; 2],
    pub(crate) step: [f64; 2],
    pub(crate) steps: [usize; 2],
}

impl Grid {
    /// The coordinate of node `i` along one axis.
    pub(crate) fn node(&self, axis: usize, i: usize) -> f64 {
        self.origin[axis] + i as f64 * self.step[axis]
    }

    /// Interval, place within it (0..1), and steps beyond the rectangle.
    #[inline]
    fn locate(&self, axis: usize, coordinate: f64) -> (usize, f64, f64) {
        let steps = self.steps[axis];
        let x = (coordinate - self.origin[axis]) / self.step[axis];
        let within = x.clamp(0.0, steps as f64);
        let i = (within as usize).min(steps - 1);
        (i, within - i as f64, x - within)
    }

    fn width(&self) -> usize {
        self.steps[1] + 1
    }
}

/// A value and its two slopes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) value: f64,
    pub(crate) by_x: f64,
    pub(crate) by_y: f64,
}

/// The four Hermite functions at a place in 0..1, and their slopes: value and slope at 0, at 1.
#[inline]
fn basis(t: f64) -> ([f64; 4], [f64; 4]) {
    let u = 1.0 - t;
    (
        [
            u * u * (1.0 + 2.0 * t),
            u * u * t,
            t * t * (3.0 - 2.0 * t),
            -t * t * u,
        ],
        [
            -6.0 * t * u,
            u * (1.0 - 3.0 * t),
            6.0 * t * u,
            t * (3.0 * t - 2.0),
        ],
    )
}

impl Surface {
    /// Through values (y fastest), with slopes from their neighbours.
    pub(crate) fn through(grid: Grid, values: &[f64]) -> Self {
        Self::joined(
            grid,
            values,
            &differences_x(grid, values),
            &differences_y(grid, values),
        )
    }

    /// Through values (y fastest) whose slopes along x and y are known.
    pub(crate) fn with_slopes(grid: Grid, values: &[f64], by_x: &[f64], by_y: &[f64]) -> Self {
        let per_step = |axis: usize, slopes: &[f64]| -> Vec<f64> {
            slopes.iter().map(|d| d * grid.step[axis]).collect()
        };
        Self::joined(grid, values, &per_step(0, by_x), &per_step(1, by_y))
    }

    fn joined(grid: Grid, values: &[f64], along_x: &[f64], along_y: &[f64]) -> Self {
        let cross = differences_y(grid, along_x);
        let nodes = (0..values.len()).map(|i| [values[i], along_x[i], along_y[i], cross[i]]);
        Self {
            nodes: nodes.collect(),
            grid,
        }
    }

    #[inline]
    pub(crate) fn at(&self, x: f64, y: f64) -> Point {
        let (i, s, beyond_x) = self.grid.locate(0, x);
        let (j, t, beyond_y) = self.grid.locate(1, y);
        let ((fx, gx), (fy, gy)) = (basis(s), basis(t));
        let (mut value, mut by_x, mut by_y) = (0.0, 0.0, 0.0);
        for a in 0..2 {
            for b in 0..2 {
                let [v, vx, vy, vxy] = self.nodes[(i + a) * self.grid.width() + j + b];
                let (p, q) = (2 * a, 2 * b);
                let along = |f: &[f64; 4], g: &[f64; 4]| {
                    f[p] * (g[q] * v + g[q + 1] * vy) + f[p + 1] * (g[q] * vx + g[q + 1] * vxy)
                };
                value += along(&fx, &fy);
                by_x += along(&gx, &fy);
                by_y += along(&fx, &gy);
            }
        }
        Point {
            value: value + by_x * beyond_x + by_y * beyond_y,
            by_x: by_x / self.grid.step[0],
            by_y: by_y / self.grid.step[1],
        }
    }
}

fn differences_y(grid: Grid, values: &[f64]) -> Vec<f64> {
    values.chunks(grid.width()).flat_map(differences).collect()
}

fn differences_x(grid: Grid, values: &[f64]) -> Vec<f64> {
    let width = grid.width();
    let mut slopes = vec![0.0; values.len()];
    for j in 0..width {
        let column: Vec<f64> = values.iter().skip(j).step_by(width).copied().collect();
        for (i, slope) in differences(&column).into_iter().enumerate() {
            slopes[i * width + j] = slope;
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bicubic polynomial is reproduced with its slopes where differences are exact for it.
    #[test]
    fn quadratics_are_exact_in_two_variables() {
        let f = |x: f64, y: f64| 3.0 + 2.0 * x - y + 0.5 * x * x + 0.25 * x * y - 0.75 * y * y;
        let grid = Grid {
            origin: [1.0, -2.0],
            step: [0.5, 0.25],
            steps: [6, 5],
        };
        let nodes = (0..=6).flat_map(|i| (0..=5).map(move |j| (i, j)));
        let values: Vec<f64> = nodes
            .map(|(i, j)| f(grid.node(0, i), grid.node(1, j)))
            .collect();
        let surface = Surface::through(grid, &values);
        for (x, y) in [
            (1.0, -2.0),
            (1.3, -1.1),
            (3.99, -0.76),
            (4.0, -0.75),
            (2.5, -1.5),
        ] {
            let point = surface.at(x, y);
            assert!((point.value - f(x, y)).abs() < 1e-13, "{x} {y}");
            assert!((point.by_x - (2.0 + x + 0.25 * y)).abs() < 1e-12);
            assert!((point.by_y - (-1.0 + 0.25 * x - 1.5 * y)).abs() < 1e-12);
        }
        let (edge, beyond) = (surface.at(4.0, -1.0), surface.at(5.0, -1.0));
        assert!((beyond.value - edge.value - edge.by_x).abs() < 1e-12);
    }

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
