//! MORGEN networks: an invented one, and every published network with every scenario.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests, which say what they skip"
)]

use linepack_formats::{Companions, Diagnostic, Loaded, Selection, read};
use linepack_gas::Gas;
use linepack_network::{FrictionLaw, ProfileValues};
use linepack_units::FlowRate;
use std::path::{Path, PathBuf};

const NETWORK: &str = "\
# type, in, out, length, diameter, height difference, roughness
P,1,2,1000.0,0.5,20,0.0001 # a comment
S,2,3
V,3,4,NaN,NaN,NaN,NaN

C,4,5
P,5,6,2500,0.4,-5,0.00005
P,5,7,3000,0.4,0,0.00005\t
p,5,7,3000,0.4,0,0.00005
S,7,8
";

const SCENARIO: &str = "\
T0 = 10.0
Rs = 520.0
tH = 7200
cp = 55.0
up = 50.0|51.0
uq = 8.0;4.0|9.0;3.5
ut = 0|3600
";

fn try_read(network: &str, scenario: &str) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("small.net");
    std::fs::create_dir(folder.path().join("small")).unwrap();
    std::fs::write(&path, network).unwrap();
    std::fs::write(folder.path().join("small/training.ini"), scenario).unwrap();
    read(&path, &Selection::default())
}

#[test]
fn an_invented_network() {
    let loaded = try_read(NETWORK, SCENARIO).unwrap();
    let (case, network) = (&loaded.case, &loaded.case.network);
    let pipe = &network.pipes[0];
    assert_eq!(
        [pipe.length_m, pipe.diameter_m, pipe.roughness_m],
        [1000.0, 0.5, 1e-4]
    );
    // 0.11 (1e-4/0.5)^(1/4) = 0.11 · 0.118920711
    let Some(FrictionLaw::Constant { darcy }) = pipe.friction else {
        panic!("{:?}", pipe.friction)
    };
    assert!((darcy / (0.11 * 0.118_920_711) - 1.0).abs() < 1e-8);
    let height = |id: &str| {
        network
            .nodes
            .iter()
            .find(|n| n.header.id == id)
            .unwrap()
            .elevation_m
    };
    assert_eq!(
        ["1", "2", "5", "6", "8"].map(height),
        [0.0, 20.0, 20.0, 15.0, 20.0]
    );
    assert_eq!(network.pipes[3].header.id, "P5-7#2");
    assert_eq!(network.valves[0].opening, 1.0);
    assert_eq!(
        network.compressor_stations[0].discharge_pressure_pa,
        Some(55e5)
    );
    assert_eq!(network.control_valves[0].outlet_pressure_pa, Some(55e5));
    assert_eq!(network.supplies[0].pressure_pa, Some(50e5));
    let demands = network
        .off_takes
        .iter()
        .map(|o| (o.node.as_str(), o.flow.unwrap()));
    let demands: Vec<_> = demands.collect();
    assert_eq!(
        demands,
        [("6", FlowRate::mass(8.0)), ("8", FlowRate::mass(4.0))]
    );
    let profile = case.profiles.iter().find(|p| p.id == "uq 8").unwrap();
    assert_eq!(
        (&profile.time_s[..], &profile.values[..]),
        (&[0.0, 3600.0][..], &[4.0, 3.5][..])
    );
    assert_eq!(profile.values_are, ProfileValues::Flow(FlowRate::mass(1.0)));
    assert_eq!(case.settings.ground_temperature_k, 283.15);
    assert_eq!(case.scenario.duration_s, 7200.0);
    gas(&loaded);
}

/// ρ = p/(Rs T Z) with Z = 1 + (0.257 - 0.533 · 190.555/283.15) p/45.988 bar.
fn gas(loaded: &Loaded) {
    let gas = Gas::new(&loaded.case.gas).unwrap();
    let z = 1.0 + (0.257 - 0.533 * 190.555 / 283.15) * 60.0 / 45.988;
    let state = gas.state(60e5, 283.15).unwrap();
    assert!((state.compressibility - z).abs() < 1e-12);
    assert!((state.density_kg_per_m3 / (60e5 / (520.0 * 283.15 * z)) - 1.0).abs() < 1e-12);
}

#[test]
fn mistakes_are_named() {
    let with = |from: &str, to: &str| {
        let (network, scenario) = (NETWORK.replace(from, to), SCENARIO.replace(from, to));
        let errors = try_read(&network, &scenario).unwrap_err();
        errors
            .iter()
            .map(|e| format!("{} {} {}", e.code, e.line, e.message))
            .collect::<Vec<_>>()
    };
    let cases = [
        ("S,2,3", "X,2,3", "LP0134 3 an edge is P"),
        ("S,2,3", "S,2,zero", "LP0134 3 the second node"),
        (
            "P,1,2,1000.0",
            "P,1,2,NaN",
            "LP0134 2 a pipe needs its length",
        ),
        (
            "up = 50.0|51.0",
            "up = 50.0;40.0|51.0;40.0",
            "LP0134 5 `up` has 2 values, and the network has 1",
        ),
        (
            "ut = 0|3600",
            "ut = 0",
            "LP0134 5 `up` has values for 2 times, `ut` has 1",
        ),
        ("cp = 55.0\n", "", "LP0134 1 `cp` has 0 pressures"),
        (
            "Rs = 520.0",
            "Rs = many",
            "LP0134 2 `Rs` is not a list of numbers",
        ),
        ("tH = 7200", "tH 7200", "LP0133 3 a line is `key = value`"),
        (
            "Rs = 520.0",
            "Rs = 0",
            "LP0134 1 the temperature and the specific gas constant",
        ),
    ];
    for (from, to, want) in cases {
        let got = with(from, to);
        assert!(got.iter().any(|m| m.starts_with(want)), "{want}: {got:#?}");
    }
}

fn data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.to_owned());
    let folder = PathBuf::from(root).join("morgen/networks");
    if !folder.is_dir() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path());
    let mut found: Vec<_> = entries
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    found.sort();
    found
}

/// Scenarios that do not fit their network: 2 pressures for 12 compressors and 3 flows (GasLib4197);
/// two compressors without nodes (PelLL17b); one pressure for three times (diamond day); words in
/// place of numbers (the template).
const MISFITS: [&str; 4] = [
    "GasLib4197 training",
    "PelLL17b training",
    "diamond day",
    "template_network training",
];

#[test]
fn published_networks() {
    let Some(folder) = data() else { return };
    let mut misfits = Vec::new();
    for path in with_extension(&folder, "net") {
        for ini in with_extension(&path.with_extension(""), "ini") {
            let selection = Selection {
                beside: Companions {
                    ini: Some(ini.clone()),
                    ..Companions::default()
                },
                ..Selection::default()
            };
            let name = format!(
                "{} {}",
                path.file_stem().unwrap().display(),
                ini.file_stem().unwrap().display()
            );
            match read(&path, &selection) {
                Ok(loaded) => {
                    let n = &loaded.case.network;
                    let rows = std::fs::read_to_string(&path).unwrap();
                    let pipes = rows.lines().skip(1).filter(|l| l.starts_with('P')).count();
                    assert_eq!(n.pipes.len(), pipes, "{name}");
                    eprintln!(
                        "{name:<28} {:>5} nodes {:>5} pipes {:>4} supplies {:>5} demands {:>3} compressors {:>3} warnings",
                        n.nodes.len(),
                        n.pipes.len(),
                        n.supplies.len(),
                        n.off_takes.len(),
                        n.compressor_stations.len(),
                        loaded.warnings.len()
                    );
                }
                Err(errors) => {
                    let e = &errors[0];
                    eprintln!("{name:<28} {} line {} {}", e.code, e.line, e.message);
                    assert!(errors.iter().all(|e| e.code == "LP0134"), "{errors:#?}");
                    misfits.push(name);
                }
            }
        }
    }
    assert_eq!(misfits, MISFITS);
}
