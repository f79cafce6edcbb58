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
use linepack_optimize::{Objective, Offer, Plan, Prices, StationModel, Trade, Verdict, optimize};
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

/// What GasModels.jl asserts for a file with the exact law of pipes.
struct Asserted {
    problem: &'static str,
    file: &'static str,
    value: f64,
    tolerance: f64,
}

const GAS_FLOW: &str = "gas flow";
const TRADE: &str = "optimal gas flow";
const UNLIMITED: &str = "optimal gas flow, no limit of power";
const SHED: &str = "load shed";

const ASSERTED: [Asserted; 8] = [
    asserted(GAS_FLOW, "case-6-gf.m", 0.0, 1e-6),
    asserted(GAS_FLOW, "gaslib-40-E.m", 0.0, 1e-6),
    asserted(TRADE, "case-6-no-power-limits.m", -253.683, 0.01),
    asserted(TRADE, "case-6.m", -167.190, 0.01),
    asserted(UNLIMITED, "case-6-no-power-limits.m", -253.683, 0.01),
    asserted(UNLIMITED, "case-6.m", -271.46, 0.01),
    asserted(SHED, "case-6-ls.m", 5.0, 0.1),
    asserted(SHED, "case-6-ls-priority.m", 4.5, 0.1),
];

const fn asserted(
    problem: &'static str,
    file: &'static str,
    value: f64,
    tolerance: f64,
) -> Asserted {
    Asserted {
        problem,
        file,
        value,
        tolerance,
    }
}

/// Solves what is asserted; none where the file is not there.
fn solve(asserted: &Asserted) -> Option<Plan> {
    let file = File::read(asserted.file)?;
    let mut case = file.case.clone();
    let objective = match asserted.problem {
        GAS_FLOW => Objective::Feasible,
        SHED => {
            let weight = |block: &str, k: usize| match block {
                "delivery" => file.rows("delivery_data").get(k).map_or(1.0, |row| row[0]),
                _ => 0.0,
            };
            worth(&file, |block, k, _| weight(block, k))
        }
        _ => {
            if asserted.problem == UNLIMITED {
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
        GAS_FLOW => (plan.verdict == Verdict::Feasible).then_some(0.0),
        SHED => plan.value.map(|v| -v),
        _ => plan.value,
    }
}

const HEAD: &str = "<!-- generated: LINEPACK_UPDATE=1 cargo nextest run -p linepack-optimize -->
# Objective values of GasModels.jl

What the tests of GasModels.jl (Los Alamos National Laboratory, BSD-3) assert with the exact law of pipes, and what `linepack` finds with
the same physics: constant friction factors, constant speed of sound, stations of ideal efficiency. A junction of type 1 holds its nominal
pressure. Gas flow is a question of feasibility; optimal gas flow is the cost of receipts less the worth of deliveries and transfers; load
shed is what is delivered, by priority. Every value of linepack belongs to an operating point that a steady solve confirms within all limits;
the bound comes from the convex relaxation, and no operating point is beyond it.

| problem | file | asserted | tolerance | linepack | bound |
|---|---|---:|---:|---:|---:|
";

const TAIL: &str = "
case-6.m with limits of power: the point found is better than the asserted one by more than the tolerance, with the power of both stations
within the limits of the file in the steady solve. Why GasModels.jl stops at the other point is not known: halving the limits of power does
not lead there.

Not compared: case-6-elevation.m, whose junctions lie 10 km apart in height, where linepack does not reach the asserted value yet; the
expansions of A1, A2 and gaslib-40-E, of which linepack finds no optimum within a minute; relaxed formulations, which are bounds; files that
are not open.
";

/// The asserted value is found, or one that is better.
#[test]
fn objective_values_are_those_of_gasmodels() {
    let mut text = String::from(HEAD);
    for asserted in &ASSERTED {
        let Some(plan) = solve(asserted) else { return };
        let name = format!("{} {}", asserted.problem, asserted.file);
        assert_eq!(plan.verdict, Verdict::Feasible, "{name}");
        let found = in_their_sign(asserted, &plan).expect("a value");
        let better = match asserted.problem {
            SHED => found - asserted.value,
            _ => asserted.value - found,
        };
        assert!(better > -asserted.tolerance, "{name}: {found}");
        let known = asserted.problem == TRADE && asserted.file == "case-6.m";
        assert!(known || better < asserted.tolerance, "{name}: {found}");
        let bound = plan.bound.filter(|_| asserted.problem != GAS_FLOW);
        let bound = bound.map(|b| if asserted.problem == SHED { -b } else { b });
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            asserted.problem,
            asserted.file,
            asserted.value,
            asserted.tolerance,
            number(found),
            bound.map_or(String::new(), number),
        );
    }
    text.push_str(TAIL);
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        std::fs::write(page(), &text).expect("writable");
    }
    let written = std::fs::read_to_string(page()).unwrap_or_default();
    assert!(
        written == text,
        "docs/validation/gasmodels.md is not what the code makes now"
    );
}

fn number(value: f64) -> String {
    format!("{:.2}", value + 0.0)
}
