//! Ensembles: what is kept of each member, as tables that are written while the members run.
//!
//! `members.parquet` has a row for each member, `series.parquet` a row for each member and output time,
//! both in the order of the members. `quantiles.parquet` follows from the second, read once more.

mod arrays;
mod outcome;
mod quantiles;
mod writer;

pub use outcome::{Amounts, End, Margin, Outcome};
pub use quantiles::{Quantiles, SHARES, member_quantiles, quantiles};
pub use writer::{EnsembleAbout, EnsembleWriter};
