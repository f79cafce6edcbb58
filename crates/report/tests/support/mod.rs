//! A made-up line and a made-up run of it: 1,900 km, ten pipes, four stations, a day at a quarter
//! of an hour, five stages. The figures are plausible, not computed; they exercise the page.

use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{
    Case, CompressorStation, FrictionLaw, Header, InitialState, Leak, LeakPlace, Network, Node,
    OffTake, Pipe, Scenario, Settings, StageInfo, StationState, Status, Supply, Terms, Valve,
};
use linepack_results::{
    Balance, Column, Counters, Frame, InputFile, Limitation, Manifest, Profiles, Solution,
    StageResult, Terminal, Timing, Violation,
};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use std::f64::consts::TAU;

const BAR: f64 = 1e5;
const TIMES: usize = 97;
/// Points of a profile per pipe.
const POINTS: usize = 76;

/// Name, longitude, latitude, elevation.
const PLACES: [(&str, f64, f64, f64); 11] = [
    ("Asaluyeh", 52.607, 27.476, 10.0),
    ("Lamerd", 53.7, 27.35, 410.0),
    ("Bastak", 54.9, 27.3, 620.0),
    ("Bandar Abbas", 56.2, 27.35, 90.0),
    ("Rudan", 57.6, 27.3, 260.0),
    ("Bampur", 59.5, 27.2, 540.0),
    ("Iranshahr", 60.7, 27.2, 591.0),
    ("Border", 61.75, 25.7, 40.0),
    ("Gwadar", 62.6, 25.3, 15.0),
    ("Bela", 66.3, 25.9, 190.0),
    ("Nawabshah", 68.4, 26.25, 35.0),
];
const LENGTHS_KM: [f64; 10] = [
    130.0, 140.0, 150.0, 160.0, 200.0, 127.0, 250.0, 80.0, 430.0, 270.0,
];
/// Places with a compressor station on their outlet side.
const STATIONS: [usize; 4] = [2, 4, 6, 8];

fn header(id: &str, label: &str, in_service: bool) -> Header {
    let status = if in_service {
        Status::Complete
    } else {
        Status::Planned
    };
    Header {
        id: id.into(),
        label: label.into(),
        status,
        in_service_date: None,
        in_service,
    }
}

fn node(id: &str, label: &str, place: (f64, f64, f64), in_service: bool) -> Node {
    Node {
        header: header(id, label, in_service),
        x: Some(place.0),
        y: Some(place.1),
        elevation_m: place.2,
        pressure_min_pa: Some(45.0 * BAR),
        pressure_max_pa: Some(91.0 * BAR),
        ..Node::new("")
    }
}

fn pipe(id: &str, label: &str, ends: (&str, &str), km: f64, in_service: bool) -> Pipe {
    Pipe {
        header: header(id, label, in_service),
        from: ends.0.into(),
        to: ends.1.into(),
        length_m: km * 1e3,
        diameter_m: 1.38,
        roughness_m: 1e-5,
        efficiency: 1.0,
        pressure_max_pa: Some(91.0 * BAR),
        ground_temperature_k: None,
        friction: None,
        cells: None,
        elevation_profile: Vec::new(),
        route: Vec::new(),
        ..Pipe::new("", "", "")
    }
}

fn station(place: usize) -> CompressorStation {
    let name = PLACES[place].0;
    CompressorStation {
        header: header(&format!("cs-{place}"), &format!("{name} CS"), true),
        from: format!("n{place}"),
        to: format!("n{place}-out"),
        state: StationState::Running,
        discharge_pressure_pa: Some(90.0 * BAR),
        suction_pressure_pa: Some(45.0 * BAR),
        flow: None,
        ratio_max: 1.6,
        ratio: None,
        power_max_w: Some(75e6),
        flow_min: None,
        flow_max: None,
        isentropic_efficiency: 0.82,
        driver_efficiency: 0.36,
        fuel_from_line: true,
        units: 3,
        discharge_pressure_profile: None,
        ratio_profile: None,
        ..CompressorStation::new("", "", "")
    }
}

fn off_take(id: &str, label: &str, node: &str, kg_per_s: f64, in_service: bool) -> OffTake {
    OffTake {
        header: header(id, label, in_service),
        node: node.into(),
        flow: Some(FlowRate::mass(kg_per_s)),
        pressure_pa: None,
        pressure_min_pa: Some(50.0 * BAR),
        curtail: true,
        flow_profile: None,
        pressure_profile: None,
        ..OffTake::new("", "")
    }
}

fn network() -> Network {
    let mut net = Network::default();
    for (i, &(name, x, y, z)) in PLACES.iter().enumerate() {
        net.nodes
            .push(node(&format!("n{i}"), name, (x, y, z), true));
        if STATIONS.contains(&i) {
            net.nodes.push(node(
                &format!("n{i}-out"),
                &format!("{name} discharge"),
                (x, y, z),
                true,
            ));
            net.compressor_stations.push(station(i));
        }
    }
    for (i, km) in LENGTHS_KM.iter().enumerate() {
        let from = if STATIONS.contains(&i) {
            format!("n{i}-out")
        } else {
            format!("n{i}")
        };
        let to = if i == 6 {
            "border-in".into()
        } else {
            format!("n{}", i + 1)
        };
        net.pipes.push(pipe(
            &format!("p{i}"),
            &format!("Section {}", i + 1),
            (&from, &to),
            *km,
            true,
        ));
    }
    net.pipes[6].route = vec![[60.7, 27.2], [60.9, 26.6], [61.5, 26.2], [61.74, 25.72]];
    net.pipes[3].elevation_profile =
        vec![[0.0, 90.0], [60e3, 420.0], [110e3, 180.0], [160e3, 260.0]];
    net.nodes.push(node(
        "border-in",
        "Border inlet",
        (61.74, 25.72, 40.0),
        true,
    ));
    net.nodes
        .push(node("chabahar", "Chabahar", (60.64, 25.3, 8.0), true));
    net.nodes
        .push(node("karachi", "Karachi", (67.0, 24.86, 8.0), false));
    net.pipes.push(pipe(
        "branch",
        "Chabahar branch",
        ("n6", "chabahar"),
        290.0,
        true,
    ));
    net.pipes.push(pipe(
        "planned",
        "Karachi spur",
        ("n9", "karachi"),
        160.0,
        false,
    ));
    net.valves.push(Valve {
        header: header("bv", "Border valve", true),
        from: "border-in".into(),
        to: "n7".into(),
        opening: 1.0,
        diameter_m: None,
        drag_factor: 0.0,
        stroke_s: 60.0,
        ..Valve::new("", "", "")
    });
    net.supplies.push(Supply {
        header: header("south-pars", "South Pars", true),
        node: "n0".into(),
        pressure_pa: Some(90.0 * BAR),
        flow: None,
        flow_min: None,
        flow_max: None,
        pressure_max_pa: None,
        flow_profile: None,
        pressure_profile: None,
        ..Supply::new("", "")
    });
    net.off_takes.push(off_take(
        "d-bandar",
        "Bandar Abbas city gate",
        "n3",
        180.0,
        true,
    ));
    net.off_takes.push(off_take(
        "d-iranshahr",
        "Iranshahr power plant",
        "n6",
        90.0,
        true,
    ));
    net.off_takes.push(off_take(
        "d-chabahar",
        "Chabahar petrochemicals",
        "chabahar",
        268.0,
        true,
    ));
    net.off_takes
        .push(off_take("d-gwadar", "Gwadar", "n8", 40.0, true));
    net.off_takes
        .push(off_take("d-nawabshah", "Nawabshah", "n10", 190.0, true));
    net.off_takes
        .push(off_take("d-karachi", "Karachi", "karachi", 60.0, false));
    net.leaks.push(Leak {
        header: header("hole", "Hole at km 90", true),
        place: LeakPlace::Pipe {
            id: "p8".into(),
            distance_m: 90e3,
        },
        diameter_m: 0.05,
        discharge_coefficient: 0.85,
        open: false,
    });
    net
}

fn gas() -> GasSpec {
    let mut x = [0.0; 21];
    x[0] = 0.88;
    x[1] = 0.037;
    x[2] = 0.01;
    x[3] = 0.05;
    x[4] = 0.015;
    x[5] = 0.008;
    GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions: x }),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    }
}

fn settings() -> Settings {
    Settings {
        volume_reference: ReferenceConditions::ISO_STANDARD,
        heating_basis: HeatingBasis {
            gross: true,
            combustion_temperature_k: 288.15,
        },
        atmospheric_pressure_pa: 101_325.0,
        ground_temperature_k: 298.15,
        friction: FrictionLaw::ColebrookWhite,
        cell_length_m: 2e3,
        mesh_tolerance_pa: None,
        pressure_tolerance_pa: 1e3,
        waves: false,
        step_max_s: 3600.0,
        checkpoint_s: 21_600.0,
        terms: Terms {
            inertia: true,
            kinetic: true,
            gravity: true,
        },
        heat: linepack_network::HeatSettings::default(),
        quality: linepack_network::QualitySettings::default(),
    }
}

/// The made-up case.
pub(crate) fn case() -> Case {
    let stage = |name: &str, title: &str, at: &str| StageInfo {
        name: name.into(),
        title: title.into(),
        capacity_at: Some(at.into()),
    };
    Case {
        id: "made-up-line".into(),
        title: "A made-up 1,900 km line".into(),
        description: "Made up to develop the report: the figures are plausible, not computed."
            .into(),
        settings: settings(),
        gas: gas(),
        network: network(),
        scenario: Scenario {
            name: "day".into(),
            title: "A day with a swing in the off-takes".into(),
            start: "2026-01-01T05:00:00Z".parse().expect("a valid instant"),
            duration_s: 86_400.0,
            output_interval_s: 900.0,
            initial: InitialState::Steady,
            events: Vec::new(),
            rules: Vec::new(),
            interlocks: Vec::new(),
        },
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        profiles: Vec::new(),
        stage: Some("full".into()),
        stages: vec![
            stage("as-built", "To Iranshahr, no stations", "d-iranshahr"),
            stage("chabahar", "With the branch to Chabahar", "d-chabahar"),
            stage("border", "To the border", "d-iranshahr"),
            stage("phase-1", "To Nawabshah, start flow", "d-nawabshah"),
            stage("full", "To Nawabshah, four stations", "d-nawabshah"),
        ],
        scenarios: vec!["day".into()],
        assumptions: (1..=12)
            .map(|i| format!("section {i}: wall thickness 19.8 mm (assumed: typical)"))
            .collect(),
    }
}

/// A swing over the day, about 1.
fn swing(hour: f64) -> f64 {
    1.0 + 0.12 * (TAU * (hour - 8.0) / 24.0).sin()
}

/// Pressures at the ends of pipe `i`, Pa, and flow, kg/s, at an hour.
fn ends(i: usize, hour: f64) -> (f64, f64, f64) {
    let s = swing(hour - i as f64 * 0.7);
    let base = [
        768.0, 768.0, 766.0, 586.0, 583.0, 583.0, 222.0, 222.0, 181.0, 181.0, 268.0,
    ];
    let tops = [
        90.0, 85.2, 90.0, 84.1, 90.0, 84.6, 90.0, 86.0, 90.0, 71.0, 80.3,
    ];
    let ends = [
        85.2, 80.3, 84.1, 80.3, 84.6, 80.3, 86.0, 85.3, 71.0, 57.0, 63.0,
    ];
    let drop = |x: f64| (90.0 - (90.0 - x) * (0.4 + 0.6 * s * s)) * BAR;
    (drop(tops[i]), drop(ends[i]), base[i] * s)
}

fn pressure(node: &str, hour: f64) -> f64 {
    match node {
        "chabahar" => ends(10, hour).1,
        "karachi" => f64::NAN,
        "border-in" => ends(6, hour).1,
        id if id.ends_with("-out") => 90.0 * BAR,
        "n0" => 90.0 * BAR,
        "n7" => ends(6, hour).1 - 1e3,
        id => {
            let i: usize = id[1..].parse().expect("a number");
            ends(i - 1, hour).1
        }
    }
}

pub(crate) fn hour(t: usize) -> f64 {
    t as f64 * 0.25
}

pub(crate) fn column(
    name: &str,
    unit: &str,
    width: usize,
    f: impl Fn(usize, usize) -> f64,
) -> Column {
    let values = (0..TIMES)
        .flat_map(|t| (0..width).map(move |i| (t, i)))
        .map(|(t, i)| f(t, i))
        .collect();
    Column {
        name: name.into(),
        unit: unit.into(),
        values,
    }
}

fn node_frame(net: &Network) -> Frame {
    let ids: Vec<String> = net.nodes.iter().map(|n| n.header.id.clone()).collect();
    let n = ids.len();
    let columns = vec![
        column("pressure_pa", "Pa", n, |t, i| {
            pressure(&net.nodes[i].header.id, hour(t))
        }),
        column("temperature_k", "K", n, |_, _| 298.15),
    ];
    Frame {
        kinds: vec!["node".into(); n],
        ids,
        columns,
        modes: Vec::new(),
    }
}

/// Every edge as (id, kind, number of the pipe whose flow it has, station number).
fn edge_list(net: &Network) -> Vec<(String, &'static str, usize, Option<usize>)> {
    let pipes = net
        .pipes
        .iter()
        .enumerate()
        .map(|(i, p)| (p.header.id.clone(), "pipe", i.min(10), None));
    let stations = STATIONS
        .iter()
        .map(|&i| (format!("cs-{i}"), "compressor_station", i, Some(i)));
    pipes
        .chain(stations)
        .chain([("bv".to_owned(), "valve", 7, None)])
        .collect()
}

fn edge_frame(net: &Network) -> Frame {
    let list = edge_list(net);
    let n = list.len();
    let is_planned = |i: usize| list[i].0 == "planned";
    let flow = |t: usize, i: usize| {
        if is_planned(i) {
            f64::NAN
        } else {
            ends(list[i].2, hour(t)).2
        }
    };
    let inlet = |t: usize, i: usize| match list[i].3 {
        Some(s) => pressure(&format!("n{s}"), hour(t)),
        None => ends(list[i].2, hour(t)).0,
    };
    let outlet = |t: usize, i: usize| {
        if list[i].3.is_some() {
            90.0 * BAR
        } else {
            ends(list[i].2, hour(t)).1
        }
    };
    let of_station = |i: usize, v: f64| if list[i].3.is_some() { v } else { f64::NAN };
    let ratio = |t: usize, i: usize| outlet(t, i) / inlet(t, i);
    let power = |t: usize, i: usize| flow(t, i) * 150e3 * (ratio(t, i).powf(0.23) - 1.0) / 0.23;
    let columns = vec![
        column("mass_flow_kg_per_s", "kg/s", n, flow),
        column("mass_flow_out_kg_per_s", "kg/s", n, |t, i| {
            flow(t, i) * 0.999
        }),
        column("pressure_in_pa", "Pa", n, inlet),
        column("pressure_out_pa", "Pa", n, outlet),
        column("ratio", "-", n, |t, i| of_station(i, ratio(t, i))),
        column("power_w", "W", n, |t, i| of_station(i, power(t, i))),
        column("fuel_kg_per_s", "kg/s", n, |t, i| {
            of_station(i, power(t, i) / 0.36 / 44e6)
        }),
    ];
    let mode = |t: usize, i: usize| match list[i].3 {
        Some(4) if (30..36).contains(&t) => "bypass",
        Some(_) => "discharge pressure",
        None => "",
    };
    let modes = (0..TIMES)
        .flat_map(|t| (0..n).map(move |i| (t, i)))
        .map(|(t, i)| mode(t, i).to_owned())
        .collect();
    Frame {
        ids: list.iter().map(|e| e.0.clone()).collect(),
        kinds: list.iter().map(|e| e.1.into()).collect(),
        columns,
        modes,
    }
}

fn terminal_list() -> Vec<(&'static str, &'static str, &'static str, f64)> {
    vec![
        ("south-pars", "supply", "n0", 768.0),
        ("d-bandar", "off_take", "n3", 180.0),
        ("d-iranshahr", "off_take", "n6", 90.0),
        ("d-chabahar", "off_take", "chabahar", 268.0),
        ("d-gwadar", "off_take", "n8", 40.0),
        ("d-nawabshah", "off_take", "n10", 190.0),
        ("hole", "leak", "n8", 0.0),
    ]
}

fn terminal_frame() -> Frame {
    let list = terminal_list();
    let n = list.len();
    let asked = |t: usize, i: usize| match list[i].1 {
        "off_take" => list[i].3 * swing(hour(t)),
        _ => f64::NAN,
    };
    let flow = |t: usize, i: usize| match list[i].0 {
        "hole" => {
            if t >= 40 {
                2.4
            } else {
                0.0
            }
        }
        "d-nawabshah" if t >= 76 => asked(t, i) * 0.94,
        "south-pars" => 768.0 * swing(hour(t) - 2.0),
        _ => asked(t, i),
    };
    Frame {
        ids: list.iter().map(|x| x.0.into()).collect(),
        kinds: list.iter().map(|x| x.1.into()).collect(),
        columns: vec![
            column("mass_flow_kg_per_s", "kg/s", n, flow),
            column("requested_kg_per_s", "kg/s", n, asked),
            column("pressure_pa", "Pa", n, |t, i| pressure(list[i].2, hour(t))),
        ],
        modes: Vec::new(),
    }
}

fn profiles(net: &Network) -> Profiles {
    let shown: Vec<usize> = (0..11).collect();
    let mut out = Profiles {
        time_index: (0..TIMES).collect(),
        first_point: vec![0],
        ..Profiles::default()
    };
    for &i in &shown {
        let p = &net.pipes[i];
        out.pipes.push(p.header.id.clone());
        for k in 0..POINTS {
            out.distance_m
                .push(p.length_m * k as f64 / (POINTS - 1) as f64);
            out.elevation_m.push(100.0);
        }
        out.first_point.push(out.distance_m.len());
    }
    for t in 0..TIMES {
        for &i in &shown {
            let (a, b, q) = ends(i, hour(t));
            for k in 0..POINTS {
                let s = k as f64 / (POINTS - 1) as f64;
                out.pressure_pa.push((a * a + (b * b - a * a) * s).sqrt());
                out.mass_flow_kg_per_s.push(q * (1.0 - 0.004 * s));
                out.temperature_k.push(298.15);
                out.velocity_m_per_s.push(6.0 + s);
            }
        }
    }
    out
}

fn totals() -> Vec<Terminal> {
    let one = |(id, kind, node, q): (&str, &str, &str, f64)| {
        let short = id == "d-nawabshah";
        let asked = if kind == "off_take" {
            q * 86_400.0
        } else {
            f64::NAN
        };
        Terminal {
            id: id.into(),
            kind: kind.into(),
            node: node.into(),
            mass_kg: if short { asked * 0.986 } else { q * 86_400.0 },
            requested_kg: asked,
            first_shortfall_s: short.then_some(68_400.0),
            first_below_contract_s: None,
            survival_s: short.then_some(61_200.0),
        }
    };
    terminal_list().into_iter().map(one).collect()
}

/// The made-up run.
pub(crate) fn solution(case: &Case) -> Solution {
    let net = &case.network;
    let (inflow, out, fuel, leak) = (66_355_200.0, 65_912_000.0, 331_000.0, 134_000.0);
    let change = inflow - out - fuel - leak;
    let mut solution = Solution {
        balance: Balance {
            in_kg_per_s: 759.2,
            out_kg_per_s: 744.0,
            fuel_kg_per_s: 3.8,
            leak_kg_per_s: 2.4,
            in_kg: inflow,
            out_kg: out,
            fuel_kg: fuel,
            leak_kg: leak,
            linepack_start_kg: 211_400_000.0,
            linepack_end_kg: 211_400_000.0 + change,
            linepack_change_kg: change,
            residual_kg: 3.1e-5,
        },
        counters: Counters {
            steps: 143,
            rejected_steps: 2,
            newton_iterations: 512,
            factorisations: 512,
            cells: 1115,
            node_unknowns: 18,
            events: 2,
            limit_changes: 0,
        },
        timing: Timing {
            read: 0.004,
            build: 0.05,
            solve: 0.21,
            write: 0.0,
        },
        time_s: (0..TIMES).map(|t| t as f64 * 900.0).collect(),
        start_utc: "2026-01-01T05:00:00Z".into(),
        nodes: node_frame(net),
        edges: edge_frame(net),
        terminals: terminal_frame(),
        terminal_totals: totals(),
        profiles: profiles(net),
        linepack_kg: (0..TIMES)
            .map(|t| 211.4e6 - 4.1e6 * (TAU * (hour(t) - 4.0) / 24.0).sin())
            .collect(),
        violations: vec![Violation {
            element: "n10".into(),
            quantity: "pressure_pa".into(),
            value: 48.7 * BAR,
            limit: 50.0 * BAR,
            first_s: 68_400.0,
            duration_s: 7_200.0,
        }],
        limitations: vec![
            Limitation {
                element: "cs-8".into(),
                what: "at its discharge pressure of 90.0 bara".into(),
            },
            Limitation {
                element: "d-nawabshah".into(),
                what: "curtailed at its contract pressure of 50.0 bara".into(),
            },
        ],
        log: vec![
            (
                27_000.0,
                "Rudan CS trips: units stopped, gas passes by".into(),
            ),
            (32_400.0, "Rudan CS runs again".into()),
            (36_000.0, "Hole at km 90 opens".into()),
            (68_400.0, "Nawabshah falls short of what it asks".into()),
        ],
        assumptions: vec!["The gas has the temperature of the ground.".into()],
        ..Solution::default()
    };
    solution.status.converged = true;
    solution.status.complete = true;
    solution.status.residual = 4.2e-11;
    solution.status.iterations = 9;
    solution.status.message = "solved".into();
    solution
}

/// Made-up stages.
pub(crate) fn stages(case: &Case) -> Vec<StageResult> {
    let results = [
        (312.0, 0.0),
        (358.0, 0.0),
        (498.0, 21e6),
        (640.0, 62e6),
        (781.0, 118e6),
    ];
    let mut out = Vec::new();
    for (info, (capacity, watts)) in case.stages.iter().zip(results) {
        let at = info.capacity_at.clone().expect("every stage has one");
        let mut deliveries = vec![(at.clone(), 190.0, 57.3 * BAR)];
        if watts > 50e6 {
            deliveries.push(("d-bandar".into(), 180.0, 80.3 * BAR));
        }
        out.push(StageResult {
            stage: info.name.clone(),
            title: info.title.clone(),
            solved: true,
            message: String::new(),
            deliveries,
            stations: (0..4)
                .map(|i| {
                    (
                        format!("cs-{}", STATIONS[i]),
                        watts / 4.0,
                        watts / 6.3e7,
                        "running".into(),
                    )
                })
                .collect(),
            capacity: Some((at, capacity)),
            limited_by: "pressure at Nawabshah at its contract pressure of 50.0 bara".into(),
        });
    }
    out
}

/// A made-up manifest.
pub(crate) fn manifest() -> Manifest {
    Manifest {
        format: 1,
        program_version: "0.1.0".into(),
        command: "run".into(),
        case: "made-up-line".into(),
        scenario: "day".into(),
        stage: Some("full".into()),
        inputs: vec![InputFile {
            path: "case.toml".into(),
            sha256: "0f".repeat(32),
            bytes: 12_345,
        }],
        created_utc: "2026-01-02T10:00:00Z".into(),
        model_fingerprint: "9f3a6b0c11d2e4f5".into(),
        complete: true,
        ..Manifest::default()
    }
}
