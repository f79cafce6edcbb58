//! LANL JSON: the public folders, and small ones of our own.

#![expect(clippy::panic, reason = "tests say what went wrong")]

mod tree_networks;

use linepack_formats::{Companions, Format, Loaded, Selection, read};
use linepack_network::{Case, FrictionLaw, InitialState, ProfileValues};
use linepack_units::FlowRate;
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tree_networks::{
    Dice, again, kg_per_s, network, same_passive, same_withdrawals, shared, speed,
};

fn load(path: &Path, boundary: Option<PathBuf>) -> Loaded {
    let selection = Selection {
        beside: Companions {
            scenario: boundary,
            ..Companions::default()
        },
        ..Selection::default()
    };
    read(path, &selection).unwrap_or_else(|diagnostics| {
        let list: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}:\n{}", path.display(), list.join("\n"))
    })
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn folders(folder: &Path, all: &mut Vec<PathBuf>) {
    if folder.join("network.json").exists() {
        all.push(folder.to_owned());
    }
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            folders(&entry.path(), all);
        }
    }
    all.sort();
}

fn count(network: &Value, section: &str) -> usize {
    network[section].as_object().map_or(0, serde_json::Map::len)
}

#[test]
fn every_public_network_is_read_whole() {
    let Some(folder) = shared("gastransim") else {
        return;
    };
    let mut all = Vec::new();
    folders(&folder, &mut all);
    assert_eq!(all.len(), 7);
    for path in all {
        let file = json(&path.join("network.json"));
        let loaded = load(&path, None);
        let network = &loaded.case.network;
        assert_eq!(network.nodes.len(), count(&file, "nodes"));
        assert_eq!(network.pipes.len(), count(&file, "pipes"));
        assert_eq!(
            network.compressor_stations.len(),
            count(&file, "compressors")
        );
        assert!(!loaded.notes.is_empty());
    }
}

/// Wave speed of the programs, m/s: R = 8.314 J/(mol K), air 0.02896 kg/mol.
fn speed_there(gravity: f64, temperature_k: f64) -> f64 {
    (8.314 * temperature_k / (gravity * 0.02896)).sqrt()
}

/// Sizes, friction factors and set-points are the numbers of the files.
fn same_physics(case: &Case, network: &Value, boundary: &Value) {
    for pipe in &case.network.pipes {
        let there = &network["pipes"][pipe.header.id.trim_start_matches("pipe_")];
        let from = there.get("from_node").unwrap_or(&there["fr_node"]);
        assert_eq!(pipe.from, from.to_string());
        assert_eq!(pipe.to, there["to_node"].to_string());
        assert_eq!(Some(pipe.length_m), there["length"].as_f64());
        assert_eq!(Some(pipe.diameter_m), there["diameter"].as_f64());
        let darcy = there["friction_factor"].as_f64().expect("a number");
        assert_eq!(pipe.friction, Some(FrictionLaw::Constant { darcy }));
        assert_eq!(pipe.efficiency, 1.0);
    }
    for station in &case.network.compressor_stations {
        let number = station.header.id.trim_start_matches("compressor_");
        let value = &boundary["boundary_compressor"][number]["value"];
        let first = value.get(0).unwrap_or(value).as_f64();
        assert_eq!(station.ratio, first);
        assert!(station.power_max_w.is_none() && station.flow_max.is_none());
    }
    assert!(!case.settings.terms.kinetic);
}

#[test]
fn the_8_node_case_is_that_of_the_programs() {
    let Some(folder) = shared("gastransim") else {
        return;
    };
    let folder = folder.join("examples/data/8-node");
    let case = load(&folder, None).case;
    let boundary = json(&folder.join("bc.json"));
    same_physics(&case, &json(&folder.join("network.json")), &boundary);
    assert!((speed(&case) / speed_there(0.6, 288.70599999999996) - 1.0).abs() < 1e-14);
    assert_eq!(case.scenario.duration_s, 86_400.0);
    assert_eq!(case.scenario.initial, InitialState::Steady);
    assert_eq!(case.network.supplies.len(), 1);
    assert_eq!(case.network.supplies[0].pressure_pa, Some(3_447_378.645));
    let taken = &case.network.off_takes[0];
    assert_eq!((taken.node.as_str(), kg_per_s(taken.flow)), ("3", 150.0));
    let profile = |id: &Option<String>| {
        let id = id.as_ref().expect("a profile");
        case.profiles
            .iter()
            .find(|p| p.id == *id)
            .expect("its profile")
    };
    let loads = profile(&taken.flow_profile);
    assert_eq!(loads.values_are, ProfileValues::Flow(FlowRate::mass(1.0)));
    let there = &boundary["boundary_nonslack_flow"]["3"];
    assert_eq!(
        serde_json::json!(loads.values),
        serde_json::json!(floats(&there["value"]))
    );
    let ratios = profile(&case.network.compressor_stations[1].ratio_profile);
    assert_eq!(ratios.values_are, ProfileValues::Ratio);
    assert_eq!(
        ratios.time_s,
        [0.0, 21_600.0, 25_200.0, 64_800.0, 68_400.0, 86_400.0]
    );
    assert_eq!(ratios.values, [1.112, 1.112, 1.5568, 1.5568, 1.112, 1.112]);
}

fn floats(list: &Value) -> Vec<f64> {
    let list = list.as_array().expect("a list");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

#[test]
fn gaslib_40_is_that_of_the_programs() {
    let Some(folder) = shared("gastransim") else {
        return;
    };
    let folder = folder.join("examples/data/GasLib-40");
    let case = load(&folder, None).case;
    let boundary = json(&folder.join("bc_steady.json"));
    same_physics(&case, &json(&folder.join("network.json")), &boundary);
    assert!((speed(&case) / speed_there(0.6, 288.71) - 1.0).abs() < 1e-14);
    let supplied: f64 = case
        .network
        .supplies
        .iter()
        .filter_map(|s| s.flow)
        .map(|f| kg_per_s(Some(f)))
        .sum();
    let taken: f64 = case
        .network
        .off_takes
        .iter()
        .map(|o| kg_per_s(o.flow))
        .sum();
    let stated = boundary["boundary_nonslack_flow"]
        .as_object()
        .expect("flows");
    let net: f64 = stated.values().map(|v| v.as_f64().expect("a number")).sum();
    assert!((taken - supplied - net).abs() < 1e-9);
    let ramp = load(&folder, Some(folder.join("bc_ramp.json"))).case;
    assert_eq!(ramp.scenario.duration_s, 86_400.0);
    assert_eq!(
        ramp.scenario.initial,
        InitialState::AtRest { pressure_pa: 5e6 }
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What LANL JSON can express comes back; what it cannot is listed.
    #[test]
    fn written_and_read_again(numbers in prop::collection::vec(0.0..1.0f64, 400)) {
        let case = network(&mut Dice(numbers.iter()), |dice, station| {
            station.ratio = Some(dice.number(1.0, 2.0));
            station.ratio_max = 100.0;
        });
        let (loaded, lost) = again(&case, Format::LanlJson, "network");
        let back = &loaded.case;
        same_passive(&case.network, &back.network);
        same_withdrawals(&case, back);
        prop_assert!((speed(back) / speed(&case) - 1.0).abs() < 1e-12);
        prop_assert_eq!(back.scenario.duration_s, case.scenario.duration_s);
        let held = |c: &Case| c.network.supplies.iter().find_map(|s| s.pressure_pa);
        prop_assert_eq!(held(back), held(&case));
        for (a, b) in case.network.compressor_stations.iter().zip(&back.network.compressor_stations) {
            prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        }
        let listed = lost.join("; ");
        prop_assert!(!listed.contains("friction") && !listed.contains("identifiers are numbers;"), "{}", listed);
    }
}
