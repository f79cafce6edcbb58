//! A composition on its own: on the command line, or in a small file.

use linepack_gas::{Composition, CompositionIssue};

/// Why a text is no composition.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CompositionError {
    /// A piece that is not a name and a number.
    #[error("`{piece}` is not a component and its mole fraction, such as methane=0.9")]
    NotAPair {
        /// The piece.
        piece: String,
    },
    /// A composition that cannot be.
    #[error(transparent)]
    Issue(#[from] CompositionIssue),
}

/// Reads `methane=0.9,ethane=0.1`, or the same in lines (`methane = 0.9`, as TOML has it), or CSV
/// lines (`methane,0.9`) with or without a header.
///
/// Blank lines, comments after `#` and headings in square brackets are passed over.
///
/// Errors: everything wrong with it.
pub fn composition(text: &str) -> Result<Composition, Vec<CompositionError>> {
    let lines = text
        .lines()
        .map(|l| l.split('#').next().unwrap_or(l).trim());
    let lines: Vec<&str> = lines
        .filter(|l| !l.is_empty() && !l.starts_with('['))
        .collect();
    let pieces: Vec<&str> = match text.contains('=') {
        true => lines
            .iter()
            .flat_map(|l| l.split(','))
            .filter(|p| !p.trim().is_empty())
            .collect(),
        false => without_header(&lines).to_vec(),
    };
    let pairs: Vec<_> = pieces.iter().map(|p| pair(p)).collect();
    let wrong: Vec<_> = pairs
        .iter()
        .filter_map(|p| p.as_ref().err().cloned())
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let found = Composition::from_fractions(pairs.into_iter().flatten()).map_err(all)?;
    let errors: Vec<_> = found
        .issues()
        .into_iter()
        .filter(CompositionIssue::is_error)
        .collect();
    if errors.is_empty() {
        Ok(found)
    } else {
        Err(all(errors))
    }
}

fn all(issues: Vec<CompositionIssue>) -> Vec<CompositionError> {
    issues.into_iter().map(CompositionError::from).collect()
}

/// CSV lines without the first one where that has no number.
fn without_header<'a>(lines: &'a [&'a str]) -> &'a [&'a str] {
    match lines.first() {
        Some(first) if pair(first).is_err() && lines.len() > 1 => &lines[1..],
        _ => lines,
    }
}

fn pair(piece: &str) -> Result<(&str, f64), CompositionError> {
    let separators = ['=', ',', ';', '\t'];
    let parts = piece.split_once(separators);
    let bare = |text: &str| text.trim().len();
    parts
        .map(|(name, fraction)| (name.trim().trim_matches('"'), fraction.trim()))
        .filter(|(name, _)| bare(name) > 0)
        .and_then(|(name, fraction)| Some((name, fraction.parse().ok()?)))
        .ok_or_else(|| CompositionError::NotAPair {
            piece: piece.trim().into(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fractions(text: &str) -> Vec<(&'static str, f64)> {
        composition(text)
            .map(|c| c.present().collect())
            .unwrap_or_default()
    }

    #[test]
    fn command_line_toml_and_csv_say_the_same() {
        let expected = vec![("methane", 0.9), ("ethane", 0.1)];
        assert_eq!(fractions("methane=0.9,ethane=0.1"), expected);
        assert_eq!(
            fractions("# gas\n[composition]\nmethane = 0.9\n\"C2\" = 0.1 # rest\n"),
            expected
        );
        assert_eq!(
            fractions("component,fraction\nmethane,0.9\nethane,0.1\n"),
            expected
        );
    }

    #[test]
    fn everything_wrong_is_told() {
        let wrong = composition("methane=0.9,etane=0.1,propane").unwrap_err();
        assert_eq!(
            wrong,
            [CompositionError::NotAPair {
                piece: "propane".into()
            }]
        );
        let wrong = composition("methane=0.9,etane=0.1").unwrap_err();
        assert!(
            wrong[0].to_string().contains("did you mean `ethane`"),
            "{wrong:?}"
        );
        let wrong = composition("methane=0.9").unwrap_err();
        assert!(wrong[0].to_string().contains("0.9"), "{wrong:?}");
        assert!(composition("").is_err());
    }
}
