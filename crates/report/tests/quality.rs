//! The page of a run with temperatures and compositions, and of one without.

mod support;
mod warm;

use linepack_results::Solution;

fn page(change: impl Fn(&mut Solution)) -> String {
    let case = support::case();
    let mut solution = support::solution(&case);
    change(&mut solution);
    linepack_report::html(
        &case,
        &solution,
        &support::stages(&case),
        &support::manifest(),
    )
}

/// What a run with temperatures and qualities adds to a page.
const ADDED: [&str; 9] = [
    "<section id=\"heat\"",
    "<section id=\"quality\"",
    "id=\"profile-temperature\"",
    "id=\"series-temperature\"",
    "id=\"series-heating\"",
    "id=\"parentage\"",
    "id=\"map-colour\"",
    "\"shares\":[",
    "\"offTakes\":[",
];

#[test]
fn a_run_without_heat_has_nothing_of_it() {
    let page = page(|_| {});
    for part in ADDED {
        // The scripts know the identifiers, quoted in another way.
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn temperatures_and_qualities_are_shown() {
    let page = page(warm::with_heat_and_quality);
    for part in ADDED {
        assert!(page.contains(part), "{part}");
    }
    let heat = page.find("<section id=\"heat\"").expect("the panel");
    let series = page.find("<section id=\"series\"").expect("the panel");
    let linepack = page.find("<section id=\"linepack\"").expect("the panel");
    assert!(series < heat && heat < linepack);
}

#[test]
fn tables_have_the_numbers_in_units_for_people() {
    let page = page(warm::with_heat_and_quality);
    let text = page.split("id=\"data\"").next().expect("the panels");
    // 9e12 J, 1e-12 of what passed, 49.75e6 J/m3, 285.75 K, a mole fraction.
    for wanted in [
        "9\u{202f}000.0",
        "1.0e",
        "49.750",
        "12.6",
        "0.0312",
        "carbon dioxide",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_steady_state_has_tables_and_no_series() {
    let page = page(|solution| {
        warm::with_heat_and_quality(solution);
        solution.time_s.truncate(1);
    });
    assert!(page.contains("Energy balance of the steady state"));
    assert!(!page.contains("id=\"series-temperature\""));
    assert!(!page.contains("id=\"parentage\""));
}
