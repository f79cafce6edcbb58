//! Any bytes as a GeoJSON file: a case or a list of what is wrong, never a panic or a hang; and a
//! case that is read can be written in the native format and read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linepack_formats::{Selection, read, read_str, write};
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
    let path = folder().join("map.geojson");
    fs::write(&path, data).expect("writable");
    match read(&path, &Selection::default()) {
        Ok(loaded) => {
            let text = write(&loaded.case);
            if let Err(diagnostics) = read_str("again", &text, &Selection::default()) {
                panic!("{}\n{text}", diagnostics[0]);
            }
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            for diagnostic in diagnostics {
                assert!(!diagnostic.to_string().is_empty());
            }
        }
    }
});
