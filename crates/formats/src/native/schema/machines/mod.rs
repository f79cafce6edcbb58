//! The machines of a compressor station.
//!
//! Coefficients are plain numbers in the units of [`linepack_network::Machines`], which manufacturers
//! and the GasLib format use: m³/s at suction, kJ/kg, 1/min, kW, degC.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::super::choice::choices;
use super::*;
use linepack_network::DriveKind;

pub(super) const FIELDS: &[Field] = &[
    field(
        "compressor",
        Kind::List(&COMPRESSOR_KIND),
        Optional,
        "Its compressors, where they are known; otherwise its units are generic, with the ratio, power and efficiencies above.",
    ),
    field("drive", Kind::List(&DRIVE_KIND), Optional, "Their drives."),
    field(
        "configurations",
        Kind::List(&CONFIGURATION_KIND),
        Optional,
        "The ways in which the compressors can be run together.",
    ),
];

static COMPRESSOR_KIND: Kind = Kind::Table(&COMPRESSOR);
static DRIVE_KIND: Kind = Kind::Table(&DRIVE);
static CONFIGURATION_KIND: Kind = Kind::Table(&CONFIGURATION);

/// Any number.
const ANY: Kind = number(f64::NEG_INFINITY, f64::INFINITY);
/// A number that is not negative.
const SIZE: Kind = number(0.0, f64::INFINITY);
/// Coefficients.
const COEFFICIENTS: Kind = Kind::List(&ANY);

static COMPRESSOR: Schema = Schema {
    key: "compressor",
    name: "compressor",
    doc: "A compressor.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Identifier, unique in its station.",
        ),
        field(
            "drive",
            Kind::Reference("drive"),
            Required,
            "The drive on its shaft.",
        ),
        field("speed_min", SIZE, Required, "Lowest speed, 1/min."),
        field("speed_max", SIZE, Required, "Highest speed, 1/min."),
        field(
            "turbo",
            Kind::Table(&TURBO),
            Optional,
            "The map of a turbo (centrifugal) compressor; or `piston`.",
        ),
        field(
            "piston",
            Kind::Table(&PISTON),
            Optional,
            "A piston (reciprocating) compressor.",
        ),
    ]],
    spelling: EXACT,
    rules: &[Rule::One(&["turbo", "piston"])],
};

static TURBO: Schema = Schema {
    key: "turbo",
    name: "turbo",
    doc: "The map of a turbo compressor over the volume flow Q at suction, m3/s, and the speed n, 1/min: (a1 + a2 n + a3 n^2) + (a4 + a5 n + a6 n^2) Q + (a7 + a8 n + a9 n^2) Q^2.",
    groups: &[&[
        field(
            "head",
            COEFFICIENTS,
            Required,
            "The nine coefficients of the adiabatic head, kJ/kg.",
        ),
        field(
            "efficiency",
            COEFFICIENTS,
            Required,
            "The nine coefficients of the adiabatic efficiency.",
        ),
        field(
            "surge_line",
            COEFFICIENTS,
            Required,
            "c1, c2 and c3 of the head on the surge line, kJ/kg: c1 + c2 Q + c3 Q^2.",
        ),
        field(
            "choke_line",
            COEFFICIENTS,
            Optional,
            "c1, c2 and c3 of the head on the choke line, kJ/kg; or `choke_efficiency`.",
        ),
        field(
            "choke_efficiency",
            number(0.0, 1.0),
            Optional,
            "Least efficiency, at the choke line.",
        ),
        field(
            "measurements",
            Kind::List(&Kind::Table(&MEASUREMENT)),
            Optional,
            "Points that were measured.",
        ),
    ]],
    spelling: EXACT,
    rules: &[
        Rule::Count("head", 9),
        Rule::Count("efficiency", 9),
        Rule::Count("surge_line", 3),
        Rule::Count("choke_line", 3),
    ],
};

static MEASUREMENT: Schema = Schema {
    key: "measurements",
    name: "measurement",
    doc: "A measured point of a map.",
    groups: &[&[
        field(
            "speed",
            SIZE,
            Optional,
            "Speed, 1/min; none where the point belongs to an efficiency isoline.",
        ),
        field(
            "efficiency",
            number(0.0, 1.0),
            Optional,
            "Adiabatic efficiency; none where the point belongs to a speed isoline only.",
        ),
        field("flow", ANY, Required, "Volume flow at suction, m3/s."),
        field("head", ANY, Required, "Adiabatic head, kJ/kg."),
    ]],
    spelling: EXACT,
    rules: &[],
};

static PISTON: Schema = Schema {
    key: "piston",
    name: "piston",
    doc: "A piston compressor.",
    groups: &[&[
        field(
            "operating_volume",
            SIZE,
            Required,
            "Volume moved in one turn, m3.",
        ),
        field(
            "torque_max",
            SIZE,
            Optional,
            "Largest torque on its shaft, N m; no limit when nothing is said.",
        ),
        field(
            "ratio_max",
            number(1.0, 1000.0),
            Required,
            "Largest pressure ratio.",
        ),
        field(
            "efficiency",
            number(0.0, 1.0),
            Required,
            "Adiabatic efficiency.",
        ),
        field(
            "additional_reduction",
            SIZE,
            Default("0.0"),
            "Volume flow by which clearance pockets can reduce the stroke volume, m3/s.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

static DRIVE: Schema = Schema {
    key: "drive",
    name: "drive",
    doc: "A drive.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Identifier, unique in its station.",
        ),
        field(
            "kind",
            Kind::Choice(DRIVE_KINDS),
            Required,
            "What kind of drive it is.",
        ),
        field(
            "energy_rate",
            COEFFICIENTS,
            Required,
            "e1, e2 and e3 of the energy taken, kW, over the shaft power P, kW: e1 + e2 P + e3 P^2.",
        ),
        field(
            "power",
            COEFFICIENTS,
            Optional,
            "p1, p2 and p3 of the largest shaft power, kW, over the speed n, 1/min: p1 + p2 n + p3 n^2; or `power_in_air`.",
        ),
        field(
            "power_in_air",
            COEFFICIENTS,
            Optional,
            "The nine coefficients of the largest shaft power, kW, as those of a map, with the temperature of the air, degC, in place of Q.",
        ),
        field(
            "energy_measurements",
            Kind::List(&COEFFICIENTS),
            Optional,
            "Measured pairs of shaft power, kW, and energy taken, kW.",
        ),
        field(
            "power_measurements",
            Kind::List(&Kind::Table(&POWER_POINT)),
            Optional,
            "Largest powers that were measured.",
        ),
    ]],
    spelling: EXACT,
    rules: &[
        Rule::One(&["power", "power_in_air"]),
        Rule::Count("energy_rate", 3),
        Rule::Count("power", 3),
        Rule::Count("power_in_air", 9),
        Rule::Each("energy_measurements", 2),
    ],
};

static POWER_POINT: Schema = Schema {
    key: "power_measurements",
    name: "power measurement",
    doc: "A measured largest power.",
    groups: &[&[
        field(
            "ambient",
            ANY,
            Optional,
            "Temperature of the air, degC; none where the power does not depend on it.",
        ),
        field("speed", SIZE, Required, "Speed, 1/min."),
        field("power", ANY, Required, "Largest shaft power, kW."),
    ]],
    spelling: EXACT,
    rules: &[],
};

static CONFIGURATION: Schema = Schema {
    key: "configurations",
    name: "configuration",
    doc: "A way in which the compressors are run together: stages in series, each of units in parallel.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Identifier, unique in its station; the station's `configuration` names the one that runs.",
        ),
        field(
            "stages",
            Kind::List(&Kind::List(&UNIT_KIND)),
            Required,
            "Stages, in the order in which the gas passes them: `[[\"A\", \"B\"], [\"C\"]]` runs A beside B and then C.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

const UNIT_KIND: Kind = Kind::Either(&Kind::Reference("compressor"), &Kind::Table(&UNIT));

static UNIT: Schema = Schema {
    key: "stages",
    name: "unit",
    doc: "A unit of a stage.",
    groups: &[&[
        field(
            "compressor",
            Kind::Reference("compressor"),
            Required,
            "The compressor.",
        ),
        field(
            "nominal_speed",
            SIZE,
            Optional,
            "Speed at which it is usually run, 1/min.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

choices! {
    DRIVE_KINDS: DriveKind {
        "gas_turbine" DriveKind::GasTurbine, "burns gas from the line";
        "gas_driven_motor" DriveKind::GasDrivenMotor, "a piston engine that burns gas from the line";
        "electric_motor" DriveKind::ElectricMotor, "takes electricity";
        "steam_turbine" DriveKind::SteamTurbine, "takes steam";
    }
}
