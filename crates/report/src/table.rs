//! Tables: units in the headers, numbers right aligned with their SI value beside them.

use crate::escape;
use crate::units::{Quantity, Units};
use std::fmt::Write as _;

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// Words.
    Words(&'static str),
    /// Numbers of one quantity.
    Numbers(&'static str, Quantity),
    /// Numbers whose text is made by the caller.
    Plain(&'static str),
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// Text, escaped here.
    Text(String),
    /// Number in SI, of the quantity of its column.
    Number(f64),
    /// Number in SI, of its own quantity; the unit is shown.
    Quantity(Quantity, f64),
    /// Markup that a panel has made.
    Markup(String),
}

impl Cell {
    /// A cell of text.
    pub(crate) fn text(raw: impl Into<String>) -> Self {
        Self::Text(raw.into())
    }
}

/// A number with its SI value, in the unit that the page opens with.
pub(crate) fn number(units: &Units, quantity: Quantity, si: f64) -> String {
    if !si.is_finite() {
        return "\u{2013}".into();
    }
    let shown = units.number(quantity, si);
    format!(
        "<data class=\"q\" data-q=\"{}\" data-v=\"{si}\">{shown}</data>",
        quantity.key()
    )
}

/// The name of a quantity's unit, which follows the choice of units.
pub(crate) fn unit(units: &Units, quantity: Quantity) -> String {
    let label = escape::text(units.label(quantity));
    format!(
        "<span class=\"unit\" data-unit=\"{}\">{label}</span>",
        quantity.key()
    )
}

/// A number and its unit, for sentences.
pub(crate) fn with_unit(units: &Units, quantity: Quantity, si: f64) -> String {
    let gap = "\u{202F}";
    format!(
        "<span class=\"nb\">{}{gap}{}</span>",
        number(units, quantity, si),
        unit(units, quantity)
    )
}

/// A table with a caption, columns and rows.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<(String, Vec<Cell>)>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push((String::new(), cells));
    }

    /// Adds a row with attributes such as `class="total"`, made by the panel.
    pub(crate) fn row_with(&mut self, attributes: impl Into<String>, cells: Vec<Cell>) {
        self.rows.push((attributes.into(), cells));
    }

    /// Whether it has no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The markup.
    pub(crate) fn markup(&self, units: &Units) -> String {
        let mut out = String::from("<div class=\"scroll\"><table>");
        let _ = write!(out, "<caption>{}</caption>", escape::text(&self.caption));
        out.push_str("<thead><tr>");
        for column in &self.columns {
            out.push_str(&header(column, units));
        }
        out.push_str("</tr></thead><tbody>");
        for (attributes, cells) in &self.rows {
            let _ = write!(out, "<tr {attributes}>");
            for (column, cell) in self.columns.iter().zip(cells) {
                out.push_str(&body(column, cell, units));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>");
        out
    }
}

fn header(column: &Column, units: &Units) -> String {
    match column {
        Column::Words(title) => format!("<th scope=\"col\">{title}</th>"),
        Column::Plain(title) => format!("<th scope=\"col\" class=\"n\">{title}</th>"),
        Column::Numbers(title, q) => {
            format!(
                "<th scope=\"col\" class=\"n\">{title}<br>{}</th>",
                unit(units, *q)
            )
        }
    }
}

fn body(column: &Column, cell: &Cell, units: &Units) -> String {
    let class = if matches!(column, Column::Words(_)) {
        ""
    } else {
        " class=\"n\""
    };
    let inner = match (column, cell) {
        (_, Cell::Text(raw)) => escape::text(raw),
        (_, Cell::Markup(markup)) => markup.clone(),
        (_, Cell::Quantity(q, si)) => with_unit(units, *q, *si),
        (Column::Numbers(_, q), Cell::Number(si)) => number(units, *q, *si),
        (_, Cell::Number(si)) => crate::number::fixed(*si, 2),
    };
    format!("<td{class}>{inner}</td>")
}
