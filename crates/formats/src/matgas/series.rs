//! Time series of a MATGAS case: a CSV file of instants, elements, parameters and values.
//!
//! The series begins the scenario. Times without an offset are UTC. Between its points a series is a
//! straight line; GasModels puts a periodic cubic spline through them.

use super::constants::{Constants, Factors};
use crate::codes;
use crate::import::Import;
use crate::lanl::withdrawal;
use crate::sources::Span;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use linepack_network::{Case, Interpolation, Place, Profile, ProfileValues};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The columns in the order of files without a header.
const COLUMNS: [&str; 5] = [
    "timestamp",
    "component_type",
    "component_id",
    "parameter",
    "value",
];

/// Kind, number and parameter of an element.
type Key = (String, String, String);

/// The points of one parameter.
#[derive(Debug, Default)]
struct Series {
    span: Option<Span>,
    points: Vec<(Timestamp, f64)>,
}

/// Reads the file and lets its series act on the elements of the case.
pub(super) fn read(import: &mut Import, path: &Path, constants: &Constants, case: &mut Case) {
    let Some(source) = import.file(path) else {
        return;
    };
    let text = import.sources.text(source).to_owned();
    let mut factors = constants.series;
    let mut columns = COLUMNS.map(str::to_owned).to_vec();
    let mut all: BTreeMap<Key, Series> = BTreeMap::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(source, start..start + line.trim_end().len());
        start += line.len();
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            factors = units(import, comment.trim(), constants, factors);
        } else if line.to_ascii_lowercase().contains("timestamp") {
            columns = line
                .split(',')
                .map(|c| c.trim().to_ascii_lowercase())
                .collect();
        } else if !line.is_empty() {
            row(import, line, &columns, span, &mut all);
        }
    }
    act(import, case, &all, factors);
}

/// The units that a comment names.
fn units(import: &mut Import, comment: &str, constants: &Constants, now: Factors) -> Factors {
    match comment.to_ascii_lowercase().as_str() {
        "english" | "usc" => {
            import.note("the time series says that it has English units", None);
            constants.english
        }
        "si" => Factors::SI,
        _ => now,
    }
}

fn row(
    import: &mut Import,
    line: &str,
    columns: &[String],
    span: Span,
    all: &mut BTreeMap<Key, Series>,
) {
    let cells: Vec<&str> = line.split(',').map(str::trim).take(64).collect();
    let cell = |name: &str| {
        let at = columns.iter().position(|c| c == name)?;
        cells.get(at).copied().filter(|c| !c.is_empty())
    };
    let [
        Some(time),
        Some(kind),
        Some(id),
        Some(parameter),
        Some(value),
    ] = COLUMNS.map(cell)
    else {
        let message = "expected timestamp, component_type, component_id, parameter and value";
        return import.error(codes::FOREIGN_SYNTAX, span, message);
    };
    let Some(time) = instant(time) else {
        let message = "the timestamp is not one, such as 2020-01-01T00:00:00";
        return import.error(codes::FOREIGN_CONTENT, span, message);
    };
    let Some(value) = value.parse().ok().filter(|v: &f64| v.is_finite()) else {
        return import.error(codes::FOREIGN_CONTENT, span, "the value is not a number");
    };
    let key = (kind.to_owned(), id.to_owned(), parameter.to_owned());
    let series = all.entry(key).or_default();
    series.span.get_or_insert(span);
    series.points.push((time, value));
}

/// An instant; without an offset it is UTC.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse() {
        return Some(timestamp);
    }
    let civil: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// What a parameter does.
#[derive(Clone, Copy, PartialEq)]
enum Effect {
    Withdrawal,
    Injection,
    Pressure,
}

/// Lets the series act: they set the start, the duration and the profiles.
fn act(import: &mut Import, case: &mut Case, all: &BTreeMap<Key, Series>, factors: Factors) {
    let times = || all.values().flat_map(|s| s.points.iter().map(|p| p.0));
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return;
    };
    case.scenario.start = first;
    case.scenario.duration_s = last.duration_since(first).as_secs_f64();
    let known = Known::new(case);
    for (key, series) in all {
        let Some(effect) = effect(import, key, all) else {
            continue;
        };
        let factor = match effect {
            Effect::Pressure => factors.pressure,
            Effect::Withdrawal => factors.flow,
            Effect::Injection => -factors.flow,
        };
        let points = seconds(series, first)
            .into_iter()
            .map(|(t, v)| (t, v * factor));
        let before = case.profiles.len();
        if !follow(import, case, &known, effect, key, points.unzip()) {
            let what =
                "a series names an element that is not there, or that holds a pressure: not used";
            import.note(what, Some(&format!("{}_{}", key.0, short(&key.1))));
        }
        for index in before..case.profiles.len() {
            let span = series.span.unwrap_or(Span::beginning(0));
            import.place(Place::Profile { index }, span);
        }
    }
    let what =
        "between the points of the time series: straight lines; GasModels has a cubic spline";
    import.note(what, None);
}

/// What a series does; none when it is not used.
fn effect(import: &mut Import, key: &Key, all: &BTreeMap<Key, Series>) -> Option<Effect> {
    let (kind, id, parameter) = key;
    let name = format!("{}_{}", short(kind), short(id));
    let nominal = |parameter: &str| all.contains_key(&(kind.clone(), id.clone(), parameter.into()));
    match (kind.as_str(), parameter.as_str()) {
        ("delivery" | "transfer", "withdrawal_nominal") => Some(Effect::Withdrawal),
        ("delivery" | "transfer", "withdrawal_max") if !nominal("withdrawal_nominal") => {
            let what = "series of `withdrawal_max`: taken as the flow asked for";
            import.note(what, Some(&name));
            Some(Effect::Withdrawal)
        }
        ("receipt", "injection_nominal") => Some(Effect::Injection),
        ("receipt", "injection_max") if !nominal("injection_nominal") => {
            let what = "series of `injection_max`: taken as the flow brought";
            import.note(what, Some(&name));
            Some(Effect::Injection)
        }
        ("junction", "p_nominal") => Some(Effect::Pressure),
        _ => {
            let what = format!("series of `{}` are not used", short(parameter));
            import.note(what, Some(&name));
            None
        }
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The points in seconds since the start, in order of time.
fn seconds(series: &Series, start: Timestamp) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = series
        .points
        .iter()
        .map(|(t, v)| (t.duration_since(start).as_secs_f64(), *v))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

/// Elements of a case by name, and the supply that holds the pressure of a node.
struct Known {
    off_takes: HashMap<String, usize>,
    supplies: HashMap<String, usize>,
    holders: HashMap<String, usize>,
}

impl Known {
    fn new(case: &Case) -> Self {
        let network = &case.network;
        let off_takes = network.off_takes.iter().enumerate();
        let supplies = || network.supplies.iter().enumerate();
        let holders = supplies().filter(|(_, s)| s.pressure_pa.is_some());
        let flows = supplies().filter(|(_, s)| s.pressure_pa.is_none());
        Self {
            off_takes: off_takes.map(|(i, o)| (o.header.id.clone(), i)).collect(),
            supplies: flows.map(|(i, s)| (s.header.id.clone(), i)).collect(),
            holders: holders.map(|(i, s)| (s.node.clone(), i)).collect(),
        }
    }
}

/// Lets the element of a series follow it; false when there is none that can.
fn follow(
    import: &mut Import,
    case: &mut Case,
    known: &Known,
    effect: Effect,
    key: &Key,
    (time_s, values): (Vec<f64>, Vec<f64>),
) -> bool {
    if effect == Effect::Pressure {
        let Some(&index) = known.holders.get(&key.1) else {
            return false;
        };
        hold(case, index, time_s, values);
        return true;
    }
    let name = format!("{}_{}", key.0, key.1);
    match (known.off_takes.get(&name), known.supplies.get(&name)) {
        (Some(&index), _) => {
            withdrawal::follow_off_take(import, case, index, &time_s, &values);
        }
        (None, Some(&index)) => withdrawal::follow_supply(import, case, index, &time_s, &values),
        (None, None) => return false,
    }
    true
}

/// Lets the supply that holds the pressure of a junction follow a series.
fn hold(case: &mut Case, index: usize, time_s: Vec<f64>, values: Vec<f64>) {
    let supply = &mut case.network.supplies[index];
    let id = format!("{}_pressure", supply.header.id);
    supply.pressure_profile = Some(id.clone());
    case.profiles.push(Profile {
        id,
        interpolation: Interpolation::Linear,
        values_are: ProfileValues::Pressure,
        time_s,
        values,
        period_s: None,
    });
}
