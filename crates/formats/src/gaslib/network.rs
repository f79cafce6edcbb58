//! `.net`: nodes and what connects them.
//!
//! A source becomes a node and a supply called `ID:entry`, a sink a node and an off-take called
//! `ID:exit`, because an identifier belongs to one thing. Flows stay volumes at norm conditions
//! here; once the density of the gas is known they become masses (see [`super::gas`]).

use super::units::{
    CALORIFIC, DENSITY, DIFFERENCE, HEAT_TRANSFER, LENGTH, MOLAR_MASS, NUMBER, PRESSURE, Quantity,
    TEMPERATURE,
};
use super::write_net::{NO_BOUND_M3_PER_S, NO_PRESSURE_PA};
use super::xml::{Fields, File, called, is};
use crate::import::Import;
use crate::sources::Span;
use linepack_network::{
    ElementKind, FlowBounds, Header, Network, Node, OffTake, Pipe, Place, Resistor, ResistorLoss,
    ShortPipe, Supply, SupplyGas, Valve,
};
use roxmltree::Node as Xml;
use std::collections::HashMap;

/// What a `.net` says.
#[derive(Default)]
pub(super) struct Net {
    pub(super) title: Option<String>,
    pub(super) description: String,
    pub(super) network: Network,
    /// Where nodes stand.
    spans: HashMap<String, Span>,
}

/// The name of the supply at a source.
pub(super) fn entry(node: &str) -> String {
    format!("{node}:entry")
}

/// The name of the off-take at a sink.
pub(super) fn exit(node: &str) -> String {
    format!("{node}:exit")
}

/// Reads `<network>`.
pub(super) fn read(file: &mut File<'_>, root: Xml<'_, '_>) -> Net {
    let mut net = Net::default();
    file.attributes(root, &[]);
    let mut parts = Fields::of(root);
    if let Some(information) = parts.take(file, "information") {
        net.information(file, information);
    }
    if let Some(nodes) = parts.need(file, "nodes") {
        file.children(nodes, |file, node| net.node(file, node));
    }
    if let Some(connections) = parts.need(file, "connections") {
        file.children(connections, |file, connection| {
            net.connection(file, connection)
        });
    }
    parts.done(file);
    net
}

impl Net {
    fn information(&mut self, file: &mut File<'_>, node: Xml<'_, '_>) {
        let mut fields = Fields::of(node);
        let mut text = |name| {
            let found = fields.take(file, name)?;
            Some(found.text()?.trim().to_owned()).filter(|t| !t.is_empty())
        };
        self.title = text("title");
        let (kind, date) = (text("type"), text("date"));
        let about = [text("documentation"), date.map(|d| format!("Dated {d}."))];
        self.description = about.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if kind.as_deref().is_some_and(|k| k != "gas") {
            file.error(node, "the network is of another type than gas");
        }
        fields.done(file);
    }

    fn node(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) {
        const KINDS: [&str; 3] = ["source", "sink", "innode"];
        if !KINDS.iter().any(|k| is(xml, k)) {
            return file.unknown(xml, &KINDS);
        }
        const KNOWN: [&str; 8] = [
            "id",
            "alias",
            "x",
            "y",
            "geoWGS84Long",
            "geoWGS84Lat",
            "geoGKRight",
            "geoGKUp",
        ];
        file.attributes(xml, &KNOWN);
        let mut fields = Fields::of(xml);
        let node = common(file, xml, &mut fields);
        let place = place(ElementKind::Node, self.network.nodes.len());
        let span = file.span(xml);
        file.import.place(place, span);
        self.spans.insert(node.header.id.clone(), span);
        match xml.tag_name().name() {
            "source" => self.source(file, &node, &mut fields),
            "sink" => self.sink(file, &node, &mut fields),
            _ => {}
        }
        self.network.nodes.push(node);
        fields.done(file);
    }

    fn source(&mut self, file: &mut File<'_>, node: &Node, fields: &mut Fields<'_, '_>) {
        let bounds = flow_bounds(file, fields);
        let mut supply = Supply::new(entry(&node.header.id), &node.header.id);
        supply.header.label.clone_from(&node.header.label);
        supply.flow_min = bounds.min;
        supply.flow_max = bounds.max;
        let gas = source_gas(file, fields);
        supply.temperature_k = gas.temperature_k;
        supply.gas = Some(gas);
        self.network.supplies.push(supply);
    }

    fn sink(&mut self, file: &mut File<'_>, node: &Node, fields: &mut Fields<'_, '_>) {
        let mut off_take = OffTake::new(exit(&node.header.id), &node.header.id);
        off_take.header.label.clone_from(&node.header.label);
        off_take.flow_bounds = flow_bounds(file, fields);
        self.network.off_takes.push(off_take);
    }

    fn connection(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) {
        const KINDS: [&str; 6] = [
            "pipe",
            "shortPipe",
            "resistor",
            "valve",
            "controlValve",
            "compressorStation",
        ];
        let Some(kind) = KINDS.iter().find(|k| is(xml, k)) else {
            return file.unknown(xml, &KINDS);
        };
        let mut fields = Fields::of(xml);
        let bounds = flow_bounds(file, &mut fields);
        let ends = Ends::read(file, xml);
        let network = &mut self.network;
        let (kind, index) = match *kind {
            "pipe" => {
                let pipe = pipe(file, xml, ends, bounds, &mut fields);
                (ElementKind::Pipe, push(&mut network.pipes, pipe))
            }
            "shortPipe" => {
                file.attributes(xml, &ENDS);
                let short = ShortPipe {
                    header: ends.header,
                    flow_bounds: bounds,
                    ..ShortPipe::new("", ends.from, ends.to)
                };
                (
                    ElementKind::ShortPipe,
                    push(&mut network.short_pipes, short),
                )
            }
            "resistor" => {
                file.attributes(xml, &ENDS);
                let loss = loss(file, xml, &mut fields, PLAIN_LOSS).unwrap_or(NO_LOSS);
                let resistor = Resistor {
                    header: ends.header,
                    flow_bounds: bounds,
                    ..Resistor::new("", ends.from, ends.to, loss)
                };
                (
                    ElementKind::Resistor,
                    push(&mut network.resistors, resistor),
                )
            }
            "valve" => {
                let valve = valve(file, xml, ends, bounds, &mut fields);
                (ElementKind::Valve, push(&mut network.valves, valve))
            }
            "controlValve" => {
                let valve = super::active::control_valve(file, xml, ends, bounds, &mut fields);
                (
                    ElementKind::ControlValve,
                    push(&mut network.control_valves, valve),
                )
            }
            _ => {
                let station = super::active::station(file, xml, ends, bounds, &mut fields);
                let index = push(&mut network.compressor_stations, station);
                (ElementKind::CompressorStation, index)
            }
        };
        let span = file.span(xml);
        file.import.place(place(kind, index), span);
        fields.done(file);
    }

    /// Says where supplies and off-takes stand, once they have their places in the lists.
    pub(super) fn place_terminals(&self, import: &mut Import) {
        let supplies = self.network.supplies.iter().enumerate();
        let off_takes = self.network.off_takes.iter().enumerate();
        let supplies = supplies.map(|(i, s)| (ElementKind::Supply, i, &s.node));
        let off_takes = off_takes.map(|(i, o)| (ElementKind::OffTake, i, &o.node));
        for (kind, index, node) in supplies.chain(off_takes) {
            if let Some(&span) = self.spans.get(node) {
                import.place(place(kind, index), span);
            }
        }
    }
}

fn place(kind: ElementKind, index: usize) -> Place {
    Place::Element { kind, index }
}

fn push<T>(list: &mut Vec<T>, element: T) -> usize {
    list.push(element);
    list.len() - 1
}

/// What every node has.
fn common(file: &mut File<'_>, xml: Xml<'_, '_>, fields: &mut Fields<'_, '_>) -> Node {
    let id = file.id(xml, "id").unwrap_or("");
    let mut node = Node::new(id);
    label(&mut node.header, xml);
    (node.x, node.y) = coordinates(file, xml);
    node.elevation_m = match fields.optional(file, "height", &LENGTH) {
        Some(height) => height,
        None => {
            file.note("no height: 0 m", xml);
            0.0
        }
    };
    node.pressure_min_pa = lowest(file, xml, fields, "pressureMin");
    node.pressure_max_pa = highest(file, xml, fields, "pressureMax", &PRESSURE);
    node
}

/// Degrees where they are stated, otherwise whatever `x` and `y` are.
fn coordinates(file: &mut File<'_>, xml: Xml<'_, '_>) -> (Option<f64>, Option<f64>) {
    let degrees = (
        file.number_in(xml, "geoWGS84Long"),
        file.number_in(xml, "geoWGS84Lat"),
    );
    let plain = (file.number_in(xml, "x"), file.number_in(xml, "y"));
    let stated = |pair: &(Option<f64>, Option<f64>)| pair.0.is_some() && pair.1.is_some();
    match (stated(&degrees), stated(&plain)) {
        (true, _) => degrees,
        (false, true) => plain,
        _ => (None, None),
    }
}

/// A lowest pressure; vacuum is no limit.
pub(super) fn lowest(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    fields: &mut Fields<'_, '_>,
    name: &'static str,
) -> Option<f64> {
    let pressure_pa = fields.optional(file, name, &PRESSURE)?;
    if pressure_pa == 0.0 {
        file.note(&format!("{name} is vacuum: no limit"), xml);
        return None;
    }
    Some(pressure_pa)
}

fn label(header: &mut Header, xml: Xml<'_, '_>) {
    let alias = xml.attribute("alias");
    if let Some(alias) = alias.filter(|a| !a.trim().is_empty()) {
        alias.clone_into(&mut header.label);
    }
}

/// A highest pressure; one that nothing bears is no limit.
pub(super) fn highest(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    fields: &mut Fields<'_, '_>,
    name: &'static str,
    quantity: &Quantity,
) -> Option<f64> {
    let pressure_pa = fields.optional(file, name, quantity)?;
    if pressure_pa >= NO_PRESSURE_PA {
        file.note(&format!("{name} of 1000 bar or more: no limit"), xml);
        return None;
    }
    Some(pressure_pa)
}

/// Bounds of a flow; the schema asks for both.
fn flow_bounds(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> FlowBounds {
    let mut bound = |name| {
        let node = fields.take(file, name)?;
        let flow = file.flow(node)?;
        if super::gas::size(flow).abs() < NO_BOUND_M3_PER_S {
            return Some(flow);
        }
        let what = format!("{name} of 1e6 (1000 m3/h) or more: no bound");
        let owner = node.parent_element().and_then(|p| p.attribute("id"));
        file.import.note(what, Some(owner.unwrap_or("")));
        None
    };
    FlowBounds {
        min: bound("flowMin"),
        max: bound("flowMax"),
    }
}

fn source_gas(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> SupplyGas {
    let mut gas = |name, quantity| fields.optional(file, name, quantity);
    let coefficients = [
        gas("coefficient-A-heatCapacity", &NUMBER),
        gas("coefficient-B-heatCapacity", &NUMBER),
        gas("coefficient-C-heatCapacity", &NUMBER),
    ];
    SupplyGas {
        temperature_k: gas("gasTemperature", &TEMPERATURE),
        calorific_value_j_per_m3: gas("calorificValue", &CALORIFIC),
        norm_density_kg_per_m3: gas("normDensity", &DENSITY),
        molar_mass_kg_per_mol: gas("molarMass", &MOLAR_MASS),
        critical_pressure_pa: gas("pseudocriticalPressure", &PRESSURE),
        critical_temperature_k: gas("pseudocriticalTemperature", &TEMPERATURE),
        heat_capacity: match coefficients {
            [Some(a), Some(b), Some(c)] => Some([a, b, c]),
            _ => None,
        },
    }
}

/// Attributes of every connection.
pub(super) const ENDS: [&str; 4] = ["id", "alias", "from", "to"];

/// What every connection has.
pub(super) struct Ends {
    pub(super) header: Header,
    pub(super) from: String,
    pub(super) to: String,
}

impl Ends {
    fn read(file: &mut File<'_>, xml: Xml<'_, '_>) -> Self {
        let mut header = Header::new(file.id(xml, "id").unwrap_or(""));
        label(&mut header, xml);
        let mut end = |name| file.text(xml, name).unwrap_or("").to_owned();
        Self {
            header,
            from: end("from"),
            to: end("to"),
        }
    }
}

fn pipe(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    ends: Ends,
    flow_bounds: FlowBounds,
    fields: &mut Fields<'_, '_>,
) -> Pipe {
    file.attributes(xml, &ENDS);
    let mut pipe = Pipe::new("", ends.from, ends.to);
    pipe.header = ends.header;
    pipe.flow_bounds = flow_bounds;
    pipe.length_m = fields.required(file, "length", &LENGTH);
    pipe.diameter_m = fields.required(file, "diameter", &LENGTH);
    pipe.roughness_m = fields.required(file, "roughness", &LENGTH);
    pipe.pressure_min_pa = lowest(file, xml, fields, "pressureMin");
    pipe.pressure_max_pa = fields.optional(file, "pressureMax", &PRESSURE);
    pipe.heat_transfer_w_per_m2_k =
        fields.optional(file, "heatTransferCoefficient", &HEAT_TRANSFER);
    if let Some(path) = fields.take(file, "path") {
        pipe.route = route(file, path);
    }
    fields.unused(file, "lineOfSight");
    fields.unused(file, "speedLimit");
    pipe
}

/// Points along a pipe, degrees.
fn route(file: &mut File<'_>, path: Xml<'_, '_>) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for node in path.children().filter(Xml::is_element) {
        let mut degrees = |name| file.number_in(node, name);
        if let (Some(x), Some(y)) = (degrees("geoWGS84Long"), degrees("geoWGS84Lat")) {
            if x.abs() > 360.0 || y.abs() > 90.0 {
                file.error(node, "a point of a path is no longitude and latitude");
            }
            points.push([x, y]);
        }
    }
    points
}

fn valve(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    ends: Ends,
    flow_bounds: FlowBounds,
    fields: &mut Fields<'_, '_>,
) -> Valve {
    file.attributes(xml, &ENDS);
    Valve {
        header: ends.header,
        pressure_differential_max_pa: highest(
            file,
            xml,
            fields,
            "pressureDifferentialMax",
            &DIFFERENCE,
        ),
        flow_bounds,
        ..Valve::new("", ends.from, ends.to)
    }
}

const NO_LOSS: ResistorLoss = ResistorLoss::Constant {
    pressure_loss_pa: 0.0,
};

/// Names of drag factor, diameter and constant loss.
pub(super) type LossNames = [&'static str; 3];
const PLAIN_LOSS: LossNames = ["dragFactor", "diameter", "pressureLoss"];

/// A loss, in one of its two forms.
pub(super) fn loss(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    fields: &mut Fields<'_, '_>,
    [drag, diameter, constant]: LossNames,
) -> Option<ResistorLoss> {
    let factor = fields.take(file, drag);
    let bore = fields.optional(file, diameter, &LENGTH);
    let fixed = fields.take(file, constant);
    match (factor, fixed) {
        (Some(_), Some(_)) => {
            file.error(
                xml,
                format!("{} has both {drag} and {constant}", called(xml)),
            );
            None
        }
        (Some(node), None) => {
            let factor = file.number(node)?;
            if bore.is_none() {
                file.error(
                    xml,
                    format!("{} has {drag} without {diameter}", called(xml)),
                );
            }
            Some(ResistorLoss::Drag {
                factor,
                diameter_m: bore?,
            })
        }
        (None, Some(node)) => Some(ResistorLoss::Constant {
            pressure_loss_pa: file.quantity(node, &DIFFERENCE)?,
        }),
        (None, None) => {
            if drag == PLAIN_LOSS[0] {
                file.error(
                    xml,
                    format!("{} has neither {drag} nor {constant}", called(xml)),
                );
            }
            None
        }
    }
}
