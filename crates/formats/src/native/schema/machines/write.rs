//! Machines as TOML.

use super::super::super::choice::Named;
use super::super::super::member::{number as plain, text};
use linepack_network::{
    Compressor, CompressorKind, Configuration, Drive, DrivePower, Machines, MapPoint, PistonData,
    PowerPoint, Stage, StageUnit, TurboMap,
};

type Written = Vec<(&'static str, String)>;

pub(in super::super) fn write(machines: &Option<Box<Machines>>) -> Written {
    let Some(machines) = machines else {
        return Vec::new();
    };
    let lists = [
        ("compressor", lines(&machines.compressors, put_compressor)),
        ("drive", lines(&machines.drives, put_drive)),
        (
            "configurations",
            lines(&machines.configurations, put_configuration),
        ),
    ];
    lists
        .into_iter()
        .filter_map(|(key, list)| Some((key, list?)))
        .collect()
}

/// A list with a line for each of its tables; none when it is empty.
fn lines<T>(items: &[T], put: impl Fn(&T) -> Written) -> Option<String> {
    let line = |item: &T| format!("  {},\n", inline(put(item)));
    let lines: String = items.iter().map(line).collect();
    (!items.is_empty()).then(|| format!("[\n{lines}]"))
}

fn inline(members: Written) -> String {
    let members: Vec<_> = members
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", members.join(", "))
}

fn list(numbers: &[f64]) -> String {
    let numbers: Vec<_> = numbers.iter().map(|n| plain(*n)).collect();
    format!("[{}]", numbers.join(", "))
}

fn stated(key: &'static str, number: Option<f64>) -> Option<(&'static str, String)> {
    number.map(|n| (key, plain(n)))
}

fn put_compressor(compressor: &Compressor) -> Written {
    let mut members = vec![
        ("id", text(&compressor.id)),
        ("drive", text(&compressor.drive)),
        ("speed_min", plain(compressor.speed_min_per_min)),
        ("speed_max", plain(compressor.speed_max_per_min)),
    ];
    match &compressor.kind {
        CompressorKind::Turbo(map) => members.push(("turbo", inline(put_turbo(map)))),
        CompressorKind::Piston(data) => members.push(("piston", inline(put_piston(data)))),
        _ => {}
    }
    members
}

fn put_turbo(map: &TurboMap) -> Written {
    let mut members = vec![
        ("head", list(&map.head)),
        ("efficiency", list(&map.efficiency)),
        ("surge_line", list(&map.surge_line)),
    ];
    if map.choke_line != [0.0; 3] || map.choke_efficiency.is_none() {
        members.push(("choke_line", list(&map.choke_line)));
    }
    members.extend(stated("choke_efficiency", map.choke_efficiency));
    members.extend(lines(&map.measurements, put_measurement).map(|m| ("measurements", m)));
    members
}

fn put_measurement(point: &MapPoint) -> Written {
    let mut members = Vec::new();
    members.extend(stated("speed", point.speed_per_min));
    members.extend(stated("efficiency", point.efficiency));
    members.push(("flow", plain(point.volume_flow_m3_per_s)));
    members.push(("head", plain(point.head_kj_per_kg)));
    members
}

fn put_piston(data: &PistonData) -> Written {
    let mut members = vec![("operating_volume", plain(data.operating_volume_m3))];
    members.extend(stated("torque_max", data.torque_max_nm));
    members.extend([
        ("ratio_max", plain(data.ratio_max)),
        ("efficiency", plain(data.efficiency)),
        (
            "additional_reduction",
            plain(data.additional_reduction_m3_per_s),
        ),
    ]);
    members
}

fn put_drive(drive: &Drive) -> Written {
    let mut members = vec![
        ("id", text(&drive.id)),
        ("kind", text(drive.kind.name().unwrap_or("gas_turbine"))),
        ("energy_rate", list(&drive.energy_rate)),
    ];
    match &drive.power {
        DrivePower::Speed(power) => members.push(("power", list(power))),
        DrivePower::AmbientAndSpeed(power) => members.push(("power_in_air", list(power))),
        _ => {}
    }
    if !drive.energy_measurements.is_empty() {
        let pairs: Vec<_> = drive.energy_measurements.iter().map(|p| list(p)).collect();
        members.push(("energy_measurements", format!("[{}]", pairs.join(", "))));
    }
    let points = lines(&drive.power_measurements, put_power_point);
    members.extend(points.map(|p| ("power_measurements", p)));
    members
}

fn put_power_point(point: &PowerPoint) -> Written {
    let mut members = Vec::new();
    members.extend(stated("ambient", point.ambient_celsius));
    members.push(("speed", plain(point.speed_per_min)));
    members.push(("power", plain(point.power_kw)));
    members
}

fn put_configuration(configuration: &Configuration) -> Written {
    let unit = |unit: &StageUnit| match unit.nominal_speed_per_min {
        None => text(&unit.compressor),
        Some(speed) => inline(vec![
            ("compressor", text(&unit.compressor)),
            ("nominal_speed", plain(speed)),
        ]),
    };
    let stage = |stage: &Stage| {
        let units: Vec<_> = stage.units.iter().map(unit).collect();
        format!("[{}]", units.join(", "))
    };
    let stages: Vec<_> = configuration.stages.iter().map(stage).collect();
    vec![
        ("id", text(&configuration.id)),
        ("stages", format!("[{}]", stages.join(", "))),
    ]
}
