//! `linepack optimize` as its users see it.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases")
        .join(name);
    path.display().to_string()
}

fn linepack(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linepack"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.args(args).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The shadow price and the bound stand in the document, and what is found is written as a case that a steady
/// solve takes.
#[test]
fn the_least_fuel_has_shadow_prices_and_a_case() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("best.toml");
    let out = out.display().to_string();
    let pipeline = case("peace-pipeline");
    let args = [
        "optimize",
        &pipeline,
        "--objective",
        "fuel",
        "--json",
        "--out",
        &out,
    ];
    let output = linepack(&args);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(document["verdict"], "feasible");
    assert!(document["value"].as_f64().expect("a value") > 0.0);
    let binding = document["binding"].as_array().expect("what binds");
    let priced = |b: &&Value| b["price"].as_f64().is_some_and(|p| p > 0.0);
    assert!(binding.iter().any(|b| priced(&b)), "{binding:?}");
    let steady = linepack(&["steady", &out]);
    assert_eq!(steady.status.code(), Some(0), "{}", stdout(&steady));
}

#[test]
fn what_binds_is_shown() {
    let output = linepack(&["optimize", &case("peace-pipeline"), "--objective", "fuel"]);
    let text = stdout(&output);
    for piece in ["feasible", "fuel", "kg/s per bar", "discharge"] {
        assert!(text.contains(piece), "{piece} is missing in\n{text}");
    }
}

#[test]
fn a_missing_off_take_is_an_error() {
    let args = [
        "optimize",
        &case("first-line"),
        "--objective",
        "throughput",
        "--at",
        "nowhere",
    ];
    let output = linepack(&args);
    assert_eq!(output.status.code(), Some(10));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("nowhere"), "{text}");
    let output = linepack(&["optimize", &case("first-line"), "--objective", "throughput"]);
    assert_eq!(output.status.code(), Some(2));
}
