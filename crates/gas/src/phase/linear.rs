/// Solves a small dense system in place by elimination with partial pivoting; none when it is singular.
pub(super) fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for k in 0..n {
        let size = |i: usize| matrix[i * n + k].abs();
        let pivot = (k..n).max_by(|&i, &j| size(i).total_cmp(&size(j)))?;
        if size(pivot).is_nan() || size(pivot) < 1e-300 {
            return None;
        }
        right.swap(k, pivot);
        (0..n).for_each(|j| matrix.swap(k * n + j, pivot * n + j));
        for i in k + 1..n {
            let factor = matrix[i * n + k] / matrix[k * n + k];
            (k..n).for_each(|j| matrix[i * n + j] -= factor * matrix[k * n + j]);
            right[i] -= factor * right[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| matrix[k * n + j] * right[j]).sum();
        right[k] = (right[k] - known) / matrix[k * n + k];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::solve;

    #[test]
    fn systems_are_solved_or_refused() {
        let x = solve(
            vec![0.0, 2.0, 1.0, 1.0, 1.0, 0.0, 3.0, 0.0, -1.0],
            vec![7.0, 3.0, 0.0],
        );
        let x = x.map(|x| {
            x.iter()
                .map(|v| (v * 1e12).round() / 1e12)
                .collect::<Vec<_>>()
        });
        assert_eq!(x, Some(vec![1.0, 2.0, 3.0]));
        assert_eq!(solve(vec![1.0, 2.0, 2.0, 4.0], vec![1.0, 2.0]), None);
    }
}
