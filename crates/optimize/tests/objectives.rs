//! Cost, throughput, trade and shadow prices on a line with one station, against the steady solver alone.

use linepack_flow::{Model, Options, steady};
use linepack_formats::{Selection, read_str};
use linepack_network::Case;
use linepack_optimize::{
    Candidate, Objective, Offer, OptimizeError, Plan, Prices, StationModel, Trade, Verdict,
    optimize,
};
use linepack_results::Solution;

/// A supply of up to 60 bar, 80 km, a station, 100 km, an off-take that needs 45 bar, and behind closed valve
/// `v` a loop of the second pipe.
fn line(flow_kg_per_s: f64, fuel_from_line: bool) -> Case {
    let text = format!(
        r#"
[case]
title = "line"
default_scenario = "s"
[settings]
volume_reference = "iso_standard"
atmospheric_pressure = "1.01325 bara"
ground_temperature = "12 degC"
friction = "nikuradse"
cell_length = "20 km"
source = "assumed"
[gas]
equation = "gerg2008"
composition = {{ methane = 0.95, ethane = 0.03, nitrogen = 0.02 }}
viscosity = "1.1e-5 Pa.s"
source = "assumed"
[[node]]
id = "a"
elevation = "0 m"
source = "assumed"
[[node]]
id = "b"
elevation = "0 m"
pressure_min = "20 bara"
source = "assumed"
[[node]]
id = "c"
elevation = "0 m"
pressure_max = "70 bara"
source = "assumed"
[[node]]
id = "d"
elevation = "0 m"
pressure_min = "45 bara"
source = "assumed"
[[node]]
id = "l"
elevation = "0 m"
pressure_min = "1 bara"
source = "assumed"
[[supply]]
id = "s1"
node = "a"
pressure = "60 bara"
source = "assumed"
[[pipe]]
id = "p1"
from = "a"
to = "b"
length = "80 km"
inner_diameter = "0.6 m"
roughness = "20 um"
source = "assumed"
[[pipe]]
id = "p2"
from = "c"
to = "d"
length = "100 km"
inner_diameter = "0.6 m"
roughness = "20 um"
source = "assumed"
[[valve]]
id = "v"
from = "c"
to = "l"
opening = 0
source = "assumed"
[[pipe]]
id = "p3"
from = "l"
to = "d"
length = "100 km"
inner_diameter = "0.6 m"
roughness = "20 um"
source = "assumed"
[[compressor_station]]
id = "cs"
from = "b"
to = "c"
discharge_pressure = "70 bara"
ratio_max = 1.8
isentropic_efficiency = 0.8
driver_efficiency = 0.35
fuel_from_line = {fuel_from_line}
source = "assumed"
[[off_take]]
id = "x"
node = "d"
flow = "{flow_kg_per_s} kg/s"
source = "assumed"
[[scenario]]
name = "s"
title = "steady"
start = "2026-01-01T05:00:00Z"
duration = "0 h"
output_interval = "15 min"
source = "assumed"
"#
    );
    let loaded = read_str("line", &text, &Selection::default());
    loaded.expect("a network").case
}

/// The same without the loop.
fn single(flow_kg_per_s: f64, fuel_from_line: bool) -> Case {
    let mut case = line(flow_kg_per_s, fuel_from_line);
    case.network.valves.clear();
    case.network.pipes.retain(|p| p.header.id != "p3");
    case.network.nodes.retain(|n| n.header.id != "l");
    case
}

fn solve(case: &Case) -> Solution {
    steady(&Model::build(case, &Options::default()).expect("a model"))
}

fn within(case: &Case) -> bool {
    let solution = solve(case);
    solution.status.converged && solution.violations.is_empty()
}

/// Where a condition changes from false to true, between two numbers.
fn bisect(mut no: f64, mut yes: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..50 {
        let middle = 0.5 * (no + yes);
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

fn near(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * b.abs()
}

fn plan(case: &Case, objective: &Objective) -> Plan {
    let plan = optimize(case, objective, StationModel::Maps).expect("a problem");
    assert_eq!(
        plan.verdict,
        Verdict::Feasible,
        "{objective:?} {:?} {:?}",
        plan.check,
        plan.passed
    );
    plan
}

const FLOW: f64 = 80.0;
const PRICES: Prices = Prices {
    gas_per_kg: 0.3,
    power_per_j: 2e-8,
};

/// Power, W, and fuel, kg/s, at the lowest discharge pressure that keeps the off-take at its 45 bar.
fn least_work(flow: f64, fuel_from_line: bool, least_pa: f64) -> (f64, f64) {
    let with = |pressure_pa: f64| {
        let mut case = line(flow, fuel_from_line);
        case.network.compressor_stations[0].discharge_pressure_pa = Some(pressure_pa);
        solve(&case)
    };
    let arrives = |p: f64| with(p).nodes.value("pressure_pa", 0, "d").unwrap_or(0.0) >= least_pa;
    let solution = with(bisect(40e5, 70e5, arrives));
    let value = |quantity| solution.edges.value(quantity, 0, "cs").unwrap_or(0.0);
    (value("power_w"), value("fuel_kg_per_s"))
}

/// Gas of the line costs by its mass, other energy by the shaft power over the efficiency of the drive.
#[test]
fn the_least_cost_is_that_of_the_least_discharge_pressure() {
    let (_, fuel) = least_work(FLOW, true, 45e5);
    let gas = plan(&single(FLOW, true), &Objective::Cost(PRICES));
    let cost = gas.value.expect("a cost");
    assert!(near(cost, 0.3 * fuel, 1e-3), "{cost} {fuel}");
    let (power, _) = least_work(FLOW, false, 45e5);
    let electric = plan(&single(FLOW, false), &Objective::Cost(PRICES));
    let cost = electric.value.expect("a cost");
    assert!(near(cost, 2e-8 * power / 0.35, 1e-3), "{cost} {power}");
}

/// The most that the steady solver delivers with the station at full pressure.
fn most(case: &Case) -> f64 {
    let at = |flow: f64| {
        let mut case = case.clone();
        case.network.off_takes[0].flow = Some(linepack_units::FlowRate::mass(flow));
        within(&case)
    };
    bisect(200.0, 50.0, at)
}

#[test]
fn the_largest_delivery_is_that_of_the_steady_solver() {
    let case = line(FLOW, false);
    let objective = Objective::Throughput {
        off_take: "x".into(),
    };
    let found = plan(&case, &objective);
    // The valve may be opened: the loop carries part of it.
    let mut open = case.clone();
    open.network.valves[0].opening = 1.0;
    let most = most(&case).max(most(&open));
    let value = found.value.expect("a delivery");
    assert!(near(value, most, 1e-3), "{value} {most}");
    let bound = found.bound.expect("a bound");
    assert!(bound >= value * (1.0 - 1e-6), "{bound} {value}");
}

/// What the least pressure of the off-take costs in power, and what a kilogram more does, by differences.
#[test]
fn shadow_prices_are_what_a_change_of_the_limit_brings() {
    let found = plan(&single(FLOW, false), &Objective::Power);
    let price = |element: &str, quantity: &str| {
        let mut of = found.binding.iter();
        let binding = of.find(|b| b.element == element && b.quantity == quantity);
        binding.and_then(|b| b.price).expect("it binds")
    };
    let by = 1e4;
    let of_pressure =
        (least_work(FLOW, false, 45e5 + by).0 - least_work(FLOW, false, 45e5 - by).0) / (2.0 * by);
    let shadow = price("d", "pressure_min_pa");
    assert!(
        near(shadow, of_pressure, 1e-2),
        "{shadow} W/Pa, differences {of_pressure}"
    );
    let by = 0.1;
    let of_flow =
        (least_work(FLOW + by, false, 45e5).0 - least_work(FLOW - by, false, 45e5).0) / (2.0 * by);
    let shadow = price("x", "flow_kg_per_s");
    assert!(
        near(shadow, of_flow, 1e-2),
        "{shadow} W per kg/s, differences {of_flow}"
    );
}

/// Gas is worth more than it costs until the line is full; where it is worth less, none is taken.
#[test]
fn trade_takes_what_is_worth_it() {
    let case = line(FLOW, false);
    let trade = |worth: f64| {
        let offer = |terminal: &str, per_kg: f64| Offer {
            terminal: terminal.into(),
            per_kg,
            flow_kg_per_s: [0.0, 60.0],
        };
        let free = Prices {
            gas_per_kg: 0.0,
            power_per_j: 0.0,
        };
        let offers = vec![offer("s1", 1.0), offer("x", worth)];
        plan(
            &case,
            &Objective::Trade(Trade {
                offers,
                prices: free,
            }),
        )
    };
    let value = trade(3.0).value.expect("a value");
    assert!(near(value, -120.0, 1e-4), "60 kg/s earn 2 each: {value}");
    let value = trade(0.5).value.expect("a value");
    assert!(value.abs() < 1e-3, "nothing is taken: {value}");
}

/// 110 kg/s need the loop; 60 do not.
#[test]
fn a_loop_is_built_where_it_is_needed() {
    let candidates = vec![Candidate {
        valve: "v".into(),
        cost: 7.0,
    }];
    let cost = |flow: f64| {
        let objective = Objective::Build(candidates.clone());
        plan(&line(flow, false), &objective).value
    };
    let needs = most(&line(FLOW, false)) + 3.0;
    assert_eq!(cost(needs), Some(7.0));
    assert_eq!(cost(60.0), Some(0.0));
}

#[test]
fn what_is_not_there_is_named() {
    let case = line(FLOW, false);
    let with = |objective: &Objective| optimize(&case, objective, StationModel::Maps).err();
    let build = Objective::Build(vec![Candidate {
        valve: "w".into(),
        cost: 1.0,
    }]);
    assert_eq!(with(&build), Some(OptimizeError::NoSuchValve("w".into())));
    let throughput = Objective::Throughput {
        off_take: "y".into(),
    };
    assert_eq!(
        with(&throughput),
        Some(OptimizeError::NoSuchOffTake("y".into()))
    );
}
