//! The JSON Schema of a case file, from the tables of the schema.

use super::schema::{Field, Kind, Need, Rule, Schema, is_single, sections};
use serde_json::{Map, Value, json};

/// The JSON Schema of `case.toml`, for editors and other programs.
///
/// It describes the shape: keys, kinds of values, words, and the form of a quantity (a number and
/// a unit). Which units fit, and everything about the network, is for [`crate::read`] to say.
pub fn schema() -> Value {
    let sections: Vec<_> = sections().map(|s| (s, !is_single(s))).collect();
    of_sections(
        "linepack case",
        "A gas network, what is asked of it, and how to solve it.",
        "case",
        &["case", "settings", "gas"],
        &sections,
    )
}

/// The JSON Schema of a file with these tables; the second says whether one stands any number of times.
pub(super) fn of_sections(
    title: &str,
    description: &str,
    file: &str,
    required: &[&str],
    sections: &[(&'static Schema, bool)],
) -> Value {
    let properties = sections
        .iter()
        .map(|(s, many)| (s.key.to_owned(), section(s, *many)))
        .collect::<Map<_, _>>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("https://linepack.example/schema/{file}.schema.json"),
        "title": title,
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

fn section(schema: &'static Schema, many: bool) -> Value {
    if !many {
        return table(schema);
    }
    json!({ "description": schema.doc, "type": "array", "items": table(schema) })
}

fn table(schema: &'static Schema) -> Value {
    let properties = schema.fields().map(|f| (f.key.to_owned(), property(f)));
    let required = schema.fields().filter(|f| matches!(f.need, Need::Required));
    let mut object = json!({
        "description": schema.doc,
        "type": "object",
        "additionalProperties": schema.has_other_spellings(),
        "properties": properties.collect::<Map<_, _>>(),
    });
    let required = required.map(|f| f.key).collect::<Vec<_>>();
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    let rules = schema.rules.iter().filter_map(rule).collect::<Vec<_>>();
    if !rules.is_empty() {
        object["allOf"] = json!(rules);
    }
    object
}

fn property(field: &'static Field) -> Value {
    let mut value = kind(&field.kind);
    let doc = match field.need {
        Need::Default(text) if !text.is_empty() => format!("{} Default: {text}.", field.doc),
        Need::Assumed(text) => format!("{} Assumed with a warning: {text}.", field.doc),
        _ => field.doc.to_owned(),
    };
    value["description"] = json!(doc);
    value
}

/// A number and, behind it, a unit.
const QUANTITY: &str = r"^\s*[+-]?(\d|\.\d).*[^\d\s.].*$";

fn kind(kind: &'static Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Identifier | Kind::Reference(_) => json!({ "type": "string", "minLength": 1 }),
        Kind::Number { min, max } => bounded("number", *min, *max),
        Kind::Integer { min, max } => bounded("integer", *min as f64, *max as f64),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Kind::Quantity(dimension) => {
            let examples = dimension
                .examples()
                .split(", ")
                .map(|e| e.trim_matches('`'));
            json!({ "type": "string", "pattern": QUANTITY, "examples": examples.collect::<Vec<_>>() })
        }
        Kind::Flow => json!({
            "type": "string",
            "pattern": QUANTITY,
            "examples": ["7.4 MSm3/d", "120 kg/s", "750 MMscfd", "250 GWh/d"],
        }),
        Kind::Amount => json!({ "type": ["number", "string"], "examples": [1.1, "2 bar"] }),
        Kind::Coordinate => json!({ "type": ["string", "number"], "examples": ["52.607 deg"] }),
        Kind::Choice(choices) => json!({
            "oneOf": choices.iter().map(|c| json!({ "const": c.name, "description": c.doc })).collect::<Vec<_>>(),
        }),
        Kind::List(item) => json!({ "type": "array", "items": self::kind(item) }),
        Kind::Table(schema) => table(schema),
        Kind::Either(first, second) => json!({ "anyOf": [self::kind(first), self::kind(second)] }),
        Kind::Sources => json!({
            "type": ["string", "object"],
            "additionalProperties": { "type": "string" },
        }),
        Kind::Assignments => json!({ "type": "object" }),
    }
}

fn bounded(kind: &str, min: f64, max: f64) -> Value {
    let mut value = json!({ "type": kind });
    for (key, bound) in [("minimum", min), ("maximum", max)] {
        if bound.is_finite() {
            value[key] = json!(bound);
        }
    }
    value
}

/// The rules that JSON Schema can say; the others are for the reader.
fn rule(rule: &'static Rule) -> Option<Value> {
    let required = |keys: &[&str]| {
        keys.iter()
            .map(|k| json!({ "required": [k] }))
            .collect::<Vec<_>>()
    };
    match rule {
        Rule::One(keys) => Some(json!({ "oneOf": required(keys) })),
        Rule::Together(a, b) => Some(json!({ "dependentRequired": { *a: [b], *b: [a] } })),
        Rule::Needs(a, b) => Some(json!({ "dependentRequired": { *a: [b] } })),
        Rule::Count(key, count) => {
            let length = json!({ "minItems": count, "maxItems": count });
            Some(json!({ "properties": { *key: length } }))
        }
        Rule::Each(key, count) => {
            let length = json!({ "items": { "minItems": count, "maxItems": count } });
            Some(json!({ "properties": { *key: length } }))
        }
        _ => None,
    }
}
