//! The lanl format.

pub(crate) mod withdrawal;

use crate::import::{Companions, Import};
use linepack_network::Case;
use std::path::Path;

/// Reads it.
pub(crate) fn read(import: &mut Import, path: &Path, beside: &Companions) -> Option<Case> {
    let _ = (path, beside);
    import.note("not read yet", None);
    None
}
