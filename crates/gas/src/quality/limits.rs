use super::{hydrogen_sulfide_kg_per_m3, methane_number, sulfur_kg_per_m3, water_kg_per_m3};
use crate::{Composition, CubicEquation, GasError, GasQuality, PhaseModel};
use linepack_units::ReferenceConditions;

/// A number that a contract or a standard limits, in SI units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// Wobbe index from the gross heating value, J/m3.
    Wobbe,
    /// Gross heating value, J/m3.
    GrossHeatingValue,
    /// Density relative to air, -.
    RelativeDensity,
    /// Methane number by the linear correlation, -.
    MethaneNumber,
    /// Mole fraction of carbon dioxide, -.
    CarbonDioxide,
    /// Mole fraction of oxygen, -.
    Oxygen,
    /// Mole fraction of hydrogen, -.
    Hydrogen,
    /// Mole fraction of nitrogen and carbon dioxide, -.
    Inert,
    /// Hydrogen sulfide, kg/m3.
    HydrogenSulfide,
    /// Sulfur as the element, kg/m3.
    Sulfur,
    /// Water vapour, kg/m3.
    Water,
    /// The highest hydrocarbon dew point from 1 to 70 bar by Peng and Robinson, K.
    HydrocarbonDewPoint,
    /// The water dew point at 70 bar, K.
    WaterDewPoint,
}

/// The pressures of the limits on dew points, Pa.
const DEW_PRESSURES_PA: std::ops::RangeInclusive<f64> = 1e5..=70e5;

impl Quantity {
    /// A value in SI units as people see it: temperatures in degC.
    pub fn shown_value(self, si: f64) -> f64 {
        match self {
            Self::HydrocarbonDewPoint | Self::WaterDewPoint => si - 273.15,
            _ => si * self.shown().2,
        }
    }

    /// Name for people, unit for people, and how many of them an SI unit is (but for the zero of degC, see
    /// The name that result tables have for it.
    pub fn column(self) -> &'static str {
        match self {
            Self::Wobbe => "wobbe_index_j_per_m3",
            Self::GrossHeatingValue => "gross_heating_value_j_per_m3",
            Self::RelativeDensity => "relative_density",
            Self::MethaneNumber => "methane_number",
            Self::WaterDewPoint => "water_dew_point_k",
            Self::HydrocarbonDewPoint => "hydrocarbon_dew_point_k",
            Self::CarbonDioxide => "x_carbon dioxide",
            Self::Oxygen => "x_oxygen",
            Self::Hydrogen => "x_hydrogen",
            Self::Inert => "x_inert",
            Self::HydrogenSulfide => "hydrogen_sulfide_kg_per_m3",
            Self::Sulfur => "sulfur_kg_per_m3",
            Self::Water => "water_kg_per_m3",
        }
    }

    /// [`Quantity::shown_value`]).
    pub fn shown(self) -> (&'static str, &'static str, f64) {
        match self {
            Self::HydrocarbonDewPoint => ("hydrocarbon dew point, 1 to 70 bar", "degC", 1.0),
            Self::WaterDewPoint => ("water dew point at 70 bar", "degC", 1.0),
            Self::Wobbe => ("Wobbe index", "MJ/m3", 1e-6),
            Self::GrossHeatingValue => ("gross heating value", "MJ/m3", 1e-6),
            Self::RelativeDensity => ("relative density", "-", 1.0),
            Self::MethaneNumber => ("methane number", "-", 1.0),
            Self::CarbonDioxide => ("carbon dioxide", "mol %", 100.0),
            Self::Oxygen => ("oxygen", "mol %", 100.0),
            Self::Hydrogen => ("hydrogen", "mol %", 100.0),
            Self::Inert => ("nitrogen and carbon dioxide", "mol %", 100.0),
            Self::HydrogenSulfide => ("hydrogen sulfide", "mg/m3", 1e6),
            Self::Sulfur => ("sulfur", "mg/m3", 1e6),
            Self::Water => ("water", "mg/m3", 1e6),
        }
    }
}

/// The range in which a quantity must lie, in SI units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// What is limited.
    pub quantity: Quantity,
    /// The least value, if there is one.
    pub low: Option<f64>,
    /// The greatest value, if there is one.
    pub high: Option<f64>,
}

/// How a value stands to its limit.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Within the range; the distance to the nearer limit in SI units.
    Within(f64),
    /// Below the least value.
    Below,
    /// Above the greatest value.
    Above,
    /// The quantity cannot be had for this gas, and why.
    Unknown(String),
}

/// A value with its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitCheck {
    /// The limit.
    pub limit: Limit,
    /// The value in SI units; none where it is unknown.
    pub value: Option<f64>,
    /// How they stand to each other.
    pub verdict: Verdict,
}

/// A set of limits with the conditions that its numbers are stated at.
#[derive(Debug, Clone, PartialEq)]
pub struct QualityLimits {
    /// Name for people.
    pub name: String,
    /// Where the numbers are from.
    pub source: String,
    /// Temperature at which the gas is burnt, K.
    pub combustion_temperature_k: f64,
    /// Conditions of the volumes.
    pub reference: ReferenceConditions,
    /// The limits.
    pub limits: Vec<Limit>,
}

const fn between(quantity: Quantity, low: f64, high: f64) -> Limit {
    Limit {
        quantity,
        low: Some(low),
        high: Some(high),
    }
}

const fn at_most(quantity: Quantity, high: f64) -> Limit {
    Limit {
        quantity,
        low: None,
        high: Some(high),
    }
}

const fn at_least(quantity: Quantity, low: f64) -> Limit {
    Limit {
        quantity,
        low: Some(low),
        high: None,
    }
}

const fn at(temperature_k: f64) -> ReferenceConditions {
    ReferenceConditions {
        temperature_k,
        pressure_pa: 101_325.0,
    }
}

impl QualityLimits {
    /// EASEE-gas Common Business Practice 2005-001/02, harmonisation of natural gas quality: Wobbe index
    /// 13.60 to 15.81 kWh/m3 at 25 degC / 0 degC.
    pub fn easee_gas() -> Self {
        Self {
            name: "EASEE-gas".into(),
            source: "EASEE-gas CBP 2005-001/02".into(),
            combustion_temperature_k: 298.15,
            reference: at(273.15),
            limits: vec![
                between(Quantity::Wobbe, 48.96e6, 56.916e6),
                between(Quantity::RelativeDensity, 0.555, 0.7),
                at_most(Quantity::CarbonDioxide, 0.025),
                at_most(Quantity::Oxygen, 1e-4),
                at_most(Quantity::HydrogenSulfide, 5e-6),
                at_most(Quantity::Sulfur, 30e-6),
                at_most(Quantity::HydrocarbonDewPoint, 271.15),
                at_most(Quantity::WaterDewPoint, 265.15),
            ],
        }
    }

    /// EN 16726:2015, gas of group H, with the stricter values for oxygen and carbon dioxide; 15 degC.
    pub fn en_16726() -> Self {
        Self {
            name: "EN 16726 (H)".into(),
            source: "EN 16726:2015, table 1".into(),
            combustion_temperature_k: 288.15,
            reference: at(288.15),
            limits: vec![
                between(Quantity::RelativeDensity, 0.555, 0.7),
                at_least(Quantity::MethaneNumber, 65.0),
                at_most(Quantity::CarbonDioxide, 0.025),
                at_most(Quantity::Oxygen, 1e-5),
                at_most(Quantity::HydrogenSulfide, 5e-6),
                at_most(Quantity::Sulfur, 20e-6),
                at_most(Quantity::HydrocarbonDewPoint, 271.15),
                at_most(Quantity::WaterDewPoint, 265.15),
            ],
        }
    }

    /// Great Britain, Gas Safety (Management) Regulations as amended in 2023, from April 2025; 15 degC.
    pub fn great_britain() -> Self {
        Self {
            name: "Great Britain GS(M)R".into(),
            source: "Gas Safety (Management) Regulations 1996, schedule 3, amended 2023".into(),
            combustion_temperature_k: 288.15,
            reference: at(288.15),
            limits: vec![
                between(Quantity::Wobbe, 46.5e6, 51.41e6),
                at_most(Quantity::RelativeDensity, 0.7),
                at_most(Quantity::Hydrogen, 1e-3),
                at_most(Quantity::HydrogenSulfide, 5e-6),
                at_most(Quantity::Sulfur, 50e-6),
            ],
        }
    }

    /// Every limit with the value of a composition, in the order of the limits.
    pub fn check(&self, composition: &Composition) -> Vec<LimitCheck> {
        let check = |&limit: &Limit| match self.value(limit.quantity, composition) {
            Ok(value) => LimitCheck {
                limit,
                value: Some(value),
                verdict: verdict(&limit, value),
            },
            Err(error) => LimitCheck {
                limit,
                value: None,
                verdict: Verdict::Unknown(error.to_string()),
            },
        };
        self.limits.iter().map(check).collect()
    }

    /// The value of one quantity, in SI units, at the conditions of these limits.
    ///
    /// # Errors
    /// Conditions that ISO 6976 has no data for, or a gas outside the methane number's correlation.
    pub fn value(&self, quantity: Quantity, composition: &Composition) -> Result<f64, GasError> {
        let x = &composition.mole_fractions;
        let real = || {
            GasQuality::new(composition, self.combustion_temperature_k, self.reference)
                .map(|quality| quality.real)
        };
        Ok(match quantity {
            Quantity::Wobbe => real()?.wobbe_gross_j_per_m3,
            Quantity::GrossHeatingValue => real()?.gross_j_per_m3,
            Quantity::RelativeDensity => real()?.relative_density,
            Quantity::MethaneNumber => methane_number(composition)?.methane_number,
            Quantity::CarbonDioxide => x[2],
            Quantity::Oxygen => x[15],
            Quantity::Hydrogen => x[14],
            Quantity::Inert => x[1] + x[2],
            Quantity::HydrogenSulfide => hydrogen_sulfide_kg_per_m3(composition, self.reference)?,
            Quantity::Sulfur => sulfur_kg_per_m3(composition, 0.0, self.reference)?,
            Quantity::Water => water_kg_per_m3(composition, self.reference)?,
            Quantity::HydrocarbonDewPoint => hydrocarbon_dew_point_k(composition)?,
            Quantity::WaterDewPoint => water_dew_point_k(composition)?,
        })
    }
}

/// The highest hydrocarbon dew point within the pressures of the limits.
fn hydrocarbon_dew_point_k(composition: &Composition) -> Result<f64, GasError> {
    let model = PhaseModel::new(composition, CubicEquation::PengRobinson)?;
    let warmest = model.envelope()?.cricondentherm;
    if DEW_PRESSURES_PA.contains(&warmest.pressure_pa) {
        return Ok(warmest.temperature_k);
    }
    let at_end = model.hydrocarbon_dew_point_k(*DEW_PRESSURES_PA.end());
    at_end.ok_or_else(|| GasError::Missing("no hydrocarbon dew point up to 70 bar".into()))
}

fn water_dew_point_k(composition: &Composition) -> Result<f64, GasError> {
    let model = PhaseModel::new(composition, CubicEquation::PengRobinson)?;
    let dew = model.water_dew_point_k(*DEW_PRESSURES_PA.end());
    let missing = "the composition states no water, or too much or too little for a dew point from \
                   -60 to 60 degC";
    dew.ok_or_else(|| GasError::Missing(missing.into()))
}

fn verdict(limit: &Limit, value: f64) -> Verdict {
    let above = limit.low.map_or(f64::INFINITY, |low| value - low);
    let below = limit.high.map_or(f64::INFINITY, |high| high - value);
    if above < 0.0 {
        Verdict::Below
    } else if below < 0.0 {
        Verdict::Above
    } else {
        Verdict::Within(above.min(below))
    }
}
