use linepack_formats::Diagnostic;
use linepack_results::FolderError;

/// How a command ended, as an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// The system refused: a file cannot be written.
    System,
    /// The command line is wrong.
    Usage,
    /// The input is wrong.
    Invalid,
    /// There is no solution, or it was not found.
    NotSolved,
    /// Solved, but a limit is violated, and `--strict` was given.
    Violated,
    /// Stopped by Ctrl-C.
    Interrupted,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::System => 1,
            Self::Usage => 2,
            Self::Invalid => 10,
            Self::NotSolved => 20,
            Self::Violated => 21,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for what cannot be.
    Usage {
        message: String,
        help: Option<String>,
    },
    /// A case has mistakes.
    Diagnostics(Vec<Diagnostic>),
    /// Other input that cannot be used.
    Invalid {
        message: String,
        help: Option<String>,
    },
    /// The system refused.
    System(String),
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Usage {
            message: message.into(),
            help: help.into(),
        }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage { .. } => Exit::Usage,
            Self::Diagnostics(_) | Self::Invalid { .. } => Exit::Invalid,
            Self::System(_) => Exit::System,
        }
    }
}

/// A run folder that cannot be written: the system's fault, unless its place is taken.
impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Taken { .. } => Self::usage(
                error.to_string(),
                Some(
                    "name another folder, or add --replace to put the new run in its place".into(),
                ),
            ),
            other => Self::System(other.to_string()),
        }
    }
}
