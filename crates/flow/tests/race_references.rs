//! One pipe under a ramp, and a passive network under sinusoidal demand, against references that were
//! converged in time and space; and what the runs cost.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests print what they measured, and what is missing"
)]

#[path = "../examples/race/cases.rs"]
#[expect(dead_code, reason = "a part of what the race needs")]
mod cases;
#[path = "../examples/race/reference.rs"]
mod reference;
mod support;

use cases::Problem;
use linepack_flow::{Model, Options, Silent, run};
use reference::Reference;
use std::path::PathBuf;

/// The largest deviation of a pressure, bar, at each setting; what the first run costs is frozen.
fn errors(name: &str, words: &[&str]) -> Option<Vec<f64>> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let in_bench = |word: &&str| match word.strip_prefix("bench/") {
        Some(file) => data.join("../bench").join(file).display().to_string(),
        None => (*word).to_owned(),
    };
    let words: Vec<String> = words.iter().map(in_bench).collect();
    if !std::path::Path::new(&words[2]).exists() {
        eprintln!("skipped: {} not found (set LINEPACK_DATA)", words[2]);
        return None;
    }
    let problem = Problem::read(&words).expect("a problem");
    let reference = Reference::read(&problem.reference).expect("a reference");
    let mut found = Vec::new();
    for &setting in &problem.settings {
        let model = Model::build(&problem.case(setting), &Options::default()).expect("a model");
        let solution = run(&model, None, None, &mut Silent).solution;
        assert!(solution.status.complete, "{:?}", solution.status);
        let balance = &solution.balance;
        assert!(balance.residual_kg.abs() <= 1e-10 * balance.in_kg);
        if found.is_empty() {
            insta::assert_snapshot!(name, support::cost(&solution));
        }
        let worst = reference.worst(&solution, &problem.columns).expect("nodes");
        println!(
            "{name} {setting:?}: {worst:.1e} bar, {}",
            support::cost(&solution)
        );
        found.push(worst);
    }
    Some(found)
}

/// With 1 km cells and a tolerance of 0.001 bar the error is within three times that; with half the
/// cells' length and a tenth of the tolerance it is less than a quarter.
fn converges(found: Option<Vec<f64>>) {
    if let Some(found) = found {
        assert!(found[0] < 3e-3, "{found:?}");
        assert!(found[1] < 0.25 * found[0], "{found:?}");
    }
}

fn one_pipe(model: &str) {
    let file = format!("bench/onepipe/onepipe_ramp_{model}_richardson.csv");
    let words = ["pipe", model, &file, "100:100", "200:10"];
    converges(errors(&format!("one-pipe-{model}"), &words));
}

#[test]
fn one_pipe_with_all_terms() {
    one_pipe("full");
}

#[test]
fn one_pipe_without_the_kinetic_term() {
    one_pipe("noconv");
}

#[test]
fn one_pipe_without_inertia() {
    one_pipe("parab");
}

#[test]
fn passive_gaslib_40() {
    let words = [
        "network",
        "bench/passive/gaslib40_passive.json",
        "bench/passive/gaslib40_richardson.csv",
        "0.3",
        "1000:100",
        "500:10",
    ];
    converges(errors("gaslib-40-passive", &words));
}
