//! The machines of a compressor station.

use super::super::decode::Row;
use super::*;
use linepack_network::Machines;

pub(super) const FIELDS: &[Field] = &[];

pub(super) fn read(_: &Row) -> Option<Box<Machines>> {
    None
}

pub(super) fn write(_: &Option<Box<Machines>>) -> Vec<(&'static str, String)> {
    Vec::new()
}
