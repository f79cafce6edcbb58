//! The unit table: the one place where a unit's size is written down.
//!
//! Factors are exact, as a quotient of two numbers, so that `56 in` is the double nearest to
//! 1.4224 m. Rates such as `kg/s` or `GWh/d` are not listed: they are quotients of entries here.

use crate::Dimension;

/// A unit: one of it is `numerator / denominator` SI units, counted from `zero` SI units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// The spelling that the program itself uses.
    pub symbol: &'static str,
    /// Other spellings that are understood.
    pub aliases: &'static [&'static str],
    /// What it measures.
    pub dimension: Dimension,
    /// Numerator of the factor.
    pub numerator: f64,
    /// Denominator of the factor.
    pub denominator: f64,
    /// The SI value at the unit's zero, as for degrees Celsius.
    pub zero: f64,
    /// Where the factor comes from, when that is not the meaning of an SI prefix.
    pub source: &'static str,
}

const fn unit(
    dimension: Dimension,
    symbol: &'static str,
    aliases: &'static [&'static str],
    numerator: f64,
    denominator: f64,
    source: &'static str,
) -> Unit {
    Unit {
        symbol,
        aliases,
        dimension,
        numerator,
        denominator,
        zero: 0.0,
        source,
    }
}

const fn shifted(unit: Unit, zero: f64) -> Unit {
    Unit { zero, ..unit }
}

use Dimension::{
    Amount, Angle, Area, Conductivity, Energy, Fraction, HeatCapacity, HeatTransfer, Length, Mass,
    Power, Pressure, PressureDifference, RotationalSpeed, Temperature, TemperatureDifference, Time,
    Viscosity, Volume,
};

/// International pound (1959), kg.
const POUND: f64 = 0.453_592_37;
/// Standard acceleration of free fall (CGPM 1901), m/s2.
const FREE_FALL: f64 = 9.806_65;
/// One foot, m.
const FOOT: f64 = 0.3048;
/// International-table British thermal unit: 2326 J/kg per Btu/lb by definition, J.
const BTU: f64 = 2326.0 * POUND;
/// The year of annual contract quantities, days.
const YEAR_DAYS: f64 = 365.0;

const INTERNATIONAL_YARD: &str = "international yard and pound agreement 1959";
const BTU_IT: &str = "International Table Btu, 1055.05585262 J (ISO 80000-5)";

/// Every unit with a factor of its own.
pub const UNITS: &[Unit] = &[
    unit(Length, "m", &["metre", "meter"], 1.0, 1.0, ""),
    unit(Length, "km", &[], 1000.0, 1.0, ""),
    unit(Length, "cm", &[], 1.0, 100.0, ""),
    unit(Length, "mm", &[], 1.0, 1000.0, ""),
    unit(Length, "um", &["micron"], 1.0, 1e6, ""),
    unit(
        Length,
        "in",
        &["inch", "\""],
        254.0,
        10_000.0,
        INTERNATIONAL_YARD,
    ),
    unit(
        Length,
        "ft",
        &["foot", "feet"],
        3048.0,
        10_000.0,
        INTERNATIONAL_YARD,
    ),
    unit(
        Length,
        "yd",
        &["yard"],
        9144.0,
        10_000.0,
        INTERNATIONAL_YARD,
    ),
    unit(
        Length,
        "mi",
        &["mile", "miles"],
        1_609_344.0,
        1000.0,
        "international mile, 5280 ft",
    ),
    unit(Length, "nmi", &[], 1852.0, 1.0, "nautical mile, IHO 1929"),
    unit(Area, "m2", &[], 1.0, 1.0, ""),
    unit(Area, "cm2", &[], 1.0, 1e4, ""),
    unit(Area, "mm2", &[], 1.0, 1e6, ""),
    unit(Area, "in2", &["sqin"], 64_516.0, 1e8, INTERNATIONAL_YARD),
    unit(Area, "ft2", &["sqft"], 9_290_304.0, 1e8, INTERNATIONAL_YARD),
    unit(Volume, "m3", &[], 1.0, 1.0, ""),
    unit(
        Volume,
        "l",
        &["L", "litre", "liter", "dm3"],
        1.0,
        1000.0,
        "",
    ),
    unit(Volume, "cm3", &[], 1.0, 1e6, ""),
    unit(
        Volume,
        "ft3",
        &["cuft"],
        28_316_846_592.0,
        1e12,
        INTERNATIONAL_YARD,
    ),
    unit(Mass, "kg", &[], 1.0, 1.0, ""),
    unit(Mass, "g", &[], 1.0, 1000.0, ""),
    unit(Mass, "mg", &[], 1.0, 1e6, ""),
    unit(Mass, "t", &["tonne", "Mg"], 1000.0, 1.0, "metric tonne"),
    unit(Mass, "kt", &[], 1e6, 1.0, ""),
    unit(Mass, "lb", &["lbm", "lbs"], POUND, 1.0, INTERNATIONAL_YARD),
    unit(Amount, "mol", &[], 1.0, 1.0, ""),
    unit(Amount, "kmol", &["kgmol"], 1000.0, 1.0, ""),
    unit(
        Amount,
        "lbmol",
        &[],
        POUND * 1000.0,
        1.0,
        "mol whose mass in lb is the molar mass in g",
    ),
    unit(Time, "s", &["sec", "second", "seconds"], 1.0, 1.0, ""),
    unit(Time, "ms", &[], 1.0, 1000.0, ""),
    unit(Time, "min", &["minute", "minutes"], 60.0, 1.0, ""),
    unit(Time, "h", &["hr", "hour", "hours"], 3600.0, 1.0, ""),
    unit(
        Time,
        "d",
        &["day", "days"],
        86_400.0,
        1.0,
        "24 h; a gas day can have 23 or 25",
    ),
    unit(Time, "week", &["weeks"], 7.0 * 86_400.0, 1.0, ""),
    unit(
        Time,
        "y",
        &["a", "yr", "year", "years"],
        YEAR_DAYS * 86_400.0,
        1.0,
        "365 d",
    ),
    unit(
        Pressure,
        "atm",
        &[],
        101_325.0,
        1.0,
        "standard atmosphere, CGPM 1954; absolute",
    ),
    unit(
        Pressure,
        "ata",
        &[],
        10_000.0 * FREE_FALL,
        1.0,
        "technical atmosphere, absolute",
    ),
    unit(PressureDifference, "Pa", &[], 1.0, 1.0, ""),
    unit(PressureDifference, "hPa", &[], 100.0, 1.0, ""),
    unit(PressureDifference, "kPa", &[], 1000.0, 1.0, ""),
    unit(PressureDifference, "MPa", &[], 1e6, 1.0, ""),
    unit(PressureDifference, "bar", &[], 1e5, 1.0, ""),
    unit(PressureDifference, "mbar", &[], 100.0, 1.0, ""),
    unit(
        PressureDifference,
        "psi",
        &["lbf/in2"],
        POUND * FREE_FALL,
        0.0254 * 0.0254,
        "pound-force per square inch",
    ),
    unit(
        PressureDifference,
        "ksi",
        &[],
        1000.0 * POUND * FREE_FALL,
        0.0254 * 0.0254,
        "",
    ),
    unit(
        PressureDifference,
        "kgf/cm2",
        &["kg/cm2"],
        10_000.0 * FREE_FALL,
        1.0,
        "kilogram-force; CGPM 1901",
    ),
    unit(
        PressureDifference,
        "mmH2O",
        &["mmWC"],
        FREE_FALL,
        1.0,
        "conventional water, 1000 kg/m3",
    ),
    unit(
        PressureDifference,
        "inH2O",
        &["inWC"],
        25.4 * FREE_FALL,
        1.0,
        "conventional water, 1000 kg/m3",
    ),
    unit(
        PressureDifference,
        "mmHg",
        &[],
        13.595_1 * FREE_FALL,
        1.0,
        "conventional mercury, 13595.1 kg/m3",
    ),
    unit(Temperature, "K", &["kelvin"], 1.0, 1.0, ""),
    shifted(
        unit(
            Temperature,
            "degC",
            &["C", "°C", "celsius"],
            1.0,
            1.0,
            "SI brochure",
        ),
        273.15,
    ),
    shifted(
        unit(
            Temperature,
            "degF",
            &["F", "°F", "fahrenheit"],
            5.0,
            9.0,
            "5/9 K",
        ),
        459.67 * 5.0 / 9.0,
    ),
    unit(
        Temperature,
        "degR",
        &["R", "°R", "rankine"],
        5.0,
        9.0,
        "5/9 K",
    ),
    unit(
        TemperatureDifference,
        "K",
        &["kelvin", "degC", "C", "°C"],
        1.0,
        1.0,
        "",
    ),
    unit(
        TemperatureDifference,
        "degF",
        &["F", "°F", "degR", "R"],
        5.0,
        9.0,
        "5/9 K",
    ),
    unit(Energy, "J", &[], 1.0, 1.0, ""),
    unit(Energy, "kJ", &[], 1e3, 1.0, ""),
    unit(Energy, "MJ", &[], 1e6, 1.0, ""),
    unit(Energy, "GJ", &[], 1e9, 1.0, ""),
    unit(Energy, "TJ", &[], 1e12, 1.0, ""),
    unit(Energy, "PJ", &[], 1e15, 1.0, ""),
    unit(Energy, "Wh", &[], 3600.0, 1.0, ""),
    unit(Energy, "kWh", &[], 3.6e6, 1.0, ""),
    unit(Energy, "MWh", &[], 3.6e9, 1.0, ""),
    unit(Energy, "GWh", &[], 3.6e12, 1.0, ""),
    unit(Energy, "TWh", &[], 3.6e15, 1.0, ""),
    unit(Energy, "Btu", &["BTU"], BTU, 1.0, BTU_IT),
    unit(
        Energy,
        "MMBtu",
        &["MMBTU", "mmBtu", "Dth", "dth"],
        1e6 * BTU,
        1.0,
        "million Btu (IT)",
    ),
    unit(
        Energy,
        "BBtu",
        &["BBTU"],
        1e9 * BTU,
        1.0,
        "thousand million Btu (IT)",
    ),
    unit(
        Energy,
        "therm",
        &["thm"],
        1e5 * BTU,
        1.0,
        "100 000 Btu (IT)",
    ),
    unit(
        Energy,
        "kcal",
        &[],
        4186.8,
        1.0,
        "International Table calorie, 4.1868 J",
    ),
    unit(
        Energy,
        "Gcal",
        &[],
        4.1868e9,
        1.0,
        "International Table calorie, 4.1868 J",
    ),
    unit(Power, "W", &[], 1.0, 1.0, ""),
    unit(Power, "kW", &[], 1e3, 1.0, ""),
    unit(Power, "MW", &[], 1e6, 1.0, ""),
    unit(Power, "GW", &[], 1e9, 1.0, ""),
    unit(
        Power,
        "hp",
        &["HP", "bhp"],
        550.0 * FOOT * POUND * FREE_FALL,
        1.0,
        "550 ft lbf/s",
    ),
    unit(
        Power,
        "PS",
        &[],
        75.0 * FREE_FALL,
        1.0,
        "metric horsepower, 75 kgf m/s",
    ),
    unit(Angle, "rad", &[], 1.0, 1.0, ""),
    unit(
        Angle,
        "deg",
        &["°", "degree", "degrees"],
        std::f64::consts::PI,
        180.0,
        "",
    ),
    unit(
        Fraction,
        "1",
        &["-", "mol/mol", "kg/kg", "m3/m3"],
        1.0,
        1.0,
        "",
    ),
    unit(
        Fraction,
        "%",
        &["percent", "mol%", "mol-%", "mole%", "vol%"],
        1.0,
        100.0,
        "",
    ),
    unit(Fraction, "ppm", &["ppmv", "ppm(v)"], 1.0, 1e6, ""),
    unit(
        Viscosity,
        "Pa.s",
        &["Pa s", "Pas", "kg/m/s", "N.s/m2"],
        1.0,
        1.0,
        "",
    ),
    unit(Viscosity, "mPa.s", &["mPa s", "mPas"], 1.0, 1e3, ""),
    unit(Viscosity, "uPa.s", &["uPa s", "uPas"], 1.0, 1e6, ""),
    unit(Viscosity, "cP", &["cp"], 1.0, 1e3, "centipoise"),
    unit(Viscosity, "uP", &[], 1.0, 1e7, "micropoise"),
    unit(
        HeatTransfer,
        "W/m2K",
        &["W/(m2 K)", "W/(m2.K)", "W/(m2K)", "W/m2/K", "W/m2.K"],
        1.0,
        1.0,
        "",
    ),
    unit(
        HeatTransfer,
        "Btu/hft2F",
        &[
            "Btu/(h ft2 F)",
            "Btu/(h.ft2.F)",
            "Btu/h/ft2/F",
            "Btu/(h.ft2.degF)",
            "Btu/(hr.ft2.degF)",
        ],
        BTU * 9.0,
        3600.0 * FOOT * FOOT * 5.0,
        BTU_IT,
    ),
    unit(
        Conductivity,
        "W/mK",
        &["W/(m K)", "W/(m.K)", "W/(mK)", "W/m/K", "W/m.K"],
        1.0,
        1.0,
        "",
    ),
    unit(
        HeatCapacity,
        "J/kgK",
        &["J/(kg K)", "J/(kg.K)", "J/(kgK)", "J/kg/K", "J/kg.K"],
        1.0,
        1.0,
        "",
    ),
    unit(
        HeatCapacity,
        "kJ/kgK",
        &["kJ/(kg K)", "kJ/(kg.K)", "kJ/(kgK)", "kJ/kg/K", "kJ/kg.K"],
        1e3,
        1.0,
        "",
    ),
    unit(
        HeatCapacity,
        "Btu/lbF",
        &["Btu/(lb.F)", "Btu/(lb.degF)", "Btu/lb/F"],
        4186.8,
        1.0,
        BTU_IT,
    ),
    unit(RotationalSpeed, "1/s", &["Hz", "rps"], 1.0, 1.0, ""),
    unit(RotationalSpeed, "rpm", &["1/min", "r/min"], 1.0, 60.0, ""),
];
