//! Mass, standstill, restart and independence of what must not matter.

mod support;

use linepack_flow::{Model, Options, Run, Silent, run};
use linepack_network::*;
use linepack_results::{Snapshot, Solution};
use linepack_units::FlowRate;
use proptest::prelude::*;
use support::*;

const HOUR: f64 = 3600.0;
const FLOW: ProfileValues = ProfileValues::Flow(FlowRate::mass(1.0));

/// A random network: a tree with extra pipes (loops), a valve that closes and opens, a station that
/// trips, demands that swing and one that turns into injection.
#[derive(Debug, Clone)]
struct Recipe {
    parents: Vec<usize>,
    extra: Vec<(usize, usize)>,
    lengths_km: Vec<f64>,
    diameters: Vec<f64>,
    elevations: Vec<f64>,
    loads: Vec<f64>,
    swing: Vec<f64>,
    station: bool,
    valve: usize,
    kinetic: bool,
}

fn recipe() -> impl Strategy<Value = Recipe> {
    (4usize..9).prop_flat_map(|n| {
        let parents: Vec<_> = (1..n).map(|i| 0..i).collect();
        (
            parents,
            prop::collection::vec((0..n, 0..n), 0..3),
            prop::collection::vec(10.0..80.0, n + 3),
            prop::collection::vec(0.5..1.2, n + 3),
            prop::collection::vec(0.0..400.0, n),
            prop::collection::vec(-4.0..12.0, n),
            prop::collection::vec(0.3..1.7, 24),
            any::<bool>(),
            0..n,
            any::<bool>(),
        )
            .prop_map(
                |(
                    parents,
                    extra,
                    lengths_km,
                    diameters,
                    elevations,
                    loads,
                    swing,
                    station,
                    valve,
                    kinetic,
                )| {
                    Recipe {
                        parents,
                        extra,
                        lengths_km,
                        diameters,
                        elevations,
                        loads,
                        swing,
                        station,
                        valve,
                        kinetic,
                    }
                },
            )
    })
}

fn build(r: &Recipe) -> Case {
    let mut case = case(0.0182, 0.9, 288.15);
    case.settings.terms.kinetic = r.kinetic;
    case.settings.cell_length_m = 5000.0;
    case.settings.pressure_tolerance_pa = 2000.0;
    case.scenario.duration_s = 24.0 * HOUR;
    case.scenario.output_interval_s = HOUR;
    let n = r.parents.len() + 1;
    let name = |i: usize| format!("n{i}");
    for i in 0..n {
        case.network.nodes.push(node(&name(i), r.elevations[i]));
    }
    let ends = r.parents.iter().enumerate().map(|(i, &p)| (p, i + 1));
    let loops = r.extra.iter().copied().filter(|(a, b)| a != b);
    for (k, (a, b)) in ends.chain(loops).enumerate() {
        let mut p = pipe(
            &format!("p{k}"),
            &name(a),
            &name(b),
            r.lengths_km[k] * 1e3,
            r.diameters[k],
            0.0,
        );
        p.friction = None;
        case.network.pipes.push(p);
    }
    // The first pipe of the tree leaves through a station or a valve.
    case.network.nodes.push(node("s", r.elevations[0]));
    case.network.supplies = vec![supply_pressure("in", "s", 60e5)];
    if r.station {
        let mut s = station("cs", "s", "n0");
        s.discharge_pressure_pa = Some(70e5);
        s.fuel_from_line = true;
        case.network.compressor_stations.push(s);
        case.scenario.events.push(event(5.0, "cs", Action::Trip));
        case.scenario.events.push(event(9.0, "cs", Action::Start));
    } else {
        case.network.short_pipes.push(ShortPipe {
            header: header("sp"),
            from: "s".into(),
            to: "n0".into(),
            ..ShortPipe::new("", "", "")
        });
    }
    let time: Vec<f64> = (0..24).map(|h| f64::from(h) * HOUR).collect();
    case.profiles
        .push(profile("swing", &time, &r.swing, ProfileValues::Factor));
    for i in 1..n {
        // A station passes no gas back, so what comes in must go out again.
        let load = if r.station {
            r.loads[i].abs()
        } else {
            r.loads[i]
        };
        // Behind a valve for one of the nodes; negative loads bring gas in.
        let at = if i == r.valve {
            case.network.nodes.push(node("v", r.elevations[i]));
            let mut v = valve("valve", &name(i), "v");
            (v.diameter_m, v.drag_factor, v.stroke_s) = (Some(0.3), 2.0, 60.0);
            case.network.valves.push(v);
            let mut stub = pipe("stub", "v", "w", 5e3, 0.4, 0.0);
            stub.friction = None;
            case.network.nodes.push(node("w", r.elevations[i]));
            case.network.pipes.push(stub);
            case.scenario
                .events
                .push(event(12.0, "valve", Action::Close));
            case.scenario
                .events
                .push(event(12.5, "valve", Action::Open));
            "w".to_owned()
        } else {
            name(i)
        };
        let mut taker = off_take(&format!("d{i}"), &at, load);
        taker.flow_profile = Some("swing".into());
        case.network.off_takes.push(taker);
    }
    case
}

fn event(hours: f64, element: &str, action: Action) -> Event {
    Event {
        at_s: hours * HOUR,
        element: element.into(),
        action,
    }
}

fn go(case: &Case) -> Run {
    let model = Model::build(case, &Options::default()).expect("a model");
    run(&model, None, None, &mut Silent)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// |change of linepack - integral of flows| <= 1e-10 of the throughput over 24 h.
    #[test]
    fn mass_is_conserved(r in recipe()) {
        let solution = go(&build(&r)).solution;
        prop_assert!(solution.status.complete, "{:?}", solution.status);
        let b = &solution.balance;
        let throughput = b.in_kg.abs() + b.out_kg.abs() + b.fuel_kg;
        prop_assert!(b.residual_kg.abs() <= 1e-10 * throughput, "{} of {throughput}", b.residual_kg);
    }
}

/// A line with a station, a branch and a loop, and a daily swing.
fn example() -> Case {
    let r = Recipe {
        parents: vec![0, 1, 1, 3, 4],
        extra: vec![(2, 5)],
        lengths_km: vec![50.0, 40.0, 70.0, 30.0, 60.0, 45.0, 20.0, 10.0],
        diameters: vec![0.9, 0.6, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5],
        elevations: vec![0.0, 100.0, 300.0, 50.0, 20.0, 0.0],
        loads: vec![0.0, 3.0, 20.0, 6.0, 12.0, 25.0],
        swing: (0..24)
            .map(|h| 1.0 + 0.4 * (f64::from(h) / 24.0 * std::f64::consts::TAU).sin())
            .collect(),
        station: true,
        valve: 4,
        kinetic: true,
    };
    build(&r)
}

#[test]
fn a_steady_start_stays_put() {
    let mut case = example();
    case.scenario.events.clear();
    for taker in &mut case.network.off_takes {
        taker.flow_profile = None;
    }
    let s = go(&case).solution;
    assert!(s.status.complete, "{:?}", s.status);
    let mut worst: f64 = 0.0;
    for frame in [&s.nodes, &s.edges, &s.terminals] {
        for column in &frame.columns {
            let n = frame.ids.len();
            for (i, v) in column
                .values
                .iter()
                .enumerate()
                .filter(|(_, v)| !v.is_nan())
            {
                let start = column.values[i % n];
                worst = worst.max((v - start).abs() / start.abs().max(1.0));
            }
        }
    }
    println!(
        "24 h of constant boundaries: drift {worst:.2e} in {} steps",
        s.counters.steps
    );
    assert!(worst < 1e-9, "{worst}");
}

fn largest_relative_difference(a: &Solution, b: &Solution, from_s: f64) -> f64 {
    let mut worst: f64 = 0.0;
    for (j, &t) in b.time_s.iter().enumerate().filter(|(_, t)| **t > from_s) {
        let i = a
            .time_s
            .iter()
            .position(|&x| x == t)
            .expect("the same times");
        for (fa, fb) in [
            (&a.nodes, &b.nodes),
            (&a.edges, &b.edges),
            (&a.terminals, &b.terminals),
        ] {
            for column in &fa.columns {
                for id in &fa.ids {
                    let (x, y) = (fa.value(&column.name, i, id), fb.value(&column.name, j, id));
                    let (Some(x), Some(y)) = (x, y) else {
                        assert_eq!(x.is_some(), y.is_some());
                        continue;
                    };
                    worst = worst.max((x - y).abs() / x.abs().max(1.0));
                }
            }
        }
    }
    worst
}

#[test]
fn two_halves_make_a_whole() {
    let case = example();
    let model = Model::build(&case, &Options::default()).expect("a model");
    let whole = run(&model, None, None, &mut Silent).solution;
    let first = run(&model, None, Some(12.0 * HOUR), &mut Silent);
    let text = first.snapshot.expect("a snapshot").to_json().expect("JSON");
    let snapshot = Snapshot::from_json(&text).expect("a snapshot");
    let second = run(&model, Some(&snapshot), None, &mut Silent).solution;
    assert!(whole.status.complete && second.status.complete);
    let worst = largest_relative_difference(&whole, &second, 12.0 * HOUR);
    let halves = first.solution.balance.in_kg + second.balance.in_kg;
    println!(
        "restart at 12 h: largest difference {worst:.2e}, supply {:.2e}",
        halves / whole.balance.in_kg - 1.0
    );
    assert!(worst < 1e-9, "{worst}");
    assert!((halves / whole.balance.in_kg - 1.0).abs() < 1e-9);
    assert!(second.balance.residual_kg.abs() <= 1e-10 * second.balance.in_kg);
}

#[test]
fn any_run_starts_from_a_snapshot() {
    let case = example();
    let first = go(&case).snapshot.expect("a snapshot");
    // Another scenario on another mesh: time starts anew from the pressures and flows of the first.
    let mut other = case;
    other.scenario.name = "other".into();
    other.scenario.events.clear();
    other.settings.cell_length_m = 3000.0;
    let model = Model::build(&other, &Options::default()).expect("a model");
    let s = run(&model, Some(&first), None, &mut Silent).solution;
    assert!(s.status.complete && s.time_s[0] == 0.0, "{:?}", s.status);
    for (id, node) in &first.nodes {
        let p = s.nodes.value("pressure_pa", 0, id).expect("a pressure");
        assert!((p / node.pressure_pa - 1.0).abs() < 1e-12);
    }
    assert!(s.balance.residual_kg.abs() <= 1e-10 * s.balance.in_kg);
}

#[test]
fn threads_and_order_do_not_matter() {
    let case = example();
    let solve = |case: &Case, threads| {
        let options = Options {
            threads: Some(threads),
            ..Options::default()
        };
        let model = Model::build(case, &options).expect("a model");
        run(&model, None, None, &mut Silent).solution
    };
    let one = solve(&case, 1);
    let four = solve(&case, 4);
    let mut reversed = case.clone();
    let n = &mut reversed.network;
    n.nodes.reverse();
    n.pipes.reverse();
    n.off_takes.reverse();
    n.valves.reverse();
    let other = solve(&reversed, 1);
    for (name, s) in [("threads", &four), ("order", &other)] {
        assert_eq!(one.counters, s.counters, "{name}");
        let worst = largest_relative_difference(&one, s, -1.0);
        println!("{name}: largest difference {worst:.1e}");
        assert_eq!(worst, 0.0, "{name}");
    }
}

#[test]
fn a_profile_that_replaces_the_flow_is_the_flow() {
    let mut case = example();
    case.scenario.events.clear();
    case.profiles
        .push(profile("absolute", &[0.0, 24.0 * HOUR], &[5.0, 15.0], FLOW));
    case.network.off_takes[0].flow_profile = Some("absolute".into());
    let s = go(&case).solution;
    let id = case.network.off_takes[0].header.id.clone();
    let end = s
        .terminals
        .value("mass_flow_kg_per_s", s.time_s.len() - 1, &id)
        .expect("a flow");
    assert!((end - 15.0).abs() < 1e-9);
}
