//! What is generated from the schema tables and checked in is up to date.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-formats --test checked_in` writes it anew.

use linepack_formats::{ensemble_schema, native, schema};
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- generated from the schema tables: begin -->\n";
const END: &str = "<!-- generated: end -->\n";

/// Compares a file with what it should be, or writes it when asked to.
fn up_to_date(name: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        fs::write(&file, wanted).expect("writable");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "{name} is out of date: set LINEPACK_UPDATE=1 and run this test again"
    );
}

#[test]
fn the_json_schema() {
    let text = serde_json::to_string_pretty(&schema()).expect("no maps with odd keys");
    up_to_date("schema/case.schema.json", &(text + "\n"));
}

#[test]
fn the_json_schema_of_ensembles() {
    let text = serde_json::to_string_pretty(&ensemble_schema()).expect("no maps with odd keys");
    up_to_date("schema/ensemble.schema.json", &(text + "\n"));
}

#[test]
fn the_reference_in_the_docs() {
    generated_in("docs/case-format.md", &native::reference());
    generated_in("docs/ensembles.md", &native::ensemble_reference());
}

/// What stands between the marks of a page is what is generated.
fn generated_in(name: &str, generated: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    let text = fs::read_to_string(file).expect("the page is part of the repository");
    let (before, rest) = text
        .split_once(BEGIN)
        .expect("the mark where the reference begins");
    let (_, after) = rest
        .split_once(END)
        .expect("the mark where the reference ends");
    up_to_date(name, &format!("{before}{BEGIN}{generated}{END}{after}"));
}
