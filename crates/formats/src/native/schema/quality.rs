//! Gases of supplies, and what a place accepts.

use super::gas::{EQUATION_KIND, SUBSTANCE_FIELDS, VISCOSITY_KIND, component};
use super::settings::REFERENCE_KIND;
use super::*;
use linepack_gas::{COMPONENTS, Quantity};

/// `settings.quality`.
pub(super) static QUALITY: Schema = Schema {
    key: "quality",
    name: "quality",
    doc: "Whether composition is carried with the gas.",
    groups: &[&[
        field(
            "tracked",
            Kind::Boolean,
            Default("false"),
            "Whether gases of supplies are carried through the network; otherwise all gas is that of the case.",
        ),
        field(
            "parcel",
            Kind::Quantity(Length),
            Optional,
            "Longest parcel into which what enters a pipe is cut; the length of its cells when nothing is said.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

/// `[[supply_gas]]`.
pub(crate) static GAS_OF_SUPPLIES: Schema = Schema {
    key: "supply_gas",
    name: "supply gas",
    doc: "A gas that supplies bring, where it is another one than that of the case.",
    groups: &[
        &[
            field(
                "id",
                Kind::Identifier,
                Required,
                "Name by which supplies and events refer to it.",
            ),
            field(
                "equation",
                EQUATION_KIND,
                Optional,
                "How density follows from pressure and temperature; as the gas of the case when nothing is said.",
            ),
            field(
                "viscosity",
                VISCOSITY_KIND,
                Optional,
                "How viscosity is found, or its value; as the gas of the case when nothing is said.",
            ),
        ],
        SUBSTANCE_FIELDS,
        &[SOURCE],
    ],
    spelling: EXACT,
    rules: &[Rule::One(&["composition", "pseudo"])],
};

/// `[[gas_profile]]`.
pub(crate) static GAS_PROFILE: Schema = Schema {
    key: "gas_profile",
    name: "gas profile",
    doc: "The composition of a gas over time: each holds until the next.",
    groups: &[
        &[
            field(
                "id",
                Kind::Identifier,
                Required,
                "Name by which supplies refer to it.",
            ),
            field(
                "time",
                Kind::List(&Kind::Quantity(Time)),
                Optional,
                "Times since the start of the scenario, increasing; or from `file`.",
            ),
            field(
                "file",
                Kind::Text,
                Optional,
                "A CSV file in the folder of the case with a column `time [h]` and a column of mole fractions for each component.",
            ),
            SOURCE,
        ],
        &COMPOSITION_LISTS,
    ],
    spelling: component,
    rules: &SAME_LENGTHS,
};

/// A list of mole fractions for each component, in the order of AGA 8.
static COMPOSITION_LISTS: [Field; 21] = {
    let mut lists = [const {
        field(
            "",
            Kind::List(&MOLES),
            Optional,
            "Mole fractions, as many as times; 0 when nothing is said.",
        )
    }; 21];
    let mut i = 0;
    while i < 21 {
        lists[i].key = COMPONENTS[i].name;
        i += 1;
    }
    lists
};

static SAME_LENGTHS: [Rule; 22] = {
    let mut rules = [const { Rule::Column(&["time"]) }; 22];
    let mut i = 0;
    while i < 21 {
        rules[i + 1] = Rule::SameLength("time", COMPONENTS[i].name);
        i += 1;
    }
    rules
};

/// `[[quality_limits]]`.
pub(crate) static QUALITY_LIMITS: Schema = Schema {
    key: "quality_limits",
    name: "limits of quality",
    doc: "What a place accepts. Limits that are stated go before those of the standard.",
    groups: &[
        &[
            field(
                "id",
                Kind::Identifier,
                Required,
                "Name by which nodes refer to them.",
            ),
            field(
                "label",
                Kind::Text,
                Optional,
                "Name for people; that of the standard, or the identifier, when nothing is said.",
            ),
            field(
                "standard",
                Kind::Choice(STANDARDS),
                Optional,
                "The standard whose limits hold.",
            ),
            field(
                "reference",
                REFERENCE_KIND,
                Optional,
                "Conditions of a cubic metre; those of the standard, or of the settings, when nothing is said.",
            ),
            field(
                "combustion_temperature",
                Kind::Quantity(Temperature),
                Optional,
                "Reference temperature of combustion; that of the standard, or of the settings, when nothing is said.",
            ),
            SOURCE,
        ],
        BOUNDS,
    ],
    spelling: EXACT,
    rules: &[],
};

/// Words for the limits that the program knows; nodes can name them without a table.
pub(crate) const STANDARDS: &[Choice] = &[
    Choice {
        name: "easee_gas",
        doc: "EASEE-gas CBP 2005-001/02",
    },
    Choice {
        name: "en_16726",
        doc: "EN 16726:2015, group H",
    },
    Choice {
        name: "great_britain",
        doc: "Gas Safety (Management) Regulations, from 2025",
    },
];

/// A quantity that can be limited.
pub(crate) struct Bounded {
    pub(crate) quantity: Quantity,
    /// The keys of the least and of the greatest value.
    pub(crate) keys: [&'static str; 2],
    pub(crate) kind: Kind,
}

/// Two keys for each quantity.
macro_rules! bounds {
    ($($quantity:path, $min:literal, $max:literal, $kind:expr, $doc:literal;)+) => {
        const BOUNDS: &[Field] = &[
            $(field($min, $kind, Optional, concat!("Least ", $doc, ".")),
              field($max, $kind, Optional, concat!("Greatest ", $doc, "."))),+
        ];

        /// All quantities that can be limited.
        pub(crate) static BOUNDED: &[Bounded] = &[
            $(Bounded { quantity: $quantity, keys: [$min, $max], kind: $kind }),+
        ];
    };
}

/// A mole fraction.
const MOLES: Kind = number(0.0, 1.0);
/// A plain number.
const PLAIN: Kind = number(0.0, f64::INFINITY);

bounds! {
    Quantity::Wobbe, "wobbe_index_min", "wobbe_index_max", Kind::Quantity(VolumetricEnergy), "Wobbe index, gross";
    Quantity::GrossHeatingValue, "gross_heating_value_min", "gross_heating_value_max", Kind::Quantity(VolumetricEnergy), "gross heating value";
    Quantity::RelativeDensity, "relative_density_min", "relative_density_max", PLAIN, "density relative to air";
    Quantity::MethaneNumber, "methane_number_min", "methane_number_max", PLAIN, "methane number";
    Quantity::CarbonDioxide, "carbon_dioxide_min", "carbon_dioxide_max", MOLES, "mole fraction of carbon dioxide";
    Quantity::Oxygen, "oxygen_min", "oxygen_max", MOLES, "mole fraction of oxygen";
    Quantity::Hydrogen, "hydrogen_min", "hydrogen_max", MOLES, "mole fraction of hydrogen";
    Quantity::Inert, "inert_min", "inert_max", MOLES, "mole fraction of nitrogen and carbon dioxide together";
    Quantity::HydrogenSulfide, "hydrogen_sulfide_min", "hydrogen_sulfide_max", Kind::Quantity(Density), "content of hydrogen sulfide";
    Quantity::Sulfur, "sulfur_min", "sulfur_max", Kind::Quantity(Density), "content of sulfur";
    Quantity::Water, "water_min", "water_max", Kind::Quantity(Density), "content of water vapour";
    Quantity::HydrocarbonDewPoint, "hydrocarbon_dew_point_min", "hydrocarbon_dew_point_max", Kind::Quantity(Temperature), "hydrocarbon dew point from 1 to 70 bar";
    Quantity::WaterDewPoint, "water_dew_point_min", "water_dew_point_max", Kind::Quantity(Temperature), "water dew point at 70 bar";
}
