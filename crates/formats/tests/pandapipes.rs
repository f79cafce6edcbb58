//! pandapipes nets: an invented one, and the STANET comparisons against what their files say.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests, which print tables and say what they skip"
)]

use linepack_formats::{Diagnostic, Format, Loaded, Selection, read};
use linepack_gas::{Gas, Viscosity};
use linepack_network::FrictionLaw;
use serde_json::{Value, json};
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
    assert!(rows.len() <= nodes.len());
    for (node, row) in nodes.iter().zip(&rows) {
        assert_eq!(node.elevation_m, row["height_m"].as_f64().unwrap());
        assert_eq!(node.header.label, row["name"].as_str().unwrap());
    }
}

fn pipes(loaded: &Loaded, net: &Value) {
    let rows = table(net, "pipe");
    let network = &loaded.case.network;
    assert!(rows.len() <= network.pipes.len());
    for (pipe, row) in network.pipes.iter().zip(&rows) {
        let number = |key: &str| row[key].as_f64().unwrap();
        assert!(close(pipe.length_m, 1e3 * number("length_km")));
        assert!(close(pipe.diameter_m, number("diameter_m")));
        assert!(close(pipe.roughness_m, 1e-3 * number("k_mm")));
        assert_eq!(pipe.from, format!("junction_{}", number("from_junction")));
        assert_eq!(pipe.drag_factor, number("loss_coefficient"));
        assert_eq!(pipe.to, format!("junction_{}", number("to_junction")));
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

/// A table as pandas writes it.
fn frame(columns: &[&str], rows: Value) -> Value {
    let rows = rows.as_array().unwrap().clone();
    let index: Vec<usize> = (0..rows.len()).collect();
    let split = json!({"columns": columns, "index": index, "data": rows}).to_string();
    json!({"_module": "pandas.core.frame", "_class": "DataFrame", "orient": "split", "_object": split})
}

fn property(class: &str, object: Value) -> Value {
    json!({"_module": "pandapipes.properties.fluids", "_class": class, "_object": object.to_string()})
}

/// An invented net with every kind of element that is read.
fn invented() -> Value {
    let fluid = json!({"name": "town gas", "fluid_type": "gas", "all_properties": {
        "density": property("FluidPropertyInterExtra", json!({
            "x": {"_module": "numpy", "_class": "array", "_object": [263.15, 283.15], "dtype": "float64"},
            "y": {"_module": "numpy", "_class": "array", "_object": [0.82, 0.78], "dtype": "float64"}})),
        "viscosity": property("FluidPropertyLinear", json!({"slope": 3e-8, "offset": 2e-6})),
        "compressibility": property("FluidPropertyConstant", json!({"value": 0.95})),
        "heat_capacity": property("FluidPropertyConstant", json!({"value": 2200.0}))}});
    let junctions = frame(
        &[
            "name",
            "pn_bar",
            "tfluid_k",
            "height_m",
            "in_service",
            "type",
        ],
        json!([
            ["gate", 16.0, 283.15, 200.0, true, "junction"],
            [null, 16.0, 283.15, 200.0, true, "junction"],
            ["c", 16.0, 293.15, 200.0, true, "junction"],
            ["d", 16.0, 283.15, 240.0, true, "junction"],
            ["off", 16.0, 283.15, 200.0, false, "junction"]
        ]),
    );
    let pipes = frame(
        &[
            "name",
            "from_junction",
            "to_junction",
            "std_type",
            "length_km",
            "inner_diameter_mm",
            "k_mm",
            "loss_coefficient",
            "sections",
            "in_service",
        ],
        json!([
            ["main", 0, 1, null, 2.0, 200.0, 0.1, 0.0, 1, true],
            ["branch", 1, 2, "100_X", 0.5, null, 0.2, 4.0, 5, true],
            ["dead", 1, 4, null, 0.5, 100.0, 0.2, 0.0, 1, true]
        ]),
    );
    let ends = ["name", "from_junction", "to_junction"];
    json!({
        "_module": "pandapipes.pandapipes_net", "_class": "pandapipesNet",
        "_object": {
            "name": "invented", "version": "0.10.0",
            "fluid": {"_module": "pandapipes.properties.fluids", "_class": "Fluid", "_object": fluid.to_string()},
            "std_types": {"pipe": {"100_X": {"inner_diameter_mm": 98.0, "standard_dimension_ratio": null}},
                "pump": {"P": {"_class": "PumpStdType", "_object": json!({"name": "P", "reg_par":
                    {"_module": "numpy", "_class": "array", "_object": [-1e-5, -1e-3, 2.0]}}).to_string()}}},
            "user_pf_options": {"friction_model": "swamee-jain"},
            "junction": junctions,
            "pipe": pipes,
            "ext_grid": frame(&["name", "junction", "p_bar", "t_k", "in_service", "type"],
                json!([["city gate", 0, 15.0, 283.15, true, "pt"], [null, 0, 15.0, 283.15, true, "pt"], ["warm", 2, null, 300.0, true, "t"]])),
            "sink": frame(&["name", "junction", "mdot_kg_per_s", "scaling", "in_service"],
                json!([["house", 3, 0.05, 0.5, true], ["negative", 2, -0.01, 1.0, true]])),
            "mass_storage": frame(&["name", "junction", "mdot_kg_per_s", "scaling", "in_service"], json!([["tank", 2, 0.02, 1.0, true]])),
            "valve": frame(&["name", "junction", "element", "et", "inner_diameter_mm", "opened", "loss_coefficient"],
                json!([["at pipe", 1, 1, "pi", 98.0, true, 2.0], ["between", 2, 3, "ju", 50.0, false, 0.0]])),
            "compressor": frame(&[&ends[..], &["pressure_ratio", "in_service"]].concat(), json!([["booster", 2, 3, 1.4, true]])),
            "pump": frame(&[&ends[..], &["std_type", "in_service"]].concat(), json!([["lift", 0, 2, "P", true]])),
            "press_control": frame(&[&ends[..], &["controlled_junction", "controlled_p_bar", "control_active", "in_service"]].concat(),
                json!([["reducer", 1, 2, 2, 4.0, true, true]])),
            "flow_control": frame(&[&ends[..], &["controlled_mdot_kg_per_s", "control_active", "in_service"]].concat(),
                json!([["meter", 2, 1, -0.3, true, true]])),
            "heat_exchanger": frame(&[&ends[..], &["qext_w", "loss_coefficient", "in_service"]].concat(), json!([["heater", 1, 2, 1e3, 0.0, false]])),
            "notes": frame(&["text"], json!([["hello"]])),
        }
    })
}

fn try_read(net: &Value) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("net.json");
    std::fs::write(&path, format!("{net:#}")).unwrap();
    read(&path, &Selection::default())
}

#[test]
fn an_invented_net() {
    let loaded = try_read(&invented()).unwrap();
    let (case, network) = (&loaded.case, &loaded.case.network);
    assert_eq!(case.settings.friction, FrictionLaw::SwameeJain);
    // Density at 273.15 K is 0.80; Z is 0.95 everywhere; viscosity at 283.15 K.
    let gas = Gas::new(&case.gas).unwrap();
    let density = gas.state(16e5, 283.15).unwrap().density_kg_per_m3;
    assert!((density / (0.8 * 16e5 / 101_325.0 * 273.15 / 283.15 / 0.95) - 1.0).abs() < 1e-12);
    assert_eq!(
        case.gas.viscosity,
        Viscosity::Constant {
            pa_s: 2e-6 + 3e-8 * 283.15
        }
    );
    let pipe = |id: &str| network.pipes.iter().find(|p| p.header.id == id).unwrap();
    assert_eq!(pipe("pipe_1").diameter_m, 0.098);
    assert_eq!(pipe("pipe_1").drag_factor, 4.0);
    assert_eq!(pipe("pipe_1").ground_temperature_k, Some(288.15));
    // The valve at the pipe stands between the junction and the pipe.
    assert_eq!(pipe("pipe_1").from, "valve_0_node");
    assert_eq!(
        (
            network.valves[0].from.as_str(),
            network.valves[0].to.as_str()
        ),
        ("junction_1", "valve_0_node")
    );
    assert_eq!(network.valves[1].opening, 0.0);
    assert!(!pipe("pipe_2").header.in_service);
    // One grid of two alike, none of temperature only; a negative sink is a source.
    let supplies: Vec<_> = network
        .supplies
        .iter()
        .map(|s| s.header.id.as_str())
        .collect();
    assert_eq!(supplies, ["ext_grid_0", "sink_1"]);
    let held = network.supplies[0].pressure_pa.unwrap();
    assert!(close(held, (15.0 + air_bar(200.0)) * 1e5));
    let flows: Vec<_> = network.off_takes.iter().map(|o| o.flow.unwrap()).collect();
    assert_eq!(flows, [0.025, 0.02].map(linepack_units::FlowRate::mass));
    stations(&loaded);
}

fn stations(loaded: &Loaded) {
    let network = &loaded.case.network;
    let [booster, pump] = &network.compressor_stations[..] else {
        unreachable!("two stations")
    };
    assert_eq!(booster.ratio, Some(1.4));
    // 2 bar - 1e-3 bar/(m3/h) Q - 1e-5 bar/(m3/h)^2 Q^2 in Pa and m3/s.
    let [c0, c1, c2] = pump.pressure_rise.unwrap();
    assert!(
        close(c0, 2e5) && close(c1, -3.6e5) && close(c2, -1.296e7),
        "{c0} {c1} {c2}"
    );
    // Between 200 and 240 m: level at 220 m, with a riser of 20 m on both sides.
    let riser = network.pipes.iter().find(|p| p.to == booster.from).unwrap();
    assert_eq!(riser.length_m, 20.0);
    let node = network
        .nodes
        .iter()
        .find(|n| n.header.id == booster.from)
        .unwrap();
    assert_eq!(node.elevation_m, 220.0);
    let [reducer, meter] = &network.control_valves[..] else {
        unreachable!("two controls")
    };
    assert!(close(
        reducer.outlet_pressure_pa.unwrap(),
        (4.0 + air_bar(200.0)) * 1e5
    ));
    assert_eq!(
        (meter.from.as_str(), meter.to.as_str()),
        ("junction_1", "junction_2")
    );
    assert_eq!(meter.flow, Some(linepack_units::FlowRate::mass(0.3)));
    assert!(
        loaded
            .warnings
            .iter()
            .any(|w| w.code == "LP0135" && w.message.contains("notes"))
    );
}

#[test]
fn mistakes_are_named() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut net = invented();
        change(&mut net);
        try_read(&net).unwrap_err()
    };
    let in_table = |table: &'static str, from: &'static str, to: &'static str| {
        with(&|net: &mut Value| {
            let text = net["_object"][table]["_object"]
                .as_str()
                .unwrap()
                .replace(from, to);
            net["_object"][table]["_object"] = Value::String(text);
        })
    };
    let cases = [
        (
            in_table("pipe", "[\"main\",0,1,null,2.0", "[\"main\",0,1,null,null"),
            "LP0134",
            "pipe_0 has no `length_km`",
        ),
        (
            in_table("pipe", "[\"main\",0,1", "[\"main\",0,9"),
            "LP0134",
            "`to_junction` of pipe_0 is 9",
        ),
        (
            in_table(
                "ext_grid",
                "15.0,283.15,true,\"pt\"],[\"warm",
                "16.0,283.15,true,\"pt\"],[\"warm",
            ),
            "LP0134",
            "another pressure",
        ),
        (
            in_table("valve", "\"pi\"", "\"ex\""),
            "LP0134",
            "`et` of valve_0",
        ),
        (
            in_table("press_control", "1,2,2,4.0", "1,2,3,4.0"),
            "LP0134",
            "neither of its ends",
        ),
        (in_table("pump", "\"P\"", "\"Q\""), "LP0134", "no parabola"),
        (
            with(&|net| net["_object"]["fluid"]["_object"] = json!("{\"fluid_type\": \"liquid\"}")),
            "LP0134",
            "is a liquid",
        ),
        (
            with(&|net| net["_object"]["junction"]["_object"] = json!("{")),
            "LP0133",
            "not JSON",
        ),
        (
            with(&|net| net["_object"]["user_pf_options"]["friction_model"] = json!("hofer")),
            "LP0134",
            "friction model",
        ),
        (
            with(&|net| {
                net["_object"]["heat_consumer"] =
                    frame(&["from_junction", "to_junction"], json!([[0, 1]]))
            }),
            "LP0134",
            "heat_consumer",
        ),
    ];
    for (errors, code, words) in cases {
        let found = errors
            .iter()
            .any(|e| e.code == code && e.message.contains(words));
        assert!(found, "{code} {words}: {errors:#?}");
    }
}
