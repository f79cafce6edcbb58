//! A table of members: a row for each, a column for each number that differs.

use super::distribution::{Measure, Stated};
use super::target::{Elements, Trial};
use crate::codes;
use crate::native::decode::{Decoder, Row};
use crate::native::tree::{Located, Raw, Table};
use crate::report::Problem;
use linepack_network::{Distribution, Target, Variation};

/// Behind a number of a column of factors.
const FACTOR: &str = " factor";

/// The columns of a table as variations whose values are taken in turn.
pub(super) fn columns(
    rows: &[Table],
    elements: &Elements<'_>,
    trial: &mut Trial,
    decoder: &mut Decoder<'_>,
) -> Vec<Variation> {
    let mut keys: Vec<&str> = Vec::new();
    for entry in rows.iter().flat_map(|row| &row.entries) {
        if !keys.contains(&entry.key.as_str()) {
            keys.push(&entry.key);
        }
    }
    let read = keys.into_iter().filter_map(|key| {
        let column = Column::new(key, rows, elements, decoder)?;
        column.variation(trial, decoder)
    });
    read.collect()
}

/// A column, with the row of its first cell for messages.
struct Column<'t> {
    key: &'t str,
    target: Target,
    cells: Vec<&'t Located>,
}

impl<'t> Column<'t> {
    fn new(
        key: &'t str,
        rows: &'t [Table],
        elements: &Elements<'_>,
        decoder: &mut Decoder<'_>,
    ) -> Option<Self> {
        let first = rows
            .iter()
            .flat_map(|r| &r.entries)
            .find(|e| e.key == key)?;
        let Some((id, field)) = key.rsplit_once('.') else {
            let message = format!("the column `{key}` names no number of an element");
            let problem = Problem::error(codes::MEMBERS, first.key_span, message);
            decoder.report.add(
                problem
                    .label("expected element.field")
                    .help("such as `d1.flow [kg/s]` or `d1.flow [factor]`".to_owned()),
            );
            return None;
        };
        let subject = format!("column `{key}`");
        let target = match elements.target(id, field, first.key_span, &subject) {
            Ok(target) => target,
            Err(problem) => {
                decoder.report.add(problem);
                return None;
            }
        };
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            match row.get(key) {
                Some(cell) => cells.push(cell),
                None => {
                    let message = format!("this member states no `{key}`");
                    let problem = Problem::error(codes::MEMBERS, row.span, message);
                    decoder.report.add(problem.label("an empty cell"));
                }
            }
        }
        (cells.len() == rows.len()).then_some(Self { key, target, cells })
    }

    fn variation(self, trial: &mut Trial, decoder: &mut Decoder<'_>) -> Option<Variation> {
        let text = |cell: &Located| match &cell.raw {
            Raw::Cell(text) | Raw::Text(text) => text.clone(),
            _ => String::new(),
        };
        let factor = self
            .cells
            .first()
            .is_some_and(|c| text(c).ends_with(FACTOR));
        let change = if factor { "factor" } else { "value" };
        let subject = format!("column `{}`", self.key);
        let empty = Table::empty(self.cells.first()?.span);
        let row = Row::default();
        let mut stated = Stated {
            table: &empty,
            row: &row,
            subject: &subject,
            decoder,
            measure: Measure::of(self.target.field, change),
        };
        let mut values = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            let bare = Located {
                raw: Raw::Cell(text(cell).trim_end_matches(FACTOR).to_owned()),
                span: cell.span,
            };
            let measure = stated.measure;
            values.push(stated.value(self.key, &bare, measure));
        }
        let measure = stated.measure;
        let values = values.into_iter().collect::<Option<Vec<_>>>()?;
        let way = measure.way(change);
        if let Err(why) = trial.allows(self.target, way) {
            let message = format!("{subject} {why}");
            let problem = Problem::error(codes::MEMBERS, empty.span, message);
            decoder.report.add(problem.label("cannot vary in this way"));
            return None;
        }
        Some(Variation {
            name: self.key.to_owned(),
            targets: vec![(self.target, self.key.to_owned())],
            each: true,
            way,
            unit: measure.unit(),
            distribution: Distribution::InTurn { values },
            group: None,
        })
    }
}
