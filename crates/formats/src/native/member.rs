//! Cells of a row as members of the structs of a case, and back as text of a case file.

use super::choice::Named;
use super::decode::{Cell, Row};
use super::schema::Kind;
use jiff::Timestamp;
use jiff::civil::Date;
use linepack_units::{Dimension, FlowRate};

/// A member of a struct that stands under one key.
///
/// Where the value did not fit, which has been reported, reading gives a stand-in: such a case is
/// never handed out, but the rest of it can still be checked.
pub(super) trait Member: Sized {
    /// Reads it.
    fn at(row: &Row, key: &'static str) -> Self;
    /// Writes it as TOML; none when there is nothing to write.
    fn put(&self, kind: &Kind) -> Option<String>;
}

impl Member for f64 {
    fn at(row: &Row, key: &'static str) -> Self {
        Option::<f64>::at(row, key).unwrap_or(f64::NAN)
    }

    fn put(&self, kind: &Kind) -> Option<String> {
        Some(match kind {
            Kind::Quantity(dimension) => quantity(*self, *dimension),
            _ => number(*self),
        })
    }
}

impl Member for Option<f64> {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key)? {
            Cell::Number(number) => Some(*number),
            _ => Some(f64::NAN),
        }
    }

    fn put(&self, kind: &Kind) -> Option<String> {
        self.as_ref().and_then(|v| v.put(kind))
    }
}

impl Member for Vec<f64> {
    fn at(row: &Row, key: &'static str) -> Self {
        let Some(Cell::List(list)) = row.cell(key) else {
            return Vec::new();
        };
        list.iter()
            .map(|c| {
                if let Cell::Number(number) = c {
                    *number
                } else {
                    f64::NAN
                }
            })
            .collect()
    }

    fn put(&self, kind: &Kind) -> Option<String> {
        let Kind::List(item) = kind else { return None };
        let items = self.iter().filter_map(|v| v.put(item)).collect::<Vec<_>>();
        Some(format!("[{}]", items.join(", ")))
    }
}

impl Member for usize {
    fn at(row: &Row, key: &'static str) -> Self {
        Option::<usize>::at(row, key).unwrap_or(0)
    }

    fn put(&self, _: &Kind) -> Option<String> {
        Some(self.to_string())
    }
}

impl Member for Option<usize> {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key)? {
            Cell::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    fn put(&self, kind: &Kind) -> Option<String> {
        self.as_ref().and_then(|v| v.put(kind))
    }
}

impl Member for bool {
    fn at(row: &Row, key: &'static str) -> Self {
        matches!(row.cell(key), Some(Cell::Boolean(true)))
    }

    fn put(&self, _: &Kind) -> Option<String> {
        Some(self.to_string())
    }
}

impl Member for String {
    fn at(row: &Row, key: &'static str) -> Self {
        Option::<String>::at(row, key).unwrap_or_default()
    }

    fn put(&self, _: &Kind) -> Option<String> {
        Some(text(self))
    }
}

impl Member for Option<String> {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key)? {
            Cell::Text(text) => Some(text.clone()),
            _ => Some(String::new()),
        }
    }

    fn put(&self, kind: &Kind) -> Option<String> {
        self.as_ref().and_then(|v| v.put(kind))
    }
}

impl Member for Option<FlowRate> {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key)? {
            Cell::Flow(flow) => Some(*flow),
            _ => Some(FlowRate::mass(f64::NAN)),
        }
    }

    fn put(&self, _: &Kind) -> Option<String> {
        self.map(flow)
    }
}

impl Member for Option<Date> {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key)? {
            Cell::Date(date) => Some(*date),
            _ => None,
        }
    }

    fn put(&self, _: &Kind) -> Option<String> {
        self.map(|date| text(&date.to_string()))
    }
}

impl Member for Timestamp {
    fn at(row: &Row, key: &'static str) -> Self {
        match row.cell(key) {
            Some(Cell::Timestamp(instant)) => *instant,
            _ => Timestamp::UNIX_EPOCH,
        }
    }

    fn put(&self, _: &Kind) -> Option<String> {
        Some(text(&self.to_string()))
    }
}

/// The value that a word stands for; `stand_in` where the word did not fit.
pub(super) fn take_named<T: Named>(row: &Row, key: &'static str, stand_in: T) -> T {
    match row.cell(key) {
        Some(Cell::Text(word)) => T::named(word).unwrap_or(stand_in),
        _ => stand_in,
    }
}

/// Text in quotes, with what TOML wants escaped.
pub(super) fn text(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A number that reads back as the same number.
pub(super) fn number(number: f64) -> String {
    format!("{number:?}")
}

/// A quantity in the unit in which the program keeps it.
pub(super) fn quantity(value: f64, dimension: Dimension) -> String {
    format!("\"{value:?} {}\"", dimension.si_unit())
}

/// A flow in a unit that says everything.
pub(super) fn flow(flow: FlowRate) -> String {
    match flow {
        FlowRate::Mass { kg_per_s } => format!("\"{kg_per_s:?} kg/s\""),
        FlowRate::Volume {
            m3_per_s,
            reference,
        } => {
            let (k, pa) = (reference.temperature_k, reference.pressure_pa);
            format!("\"{m3_per_s:?} Sm3/s@{k:?} K,{pa:?} Paa\"")
        }
        FlowRate::Energy { watt, basis } => {
            let kind = if basis.gross { "gross" } else { "net" };
            format!(
                "\"{watt:?} W@{kind},{:?} K\"",
                basis.combustion_temperature_k
            )
        }
    }
}
