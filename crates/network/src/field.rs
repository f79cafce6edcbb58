//! Numbers of elements that a study can change, by their keys in the case file.

use crate::ElementKind;
use linepack_units::Dimension;

/// A number of an element that can be changed, called as in the case file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// `flow`: of a supply, off-take, control valve or station.
    Flow,
    /// `flow_max`: of a supply or station.
    FlowMax,
    /// `pressure`: of a supply or off-take, Pa.
    Pressure,
    /// `pressure_min`: the contract pressure of an off-take, Pa.
    PressureMin,
    /// `pressure_max`: where a supply backs off, Pa.
    PressureMax,
    /// `discharge_pressure` of a station, Pa.
    DischargePressure,
    /// `suction_pressure` of a station, Pa.
    SuctionPressure,
    /// `outlet_pressure` of a control valve, Pa.
    OutletPressure,
    /// `inlet_pressure` of a control valve, Pa.
    InletPressure,
    /// `ratio` of a station, -.
    Ratio,
    /// `ratio_max` of a station, -.
    RatioMax,
    /// `power_max` of a station, W.
    PowerMax,
    /// `isentropic_efficiency` of a station, -.
    IsentropicEfficiency,
    /// `ambient_temperature` of a station, K.
    AmbientTemperature,
    /// `opening` of a valve, -.
    Opening,
    /// `diameter`: of a pipe or leak, m.
    Diameter,
    /// `roughness` of a pipe, m.
    Roughness,
    /// `efficiency` of a pipe, -.
    Efficiency,
    /// `ground_temperature` of a pipe, K.
    GroundTemperature,
    /// `in_service` of any element but nodes: 1 or 0.
    InService,
}

/// A field, its key, what it is found on, what it measures, and its least and largest value.
type FieldRow = (
    Field,
    &'static str,
    &'static [ElementKind],
    Option<Dimension>,
    [f64; 2],
);

/// Every field.
const FIELDS: &[FieldRow] = {
    use Dimension::{Fraction, Length, Power, Pressure, Temperature};
    use ElementKind as K;
    const ANY: f64 = f64::INFINITY;
    const TINY: f64 = f64::MIN_POSITIVE;
    const STATIONS: &[ElementKind] = &[K::CompressorStation];
    const VALVES: &[ElementKind] = &[K::ControlValve];
    const EVERY: &[ElementKind] = &[
        K::Pipe,
        K::ShortPipe,
        K::Resistor,
        K::Valve,
        K::CheckValve,
        K::ControlValve,
        K::CompressorStation,
        K::Supply,
        K::OffTake,
        K::Leak,
    ];
    const FLOWS: &[ElementKind] = &[K::Supply, K::OffTake, K::ControlValve, K::CompressorStation];
    &[
        (Field::Flow, "flow", FLOWS, None, [0.0, ANY]),
        (
            Field::FlowMax,
            "flow_max",
            &[K::Supply, K::CompressorStation],
            None,
            [0.0, ANY],
        ),
        (
            Field::Pressure,
            "pressure",
            &[K::Supply, K::OffTake],
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::PressureMin,
            "pressure_min",
            &[K::OffTake],
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::PressureMax,
            "pressure_max",
            &[K::Supply],
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::DischargePressure,
            "discharge_pressure",
            STATIONS,
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::SuctionPressure,
            "suction_pressure",
            STATIONS,
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::OutletPressure,
            "outlet_pressure",
            VALVES,
            Some(Pressure),
            [TINY, ANY],
        ),
        (
            Field::InletPressure,
            "inlet_pressure",
            VALVES,
            Some(Pressure),
            [TINY, ANY],
        ),
        (Field::Ratio, "ratio", STATIONS, Some(Fraction), [1.0, ANY]),
        (
            Field::RatioMax,
            "ratio_max",
            STATIONS,
            Some(Fraction),
            [1.0, ANY],
        ),
        (
            Field::PowerMax,
            "power_max",
            STATIONS,
            Some(Power),
            [0.0, ANY],
        ),
        (
            Field::IsentropicEfficiency,
            "isentropic_efficiency",
            STATIONS,
            Some(Fraction),
            [TINY, 1.0],
        ),
        (
            Field::AmbientTemperature,
            "ambient_temperature",
            STATIONS,
            Some(Temperature),
            [TINY, ANY],
        ),
        (
            Field::Opening,
            "opening",
            &[K::Valve],
            Some(Fraction),
            [0.0, 1.0],
        ),
        (
            Field::Diameter,
            "diameter",
            &[K::Pipe, K::Leak],
            Some(Length),
            [TINY, ANY],
        ),
        (
            Field::Roughness,
            "roughness",
            &[K::Pipe],
            Some(Length),
            [0.0, ANY],
        ),
        (
            Field::Efficiency,
            "efficiency",
            &[K::Pipe],
            Some(Fraction),
            [TINY, ANY],
        ),
        (
            Field::GroundTemperature,
            "ground_temperature",
            &[K::Pipe],
            Some(Temperature),
            [TINY, ANY],
        ),
        (
            Field::InService,
            "in_service",
            EVERY,
            Some(Fraction),
            [0.0, 1.0],
        ),
    ]
};

impl Field {
    /// The field that a kind of element has under a key.
    pub fn of(kind: ElementKind, key: &str) -> Option<Self> {
        let row = FIELDS.iter().find(|f| f.1 == key && f.2.contains(&kind))?;
        Some(row.0)
    }

    /// The keys of a kind of element.
    pub fn keys(kind: ElementKind) -> impl Iterator<Item = &'static str> {
        let rows = FIELDS.iter().filter(move |f| f.2.contains(&kind));
        rows.map(|f| f.1)
    }

    /// The key in the case file.
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// What it measures; none: a flow, of whichever kind the case states.
    pub fn dimension(self) -> Option<Dimension> {
        self.row().3
    }

    /// Whether it is a pressure.
    pub fn is_pressure(self) -> bool {
        self.dimension() == Some(Dimension::Pressure)
    }

    /// The least and the largest value that can be meant, in SI.
    pub fn bounds(self) -> [f64; 2] {
        self.row().4
    }

    fn row(self) -> &'static FieldRow {
        let found = FIELDS.iter().find(|f| f.0 == self);
        found.unwrap_or(&FIELDS[0])
    }
}
