//! What the validator can find: a stable code, a title and the longer story for each.

/// A code, its title and its story.
pub type Entry = (&'static str, &'static str, &'static str);

/// Declares codes as constants and as a catalogue.
#[macro_export]
macro_rules! codes {
    ($catalogue:ident: $($name:ident = $code:literal, $title:literal, $story:literal;)+) => {
        $(#[doc = $title] pub const $name: &str = $code;)+

        /// All codes declared here, with their titles and stories.
        pub static $catalogue: &[$crate::codes::Entry] = &[$(($code, $title, $story)),+];
    };
}

codes! { CATALOGUE:
    DUPLICATE_ID = "LP0201", "two things have the same identifier",
        "Identifiers are unique over all elements, nodes included, so that a result, an event or a path on the command line means one thing.";
    UNKNOWN_NODE = "LP0204", "an element names a node that is not defined",
        "The ends of pipes and other elements, and the places of supplies and off-takes, are nodes of the case. The help names the node whose identifier is nearest.";
}

/// Codes of references that lead nowhere.
pub const UNKNOWN: &[&str] = &[UNKNOWN_NODE];
