//! Published and converged transient cases.

#![expect(clippy::print_stdout, reason = "tests print what they measured")]

mod support;

use linepack_flow::{Model, Options, Silent, run};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::FlowRate;
use support::*;

fn solve(case: &Case) -> Solution {
    let model = Model::build(case, &Options::default()).expect("a model");
    let solution = run(&model, None, None, &mut Silent).solution;
    assert!(solution.status.complete, "{:?}", solution.status);
    println!("  {:?}", solution.counters);
    solution
}

/// An ideal gas with wave speed `a`.
fn by_wave_speed(a: f64) -> Case {
    let temperature_k = 288.15;
    case(R * temperature_k / (a * a), 1.0, temperature_k)
}

const FLOW: ProfileValues = ProfileValues::Flow(FlowRate::mass(1.0));

fn with_profiles(
    mut case: Case,
    outflow: Option<&serde_json::Value>,
    end_s: f64,
    every_s: f64,
) -> Case {
    if let Some(q) = outflow {
        let (t, v) = (numbers(&q["t_s"]), numbers(&q["q"]));
        case.profiles.push(profile("q", &t, &v, FLOW));
        case.network.off_takes[0].flow_profile = Some("q".into());
    }
    case.scenario.duration_s = end_s;
    case.scenario.output_interval_s = every_s;
    case
}

/// Largest deviation of a quantity from the rows of a reference, whose times are output times.
fn worst(
    rows: &[serde_json::Value],
    key: &str,
    relative: bool,
    value: impl Fn(usize) -> f64,
    solution: &Solution,
) -> f64 {
    let mut worst: f64 = 0.0;
    for row in rows {
        let t = number(row, "t_s");
        let i = solution
            .time_s
            .iter()
            .position(|&x| (x - t).abs() < 1e-6)
            .expect("an output time");
        let want = number(row, key);
        let error = (value(i) - want).abs() / if relative { want } else { 1.0 };
        worst = worst.max(error);
    }
    worst
}

fn node_pressure<'a>(s: &'a Solution, id: &'a str) -> impl Fn(usize) -> f64 + 'a {
    move |i| s.nodes.value("pressure_pa", i, id).expect("a pressure")
}

fn supply<'a>(s: &'a Solution, id: &'a str) -> impl Fn(usize) -> f64 + 'a {
    move |i| {
        s.terminals
            .value("mass_flow_kg_per_s", i, id)
            .expect("a flow")
    }
}

/// The pipe of a published single-pipe case.
fn the_pipe(inputs: &serde_json::Value) -> Pipe {
    let at = |key| number(inputs, key);
    pipe("line", "a", "b", at("L_m"), at("D_m"), at("lambda"))
}

/// Outlet pressure and supply against the reference, within the case's tolerances.
fn compare(name: &str, file: &serde_json::Value, s: &Solution) {
    let rows = file["expected"].as_array().expect("rows");
    let p = worst(rows, "p_out_Pa", true, node_pressure(s, "b"), s);
    let q = worst(rows, "q_in_kg_s", false, supply(s, "in"), s);
    println!("{name}: p {p:.2e} relative, q {q:.3} kg/s");
    frozen(name, s);
    assert!(p < number(&file["tolerance"], "p_relative"));
    if let Some(tolerance) = file["tolerance"]["q_abs_kg_s"].as_f64() {
        assert!(q < tolerance);
    }
}

#[test]
fn one_pipe_slow() {
    let Some(file) = published("transient_1pipe_slow.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let mut case = by_wave_speed(338.243);
    case.settings.cell_length_m = 500.0;
    let line = the_pipe(inputs);
    let mut case = single_pipe(case, line, 6.5e6, number(inputs, "q_out_kg_s"));
    let p = &inputs["p_in"];
    case.profiles.push(profile(
        "p",
        &numbers(&p["time"]),
        &numbers(&p["value"]),
        ProfileValues::Pressure,
    ));
    case.network.supplies[0].pressure_profile = Some("p".into());
    let s = solve(&with_profiles(case, None, 86400.0, 900.0));
    compare("1pipe-slow", &file, &s);
}

#[test]
fn yamal() {
    let Some(file) = published("transient_yamal_363km_chaczykowski2009.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let z = number(inputs, "Z_const");
    let (rs, t) = (number(inputs, "Rs_J_kgK"), number(inputs, "T_K"));
    let mut case = case(R / rs, z, t);
    case.settings.cell_length_m = 1000.0;
    let line = the_pipe(inputs);
    let case = single_pipe(case, line, number(inputs, "p_in_Pa"), 1.0);
    let s = solve(&with_profiles(
        case,
        Some(&inputs["q_out_kg_s"]),
        86400.0,
        1800.0,
    ));
    compare("yamal", &file, &s);
}

/// What a run costs is part of the result: steps, rejected steps, Newton iterations. A change of
/// these figures is a change of the solver and should be seen in review. (These cases use only
/// arithmetic and square roots, so the figures do not depend on a mathematics library.)
fn frozen(name: &str, s: &Solution) {
    insta::assert_snapshot!(name, cost(s));
}

#[test]
fn triangle() {
    let Some(file) = published("transient_triangle_pambour2016.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let mut case = case(R / number(inputs, "Rs"), 1.0, number(inputs, "T_K"));
    case.settings.cell_length_m = 1000.0;
    case.network.nodes = vec![node("1", 0.0), node("2", 0.0), node("3", 0.0)];
    for (name, ends) in inputs["pipes"].as_object().expect("pipes") {
        let (from, to) = name.split_once('-').expect("two ends");
        let size = numbers(ends);
        case.network.pipes.push(pipe(
            name,
            from,
            to,
            size[0],
            size[1],
            number(inputs, "lambda"),
        ));
    }
    case.network.supplies = vec![supply_pressure("in", "1", number(inputs, "p1_Pa"))];
    let demand = &inputs["demand_kg_s"];
    for (id, key) in [("2", "node2"), ("3", "node3")] {
        case.profiles.push(profile(
            key,
            &numbers(&demand["t_s"]),
            &numbers(&demand[key]),
            FLOW,
        ));
        let mut taker = off_take(key, id, 1.0);
        taker.flow_profile = Some(key.into());
        case.network.off_takes.push(taker);
    }
    let s = solve(&with_profiles(case, None, 86400.0, 3600.0));
    let rows = file["expected"].as_array().expect("rows");
    let p2 = worst(rows, "p2_Pa", true, node_pressure(&s, "2"), &s);
    let p3 = worst(rows, "p3_Pa", true, node_pressure(&s, "3"), &s);
    let q = worst(rows, "supply_q1_kg_s", false, supply(&s, "in"), &s);
    println!("triangle: p {p2:.2e} {p3:.2e} relative, q {q:.3} kg/s");
    assert!(p2.max(p3) < number(&file["tolerance"], "p_relative"));
    assert!(q < number(&file["tolerance"], "q_abs_kg_s"));
    frozen("triangle", &s);
}

#[test]
fn kiuchi() {
    let Some(file) = published("transient_kiuchi_5km_valve.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let mut case = case(0.016043, 0.92, 298.15);
    case.settings.cell_length_m = 25.0;
    case.settings.pressure_tolerance_pa = 50.0;
    case.scenario.initial = InitialState::AtRest { pressure_pa: 5e6 };
    let line = the_pipe(inputs);
    let case = single_pipe(case, line, number(inputs, "p_in_Pa"), 1.0);
    let s = solve(&with_profiles(
        case,
        Some(&inputs["q_out_kg_s"]),
        3600.0,
        30.0,
    ));
    compare("kiuchi", &file, &s);
}

#[test]
fn one_pipe_fast() {
    let Some(file) = published("transient_1pipe_fast.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let mut case = by_wave_speed(338.243);
    case.settings.cell_length_m = 50.0;
    case.settings.pressure_tolerance_pa = 200.0;
    case.scenario.initial = InitialState::AtRest { pressure_pa: 6.5e6 };
    let line = the_pipe(inputs);
    let case = single_pipe(case, line, number(inputs, "p_in_Pa"), 1.0);
    let s = solve(&with_profiles(
        case,
        Some(&inputs["q_out_kg_s"]),
        3600.0,
        60.0,
    ));
    frozen("1pipe-fast", &s);
    let rows = file["expected"]["reference_solver"]
        .as_array()
        .expect("rows");
    let p = worst(rows, "p_out_Pa", true, node_pressure(&s, "b"), &s);
    println!(
        "1pipe-fast: p {p:.2e} relative, q {:.3} kg/s",
        worst(rows, "q_in_kg_s", false, supply(&s, "in"), &s)
    );
    let last = s
        .nodes
        .value("pressure_pa", s.time_s.len() - 1, "b")
        .expect("b");
    let end = numbers(&file["tolerance"]["final_steady_p_out_Pa"]);
    println!("  final {:.1} Pa from the steady state", last - end[0]);
    assert!(p < number(&file["tolerance"], "vs_reference_p_relative"));
    assert!((last - end[0]).abs() < end[1]);
}

/// The 8-node network of Gyrya and Zlotnik 2019, section 6.
fn eight_node(inputs: &serde_json::Value, equation: linepack_gas::EquationOfState) -> Case {
    let molar_mass = number(inputs, "M_air") * number(inputs, "G");
    // The reference takes R = 8.314; with our R the same wave speed needs this molar mass.
    let mut case = case(
        molar_mass * R / number(inputs, "R"),
        1.0,
        number(inputs, "T_K"),
    );
    case.gas.equation = equation;
    case.settings.cell_length_m = 500.0;
    let network = &inputs["network"];
    for id in network["nodes"].as_object().expect("nodes").keys() {
        case.network.nodes.push(node(id, 0.0));
    }
    for (id, p) in network["pipes"].as_object().expect("pipes") {
        case.network.pipes.push(pipe(
            &format!("p{id}"),
            &p["from_node"].to_string(),
            &p["to_node"].to_string(),
            number(p, "length"),
            number(p, "diameter"),
            number(p, "friction_factor"),
        ));
    }
    let boundary = &inputs["boundary_linear_interpolation"];
    for (id, c) in network["compressors"].as_object().expect("compressors") {
        let name = format!("c{id}");
        let series = &boundary["boundary_compressor"][id];
        case.profiles.push(profile(
            &name,
            &numbers(&series["time"]),
            &numbers(&series["value"]),
            ProfileValues::Ratio,
        ));
        let mut station = station(
            &name,
            &c["from_node"].to_string(),
            &c["to_node"].to_string(),
        );
        station.ratio_profile = Some(name);
        case.network.compressor_stations.push(station);
    }
    for (id, series) in boundary["boundary_nonslack_flow"]
        .as_object()
        .expect("flows")
    {
        let name = format!("d{id}");
        case.profiles.push(profile(
            &name,
            &numbers(&series["time"]),
            &numbers(&series["value"]),
            FLOW,
        ));
        let mut taker = off_take(&name, id, 1.0);
        taker.flow_profile = Some(name);
        case.network.off_takes.push(taker);
    }
    let slack = numbers(&boundary["boundary_pslack"]["1"]["value"])[0];
    case.network.supplies = vec![supply_pressure("in", "1", slack)];
    with_profiles(case, None, 86400.0, 3600.0)
}

#[test]
fn eight_nodes() {
    use linepack_gas::EquationOfState::{CngaSimple, Ideal};
    let Some(file) = published("transient_8_node.json") else {
        return;
    };
    for (name, equation) in [("ideal", Ideal), ("simple_cnga", CngaSimple)] {
        let s = solve(&eight_node(&file["inputs"], equation));
        let (mut p, mut q): (f64, f64) = (0.0, 0.0);
        for row in file["expected"][name]["hourly"].as_array().expect("rows") {
            let i = s
                .time_s
                .iter()
                .position(|&x| x == number(row, "t_s"))
                .expect("an hour");
            for (id, want) in row["p_Pa"].as_object().expect("pressures") {
                let want = want.as_f64().expect("a number");
                p = p.max((s.nodes.value("pressure_pa", i, id).expect("p") / want - 1.0).abs());
            }
            for (id, want) in row["pipe_q_in_out_kg_s"].as_object().expect("flows") {
                let id = format!("p{id}");
                for (column, want) in ["mass_flow_kg_per_s", "mass_flow_out_kg_per_s"]
                    .iter()
                    .zip(numbers(want))
                {
                    q = q.max((s.edges.value(column, i, &id).expect("q") - want).abs());
                }
            }
        }
        frozen(&format!("8-node-{name}"), &s);
        println!("8-node {name}: p {p:.2e} relative, q {q:.3} kg/s");
        assert!(p < number(&file["tolerance"], "p_relative"));
        assert!(q < number(&file["tolerance"], "q_abs_kg_s"));
    }
}
