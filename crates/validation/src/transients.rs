//! Transients of GasTranSim.jl: its stored solutions, and who is right where they differ.
//!
//! Each case is solved on meshes and with tolerances that are refined. How far linepack moves says how
//! large its own error is. The program gives the volumes at the ends of its pipes half a cell too much
//! (its flows at the ends stand half a cell outside): linepack's run with these volumes shows how much
//! of a difference comes from there.

use crate::comparison::{Comparison, Point};
use crate::data::{Outcome, by_number, folder, json, number, numbers, published};
use crate::number::brief;
use crate::page::GENERATED;
use crate::solve::load;
use crate::table::Table;
use linepack_flow::{Model, Options, Silent, run};
use linepack_formats::{Companions, Selection};
use linepack_network::{Case, FrictionLaw, Node, Pipe};
use linepack_results::Solution;
use std::io::Read;
use std::path::Path;

/// Friction of the dead ends that stand for surplus volume.
const WITHOUT_LOSS: FrictionLaw = FrictionLaw::Constant { darcy: 1e-6 };
/// Pressures in bar.
const BAR: f64 = 1e5;

/// A pressure of a stored solution.
#[derive(Debug, Clone)]
struct Stored {
    time_s: f64,
    place: Place,
    pressure_pa: f64,
}

/// Where a pressure is.
#[derive(Debug, Clone)]
enum Place {
    Node(String),
    /// A pipe and the distance from its first node, m.
    Inside(String, f64),
}

impl Stored {
    fn words(&self) -> String {
        match &self.place {
            Place::Node(id) => format!("node {id}, {} s", self.time_s),
            Place::Inside(pipe, m) => format!("{pipe}, {} km, {} s", brief(m / 1e3), self.time_s),
        }
    }
}

/// A stored solution and how to compute it.
struct Source {
    title: &'static str,
    words: String,
    case: Case,
    /// Length of the program's cells: time step times wave speed over the Courant number, m.
    cell_m: f64,
    stored: Vec<Stored>,
    /// An independent, converged reference, where there is one.
    converged: Vec<Stored>,
    /// The first setting; the others are refinements.
    first: Setting,
    /// Largest deviation from the stored solution, own move and deviation with the program's volumes
    /// allowed, bar.
    allowed_bar: [f64; 3],
}

/// A mesh and a tolerance.
#[derive(Debug, Clone, Copy)]
struct Setting {
    cell_m: f64,
    tolerance_pa: f64,
}

/// A run and what it was compared with.
struct Row {
    setting: Setting,
    solution: Solution,
    own: Vec<f64>,
    own_converged: Vec<f64>,
}

/// The sections of the page, and the comparisons in it.
#[derive(Debug)]
pub struct Transients {
    /// Deviations with their tolerances.
    pub comparisons: Vec<Comparison>,
    text: String,
}

/// Solves all cases.
///
/// Errors: that data are missing, or that a case is not solved.
pub fn transients() -> Outcome<Transients> {
    let mut all = Transients {
        comparisons: Vec::new(),
        text: String::new(),
    };
    for source in [one_pipe()?, eight_nodes()?, ramp()?] {
        let rows = ladder(&source)?;
        let with_surplus = with_surplus(&source)?;
        all.text += &section(&source, &rows, &with_surplus);
        all.comparisons.push(against_stored(&source, rows.last()));
        all.comparisons.push(own_move(&source, &rows));
        all.comparisons.push(surplus(&source, &with_surplus));
    }
    Ok(all)
}

const BEGINNING: &str = "# Transients of GasTranSim.jl

Stored solutions of kaarthiksundar/GasTranSim.jl (explicit staggered scheme of Gyrya and Zlotnik 2019, Appl. Math. Model. 65, 34)
against linepack, and who is right where they differ, by refinement. Deviations are the largest over all stored times and places.

- \"Own move\" is how far linepack's pressures are from those of its finest run: what is left of the errors of mesh and time steps. Where it is far
  below the difference to the stored solution, the difference is the program's.
- The program places the flows at the ends of a pipe half a cell outside of it, so that the volume at each end is a whole cell where it should be half of
  one. Every pipe holds the gas of one cell too much; the error is of first order in the length of a cell. \"Their volumes\" is
  linepack's run on the program's mesh with this surplus added (a dead end without loss, half a cell long, at each end of each pipe). Where it is much closer to the stored
  solution than the run with true volumes, the difference comes from the surplus.
";

/// What does not change on the page: the surroundings of the numbers.
#[must_use]
pub fn heading() -> String {
    format!("{GENERATED}{BEGINNING}")
}

/// The page.
#[must_use]
pub fn page(transients: &Transients) -> String {
    heading() + &transients.text
}

/// 20 km, a withdrawal of 788 kg/s within a second: 61 stored profiles.
fn one_pipe() -> Outcome<Source> {
    let root = folder()?.join("gastransim/examples");
    let case = read(&root.join("data/1-pipe-fast-transients"), None)?;
    let mut stored = Vec::new();
    for i in 0..60 {
        let file = root.join(format!("output/solution/1-pipe-fast-{i}.json"));
        let snapshot = json(&file)?;
        let profile = &snapshot["initial_pipe_pressure"]["1"];
        let time_s = number(&snapshot, "time")?.round();
        let both = numbers(&profile["distance"])?
            .into_iter()
            .zip(numbers(&profile["value"])?);
        stored.extend(both.map(|(distance, pressure_pa)| Stored {
            time_s,
            place: Place::Inside("pipe_1".to_owned(), distance),
            pressure_pa,
        }));
    }
    let reference = published("transient_1pipe_fast.json")?;
    let rows = reference["expected"]["reference_solver"].as_array();
    let converged = rows.ok_or("no rows")?.iter().map(|row| {
        Ok(Stored {
            time_s: number(row, "t_s")?,
            place: Place::Node("2".to_owned()),
            pressure_pa: number(row, "p_out_Pa")?,
        })
    });
    Ok(Source {
        title: "1-pipe-fast",
        words: "20 km, at rest; in the second before 600 s a withdrawal of 788 kg/s begins, in the second before 1800 s nine tenths of it end. 60 stored profiles of 21 points, one a minute, of a run with time steps of 1 s and 53 cells. The stored front is late: at 600 s, at the end of the first ramp, the pressure at the outlet has fallen less than it should. The converged reference is that of the outlet in `transient_1pipe_fast.json`.".to_owned(),
        case: every(case, 60.0, 3600.0),
        cell_m: 1.0 * 338.243 / 0.9,
        stored,
        converged: converged.collect::<Outcome<_>>()?,
        first: Setting { cell_m: 100.0, tolerance_pa: 100.0 },
        allowed_bar: [2.5, 0.2, 0.3],
    })
}

/// 8 nodes, half a day.
fn eight_nodes() -> Outcome<Source> {
    let root = folder()?.join("gastransim/test/data/8-node");
    let case = read(&root, None)?;
    let state = json(&root.join("ic_second_half.json"))?;
    let time_s = number(&state, "time")?.round();
    let mut stored = Vec::new();
    for (id, value) in by_number(&state["initial_nodal_pressure"])? {
        let pressure_pa = value.as_f64().ok_or("no pressure")?;
        stored.push(Stored {
            time_s,
            place: Place::Node(id),
            pressure_pa,
        });
    }
    let reference = published("transient_8_node.json")?;
    let mut converged = Vec::new();
    for row in reference["expected"]["ideal"]["hourly"]
        .as_array()
        .ok_or("no rows")?
    {
        let time_s = number(row, "t_s")?;
        for (id, value) in by_number(&row["p_Pa"])? {
            let pressure_pa = value.as_f64().ok_or("no pressure")?;
            converged.push(Stored {
                time_s,
                place: Place::Node(id),
                pressure_pa,
            });
        }
    }
    Ok(Source {
        title: "8 nodes",
        words: "Five pipes, three compressors, one day of changing withdrawals and ratios. Stored is the state at noon (`ic_second_half.json`), from cells of 8.6 to 10 km, which the program takes with time steps of 20 s. The program starts from rounded pressures (`ic.json`), which are up to 0.9 bar from the steady state of its boundary conditions; linepack starts from that steady state. The converged reference is that of all nodes and hours in `transient_8_node.json`.".to_owned(),
        case: every(case, 3600.0, 86400.0),
        cell_m: 20.0 * 371.67 / 0.9,
        stored,
        converged,
        first: Setting { cell_m: 1000.0, tolerance_pa: 100.0 },
        allowed_bar: [1.4, 5e-4, 0.4],
    })
}

/// GasLib-40 with six compressors: withdrawals and ratios ramp up within six hours.
fn ramp() -> Outcome<Source> {
    let folder = folder()?;
    let root = folder.join("gastransim/examples/data/GasLib-40");
    let case = read(&root, Some(&root.join("bc_ramp.json")))?;
    let table = unzipped(&folder.join("../bench/gaslib40_ramp_ideal.csv.gz"))?;
    Ok(Source {
        title: "GasLib-40 ramp, six compressors",
        words: "40 nodes, 39 pipes, six compressors; from rest, withdrawals and ratios ramp up over six hours and stay. Stored are the pressures of all nodes each minute of a day, of a run of the program with time steps of 0.5 s and 1,178 cells (159 s of processor time).".to_owned(),
        case: every(case, 60.0, 86400.0),
        cell_m: 0.5 * 371.673 / 0.2,
        stored: nodes_of(&table)?,
        converged: Vec::new(),
        first: Setting { cell_m: 1000.0, tolerance_pa: 100.0 },
        allowed_bar: [0.3, 3e-3, 0.01],
    })
}

/// The six compressors of the program are set by ratio, and its boundary conditions by file.
fn read(folder: &Path, boundary: Option<&Path>) -> Outcome<Case> {
    let beside = Companions {
        scenario: boundary.map(Path::to_owned),
        ..Companions::default()
    };
    let selection = Selection {
        beside,
        ..Selection::default()
    };
    Ok(load(folder, &selection)?.case)
}

fn every(mut case: Case, interval_s: f64, duration_s: f64) -> Case {
    case.scenario.output_interval_s = interval_s;
    case.scenario.duration_s = duration_s;
    case
}

fn unzipped(file: &Path) -> Outcome<String> {
    let problem = |e: std::io::Error| format!("{}: {e}", file.display());
    let packed = std::fs::File::open(file).map_err(problem)?;
    let mut text = String::new();
    let mut reader = flate2::read::GzDecoder::new(packed);
    reader.read_to_string(&mut text).map_err(problem)?;
    Ok(text)
}

/// The node pressures of a table with columns `p_node_N_Pa` over `t_s`.
fn nodes_of(table: &str) -> Outcome<Vec<Stored>> {
    let mut lines = table.lines();
    let head = lines.next().ok_or("an empty table")?;
    let node = |name: &str| {
        Some(
            name.strip_prefix("p_node_")?
                .strip_suffix("_Pa")?
                .to_owned(),
        )
    };
    let columns: Vec<Option<String>> = head.split(',').map(node).collect();
    let mut stored = Vec::new();
    for line in lines {
        let values: Result<Vec<f64>, _> = line.split(',').map(str::parse).collect();
        let values = values.map_err(|e| format!("{e}: {line}"))?;
        for (column, value) in columns.iter().zip(&values) {
            let Some(node) = column else { continue };
            stored.push(Stored {
                time_s: values[0].round(),
                place: Place::Node(node.clone()),
                pressure_pa: *value,
            });
        }
    }
    Ok(stored)
}

/// The first setting, finer meshes, a finer tolerance, and both: the finest is the last.
fn ladder(source: &Source) -> Outcome<Vec<Row>> {
    let Setting {
        cell_m,
        tolerance_pa,
    } = source.first;
    let settings = [(1.0, 1.0), (0.5, 1.0), (0.25, 1.0), (1.0, 0.1), (0.25, 0.1)];
    let settings = settings.map(|(length, share)| Setting {
        cell_m: length * cell_m,
        tolerance_pa: share * tolerance_pa,
    });
    settings
        .into_iter()
        .map(|s| solve(source, &source.case, s))
        .collect()
}

fn solve(source: &Source, case: &Case, setting: Setting) -> Outcome<Row> {
    let mut case = case.clone();
    case.settings.cell_length_m = setting.cell_m;
    case.settings.pressure_tolerance_pa = setting.tolerance_pa;
    let options = Options {
        profile_interval_s: Some(case.scenario.output_interval_s),
        ..Options::default()
    };
    let model = Model::build(&case, &options).map_err(|e| e.to_string())?;
    let solution = run(&model, None, None, &mut Silent).solution;
    if !solution.status.complete {
        return Err(format!("{}: {}", source.title, solution.status.message));
    }
    let at = |list: &[Stored]| -> Outcome<Vec<f64>> {
        list.iter().map(|s| pressure_at(&solution, s)).collect()
    };
    Ok(Row {
        setting,
        own: at(&source.stored)?,
        own_converged: at(&source.converged)?,
        solution,
    })
}

/// linepack's pressure at the time and place of a stored one, Pa.
fn pressure_at(solution: &Solution, stored: &Stored) -> Outcome<f64> {
    let index = solution
        .time_s
        .partition_point(|t| *t < stored.time_s - 1e-3);
    let same = |t: &f64| (t - stored.time_s).abs() < 1e-3;
    if !solution.time_s.get(index).is_some_and(same) {
        return Err(format!("no output at {} s", stored.time_s));
    }
    let found = match &stored.place {
        Place::Node(id) => solution.nodes.value("pressure_pa", index, id),
        Place::Inside(pipe, distance) => inside(solution, index, pipe, *distance),
    };
    found.ok_or_else(|| format!("no pressure at {}", stored.words()))
}

/// The pressure inside a pipe, between the two points around it.
fn inside(solution: &Solution, index: usize, pipe: &str, distance_m: f64) -> Option<f64> {
    let profiles = &solution.profiles;
    let row = profiles.time_index.iter().position(|&i| i == index)?;
    let pipe = profiles.pipes.iter().position(|p| p == pipe)?;
    let points = profiles.first_point[pipe]..profiles.first_point[pipe + 1];
    let distance = &profiles.distance_m[points.clone()];
    let first = row * profiles.distance_m.len() + points.start;
    let pressure = &profiles.pressure_pa[first..first + distance.len()];
    let next = distance
        .partition_point(|d| *d < distance_m)
        .clamp(1, distance.len() - 1);
    let share = (distance_m - distance[next - 1]) / (distance[next] - distance[next - 1]);
    Some(pressure[next - 1] + share * (pressure[next] - pressure[next - 1]))
}

/// linepack's run with the volumes of the program: half of its cell more at each end of each pipe.
fn with_surplus(source: &Source) -> Outcome<Row> {
    let mut case = source.case.clone();
    for (i, pipe) in case.network.pipes.clone().into_iter().enumerate() {
        let cells = (pipe.length_m / source.cell_m).floor().max(1.0);
        case.network.pipes[i].cells = Some(cells as usize);
        for (end, node) in [("from", &pipe.from), ("to", &pipe.to)] {
            let dead_end = format!("{} {end}, surplus", pipe.header.id);
            case.network.nodes.push(Node::new(dead_end.as_str()));
            case.network.pipes.push(Pipe {
                length_m: 0.5 * pipe.length_m / cells,
                diameter_m: pipe.diameter_m,
                friction: Some(WITHOUT_LOSS),
                cells: Some(1),
                ..Pipe::new(dead_end.as_str(), node.as_str(), dead_end.as_str())
            });
        }
    }
    solve(source, &case, source.first)
}

/// Own pressures against stored ones, bar.
fn apart(stored: &[Stored], own: &[f64]) -> Vec<Point> {
    let both = stored.iter().zip(own);
    let point =
        |(s, own): (&Stored, &f64)| Point::absolute(s.words(), s.pressure_pa / BAR, own / BAR);
    both.map(point).collect()
}

fn comparison(source: &Source, quantity: &str, tolerance: f64, points: Vec<Point>) -> Comparison {
    Comparison {
        case: source.title.to_owned(),
        quantity: quantity.to_owned(),
        tolerance,
        points,
    }
}

fn against_stored(source: &Source, finest: Option<&Row>) -> Comparison {
    let own = finest.map_or(&[][..], |row| &row.own);
    let points = apart(&source.stored, own);
    comparison(
        source,
        "stored pressure, bar",
        source.allowed_bar[0],
        points,
    )
}

/// How far the first run is from the finest.
fn own_move(source: &Source, rows: &[Row]) -> Comparison {
    let points = match rows {
        [first, .., last] => moved(source, first, last),
        _ => Vec::new(),
    };
    comparison(source, "own move, bar", source.allowed_bar[1], points)
}

fn moved(source: &Source, row: &Row, finest: &Row) -> Vec<Point> {
    let both = row.own.iter().zip(&finest.own).zip(&source.stored);
    both.map(|((a, b), s)| Point::absolute(s.words(), b / BAR, a / BAR))
        .collect()
}

fn surplus(source: &Source, row: &Row) -> Comparison {
    let points = apart(&source.stored, &row.own);
    comparison(source, "their volumes, bar", source.allowed_bar[2], points)
}

fn section(source: &Source, rows: &[Row], with_surplus: &Row) -> String {
    let mut table = Table::new(&[
        "run",
        ">cells",
        ">steps",
        ">from the stored, bar",
        "at",
        ">rms, bar",
        ">own move, bar",
        ">from a converged reference, bar",
    ]);
    for row in rows {
        let name = format!("{} m, {} Pa", row.setting.cell_m, row.setting.tolerance_pa);
        table.row(&cells(source, name, row, rows.last()));
    }
    let name = "their volumes".to_owned();
    table.row(&cells(source, name, with_surplus, None));
    let verdict = verdict(source, rows, with_surplus);
    let (title, words, table) = (source.title, &source.words, table.text());
    format!("\n## {title}\n\n{words}\n\n{table}\n{verdict}\n")
}

/// What the table says.
fn verdict(source: &Source, rows: &[Row], with_surplus: &Row) -> String {
    let stored = against_stored(source, rows.last());
    let theirs = surplus(source, with_surplus);
    format!(
        "linepack's first run is at most {} bar away from its finest, the stored solution is {} bar away from it (rms {}). With the program's mesh and volumes \
         linepack is {} bar away (rms {}): the surplus makes {} % of the rms deviation.",
        brief(own_move(source, rows).deviation()),
        brief(stored.deviation()),
        brief(stored.rms()),
        brief(theirs.deviation()),
        brief(theirs.rms()),
        brief(100.0 * (1.0 - theirs.rms() / stored.rms())),
    )
}

fn cells(source: &Source, name: String, row: &Row, finest: Option<&Row>) -> [String; 8] {
    let stored = comparison(source, "", 0.0, apart(&source.stored, &row.own));
    let converged = comparison(
        source,
        "",
        0.0,
        apart(&source.converged, &row.own_converged),
    );
    let own = match finest {
        Some(finest) => brief(comparison(source, "", 0.0, moved(source, row, finest)).deviation()),
        None => "–".to_owned(),
    };
    let counters = &row.solution.counters;
    [
        name,
        counters.cells.to_string(),
        counters.steps.to_string(),
        brief(stored.deviation()),
        stored.worst().map_or(String::new(), |p| p.label.clone()),
        brief(stored.rms()),
        own,
        match source.converged.is_empty() {
            true => "–".to_owned(),
            false => brief(converged.deviation()),
        },
    ]
}
