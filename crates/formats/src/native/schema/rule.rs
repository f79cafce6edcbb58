//! Rules, interlocks and areas.

use super::super::choice::choices;
use super::scenario::SET_FIELDS;
use super::*;
use linepack_network::Refused;

const THING: Kind = Kind::Reference("node, element or area");

const CONDITION: &[Field] = &[
    field(
        "element",
        THING,
        Optional,
        "What is watched; the whole network when nothing is said.",
    ),
    field(
        "pressure_below",
        Kind::Quantity(Pressure),
        Optional,
        "Holds while the pressure of a node (or of the node of a supply, off-take or leak) is below this.",
    ),
    field(
        "pressure_above",
        Kind::Quantity(Pressure),
        Optional,
        "Holds while that pressure is above this.",
    ),
    field(
        "flow_below",
        Kind::Flow,
        Optional,
        "Holds while the flow of an element, at its first node, is below this.",
    ),
    field(
        "flow_above",
        Kind::Flow,
        Optional,
        "Holds while that flow is above this.",
    ),
    field(
        "ratio_below",
        number(0.0, 1000.0),
        Optional,
        "Holds while the pressure ratio of a station is below this.",
    ),
    field(
        "ratio_above",
        number(0.0, 1000.0),
        Optional,
        "Holds while that ratio is above this.",
    ),
    field(
        "power_below",
        Kind::Quantity(Power),
        Optional,
        "Holds while the shaft power of a station is below this.",
    ),
    field(
        "power_above",
        Kind::Quantity(Power),
        Optional,
        "Holds while that power is above this.",
    ),
    field(
        "linepack_below",
        Kind::Quantity(Mass),
        Optional,
        "Holds while the gas in a pipe, an area or the network is less than this.",
    ),
    field(
        "linepack_above",
        Kind::Quantity(Mass),
        Optional,
        "Holds while it is more than this.",
    ),
    field(
        "pressure_drop",
        Kind::Quantity(PressureDifference),
        Optional,
        "Holds while the pressure of a node is lower by more than this than it was `within` ago.",
    ),
    field(
        "within",
        Kind::Quantity(Time),
        Optional,
        "With `pressure_drop`: the window of time.",
    ),
];

const CONDITION_RULES: &[Rule] = &[
    Rule::One(&[
        "pressure_below",
        "pressure_above",
        "flow_below",
        "flow_above",
        "ratio_below",
        "ratio_above",
        "power_below",
        "power_above",
        "linepack_below",
        "linepack_above",
        "pressure_drop",
    ]),
    Rule::Together("pressure_drop", "within"),
];

const fn condition(key: &'static str, doc: &'static str) -> Schema {
    Schema {
        key,
        name: key,
        doc,
        groups: &[CONDITION],
        spelling: EXACT,
        rules: CONDITION_RULES,
    }
}

static WHEN: Schema = condition("when", "What must hold.");
static REARM: Schema = condition("rearm", "What must hold before the rule can act again.");

static COMMAND: Schema = Schema {
    key: "then",
    name: "action",
    doc: "What a rule does.",
    groups: &[
        &[
            field(
                "element",
                Kind::Reference("element"),
                Required,
                "The element it happens to.",
            ),
            field("action", Kind::Choice(COMMANDS), Required, "What happens."),
        ],
        SET_FIELDS,
    ],
    spelling: EXACT,
    rules: super::scenario::ACTION_RULES,
};

/// `[[scenario.rule]]`.
pub(crate) static RULE: Schema = Schema {
    key: "rule",
    name: "rule",
    doc: "What follows by itself when a condition has held for a time.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Required,
            "Name, for results and messages.",
        ),
        field("when", Kind::Table(&WHEN), Required, "What must hold."),
        field(
            "for",
            Kind::Quantity(Time),
            Default("0 s"),
            "How long it must hold without a break.",
        ),
        field(
            "then",
            Kind::List(&Kind::Table(&COMMAND)),
            Optional,
            "What follows, in this order; when nothing is said the time is noted.",
        ),
        field(
            "rearm",
            Kind::Table(&REARM),
            Optional,
            "What must hold before it can act again; that `when` no longer holds, when nothing is said.",
        ),
        field(
            "once",
            Kind::Boolean,
            Default("false"),
            "Whether it acts once only.",
        ),
        field(
            "pause",
            Kind::Quantity(Time),
            Default("1 min"),
            "Least time between two of its actions.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[scenario.interlock]]`.
pub(crate) static INTERLOCK: Schema = Schema {
    key: "interlock",
    name: "interlock",
    doc: "What refuses an action while a condition holds.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Required,
            "Name, for results and messages.",
        ),
        field(
            "element",
            Kind::Reference("element"),
            Required,
            "The element to which it does not happen.",
        ),
        field(
            "action",
            Kind::Choice(REFUSALS),
            Optional,
            "What is refused; everything when nothing is said.",
        ),
        field("when", Kind::Table(&WHEN), Required, "While this holds."),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[area]]`.
pub(crate) static AREA: Schema = Schema {
    key: "area",
    name: "area",
    doc: "Nodes and pipes that belong together: a zone, a section. Its line pack is reported.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Identifier, unique among all elements.",
        ),
        field(
            "label",
            Kind::Text,
            Optional,
            "Name for people; the identifier when nothing is said.",
        ),
        field(
            "nodes",
            Kind::List(&Kind::Reference("node")),
            Optional,
            "Nodes: a pipe between two of them belongs to the area.",
        ),
        field(
            "pipes",
            Kind::List(&Kind::Reference("pipe")),
            Optional,
            "Pipes that belong to it.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// What an event does, but for a break, which no controller brings about.
const COMMANDS: &[Choice] = match super::scenario::ACTIONS {
    [commands @ .., _break] => commands,
    [] => &[],
};

choices! {
    REFUSALS: Refused {
        "open" Refused::Open, "to open";
        "close" Refused::Close, "to close";
        "trip" Refused::Trip, "to trip";
        "start" Refused::Start, "to start or return";
        "shut" Refused::Shut, "to be shut";
        "set" Refused::Set, "to move a set-point";
    }
}
