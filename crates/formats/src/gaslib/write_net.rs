//! `.net`: nodes and what connects them.

use super::units::{
    CALORIFIC, DENSITY, DIFFERENCE, HEAT_TRANSFER, LENGTH, MOLAR_MASS, NORM_FLOW, PRESSURE,
    TEMPERATURE,
};
use super::write::{Notes, Plan, Terminal};
use super::write_xml::{Xml, digits};
use linepack_network::{
    CompressorStation, ControlValve, FlowBounds, Header, Node, Pipe, ResistorLoss, SupplyGas,
};
use linepack_units::FlowRate;

/// A bound of flow that no network reaches, m³/s: the format asks for bounds.
pub(super) const NO_BOUND_M3_PER_S: f64 = 1e9 / 3600.0;
/// A pressure that no network bears, Pa: the format asks for highest pressures.
pub(super) const NO_PRESSURE_PA: f64 = 1e8;

/// Writes the network.
pub(super) fn network(plan: &Plan<'_>, notes: &mut Notes) -> String {
    let attributes = [
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns", "http://gaslib.zib.de/Gas"),
        ("xsi:schemaLocation", "http://gaslib.zib.de/Gas Gas.xsd"),
        ("xmlns:framework", "http://gaslib.zib.de/Framework"),
    ];
    let mut xml = Xml::new("network", &attributes);
    information(&mut xml, plan);
    xml.open("framework:nodes", &[]);
    for node in plan.nodes() {
        self::node(&mut xml, plan, node);
    }
    for (id, node, terminal) in &plan.extra {
        let node = Node {
            header: Header::new(*id),
            ..(*node).clone()
        };
        boundary(&mut xml, plan, &node, terminal);
    }
    xml.close();
    xml.open("framework:connections", &[]);
    connections(&mut xml, plan, notes);
    xml.finish()
}

fn information(xml: &mut Xml, plan: &Plan<'_>) {
    let case = plan.case;
    let dated = case.description.strip_suffix('.').and_then(|d| {
        let (before, date) = d.rsplit_once("Dated ")?;
        let is_date = date.len() == 10 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
        is_date.then_some((before.trim_end(), date))
    });
    xml.open("framework:information", &[]);
    xml.line("framework:title", &case.title);
    xml.line("framework:type", "gas");
    if let Some((_, date)) = dated {
        xml.line("framework:date", date);
    }
    let about = dated.map_or(case.description.as_str(), |(before, _)| before);
    xml.line("framework:documentation", about);
    xml.close();
}

/// A node with what enters or leaves there.
fn node(xml: &mut Xml, plan: &Plan<'_>, node: &Node) {
    match plan.at.get(node.header.id.as_str()) {
        Some(terminal) => boundary(xml, plan, node, terminal),
        None => {
            open(xml, "innode", node);
            common(xml, node);
            xml.close();
        }
    }
}

fn boundary(xml: &mut Xml, plan: &Plan<'_>, node: &Node, terminal: &Terminal<'_>) {
    match terminal {
        Terminal::Source(supply) => {
            open(xml, "source", node);
            common(xml, node);
            let density = plan.density_of(supply);
            let bounds = FlowBounds {
                min: supply.flow_min.or(Some(FlowRate::mass(0.0))),
                max: supply.flow_max,
            };
            flow_bounds(xml, plan, bounds, density);
            gas(xml, &plan.gas_of(supply));
        }
        Terminal::Sink(off_take) => {
            open(xml, "sink", node);
            common(xml, node);
            flow_bounds(xml, plan, off_take.flow_bounds, plan.density);
        }
        Terminal::BringingSink(supply) => {
            open(xml, "sink", node);
            common(xml, node);
            let bounds = FlowBounds {
                min: supply.flow_max.map(|f| f.scaled(-1.0)),
                max: None,
            };
            flow_bounds(xml, plan, bounds, plan.density);
        }
    }
    xml.close();
}

fn open(xml: &mut Xml, kind: &'static str, node: &Node) {
    let (x, y) = (node.x.map(digits), node.y.map(digits));
    let mut attributes = vec![("id", node.header.id.as_str())];
    attributes.extend(alias(&node.header));
    if let (Some(x), Some(y)) = (&x, &y) {
        attributes.extend([("x", x.as_str()), ("y", y.as_str())]);
    }
    xml.open(kind, &attributes);
}

fn alias(header: &Header) -> Option<(&'static str, &str)> {
    (header.label != header.id).then_some(("alias", header.label.as_str()))
}

fn common(xml: &mut Xml, node: &Node) {
    xml.quantity("height", node.elevation_m, &LENGTH, "m");
    let low = node.pressure_min_pa.unwrap_or(0.0);
    xml.quantity("pressureMin", low, &PRESSURE, "bar");
    let high = node.pressure_max_pa.unwrap_or(NO_PRESSURE_PA);
    xml.quantity("pressureMax", high, &PRESSURE, "bar");
}

fn flow_bounds(xml: &mut Xml, plan: &Plan<'_>, bounds: FlowBounds, density: f64) {
    let flow = |f: Option<FlowRate>, none| f.and_then(|f| plan.volume(f, density)).unwrap_or(none);
    let unit = "1000m_cube_per_hour";
    xml.quantity(
        "flowMin",
        flow(bounds.min, -NO_BOUND_M3_PER_S),
        &NORM_FLOW,
        unit,
    );
    xml.quantity(
        "flowMax",
        flow(bounds.max, NO_BOUND_M3_PER_S),
        &NORM_FLOW,
        unit,
    );
}

fn gas(xml: &mut Xml, gas: &SupplyGas) {
    let [a, b, c] = gas.heat_capacity.unwrap_or_default();
    let stated = |value: Option<f64>| value.unwrap_or_default();
    xml.quantity(
        "gasTemperature",
        stated(gas.temperature_k),
        &TEMPERATURE,
        "K",
    );
    let calorific = stated(gas.calorific_value_j_per_m3);
    xml.quantity("calorificValue", calorific, &CALORIFIC, "MJ_per_m_cube");
    let density = stated(gas.norm_density_kg_per_m3);
    xml.quantity("normDensity", density, &DENSITY, "kg_per_m_cube");
    xml.number("coefficient-A-heatCapacity", a);
    xml.number("coefficient-B-heatCapacity", b);
    xml.number("coefficient-C-heatCapacity", c);
    let molar_mass = stated(gas.molar_mass_kg_per_mol);
    xml.quantity("molarMass", molar_mass, &MOLAR_MASS, "kg_per_kmol");
    let (p, t) = (
        stated(gas.critical_pressure_pa),
        stated(gas.critical_temperature_k),
    );
    xml.quantity("pseudocriticalPressure", p, &PRESSURE, "bar");
    xml.quantity("pseudocriticalTemperature", t, &TEMPERATURE, "K");
}

/// Opens a connection and writes its bounds of flow.
fn connection(
    xml: &mut Xml,
    plan: &Plan<'_>,
    (kind, header, from, to): (&'static str, &Header, &str, &str),
    bounds: FlowBounds,
    more: &[(&str, &str)],
) {
    let mut attributes = vec![("id", header.id.as_str()), ("from", from), ("to", to)];
    attributes.extend(alias(header));
    attributes.extend(more);
    xml.open(kind, &attributes);
    flow_bounds(xml, plan, bounds, plan.density);
}

fn connections(xml: &mut Xml, plan: &Plan<'_>, notes: &mut Notes) {
    let network = &plan.case.network;
    for e in network.pipes.iter().filter(|e| e.header.in_service) {
        connection(
            xml,
            plan,
            ("pipe", &e.header, &e.from, &e.to),
            e.flow_bounds,
            &[],
        );
        pipe(xml, e);
        xml.close();
    }
    for e in network.short_pipes.iter().filter(|e| e.header.in_service) {
        connection(
            xml,
            plan,
            ("shortPipe", &e.header, &e.from, &e.to),
            e.flow_bounds,
            &[],
        );
        xml.close();
    }
    for (id, node, _) in &plan.extra {
        let header = Header::new(format!("{id}:connection"));
        let ends = ("shortPipe", &header, *id, node.header.id.as_str());
        connection(xml, plan, ends, FlowBounds::default(), &[]);
        xml.close();
    }
    for e in network.resistors.iter().filter(|e| e.header.in_service) {
        connection(
            xml,
            plan,
            ("resistor", &e.header, &e.from, &e.to),
            e.flow_bounds,
            &[],
        );
        loss(xml, e.loss, ["dragFactor", "diameter", "pressureLoss"]);
        xml.close();
    }
    for e in network.valves.iter().filter(|e| e.header.in_service) {
        connection(
            xml,
            plan,
            ("valve", &e.header, &e.from, &e.to),
            e.flow_bounds,
            &[],
        );
        let most = e.pressure_differential_max_pa.unwrap_or(NO_PRESSURE_PA);
        xml.quantity("pressureDifferentialMax", most, &DIFFERENCE, "bar");
        xml.close();
    }
    for e in network.check_valves.iter().filter(|e| e.header.in_service) {
        notes.add(
            "a check valve is written as a valve without flow back",
            &e.header.id,
        );
        let bounds = FlowBounds {
            min: Some(FlowRate::mass(0.0)),
            max: None,
        };
        connection(xml, plan, ("valve", &e.header, &e.from, &e.to), bounds, &[]);
        xml.quantity(
            "pressureDifferentialMax",
            NO_PRESSURE_PA,
            &DIFFERENCE,
            "bar",
        );
        xml.close();
    }
    for e in network
        .control_valves
        .iter()
        .filter(|e| e.header.in_service)
    {
        control_valve(xml, plan, e);
    }
    for e in network
        .compressor_stations
        .iter()
        .filter(|e| e.header.in_service)
    {
        station(xml, plan, e);
    }
}

fn pipe(xml: &mut Xml, e: &Pipe) {
    xml.quantity("length", e.length_m, &LENGTH, "km");
    xml.quantity("diameter", e.diameter_m, &LENGTH, "mm");
    xml.quantity("roughness", e.roughness_m, &LENGTH, "mm");
    if let Some(low) = e.pressure_min_pa {
        xml.quantity("pressureMin", low, &PRESSURE, "bar");
    }
    if let Some(high) = e.pressure_max_pa {
        xml.quantity("pressureMax", high, &PRESSURE, "bar");
    }
    if let Some(heat) = e.heat_transfer_w_per_m2_k {
        xml.quantity(
            "heatTransferCoefficient",
            heat,
            &HEAT_TRANSFER,
            "W_per_m_square_per_K",
        );
    }
    if e.route.is_empty() {
        return;
    }
    xml.open("path", &[]);
    for [x, y] in &e.route {
        let (x, y) = (digits(*x), digits(*y));
        xml.empty("node", &[("geoWGS84Long", &x), ("geoWGS84Lat", &y)]);
    }
    xml.close();
}

fn loss(xml: &mut Xml, loss: ResistorLoss, [drag, diameter, constant]: [&str; 3]) {
    match loss {
        ResistorLoss::Drag { factor, diameter_m } => {
            xml.number(drag, factor);
            xml.quantity(diameter, diameter_m, &LENGTH, "mm");
        }
        ResistorLoss::Constant { pressure_loss_pa } => {
            xml.quantity(constant, pressure_loss_pa, &DIFFERENCE, "bar");
        }
    }
}

fn losses(xml: &mut Xml, inlet: Option<ResistorLoss>, outlet: Option<ResistorLoss>) {
    const NONE: ResistorLoss = ResistorLoss::Constant {
        pressure_loss_pa: 0.0,
    };
    loss(
        xml,
        inlet.unwrap_or(NONE),
        ["dragFactorIn", "diameterIn", "pressureLossIn"],
    );
    loss(
        xml,
        outlet.unwrap_or(NONE),
        ["dragFactorOut", "diameterOut", "pressureLossOut"],
    );
}

fn control_valve(xml: &mut Xml, plan: &Plan<'_>, e: &ControlValve) {
    let heated = e.outlet_temperature_min_k;
    let bypass = [
        ("gasPreheaterExisting", flag(heated.is_some())),
        ("internalBypassRequired", "0"),
    ];
    let ends = ("controlValve", &e.header, e.from.as_str(), e.to.as_str());
    connection(xml, plan, ends, e.flow_bounds, &bypass);
    let least = e.pressure_differential_min_pa.unwrap_or(0.0);
    xml.quantity("pressureDifferentialMin", least, &DIFFERENCE, "bar");
    let most = e.pressure_differential_max_pa.unwrap_or(NO_PRESSURE_PA);
    xml.quantity("pressureDifferentialMax", most, &DIFFERENCE, "bar");
    limits(xml, e.inlet_pressure_pa, e.outlet_pressure_pa);
    losses(xml, e.loss_in, e.loss_out);
    if let Some(kelvin) = heated {
        xml.quantity("increasedOutputTemperature", kelvin, &TEMPERATURE, "K");
    }
    xml.close();
}

fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

fn limits(xml: &mut Xml, low: Option<f64>, high: Option<f64>) {
    xml.quantity("pressureInMin", low.unwrap_or(0.0), &PRESSURE, "bar");
    let high = high.unwrap_or(NO_PRESSURE_PA);
    xml.quantity("pressureOutMax", high, &PRESSURE, "bar");
}

fn station(xml: &mut Xml, plan: &Plan<'_>, e: &CompressorStation) {
    let fuel = if e.fuel_at_discharge { &e.to } else { &e.from };
    let more = [
        ("fuelGasVertex", fuel.as_str()),
        (
            "gasCoolerExisting",
            flag(e.discharge_temperature_k.is_some()),
        ),
        ("internalBypassRequired", flag(e.internal_bypass)),
    ];
    let bounds = FlowBounds {
        min: e.flow_min.or(Some(FlowRate::mass(0.0))),
        max: e.flow_max,
    };
    let ends = (
        "compressorStation",
        &e.header,
        e.from.as_str(),
        e.to.as_str(),
    );
    connection(xml, plan, ends, bounds, &more);
    losses(xml, e.loss_in, e.loss_out);
    limits(xml, e.suction_pressure_pa, e.discharge_pressure_pa);
    if let Some(kelvin) = e.discharge_temperature_k {
        xml.quantity("cooledOutputTemperature", kelvin, &TEMPERATURE, "K");
    }
    xml.close();
}
