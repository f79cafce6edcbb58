//! What protects the line: curves of valves, line-break detection, limits at which stations trip.

use super::super::choice::{Named, choices};
use super::super::decode::{Cell, Row};
use super::super::member::{Member, number as plain, quantity, text};
use super::*;

type Written = Vec<(&'static str, String)>;

choices! {
    CURVES: linepack_network::ValveCurve {
        "linear" linepack_network::ValveCurve::Linear, "in proportion";
        "equal_percentage" linepack_network::ValveCurve::EqualPercentage, "in equal percentages, with a rangeability of 50";
    }
}

/// How the opening of a valve follows its travel.
pub(super) mod valve_curve {
    use super::*;
    use linepack_network::ValveCurve;

    pub(in super::super) const FIELDS: &[Field] = &[field(
        "curve",
        Kind::Either(
            &Kind::Choice(CURVES),
            &Kind::List(&Kind::List(&number(0.0, 1.0))),
        ),
        Default("linear"),
        "How its opening follows its travel, which takes the time `stroke`; or a list of `[travel, opening]`, both from 0 to 1.",
    )];

    pub(in super::super) fn read(row: &Row) -> ValveCurve {
        match row.cell("curve") {
            Some(Cell::Text(name)) => ValveCurve::named(name).unwrap_or(ValveCurve::Linear),
            Some(Cell::List(points)) => {
                ValveCurve::Table(points.iter().filter_map(point).collect())
            }
            _ => ValveCurve::Linear,
        }
    }

    fn point(cell: &Cell) -> Option<[f64; 2]> {
        match cell {
            Cell::List(pair) => match pair.as_slice() {
                [Cell::Number(x), Cell::Number(y)] => Some([*x, *y]),
                _ => None,
            },
            _ => None,
        }
    }

    pub(in super::super) fn write(curve: &ValveCurve) -> Written {
        let value = match curve {
            ValveCurve::Table(points) => {
                let points = points
                    .iter()
                    .map(|[x, y]| format!("[{}, {}]", plain(*x), plain(*y)));
                format!("[{}]", points.collect::<Vec<_>>().join(", "))
            }
            named => text(named.name().unwrap_or("linear")),
        };
        vec![("curve", value)]
    }
}

/// A valve that closes by itself when the pressure falls fast.
pub(super) mod line_break {
    use super::*;
    use linepack_network::LineBreak;

    /// The window of time when nothing is said, s.
    const WINDOW_S: f64 = 60.0;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "line_break_rate",
            Kind::Quantity(PressureRate),
            Optional,
            "Rate at which the pressure at either end must fall for the valve to close by itself.",
        ),
        field(
            "line_break_window",
            Kind::Quantity(Time),
            Optional,
            "Window of time over which that rate is taken; 1 min when nothing is said.",
        ),
        field(
            "line_break_delay",
            Kind::Quantity(Time),
            Optional,
            "How long the rate must be exceeded; no time when nothing is said.",
        ),
    ];

    pub(in super::super) fn read(row: &Row) -> Option<LineBreak> {
        Some(LineBreak {
            rate_pa_per_s: Option::<f64>::at(row, "line_break_rate")?,
            window_s: Option::<f64>::at(row, "line_break_window").unwrap_or(WINDOW_S),
            delay_s: Option::<f64>::at(row, "line_break_delay").unwrap_or(0.0),
        })
    }

    pub(in super::super) fn write(line_break: &Option<LineBreak>) -> Written {
        let Some(l) = line_break else {
            return Vec::new();
        };
        vec![
            ("line_break_rate", quantity(l.rate_pa_per_s, PressureRate)),
            ("line_break_window", quantity(l.window_s, Time)),
            ("line_break_delay", quantity(l.delay_s, Time)),
        ]
    }
}

/// Limits at which a station trips.
pub(super) mod trip {
    use super::*;
    use linepack_network::TripLimits;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "trip_suction_pressure",
            Kind::Quantity(Pressure),
            Optional,
            "Suction pressure below which its protection stops the units.",
        ),
        field(
            "trip_discharge_pressure",
            Kind::Quantity(Pressure),
            Optional,
            "Discharge pressure above which its protection stops the units.",
        ),
        field(
            "trip_delay",
            Kind::Quantity(Time),
            Optional,
            "How long such a limit must be passed; no time when nothing is said.",
        ),
    ];

    pub(in super::super) fn read(row: &Row) -> TripLimits {
        TripLimits {
            suction_pressure_pa: Member::at(row, "trip_suction_pressure"),
            discharge_pressure_pa: Member::at(row, "trip_discharge_pressure"),
            delay_s: Option::<f64>::at(row, "trip_delay").unwrap_or(0.0),
        }
    }

    pub(in super::super) fn write(trip: &TripLimits) -> Written {
        let limits = [
            ("trip_suction_pressure", trip.suction_pressure_pa),
            ("trip_discharge_pressure", trip.discharge_pressure_pa),
        ];
        let limits = limits
            .into_iter()
            .filter_map(|(key, value)| Some((key, quantity(value?, Pressure))));
        let delay = (trip.delay_s != 0.0).then(|| ("trip_delay", quantity(trip.delay_s, Time)));
        limits.chain(delay).collect()
    }
}
