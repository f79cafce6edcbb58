//! Steady networks of GasSteadySim.jl and GasTranSim.jl.
//!
//! Pressures and flows against the stored ones, and linepack's own against the pipe law of these
//! programs: Π(p1) - Π(p2) = λ L q|q|/(2 D A²) with Π = b1 p²/2 + b2 p³/3.

use crate::comparison::{Comparison, Point, Section};
use crate::data::{Outcome, by_number, folder, json, number, published};
use crate::plot::{Scatter, Series};
use crate::solve::{edge, load, pressure, solved};
use linepack_formats::Selection;
use linepack_network::{Case, ShortPipe};
use linepack_results::Solution;
use serde_json::{Value, json};
use std::f64::consts::FRAC_PI_4;
use std::path::Path;

/// Longest cell, m: the error of the mesh is then far below the deviations.
const CELL_M: f64 = 250.0;
/// Tolerance of pressures and of the pipe law, relative.
const TOLERANCE: f64 = 1e-6;
/// Tolerance of flows that the published cases state, kg/s.
const FLOW_TOLERANCE: f64 = 1e-3;
/// Tolerance of pressures that the published cases state, relative.
const STATED_TOLERANCE: f64 = 1e-5;
/// Nodes of GasLib-24 that are joined to the rest by its short pipe.
const BEHIND_SHORT_PIPE: [&str; 2] = ["node 19", "node 20"];
/// The temperature of the stored solution of GasLib-40, K: that of its densities and pressures.
const STORED_KELVIN: f64 = 288.706;
/// The gases of the programs by the number of their equation of state.
const GASES: [(&str, &str); 3] = [
    ("ideal", "ideal gas"),
    ("simple_cnga", "simple CNGA"),
    ("full_cnga", "full CNGA"),
];

/// The 8-node network and GasLib-24 with its three gases.
///
/// Errors: that data are missing, or that a case is not solved.
pub(crate) fn steady_sim() -> Outcome<Section> {
    let mut comparisons = Vec::new();
    let mut series = Vec::new();
    for (file, name) in [
        ("steady_8_node", "8 nodes"),
        ("steady_gaslib_24", "GasLib-24"),
    ] {
        let published = published(&format!("{file}.json"))?;
        for (number, (key, gas)) in GASES.into_iter().enumerate() {
            let case = steady_case(&published["inputs"], number)?;
            let expected = &published["expected"][key];
            let gas_law = GasLaw::of(&published["inputs"], key)?;
            let network = &published["inputs"]["network"];
            let found = compare(
                &format!("{name}, {gas}"),
                &case,
                network,
                expected,
                &gas_law,
            )?;
            series.push(bars(&format!("{name}, {gas}"), &found[0]));
            comparisons.extend(apart(found, network));
        }
    }
    Ok(Section {
        title: "Steady networks of GasSteadySim.jl".to_owned(),
        name: "gas-steady-sim",
        source: "stored solutions of kaarthiksundar/GasSteadySim.jl (commit 2b284c52), `test/data`; the 8 nodes are those of Gyrya and Zlotnik 2019, Appl. Math. Model. 65, 34".to_owned(),
        words: vec![
            "Inputs are read by the reader of LANL JSON, with R = 8.314 J/(mol K) and 0.02896 kg/mol for air as the program has them. Compressors have fixed ratios, friction factors are constant, the kinetic term is off, cells are at most 250 m. The program lets gas pass its resistor without loss, so here it is a short pipe.".to_owned(),
            "\"Pipe law\" is the residual of the program's own law, Π(p₁) − Π(p₂) − λ L q|q|/(2 D A²) with Π = b₁p²/2 + b₂p³/3, for linepack's pressures and flows, as a share of Π(p₁); the stored solutions have up to 1e-7 of it themselves. The program gives the short pipe of GasLib-24 a small loss (stored pressures at its ends differ by 2.0e-6 to 2.4e-6), linepack none: the two nodes behind it are a row of their own, with the tolerance 1e-5 that the published case states. Flows have the tolerance of that case, too.".to_owned(),
        ],
        comparisons,
        tables: Vec::new(),
        picture: parity("Node pressures: GasSteadySim.jl and linepack", series),
        caption: "Stored node pressures and linepack's; equal values lie on the line.".to_owned(),
    })
}

/// GasLib-40 and the 8-node network of GasTranSim.jl.
///
/// Errors: that data are missing, or that a case is not solved.
pub(crate) fn tran_sim() -> Outcome<Section> {
    let root = folder()?.join("gastransim");
    let gaslib = root.join("examples/data/GasLib-40");
    let mut case = fine(load(&gaslib, &Selection::default())?.case);
    case.settings.ground_temperature_k = STORED_KELVIN;
    let network = json(&gaslib.join("network.json"))?;
    let gas_law = GasLaw::of(&json!({"T_K": STORED_KELVIN, "G": 0.6}), "ideal")?;
    let mut comparisons = Vec::new();
    let mut series = Vec::new();
    for file in ["steady_solution", "exact_sol_"] {
        let expected = json(&gaslib.join(format!("{file}.json")))?;
        let name = format!("GasLib-40, `{file}.json`");
        let found = compare(&name, &case, &network, &expected, &gas_law)?;
        series.push(bars(&name.replace('`', ""), &found[0]));
        comparisons.extend(found);
    }
    let eight = eight_nodes(&root.join("test/data/8-node-steady"))?;
    series.push(bars("8 nodes", &eight));
    comparisons.push(eight);
    Ok(Section {
        title: "Steady states of GasTranSim.jl".to_owned(),
        name: "gas-tran-sim",
        source: "kaarthiksundar/GasTranSim.jl, `examples/data/GasLib-40` and `test/data/8-node-steady`".to_owned(),
        words: vec![
            "Folders as they are, read by the reader of LANL JSON; ideal gas, six compressors of ratio 1.5 in GasLib-40. The two files of GasLib-40 hold the same solution. Its densities and pressures belong to 288.706 K, while `params.json` says 288.71 K: the former is taken.".to_owned(),
            "In `8-node-steady` one compressor holds a ratio, one a discharge pressure and one a flow. That flow is what is withdrawn behind it, which leaves the pressure there open in a steady state: this compressor gets its stored ratio instead. The stored values are the initial state from which the program starts; its own test (`test/steady_bc.jl`) asserts that pressures stay within 1e-2 of the first ones, which is the tolerance here.".to_owned(),
        ],
        comparisons,
        tables: Vec::new(),
        picture: parity("Node pressures: GasTranSim.jl and linepack", series),
        caption: "Stored node pressures and linepack's; equal values lie on the line.".to_owned(),
    })
}

fn eight_nodes(folder: &Path) -> Outcome<Comparison> {
    let mut case = fine(load(folder, &Selection::default())?.case);
    let stored = json(&folder.join("ic.json"))?;
    for station in &mut case.network.compressor_stations {
        if station.flow.take().is_some() {
            let number = station.header.id.trim_start_matches("compressor_");
            station.ratio = Some(number_of(&stored, number)?);
        }
    }
    let solution = solved(&case)?;
    Ok(Comparison {
        case: "8 nodes".to_owned(),
        quantity: "pressure, relative".to_owned(),
        tolerance: 1e-2,
        points: pressures(&solution, &stored["initial_nodal_pressure"])?,
    })
}

fn number_of(stored: &Value, compressor: &str) -> Outcome<f64> {
    number(&stored["initial_compressor_ratio"], compressor)
}

/// Puts the pressures at the far side of short pipes into a comparison of their own: the program
/// gives short pipes a small loss, so the physics is not the same there.
fn apart(mut found: Vec<Comparison>, network: &Value) -> Vec<Comparison> {
    if network["short_pipes"]
        .as_object()
        .is_none_or(|o| o.is_empty())
    {
        return found;
    }
    let behind = |p: &Point| BEHIND_SHORT_PIPE.contains(&p.label.as_str());
    let (apart, same) = found[0].points.drain(..).partition(behind);
    found[0].points = same;
    let apart = Comparison {
        quantity: "pressure behind the short pipe, relative".to_owned(),
        tolerance: STATED_TOLERANCE,
        points: apart,
        ..found[0].clone()
    };
    found.insert(1, apart);
    found
}

/// A published case as a folder of the program, read and made to have its physics.
fn steady_case(inputs: &Value, equation: usize) -> Outcome<Case> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let parameters = json!({"simulation_params": {
        "Temperature (K)": inputs["T_K"],
        "Gas specific gravity (G)": inputs["G"],
        "Specific heat capacity ratio": 1.4,
        "units (SI = 0, standard = 1)": 0,
        "eos": equation,
    }});
    for (name, value) in [
        ("network.json", &inputs["network"]),
        ("bc.json", &inputs["boundary"]),
        ("params.json", &parameters),
    ] {
        let written = std::fs::write(folder.path().join(name), value.to_string());
        written.map_err(|e| e.to_string())?;
    }
    let mut case = fine(load(folder.path(), &Selection::default())?.case);
    let network = &mut case.network;
    for resistor in network.resistors.drain(..) {
        let mut short = ShortPipe::new("", resistor.from, resistor.to);
        short.header = resistor.header;
        network.short_pipes.push(short);
    }
    Ok(case)
}

fn fine(mut case: Case) -> Case {
    case.settings.cell_length_m = CELL_M;
    case
}

/// The density of these programs, ρ = b1 p + b2 p².
struct GasLaw {
    b1: f64,
    b2: f64,
}

impl GasLaw {
    /// ρ = c (B1 p + B2 p²), c = M/(R T), R = 8.314, M = 0.02896 G.
    fn of(inputs: &Value, gas: &str) -> Outcome<Self> {
        let (kelvin, gravity) = (number(inputs, "T_K")?, number(inputs, "G")?);
        let c = 0.02896 * gravity / (8.314 * kelvin);
        let per_pa =
            344_400.0 * 10f64.powf(1.785 * gravity) / (6_894.757_29 * (1.8 * kelvin).powf(3.825));
        let [first, second] = match gas {
            "ideal" => [1.0, 0.0],
            "simple_cnga" => [1.003_008_65, 2.968_488_38e-8],
            _ => [1.0 + 101_350.0 * per_pa, per_pa],
        };
        Ok(Self {
            b1: c * first,
            b2: c * second,
        })
    }

    /// The integral of density over pressure.
    fn potential(&self, p: f64) -> f64 {
        self.b1 * p * p / 2.0 + self.b2 * p.powi(3) / 3.0
    }
}

/// Pressures, flows and the pipe law of a network.
fn compare(
    name: &str,
    case: &Case,
    network: &Value,
    expected: &Value,
    gas: &GasLaw,
) -> Outcome<Vec<Comparison>> {
    let solution = solved(case)?;
    let comparison = |quantity: &str, tolerance, points| Comparison {
        case: name.to_owned(),
        quantity: quantity.to_owned(),
        tolerance,
        points,
    };
    Ok(vec![
        comparison(
            "pressure, relative",
            TOLERANCE,
            pressures(&solution, &expected["nodal_pressure"])?,
        ),
        comparison(
            "pipe flow, kg/s",
            FLOW_TOLERANCE,
            flows(&solution, &expected["pipe_flow"])?,
        ),
        comparison(
            "pipe law, relative",
            TOLERANCE,
            pipe_law(&solution, &network["pipes"], gas)?,
        ),
    ])
}

fn pressures(solution: &Solution, stored: &Value) -> Outcome<Vec<Point>> {
    let point = |(id, want): (String, &Value)| {
        let want = want.as_f64().ok_or("a pressure is no number")?;
        Ok(Point::relative(
            format!("node {id}"),
            want,
            pressure(solution, &id)?,
        ))
    };
    by_number(stored)?.into_iter().map(point).collect()
}

fn flows(solution: &Solution, stored: &Value) -> Outcome<Vec<Point>> {
    let point = |(id, want): (String, &Value)| {
        let want = want.as_f64().ok_or("a flow is no number")?;
        let flow = edge(solution, "mass_flow_kg_per_s", &format!("pipe_{id}"))?;
        Ok(Point::absolute(format!("pipe {id}"), want, flow))
    };
    by_number(stored)?.into_iter().map(point).collect()
}

fn pipe_law(solution: &Solution, pipes: &Value, gas: &GasLaw) -> Outcome<Vec<Point>> {
    let point = |(id, pipe): (String, &Value)| {
        let name = format!("pipe_{id}");
        let value = |quantity| edge(solution, quantity, &name);
        let flow = value("mass_flow_kg_per_s")?;
        let diameter = number(pipe, "diameter")?;
        let area = FRAC_PI_4 * diameter * diameter;
        let resistance = number(pipe, "friction_factor")? * number(pipe, "length")?
            / (2.0 * diameter * area * area);
        let [a, b] = [value("pressure_in_pa")?, value("pressure_out_pa")?];
        let (loss, drop) = (
            resistance * flow * flow.abs(),
            gas.potential(a) - gas.potential(b),
        );
        Ok(Point {
            label: format!("pipe {id}"),
            foreign: loss,
            own: drop,
            deviation: (drop - loss) / gas.potential(a),
        })
    };
    by_number(pipes)?.into_iter().map(point).collect()
}

/// Foreign and own pressures as a series, bar.
fn bars(name: &str, comparison: &Comparison) -> Series {
    let points = comparison.points.iter();
    Series {
        name: name.to_owned(),
        points: points.map(|p| [p.foreign / 1e5, p.own / 1e5]).collect(),
    }
}

fn parity(title: &str, series: Vec<Series>) -> String {
    let scatter = Scatter {
        title,
        x: "stored pressure, bar",
        y: "linepack, bar",
        diagonal: true,
        series,
    };
    scatter.svg()
}
