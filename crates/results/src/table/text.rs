use super::{Table, TableColumn, Values};
use crate::FolderError;
use jiff::Timestamp;
use std::path::Path;

/// Writes a table as CSV with headers such as `pressure [Pa]`.
pub(crate) fn write_csv(table: &Table<'_>, path: &Path) -> Result<(), FolderError> {
    let mut writer = csv::Writer::from_path(path).map_err(|e| table.error(e))?;
    writer
        .write_record(table.columns.iter().map(header))
        .map_err(|e| table.error(e))?;
    for row in 0..table.rows() {
        let cells = table.columns.iter().map(|c| cell(&c.values, row));
        writer.write_record(cells).map_err(|e| table.error(e))?;
    }
    writer.flush().map_err(|e| FolderError::io(path, &e))
}

/// `pressure_pa` in Pa is headed `pressure [Pa]`.
fn header(column: &TableColumn<'_>) -> String {
    let Some(unit) = &column.unit else {
        return column.name.clone();
    };
    let suffix = match unit.as_str() {
        "-" => String::new(),
        unit => format!("_{}", unit.to_lowercase().replace('/', "_per_")),
    };
    let quantity = column.name.strip_suffix(&suffix).unwrap_or(&column.name);
    format!("{} [{unit}]", quantity.replace('_', " "))
}

fn cell(values: &Values<'_>, row: usize) -> String {
    match values {
        Values::Time(t) => {
            Timestamp::from_microsecond(t[row]).map_or_else(|_| String::new(), |t| t.to_string())
        }
        Values::Text { words, rows } => words.get(rows[row] as usize).cloned().unwrap_or_default(),
        Values::Number(x) => number(x[row]),
    }
}

/// The shortest text that reads back as the same number; empty for NaN.
fn number(x: f64) -> String {
    let size = x.abs();
    if x.is_nan() {
        String::new()
    } else if x != 0.0 && !(1e-5..1e16).contains(&size) {
        format!("{x:e}")
    } else {
        format!("{x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn headed(name: &str, unit: &str) -> String {
        header(&TableColumn {
            name: name.into(),
            unit: Some(unit.into()),
            values: Values::Number(Cow::Owned(Vec::new())),
        })
    }

    #[test]
    fn headers_say_quantity_and_unit() {
        assert_eq!(headed("pressure_pa", "Pa"), "pressure [Pa]");
        assert_eq!(headed("mass_flow_kg_per_s", "kg/s"), "mass flow [kg/s]");
        assert_eq!(headed("velocity_max_m_per_s", "m/s"), "velocity max [m/s]");
        assert_eq!(headed("ratio", "-"), "ratio [-]");
    }

    #[test]
    fn numbers_are_short_and_exact() {
        assert_eq!(number(0.1), "0.1");
        assert_eq!(number(1e-7), "1e-7");
        assert_eq!(number(f64::NAN), "");
        assert_eq!(number(1.0 / 3.0).parse::<f64>(), Ok(1.0 / 3.0));
    }
}
