//! The numbers behind the charts, as one compact JSON document in SI.

mod extra;
mod profile;
mod series;
mod thin;

pub(crate) use extra::Extra;
pub(crate) use thin::Thinning;

use crate::route::Path;
use crate::view::View;
use serde_json::{Value, json};

/// The document that the scripts read.
pub(crate) fn document(view: &View<'_>, paths: &[Path], thinning: &Thinning) -> Value {
    let times = thinning.times.iter().map(|&t| view.solution.time_s[t]);
    let mut document = json!({
        "start": view.start_s,
        "time": times.collect::<Value>(),
        "units": view.units.to_json(),
        "nodes": series::nodes(view, thinning),
        "edges": series::edges(view, thinning),
        "terminals": series::terminals(view, thinning),
        "stations": series::stations(view, thinning),
        "linepack": numbers(thinning.pick(&view.solution.linepack_kg)),
        "pipes": profile::pipes(view, paths, thinning),
        "profileTime": numbers(profile::row_times(view, thinning).into_iter()),
        "paths": profile::paths(view, paths),
        "events": view.solution.log,
    });
    Extra::of(view).add_to(&mut document, view);
    document
}

/// A number with six significant figures; null where there is none.
fn number(value: f64) -> Value {
    if !value.is_finite() {
        return Value::Null;
    }
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
        return Value::from(rounded as i64);
    }
    Value::from(rounded)
}

fn numbers(values: impl Iterator<Item = f64>) -> Value {
    values.map(number).collect()
}

fn optional(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(8_123_456.7).to_string(), "8123460");
        assert_eq!(number(0.123_456_789).to_string(), "0.123457");
        assert_eq!(number(f64::NAN), Value::Null);
        assert_eq!(number(-0.0).to_string(), "0");
    }
}
