//! The log of an import: what was assumed, and for how many elements.

use serde::Serialize;
use std::fmt;

/// Elements that a note names one by one.
const NAMED: usize = 5;

/// Something that a reader assumed or left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportNote {
    /// What, in one line.
    pub what: String,
    /// For how many elements; 0 when it concerns the case as a whole.
    pub count: usize,
    /// The first few of them.
    pub elements: Vec<String>,
}

impl fmt::Display for ImportNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if self.count == 0 {
            return Ok(());
        }
        let more = self.count - self.elements.len();
        write!(f, " ({}", self.elements.join(", "))?;
        if more > 0 {
            write!(f, " and {more} more")?;
        }
        write!(f, ")")
    }
}

/// Notes as they come, those with the same words together.
#[derive(Debug, Default)]
pub(crate) struct Log {
    notes: Vec<ImportNote>,
    index: std::collections::HashMap<String, usize>,
}

impl Log {
    pub(crate) fn add(&mut self, what: String, element: Option<&str>) {
        let at = *self.index.entry(what.clone()).or_insert_with(|| {
            self.notes.push(ImportNote {
                what,
                count: 0,
                elements: Vec::new(),
            });
            self.notes.len() - 1
        });
        let Some(element) = element else { return };
        let note = &mut self.notes[at];
        note.count += 1;
        if note.elements.len() < NAMED {
            note.elements.push(element.to_owned());
        }
    }

    pub(crate) fn notes(&mut self) -> Vec<ImportNote> {
        self.index.clear();
        std::mem::take(&mut self.notes)
    }
}
