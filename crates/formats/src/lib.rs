//! Readers and writers of case files.
//!
//! [`read`] turns a case in any format into a [`linepack_network::Case`], or into everything that is
//! wrong with it. One module for each format: [`native`] is the program's own, `import` is what the
//! readers of foreign formats share.

pub mod codes;
mod composition;
mod diagnostic;
mod gaslib;
mod geojson;
mod import;
mod json;
mod lanl;
mod matgas;
mod morgen;
pub mod native;
mod pandapipes;
mod report;
mod scigrid;
mod sources;
mod written;

pub use codes::{codes, explain};
pub use composition::{CompositionError, composition};
pub use diagnostic::{Diagnostic, Severity};
pub use import::{Companions, Format, ImportNote, read};
pub use native::{
    Fact, Loaded, LoadedEnsemble, Selection, ensemble_schema, read_ensemble, read_ensemble_str,
    read_str, schema, write,
};
pub use written::{Written, write_as};
