use crate::Diagnostic;
use crate::report::Problem;
use std::path::PathBuf;

/// A piece of one of the texts read, whose sizes are limited far below 4 GB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) source: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// `range` of the text number `source`.
    pub(crate) fn new(source: usize, range: std::ops::Range<usize>) -> Self {
        Self {
            source: source as u32,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The number of its text.
    pub(crate) fn source(self) -> usize {
        self.source as usize
    }

    /// Its bytes.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The beginning of a text.
    pub(crate) fn beginning(source: usize) -> Self {
        Self::new(source, 0..0)
    }
}

#[derive(Debug)]
struct Source {
    path: PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    fn line(&self, index: usize) -> (usize, &str) {
        let start = self.line_starts.get(index).copied().unwrap_or(0);
        let end = self
            .line_starts
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
    }
}

/// Every text that went into a case: its files, and the assignments of the command line.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text and gives its number.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, text: String) -> usize {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        self.list.push(Source {
            path: path.into(),
            text,
            line_starts,
        });
        self.list.len() - 1
    }

    /// A text by number.
    pub(crate) fn text(&self, source: usize) -> &str {
        &self.list[source].text
    }

    /// The text under a span, empty when the span is not one.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text(span.source()).get(span.range()).unwrap_or("")
    }

    /// Paths and texts, in the order they were read.
    pub(crate) fn into_files(self) -> Vec<(PathBuf, String)> {
        self.list.into_iter().map(|s| (s.path, s.text)).collect()
    }

    /// Number of bytes read so far.
    pub(crate) fn bytes(&self) -> usize {
        self.list.iter().map(|s| s.text.len()).sum()
    }

    /// The problem with its place written out.
    pub(crate) fn diagnostic(&self, problem: Problem) -> Diagnostic {
        let span = problem.span;
        let source = &self.list[span.source()];
        let start = floor_boundary(&source.text, span.range().start.min(source.text.len()));
        let end = floor_boundary(
            &source.text,
            span.range().end.clamp(start, source.text.len()),
        );
        let index = source.line_of(start);
        let (line_start, line) = source.line(index);
        let column = source.text[line_start..start].chars().count() + 1;
        Diagnostic {
            code: problem.code,
            severity: problem.severity,
            message: shown(&problem.message),
            element: problem.element.map(String::from),
            file: source.path.clone(),
            span: start..end,
            line: index + 1,
            column,
            offending: clipped(&source.text[start..end], 200),
            source_text: clipped(line, 2000),
            label: shown(&problem.label),
            help: problem.help.as_deref().map(shown),
        }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn clipped(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// Text of a message: names from a file may be long, and may hold what a terminal would obey.
fn shown(text: &str) -> String {
    let safe = |c: char| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().take(500).map(safe).collect()
}
