use crate::UnitError;

/// A column header such as `length [km]`: its name, and its unit if it has one.
///
/// ```
/// use linepack_units::column_header;
///
/// assert_eq!(column_header("length [km]"), Ok(("length", Some("km"))));
/// assert_eq!(column_header("id"), Ok(("id", None)));
/// ```
pub fn column_header(text: &str) -> Result<(&str, Option<&str>), UnitError> {
    let malformed = || UnitError::Header {
        text: text.to_owned(),
    };
    let text = text.trim();
    let Some((name, rest)) = text.split_once('[') else {
        return if text.is_empty() || text.contains(']') {
            Err(malformed())
        } else {
            Ok((text, None))
        };
    };
    let unit = rest.strip_suffix(']').ok_or_else(malformed)?.trim();
    let name = name.trim();
    if name.is_empty() || unit.is_empty() || unit.contains(['[', ']']) {
        return Err(malformed());
    }
    Ok((name, Some(unit)))
}

#[cfg(test)]
mod tests {
    use super::column_header;

    #[test]
    fn headers_that_are_none() {
        for text in [
            "",
            "  ",
            "length [km",
            "length km]",
            "[km]",
            "length []",
            "a [b] c",
            "a [[b]]",
        ] {
            assert!(column_header(text).is_err(), "{text}");
        }
    }
}
