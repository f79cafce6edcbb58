//! Units of flow: mass, volume at reference conditions, energy.

use crate::number::split;
use crate::scale::nearest;
use crate::table::UNITS;
use crate::{
    Context, Dimension, FlowRate, HeatingBasis, ReferenceConditions, Scale, UnitError, parse,
};

/// Whose conditions a reference volume is at unless it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standard {
    /// The case's volume reference.
    Case,
    /// Normal conditions, always.
    Normal,
    /// 60 degF; see [`Context::cubic_foot_reference`].
    CubicFoot,
}

/// A unit of volume of gas at reference conditions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferenceVolume {
    /// The spelling that the program itself uses.
    pub symbol: &'static str,
    /// Other spellings that are understood.
    pub aliases: &'static [&'static str],
    /// Its size, m3.
    pub m3: f64,
    /// Whose conditions.
    pub standard: Standard,
}

const fn volume(
    symbol: &'static str,
    aliases: &'static [&'static str],
    m3: f64,
    standard: Standard,
) -> ReferenceVolume {
    ReferenceVolume {
        symbol,
        aliases,
        m3,
        standard,
    }
}

/// One international cubic foot, m3.
const CUBIC_FOOT: f64 = 0.3048 * 0.3048 * 0.3048;

/// Every unit of volume at reference conditions.
///
/// In cubic feet `M` is a thousand and `MM` a million; in cubic metres `k` and `M` are SI prefixes.
pub const REFERENCE_VOLUMES: &[ReferenceVolume] = &[
    volume("Sm3", &["scm", "m3(st)"], 1.0, Standard::Case),
    volume("kSm3", &["kscm"], 1e3, Standard::Case),
    volume(
        "MSm3",
        &["MMSm3", "MMscm", "MMSCM", "mcm"],
        1e6,
        Standard::Case,
    ),
    volume("GSm3", &["bcm", "BCM"], 1e9, Standard::Case),
    volume("Nm3", &["m3(n)", "Ncm"], 1.0, Standard::Normal),
    volume("kNm3", &[], 1e3, Standard::Normal),
    volume("MNm3", &[], 1e6, Standard::Normal),
    volume("GNm3", &[], 1e9, Standard::Normal),
    volume("scf", &["SCF", "cf"], CUBIC_FOOT, Standard::CubicFoot),
    volume(
        "Mscf",
        &["MSCF", "Mcf"],
        1e3 * CUBIC_FOOT,
        Standard::CubicFoot,
    ),
    volume(
        "MMscf",
        &["MMSCF", "MMcf", "mmscf"],
        1e6 * CUBIC_FOOT,
        Standard::CubicFoot,
    ),
    volume(
        "Bscf",
        &["BSCF", "Bcf", "bcf"],
        1e9 * CUBIC_FOOT,
        Standard::CubicFoot,
    ),
    volume(
        "Tscf",
        &["Tcf", "tcf"],
        1e12 * CUBIC_FOOT,
        Standard::CubicFoot,
    ),
];

const EXPECTED: &str = "a flow";
const EXAMPLES: &str = "`120 kg/s`, `21.2 MSm3/d`, `750 MMscfd`, `250 GWh/d`";
const VOLUME_BASIS: &str =
    "reference conditions as `@normal`, `@us_14.73`, `@15C` or `@60F,14.73psia`";
const ENERGY_BASIS: &str = "a heating basis as `@gross`, `@net` or `@gross,25C`";

/// A unit of flow made definite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FlowUnit {
    /// Mass per time.
    Mass {
        /// kg/s per unit.
        kg_per_s: f64,
    },
    /// Volume at reference conditions per time.
    Volume {
        /// m3/s per unit.
        m3_per_s: f64,
        /// The conditions.
        reference: ReferenceConditions,
    },
    /// Energy per time.
    Energy {
        /// W per unit.
        watt: f64,
        /// Gross or net, and its combustion temperature.
        basis: HeatingBasis,
    },
}

impl FlowUnit {
    /// The unit of flow of that name.
    ///
    /// `Sm3` and its multiples are at the case's volume reference, `Nm3` at normal conditions,
    /// `scf` at 60 degF and 14.73 psia (or 14.696 psia where the case's reference is that). A basis
    /// of its own may follow: `MSm3/d@15C`, `MMscfd@60F,14.696psia`, `GWh/d@net,25C`.
    ///
    /// ```
    /// use linepack_units::{Context, FlowUnit, ReferenceConditions};
    ///
    /// let unit = FlowUnit::new("Nm3/h", &Context::default()).unwrap();
    /// let reference = ReferenceConditions::NORMAL;
    /// assert_eq!(unit, FlowUnit::Volume { m3_per_s: 1.0 / 3600.0, reference });
    /// ```
    pub fn new(unit: &str, context: &Context) -> Result<Self, UnitError> {
        let (name, basis) = match unit.split_once('@') {
            Some((name, basis)) => (name.trim(), Some(basis.trim())),
            None => (unit.trim(), None),
        };
        if let Some((m3_per_s, standard)) = volume_flow(name) {
            let reference = volume_basis(basis, standard, context)?;
            return Ok(Self::Volume {
                m3_per_s,
                reference,
            });
        }
        if let Some(scale) = Scale::find(name, Dimension::Power, context) {
            return Ok(Self::Energy {
                watt: scale.factor(),
                basis: energy_basis(basis, context)?,
            });
        }
        let Some(scale) = Scale::find(name, Dimension::MassFlow, context) else {
            return Err(unknown(name, context));
        };
        match basis {
            None => Ok(Self::Mass {
                kg_per_s: scale.factor(),
            }),
            Some(text) => Err(UnitError::Basis {
                text: text.to_owned(),
                expected: "no basis for a mass flow",
            }),
        }
    }

    /// A number in this unit as a rate of flow.
    pub fn rate(&self, number: f64) -> FlowRate {
        match *self {
            Self::Mass { kg_per_s } => FlowRate::Mass {
                kg_per_s: number * kg_per_s,
            },
            Self::Volume {
                m3_per_s,
                reference,
            } => FlowRate::Volume {
                m3_per_s: number * m3_per_s,
                reference,
            },
            Self::Energy { watt, basis } => FlowRate::Energy {
                watt: number * watt,
                basis,
            },
        }
    }
}

/// A rate of flow such as `"750 MMscfd"`; see [`FlowUnit::new`] for the units.
///
/// ```
/// use linepack_units::{Context, FlowRate, parse_flow};
///
/// let flow = parse_flow("36 t/h", &Context::default());
/// assert_eq!(flow, Ok(FlowRate::mass(10.0)));
/// ```
pub fn parse_flow(text: &str, context: &Context) -> Result<FlowRate, UnitError> {
    let (number, unit) = split(text, EXAMPLES)?;
    if unit.is_empty() {
        let text = text.trim().to_owned();
        return Err(UnitError::NoUnit {
            text,
            expected: EXPECTED,
            examples: EXAMPLES,
        });
    }
    let rate = FlowUnit::new(unit, context)?.rate(number);
    let size = match rate {
        FlowRate::Mass { kg_per_s } => kg_per_s,
        FlowRate::Volume { m3_per_s, .. } => m3_per_s,
        FlowRate::Energy { watt, .. } => watt,
    };
    if size.is_finite() {
        Ok(rate)
    } else {
        Err(UnitError::TooLarge {
            text: text.to_owned(),
        })
    }
}

/// What a unit of volume flow measures, if the name is one.
pub(crate) fn names(name: &str) -> Option<&'static str> {
    volume_flow(name).map(|_| "a volume flow at reference conditions")
}

/// m3/s of a unit of volume flow, and whose conditions: `MSm3/d`, `MMscf/d` or `MMscfd`.
fn volume_flow(name: &str) -> Option<(f64, Standard)> {
    let name = name.replace('³', "3");
    let (volume, time) = match name.rsplit_once('/') {
        Some((volume, time)) => (volume.trim_end(), time.trim_start()),
        None => name.strip_suffix(['d', 'D']).map(|volume| (volume, "d"))?,
    };
    let spelled = |unit: &&ReferenceVolume| unit.symbol == volume || unit.aliases.contains(&volume);
    let unit = REFERENCE_VOLUMES.iter().find(spelled)?;
    let seconds = Scale::new(time, Dimension::Time, &Context::default())
        .ok()?
        .factor();
    Some((unit.m3 / seconds, unit.standard))
}

fn volume_basis(
    basis: Option<&str>,
    standard: Standard,
    context: &Context,
) -> Result<ReferenceConditions, UnitError> {
    let default = match standard {
        Standard::Case => context.volume_reference,
        Standard::Normal => ReferenceConditions::NORMAL,
        Standard::CubicFoot => context.cubic_foot_reference(),
    };
    let Some(text) = basis else {
        return Ok(default);
    };
    let refused = || UnitError::Basis {
        text: text.to_owned(),
        expected: VOLUME_BASIS,
    };
    if standard == Standard::Normal {
        return Err(refused());
    }
    if let Some(named) = ReferenceConditions::named(text) {
        return Ok(named);
    }
    let (temperature, pressure) = match text.split_once(',') {
        Some((temperature, pressure)) => (temperature, Some(pressure)),
        None => (text, None),
    };
    let value = |text, dimension| parse(text, dimension, context).map_err(|_| refused());
    let atmosphere = ReferenceConditions::ISO_STANDARD.pressure_pa;
    Ok(ReferenceConditions {
        temperature_k: value(temperature, Dimension::Temperature)?,
        pressure_pa: pressure.map_or(Ok(atmosphere), |text| value(text, Dimension::Pressure))?,
    })
}

fn energy_basis(basis: Option<&str>, context: &Context) -> Result<HeatingBasis, UnitError> {
    let Some(text) = basis else {
        return Ok(context.heating);
    };
    let refused = || UnitError::Basis {
        text: text.to_owned(),
        expected: ENERGY_BASIS,
    };
    let (kind, temperature) = match text.split_once(',') {
        Some((kind, temperature)) => (kind.trim(), Some(temperature)),
        None => (text, None),
    };
    let gross = match kind {
        "gross" => true,
        "net" => false,
        _ => return Err(refused()),
    };
    let combustion_temperature_k = match temperature {
        Some(text) => parse(text, Dimension::Temperature, context).map_err(|_| refused())?,
        None => context.heating.combustion_temperature_k,
    };
    Ok(HeatingBasis {
        gross,
        combustion_temperature_k,
    })
}

fn unknown(name: &str, context: &Context) -> UnitError {
    let unit = name.to_owned();
    let other = Dimension::ALL
        .into_iter()
        .find(|d| Scale::find(name, *d, context).is_some());
    if let Some(found) = other.map(Dimension::name) {
        return UnitError::WrongDimension {
            unit,
            found,
            expected: EXPECTED,
            examples: EXAMPLES,
        };
    }
    let nearest = nearest(name, flow_unit_symbols());
    UnitError::Unknown {
        unit,
        expected: EXPECTED,
        nearest,
        examples: EXAMPLES,
    }
}

/// The symbols of every unit of flow, for suggestions and documentation.
pub fn flow_unit_symbols() -> impl Iterator<Item = String> {
    let listed = |dimension| {
        UNITS
            .iter()
            .filter(move |u| u.dimension == dimension)
            .map(|unit| unit.symbol)
    };
    let volumes = REFERENCE_VOLUMES.iter().map(|unit| unit.symbol);
    let amounts = volumes
        .chain(listed(Dimension::Mass))
        .chain(listed(Dimension::Energy));
    let rates = amounts
        .flat_map(|amount| ["s", "min", "h", "d", "y"].map(|time| format!("{amount}/{time}")));
    let short = ["MMscfd", "Mscfd", "Bscfd", "MMcfd", "Bcfd"]
        .into_iter()
        .chain(listed(Dimension::Power));
    short.map(str::to_owned).chain(rates)
}
