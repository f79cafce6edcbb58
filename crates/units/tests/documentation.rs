//! The table of units in `docs/gas-and-units.md` is the one of the program.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-units --test documentation` writes it anew.

use linepack_units::{Dimension, REFERENCE_VOLUMES, Standard, UNITS};
use std::fmt::Write as _;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/gas-and-units.md");
const START: &str = "<!-- units: written by crates/units/tests/documentation.rs -->\n";
const END: &str = "<!-- end of units -->\n";

/// A name without its article, as a heading.
fn title(name: &str) -> String {
    let (_, bare) = name.split_once(' ').expect("a name has an article");
    format!("{}{}", bare[..1].to_uppercase(), &bare[1..])
}

fn code(spellings: &[&str]) -> String {
    spellings
        .iter()
        .map(|s| format!("`{s}`"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn table() -> String {
    let mut text =
        String::from("\n| quantity | unit | also | in SI | source |\n|---|---|---|---|---|\n");
    for dimension in Dimension::ALL {
        for unit in UNITS.iter().filter(|unit| unit.dimension == dimension) {
            let size = unit.numerator / unit.denominator;
            let zero = if unit.zero == 0.0 {
                String::new()
            } else {
                format!(" from {} K", unit.zero)
            };
            let (quantity, symbol) = (title(dimension.name()), unit.symbol);
            let (also, si, source) = (code(unit.aliases), dimension.si_unit(), unit.source);
            writeln!(
                text,
                "| {quantity} | `{symbol}` | {also} | {size} {si}{zero} | {source} |"
            )
            .expect("text grows");
        }
    }
    for unit in REFERENCE_VOLUMES {
        let conditions = match unit.standard {
            Standard::Normal => "0 degC, 1.01325 bara",
            Standard::CubicFoot => {
                "60 degF, 14.73 psia (14.696 where the case's reference is that)"
            }
            _ => "the case's volume reference",
        };
        let (symbol, also, m3) = (unit.symbol, code(unit.aliases), unit.m3);
        writeln!(
            text,
            "| Volume of gas | `{symbol}` | {also} | {m3} m3 | at {conditions} |"
        )
        .expect("text grows");
    }
    text.push('\n');
    text
}

#[test]
fn the_page_lists_the_units_of_the_program() {
    let page = std::fs::read_to_string(PAGE).expect("the page is part of the repository");
    let (before, rest) = page
        .split_once(START)
        .expect("the page has the mark of the table");
    let (written, after) = rest
        .split_once(END)
        .expect("the page has the end of the table");
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        let page = format!("{before}{START}{}{END}{after}", table());
        std::fs::write(PAGE, page).expect("the page can be written");
        return;
    }
    assert_eq!(
        written,
        table(),
        "docs/gas-and-units.md is out of date: set LINEPACK_UPDATE=1"
    );
}
