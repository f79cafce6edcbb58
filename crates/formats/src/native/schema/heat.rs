//! How temperatures are found, and what pipes lie in.

use super::super::choice::choices;
use super::super::decode::Row;
use super::super::member::{Member, quantity};
use super::*;
use linepack_network::{Heat, PipeHeat, WallLayer};

/// `settings.heat`.
pub(super) static HEAT: Schema = Schema {
    key: "heat",
    name: "heat",
    doc: "How temperatures are found.",
    groups: &[&[
        field(
            "model",
            Kind::Choice(MODELS),
            Default("isothermal"),
            "The model.",
        ),
        field(
            "heat_transfer",
            Kind::Quantity(HeatTransfer),
            Optional,
            "Heat transfer coefficient of pipes that state neither one nor a ground, on the inner diameter.",
        ),
        field(
            "supply_temperature",
            Kind::Quantity(Temperature),
            Optional,
            "Temperature of the gas of supplies that state none; the ground temperature when nothing is said.",
        ),
        field(
            "tolerance",
            Kind::Quantity(TemperatureDifference),
            Default("0.05 K"),
            "Error in temperature that the time steps are chosen for.",
        ),
        field(
            "range",
            Kind::List(&Kind::Quantity(Temperature)),
            Optional,
            "Lowest and highest temperature that tables of properties cover; -30 and 100 degC when nothing is said.",
        ),
    ]],
    spelling: EXACT,
    rules: &[Rule::Count("range", 2)],
};

choices! {
    MODELS: Heat {
        "isothermal" Heat::Isothermal, "gas has the temperature of the ground everywhere";
        "steady" Heat::Steady, "by the energy equation, heat passes to the ground as in a steady state";
        "transient" Heat::Transient, "by the energy equation, wall and ground store heat";
    }
}

/// `[[ground]]`.
pub(crate) static GROUND: Schema = Schema {
    key: "ground",
    name: "ground",
    doc: "What pipes lie in: soil, or water or air that flows past them.",
    groups: &[&[
        field(
            "id",
            Kind::Identifier,
            Required,
            "Name by which pipes refer to it.",
        ),
        field("kind", Kind::Choice(GROUND_KINDS), Required, "What it is."),
        field(
            "temperature",
            Kind::Quantity(Temperature),
            Optional,
            "Mean temperature of the year; the settings' ground temperature when nothing is said.",
        ),
        field(
            "amplitude",
            Kind::Quantity(TemperatureDifference),
            Optional,
            "Half the difference between the warmest and the coldest day at the surface; no seasons when nothing is said.",
        ),
        field(
            "coldest_day",
            number(0.0, 366.0),
            Optional,
            "Day of the year, counted from 0, on which the surface is coldest.",
        ),
        field(
            "temperature_profile",
            Kind::Reference("profile"),
            Optional,
            "Profile of temperatures in place of mean and season.",
        ),
        field(
            "conductivity",
            Kind::Quantity(Conductivity),
            Optional,
            "Of soil: thermal conductivity.",
        ),
        field(
            "density",
            Kind::Quantity(Density),
            Optional,
            "Of soil: density.",
        ),
        field(
            "heat_capacity",
            Kind::Quantity(HeatCapacity),
            Optional,
            "Of soil: heat capacity.",
        ),
        field(
            "heat_transfer",
            Kind::Quantity(HeatTransfer),
            Optional,
            "Of water and air: heat transfer coefficient on the outer diameter.",
        ),
        SOURCE,
    ]],
    spelling: EXACT,
    rules: &[
        Rule::One(&["conductivity", "heat_transfer"]),
        Rule::When("kind", "soil", &["conductivity"]),
        Rule::When("kind", "soil", &["density"]),
        Rule::When("kind", "soil", &["heat_capacity"]),
        Rule::Together("amplitude", "coldest_day"),
    ],
};

const GROUND_KINDS: &[Choice] = &[
    Choice {
        name: "soil",
        doc: "soil around a buried pipe",
    },
    Choice {
        name: "water",
        doc: "water that flows past the pipe",
    },
    Choice {
        name: "air",
        doc: "air that flows past the pipe",
    },
];

const LAYER: Kind = Kind::Table(&WALL_LAYER);

static WALL_LAYER: Schema = Schema {
    key: "wall_layers",
    name: "wall layer",
    doc: "A layer of the wall of a pipe: steel, coating, concrete.",
    groups: &[&[
        field("thickness", Kind::Quantity(Length), Required, "Thickness."),
        field(
            "conductivity",
            Kind::Quantity(Conductivity),
            Required,
            "Thermal conductivity.",
        ),
        field("density", Kind::Quantity(Density), Required, "Density."),
        field(
            "heat_capacity",
            Kind::Quantity(HeatCapacity),
            Required,
            "Heat capacity.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

pub(super) const FIELDS: &[Field] = &[
    field(
        "ground",
        Kind::Reference("ground"),
        Optional,
        "The ground it lies in, where no heat transfer coefficient is stated.",
    ),
    field(
        "depth",
        Kind::Quantity(Length),
        Optional,
        "Depth of its axis below the surface.",
    ),
    field(
        "wall_layers",
        Kind::List(&LAYER),
        Optional,
        "Layers of its wall, from the inside.",
    ),
    field(
        "ground_temperature_profile",
        Kind::Reference("profile"),
        Optional,
        "Profile of the temperature of what surrounds it.",
    ),
];

pub(super) fn read(row: &Row) -> PipeHeat {
    PipeHeat {
        ground: Member::at(row, "ground"),
        depth_m: Member::at(row, "depth"),
        wall: row.rows("wall_layers").map(layer).collect(),
        ground_temperature_profile: Member::at(row, "ground_temperature_profile"),
    }
}

fn layer(row: &Row) -> WallLayer {
    WallLayer {
        thickness_m: f64::at(row, "thickness"),
        conductivity_w_per_m_k: f64::at(row, "conductivity"),
        density_kg_per_m3: f64::at(row, "density"),
        heat_capacity_j_per_kg_k: f64::at(row, "heat_capacity"),
    }
}

pub(super) fn write(heat: &PipeHeat) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut put = |key, text: Option<String>| lines.extend(text.map(|text| (key, text)));
    put("ground", heat.ground.put(&Kind::Text));
    put("depth", heat.depth_m.put(&Kind::Quantity(Length)));
    let layers = heat.wall.iter().map(write_layer).collect::<Vec<_>>();
    let layers = (!layers.is_empty()).then(|| format!("[{}]", layers.join(", ")));
    put("wall_layers", layers);
    let profile = heat.ground_temperature_profile.put(&Kind::Text);
    put("ground_temperature_profile", profile);
    lines
}

fn write_layer(layer: &WallLayer) -> String {
    format!(
        "{{ thickness = {}, conductivity = {}, density = {}, heat_capacity = {} }}",
        quantity(layer.thickness_m, Length),
        quantity(layer.conductivity_w_per_m_k, Conductivity),
        quantity(layer.density_kg_per_m3, Density),
        quantity(layer.heat_capacity_j_per_kg_k, HeatCapacity)
    )
}
