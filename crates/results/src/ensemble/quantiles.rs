//! Quantiles over members, by time: exact, from a second pass over the series.
//!
//! Of each series as many output times are taken at a time as fit into a fixed number of values, so memory
//! does not grow with the members up to that number; the column is read again for the next times.

use super::arrays::{Growing, GrowingTable, Value, fail};
use crate::FolderError;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampMicrosecondType};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

/// The shares for which quantiles are told.
pub const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Columns of the shares.
const NAMES: [&str; 5] = ["p05", "p25", "p50", "p75", "p95"];
/// Most values that are held at a time.
const VALUES_MAX: usize = 1 << 18;
/// Rows that are read at a time.
const BATCH_ROWS: usize = 8192;

/// What the members say of one quantity at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// Members that reached this time.
    pub count: usize,
    /// Least value.
    pub least: f64,
    /// Values below which the shares [`SHARES`] of the members lie.
    pub at: [f64; 5],
    /// Largest value.
    pub most: f64,
    /// Mean.
    pub mean: f64,
}

impl Quantiles {
    /// Of some values, which are put in order; none of no values.
    ///
    /// Between the values in order, straight lines: the quantile of a share p of n values lies at place
    /// (n - 1) p from the first (definition 7 of Hyndman and Fan 1996, that of NumPy and R).
    pub fn of(values: &mut [f64]) -> Option<Self> {
        values.sort_unstable_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let at = SHARES.map(|share| {
            let place = (values.len() - 1) as f64 * share;
            let below = place.floor() as usize;
            let above = (below + 1).min(values.len() - 1);
            values[below] + (place - below as f64) * (values[above] - values[below])
        });
        Some(Self {
            count: values.len(),
            least,
            at,
            most,
            mean: values.iter().sum::<f64>() / values.len() as f64,
        })
    }
}

/// Reads `series.parquet` and writes the quantiles of each of its series at each time to `quantiles.parquet`
/// beside it; returns those of the last time of each series that has any.
///
/// Errors: a file cannot be read or written.
pub fn quantiles(
    series: &Path,
    about: &HashMap<String, String>,
) -> Result<Vec<(String, Quantiles)>, FolderError> {
    let names = columns(series)?;
    let path = series.with_file_name("quantiles.parquet");
    let number = |name: &str| (name.to_owned(), None, Growing::number());
    let mut into = vec![
        ("time".to_owned(), None, Growing::time()),
        ("series".to_owned(), None, Growing::text()),
        ("unit".to_owned(), None, Growing::text()),
        ("members".to_owned(), None, Growing::integer()),
    ];
    into.extend(
        ["least"]
            .iter()
            .chain(&NAMES)
            .chain(&["most", "mean"])
            .map(|n| number(n)),
    );
    let mut table = GrowingTable::begin(&path, about, into)?;
    let times = times(series)?;
    let mut last = Vec::new();
    for (place, (name, unit)) in names.iter().enumerate() {
        let mut found = None;
        each_time(series, place + 2, &times, |time, q| {
            found = Some(*q);
            let head = [
                Value::Time(time),
                Value::Text(name),
                Value::Text(unit),
                Value::Integer(q.count as u64),
                Value::Number(q.least),
            ];
            let rest = [Value::Number(q.most), Value::Number(q.mean)];
            table.row(head.into_iter().chain(q.at.map(Value::Number)).chain(rest))
        })?;
        last.extend(found.map(|q| (name.clone(), q)));
    }
    table.finish()?;
    Ok(last)
}

/// Quantiles of columns of `members.parquet` over the members that have a value there; takes eight bytes a
/// member.
///
/// Errors: the file cannot be read, or a column is not there.
pub fn member_quantiles(
    members: &Path,
    names: &[&str],
) -> Result<Vec<(String, Quantiles)>, FolderError> {
    let mut found = Vec::new();
    for name in names {
        let schema = builder(members)?.schema().clone();
        let column = schema.index_of(name).map_err(|e| fail(members, e))?;
        let mut values = Vec::new();
        for batch in reader(members, &[column])? {
            let batch = batch.map_err(|e| fail(members, e))?;
            values.extend(
                batch
                    .column(0)
                    .as_primitive::<Float64Type>()
                    .iter()
                    .flatten(),
            );
        }
        found.extend(Quantiles::of(&mut values).map(|q| ((*name).to_owned(), q)));
    }
    Ok(found)
}

/// Names and units of the series.
fn columns(path: &Path) -> Result<Vec<(String, String)>, FolderError> {
    let builder = builder(path)?;
    let fields = builder.schema().fields().iter().skip(2);
    let unit = |f: &arrow_schema::Field| f.metadata().get("unit").cloned().unwrap_or_default();
    Ok(fields.map(|f| (f.name().clone(), unit(f))).collect())
}

/// All output times, in order, and how many members reached each.
fn times(path: &Path) -> Result<Vec<(i64, usize)>, FolderError> {
    let mut found = std::collections::BTreeMap::new();
    for batch in reader(path, &[1])? {
        let batch = batch.map_err(|e| fail(path, e))?;
        for time in batch
            .column(0)
            .as_primitive::<TimestampMicrosecondType>()
            .values()
        {
            *found.entry(*time).or_insert(0_usize) += 1;
        }
    }
    Ok(found.into_iter().collect())
}

/// Tells the quantiles of a column at each time.
fn each_time(
    path: &Path,
    column: usize,
    times: &[(i64, usize)],
    mut tell: impl FnMut(i64, &Quantiles) -> Result<(), FolderError>,
) -> Result<(), FolderError> {
    let mut left = times;
    while !left.is_empty() {
        let (block, rest) = left.split_at(block(left));
        left = rest;
        let mut values = values_at(path, column, block)?;
        for ((time, _), values) in block.iter().zip(&mut values) {
            if let Some(found) = Quantiles::of(values) {
                tell(*time, &found)?;
            }
        }
    }
    Ok(())
}

/// How many of the first times are looked at together.
fn block(times: &[(i64, usize)]) -> usize {
    let mut sum = 0;
    let fit = times.iter().take_while(|(_, count)| {
        sum += count;
        sum <= VALUES_MAX
    });
    fit.count().max(1)
}

/// The values of a column at some times that follow each other.
fn values_at(
    path: &Path,
    column: usize,
    block: &[(i64, usize)],
) -> Result<Vec<Vec<f64>>, FolderError> {
    let mut values: Vec<Vec<f64>> = block.iter().map(|(_, n)| Vec::with_capacity(*n)).collect();
    for batch in reader(path, &[1, column])? {
        let batch = batch.map_err(|e| fail(path, e))?;
        let times = batch.column(0).as_primitive::<TimestampMicrosecondType>();
        let numbers = batch.column(1).as_primitive::<Float64Type>();
        for row in 0..numbers.len() {
            let place = block.binary_search_by_key(&times.value(row), |(time, _)| *time);
            if let (Ok(place), false) = (place, numbers.is_null(row)) {
                values[place].push(numbers.value(row));
            }
        }
    }
    Ok(values)
}

fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, FolderError> {
    let file = File::open(path).map_err(|e| FolderError::io(path, &e))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| fail(path, e))
}

/// Reads some columns.
fn reader(path: &Path, columns: &[usize]) -> Result<ParquetRecordBatchReader, FolderError> {
    let builder = builder(path)?;
    let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
    let builder = builder.with_projection(mask).with_batch_size(BATCH_ROWS);
    builder.build().map_err(|e| fail(path, e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EnsembleAbout, EnsembleWriter, Outcome};

    /// The values 0 to 10 in any order: the quantile of a share p is 10 p.
    #[test]
    fn quantiles_of_even_values() {
        let mut values: Vec<f64> = (0..=10).map(|i| f64::from(i * 7 % 11)).collect();
        let found = Quantiles::of(&mut values).expect("there are values");
        for (share, at) in SHARES.iter().zip(found.at) {
            assert!((at - 10.0 * share).abs() < 1e-12, "{share}: {at}");
        }
        assert_eq!(
            (found.least, found.most, found.mean, found.count),
            (0.0, 10.0, 5.0, 11)
        );
        assert_eq!(Quantiles::of(&mut []), None);
        let one = Quantiles::of(&mut [3.0]).expect("a value");
        assert_eq!(one.at, [3.0; 5]);
    }

    /// Many times need more than one pass; a member that ends early counts as long as it lasted.
    #[test]
    fn quantiles_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let about = EnsembleAbout {
            start_utc: "2026-01-01T00:00:00Z".into(),
            drawn: vec![("x".into(), "1".into())],
            series: vec![("a".into(), "Pa".into()), ("b".into(), "kg".into())],
            facts: HashMap::new(),
        };
        let mut writer = EnsembleWriter::begin(folder.path(), &about).expect("begins");
        let (members, times) = (3_000_u64, 200_usize);
        for k in 0..members {
            let reached = if k == 7 { 100 } else { times };
            let outcome = Outcome {
                index: k,
                values: vec![k as f64],
                time_s: (0..reached).map(|t| t as f64 * 60.0).collect(),
                // Over members, values k + 10 t; of the second series none at the first time.
                series: (0..reached)
                    .flat_map(|t| {
                        let b = if t == 0 { f64::NAN } else { -(k as f64) };
                        [k as f64 + 10.0 * t as f64, b]
                    })
                    .collect(),
                ..Outcome::default()
            };
            writer.member(&outcome).expect("written");
        }
        let series = writer.finish().expect("finished");
        assert!(members as usize * times > VALUES_MAX, "one pass would do");
        let last = quantiles(&series, &HashMap::new()).expect("quantiles");
        let names: Vec<&str> = last.iter().map(|l| l.0.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(last[0].1.count, 2_999);
        assert_eq!(last[0].1.most, 2_999.0 + 1_990.0);
        let (b, table) = (builder(&folder.path().join("quantiles.parquet")), 199 + 200);
        assert_eq!(
            b.expect("a table").metadata().file_metadata().num_rows(),
            table
        );
        // The median at the fifth time, over all members 0 to 2999.
        let found = values_at(
            &series,
            2,
            &[(1_767_225_600_000_000 + 5 * 60_000_000, 3000)],
        );
        let mut values = found.expect("values").remove(0);
        let found = Quantiles::of(&mut values).expect("values");
        assert_eq!(found.at[2], 1_499.5 + 50.0);
    }
}
