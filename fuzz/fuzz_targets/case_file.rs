//! Any bytes as a case, with a CSV file beside it: a case or a list of what is wrong, never a panic
//! or a hang; and a case that is read can be written, and reads back as the same case.
//!
//! The input is the case file, then, after a zero byte, `table.csv`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linepack_formats::{Diagnostic, Loaded, Selection, read, read_str, write};
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
        let folder = parent.join(format!("linepack-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("writable");
        folder
    })
}

fn sound(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        assert!(!diagnostic.to_string().is_empty());
        assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
        assert!(
            linepack_formats::explain(diagnostic.code).is_some(),
            "{}",
            diagnostic.code
        );
    }
}

/// What was read, written and read again is the same.
fn again(loaded: &Loaded) {
    let text = write(&loaded.case);
    let back = match read_str("again", &text, &Selection::default()) {
        Ok(back) => back.case,
        Err(diagnostics) => panic!("{}\n{text}", diagnostics[0]),
    };
    let network = |case: &linepack_network::Case| format!("{:?} {:?}", case.network, case.gas);
    assert_eq!(network(&loaded.case), network(&back));
}

fuzz_target!(|bytes: &[u8]| {
    let (case, table) = match bytes.iter().position(|b| *b == 0) {
        Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
        None => (bytes, None),
    };
    let selection = Selection {
        set: vec![("cs.state".into(), "bypass".into())],
        ..Selection::default()
    };
    let result = match (table, std::str::from_utf8(case)) {
        (None, Ok(text)) => read_str("case.toml", text, &Selection::default()),
        (table, _) => {
            fs::write(folder().join("case.toml"), case).expect("writable");
            fs::write(folder().join("table.csv"), table.unwrap_or(b"")).expect("writable");
            read(folder(), &selection)
        }
    };
    match result {
        Ok(loaded) => {
            sound(&loaded.warnings);
            again(&loaded);
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            sound(&diagnostics);
        }
    }
});
