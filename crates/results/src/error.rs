use std::path::Path;

/// Why a run folder or a file of it cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The file system refused.
    #[error("{path}: {message}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system said.
        message: String,
    },
    /// A JSON file is not what it should be.
    #[error("the {what} cannot be read or written as JSON: {message}")]
    Json {
        /// Which document.
        what: String,
        /// What the parser said, with line and column.
        message: String,
    },
    /// A table is not what it should be.
    #[error("the table {table}: {message}")]
    Table {
        /// Which table.
        table: String,
        /// What is wrong.
        message: String,
    },
    /// A state that cannot be restarted from.
    #[error("the snapshot has no finite number at {place}")]
    NotFinite {
        /// Its place in the document, as a JSON pointer.
        place: String,
    },
    /// The place for a run folder is taken by something else.
    #[error("{path} exists and is not empty")]
    Taken {
        /// The place.
        path: String,
    },
    /// Written by a newer program.
    #[error("the {what} has format {format}, newer than this program knows")]
    Newer {
        /// Which document.
        what: &'static str,
        /// Its format.
        format: u32,
    },
}

impl FolderError {
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            message: error.to_string(),
        }
    }

    pub(crate) fn json(what: &str, error: &serde_json::Error) -> Self {
        Self::Json {
            what: what.into(),
            message: error.to_string(),
        }
    }
}
