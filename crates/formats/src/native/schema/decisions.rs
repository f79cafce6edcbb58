//! Decisions for several elements together.

use super::*;

/// `[[decision_group]]`.
pub(crate) static DECISION_GROUP: Schema = Schema {
    key: "decision_group",
    name: "decision group",
    doc: "Decisions for valves, control valves and stations that are taken together, of which one is taken.",
    groups: &[&[
        field("id", Kind::Identifier, Required, "Identifier."),
        field(
            "taken",
            Kind::Reference("decision"),
            Optional,
            "The decision that is taken.",
        ),
        field(
            "decision",
            Kind::List(&Kind::Table(&DECISION)),
            Required,
            "The decisions.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

static DECISION: Schema = Schema {
    key: "decision",
    name: "decision",
    doc: "A decision: the states of several elements.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Identifier, unique in its group.",
        ),
        field(
            "switch",
            Kind::List(&Kind::Table(&SWITCH)),
            Required,
            "What it does to each element.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

static SWITCH: Schema = Schema {
    key: "switch",
    name: "switch",
    doc: "What a decision does to an element.",
    groups: &[&[
        field(
            "element",
            Kind::Reference("element"),
            Required,
            "The element.",
        ),
        field(
            "open",
            Kind::Boolean,
            Required,
            "Whether it is open (a station or control valve works or stands by); otherwise it is closed.",
        ),
        field(
            "forward",
            Kind::Boolean,
            Optional,
            "Whether gas may pass only from its first node to its second one (true), or only back (false).",
        ),
        field(
            "mode",
            Kind::Text,
            Optional,
            "Configuration or mode of the element, where the decision fixes it.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};
