//! Random small networks: the least power found is that of a search through all states and a grid of
//! set-points by the steady solver alone.

use linepack_flow::{Model, Options, steady};
use linepack_formats::{Selection, read_str};
use linepack_network::{Case, ControlState, StationState};
use linepack_optimize::{Objective, StationModel, Verdict, optimize};
use rayon::prelude::*;
use std::fmt::Write;

/// Numbers from 0 to 1, the same on every machine (Marsaglia 2003, xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, low: f64, high: f64) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        low + (high - low) * (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A case file under way.
struct Sheet {
    text: String,
    dice: Dice,
}

impl Sheet {
    fn new(seed: u64) -> Self {
        let text = r#"
[case]
title = "random"
default_scenario = "s"
[settings]
volume_reference = "iso_standard"
atmospheric_pressure = "1.01325 bara"
ground_temperature = "12 degC"
friction = "nikuradse"
cell_length = "40 km"
source = "assumed"
[gas]
equation = "papay"
pseudo = { molar_mass = "18 g/mol", critical_pressure = "46 bara", critical_temperature = "192 K", isentropic_exponent = 1.3 }
viscosity = "1.1e-5 Pa.s"
source = "assumed"
[[scenario]]
name = "s"
title = "steady"
start = "2026-01-01T05:00:00Z"
duration = "0 h"
output_interval = "15 min"
source = "assumed"
"#;
        Self {
            text: text.to_owned(),
            dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        }
    }

    fn add(&mut self, kind: &str, id: &str, rest: &str) {
        let _ = write!(
            self.text,
            "[[{kind}]]\nid = \"{id}\"\n{rest}\nsource = \"assumed\"\n"
        );
    }

    fn nodes(&mut self, ids: &[(&str, f64, f64)]) {
        for (id, low, high) in ids {
            self.add("node", id, &format!("elevation = \"0 m\"\npressure_min = \"{low} bara\"\npressure_max = \"{high} bara\""));
        }
    }

    fn supply(&mut self, node: &str) {
        let pressure = self.dice.roll(45.0, 65.0);
        self.add(
            "supply",
            "s1",
            &format!("node = \"{node}\"\npressure = \"{pressure} bara\""),
        );
    }

    fn link(&mut self, kind: &str, id: &str, [from, to]: [&str; 2], rest: &str) {
        self.add(
            kind,
            id,
            &format!("from = \"{from}\"\nto = \"{to}\"\n{rest}"),
        );
    }

    /// A pipe of random length, 0.55 to 0.7 m wide times a factor.
    fn pipe(&mut self, id: &str, ends: [&str; 2], wide: f64) {
        let (length, bore) = (
            self.dice.roll(40.0, 110.0),
            wide * self.dice.roll(0.55, 0.7),
        );
        self.link(
            "pipe",
            id,
            ends,
            &format!(
                "length = \"{length} km\"\ninner_diameter = \"{bore} m\"\nroughness = \"20 um\""
            ),
        );
    }

    fn station(&mut self, id: &str, ends: [&str; 2]) {
        self.link("compressor_station", id, ends, "discharge_pressure = \"70 bara\"\nratio_max = 1.5\nisentropic_efficiency = 0.8\ndriver_efficiency = 0.35\nfuel_from_line = false");
    }

    fn off_take(&mut self, id: &str, node: &str, low: f64, high: f64) {
        let flow = self.dice.roll(low, high);
        self.add(
            "off_take",
            id,
            &format!("node = \"{node}\"\nflow = \"{flow} kg/s\""),
        );
    }

    fn case(self) -> Case {
        let loaded = read_str("random", &self.text, &Selection::default());
        loaded.expect("a network").case
    }
}

/// A supply, two stations in a row with two parallel pipes between them, and two off-takes.
fn line(seed: u64) -> Case {
    let mut sheet = Sheet::new(seed);
    let least = sheet.dice.roll(40.0, 56.0);
    let middle = sheet.dice.roll(30.0, 50.0);
    sheet.nodes(&[("a", 20.0, 70.0), ("b", 20.0, 70.0), ("c", 20.0, 70.0)]);
    sheet.nodes(&[("d", middle, 70.0), ("e", 20.0, 70.0), ("f", least, 70.0)]);
    sheet.supply("a");
    sheet.pipe("p1", ["a", "b"], 1.0);
    sheet.pipe("p2", ["c", "d"], 0.8);
    sheet.pipe("p3", ["c", "d"], 0.7);
    sheet.pipe("p4", ["e", "f"], 0.95);
    sheet.station("cs1", ["b", "c"]);
    sheet.station("cs2", ["d", "e"]);
    sheet.off_take("x1", "d", 10.0, 40.0);
    sheet.off_take("x2", "f", 40.0, 90.0);
    sheet.case()
}

/// Two routes with a valve each, one of them over a station, to an off-take.
fn routes(seed: u64) -> Case {
    let mut sheet = Sheet::new(seed);
    let least = sheet.dice.roll(40.0, 58.0);
    sheet.nodes(&[("a", 20.0, 70.0), ("b", 20.0, 70.0), ("c", 20.0, 70.0)]);
    sheet.nodes(&[("d", 20.0, 70.0), ("e", 20.0, 70.0), ("f", least, 70.0)]);
    sheet.nodes(&[("g", 20.0, 70.0)]);
    sheet.supply("a");
    sheet.pipe("p1", ["a", "b"], 1.0);
    sheet.pipe("p2", ["c", "d"], 0.8);
    sheet.pipe("p3", ["g", "e"], 0.9);
    sheet.pipe("p4", ["d", "f"], 0.9);
    sheet.link("valve", "v1", ["b", "g"], "");
    sheet.link("valve", "v2", ["e", "d"], "");
    sheet.station("cs1", ["b", "c"]);
    sheet.off_take("x1", "e", 5.0, 20.0);
    sheet.off_take("x2", "f", 30.0, 90.0);
    sheet.case()
}

/// A station, and behind it a control valve to a part that bears less.
fn regulated(seed: u64) -> Case {
    let mut sheet = Sheet::new(seed);
    let least = sheet.dice.roll(40.0, 56.0);
    let bears = sheet.dice.roll(35.0, 60.0);
    let needs = bears - sheet.dice.roll(3.0, 15.0);
    sheet.nodes(&[("a", 20.0, 70.0), ("b", 20.0, 70.0), ("c", 20.0, 70.0)]);
    sheet.nodes(&[("d", 20.0, 70.0), ("e", 16.0, bears), ("f", least, 70.0)]);
    sheet.nodes(&[("g", needs, bears)]);
    sheet.supply("a");
    sheet.pipe("p1", ["a", "b"], 1.0);
    sheet.pipe("p2", ["c", "d"], 0.9);
    sheet.pipe("p3", ["d", "f"], 0.9);
    sheet.pipe("p4", ["e", "g"], 0.8);
    sheet.station("cs1", ["b", "c"]);
    sheet.link(
        "control_valve",
        "cv1",
        ["d", "e"],
        "outlet_pressure = \"70 bara\"",
    );
    sheet.off_take("x1", "g", 5.0, 30.0);
    sheet.off_take("x2", "f", 20.0, 70.0);
    sheet.case()
}

/// Something that can be set: to so many states.
enum Switch {
    Station(usize),
    Valve(usize),
    ControlValve(usize),
}

impl Switch {
    fn all(case: &Case) -> Vec<Self> {
        let n = &case.network;
        let stations = (0..n.compressor_stations.len()).map(Self::Station);
        let valves = (0..n.valves.len()).map(Self::Valve);
        let control_valves = (0..n.control_valves.len()).map(Self::ControlValve);
        stations.chain(valves).chain(control_valves).collect()
    }

    fn states(&self) -> usize {
        match self {
            Self::Station(_) | Self::ControlValve(_) => 3,
            Self::Valve(_) => 2,
        }
    }

    /// Sets a state: 0 controls, or lets pass; whether a set-point is to be chosen.
    fn set(&self, case: &mut Case, state: usize) -> bool {
        let n = &mut case.network;
        match *self {
            Self::Station(i) => {
                n.compressor_stations[i].state = [
                    StationState::Running,
                    StationState::Bypass,
                    StationState::Closed,
                ][state];
                state == 0
            }
            Self::Valve(i) => {
                n.valves[i].opening = [1.0, 0.0][state];
                false
            }
            Self::ControlValve(i) => {
                n.control_valves[i].state = [
                    ControlState::Active,
                    ControlState::Bypass,
                    ControlState::Closed,
                ][state];
                state == 0
            }
        }
    }

    fn hold(&self, case: &mut Case, pressure_pa: f64) {
        let n = &mut case.network;
        match *self {
            Self::Station(i) => n.compressor_stations[i].discharge_pressure_pa = Some(pressure_pa),
            Self::ControlValve(i) => n.control_valves[i].outlet_pressure_pa = Some(pressure_pa),
            Self::Valve(_) => {}
        }
    }
}

/// The power of a network that stays within its limits, W.
fn power(case: &Case) -> Option<f64> {
    let model = Model::build(case, &Options::default()).ok()?;
    let solution = steady(&model);
    let fine = solution.status.converged && solution.violations.is_empty();
    let of = |s: &linepack_network::CompressorStation| {
        solution
            .edges
            .value("power_w", 0, &s.header.id)
            .unwrap_or(0.0)
    };
    fine.then(|| case.network.compressor_stations.iter().map(of).sum())
}

/// The lowest and the highest pressure that is held, Pa.
const RANGE: [f64; 2] = [20e5, 70e5 * (1.0 - 1e-6)];
/// Points of the first grid of each pressure, and of the finer grids around the best.
const GRIDS: [usize; 4] = [9, 5, 5, 5];

/// The least power with given states over the pressures that are held, W.
fn over_set_points(case: &Case, held: &[&Switch]) -> Option<f64> {
    let mut ranges = vec![RANGE; held.len()];
    let mut best: Option<(f64, Vec<f64>)> = None;
    for grid in GRIDS {
        let n = grid.pow(held.len() as u32);
        let width = |[low, high]: [f64; 2]| (high - low) / (grid - 1) as f64;
        for k in 0..n {
            let mut trial = case.clone();
            let at = |i: usize| {
                let step = k / grid.pow(i as u32) % grid;
                (ranges[i][0] + width(ranges[i]) * step as f64).clamp(RANGE[0], RANGE[1])
            };
            let point: Vec<f64> = (0..held.len()).map(at).collect();
            held.iter()
                .zip(&point)
                .for_each(|(s, &p)| s.hold(&mut trial, p));
            let Some(found) = power(&trial) else { continue };
            if best.as_ref().is_none_or(|b| found < b.0) {
                best = Some((found, point));
            }
        }
        let (_, point) = best.as_ref().filter(|_| !held.is_empty())?;
        for (range, p) in ranges.iter_mut().zip(point) {
            let half = width(*range);
            *range = [p - half, p + half];
        }
    }
    best.map(|b| b.0)
}

/// The least power, W, over all states and pressures; none where nothing is within limits.
fn brute_force(case: &Case) -> Option<f64> {
    let switches = Switch::all(case);
    let number: usize = switches.iter().map(Switch::states).product();
    let with = |mut k: usize| {
        let mut trial = case.clone();
        let mut held = Vec::new();
        for switch in &switches {
            if switch.set(&mut trial, k % switch.states()) {
                held.push(switch);
            }
            k /= switch.states();
        }
        match held.is_empty() {
            true => power(&trial),
            false => over_set_points(&trial, &held),
        }
    };
    (0..number).filter_map(with).min_by(f64::total_cmp)
}

/// What came out for a network.
struct Outcome {
    name: String,
    least: Option<f64>,
    verdict: Verdict,
    found: Option<f64>,
    bound: Option<f64>,
    /// Power of the steady solve of the plan.
    confirmed: Option<f64>,
}

fn outcome(k: u64) -> Outcome {
    let (kind, network): (_, fn(u64) -> Case) = match k % 3 {
        0 => ("line", line),
        1 => ("routes", routes),
        _ => ("regulated", regulated),
    };
    let case = network(k + 1);
    let plan = optimize(&case, &Objective::Power, StationModel::Maps).expect("a problem");
    Outcome {
        name: format!("{kind} {k}"),
        least: brute_force(&case),
        verdict: plan.verdict,
        found: plan.value,
        bound: plan.bound,
        confirmed: power(&plan.case),
    }
}

/// Brute force has a grid, so its best may lie above the least power, and never below it.
#[test]
fn random_networks_need_no_more_power_than_brute_force_finds() {
    const NETWORKS: u64 = 300;
    let outcomes: Vec<Outcome> = (0..NETWORKS).into_par_iter().map(outcome).collect();
    let (mut feasible, mut running, mut above) = (0, 0, 0);
    for o in &outcomes {
        let Some(least) = o.least else {
            // Between the points of the grid there may be one; the steady solver has the last word.
            let stands = o.verdict != Verdict::Feasible || o.confirmed.is_some();
            assert!(stands, "{}: the plan is beyond limits", o.name);
            continue;
        };
        assert_eq!(
            o.verdict,
            Verdict::Feasible,
            "{}: {least} W is feasible",
            o.name
        );
        let found = o.found.expect("a power");
        feasible += 1;
        running += usize::from(least > 0.0);
        above += usize::from(found > least * 1.0001 + 100.0);
        assert!(
            found <= 1.01 * least + 100.0,
            "{}: {found} W, brute force {least} W",
            o.name
        );
        let confirmed = o.confirmed.expect("the plan is within limits");
        let far = (confirmed - found).abs();
        assert!(
            far < 1e-4 * found + 100.0,
            "{}: {found} W, steady {confirmed} W",
            o.name
        );
        let bound = o.bound.unwrap_or(0.0);
        assert!(
            bound <= least * (1.0 + 1e-9) + 1.0,
            "{}: the bound {bound} W is above a point",
            o.name
        );
    }
    assert!(
        feasible >= 150 && running >= 75,
        "{feasible} are feasible, {running} need a station"
    );
    assert!(
        above * 100 <= feasible,
        "{above} of {feasible} are above brute force"
    );
}
