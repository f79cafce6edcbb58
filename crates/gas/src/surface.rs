//! Bicubic interpolation in two variables on equal steps.

use crate::GasError;
use crate::hermite::{cubic, differences, piece};
use std::ops::RangeInclusive;

/// The nodes of a rectangle: origin, step and number of steps in both variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grid {
    pub(crate) origin: [f64; 2],
    pub(crate) step: [f64; 2],
    pub(crate) steps: [usize; 2],
}

/// Where a state lies in a grid: the cell, the place in it and the steps beyond the rectangle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    cell: usize,
    within: [f64; 2],
    beyond: [f64; 2],
}

/// A value and its two slopes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) value: f64,
    pub(crate) by_x: f64,
    pub(crate) by_y: f64,
}

impl Grid {
    /// Equal steps over pressures (Pa, from zero on) and temperatures (K).
    pub(crate) fn over(
        pressures_pa: RangeInclusive<f64>,
        temperatures_k: RangeInclusive<f64>,
        steps: [usize; 2],
    ) -> Result<Self, GasError> {
        let rise = |range: &RangeInclusive<f64>, steps: usize| {
            (range.end() - range.start()) / steps.max(1) as f64
        };
        let step = [
            rise(&pressures_pa, steps[0]),
            rise(&temperatures_k, steps[1]),
        ];
        let origin = [*pressures_pa.start(), *temperatures_k.start()];
        let increasing = step.iter().all(|s| *s > 0.0 && s.is_finite());
        if !increasing || origin[0] < 0.0 || steps.contains(&0) {
            return Err(GasError::OutOfRange(
                "a property table needs pressures from zero on, rising ranges and at least one step"
                    .into(),
            ));
        }
        Ok(Self {
            origin,
            step,
            steps,
        })
    }

    /// The coordinate of node `i` along one axis.
    pub(crate) fn node(&self, axis: usize, i: usize) -> f64 {
        self.origin[axis] + i as f64 * self.step[axis]
    }

    /// Number of nodes along y, which runs fastest.
    fn width(&self) -> usize {
        self.steps[1] + 1
    }
}

/// What finds a place fast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finder {
    origin: [f64; 2],
    per_step: [f64; 2],
    last: [f64; 2],
    width: usize,
}

impl Finder {
    pub(crate) fn new(grid: &Grid) -> Self {
        Self {
            origin: grid.origin,
            per_step: grid.step.map(|step| 1.0 / step),
            last: grid.steps.map(|steps| steps as f64 - 1.0),
            width: grid.steps[1],
        }
    }

    /// The place of a state.
    #[inline(always)]
    pub(crate) fn find(&self, x: f64, y: f64) -> Place {
        let (i, s, s_beyond) = self.along(0, x);
        let (j, t, t_beyond) = self.along(1, y);
        Place {
            cell: i * self.width + j,
            within: [s, t],
            beyond: [s_beyond, t_beyond],
        }
    }

    #[inline(always)]
    fn along(&self, axis: usize, coordinate: f64) -> (usize, f64, f64) {
        let x = (coordinate - self.origin[axis]) * self.per_step[axis];
        let (i, start) = piece(x, self.last[axis]);
        let local = x - start;
        let within = local.clamp(0.0, 1.0);
        (i, within, local - within)
    }
}

/// A function of two variables on a rectangle, bicubic on equal steps.
///
/// Smooth in value and both slopes; beyond the rectangle it goes on linearly. Each cell keeps the
/// 16 coefficients of its polynomial in the local coordinates: [power of y][power of x].
#[derive(Debug, Clone)]
pub(crate) struct Surface {
    per_step: [f64; 2],
    cells: Vec<[[f64; 4]; 4]>,
}

impl Surface {
    /// Through values (y fastest), with slopes from their neighbours.
    pub(crate) fn through(grid: &Grid, values: &[f64]) -> Self {
        let along_x = differences_x(grid, values);
        Self::joined(grid, values, &along_x, &differences_y(grid, values))
    }

    /// Through values (y fastest) whose slopes along x and y are known.
    pub(crate) fn with_slopes(grid: &Grid, values: &[f64], by_x: &[f64], by_y: &[f64]) -> Self {
        let per_step = |axis: usize, slopes: &[f64]| -> Vec<f64> {
            slopes.iter().map(|d| d * grid.step[axis]).collect()
        };
        Self::joined(grid, values, &per_step(0, by_x), &per_step(1, by_y))
    }

    fn joined(grid: &Grid, values: &[f64], along_x: &[f64], along_y: &[f64]) -> Self {
        let cross = differences_y(grid, along_x);
        let node = |k: usize| [values[k], along_x[k], along_y[k], cross[k]];
        let mut cells = Vec::with_capacity(grid.steps[0] * grid.steps[1]);
        for i in 0..grid.steps[0] {
            for j in 0..grid.steps[1] {
                let k = i * grid.width() + j;
                let corners = [k, k + grid.width()].map(|k| [node(k), node(k + 1)]);
                cells.push(coefficients(corners));
            }
        }
        Self {
            per_step: grid.step.map(|step| 1.0 / step),
            cells,
        }
    }

    /// The value at a place.
    #[inline(always)]
    pub(crate) fn value(&self, place: &Place) -> f64 {
        if place.beyond != [0.0, 0.0] {
            return self.point(place).value;
        }
        let [s, t] = place.within;
        let [a, b, c, d] = &self.cells[place.cell];
        let row = |k: usize| a[k] + t * (b[k] + t * (c[k] + t * d[k]));
        let rows = [row(0), row(1), row(2), row(3)];
        rows[0] + s * (rows[1] + s * (rows[2] + s * rows[3]))
    }

    /// The value and both slopes at a place.
    #[inline(always)]
    pub(crate) fn point(&self, place: &Place) -> Point {
        let [s, t] = place.within;
        let [a, b, c, d] = &self.cells[place.cell];
        // Horner's scheme for a cubic in t with its slope, in each power of s.
        let with_slope = |k: usize| {
            let third = c[k] + t * d[k];
            let second = b[k] + t * third;
            (a[k] + t * second, second + t * (third + t * d[k]))
        };
        let ((r0, q0), (r1, q1)) = (with_slope(0), with_slope(1));
        let ((r2, q2), (r3, q3)) = (with_slope(2), with_slope(3));
        let third = r2 + s * r3;
        let second = r1 + s * third;
        let value = r0 + s * second;
        let by_x = second + s * (third + s * r3);
        let by_y = q0 + s * (q1 + s * (q2 + s * q3));
        Point {
            value: value + by_x * place.beyond[0] + by_y * place.beyond[1],
            by_x: by_x * self.per_step[0],
            by_y: by_y * self.per_step[1],
        }
    }
}

/// The polynomial of a cell from its corners [x][y], each with value, slopes and cross slope per step.
fn coefficients(corners: [[[f64; 4]; 2]; 2]) -> [[f64; 4]; 4] {
    // Cubics in y of the value (0) and of the slope in x (1) at both ends of x.
    let along_y = |x: usize, k: usize| {
        let [low, high] = corners[x];
        cubic(low[k], low[k + 2], high[k], high[k + 2])
    };
    let (v0, d0) = (along_y(0, 0), along_y(0, 1));
    let (v1, d1) = (along_y(1, 0), along_y(1, 1));
    [0, 1, 2, 3].map(|power| cubic(v0[power], d0[power], v1[power], d1[power]))
}

fn differences_y(grid: &Grid, values: &[f64]) -> Vec<f64> {
    values.chunks(grid.width()).flat_map(differences).collect()
}

fn differences_x(grid: &Grid, values: &[f64]) -> Vec<f64> {
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

    /// A quadratic polynomial is reproduced with its slopes: differences are exact for it.
    #[test]
    fn quadratics_are_exact() {
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
        let (finder, surface) = (Finder::new(&grid), Surface::through(&grid, &values));
        for (x, y) in [
            (1.0, -2.0),
            (1.3, -1.1),
            (3.99, -0.76),
            (4.0, -0.75),
            (2.5, -1.5),
        ] {
            let place = finder.find(x, y);
            let point = surface.point(&place);
            assert!((point.value - f(x, y)).abs() < 1e-13, "{x} {y}");
            assert!((surface.value(&place) - f(x, y)).abs() < 1e-13, "{x} {y}");
            assert!((point.by_x - (2.0 + x + 0.25 * y)).abs() < 1e-12);
            assert!((point.by_y - (-1.0 + 0.25 * x - 1.5 * y)).abs() < 1e-12);
        }
        let at = |x: f64, y: f64| surface.point(&finder.find(x, y));
        let (edge, beyond) = (at(4.0, -1.0), at(5.0, -1.0));
        assert!((beyond.value - edge.value - edge.by_x).abs() < 1e-12);
        assert_eq!(surface.value(&finder.find(5.0, -1.0)), beyond.value);
    }
}
