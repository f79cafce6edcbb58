//! pandapipes' comparisons with STANET, solved with the friction law that upstream's own tests choose.
//!
//! Source of friction models and tolerances: `pandapipes/test/stanet_comparison/test_gas_stanet.py`:
//! gauge pressures relative, velocities absolute in m/s; `_N` with its Nikuradse, `_PC` with Colebrook.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of a test, which prints a table"
)]

use linepack_flow::{Model, Options, steady};
use linepack_formats::{Selection, read};
use linepack_gas::Gas;
use linepack_network::Case;
use linepack_results::Solution;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Case, friction, largest error of gauge pressures (relative) and of velocities (m/s).
const CASES: [(&str, &str, f64, f64); 15] = [
    (
        "combined_networks/parallel_N",
        "nikuradse_laminar",
        0.002,
        0.03,
    ),
    (
        "combined_networks/parallel_PC",
        "colebrook_throughout",
        0.002,
        0.03,
    ),
    (
        "meshed_networks/delta_PC",
        "colebrook_throughout",
        0.002,
        0.03,
    ),
    ("meshed_networks/pumps_N", "nikuradse_laminar", 0.002, 0.03),
    (
        "meshed_networks/two_valves_N",
        "nikuradse_laminar",
        0.001,
        0.001,
    ),
    (
        "meshed_networks/two_valves_PC",
        "colebrook_throughout",
        0.001,
        0.001,
    ),
    ("one_pipe/pipe_1_N", "nikuradse_laminar", 0.002, 0.03),
    ("one_pipe/pipe_1_PC", "colebrook_throughout", 0.002, 0.03),
    ("strand_net/pump_N", "nikuradse_laminar", 0.01, 0.03),
    ("strand_net/two_pipes_N", "nikuradse_laminar", 0.002, 0.03),
    (
        "strand_net/two_pipes_PC",
        "colebrook_throughout",
        0.002,
        0.03,
    ),
    ("t_cross/t_cross1_N", "nikuradse_laminar", 0.002, 0.03),
    ("t_cross/t_cross1_PC", "colebrook_throughout", 0.002, 0.03),
    ("t_cross/t_cross2_N", "nikuradse_laminar", 0.002, 0.03),
    ("t_cross/t_cross2_PC", "colebrook_throughout", 0.002, 0.03),
];

fn data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.to_owned());
    let inside = "pandapipes/networks/network_files/stanet_test_networks/gas_cases";
    let folder = PathBuf::from(root).join(inside);
    if !folder.is_dir() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

/// A column of a table, by index of the row.
fn column(net: &Value, table: &str, name: &str) -> Vec<(i64, Option<f64>)> {
    let Some(text) = net[table]["_object"].as_str() else {
        return Vec::new();
    };
    let frame: Value = serde_json::from_str(text).unwrap();
    let columns = frame["columns"].as_array().unwrap();
    let Some(at) = columns.iter().position(|c| c == name) else {
        return Vec::new();
    };
    let rows = frame["data"].as_array().unwrap().iter();
    let index = frame["index"].as_array().unwrap().iter();
    index
        .zip(rows)
        .map(|(i, r)| (i.as_i64().unwrap(), r[at].as_f64()))
        .collect()
}

fn solve(case: &Case) -> Solution {
    let model = Model::build(case, &Options::default()).unwrap();
    let solution = steady(&model);
    assert!(
        solution.status.converged,
        "{} {:?}",
        case.id, solution.status
    );
    solution
}

/// Pressure of the air, bar: 1.01325 (1 - 0.0065 h/288.15)^5.255.
fn air_bar(height_m: f64) -> f64 {
    1.01325 * (1.0 - 0.0065 * height_m / 288.15).powf(5.255)
}

/// Largest relative error of gauge pressures, and of absolute ones.
fn pressures(net: &Value, solution: &Solution) -> [f64; 2] {
    let heights = column(net, "junction", "height_m");
    let mut worst = [0.0_f64; 2];
    for ((i, want), (_, height)) in column(net, "junction", "p_stanet").into_iter().zip(heights) {
        let Some(want) = want else { continue };
        let air = air_bar(height.unwrap());
        let id = format!("junction_{i}");
        let got = solution.nodes.value("pressure_pa", 0, &id).unwrap() / 1e5;
        worst[0] = worst[0].max(((got - air) / want - 1.0).abs());
        worst[1] = worst[1].max((got / (want + air) - 1.0).abs());
    }
    worst
}

/// Largest error of velocities, m/s: pandapipes' mean velocity is that at 2/3 (p1³ - p2³)/(p1² - p2²).
fn velocities(net: &Value, case: &Case, solution: &Solution) -> f64 {
    let gas = Gas::new(&case.gas).unwrap();
    let kelvin = case.settings.ground_temperature_k;
    let mut worst = 0.0_f64;
    let pipes = case
        .network
        .pipes
        .iter()
        .map(|p| (&p.header.id, p.diameter_m));
    let valves = case
        .network
        .valves
        .iter()
        .map(|v| (&v.header.id, v.diameter_m.unwrap()));
    let wanted = [
        ("pipe", column(net, "pipe", "v_stanet")),
        ("valve", column(net, "valve", "v_stanet")),
    ];
    for (id, diameter) in pipes.chain(valves) {
        let (table, index) = id.rsplit_once('_').unwrap();
        let Some(of_table) = wanted.iter().find(|(t, _)| *t == table) else {
            continue;
        };
        let want = of_table.1.iter().find(|(i, _)| i.to_string() == index);
        let Some(want) = want.and_then(|(_, v)| *v) else {
            continue;
        };
        let value = |name: &str| solution.edges.value(name, 0, id).unwrap();
        let (a, b) = (value("pressure_in_pa"), value("pressure_out_pa"));
        let mean = if (a - b).abs() < 1e-5 * b {
            a
        } else {
            2.0 / 3.0 * (a.powi(3) - b.powi(3)) / (a * a - b * b)
        };
        let area = std::f64::consts::FRAC_PI_4 * diameter * diameter;
        let density = gas.state(mean, kelvin).unwrap().density_kg_per_m3;
        worst = worst.max((value("mass_flow_kg_per_s") / density / area - want).abs());
    }
    worst
}

fn net(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["_object"].clone()
}

#[test]
fn stanet() {
    let Some(folder) = data() else { return };
    let mut wrong = Vec::new();
    println!(
        "{:<32} {:>10} {:>10} {:>8} {:>10} {:>8}",
        "case", "p absolute", "p gauge", "allowed", "v, m/s", "allowed"
    );
    for (name, friction, pressure_error, velocity_error) in CASES {
        let path = folder.join(format!("{name}.json"));
        let selection = Selection {
            set: vec![("settings.friction".into(), format!("\"{friction}\""))],
            ..Selection::default()
        };
        let case = read(&path, &selection).unwrap().case;
        let solution = solve(&case);
        let net = net(&path);
        let [gauge, absolute] = pressures(&net, &solution);
        let velocity = velocities(&net, &case, &solution);
        println!(
            "{name:<32} {absolute:>10.1e} {gauge:>10.1e} {pressure_error:>8} {velocity:>10.1e} {velocity_error:>8}"
        );
        if gauge >= pressure_error || velocity >= velocity_error {
            wrong.push(name);
        }
    }
    assert_eq!(wrong, [""; 0]);
}
