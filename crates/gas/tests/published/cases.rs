//! Reading the published cases, and keeping the worst deviation.

use linepack_gas::{Composition, EquationOfState, Gas, GasSpec, Substance, Viscosity};
use serde_json::Value;
use std::path::PathBuf;

/// The text of a file beside the published cases, or a note that it is skipped.
pub(crate) fn text(name: &str) -> Option<String> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = data.parent()?.join("cases").join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!(
            "SKIPPED: {} is missing; set LINEPACK_DATA to the folder beside `cases`",
            path.display()
        );
    }
    text.ok()
}

pub(crate) fn case(name: &str) -> Option<Value> {
    text(name).map(|text| serde_json::from_str(&text).unwrap())
}

pub(crate) fn number(value: &Value, key: &str) -> f64 {
    value[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

pub(crate) fn composition(fractions: &Value) -> Composition {
    let fractions = fractions.as_object().unwrap();
    let parts = fractions
        .iter()
        .map(|(name, x)| (name.as_str(), x.as_f64().unwrap()));
    Composition::from_fractions(parts).unwrap()
}

pub(crate) fn gas(composition: &Composition, equation: EquationOfState) -> Gas {
    Gas::new(&GasSpec {
        substance: Substance::Mixture(composition.clone()),
        equation,
        viscosity: Viscosity::LeeGonzalezEakin,
    })
    .unwrap()
}

/// The largest deviation seen, and where.
#[derive(Default)]
pub(crate) struct Worst {
    deviation: f64,
    place: String,
    count: usize,
}

impl Worst {
    pub(crate) fn see(&mut self, deviation: f64, place: impl FnOnce() -> String) {
        self.count += 1;
        if deviation.abs() > self.deviation || deviation.is_nan() {
            (self.deviation, self.place) = (deviation.abs(), place());
        }
    }

    pub(crate) fn relative(&mut self, value: f64, expected: f64, place: impl FnOnce() -> String) {
        self.see(value / expected - 1.0, place);
    }

    /// Prints the worst deviation and asserts that it keeps a tolerance.
    pub(crate) fn keeps(&self, tolerance: f64, what: &str) {
        let Self {
            deviation,
            place,
            count,
        } = self;
        println!(
            "{what}: worst {deviation:.2e} of {tolerance:.0e} allowed, at {place} ({count} values)"
        );
        assert!(*count > 0, "{what}: nothing was compared");
        assert!(*deviation <= tolerance, "{what}: {deviation:e} at {place}");
    }
}
