//! The GasLib reader and writer.

#![expect(clippy::panic, clippy::print_stderr, reason = "helpers of tests")]

mod shared;
