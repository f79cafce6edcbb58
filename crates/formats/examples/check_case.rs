//! Prints everything wrong with a case: `cargo run -p linepack-formats --example check_case -- CASE`.
#![expect(clippy::print_stdout, reason = "a program")]

use linepack_formats::{Selection, read};
use std::path::Path;

fn main() {
    for path in std::env::args().skip(1) {
        let diagnostics = match read(Path::new(&path), &Selection::default()) {
            Ok(loaded) => loaded.warnings,
            Err(diagnostics) => diagnostics,
        };
        for diagnostic in &diagnostics {
            println!("{diagnostic}\n");
        }
        println!("{path}: {} problems", diagnostics.len());
    }
}
