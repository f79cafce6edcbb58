use crate::{Context, Dimension, Scale, UnitError};

/// The space between groups of three digits.
const THIN_SPACE: char = '\u{2009}';

/// A number with fixed decimals and thin spaces between thousands.
///
/// ```
/// use linepack_units::format_number;
///
/// assert_eq!(format_number(21_500.254, 1), "21\u{2009}500.3");
/// assert_eq!(format_number(-0.04, 1), "0.0");
/// ```
pub fn format_number(number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let plain = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let negative = number < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let mut text = String::with_capacity(plain.len() + plain.len() / 2);
    text.extend(negative.then_some('-'));
    for (i, digit) in whole.chars().enumerate() {
        text.extend((i > 0 && (whole.len() - i).is_multiple_of(3)).then_some(THIN_SPACE));
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// An SI value as text in a unit asked for.
///
/// ```
/// use linepack_units::{Context, Dimension, format};
///
/// let text = format(907_250.0, Dimension::Length, "km", 1, &Context::default());
/// assert_eq!(text.unwrap(), "907.2 km");
/// ```
pub fn format(
    si: f64,
    dimension: Dimension,
    unit: &str,
    decimals: usize,
    context: &Context,
) -> Result<String, UnitError> {
    let number = Scale::new(unit, dimension, context)?.from_si(si);
    Ok(format!("{} {unit}", format_number(number, decimals)))
}

/// An absolute pressure (Pa) as text in a gauge or absolute unit.
pub fn format_pressure(
    pressure_pa: f64,
    unit: &str,
    decimals: usize,
    context: &Context,
) -> Result<String, UnitError> {
    format(pressure_pa, Dimension::Pressure, unit, decimals, context)
}

/// A temperature (K) as text.
pub fn format_temperature(
    temperature_k: f64,
    unit: &str,
    decimals: usize,
    context: &Context,
) -> Result<String, UnitError> {
    format(
        temperature_k,
        Dimension::Temperature,
        unit,
        decimals,
        context,
    )
}
