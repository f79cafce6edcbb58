//! Elements against closed forms: losses, regulators, stations, holes, waves, packing, survival.

mod support;

use linepack_flow::{Model, Options, Run, Silent, run, steady};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::FlowRate;
use support::*;

const M: f64 = 0.0182;
const T: f64 = 288.15;
const FLOW: ProfileValues = ProfileValues::Flow(FlowRate::mass(1.0));

fn solve(case: &Case) -> Solution {
    let s = steady(&Model::build(case, &Options::default()).expect("a model"));
    assert!(s.status.converged, "{:?}", s.status);
    s
}

fn go(case: &Case) -> Run {
    let run = run(
        &Model::build(case, &Options::default()).expect("a model"),
        None,
        None,
        &mut Silent,
    );
    assert!(run.solution.status.complete, "{:?}", run.solution.status);
    run
}

fn close(a: f64, b: f64, relative: f64) {
    assert!((a / b - 1.0).abs() < relative, "{a} is not {b}");
}

fn p(s: &Solution, node: &str) -> f64 {
    s.nodes
        .value("pressure_pa", s.time_s.len() - 1, node)
        .expect("a pressure")
}

/// "a" (60 bara) - element - "b" - short pipe - off-take.
fn around(add: impl FnOnce(&mut Network), flow: f64) -> Case {
    let mut case = case(M, 0.9, T);
    case.network.nodes = vec![node("a", 0.0), node("b", 0.0)];
    case.network.supplies = vec![supply_pressure("in", "a", 60e5)];
    case.network.off_takes = vec![off_take("out", "b", flow)];
    add(&mut case.network);
    case
}

fn density(pressure: f64) -> f64 {
    pressure * M / (0.9 * R * T)
}

#[test]
fn resistor_drag() {
    let loss = ResistorLoss::Drag {
        factor: 50.0,
        diameter_m: 0.5,
    };
    let r = Resistor {
        header: header("r"),
        from: "a".into(),
        to: "b".into(),
        loss,
        ..Resistor::new("", "", "", loss)
    };
    let s = solve(&around(|n| n.resistors.push(r), 80.0));
    // 8 ζ q² / (π² D⁴ ρ)
    let want =
        8.0 * 50.0 * 6400.0 / (std::f64::consts::PI.powi(2) * 0.5_f64.powi(4) * density(60e5));
    close(60e5 - p(&s, "b"), want, 1e-4);
}

#[test]
fn resistor_constant() {
    let loss = ResistorLoss::Constant {
        pressure_loss_pa: 0.7e5,
    };
    let r = Resistor {
        header: header("r"),
        from: "a".into(),
        to: "b".into(),
        loss,
        ..Resistor::new("", "", "", loss)
    };
    let s = solve(&around(|n| n.resistors.push(r), 80.0));
    close(60e5 - p(&s, "b"), 0.7e5, 1e-6);
}

#[test]
fn control_valve_throttles_opens_and_closes() {
    let regulator = |set| ControlValve {
        header: header("cv"),
        from: "a".into(),
        to: "b".into(),
        state: ControlState::Active,
        outlet_pressure_pa: Some(set),
        inlet_pressure_pa: None,
        flow: None,
        outlet_pressure_profile: None,
        ..ControlValve::new("", "", "")
    };
    let s = solve(&around(|n| n.control_valves.push(regulator(40e5)), 50.0));
    close(p(&s, "b"), 40e5, 1e-9);
    let s = solve(&around(|n| n.control_valves.push(regulator(80e5)), 50.0));
    close(p(&s, "b"), 60e5, 1e-6);
    // A second supply above the set-point: the regulator closes rather than pass gas back.
    let mut case = around(|n| n.control_valves.push(regulator(40e5)), 50.0);
    case.network.nodes.push(node("c", 0.0));
    case.network.pipes.push(pipe("p", "c", "b", 1e3, 0.8, 0.01));
    case.network
        .supplies
        .push(supply_pressure("other", "c", 50e5));
    let s = solve(&case);
    assert!(
        s.edges
            .value("mass_flow_kg_per_s", 0, "cv")
            .expect("q")
            .abs()
            < 1e-9
    );
}

#[test]
fn check_valve_passes_one_way() {
    let valve = CheckValve {
        header: header("cv"),
        from: "a".into(),
        to: "b".into(),
    };
    let s = solve(&around(|n| n.check_valves.push(valve.clone()), 50.0));
    close(p(&s, "b"), 60e5, 1e-6);
    let mut case = around(|n| n.check_valves.push(valve), 50.0);
    case.network.nodes.push(node("c", 0.0));
    case.network.pipes.push(pipe("p", "c", "b", 1e3, 0.8, 0.01));
    case.network
        .supplies
        .push(supply_pressure("other", "c", 65e5));
    let s = solve(&case);
    assert!(
        s.edges
            .value("mass_flow_kg_per_s", 0, "cv")
            .expect("q")
            .abs()
            < 1e-9
    );
}

fn with_station(change: impl FnOnce(&mut CompressorStation), flow: f64) -> Case {
    around(
        |n| {
            let mut s = station("cs", "a", "b");
            change(&mut s);
            n.compressor_stations.push(s);
        },
        flow,
    )
}

fn head(ratio: f64) -> f64 {
    let m = 0.29 / 1.29;
    0.9 * R * T / M / m * (ratio.powf(m) - 1.0)
}

#[test]
fn station_power() {
    let s = solve(&with_station(
        |s| (s.discharge_pressure_pa, s.fuel_from_line) = (Some(90e5), true),
        100.0,
    ));
    close(p(&s, "b"), 90e5, 1e-9);
    let power = 100.0 * head(1.5) / 0.8;
    close(
        s.edges.value("power_w", 0, "cs").expect("power"),
        power,
        1e-9,
    );
    // Fuel: power over driver efficiency and net heating value; drawn from the line.
    let fuel = power / 0.35 / 47e6;
    close(
        s.edges.value("fuel_kg_per_s", 0, "cs").expect("fuel"),
        fuel,
        1e-9,
    );
    close(s.balance.in_kg_per_s, 100.0 + fuel, 1e-12);
    assert!(s.balance.residual_kg.abs() < 1e-9);
}

#[test]
fn station_obeys_its_most_restrictive_limit() {
    let mode = |case: &Case| {
        let s = solve(case);
        let modes = s.edges.modes.clone();
        (
            p(&s, "b"),
            modes[s.edges.ids.iter().position(|id| id == "cs").expect("cs")].clone(),
        )
    };
    let (b, m) = mode(&with_station(
        |s| (s.discharge_pressure_pa, s.ratio_max) = (Some(90e5), 1.2),
        100.0,
    ));
    close(b, 72e5, 1e-9);
    assert_eq!(m, "ratio limit");
    let power = 50.0 * head(1.1);
    let (b, m) = mode(&with_station(
        |s| (s.discharge_pressure_pa, s.power_max_w) = (Some(90e5), Some(power / 0.8)),
        50.0,
    ));
    close(b, 66e5, 1e-8);
    assert_eq!(m, "power limit");
    // A set-point below the suction pressure: gas passes by.
    let (b, m) = mode(&with_station(
        |s| s.discharge_pressure_pa = Some(50e5),
        100.0,
    ));
    close(b, 60e5, 1e-6);
    assert_eq!(m, "bypass");
}

/// "a" (off-take) - "b" - station "cs" towards "a" - "in" (60 bara): gas comes against the station.
fn against_a_station(flow_min: Option<f64>) -> Case {
    let mut case = case(M, 0.9, T);
    case.network.nodes = vec![node("a", 0.0), node("b", 0.0), node("c", 0.0)];
    case.network.supplies = vec![supply_pressure("in", "c", 60e5)];
    case.network.off_takes = vec![off_take("out", "a", 100.0)];
    case.network.pipes = vec![pipe("p", "b", "a", 20e3, 0.8, 0.01)];
    let mut s = station("cs", "b", "c");
    (s.discharge_pressure_pa, s.fuel_from_line) = (Some(70e5), true);
    s.flow_min = flow_min.map(FlowRate::mass);
    case.network.compressor_stations.push(s);
    case
}

#[test]
fn gas_passes_back_by_stopped_units_where_it_may() {
    let s = solve(&against_a_station(Some(-200.0)));
    close(p(&s, "b"), 60e5, 1e-6);
    let flow = s.edges.value("mass_flow_kg_per_s", 0, "cs");
    close(flow.expect("a flow"), -100.0, 1e-9);
    assert_eq!(s.edges.value("power_w", 0, "cs"), Some(0.0));
    assert!(s.status.message.contains("gas passes back"));
    // Where it may not, nothing arrives: the check valve holds.
    let model = Model::build(&against_a_station(None), &Options::default()).expect("a model");
    assert!(!steady(&model).status.converged);
}

#[test]
fn gas_that_passes_back_goes_on_after_a_restart() {
    let mut case = against_a_station(Some(-200.0));
    case.scenario.duration_s = 7200.0;
    let whole = go(&case).snapshot.expect("a snapshot");
    let model = Model::build(&case, &Options::default()).expect("a model");
    let first = run(&model, None, Some(3600.0), &mut Silent).snapshot;
    let rest = run(&model, first.as_ref(), None, &mut Silent);
    let rest = rest.snapshot.expect("a snapshot");
    assert!((rest.edges["cs"].mass_flow_kg_per_s + 100.0).abs() < 1e-9);
    assert!((rest.nodes["a"].pressure_pa - whole.nodes["a"].pressure_pa).abs() < 1e-3);
}

/// 8 ζ q² / (π² D⁴ ρ) at an upstream pressure.
fn drag_loss(factor: f64, diameter_m: f64, flow: f64, upstream_pa: f64) -> f64 {
    8.0 * factor * flow * flow
        / (std::f64::consts::PI.powi(2) * diameter_m.powi(4) * density(upstream_pa))
}

#[test]
fn station_piping_takes_pressure_from_the_machines() {
    let flow = 100.0;
    let s = solve(&with_station(
        |s| {
            s.ratio_max = 1.3;
            s.loss_in = Some(ResistorLoss::Drag {
                factor: 18.0,
                diameter_m: 0.6,
            });
            s.loss_out = Some(ResistorLoss::Constant {
                pressure_loss_pa: 2e5,
            });
        },
        flow,
    ));
    let suction = 60e5 - drag_loss(18.0, 0.6, flow, 60e5);
    close(p(&s, "b"), 1.3 * suction - 2e5, 1e-7);
    // The machines work between their own flanges.
    let power = flow * head(1.3) / 0.8;
    close(
        s.edges.value("power_w", 0, "cs").expect("power"),
        power,
        1e-7,
    );
}

#[test]
fn fuel_can_be_drawn_at_the_discharge() {
    let s = solve(&with_station(
        |s| {
            s.discharge_pressure_pa = Some(90e5);
            s.fuel_from_line = true;
            s.fuel_at_discharge = true;
        },
        100.0,
    ));
    // What passes the machines is the load and the fuel.
    let through = s.edges.value("mass_flow_kg_per_s", 0, "cs").expect("q");
    let per_flow = head(1.5) / 0.8 / 0.35 / 47e6;
    close(through, 100.0 / (1.0 - per_flow), 1e-9);
    close(s.balance.in_kg_per_s, through, 1e-12);
}

#[test]
fn control_valve_piping_and_least_pressure_drop() {
    let mut valve = ControlValve::new("cv", "a", "b");
    valve.outlet_pressure_pa = Some(59.5e5);
    valve.pressure_differential_min_pa = Some(0.5e5);
    valve.loss_in = Some(ResistorLoss::Constant {
        pressure_loss_pa: 0.4e5,
    });
    valve.loss_out = Some(ResistorLoss::Drag {
        factor: 10.0,
        diameter_m: 0.5,
    });
    let s = solve(&around(|n| n.control_valves.push(valve.clone()), 80.0));
    // Fully open: 60 bar less the inlet's loss and the least drop, less the outlet's loss.
    let inner = 60e5 - 0.9e5;
    close(p(&s, "b"), inner - drag_loss(10.0, 0.5, 80.0, inner), 1e-7);
    valve.outlet_pressure_pa = Some(40e5);
    let s = solve(&around(|n| n.control_valves.push(valve), 80.0));
    close(p(&s, "b"), 40e5, 1e-9);
}

/// A 100 km line fed at 70 bara, a station in the middle, 100 km more.
fn two_sections() -> Case {
    let mut case = case(M, 0.9, T);
    case.settings.cell_length_m = 5e3;
    case.network.nodes = ["a", "s", "d", "b"].map(|id| node(id, 0.0)).to_vec();
    case.network.pipes = vec![
        pipe("p1", "a", "s", 100e3, 0.9, 0.01),
        pipe("p2", "d", "b", 100e3, 0.9, 0.01),
    ];
    case.network.supplies = vec![supply_pressure("in", "a", 70e5)];
    case.network.off_takes = vec![off_take("out", "b", 150.0)];
    let mut s = station("cs", "s", "d");
    s.discharge_pressure_pa = Some(70e5);
    case.network.compressor_stations = vec![s];
    case
}

#[test]
fn a_trip_lets_gas_pass_by_and_a_start_restores() {
    let mut case = two_sections();
    case.scenario.duration_s = 48.0 * 3600.0;
    let at = |h: f64, action| Event {
        at_s: h * 3600.0,
        element: "cs".into(),
        action,
    };
    case.scenario.events = vec![at(1.0, Action::Trip), at(24.0, Action::Start)];
    let s = go(&case).solution;
    let row = |h: f64| {
        s.time_s
            .iter()
            .position(|&t| t == h * 3600.0)
            .expect("an hour")
    };
    let value = |h, node| s.nodes.value("pressure_pa", row(h), node).expect("p");
    close(value(1.0, "d"), 70e5, 1e-9);
    close(value(23.75, "d"), value(23.75, "s"), 1e-6);
    assert!(value(23.75, "b") < value(1.0, "b") - 1e5);
    close(value(48.0, "d"), 70e5, 1e-6);
    close(value(48.0, "b"), value(1.0, "b"), 1e-4);
    assert_eq!(s.log.len(), 2);
}

#[test]
fn hole_discharge() {
    let Some(file) = published("analytic_hole_discharge.json") else {
        return;
    };
    let i = &file["inputs"];
    let mut case = case(
        number(i, "M_kg_mol"),
        number(i, "Z") * number(i, "R") / R,
        number(i, "T0_K"),
    );
    case.network.nodes = vec![node("a", 0.0)];
    case.network.supplies = vec![supply_pressure("in", "a", number(i, "p0_Pa"))];
    case.network.pipes = vec![pipe("p", "a", "b", 1e3, 1.0, 0.01)];
    case.network.nodes.push(node("b", 0.0));
    case.network.leaks = vec![Leak {
        header: header("hole"),
        place: LeakPlace::Node { id: "a".into() },
        diameter_m: number(i, "hole_d_m"),
        discharge_coefficient: number(i, "Cd"),
        open: true,
    }];
    for (key, back) in [
        ("choked_mass_flow_kg_s", 0.01),
        (
            "at_critical_check",
            number(&file["expected"], "critical_pressure_ratio"),
        ),
        ("subsonic_at_back_0.6", 0.6),
        ("subsonic_at_back_0.8", 0.8),
        ("subsonic_at_back_0.95", 0.95),
    ] {
        case.settings.atmospheric_pressure_pa = back * number(i, "p0_Pa");
        let s = solve(&case);
        let got = s
            .terminals
            .value("mass_flow_kg_per_s", 0, "hole")
            .expect("a flow");
        let want = number(&file["expected"], key);
        println!("{key}: {:.1e}", got / want - 1.0);
        close(got, want, number(&file["tolerance"], "relative"));
    }
}

fn level_line(file: &str) -> Option<(serde_json::Value, Case)> {
    let data = published(file)?;
    let a2 = published("analytic_steady_isothermal.json")?["inputs"]["a2_m2_s2"].as_f64()?;
    let mut case = case(R * T / a2, 1.0, T);
    case.settings.cell_length_m = 500.0;
    Some((
        data,
        single_pipe(
            case,
            pipe("line", "a", "b", 100e3, 1.3716, 0.009),
            90e5,
            500.0,
        ),
    ))
}

#[test]
fn joukowsky() {
    let Some((file, mut case)) = level_line("analytic_transient_acoustic_packing.json") else {
        return;
    };
    let want = &file["cases"][0]["expected"];
    case.network.pipes[0].friction = Some(FrictionLaw::Constant { darcy: 0.0 });
    case.settings.cell_length_m = 100.0;
    case.settings.pressure_tolerance_pa = 2.0;
    case.scenario.initial = InitialState::AtRest { pressure_pa: 90e5 };
    // The source's end is closed: it shows the arrival of the wave undisturbed, doubled.
    case.network.supplies[0] = supply_flow("in", "a", 0.0);
    case.profiles
        .push(profile("step", &[0.0, 1.0], &[0.0, 10.0], FLOW));
    case.network.off_takes[0].flow_profile = Some("step".into());
    case.scenario.duration_s = 400.0;
    case.scenario.output_interval_s = 1.0;
    let s = go(&case).solution;
    let drop = 90e5 - s.nodes.value("pressure_pa", 100, "b").expect("b");
    let expected = number(want, "pressure_drop_at_outlet_Pa_linear");
    println!("Joukowsky: drop {:.2e} relative", drop / expected - 1.0);
    close(
        drop,
        expected,
        number(&file["tolerance"], "joukowsky_relative"),
    );
    // Half of the doubled front has arrived; it left, on average, half a second late.
    let far = |i: usize| 90e5 - s.nodes.value("pressure_pa", i, "a").expect("a");
    let i = (1..s.time_s.len())
        .find(|&i| far(i) >= expected)
        .expect("the wave arrives");
    let (d0, d1) = (far(i - 1), far(i));
    let arrival = s.time_s[i - 1] + (expected - d0) / (d1 - d0) - 0.5;
    let expected = number(want, "wave_arrival_at_inlet_s");
    println!(
        "Joukowsky: arrival {:.2e} relative",
        arrival / expected - 1.0
    );
    close(
        arrival,
        expected,
        number(&file["tolerance"], "arrival_time_relative"),
    );
}

#[test]
fn packing_and_settle_out() {
    let Some((file, case)) = level_line("analytic_transient_acoustic_packing.json") else {
        return;
    };
    // Closed end, constant inflow.
    let mut packing = case.clone();
    packing.network.supplies[0] = supply_flow("in", "a", 10.0);
    packing.network.off_takes.clear();
    packing.scenario.initial = InitialState::AtRest { pressure_pa: 90e5 };
    packing.scenario.duration_s = 10.0 * 3600.0;
    let s = go(&packing).solution;
    let want = &file["cases"][1]["expected"];
    let gain = s.balance.linepack_change_kg / 10.0;
    println!(
        "packing: {:.1e}",
        gain / number(want, "linepack_gain_kg_per_h") - 1.0
    );
    close(
        gain,
        number(want, "linepack_gain_kg_per_h"),
        number(&file["tolerance"], "mass_relative"),
    );
    // Both ends close at once.
    let mut settle = case;
    settle.scenario.duration_s = 48.0 * 3600.0;
    settle.scenario.events = ["in", "out"]
        .map(|id| Event {
            at_s: 0.0,
            element: id.into(),
            action: Action::Shut,
        })
        .to_vec();
    let s = go(&settle).solution;
    let want = number(&file["cases"][2]["expected"], "settle_out_pressure_Pa");
    println!(
        "settle-out: {:.1e} {:.1e}",
        p(&s, "a") / want - 1.0,
        p(&s, "b") / want - 1.0
    );
    close(p(&s, "a"), want, 1e-6);
    close(p(&s, "b"), want, 1e-6);
}

#[test]
fn survival_time() {
    let Some((file, mut case)) = level_line("analytic_survival_time.json") else {
        return;
    };
    case.network.off_takes[0].pressure_min_pa = Some(number(&file["inputs"], "p_min_Pa"));
    case.network.off_takes[0].curtail = true;
    case.scenario.duration_s = 4.0 * 3600.0;
    case.scenario.events = vec![Event {
        at_s: 0.0,
        element: "in".into(),
        action: Action::Shut,
    }];
    let s = go(&case).solution;
    let out = s
        .terminal_totals
        .iter()
        .find(|t| t.id == "out")
        .expect("out");
    let lasted = out.first_shortfall_s.expect("a shortfall");
    let e = &file["expected"];
    println!(
        "survival {lasted:.1} s, reference {:.1} s",
        number(e, "reference_solver_survival_s")
    );
    close(
        lasted,
        number(e, "reference_solver_survival_s"),
        number(&file["tolerance"], "relative"),
    );
    assert!(lasted < number(e, "upper_bound_survival_s"));
}

#[test]
fn a_break_discharges_from_both_ends_and_valves_contain_it() {
    let mut case = two_sections();
    case.settings.terms.kinetic = false;
    case.network.nodes.extend([node("v", 0.0)]);
    case.network.pipes[1].from = "v".into();
    let mut v = valve("lbv", "d", "v");
    (v.diameter_m, v.stroke_s) = (Some(0.9), 120.0);
    case.network.valves.push(v);
    case.scenario.duration_s = 6.0 * 3600.0;
    case.scenario.events = vec![
        Event {
            at_s: 3600.0,
            element: "p2".into(),
            action: Action::Break { distance_m: 30e3 },
        },
        Event {
            at_s: 4200.0,
            element: "lbv".into(),
            action: Action::Close,
        },
    ];
    case.network.off_takes[0].curtail = true;
    case.network.off_takes[0].pressure_min_pa = Some(30e5);
    let s = go(&case).solution;
    let b = &s.balance;
    println!(
        "lost {:.0} t, residual {:.1e} kg, {:?}",
        b.leak_kg / 1e3,
        b.residual_kg,
        s.counters
    );
    assert!(b.residual_kg.abs() <= 1e-10 * (b.in_kg + b.out_kg + b.leak_kg));
    let ends: Vec<_> = s
        .terminal_totals
        .iter()
        .filter(|t| t.kind == "leak")
        .collect();
    assert!(
        ends.len() == 2 && ends.iter().all(|t| t.mass_kg > 1e5),
        "{ends:?}"
    );
    // The upstream side of the closed valve is whole again; the broken side is empty.
    assert!(
        p(&s, "d") > 60e5 && p(&s, "v") < 3e5,
        "{} {}",
        p(&s, "d"),
        p(&s, "v")
    );
}

/// A turbo compressor of invented round numbers: head falls with flow and grows with speed.
fn machines() -> Machines {
    let turbo = TurboMap {
        // H = 1e-6 n² - 4 Q - 2 Q², kJ/kg
        head: [0.0, 0.0, 1e-6, -4.0, 0.0, 0.0, -2.0, 0.0, 0.0],
        efficiency: [0.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        surge_line: [0.0, 40.0, 0.0],
        choke_line: [0.0, 2.0, 0.0],
        choke_efficiency: None,
        measurements: Vec::new(),
    };
    let drive = |id: &str| Drive {
        id: format!("drive of {id}"),
        kind: DriveKind::GasTurbine,
        energy_rate: [0.0, 4.0, 0.0],
        power: DrivePower::Speed([20_000.0, 0.0, 0.0]),
        energy_measurements: Vec::new(),
        power_measurements: Vec::new(),
    };
    let compressor = |id: &str| Compressor {
        id: id.into(),
        drive: format!("drive of {id}"),
        speed_min_per_min: 4000.0,
        speed_max_per_min: 8000.0,
        kind: CompressorKind::Turbo(turbo.clone()),
    };
    let stage = |ids: &[&str]| Stage {
        units: ids
            .iter()
            .map(|id| StageUnit {
                compressor: (*id).into(),
                nominal_speed_per_min: None,
            })
            .collect(),
    };
    let configuration = |id: &str, ids: &[&str]| Configuration {
        id: id.into(),
        stages: vec![stage(ids)],
    };
    Machines {
        compressors: vec![compressor("c1"), compressor("c2")],
        drives: vec![drive("c1"), drive("c2")],
        configurations: vec![
            configuration("one", &["c1"]),
            configuration("both", &["c1", "c2"]),
        ],
    }
}

fn with_machines(discharge_pa: f64, flow: f64) -> Case {
    with_station(
        |s| {
            s.discharge_pressure_pa = Some(discharge_pa);
            s.ratio_max = f64::INFINITY;
            s.fuel_from_line = true;
            s.machines = Some(Box::new(machines()));
        },
        flow,
    )
}

#[test]
fn station_with_machines_brings_its_set_point_in_the_cheapest_configuration() {
    let flow = 100.0;
    let s = solve(&with_machines(75e5, flow));
    close(p(&s, "b"), 75e5, 1e-9);
    let through = s.edges.value("mass_flow_kg_per_s", 0, "cs").expect("q");
    let power = flow * head(1.25) / 0.8;
    close(
        s.edges.value("power_w", 0, "cs").expect("power"),
        power,
        1e-6,
    );
    // The drive takes four times its power, and the gas has 47 MJ/kg.
    let fuel = 4.0 * power / 47e6;
    close(
        s.edges.value("fuel_kg_per_s", 0, "cs").expect("fuel"),
        fuel,
        1e-6,
    );
    close(s.balance.in_kg_per_s, through + fuel, 1e-12);
    // One compressor carries this flow: Q = q/rho = 2.0 m3/s, H = 1e-6 n² - 4 Q - 2 Q².
    let unit = &s.station_units[0];
    assert_eq!(
        (s.station_units.len(), unit.configuration.as_str()),
        (1, "one")
    );
    let volume = flow / density(60e5);
    close(unit.volume_flow_m3_per_s, volume, 1e-6);
    let speed = ((head(1.25) / 1e3 + 4.0 * volume + 2.0 * volume * volume) / 1e-6).sqrt();
    close(unit.speed_per_min, speed, 1e-6);
    assert!(unit.feasible);
}

#[test]
fn station_with_machines_names_the_limit_of_its_map() {
    let flow = 100.0;
    let s = solve(&with_machines(200e5, flow));
    // Two compressors at their highest speed. Half the flow each is too little at that head, so they
    // recycle: they run where the surge line meets 64 - 4 Q - 2 Q², at 40 Q.
    let half = 0.5 * flow / density(60e5);
    let surge = (44.0_f64.powi(2) + 4.0 * 2.0 * 64.0).sqrt() / 4.0 - 11.0;
    assert!(surge > half);
    let ratio = p(&s, "b") / 60e5;
    // The plant lets the head fall by 1e-4 from no flow to the surge flow, so that parallel units share.
    let volume = surge * (1.0 - 1e-4 * half / surge);
    close(head(ratio), 40e3 * volume, 1e-6);
    let at = s.edges.ids.iter().position(|id| id == "cs").expect("cs");
    let mode = s.edges.modes[at].clone();
    assert!(
        ["highest speed", "surge line"].contains(&mode.as_str()),
        "{mode}"
    );
    assert!(s.limitations.iter().any(|l| l.what.contains(&mode)));
    assert_eq!(s.station_units.len(), 2);
    for unit in &s.station_units {
        close(unit.recycle_m3_per_s, volume - half, 1e-5);
        let speed = ((44.0 * volume + 2.0 * volume * volume) / 1e-6).sqrt();
        close(unit.speed_per_min, speed, 1e-6);
    }
}

#[test]
fn pump_follows_its_characteristic() {
    let flow = 100.0;
    let s = solve(&with_station(
        |s| s.pressure_rise = Some([3e5, -1e4, -2e3]),
        flow,
    ));
    let volume = flow / density(60e5);
    close(
        p(&s, "b"),
        60e5 + 3e5 - 1e4 * volume - 2e3 * volume * volume,
        1e-9,
    );
}
