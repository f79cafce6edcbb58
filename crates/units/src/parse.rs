use crate::number::split;
use crate::{Context, Dimension, Scale, UnitError};

/// A quantity such as `"80 barg"` as a number in SI (see [`Dimension`] for which).
///
/// # Errors
/// Text that is no number with a unit of that dimension; temperatures and pressures below zero
/// absolute.
///
/// # Examples
/// ```
/// use linepack_units::{Context, Dimension, parse};
///
/// let context = Context::default();
/// assert_eq!(parse("56 in", Dimension::Length, &context), Ok(1.4224));
/// assert_eq!(parse("80 barg", Dimension::Pressure, &context), Ok(8_101_325.0));
/// let error = parse("80 bar", Dimension::Pressure, &context).unwrap_err();
/// assert_eq!(error.help().unwrap(), "write `barg` or `bara`");
/// ```
pub fn parse(text: &str, dimension: Dimension, context: &Context) -> Result<f64, UnitError> {
    let (number, unit) = split(text, dimension.examples())?;
    if unit.is_empty() {
        return Err(UnitError::NoUnit {
            text: text.trim().to_owned(),
            expected: dimension.name(),
            examples: dimension.examples(),
        });
    }
    let si = Scale::new(unit, dimension, context)?.to_si(number);
    check(text, si, dimension)
}

/// Refuses what cannot be: an infinite product, a temperature or pressure below zero.
fn check(text: &str, si: f64, dimension: Dimension) -> Result<f64, UnitError> {
    let text = || text.trim().to_owned();
    match dimension {
        _ if !si.is_finite() => Err(UnitError::TooLarge { text: text() }),
        Dimension::Temperature if si < 0.0 => Err(UnitError::BelowZero {
            text: text(),
            limit: "absolute zero",
        }),
        Dimension::Pressure if si < 0.0 => Err(UnitError::BelowZero {
            text: text(),
            limit: "vacuum",
        }),
        _ => Ok(si),
    }
}
