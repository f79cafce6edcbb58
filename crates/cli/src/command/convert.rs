use crate::args::Convert;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::{file, input};
use linepack_formats::{Format, Selection, Written};
use std::path::{Path, PathBuf};

/// Reads a case in any format and writes it anew in the format that the name of the output says.
pub(super) fn convert(args: &Convert, console: &Console) -> Result<Exit, Failure> {
    let (format, folder, name) = target(&args.output)?;
    // Formats of which every name is free are not read in vain.
    refuse_existing(&args.output)?;
    let loaded = input::read(&args.input, &Selection::from(&args.selecting), console)?;
    let written = linepack_formats::write_as(&loaded.case, format, &name)
        .ok_or_else(|| unwritable(&args.output))?;
    for (name, text) in &written.files {
        let path = folder.join(name);
        refuse_existing(&path)?;
        file::write(&path, text)?;
        console.note(&format!("wrote {}", path.display()));
    }
    lost(&written, format, console);
    Ok(Exit::Done)
}

/// Says what the format could not take.
fn lost(written: &Written, format: Format, console: &Console) {
    if written.notes.is_empty() {
        return;
    }
    console.note(&format!("what {} cannot say as it was:", format.name()));
    for note in &written.notes {
        console.note(&format!("  - {note}"));
    }
}

fn refuse_existing(path: &Path) -> Result<(), Failure> {
    if !path.exists() {
        return Ok(());
    }
    let help = Some("name another one; nothing is overwritten".into());
    Err(Failure::usage(format!("{} exists", path.display()), help))
}

/// The format to write, the folder, and the name of the first file without its suffix.
fn target(path: &Path) -> Result<(Format, PathBuf, String), Failure> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
    let stem = stem.ok_or_else(|| unwritable(path))?;
    match path.extension().and_then(|e| e.to_str()) {
        None => Ok((Format::Native, path.to_owned(), "case".into())),
        Some("toml") => Ok((Format::Native, folder, stem)),
        Some("net") => Ok((Format::GasLib, folder, stem)),
        Some("m") => Ok((Format::Matgas, folder, stem)),
        // Several files in a folder of that name, read by its network.json.
        Some("json") if stem == "network" => Ok((Format::LanlJson, folder, stem)),
        Some("json") => Ok((Format::LanlJson, path.with_extension(""), "network".into())),
        Some("geojson") => Ok((Format::GeoJson, folder, stem)),
        Some(_) => Err(unwritable(path)),
    }
}

fn unwritable(path: &Path) -> Failure {
    Failure::usage(
        format!("a case cannot be written as {}", path.display()),
        Some(
            "name a folder or a .toml file (linepack), or a file that ends in .net (GasLib), .m (MATGAS), \
             .json (LANL JSON) or .geojson"
                .into(),
        ),
    )
}
