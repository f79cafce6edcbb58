//! Members of elements that are written with more than one key, or in more than one way.

use super::super::choice::Named;
use super::super::decode::{Cell, Row};
use super::super::member::{Member, number as plain, quantity, text};
use super::settings::FRICTION_KIND;
use super::*;

type Written = Vec<(&'static str, String)>;

/// Inner diameter, or outer diameter and wall.
pub(super) mod diameter {
    use super::*;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "inner_diameter",
            Kind::Quantity(Length),
            Optional,
            "Inner diameter; or `outer_diameter` and `wall`.",
        ),
        field(
            "outer_diameter",
            Kind::Quantity(Length),
            Optional,
            "Outer diameter, with `wall`.",
        ),
        field(
            "wall",
            Kind::Quantity(Length),
            Optional,
            "Thickness of the wall.",
        ),
    ];

    pub(in super::super) fn read(row: &Row) -> f64 {
        match Option::<f64>::at(row, "inner_diameter") {
            Some(inner) => inner,
            None => f64::at(row, "outer_diameter") - 2.0 * f64::at(row, "wall"),
        }
    }

    pub(in super::super) fn write(diameter_m: &f64) -> Written {
        vec![("inner_diameter", quantity(*diameter_m, Length))]
    }
}

/// A friction law of its own.
pub(super) mod friction {
    use super::*;
    use linepack_network::FrictionLaw;

    pub(in super::super) const FIELDS: &[Field] = &[field(
        "friction",
        FRICTION_KIND,
        Optional,
        "Friction law; the settings' when nothing is said.",
    )];

    pub(in super::super) fn read(row: &Row) -> Option<FrictionLaw> {
        match row.cell("friction")? {
            Cell::Text(name) => FrictionLaw::named(name),
            Cell::Row(constant) => Some(FrictionLaw::Constant {
                darcy: f64::at(constant, "constant"),
            }),
            _ => None,
        }
    }

    pub(in super::super) fn write(law: &Option<FrictionLaw>) -> Written {
        law.iter().map(|law| ("friction", text_of(law))).collect()
    }

    /// A law as TOML.
    pub(crate) fn text_of(law: &FrictionLaw) -> String {
        match (law, law.name()) {
            (FrictionLaw::Constant { darcy }, _) => format!("{{ constant = {} }}", plain(*darcy)),
            (_, name) => text(name.unwrap_or("colebrook_white")),
        }
    }
}

/// Distances and elevations along a pipe.
pub(super) mod elevation_profile {
    use super::*;

    pub(in super::super) const FIELDS: &[Field] = &[field(
        "elevation_profile",
        Kind::Table(&PROFILE_POINTS),
        Optional,
        "Elevation along the pipe; a straight slope between its nodes when nothing is said.",
    )];

    static PROFILE_POINTS: Schema = Schema {
        key: "elevation_profile",
        name: "elevation_profile",
        doc: "Elevation along a pipe.",
        groups: &[&[
            field(
                "distance",
                Kind::List(&Kind::Quantity(Length)),
                Required,
                "Distances from the first node, increasing.",
            ),
            field(
                "elevation",
                Kind::List(&Kind::Quantity(Length)),
                Required,
                "Elevations, as many as distances.",
            ),
        ]],
        spelling: EXACT,
        rules: &[Rule::SameLength("distance", "elevation")],
    };

    pub(in super::super) fn read(row: &Row) -> Vec<[f64; 2]> {
        let Some(Cell::Row(points)) = row.cell("elevation_profile") else {
            return Vec::new();
        };
        let (distance, elevation) = (Vec::at(points, "distance"), Vec::at(points, "elevation"));
        distance
            .into_iter()
            .zip(elevation)
            .map(|(d, e)| [d, e])
            .collect()
    }

    pub(in super::super) fn write(points: &[[f64; 2]]) -> Written {
        if points.is_empty() {
            return Vec::new();
        }
        let column = |i: usize| {
            points
                .iter()
                .map(|p| quantity(p[i], Length))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let table = format!(
            "{{ distance = [{}], elevation = [{}] }}",
            column(0),
            column(1)
        );
        vec![("elevation_profile", table)]
    }
}

/// The line on the map.
pub(super) mod route {
    use super::*;

    pub(in super::super) const FIELDS: &[Field] = &[field(
        "route",
        Kind::List(&Kind::List(&number(-360.0, 360.0))),
        Optional,
        "Longitude and latitude in degrees of points along the pipe, for maps: `[[52.6, 27.4], ...]`.",
    )];

    pub(in super::super) fn read(row: &Row) -> Vec<[f64; 2]> {
        let Some(Cell::List(points)) = row.cell("route") else {
            return Vec::new();
        };
        points.iter().map(point).collect()
    }

    fn point(cell: &Cell) -> [f64; 2] {
        match cell {
            Cell::List(pair) => match pair.as_slice() {
                [Cell::Number(x), Cell::Number(y)] => [*x, *y],
                _ => [f64::NAN; 2],
            },
            _ => [f64::NAN; 2],
        }
    }

    pub(in super::super) fn write(points: &[[f64; 2]]) -> Written {
        if points.is_empty() {
            return Vec::new();
        }
        let pairs = points
            .iter()
            .map(|[x, y]| format!("[{}, {}]", plain(*x), plain(*y)));
        vec![(
            "route",
            format!("[{}]", pairs.collect::<Vec<_>>().join(", ")),
        )]
    }
}

/// The law of a resistor.
pub(super) mod resistor_loss {
    use super::*;
    use linepack_network::ResistorLoss;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "drag_factor",
            number(0.0, f64::INFINITY),
            Optional,
            "Drag factor, with `diameter`; or `pressure_loss`.",
        ),
        field(
            "diameter",
            Kind::Quantity(Length),
            Optional,
            "Diameter of the cross-section.",
        ),
        field(
            "pressure_loss",
            Kind::Quantity(PressureDifference),
            Optional,
            "A constant loss in the direction of flow.",
        ),
    ];

    pub(in super::super) fn read(row: &Row) -> ResistorLoss {
        match Option::<f64>::at(row, "pressure_loss") {
            Some(pressure_loss_pa) => ResistorLoss::Constant { pressure_loss_pa },
            None => ResistorLoss::Drag {
                factor: f64::at(row, "drag_factor"),
                diameter_m: f64::at(row, "diameter"),
            },
        }
    }

    pub(in super::super) fn write(loss: &ResistorLoss) -> Written {
        match *loss {
            ResistorLoss::Drag { factor, diameter_m } => {
                vec![
                    ("drag_factor", plain(factor)),
                    ("diameter", quantity(diameter_m, Length)),
                ]
            }
            ResistorLoss::Constant { pressure_loss_pa } => {
                vec![(
                    "pressure_loss",
                    quantity(pressure_loss_pa, PressureDifference),
                )]
            }
        }
    }
}

/// Where a leak is.
pub(super) mod place {
    use super::*;
    use linepack_network::LeakPlace;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "node",
            Kind::Reference("node"),
            Optional,
            "The node where it is; or `pipe` and `distance`.",
        ),
        field(
            "pipe",
            Kind::Reference("pipe"),
            Optional,
            "The pipe in which it is.",
        ),
        field(
            "distance",
            Kind::Quantity(Length),
            Optional,
            "Distance from the pipe's first node.",
        ),
    ];

    pub(in super::super) fn read(row: &Row) -> LeakPlace {
        match Option::<String>::at(row, "pipe") {
            Some(id) => LeakPlace::Pipe {
                id,
                distance_m: f64::at(row, "distance"),
            },
            None => LeakPlace::Node {
                id: String::at(row, "node"),
            },
        }
    }

    pub(in super::super) fn write(place: &LeakPlace) -> Written {
        match place {
            LeakPlace::Node { id } => vec![("node", text(id))],
            LeakPlace::Pipe { id, distance_m } => {
                vec![
                    ("pipe", text(id)),
                    ("distance", quantity(*distance_m, Length)),
                ]
            }
        }
    }
}

/// Bounds of the flow.
pub(super) mod flow_bounds {
    use super::*;
    use linepack_network::FlowBounds;

    pub(in super::super) const FIELDS: &[Field] = &[
        field(
            "flow_min",
            Kind::Flow,
            Optional,
            "Smallest flow, negative against its direction.",
        ),
        field("flow_max", Kind::Flow, Optional, "Largest flow."),
    ];

    pub(in super::super) fn read(row: &Row) -> FlowBounds {
        FlowBounds {
            min: Member::at(row, "flow_min"),
            max: Member::at(row, "flow_max"),
        }
    }

    pub(in super::super) fn write(bounds: &FlowBounds) -> Written {
        let line = |key, flow: Option<linepack_units::FlowRate>| {
            flow.put(&Kind::Flow).map(|text| (key, text))
        };
        line("flow_min", bounds.min)
            .into_iter()
            .chain(line("flow_max", bounds.max))
            .collect()
    }
}

/// The loss of inlet or outlet piping: keys with a prefix, and the law behind them.
macro_rules! piping_loss {
    ($module:ident, $drag:literal, $diameter:literal, $loss:literal, $place:literal) => {
        #[doc = concat!("The loss of the ", $place, ".")]
        pub(super) mod $module {
            use super::*;
            use linepack_network::ResistorLoss;

            pub(in super::super) const FIELDS: &[Field] = &[
                field(
                    $drag,
                    number(0.0, f64::INFINITY),
                    Optional,
                    concat!("Drag factor of the ", $place, ", with `", $diameter, "`."),
                ),
                field(
                    $diameter,
                    Kind::Quantity(Length),
                    Optional,
                    concat!("Diameter of the ", $place, "."),
                ),
                field(
                    $loss,
                    Kind::Quantity(PressureDifference),
                    Optional,
                    concat!(
                        "A constant loss of the ",
                        $place,
                        " in the direction of flow."
                    ),
                ),
            ];

            pub(in super::super) fn read(row: &Row) -> Option<ResistorLoss> {
                let constant = Option::<f64>::at(row, $loss);
                match constant {
                    Some(pressure_loss_pa) => Some(ResistorLoss::Constant { pressure_loss_pa }),
                    None => Some(ResistorLoss::Drag {
                        factor: Option::<f64>::at(row, $drag)?,
                        diameter_m: f64::at(row, $diameter),
                    }),
                }
            }

            pub(in super::super) fn write(loss: &Option<ResistorLoss>) -> Written {
                match *loss {
                    None => Vec::new(),
                    Some(ResistorLoss::Drag { factor, diameter_m }) => vec![
                        ($drag, plain(factor)),
                        ($diameter, quantity(diameter_m, Length)),
                    ],
                    Some(ResistorLoss::Constant { pressure_loss_pa }) => {
                        vec![($loss, quantity(pressure_loss_pa, PressureDifference))]
                    }
                }
            }
        }
    };
}

piping_loss!(
    loss_in,
    "drag_factor_in",
    "diameter_in",
    "pressure_loss_in",
    "inlet piping"
);
piping_loss!(
    loss_out,
    "drag_factor_out",
    "diameter_out",
    "pressure_loss_out",
    "outlet piping"
);

/// A pressure rise over the volume flow.
pub(super) mod pressure_rise {
    use super::*;

    pub(in super::super) const FIELDS: &[Field] = &[field(
        "pressure_rise",
        Kind::Table(&PRESSURE_RISE),
        Optional,
        "Pressure rise over the volume flow at suction: it backs off above it.",
    )];

    static PRESSURE_RISE: Schema = Schema {
        key: "pressure_rise",
        name: "pressure_rise",
        doc: "A pressure rise over the volume flow at suction.",
        groups: &[&[
            field(
                "at_rest",
                Kind::Quantity(PressureDifference),
                Required,
                "Pressure rise without flow.",
            ),
            field(
                "per_flow",
                number(f64::NEG_INFINITY, f64::INFINITY),
                Default("0"),
                "Its change with the flow, Pa per m3/s.",
            ),
            field(
                "per_flow_squared",
                number(f64::NEG_INFINITY, f64::INFINITY),
                Default("0"),
                "Its change with the square of the flow, Pa per (m3/s)^2.",
            ),
        ]],
        spelling: EXACT,
        rules: &[],
    };

    pub(in super::super) fn read(row: &Row) -> Option<[f64; 3]> {
        let Some(Cell::Row(rise)) = row.cell("pressure_rise") else {
            return None;
        };
        Some(["at_rest", "per_flow", "per_flow_squared"].map(|key| f64::at(rise, key)))
    }

    pub(in super::super) fn write(rise: &Option<[f64; 3]>) -> Written {
        let Some([at_rest, linear, square]) = *rise else {
            return Vec::new();
        };
        let table = format!(
            "{{ at_rest = {}, per_flow = {}, per_flow_squared = {} }}",
            quantity(at_rest, PressureDifference),
            plain(linear),
            plain(square)
        );
        vec![("pressure_rise", table)]
    }
}
