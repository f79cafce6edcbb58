//! Tables against their equations, conversions there and back, and laws that every gas obeys.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly, and the errors are there to be seen"
)]

mod blends;
mod composition;
mod consistency;
mod conversion;
mod discharge;
mod gases;
mod phase;
mod roots;
mod simple_equations;
mod tables;
