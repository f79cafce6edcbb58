//! Random loads: how many of them are solved from a cold start.

use crate::data::{Outcome, folder};
use crate::solve::{load, solve};
use crate::steady::matching;
use crate::table::Table;
use linepack_formats::{Companions, Selection};
use linepack_gas::Gas;
use linepack_network::Case;
use linepack_units::FlowRate;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A network and its scenario, with the name in the table.
pub type Network = (&'static str, &'static str, &'static str);

/// The networks whose loads are varied.
pub const NETWORKS: [Network; 9] = [
    ("GasLib-11", "gaslib/GasLib-11/*.net", ""),
    ("GasLib-24", "gaslib/GasLib-24/*.net", ""),
    ("GasLib-40", "gaslib/GasLib-40/*.net", ""),
    (
        "GasLib-134",
        "gaslib/GasLib-134/*.net",
        "gaslib/GasLib-134/nominations/2012-01-12.scn",
    ),
    (
        "GasLib-582",
        "gaslib/GasLib-582/*.net",
        "gaslib/GasLib-582/*.scn",
    ),
    ("GasLib-Integration", "gaslib/GasLib-Integration/*.net", ""),
    (
        "case-6-nominal",
        "matgas/GasModels/test/data/matgas/case-6-nominal.m",
        "",
    ),
    (
        "northeast",
        "matgas/GasPowerModels/examples/data/matgas/northeast.m",
        "",
    ),
    ("GasLib-4197", "gaslib/GasLib-4197/*.net", ""),
];

/// How many patterns of a network are solved.
#[derive(Debug, Clone, Default)]
pub struct Share {
    /// Patterns tried.
    pub patterns: usize,
    /// Those solved.
    pub solved: usize,
    /// Newton iterations of all.
    pub iterations: usize,
    /// Most iterations of one that is solved.
    pub iterations_max: usize,
    /// Patterns not solved by the beginning of the solver's message, with one of them: its number,
    /// its scale and the whole message.
    pub failures: BTreeMap<String, (usize, String)>,
}

/// Numbers from 0 to 1, the same on every machine (Marsaglia 2003, xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Tries random loads on a network.
///
/// Errors: that the network is missing or not read.
pub fn share(network: Network, patterns: usize) -> Outcome<Share> {
    let root = folder()?;
    let (name, path, scenario) = network;
    let first = |pattern: &str| matching(&root, pattern).into_iter().next();
    let path = first(path).ok_or_else(|| format!("{name} is not there"))?;
    let scenario = if scenario.is_empty() {
        None
    } else {
        first(scenario)
    };
    let selection = Selection {
        beside: Companions {
            scenario,
            ..Companions::default()
        },
        ..Selection::default()
    };
    let case = load(&path, &selection)?.case;
    let mut dice = Dice(88_172_645_463_325_252);
    let mut share = Share {
        patterns,
        ..Share::default()
    };
    for number in 0..patterns {
        let (scale, varied) = pattern(&case, &mut dice)?;
        share.add(number, scale, &varied);
    }
    Ok(share)
}

impl Share {
    fn add(&mut self, number: usize, scale: f64, case: &Case) {
        let message = match solve(case) {
            Ok(solution) => {
                let iterations = solution.counters.newton_iterations;
                self.iterations += iterations;
                if solution.status.converged {
                    self.solved += 1;
                    self.iterations_max = self.iterations_max.max(iterations);
                    return;
                }
                solution.status.message
            }
            Err(why) => why,
        };
        let kind: String = message
            .chars()
            .take_while(|c| !c.is_ascii_digit())
            .collect();
        let of = || {
            (
                0,
                format!("pattern {number}, {:.0} %: {message}", 100.0 * scale),
            )
        };
        self.failures.entry(kind).or_insert_with(of).0 += 1;
    }
}

/// Loads of a random scale from 0 to 1 of all that is nominated, with a random share for each
/// off-take; supplies of a given flow bring the same share of theirs, the rest comes from those
/// that hold a pressure.
fn pattern(case: &Case, dice: &mut Dice) -> Outcome<(f64, Case)> {
    let gas = Gas::new(&case.gas).map_err(|e| e.to_string())?;
    let mut varied = case.clone();
    let scale = dice.roll();
    let (mut nominated, mut taken) = (0.0, 0.0);
    for off_take in &mut varied.network.off_takes {
        if let Some(flow) = off_take.flow {
            let flow = gas.mass_flow_kg_per_s(flow).map_err(|e| e.to_string())?;
            let share = flow * dice.roll();
            (nominated, taken) = (nominated + flow, taken + share);
            off_take.flow = Some(FlowRate::mass(share));
        }
    }
    if nominated == 0.0 {
        return Err("no off-take has a flow that could be varied".to_owned());
    }
    let factor = if taken > 0.0 {
        scale * nominated / taken
    } else {
        0.0
    };
    for off_take in &mut varied.network.off_takes {
        off_take.flow = off_take.flow.map(|f| f.scaled(factor));
    }
    for supply in &mut varied.network.supplies {
        supply.flow = supply.flow.map(|f| f.scaled(scale));
    }
    Ok((scale, varied))
}

const BEGINNING: &str = "<!-- generated: cargo run -p linepack-validation --example robustness --release -->
# Robustness

Random loads from a cold start. Each pattern scales the sum of all nominated off-takes to a random share between 0 and 100 %, distributes
it at random over them, and scales supplies of a given flow by the same share; supplies that hold a pressure bring the rest. Limits and
operating rules stay as they are, so some patterns have no solution: for these the solver's message is listed. The numbers are the same on
every machine. Written by `cargo run -p linepack-validation --example robustness --release`, as of its last run (networks and patterns can be chosen);
a test tries twenty patterns of four networks.

";

const COLUMNS: [&str; 6] = [
    "network",
    ">patterns",
    ">solved",
    ">share",
    ">Newton iterations, mean",
    ">most of a solved one",
];

/// What the page begins with whatever the solver does.
#[must_use]
pub fn heading() -> String {
    format!("{BEGINNING}{}", Table::new(&COLUMNS).text())
}

/// The page from what each network gave.
#[must_use]
pub fn page(shares: &[(&str, Outcome<Share>)]) -> String {
    let mut table = Table::new(&COLUMNS);
    let mut failures = String::new();
    for (name, share) in shares {
        match share {
            Ok(share) => {
                table.row(&share.row(name));
                failures += &share.failures_text(name);
            }
            Err(why) => {
                let _ = writeln!(failures, "\n{name}: {why}");
            }
        }
    }
    let heading = format!("{BEGINNING}{}", table.text());
    match failures.is_empty() {
        true => heading,
        false => format!("{heading}\n## Not solved\n{failures}"),
    }
}

impl Share {
    fn row(&self, name: &str) -> Vec<String> {
        let count = self.patterns.max(1) as f64;
        vec![
            name.to_owned(),
            self.patterns.to_string(),
            self.solved.to_string(),
            format!("{:.1} %", 100.0 * self.solved as f64 / count),
            format!("{:.1}", self.iterations as f64 / count),
            self.iterations_max.to_string(),
        ]
    }

    fn failures_text(&self, name: &str) -> String {
        if self.failures.is_empty() {
            return String::new();
        }
        let mut table = Table::new(&["patterns", "one of them"]);
        for (count, example) in self.failures.values() {
            table.row(&[count.to_string(), example.clone()]);
        }
        format!("\n### {name}\n\n{}", table.text())
    }
}
