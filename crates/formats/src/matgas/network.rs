//! The blocks of a file as the elements of a network.

use super::columns::{self, Block};
use super::constants::{Constants, Factors};
use super::matlab::Document;
use super::rows::{self, Row};
use super::{elements, terminals};
use crate::codes;
use crate::import::Import;
use crate::sources::Span;
use linepack_network::{ElementKind, Header, Network, Place, Status};
use std::collections::HashMap;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The elements.
    pub(super) network: Network,
    /// What the junctions say about operation, one for each node.
    pub(super) junctions: Vec<Junction>,
}

/// What a junction says about operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Junction {
    /// Whether it holds its nominal pressure.
    pub(super) slack: bool,
    /// Nominal pressure, Pa.
    pub(super) nominal_pa: Option<f64>,
}

/// The rows of one block being read.
pub(super) struct Reading<'i> {
    pub(super) import: &'i mut Import,
    pub(super) factors: Factors,
    /// Index of each node that is in service, and of those that are not.
    pub(super) nodes: HashMap<String, usize>,
    pub(super) found: Found,
}

/// Blocks that say nothing about the flow of gas.
const LEFT_OUT: [&str; 2] = ["sources", "price_zone"];

/// A reader of the rows of one block.
type ReadRow = fn(&mut Reading<'_>, &Row);

/// What reads the rows of each block, junctions first.
const READERS: [(Block, ReadRow); 14] = [
    (columns::JUNCTION, elements::junction),
    (columns::PIPE, elements::pipe),
    (columns::NE_PIPE, elements::planned_pipe),
    (columns::COMPRESSOR, elements::compressor),
    (columns::NE_COMPRESSOR, elements::planned_compressor),
    (columns::SHORT_PIPE, elements::short_pipe),
    (columns::RESISTOR, elements::resistor),
    (columns::LOSS_RESISTOR, elements::loss_resistor),
    (columns::REGULATOR, elements::regulator),
    (columns::VALVE, elements::valve),
    (columns::RECEIPT, terminals::receipt),
    (columns::DELIVERY, terminals::delivery),
    (columns::TRANSFER, terminals::transfer),
    (columns::STORAGE, terminals::storage),
];

/// Reads all blocks.
pub(super) fn read(
    import: &mut Import,
    document: &Document,
    constants: &Constants,
    source: usize,
) -> Found {
    unknown_blocks(import, document);
    let mut reading = Reading {
        import,
        factors: constants.factors,
        nodes: HashMap::new(),
        found: Found::default(),
    };
    for (block, read) in READERS {
        let rows = rows::rows(reading.import, document, &block);
        for row in &rows {
            read(&mut reading, row);
        }
        if block == columns::JUNCTION && rows.is_empty() {
            let message = "the file has no junctions (`mgc.junction`)";
            let span = Span::beginning(source);
            reading.import.error(codes::FOREIGN_CONTENT, span, message);
        }
    }
    without_places(reading.import, &mut reading.found.network);
    reading.found
}

/// Speaks of the blocks that are not read.
fn unknown_blocks(import: &mut Import, document: &Document) {
    for table in &document.tables {
        let field = table.field.as_str();
        let base = field.strip_suffix("_data").unwrap_or(field);
        if LEFT_OUT.contains(&field) {
            let what = "not used, because it says nothing about the flow of gas";
            import.note(what, Some(&format!("mgc.{field}")));
        } else if !columns::ALL.iter().any(|b| b.field == base) {
            let shown: String = field.chars().take(40).collect();
            let message = format!("`mgc.{shown}` is not used");
            import.warning(codes::FOREIGN_UNKNOWN, table.span, message);
        }
    }
}

/// Coordinates that are the same everywhere are none.
fn without_places(import: &mut Import, network: &mut Network) {
    let first = network.nodes.first().map(|n| (n.x, n.y));
    let same = network.nodes.iter().all(|n| Some((n.x, n.y)) == first);
    if network.nodes.len() > 1 && same && first != Some((None, None)) {
        for node in &mut network.nodes {
            (node.x, node.y) = (None, None);
        }
        import.note(
            "all junctions have the same coordinates: they are not used",
            None,
        );
    }
}

impl Reading<'_> {
    /// The header of the element of a row, called by its kind and number.
    pub(super) fn header(&mut self, row: &Row, block: &str) -> Option<Header> {
        let id = row.id(self.import, "id")?;
        let mut header = Header::new(format!("{block}_{id}"));
        let names = ["name", "compressor_station_name", "exchange_point_name"];
        if let Some(label) = names.iter().find_map(|n| row.text(self.import, n)) {
            header.label = label;
        }
        self.status(row, &mut header);
        Some(header)
    }

    /// Puts an element out of service whose status is 0.
    pub(super) fn status(&mut self, row: &Row, header: &mut Header) {
        match row.number(self.import, "status") {
            Some(1.0) => {}
            Some(0.0) => out_of_service(header),
            Some(_) => {
                let message = format!("`status` of {} is neither 0 nor 1", row.name);
                let span = row.span_of("status");
                self.import.error(codes::FOREIGN_CONTENT, span, message);
            }
            None => self
                .import
                .note("no status stated: in service", Some(&row.name)),
        }
    }

    /// A node that a row names; an element at one that is out of service is so too.
    pub(super) fn node(
        &mut self,
        row: &Row,
        column: &'static str,
        header: &mut Header,
    ) -> Option<String> {
        let id = row.id(self.import, column)?;
        let Some(&index) = self.nodes.get(&id) else {
            let message = format!("`{column}` of {} is {id}, which is no junction", row.name);
            let span = row.span_of(column);
            self.import.error(codes::FOREIGN_CONTENT, span, message);
            return None;
        };
        let there = &self.found.network.nodes[index].header;
        if header.in_service && !there.in_service {
            out_of_service(header);
            let what = "out of service, because its junction is";
            self.import.note(what, Some(&header.id));
        }
        Some(id)
    }

    /// Both ends of a connection.
    pub(super) fn ends(&mut self, row: &Row, header: &mut Header) -> Option<[String; 2]> {
        let from = self.node(row, "fr_junction", header);
        let to = self.node(row, "to_junction", header);
        Some([from?, to?])
    }

    /// Remembers where the element that comes next of its kind stands.
    pub(super) fn place(&mut self, kind: ElementKind, index: usize, row: &Row) {
        self.import.place(Place::Element { kind, index }, row.span);
    }

    /// A pressure limit above zero, Pa; others are none.
    pub(super) fn pressure(&mut self, row: &Row, column: &'static str) -> Option<f64> {
        let pressure_pa = row.number(self.import, column)? * self.factors.pressure;
        if pressure_pa > 0.0 && pressure_pa.is_finite() {
            return Some(pressure_pa);
        }
        let what = format!("`{column}` is not above zero, or has no end: it is no limit");
        self.import.note(what, Some(&row.name));
        None
    }

    /// A flow, kg/s; none when it has no end.
    pub(super) fn flow(&mut self, row: &Row, column: &'static str) -> Option<f64> {
        let flow = row.number(self.import, column)? * self.factors.flow;
        Some(flow).filter(|f| f.is_finite())
    }
}

/// Puts an element out of service.
pub(super) fn out_of_service(header: &mut Header) {
    header.in_service = false;
    if header.status == Status::Complete {
        header.status = Status::OutOfService;
    }
}
