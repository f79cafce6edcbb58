//! What the page promises: self-contained, whole, safe against what files contain, repeatable.

mod support;

use linepack_network::{Case, Network};
use linepack_results::{Manifest, Solution};

fn page(case: &Case, solution: &Solution) -> String {
    linepack_report::html(case, solution, &support::stages(case), &support::manifest())
}

fn made_up() -> String {
    let case = support::case();
    page(&case, &support::solution(&case))
}

/// The JSON of the charts.
fn data(page: &str) -> serde_json::Value {
    let start = page.find("id=\"data\">").expect("the page has data") + "id=\"data\">".len();
    let end = start + page[start..].find("</script>").expect("the data ends");
    serde_json::from_str(&page[start..end]).expect("the data is JSON")
}

#[test]
fn nothing_comes_from_outside() {
    let page = made_up();
    let known = ["https://github.com/leeoniya/uPlot (v"]; // the banner of the library, a comment
    for (at, _) in page.match_indices("://") {
        let start = page[..at]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |i| i + 1);
        assert!(
            known.iter().any(|k| page[start..].starts_with(k)),
            "{}",
            &page[start..at + 60]
        );
    }
    for attribute in [
        " src=",
        "<link",
        "@import",
        "url(",
        "<iframe",
        "<object",
        "fetch(",
        "XMLHttpRequest",
    ] {
        assert!(!page.contains(attribute), "{attribute}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn every_section_is_there_in_order() {
    let page = made_up();
    let ids = [
        "summary", "stages", "map", "profile", "series", "linepack", "stations", "balance",
        "limits", "basis",
    ];
    let places: Vec<usize> = ids
        .iter()
        .map(|id| {
            page.find(&format!("<section id=\"{id}\""))
                .unwrap_or_else(|| panic!("no section {id}"))
        })
        .collect();
    assert!(places.is_sorted());
    for id in ids {
        assert!(
            page.contains(&format!("<a href=\"#{id}\">")),
            "no way to {id}"
        );
    }
}

#[test]
fn the_data_parses_and_has_the_run() {
    let data = data(&made_up());
    assert_eq!(data["time"].as_array().map(Vec::len), Some(97));
    assert_eq!(data["start"].as_f64(), Some(1_767_243_600.0)); // 2026-01-01T05:00:00Z
    assert_eq!(data["nodes"][0]["pressure"][0], 9_000_000);
    let main = &data["paths"][0];
    assert_eq!(main["name"], "South Pars \u{2192} Nawabshah");
    assert_eq!(main["length"], 1_937_000.0);
}

#[test]
fn the_main_path_is_at_true_distance() {
    let data = data(&made_up());
    let pipes = data["paths"][0]["pipes"].as_array().expect("pipes");
    let starts: Vec<f64> = pipes.iter().filter_map(|p| p[1].as_f64()).collect();
    let lengths = [130.0, 140.0, 150.0, 160.0, 200.0, 127.0, 250.0, 80.0, 430.0];
    let mut sum = 0.0;
    for (i, km) in lengths.iter().enumerate() {
        assert_eq!(starts[i], sum * 1e3);
        sum += km;
    }
}

const EVIL: &str =
    "</script><script>document.title='x'</script><img src=x onerror=alert(1)>\"'&\u{2028}<!--";

/// A case in which every text that a file may contain is hostile.
fn hostile() -> (Case, Solution) {
    let mut case = support::case();
    let mut solution = support::solution(&case);
    let evil = |id: &str| format!("{EVIL}{id}");
    rename(&mut case.network, &evil);
    case.title = evil("title");
    case.description = evil("description");
    case.assumptions = vec![evil("assumption")];
    case.scenario.title = evil("scenario");
    case.scenario.name = evil("name");
    case.stage = Some(evil("stage"));
    for frame in [
        &mut solution.nodes,
        &mut solution.edges,
        &mut solution.terminals,
    ] {
        frame.ids.iter_mut().for_each(|id| *id = evil(id));
        frame.modes.iter_mut().for_each(|mode| *mode = evil(mode));
    }
    solution
        .profiles
        .pipes
        .iter_mut()
        .for_each(|id| *id = evil(id));
    for terminal in &mut solution.terminal_totals {
        terminal.id = evil(&terminal.id);
        terminal.node = evil(&terminal.node);
        terminal.kind = evil(&terminal.kind);
    }
    solution.log = vec![(0.0, evil("log"))];
    solution
        .violations
        .iter_mut()
        .for_each(|v| v.quantity = evil("quantity"));
    solution
        .limitations
        .iter_mut()
        .for_each(|l| l.what = evil("what"));
    solution.assumptions = vec![evil("assumption")];
    solution.status.converged = false;
    solution.status.message = evil("message");
    solution.status.worst_element = Some(evil("worst"));
    (case, solution)
}

fn rename(net: &mut Network, evil: &dyn Fn(&str) -> String) {
    macro_rules! each {
        ($($list:ident: $($end:ident),*;)*) => {$(
            for e in &mut net.$list {
                e.header.label = evil(&e.header.label);
                e.header.id = evil(&e.header.id);
                $(e.$end = evil(&e.$end);)*
            }
        )*};
    }
    each! {
        nodes: ;
        pipes: from, to;
        valves: from, to;
        compressor_stations: from, to;
        supplies: node;
        off_takes: node;
        leaks: ;
    }
}

fn hostile_page() -> String {
    let (case, solution) = hostile();
    let mut stages = support::stages(&case);
    for stage in &mut stages {
        stage.stage = EVIL.into();
        stage.title = EVIL.into();
        stage.limited_by = EVIL.into();
        stage.solved = false;
        stage.message = EVIL.into();
        stage.deliveries = vec![(EVIL.into(), 1.0, 1e6)];
    }
    let mut manifest: Manifest = support::manifest();
    manifest.case = EVIL.into();
    manifest.set = vec![EVIL.into()];
    manifest.settings.insert(EVIL.into(), EVIL.into());
    manifest.inputs[0].path = EVIL.into();
    manifest.inputs[0].sha256 = EVIL.into();
    linepack_report::html(&case, &solution, &stages, &manifest)
}

#[test]
fn hostile_text_stays_text() {
    let page = hostile_page();
    assert!(!page.contains("<img"), "markup came through");
    assert!(
        !page.contains("<script>document.title"),
        "script came through"
    );
    assert_eq!(
        page.matches("</script>").count(),
        made_up().matches("</script>").count()
    );
    let nodes = data(&page)["nodes"].as_array().map(Vec::len);
    assert_eq!(nodes, data(&made_up())["nodes"].as_array().map(Vec::len));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let case = support::case();
    let solution = support::solution(&case);
    let stages = support::stages(&case);
    let mut manifest = support::manifest();
    let first = linepack_report::html(&case, &solution, &stages, &manifest);
    assert_eq!(
        first,
        linepack_report::html(&case, &solution, &stages, &manifest)
    );
    manifest.created_utc = "2031-05-06T07:08:09Z".into();
    let later = linepack_report::html(&case, &solution, &stages, &manifest);
    assert_eq!(
        first.replace("2026-01-02T10:00:00Z", "2031-05-06T07:08:09Z"),
        later
    );
}

#[test]
fn an_empty_run_of_an_empty_case_is_still_a_page() {
    let mut case = support::case();
    case.network = Network::default();
    case.stages = Vec::new();
    case.stage = None;
    let page = linepack_report::html(&case, &Solution::default(), &[], &Manifest::default());
    assert!(page.contains("Not solved") && page.contains("<section id=\"basis\""));
    assert_eq!(data(&page)["time"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_network_without_coordinates_is_drawn_too() {
    let mut case = support::case();
    let solution = support::solution(&case);
    for node in &mut case.network.nodes {
        (node.x, node.y) = (None, None);
    }
    let page = page(&case, &solution);
    assert!(page.contains("Schematic of the network"));
    assert_eq!(page.matches("class=\"edge\"").count(), 11); // the pipes in service
    assert!(!page.contains("NaN"), "a coordinate is missing");
}

#[test]
fn the_first_lines_answer_what_a_planner_asks() {
    let page = made_up();
    let start = page.find("<section id=\"summary\"").expect("summary");
    let summary = &page[start..start + page[start..].find("</section>").expect("end")];
    for words in [
        "Delivered",
        "Nawabshah",
        "contract",
        "of shaft power in 4 of 4 stations",
        "at its discharge pressure of 90.0 bara",
    ] {
        assert!(summary.contains(words), "{words}");
    }
}

#[test]
fn a_large_run_stays_small() {
    let page = made_up();
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
}
