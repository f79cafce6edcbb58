//! Lists and dictionaries as Python writes them.

use crate::json::{Json, Kind};
use crate::sources::Span;

/// Deepest nesting.
const DEPTH_MAX: usize = 32;

/// The value of a text, with one place for all its parts; none when it is no literal.
pub(super) fn literal(text: &str, span: Span) -> Option<Json> {
    let mut reader = Reader { text, at: 0, span };
    let value = reader.value(0)?;
    reader.blanks();
    (reader.at == text.len()).then_some(value)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    span: Span,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, mark: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEPTH_MAX {
            return None;
        }
        self.blanks();
        let kind = match self.rest().chars().next()? {
            '[' => Kind::List(self.list(depth, '[', ']')?),
            '(' => Kind::List(self.list(depth, '(', ')')?),
            '{' => Kind::Object(self.dictionary(depth)?),
            quote @ ('\'' | '"') => Kind::Text(self.string(quote)?),
            _ => self.word()?,
        };
        Some(Json {
            kind,
            span: self.span,
        })
    }

    fn list(&mut self, depth: usize, open: char, close: char) -> Option<Vec<Json>> {
        self.take(open);
        let mut values = Vec::new();
        while !self.take(close) {
            values.push(self.value(depth + 1)?);
            if !self.take(',') {
                return self.take(close).then_some(values);
            }
        }
        Some(values)
    }

    fn dictionary(&mut self, depth: usize) -> Option<Vec<(Box<str>, Json)>> {
        self.take('{');
        let mut members = Vec::new();
        while !self.take('}') {
            self.blanks();
            let quote = self.rest().chars().next().filter(|c| "'\"".contains(*c))?;
            let key = self.string(quote)?;
            if !self.take(':') {
                return None;
            }
            members.push((key, self.value(depth + 1)?));
            if !self.take(',') {
                return self.take('}').then_some(members);
            }
        }
        Some(members)
    }

    fn string(&mut self, quote: char) -> Option<Box<str>> {
        self.at += 1;
        let (mut text, mut escaped) = (String::new(), false);
        for (offset, c) in self.rest().char_indices() {
            if escaped {
                text.push(match c {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                });
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == quote {
                self.at += offset + c.len_utf8();
                return Some(text.into());
            } else {
                text.push(c);
            }
        }
        None
    }

    fn word(&mut self) -> Option<Kind> {
        let end = self
            .rest()
            .find([',', ':', ']', ')', '}', ' ', '\t', '\n', '\r']);
        let end = end.unwrap_or(self.rest().len());
        let word = &self.text[self.at..self.at + end];
        let kind = match word {
            "None" | "nan" | "NaN" | "" => Kind::Null,
            "True" => Kind::Bool(true),
            "False" => Kind::Bool(false),
            number => match number.parse::<f64>() {
                Ok(value) if value.is_finite() => Kind::Number(value),
                Ok(_) => Kind::Null,
                Err(_) => return None,
            },
        };
        self.at += end;
        (end > 0).then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Json> {
        literal(text, Span::beginning(0))
    }

    #[test]
    fn literals() {
        let json = read(r#" {'a': [1, -2.5e3, None], "b": 'it\'s', 'c': {'d': True}, } "#).unwrap();
        let numbers = json.get("a").unwrap().list().unwrap();
        assert_eq!(numbers[1].number(), Some(-2500.0));
        assert_eq!(numbers[2].kind, Kind::Null);
        assert_eq!(json.get("b").unwrap().text(), Some("it's"));
        assert_eq!(
            json.get("c").unwrap().get("d").unwrap().kind,
            Kind::Bool(true)
        );
        assert_eq!(read("(1, 2)").unwrap().list().map(<[_]>::len), Some(2));
    }

    #[test]
    fn what_is_no_literal() {
        for text in [
            "", "{", "{'a'}", "{'a': }", "[1 2]", "lambda", "'a", "[1]]", "{1: 2}",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_none());
    }
}
