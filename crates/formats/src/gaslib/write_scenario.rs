//! `.scn`: what is asked of the network.

use super::units::{NORM_FLOW, PRESSURE, TEMPERATURE};
use super::write::{Plan, Terminal};
use super::write_xml::{Xml, digits};
use linepack_network::{OffTake, Supply};

/// Writes the scenario.
pub(super) fn scenario(plan: &Plan<'_>) -> String {
    let attributes = [
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns", "http://gaslib.zib.de/Gas"),
        (
            "xsi:schemaLocation",
            "http://gaslib.zib.de/Gas Scenario.xsd",
        ),
        ("xmlns:framework", "http://gaslib.zib.de/Framework"),
    ];
    let mut xml = Xml::new("boundaryValue", &attributes);
    xml.open("scenario", &[("id", &plan.case.scenario.name)]);
    temperature(
        &mut xml,
        "soilTemperature",
        plan.case.settings.ground_temperature_k,
    );
    if let Some(kelvin) = plan.ambient_k {
        temperature(&mut xml, "ambientTemperature", kelvin);
    }
    for node in plan.nodes() {
        let id = node.header.id.as_str();
        if let Some(terminal) = plan.at.get(id) {
            boundary(&mut xml, plan, id, terminal);
        }
    }
    for (id, _, terminal) in &plan.extra {
        boundary(&mut xml, plan, id, terminal);
    }
    for pipe in plan
        .case
        .network
        .pipes
        .iter()
        .filter(|p| p.header.in_service)
    {
        if let Some(kelvin) = pipe.ground_temperature_k {
            xml.open("pipe", &[("id", &pipe.header.id)]);
            temperature(&mut xml, "soilTemperature", kelvin);
            xml.close();
        }
    }
    xml.finish()
}

fn temperature(xml: &mut Xml, name: &str, kelvin: f64) {
    xml.quantity(name, kelvin, &TEMPERATURE, "K");
}

fn boundary(xml: &mut Xml, plan: &Plan<'_>, id: &str, terminal: &Terminal<'_>) {
    let kind = if matches!(terminal, Terminal::Source(_)) {
        "entry"
    } else {
        "exit"
    };
    xml.open("node", &[("type", kind), ("id", id)]);
    match terminal {
        Terminal::Source(supply) | Terminal::BringingSink(supply) => {
            entry(xml, plan, supply, terminal)
        }
        Terminal::Sink(off_take) => exit(xml, plan, off_take),
    }
    xml.close();
}

fn pressure(xml: &mut Xml, bound: &str, pressure_pa: f64) {
    let value = digits(
        PRESSURE
            .unit("bar")
            .map_or(pressure_pa, |u| u.write(pressure_pa)),
    );
    xml.empty(
        "pressure",
        &[("bound", bound), ("unit", "bar"), ("value", &value)],
    );
}

fn flow(xml: &mut Xml, m3_per_s: f64) {
    let unit = "1000m_cube_per_hour";
    let value = digits(NORM_FLOW.unit(unit).map_or(m3_per_s, |u| u.write(m3_per_s)));
    xml.empty(
        "flow",
        &[("bound", "both"), ("unit", unit), ("value", &value)],
    );
}

fn entry(xml: &mut Xml, plan: &Plan<'_>, supply: &Supply, terminal: &Terminal<'_>) {
    if let Some(pressure_pa) = supply.pressure_pa {
        pressure(xml, "upper", pressure_pa);
    }
    let (density, way) = match terminal {
        Terminal::Source(_) => (plan.density_of(supply), 1.0),
        _ => (plan.density, -1.0),
    };
    let brought = plan.balancing.get(supply.header.id.as_str()).copied();
    let brought = brought.map(|kg_per_s| kg_per_s / density);
    let own = || supply.flow.and_then(|f| plan.volume(f, density));
    if let Some(m3_per_s) = brought.or_else(own) {
        flow(xml, way * m3_per_s);
    }
}

fn exit(xml: &mut Xml, plan: &Plan<'_>, off_take: &OffTake) {
    if let Some(pressure_pa) = off_take.pressure_min_pa {
        pressure(xml, "lower", pressure_pa);
    }
    if let Some(m3_per_s) = off_take.flow.and_then(|f| plan.volume(f, plan.density)) {
        flow(xml, m3_per_s);
    }
}
