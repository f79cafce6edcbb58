//! pandapipes' comparisons with STANET, with the friction law that upstream's own tests choose.
//!
//! Source of friction models and tolerances: pandapipes, `test/stanet_comparison/test_gas_stanet.py`:
//! gauge pressures relative, velocities in m/s; `_N` with its Nikuradse, `_PC` with Colebrook.

use crate::comparison::{Comparison, Point, Section};
use crate::data::{Outcome, folder, json};
use crate::number::{brief, rounded};
use crate::plot::{Deviation, deviations};
use crate::solve::{edge, load, pressure, solved};
use crate::table::Table;
use linepack_formats::Selection;
use linepack_gas::Gas;
use linepack_network::Case;
use linepack_results::Solution;
use serde_json::Value;
use std::f64::consts::FRAC_PI_4;

/// A case: its file, upstream's test, and what that asserts of pressures and velocities (m/s).
type Stanet = (&'static str, &'static str, f64, f64);

const CASES: [Stanet; 15] = [
    (
        "combined_networks/parallel_N",
        "test_case_3parallel_n",
        0.002,
        0.03,
    ),
    (
        "combined_networks/parallel_PC",
        "test_case_combined_3parallel_pc",
        0.002,
        0.03,
    ),
    (
        "meshed_networks/delta_PC",
        "test_case_meshed_delta_pc",
        0.002,
        0.03,
    ),
    (
        "meshed_networks/pumps_N",
        "test_case_meshed_pumps",
        0.002,
        0.03,
    ),
    (
        "meshed_networks/two_valves_N",
        "test_case_meshed_2valves_n",
        0.001,
        0.001,
    ),
    (
        "meshed_networks/two_valves_PC",
        "test_case_meshed_2valves_pc",
        0.001,
        0.001,
    ),
    ("one_pipe/pipe_1_N", "test_case_one_pipe1_n", 0.002, 0.03),
    ("one_pipe/pipe_1_PC", "test_case_one_pipe1_pc", 0.002, 0.03),
    ("strand_net/pump_N", "test_case_strand_pump", 0.01, 0.03),
    (
        "strand_net/two_pipes_N",
        "test_case_strand_2pipes_n",
        0.002,
        0.03,
    ),
    (
        "strand_net/two_pipes_PC",
        "test_case_strand_2pipes_pc",
        0.002,
        0.03,
    ),
    ("t_cross/t_cross1_N", "test_case_tcross1_n", 0.002, 0.03),
    ("t_cross/t_cross1_PC", "test_case_tcross1_pc", 0.002, 0.03),
    ("t_cross/t_cross2_N", "test_case_tcross2_n", 0.002, 0.03),
    ("t_cross/t_cross2_PC", "test_case_tcross2_pc", 0.002, 0.03),
];

/// All gas cases with results of STANET.
///
/// Errors: that data are missing, or that a case is not solved.
pub(crate) fn stanet() -> Outcome<Section> {
    let root = folder()?.join("pandapipes/networks/network_files/stanet_test_networks/gas_cases");
    let mut comparisons = Vec::new();
    let mut tests = Table::new(&[
        "case",
        "upstream's test",
        ">asserted of pressures",
        ">of velocities, m/s",
        ">absolute pressures apart by",
    ]);
    let mut rows: Vec<Deviation> = Vec::new();
    for (file, test, of_pressure, of_velocity) in CASES {
        let path = root.join(format!("{file}.json"));
        let law = if file.ends_with("_PC") {
            "colebrook_throughout"
        } else {
            "nikuradse_laminar"
        };
        let selection = Selection {
            set: vec![("settings.friction".into(), format!("\"{law}\""))],
            ..Selection::default()
        };
        let case = load(&path, &selection)?.case;
        let solution = solved(&case).map_err(|e| format!("{file}: {e}"))?;
        let net = json(&path)?["_object"].clone();
        let name = file.rsplit('/').next().unwrap_or(file);
        let [gauge, absolute] = pressures(&net, &solution)?;
        let comparison = |quantity: &str, tolerance, points| Comparison {
            case: name.to_owned(),
            quantity: quantity.to_owned(),
            tolerance,
            points,
        };
        let gauge = comparison("gauge pressure, relative", of_pressure, gauge);
        let absolute = comparison("absolute pressure, relative", 1e-4, absolute);
        tests.row(&[
            name.to_owned(),
            format!("`{test}`"),
            brief(of_pressure),
            brief(of_velocity),
            brief(absolute.deviation()),
        ]);
        rows.push((name.to_owned(), rounded(gauge.deviation()), of_pressure));
        comparisons.push(gauge);
        let velocities = velocities(&net, &case, &solution)?;
        comparisons.push(comparison("velocity, m/s", of_velocity, velocities));
    }
    Ok(Section {
        title: "pandapipes and STANET".to_owned(),
        name: "stanet",
        source: "results of STANET stored in pandapipes' networks (`p_stanet`, `v_stanet`), e2nIEE/pandapipes, `networks/network_files/stanet_test_networks/gas_cases`".to_owned(),
        words: vec![
            "Networks as they are, read by the reader of pandapipes JSON, with the friction law that upstream's tests choose: Nikuradse with its laminar term for `_N`, Colebrook for `_PC`. The tolerances are those of upstream's `test/stanet_comparison/test_gas_stanet.py`; the table names the test. Upstream compares gauge pressures; the last column is for absolute ones. Velocities are mean ones as upstream defines them: at the pressure 2/3 (p₁³ − p₂³)/(p₁² − p₂²).".to_owned(),
        ],
        comparisons,
        tables: vec![tests.text()],
        picture: deviations(
            "Gauge pressures: linepack against STANET",
            "worst relative deviation (dot) and what upstream's test allows (bar)",
            &rows,
        ),
        caption: "The worst deviation of each network and what upstream's test allows.".to_owned(),
    })
}

/// A column of a table, by index of the row.
fn column(net: &Value, table: &str, name: &str) -> Outcome<Vec<(i64, Option<f64>)>> {
    let Some(text) = net[table]["_object"].as_str() else {
        return Ok(Vec::new());
    };
    let frame: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let list = |key: &str| frame[key].as_array().cloned().unwrap_or_default();
    let Some(at) = list("columns").iter().position(|c| c == name) else {
        return Ok(Vec::new());
    };
    let index = list("index").into_iter().filter_map(|i| i.as_i64());
    Ok(index
        .zip(list("data").iter().map(|row| row[at].as_f64()))
        .collect())
}

/// Pressure of the air, bar: 1.01325 (1 - 0.0065 h/288.15)^5.255 (pandapipes `constants.py`).
fn air_bar(height_m: f64) -> f64 {
    1.01325 * (1.0 - 0.0065 * height_m / 288.15).powf(5.255)
}

/// Gauge and absolute pressures, bar.
fn pressures(net: &Value, solution: &Solution) -> Outcome<[Vec<Point>; 2]> {
    let mut points = [Vec::new(), Vec::new()];
    let heights = column(net, "junction", "height_m")?;
    for ((i, want), (_, height)) in column(net, "junction", "p_stanet")?
        .into_iter()
        .zip(heights)
    {
        let (Some(want), Some(height)) = (want, height) else {
            continue;
        };
        let air = air_bar(height);
        let own = pressure(solution, &format!("junction_{i}"))? / 1e5;
        let label = format!("junction {i}");
        points[0].push(Point::relative(label.as_str(), want, own - air));
        points[1].push(Point::relative(label, want + air, own));
    }
    Ok(points)
}

/// Mean velocities, m/s.
fn velocities(net: &Value, case: &Case, solution: &Solution) -> Outcome<Vec<Point>> {
    let gas = Gas::new(&case.gas).map_err(|e| e.to_string())?;
    let kelvin = case.settings.ground_temperature_k;
    let network = &case.network;
    let pipes = network
        .pipes
        .iter()
        .map(|p| (&p.header.id, Some(p.diameter_m)));
    let valves = network.valves.iter().map(|v| (&v.header.id, v.diameter_m));
    let diameters: Vec<_> = pipes.chain(valves).collect();
    let mut points = Vec::new();
    for table in ["pipe", "valve"] {
        for (i, want) in column(net, table, "v_stanet")? {
            let id = format!("{table}_{i}");
            let found = diameters.iter().find(|(name, _)| **name == id);
            let (Some(want), Some((_, Some(diameter)))) = (want, found) else {
                continue;
            };
            let flow = edge(solution, "mass_flow_kg_per_s", &id)?;
            let [a, b] = [
                edge(solution, "pressure_in_pa", &id)?,
                edge(solution, "pressure_out_pa", &id)?,
            ];
            let density = gas.state(mean(a, b), kelvin).map(|s| s.density_kg_per_m3);
            let area = FRAC_PI_4 * diameter * diameter;
            let own = flow / density.unwrap_or(f64::NAN) / area;
            points.push(Point::absolute(format!("{table} {i}"), want, own));
        }
    }
    Ok(points)
}

/// Mean pressure of a pipe as pandapipes takes it.
fn mean(a: f64, b: f64) -> f64 {
    if (a - b).abs() < 1e-5 * b {
        a
    } else {
        2.0 / 3.0 * (a.powi(3) - b.powi(3)) / (a * a - b * b)
    }
}
