//! SciGRID_gas tables: invented ones, and the published IGGIN network.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which say what they skip"
)]

use linepack_formats::{Diagnostic, Loaded, Selection, read};
use std::path::PathBuf;
use std::time::Instant;

const HEADING: &str =
    "id;name;source_id;node_id;lat;long;country_code;comment;param;uncertainty;method;tags\n";

fn nodes() -> String {
    let node = |id: &str, lat: f64, long: f64, height: &str| {
        format!(
            "{id};{id} town;['x'];['{id}'];{lat};{long};XX;None;{{'elevation_m': {height}}};{{}};{{}};{{}}\n"
        )
    };
    HEADING.to_owned()
        + &node("A", 50.0, 8.0, "120.5")
        + &node("B", 50.5, 8.0, "None")
        + &node("C", 51.0, 8.5, "None")
        + &node("D", 60.0, 8.5, "None")
        + &node("E", 60.0, 9.0, "None")
}

fn pipes() -> String {
    let pipe = |id: &str, ends: &str, lat: &str, long: &str, param: &str| {
        format!("{id};;['{id}'];{ends};{lat};{long};['XX'];None;{param};{{}};{{}};{{}}\n")
    };
    HEADING.to_owned()
        + &pipe(
            "P1",
            "['A', 'B']",
            "[50.0, 50.5]",
            "[8.0, 8.0]",
            "{'diameter_mm': 800.0, 'length_km': 57.0, 'max_pressure_bar': 70}",
        )
        + &pipe(
            "P2",
            "['B', 'C']",
            "[50.5, 50.7, 51.0]",
            "[8.0, 8.1, 8.5]",
            "{'diameter_mm': 600.0, 'length_km': None, 'max_pressure_bar': 64.0}",
        )
        + &pipe(
            "P3",
            "['B', 'B']",
            "[50.5, 50.5]",
            "[8.0, 8.0]",
            "{'diameter_mm': 600.0}",
        )
        + &pipe(
            "P4",
            "['D', 'E']",
            "[60.0, 60.0]",
            "[8.5, 9.0]",
            "{'diameter_mm': 500.0, 'length_km': 30}",
        )
}

fn entries() -> String {
    HEADING.to_owned()
        + "L1;Harbour;['L1'];['A'];50.0;8.0;XX;None;{'max_cap_store2pipe_M_m3_per_d': 8.64};{};{};{}\n"
}

fn try_read(tables: &[(&str, String)]) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in tables {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    read(folder.path(), &Selection::default())
}

#[test]
fn an_invented_network() {
    let tables = [
        ("X_Nodes.csv", nodes()),
        ("X_PipeSegments.csv", pipes()),
        ("X_LNGs.csv", entries()),
    ];
    let loaded = try_read(&tables).unwrap();
    let network = &loaded.case.network;
    let ids: Vec<_> = network.pipes.iter().map(|p| p.header.id.as_str()).collect();
    assert_eq!(ids, ["P1", "P2", "P4"]);
    let [first, second, third] = &network.pipes[..] else {
        unreachable!()
    };
    assert_eq!([first.length_m, first.diameter_m], [57_000.0, 0.8]);
    assert_eq!(first.pressure_max_pa, Some(70e5));
    // Two haversines by hand: 23.35 and 43.65 km.
    assert!(
        (second.length_m - 67.0e3).abs() < 200.0,
        "{}",
        second.length_m
    );
    assert_eq!(second.route.len(), 3);
    assert_eq!(third.length_m, 30_000.0);
    assert_eq!(network.nodes[0].elevation_m, 120.5);
    assert_eq!(
        (network.nodes[2].x, network.nodes[2].y),
        (Some(8.5), Some(51.0))
    );
    // The terminal holds the lowest maximum of its part; the other part gets an entry.
    let held: Vec<_> = network
        .supplies
        .iter()
        .map(|s| (s.header.id.as_str(), s.pressure_pa))
        .collect();
    assert_eq!(held, [("L1", Some(64e5)), ("entry D", Some(70e5))]);
    let noted = |words: &str| loaded.notes.iter().any(|n| n.to_string().contains(words));
    assert!(noted("roughness 0.012 mm") && noted("P3") && noted("L1: 64 bara"));
}

#[test]
fn mistakes_are_named() {
    let pipe = |from: &str, to: &str| {
        let tables = [
            ("Nodes.csv", nodes()),
            ("PipeSegments.csv", pipes().replace(from, to)),
        ];
        let errors = try_read(&tables).unwrap_err();
        errors
            .iter()
            .map(|e| format!("{} {} {}", e.code, e.line, e.message))
            .collect::<Vec<_>>()
    };
    let cases = [
        (
            "['A', 'B']",
            "['A']",
            "LP0134 2 `node_id` of P1 names 1 nodes",
        ),
        ("['A', 'B']", "['A', 'Z']", "LP0204 2"),
        (
            "'diameter_mm': 800.0, ",
            "",
            "LP0134 2 P1 has no `diameter_mm`",
        ),
        (
            "{'diameter_mm': 800.0",
            "{diameter_mm: 800.0",
            "LP0133 2 `param`",
        ),
        ("P4;", "P4;;", "LP0133 5 the row has 13 cells"),
    ];
    for (from, to, want) in cases {
        let got = pipe(from, to);
        assert!(got.iter().any(|m| m.starts_with(want)), "{want}: {got:#?}");
    }
}

#[test]
fn the_published_network() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.to_owned());
    let folder = PathBuf::from(root).join("scigrid-gas/IGGIN");
    if !folder.is_dir() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            folder.display()
        );
        return;
    }
    let begin = Instant::now();
    let loaded = read(&folder, &Selection::default()).unwrap();
    eprintln!("read in {:.2} s", begin.elapsed().as_secs_f64());
    let network = &loaded.case.network;
    // 962 segments, one of which begins and ends at one node; 721 nodes (`wc -l` less the headings).
    assert_eq!((network.pipes.len(), network.nodes.len()), (961, 721));
    let length: f64 = network.pipes.iter().map(|p| p.length_m).sum();
    eprintln!(
        "{:.0} km, {} entries, {} warnings",
        length / 1e3,
        network.supplies.len(),
        loaded.warnings.len()
    );
    // The data's own summary: 68,893 km.
    assert!((length / 1e3 - 68_893.0).abs() < 100.0, "{length}");
    for note in &loaded.notes {
        eprintln!("note: {note}");
    }
}
