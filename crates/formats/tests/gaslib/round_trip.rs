//! What is written reads back as what it was.

use crate::fixture::{CDF, CS, NET, SCN, load};
use crate::shared::{files, library};
use linepack_formats::{Companions, Format, Loaded, Selection, read, write_as};
use linepack_network::{Case, Network};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The case after it was written and read.
pub(crate) fn again(case: &Case) -> Loaded {
    let written = write_as(case, Format::GasLib, "case").expect("GasLib is written");
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in &written.files {
        fs::write(folder.path().join(name), text).expect("writable");
    }
    let file = folder.path().join(&written.files[0].0);
    read(&file, &Selection::default()).unwrap_or_else(|diagnostics| {
        let shown: Vec<_> = diagnostics
            .iter()
            .take(5)
            .map(ToString::to_string)
            .collect();
        panic!("{}", shown.join("\n"))
    })
}

/// Whether two descriptions are the same but for the last digits of numbers.
pub(crate) fn same(a: &str, b: &str, tolerance: f64) -> Result<(), String> {
    let word = |c: char| !(c.is_alphanumeric() || "._+-".contains(c));
    let (mut left, mut right) = (a.split(word), b.split(word));
    let mut before = String::new();
    loop {
        let (x, y) = match (left.next(), right.next()) {
            (None, None) => return Ok(()),
            (Some(x), Some(y)) => (x, y),
            _ => return Err(format!("one ends after {before}")),
        };
        let number = |t: &str| t.parse::<f64>().ok();
        let near = match (number(x), number(y)) {
            (Some(x), Some(y)) => (x - y).abs() <= tolerance * x.abs().max(y.abs()),
            _ => x == y,
        };
        if !near {
            return Err(format!("{x} is not {y} after ...{before}"));
        }
        before.push_str(x);
        before.push(' ');
        let keep = before.len().saturating_sub(300);
        before = before[before.ceil_char_boundary(keep)..].to_owned();
    }
}

fn check(case: &Case, what: &str) {
    let back = again(case).case;
    // A mass becomes a volume and a mass again: two roundings.
    let network = |n: &Network| format!("{n:?}");
    if let Err(why) = same(&network(&case.network), &network(&back.network), 1e-14) {
        panic!("{what}: {why}");
    }
    let head = |c: &Case| {
        format!(
            "{:?} {:?} {:?} {:?}",
            c.title, c.description, c.scenario, c.settings
        )
    };
    assert_eq!(head(case), head(&back), "{what}");
    // The mean gas is weighted by what is brought, and the entry that balances brings a little more
    // or less than its nomination.
    if let Err(why) = same(&format!("{:?}", case.gas), &format!("{:?}", back.gas), 1e-3) {
        panic!("{what}: {why}");
    }
}

#[test]
fn the_invented_network() {
    check(
        &load(NET, &[("scn", SCN), ("cs", CS), ("cdf", CDF)]).case,
        "with everything",
    );
    check(&load(NET, &[("scn", SCN)]).case, "without machines");
}

#[test]
fn every_network_of_the_library() {
    let Some(library) = library() else { return };
    for network in files(&library, "net") {
        let scenarios = files(network.parent().expect("a folder"), "scn");
        let few = if scenarios.len() > 10 {
            &scenarios[..3]
        } else {
            &scenarios[..]
        };
        for scenario in few {
            let case = crate::shared::load(&network, Some(scenario)).case;
            check(&case, &scenario.display().to_string());
        }
    }
}

#[test]
fn machines_of_the_library_bit_for_bit() {
    let Some(library) = library() else { return };
    let mut machines = 0;
    for stations in files(&library, "cs") {
        let network = stations.with_extension("net");
        let scenario = files(stations.parent().expect("a folder"), "scn").remove(0);
        let beside = Companions {
            scenario: Some(scenario),
            stations: Some(stations.clone()),
            ..Companions::default()
        };
        let selection = Selection {
            beside,
            ..Selection::default()
        };
        let case = read(Path::new(&network), &selection).expect("a case").case;
        let text = fs::read_to_string(&stations).expect("text");
        let tags = |name: &str| text.matches(&format!("<{name} ")).count();
        let found: usize = case
            .network
            .compressor_stations
            .iter()
            .filter_map(|s| s.machines.as_deref())
            .map(|m| m.compressors.len())
            .sum();
        assert_eq!(
            found,
            tags("turboCompressor") + tags("pistonCompressor"),
            "{}",
            stations.display()
        );
        machines += found;
        let back = again(&case).case;
        for (a, b) in case
            .network
            .compressor_stations
            .iter()
            .zip(&back.network.compressor_stations)
        {
            assert_eq!(
                a.machines,
                b.machines,
                "{} {}",
                stations.display(),
                a.header.id
            );
        }
    }
    eprintln!("{machines} machines read, written and read again");
}

/// `--set` and `--stage` write a foreign case natively and read it again.
#[test]
fn every_network_goes_through_the_native_format() {
    let Some(library) = library() else { return };
    for network in files(&library, "net") {
        let scenario = files(network.parent().expect("a folder"), "scn").remove(0);
        let case = crate::shared::load(&network, Some(&scenario)).case;
        let text = linepack_formats::write(&case);
        let back = match linepack_formats::read_str("again", &text, &Selection::default()) {
            Ok(back) => back.case,
            Err(diagnostics) => panic!("{}: {}", network.display(), diagnostics[0]),
        };
        let plain = |case: &Case| {
            let mut network = case.network.clone();
            network.decision_groups.clear();
            let stations = network.compressor_stations.iter_mut();
            stations.for_each(|s| s.machines = None);
            format!("{network:?}")
        };
        if let Err(why) = same(&plain(&case), &plain(&back), 0.0) {
            panic!("{}: {why}", network.display());
        }
    }
}
