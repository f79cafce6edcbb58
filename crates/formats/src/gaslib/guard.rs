//! Refuses XML that would take long to parse, before it is parsed.
//!
//! The parser compares the attributes of an element with each other and copies the namespaces of an
//! element from the one around it, so both are limited here, and so are depth and size. Document
//! types, with which entities could be defined, are refused.

/// Deepest nesting of elements; the library's files have 7.
const DEPTH_MAX: usize = 64;
/// Most attributes of one element.
const ATTRIBUTES_MAX: usize = 256;
/// Most attributes of a file.
const ALL_ATTRIBUTES_MAX: usize = 3_000_000;
/// Most declarations of namespaces.
const NAMESPACES_MAX: usize = 64;

/// Where the text breaks a limit, and which.
pub(super) fn check(text: &str) -> Result<(), (usize, String)> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(open) = text[at..].find('<') {
        at += open;
        at = scan.markup(text, at)?;
    }
    Ok(())
}

#[derive(Default)]
struct Scan {
    depth: usize,
    attributes: usize,
    namespaces: usize,
}

impl Scan {
    /// Passes what begins with `<` at `at`, and gives where it ends.
    fn markup(&mut self, text: &str, at: usize) -> Result<usize, (usize, String)> {
        let rest = &text[at..];
        let after = |start: &str, end: &str| {
            let body = rest.strip_prefix(start)?;
            let length = body.find(end).map_or(body.len(), |i| i + end.len());
            Some(at + start.len() + length)
        };
        if let Some(end) = after("<!--", "-->").or_else(|| after("<![CDATA[", "]]>")) {
            return Ok(end);
        }
        if let Some(end) = after("<?", "?>") {
            return Ok(end);
        }
        if rest.starts_with("<!") {
            return Err((at, "a document type is not read".to_owned()));
        }
        if let Some(end) = after("</", ">") {
            self.depth = self.depth.saturating_sub(1);
            return Ok(end);
        }
        self.tag(rest)
            .map(|length| at + length)
            .map_err(|why| (at, why))
    }

    /// The length of a start tag.
    fn tag(&mut self, rest: &str) -> Result<usize, String> {
        let bytes = rest.as_bytes();
        let (mut quote, mut attributes, mut word) = (None, 0, 1);
        let mut end = bytes.len();
        for (i, &byte) in bytes.iter().enumerate().skip(1) {
            match (quote, byte) {
                (Some(q), b) if q == b => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => {
                    attributes += 1;
                    self.namespaces += usize::from(rest[word..].starts_with("xmlns"));
                }
                (None, b' ' | b'\t' | b'\r' | b'\n') => word = i + 1,
                (None, b'>') => {
                    end = i + 1;
                    break;
                }
                (None, _) => {}
            }
        }
        self.attributes += attributes;
        self.depth += usize::from(end < 2 || bytes[end - 2] != b'/');
        self.limits(attributes).map(|()| end)
    }

    fn limits(&self, attributes: usize) -> Result<(), String> {
        let limits = [
            (attributes, ATTRIBUTES_MAX, "attributes of one element"),
            (self.attributes, ALL_ATTRIBUTES_MAX, "attributes"),
            (
                self.namespaces,
                NAMESPACES_MAX,
                "declarations of namespaces",
            ),
            (self.depth, DEPTH_MAX, "elements within each other"),
        ];
        match limits.into_iter().find(|(count, max, _)| count > max) {
            Some((_, max, what)) => Err(format!("more than {max} {what} are not read")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    fn refused(text: &str) -> bool {
        check(text).is_err()
    }

    #[test]
    fn an_ordinary_file_passes() {
        let text = "<?xml version=\"1.0\"?><!-- a < b --><a x='1>2'><b y=\"=\"/>text</a>";
        assert!(!refused(text));
        let deep = "<a>".repeat(60) + &"</a>".repeat(60);
        assert!(!refused(&deep.repeat(100)));
    }

    #[test]
    fn what_would_take_long_is_refused() {
        assert!(refused("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"));
        assert!(refused(&"<a>".repeat(65)));
        let many: String = (0..300).map(|i| format!(" a{i}=''")).collect();
        assert!(refused(&format!("<a{many}/>")));
        let names: String = (0..70).map(|i| format!("<a xmlns:n{i}='u{i}'/>")).collect();
        assert!(refused(&format!("<b>{names}</b>")));
    }

    #[test]
    fn what_is_cut_off_ends() {
        for text in ["<", "<a", "<a b='", "<!--", "<![CDATA[", "<?", "</", "<é"] {
            assert!(check(text).is_ok(), "{text}");
        }
    }
}
