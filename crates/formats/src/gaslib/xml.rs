//! Elements, attributes and values of the library's XML, with their places.
//!
//! Names are matched by namespace and never by prefix. As some files bind a prefix to the namespace
//! of another schema of the library, and no name means two things at one place, an element belongs
//! when its namespace is any of the library's.

use super::guard;
use super::units::{MASS_FLOW, NORM_FLOW, NUMBER, Quantity};
use crate::codes;
use crate::import::{ELEMENTS_MAX, Import};
use crate::report::Problem;
use crate::sources::Span;
use linepack_network::{Hints, nearest};
use linepack_units::{FlowRate, ReferenceConditions};
use roxmltree::{Attribute, Document, Node, ParsingOptions};

/// Namespaces of the library.
const OURS: [&str; 4] = [
    "http://gaslib.zib.de/Gas",
    "http://gaslib.zib.de/Framework",
    "http://gaslib.zib.de/CompressorStations",
    "http://gaslib.zib.de/CombinedDecisions",
];
/// Most nodes (elements, texts, comments) of a file.
const NODES_MAX: u32 = 4_000_000;

/// Reads a file whose root is `root`.
pub(super) fn open<R>(
    import: &mut Import,
    source: usize,
    root: &'static str,
    read: impl FnOnce(&mut File<'_>, Node<'_, '_>) -> R,
) -> Option<R> {
    let text = import.sources.text(source).to_owned();
    if let Err((at, why)) = guard::check(&text) {
        let span = Span::new(source, at..(at + 1).min(text.len()));
        import.error(codes::FOREIGN_SYNTAX, span, why);
        return None;
    }
    let options = ParsingOptions {
        nodes_limit: NODES_MAX,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(&text, options) {
        Ok(document) => document,
        Err(error) => {
            let at = offset(&text, &error);
            let span = Span::new(source, at..at);
            import.error(
                codes::FOREIGN_SYNTAX,
                span,
                format!("this is no XML: {error}"),
            );
            return None;
        }
    };
    let mut file = File {
        import,
        source,
        text: &text,
        hints: Hints::default(),
    };
    let node = document.root_element();
    if !is(node, root) {
        let name = node.tag_name().name().to_owned();
        let problem = file.problem(node, format!("the file begins with <{name}>"));
        let label = format!("expected <{root}> in a namespace of http://gaslib.zib.de");
        file.import.report.add(problem.label(label));
        return None;
    }
    Some(read(&mut file, node))
}

/// Where a parser's error is, in bytes.
fn offset(text: &str, error: &roxmltree::Error) -> usize {
    use roxmltree::Error::{UnclosedRootNode, UnexpectedEndOfStream};
    if matches!(error, UnclosedRootNode | UnexpectedEndOfStream) {
        return text.trim_end().len();
    }
    let pos = error.pos();
    let line = text.split_inclusive('\n').take(pos.row as usize - 1);
    let start = line.map(str::len).sum::<usize>();
    let column = text[start..].char_indices().nth(pos.col as usize - 1);
    start + column.map_or(0, |(i, _)| i)
}

/// Whether a node is an element of the library with this name.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && ours(node)
}

fn ours(node: Node<'_, '_>) -> bool {
    node.tag_name()
        .namespace()
        .is_some_and(|uri| OURS.contains(&uri.trim_end_matches('/')))
}

/// `pipe "P-1"`.
pub(super) fn called(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    match node.attribute("id").or_else(|| node.attribute("confId")) {
        Some(id) => format!("{name} \"{id}\""),
        None => format!("<{name}>"),
    }
}

/// What a value belongs to, for messages: `length of pipe "P-1"`.
fn path(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    match node.parent_element() {
        Some(parent) => format!("{name} of {}", called(parent)),
        None => name.to_owned(),
    }
}

/// A file being read.
pub(super) struct File<'t> {
    pub(super) import: &'t mut Import,
    source: usize,
    text: &'t str,
    hints: Hints,
}

impl File<'_> {
    /// The beginning of an element's tag.
    pub(super) fn span(&self, node: Node<'_, '_>) -> Span {
        let start = node.range().start;
        let tag = self.text.get(start..).unwrap_or("");
        let ends = |c: char| c.is_whitespace() || c == '>' || c == '/';
        Span::new(
            self.source,
            start..start + tag.find(ends).unwrap_or(tag.len()),
        )
    }

    fn value_span(&self, attribute: Attribute<'_, '_>) -> Span {
        Span::new(self.source, attribute.range_value())
    }

    /// The children of an element, as long as there are not more errors than are listed and not more
    /// elements than are read.
    pub(super) fn children<'a, 'i>(
        &mut self,
        node: Node<'a, 'i>,
        mut read: impl FnMut(&mut Self, Node<'a, 'i>),
    ) {
        let children = node.children().filter(Node::is_element);
        for child in children.take(ELEMENTS_MAX + 1) {
            if self.import.report.is_full() {
                break;
            }
            read(self, child);
        }
    }

    /// An error at an element.
    pub(super) fn problem(&self, node: Node<'_, '_>, message: impl Into<String>) -> Problem {
        Problem::error(codes::FOREIGN_CONTENT, self.span(node), message)
    }

    /// Adds an error at an element.
    pub(super) fn error(&mut self, node: Node<'_, '_>, message: impl Into<String>) {
        let problem = self.problem(node, message);
        self.import.report.add(problem);
    }

    /// Notes an assumption about an element.
    pub(super) fn note(&mut self, what: &str, node: Node<'_, '_>) {
        self.import
            .note(what, Some(node.attribute("id").unwrap_or("")));
    }

    /// Warns of an element that the format does not have here.
    pub(super) fn unknown(&mut self, node: Node<'_, '_>, known: &[&str]) {
        let name = node.tag_name().name();
        let inside = node
            .parent_element()
            .map_or(String::new(), |p| format!(" in {}", called(p)));
        let hint = self.hints.nearest(name, known.iter().copied());
        let message = format!("<{name}> is not known{inside}");
        let problem = Problem::warning(codes::FOREIGN_UNKNOWN, self.span(node), message)
            .label("passed over")
            .help(hint.map(|h| format!("is <{h}> meant?")));
        self.import.report.add(problem);
    }

    /// Warns of attributes that are not among those known.
    pub(super) fn attributes(&mut self, node: Node<'_, '_>, known: &[&str]) {
        for attribute in node.attributes() {
            let name = attribute.name();
            if attribute.namespace().is_some() || known.contains(&name) {
                continue;
            }
            let hint = self.hints.nearest(name, known.iter().copied());
            let message = format!(
                "{} has an attribute `{name}`, which is not known",
                called(node)
            );
            let span = Span::new(self.source, attribute.range_qname());
            let problem = Problem::warning(codes::FOREIGN_UNKNOWN, span, message)
                .label("passed over")
                .help(hint.map(|h| format!("is `{h}` meant?")));
            self.import.report.add(problem);
        }
    }

    /// A text attribute that must be there.
    pub(super) fn text<'a>(&mut self, node: Node<'a, '_>, name: &str) -> Option<&'a str> {
        let found = node
            .attribute(name)
            .map(str::trim)
            .filter(|t| !t.is_empty());
        if found.is_none() {
            self.error(node, format!("{} has no `{name}`", called(node)));
        }
        found
    }

    /// An identifier: none of the characters that the native format refuses.
    pub(super) fn id<'a>(&mut self, node: Node<'a, '_>, name: &str) -> Option<&'a str> {
        let id = self.text(node, name)?;
        if id.contains(|c: char| c.is_control() || c == '"') {
            let message = format!(
                "`{name}` of <{}> has quotes or line breaks",
                node.tag_name().name()
            );
            self.error(node, message);
            return None;
        }
        Some(id)
    }

    /// `0`, `1`, `false` or `true`.
    pub(super) fn flag(&mut self, node: Node<'_, '_>, name: &str) -> Option<bool> {
        let attribute = node.attribute_node(name)?;
        match attribute.value().trim() {
            "0" | "false" => Some(false),
            "1" | "true" => Some(true),
            other => {
                let message = format!("`{name}` of {} is \"{other}\"", called(node));
                let problem =
                    Problem::error(codes::FOREIGN_CONTENT, self.value_span(attribute), message);
                self.import.report.add(problem.label("expected 0 or 1"));
                None
            }
        }
    }

    /// A number in an attribute.
    pub(super) fn number_in(&mut self, node: Node<'_, '_>, name: &str) -> Option<f64> {
        let attribute = node.attribute_node(name)?;
        let number = attribute.value().trim().parse::<f64>().ok();
        let number = number.filter(|n| n.is_finite());
        if number.is_none() {
            let message = format!("`{name}` of {} is no number", called(node));
            let problem =
                Problem::error(codes::FOREIGN_CONTENT, self.value_span(attribute), message);
            self.import.report.add(problem.label("expected a number"));
        }
        number
    }

    /// The number of a value element.
    fn value(&mut self, node: Node<'_, '_>) -> Option<f64> {
        if !node.has_attribute("value") {
            self.error(node, format!("{} has no `value`", path(node)));
            return None;
        }
        self.number_in(node, "value")
    }

    /// A quantity, in the unit that is kept.
    pub(super) fn quantity(&mut self, node: Node<'_, '_>, quantity: &Quantity) -> Option<f64> {
        self.attributes(node, &["value", "unit", "bound"]);
        self.quantity_of(node, quantity)
    }

    /// A quantity whose element has further attributes.
    pub(super) fn quantity_of(&mut self, node: Node<'_, '_>, quantity: &Quantity) -> Option<f64> {
        let value = self.value(node);
        let unit = match node.attribute_node("unit") {
            None => {
                self.no_unit(node, quantity);
                quantity.units.first()
            }
            Some(unit) => quantity.unit(unit.value().trim()).or_else(|| {
                self.wrong_unit(node, unit, quantity.name, quantity.names());
                None
            }),
        };
        Some(unit?.read(value?))
    }

    /// A plain number.
    pub(super) fn number(&mut self, node: Node<'_, '_>) -> Option<f64> {
        self.quantity(node, &NUMBER)
    }

    /// A flow: a volume at norm conditions, or a mass.
    pub(super) fn flow(&mut self, node: Node<'_, '_>) -> Option<FlowRate> {
        let volume = |m3_per_s| FlowRate::Volume {
            m3_per_s,
            reference: ReferenceConditions::NORMAL,
        };
        let unit = node.attribute("unit").map(str::trim);
        if unit.is_some_and(|u| MASS_FLOW.unit(u).is_some()) {
            return self.quantity(node, &MASS_FLOW).map(FlowRate::mass);
        }
        self.quantity(node, &NORM_FLOW).map(volume)
    }

    fn no_unit(&mut self, node: Node<'_, '_>, quantity: &Quantity) {
        let unit = quantity.units.first().map_or("", |u| u.name);
        if unit.is_empty() {
            return;
        }
        let name = node.tag_name().name();
        let what = format!("{name} without a unit: {unit}, the default of the format");
        let owner = node.parent_element().and_then(|p| p.attribute("id"));
        self.import.note(what, Some(owner.unwrap_or("")));
    }

    fn wrong_unit(
        &mut self,
        node: Node<'_, '_>,
        unit: Attribute<'_, '_>,
        what: &str,
        known: impl Iterator<Item = &'static str>,
    ) {
        let known: Vec<_> = known.filter(|n| !n.is_empty()).collect();
        let message = format!("the unit of {} is \"{}\"", path(node), unit.value());
        let help = match nearest(unit.value(), known.iter().copied()) {
            Some(near) => format!("is {near} meant?"),
            None => format!("the format knows {}", known.join(", ")),
        };
        let problem = Problem::error(codes::FOREIGN_CONTENT, self.value_span(unit), message);
        let label = format!("not a unit of {}", what.trim_start_matches("a "));
        self.import.report.add(problem.label(label).help(help));
    }
}

/// The children of an element by name, each of which may stand once.
pub(super) struct Fields<'a, 'i> {
    node: Node<'a, 'i>,
    list: Vec<Node<'a, 'i>>,
    asked: Vec<&'static str>,
}

impl<'a, 'i> Fields<'a, 'i> {
    /// The children of `node`.
    pub(super) fn of(node: Node<'a, 'i>) -> Self {
        Self {
            node,
            list: node.children().filter(Node::is_element).collect(),
            asked: Vec::new(),
        }
    }

    /// A child that may be there.
    pub(super) fn take(&mut self, file: &mut File<'_>, name: &'static str) -> Option<Node<'a, 'i>> {
        self.asked.push(name);
        let at = self.list.iter().position(|n| is(*n, name))?;
        let found = self.list.remove(at);
        if let Some(at) = self.list.iter().position(|n| is(*n, name)) {
            let second = self.list.remove(at);
            let message = format!("<{name}> stands twice in {}", called(self.node));
            file.error(second, message);
        }
        Some(found)
    }

    /// A child that must be there.
    pub(super) fn need(&mut self, file: &mut File<'_>, name: &'static str) -> Option<Node<'a, 'i>> {
        let found = self.take(file, name);
        if found.is_none() {
            file.error(self.node, format!("{} has no <{name}>", called(self.node)));
        }
        found
    }

    /// A quantity that may be there.
    pub(super) fn optional(
        &mut self,
        file: &mut File<'_>,
        name: &'static str,
        quantity: &Quantity,
    ) -> Option<f64> {
        let node = self.take(file, name)?;
        file.quantity(node, quantity)
    }

    /// A quantity that must be there; not a number after it has been reported as missing.
    pub(super) fn required(
        &mut self,
        file: &mut File<'_>,
        name: &'static str,
        quantity: &Quantity,
    ) -> f64 {
        let node = self.need(file, name);
        let value = node.and_then(|n| file.quantity(n, quantity));
        value.unwrap_or(f64::NAN)
    }

    /// A child that is known and has no counterpart: it is noted.
    pub(super) fn unused(&mut self, file: &mut File<'_>, name: &'static str) {
        if self.take(file, name).is_some() {
            file.note(&format!("{name} is not used"), self.node);
        }
    }

    /// Warns of the children that nobody asked for.
    pub(super) fn done(self, file: &mut File<'_>) {
        for node in &self.list {
            file.unknown(*node, &self.asked);
        }
    }
}
