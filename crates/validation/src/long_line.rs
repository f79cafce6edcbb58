//! A long line with flow, pressure, temperature and composition at both ends, every five minutes for a week.
//!
//! The rows are those of TransFlow's example (MIT licence). Inlet flow, temperature and composition and the
//! outlet pressure drive the line; inlet pressure, outlet flow, temperature and composition are
//! predicted. Three numbers that the files do not state are calibrated on the first day alone.

use crate::data::{Outcome, folder};
use crate::number::brief;
use crate::page::File;
use crate::plot::{Scatter, Series};
use crate::table::Table;
use linepack_flow::{Model, Options, Silent, run};
use linepack_formats::{Selection, read_str};
use linepack_network::{Case, Heat};
use linepack_results::Solution;
use std::fmt::Write;

/// Said at the beginning of the page.
const WRITTEN: &str =
    "<!-- generated: cargo run -p linepack-validation --example long_line --release -->\n";
/// Length of the line in TransFlow's example with these rows, m.
const LENGTH_M: f64 = 800e3;
/// Inner diameter, m: that of TransFlow's other set-up, a line of the same owner. The example leaves it at 1 m,
/// the value that its program begins with.
const DIAMETER_M: f64 = 1.016;
/// Longest cell, m.
const CELL_M: f64 = 5e3;
/// Time over which numbers are calibrated, s.
const CALIBRATED_S: f64 = 86_400.0;
/// Components of the rows, in their order.
const COMPONENTS: [&str; 10] = [
    "methane",
    "ethane",
    "propane",
    "isobutane",
    "n-butane",
    "isopentane",
    "n-pentane",
    "n-hexane",
    "nitrogen",
    "carbon_dioxide",
];

/// What was measured at one end at one time.
#[derive(Debug, Clone)]
struct End {
    flow_kg_per_s: f64,
    pressure_pa: f64,
    temperature_k: f64,
    fractions: [f64; 10],
}

/// A row of the file.
#[derive(Debug, Clone)]
struct Row {
    time_s: f64,
    inlet: End,
    outlet: End,
}

/// The numbers that the files do not state.
#[derive(Debug, Clone, Copy)]
pub struct Unknown {
    /// Roughness, m.
    pub roughness_m: f64,
    /// Heat transfer coefficient on the inner diameter, W/(m² K).
    pub heat_transfer_w_per_m2_k: f64,
    /// Temperature of what surrounds the line, K.
    pub ambient_k: f64,
}

/// Where calibration begins.
const FIRST: Unknown = Unknown {
    roughness_m: 3e-6,
    heat_transfer_w_per_m2_k: 15.0,
    ambient_k: 283.15,
};

/// What calibration found, as the page has it, for a test of the first day alone.
const CALIBRATED: Unknown = Unknown {
    roughness_m: 2.07e-6,
    heat_transfer_w_per_m2_k: 16.48,
    ambient_k: 284.33,
};

/// Root mean square deviations of a run from the rows.
#[derive(Debug, Clone, Copy)]
pub struct Deviations {
    /// Outlet flow, kg/s.
    pub outlet_flow_kg_per_s: f64,
    /// Inlet pressure, Pa.
    pub inlet_pressure_pa: f64,
    /// Outlet temperature, K.
    pub outlet_temperature_k: f64,
    /// Outlet mole fraction of methane, -; none where composition is not carried.
    pub outlet_methane: Option<f64>,
}

/// A run with a name.
struct Ran {
    name: &'static str,
    solution: Solution,
    first_day: Deviations,
    rest: Deviations,
}

/// What the week came to.
pub struct LongLine {
    /// The numbers calibrated on the first day.
    pub unknown: Unknown,
    /// Deviations of the days after the first, of the run with heat and composition.
    pub rest: Deviations,
    /// When the first change of composition arrives at the outlet in the rows, and in the run, s.
    pub arrival_s: [f64; 2],
    rows: Vec<Row>,
    runs: Vec<Ran>,
}

/// Calibrates and runs the week.
///
/// Errors: that the rows are missing, or that a run does not complete.
pub fn long_line() -> Outcome<LongLine> {
    let rows = rows()?;
    let case = case(&rows)?;
    let unknown = calibrate(&case, &rows)?;
    let mut runs = Vec::new();
    for (name, heat, tracked) in [
        ("ground temperature, one gas", Heat::Isothermal, false),
        ("heat, one gas", Heat::Steady, false),
        ("heat and composition", Heat::Steady, true),
    ] {
        let mut case = with(&case, unknown);
        case.settings.heat.model = heat;
        case.settings.quality.tracked = tracked;
        let solution = solved(&case)?;
        let day = |t: f64| t <= CALIBRATED_S;
        runs.push(Ran {
            name,
            first_day: deviations(&rows, &solution, day),
            rest: deviations(&rows, &solution, |t| !day(t)),
            solution,
        });
    }
    let full = runs.last().ok_or("no run")?;
    Ok(LongLine {
        unknown,
        rest: full.rest,
        arrival_s: [arrival_there(&rows), arrival_here(&rows, &full.solution)],
        rows,
        runs,
    })
}

/// The first day with heat and composition, and with the numbers that were calibrated on it.
///
/// Errors: that the rows are missing, or that the run does not complete.
pub fn long_line_day() -> Outcome<Deviations> {
    let rows = rows()?;
    let mut case = with(&case(&rows)?, CALIBRATED);
    case.scenario.duration_s = CALIBRATED_S;
    let solution = solved(&case)?;
    Ok(deviations(&rows, &solution, |t| t <= CALIBRATED_S))
}

fn rows() -> Outcome<Vec<Row>> {
    let file = folder()?.join("transflow/bc-with_composition.csv");
    let problem = |e: std::io::Error| format!("{}: {e}", file.display());
    let text = std::fs::read_to_string(&file).map_err(problem)?;
    text.lines().map(row).collect()
}

/// Time; then for each end flow, pressure, temperature and ten mole fractions.
fn row(line: &str) -> Outcome<Row> {
    let numbers: Result<Vec<f64>, _> = line.split(',').map(str::parse).collect();
    let numbers = numbers.map_err(|e| format!("{e}: {line}"))?;
    let end = |from: usize| -> Option<End> {
        Some(End {
            flow_kg_per_s: *numbers.get(from)?,
            pressure_pa: *numbers.get(from + 1)?,
            temperature_k: *numbers.get(from + 2)?,
            fractions: numbers.get(from + 3..from + 13)?.try_into().ok()?,
        })
    };
    let found = (numbers.first(), end(1), end(14));
    let (Some(&time_s), Some(inlet), Some(outlet)) = found else {
        return Err(format!("expected 27 numbers: {line}"));
    };
    Ok(Row {
        time_s,
        inlet,
        outlet,
    })
}

/// The line as a case in the native format.
fn case(rows: &[Row]) -> Outcome<Case> {
    let first = rows.first().ok_or("no rows")?;
    let last_s = rows.last().map_or(0.0, |r| r.time_s);
    let list = |of: &dyn Fn(&Row) -> String| rows.iter().map(of).collect::<Vec<_>>().join(", ");
    let times = list(&|r| format!("\"{} s\"", r.time_s));
    let mut text = format!(
        r#"[case]
title = "Long line"
[settings]
volume_reference = "normal"
ground_temperature = "10 degC"
cell_length = "{CELL_M} m"
heat = {{ model = "steady", heat_transfer = "2 W/m2K" }}
quality = {{ tracked = true }}
[gas]
composition = {{ {} }}
[[node]]
id = "inlet"
[[node]]
id = "outlet"
[[pipe]]
id = "line"
from = "inlet"
to = "outlet"
length = "{LENGTH_M} m"
inner_diameter = "{DIAMETER_M} m"
roughness = "3 um"
[[supply]]
id = "in"
node = "inlet"
flow = "{} kg/s"
flow_profile = "inlet flow"
temperature = "{} K"
temperature_profile = "inlet temperature"
gas_profile = "inlet gas"
[[off_take]]
id = "out"
node = "outlet"
pressure = "{} Paa"
pressure_profile = "outlet pressure"
[[scenario]]
name = "week"
duration = "{last_s} s"
output_interval = "5 min"
"#,
        fractions(first).join(", "),
        first.inlet.flow_kg_per_s,
        first.inlet.temperature_k,
        first.outlet.pressure_pa,
    );
    for (id, key, values) in [
        (
            "inlet flow",
            "flow",
            list(&|r| format!("\"{} kg/s\"", r.inlet.flow_kg_per_s)),
        ),
        (
            "inlet temperature",
            "temperature",
            list(&|r| format!("\"{} K\"", r.inlet.temperature_k)),
        ),
        (
            "outlet pressure",
            "pressure",
            list(&|r| format!("\"{} Paa\"", r.outlet.pressure_pa)),
        ),
    ] {
        let _ = writeln!(
            text,
            "[[profile]]\nid = \"{id}\"\ntime = [{times}]\n{key} = [{values}]"
        );
    }
    let _ = writeln!(
        text,
        "[[gas_profile]]\nid = \"inlet gas\"\ntime = [{times}]"
    );
    for (i, component) in COMPONENTS.iter().enumerate() {
        let _ = writeln!(
            text,
            "{component} = [{}]",
            list(&|r| scaled(r)[i].to_string())
        );
    }
    let read = read_str("long-line", &text, &Selection::default());
    Ok(read
        .map_err(|d| d.first().map_or(String::new(), ToString::to_string))?
        .case)
}

/// Mole fractions at the inlet, scaled to a sum of one: six decimals miss it by a few millionths.
fn scaled(row: &Row) -> [f64; 10] {
    let sum: f64 = row.inlet.fractions.iter().sum();
    row.inlet.fractions.map(|x| x / sum)
}

fn fractions(row: &Row) -> Vec<String> {
    let parts = COMPONENTS.iter().zip(scaled(row));
    parts.map(|(name, x)| format!("{name} = {x}")).collect()
}

fn with(case: &Case, unknown: Unknown) -> Case {
    let mut case = case.clone();
    case.settings.ground_temperature_k = unknown.ambient_k;
    for pipe in &mut case.network.pipes {
        pipe.roughness_m = unknown.roughness_m;
        pipe.heat_transfer_w_per_m2_k = Some(unknown.heat_transfer_w_per_m2_k);
    }
    case
}

fn solved(case: &Case) -> Outcome<Solution> {
    let options = Options {
        profile_interval_s: Some(86_400.0),
        ..Options::default()
    };
    let model = Model::build(case, &options).map_err(|e| e.to_string())?;
    let solution = run(&model, None, None, &mut Silent).solution;
    match solution.status.complete {
        true => Ok(solution),
        false => Err(solution.status.message),
    }
}

/// Roughness, heat transfer coefficient and ambient temperature that make the squares of the deviations of
/// inlet pressure and outlet temperature on the first day least, by Gauss and Newton in the logarithms
/// of the first two.
fn calibrate(case: &Case, rows: &[Row]) -> Outcome<Unknown> {
    let mut day = case.clone();
    day.scenario.duration_s = CALIBRATED_S;
    let of = |x: [f64; 3]| Unknown {
        roughness_m: x[0].exp(),
        heat_transfer_w_per_m2_k: x[1].exp(),
        ambient_k: x[2],
    };
    let residuals = |x: [f64; 3]| -> Outcome<Vec<f64>> { day_residuals(&with(&day, of(x)), rows) };
    let mut x = [
        FIRST.roughness_m.ln(),
        FIRST.heat_transfer_w_per_m2_k.ln(),
        FIRST.ambient_k,
    ];
    let mut r = residuals(x)?;
    for _ in 0..8 {
        let mut columns = Vec::new();
        for (k, shift) in [0.1, 0.1, 0.2].into_iter().enumerate() {
            let mut moved = x;
            moved[k] += shift;
            let there = residuals(moved)?;
            columns.push(there.iter().zip(&r).map(|(a, b)| (a - b) / shift).collect());
        }
        let step = least_squares(&columns, &r);
        let squares = |r: &[f64]| r.iter().map(|v| v * v).sum::<f64>();
        let mut share = 1.0;
        let before = squares(&r);
        let next = loop {
            let moved = std::array::from_fn(|k| x[k] + share * step[k].clamp(-1.0, 1.0));
            let there = residuals(moved)?;
            if squares(&there) < before {
                break Some((moved, there));
            }
            share *= 0.5;
            if share < 0.1 {
                break None;
            }
        };
        let Some((moved, there)) = next else { break };
        let gain = 1.0 - squares(&there) / before;
        (x, r) = (moved, there);
        if gain < 1e-3 {
            break;
        }
    }
    Ok(of(x))
}

/// Deviations of inlet pressure, in 0.1 bar, and of outlet temperature, in 0.1 K.
fn day_residuals(case: &Case, rows: &[Row]) -> Outcome<Vec<f64>> {
    let solution = solved(case)?;
    let mut out = Vec::new();
    for (index, row) in pairs(rows, &solution) {
        let value = |name: &str, id: &str| solution.nodes.value(name, index, id);
        let p = value("pressure_pa", "inlet").ok_or("no pressure")?;
        let t = value("temperature_k", "outlet").ok_or("no temperature")?;
        out.push((p - row.inlet.pressure_pa) / 1e4);
        out.push((t - row.outlet.temperature_k) / 0.1);
    }
    Ok(out)
}

/// The step that makes the squares of `r + J step` least, by the normal equations of three unknowns, with a
/// little damping.
fn least_squares(columns: &[Vec<f64>], r: &[f64]) -> [f64; 3] {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut m = [[0.0; 4]; 3];
    for i in 0..3 {
        for k in 0..3 {
            m[i][k] = dot(&columns[i], &columns[k]);
        }
        m[i][i] *= 1.0 + 1e-6;
        m[i][3] = -dot(&columns[i], r);
    }
    for i in 0..3 {
        for j in 0..3 {
            if i != j && m[i][i] != 0.0 {
                let factor = m[j][i] / m[i][i];
                let upper = m[i];
                m[j].iter_mut()
                    .zip(upper)
                    .for_each(|(a, b)| *a -= factor * b);
            }
        }
    }
    std::array::from_fn(|i| m[i][3] / m[i][i])
}

/// Rows of the solution and of the file at the same times.
fn pairs<'a>(rows: &'a [Row], solution: &'a Solution) -> impl Iterator<Item = (usize, &'a Row)> {
    let times = solution.time_s.iter().enumerate();
    times.filter_map(|(index, t)| {
        let at = rows.partition_point(|r| r.time_s < t - 1e-3);
        let row = rows.get(at).filter(|r| (r.time_s - t).abs() < 1e-3)?;
        Some((index, row))
    })
}

fn deviations(rows: &[Row], solution: &Solution, when: impl Fn(f64) -> bool) -> Deviations {
    let pairs: Vec<_> = pairs(rows, solution)
        .filter(|(_, r)| when(r.time_s))
        .collect();
    let rms = |of: &dyn Fn(usize, &Row) -> f64| {
        let sum: f64 = pairs.iter().map(|(i, r)| of(*i, r).powi(2)).sum();
        (sum / pairs.len() as f64).sqrt()
    };
    let nodes = &solution.nodes;
    let node = |name: &str, i, id: &str| nodes.value(name, i, id).unwrap_or(f64::NAN);
    let methane = |i, r: &Row| node("x_methane", i, "outlet") - r.outlet.fractions[0];
    let tracked = nodes.column("x_methane").is_some();
    Deviations {
        outlet_flow_kg_per_s: rms(&|i, r| outlet_flow(solution, i) - r.outlet.flow_kg_per_s),
        inlet_pressure_pa: rms(&|i, r| node("pressure_pa", i, "inlet") - r.inlet.pressure_pa),
        outlet_temperature_k: rms(&|i, r| {
            node("temperature_k", i, "outlet") - r.outlet.temperature_k
        }),
        outlet_methane: tracked.then(|| rms(&methane)),
    }
}

fn outlet_flow(solution: &Solution, index: usize) -> f64 {
    let flow = solution.terminals.value("mass_flow_kg_per_s", index, "out");
    flow.unwrap_or(f64::NAN)
}

/// When methane at the outlet of the rows first differs from its beginning.
fn arrival_there(rows: &[Row]) -> f64 {
    let first = rows.first().map_or(0.0, |r| r.outlet.fractions[0]);
    let changed = |r: &&Row| (r.outlet.fractions[0] - first).abs() > 1e-5;
    rows.iter().find(changed).map_or(f64::NAN, |r| r.time_s)
}

/// The same of a run: when methane has come half of the way to what entered in the second row.
fn arrival_here(rows: &[Row], solution: &Solution) -> f64 {
    let [before, behind] = [0, 1].map(|i| rows.get(i).map_or(f64::NAN, |r| scaled(r)[0]));
    let half = 0.5 * (before + behind);
    let methane = |i| solution.nodes.value("x_methane", i, "outlet");
    let come = (0..solution.time_s.len()).find(|&i| methane(i).is_some_and(|x| x > half));
    come.map_or(f64::NAN, |i| solution.time_s[i])
}

const BEGINNING: &str = "# A long line, measured for a week

Flow, pressure, temperature and ten mole fractions at both ends of one line, every five minutes for seven days: the example rows of TransFlow
(`resources/examples/bc-with_composition.csv`, MIT licence). Inlet flow, temperature and composition and the outlet pressure drive the line; inlet pressure, outlet flow,
outlet temperature and outlet composition are predicted.

## What is known of the line

| what | value | where from |
|---|---|---|
| length | 800 km | TransFlow's example program that reads these rows |
| inner diameter | 1.016 m | assumed: that of the other line in TransFlow's examples (658 km, 42 in); the program of this example leaves it at 1 m, with which it begins |
| elevation | level | TransFlow's example; assumed |
| roughness | calibrated | the example has 10 µm; coated lines at sea have 1 to 5 µm |
| heat transfer coefficient | calibrated, one for the whole line | the files state no wall and no burial |
| temperature around the line | calibrated, one for the whole line and week | the example has 5 °C |

`temperature.csv` of the same folder holds compositions, in spite of its name. Inlet temperatures move in steps of 0.3 to 0.7 K and look measured, as
do flows and pressures. **The mole fractions at the outlet are not measured there:** each row of them is, to the last digit, an earlier row of the
inlet. They show when TransFlow, or who made the rows, let each parcel arrive, and are compared as such. Neither diameter nor length is
fitted to that time.

Roughness, heat transfer coefficient and temperature around the line are those that make the squares of the deviations of inlet pressure (over 0.1 bar) and outlet temperature
(over 0.1 K) on the first day least. The other days were not looked at for it.
";

/// What does not change on the page: the surroundings of the numbers.
#[must_use]
pub fn heading() -> String {
    format!("{WRITTEN}{BEGINNING}")
}

/// The page and its pictures.
#[must_use]
pub fn page(line: &LongLine) -> Vec<File> {
    let mut text = heading();
    let u = line.unknown;
    let _ = write!(
        text,
        "\n## Result\n\nCalibrated: roughness {:.2} µm, heat transfer coefficient {:.2} W/(m² K), {:.2} °C around the line.\n\n",
        u.roughness_m * 1e6,
        u.heat_transfer_w_per_m2_k,
        u.ambient_k - 273.15
    );
    text += &table(line).text();
    let [there, here] = line.arrival_s.map(|s| s / 3600.0);
    let _ = write!(
        text,
        "\nThe composition that enters from the second row on arrives after {there:.2} h in the rows and after {here:.2} h here, {:+.2} h. \
         If the rows tell the time well, the line holds about {:.0} % more than 800 km of 1.016 m.\n\n",
        here - there,
        (there / here - 1.0) * 100.0
    );
    let mut files = Vec::new();
    for (name, picture) in pictures(line) {
        let _ = writeln!(text, "![{name} of the long line](img/long-line-{name}.svg)");
        files.push((format!("img/long-line-{name}.svg"), picture));
    }
    files.push(("long-line.md".to_owned(), text));
    files
}

fn table(line: &LongLine) -> Table {
    let mut table = Table::new(&[
        "run",
        "days",
        ">outlet flow, kg/s",
        ">inlet pressure, bar",
        ">outlet temperature, K",
        ">outlet methane, mol %",
    ]);
    for ran in &line.runs {
        for (days, d) in [
            ("first (calibrated)", ran.first_day),
            ("the others", ran.rest),
        ] {
            let methane = d.outlet_methane.map(|x| brief(x * 100.0));
            table.row(&[
                ran.name.to_owned(),
                days.to_owned(),
                brief(d.outlet_flow_kg_per_s),
                brief(d.inlet_pressure_pa / 1e5),
                brief(d.outlet_temperature_k),
                methane.unwrap_or_else(|| "-".to_owned()),
            ]);
        }
    }
    table
}

/// How to see a quantity of the rows and of the run, in the unit of the plot.
type Seen<'a> = (
    &'static str,
    &'static str,
    &'a dyn Fn(usize, &Row) -> [f64; 2],
);

/// Hourly points of what was predicted.
fn pictures(line: &LongLine) -> Vec<(&'static str, String)> {
    let Some(ran) = line.runs.last() else {
        return Vec::new();
    };
    let s = &ran.solution;
    let node = |name: &str, i, id: &str| s.nodes.value(name, i, id).unwrap_or(f64::NAN);
    let flow = |i, r: &Row| [r.outlet.flow_kg_per_s, outlet_flow(s, i)];
    let pressure =
        |i, r: &Row| [r.inlet.pressure_pa, node("pressure_pa", i, "inlet")].map(|p| p / 1e5);
    let celsius = |i, r: &Row| {
        [r.outlet.temperature_k, node("temperature_k", i, "outlet")].map(|t| t - 273.15)
    };
    let methane =
        |i, r: &Row| [r.outlet.fractions[0], node("x_methane", i, "outlet")].map(|x| x * 100.0);
    let seen: [Seen<'_>; 4] = [
        ("flow", "outlet flow, kg/s", &flow),
        ("pressure", "inlet pressure, bar", &pressure),
        ("temperature", "outlet temperature, degC", &celsius),
        ("composition", "outlet methane, mol %", &methane),
    ];
    let pairs: Vec<_> = pairs(&line.rows, s).step_by(12).collect();
    seen.map(|(name, y, of)| (name, picture(&pairs, y, of)))
        .to_vec()
}

fn picture(pairs: &[(usize, &Row)], y: &str, of: &dyn Fn(usize, &Row) -> [f64; 2]) -> String {
    let points = |k: usize| {
        let point = |(i, r): &(usize, &Row)| [r.time_s / 3600.0, of(*i, r)[k]];
        pairs
            .iter()
            .map(point)
            .filter(|p| p[1].is_finite())
            .collect()
    };
    let series = |name: &str, k| Series {
        name: name.to_owned(),
        points: points(k),
    };
    Scatter {
        title: "A long line for a week",
        x: "h since the start",
        y,
        diagonal: false,
        series: vec![series("rows", 0), series("linepack", 1)],
    }
    .svg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_of_a_line() {
        // r + J x with J the unit columns scaled: x = -r / scale, whatever the fourth row says nothing about.
        let columns = [
            vec![2.0, 0.0, 0.0, 0.0],
            vec![0.0, 4.0, 0.0, 0.0],
            vec![0.0, 0.0, 0.5, 0.0],
        ];
        let x = least_squares(&columns, &[2.0, -8.0, 1.0, 7.0]);
        for (found, wanted) in x.into_iter().zip([-1.0, 2.0, -2.0]) {
            assert!((found - wanted).abs() < 1e-5, "{x:?}");
        }
    }

    #[test]
    fn a_row_has_two_ends() {
        let numbers: Vec<String> = (0..27).map(|i| i.to_string()).collect();
        let row = row(&numbers.join(",")).expect("27 numbers");
        assert_eq!(row.inlet.fractions[0], 4.0);
        assert_eq!(
            (row.outlet.flow_kg_per_s, row.outlet.fractions[9]),
            (14.0, 26.0)
        );
        assert!(super::row("1,2,3").is_err());
    }
}
