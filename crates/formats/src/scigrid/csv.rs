//! Tables with semicolons, whose cells may stand in double quotes.

use crate::codes;
use crate::import::Import;
use crate::json::Json;
use crate::sources::Span;
use std::collections::HashMap;

/// A table.
#[derive(Debug)]
pub(super) struct Csv {
    columns: HashMap<String, usize>,
    rows: Vec<(Span, Vec<String>)>,
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Csv,
    at: usize,
}

impl Csv {
    /// The table of a text; rows with another number of cells than the heading are reported.
    pub(super) fn read(import: &mut Import, source: usize) -> Self {
        let text = import.sources.text(source).to_owned();
        let mut lines = lines(&text).into_iter();
        let heading = lines.next().map(|(_, cells)| cells).unwrap_or_default();
        let columns = heading.iter().enumerate();
        let columns = columns.map(|(i, c)| (c.trim().to_owned(), i)).collect();
        let mut rows = Vec::new();
        for (range, cells) in lines {
            let span = Span::new(source, range);
            if cells.len() == heading.len() {
                rows.push((span, cells));
            } else {
                let message = format!(
                    "the row has {} cells, the heading {}",
                    cells.len(),
                    heading.len()
                );
                import.error(codes::FOREIGN_SYNTAX, span, message);
            }
        }
        Self { columns, rows }
    }

    /// The rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|at| Row { table: self, at })
    }
}

impl<'t> Row<'t> {
    /// Its place.
    pub(super) fn span(&self) -> Span {
        self.table.rows[self.at].0
    }

    /// A cell that says something.
    pub(super) fn cell(&self, column: &str) -> Option<&'t str> {
        let at = *self.table.columns.get(column)?;
        let cell = self.table.rows[self.at].1.get(at)?.trim();
        (!cell.is_empty() && cell != "None").then_some(cell)
    }

    /// A number.
    pub(super) fn number(&self, column: &str) -> Option<f64> {
        self.cell(column)?
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
    }

    /// A list or dictionary; one that is none is reported.
    pub(super) fn literal(&self, import: &mut Import, column: &str) -> Option<Json> {
        let cell = self.cell(column)?;
        let read = super::literal::literal(cell, self.span());
        if read.is_none() {
            let message = format!("`{column}` is no list or dictionary");
            import.error(codes::FOREIGN_SYNTAX, self.span(), message);
        }
        read
    }
}

/// Lines that are not blank: their bytes, and their cells.
fn lines(text: &str) -> Vec<(std::ops::Range<usize>, Vec<String>)> {
    let (mut lines, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut start) = (false, 0);
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' if quoted && characters.peek().is_some_and(|(_, n)| *n == '"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ';' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                end(&mut lines, start..at, std::mem::take(&mut cells));
                start = at + 1;
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    cells.push(cell);
    end(&mut lines, start..text.len(), cells);
    lines
}

fn end(
    lines: &mut Vec<(std::ops::Range<usize>, Vec<String>)>,
    range: std::ops::Range<usize>,
    cells: Vec<String>,
) {
    if cells.iter().any(|c| !c.trim().is_empty()) {
        lines.push((range, cells));
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn cells_in_quotes() {
        let text = "a;b\r\n\"x;\"\"y\"\"\";2\n\n3;\"4\n5\"";
        let cells: Vec<_> = lines(text).into_iter().map(|(_, c)| c).collect();
        assert_eq!(cells, [["a", "b"], ["x;\"y\"", "2"], ["3", "4\n5"]]);
    }
}
