//! The cases that ship with the program: they check, every fact has its source, and every stage and
//! scenario solves.

#![expect(clippy::panic, reason = "helpers of tests")]

use linepack_flow::{Model, Observer, Options, run, steady};
use linepack_formats::{Loaded, Selection, read};
use linepack_network::Case;
use linepack_results::{Balance, Solution};
use std::path::{Path, PathBuf};

struct Silent;
impl Observer for Silent {}

fn cases_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

fn shipped() -> Vec<PathBuf> {
    let mut folders: Vec<_> = std::fs::read_dir(cases_folder())
        .expect("cases/ is part of the repository")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.join("case.toml").is_file())
        .collect();
    folders.sort();
    assert!(folders.iter().any(|f| f.ends_with("peace-pipeline")));
    folders
}

fn load(folder: &Path, stage: Option<&str>, scenario: Option<&str>) -> Loaded {
    let selection = Selection {
        stage: stage.map(Into::into),
        scenario: scenario.map(Into::into),
        ..Selection::default()
    };
    read(folder, &selection).unwrap_or_else(|diagnostics| {
        let text: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        panic!(
            "{} {stage:?} {scenario:?}:\n{}",
            folder.display(),
            text.join("\n")
        )
    })
}

fn model(case: &Case) -> Model {
    Model::build(case, &Options::default())
        .unwrap_or_else(|e| panic!("{}: {:?} {}", case.id, e.element, e.message))
}

/// Every choice of stage and scenario that a case offers, `None` being the case's default.
fn choices(folder: &Path) -> (Vec<String>, Vec<String>) {
    let case = load(folder, None, None).case;
    (
        case.stages.into_iter().map(|s| s.name).collect(),
        case.scenarios,
    )
}

/// Conservation: what came in is what went out, was burnt, lost or stored. Round-off of the sums of
/// a run is some 1e-13 of the throughput; 1e-10 is the bar.
fn assert_conserves(balance: &Balance, what: &str) {
    let left = balance.in_kg
        - balance.out_kg
        - balance.fuel_kg
        - balance.leak_kg
        - (balance.linepack_end_kg - balance.linepack_start_kg);
    let throughput = balance.in_kg.max(balance.out_kg + balance.leak_kg);
    assert!(throughput > 0.0, "{what}: nothing flowed");
    assert!(
        left.abs() <= 1e-10 * throughput,
        "{what}: {left} kg of {throughput} kg unaccounted for"
    );
}

/// The same of the rates of a steady state, which Newton leaves at its own tolerance.
fn assert_steady_balance(solution: &Solution, what: &str) {
    let b = &solution.balance;
    let left = b.in_kg_per_s - b.out_kg_per_s - b.fuel_kg_per_s - b.leak_kg_per_s;
    assert!(b.in_kg_per_s > 0.0, "{what}: nothing flows");
    assert!(
        left.abs() <= 1e-9 * b.in_kg_per_s,
        "{what}: {left} kg/s unaccounted for"
    );
}

#[test]
fn every_choice_checks_without_errors() {
    for folder in shipped() {
        let (stages, scenarios) = choices(&folder);
        for stage in &stages {
            load(&folder, Some(stage), None);
        }
        for scenario in &scenarios {
            load(&folder, None, Some(scenario));
        }
    }
}

#[test]
fn every_fact_has_a_source() {
    for folder in shipped() {
        let loaded = load(&folder, None, None);
        assert!(!loaded.facts.is_empty());
        let bare: Vec<_> = loaded
            .facts
            .iter()
            .filter(|fact| fact.source.as_deref().is_none_or(|s| s.trim().is_empty()))
            .map(|fact| &fact.path)
            .collect();
        assert!(
            bare.is_empty(),
            "{}: no source for {bare:?}",
            folder.display()
        );
    }
}

#[test]
fn every_stage_has_a_steady_state_that_balances() {
    for folder in shipped() {
        for stage in choices(&folder).0 {
            let what = format!("{} {stage}", folder.display());
            let solution = steady(&model(&load(&folder, Some(&stage), None).case));
            assert!(
                solution.status.converged,
                "{what}: {}",
                solution.status.message
            );
            assert_steady_balance(&solution, &what);
        }
    }
}

#[test]
fn every_scenario_runs_to_its_end_and_conserves_mass() {
    for folder in shipped() {
        for scenario in choices(&folder).1 {
            let what = format!("{} {scenario}", folder.display());
            let model = model(&load(&folder, None, Some(&scenario)).case);
            let solution = run(&model, None, None, &mut Silent).solution;
            let status = &solution.status;
            assert!(
                status.converged && status.complete,
                "{what}: {}",
                status.message
            );
            assert_conserves(&solution.balance, &what);
        }
    }
}
