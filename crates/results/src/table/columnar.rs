use super::{Table, TableColumn, Values, table_error};
use crate::FolderError;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Rows handed to the writer at a time.
const BATCH_ROWS: usize = 65_536;

/// Writes a table as Parquet; the unit of a quantity is the field's metadata `unit`, and what the
/// table belongs to is the schema's metadata.
pub(crate) fn write_parquet(
    table: &Table<'_>,
    about: &HashMap<String, String>,
    path: &Path,
) -> Result<(), FolderError> {
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, about.clone()));
    let file = File::create(path).map_err(|e| FolderError::io(path, &e))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer =
        ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(|e| table.error(e))?;
    for first in (0..table.rows()).step_by(BATCH_ROWS) {
        let range = first..(first + BATCH_ROWS).min(table.rows());
        let arrays = table
            .columns
            .iter()
            .map(|c| array(&c.values, range.clone()))
            .collect();
        let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(|e| table.error(e))?;
        writer.write(&batch).map_err(|e| table.error(e))?;
    }
    writer.close().map_err(|e| table.error(e))?;
    Ok(())
}

fn field(column: &TableColumn<'_>) -> Field {
    let (kind, nullable) = match &column.values {
        Values::Time(_) => (
            DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            false,
        ),
        Values::Text { .. } => (DataType::Utf8, true),
        Values::Number(_) => (DataType::Float64, true),
    };
    let field = Field::new(&column.name, kind, nullable);
    match &column.unit {
        Some(unit) => field.with_metadata(HashMap::from([("unit".into(), unit.clone())])),
        None => field,
    }
}

fn array(values: &Values<'_>, range: Range<usize>) -> ArrayRef {
    match values {
        Values::Time(t) => {
            Arc::new(TimestampMicrosecondArray::from(t[range].to_vec()).with_timezone("UTC"))
        }
        Values::Text { words, rows } => Arc::new(
            rows[range]
                .iter()
                .map(|i| {
                    words
                        .get(*i as usize)
                        .map(String::as_str)
                        .filter(|w| !w.is_empty())
                })
                .collect::<StringArray>(),
        ),
        Values::Number(x) => Arc::new(
            x[range]
                .iter()
                .map(|v| Some(*v).filter(|v| !v.is_nan()))
                .collect::<Float64Array>(),
        ),
    }
}

/// Reads a table that [`write_parquet`] wrote.
pub(crate) fn read_parquet(name: &'static str, path: &Path) -> Result<Table<'static>, FolderError> {
    let fail = |e: String| table_error(name, e);
    let file = File::open(path).map_err(|e| FolderError::io(path, &e))?;
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| fail(e.to_string()))?;
    let schema = builder.schema().clone();
    let mut columns = schema
        .fields()
        .iter()
        .map(|f| empty_column(f))
        .collect::<Result<Vec<_>, _>>()
        .map_err(fail)?;
    for batch in builder.build().map_err(|e| fail(e.to_string()))? {
        let batch = batch.map_err(|e| fail(e.to_string()))?;
        for (column, array) in columns.iter_mut().zip(batch.columns()) {
            append(&mut column.values, array);
        }
    }
    Table { name, columns }.check()
}

fn empty_column(field: &Field) -> Result<TableColumn<'static>, String> {
    let values = match field.data_type() {
        DataType::Timestamp(TimeUnit::Microsecond, _) => Values::Time(Vec::new()),
        DataType::Utf8 => Values::Text {
            words: Vec::new(),
            rows: Vec::new(),
        },
        DataType::Float64 => Values::Number(Cow::Owned(Vec::new())),
        other => {
            return Err(format!(
                "column {} is of the unknown type {other}",
                field.name()
            ));
        }
    };
    Ok(TableColumn {
        name: field.name().clone(),
        unit: field.metadata().get("unit").cloned(),
        values,
    })
}

fn append(values: &mut Values<'static>, array: &ArrayRef) {
    match values {
        Values::Time(t) => {
            t.extend_from_slice(array.as_primitive::<TimestampMicrosecondType>().values());
        }
        Values::Number(x) => {
            let array = array.as_primitive::<Float64Type>();
            x.to_mut()
                .extend(array.iter().map(|v| v.unwrap_or(f64::NAN)));
        }
        Values::Text { words, rows } => append_texts(words, rows, array.as_string::<i32>()),
    }
}

fn append_texts(words: &mut Vec<String>, rows: &mut Vec<u32>, array: &StringArray) {
    let mut number_of: HashMap<String, u32> = words.iter().cloned().zip(0..).collect();
    for i in 0..array.len() {
        let word = if array.is_null(i) { "" } else { array.value(i) };
        let number = match number_of.get(word) {
            Some(number) => *number,
            None => {
                words.push(word.into());
                number_of.insert(word.into(), words.len() as u32 - 1);
                words.len() as u32 - 1
            }
        };
        rows.push(number);
    }
}
