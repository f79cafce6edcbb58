//! `network.json`: nodes and what connects them, by number.

use super::json::{Entry, Item, shown, whole};
use crate::codes;
use crate::import::Import;
use crate::matgas::Factors;
use crate::sources::Span;
use jsonc_parser::ast::{Object, Value};
use linepack_network::{
    CompressorStation, ControlValve, ElementKind, FrictionLaw, Header, Network, Node, Pipe, Place,
    Resistor, ResistorLoss, ShortPipe, Valve,
};
use std::collections::HashSet;

/// Largest pressure ratio of a station whose ratio is set: no limit.
pub(super) const RATIO_MAX: f64 = 100.0;

/// The network being read.
pub(super) struct Reading<'i> {
    pub(super) import: &'i mut Import,
    pub(super) factors: Factors,
    pub(super) network: Network,
    /// Nodes whose pressure is said to be held.
    pub(super) slack: HashSet<String>,
    nodes: HashSet<String>,
}

/// A reader of one entry: its number and its object.
type ReadEntry = fn(&mut Reading<'_>, &str, Entry<'_, '_>);

/// The sections, nodes first, with what people call an entry.
const SECTIONS: [(&str, &str, ReadEntry); 8] = [
    ("nodes", "node", node),
    ("pipes", "pipe", pipe),
    ("compressors", "compressor", compressor),
    ("short_pipes", "short_pipe", short_pipe),
    ("valves", "valve", valve),
    ("control_valves", "control_valve", control_valve),
    ("resistors", "resistor", resistor),
    ("loss_resistors", "loss_resistor", loss_resistor),
];

/// Sections that say nothing about the flow of gas, or that stand in other files.
const LEFT_OUT: [&str; 1] = ["gnodes"];

/// Reads all sections.
pub(super) fn read<'i>(
    import: &'i mut Import,
    source: usize,
    root: &Object<'_>,
    factors: Factors,
) -> Reading<'i> {
    let mut reading = Reading {
        import,
        factors,
        network: Network::default(),
        slack: HashSet::new(),
        nodes: HashSet::new(),
    };
    let root = Entry {
        source,
        name: "the file",
        object: root,
    };
    let members = root.members(reading.import);
    for (section, name, read) in SECTIONS {
        let found = members.iter().find(|(key, _)| *key == section);
        if let Some((_, item)) = found {
            entries(&mut reading, *item, section, name, read);
        }
    }
    for (key, item) in members {
        if LEFT_OUT.contains(&key) {
            let what = "not used, because it says nothing about the flow of gas";
            reading.import.note(what, Some(key));
        } else if !SECTIONS.iter().any(|(section, ..)| *section == key) {
            let message = format!("section `{}` is not used", shown(key));
            reading
                .import
                .warning(codes::FOREIGN_UNKNOWN, item.span(), message);
        }
    }
    reading
}

fn entries(
    reading: &mut Reading<'_>,
    item: Item<'_, '_>,
    section: &str,
    kind: &str,
    read: ReadEntry,
) {
    let Some(object) = item.object() else {
        let message = format!("`{section}` is not an object");
        reading
            .import
            .error(codes::FOREIGN_CONTENT, item.span(), message);
        return;
    };
    let section = Entry {
        source: item.source,
        name: section,
        object,
    };
    let mut seen = HashSet::new();
    for (key, item) in section.members(reading.import) {
        let name = format!("{kind} {}", shown(key));
        let (Some(object), Some(id)) = (item.object(), whole(key)) else {
            let message = format!("{name} is not a number with an object");
            reading
                .import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            continue;
        };
        let entry = Entry {
            source: item.source,
            name: &name,
            object,
        };
        if !seen.insert(id.clone()) {
            let message = format!("{name} stands there twice");
            reading
                .import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
        }
        own_number(reading, kind, &id, entry);
        read(reading, &id, entry);
    }
}

/// The number in an entry must be its key.
fn own_number(reading: &mut Reading<'_>, kind: &str, id: &str, entry: Entry<'_, '_>) {
    let key = match kind {
        "compressor" => "comp_id".to_owned(),
        kind => format!("{kind}_id"),
    };
    let Some(item) = entry.item(&["id", &key]) else {
        return;
    };
    if reference(&item).as_deref() != Some(id) {
        let message = format!("{} calls itself by another number", entry.name);
        reading
            .import
            .error(codes::FOREIGN_CONTENT, item.span(), message);
    }
}

/// A whole number, as a number or as text.
fn reference(item: &Item<'_, '_>) -> Option<String> {
    match item.value {
        Value::NumberLit(number) => whole(number.value),
        Value::StringLit(text) => whole(&text.value),
        _ => None,
    }
}

impl Reading<'_> {
    fn place(&mut self, kind: ElementKind, index: usize, span: Span) {
        self.import.place(Place::Element { kind, index }, span);
    }

    fn header(&self, id: String, entry: Entry<'_, '_>, name: &str) -> Header {
        let mut header = Header::new(id);
        if let Some(label) = entry.text(&["name", name]) {
            header.label = label;
        }
        header
    }

    /// A node that an entry names.
    fn node(&mut self, entry: Entry<'_, '_>, keys: &[&str]) -> Option<String> {
        let Some(item) = entry.item(keys) else {
            let message = format!("`{}` of {} is missing", keys[0], entry.name);
            self.import
                .error(codes::FOREIGN_CONTENT, entry.span(), message);
            return None;
        };
        let id = reference(&item).filter(|id| self.nodes.contains(id));
        if id.is_none() {
            let message = format!("`{}` of {} is no node", keys[0], entry.name);
            self.import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
        }
        id
    }

    fn ends(&mut self, entry: Entry<'_, '_>) -> Option<[String; 2]> {
        let from = self.node(entry, &["from_node", "fr_node"]);
        let to = self.node(entry, &["to_node"]);
        Some([from?, to?])
    }
}

fn node(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let mut node = Node::new(id);
    node.header = reading.header(id.to_owned(), entry, "node_name");
    let import = &mut *reading.import;
    node.x = entry.number(import, &["x_coord"]);
    node.y = entry.number(import, &["y_coord"]);
    let pressure = reading.factors.pressure;
    let limit = |p: Option<f64>| p.map(|p| p * pressure).filter(|p| *p > 0.0);
    node.pressure_min_pa = limit(entry.number(import, &["min_pressure"]));
    node.pressure_max_pa = limit(entry.number(import, &["max_pressure"]));
    if entry.required(import, &["slack_bool"]) == Some(1.0) {
        reading.slack.insert(id.to_owned());
    }
    if entry.item(&["min_injection", "max_injection"]).is_some() {
        let what = "bounds of injections at nodes are not used, as in the programs";
        reading.import.note(what, Some(id));
    }
    reading.nodes.insert(id.to_owned());
    reading.place(ElementKind::Node, reading.network.nodes.len(), entry.span());
    reading.network.nodes.push(node);
}

/// A pipe; ∂p/∂x = -λ φ|φ|/(2 D ρ) with the mass flux φ, so its factor is Darcy's.
fn pipe(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let ends = reading.ends(entry);
    let mut number = |key| entry.required(reading.import, &[key]);
    let sizes = (
        number("length"),
        number("diameter"),
        number("friction_factor"),
    );
    let (Some([from, to]), (Some(length), Some(diameter), Some(darcy))) = (ends, sizes) else {
        return;
    };
    let mut pipe = Pipe::new("", from, to);
    pipe.header = reading.header(format!("pipe_{id}"), entry, "pipe_name");
    pipe.length_m = length * reading.factors.length;
    pipe.diameter_m = diameter * reading.factors.diameter;
    pipe.friction = Some(FrictionLaw::Constant { darcy });
    reading.place(ElementKind::Pipe, reading.network.pipes.len(), entry.span());
    reading.network.pipes.push(pipe);
}

fn compressor(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let Some([from, to]) = reading.ends(entry) else {
        return;
    };
    let mut station = CompressorStation::new("", from, to);
    station.header = reading.header(format!("compressor_{id}"), entry, "comp_name");
    station.ratio_max = RATIO_MAX;
    if entry
        .item(&["c_min", "c_max", "max_power", "min_flow", "max_flow"])
        .is_some()
    {
        let what =
            "limits of ratio, power and flow of compressors are not used, as in the programs";
        reading.import.note(what, Some(&station.header.id));
    }
    let index = reading.network.compressor_stations.len();
    reading.place(ElementKind::CompressorStation, index, entry.span());
    reading.network.compressor_stations.push(station);
}

fn short_pipe(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let Some([from, to]) = reading.ends(entry) else {
        return;
    };
    let mut pipe = ShortPipe::new("", from, to);
    pipe.header = reading.header(format!("short_pipe_{id}"), entry, "short_pipe_name");
    let index = reading.network.short_pipes.len();
    reading.place(ElementKind::ShortPipe, index, entry.span());
    reading.network.short_pipes.push(pipe);
}

fn valve(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let Some([from, to]) = reading.ends(entry) else {
        return;
    };
    let mut valve = Valve::new("", from, to);
    valve.header = reading.header(format!("valve_{id}"), entry, "valve_name");
    let index = reading.network.valves.len();
    reading.place(ElementKind::Valve, index, entry.span());
    reading.network.valves.push(valve);
}

fn control_valve(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let Some([from, to]) = reading.ends(entry) else {
        return;
    };
    let mut valve = ControlValve::new("", from, to);
    valve.header = reading.header(format!("control_valve_{id}"), entry, "control_valve_name");
    let index = reading.network.control_valves.len();
    reading.place(ElementKind::ControlValve, index, entry.span());
    reading.network.control_valves.push(valve);
}

fn resistor(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let drag = entry.required(reading.import, &["drag"]);
    let diameter = entry.required(reading.import, &["diameter"]);
    let (Some(factor), Some(diameter)) = (drag, diameter) else {
        return;
    };
    let what =
        "a resistor has the loss that its drag factor says; the programs let gas pass without loss";
    reading.import.note(what, Some(entry.name));
    let diameter_m = diameter * reading.factors.diameter;
    let loss = ResistorLoss::Drag { factor, diameter_m };
    add_resistor(reading, format!("resistor_{id}"), entry, loss);
}

fn loss_resistor(reading: &mut Reading<'_>, id: &str, entry: Entry<'_, '_>) {
    let Some(loss) = entry.required(reading.import, &["p_loss"]) else {
        return;
    };
    let pressure_loss_pa = loss * reading.factors.pressure;
    let loss = ResistorLoss::Constant { pressure_loss_pa };
    add_resistor(reading, format!("loss_resistor_{id}"), entry, loss);
}

fn add_resistor(reading: &mut Reading<'_>, id: String, entry: Entry<'_, '_>, loss: ResistorLoss) {
    let Some([from, to]) = reading.ends(entry) else {
        return;
    };
    let mut resistor = Resistor::new("", from, to, loss);
    resistor.header = reading.header(id, entry, "resistor_name");
    let index = reading.network.resistors.len();
    reading.place(ElementKind::Resistor, index, entry.span());
    reading.network.resistors.push(resistor);
}
