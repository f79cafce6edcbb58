//! The cases that ship with the program check at every stage and scenario, and each of their facts
//! has a source.

#![expect(clippy::panic, reason = "helpers of tests")]

use linepack_formats::{Diagnostic, Loaded, Selection, read};
use std::path::{Path, PathBuf};

fn shipped() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut folders: Vec<_> = std::fs::read_dir(cases)
        .expect("cases/ is part of the repository")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.join("case.toml").is_file())
        .collect();
    folders.sort();
    assert!(folders.iter().any(|f| f.ends_with("peace-pipeline")));
    folders
}

fn list(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn load(folder: &Path, stage: Option<&str>, scenario: Option<&str>) -> Loaded {
    let selection = Selection {
        stage: stage.map(Into::into),
        scenario: scenario.map(Into::into),
        ..Selection::default()
    };
    let what = format!("{} {stage:?} {scenario:?}", folder.display());
    let loaded =
        read(folder, &selection).unwrap_or_else(|errors| panic!("{what}:\n{}", list(&errors)));
    assert!(
        loaded.warnings.is_empty(),
        "{what}:\n{}",
        list(&loaded.warnings)
    );
    loaded
}

#[test]
fn every_choice_checks_without_errors_or_warnings() {
    for folder in shipped() {
        let case = load(&folder, None, None).case;
        for stage in &case.stages {
            load(&folder, Some(&stage.name), None);
        }
        for scenario in &case.scenarios {
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
