//! Estimates of errors against true errors, by references that were converged in time and space.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests print what they measured, and what is missing"
)]

#[path = "../examples/race/cases.rs"]
mod cases;
#[path = "../examples/race/reference.rs"]
mod reference;

use cases::Problem;
use linepack_flow::{Model, Options, Silent, choose_mesh, measure, run};
use linepack_network::Case;
use reference::Reference;
use std::path::PathBuf;

/// A problem of the benchmarks with its settings; none, and said so, where it is not at hand.
fn problem(words: &[&str]) -> Option<(Problem, Reference)> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let in_bench = |word: &&str| match word.strip_prefix("bench/") {
        Some(file) => data.join("../bench").join(file).display().to_string(),
        None => (*word).to_owned(),
    };
    let words: Vec<String> = words.iter().map(in_bench).collect();
    if !std::path::Path::new(&words[2]).exists() {
        eprintln!("skipped: {} not found (set LINEPACK_DATA)", words[2]);
        return None;
    }
    let problem = Problem::read(&words).expect("a problem");
    let reference = Reference::read(&problem.reference).expect("a reference");
    Some((problem, reference))
}

/// The error that two finer runs measure, against the true one: a factor of 1.5 at most.
fn measured(words: &[&str]) {
    let Some((problem, reference)) = problem(words) else {
        return;
    };
    println!("{}: Pa", problem.name);
    for &setting in &problem.settings {
        let model = Model::build(&problem.case(setting), &Options::default()).expect("a model");
        let solution = run(&model, None, None, &mut Silent).solution;
        let found = measure(&model, &solution, None, &mut Silent).expect("further runs");
        let truth = 1e5 * reference.worst(&solution, &problem.columns).expect("nodes");
        println!(
            "  {setting:?}: largest step {:.1}; time {:.1}, mesh {:.1}, both {:.1}; true {truth:.1}",
            solution.accuracy.step_error_pa,
            found.time_pa.expect("measured"),
            found.mesh_pa,
            found.both_pa,
        );
        let ratio = found.both_pa / truth;
        assert!((1.0 / 1.5..1.5).contains(&ratio), "{ratio}");
    }
}

#[test]
fn one_pipe() {
    for model in ["noconv", "full", "parab"] {
        let file = format!("bench/onepipe/onepipe_ramp_{model}_richardson.csv");
        measured(&[
            "pipe", model, &file, "20:1000", "50:300", "100:100", "200:10",
        ]);
    }
}

const GASLIB_40: [&str; 4] = [
    "network",
    "bench/passive/gaslib40_passive.json",
    "bench/passive/gaslib40_richardson.csv",
    "0.3",
];

#[test]
fn gaslib_40_passive() {
    let settings = ["4000:1000", "2000:300", "1000:100", "500:10"];
    measured(&[&GASLIB_40[..], &settings].concat());
}

/// The mesh for a tolerance keeps it, its estimate is within a factor of 2 of the true error, and a mesh of
/// one length with as many cells is not better by more than a tenth.
fn chosen(words: &[&str]) {
    let Some((problem, reference)) = problem(words) else {
        return;
    };
    println!("{}: Pa", problem.name);
    let options = Options::default();
    let solve = |case: &Case| {
        let model = Model::build(case, &options).expect("a model");
        let solution = run(&model, None, None, &mut Silent).solution;
        let truth = 1e5 * reference.worst(&solution, &problem.columns).expect("nodes");
        (model.cells(), solution, truth)
    };
    for tolerance_pa in [3000.0, 1000.0, 300.0, 100.0, 30.0] {
        let mut case = problem.case(problem.settings[0]);
        case.network.pipes.iter_mut().for_each(|p| p.cells = None);
        case.settings.pressure_tolerance_pa = 0.1 * tolerance_pa;
        case.settings.mesh_tolerance_pa = Some(tolerance_pa);
        let mesh = choose_mesh(&case, &options, &mut Silent).expect("pilot runs");
        let mesh = mesh.expect("a tolerance");
        let (cells, solution, truth) = solve(&mesh.case);
        let found = mesh.measured(&solution);
        let (even_cells, _, even) = solve(&of_one_length(&case, cells));
        println!(
            "  {tolerance_pa}: {cells} cells by {} runs; mesh {:.1}, both {:.1}; true {truth:.1}; {even_cells} cells of one length: true {even:.1}",
            mesh.runs, found.mesh_pa, found.both_pa
        );
        assert!(truth <= tolerance_pa, "{truth}");
        let ratio = found.both_pa / truth;
        assert!((0.5..2.0).contains(&ratio), "{ratio}");
        assert!(truth < 1.1 * even, "{truth} {even}");
    }
}

/// The case with cells of one length, at most, and as many of them.
fn of_one_length(case: &Case, cells: usize) -> Case {
    let mut case = case.clone();
    case.settings.mesh_tolerance_pa = None;
    let (mut short, mut long) = (10.0, 100e3);
    while long - short > 1.0 {
        case.settings.cell_length_m = 0.5 * (short + long);
        let model = Model::build(&case, &Options::default()).expect("a model");
        if model.cells() > cells {
            short = case.settings.cell_length_m;
        } else {
            long = case.settings.cell_length_m;
        }
    }
    case.settings.cell_length_m = long;
    case
}

#[test]
fn mesh_of_one_pipe() {
    let file = "bench/onepipe/onepipe_ramp_noconv_richardson.csv";
    chosen(&["pipe", "noconv", file, "20:1000"]);
}

#[test]
fn mesh_of_gaslib_40_passive() {
    chosen(&[&GASLIB_40[..], &["4000:1000"]].concat());
}
