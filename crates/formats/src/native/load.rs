//! Files into one tree: the case file, the CSV files it names.

use super::csv_table;
use super::describe::list;
use super::schema::{ELEMENTS, GAS_PROFILE, PROFILE, Schema, TABLES, repeated, sections};
use super::tree::{self, Entry, Located, Raw, Table};
use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use linepack_network::nearest;
use std::path::{Component, Path, PathBuf};

/// Largest case file that is read, bytes; TOML takes up to a hundred times its size in memory.
pub(super) const CASE_MAX: u64 = 8 << 20;
/// Largest CSV file that is read, bytes.
const TABLE_MAX: u64 = 64 << 20;
/// Most bytes of all files of a case together.
const BYTES_MAX: usize = 128 << 20;
/// Most elements of a case.
const ELEMENTS_MAX: usize = 500_000;

/// What is wrong when a part of a case could not be read.
const UNREAD: [&str; 5] = [
    codes::UNREADABLE,
    codes::NOT_TEXT,
    codes::TOO_LARGE,
    codes::OUTSIDE,
    codes::CSV,
];

/// The document of a case: all of its files as one tree.
pub(super) struct Document {
    pub(super) root: Table,
    /// Whether some of the text could not be read, so that what seems missing may only be unread.
    pub(super) fragmentary: bool,
}

/// The case file of a path that may be a folder.
pub(super) fn case_file(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join("case.toml")
    } else {
        path.to_owned()
    }
}

/// Reads the case file and the CSV files that it names.
pub(super) fn document(path: &Path, sources: &mut Sources, report: &mut Report) -> Document {
    let file = case_file(path);
    let source = text(&file, CASE_MAX, sources, report);
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    from_text(source, Some(&folder), sources, report)
}

/// The document of a text that has been read; without a folder, CSV files are not looked for.
pub(super) fn from_text(
    source: usize,
    folder: Option<&Path>,
    sources: &mut Sources,
    report: &mut Report,
) -> Document {
    let before = report.has_errors();
    let mut root = tree::from_toml(sources, source, report);
    let torn = before || report.has_errors();
    sections_are_known("a case", &shapes(), &mut root, report);
    if let Some(folder) = folder {
        element_tables(&mut root, folder, sources, report);
        profile_files(&mut root, folder, sources, report);
    }
    limit_elements(&mut root, report);
    let fragmentary = torn || report.has_any(&UNREAD);
    Document { root, fragmentary }
}

/// Reads a text; what cannot be read is reported, and empty.
pub(super) fn text(file: &Path, most: u64, sources: &mut Sources, report: &mut Report) -> usize {
    match read_limited(file, most, sources.bytes(), BYTES_MAX) {
        Ok(text) => sources.add(file, text),
        Err((code, message)) => {
            let source = sources.add(file, String::new());
            report.add(Problem::error(code, Span::beginning(source), message));
            source
        }
    }
}

/// The text of a file that has at most so many bytes, and all files together.
pub(crate) fn read_limited(
    file: &Path,
    most: u64,
    read_so_far: usize,
    most_of_all: usize,
) -> Result<String, (&'static str, String)> {
    let name = file.display();
    let unreadable = |e: std::io::Error| (codes::UNREADABLE, format!("{name} cannot be read: {e}"));
    let facts = std::fs::metadata(file).map_err(unreadable)?;
    if !facts.is_file() {
        return Err((codes::UNREADABLE, format!("{name} is not a file")));
    }
    let length = facts.len();
    if length > most || read_so_far + length as usize > most_of_all {
        let message = format!(
            "{name} has {} MB; this may have {} MB, all files {} MB together",
            length >> 20,
            most >> 20,
            most_of_all >> 20
        );
        return Err((codes::TOO_LARGE, message));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        (
            codes::NOT_TEXT,
            format!("{name} is not UTF-8 text: byte {at} is no character"),
        )
    })
}

/// A table of a file, and whether it stands any number of times.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) schema: &'static Schema,
    pub(super) many: bool,
}

/// The tables of a case file.
fn shapes() -> Vec<Shape> {
    let many = |schema: &Schema| repeated().any(|s| std::ptr::eq(s, schema));
    let shape = |schema| Shape {
        schema,
        many: many(schema),
    };
    sections().map(shape).collect()
}

/// Reports sections that no such file has, and gives those of the wrong shape up.
pub(super) fn sections_are_known(
    what: &str,
    shapes: &[Shape],
    root: &mut Table,
    report: &mut Report,
) {
    let mut entries = std::mem::take(&mut root.entries);
    entries.retain(|entry| {
        let Some(shape) = shapes.iter().find(|s| s.schema.key == entry.key) else {
            report.add(unknown_section(what, shapes, entry));
            return false;
        };
        has_shape(*shape, &entry.key, &entry.value, report)
    });
    root.entries = entries;
}

fn unknown_section(what: &str, shapes: &[Shape], entry: &Entry) -> Problem {
    let (key, known) = (&entry.key, || shapes.iter().map(|s| s.schema.key));
    let help = match nearest(key, known()) {
        Some(near) => format!("a table named `{near}` exists"),
        None => format!("{what} has the tables {}", list(known(), "and")),
    };
    let message = format!("{what} has no table `{key}`");
    Problem::error(codes::UNKNOWN_KEY, entry.key_span, message)
        .label("unknown table")
        .help(help)
}

fn has_shape(shape: Shape, key: &str, value: &Located, report: &mut Report) -> bool {
    let many = shape.many;
    let fits = match &value.raw {
        Raw::Table(_) => !many,
        Raw::List(list) => many && list.iter().all(|v| matches!(v.raw, Raw::Table(_))),
        _ => false,
    };
    if !fits {
        let head = if many {
            format!("[[{key}]]")
        } else {
            format!("[{key}]")
        };
        let message = format!("`{key}` is {}", value.raw.kind());
        let problem = Problem::error(codes::WRONG_KIND, value.span, message);
        report.add(
            problem
                .label(format!("expected {head}"))
                .help(format!("write `{head}` on a line of its own")),
        );
    }
    fits
}

/// Appends the rows of the CSV files of `[tables]`.
fn element_tables(root: &mut Table, folder: &Path, sources: &mut Sources, report: &mut Report) {
    let Some(tables) = root.table(TABLES.key).cloned() else {
        return;
    };
    for schema in ELEMENTS {
        let Some(value) = tables.get(schema.key) else {
            continue;
        };
        let Some(rows) = csv_rows(value, folder, sources, report) else {
            continue;
        };
        if let Some(list) = root.list_mut(schema.key, value.span) {
            list.extend(rows.into_iter().map(|t| Located {
                span: t.span,
                raw: Raw::Table(t),
            }));
        }
    }
}

/// Puts the columns of the CSV files of profiles in their tables.
fn profile_files(root: &mut Table, folder: &Path, sources: &mut Sources, report: &mut Report) {
    for key in [PROFILE.key, GAS_PROFILE.key] {
        points_of_files(key, root, folder, sources, report);
    }
}

fn points_of_files(
    key: &str,
    root: &mut Table,
    folder: &Path,
    sources: &mut Sources,
    report: &mut Report,
) {
    for profile in root.rows_mut(key) {
        let Some(value) = profile.get("file").cloned() else {
            continue;
        };
        if let Some(time) = profile.get("time") {
            let message = "a profile has its points either in `file` or in the case file";
            report.add(
                Problem::error(codes::EXACTLY_ONE, time.span, message).label("`file` is given too"),
            );
            continue;
        }
        for row in csv_rows(&value, folder, sources, report).unwrap_or_default() {
            for cell in row.entries {
                if let Some(list) = profile.list_mut(&cell.key, cell.key_span) {
                    list.push(cell.value);
                }
            }
        }
    }
}

/// The rows of a CSV file named by a value; none when the value is no text.
pub(super) fn csv_rows(
    value: &Located,
    folder: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Vec<Table>> {
    let (Raw::Text(name) | Raw::Cell(name)) = &value.raw else {
        return None;
    };
    match inside(folder, name) {
        Ok(file) => {
            let source = text(&file, TABLE_MAX, sources, report);
            let rows = if sources.text(source).is_empty() {
                Vec::new()
            } else {
                csv_table::rows(sources, source, report)
            };
            Some(rows)
        }
        Err(why) => {
            let message = format!("the table file \"{name}\" {why}");
            let problem = Problem::error(codes::OUTSIDE, value.span, message);
            report.add(problem.label("expected a file in the folder of the case"));
            None
        }
    }
}

/// The file of a name, which must lie in the folder, also when links are followed.
fn inside(folder: &Path, name: &str) -> Result<PathBuf, &'static str> {
    let plain = |c| matches!(c, Component::Normal(_) | Component::CurDir);
    if name.is_empty() || name.contains('\\') || !Path::new(name).components().all(plain) {
        return Err("is not in the folder of the case");
    }
    let file = folder.join(name);
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(real)) if !real.starts_with(&folder) => {
            Err("is a link that leads out of the folder of the case")
        }
        (_, Err(_)) => Err("does not exist"),
        _ => Ok(file),
    }
}

/// Gives up the elements of a case that has far too many.
fn limit_elements(root: &mut Table, report: &mut Report) {
    let count = repeated().map(|s| root.rows(s.key).count()).sum::<usize>();
    if count > ELEMENTS_MAX {
        let message = format!("the case has {count} elements; at most {ELEMENTS_MAX} are read");
        report.add(Problem::error(
            codes::TOO_LARGE,
            Span::beginning(0),
            message,
        ));
        root.entries.retain(|e| !repeated().any(|s| s.key == e.key));
    }
}
