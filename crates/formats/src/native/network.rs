//! Rows of elements as a network, and which of them take part.

use super::decision;
use super::decode::Decoder;
use super::locate::Origins;
use super::operation;
use super::scenario::Stage;
use super::schema::{AREA, Element, element_schema};
use super::tree::Table;
use jiff::civil::Date;
use linepack_network::{Area, Header, Network, Place, Status};
use std::collections::{HashMap, HashSet};

/// Reads all elements.
pub(super) fn network<'t>(
    root: &'t Table,
    decoder: &mut Decoder<'_>,
    origins: &mut Origins<'t>,
) -> Network {
    let decision_groups = decision::groups(root, decoder);
    let mut read = Reading {
        root,
        decoder,
        origins,
    };
    Network {
        nodes: read.elements(),
        pipes: read.elements(),
        short_pipes: read.elements(),
        resistors: read.elements(),
        valves: read.elements(),
        check_valves: read.elements(),
        control_valves: read.elements(),
        compressor_stations: read.elements(),
        supplies: read.elements(),
        off_takes: read.elements(),
        leaks: read.elements(),
        areas: read.areas(),
        decision_groups,
    }
}

struct Reading<'r, 'd, 't> {
    root: &'t Table,
    decoder: &'r mut Decoder<'d>,
    origins: &'r mut Origins<'t>,
}

impl Reading<'_, '_, '_> {
    fn areas(&mut self) -> Vec<Area> {
        let mut areas = Vec::new();
        for (index, table) in self.root.rows(AREA.key).enumerate() {
            let subject = format!("area \"{}\"", table.text("id").unwrap_or("?"));
            let row = self.decoder.row(table, &AREA, &subject);
            self.origins.add(Place::Area { index }, table, &row);
            areas.push(operation::area(&row));
        }
        areas
    }

    fn elements<E: Element>(&mut self) -> Vec<E> {
        let schema = element_schema(E::KIND);
        let mut elements = Vec::new();
        for (index, table) in self.root.rows(schema.key).enumerate() {
            let subject = format!("{} \"{}\"", schema.name, table.text("id").unwrap_or("?"));
            let row = self.decoder.row(table, schema, &subject);
            self.origins.add(
                Place::Element {
                    kind: E::KIND,
                    index,
                },
                table,
                &row,
            );
            elements.push(E::read(&row));
        }
        elements
    }
}

/// Which elements take part, for a stage and a day.
pub(super) struct Choice<'s> {
    pub(super) as_of: Option<Date>,
    pub(super) include: HashSet<&'s str>,
    pub(super) exclude: HashSet<&'s str>,
}

impl<'s> Choice<'s> {
    /// The choice of a stage; a day asked for goes before the stage's own.
    pub(super) fn new(stage: Option<&'s Stage>, as_of: Option<Date>) -> Self {
        let set = |list: &'s [String]| list.iter().map(String::as_str).collect();
        Self {
            as_of: as_of.or(stage.and_then(|s| s.as_of)),
            include: stage.map(|s| set(&s.include)).unwrap_or_default(),
            exclude: stage.map(|s| set(&s.exclude)).unwrap_or_default(),
        }
    }

    fn takes(&self, header: &Header) -> bool {
        let id = header.id.as_str();
        let stands = match (self.as_of, header.in_service_date) {
            (Some(day), Some(date)) => date <= day && header.status != Status::OutOfService,
            _ => header.status == Status::Complete,
        };
        self.include.contains(id) || stands && !self.exclude.contains(id)
    }
}

/// Marks the elements that take part.
///
/// A node that states neither status nor date, and that the stage does not name, takes part when
/// something that takes part touches it.
pub(super) fn choose(network: &mut Network, choice: &Choice<'_>, silent_nodes: &HashSet<String>) {
    network.for_each_header_mut(|header| header.in_service = choice.takes(header));
    let touched = touched_nodes(network);
    for header in network.nodes.iter_mut().map(|n| &mut n.header) {
        let id = header.id.as_str();
        let named = choice.include.contains(id) || choice.exclude.contains(id);
        if silent_nodes.contains(id) && !named {
            header.in_service = touched.get(id).copied().unwrap_or(false);
        }
    }
}

/// Nodes that elements touch, and whether one of those elements takes part.
fn touched_nodes(network: &Network) -> HashMap<String, bool> {
    let mut touched = HashMap::new();
    network.for_each_end(|_, _, header, _, node| {
        *touched.entry(node.to_owned()).or_insert(false) |= header.in_service;
    });
    touched
}
