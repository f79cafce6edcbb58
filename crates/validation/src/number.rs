//! Numbers as the pages print them.

/// Deviations below this are printed as such: they are the round-off of the machine at hand.
pub(crate) const ROUND_OFF: f64 = 1e-9;

/// A deviation or tolerance with two significant digits, so that the last bit does not show.
#[must_use]
pub(crate) fn brief(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 {
        "0".to_owned()
    } else if size.is_nan() || size.is_infinite() {
        x.to_string()
    } else if size < ROUND_OFF {
        "< 1e-9".to_owned()
    } else if (0.001..1000.0).contains(&size) {
        let digits = (1.0 - size.log10().floor()).max(0.0) as usize;
        let text = format!("{x:.digits$}");
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    } else {
        format!("{x:.1e}").replace(".0e", "e")
    }
}

/// The number that [`brief`] prints, for plots.
#[must_use]
pub(crate) fn rounded(x: f64) -> f64 {
    if x.abs() < ROUND_OFF {
        return 0.0;
    }
    format!("{x:.1e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits() {
        for (x, text) in [
            (0.0, "0"),
            (1e-12, "< 1e-9"),
            (1.26e-7, "1.3e-7"),
            (1e-6, "1e-6"),
            (0.002, "0.002"),
            (0.0213, "0.021"),
            (-0.31, "-0.31"),
            (12.3, "12"),
            (20.0, "20"),
            (12345.0, "1.2e4"),
        ] {
            assert_eq!(brief(x), text);
        }
    }
}
