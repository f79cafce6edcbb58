//! Ensembles: a member is the run of its changed case, whatever ran before it and wherever; failures stay
//! with the member that fails.

mod support;

use linepack_flow::ensemble::{
    End, Member, Outcome, Series, SeriesKind, Settings, Unwatched, Watcher, member, members,
    run_members,
};
use linepack_flow::{Model, Options, Silent, run};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::FlowRate;
use std::cell::Cell;
use support::*;

const HOUR_S: f64 = 3600.0;

/// A line with a station, a control valve and a valve; two off-takes of which one follows a profile of
/// factors and one a profile of flows.
fn line() -> Case {
    let mut case = case(0.018, 0.9, 288.15);
    let n = &mut case.network;
    n.nodes = ["a", "b", "c", "d", "e", "f"]
        .map(|id| node(id, 0.0))
        .to_vec();
    for node in &mut n.nodes {
        (node.pressure_min_pa, node.pressure_max_pa) = (Some(20e5), Some(100e5));
    }
    n.pipes = vec![
        pipe("a-b", "a", "b", 40e3, 0.7, 0.011),
        pipe("c-d", "c", "d", 60e3, 0.7, 0.011),
        pipe("e-f", "e", "f", 20e3, 0.5, 0.012),
    ];
    let mut station = station("cs", "b", "c");
    (station.ratio_max, station.discharge_pressure_pa) = (1.6, Some(72e5));
    n.compressor_stations = vec![station];
    let mut control = ControlValve::new("cv", "d", "e");
    control.outlet_pressure_pa = Some(45e5);
    n.control_valves = vec![control];
    n.supplies = vec![supply_pressure("in", "a", 60e5)];
    n.off_takes = vec![off_take("city", "f", 30.0), off_take("plant", "d", 0.0)];
    n.off_takes[0].flow_profile = Some("day".into());
    n.off_takes[0].pressure_min_pa = Some(30e5);
    n.off_takes[1].flow_profile = Some("shifts".into());
    let hours = [0.0, 2.0, 4.0, 6.0].map(|h| h * HOUR_S);
    case.profiles = vec![
        profile("day", &hours, &[1.0, 1.3, 0.8, 1.0], ProfileValues::Factor),
        profile(
            "shifts",
            &hours,
            &[20.0, 40.0, 30.0, 20.0],
            ProfileValues::Flow(FlowRate::mass(1.0)),
        ),
    ];
    case.scenario.duration_s = 6.0 * HOUR_S;
    case.scenario.output_interval_s = HOUR_S;
    case
}

fn model(case: &Case) -> Model {
    let options = Options {
        threads: Some(1),
        ..Options::default()
    };
    Model::build(case, &options).expect("a model")
}

fn series() -> Vec<Series> {
    let of = |kind, element: &str, quantity: &str| Series {
        kind,
        element: element.into(),
        quantity: quantity.into(),
    };
    vec![
        Series::linepack(),
        of(SeriesKind::Node, "f", "pressure_pa"),
        of(SeriesKind::Terminal, "in", "mass_flow_kg_per_s"),
        of(SeriesKind::Edge, "cs", "power_w"),
    ]
}

fn outcomes_of(
    case: &Case,
    list: Vec<Member>,
    threads: usize,
    watch: &dyn Watcher,
) -> Vec<Outcome> {
    let settings = Settings {
        threads: Some(threads),
        series: series(),
    };
    let mut found = Vec::new();
    let told = |outcome: &Outcome| {
        found.push(outcome.clone());
        Ok::<(), ()>(())
    };
    run_members(&model(case), list, &settings, watch, told).expect("nothing goes wrong");
    found
}

fn target(kind: ElementKind, index: usize, field: Field) -> Target {
    Target { kind, index, field }
}

const CITY: Target = Target {
    kind: ElementKind::OffTake,
    index: 0,
    field: Field::Flow,
};
const PLANT: Target = Target { index: 1, ..CITY };

fn changing(index: u64, changes: &[(Target, Act)]) -> Member {
    Member {
        index,
        changes: changes
            .iter()
            .map(|&(target, act)| Change { target, act })
            .collect(),
        ..Member::default()
    }
}

/// An outcome and the run of a case are the same, bit for bit.
fn assert_same(outcome: &Outcome, solution: &Solution) {
    assert_eq!(outcome.end, End::Complete, "{}", outcome.message);
    assert!(solution.status.complete, "{}", solution.status.message);
    let c = &solution.counters;
    assert_eq!(
        (outcome.steps, outcome.rejected_steps, outcome.iterations),
        (c.steps, c.rejected_steps, c.newton_iterations),
    );
    assert_eq!(outcome.time_s, solution.time_s);
    let width = series().len();
    for (row, &linepack) in solution.linepack_kg.iter().enumerate() {
        let of = |frame: &linepack_results::Frame, name, id| {
            frame.value(name, row, id).expect("it is there").to_bits()
        };
        let kept: Vec<u64> = outcome.series[row * width..][..width]
            .iter()
            .map(|x| x.to_bits())
            .collect();
        let want = [
            linepack.to_bits(),
            of(&solution.nodes, "pressure_pa", "f"),
            of(&solution.terminals, "mass_flow_kg_per_s", "in"),
            of(&solution.edges, "power_w", "cs"),
        ];
        assert_eq!(kept, want, "row {row} of member {}", outcome.index);
    }
    let (amounts, balance) = (&outcome.amounts, &solution.balance);
    assert_eq!(amounts.in_kg, balance.in_kg);
    assert_eq!(amounts.out_kg, balance.out_kg);
    assert_eq!(amounts.linepack_end_kg, balance.linepack_end_kg);
}

#[test]
fn an_unchanged_member_is_the_run_of_the_case() {
    let case = line();
    let found = outcomes_of(
        &case,
        vec![Member::default(), Member::default()],
        1,
        &Unwatched,
    );
    let whole = run(&model(&case), None, None, &mut Silent).solution;
    assert_eq!(found.len(), 2);
    // The second one finds the work arrays as the first one left them.
    found
        .iter()
        .for_each(|outcome| assert_same(outcome, &whole));
}

/// Every way to change a law, one after the other in the same work arrays, and changes of the mesh and of
/// what takes part between them.
#[test]
fn a_member_is_the_run_of_its_changed_case() {
    let case = line();
    use ElementKind as K;
    let cs = |field| target(K::CompressorStation, 0, field);
    let lists: Vec<Vec<(Target, Act)>> = vec![
        vec![(CITY, Act::Factor(1.2))],
        vec![
            (PLANT, Act::Factor(0.5)),
            (CITY, Act::AddFlow(FlowRate::mass(2.0))),
        ],
        vec![(PLANT, Act::AddFlow(FlowRate::mass(-5.0)))],
        vec![(target(K::Supply, 0, Field::Pressure), Act::Value(58e5))],
        vec![(target(K::Supply, 0, Field::Pressure), Act::Add(20e5))],
        vec![
            (cs(Field::DischargePressure), Act::Add(-3e5)),
            (cs(Field::RatioMax), Act::Value(1.3)),
        ],
        vec![(cs(Field::IsentropicEfficiency), Act::Value(0.7))],
        vec![(
            target(K::ControlValve, 0, Field::OutletPressure),
            Act::Value(40e5),
        )],
        vec![
            (target(K::Pipe, 1, Field::Roughness), Act::Factor(2.0)),
            (CITY, Act::Factor(1.1)),
        ],
        vec![(target(K::OffTake, 1, Field::InService), Act::Value(0.0))],
        vec![(target(K::Pipe, 0, Field::Diameter), Act::Factor(0.98))],
        vec![(CITY, Act::Flow(FlowRate::mass(33.0)))],
        vec![],
    ];
    let list = lists.iter().zip(0..).map(|(c, i)| changing(i, c)).collect();
    let found = outcomes_of(&case, list, 1, &Unwatched);
    assert_eq!(found.len(), lists.len());
    for (outcome, changes) in found.iter().zip(&lists) {
        let mut changed = case.clone();
        for &(target, act) in changes {
            Change { target, act }
                .apply(&mut changed)
                .expect("it can be meant");
        }
        let solution = run(&model(&changed), None, None, &mut Silent).solution;
        assert_same(outcome, &solution);
    }
}

fn event(at_s: f64, element: &str, action: Action) -> Event {
    Event {
        at_s,
        element: element.into(),
        action,
    }
}

#[test]
fn outages_of_a_member_are_events_of_its_case() {
    let case = line();
    let events = vec![
        event(1.5 * HOUR_S, "cs", Action::Trip),
        event(2.25 * HOUR_S, "cs", Action::Start),
    ];
    let list = vec![
        Member {
            events: events.clone(),
            ..Member::default()
        },
        Member::default(),
    ];
    let found = outcomes_of(&case, list, 1, &Unwatched);
    let mut tripped = case.clone();
    tripped.scenario.events = events;
    assert_same(
        &found[0],
        &run(&model(&tripped), None, None, &mut Silent).solution,
    );
    assert_same(
        &found[1],
        &run(&model(&case), None, None, &mut Silent).solution,
    );
}

/// Demands that differ, a set-point, a roughness and an outage.
fn ensemble(members: u64) -> Ensemble {
    let varied = |name: &str, targets: &[Target], way, distribution| Variation {
        name: name.into(),
        targets: targets
            .iter()
            .map(|t| (*t, format!("{name}.{}", t.index)))
            .collect(),
        each: true,
        way,
        unit: "1".into(),
        distribution,
        group: None,
    };
    let normal = |mean: f64, deviation: f64| Distribution::Normal {
        mean,
        deviation,
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
    let mut demand = varied("demand", &[CITY, PLANT], Way::Factor, normal(1.0, 0.15));
    demand.group = Some(0);
    let supply = target(ElementKind::Supply, 0, Field::Pressure);
    let rough = target(ElementKind::Pipe, 1, Field::Efficiency);
    Ensemble {
        title: String::new(),
        members,
        seed: 7,
        variations: vec![
            demand,
            varied("pressure", &[supply], Way::Add, normal(0.0, 1e5)),
            varied(
                "efficiency",
                &[rough],
                Way::Value,
                Distribution::Discrete {
                    values: vec![0.9, 1.0],
                    weights: vec![1.0, 3.0],
                },
            ),
        ],
        outages: vec![Outage {
            name: "trip".into(),
            element: "cs".into(),
            begins: Action::Trip,
            ends: Action::Start,
            probability: 0.3,
            start: Distribution::Uniform {
                low: 0.0,
                high: 5.0 * HOUR_S,
            },
            duration: Some(Distribution::Uniform {
                low: 600.0,
                high: HOUR_S,
            }),
        }],
        groups: vec![Group {
            name: "weather".into(),
            correlation: 0.6,
        }],
        kept: Vec::new(),
    }
}

/// As text, in which every number has all its digits and NaN is NaN.
fn told(outcomes: &[Outcome]) -> Vec<String> {
    outcomes.iter().map(|o| format!("{o:?}")).collect()
}

#[test]
fn outcomes_do_not_depend_on_threads() {
    let (case, ensemble) = (line(), ensemble(40));
    let all = || members(&ensemble).collect::<Vec<_>>();
    let one = outcomes_of(&case, all(), 1, &Unwatched);
    assert_eq!(one.len(), 40);
    assert!(one.iter().any(|o| o.end == End::Complete));
    assert_eq!(told(&one), told(&outcomes_of(&case, all(), 2, &Unwatched)));
    assert_eq!(told(&one), told(&outcomes_of(&case, all(), 5, &Unwatched)));
}

#[test]
fn a_member_alone_is_the_same_as_among_others() {
    let (case, ensemble) = (line(), ensemble(12));
    let all = outcomes_of(&case, members(&ensemble).collect(), 2, &Unwatched);
    for k in [0, 5, 11] {
        let alone = outcomes_of(&case, vec![member(&ensemble, k)], 1, &Unwatched);
        assert_eq!(told(&alone), told(&all[k as usize..][..1]));
    }
}

/// A demand that no line can meet, one that is none, and a number that the case does not have.
#[test]
fn failures_stay_with_their_members() {
    let case = line();
    let station = target(ElementKind::CompressorStation, 0, Field::SuctionPressure);
    let list = vec![
        changing(0, &[]),
        changing(1, &[(CITY, Act::Factor(1000.0))]),
        changing(2, &[(CITY, Act::Factor(-1.0))]),
        changing(3, &[(station, Act::Factor(1.1))]),
        changing(4, &[]),
    ];
    let found = outcomes_of(&case, list, 1, &Unwatched);
    let ends: Vec<End> = found.iter().map(|o| o.end).collect();
    use End::{Complete, NotSolved, Refused};
    assert_eq!(ends, [Complete, NotSolved, Refused, Refused, Complete]);
    assert!(found[1].element.is_some() && !found[1].message.is_empty());
    assert!(
        found[2].message.contains("would be -30"),
        "{}",
        found[2].message
    );
    assert!(
        found[3].message.contains("states no `suction_pressure`"),
        "{}",
        found[3].message
    );
    let words = |o: &Outcome| {
        format!(
            "{:?}",
            Outcome {
                index: 0,
                ..o.clone()
            }
        )
    };
    assert_eq!(words(&found[4]), words(&found[0]));
}

/// Fails while a member runs.
struct Fails;

impl Watcher for Fails {
    fn step(&self, member: u64, time_s: f64) {
        assert!(member != 3 || time_s < 2.0 * HOUR_S, "a defect");
    }
}

#[test]
fn a_panic_is_a_failed_member() {
    let (case, ensemble) = (line(), ensemble(8));
    let all = || members(&ensemble).collect::<Vec<_>>();
    let mut found = outcomes_of(&case, all(), 2, &Fails);
    let mut want = outcomes_of(&case, all(), 2, &Unwatched);
    assert_eq!(want[3].end, End::Complete);
    assert_eq!(found[3].end, End::Panicked);
    assert!(
        found[3].message.contains("a defect"),
        "{}",
        found[3].message
    );
    assert_eq!(found[3].values, want[3].values);
    found.remove(3);
    want.remove(3);
    assert_eq!(told(&found), told(&want));
}

/// Stops when the fourth member is under way.
struct Stops;

impl Watcher for Stops {
    fn step(&self, _: u64, _: f64) {}
    fn stop(&self) -> bool {
        STOPPED.load(std::sync::atomic::Ordering::SeqCst)
    }
}

static STOPPED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

#[test]
fn a_stopped_ensemble_keeps_the_members_before() {
    let (case, ensemble) = (line(), ensemble(30));
    let settings = Settings {
        threads: Some(1),
        series: Vec::new(),
    };
    let mut indices = Vec::new();
    let told = |o: &Outcome| {
        indices.push(o.index);
        STOPPED.store(o.index == 3, std::sync::atomic::Ordering::SeqCst);
        Ok::<(), ()>(())
    };
    run_members(&model(&case), members(&ensemble), &settings, &Stops, told).expect("it ends");
    assert!(indices.len() >= 4 && indices.len() < 30, "{indices:?}");
    assert_eq!(indices, (0..indices.len() as u64).collect::<Vec<_>>());
}

/// Memory is that of a window: members are not drawn long before they are told.
#[test]
fn few_members_are_under_way() {
    let case = line();
    let drawn = Cell::new(0_u64);
    let list = (0..300).map(|index| {
        drawn.set(drawn.get() + 1);
        changing(index, &[(CITY, Act::Factor(-1.0))])
    });
    let settings = Settings {
        threads: Some(2),
        series: Vec::new(),
    };
    let mut most = 0;
    let told = |o: &Outcome| {
        most = most.max(drawn.get() - o.index);
        Ok::<(), ()>(())
    };
    run_members(&model(&case), list, &settings, &Unwatched, told).expect("it ends");
    assert_eq!(drawn.get(), 300);
    assert!(most <= 2 * 16, "{most} members were drawn and not yet told");
}

/// What comes of outcomes may fail, and ends the ensemble.
#[test]
fn an_error_of_the_sink_ends_the_ensemble() {
    let case = line();
    let settings = Settings::default();
    let list = (0..1000).map(|i| changing(i, &[(CITY, Act::Factor(-1.0))]));
    let told = |o: &Outcome| if o.index == 5 { Err("full") } else { Ok(()) };
    let end = run_members(&model(&case), list, &settings, &Unwatched, told);
    assert_eq!(end, Err("full"));
}
