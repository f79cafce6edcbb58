//! What the transient solver costs: its kernel, whole days, and how they grow with the mesh.
//!
//! `measure kernel`, `measure growth [LARGEST]`; each line of the output is a JSON object.

#![expect(clippy::print_stdout, reason = "prints what it measured")]

#[path = "../race/cases.rs"]
#[expect(dead_code, reason = "a part of what the race needs")]
mod cases;
mod lines;

use linepack_flow::bench::kernel_times;
use linepack_flow::{Model, Options, Silent, run};
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::{Case, FrictionLaw};
use std::error::Error;
use std::time::Instant;

const CELLS_PER_PIPE: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("kernel") => kernel(),
        Some("growth") => growth(words.get(1).map_or(Ok(1_000_000), |n| n.parse())?),
        _ => Err("kernel or growth?".into()),
    }
}

fn options() -> Options {
    Options {
        threads: Some(1),
        profile_interval_s: Some(1e9),
        ..Options::default()
    }
}

/// The kernel on real gas by GERG-2008 with Colebrook and White, and on constant Z and λ.
fn kernel() -> Result<(), Box<dyn Error>> {
    for cells in [1_000, 10_000, 100_000, 1_000_000] {
        for real in [true, false] {
            let case = network(cells / CELLS_PER_PIPE, real)?;
            let model = Model::build(&case, &options())?;
            let repeat = 20_000_000 / cells;
            let times = kernel_times(&model, repeat.min(1000)).ok_or("no steady state")?;
            println!(
                "{}",
                serde_json::json!({
                    "cells": cells,
                    "gas": if real { "GERG-2008, Colebrook-White" } else { "constant Z, constant λ" },
                    "assemble_ns": times.assemble,
                    "substitute_ns": times.substitute,
                })
            );
        }
    }
    Ok(())
}

/// A day on meshes of 1e3 cells and more.
fn growth(largest: usize) -> Result<(), Box<dyn Error>> {
    let mut cells = 1_000;
    while cells <= largest {
        let case = network(cells / CELLS_PER_PIPE, true)?;
        let begin = Instant::now();
        let before = memory_kib();
        let model = Model::build(&case, &options())?;
        let built = begin.elapsed().as_secs_f64();
        let solution = run(&model, None, None, &mut Silent).solution;
        let solved = begin.elapsed().as_secs_f64() - built;
        let c = &solution.counters;
        println!(
            "{}",
            serde_json::json!({
                "cells": c.cells,
                "complete": solution.status.complete,
                "steps": c.steps,
                "iterations": c.newton_iterations,
                "build_s": built,
                "solve_s": solved,
                "peak_bytes_per_cell": 1024.0 * (memory_kib() - before) / c.cells as f64,
                "residual_share": solution.balance.residual_kg.abs() / solution.balance.in_kg,
            })
        );
        cells *= 10;
    }
    Ok(())
}

/// Peak of the resident memory, KiB.
fn memory_kib() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with("VmHWM"));
    let number = line.and_then(|l| l.split_whitespace().nth(1));
    number.and_then(|n| n.parse().ok()).unwrap_or(f64::NAN)
}

/// Lines of ten pipes side by side, joined at their ends: each pipe 50 km in 100 cells, a pressure at
/// the head of each line and off-takes at its nodes whose demand swings by the hour.
fn network(pipes: usize, real: bool) -> Result<Case, Box<dyn Error>> {
    let mut case = lines::lines(pipes, CELLS_PER_PIPE);
    if real {
        case.settings.friction = FrictionLaw::ColebrookWhite;
        for pipe in &mut case.network.pipes {
            pipe.friction = None;
        }
        case.gas = GasSpec {
            substance: Substance::Mixture(natural_gas()?),
            equation: EquationOfState::Gerg2008,
            viscosity: Viscosity::LeeGonzalezEakin,
        };
    }
    Ok(case)
}

fn natural_gas() -> Result<Composition, Box<dyn Error>> {
    let parts = [
        ("methane", 0.92),
        ("ethane", 0.05),
        ("nitrogen", 0.02),
        ("carbon_dioxide", 0.01),
    ];
    Composition::from_fractions(parts).map_err(|e| format!("{e:?}").into())
}
