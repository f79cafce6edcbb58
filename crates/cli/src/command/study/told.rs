//! What an ensemble says to a person, and as JSON.

use crate::console::{BOLD, plural};
use crate::screen::{Table, wrapped};
use crate::shown::{Shown, number, quantity_name, wall_time};
use linepack_flow::ensemble::{End, Outcome};
use linepack_network::{Case, Ensemble};
use linepack_results::Quantiles;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Failed members that are kept and told one by one.
const KEPT: usize = 100;
const TOLD: usize = 10;
const PA_PER_BAR: f64 = 1e5;

/// A member that failed.
#[derive(Debug)]
pub(super) struct Failed {
    member: u64,
    status: &'static str,
    element: String,
    message: String,
}

impl Failed {
    /// Where the member failed.
    pub(super) fn of(outcome: &Outcome) -> Option<Self> {
        (outcome.end != End::Complete).then(|| Self {
            member: outcome.index,
            status: outcome.end.word(),
            element: outcome.element.clone().unwrap_or_default(),
            message: outcome.message.clone(),
        })
    }
}

/// Counts of members.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) members: u64,
    pub(super) complete: u64,
    /// Members in which an off-take got less than it asked for, or fell below its contract pressure.
    pub(super) short: u64,
    pub(super) steps: usize,
    pub(super) iterations: usize,
    failed: Vec<Failed>,
    by_status: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub(super) fn note(&mut self, failed: Option<Failed>) {
        let Some(failed) = failed else {
            self.complete += 1;
            return;
        };
        *self.by_status.entry(failed.status).or_default() += 1;
        if self.failed.len() < KEPT {
            self.failed.push(failed);
        }
    }
}

/// All that is told of an ensemble.
pub(super) struct Told<'a> {
    pub(super) case: &'a Case,
    pub(super) ensemble: &'a Ensemble,
    pub(super) tally: Tally,
    /// Of columns of the members.
    pub(super) members: Vec<(String, Quantiles)>,
    /// Of series at the end.
    pub(super) series: Vec<(String, Quantiles)>,
    pub(super) threads: Option<usize>,
    pub(super) cells: usize,
    /// Reading, building, solving and writing.
    pub(super) seconds: [f64; 3],
}

impl Told<'_> {
    /// Whether all members are there.
    pub(super) fn is_whole(&self) -> bool {
        self.tally.members == self.ensemble.members
    }

    /// The document of `--json`.
    pub(super) fn document(&self) -> Value {
        let t = &self.tally;
        let [read, build, solve] = self.seconds;
        let failed = t.failed.iter().map(|f| {
            json!({ "member": f.member, "status": f.status, "element": f.element, "message": f.message })
        });
        json!({
            "command": "study ensemble",
            "case": self.case.id,
            "stage": self.case.stage,
            "scenario": self.case.scenario.name,
            "title": self.ensemble.title,
            "seed": self.ensemble.seed,
            "members": {
                "asked": self.ensemble.members,
                "told": t.members,
                "complete": t.complete,
                "short": t.short,
                "failed": t.members - t.complete,
                "failed_by_status": t.by_status,
            },
            "failed": failed.collect::<Vec<_>>(),
            "over_members": of_quantiles(&self.members),
            "at_the_end": of_quantiles(&self.series),
            "counters": {
                "cells": self.cells,
                "steps": t.steps,
                "newton_iterations": t.iterations,
            },
            "threads": self.threads,
            "members_per_s": t.members as f64 / solve,
            "timing_s": { "read": read, "build": build, "solve": solve },
        })
    }

    /// The text for people.
    pub(super) fn text(&self, place: &Path, case: &Path, verbose: bool) -> String {
        let mut text = self.head();
        let sections = [
            ("Over the members".to_owned(), self.over_members()),
            ("At the end".to_owned(), self.at_the_end()),
            (self.failed_heading(), self.failed(verbose)),
        ];
        for (heading, section) in sections.iter().filter(|(_, s)| !s.is_empty()) {
            text.push_str(&format!("\n{BOLD}{heading}{BOLD:#}\n{section}"));
        }
        text.push_str(&self.foot(place, case));
        text
    }

    fn head(&self) -> String {
        let title = match self.ensemble.title.as_str() {
            "" => &self.case.title,
            title => title,
        };
        let t = &self.tally;
        let hours = self.case.scenario.duration_s / 3600.0;
        let scenario = format!("scenario {}, {hours} h", self.case.scenario.name);
        let mut text = format!("{BOLD}{title}{BOLD:#}\n  {scenario}\n\n");
        let lines = [
            (
                "Members",
                format!(
                    "{} of {}, seed {}",
                    t.members, self.ensemble.members, self.ensemble.seed
                ),
            ),
            ("Complete", share(t.complete, t.members)),
            (
                "Short",
                format!(
                    "{} with an off-take below what it asks for or its contract pressure",
                    share(t.short, t.members)
                ),
            ),
        ];
        for (label, words) in lines {
            text.push_str(&format!("  {BOLD}{label:<12}{BOLD:#}{words}\n"));
        }
        text
    }

    /// Quantiles of totals, in the units that people read.
    fn over_members(&self) -> String {
        let largest = self.members.iter().find(|(name, _)| name == "out_kg");
        let duration_s = self.case.scenario.duration_s.max(1.0);
        let flow = largest.map_or(0.0, |(_, q)| q.most / duration_s);
        let Ok(shown) = Shown::new(self.case, flow) else {
            return String::new();
        };
        let mut table = quantile_table();
        for (name, q) in &self.members {
            let (words, unit) = words_of(name, &shown);
            let cell = |x: f64| match name.ends_with("_pa") {
                true => number(x / PA_PER_BAR, 2),
                false => shown.amount(x),
            };
            table.row(row(format!("{words}, {unit}"), q, cell));
        }
        if self.members.is_empty() {
            String::new()
        } else {
            table.lines()
        }
    }

    /// Quantiles of series at the end.
    fn at_the_end(&self) -> String {
        let Ok(shown) = Shown::new(self.case, f64::INFINITY) else {
            return String::new();
        };
        let mut table = quantile_table();
        for (name, q) in &self.series {
            let (element, column) = name.rsplit_once('.').unwrap_or(("network", name));
            let (cell, unit): (Box<dyn Fn(f64) -> String>, &str) = match column {
                c if c.ends_with("_pa") => (Box::new(|x| shown.pressure(x)), "bara"),
                c if c.ends_with("kg_per_s") => (Box::new(|x| shown.flow(x)), shown.flow_unit),
                c if c.ends_with("_kg") => (Box::new(|x| shown.amount(x)), shown.amount_unit),
                c if c.ends_with("_w") => (Box::new(|x| shown.power(x)), "MW"),
                _ => (Box::new(|x| number(x, 2)), "-"),
            };
            let label = format!("{element} {}, {unit}", quantity_name(column));
            table.row(row(label, q, cell));
        }
        if self.series.is_empty() {
            String::new()
        } else {
            table.lines()
        }
    }

    fn failed_heading(&self) -> String {
        let count = self.tally.members - self.tally.complete;
        format!("Failed: {}", plural(count as usize, "member"))
    }

    fn failed(&self, verbose: bool) -> String {
        let list = &self.tally.failed;
        let told = if verbose {
            list.len()
        } else {
            list.len().min(TOLD)
        };
        let mut text = String::new();
        for f in &list[..told] {
            let element = match f.element.as_str() {
                "" => String::new(),
                element => format!(" at \"{element}\""),
            };
            let words = format!("{:<8} {}{element}: {}", f.member, f.status, f.message);
            text.push_str(&format!("  {}\n", wrapped(&words, 11).trim_start()));
        }
        let all = self.tally.members - self.tally.complete;
        if all > told as u64 {
            text.push_str(&format!(
                "  and {} more (members.parquet has all)\n",
                all - told as u64
            ));
        }
        text
    }

    fn foot(&self, place: &Path, case: &Path) -> String {
        let [read, build, solve] = self.seconds;
        let t = &self.tally;
        let mut text = format!(
            "\n  Written to {}: members.parquet, series.parquet, quantiles.parquet\n",
            place.display()
        );
        let looked_at = t.failed.first().map_or(0, |f| f.member);
        text.push_str(&format!(
            "  linepack study ensemble {} --only {looked_at} shows member {looked_at} as a run of its own\n",
            case.display()
        ));
        text.push_str(&format!(
            "  {} cells, {} steps; {:.0} members a second; read {}, build {}, solve {}\n",
            self.cells,
            t.steps,
            t.members as f64 / solve,
            wall_time(read),
            wall_time(build),
            wall_time(solve)
        ));
        text
    }
}

fn share(part: u64, whole: u64) -> String {
    format!(
        "{part} ({} %)",
        number(100.0 * part as f64 / whole.max(1) as f64, 1)
    )
}

fn quantile_table() -> Table {
    Table::new(&["", "least", "5 %", "median", "95 %", "most"])
}

fn row(label: String, q: &Quantiles, cell: impl Fn(f64) -> String) -> Vec<String> {
    let [p05, _, p50, _, p95] = q.at;
    let cells = [q.least, p05, p50, p95, q.most].map(cell);
    std::iter::once(label).chain(cells).collect()
}

/// What a column of the members is, and its unit.
fn words_of<'s>(name: &'s str, shown: &'s Shown) -> (&'s str, &'s str) {
    match name {
        "out_kg" => ("delivered", shown.amount_unit),
        "shortfall_kg" => ("short", shown.amount_unit),
        "linepack_end_kg" => ("line pack at the end", shown.amount_unit),
        "linepack_min_kg" => ("least line pack", shown.amount_unit),
        "margin_low_pa" => ("least margin to a lowest pressure", "bar"),
        "margin_high_pa" => ("least margin to a highest pressure", "bar"),
        other => (other, ""),
    }
}

fn of_quantiles(list: &[(String, Quantiles)]) -> Value {
    let one = |q: &Quantiles| {
        let [p05, p25, p50, p75, p95] = q.at;
        json!({
            "members": q.count, "least": q.least, "p05": p05, "p25": p25, "p50": p50,
            "p75": p75, "p95": p95, "most": q.most, "mean": q.mean,
        })
    };
    list.iter()
        .map(|(name, q)| (name.clone(), one(q)))
        .collect()
}
