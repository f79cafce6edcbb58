//! Features that this program wrote: elements with their native keys.

use crate::codes;
use crate::import::Import;
use crate::json::{Json, Kind};
use crate::sources::Span;
use crate::{Selection, native};
use linepack_network::Case;
use std::fmt::Write;

/// The case: its elements from the features, and the rest.
pub(super) fn read(import: &mut Import, features: &[Json], rest: &Json, id: &str) -> Option<Case> {
    let mut text = String::new();
    for (key, value) in rest.members() {
        table(&mut text, key, value);
    }
    for feature in features {
        let Some(properties) = feature.get("properties").filter(|p| p.is_object()) else {
            continue;
        };
        let Some(kind) = properties.get("kind").and_then(Json::text) else {
            let message = "a feature does not say its `kind`";
            import.error(codes::FOREIGN_CONTENT, feature.span, message);
            continue;
        };
        let _ = writeln!(text, "[[{}]]", quoted(kind));
        let members = properties
            .members()
            .iter()
            .filter(|(k, _)| k.as_ref() != "kind");
        for (key, value) in members {
            let _ = writeln!(text, "{} = {}", quoted(key), toml(value));
        }
    }
    match native::read_str(id, &text, &Selection::default()) {
        Ok(loaded) => Some(loaded.case),
        Err(diagnostics) => {
            let span = features.first().map_or(rest.span, |f| f.span);
            for found in diagnostics {
                let place = place(features, found.element.as_deref()).unwrap_or(span);
                match found.severity {
                    crate::Severity::Error => import.error(found.code, place, found.message),
                    crate::Severity::Warning => import.warning(found.code, place, found.message),
                }
            }
            None
        }
    }
}

/// The place of an element by its identifier; in the order of problems found, which are few.
fn place(features: &[Json], id: Option<&str>) -> Option<Span> {
    let id = id?;
    let of = |f: &&Json| f.get("properties").and_then(|p| p.get("id")?.text()) == Some(id);
    features.iter().find(of).map(|f| f.span)
}

/// A table, or a list of tables, at the top.
fn table(text: &mut String, key: &str, value: &Json) {
    let tables = match &value.kind {
        Kind::List(values) => values.iter().map(|v| ("[[", v, "]]")).collect(),
        _ => vec![("[", value, "]")],
    };
    for (open, value, close) in tables {
        let _ = writeln!(text, "{open}{}{close}", quoted(key));
        for (key, value) in value.members() {
            let _ = writeln!(text, "{} = {}", quoted(key), toml(value));
        }
    }
}

/// A value as TOML.
fn toml(value: &Json) -> String {
    let all = |values: Vec<String>, open: &str, close: &str| {
        format!("{open}{}{close}", values.join(", "))
    };
    match &value.kind {
        Kind::Null => "\"\"".to_owned(),
        Kind::Bool(flag) => flag.to_string(),
        Kind::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => format!("{}", *n as i64),
        Kind::Number(n) => format!("{n:?}"),
        Kind::Text(text) => quoted(text),
        Kind::List(values) => all(values.iter().map(toml).collect(), "[", "]"),
        Kind::Object(members) => {
            let members = members.iter();
            let members = members.map(|(k, v)| format!("{} = {}", quoted(k), toml(v)));
            all(members.collect(), "{", "}")
        }
    }
}

/// A text in quotes, as TOML and JSON both have it.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned())
        .to_string()
        .replace('\u{7f}', "\\u007f")
}
