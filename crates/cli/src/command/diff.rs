use crate::args::Diff;
use crate::console::{BOLD, Console};
use crate::failure::{Exit, Failure};
use crate::input;
use crate::screen::Table;
use crate::shown::{duration, significant};
use linepack_formats::{Fact, Selection};
use linepack_results::{Comparison, Difference, Manifest, RunFolder, compare, is_run, read_run};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// Most differences that are listed unless all are asked for.
const LISTED: usize = 40;

/// Compares two runs (inputs and results) or two cases (inputs).
pub(super) fn diff(args: &Diff, console: &Console) -> Result<Exit, Failure> {
    let (inputs, results) = match (is_run(&args.a), is_run(&args.b)) {
        (true, true) => {
            let (a, b) = (run(&args.a)?, run(&args.b)?);
            (
                manifests(&a.manifest, &b.manifest),
                Some(compare(&a.solution, &b.solution)),
            )
        }
        (false, false) => (cases(args, console)?, None),
        _ => {
            let help = Some("name two run folders, or two cases".into());
            return Err(Failure::usage("a run cannot be compared with a case", help));
        }
    };
    if console.json {
        let same = inputs.is_empty() && results.as_ref().is_none_or(Comparison::is_empty);
        console.document(&json!({ "equal": same, "inputs": inputs, "results": results }));
    } else if console.for_people() {
        console.data(&text(&inputs, results.as_ref(), args.all));
    }
    Ok(Exit::Done)
}

/// An input that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Changed {
    what: String,
    a: Option<String>,
    b: Option<String>,
}

fn run(path: &Path) -> Result<RunFolder, Failure> {
    read_run(path).map_err(|e| Failure::invalid(e.to_string()))
}

fn cases(args: &Diff, console: &Console) -> Result<Vec<Changed>, Failure> {
    let selection = Selection::from(&args.selecting);
    let facts =
        |path: &Path| Ok::<_, Failure>(stated(&input::read(path, &selection, console)?.facts));
    Ok(changed(&facts(&args.a)?, &facts(&args.b)?))
}

/// The values of a case by path. Rows without a name of their own are told apart by number.
fn stated(facts: &[Fact]) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for fact in facts {
        let mut path = fact.path.clone();
        let mut number = 2;
        while values.contains_key(&path) {
            path = format!("{} #{number}", fact.path);
            number += 1;
        }
        values.insert(path, fact.value.clone());
    }
    values
}

/// What went into two runs, and differs.
fn manifests(a: &Manifest, b: &Manifest) -> Vec<Changed> {
    changed(&entered(a), &entered(b))
}

/// What went into a run.
fn entered(m: &Manifest) -> BTreeMap<String, String> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut values = BTreeMap::from([
        ("program version".to_string(), m.program_version.clone()),
        ("command".into(), m.command.clone()),
        ("case".into(), m.case.clone()),
        ("stage".into(), optional(&m.stage)),
        ("as of".into(), optional(&m.as_of)),
        ("scenario".into(), m.scenario.clone()),
        ("set".into(), m.set.join(", ")),
        ("started from".into(), optional(&m.started_from)),
        (
            "until".into(),
            m.until_s.map_or(String::new(), |t| format!("{t} s")),
        ),
    ]);
    values.extend(
        m.settings
            .iter()
            .map(|(k, v)| (format!("settings.{k}"), v.clone())),
    );
    values.extend(
        m.inputs
            .iter()
            .map(|i| (format!("sha256 of {}", i.path), i.sha256.clone())),
    );
    values
}

/// The entries that differ or that only one has.
fn changed(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> Vec<Changed> {
    let only_in_b = b.keys().filter(|k| !a.contains_key(*k));
    a.keys()
        .chain(only_in_b)
        .filter(|k| a.get(*k) != b.get(*k))
        .map(|k| Changed {
            what: k.clone(),
            a: a.get(k).cloned(),
            b: b.get(k).cloned(),
        })
        .collect()
}

fn text(inputs: &[Changed], results: Option<&Comparison>, all: bool) -> String {
    let mut text = String::new();
    if !inputs.is_empty() {
        text.push_str(&format!(
            "{BOLD}Inputs that differ{BOLD:#}\n{}",
            input_table(inputs, all)
        ));
    }
    match results {
        Some(results) if !results.is_empty() => {
            text.push_str(&format!(
                "{BOLD}Results that differ{BOLD:#}\n{}",
                result_table(results, all)
            ));
        }
        _ => {}
    }
    if text.is_empty() {
        "no difference\n".into()
    } else {
        text
    }
}

fn input_table(inputs: &[Changed], all: bool) -> String {
    let mut table = Table::new(&["", "a", "b"]);
    let listed = if all {
        inputs.len()
    } else {
        inputs.len().min(LISTED)
    };
    for change in &inputs[..listed] {
        let short = |value: &Option<String>| {
            let value = value.as_deref().unwrap_or("-");
            value.chars().take(24).collect::<String>()
        };
        table.row([change.what.clone(), short(&change.a), short(&change.b)]);
    }
    more(&mut table, inputs.len() - listed);
    table.lines()
}

fn result_table(results: &Comparison, all: bool) -> String {
    let mut table = Table::new(&["", "quantity", "a", "b", "share", "at"]);
    let only = [("a", &results.only_in_a), ("b", &results.only_in_b)];
    for (which, ids) in only.iter().filter(|(_, ids)| !ids.is_empty()) {
        table.note(format!("only in {which}: {}", ids.join(", ")));
    }
    if results.common_times == 0 {
        table.note("no time in common: the last ones are compared".into());
    }
    let listed = if all {
        results.differences.len()
    } else {
        results.differences.len().min(LISTED)
    };
    results.differences[..listed]
        .iter()
        .for_each(|d| table.row(difference(d)));
    more(&mut table, results.differences.len() - listed);
    table.lines()
}

fn difference(d: &Difference) -> [String; 6] {
    let value = |v: Option<f64>| v.map_or("-".into(), significant);
    [
        d.id.clone(),
        d.quantity.clone(),
        value(d.a),
        value(d.b),
        format!("{:.1e}", d.relative),
        duration(d.time_s),
    ]
}

fn more(table: &mut Table, left: usize) {
    if left > 0 {
        table.note(format!("and {left} more (--all shows them)"));
    }
}
