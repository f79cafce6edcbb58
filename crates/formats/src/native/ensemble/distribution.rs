//! Distributions: their numbers in the unit of what they are drawn for.

use crate::codes;
use crate::native::decode::{Cell, Decoder, Row};
use crate::native::describe::list;
use crate::native::scalar::quantity_problem;
use crate::native::tree::{Located, Raw, Table};
use crate::report::Problem;
use linepack_network::{Distribution, Field, Way};
use linepack_units::{Dimension, FlowRate, parse, parse_flow};

/// What a draw is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    /// A number without unit.
    Plain,
    /// A quantity.
    Of(Dimension),
    /// A flow: multiples of the first one that is stated.
    Flow(Option<FlowRate>),
}

impl Measure {
    /// The draw of a variation.
    pub(super) fn of(field: Field, change: &str) -> Self {
        use Dimension as D;
        match (change, field.dimension()) {
            ("factor", _) | (_, Some(D::Fraction)) => Self::Plain,
            (_, None) => Self::Flow(None),
            ("add", Some(dimension)) => Self::Of(difference(dimension)),
            (_, Some(dimension)) => Self::Of(dimension),
        }
    }

    /// The unit of the results.
    pub(super) fn unit(self) -> String {
        match self {
            Self::Plain => "1".into(),
            Self::Of(dimension) => dimension.si_unit().into(),
            Self::Flow(Some(FlowRate::Volume { .. })) => "m3/s".into(),
            Self::Flow(Some(FlowRate::Energy { .. })) => "W".into(),
            Self::Flow(_) => "kg/s".into(),
        }
    }

    /// How the draw changes the number.
    pub(super) fn way(self, change: &str) -> Way {
        match (change, self) {
            ("add", Self::Flow(one)) => Way::AddFlow(one.unwrap_or(FlowRate::mass(1.0))),
            ("add", _) => Way::Add,
            ("value", Self::Flow(one)) => Way::Flow(one.unwrap_or(FlowRate::mass(1.0))),
            ("value", _) => Way::Value,
            _ => Way::Factor,
        }
    }
}

fn difference(dimension: Dimension) -> Dimension {
    match dimension {
        Dimension::Pressure => Dimension::PressureDifference,
        Dimension::Temperature => Dimension::TemperatureDifference,
        other => other,
    }
}

/// One of a kind of flow, and how many of it a flow is.
fn ones(flow: FlowRate) -> (FlowRate, f64) {
    match flow {
        FlowRate::Mass { kg_per_s } => (FlowRate::mass(1.0), kg_per_s),
        FlowRate::Volume {
            m3_per_s,
            reference,
        } => {
            let one = FlowRate::Volume {
                m3_per_s: 1.0,
                reference,
            };
            (one, m3_per_s)
        }
        FlowRate::Energy { watt, basis } => (FlowRate::Energy { watt: 1.0, basis }, watt),
    }
}

/// A table that states a distribution, while it is read.
pub(super) struct Stated<'t, 'r, 'd> {
    pub(super) table: &'t Table,
    pub(super) row: &'t Row,
    pub(super) subject: &'t str,
    pub(super) decoder: &'d mut Decoder<'r>,
    pub(super) measure: Measure,
}

impl Stated<'_, '_, '_> {
    /// The distribution; none where it is wrong, which has been reported.
    pub(super) fn read(&mut self) -> Option<Distribution> {
        let Some(Cell::Text(word)) = self.row.cell("distribution") else {
            return None;
        };
        let word = word.clone();
        self.bounds_fit(&word)?;
        let found = match word.as_str() {
            "uniform" => Distribution::Uniform {
                low: self.amount("low")?,
                high: self.amount("high")?,
            },
            "normal" => Distribution::Normal {
                mean: self.amount("mean")?,
                deviation: self.deviation()?,
                low: self.bound("low", f64::NEG_INFINITY)?,
                high: self.bound("high", f64::INFINITY)?,
            },
            "lognormal" => Distribution::Lognormal {
                median: self.amount("median")?,
                log_deviation: match self.row.cell("log_standard_deviation")? {
                    Cell::Number(x) => *x,
                    _ => return None,
                },
            },
            "triangular" => Distribution::Triangular {
                low: self.amount("low")?,
                mode: self.amount("mode")?,
                high: self.amount("high")?,
            },
            _ => self.discrete()?,
        };
        self.possible(found)
    }

    /// Bounds are there where they are needed, and not where they mean nothing.
    fn bounds_fit(&mut self, word: &str) -> Option<()> {
        let mut fit = true;
        for key in ["low", "high"] {
            let stated = self.table.get(key);
            let problem = match (word, stated) {
                ("uniform" | "triangular", None) => {
                    let message = format!("{} has no `{key}`", self.subject);
                    Problem::error(codes::MISSING_KEY, self.table.span, message)
                        .label(format!("`{key}` is missing here"))
                }
                ("lognormal" | "discrete", Some(value)) => {
                    let message = format!("{} has `{key}`, and is {word}", self.subject);
                    Problem::error(codes::MISPLACED, value.span, message)
                        .label("not possible with this distribution")
                }
                _ => continue,
            };
            fit = false;
            self.decoder.report.add(problem);
        }
        fit.then_some(())
    }

    fn amount(&mut self, key: &str) -> Option<f64> {
        let value = self.table.get(key)?.clone();
        self.value(key, &value, self.measure)
    }

    fn bound(&mut self, key: &str, none: f64) -> Option<f64> {
        if self.table.get(key).is_none() {
            return Some(none);
        }
        self.amount(key)
    }

    /// A standard deviation is a difference.
    fn deviation(&mut self) -> Option<f64> {
        let measure = match self.measure {
            Measure::Of(dimension) => Measure::Of(difference(dimension)),
            other => other,
        };
        let value = self.table.get("standard_deviation")?.clone();
        self.value("standard_deviation", &value, measure)
    }

    fn discrete(&mut self) -> Option<Distribution> {
        let Raw::List(list) = self.table.get("values")?.raw.clone() else {
            return None;
        };
        let measure = self.measure;
        let read = list.iter().map(|v| self.value("values", v, measure));
        let values = read.collect::<Vec<_>>();
        let values = values.into_iter().collect::<Option<Vec<_>>>()?;
        let weights = match self.row.cell("weights") {
            None => vec![1.0; values.len()],
            Some(Cell::List(cells)) => cells.iter().filter_map(number).collect(),
            Some(_) => return None,
        };
        (weights.len() == values.len()).then_some(Distribution::Discrete { values, weights })
    }

    /// A number or quantity in the unit of the draw.
    pub(super) fn value(&mut self, key: &str, value: &Located, measure: Measure) -> Option<f64> {
        let number = match value.raw {
            Raw::Integer(x) => Some(x as f64),
            Raw::Float(x) => Some(x),
            Raw::Cell(ref text) => text.parse().ok(),
            _ => None,
        };
        let text = match &value.raw {
            Raw::Text(text) | Raw::Cell(text) => Some(text.clone()),
            _ => number.map(|x| x.to_string()),
        };
        let result = match (measure, number, text) {
            (Measure::Plain, Some(number), _) => Ok(number),
            (Measure::Of(dimension), _, Some(text)) => {
                parse(&text, dimension, &self.decoder.context)
                    .map_err(|e| quantity_problem(&e, key, self.subject, value.span))
            }
            (Measure::Flow(_), _, Some(text)) => parse_flow(&text, &self.decoder.context)
                .map_err(|e| quantity_problem(&e, key, self.subject, value.span))
                .and_then(|flow| self.multiple(flow, key, value)),
            _ => Err(self.not_plain(key, value)),
        };
        match result {
            Ok(x) => Some(x),
            Err(problem) => {
                self.decoder.report.add(problem);
                None
            }
        }
    }

    fn not_plain(&self, key: &str, value: &Located) -> Problem {
        let message = format!("`{key}` of {} is {}", self.subject, value.raw.kind());
        Problem::error(codes::WRONG_KIND, value.span, message)
            .label("expected a number without a unit")
            .help(
                "a value or an addition with a unit needs change = \"value\" or \"add\"".to_owned(),
            )
    }

    /// A flow in multiples of the first one.
    fn multiple(&mut self, flow: FlowRate, key: &str, value: &Located) -> Result<f64, Problem> {
        let (one, size) = ones(flow);
        match self.measure {
            Measure::Flow(Some(known)) if known != one => {
                let message = format!("`{key}` of {} is another kind of flow", self.subject);
                Err(Problem::error(codes::MIXED_FLOWS, value.span, message)
                    .label("expected one kind: mass, volume or energy"))
            }
            _ => {
                self.measure = Measure::Flow(Some(one));
                Ok(size)
            }
        }
    }

    /// Refuses parameters of which there is no distribution.
    fn possible(&mut self, found: Distribution) -> Option<Distribution> {
        let (keys, fits): (&[&str], bool) = match &found {
            Distribution::Uniform { low, high } => (&["low", "high"], low <= high),
            Distribution::Normal { low, high, .. } if low >= high => (&["low", "high"], false),
            Distribution::Normal { deviation, .. } => (&["standard_deviation"], *deviation > 0.0),
            Distribution::Lognormal { median, .. } => (&["median"], *median > 0.0),
            Distribution::Triangular { low, mode, high } => (
                &["low", "mode", "high"],
                low <= mode && mode <= high && low < high,
            ),
            Distribution::Discrete { weights, .. } => {
                (&["values", "weights"], weights.iter().sum::<f64>() > 0.0)
            }
            _ => (&[], true),
        };
        if fits {
            return Some(found);
        }
        let at = keys.iter().rev().find_map(|k| self.table.get(k));
        let span = at.map_or(self.table.span, |v| v.span);
        let message = format!(
            "{} has no distribution with this {}",
            self.subject,
            list(keys.iter().copied(), "and")
        );
        let help =
            "bounds are in order, deviations and medians above zero, some weight is not zero";
        let problem = Problem::error(codes::DISTRIBUTION, span, message);
        self.decoder
            .report
            .add(problem.label("not possible").help(help.to_owned()));
        None
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x) => Some(*x),
        _ => None,
    }
}
