//! Quantities in text.

use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Length,
    Pressure,
    PressureDifference,
    Temperature,
    Time,
    Power,
    Angle,
    MolarMass,
    SpecificEnergy,
    Viscosity,
}

impl Dimension {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Pressure => "pressure",
            Self::PressureDifference => "pressure difference",
            Self::Temperature => "temperature",
            Self::Time => "time",
            Self::Power => "power",
            Self::Angle => "angle",
            Self::MolarMass => "molar mass",
            Self::SpecificEnergy => "heating value",
            Self::Viscosity => "viscosity",
        }
    }
    pub(crate) fn si(self) -> &'static str {
        match self {
            Self::Length => "m",
            Self::Pressure => "Paa",
            Self::PressureDifference => "Pa",
            Self::Temperature => "K",
            Self::Time => "s",
            Self::Power => "W",
            Self::Angle => "deg",
            Self::MolarMass => "kg/mol",
            Self::SpecificEnergy => "J/kg",
            Self::Viscosity => "Pa.s",
        }
    }
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Length => "5 km",
            Self::Pressure => "70 barg",
            Self::PressureDifference => "0.5 bar",
            Self::Temperature => "15 degC",
            Self::Time => "1 h",
            Self::Power => "20 MW",
            Self::Angle => "52.6 deg",
            Self::MolarMass => "18.2 g/mol",
            Self::SpecificEnergy => "50 MJ/kg",
            Self::Viscosity => "1.1e-5 Pa.s",
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    pub(crate) atmospheric_pressure_pa: f64,
    pub(crate) volume_reference: ReferenceConditions,
    pub(crate) heating_basis: HeatingBasis,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum QuantityError {
    NotANumber,
    MissingUnit,
    UnknownUnit(String),
    WrongDimension(String),
    GaugeOrAbsolute(String),
}

fn units(dimension: Dimension, atm: f64) -> Vec<(&'static str, f64, f64)> {
    match dimension {
        Dimension::Length => vec![
            ("m", 1.0, 0.0),
            ("km", 1e3, 0.0),
            ("mm", 1e-3, 0.0),
            ("cm", 1e-2, 0.0),
            ("um", 1e-6, 0.0),
            ("in", 0.0254, 0.0),
            ("ft", 0.3048, 0.0),
            ("mi", 1609.344, 0.0),
        ],
        Dimension::Pressure => vec![
            ("barg", 1e5, atm),
            ("bara", 1e5, 0.0),
            ("Paa", 1.0, 0.0),
            ("kPaa", 1e3, 0.0),
            ("kPag", 1e3, atm),
            ("MPaa", 1e6, 0.0),
            ("MPag", 1e6, atm),
            ("psia", 6894.757293168361, 0.0),
            ("psig", 6894.757293168361, atm),
        ],
        Dimension::PressureDifference => vec![
            ("bar", 1e5, 0.0),
            ("Pa", 1.0, 0.0),
            ("kPa", 1e3, 0.0),
            ("MPa", 1e6, 0.0),
            ("psi", 6894.757293168361, 0.0),
        ],
        Dimension::Temperature => vec![
            ("K", 1.0, 0.0),
            ("degC", 1.0, 273.15),
            ("degF", 5.0 / 9.0, 459.67 * 5.0 / 9.0),
        ],
        Dimension::Time => vec![
            ("s", 1.0, 0.0),
            ("min", 60.0, 0.0),
            ("h", 3600.0, 0.0),
            ("d", 86400.0, 0.0),
        ],
        Dimension::Power => vec![("W", 1.0, 0.0), ("kW", 1e3, 0.0), ("MW", 1e6, 0.0)],
        Dimension::Angle => vec![("deg", 1.0, 0.0)],
        Dimension::MolarMass => vec![
            ("kg/mol", 1.0, 0.0),
            ("g/mol", 1e-3, 0.0),
            ("kg/kmol", 1e-3, 0.0),
        ],
        Dimension::SpecificEnergy => {
            vec![("J/kg", 1.0, 0.0), ("kJ/kg", 1e3, 0.0), ("MJ/kg", 1e6, 0.0)]
        }
        Dimension::Viscosity => vec![("Pa.s", 1.0, 0.0), ("Pa s", 1.0, 0.0), ("cP", 1e-3, 0.0)],
    }
}

fn split(text: &str) -> Result<(f64, &str), QuantityError> {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|&(i, c)| {
            !(c.is_ascii_digit()
                || "+-._".contains(c)
                || (c == 'e' || c == 'E')
                    && text[i + 1..]
                        .starts_with(|d: char| d.is_ascii_digit() || d == '-' || d == '+'))
        })
        .map_or(text.len(), |(i, _)| i);
    let number = text[..end]
        .replace('_', "")
        .parse::<f64>()
        .map_err(|_| QuantityError::NotANumber)?;
    let unit = text[end..].trim();
    if !number.is_finite() {
        return Err(QuantityError::NotANumber);
    }
    if unit.is_empty() {
        Err(QuantityError::MissingUnit)
    } else {
        Ok((number, unit))
    }
}

pub(crate) fn parse(
    text: &str,
    dimension: Dimension,
    context: &Context,
) -> Result<f64, QuantityError> {
    let (number, unit) = split(text)?;
    let atm = context.atmospheric_pressure_pa;
    if let Some((_, factor, shift)) = units(dimension, atm).into_iter().find(|u| u.0 == unit) {
        return Ok(number * factor + shift);
    }
    if dimension == Dimension::Pressure
        && units(Dimension::PressureDifference, 0.0)
            .iter()
            .any(|u| u.0 == unit)
    {
        return Err(QuantityError::GaugeOrAbsolute(unit.to_owned()));
    }
    if all(atm).any(|u| u == unit) || flow_unit(unit, context).is_some() {
        return Err(QuantityError::WrongDimension(unit.to_owned()));
    }
    Err(QuantityError::UnknownUnit(unit.to_owned()))
}

const ALL: [Dimension; 10] = [
    Dimension::Length,
    Dimension::Pressure,
    Dimension::PressureDifference,
    Dimension::Temperature,
    Dimension::Time,
    Dimension::Power,
    Dimension::Angle,
    Dimension::MolarMass,
    Dimension::SpecificEnergy,
    Dimension::Viscosity,
];

fn all(atm: f64) -> impl Iterator<Item = &'static str> {
    ALL.into_iter()
        .flat_map(move |d| units(d, atm))
        .map(|u| u.0)
}

fn flow_unit(unit: &str, context: &Context) -> Option<FlowRate> {
    let volume = |m3_per_s, reference| {
        Some(FlowRate::Volume {
            m3_per_s,
            reference,
        })
    };
    let us = ReferenceConditions {
        temperature_k: 288.705_555_555_555_6,
        pressure_pa: 101_559.8,
    };
    let energy = |watt| {
        Some(FlowRate::Energy {
            watt,
            basis: context.heating_basis,
        })
    };
    match unit {
        "kg/s" => Some(FlowRate::mass(1.0)),
        "t/h" => Some(FlowRate::mass(1.0 / 3.6)),
        "MSm3/d" => volume(1e6 / 86400.0, context.volume_reference),
        "kSm3/h" => volume(1e3 / 3600.0, context.volume_reference),
        "Sm3/h" => volume(1.0 / 3600.0, context.volume_reference),
        "Sm3/d" => volume(1.0 / 86400.0, context.volume_reference),
        "Nm3/h" => volume(1.0 / 3600.0, ReferenceConditions::NORMAL),
        "MMscfd" => volume(1e6 * 0.028316846592 / 86400.0, us),
        "GWh/d" => energy(1e9 / 24.0),
        "MW" => energy(1e6),
        _ => None,
    }
}

pub(crate) fn parse_flow(text: &str, context: &Context) -> Result<FlowRate, QuantityError> {
    let (number, unit) = split(text)?;
    match flow_unit(unit, context) {
        Some(one) => Ok(one.scaled(number)),
        None if all(1.0).any(|u| u == unit) => Err(QuantityError::WrongDimension(unit.to_owned())),
        None => Err(QuantityError::UnknownUnit(unit.to_owned())),
    }
}
