use crate::failure::Failure;
use std::fs;
use std::path::Path;

/// Writes a file aside and renames it, so that nothing half-written is left.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let aside = path.with_extension(format!("partial-{}", std::process::id()));
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    let written = made
        .and_then(|()| fs::write(&aside, text))
        .and_then(|()| fs::rename(&aside, path));
    written.map_err(|e| {
        fs::remove_file(&aside).ok();
        Failure::System(format!("{}: {e}", path.display()))
    })
}
