//! Sparse LU factors of a matrix whose pattern does not change.
//!
//! A = P⁻¹ L U Q⁻¹ with the columns in a fixed order that keeps the factors sparse and the rows in
//! the order in which they become pivots.
//!
//! 1. The first factorisation works column by column: the pattern of a column of the factors is what
//!    its entries reach through the columns of L before it (Gilbert and Peierls 1988); the pivot is, among
//!    the rows within a tenth of the largest, that of the diagonal, or else the one with the fewest entries.
//! 2. Every other one takes pattern and pivots over from it (as KLU does, Davis and Natarajan 2010),
//!    column by column or, where many are to come, by a list of bare operations (`recipe`), unless a pivot has
//!    become small against its column.

mod recipe;

use recipe::{Pattern, Recipe};

/// Share of the largest entry of its column that a new pivot must have.
const NEW_PIVOT: f64 = 0.1;
/// Share of the largest entry of its column that a pivot taken over must have.
const OLD_PIVOT: f64 = 1e-4;

/// A matrix by columns: entries of column j are `start[j]..start[j + 1]`.
#[derive(Debug, Clone, Default)]
struct Columns {
    start: Vec<usize>,
    row: Vec<u32>,
    value: Vec<f64>,
}

impl Columns {
    fn clear(&mut self) {
        self.start.clear();
        self.start.push(0);
        self.row.clear();
        self.value.clear();
    }

    fn push(&mut self, row: usize, value: f64) {
        self.row.push(row as u32);
        self.value.push(value);
    }

    fn close(&mut self) {
        self.start.push(self.row.len());
    }

    fn range(&self, column: usize) -> std::ops::Range<usize> {
        self.start[column]..self.start[column + 1]
    }
}

/// The factors, and the work arrays of their making.
#[derive(Debug, Clone)]
pub(crate) struct SparseLu {
    /// The pattern of A by columns.
    a_start: Vec<usize>,
    a_row: Vec<usize>,
    /// Column of A that is column k of the factors.
    order: Vec<usize>,
    /// Entries in each row of A.
    row_count: Vec<u32>,
    /// Pivot that each row of A is.
    position: Vec<usize>,
    /// Unit lower factor below its diagonal; rows are pivots.
    lower: Columns,
    /// Upper factor above its diagonal; rows are pivots, increasing.
    upper: Columns,
    pivot: Vec<f64>,
    /// Whether pattern and pivots are known.
    known: bool,
    /// Whether a list of operations pays: many factorisations are to come.
    pub many: bool,
    /// The operations of a factorisation with this pattern and these pivots.
    recipe: Option<Recipe>,
    work: Vec<f64>,
    mark: Vec<usize>,
    reached: Vec<usize>,
    stack: Vec<(usize, usize)>,
}

const NOT_YET: usize = usize::MAX;

impl SparseLu {
    /// For a pattern by columns (without repeated entries) and an order of its columns.
    pub(crate) fn new(a_start: Vec<usize>, a_row: Vec<usize>, order: Vec<usize>) -> Self {
        let size = order.len();
        let mut row_count = vec![0; size];
        for &row in &a_row {
            row_count[row] += 1;
        }
        Self {
            a_start,
            a_row,
            order,
            row_count,
            position: vec![NOT_YET; size],
            lower: Columns::default(),
            upper: Columns::default(),
            pivot: vec![0.0; size],
            known: false,
            many: false,
            recipe: None,
            work: vec![0.0; size],
            mark: vec![NOT_YET; size],
            reached: Vec::with_capacity(size),
            stack: Vec::with_capacity(size),
        }
    }

    fn size(&self) -> usize {
        self.order.len()
    }

    /// Forgets pattern and pivots: the next factorisation searches them anew.
    pub(crate) fn forget(&mut self) {
        self.known = false;
    }

    /// Factorises; false when the matrix is singular.
    pub(crate) fn factorise(&mut self, values: &[f64]) -> bool {
        if self.known && self.repeat(values) {
            return true;
        }
        self.recipe = None;
        self.known = self.search(values);
        self.known
    }

    /// Replaces the right-hand side by the solution.
    pub(crate) fn solve(&mut self, rhs: &mut [f64]) {
        if let Some(recipe) = &mut self.recipe {
            return recipe.solve(rhs);
        }
        let y = &mut self.work;
        for (&position, &value) in self.position.iter().zip(rhs.iter()) {
            y[position] = value;
        }
        for k in 0..y.len() {
            let yk = y[k];
            if yk != 0.0 {
                let range = self.lower.range(k);
                for (&i, l) in self.lower.row[range.clone()]
                    .iter()
                    .zip(&self.lower.value[range])
                {
                    y[i as usize] -= l * yk;
                }
            }
        }
        for k in (0..y.len()).rev() {
            let yk = y[k] / self.pivot[k];
            y[k] = 0.0;
            rhs[self.order[k]] = yk;
            let range = self.upper.range(k);
            for (&i, u) in self.upper.row[range.clone()]
                .iter()
                .zip(&self.upper.value[range])
            {
                y[i as usize] -= u * yk;
            }
        }
    }

    /// The same pattern and pivots again; false when a pivot has become too small.
    fn repeat(&mut self, values: &[f64]) -> bool {
        if self.many && self.recipe.is_none() {
            self.recipe = Recipe::new(&Pattern {
                a_start: &self.a_start,
                a_row: &self.a_row,
                order: &self.order,
                position: &self.position,
                lower: &self.lower,
                upper: &self.upper,
            });
        }
        match &mut self.recipe {
            Some(recipe) => recipe.factorise(values, 1.0 / OLD_PIVOT),
            None => self.repeat_by_columns(values),
        }
    }

    fn repeat_by_columns(&mut self, values: &[f64]) -> bool {
        let x = &mut self.work;
        for k in 0..self.order.len() {
            let column = self.order[k];
            let entries = self.a_start[column]..self.a_start[column + 1];
            for (&row, &value) in self.a_row[entries.clone()].iter().zip(&values[entries]) {
                x[self.position[row]] = value;
            }
            for entry in self.upper.range(k) {
                let j = self.upper.row[entry] as usize;
                let u = std::mem::take(&mut x[j]);
                self.upper.value[entry] = u;
                let range = self.lower.range(j);
                for (&i, l) in self.lower.row[range.clone()]
                    .iter()
                    .zip(&self.lower.value[range])
                {
                    x[i as usize] -= l * u;
                }
            }
            let pivot = std::mem::take(&mut x[k]);
            let range = self.lower.range(k);
            let below = &self.lower.row[range.clone()];
            let largest = below
                .iter()
                .fold(0.0_f64, |m, &i| m.max(x[i as usize].abs()));
            if !(pivot.abs() > OLD_PIVOT * largest && pivot.abs() > f64::MIN_POSITIVE) {
                x.fill(0.0);
                return false;
            }
            let per_pivot = 1.0 / pivot;
            for (&i, l) in below.iter().zip(&mut self.lower.value[range]) {
                *l = std::mem::take(&mut x[i as usize]) * per_pivot;
            }
            self.pivot[k] = pivot;
        }
        true
    }

    /// Pattern, pivots and values; false when the matrix is singular.
    fn search(&mut self, values: &[f64]) -> bool {
        self.lower.clear();
        self.upper.clear();
        self.position.fill(NOT_YET);
        self.mark.fill(NOT_YET);
        self.work.fill(0.0);
        for k in 0..self.size() {
            self.reach(k);
            self.eliminate(k, values);
            if !self.choose(k) {
                self.work.fill(0.0);
                return false;
            }
        }
        for row in &mut self.lower.row {
            *row = self.position[*row as usize] as u32;
        }
        self.sort_upper();
        true
    }

    /// The rows of A that column k of the factors may have, those that are pivots in an order in which
    /// they can be eliminated.
    fn reach(&mut self, k: usize) {
        self.reached.clear();
        let column = self.order[k];
        for entry in self.a_start[column]..self.a_start[column + 1] {
            let row = self.a_row[entry];
            if self.mark[row] != k {
                self.visit(row, k);
            }
        }
        self.reached.reverse();
    }

    /// Depth first through the columns of L, noting rows when all that they reach has been noted.
    fn visit(&mut self, from: usize, k: usize) {
        self.mark[from] = k;
        self.stack.push((from, 0));
        while let Some((row, seen)) = self.stack.pop() {
            let next = match self.position[row] {
                NOT_YET => None,
                position => {
                    let rows = &self.lower.row[self.lower.range(position)];
                    let unseen = rows[seen..]
                        .iter()
                        .position(|&i| self.mark[i as usize] != k);
                    unseen.map(|i| (rows[seen + i] as usize, seen + i + 1))
                }
            };
            match next {
                Some((below, seen)) => {
                    self.stack.push((row, seen));
                    self.mark[below] = k;
                    self.stack.push((below, 0));
                }
                None => self.reached.push(row),
            }
        }
    }

    /// Column k of U, and in `work` what is left of the column of A.
    fn eliminate(&mut self, k: usize, values: &[f64]) {
        let column = self.order[k];
        let entries = self.a_start[column]..self.a_start[column + 1];
        for (&row, &value) in self.a_row[entries.clone()].iter().zip(&values[entries]) {
            self.work[row] = value;
        }
        for &row in &self.reached {
            let position = self.position[row];
            if position == NOT_YET {
                continue;
            }
            let u = std::mem::take(&mut self.work[row]);
            self.upper.push(position, u);
            for entry in self.lower.range(position) {
                let i = self.lower.row[entry] as usize;
                self.work[i] -= self.lower.value[entry] * u;
            }
        }
        self.upper.close();
    }

    /// The pivot of column k, and the column of L; false when nothing is left to be one.
    fn choose(&mut self, k: usize) -> bool {
        let left = || {
            self.reached
                .iter()
                .filter(|&&r| self.position[r] == NOT_YET)
        };
        let largest = left().fold(0.0_f64, |m, &r| m.max(self.work[r].abs()));
        if !(largest > f64::MIN_POSITIVE && largest.is_finite()) {
            return false;
        }
        // The order of the columns counts on pivots of the diagonal.
        let diagonal = self.order[k];
        let good = left().filter(|&&r| self.work[r].abs() >= NEW_PIVOT * largest);
        let Some(&best) = good.min_by_key(|&&r| (r != diagonal, self.row_count[r], r)) else {
            return false;
        };
        let pivot = std::mem::take(&mut self.work[best]);
        self.position[best] = k;
        self.pivot[k] = pivot;
        for &row in &self.reached {
            if self.position[row] == NOT_YET {
                let value = std::mem::take(&mut self.work[row]);
                self.lower.push(row, value / pivot);
            }
        }
        self.lower.close();
        true
    }

    /// Increasing rows in each column of U, which is an order in which they can be eliminated.
    fn sort_upper(&mut self) {
        let mut column: Vec<(u32, f64)> = Vec::new();
        for k in 0..self.size() {
            let range = self.upper.range(k);
            column.clear();
            column.extend(
                range
                    .clone()
                    .map(|e| (self.upper.row[e], self.upper.value[e])),
            );
            column.sort_unstable_by_key(|entry| entry.0);
            for (entry, &(row, value)) in range.zip(&column) {
                (self.upper.row[entry], self.upper.value[entry]) = (row, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A matrix by columns from rows of a dense one.
    fn factors(dense: &[Vec<f64>]) -> (SparseLu, Vec<f64>) {
        let size = dense.len();
        let (mut start, mut row, mut values) = (vec![0], Vec::new(), Vec::new());
        for j in 0..size {
            for (i, line) in dense.iter().enumerate() {
                if line[j] != 0.0 {
                    row.push(i);
                    values.push(line[j]);
                }
            }
            start.push(row.len());
        }
        let order = (0..size).rev().collect();
        (SparseLu::new(start, row, order), values)
    }

    fn residual(dense: &[Vec<f64>], x: &[f64], b: &[f64]) -> f64 {
        let error = |(line, b): (&Vec<f64>, &f64)| {
            let sum: f64 = line.iter().zip(x).map(|(a, x)| a * x).sum();
            (sum - b).abs()
        };
        dense.iter().zip(b).map(error).fold(0.0, f64::max)
    }

    fn sparse(size: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
        let entry = prop_oneof![4 => Just(0.0), 1 => -1.0..1.0_f64];
        let line = proptest::collection::vec(entry, size);
        proptest::collection::vec(line, size).prop_map(move |mut dense| {
            // A permuted diagonal, so that the matrix is regular but its own diagonal may be zero.
            for (i, line) in dense.iter_mut().enumerate() {
                line[(i + 3) % size] += 5.0;
            }
            dense
        })
    }

    proptest! {
        #[test]
        fn solves_and_solves_again_with_other_values(dense in sparse(17), scale in 0.2..3.0_f64, many: bool) {
            let (mut lu, values) = factors(&dense);
            let b: Vec<f64> = (0..17).map(|i| f64::from(i) - 8.0).collect();
            prop_assert!(lu.factorise(&values));
            let mut x = b.clone();
            lu.solve(&mut x);
            prop_assert!(residual(&dense, &x, &b) < 1e-10);
            // The second time pattern and pivots are taken over, by a list or by columns.
            lu.many = many;
            let other: Vec<Vec<f64>> = dense
                .iter()
                .enumerate()
                .map(|(i, line)| line.iter().map(|v| v * (1.0 + scale * i as f64)).collect())
                .collect();
            let (_, values) = factors(&other);
            prop_assert!(lu.factorise(&values));
            let mut x = b.clone();
            lu.solve(&mut x);
            prop_assert!(residual(&other, &x, &b) < 1e-8);
        }
    }

    #[test]
    fn pivots_that_vanish_are_searched_anew() {
        let first = vec![vec![4.0, 1.0], vec![1.0, 3.0]];
        let (mut lu, values) = factors(&first);
        assert!(lu.factorise(&values));
        // The same pattern; the old pivots would be as small as rounding.
        let second = vec![vec![1e-12, 1.0], vec![1.0, 1e-12]];
        let (_, values) = factors(&second);
        assert!(lu.factorise(&values));
        let mut x = [2.0, 3.0];
        lu.solve(&mut x);
        assert!(
            (x[0] - 3.0).abs() < 1e-9 && (x[1] - 2.0).abs() < 1e-9,
            "{x:?}"
        );
    }

    #[test]
    fn a_singular_matrix_is_refused() {
        let (mut lu, values) = factors(&[vec![1.0, 2.0], vec![2.0, 4.0]]);
        assert!(!lu.factorise(&values));
        let (mut lu, _) = factors(&[vec![1.0, 2.0], vec![2.0, 1.0]]);
        assert!(!lu.factorise(&[0.0; 4]));
        assert!(lu.factorise(&[1.0, 2.0, 2.0, 1.0]));
    }
}
