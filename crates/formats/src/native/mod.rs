//! The native case format: `case.toml` and the CSV files it names.

#![expect(
    dead_code,
    reason = "the writer and the JSON Schema, which read the rest of the tables, follow"
)]

mod assign;
mod choice;
mod csv_table;
mod decode;
mod facts;
mod load;
mod locate;
mod member;
mod network;
mod read;
mod scenario;
mod schema;
mod settings;
mod tree;

pub use read::{Fact, Loaded, Selection, read, read_str};
