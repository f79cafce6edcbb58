//! Seeded mistakes: each is found, with its code, at its line, and nothing else is.

mod at_once;
mod ensemble;
mod files;
mod heat;
mod rendered;
mod table;

use linepack_formats::{Diagnostic, Selection, read_str};
use std::collections::BTreeSet;
use table::{MISTAKES, Mistake};

/// A case without a mistake.
const BASE: &str = include_str!("base.toml");

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    match read_str("case.toml", text, &Selection::default()) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    }
}

/// Code and line of each.
fn found(diagnostics: &[Diagnostic]) -> BTreeSet<(&'static str, usize)> {
    diagnostics.iter().map(|d| (d.code, d.line)).collect()
}

fn shown(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn seeded(mistakes: &[&Mistake]) -> (String, BTreeSet<(&'static str, usize)>) {
    seeded_in(BASE, mistakes)
}

/// A text with mistakes in it. Each `§` marks a line where one is reported, in the order of the codes.
fn seeded_in(base: &str, mistakes: &[&Mistake]) -> (String, BTreeSet<(&'static str, usize)>) {
    let mut text = base.to_owned();
    for (number, mistake) in mistakes.iter().enumerate() {
        let mut place = 0;
        for (right, wrong) in mistake.edits {
            // The text around an edit may hold the marks of another.
            assert_eq!(
                text.matches(right).count(),
                1,
                "{}: `{right}`",
                mistake.name
            );
            let mut wrong = (*wrong).to_owned();
            while wrong.contains('§') {
                wrong = wrong.replacen('§', &format!("<{number}.{place}>"), 1);
                place += 1;
            }
            text = text.replace(right, &wrong);
        }
        assert_eq!(place, mistake.codes.len(), "{}", mistake.name);
    }
    let mut expected = BTreeSet::new();
    for (number, mistake) in mistakes.iter().enumerate() {
        for (place, code) in mistake.codes.iter().enumerate() {
            let mark = format!("<{number}.{place}>");
            let before = text
                .split(&mark)
                .next()
                .map_or(0, |t| t.matches('\n').count());
            expected.insert((*code, before + 1));
        }
    }
    for (number, mistake) in mistakes.iter().enumerate() {
        for place in 0..mistake.codes.len() {
            text = text.replace(&format!("<{number}.{place}>"), "");
        }
    }
    (text, expected)
}

#[test]
fn the_base_has_no_mistake() {
    let diagnostics = diagnostics(BASE);
    assert!(diagnostics.is_empty(), "{}", shown(&diagnostics));
}

#[test]
fn each_mistake_is_found_at_its_line_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for mistake in MISTAKES.iter().chain(heat::MISTAKES) {
        let (text, expected) = seeded(&[mistake]);
        let diagnostics = diagnostics(&text);
        if found(&diagnostics) != expected {
            wrong.push(format!(
                "== {}: expected {expected:?}, found {:?}\n{}",
                mistake.name,
                found(&diagnostics),
                shown(&diagnostics)
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        MISTAKES.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn there_are_at_least_sixty() {
    assert!(MISTAKES.len() + files::CODES.len() >= 60);
}

#[test]
fn every_code_has_a_seeded_mistake_and_every_mistake_a_catalogued_code() {
    let catalogued = linepack_formats::codes()
        .iter()
        .map(|(code, ..)| *code)
        .collect::<BTreeSet<_>>();
    let of_ensembles = ensemble::MISTAKES.iter();
    let table = MISTAKES
        .iter()
        .chain(heat::MISTAKES)
        .chain(of_ensembles)
        .flat_map(|m| m.codes.iter().copied());
    let seeded = table
        .chain(files::CODES.iter().copied())
        .chain(ensemble::CODES.iter().copied())
        .collect::<BTreeSet<_>>();
    let bare = catalogued.difference(&seeded).collect::<Vec<_>>();
    assert!(bare.is_empty(), "codes without a seeded mistake: {bare:?}");
    let unknown = seeded.difference(&catalogued).collect::<Vec<_>>();
    assert!(
        unknown.is_empty(),
        "codes that are not catalogued: {unknown:?}"
    );
}

#[test]
fn codes_are_unique_and_explained() {
    let mut seen = BTreeSet::new();
    for (code, title, story) in linepack_formats::codes() {
        assert!(seen.insert(code), "{code} is there twice");
        assert!(
            !title.is_empty() && story.len() > 20,
            "{code} is not explained"
        );
        assert_eq!(linepack_formats::explain(code), Some(*story));
    }
    assert_eq!(linepack_formats::explain("LP9999"), None);
}
