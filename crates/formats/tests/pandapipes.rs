//! pandapipes nets: an invented one, and the STANET comparisons against what their files say.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "helpers of tests, which print tables and say what they skip"
)]

use linepack_formats::{Diagnostic, Format, Loaded, Selection, read};
use linepack_gas::{Gas, Viscosity};
use linepack_network::{FrictionLaw, ResistorLoss};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.to_owned());
    let folder = PathBuf::from(root).join("pandapipes/networks/network_files");
    if !folder.is_dir() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

/// All JSON files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A table of a net as rows of column and value, straight from the file.
fn table(net: &Value, name: &str) -> Vec<Value> {
    let Some(text) = net[name]["_object"].as_str() else {
        return Vec::new();
    };
    let frame: Value = serde_json::from_str(text).unwrap();
    let columns = frame["columns"].as_array().unwrap();
    let rows = frame["data"].as_array().unwrap().iter();
    rows.map(|row| {
        let cells = columns.iter().zip(row.as_array().unwrap());
        cells
            .map(|(c, v)| (c.as_str().unwrap().to_owned(), v.clone()))
            .collect()
    })
    .collect()
}

fn net(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["_object"].clone()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// Pressure of the air, bar: 1.01325 (1 - 0.0065 h/288.15)^5.255 (pandapipes `constants.py`).
fn air_bar(height_m: f64) -> f64 {
    1.01325 * (1.0 - 0.0065 * height_m / 288.15).powf(5.255)
}

#[test]
fn stanet_cases_say_what_their_files_say() {
    let Some(folder) = data() else { return };
    let folder = folder.join("stanet_test_networks/gas_cases");
    println!(
        "{:<16} {:>5} {:>5} {:>5}",
        "case", "nodes", "pipes", "notes"
    );
    for path in files(&folder) {
        let loaded =
            read(&path, &Selection::default()).unwrap_or_else(|e| panic!("{path:?} {e:#?}"));
        let net = net(&path);
        let case = &loaded.case;
        println!(
            "{:<16} {:>5} {:>5} {:>5}",
            case.id,
            case.network.nodes.len(),
            case.network.pipes.len(),
            loaded.notes.len()
        );
        assert_eq!(loaded.format, Format::Pandapipes);
        assert_eq!(case.settings.friction, FrictionLaw::NikuradseLaminar);
        junctions(&loaded, &net);
        pipes(&loaded, &net);
        valves(&loaded, &net);
        loads(&loaded, &net);
        fluid(&loaded, &net);
    }
}

fn junctions(loaded: &Loaded, net: &Value) {
    let rows = table(net, "junction");
    let network = &loaded.case.network;
    let nodes = &network.nodes;
    assert_eq!(rows.len() + network.resistors.len(), nodes.len());
    for (node, row) in nodes.iter().zip(&rows) {
        assert_eq!(node.elevation_m, row["height_m"].as_f64().unwrap());
        assert_eq!(node.header.label, row["name"].as_str().unwrap());
    }
}

fn pipes(loaded: &Loaded, net: &Value) {
    let rows = table(net, "pipe");
    let network = &loaded.case.network;
    assert_eq!(rows.len(), network.pipes.len());
    for (pipe, row) in network.pipes.iter().zip(&rows) {
        let number = |key: &str| row[key].as_f64().unwrap();
        assert!(close(pipe.length_m, 1e3 * number("length_km")));
        assert!(close(pipe.diameter_m, number("diameter_m")));
        assert!(close(pipe.roughness_m, 1e-3 * number("k_mm")));
        assert_eq!(pipe.from, format!("junction_{}", number("from_junction")));
        let behind = network.resistors.iter().find(|r| r.from == pipe.to);
        let factor = match behind.map(|r| r.loss) {
            Some(ResistorLoss::Drag { factor, diameter_m }) if diameter_m == pipe.diameter_m => {
                factor
            }
            Some(other) => panic!("{other:?}"),
            None => 0.0,
        };
        assert_eq!(factor, number("loss_coefficient"));
        let to = behind.map_or(&pipe.to, |r| &r.to);
        assert_eq!(to, &format!("junction_{}", number("to_junction")));
    }
}

fn valves(loaded: &Loaded, net: &Value) {
    let rows = table(net, "valve");
    let network = &loaded.case.network;
    assert_eq!(rows.len(), network.valves.len());
    for (valve, row) in network.valves.iter().zip(&rows) {
        let opened = row["opened"].as_bool().unwrap();
        assert_eq!(valve.opening, if opened { 1.0 } else { 0.0 });
        assert_eq!(valve.diameter_m, row["diameter_m"].as_f64());
        assert_eq!(Some(valve.drag_factor), row["loss_coefficient"].as_f64());
    }
    assert_eq!(table(net, "pump").len(), network.compressor_stations.len());
}

fn loads(loaded: &Loaded, net: &Value) {
    let network = &loaded.case.network;
    let heights: Vec<f64> = table(net, "junction")
        .iter()
        .map(|j| j["height_m"].as_f64().unwrap())
        .collect();
    let (grids, sources, sinks) = (
        table(net, "ext_grid"),
        table(net, "source"),
        table(net, "sink"),
    );
    assert_eq!(network.supplies.len(), grids.len() + sources.len());
    assert_eq!(network.off_takes.len(), sinks.len());
    for (supply, row) in network.supplies.iter().zip(&grids) {
        let at = row["junction"].as_u64().unwrap() as usize;
        let bar = row["p_bar"].as_f64().unwrap() + air_bar(heights[at]);
        assert!(close(supply.pressure_pa.unwrap(), bar * 1e5));
    }
    let kg_per_s =
        |row: &Value| row["mdot_kg_per_s"].as_f64().unwrap() * row["scaling"].as_f64().unwrap();
    for (supply, row) in network.supplies[grids.len()..].iter().zip(&sources) {
        assert_eq!(
            supply.flow.unwrap(),
            linepack_units::FlowRate::mass(kg_per_s(row))
        );
    }
    for (off_take, row) in network.off_takes.iter().zip(&sinks) {
        assert_eq!(
            off_take.flow.unwrap(),
            linepack_units::FlowRate::mass(kg_per_s(row))
        );
    }
}

/// The density of the gas against ρn p/pn Tn/T / K(p) with the figures of the file, and K against
/// the rounded column `K_stanet`.
fn fluid(loaded: &Loaded, net: &Value) {
    let text = net["fluid"]["_object"].as_str().unwrap();
    let all = serde_json::from_str::<Value>(text).unwrap()["all_properties"].clone();
    let property = |name: &str| -> Value {
        serde_json::from_str(all[name]["_object"].as_str().unwrap()).unwrap()
    };
    let normal = property("density")["value"].as_f64().unwrap();
    let k = property("compressibility");
    let k = |bar: f64| match k["value"].as_f64() {
        Some(constant) => constant,
        None => k["offset"].as_f64().unwrap() + k["slope"].as_f64().unwrap() * bar,
    };
    let case = &loaded.case;
    let gas = Gas::new(&case.gas).unwrap();
    let temperature = table(net, "junction")[0]["tfluid_k"].as_f64().unwrap();
    assert_eq!(case.settings.ground_temperature_k, temperature);
    for bar in [1.01325, 5.0, 17.0, 60.0] {
        let want = normal * bar / 1.01325 * 273.15 / temperature / k(bar);
        let state = gas.state(bar * 1e5, temperature).unwrap();
        assert!((state.density_kg_per_m3 / want - 1.0).abs() < 1e-12);
    }
    let viscosity = property("viscosity")["value"].as_f64().unwrap();
    assert_eq!(case.gas.viscosity, Viscosity::Constant { pa_s: viscosity });
    for row in table(net, "junction") {
        let (Some(p), Some(want)) = (row["p_stanet"].as_f64(), row["K_stanet"].as_f64()) else {
            continue;
        };
        let air = air_bar(row["height_m"].as_f64().unwrap());
        let state = gas.state((p + air) * 1e5, temperature).unwrap();
        assert!(
            (state.compressibility - want).abs() < 6e-5,
            "{} {want}",
            state.compressibility
        );
    }
}

#[test]
fn water_is_refused_by_name() {
    let Some(folder) = data() else { return };
    let folder = folder.join("openmodelica_test_networks/heat_transfer_cases");
    for path in files(&folder) {
        let errors = read(&path, &Selection::default()).unwrap_err();
        let liquid = |d: &Diagnostic| d.code == "LP0134" && d.message.contains("is a liquid");
        assert!(errors.iter().any(liquid), "{path:?} {errors:#?}");
        println!("{}: {}", path.display(), errors[0].message);
    }
}
