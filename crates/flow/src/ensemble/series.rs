//! Time series that are kept of every member.

use crate::record::Recorder;
use linepack_network::{ElementKind, Kept};
use linepack_results::Frame;

/// What a series belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    /// The gas held by the network; without element and quantity.
    Linepack,
    /// A node.
    Node,
    /// A pipe or a link between nodes.
    Edge,
    /// A supply, off-take or leak.
    Terminal,
}

/// A quantity of an element over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it belongs to.
    pub kind: SeriesKind,
    /// The element's identifier.
    pub element: String,
    /// A column of the results, such as `pressure_pa`.
    pub quantity: String,
}

impl Series {
    /// The gas held by the network.
    pub fn linepack() -> Self {
        Self {
            kind: SeriesKind::Linepack,
            element: String::new(),
            quantity: "linepack_kg".into(),
        }
    }

    /// What an ensemble keeps.
    pub fn of(kept: &Kept) -> Self {
        let kind = match kept.kind {
            ElementKind::Node => SeriesKind::Node,
            ElementKind::Supply | ElementKind::OffTake | ElementKind::Leak => SeriesKind::Terminal,
            _ => SeriesKind::Edge,
        };
        Self {
            kind,
            element: kept.element.clone(),
            quantity: kept.quantity.clone(),
        }
    }

    /// Its name in results: `N12.pressure_pa`.
    pub fn name(&self) -> String {
        if self.element.is_empty() {
            return self.quantity.clone();
        }
        format!("{}.{}", self.element, self.quantity)
    }
}

/// Where a series stands in the rows of a run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reader {
    Linepack,
    /// Column and place in a row of nodes, edges or terminals.
    Of(SeriesKind, usize, usize),
    /// The element takes no part.
    Absent,
}

fn frame(rows: &Recorder, kind: SeriesKind) -> &Frame {
    match kind {
        SeriesKind::Edge => &rows.edges,
        SeriesKind::Terminal => &rows.terminals,
        SeriesKind::Node | SeriesKind::Linepack => &rows.nodes,
    }
}

impl Reader {
    pub(super) fn new(series: &Series, rows: &Recorder) -> Self {
        if series.kind == SeriesKind::Linepack {
            return Self::Linepack;
        }
        let frame = frame(rows, series.kind);
        let column = frame.columns.iter().position(|c| c.name == series.quantity);
        let place = frame.ids.iter().position(|id| *id == series.element);
        match (column, place) {
            (Some(column), Some(place)) => Self::Of(series.kind, column, place),
            _ => Self::Absent,
        }
    }

    pub(super) fn value(self, rows: &Recorder, row: usize) -> f64 {
        match self {
            Self::Linepack => rows.linepack_kg[row],
            Self::Of(kind, column, place) => {
                let frame = frame(rows, kind);
                frame.columns[column].values[row * frame.ids.len() + place]
            }
            Self::Absent => f64::NAN,
        }
    }
}
