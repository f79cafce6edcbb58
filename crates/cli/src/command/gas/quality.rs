//! Quality numbers with their limits, and where the gas condenses.

use crate::screen::Table;
use crate::shown::{conditions, number};
use linepack_gas::{
    Composition, CubicEquation, EnvelopePoint, Gas, LimitCheck, PhaseModel, QualityLimits,
    Substance, Verdict, carbon_content, methane_number,
};
use serde_json::{Map, Value, json};

/// Combustion temperature of the emission factor, 25 degC as in the trading schemes.
const COMBUSTION_TEMPERATURE_K: f64 = 298.15;

/// What is said of a gas with a composition beside its properties.
pub(super) struct Quality {
    pub(super) composition: Composition,
    pub(super) limits: QualityLimits,
    pub(super) phase: Option<PhaseModel>,
    state: (f64, f64),
}

impl Quality {
    /// None for a gas of bulk properties.
    pub(super) fn new(gas: &Gas, limits: QualityLimits, state: (f64, f64)) -> Option<Self> {
        let Substance::Mixture(composition) = &gas.spec().substance else {
            return None;
        };
        Some(Self {
            phase: PhaseModel::new(composition, CubicEquation::PengRobinson).ok(),
            composition: composition.clone(),
            limits,
            state,
        })
    }

    /// Tables for people.
    pub(super) fn text(&self) -> String {
        format!("\n{}\n{}", self.limits_table(), self.condensation_table())
    }

    fn limits_table(&self) -> String {
        let mut table = Table::new(&["quality", "value", "from", "to", "unit", ""]);
        let checks = self.limits.check(&self.composition);
        for check in &checks {
            let quantity = check.limit.quantity;
            let (name, unit, _) = quantity.shown();
            let shown = |si: Option<f64>| {
                si.map_or_else(String::new, |si| number(quantity.shown_value(si), 3))
            };
            table.row([
                name.into(),
                shown(check.value),
                shown(check.limit.low),
                shown(check.limit.high),
                unit.into(),
                verdict(check).into(),
            ]);
        }
        for (name, value, unit) in self.others() {
            let empty = String::new;
            table.row([
                name.into(),
                number(value, 3),
                empty(),
                empty(),
                unit.into(),
                empty(),
            ]);
        }
        let mut text = table.lines();
        text.push_str(&format!(
            "\n  limits of {}, at {}, burnt at {} degC\n",
            self.limits.name,
            conditions(self.limits.reference),
            number(self.limits.combustion_temperature_k - 273.15, 2)
        ));
        for check in checks {
            if let Verdict::Unknown(why) = check.verdict {
                text.push_str(&format!("  {}: {why}\n", check.limit.quantity.shown().0));
            }
        }
        text
    }

    /// Numbers that have no limit here: name, value, unit.
    fn others(&self) -> Vec<(&'static str, f64, &'static str)> {
        let mut rows = Vec::new();
        let limited = self.limits.limits.iter();
        let mut names = limited.map(|limit| limit.quantity.shown().0);
        if let (false, Ok(found)) = (
            names.any(|name| name == "methane number"),
            methane_number(&self.composition),
        ) {
            rows.push(("methane number", found.methane_number, "-"));
        }
        if let Ok(carbon) = carbon_content(&self.composition, COMBUSTION_TEMPERATURE_K) {
            let factor = carbon.carbon_dioxide_kg_per_j_net * 1e9;
            rows.push(("carbon dioxide from combustion", factor, "kg/GJ (net)"));
        }
        rows
    }

    fn condensation_table(&self) -> String {
        let mut table = Table::new(&["where it condenses", "degC", "bara"]);
        let mut row = |name: &str, kelvin: Option<f64>, pascal: f64| {
            table.row([
                name.into(),
                number(kelvin.map_or(f64::NAN, |k| k - 273.15), 2),
                number(pascal * 1e-5, 2),
            ]);
        };
        for (name, _, point) in self.extremes() {
            row(name, Some(point.temperature_k), point.pressure_pa);
        }
        let pressure = self.state.0;
        for (name, _, kelvin) in self.at_pressure() {
            row(name, kelvin, pressure);
        }
        let mut text = table.lines();
        text.push_str(
            "\n  Peng-Robinson, hydrocarbons without water; hydrates where free water is present\n",
        );
        text
    }

    /// Name, key and place of the extremes of the envelope.
    fn extremes(&self) -> Vec<(&'static str, &'static str, EnvelopePoint)> {
        let Some(envelope) = self.phase.as_ref().and_then(|phase| phase.envelope().ok()) else {
            return Vec::new();
        };
        let therm = Some(("cricondentherm", "cricondentherm", envelope.cricondentherm));
        let bar = envelope
            .cricondenbar
            .map(|p| ("cricondenbar", "cricondenbar", p));
        let critical = envelope
            .critical
            .map(|p| ("critical point", "critical_point", p));
        [therm, bar, critical].into_iter().flatten().collect()
    }

    /// Name, key and temperature (K) of what forms at the pressure of the state.
    fn at_pressure(&self) -> [(&'static str, &'static str, Option<f64>); 3] {
        let p = self.state.0;
        let phase = self.phase.as_ref();
        [
            (
                "hydrocarbon dew point",
                "hydrocarbon_dew_point_k",
                phase.and_then(|m| m.hydrocarbon_dew_point_k(p)),
            ),
            (
                "water dew point",
                "water_dew_point_k",
                phase.and_then(|m| m.water_dew_point_k(p)),
            ),
            (
                "hydrates",
                "hydrate_temperature_k",
                phase.and_then(|m| m.hydrate(p)).map(|h| h.temperature_k),
            ),
        ]
    }

    /// Adds the same to a document for machines.
    pub(super) fn document(&self, object: &mut Map<String, Value>) {
        let limits: Vec<Value> = self
            .limits
            .check(&self.composition)
            .iter()
            .map(limit_document)
            .collect();
        object.insert(
            "quality".into(),
            json!({ "limits_of": self.limits.name, "source": self.limits.source, "limits": limits }),
        );
        if let Ok(found) = methane_number(&self.composition) {
            object.insert("methane_number".into(), found.methane_number.into());
        }
        if let Ok(carbon) = carbon_content(&self.composition, COMBUSTION_TEMPERATURE_K) {
            let factor = carbon.carbon_dioxide_kg_per_j_net;
            object.insert("carbon_dioxide_kg_per_j_net".into(), factor.into());
        }
        for (_, key, kelvin) in self.at_pressure() {
            object.insert(key.into(), kelvin.into());
        }
        if let Some(Ok(envelope)) = self.phase.as_ref().map(PhaseModel::envelope) {
            let line = |points: &[EnvelopePoint]| points.iter().map(point).collect::<Vec<Value>>();
            let mut found = json!({ "dew": line(&envelope.dew), "bubble": line(&envelope.bubble) });
            for (_, key, place) in self.extremes() {
                found[key] = point(&place);
            }
            object.insert("phase_envelope".into(), found);
        }
    }
}

fn point(at: &EnvelopePoint) -> Value {
    json!({ "temperature_k": at.temperature_k, "pressure_pa": at.pressure_pa })
}

fn verdict(check: &LimitCheck) -> &'static str {
    match check.verdict {
        Verdict::Within(_) => "within",
        Verdict::Below => "BELOW",
        Verdict::Above => "ABOVE",
        Verdict::Unknown(_) => "unknown",
    }
}

fn limit_document(check: &LimitCheck) -> Value {
    let (name, ..) = check.limit.quantity.shown();
    json!({
        "quantity": name,
        "value_si": check.value,
        "low_si": check.limit.low,
        "high_si": check.limit.high,
        "verdict": verdict(check).to_lowercase(),
    })
}
