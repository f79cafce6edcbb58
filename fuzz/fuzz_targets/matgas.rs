//! Any bytes as a MATGAS file, with a time series beside it: a case or a list of what is wrong, never
//! a panic or a hang; and a case that is read can be written, in the native format and in its own.
//!
//! The input is the `.m` file, then, after a zero byte, the `.csv` file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linepack_formats::{Format, Selection, read, read_str, write, write_as};
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

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |b| *b == 0);
    let network = folder().join("network.m");
    fs::write(&network, parts.next().unwrap_or(&[])).expect("writable");
    fs::write(folder().join("network.csv"), parts.next().unwrap_or(&[])).expect("writable");
    match read(&network, &Selection::default()) {
        Ok(loaded) => {
            let text = write(&loaded.case);
            if let Err(diagnostics) = read_str("again", &text, &Selection::default()) {
                panic!("{}\n{text}", diagnostics[0]);
            }
            let written = write_as(&loaded.case, Format::Matgas, "again");
            assert!(written.is_some_and(|w| !w.files.is_empty()));
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            for diagnostic in diagnostics {
                assert!(!diagnostic.to_string().is_empty());
            }
        }
    }
});
