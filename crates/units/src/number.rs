use crate::UnitError;

/// Signs that may group digits in a number: underscore and the narrow spaces that we print.
const GROUPING: [char; 4] = ['_', '\u{2009}', '\u{202f}', '\u{a0}'];

/// Splits a quantity into its number and the text after it, trimmed.
///
/// `expected` says in messages what a quantity looks like here.
pub(crate) fn split<'a>(
    text: &'a str,
    expected: &'static str,
) -> Result<(f64, &'a str), UnitError> {
    let text = text.trim();
    let end = number_end(text);
    let written = &text[..end];
    let rest = text[end..].trim();
    if end > 0 && rest.starts_with(',') {
        return Err(UnitError::Comma {
            text: text.to_owned(),
        });
    }
    let plain: String = written.chars().filter(|c| !GROUPING.contains(c)).collect();
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((number, rest)),
        Ok(_) => Err(UnitError::TooLarge {
            text: written.to_owned(),
        }),
        Err(_) => Err(UnitError::NotANumber {
            text: text.to_owned(),
            expected,
        }),
    }
}

/// Where the number at the start of a text ends: sign, digits, point, digits, exponent.
fn number_end(text: &str) -> usize {
    let sign = usize::from(text.starts_with(['+', '-']));
    let whole = run(text, sign);
    let fraction = if text[whole..].starts_with('.') {
        run(text, whole + 1)
    } else {
        whole
    };
    exponent_end(text, fraction).unwrap_or(fraction)
}

/// The end of the digits (and grouping signs between digits) that start at `from`.
fn run(text: &str, from: usize) -> usize {
    let mut end = from;
    for (at, c) in text[from..].char_indices() {
        if c.is_ascii_digit() {
            end = from + at + 1;
        } else if !GROUPING.contains(&c) {
            break;
        }
    }
    end
}

/// The end of an exponent that starts at `from`, when there is one with digits.
fn exponent_end(text: &str, from: usize) -> Option<usize> {
    let rest = text[from..].strip_prefix(['e', 'E'])?;
    let sign = usize::from(rest.starts_with(['+', '-']));
    let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then_some(from + 1 + sign + digits)
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::UnitError;

    #[test]
    fn numbers_end_where_the_unit_starts() {
        for (text, number, unit) in [
            ("80 barg", 80.0, "barg"),
            ("-5degC", -5.0, "degC"),
            ("1.5e3km", 1500.0, "km"),
            ("1_000 km", 1000.0, "km"),
            ("21\u{2009}500.25 kPa", 21_500.25, "kPa"),
            (".5 m", 0.5, "m"),
            ("3 eV", 3.0, "eV"),
            ("3eV", 3.0, "eV"),
            ("56\"", 56.0, "\""),
        ] {
            assert_eq!(split(text, "").unwrap(), (number, unit), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "km", "nan km", "inf km", "--5 km", ".", "e5", "+", "１ km",
        ] {
            let error = split(text, "").unwrap_err();
            assert!(
                matches!(error, UnitError::NotANumber { .. }),
                "{text}: {error:?}"
            );
        }
        assert!(matches!(
            split("1,5 km", "").unwrap_err(),
            UnitError::Comma { .. }
        ));
        assert!(matches!(
            split("1e999 km", "").unwrap_err(),
            UnitError::TooLarge { .. }
        ));
    }
}
