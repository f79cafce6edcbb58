//! Writing a case as features.

use crate::{ImportNote, Written, native};
use linepack_network::Case;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Keys of the native format whose tables are elements, and of whose ends or node they are drawn.
const ELEMENTS: [&str; 11] = [
    "node",
    "pipe",
    "short_pipe",
    "resistor",
    "valve",
    "check_valve",
    "control_valve",
    "compressor_station",
    "supply",
    "off_take",
    "leak",
];

/// The case as a collection of features, with what they cannot show in the member `linepack`.
pub(crate) fn write(case: &Case, name: &str) -> Written {
    let text = native::write(case);
    let mut notes = Vec::new();
    let mut members = match text.parse::<toml::Table>() {
        Ok(table) => table.into_iter().map(|(k, v)| (k, value(v))).collect(),
        Err(_) => Map::new(),
    };
    let places = places(case);
    let mut features = Vec::new();
    let mut unplaced = Vec::new();
    for kind in ELEMENTS {
        let Some(Value::Array(elements)) = members.remove(kind) else {
            continue;
        };
        for element in elements {
            features.push(feature(kind, element, &places, &mut unplaced));
        }
    }
    if !unplaced.is_empty() {
        notes.push(ImportNote {
            what: "without coordinates: a feature without geometry".to_owned(),
            count: unplaced.len(),
            elements: unplaced.into_iter().take(5).collect(),
        });
    }
    let collection = json!({
        "type": "FeatureCollection",
        "linepack": members,
        "features": features,
    });
    Written {
        files: vec![(format!("{name}.geojson"), format!("{collection:#}\n"))],
        notes,
    }
}

/// A value of TOML as one of JSON; dates are texts.
fn value(toml: toml::Value) -> Value {
    match toml {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(value).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(k, v)| (k, value(v))).collect())
        }
    }
}

fn places(case: &Case) -> HashMap<String, [f64; 2]> {
    let nodes = case.network.nodes.iter();
    nodes
        .filter_map(|n| Some((n.header.id.clone(), [n.x?, n.y?])))
        .collect()
}

fn feature(
    kind: &str,
    element: Value,
    places: &HashMap<String, [f64; 2]>,
    unplaced: &mut Vec<String>,
) -> Value {
    let Value::Object(mut properties) = element else {
        return Value::Null;
    };
    let geometry = geometry(&properties, places);
    if geometry.is_null() {
        let id = properties.get("id").and_then(Value::as_str);
        unplaced.push(id.unwrap_or_default().to_owned());
    }
    properties.insert("kind".to_owned(), json!(kind));
    json!({
        "type": "Feature",
        "geometry": geometry,
        "properties": properties,
    })
}

/// A point for what is at a node, a line for what joins two, along the route where there is one.
fn geometry(properties: &Map<String, Value>, places: &HashMap<String, [f64; 2]>) -> Value {
    let place = |key: &str| places.get(properties.get(key)?.as_str()?);
    if let Some(point) = place("id").or_else(|| place("node")) {
        return json!({ "type": "Point", "coordinates": point });
    }
    let route = properties.get("route").and_then(points);
    let ends = || Some(json!([place("from")?, place("to")?]));
    match route.or_else(ends) {
        Some(line) => json!({ "type": "LineString", "coordinates": line }),
        None => Value::Null,
    }
}

/// The points of a route, which are longitudes and latitudes already.
fn points(route: &Value) -> Option<Value> {
    let long_enough = route.as_array().is_some_and(|points| points.len() >= 2);
    long_enough.then(|| route.clone())
}
