//! Tables against their equations, conversions there and back, and laws that every gas obeys.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod composition;
mod consistency;
mod conversion;
mod discharge;
mod gases;
mod roots;
mod simple_equations;
mod tables;
