//! The pages in `docs/validation` are what the code makes now, and no deviation is beyond its tolerance.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-validation` writes them anew.

#![expect(clippy::print_stderr, reason = "says what is skipped")]

use linepack_validation::{
    NETWORKS, data_folder, folder, hydrogen, long_line_day, long_line_heading, pages,
    robustness_heading, sections, share, steady_heading, steady_page, transients,
    transients_heading, transients_page,
};
use std::fs;

/// Whether the data are there; says what is skipped where they are not.
fn data() -> bool {
    match data_folder() {
        Ok(_) => true,
        Err(why) => {
            eprintln!("skipped: {why}");
            false
        }
    }
}

fn updating() -> bool {
    std::env::var_os("LINEPACK_UPDATE").is_some()
}

#[test]
fn deviations_are_within_their_tolerances() {
    if !data() {
        return;
    }
    let mut beyond = Vec::new();
    for section in sections().expect("all cases are solved") {
        for c in &section.comparisons {
            let line = format!(
                "{:<28} {:<30} {:>4} points, {:.2e} of {:.0e}, {}",
                c.case,
                c.quantity,
                c.points.len(),
                c.deviation(),
                c.tolerance,
                c.worst_in_words()
            );
            println!("{line}");
            if !c.holds() {
                beyond.push(line);
            }
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}

#[test]
fn pages_are_up_to_date() {
    if !data() {
        return;
    }
    let mut stale = Vec::new();
    fs::create_dir_all(folder().join("img")).expect("writable");
    for (name, wanted) in pages().expect("all cases are solved") {
        let file = folder().join(&name);
        if updating() {
            fs::write(&file, &wanted).expect("writable");
        }
        if fs::read_to_string(&file).unwrap_or_default() != wanted {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "{stale:?} out of date: set LINEPACK_UPDATE=1 and run this test again"
    );
}

/// Every network is solved. Solvers change the numbers often, so of the page only the heading is
/// compared.
#[test]
fn steady_states() {
    if !data() {
        return;
    }
    let file = folder().join("steady.md");
    let (page, not_solved) = steady_page().expect("the data are there");
    assert!(not_solved.is_empty(), "{not_solved:#?}");
    if updating() {
        fs::write(&file, page).expect("writable");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found.starts_with(&steady_heading()),
        "steady.md is out of date: set LINEPACK_UPDATE=1 and run this test again"
    );
}

#[test]
fn robustness_has_its_heading() {
    let found = fs::read_to_string(folder().join("robustness.md")).unwrap_or_default();
    let heading = robustness_heading();
    assert!(
        found.starts_with(&heading),
        "robustness.md is out of date: cargo run -p linepack-validation --example robustness --release"
    );
}

/// Twenty patterns of four networks: how many are solved, at least.
#[test]
fn random_loads() {
    if !data() {
        return;
    }
    for (name, at_least) in [
        ("GasLib-11", 20),
        ("GasLib-24", 20),
        ("GasLib-134", 20),
        ("case-6-nominal", 20),
    ] {
        let network = NETWORKS
            .into_iter()
            .find(|n| n.0 == name)
            .expect("one of them");
        let share = share(network, 20).expect("the network is read");
        println!("{name}: {} of 20, {:?}", share.solved, share.failures);
        assert!(share.solved >= at_least, "{name}: {share:?}");
    }
}

/// Stored transients: deviations and moves under refinement are within their tolerances. Solvers change
/// the numbers often, so of the page only the heading is compared.
#[test]
fn stored_transients() {
    if !data() {
        return;
    }
    let found = transients().expect("all cases are solved");
    let mut beyond = Vec::new();
    for c in &found.comparisons {
        let (size, at) = (c.deviation(), c.worst_in_words());
        let line = format!(
            "{}: {} {size:.2e} of {:.0e}, {at}",
            c.case, c.quantity, c.tolerance
        );
        println!("{line}");
        if !c.holds() {
            beyond.push(line);
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
    let file = folder().join("transients.md");
    if updating() {
        fs::write(&file, transients_page(&found)).expect("writable");
    }
    let page = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        page.starts_with(&transients_heading()),
        "transients.md is out of date: set LINEPACK_UPDATE=1 and run this test again"
    );
}

/// The blends are solved, and the page is what they give.
#[test]
fn hydrogen_in_the_shipped_line() {
    let mut stale = Vec::new();
    fs::create_dir_all(folder().join("img")).expect("writable");
    for (name, wanted) in hydrogen().expect("all blends are solved") {
        let file = folder().join(&name);
        if updating() {
            fs::write(&file, &wanted).expect("writable");
        }
        if fs::read_to_string(&file).unwrap_or_default() != wanted {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{stale:?}: set LINEPACK_UPDATE=1");
}

/// The first day of a measured week of a long line. The week takes minutes: `cargo run -p linepack-validation
/// --example long_line --release` writes its page, of which only the heading is compared.
#[test]
fn a_day_of_a_long_line() {
    if !data() {
        return;
    }
    let d = long_line_day().expect("the run completes");
    println!("{d:?}");
    assert!(d.outlet_flow_kg_per_s < 2.0, "{d:?}");
    assert!(d.inlet_pressure_pa < 0.25e5, "{d:?}");
    assert!(d.outlet_temperature_k < 0.15, "{d:?}");
    assert!(d.outlet_methane.is_some_and(|x| x < 5e-4), "{d:?}");
    let page = fs::read_to_string(folder().join("long-line.md")).unwrap_or_default();
    assert!(page.starts_with(&long_line_heading()), "long-line.md");
}
