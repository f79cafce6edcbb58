//! Everything wrong with a case is reported at once.

use crate::table::MISTAKES;
use crate::{diagnostics, found, seeded, shown};

#[test]
fn twelve_mistakes_of_one_case() {
    let names = [
        "misspelt word",
        "bare number for a quantity",
        "below absolute zero",
        "plain bar for a pressure",
        "misspelt key",
        "outer diameter without wall",
        "opening above one",
        "decimal comma in a stroke",
        "identifier twice",
        "leak in an unknown pipe",
        "unknown profile",
        "event of nothing",
        "stage of nothing",
        "set in a stage that is not chosen",
    ];
    let chosen = MISTAKES
        .iter()
        .filter(|m| names.contains(&m.name))
        .collect::<Vec<_>>();
    assert!(chosen.len() >= 12, "{}", chosen.len());
    let (text, expected) = seeded(&chosen);
    let diagnostics = diagnostics(&text);
    assert_eq!(found(&diagnostics), expected, "{}", shown(&diagnostics));
    let lines = diagnostics.iter().map(|d| d.line).collect::<Vec<_>>();
    assert!(lines.is_sorted(), "in the order of the file: {lines:?}");
}
