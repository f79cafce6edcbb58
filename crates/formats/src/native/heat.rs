//! What surrounds pipes: rows as structs, and back as text of a case file.

use super::choice::Named;
use super::decode::{Cell, Row};
use super::member::{Member, number, quantity, take_named, text};
use linepack_network::{Ground, GroundKind, Heat, HeatSettings, Settings};
use linepack_units::Dimension;

type Lines = Vec<(&'static str, String)>;

/// The settings of heat of a row of settings.
pub(super) fn settings(row: &Row) -> HeatSettings {
    let usual = HeatSettings::default();
    let Some(Cell::Row(own)) = row.cell("heat") else {
        return usual;
    };
    let range = Vec::<f64>::at(own, "range");
    HeatSettings {
        model: take_named(own, "model", Heat::Isothermal),
        heat_transfer_w_per_m2_k: Member::at(own, "heat_transfer"),
        supply_temperature_k: Member::at(own, "supply_temperature"),
        tolerance_k: f64::at(own, "tolerance"),
        range_k: <[f64; 2]>::try_from(range).unwrap_or(usual.range_k),
    }
}

/// The line of the settings of heat; none where they are the usual ones.
pub(super) fn write_settings(heat: &HeatSettings) -> Option<(&'static str, String)> {
    if *heat == HeatSettings::default() {
        return None;
    }
    let kelvin = |k| quantity(k, Dimension::Temperature);
    let mut members = vec![format!("model = {}", text(heat.model.name()?))];
    let transfer = heat.heat_transfer_w_per_m2_k;
    let transfer = transfer.map(|u| quantity(u, Dimension::HeatTransfer));
    members.extend(transfer.map(|u| format!("heat_transfer = {u}")));
    let supply = heat.supply_temperature_k.map(kelvin);
    members.extend(supply.map(|t| format!("supply_temperature = {t}")));
    let tolerance = quantity(heat.tolerance_k, Dimension::TemperatureDifference);
    members.push(format!("tolerance = {tolerance}"));
    let [low, high] = heat.range_k.map(kelvin);
    members.push(format!("range = [{low}, {high}]"));
    Some(("heat", format!("{{ {} }}", members.join(", "))))
}

/// The ground of a row.
pub(super) fn ground(row: &Row, settings: &Settings) -> Ground {
    let soil = Option::<String>::at(row, "kind").as_deref() == Some("soil");
    Ground {
        id: String::at(row, "id"),
        kind: match soil {
            true => GroundKind::Soil {
                conductivity_w_per_m_k: f64::at(row, "conductivity"),
                density_kg_per_m3: f64::at(row, "density"),
                heat_capacity_j_per_kg_k: f64::at(row, "heat_capacity"),
            },
            false => GroundKind::Fluid {
                film_w_per_m2_k: f64::at(row, "heat_transfer"),
            },
        },
        temperature_k: Option::<f64>::at(row, "temperature")
            .unwrap_or(settings.ground_temperature_k),
        amplitude_k: Option::<f64>::at(row, "amplitude").unwrap_or(0.0),
        coldest_day: Option::<f64>::at(row, "coldest_day").unwrap_or(0.0),
        temperature_profile: Member::at(row, "temperature_profile"),
    }
}

/// The lines of a ground. Water and air are the same thing with other numbers.
pub(super) fn write_ground(ground: &Ground) -> Lines {
    let kind = match ground.kind {
        GroundKind::Soil { .. } => "soil",
        GroundKind::Fluid { .. } => "water",
    };
    let mut lines = vec![
        ("id", text(&ground.id)),
        ("kind", text(kind)),
        (
            "temperature",
            quantity(ground.temperature_k, Dimension::Temperature),
        ),
        (
            "amplitude",
            quantity(ground.amplitude_k, Dimension::TemperatureDifference),
        ),
        ("coldest_day", number(ground.coldest_day)),
    ];
    let profile = ground.temperature_profile.as_deref();
    lines.extend(profile.map(|id| ("temperature_profile", text(id))));
    match ground.kind {
        GroundKind::Soil {
            conductivity_w_per_m_k,
            density_kg_per_m3,
            heat_capacity_j_per_kg_k,
        } => lines.extend([
            (
                "conductivity",
                quantity(conductivity_w_per_m_k, Dimension::Conductivity),
            ),
            ("density", quantity(density_kg_per_m3, Dimension::Density)),
            (
                "heat_capacity",
                quantity(heat_capacity_j_per_kg_k, Dimension::HeatCapacity),
            ),
        ]),
        GroundKind::Fluid { film_w_per_m2_k } => {
            let film = quantity(film_w_per_m2_k, Dimension::HeatTransfer);
            lines.push(("heat_transfer", film));
        }
    }
    lines
}
