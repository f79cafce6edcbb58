//! The tables of a net: pandas frames in split orientation.

use crate::codes;
use crate::import::Import;
use crate::json::{Json, Kind};
use crate::sources::Span;
use std::collections::HashMap;

/// A table.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Its key in the net.
    pub(super) name: &'a str,
    columns: HashMap<&'a str, usize>,
    index: Vec<Option<i64>>,
    rows: &'a [Json],
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a, 't> {
    table: &'t Table<'a>,
    at: usize,
}

/// The tables of a net by name.
pub(super) type Tables<'a> = HashMap<&'a str, Table<'a>>;

/// All tables of a net.
pub(super) fn tables<'a>(import: &mut Import, net: &'a Json) -> Tables<'a> {
    let frames = net.members().iter();
    let frames = frames.filter(|(_, v)| v.get("_class").and_then(Json::text) == Some("DataFrame"));
    let tables =
        frames.filter_map(|(name, frame)| Some((name.as_ref(), read(import, name, frame)?)));
    tables.collect()
}

fn read<'a>(import: &mut Import, name: &'a str, frame: &'a Json) -> Option<Table<'a>> {
    let split = frame.get("_object")?;
    let list = |key| split.get(key).and_then(Json::list);
    let (Some(columns), Some(index), Some(rows)) = (list("columns"), list("index"), list("data"))
    else {
        let message = format!("the table `{name}` is not a frame in split orientation");
        import.error(codes::FOREIGN_CONTENT, split.span, message);
        return None;
    };
    let columns = columns.iter().enumerate();
    let table = Table {
        name,
        columns: columns.filter_map(|(i, c)| Some((c.text()?, i))).collect(),
        index: index.iter().map(whole).collect(),
        rows,
    };
    if index.len() != rows.len() {
        let message = format!(
            "the table `{name}` has {} rows and {} in its index",
            rows.len(),
            index.len()
        );
        import.error(codes::FOREIGN_CONTENT, split.span, message);
        return None;
    }
    Some(table)
}

/// A number without fraction.
pub(super) fn whole(json: &Json) -> Option<i64> {
    let number = json.number()?;
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

impl<'a> Table<'a> {
    /// The rows in the order of the file.
    pub(super) fn rows<'t>(&'t self) -> impl Iterator<Item = Row<'a, 't>> {
        (0..self.rows.len()).map(move |at| Row { table: self, at })
    }

    /// Whether it has a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// Its place.
    pub(super) fn span(&self) -> Option<Span> {
        self.rows.first().map(|r| r.span)
    }

    /// Whether any row is in service.
    pub(super) fn in_use(&self) -> bool {
        self.rows().any(|r| r.flag("in_service").unwrap_or(true))
    }
}

impl<'a> Row<'a, '_> {
    /// What its element is called: `pipe_3`.
    pub(super) fn id(&self) -> String {
        match self.index() {
            Some(index) => format!("{}_{index}", self.table.name),
            None => format!("{}_at_{}", self.table.name, self.at),
        }
    }

    /// Its index, by which other tables refer to it.
    pub(super) fn index(&self) -> Option<i64> {
        self.table.index.get(self.at).copied().flatten()
    }

    /// Its place.
    pub(super) fn span(&self) -> Span {
        self.table.rows[self.at].span
    }

    fn cell(&self, column: &str) -> Option<&'a Json> {
        let at = *self.table.columns.get(column)?;
        let row: &'a Json = &self.table.rows[self.at];
        let cell = row.list()?.get(at)?;
        (cell.kind != Kind::Null).then_some(cell)
    }

    /// A number, where one is stated.
    pub(super) fn number(&self, column: &str) -> Option<f64> {
        self.cell(column)?.number()
    }

    /// A number of another row.
    pub(super) fn reference(&self, column: &str) -> Option<i64> {
        whole(self.cell(column)?)
    }

    /// A text.
    pub(super) fn text(&self, column: &str) -> Option<&'a str> {
        self.cell(column)?.text()
    }

    /// Points, as of a route.
    pub(super) fn points(&self, column: &str) -> Option<Vec<[f64; 2]>> {
        let points = self.cell(column)?.list()?.iter();
        points
            .map(|p| match p.list()? {
                [x, y, ..] => Some([x.number()?, y.number()?]),
                _ => None,
            })
            .collect()
    }

    /// Whether something is so; numbers count as in Python.
    pub(super) fn flag(&self, column: &str) -> Option<bool> {
        match self.cell(column)?.kind {
            Kind::Bool(flag) => Some(flag),
            Kind::Number(number) => Some(number != 0.0),
            _ => None,
        }
    }

    /// The first of several columns that states a number, times what its unit is.
    pub(super) fn either(&self, columns: &[(&str, f64)]) -> Option<f64> {
        columns
            .iter()
            .find_map(|(c, unit)| Some(self.number(c)? * unit))
    }

    /// A number that must be stated.
    pub(super) fn needed(&self, import: &mut Import, columns: &[(&str, f64)]) -> Option<f64> {
        let number = self.either(columns);
        if number.is_none() {
            let names = columns.iter().map(|(c, _)| format!("`{c}`"));
            let names = names.collect::<Vec<_>>().join(" or ");
            self.wrong(import, format!("{} has no {names}", self.id()));
        }
        number
    }

    /// Adds an error at this row.
    pub(super) fn wrong(&self, import: &mut Import, message: String) {
        import.error(codes::FOREIGN_CONTENT, self.span(), message);
    }
}
