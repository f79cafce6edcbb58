//! MATGAS files: the public ones, and small ones of our own.

#![expect(clippy::panic, reason = "tests say what went wrong")]

mod tree_networks;

use linepack_formats::{Companions, Format, Loaded, Selection, read};
use linepack_network::{Case, ControlState, FrictionLaw, Network, Status};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use tree_networks::{
    Dice, again, kg_per_s, network, same_passive, same_withdrawals, shared, speed,
};

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|e| e == "m") {
            all.push(path);
        }
    }
    all.sort();
}

fn load(path: &Path) -> Loaded {
    read(path, &Selection::default()).unwrap_or_else(|diagnostics| {
        let list: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}:\n{}", path.display(), list.join("\n"))
    })
}

/// Lines of data in the matrix of a field, counted by eye: not blank, not a comment, before `]`.
fn lines_of(text: &str, field: &str) -> usize {
    let head = |line: &str| {
        let line = line.trim();
        line.strip_prefix(&format!("mgc.{field}"))
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines()
        .skip_while(|line| !head(line))
        .skip(1)
        .take_while(|line| !line.trim().starts_with(']'))
        .filter(|line| !line.trim().is_empty() && !line.trim().starts_with('%'))
        .count()
}

#[test]
fn every_public_network_is_read_whole() {
    let Some(folder) = shared("matgas") else {
        return;
    };
    let mut all = Vec::new();
    files(&folder, &mut all);
    assert_eq!(all.len(), 50);
    for path in all {
        let text = std::fs::read_to_string(&path).expect("text");
        let loaded = load(&path);
        let network = &loaded.case.network;
        let count = |fields: &[&str]| fields.iter().map(|f| lines_of(&text, f)).sum::<usize>();
        let slack = network
            .supplies
            .iter()
            .filter(|s| s.header.id.starts_with("slack"))
            .count();
        for (what, got, want) in [
            ("nodes", network.nodes.len(), count(&["junction"])),
            ("pipes", network.pipes.len(), count(&["pipe", "ne_pipe"])),
            (
                "stations",
                network.compressor_stations.len(),
                count(&["compressor", "ne_compressor"]),
            ),
            (
                "short pipes",
                network.short_pipes.len(),
                count(&["short_pipe"]),
            ),
            ("resistors", network.resistors.len(), count(&["resistor"])),
            (
                "control valves",
                network.control_valves.len(),
                count(&["regulator"]),
            ),
            ("valves", network.valves.len(), count(&["valve"])),
            (
                "terminals",
                network.supplies.len() + network.off_takes.len() - slack,
                count(&["receipt", "delivery", "transfer", "storage"]),
            ),
        ] {
            assert_eq!(got, want, "{what} of {}", path.display());
        }
        assert!(!loaded.notes.is_empty());
    }
}

/// Sizes and limits of two networks agree within the digits that the files state.
fn agree(what: &str, a: f64, b: f64, relative: f64) {
    assert!(
        (a - b).abs() <= relative * a.abs().max(b.abs()),
        "{what}: {a} and {b}"
    );
}

/// GasLib-11 stands there in SI units and per unit; the per-unit form states four digits, and flows
/// of order 0.002, so two of them.
#[test]
fn both_forms_of_gaslib_11_agree() {
    let Some(folder) = shared("matgas") else {
        return;
    };
    let folder = folder.join("GasPowerModels/test/data/matgas");
    let [si, per_unit] = ["GasLib-11-SI.m", "GasLib-11-GPF.m"].map(|f| load(&folder.join(f)).case);
    agree("speed of sound", speed(&si), speed(&per_unit), 1e-12);
    for (a, b) in si.network.pipes.iter().zip(&per_unit.network.pipes) {
        agree("length", a.length_m, b.length_m, 1e-9);
        agree("diameter", a.diameter_m, b.diameter_m, 0.0);
        assert_eq!(a.friction, b.friction);
        agree(
            "limit",
            a.pressure_max_pa.expect("a limit"),
            b.pressure_max_pa.expect("a limit"),
            1e-9,
        );
    }
    for (a, b) in si
        .network
        .compressor_stations
        .iter()
        .zip(&per_unit.network.compressor_stations)
    {
        agree(
            "power",
            a.power_max_w.expect("a limit"),
            b.power_max_w.expect("a limit"),
            1e-8,
        );
        agree("flow", kg_per_s(a.flow_max), kg_per_s(b.flow_max), 1e-6);
    }
    for (a, b) in si.network.off_takes.iter().zip(&per_unit.network.off_takes) {
        agree("withdrawal", kg_per_s(a.flow), kg_per_s(b.flow), 0.02);
    }
}

/// The network with a candidate pipe has that pipe planned, and what only it reaches out of service.
#[test]
fn a_candidate_for_expansion_is_planned() {
    let Some(folder) = shared("matgas") else {
        return;
    };
    let network = load(&folder.join("GasPowerModels/test/data/matgas/GasLib-11-NE.m"))
        .case
        .network;
    let header = |id: &str| {
        let mut found = None;
        network.for_each_header(|_, _, h| {
            if h.id == id {
                found = Some(h.clone());
            }
        });
        found.expect("an element")
    };
    let pipe = header("ne_pipe_4");
    assert_eq!((pipe.status, pipe.in_service), (Status::Planned, false));
    assert!(!header("1").in_service && !header("delivery_3").in_service);
    assert!(header("delivery_1").in_service);
}

/// case-6 with a series of kg/s, and with the same numbers that say they are English: the flows
/// differ by what a million standard cubic feet a day of this gas weighs.
#[test]
fn series_of_both_unit_systems() {
    let Some(folder) = shared("matgas") else {
        return;
    };
    let folder = folder.join("GasModels/test/data");
    let with = |series: &str| {
        let selection = Selection {
            beside: Companions {
                series: Some(folder.join("transient").join(series)),
                ..Companions::default()
            },
            ..Selection::default()
        };
        read(&folder.join("matgas/case-6.m"), &selection)
            .expect("a case")
            .case
    };
    let [si, english] = ["time-series-case-6a.csv", "time-series-case-6a-english.csv"].map(with);
    assert_eq!(si.scenario.duration_s, 86_400.0);
    assert_eq!(si.scenario.start.to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(si.profiles.len(), 5);
    let first = |case: &Case| case.profiles[0].values[0];
    assert_eq!(first(&si), 21.65);
    // 1e6 ft3 at 101325.3 Pa and 288.706 K, gravity 0.6, R = 8.314 and 0.02896 kg/mol.
    let weight = 101_325.3 * 0.6 * 0.02896 / (8.314 * 288.705_555) * 28_316.846_592 / 86_400.0;
    agree(
        "a million cubic feet a day",
        first(&english),
        21.65 * weight,
        1e-5,
    );
}

/// A network of our own in SI, in English units and per unit.
const SI: &str = "function mgc = three
mgc.gas_specific_gravity = 0.6; mgc.specific_heat_capacity_ratio = 1.3;
mgc.temperature = 290; mgc.compressibility_factor = 0.9; mgc.sound_speed = 350;
mgc.units = 'si';
%% junction data
% id p_min p_max p_nominal junction_type status pipeline_name edi_id lat lon
mgc.junction = [
1 3000000 7000000 5000000 1 1 'it''s, one' 'a' 1.5 2.5
2, 3000000, 7000000, 5000000, 0, 1 % a comment
3 3000000 7000000 5000000 0 1
];
mgc.pipe = [ 1 1 2 0.5 32186.88 0.01 3000000 7000000 1 0; 7 1 2 ...
 0.5 16093.44 0.02 3000000 7000000 0 1 ]
% id fr_junction to_junction c_ratio_min c_ratio_max power_max flow_min flow_max inlet_p_min inlet_p_max outlet_p_min outlet_p_max status operating_cost directionality
mgc.compressor = [
1 2 3 1 1.4 1491399.8 0 200 3000000 7000000 3000000 6000000 1 10 1
]
mgc.receipt = [
4 1 0 100 30 1 1
];
mgc.delivery = [
5 3 0 50 20 0 1
];
%{
mgc.valve = [ 1 1 2 1 ];
%}
%column_names% elevation
mgc.junction_data = [
10
20
30 ]
end
";

/// The text with numbers of pressures, lengths, diameters, flows and powers of another system.
fn converted(
    head: &str,
    pressure: f64,
    length: f64,
    diameter: f64,
    flow: f64,
    power: f64,
) -> String {
    let mut text = SI.replace("mgc.units = 'si';", head);
    for (number, factor) in [
        ("3000000", pressure),
        ("7000000", pressure),
        ("5000000", pressure),
        ("6000000", pressure),
        ("32186.88", length),
        ("16093.44", length),
        ("1491399.8", power),
    ] {
        let value: f64 = number.parse().expect("a number");
        text = text.replace(number, &format!("{:e}", value / factor));
    }
    for (cells, place) in [
        ("0.5 ", diameter),
        ("0 200 ", flow),
        ("0 100 30 ", flow),
        ("0 50 20 ", flow),
    ] {
        let each = cells.split_whitespace().map(|c| {
            let value: f64 = c.parse().expect("a number");
            format!("{:e} ", value / place)
        });
        text = text.replace(cells, &each.collect::<String>());
    }
    let elevations = [10.0, 20.0, 30.0].map(|v: f64| format!("\n{:e}", v / length));
    text = text.replace("\n10\n20\n30 ]", &format!("{} ]", elevations.concat()));
    text
}

fn load_text(text: &str) -> Loaded {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let path = folder.path().join("three.m");
    std::fs::write(&path, text).expect("writable");
    load(&path)
}

/// A string that its line does not close, with a letter of two bytes at its end.
#[test]
fn a_string_without_its_end() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let path = folder.path().join("three.m");
    let text = SI.replace("'si';", "'s\u{ef}");
    std::fs::write(&path, text).expect("writable");
    let diagnostics = read(&path, &Selection::default()).expect_err("a mistake");
    let line = |l: usize| {
        diagnostics
            .iter()
            .any(|d| d.code == "LP0133" && d.line == l)
    };
    assert!(line(4), "{diagnostics:#?}");
}

#[test]
fn a_small_network_in_three_systems_of_units() {
    let psi = 6_894.757_293_168;
    let mmscfd = 101_325.3 * 0.6 * 0.02896 / (8.314 * 288.705_555_6) * 28_316.846_592 / 86_400.0;
    let english = converted(
        "mgc.units = 'usc';",
        psi,
        1609.344,
        0.0254,
        mmscfd,
        745.699_871_6,
    );
    let bases =
        "mgc.units = 'si'; mgc.is_per_unit = 1; mgc.base_pressure = 4e6; mgc.base_length = 5000;";
    let flow = 4e6 / 350.0;
    let per_unit = converted(bases, 4e6, 5000.0, 1.0, flow, flow);
    for text in [SI, &english, &per_unit] {
        let loaded = load_text(text);
        let network = &loaded.case.network;
        let case = &loaded.case;
        assert_eq!(loaded.case.title, "three");
        agree("speed", speed(case), 350.0, 1e-12);
        let node = &network.nodes[2];
        agree("limit", node.pressure_max_pa.expect("a limit"), 7e6, 1e-9);
        agree("elevation", node.elevation_m, 30.0, 1e-9);
        let pipe = &network.pipes[0];
        agree("length", pipe.length_m, 32_186.88, 1e-9);
        agree("diameter", pipe.diameter_m, 0.5, 1e-9);
        assert_eq!(pipe.friction, Some(FrictionLaw::Constant { darcy: 0.01 }));
        assert_eq!(kg_per_s(pipe.flow_bounds.min), 0.0);
        assert_eq!(network.pipes[1].header.status, Status::OutOfService);
        let station = &network.compressor_stations[0];
        agree(
            "power",
            station.power_max_w.expect("a limit"),
            1_491_399.8,
            1e-8,
        );
        agree(
            "discharge",
            station.discharge_pressure_pa.expect("a limit"),
            6e6,
            1e-9,
        );
        agree(
            "suction",
            station.suction_pressure_pa.expect("a limit"),
            3e6,
            1e-9,
        );
        assert_eq!((station.ratio_max, station.flow_min), (1.4, None));
        let supply = &network.supplies[0];
        assert_eq!(
            (supply.header.id.as_str(), supply.flow),
            ("receipt_4", None)
        );
        agree("slack", supply.pressure_pa.expect("a pressure"), 5e6, 1e-9);
        agree("bound", kg_per_s(supply.flow_max), 100.0, 1e-6);
        agree("delivery", kg_per_s(network.off_takes[0].flow), 20.0, 1e-6);
        assert_eq!(network.valves.len(), 0);
    }
}

/// Stations of directionality 0 and 2 let gas back as far as their bound says.
#[test]
fn stations_that_let_gas_back() {
    let least = |row: &str| {
        let text = SI.replace(
            "1 2 3 1 1.4 1491399.8 0 200 3000000 7000000 3000000 6000000 1 10 1",
            row,
        );
        load_text(&text).case.network.compressor_stations[0]
            .flow_min
            .map(|q| kg_per_s(Some(q)))
    };
    let row = |least: &str, direction: &str| {
        format!(
            "1 2 3 1 1.4 1491399.8 {least} 200 3000000 7000000 3000000 6000000 1 10 {direction}"
        )
    };
    assert_eq!(least(&row("-50", "1")), None);
    assert_eq!(least(&row("-50", "2")), Some(-50.0));
    assert_eq!(least(&row("-50", "0")), Some(-50.0));
    assert_eq!(least(&row("-inf", "2")), Some(-200.0));
}

fn wrong(text: &str) -> Vec<(usize, &'static str)> {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let path = folder.path().join("three.m");
    std::fs::write(&path, text).expect("writable");
    let diagnostics = read(&path, &Selection::default()).expect_err("mistakes");
    diagnostics.iter().map(|d| (d.line, d.code)).collect()
}

/// Every mistake at once, each at its line.
#[test]
fn mistakes_at_once() {
    let text = SI
        .replace("1 1 2 0.5 32186.88 0.01", "1 1 9 0.5 far 0.01")
        .replace("4 1 0 100 30 1 1", "4.5 1 0 100 30 1 1")
        .replace("5 3 0 50 20 0 1", "5 3 0 50")
        .replace("30 ]", "]");
    assert_eq!(
        wrong(&text),
        [
            (12, "LP0134"),
            (12, "LP0134"),
            (19, "LP0134"),
            (22, "LP0134"),
            (28, "LP0134")
        ]
    );
}

#[test]
fn brackets_that_are_not_closed() {
    let text = SI
        .replace("];\nmgc.pipe", "\nmgc.pipe")
        .replace(" ]\nend", "");
    assert!(wrong(&text).iter().any(|(_, code)| *code == "LP0133"));
}

#[test]
fn a_file_of_another_dialect() {
    let text = "function mgc = other\nmgc.node.info = [ 1 2 3 ];\n";
    assert_eq!(wrong(text), [(1, "LP0134")]);
}

/// Without a slack junction the largest receipt holds the highest pressure allowed.
#[test]
fn the_rule_of_operation() {
    let text = SI.replace("5000000 1 1 'it", "5000000 0 1 'it");
    let loaded = load_text(&text);
    let supply = &loaded.case.network.supplies[0];
    assert_eq!((supply.pressure_pa, supply.flow_max), (Some(7e6), None));
    let notes: Vec<String> = loaded.notes.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|n| n.starts_with("no slack junction")));
    assert!(notes.iter().any(|n| n.starts_with("operation:")));
}

/// A regulator throttles to what its outlet may have, and is open where the inlet may not have more.
#[test]
fn regulators() {
    let text = SI
        .replace("2, 3000000, 7000000", "2, 3000000, 6500000")
        .replace(
            "%{\n",
            "mgc.regulator = [\n1 1 2 0 1 -5 Inf 1\n2 2 3 0 1 0 10 0 ];\n%{\n",
        );
    let network: Network = load_text(&text).case.network;
    let [throttling, open] = network.control_valves.as_slice() else {
        panic!("two regulators");
    };
    assert_eq!(
        (throttling.state, throttling.outlet_pressure_pa),
        (ControlState::Active, Some(6.5e6))
    );
    assert_eq!(kg_per_s(throttling.flow_bounds.min), -5.0);
    assert_eq!(throttling.flow_bounds.max, None);
    assert_eq!(
        (open.state, open.header.in_service),
        (ControlState::Bypass, false)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What MATGAS can express comes back; what it cannot is listed.
    #[test]
    fn written_and_read_again(numbers in prop::collection::vec(0.0..1.0f64, 400)) {
        let case = network(&mut Dice(numbers.iter()), |dice, station| {
            station.ratio_max = dice.number(1.1, 2.0);
            station.power_max_w = Some(dice.number(1e6, 1e7));
            station.suction_pressure_pa = Some(dice.number(1e6, 2e6));
            station.discharge_pressure_pa = Some(dice.number(6e6, 7.9e6));
            station.flow_max = Some(linepack_units::FlowRate::mass(dice.number(50.0, 100.0)));
        });
        let (loaded, lost) = again(&case, Format::Matgas, "tree");
        let back = &loaded.case;
        same_passive(&case.network, &back.network);
        same_withdrawals(&case, back);
        prop_assert!((speed(back) / speed(&case) - 1.0).abs() < 1e-12);
        if !case.profiles.is_empty() {
            prop_assert_eq!(back.scenario.duration_s, case.scenario.duration_s);
        }
        let holder = |c: &Case| format!("{:?}", &c.network.supplies[0]);
        prop_assert_eq!(holder(back), holder(&case));
        for (a, b) in case.network.compressor_stations.iter().zip(&back.network.compressor_stations) {
            prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        }
        let listed = lost.join("; ");
        prop_assert!(!listed.contains("friction") && !listed.contains("identifiers"), "{}", listed);
    }
}
