//! Long tables: a time, an identifier, and one column per quantity.

mod columnar;
mod grid;
mod of_solution;
mod text;

pub(crate) use columnar::{read_parquet, write_parquet};
pub(crate) use grid::write_netcdf;
pub(crate) use of_solution::{Tables, tables_of};
pub(crate) use text::write_csv;

use crate::FolderError;
use std::borrow::Cow;

/// A long table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table<'a> {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<TableColumn<'a>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableColumn<'a> {
    /// Name, with its unit where it has one: `pressure_pa`.
    pub(crate) name: String,
    /// Unit, such as `Pa`; none for times and texts.
    pub(crate) unit: Option<String>,
    pub(crate) values: Values<'a>,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Values<'a> {
    /// Microseconds since the Unix epoch, UTC.
    Time(Vec<i64>),
    /// Words, and which of them stands in each row. An empty word is no value.
    Text { words: Vec<String>, rows: Vec<u32> },
    /// Numbers; NaN is no value.
    Number(Cow<'a, [f64]>),
}

impl Values<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Values::Time(t) => t.len(),
            Values::Text { rows, .. } => rows.len(),
            Values::Number(x) => x.len(),
        }
    }
}

impl<'a> Table<'a> {
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.values.len())
    }

    /// An error about this table.
    pub(crate) fn error(&self, message: impl ToString) -> FolderError {
        table_error(self.name, message)
    }

    /// Fails unless all columns have as many rows.
    pub(crate) fn check(self) -> Result<Self, FolderError> {
        let rows = self.rows();
        match self.columns.iter().find(|c| c.values.len() != rows) {
            None => Ok(self),
            Some(c) => Err(self.error(format!(
                "column {} has {} values, the others {rows}",
                c.name,
                c.values.len()
            ))),
        }
    }

    fn column(&self, name: &str) -> Result<&TableColumn<'a>, FolderError> {
        self.columns
            .iter()
            .find(|c| c.name == name)
            .ok_or_else(|| self.error(format!("column {name} is missing")))
    }

    pub(crate) fn times(&self, name: &str) -> Result<&[i64], FolderError> {
        match &self.column(name)?.values {
            Values::Time(t) => Ok(t),
            _ => Err(self.error(format!("column {name} is not a time"))),
        }
    }

    pub(crate) fn texts(&self, name: &str) -> Result<(&[String], &[u32]), FolderError> {
        match &self.column(name)?.values {
            Values::Text { words, rows } => Ok((words, rows)),
            _ => Err(self.error(format!("column {name} is not text"))),
        }
    }

    pub(crate) fn numbers(&self, name: &str) -> Result<&[f64], FolderError> {
        match &self.column(name)?.values {
            Values::Number(x) => Ok(x),
            _ => Err(self.error(format!("column {name} is not a number"))),
        }
    }
}

/// An error about a table of this name.
pub(crate) fn table_error(table: &str, message: impl ToString) -> FolderError {
    FolderError::Table {
        table: table.into(),
        message: message.to_string(),
    }
}
