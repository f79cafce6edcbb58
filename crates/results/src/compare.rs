use crate::{Frame, Solution};
use serde::Serialize;
use std::collections::HashMap;

/// What differs between two solutions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// How many times both have.
    pub common_times: usize,
    /// Elements that only the first has.
    pub only_in_a: Vec<String>,
    /// Elements that only the second has.
    pub only_in_b: Vec<String>,
    /// Quantities that differ, the largest difference first; one entry for an element and quantity.
    pub differences: Vec<Difference>,
}

/// A quantity of an element that differs, at the time when it differs most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// `nodes`, `edges` or `terminals`.
    pub table: &'static str,
    /// The element.
    pub id: String,
    /// The quantity, such as `pressure_pa`.
    pub quantity: String,
    /// When, s since the start.
    pub time_s: f64,
    /// The value in the first; none where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<f64>,
    /// The value in the second; none where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<f64>,
    /// The difference as a share of the largest value that the quantity has anywhere; 1 where one
    /// of the two is missing.
    pub relative: f64,
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.only_in_a.is_empty() && self.only_in_b.is_empty() && self.differences.is_empty()
    }
}

/// Compares two solutions at the times that both have; at their last times where they share none.
pub fn compare(a: &Solution, b: &Solution) -> Comparison {
    let times = Times::of(a, b);
    let mut comparison = Comparison {
        common_times: times.common,
        ..Comparison::default()
    };
    let tables = [
        ("nodes", &a.nodes, &b.nodes),
        ("edges", &a.edges, &b.edges),
        ("terminals", &a.terminals, &b.terminals),
    ];
    for (table, a, b) in tables {
        comparison.only_in_a.extend(missing(a, b));
        comparison.only_in_b.extend(missing(b, a));
        comparison
            .differences
            .extend(frame_differences(table, a, b, &times));
    }
    comparison
        .differences
        .sort_by(|x, y| y.relative.total_cmp(&x.relative));
    comparison
}

/// Which row of the first belongs to which row of the second.
struct Times {
    common: usize,
    pairs: Vec<(usize, usize, f64)>,
}

impl Times {
    fn of(a: &Solution, b: &Solution) -> Self {
        let rows_of_b: HashMap<u64, usize> = b
            .time_s
            .iter()
            .enumerate()
            .map(|(row, t)| (t.to_bits(), row))
            .collect();
        let matching = a.time_s.iter().enumerate();
        let mut pairs: Vec<_> = matching
            .filter_map(|(row, t)| Some((row, *rows_of_b.get(&t.to_bits())?, *t)))
            .collect();
        let common = pairs.len();
        if let (0, Some(last), false) = (common, a.time_s.last(), b.time_s.is_empty()) {
            pairs.push((a.time_s.len() - 1, b.time_s.len() - 1, *last));
        }
        Self { common, pairs }
    }
}

/// The elements of the first frame that the second lacks.
fn missing(first: &Frame, second: &Frame) -> Vec<String> {
    first
        .ids
        .iter()
        .filter(|id| !second.ids.contains(id))
        .cloned()
        .collect()
}

fn frame_differences(table: &'static str, a: &Frame, b: &Frame, times: &Times) -> Vec<Difference> {
    let index_in_b: HashMap<&str, usize> = b
        .ids
        .iter()
        .enumerate()
        .map(|(i, id)| (id.as_str(), i))
        .collect();
    let mut differences = Vec::new();
    for column in &a.columns {
        let Some(other) = b.column(&column.name) else {
            continue;
        };
        let scale = largest(&column.values).max(largest(other));
        for (i, id) in a.ids.iter().enumerate() {
            let Some(j) = index_in_b.get(id.as_str()) else {
                continue;
            };
            let at = |&(row_a, row_b, time_s): &(usize, usize, f64)| {
                let x = column.values.get(row_a * a.ids.len() + i).copied();
                let y = other.get(row_b * b.ids.len() + j).copied();
                let (x, y) = (x.filter(|x| !x.is_nan()), y.filter(|y| !y.is_nan()));
                (relative(x, y, scale), time_s, x, y)
            };
            let worst = times
                .pairs
                .iter()
                .map(at)
                .max_by(|x, y| x.0.total_cmp(&y.0));
            let Some((relative, time_s, x, y)) = worst.filter(|w| w.0 > 0.0) else {
                continue;
            };
            let quantity = column.name.clone();
            let id = id.clone();
            differences.push(Difference {
                table,
                id,
                quantity,
                time_s,
                a: x,
                b: y,
                relative,
            });
        }
    }
    differences
}

fn largest(values: &[f64]) -> f64 {
    values
        .iter()
        .filter(|v| v.is_finite())
        .fold(0.0, |m: f64, v| m.max(v.abs()))
}

fn relative(a: Option<f64>, b: Option<f64>, scale: f64) -> f64 {
    match (a, b) {
        (None, None) => 0.0,
        (Some(a), Some(b)) if a == b => 0.0,
        (Some(a), Some(b)) if scale > 0.0 => (a - b).abs() / scale,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    fn solution(times: &[f64], ids: &[&str], values: &[f64]) -> Solution {
        let column = Column {
            name: "pressure_pa".into(),
            unit: "Pa".into(),
            values: values.to_vec(),
        };
        let nodes = Frame {
            ids: ids.iter().map(ToString::to_string).collect(),
            columns: vec![column],
            ..Frame::default()
        };
        Solution {
            time_s: times.to_vec(),
            nodes,
            ..Solution::default()
        }
    }

    #[test]
    fn nothing_differs_from_itself() {
        let a = solution(&[0.0, 1.0], &["x", "y"], &[1.0, f64::NAN, 3.0, 4.0]);
        assert!(compare(&a, &a).is_empty());
    }

    #[test]
    fn the_largest_difference_comes_first() {
        let a = solution(&[0.0, 1.0], &["x", "y"], &[1.0, 2.0, 3.0, 4.0]);
        let b = solution(&[0.0, 1.0], &["y", "x"], &[2.0, 1.0, 8.0, 3.5]);
        let found = compare(&a, &b);
        let told: Vec<_> = found
            .differences
            .iter()
            .map(|d| (d.id.as_str(), d.time_s, d.a, d.b))
            .collect();
        assert_eq!(
            told,
            [
                ("y", 1.0, Some(4.0), Some(8.0)),
                ("x", 1.0, Some(3.0), Some(3.5))
            ]
        );
        assert_eq!(found.differences[0].relative, 0.5);
    }

    #[test]
    fn only_common_times_are_compared() {
        let a = solution(&[0.0, 1.0], &["x"], &[1.0, 2.0]);
        let b = solution(&[1.0, 2.0], &["x"], &[2.0, 9.0]);
        let found = compare(&a, &b);
        assert_eq!((found.common_times, found.is_empty()), (1, true));
        let c = solution(&[7.0], &["z"], &[2.0]);
        let found = compare(&a, &c);
        assert_eq!(found.only_in_a, ["x"]);
        assert_eq!(found.only_in_b, ["z"]);
    }

    #[test]
    fn a_value_that_is_missing_differs() {
        let a = solution(&[0.0], &["x"], &[1.0]);
        let b = solution(&[0.0], &["x"], &[f64::NAN]);
        assert_eq!(compare(&a, &b).differences[0].b, None);
    }
}
