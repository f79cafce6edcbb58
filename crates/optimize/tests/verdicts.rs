//! Published verdicts on the nominations of GasLib-134, with the model that they assume.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-optimize` writes `docs/validation/nominations.md` anew.

#![allow(
    clippy::print_stderr,
    clippy::allow_attributes,
    reason = "tests say what they skip"
)]

use linepack_formats::{Companions, Selection, read};
use linepack_optimize::{Objective, Plan, StationModel, Verdict, optimize};
use rayon::prelude::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var_os("LINEPACK_DATA").map_or_else(|| default.into(), PathBuf::from)
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/nominations.md")
}

/// Days and their published verdicts: whether there is an operating point.
fn published() -> Option<Vec<(String, bool)>> {
    let path = data().join("expectations/nomination_verdicts.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            path.display()
        );
        return None;
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0] == "GasLib-134").then(|| (cells[1].to_owned(), cells[2] == "success"))
    };
    Some(text.lines().filter_map(row).collect())
}

fn plan(day: &str, stations: StationModel) -> Option<Plan> {
    let folder = data().join("gaslib/GasLib-134");
    let scenario = folder.join(format!("nominations/{day}.scn"));
    if !scenario.exists() {
        return None;
    }
    let selection = Selection {
        beside: Companions {
            scenario: Some(scenario),
            ..Companions::default()
        },
        ..Selection::default()
    };
    let loaded = read(&folder.join("GasLib-134-v2.net"), &selection).expect("a nomination");
    let plan = optimize(&loaded.case, &Objective::Feasible, stations);
    Some(plan.expect("a problem"))
}

/// Every verdict is decided, by an operating point that a steady solve confirms or by proof, and agrees
/// with the published one.
#[test]
fn verdicts_on_gaslib_134_are_those_published() {
    let Some(published) = published() else { return };
    let with = |(day, success): &(String, bool)| {
        let plan = plan(day, StationModel::Ratio)?;
        Some((day.clone(), *success, plan))
    };
    let days: Vec<(String, bool, Plan)> = published.par_iter().filter_map(with).collect();
    assert!(
        days.len() > 800,
        "only {} nominations are there",
        days.len()
    );
    for (day, success, plan) in &days {
        let expected = if *success {
            Verdict::Feasible
        } else {
            Verdict::Infeasible
        };
        assert_eq!(plan.verdict, expected, "{day}: {:?}", plan.check);
    }
    let text = text(&days);
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        std::fs::write(page(), &text).expect("writable");
    }
    let written = std::fs::read_to_string(page()).unwrap_or_default();
    assert!(
        written == text,
        "docs/validation/nominations.md is not what the code makes now"
    );
}

fn text(days: &[(String, bool, Plan)]) -> String {
    let count = |verdict: Verdict, success: bool| {
        let of = days
            .iter()
            .filter(|d| d.2.verdict == verdict && d.1 == success);
        of.count()
    };
    let feasible = || days.iter().filter(|d| d.2.verdict == Verdict::Feasible);
    let programs = feasible().map(|d| d.2.programs);
    let worst = feasible()
        .map(|d| d.2.check.pressure_difference_pa)
        .fold(0.0, f64::max);
    let mut text = String::from(
        "<!-- generated: LINEPACK_UPDATE=1 cargo nextest run -p linepack-optimize -->\n# Nominations\n\n\
         Verdicts of `linepack optimize --stations ratio` on the nominations of GasLib-134 (Schmidt et al. 2017, Data 2(4), 40), beside the\n\
         published ones of the same model of stations. *Feasible* means an operating point within all limits that a steady solve of the whole\n\
         network confirms; *infeasible* that the convex relaxation has no solution.\n\n\
         | | published: solved | published: relaxation infeasible |\n|---|---:|---:|\n",
    );
    for (name, verdict) in [
        ("feasible", Verdict::Feasible),
        ("infeasible", Verdict::Infeasible),
        ("not found", Verdict::NotFound),
    ] {
        let _ = writeln!(
            text,
            "| {name} | {} | {} |",
            count(verdict, true),
            count(verdict, false)
        );
    }
    let _ = writeln!(
        text,
        "\nAt most {} quadratic programs were needed for an operating point. Pressures of the steady solve are\nwithin {} of those of the operating point.",
        programs.max().unwrap_or(0),
        if worst < 10.0 { "10 Pa" } else { "1 kPa" },
    );
    for (day, _, plan) in days.iter().filter(|d| d.2.verdict == Verdict::Infeasible) {
        let _ = writeln!(
            text,
            "\n## {day}\n\nThese limits cannot be kept together:\n"
        );
        for limit in &plan.conflict {
            let quantity = limit
                .quantity
                .replace("_kg_per_s", "")
                .replace("_pa", "")
                .replace('_', " ");
            let _ = writeln!(text, "- {} of {}", quantity, limit.element);
        }
    }
    text
}
