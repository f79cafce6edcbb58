//! JSON with the place of every value, for the formats that are JSON.
//!
//! Strict but for one thing: the words NaN and Infinity, which programs in Python write, are read and
//! stand for nothing stated. Texts that are JSON themselves are taken apart in place where their
//! keys are known, with places in the outermost text.

use crate::codes;
use crate::import::Import;
use crate::sources::Span;
use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Most values of a text.
const VALUES_MAX: usize = 4_000_000;
/// Most texts within texts.
const NESTED_MAX: usize = 4;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Json {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(f64),
    Text(Box<str>),
    List(Vec<Json>),
    Object(Vec<(Box<str>, Json)>),
}

impl Json {
    /// The value of a key, unless it is null.
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        let members = self.members();
        let found = members.iter().find(|(k, _)| k.as_ref() == key);
        found.map(|(_, v)| v).filter(|v| v.kind != Kind::Null)
    }

    /// Keys and values of an object; none for anything else.
    pub(crate) fn members(&self) -> &[(Box<str>, Json)] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The values of a list.
    pub(crate) fn list(&self) -> Option<&[Json]> {
        match &self.kind {
            Kind::List(values) => Some(values),
            _ => None,
        }
    }

    /// A number.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }
}

/// Reads one of the texts of an import. Texts under the keys `nested` are taken apart too.
///
/// What is not JSON is reported.
pub(crate) fn parse(import: &mut Import, source: usize, nested: &[&str]) -> Option<Json> {
    let text = import.sources.text(source);
    let values = text.bytes().filter(|b| b",:[{".contains(b)).count();
    if values > VALUES_MAX {
        let message = format!("the text has {values} values; at most {VALUES_MAX} are read");
        import.error(codes::TOO_LARGE, Span::beginning(source), message);
        return None;
    }
    let level = Level {
        source,
        nested,
        depth: 0,
        place: &|at| at,
    };
    match level.parse(text) {
        Ok(json) => Some(json),
        Err((span, message)) => {
            import.error(codes::FOREIGN_SYNTAX, span, message);
            None
        }
    }
}

type Mistake = (Span, String);

/// A text, or a text within a text.
struct Level<'a> {
    source: usize,
    nested: &'a [&'a str],
    depth: usize,
    /// From an offset in this text to one in the outermost.
    place: &'a dyn Fn(usize) -> usize,
}

impl Level<'_> {
    fn span(&self, range: jsonc_parser::common::Range) -> Span {
        Span::new(
            self.source,
            (self.place)(range.start)..(self.place)(range.end),
        )
    }

    fn parse(&self, text: &str) -> Result<Json, Mistake> {
        let options = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: true,
            allow_extended_string_escapes: false,
        };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &options);
        let parsed = parsed.map_err(|e| {
            (
                self.span(e.range()),
                format!("this is not JSON: {}", e.kind()),
            )
        })?;
        let nothing = || {
            let beginning = (self.place)(0);
            let span = Span::new(self.source, beginning..beginning);
            (span, "the text is empty".to_owned())
        };
        self.value(parsed.value.ok_or_else(nothing)?, text)
    }

    fn value(&self, value: ast::Value<'_>, text: &str) -> Result<Json, Mistake> {
        use jsonc_parser::common::Ranged;
        let span = self.span(value.range());
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(lit) => Kind::Bool(lit.value),
            ast::Value::NumberLit(lit) => match lit.value.parse::<f64>() {
                Ok(number) if number.is_finite() => Kind::Number(number),
                _ => Kind::Null,
            },
            ast::Value::StringLit(lit) => Kind::Text(lit.value.into()),
            ast::Value::Array(array) => {
                let values = array.elements.into_iter();
                Kind::List(
                    values
                        .map(|v| self.value(v, text))
                        .collect::<Result<_, _>>()?,
                )
            }
            ast::Value::Object(object) => {
                let members = object.properties.into_iter();
                let members = members.map(|property| {
                    let key = key(property.name);
                    let value = self.member(&key, property.value, text)?;
                    Ok((key, value))
                });
                Kind::Object(members.collect::<Result<_, _>>()?)
            }
        };
        Ok(Json { kind, span })
    }

    /// The value of a key, taken apart where it is a text that is JSON.
    fn member(&self, key: &str, value: ast::Value<'_>, text: &str) -> Result<Json, Mistake> {
        let inner = match &value {
            ast::Value::StringLit(lit) if self.nested.contains(&key) => lit,
            _ => return self.value(value, text),
        };
        if self.depth == NESTED_MAX {
            let message = format!("more than {NESTED_MAX} texts within texts are not read");
            return Err((self.span(inner.range), message));
        }
        let begin = inner.range.start + 1;
        let jumps = jumps(text.get(begin..inner.range.end).unwrap_or(""));
        let place = |at: usize| {
            let before = jumps.partition_point(|(decoded, _)| *decoded <= at);
            let (decoded, raw) = before.checked_sub(1).map_or((0, 0), |i| jumps[i]);
            (self.place)(begin + raw + (at - decoded))
        };
        let level = Level {
            depth: self.depth + 1,
            place: &place,
            ..*self
        };
        level.parse(&inner.value)
    }
}

fn key(name: ObjectPropName<'_>) -> Box<str> {
    match name {
        ObjectPropName::String(lit) => lit.value.into(),
        ObjectPropName::Word(lit) => lit.value.into(),
    }
}

/// After each escape of a text: the offset in the text that it stands for, and in the text itself.
fn jumps(raw: &str) -> Vec<(usize, usize)> {
    let (mut jumps, mut decoded, mut at) = (Vec::new(), 0, 0);
    while let Some(step) = raw[at..].find('\\') {
        decoded += step;
        at += step;
        let (length, stands_for) = escape(&raw[at..]);
        decoded += stands_for;
        at += length;
        jumps.push((decoded, at));
    }
    jumps
}

/// Length in bytes of the escape that a text begins with, and of what it stands for.
fn escape(raw: &str) -> (usize, usize) {
    let unit = |at: usize| {
        raw.get(at..at + 4)
            .and_then(|h| u16::from_str_radix(h, 16).ok())
    };
    if raw.as_bytes().get(1) != Some(&b'u') {
        let next = raw[1..].chars().next();
        return (1 + next.map_or(0, char::len_utf8), 1);
    }
    match unit(2) {
        Some(0xD800..=0xDBFF) if raw.get(6..8) == Some("\\u") && unit(8).is_some() => (12, 4),
        Some(0..=0x7F) => (6, 1),
        Some(0..=0x7FF) => (6, 2),
        Some(_) => (6, 3),
        None => (2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Json> {
        let mut import = Import::default();
        let source = import.sources.add("x.json", text.to_owned());
        parse(&mut import, source, &["_object"])
    }

    #[test]
    fn texts_within_texts_keep_their_places() {
        let text = r#"{"a": {"_object": "{\"x\": \"\u00e9\", \"y\": [1, 2.5, NaN]}"}}"#;
        let json = read(text).unwrap();
        let y = json
            .get("a")
            .and_then(|a| a.get("_object")?.get("y"))
            .unwrap();
        let second = &y.list().unwrap()[1];
        assert_eq!(second.number(), Some(2.5));
        assert_eq!(&text[second.span.range()], "2.5");
        assert_eq!(y.list().unwrap()[2].kind, Kind::Null);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{'a': 1}",
            "// c\n1",
            "{\"_object\": \"{\"}",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_none());
    }
}
