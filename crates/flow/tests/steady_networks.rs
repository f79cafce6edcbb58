//! Published steady networks and the capacity of the 907 km line.

#![expect(clippy::print_stdout, reason = "tests print what they measured")]

mod support;

use linepack_flow::{Model, Options, steady};
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::*;
use linepack_results::Solution;
use linepack_units::{FlowRate, ReferenceConditions};
use support::*;

fn solve(case: &Case) -> Solution {
    let model = Model::build(case, &Options::default()).expect("a model");
    let solution = steady(&model);
    assert!(solution.status.converged, "{:?}", solution.status);
    println!("  {} iterations", solution.counters.newton_iterations);
    solution
}

/// Osiadacz's law p1² - p2² = 18.43 L Q|Q|^0.854/(E² D^4.854) (bar, m, m³/h, mm), as the power law
/// that Panhandle A is: the efficiency is set such that the coefficients agree.
fn osiadacz(inputs: &serde_json::Value, example: &str) -> Case {
    let data = &inputs[example];
    let mut case = case(0.0182, 1.0, 288.15);
    case.settings.volume_reference = ReferenceConditions::ISO_STANDARD;
    for i in 1..=data["n_nodes"].as_u64().expect("a count") {
        case.network.nodes.push(node(&format!("{i:02}"), 0.0));
    }
    let (p, l, d): (f64, f64, f64) = (1e5, 1.0, 0.7);
    for (i, row) in data["pipes_fr_to_Dmm_Lm"]
        .as_array()
        .expect("pipes")
        .iter()
        .enumerate()
    {
        let r = numbers(row);
        let name = format!("pipe{:02}", i + 1);
        let ends = [r[0], r[1]].map(|n| format!("{n:02}"));
        let mut pipe = pipe(&name, &ends[0], &ends[1], r[3], r[2] / 1000.0, 0.0);
        pipe.friction = Some(FrictionLaw::PanhandleA);
        pipe.efficiency = efficiency(p, l, d);
        pipe.cells = Some(1);
        case.network.pipes.push(pipe);
    }
    for (i, load) in numbers(&data["load_m3_h"])
        .iter()
        .enumerate()
        .filter(|(_, l)| **l > 0.0)
    {
        let mut taker = off_take(&format!("load{:02}", i + 1), &format!("{:02}", i + 1), 0.0);
        taker.flow = Some(cubic_metres(*load));
        case.network.off_takes.push(taker);
    }
    let source = &data["source"];
    let node = format!("{:02}", source["node"].as_u64().expect("a node"));
    case.network.supplies = vec![supply_pressure(
        "source",
        &node,
        number(source, "p_bar") * 1e5,
    )];
    case
}

fn cubic_metres(per_hour: f64) -> FlowRate {
    FlowRate::Volume {
        m3_per_s: per_hour / 3600.0,
        reference: ReferenceConditions::ISO_STANDARD,
    }
}

/// The efficiency at which the general Panhandle A law has Osiadacz's coefficient, for this gas.
///
/// General law (SI, Q at 288.7 K): p1² - p2² = (Q/(158.0205 E (Ts/Ps)^1.0788))^(1/0.5394) L G^0.8539 T Z / D^4.854.
/// Osiadacz's flow is in m³/h, of which the mass is that of 288.15 K here.
fn efficiency(p: f64, l: f64, d: f64) -> f64 {
    let power: f64 = 1.0 / 0.5394;
    let gravity: f64 = 0.0182 / 0.028_965_46;
    let q = 50.0;
    let q_general = q * 288.7 / 288.15;
    let general = (q_general / (158.020_530_382_577_3 * (288.7_f64 / 101_325.0).powf(1.0788)))
        .powf(power)
        * l
        * gravity.powf(0.8539)
        * 288.15
        / d.powf(2.6182 * power);
    let per_hour: f64 = q * 3600.0;
    let printed =
        18.43 * l * per_hour * per_hour.powf(0.854) / (0.81 * (d * 1000.0).powf(4.854)) * p * p;
    (general / printed).powf(1.0 / power)
}

fn compressors(case: &mut Case, list: &serde_json::Value) {
    for c in list.as_array().expect("compressors") {
        let ends = ["inlet", "outlet"].map(|k| format!("{:02}", c[k].as_u64().expect("a node")));
        let mut s = station(&format!("cs{}", ends[0]), &ends[0], &ends[1]);
        s.ratio = c["ratio"].as_f64();
        s.discharge_pressure_pa = c["outlet_p_bar"].as_f64().map(|p| p * 1e5);
        s.suction_pressure_pa = c["inlet_p_bar"].as_f64().map(|p| p * 1e5);
        s.ratio_max = 5.0;
        case.network.compressor_stations.push(s);
    }
}

fn compare(s: &Solution, expected: &serde_json::Value) -> (f64, f64) {
    let p = numbers(&expected["p_bar"])
        .iter()
        .enumerate()
        .fold(0.0_f64, |w, (i, want)| {
            let got = s
                .nodes
                .value("pressure_pa", 0, &format!("{:02}", i + 1))
                .expect("p")
                / 1e5;
            w.max((got - want).abs())
        });
    let density = 101_325.0 * 0.0182 / (R * 288.15);
    let q = numbers(&expected["q_1e6_m3_h"])
        .iter()
        .enumerate()
        .fold(0.0_f64, |w, (i, want)| {
            let got = s
                .edges
                .value("mass_flow_kg_per_s", 0, &format!("pipe{:02}", i + 1))
                .expect("q");
            w.max((got / density * 3600.0 / 1e6 - want).abs())
        });
    (p, q)
}

#[test]
fn osiadacz_1988() {
    let Some(file) = published("steady_osiadacz1988.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let mut one = osiadacz(inputs, "example1");
    compressors(&mut one, &inputs["example1"]["compressors"]);
    let mut worst: f64 = 0.0;
    for (name, controls) in [
        ("example1", None),
        ("example2a", Some("case_a")),
        ("example2b", Some("case_b")),
    ] {
        let case = match controls {
            None => one.clone(),
            Some(key) => {
                let mut two = osiadacz(inputs, "example2");
                compressors(&mut two, &inputs["example2"][key]);
                two
            }
        };
        let (p, q) = compare(&solve(&case), &file["expected"][name]);
        println!("Osiadacz {name}: {p:.4} bar, {q:.6} million m3/h");
        worst = worst.max(p);
    }
    assert!(worst < 0.01, "{worst}");
}

/// Sales gas assumed for the Iran-Pakistan line, in the order of AGA 8.
fn sales_gas(file: &serde_json::Value) -> GasSpec {
    const ORDER: [&str; 21] = [
        "methane",
        "nitrogen",
        "carbon_dioxide",
        "ethane",
        "propane",
        "isobutane",
        "n-butane",
        "isopentane",
        "n-pentane",
        "n-hexane",
        "n-heptane",
        "n-octane",
        "n-nonane",
        "n-decane",
        "hydrogen",
        "oxygen",
        "carbon_monoxide",
        "water",
        "hydrogen_sulfide",
        "helium",
        "argon",
    ];
    let fractions = &file["gas"]["composition_mole_fraction"]["value"];
    let x = ORDER.map(|name| fractions[name].as_f64().unwrap_or(0.0));
    assert!((x.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions: x }),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::Constant { pa_s: 1.25e-5 },
    }
}

/// The 907 km line with `stations` equally spaced stations between 90 and 50 bara.
fn iranian_line(file: &serde_json::Value, stations: usize) -> Case {
    let mut case = case(0.018, 1.0, 298.15);
    case.gas = sales_gas(file);
    case.settings.cell_length_m = 2000.0;
    let route = file["routes"]["IGAT-7"].as_array().expect("a route");
    let place = |i: usize| &file["waypoints"][route[i].as_str().expect("a name")];
    let total = number(&file["segments"]["IGAT-7"]["length_km"], "value") * 1e3;
    let profile = stretched(route.len(), place, total);
    let length = total / (stations + 1) as f64;
    let end = stations + 1;
    case.network.nodes.push(node("n0", at(&profile, 0.0)));
    for i in 0..end {
        let (a, b) = (i as f64 * length, (i + 1) as f64 * length);
        let from = if i == 0 {
            "n0".to_owned()
        } else {
            format!("n{i}d")
        };
        case.network
            .nodes
            .push(node(&format!("n{}", i + 1), at(&profile, b)));
        let mut p = pipe(
            &format!("p{i}"),
            &from,
            &format!("n{}", i + 1),
            length,
            1.3828,
            0.0,
        );
        p.friction = None;
        let inner = profile
            .iter()
            .filter(|x| x[0] > a && x[0] < b)
            .map(|x| [x[0] - a, x[1]]);
        p.elevation_profile = std::iter::once([0.0, at(&profile, a)])
            .chain(inner)
            .chain(std::iter::once([length, at(&profile, b)]))
            .collect();
        case.network.pipes.push(p);
        if i + 1 < end {
            let (n, d) = (format!("n{}", i + 1), format!("n{}d", i + 1));
            case.network.nodes.push(node(&d, at(&profile, b)));
            let mut s = station(&format!("cs{i}"), &n, &d);
            s.discharge_pressure_pa = Some(90e5);
            s.suction_pressure_pa = Some(50e5);
            case.network.compressor_stations.push(s);
        }
    }
    case.network.supplies = vec![supply_pressure("asaluyeh", "n0", 90e5)];
    let mut taker = off_take("iranshahr", &format!("n{end}"), 0.0);
    taker.flow = None;
    taker.pressure_pa = Some(50e5);
    case.network.off_takes = vec![taker];
    case
}

fn at(profile: &[[f64; 2]], x: f64) -> f64 {
    let i = profile
        .partition_point(|p| p[0] <= x)
        .clamp(1, profile.len() - 1);
    let ([x0, z0], [x1, z1]) = (profile[i - 1], profile[i]);
    z0 + (z1 - z0) * (x - x0) / (x1 - x0)
}

/// Waypoints against distance, great circles stretched to the pipe's length.
fn stretched<'a>(
    n: usize,
    place: impl Fn(usize) -> &'a serde_json::Value,
    total: f64,
) -> Vec<[f64; 2]> {
    let mut x = vec![0.0];
    for i in 1..n {
        let (a, b) = (place(i - 1), place(i));
        let rad = |v: &serde_json::Value, k: &str| number(v, k).to_radians();
        let (p1, p2, dl) = (rad(a, "lat"), rad(b, "lat"), rad(b, "lon") - rad(a, "lon"));
        let h = ((p2 - p1) / 2.0).sin().powi(2) + p1.cos() * p2.cos() * (dl / 2.0).sin().powi(2);
        x.push(x[i - 1] + 2.0 * 6_371_000.0 * h.sqrt().asin());
    }
    let scale = total / x[n - 1];
    (0..n)
        .map(|i| [x[i] * scale, number(place(i), "elev_m")])
        .collect()
}

#[test]
fn capacity_of_the_iranian_line() {
    let Some(file) = published("demo_iran_pakistan.json") else {
        return;
    };
    let published = &file["consistency_checks_computed_here"]["IGAT7_capacity_with_n_equal_stations_90/50_bara"];
    let press = [(0, 51.0), (2, 82.0), (4, 110.0)];
    let standard = number(&file["gas"], "density_15C_kg_Sm3");
    for n in 0..=4 {
        let s = solve(&iranian_line(&file, n));
        let stations = s
            .limitations
            .iter()
            .filter(|l| l.element.starts_with("cs"))
            .count();
        assert_eq!(stations, n, "{:?}", s.limitations);
        let lowest = (1..=n).map(|i| {
            s.nodes
                .value("pressure_pa", 0, &format!("n{i}"))
                .expect("p")
        });
        let lowest = lowest.fold(50e5, f64::min) / 1e5;
        let flow = s
            .terminals
            .value("mass_flow_kg_per_s", 0, "iranshahr")
            .expect("a flow");
        let capacity = flow / standard * 86400.0 / 1e6;
        let want = number(published, &n.to_string());
        let said = press
            .iter()
            .find(|p| p.0 == n)
            .map_or(String::new(), |p| format!(", press {}", p.1));
        println!(
            "{n} stations: {capacity:.1} MSm3/d, independent {want}{said}; lowest suction {lowest:.1} bara"
        );
        assert!(
            (capacity / want - 1.0).abs() < 0.01,
            "{n}: {capacity} {want}"
        );
    }
}
