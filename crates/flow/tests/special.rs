//! Cases that trouble solvers: each solves, or is named with its cause.

#![expect(clippy::print_stdout, reason = "tests print what they measured")]

mod support;

use linepack_flow::{Model, Options, Silent, run, steady};
use linepack_network::*;
use linepack_results::{Solution, Status as Outcome};
use support::*;

fn base() -> Case {
    let mut case = case(0.0182, 0.9, 288.15);
    case.settings.cell_length_m = 5000.0;
    case
}

fn line(id: &str, from: &str, to: &str, length_m: f64) -> Pipe {
    let mut p = pipe(id, from, to, length_m, 0.6, 0.0);
    p.friction = None;
    p
}

fn solve(case: &Case) -> Solution {
    steady(&Model::build(case, &Options::default()).expect("a model"))
}

fn solved(case: &Case) -> Solution {
    let s = solve(case);
    assert!(s.status.converged, "{:?}", s.status);
    s
}

fn failed(case: &Case) -> Outcome {
    let s = solve(case);
    println!("{}", s.status.message);
    assert!(!s.status.converged);
    s.status
}

fn flow(s: &Solution, edge: &str) -> f64 {
    s.edges
        .value("mass_flow_kg_per_s", 0, edge)
        .expect("a flow")
}

fn pressure(s: &Solution, node: &str) -> f64 {
    s.nodes.value("pressure_pa", 0, node).expect("a pressure")
}

#[test]
fn zero_flow() {
    let case = single_pipe(base(), line("p", "a", "b", 50e3), 60e5, 0.0);
    let s = solved(&case);
    assert!(flow(&s, "p").abs() < 1e-6);
    assert!((pressure(&s, "b") - 60e5).abs() < 1e-3);
}

#[test]
fn zero_flow_over_a_hill_is_hydrostatic() {
    let mut case = single_pipe(base(), line("p", "a", "b", 50e3), 60e5, 0.0);
    case.network.nodes[1].elevation_m = 800.0;
    case.network.pipes[0].cells = Some(200);
    let s = solved(&case);
    // p2 = p1 exp(-g M dz/(Z R T))
    let want = 60e5 * (-9.80665 * 0.0182 * 800.0 / (0.9 * R * 288.15)).exp();
    assert!(
        (pressure(&s, "b") / want - 1.0).abs() < 1e-7,
        "{} {want}",
        pressure(&s, "b")
    );
}

#[test]
fn stagnant_branch() {
    let mut case = single_pipe(base(), line("p", "a", "b", 50e3), 60e5, 80.0);
    case.network.nodes.push(node("dead", 0.0));
    case.network.pipes.push(line("branch", "b", "dead", 30e3));
    let s = solved(&case);
    assert!(flow(&s, "branch").abs() < 1e-6, "{}", flow(&s, "branch"));
    assert!((pressure(&s, "dead") - pressure(&s, "b")).abs() < 1.0);
}

#[test]
fn closed_loop() {
    // Two equal ways and one of four times the length: flows share as 2 : 2 : 1 (p² law, equal λ).
    let mut case = single_pipe(base(), pipe("p1", "a", "b", 40e3, 0.6, 0.01), 60e5, 50.0);
    case.network
        .pipes
        .push(pipe("p2", "a", "b", 40e3, 0.6, 0.01));
    case.network
        .pipes
        .push(pipe("p3", "b", "a", 160e3, 0.6, 0.01));
    let s = solved(&case);
    assert!((flow(&s, "p1") - 20.0).abs() < 1e-6 && (flow(&s, "p2") - 20.0).abs() < 1e-6);
    assert!((flow(&s, "p3") + 10.0).abs() < 1e-6, "{}", flow(&s, "p3"));
}

#[test]
fn loop_of_ideal_connections() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.nodes.push(node("c", 0.0));
    let short = |id: &str| ShortPipe {
        header: header(id),
        from: "b".into(),
        to: "c".into(),
        ..ShortPipe::new("", "", "")
    };
    case.network.short_pipes = vec![short("s1"), short("s2")];
    case.network.valves = vec![valve("v", "b", "c")];
    case.network.off_takes[0].node = "c".into();
    let s = solved(&case);
    for id in ["s1", "s2", "v"] {
        assert!((flow(&s, id) - 50.0 / 3.0).abs() < 1e-6);
    }
}

#[test]
fn island() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.nodes.extend([node("x", 0.0), node("y", 0.0)]);
    case.network.pipes.push(line("lost", "x", "y", 10e3));
    case.network.off_takes.push(off_take("taker", "y", 5.0));
    let status = failed(&case);
    assert_eq!(status.worst_element.as_deref(), Some("x"));
    assert!(status.message.contains("island"));
}

/// A part that is shut in rests, and its pressure is said to be unknown.
#[test]
fn island_behind_a_closed_valve() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.nodes.extend([node("x", 0.0), node("y", 0.0)]);
    case.network.pipes.push(line("shut-in", "x", "y", 10e3));
    let mut v = valve("v", "b", "x");
    v.opening = 0.0;
    case.network.valves = vec![v];
    let s = solved(&case);
    assert!(
        s.status.message.contains("around node \"x\""),
        "{}",
        s.status.message
    );
    assert!(flow(&s, "shut-in").abs() < 1e-9);
    case.network.off_takes.push(off_take("taker", "y", 1.0));
    let status = failed(&case);
    assert!(status.message.contains("island"));
}

#[test]
fn over_determined_pressures() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.nodes.push(node("c", 0.0));
    case.network.short_pipes = vec![ShortPipe {
        header: header("s"),
        from: "a".into(),
        to: "c".into(),
        ..ShortPipe::new("", "", "")
    }];
    case.network
        .supplies
        .push(supply_pressure("second", "c", 55e5));
    let status = failed(&case);
    assert!(status.message.contains("\"in\"") && status.message.contains("\"second\""));
}

#[test]
fn infeasible_load() {
    // The most that level, 0.6 m, 100 km, λ = 0.01 can bring from 60 to 20 bara is
    // A sqrt((p1² - p2²) D / (λ L a²)).
    let mut case = single_pipe(base(), pipe("p", "a", "b", 100e3, 0.6, 0.01), 60e5, 200.0);
    case.network.off_takes[0].pressure_min_pa = Some(20e5);
    let a2 = 0.9 * R * 288.15 / 0.0182;
    let area = std::f64::consts::FRAC_PI_4 * 0.36;
    let most = area * ((60e5_f64.powi(2) - 20e5_f64.powi(2)) * 0.6 / (0.01 * 100e3 * a2)).sqrt();
    let status = failed(&case);
    assert_eq!(status.worst_element.as_deref(), Some("out"));
    assert!(status.message.contains("asks for 200.0 kg/s"));
    assert!(
        status
            .message
            .contains(&format!("can bring {most:.1} kg/s")),
        "{most}"
    );
}

#[test]
fn a_load_that_backs_off_is_reported() {
    let mut case = single_pipe(base(), pipe("p", "a", "b", 100e3, 0.6, 0.01), 60e5, 200.0);
    case.network.off_takes[0].pressure_min_pa = Some(20e5);
    case.network.off_takes[0].curtail = true;
    let s = solved(&case);
    assert!((pressure(&s, "b") - 20e5).abs() < 1.0);
    let v = s
        .violations
        .iter()
        .find(|v| v.element == "out")
        .expect("a violation");
    assert!(v.quantity == "mass_flow_kg_per_s" && v.limit == 200.0 && v.value < 200.0);
    assert!(
        s.limitations.iter().any(|l| l.element == "out"),
        "{:?}",
        s.limitations
    );
}

#[test]
fn more_comes_in_than_can_leave() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.supplies[0] = supply_flow("in", "a", 60.0);
    case.network.off_takes[0].pressure_min_pa = Some(40e5);
    case.network.off_takes[0].curtail = true;
    let status = failed(&case);
    assert_eq!(status.worst_element.as_deref(), Some("in"));
    assert!(status.message.contains("at least 60.0 kg/s") && status.message.contains("50.0 kg/s"));
}

#[test]
fn more_is_asked_for_than_supplies_can_bring() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.supplies[0].flow_max = Some(linepack_units::FlowRate::mass(45.0));
    let status = failed(&case);
    assert_eq!(status.worst_element.as_deref(), Some("out"));
    assert!(status.message.contains("ask for 50.0 kg/s") && status.message.contains("45.0 kg/s"));
}

#[test]
fn nothing_in_service() {
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 50.0);
    case.network.pipes[0].header.in_service = false;
    case.network.supplies[0].header.in_service = false;
    case.network.off_takes[0].header.in_service = false;
    assert!(failed(&case).message.contains("in service"));
}

#[test]
fn shut_in_between_two_valves() {
    // A node without volume between two closing valves: pressures stay where they were.
    let mut case = single_pipe(base(), line("p", "a", "b", 40e3), 60e5, 30.0);
    case.network
        .nodes
        .extend([node("m", 0.0), node("c", 0.0), node("d", 0.0)]);
    case.network.valves = vec![valve("v1", "b", "m"), valve("v2", "m", "c")];
    case.network.pipes.push(line("p2", "c", "d", 20e3));
    case.network.off_takes[0].node = "d".into();
    case.network.off_takes[0].pressure_min_pa = Some(40e5);
    case.network.off_takes[0].curtail = true;
    case.scenario.duration_s = 7200.0;
    let close = |id: &str| Event {
        at_s: 1800.0,
        element: id.into(),
        action: Action::Close,
    };
    case.scenario.events = vec![close("v1"), close("v2")];
    let model = Model::build(&case, &Options::default()).expect("a model");
    let s = run(&model, None, None, &mut Silent).solution;
    assert!(s.status.complete, "{:?}", s.status);
    let last = s.time_s.len() - 1;
    assert!(
        s.edges
            .value("mass_flow_kg_per_s", last, "v1")
            .expect("a flow")
            .abs()
            < 1e-9
    );
    let shortfall = s
        .terminal_totals
        .iter()
        .find(|t| t.id == "out")
        .expect("out");
    assert!(
        shortfall
            .first_shortfall_s
            .is_some_and(|t| t > 1800.0 && t < 7200.0),
        "{shortfall:?}"
    );
}
