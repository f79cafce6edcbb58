//! Mistakes in ensembles.

use crate::table::{Mistake, mistake};
use crate::{BASE, found, seeded_in, shown};
use linepack_formats::{
    Diagnostic, LoadedEnsemble, Selection, read_ensemble, read_ensemble_str, read_str,
};
use linepack_network::{Act, Case, Distribution, ElementKind, Way};
use std::fs;

/// The codes that the tests with files seed.
pub(crate) const CODES: [&str; 1] = ["LP0140"];

/// An ensemble without a mistake, of the base.
const ENSEMBLE: &str = r#"
[ensemble]
title = "a cold week"
members = 10
seed = 3

[[variation]]
name = "demand"
element = "town"
field = "flow"
distribution = "normal"
mean = 1.0
standard_deviation = 0.1
low = 0.5
group = "weather"

[[variation]]
elements = ["well"]
field = "pressure"
change = "add"
distribution = "uniform"
low = "-2 bar"
high = "1 bar"

[[variation]]
name = "wall"
every = "pipe"
field = "roughness"
together = true
distribution = "lognormal"
median = 1.0
log_standard_deviation = 0.2

[[variation]]
element = "east"
field = "efficiency"
change = "value"
distribution = "discrete"
values = [0.9, 0.95]
weights = [1, 2]

[[group]]
name = "weather"
correlation = 0.5

[[outage]]
element = "cs"
probability = 0.1
start = { distribution = "triangular", low = "0 h", mode = "1 h", high = "6 h" }
duration = { distribution = "uniform", low = "1 h", high = "2 h" }

[[keep]]
element = "city"
quantity = "pressure"
"#;

pub(crate) const MISTAKES: &[Mistake] = &[
    mistake(
        "not TOML",
        &[("title = \"a cold week\"", "§title = a cold week")],
        &["LP0104"],
    ),
    mistake(
        "unknown table",
        &[
            ("[[group]]", "§[[groups]]"),
            ("group = \"weather\"", "§group = \"weather\""),
        ],
        &["LP0105", "LP0139"],
    ),
    mistake("misspelt key", &[("seed = 3", "§seeds = 3")], &["LP0105"]),
    mistake(
        "no members",
        &[("[ensemble]", "§[ensemble]"), ("members = 10\n", "")],
        &["LP0106"],
    ),
    mistake(
        "no members at all",
        &[("members = 10", "§members = 0")],
        &["LP0114"],
    ),
    mistake(
        "a number that a kind does not have",
        &[(
            "element = \"town\"\nfield = \"flow\"",
            "§element = \"town\"\nfield = \"roughness\"",
        )],
        &["LP0137"],
    ),
    mistake(
        "unknown field",
        &[("field = \"flow\"", "§field = \"flows\"")],
        &["LP0108"],
    ),
    mistake(
        "unknown element",
        &[("element = \"town\"", "§element = \"twon\"")],
        &["LP0137"],
    ),
    mistake(
        "a number that is not stated",
        &[(
            "elements = [\"well\"]\nfield = \"pressure\"",
            "§elements = [\"well\"]\nfield = \"pressure_max\"",
        )],
        &["LP0137"],
    ),
    mistake(
        "nothing to vary",
        &[(
            "every = \"pipe\"\nfield = \"roughness\"",
            "§every = \"leak\"\nfield = \"roughness\"",
        )],
        &["LP0137"],
    ),
    mistake(
        "two ways to name elements",
        &[(
            "elements = [\"well\"]",
            "element = \"well\"\n§elements = [\"well\"]",
        )],
        &["LP0116"],
    ),
    mistake(
        "a unit where a factor is",
        &[("mean = 1.0", "§mean = \"1 bar\"")],
        &["LP0107"],
    ),
    mistake("no unit", &[("low = \"-2 bar\"", "§low = -2")], &["LP0110"]),
    mistake(
        "a gauge difference",
        &[("low = \"-2 bar\"", "§low = \"-2 barg\"")],
        &["LP0113"],
    ),
    mistake(
        "no bound",
        &[
            ("[[variation]]\nelements", "§[[variation]]\nelements"),
            ("high = \"1 bar\"\n", ""),
        ],
        &["LP0106"],
    ),
    mistake(
        "a bound that means nothing",
        &[("median = 1.0", "median = 1.0\n§low = 0.5")],
        &["LP0118"],
    ),
    mistake(
        "bounds the wrong way round",
        &[("high = \"1 bar\"", "§high = \"-3 bar\"")],
        &["LP0138"],
    ),
    mistake(
        "no spread",
        &[("standard_deviation = 0.1", "§standard_deviation = 0.0")],
        &["LP0138"],
    ),
    mistake(
        "weights of none",
        &[("weights = [1, 2]", "§weights = [0, 0]")],
        &["LP0138"],
    ),
    mistake(
        "a weight too many",
        &[("weights = [1, 2]", "§weights = [1, 2, 3]")],
        &["LP0119"],
    ),
    mistake(
        "correlation above one",
        &[("correlation = 0.5", "§correlation = 1.5")],
        &["LP0114"],
    ),
    mistake(
        "unknown group",
        &[("group = \"weather\"", "§group = \"whether\"")],
        &["LP0139"],
    ),
    mistake(
        "what cannot fail",
        &[("element = \"cs\"", "§element = \"west\"")],
        &["LP0137"],
    ),
    mistake(
        "a time in metres",
        &[("low = \"0 h\"", "§low = \"0 m\"")],
        &["LP0112"],
    ),
    mistake(
        "a result that a node does not have",
        &[("quantity = \"pressure\"", "§quantity = \"power\"")],
        &["LP0137"],
    ),
    mistake(
        "two columns of one name",
        &[
            ("name = \"wall\"", "name = \"demand\""),
            ("[ensemble]", "§[ensemble]"),
        ],
        &["LP0125"],
    ),
];

fn base() -> Case {
    let loaded = read_str("case.toml", BASE, &Selection::default());
    loaded.expect("the base has no mistake").case
}

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    match read_ensemble_str("ensemble.toml", text, &base()) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    }
}

#[test]
fn the_ensemble_has_no_mistake_and_means_what_it_says() {
    let loaded = read_ensemble_str("ensemble.toml", ENSEMBLE, &base());
    let LoadedEnsemble {
        ensemble, warnings, ..
    } = loaded.unwrap_or_else(|d| panic!("{}", shown(&d)));
    assert!(warnings.is_empty(), "{}", shown(&warnings));
    assert_eq!((ensemble.members, ensemble.seed), (10, 3));
    let names: Vec<String> = ensemble.columns().into_iter().map(|c| c.0).collect();
    assert_eq!(
        names,
        [
            "demand",
            "well.pressure",
            "wall",
            "east.efficiency",
            "cs.start",
            "cs.duration"
        ]
    );
    let [demand, pressure, wall, east] = ensemble.variations.as_slice() else {
        panic!("four variations");
    };
    assert_eq!(demand.group, Some(0));
    assert_eq!((pressure.way, pressure.unit.as_str()), (Way::Add, "Pa"));
    assert_eq!(
        pressure.distribution,
        Distribution::Uniform {
            low: -2e5,
            high: 1e5
        }
    );
    assert!(!wall.each && wall.targets.len() == 2);
    assert!(
        wall.targets
            .iter()
            .all(|(t, _)| t.kind == ElementKind::Pipe)
    );
    assert_eq!(
        east.distribution,
        Distribution::Discrete {
            values: vec![0.9, 0.95],
            weights: vec![1.0, 2.0]
        }
    );
    assert_eq!(
        ensemble.outages[0].start,
        Distribution::Triangular {
            low: 0.0,
            mode: 3600.0,
            high: 6.0 * 3600.0
        }
    );
    assert_eq!(ensemble.kept[0].quantity, "pressure_pa");
}

#[test]
fn each_mistake_is_found_where_it_is() {
    let mut wrong = String::new();
    for mistake in MISTAKES {
        let (text, expected) = seeded_in(ENSEMBLE, &[mistake]);
        let diagnostics = diagnostics(&text);
        if found(&diagnostics) != expected {
            let shown = shown(&diagnostics);
            wrong.push_str(&format!(
                "{}: expected {expected:?}\n{shown}\n\n",
                mistake.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn mistakes_are_found_all_at_once() {
    let names = [
        "misspelt key",
        "no unit",
        "weights of none",
        "what cannot fail",
        "unknown group",
    ];
    let chosen: Vec<&Mistake> = MISTAKES
        .iter()
        .filter(|m| names.contains(&m.name))
        .collect();
    assert_eq!(chosen.len(), names.len());
    let (text, expected) = seeded_in(ENSEMBLE, &chosen);
    assert_eq!(found(&diagnostics(&text)), expected);
}

/// Reads an ensemble with a table of members.
fn with_members(table: &str) -> Result<LoadedEnsemble, Vec<Diagnostic>> {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let file = folder.path().join("ensemble.toml");
    fs::write(&file, "[ensemble]\ntable = \"members.csv\"\n").expect("writable");
    fs::write(folder.path().join("members.csv"), table).expect("writable");
    read_ensemble(&file, &base())
}

#[test]
fn a_table_of_members_is_taken_row_by_row() {
    let table = "town.flow [factor],well.pressure [barg]\n1.1,68\n0.9,70\n1,69\n";
    let ensemble = with_members(table)
        .unwrap_or_else(|d| panic!("{}", shown(&d)))
        .ensemble;
    assert_eq!(ensemble.members, 3);
    let [flow, pressure] = ensemble.variations.as_slice() else {
        panic!("two columns");
    };
    assert_eq!(flow.way, Way::Factor);
    assert_eq!(
        flow.distribution,
        Distribution::InTurn {
            values: vec![1.1, 0.9, 1.0]
        }
    );
    let Distribution::InTurn { values } = &pressure.distribution else {
        panic!("a table");
    };
    assert!((values[1] - (70e5 + 101_325.0)).abs() < 1e-6, "{values:?}");
    assert!(matches!(Act::Value(values[0]), Act::Value(p) if p > 68e5));
}

#[test]
fn mistakes_in_tables_of_members() {
    let wrong = |table: &str| found(&with_members(table).expect_err("it has a mistake"));
    assert_eq!(
        wrong("town.flow [factor],flow\n1,2\n"),
        [("LP0140", 1)].into()
    );
    assert_eq!(
        wrong("town.flow [factor],well.pressure [barg]\n1.1,68\n,70\n"),
        [("LP0140", 3)].into()
    );
    assert_eq!(wrong("twon.flow [factor]\n1\n"), [("LP0137", 1)].into());
    assert_eq!(wrong("town.flow [bar]\n1\n"), [("LP0112", 2)].into());
    assert_eq!(wrong("town.flow [factor]\n"), [("LP0140", 2)].into());
}
