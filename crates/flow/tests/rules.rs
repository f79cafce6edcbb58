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
