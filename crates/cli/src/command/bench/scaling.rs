//! How the cost of a day grows with the mesh.

use super::{of_kernel, peak_memory_bytes};
use crate::args::Bench;
use crate::command::run::timed;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use linepack_flow::bench::{CELLS_PER_PIPE, KernelTimes, Physics, kernel_times, lines};
use linepack_flow::{Model, Options, Silent};
use linepack_results::Counters;
use serde_json::{Value, json};

/// A size of network, and what a day on it cost.
struct Size {
    physics: Physics,
    complete: bool,
    build_s: f64,
    solve_s: f64,
    counters: Counters,
    kernel: KernelTimes,
    bytes_per_cell: Option<f64>,
    residual_share: f64,
}

/// Times a day on networks of growing size, with real gas and with constant properties.
pub(super) fn scaling(args: &Bench, largest: u32, console: &Console) -> Result<Exit, Failure> {
    let mut sizes = Vec::new();
    let mut cells = 1000;
    while cells <= largest as usize {
        for physics in [Physics::Real, Physics::Constant] {
            console.note(&format!("{cells} cells, {} ...", word(physics)));
            sizes.push(size(args, cells, physics)?);
        }
        cells *= 10;
    }
    if console.json {
        console.document(&document(&sizes));
    } else if console.for_people() {
        console.data(&table(&sizes));
    }
    let complete = sizes.iter().all(|s| s.complete);
    Ok(if complete {
        Exit::Done
    } else {
        Exit::NotSolved
    })
}

fn word(physics: Physics) -> &'static str {
    match physics {
        Physics::Real => "GERG-2008, Colebrook-White",
        Physics::Constant => "constant Z and friction factor",
    }
}

fn size(args: &Bench, cells: usize, physics: Physics) -> Result<Size, Failure> {
    let options = Options {
        threads: Some(args.threads.map_or(1, |n| n as usize)),
        profile_interval_s: Some(1e9),
        ..Options::default()
    };
    let case = lines(cells / CELLS_PER_PIPE, physics)
        .map_err(|issues| Failure::invalid(format!("{issues:?}")))?;
    let before = peak_memory_bytes();
    let build = || Model::build(&case, &options).map_err(|e| Failure::invalid(e.to_string()));
    let (model, build_s) = timed(build)?;
    let run = || Ok::<_, Failure>(linepack_flow::run(&model, None, None, &mut Silent).solution);
    let (solution, solve_s) = timed(run)?;
    // A size with real gas comes first and needs the most; of the other nobody knows what it needed.
    let grown = peak_memory_bytes().zip(before).map(|(a, b)| a - b);
    let grown = grown.filter(|_| physics == Physics::Real);
    let repeat = (20_000_000 / cells).min(1000);
    let kernel = kernel_times(&model, repeat);
    let kernel = kernel.ok_or_else(|| Failure::invalid("the network has no steady state"))?;
    Ok(Size {
        physics,
        complete: solution.status.complete,
        build_s,
        solve_s,
        kernel,
        bytes_per_cell: grown.map(|bytes| bytes as f64 / solution.counters.cells as f64),
        residual_share: solution.balance.residual_kg.abs() / solution.balance.in_kg,
        counters: solution.counters,
    })
}

impl Size {
    /// Time of a Newton iteration, all in, ns per cell.
    fn per_cell(&self) -> f64 {
        let iterations = self.counters.newton_iterations as f64;
        1e9 * self.solve_s / (iterations * self.counters.cells as f64)
    }

    fn share_of_kernel(&self) -> f64 {
        (self.kernel.assemble + self.kernel.substitute) / self.per_cell()
    }
}

/// The slope of the logarithm of the time over that of the cells, by least squares.
fn exponent(sizes: &[&Size]) -> Option<f64> {
    let points = sizes
        .iter()
        .map(|s| ((s.counters.cells as f64).ln(), s.solve_s.ln()));
    let n = sizes.len() as f64;
    let (x, y) = points
        .clone()
        .fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let (up, down) = points.fold((0.0, 0.0), |(up, down), p| {
        (up + (p.0 - x) * (p.1 - y), down + (p.0 - x).powi(2))
    });
    (sizes.len() > 1).then(|| up / down)
}

fn of(sizes: &[Size], physics: Physics) -> Vec<&Size> {
    sizes.iter().filter(|s| s.physics == physics).collect()
}

fn document(sizes: &[Size]) -> Value {
    let size = |s: &Size| {
        json!({
            "gas": word(s.physics),
            "complete": s.complete,
            "cells": s.counters.cells,
            "build_s": s.build_s,
            "solve_s": s.solve_s,
            "counters": s.counters,
            "kernel_ns_per_cell_and_iteration": of_kernel(s.kernel),
            "ns_per_cell_and_iteration": s.per_cell(),
            "share_of_kernel": s.share_of_kernel(),
            "memory_bytes_per_cell": s.bytes_per_cell,
            "mass_residual_share": s.residual_share,
        })
    };
    json!({
        "sizes": sizes.iter().map(size).collect::<Vec<_>>(),
        "exponent": {
            "constant": exponent(&of(sizes, Physics::Constant)),
            "real": exponent(&of(sizes, Physics::Real)),
        },
    })
}

fn table(sizes: &[Size]) -> String {
    let mut text = String::new();
    for physics in [Physics::Real, Physics::Constant] {
        let sizes = of(sizes, physics);
        text += &format!(
            "{}\n{:>10}{:>10}{:>10}{:>8}{:>12}{:>16}{:>12}{:>10}{:>14}\n",
            word(physics),
            "cells",
            "build, s",
            "solve, s",
            "steps",
            "iterations",
            "kernel, ns",
            "all in, ns",
            "share",
            "bytes a cell"
        );
        for s in &sizes {
            let kernel = format!("{:.1} + {:.1}", s.kernel.assemble, s.kernel.substitute);
            let memory = s
                .bytes_per_cell
                .map_or("–".to_owned(), |b| format!("{b:.0}"));
            let word = if s.complete { "" } else { "   NOT complete" };
            text += &format!(
                "{:>10}{:>10.3}{:>10.3}{:>8}{:>12}{kernel:>16}{:>12.0}{:>8.0} %{memory:>14}{word}\n",
                s.counters.cells,
                s.build_s,
                s.solve_s,
                s.counters.steps,
                s.counters.newton_iterations,
                s.per_cell(),
                100.0 * s.share_of_kernel(),
            );
        }
        if let Some(exponent) = exponent(&sizes) {
            text += &format!("time grows with the cells to the power of {exponent:.2}\n");
        }
        text.push('\n');
    }
    text + "Times of a cell and Newton iteration; the steady start is part of `solve`. Memory is what a size needed beyond all before it.\n"
}
