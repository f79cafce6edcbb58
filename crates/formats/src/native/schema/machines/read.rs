//! Machines out of a row.

use super::super::super::decode::{Cell, Row};
use super::super::super::member::{Member, take_named};
use linepack_network::{
    Compressor, CompressorKind, Configuration, Drive, DriveKind, DrivePower, Machines, MapPoint,
    PistonData, PowerPoint, Stage, StageUnit, TurboMap,
};

pub(in super::super) fn read(row: &Row) -> Option<Box<Machines>> {
    let machines = Machines {
        compressors: row.rows("compressor").map(compressor).collect(),
        drives: row.rows("drive").map(drive).collect(),
        configurations: row.rows("configurations").map(configuration).collect(),
    };
    (machines != Machines::default()).then(|| Box::new(machines))
}

fn compressor(row: &Row) -> Compressor {
    let kind = match (row.cell("turbo"), row.cell("piston")) {
        (_, Some(Cell::Row(data))) => CompressorKind::Piston(piston(data)),
        (Some(Cell::Row(map)), _) => CompressorKind::Turbo(turbo(map)),
        _ => CompressorKind::Turbo(TurboMap {
            head: [f64::NAN; 9],
            efficiency: [f64::NAN; 9],
            surge_line: [f64::NAN; 3],
            choke_line: [f64::NAN; 3],
            choke_efficiency: None,
            measurements: Vec::new(),
        }),
    };
    Compressor {
        id: Member::at(row, "id"),
        drive: Member::at(row, "drive"),
        speed_min_per_min: Member::at(row, "speed_min"),
        speed_max_per_min: Member::at(row, "speed_max"),
        kind,
    }
}

/// So many coefficients; where there are others, which has been reported, none.
fn coefficients<const N: usize>(row: &Row, key: &'static str) -> [f64; N] {
    <[f64; N]>::try_from(Vec::<f64>::at(row, key)).unwrap_or([f64::NAN; N])
}

fn turbo(row: &Row) -> TurboMap {
    let choke_line = row
        .cell("choke_line")
        .map(|_| coefficients(row, "choke_line"));
    TurboMap {
        head: coefficients(row, "head"),
        efficiency: coefficients(row, "efficiency"),
        surge_line: coefficients(row, "surge_line"),
        choke_line: choke_line.unwrap_or_default(),
        choke_efficiency: Member::at(row, "choke_efficiency"),
        measurements: row.rows("measurements").map(measurement).collect(),
    }
}

fn measurement(row: &Row) -> MapPoint {
    MapPoint {
        speed_per_min: Member::at(row, "speed"),
        efficiency: Member::at(row, "efficiency"),
        volume_flow_m3_per_s: Member::at(row, "flow"),
        head_kj_per_kg: Member::at(row, "head"),
    }
}

fn piston(row: &Row) -> PistonData {
    PistonData {
        operating_volume_m3: Member::at(row, "operating_volume"),
        torque_max_nm: Member::at(row, "torque_max"),
        ratio_max: Member::at(row, "ratio_max"),
        efficiency: Member::at(row, "efficiency"),
        additional_reduction_m3_per_s: Member::at(row, "additional_reduction"),
    }
}

fn drive(row: &Row) -> Drive {
    let power = if row.cell("power_in_air").is_some() {
        DrivePower::AmbientAndSpeed(coefficients(row, "power_in_air"))
    } else {
        DrivePower::Speed(coefficients(row, "power"))
    };
    Drive {
        id: Member::at(row, "id"),
        kind: take_named(row, "kind", DriveKind::GasTurbine),
        energy_rate: coefficients(row, "energy_rate"),
        power,
        energy_measurements: pairs(row, "energy_measurements"),
        power_measurements: row.rows("power_measurements").map(power_point).collect(),
    }
}

fn pairs(row: &Row, key: &str) -> Vec<[f64; 2]> {
    let Some(Cell::List(cells)) = row.cell(key) else {
        return Vec::new();
    };
    let pair = |cell: &Cell| match cell {
        Cell::List(pair) => match pair.as_slice() {
            [Cell::Number(x), Cell::Number(y)] => [*x, *y],
            _ => [f64::NAN; 2],
        },
        _ => [f64::NAN; 2],
    };
    cells.iter().map(pair).collect()
}

fn power_point(row: &Row) -> PowerPoint {
    PowerPoint {
        ambient_celsius: Member::at(row, "ambient"),
        speed_per_min: Member::at(row, "speed"),
        power_kw: Member::at(row, "power"),
    }
}

fn configuration(row: &Row) -> Configuration {
    let stages = match row.cell("stages") {
        Some(Cell::List(stages)) => stages.as_slice(),
        _ => &[],
    };
    Configuration {
        id: Member::at(row, "id"),
        stages: stages.iter().map(stage).collect(),
    }
}

fn stage(cell: &Cell) -> Stage {
    let cells = match cell {
        Cell::List(cells) => cells.as_slice(),
        _ => &[],
    };
    let unit = |cell: &Cell| match cell {
        Cell::Text(compressor) => Some(StageUnit {
            compressor: compressor.clone(),
            nominal_speed_per_min: None,
        }),
        Cell::Row(row) => Some(StageUnit {
            compressor: Member::at(row, "compressor"),
            nominal_speed_per_min: Member::at(row, "nominal_speed"),
        }),
        _ => None,
    };
    Stage {
        units: cells.iter().filter_map(unit).collect(),
    }
}
