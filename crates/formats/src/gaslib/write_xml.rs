//! Writing XML.

use super::units::Quantity;
use std::fmt::Write;

/// A document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins a document with its root.
    pub(super) fn new(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        let open = Vec::new();
        let mut xml = Self { text, open };
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element with text.
    pub(super) fn line(&mut self, name: &str, text: &str) {
        self.tag(name, &[]);
        self.text.push('>');
        escape(&mut self.text, text);
        let _ = writeln!(self.text, "</{name}>");
    }

    /// A plain number.
    pub(super) fn number(&mut self, name: &str, value: f64) {
        self.empty(name, &[("value", &digits(value))]);
    }

    /// A quantity that is kept in SI, in a unit of the format.
    pub(super) fn quantity(&mut self, name: &str, kept: f64, quantity: &Quantity, unit: &str) {
        let value = quantity.unit(unit).map_or(kept, |u| u.write(kept));
        self.empty(name, &[("unit", unit), ("value", &digits(value))]);
    }

    /// The text of the document.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            let _ = write!(self.text, " {key}=\"");
            escape(&mut self.text, value);
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

/// All digits of a number, with an exponent where there would be many zeros.
pub(super) fn digits(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e15).contains(&size) {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}

/// Text as it may stand in XML; characters that XML does not have are left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive() {
        let text = "a<b & \"c\"\t\n\r>d'";
        let mut xml = Xml::new("r", &[("t", text)]);
        xml.line("s", "x & y");
        let out = xml.finish();
        let document = roxmltree::Document::parse(&out).expect("XML");
        assert_eq!(document.root_element().attribute("t"), Some(text));
    }

    #[test]
    fn numbers_survive() {
        for value in [0.0, 1.0, 1e-7, 6.8119e-9, 1e300, 121.01325, -0.25] {
            assert_eq!(digits(value).parse::<f64>().ok(), Some(value));
        }
    }
}
