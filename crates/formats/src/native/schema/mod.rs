//! The keys of a case file: one table for each thing that can stand in it.
//!
//! From these tables come the decoder of TOML tables and CSV rows, the writer, the JSON Schema and
//! the reference in `docs/case-format.md`.

mod decisions;
mod element_macro;
mod elements;
mod gas;
mod heat;
mod machines;
mod parts;
mod protection;
mod quality;
mod root;
mod rule;
mod scenario;
mod settings;
mod supply_gas;

pub(super) use decisions::DECISION_GROUP;
pub(super) use elements::{ELEMENTS, Element, element_schema};
pub(super) use gas::GAS;
pub(super) use heat::GROUND;
pub(super) use parts::friction::text_of as friction_text;
pub(super) use quality::{BOUNDED, GAS_OF_SUPPLIES, GAS_PROFILE, QUALITY_LIMITS, STANDARDS};
pub(super) use root::{TABLES, is_single, repeated, sections};
pub(super) use rule::AREA;
pub(super) use scenario::{PROFILE, SCENARIO, STAGE};
pub(super) use settings::{CASE, SETTINGS};

use linepack_units::Dimension;

/// A key that may stand in a table.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) need: Need,
    /// One sentence, without the unit.
    pub(super) doc: &'static str,
}

/// What a value must be.
#[derive(Debug)]
pub(super) enum Kind {
    Text,
    /// A name by which others refer to this thing.
    Identifier,
    /// The identifier of something else: of what, in words.
    Reference(&'static str),
    Number {
        min: f64,
        max: f64,
    },
    Integer {
        min: u64,
        max: u64,
    },
    Boolean,
    Date,
    Timestamp,
    Quantity(Dimension),
    Flow,
    /// A number, or a quantity of a dimension that other keys tell.
    Amount,
    /// An angle, or a bare number where the drawing is abstract.
    Coordinate,
    Choice(&'static [Choice]),
    List(&'static Kind),
    Table(&'static Schema),
    /// The first or the second, whichever the value looks like.
    Either(&'static Kind, &'static Kind),
    /// Where the facts come from: one text, or a text for each key.
    Sources,
    /// Paths and the values that are put there.
    Assignments,
}

/// One of several words.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Need {
    Required,
    Optional,
    /// The value where nothing is said; a matter of convention or numerics.
    Default(&'static str),
    /// Physical data that is assumed, with a warning, where nothing is said.
    Assumed(&'static str),
}

/// The keys of one kind of table.
#[derive(Debug)]
pub(super) struct Schema {
    /// As in `[[pipe]]`.
    pub(super) key: &'static str,
    /// As in `pipe "P-3"`.
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    /// Fields, in groups that several tables share.
    pub(super) groups: &'static [&'static [Field]],
    /// The key that another spelling means.
    pub(super) spelling: fn(&str) -> Option<&'static str>,
    pub(super) rules: &'static [Rule],
}

/// What must hold between the keys of a table.
#[derive(Debug)]
pub(super) enum Rule {
    /// Exactly one of these.
    One(&'static [&'static str]),
    /// Exactly one of these, here or as a column of the CSV file that `file` names.
    Column(&'static [&'static str]),
    /// Not more than one of these.
    AtMostOne(&'static [&'static str]),
    /// The first is there exactly when the second is.
    Together(&'static str, &'static str),
    /// The first is possible only with the second.
    Needs(&'static str, &'static str),
    /// When the first has this value, one of these is needed; otherwise none is possible.
    When(&'static str, &'static str, &'static [&'static str]),
    /// The first is possible only when the second has this value.
    OnlyWhen(&'static str, &'static str, &'static str),
    /// Two lists of the same length, where both are there.
    SameLength(&'static str, &'static str),
    /// A list of so many numbers, where it is there.
    Count(&'static str, usize),
    /// A list of lists of so many numbers each, where it is there.
    Each(&'static str, usize),
}

impl Schema {
    /// All fields.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// Whether keys may be spelt in more than one way.
    pub(super) fn has_other_spellings(&self) -> bool {
        self.fields().any(|f| (self.spelling)(f.key).is_some())
    }

    /// The field of a key.
    pub(super) fn field(&self, key: &str) -> Option<&'static Field> {
        let exact = self.fields().find(|f| f.key == key);
        exact.or_else(|| {
            let meant = (self.spelling)(key)?;
            self.fields().find(|f| f.key == meant)
        })
    }
}

/// A field.
pub(super) const fn field(key: &'static str, kind: Kind, need: Need, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        need,
        doc,
    }
}

/// Keys have one spelling.
pub(super) const EXACT: fn(&str) -> Option<&'static str> = |_| None;

/// A number within bounds.
pub(super) const fn number(min: f64, max: f64) -> Kind {
    Kind::Number { min, max }
}

pub(super) use Dimension::*;
pub(super) use Need::{Assumed, Default, Optional, Required};

/// Where the facts of a table come from.
pub(super) const SOURCE: Field = field(
    "source",
    Kind::Sources,
    Optional,
    "Where the values come from, for each key (`*`: all others), or one text for all.",
);
