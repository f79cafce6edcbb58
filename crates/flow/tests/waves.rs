//! Waves against closed forms: a valve that closes at once or in seconds, and a break.

mod support;

use linepack_flow::{Method, Model, Options, Silent, run};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::FlowRate;
use support::*;

const PRESSURE: f64 = 90e5;
const DIAMETER: f64 = 1.3716;
/// Speed of sound of the ideal gas, m/s: that of the published case of acoustics.
const WAVE_SPEED: f64 = 362.82;
const FLOW: f64 = 100.0;

/// An ideal gas without friction, to be solved on cells of a length.
fn frictionless(cell_m: f64, waves: bool) -> Case {
    let kelvin = 288.15;
    let mut case = case(R * kelvin / (WAVE_SPEED * WAVE_SPEED), 1.0, kelvin);
    case.settings.cell_length_m = cell_m;
    case.settings.pressure_tolerance_pa = 100.0;
    case.settings.waves = waves;
    case.settings.terms.kinetic = false;
    case
}

/// With the method that runs with damping have: what differs is damping alone.
fn solve(case: &Case) -> Solution {
    let options = Options {
        method: Some(Method::Esdirk4),
        profile_interval_s: Some(case.scenario.output_interval_s),
        ..Options::default()
    };
    let model = Model::build(case, &options).expect("a model");
    let solution = run(&model, None, None, &mut Silent).solution;
    assert!(solution.status.complete, "{:?}", solution.status);
    let balance = &solution.balance;
    assert!(balance.residual_kg.abs() <= 1e-10 * balance.linepack_start_kg);
    solution
}

/// Pressures along the only pipe at the last time.
fn last_profile(s: &Solution) -> (&[f64], &[f64]) {
    let x = &s.profiles.distance_m;
    let rows = s.profiles.time_index.len();
    (x, &s.profiles.pressure_pa[(rows - 1) * x.len()..])
}

/// A line of 60 km whose flow of 100 kg/s is stopped at its end after 10 s, within `closing_s`; the
/// state 130 s later.
fn closure(cell_m: f64, waves: bool, closing_s: f64) -> Solution {
    let line = pipe("line", "a", "b", 60e3, DIAMETER, 1e-9);
    let mut case = single_pipe(frictionless(cell_m, waves), line, PRESSURE, FLOW);
    let times = [0.0, 10.0, 10.0 + closing_s.max(1e-3), 200.0];
    let values = [FLOW, FLOW, 0.0, 0.0];
    let unit = ProfileValues::Flow(FlowRate::mass(1.0));
    case.profiles.push(profile("q", &times, &values, unit));
    case.network.off_takes[0].flow_profile = Some("q".into());
    case.scenario.duration_s = 130.0;
    case.scenario.output_interval_s = 10.0;
    solve(&case)
}

/// What a front looks like: share by which it overshoots and undershoots, where it is half, and its
/// length from a tenth to nine tenths; metres.
#[derive(Debug)]
struct Front {
    over: f64,
    under: f64,
    half_m: f64,
    length_m: f64,
}

/// A front against its height by Joukowsky, Δp = a q/A, which is exact without the kinetic term.
fn front(s: &Solution) -> Front {
    let area = std::f64::consts::FRAC_PI_4 * DIAMETER * DIAMETER;
    let height = WAVE_SPEED * FLOW / area;
    let (x, p) = last_profile(s);
    let share: Vec<f64> = p.iter().map(|p| (p - PRESSURE) / height).collect();
    let at = |level: f64| {
        let i = share.iter().position(|u| *u >= level).expect("a front");
        let part = (level - share[i - 1]) / (share[i] - share[i - 1]);
        x[i - 1] + part * (x[i] - x[i - 1])
    };
    Front {
        over: share.iter().fold(0.0, |m: f64, u| m.max(u - 1.0)),
        under: share.iter().fold(0.0, |m: f64, u| m.max(-u)),
        half_m: at(0.5),
        length_m: at(0.9) - at(0.1),
    }
}

/// A sudden stop: the front is where the sound is, within a cell, and overshoots by less than a hundredth;
/// after a way of n cells its length is at most 1.6 n^(1/3) cells. Without damping it overshoots by more
/// than a tenth.
#[test]
fn sudden_closure() {
    for cell_m in [400.0, 200.0, 100.0] {
        let mut both = Vec::new();
        for waves in [false, true] {
            let s = closure(cell_m, waves, 0.0);
            let found = front(&s);
            println!("{cell_m} m, waves {waves}: {found:.4?}; {}", cost(&s));
            both.push(found);
        }
        let exact = 60e3 - WAVE_SPEED * 120.0;
        let damped = &both[1];
        assert!((damped.half_m - exact).abs() < cell_m, "{exact} {damped:?}");
        let way = WAVE_SPEED * 120.0 / cell_m;
        assert!(damped.length_m < 1.6 * way.cbrt() * cell_m, "{damped:?}");
        assert!(damped.over < 0.01 && damped.under < 0.01, "{damped:?}");
        assert!(both[0].over > 0.1, "{:?}", both[0]);
    }
}

/// A valve that closes in 20 s makes a front of 20 s of way, whose pressure rises evenly: damping
/// does not lengthen it by more than a cell, and what it overshoots by becomes less.
#[test]
fn closure_in_seconds() {
    let mut over = Vec::new();
    for waves in [false, true] {
        let s = closure(200.0, waves, 20.0);
        let found = front(&s);
        println!("closing in 20 s, waves {waves}: {found:.4?}; {}", cost(&s));
        let exact = 0.8 * 20.0 * WAVE_SPEED;
        assert!((found.length_m - exact).abs() < 200.0, "{exact} {found:?}");
        over.push(found.over);
    }
    assert!(over[1] < over[0] && over[1] < 0.0125, "{over:?}");
}

/// A break 10 km from a node: until something comes back, p = p₀ exp(ξ/(a t) - 1) at the distance ξ
/// (centred isothermal expansion). A twentieth has gone when the closed form says so, to half a second and
/// the way of a cell.
#[test]
fn rupture() {
    let distance = 10e3;
    for (cell_m, waves) in [(200.0, false), (200.0, true), (50.0, false), (50.0, true)] {
        let mut case = frictionless(cell_m, waves);
        case.settings.terms.kinetic = true;
        case.scenario.initial = InitialState::AtRest {
            pressure_pa: PRESSURE,
        };
        case.network.nodes = ["a", "b", "c"].map(|id| node(id, 0.0)).into();
        case.network.supplies = vec![supply_pressure("in", "a", PRESSURE)];
        case.network.pipes = vec![
            pipe("ab", "a", "b", 20e3, DIAMETER, 1e-9),
            pipe("bc", "b", "c", 20e3, DIAMETER, 1e-9),
        ];
        case.scenario.events = vec![Event {
            at_s: 1.0,
            element: "bc".into(),
            action: Action::Break {
                distance_m: distance,
            },
        }];
        case.scenario.duration_s = 46.0;
        case.scenario.output_interval_s = 1.0;
        let s = solve(&case);
        let pressure = s.nodes.column("pressure_pa").expect("pressures");
        let b = s.nodes.ids.iter().position(|id| id == "b").expect("a node");
        let found: Vec<f64> = pressure
            .iter()
            .skip(b)
            .step_by(s.nodes.ids.len())
            .copied()
            .collect();
        let exact = |t: &f64| match WAVE_SPEED * (t - 1.0) {
            way if way <= distance => PRESSURE,
            way => PRESSURE * (distance / way - 1.0).exp(),
        };
        let exact: Vec<f64> = s.time_s.iter().map(exact).collect();
        let worst = found
            .iter()
            .zip(&exact)
            .fold(0.0, |m: f64, (p, e)| m.max((p - e).abs()));
        let rise = found.iter().fold(0.0, |m: f64, p| m.max(p - PRESSURE));
        let late = fallen_s(&s.time_s, &found) - fallen_s(&s.time_s, &exact);
        println!(
            "break, {cell_m} m, waves {waves}: {late:.2} s late, {worst:.0} Pa from the closed form, {rise:.0} Pa above the start; {}",
            cost(&s)
        );
        assert!(late.abs() < 0.5 + cell_m / WAVE_SPEED, "{late}");
        assert!(rise < 1e-3 * PRESSURE, "{rise}");
    }
}

/// When a twentieth of the pressure has gone.
fn fallen_s(time_s: &[f64], pressure: &[f64]) -> f64 {
    let level = 0.95 * PRESSURE;
    let i = pressure.iter().position(|p| *p <= level).expect("a fall");
    let part = (pressure[i - 1] - level) / (pressure[i - 1] - pressure[i]);
    time_s[i - 1] + part * (time_s[i] - time_s[i - 1])
}
