mod scaling;

use super::run::timed;
use crate::args::Bench;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::input;
use linepack_flow::bench::{KernelTimes, kernel_times};
use linepack_flow::{Model, Options, Silent};
use linepack_formats::Selection;
use linepack_results::Counters;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// How long something took, each time that it was done, s.
#[derive(Debug, Default)]
struct Times(Vec<f64>);

impl Times {
    fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The middle one; of an even number the later.
    fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn document(&self) -> Value {
        json!({ "least": self.least(), "median": self.median() })
    }
}

/// Something that is timed, with what it cost in counters where there are any.
struct Phase {
    name: &'static str,
    times: Times,
    counters: Option<Counters>,
    solved: bool,
}

/// Times a case, or networks of growing size.
pub(super) fn bench(args: &Bench, console: &Console) -> Result<Exit, Failure> {
    match (&args.case, args.scaling) {
        (Some(path), _) => case(args, path, console),
        (None, largest) => scaling::scaling(args, largest.unwrap_or_default(), console),
    }
}

/// Times reading, building and solving a case, each as often as asked, in this process.
fn case(args: &Bench, path: &Path, console: &Console) -> Result<Exit, Failure> {
    let selection = Selection::from(&args.selecting);
    let (loaded, first_s) = timed(|| input::read(path, &selection, console))?;
    let mut read = Times(vec![first_s]);
    for _ in 1..args.repeat {
        let began = Instant::now();
        drop(linepack_formats::read(path, &selection));
        read.0.push(began.elapsed().as_secs_f64());
    }
    let options = Options {
        threads: args.threads.map(|n| n as usize),
        ..Options::default()
    };
    let mut build = Times::default();
    let (mut model, first_s) = timed(|| input::model(&loaded, &options))?;
    build.0.push(first_s);
    for _ in 1..args.repeat {
        let (again, took) = timed(|| input::model(&loaded, &options))?;
        build.0.push(took);
        model = again;
    }
    let plain = |name, times| Phase {
        name,
        times,
        counters: None,
        solved: true,
    };
    let mut phases = vec![
        plain("read", read),
        plain("build", build),
        steady(&model, args.repeat),
    ];
    if loaded.case.scenario.duration_s > 0.0 && !args.steady {
        phases.push(run(&model, args.repeat));
    }
    let kernel = kernel_times(&model, args.repeat as usize);
    let memory = peak_memory_bytes();
    if console.json {
        console.document(&document(args, &phases, kernel, memory));
    } else if console.for_people() {
        console.data(&(table(&phases) + &costs(kernel, memory)));
    }
    let solved = phases.iter().all(|p| p.solved);
    Ok(if solved { Exit::Done } else { Exit::NotSolved })
}

fn steady(model: &Model, repeat: u32) -> Phase {
    solving("steady", repeat, || {
        let solution = linepack_flow::steady(model);
        (solution.counters, solution.status.converged)
    })
}

fn run(model: &Model, repeat: u32) -> Phase {
    solving("run", repeat, || {
        let solution = linepack_flow::run(model, None, None, &mut Silent).solution;
        (solution.counters, solution.status.complete)
    })
}

fn solving(name: &'static str, repeat: u32, solve: impl Fn() -> (Counters, bool)) -> Phase {
    let mut phase = Phase {
        name,
        times: Times::default(),
        counters: None,
        solved: true,
    };
    for _ in 0..repeat {
        let began = Instant::now();
        let (counters, solved) = solve();
        phase.times.0.push(began.elapsed().as_secs_f64());
        phase.counters = Some(counters);
        phase.solved &= solved;
    }
    phase
}

fn document(
    args: &Bench,
    phases: &[Phase],
    kernel: Option<KernelTimes>,
    memory: Option<u64>,
) -> Value {
    let mut document = json!({
        "repeat": args.repeat, "time_s": {}, "counters": {}, "solved": {},
        "kernel_ns_per_cell_and_iteration": kernel.map(of_kernel),
        "peak_memory_bytes": memory,
    });
    for phase in phases {
        document["time_s"][phase.name] = phase.times.document();
        if let Some(counters) = &phase.counters {
            document["counters"][phase.name] = json!(counters);
            document["solved"][phase.name] = json!(phase.solved);
        }
    }
    document
}

fn table(phases: &[Phase]) -> String {
    let mut text = format!("{:<8}{:>12}{:>12}\n", "", "least", "median");
    for phase in phases {
        let [least, median] = [phase.times.least(), phase.times.median()].map(milliseconds);
        text += &format!("{:<8}{least:>12}{median:>12}", phase.name);
        if let Some(c) = &phase.counters {
            let steps = match c.steps {
                0 => String::new(),
                n => format!("{n} steps, "),
            };
            let word = if phase.solved { "" } else { ", NOT solved" };
            text += &format!(
                "   {steps}{} Newton iterations, {} cells{word}",
                c.newton_iterations, c.cells
            );
        }
        text.push('\n');
    }
    text
}

fn of_kernel(times: KernelTimes) -> Value {
    json!({ "assemble": times.assemble, "substitute": times.substitute })
}

/// What the kernel and the process took, in words.
fn costs(kernel: Option<KernelTimes>, memory: Option<u64>) -> String {
    let kernel = kernel.map_or_else(String::new, |k| {
        format!(
            "kernel  {:.1} ns to assemble and {:.1} ns to substitute back, per cell and Newton iteration\n",
            k.assemble, k.substitute
        )
    });
    let memory = memory.map_or_else(String::new, |bytes| {
        format!("memory  {:.1} MiB at most\n", bytes as f64 / 1048576.0)
    });
    kernel + &memory
}

/// Most memory that this process has held at a time, as Linux tells it.
fn peak_memory_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|l| l.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024 * kib)
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.3} ms", 1e3 * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_and_median() {
        let times = Times(vec![3.0, 1.0, 2.0, 10.0, 4.0]);
        assert_eq!([times.least(), times.median()], [1.0, 3.0]);
    }
}
