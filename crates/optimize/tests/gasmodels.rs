//! Objective values that the tests of GasModels.jl assert (gas flow, optimal gas flow, load shed, expansion), with the
//! same physics: constant friction factors, constant speed of sound.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-optimize` writes `docs/validation/gasmodels.md` anew.

#![allow(
    clippy::print_stderr,
    clippy::allow_attributes,
    reason = "tests say what they skip"
)]

use linepack_formats::{Selection, read};
use linepack_network::Case;
use linepack_optimize::{
    Objective, Offer, Plan, Prices, StationModel, Trade, Verdict, expansion, optimize,
};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var_os("LINEPACK_DATA").map_or_else(|| default.into(), PathBuf::from)
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/gasmodels.md")
}

/// A file of the library with the numbers of its blocks.
struct File {
    case: Case,
    blocks: BTreeMap<String, Vec<Vec<f64>>>,
}

impl File {
    fn read(name: &str) -> Option<Self> {
        let folder = data().join("matgas/GasModels");
        let paths = ["test/data/matgas", "examples/data/matgas"].map(|f| folder.join(f).join(name));
        let Some(path) = paths.iter().find(|p| p.exists()) else {
            eprintln!(
                "skipped: {name} is not in {}; set LINEPACK_DATA",
                folder.display()
            );
            return None;
        };
        let text = std::fs::read_to_string(path).expect("readable");
        let case = read(path, &Selection::default()).expect("a network").case;
        Some(Self {
            case,
            blocks: blocks(&text),
        })
    }

    fn rows(&self, block: &str) -> &[Vec<f64>] {
        self.blocks.get(block).map_or(&[], Vec::as_slice)
    }

    /// Offers of dispatchable receipts, deliveries and transfers, their prices by a rule.
    fn offers(&self, price: impl Fn(&str, usize, &[f64]) -> f64) -> Vec<Offer> {
        let mut offers = Vec::new();
        for block in ["receipt", "delivery", "transfer"] {
            for (k, row) in self.rows(block).iter().enumerate() {
                if row[5] == 1.0 {
                    offers.push(Offer {
                        terminal: format!("{block}_{}", row[0]),
                        per_kg: price(block, k, row),
                        flow_kg_per_s: [row[2], row[3]],
                    });
                }
            }
        }
        offers
    }
}

/// The numbers of the rows of each block.
fn blocks(text: &str) -> BTreeMap<String, Vec<Vec<f64>>> {
    let mut found: BTreeMap<String, Vec<Vec<f64>>> = BTreeMap::new();
    let mut block = None;
    for line in text
        .lines()
        .map(|l| l.split('%').next().unwrap_or("").trim())
    {
        if let Some(name) = line.strip_prefix("mgc.").and_then(|l| l.split_once('=')) {
            block = line.ends_with('[').then(|| name.0.trim().to_owned());
        } else if line.starts_with(']') {
            block = None;
        } else if let Some(block) = &block
            && !line.is_empty()
        {
            let cells = line.trim_end_matches(';').split_whitespace();
            let row = cells.map_while(|c| c.parse().ok()).collect();
            found.entry(block.clone()).or_default().push(row);
        }
    }
    found
}

/// What GasModels.jl asserts for a file.
struct Asserted {
    problem: &'static str,
    file: &'static str,
    formulations: &'static str,
    /// None: infeasible.
    value: Option<f64>,
    tolerance: f64,
    note: &'static str,
}

const ASSERTED: [Asserted; 10] = [
    gas_flow("case-6-gf.m"),
    gas_flow("gaslib-40-E.m"),
    trade("case-6-no-power-limits.m", -253.683, ""),
    trade("case-6.m", -167.190, ""),
    trade("case-6-elevation.m", -191.169, ELEVATION),
    shed("case-6-ls.m", 5.0),
    shed("case-6-ls-priority.m", 4.5),
    proxy("case-6-no-power-limits.m", -253.683),
    unconstrained("case-6.m", -271.46),
    unconstrained("case-6-elevation.m", -285.768),
];

const ELEVATION: &str = "";

const fn gas_flow(file: &'static str) -> Asserted {
    Asserted {
        problem: "gas flow",
        file,
        formulations: "WP CWP DWP",
        value: Some(0.0),
        tolerance: 1e-6,
        note: "",
    }
}

const fn trade(file: &'static str, value: f64, note: &'static str) -> Asserted {
    Asserted {
        problem: "optimal gas flow",
        file,
        formulations: "WP CWP",
        value: Some(value),
        tolerance: 0.01,
        note,
    }
}

const fn proxy(file: &'static str, value: f64) -> Asserted {
    Asserted {
        problem: "optimal gas flow, no limit of power",
        file,
        formulations: "WP",
        value: Some(value),
        tolerance: 0.01,
        note: "",
    }
}

const fn unconstrained(file: &'static str, value: f64) -> Asserted {
    Asserted {
        problem: "optimal gas flow, no limit of power",
        file,
        formulations: "WP CWP",
        value: Some(value),
        tolerance: 0.01,
        note: "",
    }
}

const fn shed(file: &'static str, value: f64) -> Asserted {
    Asserted {
        problem: "load shed",
        file,
        formulations: "WP CWP",
        value: Some(value),
        tolerance: 0.1,
        note: "",
    }
}

const fn expand(
    file: &'static str,
    value: Option<f64>,
    tolerance: f64,
    note: &'static str,
) -> Asserted {
    Asserted {
        problem: "expansion",
        file,
        formulations: "DWP",
        value,
        tolerance,
        note,
    }
}

/// Solves what is asserted; none where the file is not there.
fn solve(asserted: &Asserted) -> Option<Plan> {
    let file = File::read(asserted.file)?;
    let mut case = file.case.clone();
    let objective = match asserted.problem {
        "gas flow" => Objective::Feasible,
        "load shed" => {
            let weight = |block: &str, k: usize| match block {
                "delivery" => file.rows("delivery_data").get(k).map_or(1.0, |row| row[0]),
                _ => 0.0,
            };
            worth(&file, |block, k, _| weight(block, k))
        }
        "expansion" => {
            let pipes = file.rows("ne_pipe").iter().map(|row| ("ne_pipe", row));
            let stations = file
                .rows("ne_compressor")
                .iter()
                .map(|row| ("ne_compressor", row));
            let cost = |(block, row): (&str, &Vec<f64>)| {
                (format!("{block}_{}", row[0]), *row.last().expect("a cost"))
            };
            let costs: Vec<(String, f64)> = pipes.chain(stations).map(cost).collect();
            let (built, objective) = expansion(&case, &costs).expect("candidates");
            case = built;
            objective
        }
        _ => {
            if asserted.problem.ends_with("power") {
                let stations = case.network.compressor_stations.iter_mut();
                stations.for_each(|s| s.power_max_w = None);
            }
            // Receipts cost their offer, deliveries and transfers are worth their bid.
            worth(&file, |_, _, row| row[7])
        }
    };
    Some(optimize(&case, &objective, StationModel::Maps).expect("a problem"))
}

fn worth(file: &File, price: impl Fn(&str, usize, &[f64]) -> f64) -> Objective {
    let prices = Prices {
        gas_per_kg: 0.0,
        power_per_j: 0.0,
    };
    Objective::Trade(Trade {
        offers: file.offers(price),
        prices,
    })
}

/// Gas flow and expansion cost nothing or money; what is traded is a cost, what is shed a delivery.
fn in_their_sign(asserted: &Asserted, plan: &Plan) -> Option<f64> {
    match asserted.problem {
        "gas flow" => (plan.verdict == Verdict::Feasible).then_some(0.0),
        "load shed" => plan.value.map(|v| -v),
        _ => plan.value,
    }
}

#[test]
fn objective_values_are_those_of_gasmodels() {
    let mut text = String::from(
        "<!-- generated: LINEPACK_UPDATE=1 cargo nextest run -p linepack-optimize -->\n# Objective values of GasModels.jl\n\n\
         What the tests of GasModels.jl (Los Alamos National Laboratory, BSD-3) assert, and what `linepack` finds with the same physics: constant\n\
         friction factors, constant speed of sound, stations of ideal efficiency. WP, CWP and DWP are its formulations with the exact law of\n\
         pipes; those with relaxed laws are bounds. Every value of linepack belongs to an operating point that a steady solve confirms.\n\n\
         | problem | file | formulations | asserted | tolerance | linepack | bound |\n|---|---|---|---:|---:|---:|---:|\n",
    );
    let mut notes = String::new();
    for asserted in &ASSERTED {
        let Some(plan) = solve(asserted) else { return };
        eprintln!(
            "{} {} {:?}: {:?} {:?} bound {:?} check {} {:?} passed {:?}",
            asserted.problem,
            asserted.file,
            asserted.value,
            plan.verdict,
            plan.value,
            plan.bound,
            plan.check.message,
            plan.check.violations.first(),
            plan.passed.first()
        );
        let number = |v: Option<f64>| v.map_or("infeasible".to_owned(), |v| format!("{v:.3}"));
        let found = in_their_sign(asserted, &plan).filter(|_| plan.verdict == Verdict::Feasible);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            asserted.problem,
            asserted.file,
            asserted.formulations,
            number(asserted.value),
            asserted.tolerance,
            number(found),
            plan.bound.map_or(String::new(), |b| format!("{b:.3}")),
        );
        if !asserted.note.is_empty() {
            let _ = writeln!(notes, "\n{}: {}", asserted.file, asserted.note);
        }
    }
    text.push_str(&notes);
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        std::fs::write(page(), &text).expect("writable");
    }
}
