//! Made-up machines.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "shared by several test programs, each using a part"
)]

use linepack_network::{
    Compressor, CompressorKind, Configuration, Drive, DriveKind, DrivePower, Machines, PistonData,
    Stage, StageUnit, TurboMap,
};
use linepack_stations::{Plant, Suction};

/// 15 °C.
pub(crate) const AIR_K: f64 = 288.15;

/// A made-up map: H = 40 (n/n₀)² + 4 (n/n₀) Q - 4 Q² kJ/kg with n₀ = 10000 1/min, efficiency
/// 0.82 - 0.1 (Q - 2.2 n/n₀)².
pub(crate) fn map() -> TurboMap {
    TurboMap {
        head: [0.0, 0.0, 4e-7, 0.0, 4e-4, 0.0, -4.0, 0.0, 0.0],
        efficiency: [0.82, 0.0, -4.84e-9, 0.0, 4.4e-5, 0.0, -0.1, 0.0, 0.0],
        surge_line: [-15.0, 40.0, 0.0],
        choke_line: [-2.0, 7.0, 0.0],
        choke_efficiency: None,
        measurements: Vec::new(),
    }
}

/// The map of a machine through which `k` times the flow passes at the same head.
pub(crate) fn wider(k: f64) -> TurboMap {
    let mut map = map();
    for surface in [&mut map.head, &mut map.efficiency] {
        for a in &mut surface[3..6] {
            *a /= k;
        }
        for a in &mut surface[6..9] {
            *a /= k * k;
        }
    }
    map.surge_line[1] /= k;
    map.choke_line[1] /= k;
    map
}

pub(crate) fn turbo(id: &str, drive: &str, map: TurboMap) -> Compressor {
    Compressor {
        id: id.into(),
        drive: drive.into(),
        speed_min_per_min: 5000.0,
        speed_max_per_min: 10000.0,
        kind: CompressorKind::Turbo(map),
    }
}

/// A piston compressor of 0.4 m³ a turn at 150 to 300 1/min: 1 to 2 m³/s.
pub(crate) fn piston(id: &str, drive: &str) -> Compressor {
    Compressor {
        id: id.into(),
        drive: drive.into(),
        speed_min_per_min: 150.0,
        speed_max_per_min: 300.0,
        kind: CompressorKind::Piston(PistonData {
            operating_volume_m3: 0.4,
            torque_max_nm: None,
            ratio_max: 1.8,
            efficiency: 0.9,
            additional_reduction_m3_per_s: 0.3,
        }),
    }
}

/// A gas turbine of so many kW at 15 °C and 10000 1/min: 8 kW less for each degree, less at lower
/// speed.
pub(crate) fn turbine(id: &str, power_kw: f64) -> Drive {
    let share = power_kw - 8.0 * -15.0;
    Drive {
        id: id.into(),
        kind: DriveKind::GasTurbine,
        energy_rate: [800.0, 2.4, 2e-5],
        power: DrivePower::AmbientAndSpeed([
            0.4 * share,
            0.6e-4 * share,
            0.0,
            -8.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
        ]),
        energy_measurements: Vec::new(),
        power_measurements: Vec::new(),
    }
}

/// A motor whose largest power, kW, is in proportion to the speed.
pub(crate) fn motor(id: &str, kind: DriveKind, kw_per_turn: f64) -> Drive {
    Drive {
        id: id.into(),
        kind,
        energy_rate: [50.0, 1.05, 0.0],
        power: DrivePower::Speed([0.0, kw_per_turn, 0.0]),
        energy_measurements: Vec::new(),
        power_measurements: Vec::new(),
    }
}

/// A configuration of stages of compressors.
pub(crate) fn configuration(id: &str, stages: &[&[&str]]) -> Configuration {
    let unit = |c: &&str| StageUnit {
        compressor: (*c).into(),
        nominal_speed_per_min: None,
    };
    let stage = |units: &&[&str]| Stage {
        units: units.iter().map(unit).collect(),
    };
    Configuration {
        id: id.into(),
        stages: stages.iter().map(stage).collect(),
    }
}

/// Several machines, alone and together.
pub(crate) fn station() -> Machines {
    Machines {
        compressors: vec![
            turbo("A", "a", map()),
            turbo("B", "b", wider(1.6)),
            turbo("E", "e", map()),
            piston("P", "p"),
        ],
        drives: vec![
            turbine("a", 2200.0),
            turbine("b", 9000.0),
            motor("e", DriveKind::ElectricMotor, 0.9),
            motor("p", DriveKind::GasDrivenMotor, 17.0),
        ],
        configurations: vec![
            configuration("A", &[&["A"]]),
            configuration("B", &[&["B"]]),
            configuration("E", &[&["E"]]),
            configuration("P", &[&["P"]]),
            configuration("A+B", &[&["A", "B"]]),
            configuration("A+P", &[&["A", "P"]]),
            configuration("B then E", &[&["B"], &["E"]]),
            configuration("A+B then E+P", &[&["A", "B"], &["E", "P"]]),
        ],
    }
}

pub(crate) fn plant() -> Plant {
    Plant::new(&station(), AIR_K).expect("the station is sound")
}

/// A gas with ρ = p (b₁ + b₂ p), b₁ = 6.8e-6 and b₂ = 1.2e-13 kg/m³.
pub(crate) fn suction(pressure_pa: f64) -> Suction {
    let (b1, b2) = (6.8e-6, 1.2e-13);
    Suction {
        pressure_pa,
        temperature_k: 288.15,
        density_kg_per_m3: pressure_pa * (b1 + b2 * pressure_pa),
        density_slope: b1 + 2.0 * b2 * pressure_pa,
        isentropic_exponent: 1.3,
    }
}

/// The discharge pressure of a head, J/kg.
pub(crate) fn discharge(s: &Suction, head: f64) -> f64 {
    let m = (s.isentropic_exponent - 1.0) / s.isentropic_exponent;
    let x = 1.0 + m * head * s.density_kg_per_m3 / s.pressure_pa;
    s.pressure_pa * x.powf(1.0 / m)
}

/// Machines of one compressor with one drive.
pub(crate) fn single(compressor: Compressor, drive: Drive) -> Machines {
    let configurations = vec![configuration("1", &[&[compressor.id.as_str()]])];
    Machines {
        compressors: vec![compressor],
        drives: vec![drive],
        configurations,
    }
}

/// Within a relative distance.
pub(crate) fn assert_near(value: f64, expected: f64, relative: f64) {
    let distance = (value - expected).abs();
    assert!(
        distance <= relative * expected.abs(),
        "{value} instead of {expected}, {:.1e} apart",
        distance / expected.abs()
    );
}
