//! Quantities, units of the gas industry, reference conditions and the gas day.
//!
//! Inside the program every quantity is an `f64` in SI whose unit stands in its name
//! (`pressure_pa`); this room turns text such as `"80 barg"` or `"750 MMscfd"` into such numbers
//! and back.

mod context;
mod dimension;
mod error;
mod flow_rate;
mod flow_unit;
mod format;
mod gas_day;
mod header;
mod number;
mod parse;
mod reference;
mod scale;
mod table;

pub use context::Context;
pub use dimension::Dimension;
pub use error::UnitError;
pub use flow_rate::{FlowRate, HeatingBasis};
pub use flow_unit::{
    FlowUnit, REFERENCE_VOLUMES, ReferenceVolume, Standard, flow_unit_symbols, parse_flow,
};
pub use format::{format, format_number, format_pressure, format_temperature};
pub use gas_day::{GasDay, GasDayCalendar, GasDayError};
pub use header::column_header;
pub use parse::parse;
pub use reference::ReferenceConditions;
pub use scale::Scale;
pub use table::{UNITS, Unit};
