//! Readers and writers of case files.
//!
//! [`read`] turns a native case into a [`linepack_network::Case`], or into everything that is wrong
//! with it. One module for each format: [`native`] is the program's own.

pub mod codes;
mod composition;
mod diagnostic;
pub mod native;
mod report;
mod sources;

pub use codes::{codes, explain};
pub use composition::{CompositionError, composition};
pub use diagnostic::{Diagnostic, Severity};
pub use native::{Fact, Loaded, Selection, read, read_str, schema, write};
