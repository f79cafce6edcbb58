//! Values that are neither lists nor tables.

use super::decode::Cell;
use super::describe::{describe, quoted};
use super::schema::{Choice, Kind};
use super::tree::{Located, Raw};
use crate::codes;
use crate::report::Problem;
use crate::sources::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use linepack_network::nearest;
use linepack_units::{Context, Dimension, UnitError, parse, parse_flow};

/// Reads a value that is neither list nor table.
pub(super) fn scalar(
    kind: &Kind,
    value: &Located,
    key: &str,
    subject: &str,
    context: &Context,
) -> Result<Cell, Problem> {
    let wrong = || {
        let message = format!("`{key}` of {subject} is {}", value.raw.kind());
        let problem = Problem::error(codes::WRONG_KIND, value.span, message);
        problem.label(format!("expected {}", describe(kind)))
    };
    let what = What {
        key,
        subject,
        span: value.span,
    };
    match (kind, &value.raw) {
        (Kind::Identifier, Raw::Text(text) | Raw::Cell(text)) => what.identifier(text),
        (Kind::Text | Kind::Reference(_), Raw::Text(text) | Raw::Cell(text)) => {
            Ok(Cell::Text(text.clone()))
        }
        (Kind::Identifier | Kind::Reference(_), Raw::Integer(number)) => {
            Err(wrong().help(format!("identifiers stand in quotes: \"{number}\"")))
        }
        (Kind::Boolean, Raw::Boolean(value)) => Ok(Cell::Boolean(*value)),
        (Kind::Boolean, Raw::Cell(text)) => text.parse().map(Cell::Boolean).map_err(|_| wrong()),
        (Kind::Number { min, max }, raw) => what.number(number(raw).ok_or_else(wrong)?, *min, *max),
        (Kind::Integer { min, max }, raw) => {
            what.integer(whole(raw).ok_or_else(wrong)?, *min, *max)
        }
        (Kind::Choice(choices), Raw::Text(text) | Raw::Cell(text)) => what.choice(text, choices),
        (Kind::Date, Raw::Moment(text) | Raw::Text(text) | Raw::Cell(text)) => what.date(text),
        (Kind::Timestamp, Raw::Moment(text) | Raw::Text(text) | Raw::Cell(text)) => {
            what.timestamp(text)
        }
        (Kind::Amount, Raw::Text(text) | Raw::Cell(text)) => Ok(Cell::Text(text.clone())),
        (Kind::Amount | Kind::Coordinate, raw) if number(raw).is_some() => {
            Ok(number(raw).map_or(Cell::Bad, Cell::Number))
        }
        (Kind::Coordinate, Raw::Text(text) | Raw::Cell(text)) => what.degrees(text, context),
        (Kind::Quantity(dimension), Raw::Text(text) | Raw::Cell(text)) => {
            what.quantity(text, *dimension, context)
        }
        (Kind::Flow, Raw::Text(text) | Raw::Cell(text)) => what.flow(text, context),
        (Kind::Quantity(dimension), Raw::Integer(_) | Raw::Float(_)) => {
            what.quantity(&plain(&value.raw), *dimension, context)
        }
        (Kind::Flow, Raw::Integer(_) | Raw::Float(_)) => what.flow(&plain(&value.raw), context),
        _ => Err(wrong()),
    }
}

/// A number without a unit, as text.
fn plain(raw: &Raw) -> String {
    number(raw).unwrap_or(f64::NAN).to_string()
}

fn number(raw: &Raw) -> Option<f64> {
    match raw {
        Raw::Integer(number) => Some(*number as f64),
        Raw::Float(number) => Some(*number),
        Raw::Cell(text) => text.parse().ok(),
        _ => None,
    }
}

fn whole(raw: &Raw) -> Option<i64> {
    match raw {
        Raw::Integer(number) => Some(*number),
        Raw::Cell(text) => text.parse().ok(),
        _ => None,
    }
}

/// A value being read, for messages.
struct What<'a> {
    key: &'a str,
    subject: &'a str,
    span: Span,
}

impl What<'_> {
    fn error(&self, code: &'static str, is: impl std::fmt::Display) -> Problem {
        Problem::error(
            code,
            self.span,
            format!("`{}` of {} {is}", self.key, self.subject),
        )
    }

    fn identifier(&self, text: &str) -> Result<Cell, Problem> {
        if !is_identifier(text) {
            let problem = self.error(codes::IDENTIFIER, "is not an identifier");
            return Err(
                problem.label("expected text without quotes, line breaks or blanks around it")
            );
        }
        Ok(Cell::Text(text.to_owned()))
    }

    fn number(&self, number: f64, min: f64, max: f64) -> Result<Cell, Problem> {
        if (min..=max).contains(&number) {
            return Ok(Cell::Number(number));
        }
        let problem = self.error(codes::OUT_OF_RANGE, format_args!("is {number}"));
        Err(problem.label(format!("expected {}", describe(&Kind::Number { min, max }))))
    }

    fn integer(&self, number: i64, min: u64, max: u64) -> Result<Cell, Problem> {
        if let Some(number) = u64::try_from(number)
            .ok()
            .filter(|n| (min..=max).contains(n))
        {
            return Ok(Cell::Integer(number));
        }
        let problem = self.error(codes::OUT_OF_RANGE, format_args!("is {number}"));
        Err(problem.label(format!(
            "expected {}",
            describe(&Kind::Integer { min, max })
        )))
    }

    fn choice(&self, text: &str, choices: &'static [Choice]) -> Result<Cell, Problem> {
        if choices.iter().any(|c| c.name == text) {
            return Ok(Cell::Text(text.to_owned()));
        }
        let names = || choices.iter().map(|c| c.name);
        let help = match nearest(text, names()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it can be {}", quoted(names(), "or")),
        };
        let problem = self.error(codes::NOT_A_CHOICE, format_args!("is \"{text}\""));
        Err(problem
            .label("not one of the words possible here")
            .help(help))
    }

    fn date(&self, text: &str) -> Result<Cell, Problem> {
        text.parse::<Date>()
            .ok()
            .filter(|_| text.len() == 10)
            .map(Cell::Date)
            .ok_or_else(|| {
                self.error(codes::DATE, "is not a date")
                    .label("expected a date such as \"2026-01-01\"")
            })
    }

    fn timestamp(&self, text: &str) -> Result<Cell, Problem> {
        text.parse::<Timestamp>().map(Cell::Timestamp).map_err(|_| {
            let problem = self.error(codes::DATE, "is not an instant");
            problem.label("expected date, time and offset such as \"2026-01-01T05:00:00Z\"")
        })
    }

    fn quantity(
        &self,
        text: &str,
        dimension: Dimension,
        context: &Context,
    ) -> Result<Cell, Problem> {
        parse(text, dimension, context)
            .map(Cell::Number)
            .map_err(|e| self.unit_problem(&e))
    }

    /// An angle in degrees, as maps have it.
    fn degrees(&self, text: &str, context: &Context) -> Result<Cell, Problem> {
        let angle = parse(text, Dimension::Angle, context).map_err(|e| self.unit_problem(&e))?;
        Ok(Cell::Number(angle.to_degrees()))
    }

    fn flow(&self, text: &str, context: &Context) -> Result<Cell, Problem> {
        parse_flow(text, context)
            .map(Cell::Flow)
            .map_err(|e| self.unit_problem(&e))
    }

    fn unit_problem(&self, error: &UnitError) -> Problem {
        quantity_problem(error, self.key, self.subject, self.span)
    }
}

/// What is wrong with a quantity.
pub(super) fn quantity_problem(error: &UnitError, key: &str, subject: &str, span: Span) -> Problem {
    let message = format!("`{key}` of {subject}: {error}");
    let problem = Problem::error(unit_code(error), span, message);
    problem.label(unit_label(error)).help(error.help())
}

/// What stands under the marker.
fn unit_label(error: &UnitError) -> &'static str {
    match unit_code(error) {
        codes::NO_UNIT => "no unit",
        codes::UNKNOWN_UNIT => "unknown unit",
        codes::WRONG_DIMENSION => "this unit does not fit",
        codes::GAUGE_OR_ABSOLUTE => "gauge or absolute?",
        codes::OUT_OF_RANGE => "not possible",
        _ => "not a quantity",
    }
}

fn unit_code(error: &UnitError) -> &'static str {
    match error {
        UnitError::NoUnit { .. } => codes::NO_UNIT,
        UnitError::Unknown { .. } | UnitError::Basis { .. } => codes::UNKNOWN_UNIT,
        UnitError::WrongDimension { .. } => codes::WRONG_DIMENSION,
        UnitError::GaugeOrAbsolute { .. } | UnitError::NotADifference { .. } => {
            codes::GAUGE_OR_ABSOLUTE
        }
        UnitError::BelowZero { .. } => codes::OUT_OF_RANGE,
        _ => codes::NOT_A_NUMBER,
    }
}

/// Whether a text can be an identifier.
pub(crate) fn is_identifier(text: &str) -> bool {
    let usable = |c: char| !c.is_control() && c != '"';
    !text.is_empty() && text.trim() == text && text.chars().all(usable)
}
