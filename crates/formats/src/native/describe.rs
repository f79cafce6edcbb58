//! Kinds of values in words.

use super::schema::Kind;

/// What a value of a kind is, for "expected ...".
pub(super) fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text in quotes".into(),
        Kind::Identifier => "an identifier in quotes".into(),
        Kind::Reference(what) => format!("the name of a {what}, in quotes"),
        Kind::Number { min, max } if max.is_infinite() && min.is_infinite() => "a number".into(),
        Kind::Number { min, max } if max.is_infinite() => format!("a number not below {min}"),
        Kind::Number { min, max } => format!("a number from {min} to {max}"),
        Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
        Kind::Boolean => "true or false".into(),
        Kind::Date => "a date such as \"2026-01-01\"".into(),
        Kind::Timestamp => "an instant such as \"2026-01-01T05:00:00Z\"".into(),
        Kind::Quantity(dimension) => {
            format!("{} such as {}", dimension.name(), dimension.examples())
        }
        Kind::Flow => "a flow such as \"7.4 MSm3/d\"".into(),
        Kind::Amount => "a number, or a quantity such as \"2 bar\"".into(),
        Kind::Coordinate => "an angle such as \"52.6 deg\", or a number".into(),
        Kind::Choice(choices) => quoted(choices.iter().map(|c| c.name), "or"),
        Kind::List(item) => format!("a list of which each is {}", describe(item)),
        Kind::Table(schema) => format!(
            "a table with {}",
            list(schema.fields().map(|f| f.key), "and")
        ),
        Kind::Either(first, second) => format!("{}, or {}", describe(first), describe(second)),
        Kind::Sources => "text, or a table of texts by key".into(),
        Kind::Assignments => "a table such as { \"cs-2.state\" = \"running\" }".into(),
    }
}

/// `` `a`, `b` and `c` ``.
pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    joined(words.map(|w| format!("`{w}`")).collect(), last)
}

pub(super) fn quoted<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    joined(words.map(|w| format!("\"{w}\"")).collect(), last)
}

fn joined(mut words: Vec<String>, last: &str) -> String {
    match (words.pop(), words.len()) {
        (Some(word), 0) => word,
        (Some(word), _) => format!("{} {last} {word}", words.join(", ")),
        (None, _) => String::new(),
    }
}
