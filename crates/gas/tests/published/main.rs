//! Published values of equations of state, heating values and viscosity against this crate.
//!
//! The cases lie outside the repository, in `$LINEPACK_DATA/../cases` (default
//! `../shared/cases` beside the workspace); a test whose case is missing says so and passes.
//! Each test prints its worst deviation: `cargo nextest run -p linepack-gas --no-capture`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "helpers of tests may fail loudly, and the deviations are there to be seen"
)]

mod aga8_tables;
mod cases;
mod cubic;
mod discharge;
mod documentation;
mod gross;
mod iso20765;
mod iso6976;
mod iso6976_annex_d;
mod nist_single_point;
mod nist_test_data;
mod nx19;
mod phase;
mod quality;
mod sgerg;
mod viscosity;
