//! The names by which attributes of features are known.
//!
//! | what               | names                                                                    |
//! |--------------------|--------------------------------------------------------------------------|
//! | identifier         | `id` of the properties or of the feature                                 |
//! | name               | `name`, `label`                                                          |
//! | ends               | `from` and `to`, `from_node` and `to_node`, `fr_node`, `node_id` [a, b]  |
//! | length             | `length_m`, `length_km`, `length` with a unit                            |
//! | diameter           | `diameter_m`, `diameter_mm`, `inner_diameter_mm`, `diameter` with a unit |
//! | roughness          | `roughness_m`, `roughness_mm`, `k_mm`, `roughness` with a unit           |
//! | highest pressure   | `pressure_max_bar`, `max_pressure_bar`, absolute                         |
//! | lowest pressure    | `pressure_min_bar`, `min_pressure_bar`, absolute                         |
//! | elevation          | `elevation_m`, `height_m`, the third coordinate                          |
//! | flow at a node     | `supply_kg_per_s`, `demand_kg_per_s`                                     |
//! | pressure at a node | `pressure_bar`, absolute: a supply holds it                              |
//!
//! They stand in the properties, or in their member `param` as SciGRID_gas has it.

use crate::json::Json;
use linepack_units::{Context, Dimension, parse};

/// The attributes of a feature.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a> {
    feature: &'a Json,
    own: Option<&'a Json>,
    inner: Option<&'a Json>,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(feature: &'a Json) -> Self {
        let own = feature.get("properties");
        Self {
            feature,
            own,
            inner: own.and_then(|p| p.get("param")),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Json> {
        let own = self.own.and_then(|p| p.get(name));
        own.or_else(|| self.inner.and_then(|p| p.get(name)))
    }

    /// The first of several names that has a text (or a whole number, as identifiers may be).
    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| word(self.get(name)?))
    }

    /// Identifier, where one is stated.
    pub(super) fn id(&self) -> Option<String> {
        self.text(&["id"]).or_else(|| word(self.feature.get("id")?))
    }

    /// The ends, where they are stated.
    pub(super) fn ends(&self) -> Option<[String; 2]> {
        let listed = self.get("node_id").and_then(Json::list);
        if let Some([a, b]) = listed {
            return Some([word(a)?, word(b)?]);
        }
        let from = self.text(&["from", "from_node", "fr_node"])?;
        Some([from, self.text(&["to", "to_node"])?])
    }

    /// A quantity by names with a unit in them, or by a text with a unit.
    pub(super) fn quantity(
        &self,
        names: &[(&str, f64)],
        with_unit: &str,
        dimension: Dimension,
    ) -> Option<f64> {
        let stated = names
            .iter()
            .find_map(|(n, unit)| Some(self.get(n)?.number()? * unit));
        stated.or_else(|| parse(self.get(with_unit)?.text()?, dimension, &Context::default()).ok())
    }

    /// A number by the first of several names.
    pub(super) fn number(&self, names: &[(&str, f64)]) -> Option<f64> {
        names
            .iter()
            .find_map(|(n, unit)| Some(self.get(n)?.number()? * unit))
    }
}

fn word(json: &Json) -> Option<String> {
    match (json.text(), json.number()) {
        (Some(text), _) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        (None, Some(number)) => Some(format!("{number}")),
        _ => None,
    }
}
