//! `linepack study ensemble` as its users see it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn first_line() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/first-line")
}

/// A copy of the first line with another ensemble, in an empty folder.
fn place(ensemble: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let case = folder.path().join("line");
    fs::create_dir(&case).expect("a folder");
    fs::copy(first_line().join("case.toml"), case.join("case.toml")).expect("the case ships");
    fs::write(case.join("ensemble.toml"), ensemble).expect("writable");
    folder
}

fn run(folder: &Path, words: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linepack"));
    command.args(words.split(' ')).current_dir(folder);
    command.output().expect("the program starts")
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document on stdout")
}

const ENSEMBLE: &str = r#"
[ensemble]
members = 12
seed = 5

[[variation]]
name = "demand"
element = "city"
field = "flow"
distribution = "uniform"
low = 0.6
high = 1.6

[[outage]]
element = "midway"
probability = 0.5
start = { distribution = "uniform", low = "0 h", high = "12 h" }

[[keep]]
element = "city"
quantity = "pressure"
"#;

/// An unchanged line, for one member.
const NOTHING: &str =
    "[ensemble]\nmembers = 1\n\n[[keep]]\nelement = \"city\"\nquantity = \"pressure\"\n";

#[test]
fn files_do_not_depend_on_threads() {
    let folder = place(ENSEMBLE);
    let names = ["members.parquet", "series.parquet", "quantiles.parquet"];
    let mut first: Option<Vec<Vec<u8>>> = None;
    for threads in [1, 2, 3] {
        let out = format!("study ensemble line --threads {threads} --out of-{threads} --json");
        let output = run(folder.path(), &out);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let told = document(&output);
        assert_eq!(told["members"]["told"], 12);
        let complete = told["members"]["complete"].as_u64().expect("a number");
        assert!(
            complete > 3 && complete < 12,
            "{complete} complete: some demands are too large"
        );
        assert_eq!(
            told["failed"].as_array().map(Vec::len),
            Some(12 - complete as usize)
        );
        let read = names.map(|n| {
            let path = folder.path().join(format!("of-{threads}")).join(n);
            fs::read(path).expect("a table")
        });
        match &first {
            None => first = Some(read.to_vec()),
            Some(first) => assert!(
                *first == read.to_vec(),
                "other files with {threads} threads"
            ),
        }
    }
}

#[test]
fn a_member_that_changes_nothing_is_the_run() {
    let folder = place(NOTHING);
    let study = document(&run(
        folder.path(),
        "study ensemble line --json --out study",
    ));
    let whole = document(&run(folder.path(), "run line --json --out whole"));
    let at_the_end = &study["at_the_end"];
    assert_eq!(
        at_the_end["city.pressure_pa"]["p50"],
        whole["nodes"]["city-gate"]["pressure_pa"]
    );
    assert_eq!(
        study["over_members"]["out_kg"]["p50"],
        whole["balance"]["out_kg"]
    );
    assert_eq!(study["counters"]["steps"], whole["counters"]["steps"]);
    assert_eq!(
        study["counters"]["newton_iterations"],
        whole["counters"]["newton_iterations"]
    );
}

#[test]
fn one_member_is_a_run_of_its_own() {
    let folder = place(&ENSEMBLE.replace("high = 1.6", "high = 1.1"));
    let study = document(&run(
        folder.path(),
        "study ensemble line --json --members 1 --out study",
    ));
    let alone = document(&run(
        folder.path(),
        "study ensemble line --json --only 0 --out alone",
    ));
    assert_eq!(study["members"]["complete"], 1);
    assert_eq!(
        study["over_members"]["out_kg"]["p50"],
        alone["balance"]["out_kg"]
    );
    assert!(folder.path().join("alone/report.html").is_file());
    // Another seed is another member.
    let other = document(&run(
        folder.path(),
        "study ensemble line --json --only 0 --seed 6 --out other",
    ));
    assert_ne!(other["balance"]["out_kg"], alone["balance"]["out_kg"]);
}

#[test]
fn text_says_what_failed_and_what_to_do_next() {
    let folder = place(ENSEMBLE);
    let output = run(folder.path(), "study ensemble line");
    let text = String::from_utf8(output.stdout).expect("text");
    for words in [
        "12 of 12, seed 5",
        "Over the members",
        "Failed: ",
        "not solved at \"city\"",
        "--only",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(
        folder
            .path()
            .join("runs/line-day-ensemble/members.parquet")
            .is_file()
    );
}

#[test]
fn nothing_is_written_of_an_ensemble_with_mistakes() {
    let folder = place(
        &ENSEMBLE
            .replace("low = 0.6", "low = 2")
            .replace("\"city\"\nfield", "\"town\"\nfield"),
    );
    let output = run(folder.path(), "study ensemble line --out out");
    assert_eq!(output.status.code(), Some(10));
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(
        text.contains("error[LP0137]") && text.contains("ensemble.toml"),
        "{text}"
    );
    assert!(!folder.path().join("out").exists());
    fs::remove_file(folder.path().join("line/ensemble.toml")).expect("it was there");
    let output = run(folder.path(), "study ensemble line --out out");
    assert_eq!(output.status.code(), Some(10));
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(text.contains("LP0101"), "{text}");
    let output = run(folder.path(), "study ensemble line --out out --format csv");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn no_member_completes() {
    let folder = place(
        &ENSEMBLE
            .replace("low = 0.6", "low = 8.0")
            .replace("high = 1.6", "high = 9.0"),
    );
    let output = run(folder.path(), "study ensemble line --out out --json");
    assert_eq!(output.status.code(), Some(20));
    assert_eq!(
        document(&output)["members"]["failed_by_status"]["not solved"],
        12
    );
    assert!(folder.path().join("out/members.parquet").is_file());
}
