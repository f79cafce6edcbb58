//! What ensembles cost: members of a passive network's day, on any number of threads.
//!
//! `ensemble FILE [--members N] [--threads N] [--sigma S] [--cell M] [--tolerance PA] [--check]`
//!
//! FILE is a network as the race has it. Every demand is multiplied by a factor of its own, normal about 1,
//! with a part in common. Each line of the output is a JSON object. `--check` compares some members with
//! runs of their own.

#![expect(clippy::print_stdout, reason = "prints what it measured")]

#[path = "../race/cases.rs"]
#[expect(dead_code, reason = "a part of what the race needs")]
mod cases;

use cases::{Problem, Setting};
use linepack_flow::ensemble::{Outcome, Series, Settings, Unwatched, members, run_members};
use linepack_flow::{Model, Options};
use linepack_network::{
    Case, Distribution, ElementKind, Ensemble, Field, Group, Target, Variation, Way,
};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mut number = |name: &str, default: f64| option(&mut words, name, default);
    let count = number("--members", 1000.0)? as u64;
    let threads = number("--threads", 1.0)? as usize;
    let sigma = number("--sigma", 0.1)?;
    let setting = Setting {
        size: number("--cell", 2000.0)?,
        tolerance_pa: number("--tolerance", 1000.0)?,
    };
    let file = words.first().ok_or("which network?")?.clone();
    let words = ["network".to_owned(), file, String::new(), "0.3".to_owned()];
    let problem = Problem::read(&words)?;
    let mut case = problem.case(setting);
    case.scenario.output_interval_s = 3600.0;
    let begin = Instant::now();
    let options = Options {
        threads: Some(1),
        profile_interval_s: Some(1e9),
        ..Options::default()
    };
    let model = Model::build(&case, &options)?;
    let built = begin.elapsed().as_secs_f64();
    let ensemble = demand(&case, count, sigma);
    let settings = Settings {
        threads: Some(threads),
        series: vec![Series::linepack()],
    };
    let (mut complete, mut iterations, mut sum) = (0_u64, 0, 0.0);
    let (begin, before) = (Instant::now(), processor_s());
    let told = |o: &Outcome| {
        complete += u64::from(o.end == linepack_flow::ensemble::End::Complete);
        iterations += o.iterations;
        sum += o.amounts.linepack_end_kg;
        Ok::<(), Box<dyn Error>>(())
    };
    run_members(&model, members(&ensemble), &settings, &Unwatched, told)?;
    let (wall, processor) = (begin.elapsed().as_secs_f64(), processor_s() - before);
    println!(
        "{}",
        serde_json::json!({
            "network": problem.name,
            "cells": model.cells(),
            "members": count,
            "threads": threads,
            "complete": complete,
            "iterations_per_member": iterations as f64 / count as f64,
            "build_s": built,
            "wall_s": wall,
            "processor_s": processor,
            "members_per_s": count as f64 / wall,
            "processor_ms_per_member": 1e3 * processor / count as f64,
            "peak_mib": memory_kib() / 1024.0,
            "mean_linepack_end_kg": sum / complete as f64,
        })
    );
    Ok(())
}

fn option(words: &mut Vec<String>, name: &str, default: f64) -> Result<f64, Box<dyn Error>> {
    let Some(at) = words.iter().position(|w| w == name) else {
        return Ok(default);
    };
    words.remove(at);
    if at == words.len() {
        return Err(format!("{name} what?").into());
    }
    Ok(words.remove(at).parse()?)
}

/// A factor on each demand; half of its variance is common to all.
fn demand(case: &Case, members: u64, deviation: f64) -> Ensemble {
    let target = |index: usize| Target {
        kind: ElementKind::OffTake,
        index,
        field: Field::Flow,
    };
    let off_takes = case.network.off_takes.iter().enumerate();
    Ensemble {
        members,
        seed: 1,
        variations: vec![Variation {
            name: "demand".into(),
            targets: off_takes
                .map(|(i, o)| (target(i), o.header.id.clone()))
                .collect(),
            each: true,
            way: Way::Factor,
            unit: "1".into(),
            distribution: Distribution::Normal {
                mean: 1.0,
                deviation,
                low: 0.0,
                high: f64::INFINITY,
            },
            group: Some(0),
        }],
        groups: vec![Group {
            name: "weather".into(),
            correlation: 0.5,
        }],
        ..Ensemble::default()
    }
}

/// Processor time of all threads of this program, s.
fn processor_s() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, in brackets, may have blanks; user and system time are the 12th and 13th fields after it.
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = |i: usize| {
        fields
            .split_whitespace()
            .nth(i)
            .and_then(|t| t.parse::<f64>().ok())
    };
    (ticks(11).unwrap_or(f64::NAN) + ticks(12).unwrap_or(f64::NAN)) / 100.0
}

/// Peak of the resident memory, KiB.
fn memory_kib() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with("VmHWM"));
    let number = line.and_then(|l| l.split_whitespace().nth(1));
    number.and_then(|n| n.parse().ok()).unwrap_or(f64::NAN)
}
