//! Runs one passive network or one pipe against a converged reference, at several settings.
//!
//! `race network FILE REFERENCE AMPLITUDE dx:tolerance... [--repeat N]`
//! `race pipe MODEL REFERENCE cells:tolerance... [--repeat N]`
//! `race once network|pipe ...` with one setting: as a user's program would, result to stdout,
//! counters to stderr.
//!
//! Lengths are in m, tolerances in Pa. Each line of the output is a JSON object.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "prints what it measured"
)]

mod cases;
mod reference;

use cases::{Problem, Setting};
use linepack_flow::{Method, Model, Options, Silent, run};
use linepack_results::Solution;
use reference::Reference;
use std::error::Error;
use std::time::Instant;

/// Runs are repeated until they have taken this long.
const LEAST_S: f64 = 0.2;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let repeat = option(&mut words, "--repeat").map_or(Ok(5), |n| n.parse())?;
    let options = Options {
        threads: Some(1),
        profile_interval_s: Some(3600.0),
        method: option(&mut words, "--method")
            .map(|name| method(&name))
            .transpose()?,
        ..Options::default()
    };
    let once = words.first().is_some_and(|w| w == "once");
    if once {
        words.remove(0);
    }
    let problem = Problem::read(&words)?;
    for setting in problem.settings.clone() {
        if once {
            let (_, solution) = timed(&problem, setting, &options)?;
            eprintln!("{}", counters(&solution));
            write(&solution);
        } else {
            compare(&problem, setting, &options, repeat)?;
        }
    }
    Ok(())
}

fn option(words: &mut Vec<String>, name: &str) -> Option<String> {
    let at = words.iter().position(|w| w == name)?;
    words.remove(at);
    (at < words.len()).then(|| words.remove(at))
}

fn method(name: &str) -> Result<Method, String> {
    match name {
        "tr-bdf2" => Ok(Method::TrBdf2),
        "esdirk5" => Ok(Method::Esdirk5),
        "esdirk3" => Ok(Method::Esdirk3),
        "esdirk4" => Ok(Method::Esdirk4),
        "radau3" => Ok(Method::Radau3),
        "radau5" => Ok(Method::Radau5),
        "radau7" => Ok(Method::Radau7),
        other => Err(format!("no method {other}")),
    }
}

/// Seconds of processor to build, and to solve; and what was found.
fn timed(
    problem: &Problem,
    setting: Setting,
    options: &Options,
) -> Result<([f64; 2], Solution), Box<dyn Error>> {
    let case = problem.case(setting);
    let begin = Instant::now();
    let seconds = || processor_s().unwrap_or_else(|| begin.elapsed().as_secs_f64());
    let start = seconds();
    let model = Model::build(&case, options)?;
    let built = seconds();
    let solution = run(&model, None, None, &mut Silent).solution;
    let (built, solved) = (built - start, seconds() - built);
    if !solution.status.complete {
        return Err(solution.status.message.into());
    }
    Ok(([built, solved], solution))
}

/// Processor time of this thread, where the system tells it.
fn processor_s() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}

fn compare(
    problem: &Problem,
    setting: Setting,
    options: &Options,
    repeat: u32,
) -> Result<(), Box<dyn Error>> {
    let reference = Reference::read(&problem.reference)?;
    let ([mut build, mut solve], solution) = timed(problem, setting, options)?;
    let mut count = 1.0;
    // The system's clock of a process is coarse: many runs are taken together.
    while count < f64::from(repeat) || solve < LEAST_S {
        let (more, _) = timed(problem, setting, options)?;
        (build, solve, count) = (build + more[0], solve + more[1], count + 1.0);
    }
    let c = &solution.counters;
    let line = serde_json::json!({
        "problem": problem.name,
        "size": setting.size,
        "tolerance_pa": setting.tolerance_pa,
        "cells": c.cells,
        "steps": c.steps,
        "rejected": c.rejected_steps,
        "iterations": c.newton_iterations,
        "factorisations": c.factorisations,
        "build_s": build / count,
        "solve_s": solve / count,
        "error_bar": reference.worst(&solution, &problem.columns)?,
    });
    println!("{line}");
    Ok(())
}

/// What a run took.
fn counters(solution: &Solution) -> serde_json::Value {
    let c = &solution.counters;
    serde_json::json!({
        "cells": c.cells,
        "steps": c.steps,
        "rejected": c.rejected_steps,
        "iterations": c.newton_iterations,
    })
}

/// Node pressures in bar, one line for each output time.
fn write(solution: &Solution) {
    let mut text = String::new();
    let column = solution
        .nodes
        .columns
        .iter()
        .find(|c| c.name == "pressure_pa");
    let Some(column) = column else { return };
    let rows = column.values.chunks(solution.nodes.ids.len().max(1));
    for (time, row) in solution.time_s.iter().zip(rows) {
        text.push_str(&time.to_string());
        for value in row {
            text.push_str(&format!(",{:.8}", value / 1e5));
        }
        text.push('\n');
    }
    print!("{text}");
}
