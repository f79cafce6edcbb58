//! Calibrates and runs the week of the long line, and writes `docs/validation/long-line.md`.
//!
//! `cargo run -p linepack-validation --example long_line --release`: some minutes.

#![expect(clippy::print_stderr, reason = "says what it wrote")]

use linepack_validation::{folder, long_line, long_line_page};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let line = long_line()?;
    for (name, text) in long_line_page(&line) {
        let file = folder().join(name);
        std::fs::write(&file, text)?;
        eprintln!("{}", file.display());
    }
    Ok(())
}
