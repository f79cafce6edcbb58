//! The native case format: `case.toml` and the CSV files it names.

mod assign;
mod choice;
mod choose;
mod csv_table;
mod decision;
mod decode;
mod describe;
mod ensemble;
mod facts;
mod heat;
mod json_schema;
mod load;
mod locate;
mod member;
mod network;
mod operation;
mod quality;
mod read;
mod reference;
mod rules;
mod scalar;
mod scenario;
mod schema;
mod settings;
mod tree;
mod write;

pub use ensemble::{
    LoadedEnsemble, ensemble_reference, ensemble_schema, read_ensemble, read_ensemble_str,
};
pub use json_schema::schema;
pub(crate) use load::read_limited;
pub use read::{Fact, Loaded, Selection, read, read_str};
pub use reference::reference;
pub(crate) use scalar::is_identifier;
pub use write::write;
