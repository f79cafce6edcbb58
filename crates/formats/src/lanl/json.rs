//! JSON with the places of its values, by the letter of RFC 8259.

use crate::codes;
use crate::import::Import;
use crate::report::Problem;
use crate::sources::Span;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Most values of a file; a value takes up to two hundred bytes in memory.
const VALUES_MAX: usize = 2_000_000;

/// The text of a file as a tree; what is not JSON, or not an object, is reported.
pub(super) fn parse<'t>(import: &mut Import, source: usize, text: &'t str) -> Option<Object<'t>> {
    let separators = text.bytes().filter(|b| b",:[{".contains(b)).count();
    if separators > VALUES_MAX {
        let message = format!("the file has more than {VALUES_MAX} values");
        import.error(codes::TOO_LARGE, Span::beginning(source), message);
        return None;
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => match parsed.value {
            Some(Value::Object(object)) => Some(object),
            _ => {
                let span = Span::beginning(source);
                import.error(codes::FOREIGN_SYNTAX, span, "the file is not a JSON object");
                None
            }
        },
        Err(error) => {
            let range = error.range();
            let span = Span::new(source, range.start..range.end.max(range.start));
            import.error(codes::FOREIGN_SYNTAX, span, error.kind().to_string());
            None
        }
    }
}

/// An object of a file, for people "pipe 7".
#[derive(Clone, Copy)]
pub(super) struct Entry<'o, 't> {
    pub(super) source: usize,
    pub(super) name: &'o str,
    pub(super) object: &'o Object<'t>,
}

/// A value of a file.
#[derive(Clone, Copy)]
pub(super) struct Item<'o, 't> {
    pub(super) source: usize,
    pub(super) value: &'o Value<'t>,
}

impl<'o, 't> Item<'o, 't> {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        let range = self.value.range();
        Span::new(self.source, range.start..range.end)
    }

    /// Its number, finite; anything else is reported as `what` being none.
    pub(super) fn number(&self, import: &mut Import, what: &str) -> Option<f64> {
        let number = match self.value {
            Value::NumberLit(number) => number.value.parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|n| n.is_finite());
        if number.is_none() {
            let message = format!("{what} is not a number");
            let problem = Problem::error(codes::FOREIGN_CONTENT, self.span(), message);
            import.report.add(problem.label("expected a number"));
        }
        number
    }

    /// Its numbers: one, or a list of them.
    pub(super) fn numbers(&self, import: &mut Import, what: &str) -> Option<Vec<f64>> {
        let Value::Array(list) = self.value else {
            return Some(vec![self.number(import, what)?]);
        };
        let source = self.source;
        let each = list.elements.iter().map(|value| Item { source, value });
        each.map(|item| item.number(import, what)).collect()
    }

    /// Its object, if it is one.
    pub(super) fn object(&self) -> Option<&'o Object<'t>> {
        self.value.as_object()
    }
}

impl<'o, 't> Entry<'o, 't> {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        let range = self.object.range;
        Span::new(self.source, range.start..range.end)
    }

    /// A value by the first of several keys that is there.
    pub(super) fn item(&self, keys: &[&str]) -> Option<Item<'o, 't>> {
        let property = keys.iter().find_map(|key| self.object.get(key))?;
        Some(Item {
            source: self.source,
            value: &property.value,
        })
    }

    /// A number that may be missing.
    pub(super) fn number(&self, import: &mut Import, keys: &[&str]) -> Option<f64> {
        let what = format!("`{}` of {}", keys[0], self.name);
        self.item(keys)?.number(import, &what)
    }

    /// A number that may not be missing.
    pub(super) fn required(&self, import: &mut Import, keys: &[&str]) -> Option<f64> {
        if self.item(keys).is_none() {
            let message = format!("`{}` of {} is missing", keys[0], self.name);
            import.error(codes::FOREIGN_CONTENT, self.span(), message);
        }
        self.number(import, keys)
    }

    /// A text that may be missing, or be empty.
    pub(super) fn text(&self, keys: &[&str]) -> Option<String> {
        let text = self.item(keys)?.value.as_string_lit()?.value.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The members, as items; a key that stands twice is reported.
    pub(super) fn members(&self, import: &mut Import) -> Vec<(&'o str, Item<'o, 't>)> {
        let mut seen = std::collections::HashSet::new();
        let mut members = Vec::with_capacity(self.object.properties.len());
        for property in &self.object.properties {
            let key = property.name.as_str();
            let item = Item {
                source: self.source,
                value: &property.value,
            };
            if seen.insert(key) {
                members.push((key, item));
            } else {
                let message = format!("`{}` stands twice in {}", shown(key), self.name);
                import.error(codes::FOREIGN_CONTENT, item.span(), message);
            }
        }
        members
    }
}

/// A whole number as text, from a key or a value.
pub(super) fn whole(text: &str) -> Option<String> {
    let number = text.parse::<i64>().ok().or_else(|| {
        let number = text.parse::<f64>().ok()?;
        (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
    });
    number.map(|n| n.to_string())
}

/// The first characters of a text from a file.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
