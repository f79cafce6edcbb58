//! `.cs` and `.cdf`: machines of stations, and decisions.

use super::drives::KINDS;
use super::stations::{CHOKE_LINE, ENERGY, ETA_ISOLINE, N_ISOLINE, POWER_3, POWER_9, SURGE_LINE};
use super::units::{AMBIENT, HEAD, POWER, SPEED, SUCTION_FLOW, TORQUE, VOLUME};
use super::write_xml::{Xml, digits};
use linepack_network::{
    Compressor, CompressorKind, Configuration, ControlState, Decision, DecisionGroup, Drive,
    DriveKind, DrivePower, ElementKind, Machines, MapPoint, Network, PistonData, StationState,
    Switch, TurboMap,
};
use std::collections::{HashMap, HashSet};

const XSI: (&str, &str) = ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");

/// The machines of all stations; none when no station has any.
pub(super) fn stations(network: &Network) -> Option<String> {
    let with = network.compressor_stations.iter();
    let mut with = with
        .filter_map(|s| Some((s, s.machines.as_deref()?)))
        .peekable();
    with.peek()?;
    let attributes = [
        XSI,
        ("xmlns", "http://gaslib.zib.de/CompressorStations"),
        (
            "xsi:schemaLocation",
            "http://gaslib.zib.de/CompressorStations CompressorStations.xsd",
        ),
        ("xmlns:gas", "http://gaslib.zib.de/Gas"),
        ("xmlns:framework", "http://gaslib.zib.de/Framework"),
    ];
    let mut xml = Xml::new("compressorStations", &attributes);
    for (station, machines) in with {
        xml.open("compressorStation", &[("id", &station.header.id)]);
        machines_of(&mut xml, machines);
        xml.close();
    }
    Some(xml.finish())
}

fn machines_of(xml: &mut Xml, machines: &Machines) {
    xml.open("compressors", &[]);
    machines.compressors.iter().for_each(|c| compressor(xml, c));
    xml.close();
    xml.open("drives", &[]);
    machines.drives.iter().for_each(|d| drive(xml, d));
    xml.close();
    xml.open("configurations", &[]);
    machines
        .configurations
        .iter()
        .for_each(|c| configuration(xml, c));
    xml.close();
}

fn compressor(xml: &mut Xml, c: &Compressor) {
    let attributes = [("drive", c.drive.as_str()), ("id", c.id.as_str())];
    let name = match c.kind {
        CompressorKind::Piston(_) => "pistonCompressor",
        _ => "turboCompressor",
    };
    xml.open(name, &attributes);
    xml.quantity("speedMin", c.speed_min_per_min, &SPEED, "per_min");
    xml.quantity("speedMax", c.speed_max_per_min, &SPEED, "per_min");
    match &c.kind {
        CompressorKind::Turbo(map) => turbo(xml, map),
        CompressorKind::Piston(piston) => piston_data(xml, piston),
        _ => {}
    }
    xml.close();
}

fn coefficients<const N: usize>(xml: &mut Xml, names: [&str; N], values: &[f64; N]) {
    for (name, value) in names.iter().zip(values) {
        xml.number(name, *value);
    }
}

fn turbo(xml: &mut Xml, map: &TurboMap) {
    coefficients(xml, N_ISOLINE, &map.head);
    coefficients(xml, ETA_ISOLINE, &map.efficiency);
    coefficients(xml, SURGE_LINE, &map.surge_line);
    coefficients(xml, CHOKE_LINE, &map.choke_line);
    if let Some(efficiency) = map.choke_efficiency {
        xml.number("efficiencyOfChokeline", efficiency);
    }
    let on_surge = |p: &&MapPoint| p.efficiency.is_none();
    if map.measurements.iter().any(|p| on_surge(&p)) {
        xml.open("surgelineMeasurements", &[]);
        map.measurements
            .iter()
            .filter(on_surge)
            .for_each(|p| map_point(xml, p));
        xml.close();
    }
    let isolines: Vec<_> = map.measurements.iter().filter(|p| !on_surge(p)).collect();
    if isolines.is_empty() {
        return;
    }
    xml.open("characteristicDiagramMeasurements", &[]);
    for line in isolines.chunk_by(|a, b| a.efficiency == b.efficiency) {
        let efficiency = line[0].efficiency.map_or_else(String::new, digits);
        xml.open("adiabaticEfficiency", &[("value", &efficiency)]);
        line.iter().for_each(|p| map_point(xml, p));
        xml.close();
    }
    xml.close();
}

fn map_point(xml: &mut Xml, point: &MapPoint) {
    xml.open("measurement", &[]);
    if let Some(speed) = point.speed_per_min {
        xml.quantity("speed", speed, &SPEED, "per_min");
    }
    xml.quantity("adiabaticHead", point.head_kj_per_kg, &HEAD, "kJ_per_kg");
    let flow = point.volume_flow_m3_per_s;
    xml.quantity("volumetricFlowrate", flow, &SUCTION_FLOW, "m_cube_per_s");
    xml.close();
}

fn piston_data(xml: &mut Xml, p: &PistonData) {
    xml.quantity("operatingVolume", p.operating_volume_m3, &VOLUME, "m_cube");
    xml.quantity(
        "maximalTorque",
        p.torque_max_nm.unwrap_or(0.0),
        &TORQUE,
        "kNm",
    );
    xml.number("maximalCompressionRatio", p.ratio_max);
    xml.number("adiabaticEfficiency", p.efficiency);
    xml.number(
        "additionalReductionVolFlow",
        p.additional_reduction_m3_per_s,
    );
}

fn drive(xml: &mut Xml, d: &Drive) {
    let name = KINDS
        .iter()
        .find(|(_, kind)| *kind == d.kind)
        .map_or("gasTurbine", |k| k.0);
    let id = ("id", d.id.as_str());
    match d.kind {
        DriveKind::SteamTurbine => xml.open(name, &[id, ("explicit", "1")]),
        _ => xml.open(name, &[id]),
    }
    coefficients(xml, ENERGY, &d.energy_rate);
    match &d.power {
        DrivePower::Speed([most, 0.0, 0.0]) if d.kind == DriveKind::SteamTurbine => {
            xml.quantity("powerMin", 0.0, &POWER, "kW");
            xml.quantity("powerMax", *most, &POWER, "kW");
        }
        DrivePower::Speed(values) => coefficients(xml, POWER_3, values),
        DrivePower::AmbientAndSpeed(values) => coefficients(xml, POWER_9, values),
        _ => {}
    }
    energy_points(xml, d);
    power_points(xml, d);
    xml.close();
}

fn energy_points(xml: &mut Xml, d: &Drive) {
    if d.energy_measurements.is_empty() {
        return;
    }
    xml.open("specificEnergyConsumptionMeasurements", &[]);
    for [power, energy] in &d.energy_measurements {
        xml.open("measurement", &[]);
        xml.quantity("compressorPower", *power, &POWER, "kW");
        xml.quantity("fuelConsumption", *energy, &POWER, "kW");
        xml.close();
    }
    xml.close();
}

fn power_points(xml: &mut Xml, d: &Drive) {
    if d.power_measurements.is_empty() {
        return;
    }
    xml.open("maximalPowerMeasurements", &[]);
    for group in d
        .power_measurements
        .chunk_by(|a, b| a.ambient_celsius == b.ambient_celsius)
    {
        if let Some(celsius) = group[0].ambient_celsius {
            let unit = AMBIENT.unit("Celsius").map_or("C", |u| u.name);
            let value = digits(celsius);
            xml.open("ambientTemperature", &[("unit", unit), ("value", &value)]);
        }
        for point in group {
            xml.open("measurement", &[]);
            xml.quantity("speed", point.speed_per_min, &SPEED, "per_min");
            xml.quantity("maximalPower", point.power_kw, &POWER, "kW");
            xml.close();
        }
        if group[0].ambient_celsius.is_some() {
            xml.close();
        }
    }
    xml.close();
}

fn configuration(xml: &mut Xml, c: &Configuration) {
    let count = c.stages.len().to_string();
    xml.open(
        "configuration",
        &[("confId", &c.id), ("nrOfSerialStages", &count)],
    );
    for (number, stage) in c.stages.iter().enumerate() {
        let (number, count) = ((number + 1).to_string(), stage.units.len().to_string());
        xml.open(
            "stage",
            &[("stageNr", &number), ("nrOfParallelUnits", &count)],
        );
        for unit in &stage.units {
            let id = ("id", unit.compressor.as_str());
            match unit.nominal_speed_per_min.map(digits) {
                Some(speed) => xml.empty("compressor", &[id, ("nominalSpeed", &speed)]),
                None => xml.empty("compressor", &[id]),
            }
        }
        xml.close();
    }
    xml.close();
}

/// Decision groups, and a group of one decision for everything else that is closed or in bypass;
/// none when there is nothing to say.
pub(super) fn decisions(network: &Network) -> Option<String> {
    let groups = &network.decision_groups;
    let switches = groups
        .iter()
        .flat_map(|g| &g.decisions)
        .flat_map(|d| &d.switches);
    let decided: HashSet<&str> = switches.map(|s| s.element.as_str()).collect();
    let mut states = states(network);
    states.retain(|(_, s)| !decided.contains(s.element.as_str()));
    if groups.is_empty() && states.is_empty() {
        return None;
    }
    let attributes = [
        XSI,
        ("xmlns", "http://gaslib.zib.de/CombinedDecisions"),
        (
            "xsi:schemaLocation",
            "http://gaslib.zib.de/CombinedDecisions CombinedDecisions.xsd",
        ),
        ("xmlns:framework", "http://gaslib.zib.de/Framework"),
    ];
    let kinds = kinds(network);
    let mut xml = Xml::new("combinedDecisions", &attributes);
    groups
        .iter()
        .for_each(|g| decision_group(&mut xml, g, &kinds));
    for (kind, s) in &states {
        xml.open(
            "decisionGroup",
            &[("id", &format!("state of {}", s.element))],
        );
        xml.open("decision", &[("id", "as it stands")]);
        switch(&mut xml, kind, s);
        xml.close();
        xml.close();
    }
    Some(xml.finish())
}

fn decision_group(xml: &mut Xml, group: &DecisionGroup, kinds: &HashMap<&str, &'static str>) {
    xml.open("decisionGroup", &[("id", &group.id)]);
    for Decision { id, switches } in &group.decisions {
        xml.open("decision", &[("id", id)]);
        for s in switches {
            if let Some(kind) = kinds.get(s.element.as_str()) {
                switch(xml, kind, s);
            }
        }
        xml.close();
    }
    xml.close();
}

fn switch(xml: &mut Xml, kind: &str, s: &Switch) {
    let flag = |yes: bool| if yes { "1" } else { "0" };
    let mut attributes = vec![("id", s.element.as_str()), ("value", flag(s.open))];
    attributes.extend(s.forward.map(|forward| ("flowDirection", flag(!forward))));
    attributes.extend(s.mode.as_deref().map(|mode| ("mode", mode)));
    xml.empty(kind, &attributes);
}

/// Names in the format of what is written and can be switched.
fn kinds(network: &Network) -> HashMap<&str, &'static str> {
    let edges = network.edges().into_iter().filter(|e| e.header.in_service);
    let kinds = edges.filter_map(|e| {
        let kind = match e.kind {
            ElementKind::Valve => "valve",
            ElementKind::ControlValve => "controlValve",
            ElementKind::CompressorStation => "compressorStation",
            _ => return None,
        };
        Some((e.header.id.as_str(), kind))
    });
    kinds.collect()
}

/// Elements that do not stand as the operating rule would have them.
fn states(network: &Network) -> Vec<(&'static str, Switch)> {
    let state = |id: &str, open, mode: Option<&str>| Switch {
        element: id.to_owned(),
        open,
        forward: None,
        mode: mode.map(str::to_owned),
    };
    let mut all = Vec::new();
    for v in network
        .valves
        .iter()
        .filter(|v| v.opening <= 0.0 && v.header.in_service)
    {
        all.push(("valve", state(&v.header.id, false, None)));
    }
    for v in network
        .control_valves
        .iter()
        .filter(|v| v.header.in_service)
    {
        match v.state {
            ControlState::Active => {}
            ControlState::Closed => all.push(("controlValve", state(&v.header.id, false, None))),
            ControlState::Bypass => {
                all.push(("controlValve", state(&v.header.id, true, Some("bypass"))));
            }
        }
    }
    for s in network
        .compressor_stations
        .iter()
        .filter(|s| s.header.in_service)
    {
        let id = &s.header.id;
        let switch = match (s.state, s.configuration.as_deref()) {
            (StationState::Running, None) => continue,
            (StationState::Running, mode) => state(id, true, mode),
            (StationState::Closed, _) => state(id, false, None),
            (StationState::Bypass, _) => state(id, true, Some("bypass")),
        };
        all.push(("compressorStation", switch));
    }
    all
}
