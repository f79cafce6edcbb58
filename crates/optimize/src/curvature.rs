//! Second derivatives of single rows, as differences of exact gradients, and their convex part.

/// Symmetric matrix over a few unknowns.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub unknowns: Vec<usize>,
    /// Row by row.
    pub values: Vec<f64>,
}

/// Share of an unknown, or of 1, by which it is moved.
const STEP: f64 = 1e-5;

/// The matrix of second derivatives of a sum of terms, where `gradient` gives them at a point.
pub(crate) fn second(
    unknowns: &[usize],
    x: &mut [f64],
    mut gradient: impl FnMut(&[f64]) -> Vec<(usize, f64)>,
) -> Block {
    let n = unknowns.len();
    let mut values = vec![0.0; n * n];
    for (column, &i) in unknowns.iter().enumerate() {
        let (old, h) = (x[i], STEP * x[i].abs().max(1e-2));
        x[i] = old + h;
        let up = gradient(x);
        x[i] = old - h;
        let down = gradient(x);
        x[i] = old;
        for (row, &j) in unknowns.iter().enumerate() {
            let of = |terms: &[(usize, f64)]| -> f64 {
                terms.iter().filter(|t| t.0 == j).map(|t| t.1).sum()
            };
            values[row * n + column] = (of(&up) - of(&down)) / (2.0 * h);
        }
    }
    for i in 0..n {
        for j in 0..i {
            let mean = 0.5 * (values[i * n + j] + values[j * n + i]);
            values[i * n + j] = mean;
            values[j * n + i] = mean;
        }
    }
    Block {
        unknowns: unknowns.to_vec(),
        values,
    }
}

impl Block {
    /// Times a factor, with negative eigenvalues set to zero.
    pub(crate) fn convex(mut self, factor: f64) -> Self {
        let n = self.unknowns.len();
        self.values.iter_mut().for_each(|v| *v *= factor);
        let (values, vectors) = eigen(&self.values, n);
        for i in 0..n {
            for j in 0..n {
                let part = |k: usize| values[k].max(0.0) * vectors[i * n + k] * vectors[j * n + k];
                self.values[i * n + j] = (0..n).map(part).sum();
            }
        }
        self
    }
}

/// Eigenvalues and eigenvectors (in columns) of a small symmetric matrix, by Jacobi's rotations.
fn eigen(matrix: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    const SWEEPS: usize = 12;
    let mut a = matrix.to_vec();
    let mut v = vec![0.0; n * n];
    (0..n).for_each(|i| v[i * n + i] = 1.0);
    for _ in 0..SWEEPS {
        for p in 0..n {
            for q in p + 1..n {
                if a[p * n + q] != 0.0 {
                    rotate(&mut a, &mut v, n, p, q);
                }
            }
        }
    }
    ((0..n).map(|i| a[i * n + i]).collect(), v)
}

fn rotate(a: &mut [f64], v: &mut [f64], n: usize, p: usize, q: usize) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * a[p * n + q]);
    let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / t.hypot(1.0);
    let s = t * c;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
        let (x, y) = (v[k * n + p], v[k * n + q]);
        v[k * n + p] = c * x - s * y;
        v[k * n + q] = s * x + c * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [[2, 1], [1, 2]] has eigenvalues 1 and 3; [[0, 1], [1, 0]] has 1 and -1, convex part [[.5, .5], [.5, .5]].
    #[test]
    fn convex_part() {
        let block = |values: Vec<f64>| Block {
            unknowns: vec![0, 1],
            values,
        };
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near(
            &block(vec![2.0, 1.0, 1.0, 2.0]).convex(1.0).values,
            &[2.0, 1.0, 1.0, 2.0]
        ));
        assert!(near(
            &block(vec![0.0, 1.0, 1.0, 0.0]).convex(1.0).values,
            &[0.5; 4]
        ));
    }

    /// x²y has second derivatives 2y and 2x.
    #[test]
    fn second_derivatives() {
        let mut x = [3.0, 5.0];
        let block = second(&[0, 1], &mut x, |x| {
            vec![(0, 2.0 * x[0] * x[1]), (1, x[0] * x[0])]
        });
        let expected = [10.0, 6.0, 6.0, 0.0];
        assert!(
            block
                .values
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-6)
        );
    }
}
