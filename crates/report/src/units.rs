//! The units that the page shows: one table for the text made here and for the scripts.

use crate::number;
use linepack_gas::Gas;
use linepack_network::Case;
use linepack_units::{HeatingBasis, ReferenceConditions};
use serde_json::{Value, json};

/// US standard conditions of a volume, 60 degF and 14.73 psia.
const US_STANDARD: ReferenceConditions = ReferenceConditions {
    temperature_k: 288.705_555_555_555_6,
    pressure_pa: 101_559.775,
};
/// Pounds-force per square inch, Pa.
const PSI_PA: f64 = 6_894.757_293_168_361;
/// A cubic foot, m3.
const CUBIC_FOOT_M3: f64 = 0.028_316_846_592;
const DAY_S: f64 = 86_400.0;

/// What a number on the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Absolute pressure, Pa.
    Pressure,
    /// Flow, kg/s.
    Flow,
    /// A small flow such as fuel, in the units of flows with one more decimal, kg/s.
    Fuel,
    /// Amount of gas, kg.
    Amount,
    /// Mass in tonnes, whatever the choice of units, kg.
    Mass,
    /// Power, W.
    Power,
    /// Velocity, m/s.
    Velocity,
    /// Length along the line, m.
    Distance,
    /// Height above the sea, m.
    Elevation,
    /// Share, shown in percent.
    Share,
    /// Plain ratio.
    Ratio,
    /// Duration, s, shown in hours.
    Duration,
    /// Temperature, K, shown in °C.
    Temperature,
    /// Difference of temperatures, K.
    Kelvin,
    /// Heating value or Wobbe index, J/m3.
    HeatingValue,
    /// Energy, J.
    Energy,
}

impl Quantity {
    /// Its name in the page's data.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Pressure => "pressure",
            Self::Flow => "flow",
            Self::Fuel => "fuel",
            Self::Amount => "amount",
            Self::Mass => "mass",
            Self::Power => "power",
            Self::Velocity => "velocity",
            Self::Distance => "distance",
            Self::Elevation => "elevation",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Duration => "duration",
            Self::Temperature => "temperature",
            Self::Kelvin => "kelvin",
            Self::HeatingValue => "heating",
            Self::Energy => "energy",
        }
    }

    const ALL: [Self; 16] = [
        Self::Pressure,
        Self::Flow,
        Self::Fuel,
        Self::Amount,
        Self::Mass,
        Self::Power,
        Self::Velocity,
        Self::Distance,
        Self::Elevation,
        Self::Share,
        Self::Ratio,
        Self::Duration,
        Self::Temperature,
        Self::Kelvin,
        Self::HeatingValue,
        Self::Energy,
    ];
}

/// A unit: `shown = SI * factor + offset`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    pub(crate) label: String,
    pub(crate) factor: f64,
    pub(crate) offset: f64,
    pub(crate) decimals: usize,
}

impl Unit {
    fn new(label: impl Into<String>, factor: f64, decimals: usize) -> Self {
        Self {
            label: label.into(),
            factor,
            offset: 0.0,
            decimals,
        }
    }

    fn gauge(label: &str, factor: f64, atmospheric_pa: f64, decimals: usize) -> Self {
        Self {
            offset: -atmospheric_pa * factor,
            ..Self::new(label, factor, decimals)
        }
    }
}

/// The units of every quantity; the first of each is the one that the page opens with.
#[derive(Debug, Clone)]
pub(crate) struct Units {
    pressure: Vec<Unit>,
    flow: Vec<Unit>,
    fuel: Vec<Unit>,
    amount: Vec<Unit>,
    fixed: Vec<(Quantity, Vec<Unit>)>,
    /// What a volume on this page is, in words.
    pub(crate) volume_note: String,
}

impl Units {
    /// Units for a case, whose largest flow is `flow_scale` (kg/s).
    pub(crate) fn new(case: &Case, flow_scale: f64) -> Self {
        let gas = Gas::new(&case.gas).ok();
        let (flow, amount) = flow_units(case, gas.as_ref(), flow_scale);
        Self {
            pressure: pressure_units(case.settings.atmospheric_pressure_pa),
            fuel: flow
                .iter()
                .map(|u| Unit {
                    decimals: u.decimals + 1,
                    ..u.clone()
                })
                .collect(),
            flow,
            amount,
            fixed: fixed_units(),
            volume_note: volume_note(case),
        }
    }

    /// The units of a quantity, never empty.
    pub(crate) fn of(&self, quantity: Quantity) -> &[Unit] {
        match quantity {
            Quantity::Pressure => &self.pressure,
            Quantity::Flow => &self.flow,
            Quantity::Fuel => &self.fuel,
            Quantity::Amount => &self.amount,
            other => self
                .fixed
                .iter()
                .find(|(q, _)| *q == other)
                .map_or(&[], |(_, u)| u),
        }
    }

    /// Name of the unit that the page opens with.
    pub(crate) fn label(&self, quantity: Quantity) -> &str {
        self.of(quantity).first().map_or("", |u| &u.label)
    }

    /// A value in the unit that the page opens with, without the unit.
    pub(crate) fn number(&self, quantity: Quantity, si: f64) -> String {
        let Some(unit) = self.of(quantity).first() else {
            return number::fixed(si, 2);
        };
        number::fixed(si * unit.factor + unit.offset, unit.decimals)
    }

    /// The table for the scripts.
    pub(crate) fn to_json(&self) -> Value {
        let entry = |q: Quantity| {
            let units = self.of(q).iter().map(|u| {
                json!({ "label": u.label, "factor": u.factor, "offset": u.offset, "decimals": u.decimals })
            });
            (q.key().to_owned(), Value::Array(units.collect()))
        };
        Value::Object(Quantity::ALL.into_iter().map(entry).collect())
    }
}

fn pressure_units(atmospheric_pa: f64) -> Vec<Unit> {
    vec![
        Unit::new("bara", 1e-5, 1),
        Unit::gauge("barg", 1e-5, atmospheric_pa, 1),
        Unit::new("MPa abs", 1e-6, 2),
        Unit::new("psia", 1.0 / PSI_PA, 0),
        Unit::gauge("psig", 1.0 / PSI_PA, atmospheric_pa, 0),
    ]
}

fn fixed_units() -> Vec<(Quantity, Vec<Unit>)> {
    vec![
        (Quantity::Mass, vec![Unit::new("t", 1e-3, 1)]),
        (Quantity::Power, vec![Unit::new("MW", 1e-6, 2)]),
        (Quantity::Velocity, vec![Unit::new("m/s", 1.0, 1)]),
        (Quantity::Distance, vec![Unit::new("km", 1e-3, 1)]),
        (Quantity::Elevation, vec![Unit::new("m", 1.0, 0)]),
        (Quantity::Share, vec![Unit::new("%", 100.0, 2)]),
        (Quantity::Ratio, vec![Unit::new("\u{2013}", 1.0, 3)]),
        (Quantity::Duration, vec![Unit::new("h", 1.0 / 3600.0, 2)]),
        (Quantity::Temperature, vec![celsius()]),
        (Quantity::Kelvin, vec![Unit::new("K", 1.0, 1)]),
        (Quantity::HeatingValue, vec![Unit::new("MJ/m³", 1e-6, 3)]),
        (Quantity::Energy, vec![Unit::new("GJ", 1e-9, 1)]),
    ]
}

fn celsius() -> Unit {
    Unit {
        offset: -273.15,
        ..Unit::new("°C", 1.0, 1)
    }
}

/// Units of flow and, in the same order, of amounts.
fn flow_units(case: &Case, gas: Option<&Gas>, flow_scale: f64) -> (Vec<Unit>, Vec<Unit>) {
    let reference = case.settings.volume_reference;
    let density = |at| gas.and_then(|g: &Gas| g.reference_density_kg_per_m3(at).ok());
    let mut pairs = Vec::new();
    if let Some(rho) = density(reference) {
        let name = if reference == ReferenceConditions::NORMAL {
            "Nm³"
        } else {
            "Sm³"
        };
        pairs.push(volume_pair(name, rho, flow_scale));
    }
    let flow_decimals = decimals_for(flow_scale, 2);
    pairs.push((
        Unit::new("kg/s", 1.0, flow_decimals),
        Unit::new("t", 1e-3, 1),
    ));
    if let Some(rho) = density(US_STANDARD) {
        pairs.push(cubic_feet_pair(rho, flow_scale));
    }
    let basis = case.settings.heating_basis;
    if let Some(heat) = gas.and_then(|g| g.heating_value_j_per_kg(basis).ok()) {
        pairs.push(energy_pair(basis, heat, flow_scale));
    }
    pairs.into_iter().unzip()
}

fn volume_pair(name: &str, density: f64, flow_scale: f64) -> (Unit, Unit) {
    let per_day = DAY_S / density;
    let (prefix, factor) = if flow_scale * per_day >= 0.5e6 {
        ("M", 1e-6)
    } else {
        ("k", 1e-3)
    };
    let decimals = decimals_for(flow_scale * per_day * factor, 3);
    (
        Unit::new(format!("{prefix}{name}/d"), per_day * factor, decimals),
        Unit::new(format!("{prefix}{name}"), factor / density, decimals.max(2)),
    )
}

fn cubic_feet_pair(density: f64, flow_scale: f64) -> (Unit, Unit) {
    let factor = 1e-6 / (density * CUBIC_FOOT_M3);
    let decimals = decimals_for(flow_scale * factor * DAY_S, 3);
    (
        Unit::new("MMscf/d", factor * DAY_S, decimals),
        Unit::new("MMscf", factor, decimals.max(1)),
    )
}

fn energy_pair(basis: HeatingBasis, heat_j_per_kg: f64, flow_scale: f64) -> (Unit, Unit) {
    let kind = if basis.gross { "gross" } else { "net" };
    let gwh = heat_j_per_kg / 3.6e12;
    let decimals = decimals_for(flow_scale * gwh * DAY_S, 3);
    (
        Unit::new(format!("GWh/d {kind}"), gwh * DAY_S, decimals),
        Unit::new(format!("GWh {kind}"), gwh, decimals.max(1)),
    )
}

/// Decimals that leave about four figures to the largest value, at most `most`.
fn decimals_for(largest: f64, most: usize) -> usize {
    let figures = [1000.0, 100.0, 10.0, 1.0];
    figures
        .iter()
        .position(|&f| largest >= f)
        .unwrap_or(4)
        .min(most)
}

fn volume_note(case: &Case) -> String {
    let at = case.settings.volume_reference;
    let celsius = at.temperature_k - 273.15;
    let bar = at.pressure_pa / 1e5;
    format!("Volumes at {celsius:.2} °C and {bar:.5} bar; MMscf at 60 °F and 14.73 psia.")
}
