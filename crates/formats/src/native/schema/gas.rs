//! The gas.

use super::super::choice::choices;
use super::*;
use linepack_gas::{COMPONENTS, Component, EquationOfState};

/// `[gas]`.
pub(crate) static GAS: Schema = Schema {
    key: "gas",
    name: "gas",
    doc: "The gas.",
    groups: &[EQUATION_FIELDS, SUBSTANCE_FIELDS, &[SOURCE]],
    spelling: EXACT,
    rules: &[Rule::One(&["composition", "pseudo"])],
};

const EQUATION_FIELDS: &[Field] = &[
    field(
        "equation",
        EQUATION_KIND,
        Default("gerg2008"),
        "How density follows from pressure and temperature.",
    ),
    field(
        "viscosity",
        VISCOSITY_KIND,
        Default("lee_gonzalez_eakin"),
        "How viscosity is found, or its value.",
    ),
];

/// What a gas is made of.
pub(super) const SUBSTANCE_FIELDS: &[Field] = &[
    field(
        "composition",
        Kind::Table(&COMPOSITION),
        Optional,
        "Mole fractions; or `pseudo`.",
    ),
    field(
        "pseudo",
        Kind::Table(&PSEUDO),
        Optional,
        "Bulk properties, where no composition is known.",
    ),
];

pub(super) const EQUATION_KIND: Kind =
    Kind::Either(&Kind::Choice(EQUATIONS), &Kind::Table(&CONSTANT_Z));
pub(super) const VISCOSITY_KIND: Kind =
    Kind::Either(&Kind::Choice(VISCOSITIES), &Kind::Quantity(Viscosity));

choices! {
    EQUATIONS: EquationOfState {
        "gerg2008" EquationOfState::Gerg2008, "GERG-2008 (ISO 20765-2)";
        "detail" EquationOfState::Detail, "AGA 8 DETAIL (ISO 20765-1)";
        "peng_robinson" EquationOfState::PengRobinson, "Peng and Robinson with volume shift";
        "soave_redlich_kwong" EquationOfState::SoaveRedlichKwong, "Soave, Redlich and Kwong with volume shift";
        "sgerg88" EquationOfState::Sgerg88, "SGERG-88 (ISO 12213-3), from heating value, relative density, CO2 and H2";
        "gross_method_1" EquationOfState::GrossMethod1, "AGA 8 GROSS, from heating value, relative density and CO2";
        "gross_method_2" EquationOfState::GrossMethod2, "AGA 8 GROSS, from relative density, N2 and CO2";
        "papay" EquationOfState::Papay, "Papay 1968, from pseudo-critical properties";
        "aga_nx19" EquationOfState::AgaNx19, "AGA NX-19, from relative density, N2 and CO2";
        "cnga" EquationOfState::Cnga, "California Natural Gas Association";
        "cnga_simple" EquationOfState::CngaSimple, "the same with two fixed coefficients";
        "ideal" EquationOfState::Ideal, "Z = 1";
    }
}

choices! {
    VISCOSITIES: linepack_gas::Viscosity {
        "lee_gonzalez_eakin" linepack_gas::Viscosity::LeeGonzalezEakin, "Lee, Gonzalez and Eakin 1966";
        "corresponding_states" linepack_gas::Viscosity::CorrespondingStates, "corresponding states with methane; for hydrogen and inert gases too";
    }
}

static CONSTANT_Z: Schema = Schema {
    key: "equation",
    name: "equation",
    doc: "A compressibility factor that is constant, or changes evenly with the pressure.",
    groups: &[&[
        field(
            "constant",
            number(0.01, 10.0),
            Required,
            "Compressibility factor.",
        ),
        field(
            "per_pa",
            number(-1.0, 1.0),
            Optional,
            "Its change with the absolute pressure, per Pa; `constant` is then its value at zero pressure.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

static PSEUDO: Schema = Schema {
    key: "pseudo",
    name: "pseudo",
    doc: "Bulk properties of a gas.",
    groups: &[&[
        field(
            "molar_mass",
            Kind::Quantity(MolarMass),
            Required,
            "Molar mass.",
        ),
        field(
            "critical_temperature",
            Kind::Quantity(Temperature),
            Optional,
            "Pseudo-critical temperature.",
        ),
        field(
            "critical_pressure",
            Kind::Quantity(Pressure),
            Optional,
            "Pseudo-critical pressure.",
        ),
        field(
            "gross_heating_value",
            Kind::Quantity(SpecificEnergy),
            Optional,
            "Gross heating value.",
        ),
        field(
            "net_heating_value",
            Kind::Quantity(SpecificEnergy),
            Optional,
            "Net heating value.",
        ),
        field(
            "isentropic_exponent",
            number(1.0, 2.0),
            Default("1.3"),
            "Isentropic exponent.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

const fn fraction(component: usize) -> Field {
    field(
        COMPONENTS[component].name,
        number(0.0, 1.0),
        Default("0"),
        "Mole fraction.",
    )
}

/// A mole fraction for each component, in the order of AGA 8.
static FRACTIONS: [Field; 21] = [
    fraction(0),
    fraction(1),
    fraction(2),
    fraction(3),
    fraction(4),
    fraction(5),
    fraction(6),
    fraction(7),
    fraction(8),
    fraction(9),
    fraction(10),
    fraction(11),
    fraction(12),
    fraction(13),
    fraction(14),
    fraction(15),
    fraction(16),
    fraction(17),
    fraction(18),
    fraction(19),
    fraction(20),
];

/// The name of a component that is spelt in another way.
pub(super) fn component(word: &str) -> Option<&'static str> {
    Component::index_of(word).map(|i| COMPONENTS[i].name)
}

static COMPOSITION: Schema = Schema {
    key: "composition",
    name: "composition",
    doc: "Mole fractions, which sum to 1.",
    groups: &[&FRACTIONS],
    spelling: component,
    rules: &[],
};
