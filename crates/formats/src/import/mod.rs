//! What the readers of foreign formats share: which format a path is, the files read, the mistakes
//! found, and the log of what was assumed.
//!
//! A reader takes an [`Import`], reads its files through it, adds problems with their places, notes
//! every assumption, and gives a case. [`Import::finish`] asks the validator and makes it a
//! [`Loaded`].

pub(crate) mod blank;
mod format;
pub(crate) mod held;
mod log;

pub use format::{Companions, Format};
pub use log::ImportNote;
pub(crate) use log::Log;

use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use crate::{Diagnostic, Loaded, Selection, native};
use linepack_network::{Case, Finding, Place, Severity, validate};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Largest file that is read, bytes.
const FILE_MAX: u64 = 64 << 20;
/// Most bytes of all files of a case together.
const BYTES_MAX: usize = 128 << 20;
/// Most elements of a case.
pub(crate) const ELEMENTS_MAX: usize = 500_000;

/// Reads a case in any format that the program knows.
///
/// Errors: everything wrong with it, warnings included, in the order of the files.
pub fn read(path: &Path, selection: &Selection) -> Result<Loaded, Vec<Diagnostic>> {
    let mut import = Import::default();
    let format = match Format::of(path) {
        Ok(Format::Native) => return native::read(path, selection),
        Ok(format) => format,
        Err(why) => {
            let source = import.sources.add(path, String::new());
            let span = Span::beginning(source);
            import.report.add(Problem::error(codes::FORMAT, span, why));
            return Err(import.report.finish(&import.sources));
        }
    };
    let case = format.reader()(&mut import, path, &selection.beside);
    let loaded = import.finish(case, format)?;
    changed(loaded, selection)
}

/// The case with the stage, scenario and values that were asked for: it is written in the program's
/// own format and read again.
fn changed(loaded: Loaded, selection: &Selection) -> Result<Loaded, Vec<Diagnostic>> {
    let plain = selection.set.is_empty() && selection.stage.is_none() && selection.as_of.is_none();
    if plain
        && selection
            .scenario
            .as_ref()
            .is_none_or(|s| *s == loaded.case.scenario.name)
    {
        return Ok(loaded);
    }
    let text = native::write(&loaded.case);
    let mut read = native::read_str(&loaded.case.id, &text, selection)?;
    read.case.assumptions = loaded.case.assumptions;
    Ok(Loaded {
        format: loaded.format,
        notes: loaded.notes,
        sources: loaded.sources,
        ..read
    })
}

/// A reader: the case as far as it can be made; none when there is nothing to go on with.
pub(crate) type Reader = fn(&mut Import, &Path, &Companions) -> Option<Case>;

/// A foreign case being read.
#[derive(Debug, Default)]
pub(crate) struct Import {
    pub(crate) sources: Sources,
    pub(crate) report: Report,
    log: Log,
    places: HashMap<Place, Span>,
}

impl Import {
    /// Reads a text file; what cannot be read is reported. The number of its text in `sources`.
    ///
    /// A byte-order mark is dropped.
    pub(crate) fn file(&mut self, path: &Path) -> Option<usize> {
        match native::read_limited(path, FILE_MAX, self.sources.bytes(), BYTES_MAX) {
            Ok(text) => {
                let text = match text.strip_prefix('\u{feff}') {
                    Some(rest) => rest.to_owned(),
                    None => text,
                };
                Some(self.sources.add(path, text))
            }
            Err((code, message)) => {
                let source = self.sources.add(path, String::new());
                self.error(code, Span::beginning(source), message);
                None
            }
        }
    }

    /// Notes an assumption, or something of the file that was left out, for one element or for all.
    pub(crate) fn note(&mut self, what: impl Into<String>, element: Option<&str>) {
        self.log.add(what.into(), element);
    }

    /// Adds an error.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.report.add(Problem::error(code, span, message));
    }

    /// Adds a warning.
    pub(crate) fn warning(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.report.add(Problem::warning(code, span, message));
    }

    /// Remembers where a thing of the case stands in the files.
    pub(crate) fn place(&mut self, place: Place, span: Span) {
        self.places.insert(place, span);
    }

    /// Where a thing of the case stands, or else the beginning.
    pub(crate) fn place_of(&self, place: Place) -> Span {
        let span = self.places.get(&place);
        span.copied().unwrap_or(Span::beginning(0))
    }

    /// The case, once the validator has seen it.
    fn finish(mut self, case: Option<Case>, format: Format) -> Result<Loaded, Vec<Diagnostic>> {
        let notes = self.log.notes();
        let Some(mut case) = case.filter(|_| !self.report.has_errors()) else {
            return Err(self.report.finish(&self.sources));
        };
        self.limit(&case);
        self.identifiers(&case);
        case.assumptions
            .extend(notes.iter().map(ToString::to_string));
        for finding in validate(&case) {
            let problem = self.problem(finding);
            self.report.add(problem);
        }
        if self.report.has_errors() {
            return Err(self.report.finish(&self.sources));
        }
        Ok(Loaded {
            case,
            warnings: self.report.finish(&self.sources),
            sources: self.sources.into_files(),
            facts: Vec::new(),
            format,
            notes,
        })
    }

    /// Reports identifiers that no case can have.
    fn identifiers(&mut self, case: &Case) {
        let mut wrong = Vec::new();
        case.network.for_each_header(|kind, index, header| {
            if !native::is_identifier(&header.id) {
                wrong.push((Place::Element { kind, index }, header.id.clone()));
            }
        });
        for (place, id) in wrong {
            let message = format!(
                "\"{id}\" is no identifier: it is empty, has quotes or line breaks, or blanks around it"
            );
            self.error(codes::IDENTIFIER, self.place_of(place), message);
        }
    }

    fn limit(&mut self, case: &Case) {
        let mut count = 0;
        case.network.for_each_header(|_, _, _| count += 1);
        if count > ELEMENTS_MAX {
            let message = format!("the case has {count} elements; at most {ELEMENTS_MAX} are read");
            self.error(codes::TOO_LARGE, Span::beginning(0), message);
        }
    }

    fn problem(&self, finding: Finding) -> Problem {
        let span = self.place_of(finding.place);
        let problem = match finding.severity {
            Severity::Error => Problem::error(finding.code, span, finding.message),
            Severity::Warning => Problem::warning(finding.code, span, finding.message),
        };
        problem.label(finding.label).help(finding.help)
    }
}

/// The name of a case from the path of its file.
pub(crate) fn case_id(path: &Path) -> String {
    let name = path.with_extension("");
    let name: Option<PathBuf> = name.file_name().map(PathBuf::from);
    name.map_or_else(|| "case".to_owned(), |n| n.to_string_lossy().into_owned())
}
