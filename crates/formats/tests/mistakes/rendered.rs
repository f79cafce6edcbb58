//! How mistakes look on a terminal without colour.

use crate::table::MISTAKES;
use crate::{diagnostics, seeded, shown};

#[test]
fn a_dozen_as_they_are_printed() {
    let names = [
        "quantity without quotes",
        "misspelt key",
        "missing length",
        "bare number for a flow",
        "plain bar for a pressure",
        "misspelt word",
        "unknown node",
        "one factor too few",
        "set of nothing",
        "composition that sums to 1.01",
        "nothing holds a pressure",
        "load ten times too large",
        "a supply cannot trip",
    ];
    for name in names {
        let mistake = MISTAKES
            .iter()
            .find(|m| m.name == name)
            .expect("a mistake of that name");
        let (text, _) = seeded(&[mistake]);
        insta::assert_snapshot!(name.replace(' ', "_"), shown(&diagnostics(&text)));
    }
}

#[test]
fn as_json() {
    let mistake = MISTAKES
        .iter()
        .find(|m| m.name == "unknown node")
        .expect("that mistake");
    let (text, _) = seeded(&[mistake]);
    let json = serde_json::to_string_pretty(&diagnostics(&text)).expect("no maps with odd keys");
    insta::assert_snapshot!(json);
}
