//! Rows of a block with their values by the name of the column.

use super::columns::{self, Block};
use super::matlab::{Cell, Document, Table};
use crate::codes;
use crate::import::Import;
use crate::report::Problem;
use crate::sources::Span;

/// A row of a block.
#[derive(Debug)]
pub(super) struct Row {
    /// Where it stands.
    pub(super) span: Span,
    /// `pipe 7`.
    pub(super) name: String,
    cells: Vec<(&'static str, Cell)>,
}

impl Row {
    fn cell(&self, column: &str) -> Option<Cell> {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.map(|(_, cell)| *cell)
    }

    /// The value of a column that may be missing.
    ///
    /// What is not a number is reported; NaN counts as missing.
    pub(super) fn number(&self, import: &mut Import, column: &'static str) -> Option<f64> {
        let cell = self.cell(column)?;
        match cell.number(import) {
            Some(number) => Some(number).filter(|n| !n.is_nan()),
            None => {
                let message = format!("`{column}` of {} is not a number", self.name);
                let problem = Problem::error(codes::FOREIGN_CONTENT, cell.span, message);
                import.report.add(problem.label("expected a number"));
                None
            }
        }
    }

    /// The value of a column that may not be missing, finite.
    pub(super) fn required(&self, import: &mut Import, column: &'static str) -> Option<f64> {
        if !self.has(column) {
            let message = format!("`{column}` of {} is missing", self.name);
            import.error(codes::FOREIGN_CONTENT, self.span, message);
            return None;
        }
        let number = self.number(import, column)?;
        if number.is_finite() {
            return Some(number);
        }
        let message = format!("`{column}` of {} is not finite", self.name);
        import.error(codes::FOREIGN_CONTENT, self.span_of(column), message);
        None
    }

    /// The text of a column, if it is stated and not empty.
    pub(super) fn text(&self, import: &Import, column: &str) -> Option<String> {
        let text = self.cell(column)?.text(import);
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }

    /// A whole number of a column that may not be missing, as text.
    pub(super) fn id(&self, import: &mut Import, column: &'static str) -> Option<String> {
        let Some(cell) = self.cell(column) else {
            let message = format!("`{column}` of {} is missing", self.name);
            import.error(codes::FOREIGN_CONTENT, self.span, message);
            return None;
        };
        let text = cell.text(import);
        let whole = text.trim().parse::<i64>().ok().or_else(|| {
            let number = text.trim().parse::<f64>().ok()?;
            (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
        });
        let Some(whole) = whole else {
            let message = format!("`{column}` of {} is not a whole number", self.name);
            import.error(codes::FOREIGN_CONTENT, cell.span, message);
            return None;
        };
        Some(whole.to_string())
    }

    /// Whether a column is stated.
    pub(super) fn has(&self, column: &str) -> bool {
        self.cell(column).is_some()
    }

    /// Where a column stands, or else the row.
    pub(super) fn span_of(&self, column: &str) -> Span {
        self.cell(column).map_or(self.span, |c| c.span)
    }
}

/// The rows of a block, extensions joined.
pub(super) fn rows(import: &mut Import, document: &Document, block: &Block) -> Vec<Row> {
    let mut rows = Vec::new();
    for table in document.tables.iter().filter(|t| t.field == block.field) {
        if !rows.is_empty() {
            let message = format!("`{}` is assigned a second time", block.field);
            import.error(codes::FOREIGN_CONTENT, table.span, message);
            continue;
        }
        rows = own_rows(import, table, block);
    }
    let extension = format!("{}_data", block.field);
    for table in document.tables.iter().filter(|t| t.field == extension) {
        extend(import, table, block, &mut rows);
    }
    rows
}

fn own_rows(import: &mut Import, table: &Table, block: &Block) -> Vec<Row> {
    let columns = own_columns(import, table, block);
    let mut rows = Vec::with_capacity(table.rows().len());
    for cells in table.rows() {
        let Some((first, last)) = cells.first().zip(cells.last()) else {
            continue;
        };
        let (source, start) = (first.span.source(), first.span.range().start);
        let row = Row {
            span: Span::new(source, start..last.span.range().end),
            name: format!("{} {}", block.field, shown(&first.text(import))),
            cells: named(&columns, cells),
        };
        rows.push(row);
    }
    rows
}

fn named(columns: &[Option<&'static str>], cells: &[Cell]) -> Vec<(&'static str, Cell)> {
    let pairs = columns.iter().zip(cells);
    pairs
        .filter_map(|(name, cell)| Some(((*name)?, *cell)))
        .collect()
}

/// The first characters of a text from a file.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What stands in each column: as the header says, or else in default order.
fn own_columns(import: &mut Import, table: &Table, block: &Block) -> Vec<Option<&'static str>> {
    let width = table.width();
    if let Some(header) = &table.header {
        if header.declared {
            return declared(import, table, block);
        }
        let names = header.names.iter().take(width);
        let known: Vec<_> = names.map(|n| block.column(n)).collect();
        if known.len() == width && distinct(&known) {
            return known;
        }
    }
    let plain = block.columns.iter().map(|c| Some(*c));
    let columns: Vec<_> = plain.chain(std::iter::repeat(None)).take(width).collect();
    if table.header.as_ref().is_some_and(|h| h.names[0] == "id") {
        let what = "the comment above the block names other columns than it has: they are read in default order";
        import.note(what, Some(&format!("mgc.{}", block.field)));
    }
    if width > block.columns.len() {
        let message = format!(
            "`mgc.{}` has {width} columns; the last {} are not used",
            block.field,
            width - block.columns.len()
        );
        import.warning(codes::FOREIGN_UNKNOWN, table.span, message);
    }
    columns
}

fn distinct(known: &[Option<&'static str>]) -> bool {
    let mut seen = std::collections::HashSet::new();
    known
        .iter()
        .all(|name| name.is_some_and(|n| seen.insert(n)))
}

/// The columns of a header with `%column_names%`.
fn declared(import: &mut Import, table: &Table, block: &Block) -> Vec<Option<&'static str>> {
    let Some(header) = &table.header else {
        return Vec::new();
    };
    if header.names.len() < table.width() {
        let message = format!(
            "`mgc.{}` has {} columns, and names of {}",
            table.field,
            table.width(),
            header.names.len()
        );
        import.error(codes::FOREIGN_CONTENT, header.span, message);
    }
    let mut columns: Vec<Option<&'static str>> = Vec::new();
    for name in header.names.iter().take(4096) {
        let known = block.column(name);
        match known {
            None => {
                let message = format!(
                    "column `{}` of `mgc.{}` is not used",
                    shown(name),
                    table.field
                );
                import.warning(codes::FOREIGN_UNKNOWN, header.span, message);
            }
            Some(_) if columns.contains(&known) => {
                let message = format!("column `{name}` of `mgc.{}` is named twice", table.field);
                import.error(codes::FOREIGN_CONTENT, header.span, message);
            }
            Some(_) => {}
        }
        columns.push(known);
    }
    columns
}

/// Joins an extension, whose rows are those of the block in the same order.
fn extend(import: &mut Import, table: &Table, block: &Block, rows: &mut [Row]) {
    if !table.header.as_ref().is_some_and(|h| h.declared) {
        let message = format!(
            "`mgc.{}` needs a line `%column_names% ...` above it",
            table.field
        );
        return import.error(codes::FOREIGN_CONTENT, table.span, message);
    }
    if table.rows().len() != rows.len() {
        let message = format!(
            "`mgc.{}` has {} rows, `mgc.{}` has {}",
            table.field,
            table.rows().len(),
            block.field,
            rows.len()
        );
        let columns = declared(import, table, block);
        let idle = columns.iter().all(|c| c.is_none_or(columns::is_left_out));
        return match idle {
            true => import.warning(codes::FOREIGN_CONTENT, table.span, message),
            false => import.error(codes::FOREIGN_CONTENT, table.span, message),
        };
    }
    let columns = declared(import, table, block);
    for (row, cells) in rows.iter_mut().zip(table.rows()) {
        for (name, cell) in named(&columns, cells) {
            if !row.has(name) {
                row.cells.push((name, cell));
            } else {
                let message = format!(
                    "`{name}` of {} stands in `mgc.{}` too",
                    row.name, block.field
                );
                import.error(codes::FOREIGN_CONTENT, cell.span, message);
            }
        }
    }
}
