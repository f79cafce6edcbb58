//! GeoJSON: features of other programs, and this program's own, which read back whole.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which say what they skip"
)]

use linepack_formats::{Diagnostic, Format, Loaded, Selection, read, write, write_as};
use std::path::PathBuf;

fn try_read(text: &str) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("small.geojson");
    std::fs::write(&path, text).unwrap();
    read(&path, &Selection::default())
}

const FOREIGN: &str = r#"{"type": "FeatureCollection", "features": [
 {"type": "Feature", "geometry": {"type": "Point", "coordinates": [8.0, 50.0, 110]},
  "properties": {"id": "west", "pressure_bar": 61, "max_pressure_bar": 70}},
 {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [9.0, 50.0]},
  "properties": {"elevation_m": 95.5, "demand_kg_per_s": 12.5}},
 {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[8.00001, 50.0], [9.0, 50.00001]]},
  "properties": {"id": "by place", "param": {"diameter_mm": 700, "max_pressure_bar": 67.5}}},
 {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": [[[9.0, 50.0], [9.1, 50.1]], [[9.1, 50.1], [9.3, 50.2]]]},
  "properties": {"from": "7", "to": "east", "length_km": 31.0, "diameter": "24 in", "roughness_mm": 0.05}},
 {"type": "Feature", "geometry": null, "properties": {}}
]}"#;

#[test]
fn features_of_another_program() {
    let loaded = try_read(FOREIGN).unwrap();
    let network = &loaded.case.network;
    let nodes: Vec<_> = network
        .nodes
        .iter()
        .map(|n| (n.header.id.as_str(), n.elevation_m))
        .collect();
    assert_eq!(nodes, [("west", 110.0), ("7", 95.5), ("east", 0.0)]);
    let [first, second] = &network.pipes[..] else {
        unreachable!("two pipes")
    };
    assert_eq!((first.from.as_str(), first.to.as_str()), ("west", "7"));
    assert_eq!((second.from.as_str(), second.to.as_str()), ("7", "east"));
    // One degree of longitude at 50 degrees north: 111.195 km cos 50° = 71.475 km.
    assert!(
        (first.length_m / 71_475.0 - 1.0).abs() < 1e-3,
        "{}",
        first.length_m
    );
    assert!((first.diameter_m - 0.7).abs() < 1e-12 && first.roughness_m == 12e-6);
    assert_eq!(first.pressure_max_pa, Some(67.5e5));
    assert_eq!([second.length_m, second.roughness_m], [31_000.0, 5e-5]);
    assert!((second.diameter_m - 0.6096).abs() < 1e-12);
    assert_eq!(second.route.len(), 4);
    assert_eq!(network.supplies[0].pressure_pa, Some(61e5));
    assert_eq!(network.off_takes[0].node, "7");
    assert!(loaded.warnings.iter().any(|w| w.code == "LP0135"));
}

#[test]
fn mistakes_are_named() {
    let cases = [
        (
            "\"id\": \"by place\"",
            "\"id\": \"by \\u0001place\"",
            "LP0121 6",
        ),
        (
            "FeatureCollection",
            "Feature",
            "LP0134 1 this is no FeatureCollection",
        ),
        (
            "[8.0, 50.0, 110]",
            "[8.0, \"x\"]",
            "LP0134 2 the coordinates",
        ),
        (
            "\"diameter\": \"24 in\", ",
            "",
            "LP0134 8 pipe 2 has no diameter",
        ),
        (
            "\"to\": \"east\", ",
            "\"to\": \"east\" ",
            "LP0133 9 this is not JSON",
        ),
    ];
    for (from, to, want) in cases {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("small.geojson");
        std::fs::write(&path, FOREIGN.replace(from, to)).unwrap();
        let errors = read(&path, &Selection::default()).unwrap_err();
        let got: Vec<_> = errors
            .iter()
            .map(|e| format!("{} {} {}", e.code, e.line, e.message))
            .collect();
        assert!(got.iter().any(|m| m.starts_with(want)), "{want}: {got:#?}");
    }
}

/// Every shipped case, through features and back, is the case that it was.
#[test]
fn what_is_written_reads_back() {
    let cases = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases"));
    let mut count = 0;
    for entry in std::fs::read_dir(cases).unwrap() {
        let path = entry.unwrap().path();
        if !path.join("case.toml").is_file() {
            continue;
        }
        let case = read(&path, &Selection::default()).unwrap().case;
        let written = write_as(&case, Format::GeoJson, "there").unwrap();
        let back = try_read(&written.files[0].1).unwrap();
        assert_eq!(back.format, Format::GeoJson);
        assert_eq!(write(&back.case), write(&case), "{}", path.display());
        count += 1;
    }
    assert!(count >= 2, "{count} cases");
}

#[test]
fn an_edited_element_is_checked() {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../cases/first-line"
    ));
    let case = read(&path, &Selection::default()).unwrap().case;
    let text = write_as(&case, Format::GeoJson, "there").unwrap().files[0]
        .1
        .clone();
    let errors = try_read(&text.replacen("\"length\": ", "\"lenght\": ", 1)).unwrap_err();
    assert!(errors.iter().any(|e| e.code == "LP0105"), "{errors:#?}");
}

#[test]
fn the_published_segments() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.to_owned());
    let path = PathBuf::from(root).join("scigrid-gas/IGGIN/IGGIN_PipeSegments.geojson");
    if !path.is_file() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            path.display()
        );
        return;
    }
    let loaded = read(&path, &Selection::default()).unwrap();
    let network = &loaded.case.network;
    let length: f64 = network.pipes.iter().map(|p| p.length_m).sum();
    eprintln!(
        "{} pipes, {} nodes, {:.0} km, {} warnings",
        network.pipes.len(),
        network.nodes.len(),
        length / 1e3,
        loaded.warnings.len()
    );
    for note in &loaded.notes {
        eprintln!("note: {note}");
    }
    // 962 features, of which those whose ends meet are left out; 68,893 km in the tables.
    assert!(network.pipes.len() > 950 && (length / 1e3 - 68_893.0).abs() < 500.0);
}
