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
use std::collections::BTreeMap;
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
    for ((kind, id, parameter), series) in all {
        let name = format!("{kind}_{id}");
        let nominal = |parameter: &str| {
            let key = (kind.clone(), id.clone(), parameter.to_owned());
            all.contains_key(&key)
        };
        let effect = match (kind.as_str(), parameter.as_str()) {
            ("delivery" | "transfer", "withdrawal_nominal") => Effect::Withdrawal,
            ("delivery" | "transfer", "withdrawal_max") if !nominal("withdrawal_nominal") => {
                import.note(
                    "series of `withdrawal_max`: taken as the flow asked for",
                    Some(&name),
                );
                Effect::Withdrawal
            }
            ("receipt", "injection_nominal") => Effect::Injection,
            ("receipt", "injection_max") if !nominal("injection_nominal") => {
                import.note(
                    "series of `injection_max`: taken as the flow brought",
                    Some(&name),
                );
                Effect::Injection
            }
            ("junction", "p_nominal") => Effect::Pressure,
            _ => {
                let what = format!("series of `{}` are not used", short(parameter));
                import.note(what, Some(&name));
                continue;
            }
        };
        let points = seconds(series, first);
        apply(
            import,
            case,
            effect,
            id,
            &name,
            points,
            factors,
            series.span,
        );
    }
    import.note(
        "between the points of the time series: straight lines; GasModels has a cubic spline",
        None,
    );
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

#[expect(
    clippy::too_many_arguments,
    reason = "one call, each argument another thing"
)]
fn apply(
    import: &mut Import,
    case: &mut Case,
    effect: Effect,
    id: &str,
    name: &str,
    points: Vec<(f64, f64)>,
    factors: Factors,
    span: Option<Span>,
) {
    let (time_s, values): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
    let before = case.profiles.len();
    let known = match effect {
        Effect::Pressure => {
            let values = values.iter().map(|v| v * factors.pressure).collect();
            pressure(case, id, time_s, values)
        }
        Effect::Withdrawal | Effect::Injection => {
            let sign = if effect == Effect::Injection {
                -1.0
            } else {
                1.0
            };
            let values: Vec<f64> = values.iter().map(|v| v * factors.flow * sign).collect();
            withdrawal::replace(import, case, name, &time_s, &values)
        }
    };
    if !known {
        let what =
            "a series names an element that is not there, or that holds a pressure: not used";
        import.note(what, Some(name));
    }
    if let Some(span) = span {
        for index in before..case.profiles.len() {
            import.place(Place::Profile { index }, span);
        }
    }
}

/// Lets the supply that holds the pressure of a junction follow a series.
fn pressure(case: &mut Case, node: &str, time_s: Vec<f64>, values: Vec<f64>) -> bool {
    let mut supplies = case.network.supplies.iter_mut();
    let holds = |s: &&mut linepack_network::Supply| s.node == node && s.pressure_pa.is_some();
    let Some(supply) = supplies.find(holds) else {
        return false;
    };
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
    true
}
