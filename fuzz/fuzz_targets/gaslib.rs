//! Any bytes as a GasLib network, with a scenario, stations and decisions beside it: a case or a
//! list of what is wrong, never a panic or a hang; and a case that is read can be written, in the
//! format and natively, and what is written is read without a panic.
//!
//! The input is the `.net`, and after each zero byte the `.scn`, the `.cs` and the `.cdf`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linepack_formats::{Diagnostic, Format, Selection, read, read_str, write, write_as};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A folder in memory where there is one.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = PathBuf::from("/dev/shm");
        let parent = if memory.is_dir() {
            memory
        } else {
            std::env::temp_dir()
        };
        let folder = parent.join(format!("linepack-fuzz-gaslib-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("writable");
        folder
    })
}

fn sound(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        assert!(!diagnostic.to_string().is_empty());
        assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
        assert!(linepack_formats::explain(diagnostic.code).is_some());
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|b| *b == 0);
    for suffix in ["net", "scn", "cs", "cdf"] {
        let file = folder().join(format!("case.{suffix}"));
        match parts.next() {
            Some(part) => fs::write(file, part).expect("writable"),
            None => drop(fs::remove_file(file)),
        }
    }
    // A `.net` that does not begin with `<` is of another format.
    if bytes.first() != Some(&b'<') {
        return;
    }
    let loaded = match read(&folder().join("case.net"), &Selection::default()) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            return sound(&diagnostics);
        }
    };
    sound(&loaded.warnings);
    let native = write(&loaded.case);
    if let Err(diagnostics) = read_str("again", &native, &Selection::default()) {
        panic!("{}\n{native}", diagnostics[0]);
    }
    let written = write_as(&loaded.case, Format::GasLib, "again").expect("GasLib is written");
    for suffix in ["net", "scn", "cs", "cdf"] {
        drop(fs::remove_file(folder().join(format!("again.{suffix}"))));
    }
    for (name, text) in &written.files {
        fs::write(folder().join(name), text).expect("writable");
    }
    if let Err(diagnostics) = read(&folder().join("again.net"), &Selection::default()) {
        sound(&diagnostics);
    }
    for suffix in ["net", "scn", "cs", "cdf"] {
        drop(fs::remove_file(folder().join(format!("again.{suffix}"))));
    }
});
