//! Rules, interlocks and protection: when they act, that they do so at the same time whatever the
//! steps, and that they do not chatter.

mod support;

use linepack_flow::{Model, Options, Silent, run};
use linepack_network::*;
use linepack_results::{Solution, Switch};
use linepack_units::FlowRate;
use support::*;

fn solve(case: &Case, options: &Options) -> Solution {
    let model = Model::build(case, options).expect("a model");
    let solution = run(&model, None, None, &mut Silent).solution;
    assert!(solution.status.complete, "{}", solution.status.message);
    solution
}

fn solved(case: &Case) -> Solution {
    solve(case, &Options::default())
}

fn by<'s>(solution: &'s Solution, by: &str) -> Vec<&'s Switch> {
    solution.switches.iter().filter(|s| s.by == by).collect()
}

fn when(element: Option<&str>, level: Level, side: Side) -> Condition {
    Condition {
        element: element.map(str::to_owned),
        level,
        side,
    }
}

fn rule(name: &str, when: Condition, lasting_s: f64, then: &[(&str, Action)]) -> Rule {
    Rule {
        name: name.into(),
        when,
        lasting_s,
        then: then
            .iter()
            .map(|(element, action)| Command {
                element: (*element).into(),
                action: action.clone(),
            })
            .collect(),
        rearm: None,
        once: false,
        pause_s: 60.0,
    }
}

fn event(at_s: f64, element: &str, action: Action) -> Event {
    Event {
        at_s,
        element: element.into(),
        action,
    }
}

/// 100 km of 1 m from "a" at 70 bar to an off-take of 200 kg/s at "b"; the supply is shut at 1 h.
fn line() -> Case {
    let mut case = single_pipe(
        case(0.0174, 0.9, 288.15),
        pipe("p", "a", "b", 100e3, 1.0, 0.01),
        70e5,
        200.0,
    );
    case.scenario.duration_s = 4.0 * 3600.0;
    case.scenario.events = vec![event(3600.0, "in", Action::Shut)];
    case
}

/// With the supply shut, the line pack falls by 200 kg in each second: the time at which it reaches a
/// level is known to round-off, however long the steps are.
#[test]
fn a_rule_on_line_pack_acts_at_the_exact_time() {
    let mut case = line();
    let start = solved(&case).balance.linepack_start_kg;
    let level = Level::Linepack(start - 200.0 * 1234.5);
    let shut = [("out", Action::Shut)];
    case.scenario.rules = vec![rule("empty", when(None, level, Side::Below), 0.0, &shut)];
    for fixed_step_s in [None, Some(60.0), Some(600.0)] {
        let options = Options {
            fixed_step_s,
            ..Options::default()
        };
        let solution = solve(&case, &options);
        let acted = by(&solution, "rule");
        assert_eq!(acted.len(), 1, "{acted:?}");
        let late = acted[0].time_s - 3600.0 - 1234.5;
        assert!(late.abs() < 2e-3, "{fixed_step_s:?}: {late} s");
        assert!(acted[0].cause.contains("line pack of the network below"));
    }
}

/// The same with a time that the condition must hold: exactly so much later.
#[test]
fn a_condition_must_last() {
    let mut case = line();
    let start = solved(&case).balance.linepack_start_kg;
    let level = Level::Linepack(start - 200.0 * 1234.5);
    let shut = [("out", Action::Shut)];
    case.scenario.rules = vec![rule("empty", when(None, level, Side::Below), 600.0, &shut)];
    let solution = solved(&case);
    let acted = by(&solution, "rule");
    assert!(
        (acted[0].time_s - 3600.0 - 1834.5).abs() < 2e-3,
        "{acted:?}"
    );
}

/// The time at which a pressure crosses a level does not depend on the longest step or the tolerance by
/// more than these allow: 0.001 bar at a fall of more than 1 bar in an hour is less than 4 s.
#[test]
fn a_rule_on_pressure_does_not_depend_on_the_steps() {
    let times: Vec<f64> = [
        (3600.0, 100.0),
        (300.0, 100.0),
        (3600.0, 10.0),
        (60.0, 10.0),
    ]
    .into_iter()
    .map(|(step_max_s, tolerance)| {
        let mut case = line();
        case.settings.step_max_s = step_max_s;
        case.settings.pressure_tolerance_pa = tolerance;
        let level = Level::Pressure(58e5);
        let open = [("in", Action::Start)];
        case.scenario.rules = vec![rule(
            "help",
            when(Some("b"), level, Side::Below),
            0.0,
            &open,
        )];
        let solution = solved(&case);
        let acted = by(&solution, "rule");
        assert!(!acted.is_empty());
        acted[0].time_s
    })
    .collect();
    for time in &times {
        assert!((time - times[3]).abs() < 4.0, "{times:?}");
    }
}

/// A supply that starts below 58 bar and is shut above 60 bar: the pressure at the end swings between,
/// and neither rule acts more often than it must.
#[test]
fn two_rules_make_a_dead_band() {
    let mut case = line();
    case.scenario.events.clear();
    case.scenario.duration_s = 24.0 * 3600.0;
    let (low, high) = (Level::Pressure(58e5), Level::Pressure(60e5));
    case.scenario.rules = vec![
        rule(
            "on",
            when(Some("b"), low, Side::Below),
            0.0,
            &[("in", Action::Start)],
        ),
        rule(
            "off",
            when(Some("b"), high, Side::Above),
            0.0,
            &[("in", Action::Shut)],
        ),
    ];
    let solution = solved(&case);
    let acted = by(&solution, "rule");
    let on = acted.iter().filter(|s| s.cause.contains("\"on\"")).count();
    let off = acted.iter().filter(|s| s.cause.contains("\"off\"")).count();
    assert!(on >= 3 && on.abs_diff(off) <= 1, "{on} {off}");
    let pairs = acted.windows(2);
    assert!(
        pairs.into_iter().all(|p| p[0].cause != p[1].cause),
        "{acted:#?}"
    );
}

/// Rules that contradict each other act once each: neither condition ceases to hold.
#[test]
fn rules_that_contradict_each_other_do_not_chatter() {
    let mut case = line();
    let (low, high) = (Level::Pressure(90e5), Level::Pressure(10e5));
    case.scenario.rules = vec![
        rule(
            "on",
            when(Some("b"), low, Side::Below),
            0.0,
            &[("in", Action::Start)],
        ),
        rule(
            "off",
            when(Some("b"), high, Side::Above),
            0.0,
            &[("in", Action::Shut)],
        ),
    ];
    let solution = solved(&case);
    assert_eq!(by(&solution, "rule").len(), 2);
}

/// A rule whose action undoes its condition at once acts once in each pause at most.
#[test]
fn a_pause_bounds_how_often_a_rule_acts() {
    let mut case = line();
    case.scenario.events.clear();
    let mut on = rule(
        "on",
        when(Some("out"), Level::Flow(FlowRate::mass(100.0)), Side::Below),
        0.0,
        &[("out", Action::Start)],
    );
    let mut off = rule(
        "off",
        when(Some("out"), Level::Flow(FlowRate::mass(100.0)), Side::Above),
        0.0,
        &[("out", Action::Shut)],
    );
    (on.pause_s, off.pause_s) = (600.0, 600.0);
    case.scenario.rules = vec![on, off];
    let solution = solved(&case);
    let acted = by(&solution, "rule").len();
    assert!(acted > 4, "{acted}");
    assert!(
        acted as f64 <= 2.0 * (case.scenario.duration_s / 600.0 + 1.0),
        "{acted}"
    );
}

#[test]
fn an_interlock_refuses() {
    let mut case = line();
    case.scenario
        .events
        .push(event(2.0 * 3600.0, "in", Action::Start));
    case.scenario.interlocks = vec![Interlock {
        name: "low".into(),
        element: "in".into(),
        refuses: Some(Refused::Start),
        when: when(Some("b"), Level::Pressure(69e5), Side::Below),
    }];
    let solution = solved(&case);
    let refused = by(&solution, "interlock");
    assert_eq!(refused.len(), 1, "{:?}", solution.switches);
    assert!((refused[0].time_s - 7200.0).abs() < 1e-6);
    assert!(refused[0].cause.contains("pressure of b below 69.00 bara"));
    let inflow = solution
        .terminals
        .value("mass_flow_kg_per_s", solution.time_s.len() - 1, "in");
    assert!(inflow.is_some_and(|q| q.abs() < 1e-9), "{inflow:?}");
}

/// A station trips when its suction pressure falls below its limit for the time stated, and only then.
#[test]
fn a_station_trips_on_low_suction() {
    let mut case = line();
    case.network.nodes.push(node("c", 0.0));
    case.network.off_takes[0].node = "c".into();
    let mut unit = station("s", "b", "c");
    unit.discharge_pressure_pa = Some(75e5);
    unit.trip = TripLimits {
        suction_pressure_pa: Some(56e5),
        discharge_pressure_pa: None,
        delay_s: 30.0,
    };
    case.network.compressor_stations = vec![unit];
    case.scenario.duration_s = 8.0 * 3600.0;
    case.scenario.rules = vec![rule(
        "crossing",
        when(Some("b"), Level::Pressure(56e5), Side::Below),
        0.0,
        &[],
    )];
    let solution = solved(&case);
    let trips = by(&solution, "protection");
    let crossing = by(&solution, "rule");
    assert_eq!(trips.len(), 1, "{:?}", solution.switches);
    assert!((trips[0].time_s - crossing[0].time_s - 30.0).abs() < 4e-3);
    assert!(trips[0].cause.contains("protection of s"), "{trips:?}");
}

/// When a line runs dry, what is asked of it cannot be taken: it is emptied down to the pressure outside
/// and no further, and the mass balance closes.
#[test]
fn an_off_take_does_not_take_what_is_not_there() {
    let mut case = line();
    case.scenario.duration_s = 12.0 * 3600.0;
    let solution = solved(&case);
    let last = solution.time_s.len() - 1;
    let pressure = solution
        .nodes
        .value("pressure_pa", last, "b")
        .expect("known");
    assert!((pressure - 101_325.0).abs() < 500.0, "{pressure}");
    assert!(solution.balance.residual_kg.abs() < 1e-10 * solution.balance.out_kg);
    let total = solution
        .terminal_totals
        .iter()
        .find(|t| t.id == "out")
        .expect("known");
    assert!(total.first_shortfall_s.is_some_and(|t| t > 4.0 * 3600.0));
}

fn contract(curtail: bool) -> Case {
    let mut case = line();
    case.network.off_takes[0].pressure_min_pa = Some(50e5);
    case.network.off_takes[0].curtail = curtail;
    case
}

/// An off-take that is held at its contract pressure and one that is not fall to it at the same time, and
/// that time does not depend on the steps: 0.001 bar of 1 bar in an hour is less than 4 s.
#[test]
fn survival_is_located() {
    let total = |case: &Case| solved(case).terminal_totals[1].clone();
    let held = total(&contract(true));
    let free = total(&contract(false));
    assert_eq!((held.id.as_str(), free.id.as_str()), ("out", "out"));
    let (short, below) = (held.first_shortfall_s, free.first_below_contract_s);
    let (Some(short), Some(below)) = (short, below) else {
        panic!("{held:?} {free:?}");
    };
    assert!((short - below).abs() < 0.05, "{short} {below}");
    assert_eq!(held.survival_s, Some(short - 3600.0));
    let mut fine = contract(true);
    fine.settings.step_max_s = 60.0;
    fine.settings.pressure_tolerance_pa = 10.0;
    let fine = total(&fine).first_shortfall_s.expect("a shortfall");
    assert!((short - fine).abs() < 4.0, "{short} {fine}");
}

/// What is held at rest at one pressure is volume times density: p M / (Z R T) for the ideal law.
#[test]
fn line_pack_above_contract_pressures() {
    let mut case = contract(true);
    case.scenario.duration_s = 0.0;
    case.network.pipes[0].pressure_max_pa = Some(80e5);
    case.network.areas = vec![Area {
        id: "west".into(),
        label: "West".into(),
        nodes: vec!["a".into(), "b".into()],
        pipes: Vec::new(),
    }];
    let solution = solved(&case);
    let per_pa = std::f64::consts::FRAC_PI_4 * 100e3 * 0.0174 / (0.9 * R * 288.15);
    let kinds: Vec<&str> = solution.linepacks.iter().map(|l| l.kind.as_str()).collect();
    assert_eq!(kinds, ["network", "area", "pipe"]);
    for held in &solution.linepacks {
        let near = |value: Option<f64>, want: f64| {
            let value = value.expect("known");
            assert!((value / want - 1.0).abs() < 1e-6, "{value} {want}");
        };
        near(held.floor_kg, 50e5 * per_pa);
        near(held.ceiling_kg, 80e5 * per_pa);
        near(held.usable_kg, held.now_kg - 50e5 * per_pa);
        near(held.settle_out_pressure_pa, held.now_kg / per_pa);
        assert!((held.now_kg / solution.balance.linepack_end_kg - 1.0).abs() < 1e-12);
    }
}

/// A line of two pipes of 50 km with a line-break valve between them, which breaks 10 km before it.
fn with_line_break_valve() -> Case {
    let mut case = single_pipe(
        case(0.0174, 0.9, 288.15),
        pipe("west", "a", "m", 50e3, 1.0, 0.01),
        70e5,
        200.0,
    );
    case.network.nodes.extend([node("m", 0.0), node("n", 0.0)]);
    case.network
        .pipes
        .push(pipe("east", "n", "b", 50e3, 1.0, 0.01));
    let mut gate = valve("gate", "m", "n");
    (gate.diameter_m, gate.stroke_s) = (Some(1.0), 30.0);
    gate.line_break = Some(LineBreak {
        rate_pa_per_s: 2e5 / 60.0,
        window_s: 60.0,
        delay_s: 0.0,
    });
    case.network.valves = vec![gate];
    case.network.off_takes[0].curtail = true;
    case.network.off_takes[0].pressure_min_pa = Some(40e5);
    case.scenario.duration_s = 7200.0;
    case
}

/// A rupture closes the valve by itself, soon after the wave has come; the gas behind it stays, and comes
/// to rest at the pressure that its mass has in that volume.
#[test]
fn a_rupture_closes_the_line_break_valve() {
    let mut case = with_line_break_valve();
    case.scenario.events = vec![
        event(600.0, "west", Action::Break { distance_m: 40e3 }),
        event(600.0, "out", Action::Shut),
    ];
    case.scenario.duration_s = 24.0 * 3600.0;
    let solution = solved(&case);
    let closed = by(&solution, "protection");
    assert_eq!(closed.len(), 1, "{closed:#?}");
    let after = closed[0].time_s - 600.0;
    // The wave needs 10 km / 352 m/s = 28 s, a cell of 1 km less on this mesh; 2 bar follow soon after.
    assert!((25.5..90.0).contains(&after), "{after} s");
    assert!(closed[0].cause.contains("line-break detection of gate"));
    let east = solution
        .linepacks
        .iter()
        .find(|l| l.kind == "section" && l.id == "b");
    let settled = east
        .and_then(|l| l.settle_out_pressure_pa)
        .expect("a section");
    let end = solution
        .nodes
        .value("pressure_pa", solution.time_s.len() - 1, "b");
    assert!(
        (end.expect("known") / settled - 1.0).abs() < 1e-4,
        "{end:?} {settled}"
    );
}

/// What a day brings does not close it: a demand that doubles within ten minutes.
#[test]
fn a_line_break_valve_lets_the_day_pass() {
    let mut case = with_line_break_valve();
    let set = Action::Set {
        set_point: SetPoint::Flow(FlowRate::mass(300.0)),
        ramp_s: 600.0,
    };
    case.scenario.events = vec![event(600.0, "out", set)];
    assert!(by(&solved(&case), "protection").is_empty());
}

/// A section of one cell's worth of gas blows down through a hole: choked, the mass falls exponentially with
/// the time constant V / (C A c*), c* = sqrt(Z R T / M) κ^(1/2) (2/(κ+1))^((κ+1)/(2(κ-1))), while the
/// pressure is above 1.9 times that outside.
#[test]
fn blow_down_through_a_vent() {
    let mut case = case(0.0174, 0.9, 288.15);
    case.network.nodes = vec![node("a", 0.0), node("b", 0.0)];
    case.network.pipes = vec![pipe("p", "a", "b", 1000.0, 1.0, 0.01)];
    case.network.leaks = vec![Leak {
        header: header("vent"),
        place: LeakPlace::Node { id: "b".into() },
        diameter_m: 0.05,
        discharge_coefficient: 0.9,
        open: false,
    }];
    case.network.supplies = vec![supply_pressure("in", "a", 60e5)];
    case.scenario.initial = InitialState::AtRest { pressure_pa: 60e5 };
    case.scenario.duration_s = 7200.0;
    case.scenario.events = vec![
        event(0.0, "in", Action::Shut),
        event(0.0, "vent", Action::Open),
    ];
    let down = when(Some("b"), Level::Pressure(6e5), Side::Below);
    case.scenario.rules = vec![rule("safe to work on", down, 0.0, &[])];
    let solution = solved(&case);
    let reached = by(&solution, "rule");
    let k = 1.29_f64;
    let gas = 0.9 * R * 288.15 / 0.0174;
    let choked = (k / gas).sqrt() * (2.0 / (k + 1.0)).powf((k + 1.0) / (2.0 * (k - 1.0)));
    let hole = 0.9 * std::f64::consts::FRAC_PI_4 * 0.05 * 0.05;
    let volume = std::f64::consts::FRAC_PI_4 * 1000.0;
    let want = 10.0_f64.ln() * volume / gas / (hole * choked);
    assert_eq!(reached.len(), 1, "{:?}", solution.switches);
    assert!(
        (reached[0].time_s / want - 1.0).abs() < 0.01,
        "{} {want}",
        reached[0].time_s
    );
}

/// A valve of a table closes as the table says: 0.1 of the bore is left at half of its travel.
#[test]
fn valves_close_along_their_curves() {
    let flow = |curve: ValveCurve, time_s: f64| {
        let mut case = with_line_break_valve();
        case.network.valves[0].line_break = None;
        case.network.valves[0].curve = curve;
        case.network.valves[0].stroke_s = 1000.0;
        case.scenario.output_interval_s = 100.0;
        case.scenario.events = vec![event(1000.0, "gate", Action::Close)];
        let solution = solved(&case);
        let row = solution
            .time_s
            .iter()
            .position(|&t| t == time_s)
            .expect("a row");
        let value = |name| solution.edges.value(name, row, "gate").expect("known");
        let loss = value("pressure_in_pa") - value("pressure_out_pa");
        (value("mass_flow_kg_per_s"), loss, value("pressure_in_pa"))
    };
    for (curve, opening) in [
        (ValveCurve::Linear, 0.5),
        (ValveCurve::Table(vec![[0.5, 0.1], [1.0, 1.0]]), 0.1),
        (ValveCurve::EqualPercentage, (50.0_f64.sqrt() - 1.0) / 49.0),
    ] {
        let (q, loss, p) = flow(curve.clone(), 1500.0);
        // loss = (1/θ² - 1) q² / (2 ρ A²), ρ at the mean of the two pressures or near it.
        let area = std::f64::consts::FRAC_PI_4;
        let density = p * 0.0174 / (0.9 * R * 288.15);
        let want = (opening.powi(-2) - 1.0) * q * q / (2.0 * density * area * area);
        assert!((loss / want - 1.0).abs() < 0.02, "{curve:?}: {loss} {want}");
    }
}

/// A run that is split in the middle of it all goes on as if it had not been: while the window of the
/// detection fills, while the valve moves, and after it has closed.
#[test]
fn rules_go_on_after_a_restart() {
    let mut case = with_line_break_valve();
    case.settings.checkpoint_s = 10.0;
    case.scenario.duration_s = 1800.0;
    case.scenario.events = vec![event(600.0, "west", Action::Break { distance_m: 40e3 })];
    let low = when(Some("b"), Level::Pressure(60e5), Side::Below);
    case.scenario.rules = vec![rule("low", low, 120.0, &[("out", Action::Shut)])];
    let model = Model::build(&case, &Options::default()).expect("a model");
    let whole = run(&model, None, None, &mut Silent).solution;
    assert_eq!(by(&whole, "protection").len(), 1);
    let end = |s: &Solution| {
        let last = s.time_s.len() - 1;
        ["a", "m", "n", "b"].map(|id| s.nodes.value("pressure_pa", last, id).expect("known"))
    };
    for split_s in [620.0, 640.0, 700.0, 1500.0] {
        let first = run(&model, None, Some(split_s), &mut Silent);
        let snapshot = first.snapshot.expect("a snapshot");
        let text = snapshot.to_json().expect("finite numbers");
        let read = linepack_results::Snapshot::from_json(&text).expect("what was written");
        let second = run(&model, Some(&read), None, &mut Silent).solution;
        for (split, unbroken) in end(&second).into_iter().zip(end(&whole)) {
            let apart = (split / unbroken - 1.0).abs();
            assert!(apart < 1e-12, "{split_s}: {split} {unbroken}");
        }
        let all = by(&first.solution, "protection").len() + by(&second, "protection").len();
        assert_eq!(all, 1, "{split_s}");
    }
}
