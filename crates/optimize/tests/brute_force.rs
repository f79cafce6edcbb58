//! Random small networks: the least power found is that of a search through all states and a grid of
//! set-points by the steady solver alone.

use linepack_flow::{Model, Options, steady};
use linepack_formats::{Selection, read_str};
use linepack_network::{Case, StationState};
use linepack_optimize::{Objective, StationModel, Verdict, optimize};

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

/// A supply, two stations in a row with two parallel pipes between them, and two off-takes.
fn network(dice: &mut Dice) -> Case {
    let mut text = String::from(
        r#"
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
"#,
    );
    let least = dice.roll(40.0, 56.0);
    let middle = dice.roll(30.0, 50.0);
    for (id, low) in [
        ("a", 20.0),
        ("b", 20.0),
        ("c", 20.0),
        ("d", middle),
        ("e", 20.0),
        ("f", least),
    ] {
        text += &format!(
            "[[node]]\nid = \"{id}\"\nelevation = \"0 m\"\npressure_min = \"{low} bara\"\npressure_max = \"70 bara\"\nsource = \"assumed\"\n"
        );
    }
    let supply = dice.roll(45.0, 65.0);
    text += &format!(
        "[[supply]]\nid = \"s1\"\nnode = \"a\"\npressure = \"{supply} bara\"\nsource = \"assumed\"\n"
    );
    let mut pipe = |id: &str, from: &str, to: &str, wide: f64| {
        let (length, bore) = (dice.roll(40.0, 110.0), wide * dice.roll(0.55, 0.7));
        text += &format!(
            "[[pipe]]\nid = \"{id}\"\nfrom = \"{from}\"\nto = \"{to}\"\nlength = \"{length} km\"\ninner_diameter = \"{bore} m\"\nroughness = \"20 um\"\nsource = \"assumed\"\n"
        );
    };
    pipe("p1", "a", "b", 1.0);
    pipe("p2", "c", "d", 0.8);
    pipe("p3", "c", "d", 0.7);
    pipe("p4", "e", "f", 0.95);
    for (id, from, to) in [("cs1", "b", "c"), ("cs2", "d", "e")] {
        text += &format!(
            "[[compressor_station]]\nid = \"{id}\"\nfrom = \"{from}\"\nto = \"{to}\"\ndischarge_pressure = \"70 bara\"\nratio_max = 1.5\nisentropic_efficiency = 0.8\ndriver_efficiency = 0.35\nfuel_from_line = false\nsource = \"assumed\"\n"
        );
    }
    let (q1, q2) = (dice.roll(10.0, 40.0), dice.roll(40.0, 90.0));
    for (id, node, q) in [("x1", "d", q1), ("x2", "f", q2)] {
        text += &format!(
            "[[off_take]]\nid = \"{id}\"\nnode = \"{node}\"\nflow = \"{q} kg/s\"\nsource = \"assumed\"\n"
        );
    }
    let loaded = read_str("random", &text, &Selection::default());
    loaded.expect("a network").case
}

/// Points of the grid of each discharge pressure.
const GRID: usize = 9;

/// The least power, W, over all states and discharge pressures of a grid; none where none is within limits.
fn brute_force(case: &Case) -> Option<f64> {
    let mut best: Option<f64> = None;
    for states in 0..4 {
        let runs = [states & 1 == 1, states & 2 == 2];
        let points = runs.map(|r| if r { GRID } else { 1 });
        for k in 0..points[0] * points[1] {
            let at = [k % points[0], k / points[0]];
            let mut trial = case.clone();
            for (s, station) in trial.network.compressor_stations.iter_mut().enumerate() {
                if runs[s] {
                    let share = (at[s] + 1) as f64 / GRID as f64;
                    station.discharge_pressure_pa = Some(25e5 + share * 45e5 * (1.0 - 1e-6));
                } else {
                    station.state = StationState::Bypass;
                }
            }
            let model = Model::build(&trial, &Options::default()).expect("a model");
            let solution = steady(&model);
            if solution.status.converged && solution.violations.is_empty() {
                let power = |id| solution.edges.value("power_w", 0, id).unwrap_or(0.0);
                let sum = power("cs1") + power("cs2");
                best = Some(best.map_or(sum, |b: f64| b.min(sum)));
            }
        }
    }
    best
}

/// The grid has steps of 5 bar, so its best may lie above the least power, and never below it.
#[test]
fn random_networks_need_no_more_power_than_brute_force_finds() {
    const NETWORKS: u64 = 30;
    let (mut feasible, mut above, mut infeasible) = (0, 0, 0);
    for seed in 1..=NETWORKS {
        let case = network(&mut Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let plan = optimize(&case, &Objective::Power, StationModel::Maps).expect("a problem");
        let Some(least) = brute_force(&case) else {
            infeasible += 1;
            continue;
        };
        assert_eq!(
            plan.verdict,
            Verdict::Feasible,
            "network {seed}: {least} W is feasible"
        );
        let found = plan.value.expect("a power");
        feasible += 1;
        if found > least * 1.0001 + 100.0 {
            above += 1;
            assert!(
                found < 1.01 * least,
                "network {seed}: {found} W, brute force {least} W"
            );
        }
        assert!(
            plan.bound.is_none_or(|b| b <= least * (1.0 + 1e-9) + 1.0),
            "network {seed}: the bound is above a point"
        );
    }
    assert!(
        feasible >= 15,
        "only {feasible} networks are feasible, {infeasible} are not"
    );
    assert!(
        above * 100 <= NETWORKS,
        "{above} of {feasible} are above brute force"
    );
}
