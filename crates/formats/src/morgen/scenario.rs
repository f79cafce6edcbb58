//! What is asked of a network: the keys of an `.ini` file.

use crate::codes;
use crate::import::Import;
use crate::sources::Span;
use std::collections::HashMap;

/// Most values of a scenario.
const VALUES_MAX: usize = 4_000_000;

/// A scenario as it is stated.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// Temperature, K.
    pub(super) temperature_k: f64,
    /// Specific gas constant, J/(kg K).
    pub(super) gas_constant: f64,
    /// Length, s.
    pub(super) duration_s: f64,
    /// When the values change, s.
    pub(super) times_s: Vec<f64>,
    /// Pressures of the supplies, bar, at each time.
    pub(super) pressures: Series,
    /// Flows of the demands, kg/s, at each time.
    pub(super) flows: Series,
    /// Outlet pressures of the compressors, bar.
    pub(super) outlets: Series,
    /// Settings of the valves, 0 or 1.
    pub(super) valves: Option<Series>,
}

/// Values of several nodes at several times.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// By time, then by node.
    pub(super) steps: Vec<Vec<f64>>,
    pub(super) span: Span,
}

/// The scenario of a text; what it lacks is reported.
pub(super) fn read(import: &mut Import, source: usize) -> Option<Stated> {
    let text = import.sources.text(source).to_owned();
    if text.bytes().filter(|b| b";|".contains(b)).count() > VALUES_MAX {
        let message = format!("at most {VALUES_MAX} values are read");
        import.error(codes::TOO_LARGE, Span::beginning(source), message);
        return None;
    }
    let keys = keys(import, &text, source);
    let number =
        |import: &mut Import, key: &str| series(import, &keys, source, key)?.single(import, key);
    let celsius = number(import, "T0");
    let gas_constant = number(import, "Rs");
    let duration_s = number(import, "tH");
    let times = series(import, &keys, source, "ut");
    let pressures = series(import, &keys, source, "up");
    let flows = series(import, &keys, source, "uq");
    let outlets = match keys.contains_key("cp") {
        true => series(import, &keys, source, "cp")?,
        false => Series {
            steps: Vec::new(),
            span: Span::beginning(source),
        },
    };
    let valves = keys
        .contains_key("vs")
        .then(|| series(import, &keys, source, "vs"));
    Some(Stated {
        temperature_k: celsius? + 273.15,
        gas_constant: gas_constant?,
        duration_s: duration_s?,
        times_s: times?.flat(),
        pressures: pressures?,
        flows: flows?,
        outlets,
        valves: valves.flatten(),
    })
}

type Keys<'t> = HashMap<&'t str, (&'t str, Span)>;

const KNOWN: [&str; 8] = ["T0", "Rs", "tH", "vs", "cp", "up", "uq", "ut"];

/// Keys and values; `#` and `;` at the beginning of a line, and brackets, are no keys.
fn keys<'t>(import: &mut Import, text: &'t str, source: usize) -> Keys<'t> {
    let (mut keys, mut at) = (Keys::new(), 0);
    for line in text.split_inclusive('\n') {
        let span = Span::new(source, at..at + line.trim_end().len());
        at += line.len();
        let row = line.split('#').next().unwrap_or("").trim();
        if row.is_empty() || row.starts_with([';', '[']) {
            continue;
        }
        let Some((key, value)) = row.split_once('=') else {
            import.error(codes::FOREIGN_SYNTAX, span, "a line is `key = value`");
            continue;
        };
        let key = key.trim();
        if !KNOWN.contains(&key) {
            let message = format!("the key `{key}` is not used");
            import.warning(codes::FOREIGN_UNKNOWN, span, message);
        }
        keys.insert(key, (value.trim(), span));
    }
    keys
}

/// The values of a key: `;` separates nodes, `|` times.
fn series(import: &mut Import, keys: &Keys<'_>, source: usize, key: &str) -> Option<Series> {
    let Some((value, span)) = keys.get(key).copied() else {
        let message = format!("the scenario has no `{key}`");
        import.error(codes::FOREIGN_CONTENT, Span::beginning(source), message);
        return None;
    };
    let steps = value.split('|').filter(|s| !s.trim().is_empty());
    let steps = steps.map(|step| {
        let cells = step.split(';').filter(|c| !c.trim().is_empty());
        cells.map(number).collect::<Option<Vec<_>>>()
    });
    match steps.collect::<Option<Vec<_>>>() {
        Some(steps) => Some(Series { steps, span }),
        None => {
            let message = format!("`{key}` is not a list of numbers");
            import.error(codes::FOREIGN_CONTENT, span, message);
            None
        }
    }
}

fn number(cell: &str) -> Option<f64> {
    cell.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

impl Series {
    fn single(&self, import: &mut Import, key: &str) -> Option<f64> {
        match self.flat().as_slice() {
            [one] => Some(*one),
            _ => {
                let message = format!("`{key}` is one number");
                import.error(codes::FOREIGN_CONTENT, self.span, message);
                None
            }
        }
    }

    /// All values, whatever separates them.
    pub(super) fn flat(&self) -> Vec<f64> {
        self.steps.concat()
    }

    /// The values of one node over time.
    pub(super) fn of(&self, node: usize) -> Vec<f64> {
        self.steps.iter().map(|step| step[node]).collect()
    }
}
