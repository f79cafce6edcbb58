//! The part of the MATLAB language that the format uses: a struct whose fields are numbers, texts,
//! matrices and cell arrays.
//!
//! A matrix row ends at a semicolon or at the end of its line. Cells are separated by blanks or
//! commas, text stands in single or double quotes. `%` begins a comment, `%{` and `%}` on lines of
//! their own enclose one, `...` continues a line. The comment above a matrix may name its columns.

use crate::codes;
use crate::import::Import;
use crate::sources::Span;

/// Most cells of all matrices of a file.
const CELLS_MAX: usize = 4_000_000;
/// Most rows of all matrices of a file.
const ROWS_MAX: usize = 500_000;
/// Most single values of a file.
const SCALARS_MAX: usize = 10_000;
/// Most columns that a comment may name.
const NAMES_MAX: usize = 4096;
/// Mistakes after which a text is no file of this kind.
const MISTAKES_MAX: usize = 1000;

/// What a file assigns, in its order.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The name after `function ... =`.
    pub(super) name: Option<Cell>,
    /// Single values.
    pub(super) scalars: Vec<Scalar>,
    /// Matrices and cell arrays.
    pub(super) tables: Vec<Table>,
}

/// `mgc.name = value`.
#[derive(Debug)]
pub(super) struct Scalar {
    /// The field, without the name of the struct.
    pub(super) field: String,
    /// Its value.
    pub(super) value: Cell,
}

/// `mgc.name = [ ... ]`.
#[derive(Debug)]
pub(super) struct Table {
    /// The field, without the name of the struct.
    pub(super) field: String,
    /// Where the assignment stands.
    pub(super) span: Span,
    /// The columns that the comment above names.
    pub(super) header: Option<Header>,
    cells: Vec<Cell>,
    /// Where each row ends among the cells.
    ends: Vec<usize>,
}

/// Names of columns.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// The names, in order.
    pub(super) names: Vec<String>,
    /// Whether `%column_names%` introduces them.
    pub(super) declared: bool,
    /// Where they stand.
    pub(super) span: Span,
}

/// A value of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// Where it stands, quotes included.
    pub(super) span: Span,
    /// Whether it is in quotes.
    pub(super) quoted: bool,
}

impl Table {
    /// The rows.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[Cell]> {
        self.ends.iter().enumerate().map(|(i, &end)| {
            let start = if i == 0 { 0 } else { self.ends[i - 1] };
            &self.cells[start..end]
        })
    }

    /// Cells of the longest row.
    pub(super) fn width(&self) -> usize {
        self.rows().map(<[Cell]>::len).max().unwrap_or(0)
    }
}

impl Cell {
    /// Its text without quotes; doubled quotes are single ones.
    pub(super) fn text(self, import: &Import) -> String {
        let text = import.sources.slice(self.span);
        let quote = text.chars().next().filter(|_| self.quoted);
        let Some(quote) = quote else {
            return text.to_owned();
        };
        // A string that the file does not close ends with its line.
        let inner = &text[quote.len_utf8()..];
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        inner.replace(
            [quote; 2].iter().collect::<String>().as_str(),
            quote.encode_utf8(&mut [0; 4]),
        )
    }

    /// Its number; none when it is not one.
    pub(super) fn number(self, import: &Import) -> Option<f64> {
        let text = import.sources.slice(self.span);
        match text.trim_start_matches(['+', '-']) {
            "Inf" | "inf" if text.starts_with('-') => Some(f64::NEG_INFINITY),
            "Inf" | "inf" => Some(f64::INFINITY),
            "NaN" | "nan" => Some(f64::NAN),
            digits if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
                text.parse().ok()
            }
            _ => None,
        }
    }
}

/// Reads a text that `import` holds; what is not understood is reported, and passed over.
pub(super) fn parse(import: &mut Import, source: usize) -> Document {
    let text = import.sources.text(source).to_owned();
    let mut parser = Parser {
        import,
        source,
        text: &text,
        at: 0,
        comment: None,
        cells: 0,
        rows: 0,
        mistakes: 0,
        document: Document::default(),
    };
    while parser.statement() {}
    parser.document
}

struct Parser<'p> {
    import: &'p mut Import,
    source: usize,
    text: &'p str,
    at: usize,
    /// The last line of comment, while nothing else has been seen since.
    comment: Option<std::ops::Range<usize>>,
    cells: usize,
    rows: usize,
    mistakes: usize,
    document: Document,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.source, start..self.at)
    }

    /// Reports a mistake; after too many the rest is not read.
    fn wrong(&mut self, start: usize, message: &str) {
        let span = self.span(start);
        self.import.error(codes::FOREIGN_SYNTAX, span, message);
        self.mistakes += 1;
        if self.mistakes >= MISTAKES_MAX {
            self.at = self.text.len();
        }
    }

    fn skip_while(&mut self, fits: fn(u8) -> bool) {
        while self.peek().is_some_and(fits) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        self.skip_while(|b| b != b'\n');
    }

    /// Reads the next statement; false at the end of the text.
    fn statement(&mut self) -> bool {
        self.skip_while(|b| b.is_ascii_whitespace() || b == b';' || b == b',');
        let start = self.at;
        match self.peek() {
            None => return false,
            Some(b'%') => self.comment_line(),
            Some(b) if b.is_ascii_alphabetic() || b == b'_' => {
                self.named_statement(start);
                self.comment = None;
            }
            Some(_) => {
                self.skip_line();
                self.wrong(start, "neither a comment nor an assignment");
                self.comment = None;
            }
        }
        true
    }

    fn comment_line(&mut self) {
        let start = self.at;
        self.skip_line();
        if self.text[start..self.at].trim_end() == "%{" {
            return self.block_comment(start);
        }
        self.comment = Some(start..self.at);
    }

    fn block_comment(&mut self, start: usize) {
        while self.at < self.text.len() {
            self.at += 1;
            let line = self.at;
            self.skip_line();
            if self.text[line..self.at].trim() == "%}" {
                return;
            }
        }
        self.at = start + 2;
        self.wrong(start, "this comment does not end");
        self.at = self.text.len();
    }

    fn name(&mut self) -> &str {
        let start = self.at;
        self.skip_while(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
        &self.text[start..self.at]
    }

    fn named_statement(&mut self, start: usize) {
        let name = self.name().to_owned();
        match name.as_str() {
            "function" => return self.function(),
            "end" | "return" | "endfunction" => return,
            _ => {}
        }
        self.blanks();
        if self.peek() != Some(b'=') {
            self.skip_line();
            return self.wrong(start, "an assignment needs `=`");
        }
        self.at += 1;
        self.blanks();
        let field = match name.split_once('.') {
            Some((_, field)) => field.to_owned(),
            None => name,
        };
        self.assignment(field, start);
    }

    fn blanks(&mut self) {
        self.skip_while(|b| b == b' ' || b == b'\t' || b == b'\r');
    }

    /// `function mgc = name`.
    fn function(&mut self) {
        let start = self.at;
        self.skip_while(|b| b != b'\n' && b != b'=' && b != b'%');
        if self.peek() != Some(b'=') {
            return self.wrong(start, "expected `function mgc = name`");
        }
        self.at += 1;
        self.blanks();
        self.document.name = self.value();
        self.skip_line();
    }

    fn assignment(&mut self, field: String, start: usize) {
        match self.peek() {
            Some(b'[') => self.table(field, start, b']'),
            Some(b'{') => self.table(field, start, b'}'),
            _ => match self.value() {
                Some(_) if self.document.scalars.len() >= SCALARS_MAX => {
                    let message = format!("the file has more than {SCALARS_MAX} single values");
                    let span = self.span(start);
                    self.import.error(codes::TOO_LARGE, span, message);
                    self.at = self.text.len();
                }
                Some(value) => {
                    self.document.scalars.push(Scalar { field, value });
                    self.rest_of_line();
                }
                None => self.wrong(start, "nothing is assigned"),
            },
        }
    }

    /// Nothing but a comment may follow a value on its line.
    fn rest_of_line(&mut self) {
        self.blanks();
        let start = self.at;
        match self.peek() {
            None | Some(b'\n' | b';' | b',' | b'%') => {}
            Some(_) => {
                self.skip_line();
                self.wrong(start, "more than one value");
            }
        }
    }

    /// One number or text, here.
    fn value(&mut self) -> Option<Cell> {
        let start = self.at;
        let quote = self.peek().filter(|b| matches!(b, b'\'' | b'"'));
        match quote {
            Some(quote) => self.quoted(quote),
            None => self.skip_while(|b| !b.is_ascii_whitespace() && !b";,%[]{}'\"".contains(&b)),
        }
        (self.at > start).then(|| Cell {
            span: self.span(start),
            quoted: quote.is_some(),
        })
    }

    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None | Some(b'\n') => return self.wrong(start, "this text does not end"),
                Some(b) if b == quote => {
                    self.at += 1;
                    if self.peek() != Some(quote) {
                        return;
                    }
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn table(&mut self, field: String, start: usize, close: u8) {
        let header = self.comment.take().and_then(|c| self.header(c));
        let mut table = Table {
            field,
            span: self.span(start),
            header,
            cells: Vec::new(),
            ends: Vec::new(),
        };
        self.at += 1;
        while self.table_part(&mut table, close) {}
        self.cells += table.cells.len();
        self.rows += table.ends.len();
        self.document.tables.push(table);
    }

    /// Reads a cell, a separator or the end; false after the end.
    fn table_part(&mut self, table: &mut Table, close: u8) -> bool {
        let start = self.at;
        match self.peek() {
            None => {
                self.at = table.span.range().end;
                self.wrong(table.span.range().start, "these brackets are not closed");
                self.at = self.text.len();
                end_row(table);
                return false;
            }
            Some(b) if b == close => {
                self.at += 1;
                end_row(table);
                return false;
            }
            Some(b'%') => self.skip_line(),
            Some(b'\n' | b';') => {
                self.at += 1;
                end_row(table);
            }
            Some(b) if b.is_ascii_whitespace() || b == b',' => self.at += 1,
            Some(_) if self.text[self.at..].starts_with("...") => {
                self.skip_line();
                self.at = (self.at + 1).min(self.text.len());
            }
            Some(_) => return self.cell(table, start),
        }
        true
    }

    fn cell(&mut self, table: &mut Table, start: usize) -> bool {
        let rows = self.rows + table.ends.len();
        if self.cells + table.cells.len() >= CELLS_MAX || rows >= ROWS_MAX {
            let span = self.span(start);
            let message =
                format!("the matrices have more than {CELLS_MAX} cells or {ROWS_MAX} rows");
            self.import.error(codes::TOO_LARGE, span, message);
            self.at = self.text.len();
            return false;
        }
        match self.value() {
            Some(cell) => table.cells.push(cell),
            None => {
                self.at += 1;
                self.wrong(start, "a bracket that does not belong here");
            }
        }
        true
    }

    /// The columns that a comment names: none when it says something else.
    fn header(&self, range: std::ops::Range<usize>) -> Option<Header> {
        let text = self.text[range.clone()].trim_start_matches('%');
        let (declared, names) = match text.strip_prefix("column_names%") {
            Some(names) => (true, names),
            None => (false, text),
        };
        let names = names
            .split([' ', '\t', ',', '\r'])
            .filter(|n| !n.is_empty());
        let names: Vec<String> = names.take(NAMES_MAX).map(str::to_owned).collect();
        (!names.is_empty()).then(|| Header {
            names,
            declared,
            span: Span::new(self.source, range),
        })
    }
}

/// Ends the row, if it has begun.
fn end_row(table: &mut Table) {
    if table.cells.len() > table.ends.last().copied().unwrap_or(0) {
        table.ends.push(table.cells.len());
    }
}
