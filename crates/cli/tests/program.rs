//! The program as its users see it: exit codes, what stands on stdout and stderr, what is left on
//! disk.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const ESCAPE: u8 = 0x1b;

fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases")
        .join(name);
    path.display().to_string()
}

/// An empty folder in which the program is run.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linepack"));
        command.args(args).current_dir(self.0.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// Names of what lies in the folder, hidden ones too.
    fn left(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("the folder is there");
        let name = |e: std::io::Result<std::fs::DirEntry>| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        };
        entries.map(name).collect()
    }

    /// A copy of the first line with one text in place of another.
    fn changed_case(&self, from: &str, to: &str) -> String {
        let text = std::fs::read_to_string(Path::new(&case("first-line")).join("case.toml"));
        let text = text.expect("the case ships");
        assert!(text.contains(from), "the case has changed: {from}");
        let path = self.path("changed.toml");
        std::fs::write(&path, text.replace(from, to)).expect("a file can be written");
        path.display().to_string()
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic_with(&format!("{e}\n{}", stdout(output))))
}

#[expect(clippy::panic, reason = "a test says why it fails")]
fn panic_with(message: &str) -> ! {
    panic!("{message}")
}

#[track_caller]
fn assert_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "{key} is missing in {value}");
    }
}

/// No `null` anywhere but where something is unknown by nature: NaN has become nothing.
#[track_caller]
fn assert_no_null(value: &Value, key: &str) {
    match value {
        Value::Null => assert!(["stage", "worst_element"].contains(&key), "{key} is null"),
        Value::Array(items) => items.iter().for_each(|v| assert_no_null(v, key)),
        Value::Object(map) => map.iter().for_each(|(k, v)| assert_no_null(v, k)),
        _ => {}
    }
}

#[test]
fn steady_prints_one_json_document_with_the_keys_of_the_contract() {
    let place = Place::new();
    let output = place.run(&["steady", &case("first-line"), "--json"]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let found = json(&output);
    let keys = [
        "status",
        "balance",
        "nodes",
        "edges",
        "violations",
        "counters",
        "timing_s",
        "terminals",
    ];
    assert_keys(&found, &keys);
    let status = [
        "converged",
        "residual",
        "iterations",
        "worst_element",
        "message",
    ];
    assert_keys(&found["status"], &status);
    let balance = [
        "in_kg_per_s",
        "out_kg_per_s",
        "fuel_kg_per_s",
        "linepack_change_kg",
        "residual_kg",
    ];
    assert_keys(&found["balance"], &balance);
    assert_keys(
        &found["nodes"]["city-gate"],
        &["pressure_pa", "temperature_k", "supply_kg_per_s"],
    );
    let edge = [
        "kind",
        "mass_flow_kg_per_s",
        "pressure_in_pa",
        "pressure_out_pa",
    ];
    assert_keys(&found["edges"]["west"], &edge);
    assert_keys(
        &found["edges"]["west"],
        &["velocity_max_m_per_s", "linepack_kg"],
    );
    assert_keys(&found["edges"]["midway"], &edge);
    assert_keys(
        &found["edges"]["midway"],
        &["power_w", "fuel_kg_per_s", "mode"],
    );
    assert_keys(&found["timing_s"], &["read", "build", "solve", "write"]);
    assert_keys(
        &found["counters"],
        &["steps", "newton_iterations", "factorisations", "cells"],
    );
    assert_no_null(&found, "");
    assert_eq!(found["status"]["converged"], true);
    assert!(
        place.left().is_empty(),
        "steady writes nothing unless asked"
    );
}

#[test]
fn run_leaves_a_run_folder_under_a_name_of_its_own() {
    let place = Place::new();
    let output = place.run(&["run", &case("first-line"), "--json"]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let found = json(&output);
    assert_no_null(&found, "");
    assert_eq!(found["time_s"], 86_400.0);
    assert_eq!(place.left(), ["runs"]);
    let folder = place.path("runs/first-line-day");
    let files = [
        "manifest.json",
        "summary.json",
        "nodes.parquet",
        "edges.parquet",
        "terminals.parquet",
        "profiles.parquet",
        "snapshot.json",
        "report.html",
    ];
    for file in files {
        assert!(folder.join(file).is_file(), "{file} is missing");
    }
    let summary = std::fs::read(folder.join("summary.json")).expect("a summary");
    let summary: Value = serde_json::from_slice(&summary).expect("JSON");
    assert_eq!(summary["nodes"], found["nodes"]);
    assert_eq!(
        code(&place.run(&["run", &case("first-line"), "-q"])),
        Some(0)
    );
    assert!(place.path("runs/first-line-day-2/manifest.json").is_file());
}

#[test]
fn people_read_units_and_reference_conditions() {
    let place = Place::new();
    let output = place.run(&["run", &case("first-line")]);
    let text = stdout(&output);
    for word in [
        "Delivers",
        "MSm3/d",
        "bara",
        "MW",
        "15 degC and 1.01325 bara",
        "report.html",
    ] {
        assert!(text.contains(word), "{word} is missing in\n{text}");
    }
    assert!(
        text.lines().all(|l| l.chars().count() <= 80),
        "wider than a terminal:\n{text}"
    );
    assert!(!output.stdout.contains(&ESCAPE) && !output.stderr.contains(&ESCAPE));
}

#[test]
fn the_pipeline_of_peace_tells_of_its_stages() {
    let text = peace(&["--until", "6 h"]);
    assert!(text.contains("What each stage can deliver"), "{text}");
}

/// The events of a scenario may happen to elements that some of the stages lack.
#[test]
fn a_line_break_is_told_and_every_stage_solved() {
    let text = peace(&["--scenario", "line-break", "--until", "3 h"]);
    assert!(
        text.contains("Loses") && text.contains("What happened"),
        "{text}"
    );
    assert!(
        text.contains("with-gwadar") && !text.contains("not solved"),
        "{text}"
    );
}

#[test]
fn a_loss_of_supply_says_who_loses_gas_and_when() {
    let text = peace(&["--scenario", "loss-of-supply", "--until", "12 h"]);
    assert!(
        text.contains("Falls short Sarkhun-Kerman tie: after 9 h"),
        "{text}"
    );
}

/// What a run of the shipped pipeline says, in no more columns than a terminal has.
#[track_caller]
fn peace(args: &[&str]) -> String {
    let place = Place::new();
    let output = place.run(&[&["run", &case("peace-pipeline")][..], args].concat());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.lines().all(|l| l.chars().count() <= 80),
        "wider than a terminal:\n{text}"
    );
    text
}

#[test]
fn a_wrong_command_line_is_2() {
    let place = Place::new();
    for args in [
        &["steady"][..],
        &["fly", "."],
        &["steady", &case("first-line"), "--set", "nonsense"],
        &["run", &case("first-line"), "--until", "6"],
        &["run", &case("first-line"), "--until", "-1 h"],
        &["explain", "LP9999"],
        &["convert", &case("first-line"), "out.xlsx"],
    ] {
        let output = place.run(args);
        assert_eq!(code(&output), Some(2), "{args:?}: {}", stderr(&output));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
    assert!(place.left().is_empty());
}

#[test]
fn bad_input_is_10_and_leaves_nothing() {
    let place = Place::new();
    let case = place.changed_case("node = \"city-gate\"", "node = \"city-gat\"");
    let output = place.run(&["run", &case, "--out", "out"]);
    assert_eq!(code(&output), Some(10));
    let text = stderr(&output);
    for piece in ["error[LP", "changed.toml:", "^^^", "help:", "city-gate"] {
        assert!(text.contains(piece), "{piece} is missing in\n{text}");
    }
    assert!(output.stdout.is_empty());
    assert_eq!(place.left(), ["changed.toml"]);

    let output = place.run(&["check", &case, "--json"]);
    assert_eq!(code(&output), Some(10));
    let found = json(&output);
    assert_eq!(found["valid"], false);
    assert_keys(
        &found["diagnostics"][0],
        &["code", "message", "file", "line", "column", "help"],
    );

    let output = place.run(&["steady", "nowhere"]);
    assert_eq!(code(&output), Some(10));
}

#[test]
fn a_case_without_mistakes_checks() {
    let output = Place::new().run(&["check", &case("first-line")]);
    assert_eq!(code(&output), Some(0));
    assert!(stdout(&output).contains("0 errors"));
}

#[test]
fn what_has_no_solution_is_20_and_says_why() {
    let place = Place::new();
    let args = [
        "run",
        &case("first-line"),
        "--set",
        "city.flow=99 MSm3/d",
        "--json",
        "--out",
        "out",
    ];
    let output = place.run(&args);
    assert_eq!(code(&output), Some(20));
    let found = json(&output);
    assert_no_null(&found, "");
    assert_eq!(found["status"]["converged"], false);
    assert_eq!(found["status"]["worst_element"], "city");
    let message = found["status"]["message"].as_str().expect("a message");
    assert!(message.contains("ask for 998.5 kg/s"), "{message}");
    let manifest = std::fs::read(place.path("out/manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["complete"], false);
}

#[test]
fn a_violated_limit_is_21_when_strict() {
    let place = Place::new();
    let violated = [
        "steady",
        &case("first-line"),
        "--set",
        "city.pressure_min=60 barg",
    ];
    let violated = [&violated[..], &["--set", "city.curtail=false"]].concat();
    assert_eq!(code(&place.run(&violated)), Some(0));
    let output = place.run(&[&violated[..], &["--strict", "--json"]].concat());
    assert_eq!(code(&output), Some(21), "{}", stderr(&output));
    let violation = &json(&output)["violations"][0];
    assert_keys(violation, &["element", "quantity", "value", "limit"]);
}

#[test]
fn a_folder_that_is_taken_is_refused_before_solving() {
    let place = Place::new();
    let args = ["run", &case("first-line"), "-q", "--out", "out"];
    assert_eq!(code(&place.run(&args)), Some(0));
    let output = place.run(&args);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("--replace"));
    assert_eq!(
        code(&place.run(&[&args[..], &["--replace"]].concat())),
        Some(0)
    );
    assert_eq!(place.left(), ["out"]);
    std::fs::create_dir(place.path("mine")).expect("a folder");
    std::fs::write(place.path("mine/letter.txt"), "dear").expect("a file");
    let args = ["run", &case("first-line"), "--out", "mine", "--replace"];
    assert_eq!(
        code(&place.run(&args)),
        Some(2),
        "only a run folder is replaced"
    );
    assert!(place.path("mine/letter.txt").is_file());
}

#[test]
fn other_formats_lie_beside_parquet() {
    let place = Place::new();
    let args = [
        "steady",
        &case("first-line"),
        "--out",
        "out",
        "--format",
        "csv,netcdf",
    ];
    let output = place.run(&args);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let csv = std::fs::read_to_string(place.path("out/nodes.csv")).expect("CSV");
    assert!(csv.starts_with("time,id,kind,"), "{csv}");
    assert!(
        csv.lines()
            .next()
            .is_some_and(|l| l.contains("pressure [Pa]")),
        "{csv}"
    );
    assert!(place.path("out/solution.nc").is_file() && place.path("out/nodes.parquet").is_file());
}

#[test]
fn quiet_is_quiet() {
    let place = Place::new();
    let output = place.run(&["run", &case("first-line"), "-q"]);
    assert_eq!(code(&output), Some(0));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn no_color_has_no_escapes() {
    let place = Place::new();
    let case = place.changed_case("from = \"field\"", "from = \"feld\"");
    let forced = |name: Option<&str>| {
        let mut command = place.command(&["check", &case]);
        command.env("CLICOLOR_FORCE", "1");
        name.map(|n| command.env(n, "1"));
        command.output().expect("the program starts")
    };
    assert!(
        forced(None).stderr.contains(&ESCAPE),
        "colours can be forced"
    );
    let output = forced(Some("NO_COLOR"));
    assert_eq!(code(&output), Some(10));
    assert!(!output.stderr.contains(&ESCAPE) && !output.stdout.contains(&ESCAPE));
}

#[test]
fn a_run_goes_on_from_its_snapshot() {
    let place = Place::new();
    let first_line = case("first-line");
    let run = |args: &[&str]| {
        let output = place.run(&[&["run", &first_line, "--json"][..], args].concat());
        assert_eq!(code(&output), Some(0), "{}", stderr(&output));
        json(&output)
    };
    let whole = run(&["--out", "whole"]);
    run(&["--out", "half", "--until", "12 h"]);
    let rest = run(&["--out", "rest", "--from", "half"]);
    assert_eq!(rest["time_s"], whole["time_s"]);
    for (id, node) in whole["nodes"].as_object().expect("nodes") {
        let a = node["pressure_pa"].as_f64().expect("a pressure");
        let b = rest["nodes"][id]["pressure_pa"]
            .as_f64()
            .expect("a pressure");
        assert!((a - b).abs() <= 1e-9 * a, "{id}: {a} Pa, then {b} Pa");
    }
    let output = place.run(&["steady", &first_line, "-q", "--out", "steady"]);
    assert_eq!(code(&output), Some(0));
    let from_steady = run(&["--out", "again", "--from", "steady"]);
    assert_eq!(
        from_steady["nodes"], whole["nodes"],
        "a steady state is a start"
    );
    let output = place.run(&["run", &first_line, "--from", "nowhere.json"]);
    assert_eq!(code(&output), Some(10));
}

/// A run so long that it can be interrupted: its pressures are kept to the tolerance of the case,
/// 0.01 bar, whatever the steps are.
#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on_to_the_same_result() {
    use std::time::Duration;
    let place = Place::new();
    let first_line = case("first-line");
    let long = [
        "--set",
        "scenario.duration=2000000 h",
        "--set",
        "scenario.output_interval=10000 h",
        "--set",
        "settings.step_max=1 min",
        "--set",
        "settings.pressure_tolerance=0.01 bar",
        "--json",
    ];
    let args = [&["run", &first_line, "--out", "stopped"][..], &long].concat();
    let mut command = place.command(&args);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let child = command.spawn().expect("the program starts");
    std::thread::sleep(Duration::from_millis(1500));
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.expect("kill is there").success());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(code(&output), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("--from"), "{}", stderr(&output));
    let stopped = json(&output);
    assert_eq!(stopped["status"]["complete"], false);
    let snapshot = std::fs::read(place.path("stopped/snapshot.json")).expect("a snapshot");
    let snapshot: Value = serde_json::from_slice(&snapshot).expect("JSON");
    assert_eq!(
        snapshot["time_s"], stopped["time_s"],
        "the last state is a row of the result"
    );
    assert_eq!(place.left(), ["stopped"]);

    let end_s = snapshot["time_s"].as_f64().expect("a time") + 12.0 * 3600.0;
    let until = format!("{end_s} s");
    let result = |from: &[&str]| {
        let args = [&["run", &first_line, "--until", &until][..], from, &long].concat();
        let output = place.run(&args);
        assert_eq!(code(&output), Some(0), "{}", stderr(&output));
        json(&output)
    };
    let (went_on, straight) = (result(&["--from", "stopped"]), result(&[]));
    assert_eq!(went_on["time_s"].as_f64(), Some(end_s));
    for (id, node) in straight["nodes"].as_object().expect("nodes") {
        let a = node["pressure_pa"].as_f64().expect("a pressure");
        let b = went_on["nodes"][id]["pressure_pa"]
            .as_f64()
            .expect("a pressure");
        assert!((a - b).abs() <= 1000.0, "{id}: {a} Pa, then {b} Pa");
    }
}

#[test]
fn a_run_does_not_differ_from_itself() {
    let place = Place::new();
    let run = |out: &str, more: &[&str]| {
        let args = ["run", &case("first-line"), "-q", "--out", out];
        assert_eq!(code(&place.run(&[&args[..], more].concat())), Some(0));
    };
    run("a", &[]);
    run("b", &["--threads", "2"]);
    run("c", &["--set", "gas-field.pressure=69 barg"]);
    let diff = |a: &str, b: &str| json(&place.run(&["diff", a, b, "--json"]));
    assert_eq!(diff("a", "a")["equal"], true);
    assert_eq!(diff("a", "b")["equal"], true, "threads change nothing");
    let found = diff("a", "c");
    assert_eq!(found["equal"], false);
    assert_eq!(found["inputs"][0]["what"], "set");
    let differences = found["results"]["differences"]
        .as_array()
        .expect("differences");
    let sizes: Vec<f64> = differences
        .iter()
        .filter_map(|d| d["relative"].as_f64())
        .collect();
    assert!(
        !sizes.is_empty() && sizes.is_sorted_by(|a, b| a >= b),
        "largest first"
    );
    assert_eq!(stdout(&place.run(&["diff", "a", "b"])), "no difference\n");
    assert!(stdout(&place.run(&["diff", "a", "c"])).contains("gas-field"));
    assert_eq!(
        code(&place.run(&["diff", "a", &case("first-line")])),
        Some(2)
    );
}

#[test]
fn cases_differ_in_what_they_state() {
    let place = Place::new();
    let changed = place.changed_case("flow_max = \"12 MSm3/d\"", "flow_max = \"13 MSm3/d\"");
    let found = json(&place.run(&["diff", &case("first-line"), &changed, "--json"]));
    let inputs = found["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.len(), 1, "{found}");
    assert_eq!(inputs[0]["what"], "gas-field.flow_max");
    assert_eq!(
        (&inputs[0]["a"], &inputs[0]["b"]),
        (&"12 MSm3/d".into(), &"13 MSm3/d".into())
    );
}

#[test]
fn a_report_is_written_anew() {
    let place = Place::new();
    let case = place.changed_case("First line", "First line of all");
    assert_eq!(
        code(&place.run(&["run", &case, "-q", "--out", "run"])),
        Some(0)
    );
    let written = std::fs::read_to_string(place.path("run/report.html")).expect("a report");
    std::fs::remove_file(place.path("run/report.html")).expect("it can be removed");
    let output = place.run(&["report", "run"]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let again = std::fs::read_to_string(place.path("run/report.html")).expect("a report");
    assert!(again.contains("First line of all"));
    assert_eq!(
        again.len(),
        written.len(),
        "what was read back is what was written"
    );
    place.changed_case("First line", "First line of none");
    assert!(stderr(&place.run(&["report", "run"])).contains("has changed"));
    assert_eq!(code(&place.run(&["report", "nowhere"])), Some(10));
}

#[test]
fn a_converted_case_solves_to_the_same() {
    let place = Place::new();
    let output = place.run(&["convert", &case("first-line"), "copy"]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let nodes = |case: &str| json(&place.run(&["steady", case, "--json"]))["nodes"].clone();
    assert_eq!(nodes("copy"), nodes(&case("first-line")));
    assert_eq!(
        code(&place.run(&["convert", &case("first-line"), "copy"])),
        Some(2)
    );
}

/// Pure methane at 0 degC and 1.01325 bar: 0.7175 kg/m3 (ISO 6976 gives 0.717 5); its gross heating
/// value burnt at 15 degC is 891.51 kJ/mol, 55.57 MJ/kg (ISO 6976:2016, table 3).
#[test]
fn gas_prints_the_properties_of_methane() {
    let place = Place::new();
    let at = ["--pressure", "1.01325 bara", "--temperature", "0 degC"];
    let found = json(&place.run(&[&["gas", "methane=1", "--json"][..], &at].concat()));
    let density = found["density_kg_per_m3"].as_f64().expect("a density");
    assert!((density - 0.7175).abs() < 2e-4, "{density}");
    let heat = found["gross_heating_value_j_per_kg"]
        .as_f64()
        .expect("a heating value");
    assert!((heat - 891.51e3 / 0.016_042_46).abs() < 2e3, "{heat}");
    assert_keys(
        &found["reference_conditions"]["normal"],
        &["wobbe_gross_j_per_m3"],
    );
    std::fs::write(place.path("gas.csv"), "component,fraction\nmethane,1\n").expect("a file");
    let listed = json(&place.run(&[&["gas", "gas.csv", "--json"][..], &at].concat()));
    assert_eq!(listed, found);
    let text = stdout(&place.run(&[&["gas", &case("first-line")][..], &at].concat()));
    assert!(
        text.contains("GERG-2008") && text.contains("Wobbe"),
        "{text}"
    );
    let wrong = place.run(&[&["gas", "metane=1"][..], &at].concat());
    assert_eq!(code(&wrong), Some(10));
    assert!(stderr(&wrong).contains("methane"));
}

/// A rich gas is held to its limits and its dew point is found; the page has its three charts.
#[test]
fn gas_is_held_to_limits_and_drawn() {
    let place = Place::new();
    let rich = "methane=0.83,ethane=0.08,propane=0.05,n-butane=0.04";
    let at = ["--pressure", "40 bara", "--temperature", "15 degC"];
    let found = json(&place.run(&[&["gas", rich, "--json"][..], &at].concat()));
    // 277.6337 K at 40 bar by CoolProp 8.0.0, Peng-Robinson.
    let dew = found["hydrocarbon_dew_point_k"]
        .as_f64()
        .expect("a dew point");
    assert!((dew - 277.6337).abs() < 1e-3, "{dew}");
    let limits = found["quality"]["limits"].as_array().expect("limits");
    let broken = |name: &str| {
        let check = limits
            .iter()
            .find(|l| l["quantity"] == name)
            .expect("a limit");
        check["verdict"].as_str().expect("a verdict").to_owned()
    };
    assert_eq!(broken("hydrocarbon dew point, 1 to 70 bar"), "above");
    assert_eq!(broken("carbon dioxide"), "within");
    assert_eq!(broken("water dew point at 70 bar"), "unknown");
    assert_keys(
        &found["phase_envelope"],
        &["dew", "bubble", "cricondentherm"],
    );
    let page = ["--limits", "great_britain", "--page", "gas.html"];
    let text = stdout(&place.run(&[&["gas", rich][..], &at, &page].concat()));
    assert!(
        text.contains("GS(M)R") && text.contains("cricondentherm"),
        "{text}"
    );
    let html = std::fs::read_to_string(place.path("gas.html")).expect("a page");
    assert_eq!(html.matches("<svg").count(), 3);
    assert!(!html.contains("<script") && html.contains("Cricondentherm"));
}

#[test]
fn every_code_is_explained() {
    let place = Place::new();
    let output = place.run(&["explain", "lp0204"]);
    assert_eq!(code(&output), Some(0));
    assert!(stdout(&output).starts_with("LP0204"));
    let output = place.run(&["explain", "LP0024"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        stderr(&output).contains("did you mean LP0"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn shells_get_their_completions() {
    let output = Place::new().run(&["completions", "bash"]);
    assert_eq!(code(&output), Some(0));
    assert!(stdout(&output).contains("--scenario"));
}

#[test]
fn bench_tells_how_cost_grows_with_the_mesh() {
    let place = Place::new();
    let output = place.run(&["bench", "--scaling", "10000", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let found = json(&output);
    let sizes = found["sizes"].as_array().expect("sizes");
    let cells: Vec<u64> = sizes.iter().filter_map(|s| s["cells"].as_u64()).collect();
    assert_eq!(cells.len(), 4);
    assert!(cells[0] >= 1000 && cells[0] == cells[1] && cells[2] >= 10_000 && cells[2] == cells[3]);
    for size in sizes {
        assert_eq!(size["complete"], true);
        assert!(size["mass_residual_share"].as_f64() < Some(1e-10), "{size}");
    }
    assert!(found["exponent"]["real"].is_number());
    let both = place.run(&["bench", "--scaling", "1000", "case.toml"]);
    assert_eq!(code(&both), Some(2));
}

#[test]
fn bench_times_each_phase_and_says_what_it_cost() {
    let place = Place::new();
    let first_line = case("first-line");
    let output = place.run(&["bench", &first_line, "--repeat", "3", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let found = json(&output);
    for phase in ["read", "build", "steady", "run"] {
        let times = &found["time_s"][phase];
        let [least, median] = ["least", "median"].map(|k| times[k].as_f64().expect("a time"));
        assert!(0.0 < least && least <= median, "{phase}: {times}");
    }
    let steady = json(&place.run(&["steady", &first_line, "--json"]));
    let iterations = |counters: &Value| counters["newton_iterations"].clone();
    assert_eq!(
        iterations(&found["counters"]["steady"]),
        iterations(&steady["counters"])
    );
    let kernel = &found["kernel_ns_per_cell_and_iteration"];
    assert!(kernel["assemble"].as_f64() > Some(0.0) && kernel["substitute"].as_f64() > Some(0.0));
    let table = place.run(&["bench", &first_line, "--repeat", "1", "--steady"]);
    let text = String::from_utf8(table.stdout).expect("text");
    assert!(
        text.contains("Newton iterations") && !text.contains("run "),
        "{text}"
    );
    assert_eq!(place.left(), Vec::<String>::new());
}
