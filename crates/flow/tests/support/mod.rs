//! Cases made in code, and the published cases' files.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::allow_attributes,
    clippy::print_stderr,
    reason = "shared by several test programs, each using a part"
)]

use linepack_gas::{EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::*;
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use std::path::PathBuf;

pub const R: f64 = 8.314_462_618;

/// What a run took, in words.
pub fn cost(s: &linepack_results::Solution) -> String {
    let c = &s.counters;
    format!(
        "{} steps, {} rejected, {} Newton iterations, {} factorisations",
        c.steps, c.rejected_steps, c.newton_iterations, c.factorisations
    )
}

/// A published case's file, or none (said on stderr) where the shared data are absent.
pub fn published(name: &str) -> Option<serde_json::Value> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = data.join("../cases").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("published cases are JSON")),
        Err(_) => {
            eprintln!(
                "skipped: {name} not found (set LINEPACK_DATA to the folder of public networks)"
            );
            None
        }
    }
}

pub fn header(id: &str) -> Header {
    Header {
        id: id.into(),
        label: id.into(),
        status: Status::Complete,
        in_service_date: None,
        in_service: true,
    }
}

/// An ideal-gas case (Z as given) without elements.
pub fn case(molar_mass: f64, z: f64, temperature_k: f64) -> Case {
    Case {
        id: "test".into(),
        title: String::new(),
        description: String::new(),
        settings: Settings {
            volume_reference: ReferenceConditions::ISO_STANDARD,
            heating_basis: HeatingBasis {
                gross: true,
                combustion_temperature_k: 288.15,
            },
            atmospheric_pressure_pa: 101_325.0,
            ground_temperature_k: temperature_k,
            friction: FrictionLaw::ColebrookWhite,
            cell_length_m: 1000.0,
            mesh_tolerance_pa: None,
            pressure_tolerance_pa: 100.0,
            waves: false,
            step_max_s: 3600.0,
            checkpoint_s: 6.0 * 3600.0,
            terms: Terms {
                inertia: true,
                kinetic: false,
                gravity: true,
            },
            heat: linepack_network::HeatSettings::default(),
            quality: linepack_network::QualitySettings::default(),
        },
        gas: GasSpec {
            substance: Substance::Pseudo(PseudoGas {
                molar_mass_kg_per_mol: molar_mass,
                critical_temperature_k: None,
                critical_pressure_pa: None,
                gross_heating_value_j_per_kg: Some(52e6),
                net_heating_value_j_per_kg: Some(47e6),
                isentropic_exponent: 1.29,
            }),
            equation: EquationOfState::Constant { z },
            viscosity: Viscosity::Constant { pa_s: 1.1e-5 },
        },
        network: Network::default(),
        scenario: Scenario {
            name: "test".into(),
            title: String::new(),
            start: "2026-01-01T00:00:00Z".parse().expect("a time"),
            duration_s: 0.0,
            output_interval_s: 900.0,
            initial: InitialState::Steady,
            events: Vec::new(),
            rules: Vec::new(),
            interlocks: Vec::new(),
        },
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        profiles: Vec::new(),
        stage: None,
        stages: Vec::new(),
        scenarios: Vec::new(),
        assumptions: Vec::new(),
    }
}

pub fn node(id: &str, elevation_m: f64) -> Node {
    Node {
        header: header(id),
        x: None,
        y: None,
        elevation_m,
        ..Node::new("")
    }
}

pub fn pipe(id: &str, from: &str, to: &str, length_m: f64, diameter_m: f64, darcy: f64) -> Pipe {
    Pipe {
        header: header(id),
        from: from.into(),
        to: to.into(),
        length_m,
        diameter_m,
        roughness_m: 1e-5,
        efficiency: 1.0,
        pressure_max_pa: None,
        ground_temperature_k: None,
        friction: Some(FrictionLaw::Constant { darcy }),
        cells: None,
        elevation_profile: Vec::new(),
        route: Vec::new(),
        ..Pipe::new("", "", "")
    }
}

pub fn supply_pressure(id: &str, node: &str, pressure_pa: f64) -> Supply {
    Supply {
        header: header(id),
        node: node.into(),
        pressure_pa: Some(pressure_pa),
        flow: None,
        flow_min: Some(FlowRate::mass(f64::NEG_INFINITY)),
        flow_max: None,
        pressure_max_pa: None,
        flow_profile: None,
        pressure_profile: None,
        ..Supply::new("", "")
    }
}

pub fn supply_flow(id: &str, node: &str, kg_per_s: f64) -> Supply {
    Supply {
        pressure_pa: None,
        flow: Some(FlowRate::mass(kg_per_s)),
        flow_min: None,
        ..supply_pressure(id, node, 0.0)
    }
}

pub fn off_take(id: &str, node: &str, kg_per_s: f64) -> OffTake {
    OffTake {
        header: header(id),
        node: node.into(),
        flow: Some(FlowRate::mass(kg_per_s)),
        pressure_pa: None,
        pressure_min_pa: None,
        curtail: false,
        flow_profile: None,
        pressure_profile: None,
        ..OffTake::new("", "")
    }
}

pub fn profile(id: &str, time_s: &[f64], values: &[f64], values_are: ProfileValues) -> Profile {
    Profile {
        id: id.into(),
        interpolation: Interpolation::Linear,
        values_are,
        time_s: time_s.to_vec(),
        values: values.to_vec(),
        period_s: None,
    }
}

pub fn station(id: &str, from: &str, to: &str) -> CompressorStation {
    CompressorStation {
        header: header(id),
        from: from.into(),
        to: to.into(),
        state: StationState::Running,
        discharge_pressure_pa: None,
        suction_pressure_pa: None,
        flow: None,
        ratio_max: 3.0,
        ratio: None,
        power_max_w: None,
        flow_min: None,
        flow_max: None,
        isentropic_efficiency: 0.8,
        driver_efficiency: 0.35,
        fuel_from_line: false,
        units: 1,
        discharge_pressure_profile: None,
        ratio_profile: None,
        ..CompressorStation::new("", "", "")
    }
}

pub fn valve(id: &str, from: &str, to: &str) -> Valve {
    Valve {
        header: header(id),
        from: from.into(),
        to: to.into(),
        opening: 1.0,
        diameter_m: None,
        drag_factor: 0.0,
        stroke_s: 0.0,
        ..Valve::new("", "", "")
    }
}

/// One pipe from "a" (pressure) to "b" (flow).
pub fn single_pipe(mut case: Case, pipe: Pipe, pressure_pa: f64, flow_kg_per_s: f64) -> Case {
    case.network.nodes = vec![node("a", 0.0), node("b", 0.0)];
    case.network.pipes = vec![pipe];
    case.network.supplies = vec![supply_pressure("in", "a", pressure_pa)];
    case.network.off_takes = vec![off_take("out", "b", flow_kg_per_s)];
    case
}

pub fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value
        .as_array()
        .expect("an array")
        .iter()
        .map(|v| v.as_f64().expect("a number"))
        .collect()
}

pub fn number(value: &serde_json::Value, key: &str) -> f64 {
    value[key].as_f64().expect("a number of that name")
}
