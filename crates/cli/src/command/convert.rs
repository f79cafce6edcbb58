use crate::args::Convert;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::{file, input};
use linepack_formats::Selection;
use std::path::{Path, PathBuf};

/// Reads a case and writes it anew: as a folder with `case.toml`, or a `.toml` file.
pub(super) fn convert(args: &Convert, console: &Console) -> Result<Exit, Failure> {
    let output = target(&args.output)?;
    if output.exists() {
        let help = Some("name another one; nothing is overwritten".into());
        return Err(Failure::usage(format!("{} exists", output.display()), help));
    }
    let loaded = input::read(&args.input, &Selection::from(&args.selecting), console)?;
    file::write(&output, &linepack_formats::write(&loaded.case))?;
    console.note(&format!("wrote {}", output.display()));
    Ok(Exit::Done)
}

/// The file to write.
fn target(path: &Path) -> Result<PathBuf, Failure> {
    match path.extension().and_then(|e| e.to_str()) {
        Some("toml") => Ok(path.into()),
        None => Ok(path.join("case.toml")),
        Some(other) => Err(Failure::usage(
            format!("a case cannot be written as .{other}"),
            Some("name a folder, or a file that ends in .toml".into()),
        )),
    }
}
