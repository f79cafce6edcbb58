use super::super::choice::choices;
use super::heat::HEAT;
use super::quality::QUALITY;
use super::*;
use linepack_network::FrictionLaw;
use linepack_units::ReferenceConditions;

/// `[case]`.
pub(crate) static CASE: Schema = Schema {
    key: "case",
    name: "case",
    doc: "What the case is.",
    groups: &[&[
        field("title", Kind::Text, Required, "One line for headings."),
        field(
            "description",
            Kind::Text,
            Default(""),
            "What the case is about.",
        ),
        field(
            "default_stage",
            Kind::Reference("stage"),
            Optional,
            "The stage that is read when none is asked for.",
        ),
        field(
            "default_scenario",
            Kind::Reference("scenario"),
            Optional,
            "The scenario that is read when none is asked for; without it, the only one there is.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[settings]`.
pub(crate) static SETTINGS: Schema = Schema {
    key: "settings",
    name: "settings",
    doc: "Reference conditions, defaults of elements and numerics.",
    groups: &[&[
        field(
            "volume_reference",
            REFERENCE_KIND,
            Required,
            "Conditions of a cubic metre where a unit does not say.",
        ),
        field(
            "heating",
            Kind::Table(&HEATING),
            Optional,
            "How energy is counted; gross at 15 degC when nothing is said.",
        ),
        field(
            "atmospheric_pressure",
            Kind::Quantity(Pressure),
            Default("1.01325 bara"),
            "What gauge pressures are counted from and leaks discharge to.",
        ),
        field(
            "ground_temperature",
            Kind::Quantity(Temperature),
            Required,
            "Temperature of ground and gas along pipes that state none.",
        ),
        field(
            "friction",
            FRICTION_KIND,
            Default("colebrook_white"),
            "Friction law of pipes that state none.",
        ),
        field(
            "cell_length",
            Kind::Quantity(Length),
            Default("2 km"),
            "Longest cell of the mesh.",
        ),
        field(
            "mesh_tolerance",
            Kind::Quantity(PressureDifference),
            Optional,
            "Error in pressure that cells are chosen for, pipe by pipe, in place of `cell_length`.",
        ),
        field(
            "pressure_tolerance",
            Kind::Quantity(PressureDifference),
            Default("0.01 bar"),
            "Error in pressure that the time steps are chosen for.",
        ),
        field(
            "waves",
            Kind::Boolean,
            Default("false"),
            "Whether fronts of waves are damped so that they do not overshoot: for valves that close at once, trips and breaks on short cells.",
        ),
        field(
            "step_max",
            Kind::Quantity(Time),
            Default("1 h"),
            "Longest time step.",
        ),
        field(
            "checkpoint",
            Kind::Quantity(Time),
            Default("6 h"),
            "Steps end on multiples of this time, so that a run may be split there.",
        ),
        field(
            "terms",
            Kind::Table(&TERMS),
            Optional,
            "Terms of the momentum equation; all, when nothing is said.",
        ),
        field(
            "heat",
            Kind::Table(&HEAT),
            Optional,
            "How temperatures are found; gas has the temperature of the ground when nothing is said.",
        ),
        field(
            "quality",
            Kind::Table(&QUALITY),
            Optional,
            "Whether composition is carried with the gas; it is not when nothing is said.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[],
};

/// Conditions of a cubic metre.
pub(super) const REFERENCE_KIND: Kind =
    Kind::Either(&Kind::Choice(REFERENCES), &Kind::Table(&REFERENCE));
/// A friction law.
pub(super) const FRICTION_KIND: Kind = Kind::Either(
    &Kind::Choice(FRICTION_LAWS),
    &Kind::Table(&FRICTION_CONSTANT),
);

const fn reference(index: usize, doc: &'static str) -> Choice {
    Choice {
        name: ReferenceConditions::NAMED[index].0,
        doc,
    }
}

const REFERENCES: &[Choice] = &[
    reference(0, "0 degC, 1.01325 bara"),
    reference(1, "15 degC, 1.01325 bara (ISO 13443)"),
    reference(2, "20 degC, 1.01325 bara (GOST 2939)"),
    reference(3, "60 degF, 14.73 psia"),
    reference(4, "60 degF, 14.696 psia"),
];

static REFERENCE: Schema = Schema {
    key: "volume_reference",
    name: "volume_reference",
    doc: "Reference conditions of their own.",
    groups: &[&[
        field(
            "temperature",
            Kind::Quantity(Temperature),
            Required,
            "Temperature.",
        ),
        field("pressure", Kind::Quantity(Pressure), Required, "Pressure."),
    ]],
    spelling: EXACT,
    rules: &[],
};

static HEATING: Schema = Schema {
    key: "heating",
    name: "heating",
    doc: "How energy is counted.",
    groups: &[&[
        field(
            "basis",
            Kind::Choice(BASES),
            Default("gross"),
            "Whether the water of combustion is condensed.",
        ),
        field(
            "combustion_temperature",
            Kind::Quantity(Temperature),
            Default("15 degC"),
            "Reference temperature of combustion.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

const BASES: &[Choice] = &[
    Choice {
        name: "gross",
        doc: "water condensed (higher heating value)",
    },
    Choice {
        name: "net",
        doc: "water as vapour (lower heating value)",
    },
];

static TERMS: Schema = Schema {
    key: "terms",
    name: "terms",
    doc: "Terms of the momentum equation.",
    groups: &[&[
        field("inertia", Kind::Boolean, Default("true"), "Inertia."),
        field(
            "kinetic",
            Kind::Boolean,
            Default("true"),
            "Kinetic (convective) term.",
        ),
        field("gravity", Kind::Boolean, Default("true"), "Gravity."),
    ]],
    spelling: EXACT,
    rules: &[],
};

choices! {
    FRICTION_LAWS: FrictionLaw {
        "colebrook_white" FrictionLaw::ColebrookWhite, "Colebrook and White 1939";
        "colebrook_throughout" FrictionLaw::ColebrookThroughout, "Colebrook and White without a zone of transition to laminar flow (pandapipes, STANET)";
        "swamee_jain" FrictionLaw::SwameeJain, "Swamee and Jain 1976";
        "hofer" FrictionLaw::Hofer, "Hofer 1973";
        "nikuradse" FrictionLaw::Nikuradse, "Nikuradse 1933, fully rough";
        "nikuradse_laminar" FrictionLaw::NikuradseLaminar, "64/Re + 1/(2 log10(D/k) + 1.14)² (pandapipes, STANET)";
        "aga" FrictionLaw::Aga, "American Gas Association";
        "weymouth" FrictionLaw::Weymouth, "Weymouth 1912";
        "panhandle_a" FrictionLaw::PanhandleA, "Panhandle A";
        "panhandle_b" FrictionLaw::PanhandleB, "Panhandle B";
        "spitzglass" FrictionLaw::Spitzglass, "Spitzglass, high pressure";
        "oliphant" FrictionLaw::Oliphant, "Oliphant";
        "fritzsche" FrictionLaw::Fritzsche, "Fritzsche";
        "muller" FrictionLaw::Muller, "Müller";
        "igt" FrictionLaw::Igt, "Institute of Gas Technology, distribution";
    }
}

static FRICTION_CONSTANT: Schema = Schema {
    key: "friction",
    name: "friction",
    doc: "A constant friction factor.",
    groups: &[&[field(
        "constant",
        number(0.0, 1.0),
        Required,
        "Darcy friction factor.",
    )]],
    spelling: EXACT,
    rules: &[],
};
