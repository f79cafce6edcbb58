//! Observed orders in space and time, and what error control promises.

mod support;

use linepack_flow::{Method, Model, Options, Silent, run};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::FlowRate;
use support::*;

const HOUR: f64 = 3600.0;

/// One pipe of a real-gas-like compressibility with a smooth swing of demand and of elevation.
fn smooth_case(cells: usize, end_s: f64) -> Case {
    let mut case = case(0.0182, 0.88, 298.15);
    case.settings.terms = Terms {
        inertia: true,
        kinetic: true,
        gravity: true,
    };
    case.settings.checkpoint_s = f64::INFINITY;
    case.settings.step_max_s = f64::INFINITY;
    let mut line = pipe("line", "a", "b", 100e3, 0.9, 0.01);
    line.friction = None;
    line.cells = Some(cells);
    let mut case = single_pipe(case, line, 70e5, 1.0);
    case.network.nodes[1].elevation_m = 200.0;
    // A cosine given at so many points that its straight pieces do not show in the result.
    let n = 4000;
    let time: Vec<f64> = (0..=n).map(|i| i as f64 * end_s / n as f64).collect();
    let demand = |t: f64| 200.0 - 60.0 * (1.0 - (std::f64::consts::TAU * t / end_s).cos()) * 0.5;
    let values: Vec<f64> = time.iter().map(|&t| demand(t)).collect();
    case.profiles.push(profile(
        "q",
        &time,
        &values,
        ProfileValues::Flow(FlowRate::mass(1.0)),
    ));
    case.network.off_takes[0].flow_profile = Some("q".into());
    case.scenario.duration_s = end_s;
    case.scenario.output_interval_s = end_s / 4.0;
    case
}

fn solve(case: &Case, options: &Options) -> Solution {
    let model = Model::build(case, options).expect("a model");
    let solution = run(&model, None, None, &mut Silent).solution;
    assert!(solution.status.complete, "{:?}", solution.status);
    solution
}

/// Pressure at the outlet at a quarter, half and three quarters of the time.
fn outlet(solution: &Solution) -> Vec<f64> {
    (1..=3)
        .map(|i| solution.nodes.value("pressure_pa", i, "b").expect("b"))
        .collect()
}

fn difference(a: &[f64], b: &[f64]) -> f64 {
    a.iter()
        .zip(b)
        .map(|(x, y)| (x - y).abs())
        .fold(0.0, f64::max)
}

/// The same demand without a profile's points: the steps alone limit the accuracy.
fn in_few_pieces(cells: usize) -> Case {
    let mut case = smooth_case(cells, 4.0 * HOUR);
    // One straight ramp: smooth in between, no stops inside.
    case.profiles[0].time_s = vec![0.0, 4.0 * HOUR];
    case.profiles[0].values = vec![200.0, 120.0];
    case
}

#[test]
fn second_order_in_space() {
    let at = |cells| {
        let mut case = in_few_pieces(cells);
        case.settings.pressure_tolerance_pa = 0.05;
        outlet(&solve(&case, &Options::default()))
    };
    let p: Vec<Vec<f64>> = [10, 20, 40, 80].into_iter().map(at).collect();
    let d: Vec<f64> = p.windows(2).map(|w| difference(&w[0], &w[1])).collect();
    let orders: Vec<f64> = d.windows(2).map(|w| (w[0] / w[1]).log2()).collect();
    println!("space: differences {d:.3?} Pa, observed orders {orders:.3?}");
    assert!(orders.iter().all(|&o| o >= 1.9), "{orders:?}");
}

#[test]
fn design_order_in_time() {
    for (method, order) in [
        (Method::ImplicitEuler, 1.0),
        (Method::Esdirk3, 3.0),
        (Method::Esdirk4, 4.0),
        (Method::Radau3, 3.0),
    ] {
        let at = |steps: usize| {
            let mut case = in_few_pieces(20);
            case.settings.pressure_tolerance_pa = 1e-3;
            let fixed_step_s = Some(4.0 * HOUR / steps as f64);
            let options = Options {
                method: Some(method),
                fixed_step_s,
                ..Options::default()
            };
            // The ends of the quarters are step ends.
            outlet(&solve(&case, &options))
        };
        let p: Vec<Vec<f64>> = [32, 64, 128, 256].into_iter().map(at).collect();
        let d: Vec<f64> = p.windows(2).map(|w| difference(&w[0], &w[1])).collect();
        let orders: Vec<f64> = d.windows(2).map(|w| (w[0] / w[1]).log2()).collect();
        println!("{method:?}: differences {d:.6?} Pa, observed orders {orders:.3?}");
        assert!(orders[1] >= order - 0.1, "{method:?} {orders:?}");
    }
}

#[test]
fn error_control_keeps_its_promise() {
    let at = |tolerance_pa: f64| {
        let mut case = smooth_case(20, 24.0 * HOUR);
        // Hourly points: bends as in practice.
        let time: Vec<f64> = (0..=24).map(|i| i as f64 * HOUR).collect();
        let values = time.iter().map(|&t| support_swing(t)).collect();
        (case.profiles[0].time_s, case.profiles[0].values) = (time, values);
        case.settings.pressure_tolerance_pa = tolerance_pa;
        case.scenario.output_interval_s = HOUR / 2.0;
        solve(&case, &Options::default())
    };
    let all = |s: &Solution| s.nodes.column("pressure_pa").expect("pressures").to_vec();
    let reference = all(&at(0.1));
    for tolerance in [3000.0, 1000.0, 300.0, 100.0, 30.0, 10.0] {
        let s = at(tolerance);
        let error = difference(&all(&s), &reference);
        println!(
            "asked {tolerance:>6.0} Pa: reached {error:>8.2} Pa in {} steps, {} rejected, {} iterations",
            s.counters.steps, s.counters.rejected_steps, s.counters.newton_iterations
        );
        assert!(error <= 3.0 * tolerance, "{tolerance} {error}");
    }
}

fn support_swing(t: f64) -> f64 {
    170.0 + 30.0 * (std::f64::consts::TAU * t / (24.0 * HOUR)).cos()
}
