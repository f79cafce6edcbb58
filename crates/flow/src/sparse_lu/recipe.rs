//! A factorisation laid out as a plain list of operations, for the values of one pattern with the
//! pivots of one order.
//!
//! Pivots that do not wait for each other are a level. They are numbered by level, and each level is
//! three loops without branches: invert the pivots, scale the columns of L, subtract the products
//! l_ik u_kj from what is left. Loops over a whole level keep the processor busy where columns have one
//! or two entries, as those of gas networks do.

use super::Columns;
use std::ops::Range;

/// Ends, one past the last, of what belongs to a level.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    pivots: usize,
    lower: usize,
    upper: usize,
    products: usize,
}

/// `values[target] -= values[lower] * values[upper]`.
#[derive(Debug, Clone, Copy)]
struct Product {
    target: u32,
    lower: u32,
    upper: u32,
}

/// An entry of a factor off its diagonal; both numbers are places of pivots.
#[derive(Debug, Clone, Copy)]
struct Entry {
    row: u32,
    column: u32,
}

/// The list, and the values it works on: pivots, then L by columns, then U by rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Recipe {
    values: Vec<f64>,
    levels: Vec<Level>,
    lower: Vec<Entry>,
    upper: Vec<Entry>,
    products: Vec<Product>,
    /// Where each entry of A goes.
    from_a: Vec<u32>,
    /// Place of each row, and of each column, of A.
    row_place: Vec<u32>,
    column_place: Vec<u32>,
    work: Vec<f64>,
}

/// What a recipe is made from.
pub(super) struct Pattern<'a> {
    pub a_start: &'a [usize],
    pub a_row: &'a [usize],
    /// Column of A that is column k of the factors.
    pub order: &'a [usize],
    /// Pivot that each row of A is.
    pub position: &'a [usize],
    pub lower: &'a Columns,
    pub upper: &'a Columns,
}

/// The numbering of pivots and entries while a recipe is made.
struct Numbering<'a> {
    pattern: &'a Pattern<'a>,
    /// Place of each pivot.
    place: Vec<u32>,
    /// Value of each entry of L by columns and of U by columns, in the order of the factors.
    lower_value: Vec<u32>,
    upper_value: Vec<u32>,
    /// Entries of U by rows: column and number.
    rows: Vec<Vec<(u32, usize)>>,
}

impl Numbering<'_> {
    /// The value of an entry of the factors; all that is asked for is in their patterns.
    fn value(&self, row: u32, column: u32) -> Option<u32> {
        let find = |factor: &Columns, values: &[u32]| {
            let range = factor.range(column as usize);
            let found = factor.row[range.clone()].iter().position(|&r| r == row)?;
            Some(values[range.start + found])
        };
        match row.cmp(&column) {
            std::cmp::Ordering::Equal => Some(self.place[row as usize]),
            std::cmp::Ordering::Greater => find(self.pattern.lower, &self.lower_value),
            std::cmp::Ordering::Less => find(self.pattern.upper, &self.upper_value),
        }
    }
}

/// The level of each pivot: one above all that change its row or its column.
fn levels(pattern: &Pattern<'_>) -> Vec<u32> {
    let mut level = vec![0_u32; pattern.order.len()];
    for k in 0..level.len() {
        for &i in &pattern.upper.row[pattern.upper.range(k)] {
            level[k] = level[k].max(level[i as usize] + 1);
        }
        for &i in &pattern.lower.row[pattern.lower.range(k)] {
            level[i as usize] = level[i as usize].max(level[k] + 1);
        }
    }
    level
}

impl Recipe {
    /// None where the pattern of the factors lacks an entry that it should have.
    pub(super) fn new(pattern: &Pattern<'_>) -> Option<Self> {
        let size = pattern.order.len();
        let level = levels(pattern);
        let mut by_level: Vec<usize> = (0..size).collect();
        by_level.sort_by_key(|&k| level[k]);
        let mut numbering = Numbering {
            place: vec![0; size],
            lower_value: vec![0; pattern.lower.row.len()],
            upper_value: vec![0; pattern.upper.row.len()],
            rows: vec![Vec::new(); size],
            pattern,
        };
        for (place, &k) in by_level.iter().enumerate() {
            numbering.place[k] = place as u32;
            for entry in pattern.upper.range(k) {
                numbering.rows[pattern.upper.row[entry] as usize].push((k as u32, entry));
            }
        }
        let mut recipe = Self::default();
        recipe.number(&by_level, &mut numbering);
        for same in by_level.chunk_by(|&i, &j| level[i] == level[j]) {
            recipe.add_level(same, &numbering)?;
        }
        recipe.take_a(&numbering)?;
        recipe.values = vec![0.0; size + recipe.lower.len() + recipe.upper.len()];
        recipe.work = vec![0.0; size];
        Some(recipe)
    }

    /// Numbers the values: pivots, L, U.
    fn number(&mut self, by_level: &[usize], numbering: &mut Numbering<'_>) {
        let pattern = numbering.pattern;
        let mut next = by_level.len() as u32;
        for &k in by_level {
            for entry in pattern.lower.range(k) {
                numbering.lower_value[entry] = next;
                next += 1;
                self.lower.push(Entry {
                    row: numbering.place[pattern.lower.row[entry] as usize],
                    column: numbering.place[k],
                });
            }
        }
        for &k in by_level {
            for &(column, entry) in &numbering.rows[k] {
                numbering.upper_value[entry] = next;
                next += 1;
                self.upper.push(Entry {
                    row: numbering.place[k],
                    column: numbering.place[column as usize],
                });
            }
        }
    }

    /// The products that the pivots of a level bring about, and where the level ends.
    fn add_level(&mut self, pivots: &[usize], numbering: &Numbering<'_>) -> Option<()> {
        let pattern = numbering.pattern;
        let mut end = self.levels.last().copied().unwrap_or_default();
        for &k in pivots {
            let column = pattern.lower.range(k);
            for entry in column.clone() {
                let row = pattern.lower.row[entry];
                for &(column, other) in &numbering.rows[k] {
                    self.products.push(Product {
                        target: numbering.value(row, column)?,
                        lower: numbering.lower_value[entry],
                        upper: numbering.upper_value[other],
                    });
                }
            }
            end.pivots += 1;
            end.lower += column.len();
            end.upper += numbering.rows[k].len();
        }
        end.products = self.products.len();
        self.levels.push(end);
        Some(())
    }

    /// Where the entries of A go.
    fn take_a(&mut self, numbering: &Numbering<'_>) -> Option<()> {
        let pattern = numbering.pattern;
        let size = pattern.order.len();
        self.column_place = vec![0; size];
        let place = |&k: &usize| numbering.place[k];
        self.row_place = pattern.position.iter().map(place).collect();
        self.from_a = vec![0; pattern.a_row.len()];
        for (k, &column) in pattern.order.iter().enumerate() {
            self.column_place[column] = numbering.place[k];
            for entry in pattern.a_start[column]..pattern.a_start[column + 1] {
                let row = pattern.position[pattern.a_row[entry]];
                self.from_a[entry] = numbering.value(row as u32, k as u32)?;
            }
        }
        Some(())
    }

    /// Each level with what belongs to it.
    fn ranges(&self) -> impl DoubleEndedIterator<Item = [Range<usize>; 4]> {
        (0..self.levels.len()).map(|i| {
            let begin = match i {
                0 => Level::default(),
                _ => self.levels[i - 1],
            };
            let end = self.levels[i];
            [
                begin.pivots..end.pivots,
                begin.lower..end.lower,
                begin.upper..end.upper,
                begin.products..end.products,
            ]
        })
    }

    /// Factorises the matrix with these values; false when an entry of L is larger than `bound`, or a
    /// pivot vanishes. Pivots are left as their inverses.
    pub(super) fn factorise(&mut self, a: &[f64], bound: f64) -> bool {
        let mut values = std::mem::take(&mut self.values);
        values.fill(0.0);
        for (&to, &value) in self.from_a.iter().zip(a) {
            values[to as usize] = value;
        }
        let size = self.work.len();
        let mut good = true;
        for [pivots, lower, _, products] in self.ranges() {
            for pivot in &mut values[pivots] {
                good &= pivot.abs() > f64::MIN_POSITIVE;
                *pivot = 1.0 / *pivot;
            }
            for at in lower {
                let scaled = values[size + at] * values[self.lower[at].column as usize];
                good &= scaled.abs() < bound;
                values[size + at] = scaled;
            }
            for p in &self.products[products] {
                let product = values[p.lower as usize] * values[p.upper as usize];
                values[p.target as usize] -= product;
            }
        }
        self.values = values;
        good
    }

    /// Replaces the right-hand side by the solution.
    pub(super) fn solve(&mut self, rhs: &mut [f64]) {
        let mut y = std::mem::take(&mut self.work);
        for (&place, &value) in self.row_place.iter().zip(rhs.iter()) {
            y[place as usize] = value;
        }
        let size = y.len();
        let (pivots, factors) = self.values.split_at(size);
        let (lower, upper) = factors.split_at(self.lower.len());
        for (entry, value) in self.lower.iter().zip(lower) {
            let product = value * y[entry.column as usize];
            y[entry.row as usize] -= product;
        }
        for [level, _, entries, _] in self.ranges().rev() {
            for (entry, value) in self.upper[entries.clone()].iter().zip(&upper[entries]) {
                let product = value * y[entry.column as usize];
                y[entry.row as usize] -= product;
            }
            for (y, pivot) in y[level.clone()].iter_mut().zip(&pivots[level]) {
                *y *= pivot;
            }
        }
        for (x, &place) in rhs.iter_mut().zip(&self.column_place) {
            *x = y[place as usize];
        }
        self.work = y;
    }
}
