//! Stages, scenarios, events and profiles.

use super::super::choice::choices;
use super::rule::{INTERLOCK, RULE};
use super::*;
use linepack_network::Interpolation;

/// `[[stage]]`.
pub(crate) static STAGE: Schema = Schema {
    key: "stage",
    name: "stage",
    doc: "A stage of the build-out.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Required,
            "Name, as `--stage` takes it.",
        ),
        field(
            "title",
            Kind::Text,
            Optional,
            "One line for headings; the name when nothing is said.",
        ),
        field(
            "as_of",
            Kind::Date,
            Optional,
            "Elements in service on this day take part, and complete ones without a date.",
        ),
        field(
            "include",
            Kind::List(&Kind::Reference("element")),
            Optional,
            "These take part too.",
        ),
        field(
            "exclude",
            Kind::List(&Kind::Reference("element")),
            Optional,
            "These take no part.",
        ),
        field(
            "capacity_at",
            Kind::Reference("off-take"),
            Optional,
            "The off-take whose pressure-limited flow is the capacity of the stage.",
        ),
        field(
            "set",
            Kind::Assignments,
            Optional,
            "Values that differ in this stage.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[scenario]]`.
pub(crate) static SCENARIO: Schema = Schema {
    key: "scenario",
    name: "scenario",
    doc: "What is asked of the network over time.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Required,
            "Name, as `--scenario` takes it.",
        ),
        field(
            "title",
            Kind::Text,
            Optional,
            "One line for headings; the name when nothing is said.",
        ),
        field(
            "start",
            Kind::Timestamp,
            Default("2026-01-01T05:00:00Z"),
            "Instant of time zero, with its offset from UTC.",
        ),
        field(
            "duration",
            Kind::Quantity(Time),
            Required,
            "Length; zero for a steady state only.",
        ),
        field(
            "output_interval",
            Kind::Quantity(Time),
            Default("15 min"),
            "Time between rows of the result.",
        ),
        field(
            "initial",
            INITIAL_KIND,
            Default("steady"),
            "How the state at time zero is found.",
        ),
        field(
            "set",
            Kind::Assignments,
            Optional,
            "Values that differ in this scenario.",
        ),
        field(
            "event",
            Kind::List(&Kind::Table(&EVENT)),
            Optional,
            "What happens.",
        ),
        field(
            "rule",
            Kind::List(&Kind::Table(&RULE)),
            Optional,
            "What follows by itself.",
        ),
        field(
            "interlock",
            Kind::List(&Kind::Table(&INTERLOCK)),
            Optional,
            "What is refused.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

const INITIAL_KIND: Kind = Kind::Either(&Kind::Choice(INITIAL_STATES), &Kind::Table(&AT_REST));

const INITIAL_STATES: &[Choice] = &[Choice {
    name: "steady",
    doc: "the steady state of the set-points at time zero",
}];

static AT_REST: Schema = Schema {
    key: "initial",
    name: "initial",
    doc: "Gas at rest.",
    groups: &[&[field(
        "at_rest",
        Kind::Quantity(Pressure),
        Required,
        "Pressure at elevation 0.",
    )]],
    spelling: EXACT,
    rules: &[],
};

/// `[[scenario.event]]`.
pub(crate) static EVENT: Schema = Schema {
    key: "event",
    name: "event",
    doc: "Something that happens at an exact time.",
    groups: &[
        &[
            field(
                "at",
                Kind::Quantity(Time),
                Required,
                "Time since the start.",
            ),
            field(
                "element",
                Kind::Reference("element"),
                Required,
                "The element it happens to.",
            ),
            field("action", Kind::Choice(ACTIONS), Required, "What happens."),
        ],
        SET_FIELDS,
        &[field(
            "distance",
            Kind::Quantity(Length),
            Optional,
            "With `break`: distance from the pipe's first node.",
        )],
    ],
    spelling: EXACT,
    rules: EVENT_RULES,
};

/// The keys of an action that moves a set-point.
pub(super) const SET_FIELDS: &[Field] = &[
    field(
        "pressure",
        Kind::Quantity(Pressure),
        Optional,
        "With `set`: pressure of a supply or off-take, discharge pressure of a station, outlet pressure of a control valve.",
    ),
    field(
        "suction_pressure",
        Kind::Quantity(Pressure),
        Optional,
        "With `set`: suction pressure of a station, inlet pressure of a control valve.",
    ),
    field(
        "flow",
        Kind::Flow,
        Optional,
        "With `set`: flow of a supply, off-take, station or control valve.",
    ),
    field(
        "ratio",
        number(1.0, 100.0),
        Optional,
        "With `set`: pressure ratio of a station.",
    ),
    field(
        "power",
        Kind::Quantity(Power),
        Optional,
        "With `set`: power limit of a station.",
    ),
    field(
        "opening",
        number(0.0, 1.0),
        Optional,
        "With `set`: opening of a valve.",
    ),
    field(
        "temperature",
        Kind::Quantity(Temperature),
        Optional,
        "With `set`: temperature of the gas of a supply, or behind the coolers of a station.",
    ),
    field(
        "gas",
        Kind::Reference("supply gas"),
        Optional,
        "With `gas`: the gas that the supply brings from now on.",
    ),
    field(
        "batch",
        Kind::Text,
        Optional,
        "With `batch`: name of the batch.",
    ),
    field(
        "ramp",
        Kind::Quantity(Time),
        Optional,
        "With `set`: time that the change takes; at once when nothing is said.",
    ),
];

/// What must hold between the keys of an action.
pub(super) const ACTION_RULES: &[Rule] = &[
    Rule::AtMostOne(SET_POINTS),
    Rule::When("action", "set", SET_POINTS),
    Rule::When("action", "gas", &["gas"]),
    Rule::When("action", "batch", &["batch"]),
    Rule::OnlyWhen("ramp", "action", "set"),
];

const EVENT_RULES: &[Rule] = &[
    Rule::AtMostOne(SET_POINTS),
    Rule::When("action", "set", SET_POINTS),
    Rule::When("action", "gas", &["gas"]),
    Rule::When("action", "batch", &["batch"]),
    Rule::When("action", "break", &["distance"]),
    Rule::OnlyWhen("ramp", "action", "set"),
];

/// The keys that an event with `action = "set"` moves.
pub(crate) const SET_POINTS: &[&str] = &[
    "pressure",
    "suction_pressure",
    "flow",
    "ratio",
    "power",
    "opening",
    "temperature",
];

/// The last is `break`.
pub(super) const ACTIONS: &[Choice] = &[
    Choice {
        name: "open",
        doc: "a valve or leak opens, or a control valve or station is put into bypass",
    },
    Choice {
        name: "close",
        doc: "a valve, leak, control valve or station closes",
    },
    Choice {
        name: "trip",
        doc: "the units of a station stop, gas passes by",
    },
    Choice {
        name: "start",
        doc: "a station or control valve obeys its set-points again, a supply or off-take returns",
    },
    Choice {
        name: "shut",
        doc: "a supply or off-take is shut",
    },
    Choice {
        name: "set",
        doc: "a set-point moves to a value",
    },
    Choice {
        name: "gas",
        doc: "a supply brings another gas",
    },
    Choice {
        name: "batch",
        doc: "a batch with a name begins at a supply",
    },
    Choice {
        name: "break",
        doc: "a pipe breaks in two; both ends discharge through the full bore",
    },
];

/// `[[profile]]`.
pub(crate) static PROFILE: Schema = Schema {
    key: "profile",
    name: "profile",
    doc: "A time series by which a set-point is multiplied or replaced.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Name by which elements refer to it.",
        ),
        field(
            "interpolation",
            Kind::Choice(INTERPOLATIONS),
            Default("linear"),
            "How it is read between its points.",
        ),
        field(
            "time",
            Kind::List(&Kind::Quantity(Time)),
            Optional,
            "Times since the start of the scenario, increasing; or from `file`.",
        ),
        field(
            "factor",
            Kind::List(&number(f64::NEG_INFINITY, f64::INFINITY)),
            Optional,
            "Factors on the set-point.",
        ),
        field(
            "pressure",
            Kind::List(&Kind::Quantity(Pressure)),
            Optional,
            "Pressures in place of the set-point.",
        ),
        field(
            "ratio",
            Kind::List(&number(1.0, 100.0)),
            Optional,
            "Pressure ratios in place of the set-point.",
        ),
        field(
            "flow",
            Kind::List(&Kind::Flow),
            Optional,
            "Flows in place of the set-point.",
        ),
        field(
            "temperature",
            Kind::List(&Kind::Quantity(Temperature)),
            Optional,
            "Temperatures in place of the stated one.",
        ),
        field(
            "period",
            Kind::Quantity(Time),
            Optional,
            "Period after which it repeats.",
        ),
        field(
            "file",
            Kind::Text,
            Optional,
            "A CSV file in the folder of the case with a column `time [h]` and one of values, such as `factor` or `flow [kg/s]`.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[
        Rule::Column(&["time"]),
        Rule::Column(VALUES),
        Rule::SameLength("time", "factor"),
        Rule::SameLength("time", "pressure"),
        Rule::SameLength("time", "ratio"),
        Rule::SameLength("time", "flow"),
        Rule::SameLength("time", "temperature"),
    ],
};

/// The keys that carry the values of a profile.
const VALUES: &[&str] = &["factor", "pressure", "ratio", "flow", "temperature"];

choices! {
    INTERPOLATIONS: Interpolation {
        "linear" Interpolation::Linear, "straight lines";
        "step" Interpolation::Step, "the value of the last point holds";
        "smooth" Interpolation::Smooth, "a smooth curve through the points; it may pass beyond them between points";
    }
}
