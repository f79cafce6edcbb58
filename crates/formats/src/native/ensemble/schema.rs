//! The keys of `ensemble.toml`.

use crate::native::schema::{
    Choice, EXACT, Field, Kind, Need, Rule, SOURCE, Schema, field, number,
};
use linepack_units::Dimension::Time;

const fn word(name: &'static str, doc: &'static str) -> Choice {
    Choice { name, doc }
}

/// `[ensemble]`.
pub(super) static ENSEMBLE: Schema = Schema {
    key: "ensemble",
    name: "ensemble",
    doc: "How many members there are.",
    groups: &[&[
        field(
            "title",
            Kind::Text,
            Need::Default(""),
            "One line for headings.",
        ),
        field(
            "members",
            Kind::Integer {
                min: 1,
                max: 1_000_000_000,
            },
            Need::Optional,
            "Number of members; with a `table`, its rows when nothing is said.",
        ),
        field(
            "seed",
            Kind::Integer {
                min: 0,
                max: i64::MAX as u64,
            },
            Need::Default("1"),
            "What all draws follow from: the same seed gives the same members.",
        ),
        field(
            "table",
            Kind::Text,
            Need::Optional,
            "CSV file in the folder of the ensemble with a row for each member and columns such as \
             `d1.flow [kg/s]` (a value) or `d1.flow [factor]`.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[variation]]`.
pub(super) static VARIATION: Schema = Schema {
    key: "variation",
    name: "variation",
    doc: "Numbers of elements that differ from member to member.",
    groups: &[
        &[
            field(
                "name",
                Kind::Identifier,
                Need::Optional,
                "Name of its column in the results; `element.field` when nothing is said.",
            ),
            field(
                "element",
                Kind::Reference("element"),
                Need::Optional,
                "The element.",
            ),
            field(
                "elements",
                Kind::List(&Kind::Reference("element")),
                Need::Optional,
                "Several elements.",
            ),
            field(
                "every",
                Kind::Choice(KINDS),
                Need::Optional,
                "All elements of a kind that are in service and state the number.",
            ),
            field(
                "field",
                Kind::Choice(FIELDS),
                Need::Required,
                "Which number, by its key in the case.",
            ),
            field(
                "change",
                Kind::Choice(CHANGES),
                Need::Default("factor"),
                "What the draw does to the number.",
            ),
            field(
                "together",
                Kind::Boolean,
                Need::Default("false"),
                "Whether all its elements have the same draw.",
            ),
            field(
                "group",
                Kind::Reference("group"),
                Need::Optional,
                "Group of draws that go together.",
            ),
        ],
        DISTRIBUTION_FIELDS,
        &[SOURCE],
    ],
    spelling: EXACT,
    rules: &[
        Rule::One(&["element", "elements", "every"]),
        MEAN,
        DEVIATION,
        MEDIAN,
        LOG_DEVIATION,
        MODE,
        VALUES,
        WEIGHTS,
        PAIRS,
    ],
};

const KINDS: &[Choice] = &[
    word("supply", "supplies"),
    word("off_take", "off-takes"),
    word("pipe", "pipes"),
    word("valve", "valves"),
    word("control_valve", "control valves"),
    word("compressor_station", "compressor stations"),
    word("leak", "leaks"),
];

const FIELDS: &[Choice] = &[
    word("flow", "of a supply, off-take, control valve or station"),
    word("flow_max", "of a supply or station"),
    word("pressure", "of a supply or off-take"),
    word("pressure_min", "of an off-take"),
    word("pressure_max", "of a supply"),
    word("discharge_pressure", "of a station"),
    word("suction_pressure", "of a station"),
    word("outlet_pressure", "of a control valve"),
    word("inlet_pressure", "of a control valve"),
    word("ratio", "of a station"),
    word("ratio_max", "of a station"),
    word("power_max", "of a station"),
    word("isentropic_efficiency", "of a station"),
    word("ambient_temperature", "of a station"),
    word("opening", "of a valve"),
    word("diameter", "of a pipe or leak"),
    word("roughness", "of a pipe"),
    word("efficiency", "of a pipe"),
    word("ground_temperature", "of a pipe"),
    word("in_service", "of any element but nodes: 1 or 0"),
];

const CHANGES: &[Choice] = &[
    word("factor", "multiplies it, and so the profile on it"),
    word("add", "is added to it"),
    word("value", "takes its place"),
];

const DISTRIBUTIONS: &[Choice] = &[
    word("uniform", "between `low` and `high`"),
    word(
        "normal",
        "`mean` and `standard_deviation`, cut off at `low` and `high` where they are stated",
    ),
    word(
        "lognormal",
        "`median` and `log_standard_deviation`, that of the natural logarithm",
    ),
    word("triangular", "`low`, `mode` and `high`"),
    word("discrete", "one of `values`, with `weights`"),
];

const fn amount(key: &'static str, doc: &'static str) -> Field {
    field(key, Kind::Amount, Need::Optional, doc)
}

const DISTRIBUTION_FIELDS: &[Field] = &[
    field(
        "distribution",
        Kind::Choice(DISTRIBUTIONS),
        Need::Required,
        "What is drawn from.",
    ),
    amount("low", "Lower bound."),
    amount("high", "Upper bound."),
    amount("mean", "Mean, before it is cut off."),
    amount(
        "standard_deviation",
        "Standard deviation, before it is cut off.",
    ),
    amount("median", "Median."),
    field(
        "log_standard_deviation",
        number(0.0, f64::INFINITY),
        Need::Optional,
        "Standard deviation of the natural logarithm.",
    ),
    amount("mode", "The most likely value."),
    field(
        "values",
        Kind::List(&Kind::Amount),
        Need::Optional,
        "The values possible.",
    ),
    field(
        "weights",
        Kind::List(&number(0.0, f64::INFINITY)),
        Need::Optional,
        "How likely each is, in proportion; all alike when nothing is said.",
    ),
];

const MEAN: Rule = Rule::When("distribution", "normal", &["mean"]);
const DEVIATION: Rule = Rule::When("distribution", "normal", &["standard_deviation"]);
const MEDIAN: Rule = Rule::When("distribution", "lognormal", &["median"]);
const LOG_DEVIATION: Rule = Rule::When("distribution", "lognormal", &["log_standard_deviation"]);
const MODE: Rule = Rule::When("distribution", "triangular", &["mode"]);
const VALUES: Rule = Rule::When("distribution", "discrete", &["values"]);
const WEIGHTS: Rule = Rule::OnlyWhen("weights", "distribution", "discrete");
const PAIRS: Rule = Rule::SameLength("values", "weights");

/// `[[group]]`.
pub(super) static GROUP: Schema = Schema {
    key: "group",
    name: "group",
    doc: "Draws that go together.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Need::Required,
            "Name, as variations name it.",
        ),
        field(
            "correlation",
            number(0.0, 1.0),
            Need::Required,
            "Correlation of the normal scores of any two of its draws.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[outage]]`.
pub(super) static OUTAGE: Schema = Schema {
    key: "outage",
    name: "outage",
    doc: "An element that fails: a station trips, a supply or off-take is shut, a valve or control valve \
          closes, a leak opens.",
    groups: &[&[
        field(
            "name",
            Kind::Identifier,
            Need::Optional,
            "Name of its columns in the results; the element when nothing is said.",
        ),
        field(
            "element",
            Kind::Reference("element"),
            Need::Required,
            "The element.",
        ),
        field(
            "probability",
            number(0.0, 1.0),
            Need::Default("1"),
            "Share of the members in which it happens.",
        ),
        field(
            "start",
            Kind::Table(&TIMES),
            Need::Required,
            "When it begins, since the start of the scenario.",
        ),
        field(
            "duration",
            Kind::Table(&TIMES),
            Need::Optional,
            "How long it lasts; to the end when nothing is said.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

static TIMES: Schema = Schema {
    key: "time",
    name: "distribution",
    doc: "A distribution of times.",
    groups: &[DISTRIBUTION_FIELDS],
    spelling: EXACT,
    rules: &[
        MEAN,
        DEVIATION,
        MEDIAN,
        LOG_DEVIATION,
        MODE,
        VALUES,
        WEIGHTS,
        PAIRS,
    ],
};

/// What times are measured in.
pub(super) const TIME: linepack_units::Dimension = Time;

/// `[[keep]]`.
pub(super) static KEEP: Schema = Schema {
    key: "keep",
    name: "keep",
    doc: "A time series that is kept of every member, beside the gas held by the network.",
    groups: &[&[
        field(
            "element",
            Kind::Reference("element"),
            Need::Required,
            "The element.",
        ),
        field(
            "quantity",
            Kind::Choice(QUANTITIES),
            Need::Required,
            "Which of its results.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

const QUANTITIES: &[Choice] = &[
    word("pressure", "of a node, supply, off-take or leak"),
    word("flow", "of anything but a node"),
    word("pressure_in", "of a pipe or link, at its first node"),
    word("pressure_out", "of a pipe or link, at its second node"),
    word("flow_out", "of a pipe, at its second node"),
    word("velocity", "of a pipe, its largest"),
    word("linepack", "of a pipe"),
    word("power", "of a station"),
    word("fuel", "of a station"),
    word("ratio", "of a station"),
];

/// Tables that stand once, and those that stand any number of times.
pub(super) static SECTIONS: [(&Schema, bool); 5] = [
    (&ENSEMBLE, false),
    (&VARIATION, true),
    (&GROUP, true),
    (&OUTAGE, true),
    (&KEEP, true),
];
