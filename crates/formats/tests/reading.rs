//! What a case file says, as a case: units, stages, scenarios, assignments, tables.

#![expect(clippy::panic, reason = "helpers of tests")]

use linepack_formats::{Loaded, Selection, read, read_str};
use linepack_network::{Action, Case, Header, InitialState, ProfileValues, SetPoint};
use linepack_units::{FlowRate, ReferenceConditions};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BASE: &str = include_str!("mistakes/base.toml");

fn load(text: &str, selection: &Selection) -> Loaded {
    read_str("case.toml", text, selection).unwrap_or_else(|list| {
        panic!(
            "{}",
            list.iter().map(|d| format!("{d}\n")).collect::<String>()
        )
    })
}

fn case(text: &str) -> Case {
    load(text, &Selection::default()).case
}

fn set(pairs: &[(&str, &str)]) -> Selection {
    let set = pairs
        .iter()
        .map(|(p, v)| ((*p).to_owned(), (*v).to_owned()))
        .collect();
    Selection {
        set,
        ..Selection::default()
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

#[test]
fn quantities_become_si() {
    let case = case(BASE);
    let (west, east) = (&case.network.pipes[0], &case.network.pipes[1]);
    assert!(near(west.length_m, 80_000.0) && near(east.diameter_m, 0.58));
    assert!(near(west.diameter_m, 24.0 * 0.0254 - 2.0 * 0.0127));
    assert!(near(west.roughness_m, 12e-6));
    assert_eq!(west.pressure_max_pa, Some(80e5 + 101_325.0));
    assert_eq!(
        west.elevation_profile,
        [[0.0, 10.0], [40e3, 60.0], [80e3, 20.0]]
    );
    assert!(near(case.settings.ground_temperature_k, 285.15));
    assert!(near(case.network.nodes[1].x.expect("stated"), 10.0));
    let flow = case.network.off_takes[0].flow.expect("stated");
    let reference = ReferenceConditions::NORMAL;
    assert_eq!(
        flow,
        FlowRate::Volume {
            m3_per_s: 6.0 * (1e6 / 86_400.0),
            reference
        }
    );
}

#[test]
fn gauge_pressures_count_from_the_atmosphere_of_the_case() {
    let text = BASE.replace("\"1.01325 bara\"", "\"0.9 bara\"");
    assert_eq!(
        case(&text).network.supplies[0].pressure_pa,
        Some(75e5 + 0.9e5)
    );
}

#[test]
fn stage_scenario_and_command_line_in_this_order() {
    let ratio =
        |selection: &Selection| load(BASE, selection).case.network.compressor_stations[0].ratio_max;
    let stage = |name: &str| Selection {
        stage: Some(name.into()),
        ..Selection::default()
    };
    assert_eq!(ratio(&stage("later")), 1.6, "as the file says");
    assert_eq!(
        ratio(&Selection::default()),
        1.5,
        "as the default stage says"
    );
    let text = BASE.replace("initial = \"steady\"", "set = { \"cs.ratio_max\" = 1.45 }");
    let by_scenario = load(&text, &Selection::default())
        .case
        .network
        .compressor_stations[0]
        .ratio_max;
    assert_eq!(by_scenario, 1.45, "the scenario goes before the stage");
    let by_hand = load(&text, &set(&[("cs.ratio_max", "1.4")]))
        .case
        .network
        .compressor_stations[0]
        .ratio_max;
    assert_eq!(by_hand, 1.4, "the command line goes before both");
}

#[test]
fn assignments_reach_every_table() {
    let selection = set(&[
        ("settings.friction", "{ constant = 0.02 }"),
        ("settings.terms.gravity", "false"),
        ("settings.heating.basis", "net"),
        ("gas.viscosity", "2e-5 Pa.s"),
        ("scenario.initial", "{ at_rest = \"30 barg\" }"),
        ("scenario.duration", "12 h"),
        ("shape.interpolation", "step"),
        ("gate.opening", "0.25"),
        ("town.label", "Town of \"quotes\""),
    ]);
    let case = load(BASE, &selection).case;
    assert_eq!(
        case.settings.friction,
        linepack_network::FrictionLaw::Constant { darcy: 0.02 }
    );
    assert!(!case.settings.terms.gravity && case.settings.terms.inertia);
    assert!(!case.settings.heating_basis.gross);
    assert_eq!(
        case.gas.viscosity,
        linepack_gas::Viscosity::Constant { pa_s: 2e-5 }
    );
    assert_eq!(
        case.scenario.initial,
        InitialState::AtRest {
            pressure_pa: 30e5 + 101_325.0
        }
    );
    assert_eq!(case.scenario.duration_s, 43_200.0);
    assert_eq!(
        case.profiles[0].interpolation,
        linepack_network::Interpolation::Step
    );
    assert_eq!(case.network.valves[0].opening, 0.25);
    assert_eq!(case.network.off_takes[0].header.label, "Town of \"quotes\"");
}

#[test]
fn an_unquoted_path_in_a_stage_means_the_same() {
    let text = BASE.replace(
        "set = { \"cs.ratio_max\" = 1.5 }",
        "set = { cs.ratio_max = 1.5, cs.units = 3 }",
    );
    let station = &case(&text).network.compressor_stations[0];
    assert_eq!((station.ratio_max, station.units), (1.5, 3));
}

/// A line of four pipes whose status and dates differ.
const STAGED: &str = r#"
[case]
title = "Staged"
[settings]
volume_reference = "iso_standard"
ground_temperature = "15 degC"
[gas]
composition = { methane = 1.0 }
[[node]]
id = "a"
[[node]]
id = "b"
[[node]]
id = "c"
[[node]]
id = "d"
[[node]]
id = "e"
status = "planned"
[[pipe]]
id = "ab"
from = "a"
to = "b"
length = "50 km"
inner_diameter = "1 m"
roughness = "10 um"
[[pipe]]
id = "bc"
from = "b"
to = "c"
length = "50 km"
inner_diameter = "1 m"
roughness = "10 um"
in_service = "2030-01-01"
[[pipe]]
id = "cd"
from = "c"
to = "d"
length = "50 km"
inner_diameter = "1 m"
roughness = "10 um"
status = "planned"
in_service = "2035-01-01"
[[pipe]]
id = "ad"
from = "a"
to = "d"
length = "50 km"
inner_diameter = "1 m"
roughness = "10 um"
status = "out_of_service"
in_service = "2001-01-01"
[[supply]]
id = "s"
node = "a"
pressure = "60 barg"
[[stage]]
name = "2031"
as_of = "2031-06-01"
[[stage]]
name = "closed"
exclude = ["bc"]
[[stage]]
name = "loop"
as_of = "2040-01-01"
include = ["ad", "e"]
"#;

fn in_service(selection: &Selection) -> Vec<String> {
    let mut ids = Vec::new();
    let case = load(STAGED, selection).case;
    case.network.for_each_header(|_, _, header: &Header| {
        if header.in_service {
            ids.push(header.id.clone());
        }
    });
    ids
}

#[test]
fn who_takes_part() {
    let stage = |name: &str| Selection {
        stage: Some(name.into()),
        ..Selection::default()
    };
    let as_of = |year| Selection {
        as_of: Some(jiff::civil::date(year, 1, 1)),
        ..Selection::default()
    };
    // Without a stage and a day: what is complete. Nodes follow.
    assert_eq!(
        in_service(&Selection::default()),
        ["a", "b", "c", "ab", "bc", "s"]
    );
    // On a day: what is in service by then, whatever its status, and complete things without a date.
    assert_eq!(in_service(&as_of(2029)), ["a", "b", "ab", "s"]);
    assert_eq!(in_service(&as_of(2030)), ["a", "b", "c", "ab", "bc", "s"]);
    assert_eq!(
        in_service(&as_of(2036)),
        ["a", "b", "c", "d", "ab", "bc", "cd", "s"]
    );
    assert_eq!(in_service(&stage("2031")), ["a", "b", "c", "ab", "bc", "s"]);
    assert_eq!(in_service(&stage("closed")), ["a", "b", "ab", "s"]);
    assert_eq!(
        in_service(&stage("loop")),
        ["a", "b", "c", "d", "e", "ab", "bc", "cd", "ad", "s"]
    );
    let early = Selection {
        as_of: Some(jiff::civil::date(2002, 1, 1)),
        ..stage("loop")
    };
    assert_eq!(
        in_service(&early),
        ["a", "b", "d", "e", "ab", "ad", "s"],
        "the day asked for goes first"
    );
}

#[test]
fn the_scenario_that_is_read() {
    let name = |text: &str, asked: Option<&str>| {
        let selection = Selection {
            scenario: asked.map(Into::into),
            ..Selection::default()
        };
        load(text, &selection).case.scenario.name
    };
    assert_eq!(name(BASE, None), "day", "the default of the case");
    assert_eq!(name(BASE, Some("break")), "break");
    let without_default = BASE.replace("default_scenario = \"day\"\n", "");
    assert_eq!(
        name(&without_default, None),
        "steady",
        "two scenarios and no default"
    );
    let (one, _) = without_default
        .split_once("[[scenario]]\nname = \"break\"")
        .expect("two");
    assert_eq!(name(one, None), "day", "the only one");
}

#[test]
fn events_are_in_order_of_time() {
    let text = BASE.replace("at = \"2 h\"", "at = \"20 h\"");
    let events = case(&text).scenario.events;
    assert_eq!(
        events.iter().map(|e| e.at_s).collect::<Vec<_>>(),
        [3.0 * 3600.0, 20.0 * 3600.0]
    );
    let Action::Set {
        set_point: SetPoint::Flow(_),
        ramp_s,
    } = events[0].action
    else {
        panic!("{:?}", events[0])
    };
    assert_eq!(ramp_s, 600.0);
}

#[test]
fn rows_of_a_csv_table_are_elements() {
    let folder = TempDir::new().expect("a folder");
    let text = BASE.replace(
        "[[node]]\nid = \"field\"",
        "[tables]\npipe = \"sub/p.csv\"\n\n[[node]]\nid = \"field\"",
    );
    let csv = "\u{feff}id,label,from,to,length [km],inner_diameter [mm],roughness [um],cells,status,source\r\n\
               extra,\"Extra, the \"\"second\"\"\",field,suction,80.5,500,20,40,complete,assumed: a test\r\n";
    fs::create_dir(folder.path().join("sub")).expect("writable");
    fs::write(folder.path().join("sub/p.csv"), csv).expect("writable");
    fs::write(folder.path().join("case.toml"), text).expect("writable");
    let loaded = read(folder.path(), &Selection::default()).unwrap_or_else(|d| panic!("{}", d[0]));
    let pipe = &loaded.case.network.pipes[2];
    assert_eq!(
        (pipe.header.id.as_str(), pipe.header.label.as_str()),
        ("extra", "Extra, the \"second\"")
    );
    assert!(near(pipe.length_m, 80_500.0) && near(pipe.diameter_m, 0.5) && pipe.cells == Some(40));
    let fact = loaded
        .facts
        .iter()
        .find(|f| f.path == "extra.length")
        .expect("a fact");
    assert_eq!(
        (fact.value.as_str(), fact.source.as_deref()),
        ("80.5 km", Some("assumed: a test"))
    );
    assert!(
        loaded
            .case
            .assumptions
            .contains(&"extra: length = 80.5 km: assumed: a test".to_owned())
    );
    assert_eq!(
        loaded.sources.len(),
        2,
        "both files are named for the manifest"
    );
}

#[test]
fn a_profile_in_a_csv_file() {
    let folder = TempDir::new().expect("a folder");
    let text = BASE
        .replace(
            "time = [\"0 h\", \"8 h\", \"16 h\"]\n",
            "file = \"shape.csv\"\n",
        )
        .replace("factor = [0.8, 1.2, 1.0]\n", "");
    fs::write(folder.path().join("case.toml"), text).expect("writable");
    fs::write(
        folder.path().join("shape.csv"),
        "time [h],flow [t/h]\n0,36\n6,72\n",
    )
    .expect("writable");
    let case = read(folder.path(), &Selection::default())
        .unwrap_or_else(|d| panic!("{}", d[0]))
        .case;
    assert_eq!(
        case.profiles[0].values_are,
        ProfileValues::Flow(FlowRate::mass(1.0))
    );
    assert_eq!(case.profiles[0].time_s, [0.0, 21_600.0]);
    assert!(near(case.profiles[0].values[0], 10.0) && near(case.profiles[0].values[1], 20.0));
}

#[test]
fn a_case_is_named_by_its_folder_or_file() {
    let folder = TempDir::new().expect("a folder");
    let inner = folder.path().join("my-line");
    fs::create_dir(&inner).expect("writable");
    fs::write(inner.join("case.toml"), BASE).expect("writable");
    fs::write(inner.join("other.toml"), BASE).expect("writable");
    let id = |path: &Path| {
        read(path, &Selection::default())
            .unwrap_or_else(|d| panic!("{}", d[0]))
            .case
            .id
    };
    assert_eq!(id(&inner), "my-line");
    assert_eq!(id(&inner.join("case.toml")), "my-line");
    assert_eq!(id(&inner.join("other.toml")), "other");
}

#[test]
fn components_by_any_of_their_names() {
    let text = BASE.replace(
        "{ methane = 0.9, ethane = 0.06, nitrogen = 0.04 }",
        "{ CH4 = 0.9, C2 = 0.05, n_butane = 0.01, N2 = 0.04 }",
    );
    let linepack_gas::Substance::Mixture(mixture) = case(&text).gas.substance else {
        panic!("a mixture is stated")
    };
    assert_eq!(mixture.fraction("n-butane"), Some(0.01));
    assert_eq!(mixture.fraction("methane"), Some(0.9));
}

#[test]
fn what_is_assumed_is_said() {
    let text = BASE.replace("isentropic_efficiency = 0.8\n", "");
    let loaded = load(&text, &Selection::default());
    assert_eq!(
        loaded.case.network.compressor_stations[0].isentropic_efficiency,
        0.8
    );
    assert_eq!(loaded.warnings.len(), 1);
    assert_eq!(loaded.warnings[0].code, "LP0130");
    assert!(
        loaded.case.assumptions[0].contains("isentropic_efficiency"),
        "{:?}",
        loaded.case.assumptions
    );
}
