//! `.cs`: the machines of compressor stations.
//!
//! Coefficients are kept as they stand, in the units of the format (see [`Machines`]). Points of a
//! surge line are measurements without efficiency.

use super::drives;
use super::units::{HEAD, NUMBER, SPEED, SUCTION_FLOW, TORQUE, VOLUME};
use super::xml::{Fields, File, called, is};
use crate::import::Import;
use crate::sources::Span;
use linepack_network::{
    Compressor, CompressorKind, CompressorStation, Configuration, Drive, Machines, MapPoint,
    PistonData, Stage, StageUnit, TurboMap,
};
use roxmltree::Node as Xml;
use std::collections::{HashMap, HashSet};

/// A station's machines.
pub(super) struct Station {
    id: String,
    machines: Machines,
    span: Span,
}

/// Reads `<compressorStations>`.
pub(super) fn read(file: &mut File<'_>, root: Xml<'_, '_>) -> Vec<Station> {
    file.attributes(root, &[]);
    let mut stations = Vec::new();
    file.children(root, |file, child| match () {
        () if is(child, "compressorStation") => stations.extend(station(file, child)),
        () if is(child, "information") => {}
        () => file.unknown(child, &["compressorStation"]),
    });
    stations
}

fn station(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<Station> {
    file.attributes(xml, &["id", "buildingCost", "upgradeCost"]);
    if xml.has_attribute("buildingCost") || xml.has_attribute("upgradeCost") {
        file.note("costs of stations are not used", xml);
    }
    let mut parts = Fields::of(xml);
    let machines = Machines {
        compressors: items(file, &mut parts, "compressors", compressor),
        drives: items(file, &mut parts, "drives", drives::drive),
        configurations: items(file, &mut parts, "configurations", configuration),
    };
    parts.done(file);
    consistent(file, xml, &machines);
    Some(Station {
        id: file.id(xml, "id")?.to_owned(),
        machines,
        span: file.span(xml),
    })
}

/// The elements of a list.
fn items<T>(
    file: &mut File<'_>,
    parts: &mut Fields<'_, '_>,
    list: &'static str,
    read: fn(&mut File<'_>, Xml<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let list = parts.take(file, list);
    let children = list.iter().flat_map(Xml::children).filter(Xml::is_element);
    children.filter_map(|xml| read(file, xml)).collect()
}

/// Reports machines that name others which are not there, and identifiers that stand twice.
fn consistent(file: &mut File<'_>, xml: Xml<'_, '_>, machines: &Machines) {
    let once = |ids: Vec<&str>| {
        let mut seen = HashSet::new();
        ids.into_iter()
            .find(|id| !seen.insert(*id))
            .map(str::to_owned)
    };
    let compressors: Vec<_> = machines.compressors.iter().map(|c| c.id.as_str()).collect();
    let drives: Vec<_> = machines.drives.iter().map(|d| d.id.as_str()).collect();
    let configurations = machines
        .configurations
        .iter()
        .map(|c| c.id.as_str())
        .collect();
    let name = called(xml);
    let mut wrong = Vec::new();
    for ids in [compressors.clone(), drives.clone(), configurations] {
        wrong.extend(once(ids).map(|id| format!("{name} has two things called \"{id}\"")));
    }
    let known: HashSet<_> = drives.into_iter().collect();
    for c in machines
        .compressors
        .iter()
        .filter(|c| !known.contains(c.drive.as_str()))
    {
        wrong.push(format!(
            "compressor \"{}\" of {name} has no drive \"{}\"",
            c.id, c.drive
        ));
    }
    let known: HashSet<_> = compressors.into_iter().collect();
    for c in &machines.configurations {
        let units = c.stages.iter().flat_map(|s| &s.units);
        for u in units.filter(|u| !known.contains(u.compressor.as_str())) {
            wrong.push(format!(
                "configuration \"{}\" of {name} has no compressor \"{}\"",
                c.id, u.compressor
            ));
        }
    }
    wrong
        .into_iter()
        .for_each(|message| file.error(xml, message));
}

fn compressor(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<Compressor> {
    const KINDS: [&str; 2] = ["turboCompressor", "pistonCompressor"];
    if !KINDS.iter().any(|k| is(xml, k)) {
        file.unknown(xml, &KINDS);
        return None;
    }
    file.attributes(xml, &["id", "drive"]);
    let mut fields = Fields::of(xml);
    let compressor = Compressor {
        id: file.id(xml, "id").unwrap_or("").to_owned(),
        drive: file.id(xml, "drive").unwrap_or("").to_owned(),
        speed_min_per_min: fields.required(file, "speedMin", &SPEED),
        speed_max_per_min: fields.required(file, "speedMax", &SPEED),
        kind: if is(xml, KINDS[0]) {
            CompressorKind::Turbo(turbo(file, &mut fields))
        } else {
            CompressorKind::Piston(piston(file, &mut fields))
        },
    };
    fields.done(file);
    Some(compressor)
}

/// Coefficients that must be there.
pub(super) fn coefficients<const N: usize>(
    file: &mut File<'_>,
    fields: &mut Fields<'_, '_>,
    names: [&'static str; N],
) -> [f64; N] {
    names.map(|name| fields.required(file, name, &NUMBER))
}

/// Names of coefficients, numbered from 1.
macro_rules! numbered {
    ($stem:literal 3) => {
        [
            concat!($stem, "1"),
            concat!($stem, "2"),
            concat!($stem, "3"),
        ]
    };
    ($stem:literal 9) => {
        [
            concat!($stem, "1"),
            concat!($stem, "2"),
            concat!($stem, "3"),
            concat!($stem, "4"),
            concat!($stem, "5"),
            concat!($stem, "6"),
            concat!($stem, "7"),
            concat!($stem, "8"),
            concat!($stem, "9"),
        ]
    };
}

pub(super) const N_ISOLINE: [&str; 9] = numbered!("n_isoline_coeff_" 9);
pub(super) const ETA_ISOLINE: [&str; 9] = numbered!("eta_ad_isoline_coeff_" 9);
pub(super) const SURGE_LINE: [&str; 3] = numbered!("surgeline_coeff_" 3);
pub(super) const CHOKE_LINE: [&str; 3] = numbered!("chokeline_coeff_" 3);
pub(super) const POWER_3: [&str; 3] = numbered!("power_fun_coeff_" 3);
pub(super) const POWER_9: [&str; 9] = numbered!("power_fun_coeff_" 9);
pub(super) const ENERGY: [&str; 3] = numbered!("energy_rate_fun_coeff_" 3);

fn turbo(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> TurboMap {
    TurboMap {
        head: coefficients(file, fields, N_ISOLINE),
        efficiency: coefficients(file, fields, ETA_ISOLINE),
        surge_line: coefficients(file, fields, SURGE_LINE),
        choke_line: coefficients(file, fields, CHOKE_LINE),
        choke_efficiency: fields.optional(file, "efficiencyOfChokeline", &NUMBER),
        measurements: measurements(file, fields),
    }
}

fn measurements(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> Vec<MapPoint> {
    let mut points = Vec::new();
    // Older files call the surge line settle line.
    let old = fields.take(file, "settlelineMeasurements");
    if let Some(surge) = fields.take(file, "surgelineMeasurements").or(old) {
        map_points(file, surge, None, &mut points);
    }
    let Some(diagram) = fields.take(file, "characteristicDiagramMeasurements") else {
        return points;
    };
    for isoline in diagram.children().filter(Xml::is_element) {
        if !is(isoline, "adiabaticEfficiency") {
            file.unknown(isoline, &["adiabaticEfficiency"]);
            continue;
        }
        file.attributes(isoline, &["value", "unit"]);
        if !isoline.has_attribute("value") {
            file.error(isoline, "an isoline of efficiency has no `value`");
        }
        let efficiency = file.number_in(isoline, "value");
        map_points(file, isoline, efficiency, &mut points);
    }
    points
}

fn map_points(
    file: &mut File<'_>,
    list: Xml<'_, '_>,
    efficiency: Option<f64>,
    points: &mut Vec<MapPoint>,
) {
    for xml in list.children().filter(Xml::is_element) {
        if !is(xml, "measurement") {
            file.unknown(xml, &["measurement"]);
            continue;
        }
        let mut fields = Fields::of(xml);
        points.push(MapPoint {
            speed_per_min: fields.optional(file, "speed", &SPEED),
            efficiency,
            volume_flow_m3_per_s: fields.required(file, "volumetricFlowrate", &SUCTION_FLOW),
            head_kj_per_kg: fields.required(file, "adiabaticHead", &HEAD),
        });
        fields.done(file);
    }
}

fn piston(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> PistonData {
    let torque_nm = fields.optional(file, "maximalTorque", &TORQUE);
    PistonData {
        operating_volume_m3: fields.required(file, "operatingVolume", &VOLUME),
        torque_max_nm: torque_nm.filter(|t| *t > 0.0),
        ratio_max: fields.required(file, "maximalCompressionRatio", &NUMBER),
        efficiency: fields.required(file, "adiabaticEfficiency", &NUMBER),
        additional_reduction_m3_per_s: fields
            .optional(file, "additionalReductionVolFlow", &NUMBER)
            .unwrap_or(0.0),
    }
}

fn configuration(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<Configuration> {
    if !is(xml, "configuration") {
        file.unknown(xml, &["configuration"]);
        return None;
    }
    file.attributes(xml, &["confId", "nrOfSerialStages"]);
    let mut stages = Vec::new();
    for child in xml.children().filter(Xml::is_element) {
        if is(child, "stage") {
            let number = file.number_in(child, "stageNr").unwrap_or(0.0);
            stages.push((number, stage(file, child)));
        } else {
            file.unknown(child, &["stage"]);
        }
    }
    counted(file, xml, "nrOfSerialStages", stages.len());
    stages.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(Configuration {
        id: file.id(xml, "confId")?.to_owned(),
        stages: stages.into_iter().map(|(_, stage)| stage).collect(),
    })
}

fn stage(file: &mut File<'_>, xml: Xml<'_, '_>) -> Stage {
    file.attributes(xml, &["stageNr", "nrOfParallelUnits"]);
    let mut units = Vec::new();
    for child in xml.children().filter(Xml::is_element) {
        if !is(child, "compressor") {
            file.unknown(child, &["compressor"]);
            continue;
        }
        file.attributes(child, &["id", "nominalSpeed"]);
        units.push(StageUnit {
            compressor: file.id(child, "id").unwrap_or("").to_owned(),
            nominal_speed_per_min: file.number_in(child, "nominalSpeed"),
        });
    }
    counted(file, xml, "nrOfParallelUnits", units.len());
    Stage { units }
}

/// Reports a number of parts that is not the one stated.
fn counted(file: &mut File<'_>, xml: Xml<'_, '_>, name: &str, count: usize) {
    let Some(stated) = file.number_in(xml, name) else {
        return;
    };
    if stated != count as f64 {
        file.error(
            xml,
            format!(
                "`{name}` of {} is {stated}, and there are {count}",
                called(xml)
            ),
        );
    }
}

/// Gives the stations of the network their machines.
pub(super) fn apply(
    import: &mut Import,
    network: &mut [CompressorStation],
    stations: Vec<Station>,
) {
    let ids = network.iter().enumerate();
    let index: HashMap<_, _> = ids.map(|(i, s)| (s.header.id.clone(), i)).collect();
    for station in stations {
        let Some(&i) = index.get(&station.id) else {
            import.note(
                "machines of a station that the network does not have",
                Some(&station.id),
            );
            continue;
        };
        let place = &mut network[i];
        if place.machines.is_some() {
            let message = format!("the machines of \"{}\" stand twice", station.id);
            import.error(crate::codes::FOREIGN_CONTENT, station.span, message);
        }
        if station.machines.configurations.is_empty() {
            import.note(
                "a station without configurations: its machines are not used",
                Some(&station.id),
            );
            continue;
        }
        place.units = station.machines.compressors.len().max(1);
        place.fuel_from_line = burns_gas(&station.machines.drives);
        place.machines = Some(Box::new(station.machines));
    }
}

fn burns_gas(drives: &[Drive]) -> bool {
    drives.iter().any(|d| d.kind.burns_gas())
}
