//! The two networks of Osiadacz 1988, whose pressures and flows are printed in the paper.

use crate::comparison::{Comparison, Point, Section};
use crate::data::{Outcome, number, numbers, published};
use crate::plot::{Scatter, Series};
use crate::solve::{edge, pressure, solved};
use linepack_formats::{Selection, read_str};
use linepack_gas::GAS_CONSTANT;
use linepack_network::Case;
use linepack_results::Solution;
use serde_json::Value;
use std::fmt::Write;

/// Molar mass that is taken, kg/mol; the coefficient of the law is the same for any.
const MOLAR_MASS: f64 = 0.0182;
/// Molar mass of air in the flow equations, kg/mol.
const AIR: f64 = 0.028_965_46;
/// Temperature of the gas and of its volumes, K.
const KELVIN: f64 = 288.15;
/// Tolerances: pressures are printed with 0.001 bar, flows with five digits.
const PRESSURE_TOLERANCE_BAR: f64 = 0.01;
const FLOW_TOLERANCE: f64 = 1e-3;

/// The examples of the paper.
///
/// Errors: that data are missing, or that a case is not solved.
pub(crate) fn osiadacz() -> Outcome<Section> {
    let file = published("steady_osiadacz1988.json")?;
    let inputs = &file["inputs"];
    let mut comparisons = Vec::new();
    let mut series = Vec::new();
    for (name, network, controls) in [
        ("example1", "example1", &inputs["example1"]["compressors"]),
        ("example2a", "example2", &inputs["example2"]["case_a"]),
        ("example2b", "example2", &inputs["example2"]["case_b"]),
    ] {
        let case = case(&inputs[network], controls)?;
        let found = compare(name, &solved(&case)?, &file["expected"][name])?;
        series.push(Series {
            name: format!("Osiadacz, {name}"),
            points: found[0].points.iter().map(|p| [p.foreign, p.own]).collect(),
        });
        comparisons.extend(found);
    }
    let scatter = Scatter {
        title: "Node pressures: Osiadacz 1988 and linepack",
        x: "published pressure, bar",
        y: "linepack, bar",
        diagonal: true,
        series,
    };
    Ok(Section {
        title: "Osiadacz 1988".to_owned(),
        name: "osiadacz-1988",
        source: "A. J. Osiadacz, Int. J. Systems Science 19 (1988) 2395, tables 1 to 10".to_owned(),
        words: vec![
            "25 nodes with three stations that hold their discharge pressure, and 10 nodes with two stations that hold ratios (a), or a ratio and a suction pressure (b). The law is p₁² − p₂² = 18.43 L Q|Q|^0.854/(E² D^4.854) (bar, m³/h, m, mm, E = 0.9): Panhandle A with rounded coefficients, which an efficiency of linepack's Panhandle A makes up for. One length is taken from the published results: table 1 prints 10 km for pipe 18, which fits neither the pressures nor the flows; 100 km does.".to_owned(),
            "The paper prints pressures with 0.001 bar and flows with five digits, found with a convergence limit of its own.".to_owned(),
        ],
        comparisons,
        tables: Vec::new(),
        picture: scatter.svg(),
        caption: "Published pressures and linepack's; equal values lie on the line.".to_owned(),
    })
}

fn density() -> f64 {
    101_325.0 * MOLAR_MASS / (GAS_CONSTANT * KELVIN)
}

fn case(data: &Value, stations: &Value) -> Outcome<Case> {
    let mut text = String::from(HEAD);
    let count = data["n_nodes"].as_u64().ok_or("no number of nodes")?;
    for i in 1..=count {
        let _ = writeln!(text, "[[node]]\nid = \"{i}\"");
    }
    for (i, row) in list(&data["pipes_fr_to_Dmm_Lm"])?.iter().enumerate() {
        let row = numbers(row)?;
        let _ = writeln!(
            text,
            "[[pipe]]\nid = \"pipe {}\"\nfrom = \"{}\"\nto = \"{}\"\ninner_diameter = \"{} mm\"\n\
             length = \"{} m\"\nroughness = \"0.01 mm\"\nefficiency = {}\ncells = 1",
            i + 1,
            row[0],
            row[1],
            row[2],
            row[3],
            efficiency()
        );
    }
    for (i, load) in numbers(&data["load_m3_h"])?.into_iter().enumerate() {
        if load > 0.0 {
            let (node, flow) = (i + 1, load / 3600.0 * density());
            let _ = writeln!(
                text,
                "[[off_take]]\nid = \"load {node}\"\nnode = \"{node}\"\nflow = \"{flow} kg/s\""
            );
        }
    }
    let source = &data["source"];
    let _ = writeln!(
        text,
        "[[supply]]\nid = \"source\"\nnode = \"{}\"\npressure = \"{} bara\"",
        number(source, "node")?,
        number(source, "p_bar")?
    );
    for station in list(stations)? {
        add_station(&mut text, station)?;
    }
    let loaded = read_str("osiadacz", &text, &Selection::default());
    loaded
        .map(|l| l.case)
        .map_err(|m| m.first().map_or(String::new(), ToString::to_string))
}

const HEAD: &str = "[case]\ntitle = \"Osiadacz 1988\"\ndefault_scenario = \"steady\"\n\
    [settings]\nvolume_reference = \"iso_standard\"\natmospheric_pressure = \"1.01325 bara\"\n\
    ground_temperature = \"288.15 K\"\nfriction = \"panhandle_a\"\nterms = { kinetic = false }\n\
    [gas]\nequation = \"ideal\"\npseudo = { molar_mass = \"18.2 g/mol\" }\nviscosity = \"1.1e-5 Pa.s\"\n\
    [[scenario]]\nname = \"steady\"\nstart = \"2026-01-01T00:00:00Z\"\nduration = \"0 h\"\n";

fn add_station(text: &mut String, station: &Value) -> Outcome<()> {
    let (inlet, outlet) = (number(station, "inlet")?, number(station, "outlet")?);
    let _ = writeln!(
        text,
        "[[compressor_station]]\nid = \"station {inlet}\"\nfrom = \"{inlet}\"\nto = \"{outlet}\"\nratio_max = 5\nfuel_from_line = false"
    );
    for (key, name, unit) in [
        ("outlet_p_bar", "discharge_pressure", " bara"),
        ("inlet_p_bar", "suction_pressure", " bara"),
        ("ratio", "ratio", ""),
    ] {
        if let Some(value) = station[key].as_f64() {
            let _ = match unit {
                "" => writeln!(text, "{name} = {value}"),
                _ => writeln!(text, "{name} = \"{value}{unit}\""),
            };
        }
    }
    Ok(())
}

fn list(value: &Value) -> Outcome<&Vec<Value>> {
    value.as_array().ok_or_else(|| "not a list".to_owned())
}

/// The efficiency at which the general Panhandle A law has the coefficient of the paper.
///
/// General law (SI, Q at 288.7 K): p1² - p2² = (Q/(158.0205 E (Ts/Ps)^1.0788))^(1/0.5394) L G^0.8539 T Z / D^4.854.
/// The paper's flow is in m³/h at 288.15 K here. Its power 1.854 is 1/0.5394 to four digits, so the
/// coefficients are made equal at a flow in the middle of the tables.
fn efficiency() -> f64 {
    let (power, flow, diameter) = (1.0 / 0.5394, 50.0_f64, 0.7_f64);
    let standard: f64 = 288.7 / 101_325.0;
    let there = (flow * 288.7 / KELVIN / (158.020_530_382_577_3 * standard.powf(1.0788)))
        .powf(power)
        * (MOLAR_MASS / AIR).powf(0.8539)
        * KELVIN
        / diameter.powf(2.6182 * power);
    let per_hour = flow * 3600.0;
    let printed = 18.43 * per_hour.powf(1.854) / (0.81 * (diameter * 1e3).powf(4.854)) * 1e10;
    (there / printed).powf(1.0 / power)
}

fn compare(name: &str, solution: &Solution, expected: &Value) -> Outcome<Vec<Comparison>> {
    let mut pressures = Vec::new();
    for (i, want) in numbers(&expected["p_bar"])?.into_iter().enumerate() {
        let node = (i + 1).to_string();
        let own = pressure(solution, &node)? / 1e5;
        pressures.push(Point::absolute(format!("node {node}"), want, own));
    }
    let mut flows = Vec::new();
    for (i, want) in numbers(&expected["q_1e6_m3_h"])?.into_iter().enumerate() {
        let id = format!("pipe {}", i + 1);
        let own = edge(solution, "mass_flow_kg_per_s", &id)? / density() * 3600.0 / 1e6;
        flows.push(Point::absolute(id, want, own));
    }
    let comparison = |quantity: &str, tolerance, points| Comparison {
        case: format!("Osiadacz, {name}"),
        quantity: quantity.to_owned(),
        tolerance,
        points,
    };
    Ok(vec![
        comparison("pressure, bar", PRESSURE_TOLERANCE_BAR, pressures),
        comparison("flow, million m³/h", FLOW_TOLERANCE, flows),
    ])
}
