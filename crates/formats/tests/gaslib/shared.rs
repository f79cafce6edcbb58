//! Every network of the library that is at hand, with every scenario.

use linepack_formats::{Companions, Loaded, Selection, read};
use linepack_network::Network;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The folder of the library, where there is one.
pub(crate) fn library() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").into();
    let data = std::env::var_os("LINEPACK_DATA").map_or(default, PathBuf::from);
    let folder = data.join("gaslib");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "skipped: {} is not there; set LINEPACK_DATA",
        folder.display()
    );
    None
}

/// Files below a folder with a suffix, in order.
pub(crate) fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, suffix));
        } else if path.extension().is_some_and(|e| e == suffix) {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub(crate) fn load(network: &Path, scenario: Option<&Path>) -> Loaded {
    let selection = Selection {
        beside: Companions {
            scenario: scenario.map(Path::to_owned),
            ..Companions::default()
        },
        ..Selection::default()
    };
    read(network, &selection).unwrap_or_else(|diagnostics| {
        let shown: Vec<_> = diagnostics
            .iter()
            .take(5)
            .map(ToString::to_string)
            .collect();
        panic!("{} {scenario:?}\n{}", network.display(), shown.join("\n"))
    })
}

/// How often each tag is opened, by plain search in the text without comments.
fn tags(text: &str) -> HashMap<String, usize> {
    let mut plain = String::new();
    for (i, part) in text.split("<!--").enumerate() {
        let rest = if i == 0 {
            Some(part)
        } else {
            part.split_once("-->").map(|p| p.1)
        };
        plain.push_str(rest.unwrap_or(""));
    }
    let mut count = HashMap::new();
    for part in plain.split('<').skip(1) {
        let name: String = part
            .chars()
            .take_while(|c| c.is_alphanumeric() || "_-:".contains(*c))
            .collect();
        *count.entry(name).or_default() += 1;
    }
    count
}

fn counted(network: &Network) -> [usize; 9] {
    [
        network.nodes.len(),
        network.supplies.len() + network.off_takes.len(),
        network.pipes.len(),
        network.short_pipes.len(),
        network.resistors.len(),
        network.valves.len(),
        network.control_valves.len(),
        network.compressor_stations.len(),
        network.check_valves.len() + network.leaks.len(),
    ]
}

#[test]
fn all_networks_are_read_with_all_scenarios() {
    let Some(library) = library() else { return };
    let mut read = 0;
    for network in files(&library, "net") {
        let text = fs::read_to_string(&network).expect("text");
        let tags = tags(&text);
        let tag = |name: &str| tags.get(name).copied().unwrap_or(0);
        let terminals = tag("source") + tag("sink");
        let expected = [
            terminals + tag("innode"),
            terminals,
            tag("pipe"),
            tag("shortPipe"),
            tag("resistor"),
            tag("valve"),
            tag("controlValve"),
            tag("compressorStation"),
            0,
        ];
        let scenarios = files(network.parent().expect("a folder"), "scn");
        let mut codes: HashMap<&str, usize> = HashMap::new();
        for scenario in &scenarios {
            let started = Instant::now();
            let loaded = load(&network, Some(scenario));
            let took = started.elapsed();
            assert_eq!(
                counted(&loaded.case.network),
                expected,
                "{}",
                network.display()
            );
            for warning in &loaded.warnings {
                *codes.entry(warning.code).or_default() += 1;
            }
            if read == 0 || scenarios.len() < 10 {
                eprintln!("{} {:?} {took:?}", network.display(), scenario.file_name());
                for note in &loaded.notes {
                    eprintln!("   {note}");
                }
            }
            read += 1;
        }
        eprintln!("{}: {codes:?}", network.display());
    }
    assert!(read > 0, "no scenario was read");
    eprintln!("{read} scenarios read");
}

/// `cargo nextest run --release -p linepack-formats --test gaslib fast --no-capture` prints it.
#[test]
fn the_largest_network_is_read_fast() {
    let Some(library) = library() else { return };
    let network = library.join("GasLib-4197/GasLib-4197.net");
    let times = (0..10).map(|_| {
        let started = Instant::now();
        let loaded = load(&network, None);
        assert_eq!(loaded.case.network.decision_groups.len(), 413);
        started.elapsed()
    });
    let best = times.min().expect("ten times");
    eprintln!("GasLib-4197 with .scn, .cs and .cdf: {best:?}, the best of ten");
    // Without optimisation it takes several times as long.
    assert!(cfg!(debug_assertions) || best.as_millis() < 150, "{best:?}");
}
