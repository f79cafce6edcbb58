//! Numbers for people: fixed decimals, thin spaces between thousands, a true minus sign.

/// Narrow no-break space, between groups of three digits.
const THIN_SPACE: char = '\u{202F}';
const MINUS: char = '\u{2212}';

/// A number with fixed decimals; an en dash where there is none.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "\u{2013}".into();
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = grouped(whole);
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    let is_zero = digits.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value < 0.0 && !is_zero {
        out.insert(0, MINUS);
    }
    out
}

/// A count.
pub(crate) fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// A small number in powers of ten, such as a residual.
pub(crate) fn scientific(value: f64) -> String {
    if !value.is_finite() {
        return "\u{2013}".into();
    }
    if value == 0.0 {
        return "0".into();
    }
    format!("{value:.1e}").replace('-', "\u{2212}")
}

fn grouped(whole: &str) -> String {
    let mut out = String::with_capacity(whole.len() * 2);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(THIN_SPACE);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(fixed(1_234_567.891, 1), "1\u{202F}234\u{202F}567.9");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(count(1000), "1\u{202F}000");
    }

    #[test]
    fn signs_and_missing_values() {
        assert_eq!(fixed(-2.5, 1), "\u{2212}2.5");
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(fixed(f64::NAN, 1), "\u{2013}");
        assert_eq!(scientific(0.0), "0");
        assert_eq!(scientific(3.2e-9), "3.2e\u{2212}9");
    }
}
