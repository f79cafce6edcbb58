use crate::Severity;
use crate::sources::{Sources, Span};
use crate::{Diagnostic, codes};

/// Something wrong with a case, before its place is written out.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    pub(crate) element: Option<Box<str>>,
}

impl Problem {
    /// An error at `span`.
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            element: None,
        }
    }

    /// A warning at `span`.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// What stands under the marker.
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..self
        }
    }

    /// What would mend it.
    pub(crate) fn help(self, help: impl Into<Option<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// The element it belongs to.
    pub(crate) fn element(self, id: Option<&str>) -> Self {
        Self {
            element: id.map(Box::from),
            ..self
        }
    }
}

/// Most problems that are listed one by one.
const LISTED: usize = 1000;

/// Everything wrong with a case, as it is found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    errors: usize,
    left_out: usize,
}

impl Report {
    /// Adds one; beyond a thousand they are only counted.
    pub(crate) fn add(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        if self.problems.len() < LISTED {
            self.problems.push(problem);
        } else {
            self.left_out += 1;
        }
    }

    /// Whether an error (and not only warnings) was found.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether there are more errors than are listed, so that looking for more is of no use.
    pub(crate) fn is_full(&self) -> bool {
        self.errors > LISTED
    }

    /// Whether one with such a code was found.
    pub(crate) fn has_any(&self, codes: &[&str]) -> bool {
        self.problems.iter().any(|p| codes.contains(&p.code))
    }

    /// All of them with their places, in the order of the files.
    pub(crate) fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|p| (p.span.source, p.span.start));
        if self.left_out > 0 {
            let message = format!("{} more problems are not listed", self.left_out);
            let severity = if self.errors > 0 {
                Severity::Error
            } else {
                Severity::Warning
            };
            let span = self.problems.last().map_or(Span::beginning(0), |p| p.span);
            let last = Problem::error(codes::LISTING_CUT, span, message);
            self.problems.push(Problem { severity, ..last });
        }
        self.problems
            .into_iter()
            .map(|p| sources.diagnostic(p))
            .collect()
    }
}
