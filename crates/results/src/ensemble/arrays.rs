//! Columns that grow and are handed to a Parquet file batch by batch.

use crate::FolderError;
use arrow_array::builder::{
    ArrayBuilder, Float64Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are handed to the file at a time, and values and least rows of a row group. They bound the
/// memory that a table takes while it is written.
const BATCH_ROWS: usize = 1024;
const GROUP_VALUES: usize = 1 << 18;
const GROUP_ROWS_MIN: usize = 1024;

/// A column that grows.
pub(super) enum Growing {
    Integer(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
    Time(TimestampMicrosecondBuilder),
}

impl Growing {
    pub(super) fn integer() -> Self {
        Self::Integer(Int64Builder::new())
    }

    pub(super) fn number() -> Self {
        Self::Number(Float64Builder::new())
    }

    pub(super) fn text() -> Self {
        Self::Text(StringBuilder::new())
    }

    pub(super) fn time() -> Self {
        Self::Time(TimestampMicrosecondBuilder::new().with_timezone("UTC"))
    }

    fn kind(&self) -> DataType {
        match self {
            Self::Integer(_) => DataType::Int64,
            Self::Number(_) => DataType::Float64,
            Self::Text(_) => DataType::Utf8,
            Self::Time(_) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Integer(b) => Arc::new(b.finish()),
            Self::Number(b) => Arc::new(b.finish()),
            Self::Text(b) => Arc::new(b.finish()),
            Self::Time(b) => Arc::new(b.finish()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Integer(b) => b.len(),
            Self::Number(b) => b.len(),
            Self::Text(b) => b.len(),
            Self::Time(b) => b.len(),
        }
    }
}

/// A value of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'v> {
    Integer(u64),
    /// NaN is no value.
    Number(f64),
    /// An empty text is no value.
    Text(&'v str),
    /// Microseconds since the Unix epoch.
    Time(i64),
}

impl Growing {
    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Integer(b), Value::Integer(x)) => b.append_value(x as i64),
            (Self::Number(b), Value::Number(x)) => b.append_option((!x.is_nan()).then_some(x)),
            (Self::Text(b), Value::Text(x)) => b.append_option((!x.is_empty()).then_some(x)),
            (Self::Time(b), Value::Time(x)) => b.append_value(x),
            (Self::Integer(b), _) => b.append_null(),
            (Self::Number(b), _) => b.append_null(),
            (Self::Text(b), _) => b.append_null(),
            (Self::Time(b), _) => b.append_null(),
        }
    }
}

/// A table on its way to a file.
pub(super) struct GrowingTable {
    columns: Vec<Growing>,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
    path: PathBuf,
}

impl GrowingTable {
    /// Begins a file with columns of these names, units and kinds.
    pub(super) fn begin(
        path: &Path,
        about: &HashMap<String, String>,
        columns: Vec<(String, Option<String>, Growing)>,
    ) -> Result<Self, FolderError> {
        let field = |(name, unit, column): &(String, Option<String>, Growing)| {
            let field = Field::new(name, column.kind(), true);
            match unit {
                Some(unit) => field.with_metadata(HashMap::from([("unit".into(), unit.clone())])),
                None => field,
            }
        };
        let fields: Vec<Field> = columns.iter().map(field).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, about.clone()));
        let file = File::create(path).map_err(|e| FolderError::io(path, &e))?;
        let group_rows = (GROUP_VALUES / columns.len().max(1)).max(GROUP_ROWS_MIN);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(group_rows))
            .build();
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties));
        Ok(Self {
            columns: columns.into_iter().map(|c| c.2).collect(),
            schema,
            writer: writer.map_err(|e| fail(path, e))?,
            path: path.to_owned(),
        })
    }

    /// Adds a row: a value for each column.
    pub(super) fn row<'v>(
        &mut self,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<(), FolderError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        if self.columns.first().map_or(0, Growing::len) >= BATCH_ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), FolderError> {
        let arrays = self.columns.iter_mut().map(Growing::take).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), arrays);
        let batch = batch.map_err(|e| fail(&self.path, e))?;
        self.writer.write(&batch).map_err(|e| fail(&self.path, e))
    }

    /// Writes what is left and closes the file.
    pub(super) fn finish(mut self) -> Result<(), FolderError> {
        self.flush()?;
        self.writer.close().map_err(|e| fail(&self.path, e))?;
        Ok(())
    }
}

/// An error about a table.
pub(super) fn fail(path: &Path, error: impl ToString) -> FolderError {
    FolderError::Table {
        table: path.display().to_string(),
        message: error.to_string(),
    }
}
