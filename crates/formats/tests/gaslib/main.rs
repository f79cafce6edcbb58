//! The GasLib reader and writer.

#![expect(clippy::panic, clippy::print_stderr, reason = "helpers of tests")]

mod fixture;
mod mistakes;
mod random;
mod reading;
mod round_trip;
mod shared;
