//! Temperatures: closed forms, balances, and what stays as it is.

mod support;

use linepack_flow::{Model, Options, Silent, run, steady};
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{Case, Heat, OffTake, Supply};
use linepack_units::FlowRate;
use support::{case, node, pipe};

/// A lean gas by GERG-2008 in a pipe of 100 km and 1.4 m, of this many cells.
fn line(cells: usize) -> Case {
    let mut case = case(0.018, 1.0, 288.15);
    let parts = [
        ("methane", 0.9),
        ("ethane", 0.06),
        ("nitrogen", 0.03),
        ("carbon dioxide", 0.01),
    ];
    let composition = Composition::from_fractions(parts).expect("a result");
    case.gas = GasSpec {
        substance: Substance::Mixture(composition),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    };
    case.settings.heat.model = Heat::Steady;
    case.network.nodes = vec![node("a", 0.0), node("b", 0.0)];
    let mut p = pipe("p", "a", "b", 100e3, 1.4116, 0.01);
    p.heat_transfer_w_per_m2_k = Some(2.0);
    p.cells = Some(cells);
    case.network.pipes = vec![p];
    let mut supply = Supply::new("in", "a");
    supply.pressure_pa = Some(80e5);
    supply.temperature_k = Some(318.15);
    case.network.supplies = vec![supply];
    let mut off_take = OffTake::new("out", "b");
    off_take.flow = Some(FlowRate::Mass { kg_per_s: 500.0 });
    case.network.off_takes = vec![off_take];
    case
}

/// The line of `dT/dx = -k (T - T_g) + μ dp/dx`, `k = U π D/(q c_p)`, by Runge's and Kutta's method with
/// the equation of state itself and the pressures of the solution: an independent way to the temperatures.
#[test]
fn a_long_line_cools_as_sukhov_says() {
    let case = line(200);
    let solution = steady(&Model::build(&case, &Options::default()).expect("a result"));
    assert!(solution.status.converged, "{}", solution.status.message);
    let gas = linepack_gas::Gas::new(&case.gas).expect("a result");
    let profiles = &solution.profiles;
    let (p, t) = (&profiles.pressure_pa, &profiles.temperature_k);
    let dx = profiles.distance_m[1];
    let per_m = 2.0 * std::f64::consts::PI * 1.4116 / 500.0;
    let slope = |p: f64, t: f64, dp_dx: f64| {
        let s = gas.state(p, t).expect("a result");
        -per_m / s.cp_j_per_kg_k * (t - 288.15) + s.joule_thomson_k_per_pa * dp_dx
    };
    let mut kelvin = 318.15;
    let mut worst = 0.0_f64;
    for i in 1..p.len() {
        let dp_dx = (p[i] - p[i - 1]) / dx;
        let middle = 0.5 * (p[i] + p[i - 1]);
        let k1 = slope(p[i - 1], kelvin, dp_dx);
        let k2 = slope(middle, kelvin + 0.5 * dx * k1, dp_dx);
        let k3 = slope(middle, kelvin + 0.5 * dx * k2, dp_dx);
        let k4 = slope(p[i], kelvin + dx * k3, dp_dx);
        kelvin += dx / 6.0 * (k1 + 2.0 * (k2 + k3) + k4);
        if i < p.len() - 1 {
            worst = worst.max((t[i] - kelvin).abs());
        }
    }
    eprintln!("{kelvin:.4} K at the end, worst {worst:.2e} K");
    assert!(worst < 0.01, "{worst}");
}

#[test]
fn a_steady_start_stays_put() {
    let mut case = line(100);
    case.scenario.duration_s = 86_400.0;
    let run = run(
        &Model::build(&case, &Options::default()).expect("a result"),
        None,
        None,
        &mut Silent,
    );
    let solution = run.solution;
    assert!(solution.status.converged, "{}", solution.status.message);
    let t = solution.nodes.column("temperature_k").expect("a result");
    let drift = (t[t.len() - 1] - t[1]).abs();
    eprintln!(
        "{} K, drift {drift:.1e} K in {} steps",
        t[1], solution.counters.steps
    );
    assert!(drift < 1e-6, "{drift}");
}

/// A hill, a station with a cooler, a regulator with a heater, a loop, a reversal and a closed end.
fn network() -> Case {
    let mut case = line(20);
    case.settings.heat.heat_transfer_w_per_m2_k = Some(2.5);
    let n = &mut case.network;
    n.nodes = vec![
        node("a", 0.0),
        node("b", 300.0),
        node("c", 300.0),
        node("d", 100.0),
        node("e", 50.0),
        node("f", 50.0),
        node("g", 0.0),
    ];
    let line = |id: &str, from: &str, to: &str, km: f64| {
        let mut p = pipe(id, from, to, km * 1e3, 0.9, 0.01);
        p.roughness_m = 1e-5;
        p
    };
    n.pipes = vec![
        line("ab", "a", "b", 60.0),
        line("cd", "c", "d", 50.0),
        line("ce", "c", "e", 40.0),
        line("de", "d", "e", 30.0),
        line("fg", "f", "g", 20.0),
        line("dead", "d", "g2", 5.0),
    ];
    n.nodes.push(node("g2", 120.0));
    let mut station = linepack_network::CompressorStation::new("station", "b", "c");
    station.discharge_pressure_pa = Some(78e5);
    station.ratio_max = 2.0;
    station.isentropic_efficiency = 0.8;
    station.discharge_temperature_k = Some(313.15);
    station.fuel_from_line = true;
    station.driver_efficiency = 0.33;
    n.compressor_stations = vec![station];
    let mut regulator = linepack_network::ControlValve::new("regulator", "e", "f");
    regulator.outlet_pressure_pa = Some(40e5);
    regulator.outlet_temperature_min_k = Some(278.15);
    n.control_valves = vec![regulator];
    n.supplies[0].pressure_pa = Some(70e5);
    let mut out = OffTake::new("out", "g");
    out.flow = Some(FlowRate::Mass { kg_per_s: 60.0 });
    out.flow_profile = Some("swing".into());
    let mut other = OffTake::new("other", "d");
    other.flow = Some(FlowRate::Mass { kg_per_s: 50.0 });
    other.flow_profile = Some("late".into());
    n.off_takes = vec![out, other];
    let profile = |id: &str, values: &[f64]| linepack_network::Profile {
        id: id.into(),
        interpolation: linepack_network::Interpolation::Linear,
        values_are: linepack_network::ProfileValues::Factor,
        time_s: (0..values.len()).map(|i| i as f64 * 7200.0).collect(),
        values: values.to_vec(),
        period_s: None,
    };
    case.profiles = vec![
        profile("swing", &[1.0, 1.6, 0.4, 0.0, 0.0, 1.2, 1.0]),
        profile("late", &[1.0, 0.2, 2.0, 3.0, 0.5, 0.1, 1.0]),
    ];
    case.scenario.duration_s = 12.0 * 3600.0;
    case.settings.pressure_tolerance_pa = 1000.0;
    case
}

/// What a steady state takes in goes out, to what its temperatures are found with.
#[test]
fn energy_balance_of_a_steady_state() {
    let solution = steady(&Model::build(&network(), &Options::default()).expect("a model"));
    let heat = solution.heat.expect("a balance");
    eprintln!("{heat:?} {:.1e}", heat.closure());
    assert!(heat.work_j > 0.0 && heat.ground_j > 0.0 && heat.stored_change_j == 0.0);
    assert!(heat.closure() < 1e-9, "{heat:?}");
}

/// Energy is conserved whatever happens.
#[test]
fn energy_balance_closes() {
    for model in [Heat::Steady, Heat::Transient] {
        let mut case = network();
        case.settings.heat.model = model;
        let model = Model::build(&case, &Options::default()).expect("a result");
        let solution = run(&model, None, None, &mut Silent).solution;
        assert!(solution.status.converged, "{}", solution.status.message);
        let heat = solution.heat.expect("a result");
        eprintln!(
            "{heat:?}\nclosure {:.1e}, {:?}",
            heat.closure(),
            solution.counters
        );
        assert!(heat.closure() < 1e-9, "{heat:?}");
        assert!(heat.work_j > 0.0 && heat.ground_j > 0.0);
        let mass = &solution.balance;
        assert!(mass.residual_kg.abs() < 1e-10 * mass.in_kg, "{mass:?}");
    }
}
