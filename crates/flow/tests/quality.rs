//! Composition: fronts, mixing, conservation.

mod support;

use linepack_flow::{Model, Options, Silent, run};
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{Action, Case, Event, Heat, NamedGas, OffTake, Supply};
use linepack_results::Solution;
use linepack_units::FlowRate;
use support::{case, node, pipe};

fn gas(parts: &[(&str, f64)]) -> GasSpec {
    GasSpec {
        substance: Substance::Mixture(
            Composition::from_fractions(parts.iter().copied()).expect("a result"),
        ),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    }
}

const LEAN: [(&str, f64); 3] = [("methane", 0.96), ("ethane", 0.03), ("nitrogen", 0.01)];
const RICH: [(&str, f64); 3] = [("methane", 0.86), ("ethane", 0.1), ("propane", 0.04)];

/// Supplies and off-takes with flows, kg/s, and a pressure at the first supply.
fn base(ends: &[&str]) -> Case {
    let mut case = case(0.018, 1.0, 288.15);
    case.gas = gas(&LEAN);
    case.gases = vec![NamedGas {
        id: "rich".into(),
        spec: gas(&RICH),
    }];
    case.settings.quality.tracked = true;
    case.settings.pressure_tolerance_pa = 1000.0;
    case.network.nodes = ends.iter().map(|id| node(id, 0.0)).collect();
    case
}

fn supply(id: &str, at: &str, pressure: Option<f64>, flow: Option<f64>) -> Supply {
    let mut supply = Supply::new(id, at);
    supply.pressure_pa = pressure;
    supply.flow = flow.map(|kg_per_s| FlowRate::Mass { kg_per_s });
    supply
}

fn off_take(id: &str, at: &str, kg_per_s: f64) -> OffTake {
    let mut off_take = OffTake::new(id, at);
    off_take.flow = Some(FlowRate::Mass { kg_per_s });
    off_take
}

fn change(at_s: f64, element: &str, gas: &str) -> Event {
    Event {
        at_s,
        element: element.into(),
        action: Action::Gas { name: gas.into() },
    }
}

fn solve(case: &Case) -> Solution {
    let model = Model::build(case, &Options::default()).expect("a result");
    let solution = run(&model, None, None, &mut Silent).solution;
    assert!(solution.status.converged, "{}", solution.status.message);
    solution
}

fn balances_close(solution: &Solution, bound: f64) {
    let quality = solution.quality.as_ref().expect("a result");
    let passed: f64 = quality.components.iter().map(|c| c.in_kg).sum();
    for c in &quality.components {
        assert!(
            c.residual_kg.abs() <= bound * passed,
            "{c:?} of {passed} kg"
        );
    }
}

/// A change of gas at the head of a line of constant flow arrives when what was in the line has left it.
#[test]
fn a_front_arrives_after_the_mass_before_it() {
    let mut case = base(&["a", "b"]);
    let mut p = pipe("p", "a", "b", 80e3, 0.9, 0.01);
    p.cells = Some(40);
    case.network.pipes = vec![p];
    case.network.supplies = vec![supply("in", "a", Some(70e5), None)];
    case.network.off_takes = vec![off_take("out", "b", 150.0)];
    case.scenario.events = vec![change(3600.0, "in", "rich")];
    case.scenario.duration_s = 10.0 * 3600.0;
    case.scenario.output_interval_s = 300.0;
    let solution = solve(&case);
    balances_close(&solution, 1e-12);
    let arrival = solution.quality.as_ref().expect("a result").arrivals.iter();
    let mut arrival = arrival;
    let arrival = arrival
        .rfind(|a| a.node == "b" && a.gas == "rich")
        .expect("a result");
    // All of the old gas leaves at 150 kg/s: what the line held when the front set out.
    let held = solution.profiles.pressure_pa.len();
    assert!(held > 0);
    let at = solution
        .time_s
        .iter()
        .position(|t| *t == 3600.0)
        .expect("a result");
    let linepack = solution.linepack_kg[at];
    let transit = linepack / 150.0;
    eprintln!(
        "arrives at {:.0} s, transit {:.0} s, {:?}",
        arrival.time_s, transit, solution.counters
    );
    assert!((arrival.time_s - 3600.0 - transit).abs() < 30.0);
    assert!((arrival.share - 1.0).abs() < 1e-12, "{arrival:?}");
    // The front is sharp: no row in between but one.
    let x = solution.nodes.column("x_propane").expect("a result");
    let between = x
        .chunks(2)
        .filter(|row| row[1] > 1e-9 && row[1] < 0.04 - 1e-9)
        .count();
    assert!(between <= 1, "{between}");
}

/// A ring with two supplies of different gases, a spur at rest, and off-takes that make the flow turn round.
fn ring(heat: Heat, days: f64) -> Case {
    let mut case = base(&["a", "b", "c", "d", "e"]);
    let line = |id: &str, from: &str, to: &str, km: f64| {
        let mut p = pipe(id, from, to, km * 1e3, 0.7, 0.01);
        p.heat_transfer_w_per_m2_k = Some(2.0);
        p
    };
    case.network.pipes = vec![
        line("ab", "a", "b", 30.0),
        line("bc", "b", "c", 25.0),
        line("cd", "c", "d", 40.0),
        line("da", "d", "a", 35.0),
        line("spur", "c", "e", 8.0),
    ];
    let mut other = supply("other", "c", None, Some(60.0));
    other.gas_name = Some("rich".into());
    other.temperature_k = Some(298.15);
    other.flow_profile = Some("turns".into());
    case.network.supplies = vec![supply("main", "a", Some(60e5), None), other];
    case.network.off_takes = vec![off_take("b", "b", 40.0), off_take("d", "d", 50.0)];
    case.network.off_takes[1].flow_profile = Some("swing".into());
    let profile = |id: &str, values: &[f64], hours: f64| linepack_network::Profile {
        id: id.into(),
        interpolation: linepack_network::Interpolation::Linear,
        values_are: linepack_network::ProfileValues::Factor,
        time_s: (0..values.len())
            .map(|i| i as f64 * hours * 3600.0)
            .collect(),
        values: values.to_vec(),
        period_s: Some((values.len() - 1) as f64 * hours * 3600.0),
    };
    case.profiles = vec![
        profile("turns", &[1.0, 0.2, 1.4, 0.6, 1.0], 6.0),
        profile("swing", &[1.0, 0.1, 1.8, 1.0], 5.0),
    ];
    case.settings.heat.model = heat;
    case.scenario.duration_s = days * 86_400.0;
    case.scenario.output_interval_s = 3600.0;
    case
}

fn shares_are_shares(solution: &Solution) {
    let names = ["share_main", "share_other", "share_initial"];
    let columns = names.map(|n| solution.nodes.column(n).expect("a result"));
    for i in 0..columns[0].len() {
        let shares = columns.map(|c| c[i]);
        assert!(
            shares.iter().all(|s| (-1e-12..=1.0 + 1e-12).contains(s)),
            "{shares:?}"
        );
        assert!(
            (shares.iter().sum::<f64>() - 1.0).abs() < 1e-12,
            "{shares:?}"
        );
    }
}

#[test]
fn seven_days_with_reversals_conserve_every_component() {
    let solution = solve(&ring(Heat::Isothermal, 7.0));
    eprintln!(
        "{:?}\n{:?}",
        solution.counters,
        solution.quality.as_ref().expect("a result").components
    );
    balances_close(&solution, 1e-12);
    shares_are_shares(&solution);
}

#[test]
fn heat_and_components_are_conserved_together() {
    let solution = solve(&ring(Heat::Steady, 1.0));
    let heat = solution.heat.as_ref().expect("a result");
    eprintln!("{:?} {:.1e}", solution.counters, heat.closure());
    balances_close(&solution, 1e-12);
    assert!(heat.closure() < 1e-9, "{heat:?}");
    shares_are_shares(&solution);
    let t = solution.nodes.column("temperature_k").expect("a result");
    assert!(t.iter().all(|t| (280.0..299.0).contains(t)), "{t:?}");
}

/// A run that is split at a checkpoint goes on where it was.
#[test]
fn a_snapshot_holds_temperatures_and_parcels() {
    for heat in [Heat::Steady, Heat::Transient] {
        let mut case = ring(heat, 1.0);
        case.settings.checkpoint_s = 43_200.0;
        let model = Model::build(&case, &Options::default()).expect("a result");
        let whole = run(&model, None, None, &mut Silent).solution;
        let first = run(&model, None, Some(43_200.0), &mut Silent);
        let json = first
            .snapshot
            .expect("a result")
            .to_json()
            .expect("a result");
        let snapshot = linepack_results::Snapshot::from_json(&json).expect("a result");
        let second = run(&model, Some(&snapshot), None, &mut Silent).solution;
        let last = |s: &Solution, name: &str| {
            let column = s.nodes.column(name).expect("a result");
            column[column.len() - s.nodes.ids.len()..].to_vec()
        };
        for (name, bound) in [
            ("pressure_pa", 20.0),
            ("temperature_k", case.settings.heat.tolerance_k),
            // Nodes mix what flows in the parts of a step, and the steps are not the same.
            ("share_other", 1e-2),
            ("x_propane", 4e-4),
        ] {
            let pairs = last(&whole, name).into_iter().zip(last(&second, name));
            let worst = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            eprintln!("{heat:?} {name}: {worst:.1e}");
            assert!(worst < bound, "{name} differs by {worst}");
        }
    }
}

/// Two gases of one temperature stay at it where they meet: no heat comes from moving a front.
#[test]
fn a_front_has_no_temperature_of_its_own() {
    let mut case = base(&["a", "b"]);
    let hydrogen = [("methane", 0.6), ("hydrogen", 0.4)];
    case.gases[0].spec = gas(&hydrogen);
    let mut p = pipe("p", "a", "b", 60e3, 1.2, 0.001);
    p.heat_transfer_w_per_m2_k = Some(0.0);
    p.cells = Some(60);
    case.network.pipes = vec![p];
    case.settings.heat.model = Heat::Steady;
    case.settings.terms.inertia = false;
    case.network.supplies = vec![supply("in", "a", Some(50e5), None)];
    case.network.supplies[0].temperature_k = Some(288.15);
    case.network.off_takes = vec![off_take("out", "b", 60.0)];
    case.scenario.events = vec![change(3600.0, "in", "rich")];
    case.scenario.duration_s = 8.0 * 3600.0;
    case.scenario.output_interval_s = 900.0;
    let solution = solve(&case);
    let t = &solution.profiles.temperature_k;
    let low = t.iter().copied().fold(f64::INFINITY, f64::min);
    let high = t.iter().copied().fold(0.0, f64::max);
    let p = &solution.profiles.pressure_pa;
    let fall = 50e5 - p.iter().copied().fold(f64::INFINITY, f64::min);
    eprintln!(
        "{low:.3} to {high:.3} K, pressure falls by {fall:.0} Pa, {:?}",
        solution.counters
    );
    // Expansion along the line cools the gas by some 4 K per MPa; the front may not add to that.
    assert!(solution.counters.steps < 1000);
    assert!(low > 288.15 - 6e-6 * fall - 2.0 && high < 288.15 + 2.0);
    assert!(solution.heat.expect("a result").closure() < 1e-9);
}

/// Where the rich gas enters its heating value is above a limit that the lean one keeps, and it is warmer.
#[test]
fn limits_of_quality_and_temperature_are_watched() {
    let mut case = ring(Heat::Steady, 0.5);
    let mut limits = linepack_gas::QualityLimits::easee_gas();
    limits.limits = vec![linepack_gas::Limit {
        quantity: linepack_gas::Quantity::GrossHeatingValue,
        low: None,
        high: Some(40e6),
    }];
    case.quality_limits = vec![linepack_network::NamedLimits {
        id: "lean only".into(),
        limits,
    }];
    for node in &mut case.network.nodes {
        node.quality_limits = Some("lean only".into());
        node.temperature_max_k = Some(293.15);
    }
    let solution = solve(&case);
    let quality = solution.quality.as_ref().expect("a result");
    let at = |id: &str| quality.off_spec.iter().find(|o| o.node == id);
    let entry = at("c").expect("the rich gas enters at c");
    assert_eq!(entry.quantity, "gross_heating_value_j_per_m3");
    assert!(entry.value > 40e6 && entry.limit == 40e6 && entry.first_s == 0.0);
    assert!((entry.duration_s - 43_200.0).abs() < 1.0, "{entry:?}");
    let warm = solution.violations.iter().find(|v| v.element == "c");
    assert!(warm.is_some_and(|v| v.quantity == "temperature_k" && v.value > 293.15));
    let margins = &quality.phase_margins;
    let dew = margins.iter().find(|m| m.kind == "hydrocarbon_dew_point");
    assert!(
        dew.is_some_and(|m| m.margin_k > 0.0 && m.margin_k < 200.0),
        "{margins:?}"
    );
}
