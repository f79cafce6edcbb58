//! Compressor stations: how they run, and how hard at worst.

use super::{Panel, chart, compressor, nothing};
use crate::number::fixed;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::{View, series};
use linepack_network::CompressorStation;
use linepack_results::StationUnit;

/// The table of stations and their power over time.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let all = view.case.network.compressor_stations.iter();
    let stations: Vec<_> = all.filter(|s| s.header.in_service).collect();
    let mut body = if stations.is_empty() {
        nothing("No compressor station is in service.")
    } else {
        table(view, &stations)
    };
    if !view.solution.station_units.is_empty() {
        body.push_str("<h3>Units</h3>");
        body.push_str(&units(view));
        body.push_str(&compressor::maps(view));
    }
    if !stations.is_empty() && !view.is_steady() {
        body.push_str(&chart(
            "station-power",
            "Shaft power of the stations over time",
        ));
    }
    Panel {
        id: "stations",
        title: "Compressor stations",
        body,
    }
}

fn table(view: &View<'_>, stations: &[&CompressorStation]) -> String {
    let mut columns = vec![
        Column::Words("Station"),
        Column::Words("Mode"),
        Column::Numbers("Suction", Quantity::Pressure),
        Column::Numbers("Discharge", Quantity::Pressure),
        Column::Numbers("Ratio", Quantity::Ratio),
        Column::Numbers("Flow", Quantity::Flow),
        Column::Numbers("Power", Quantity::Power),
        Column::Numbers("Available", Quantity::Power),
        Column::Numbers("Fuel", Quantity::Fuel),
    ];
    if !view.is_steady() {
        columns.push(Column::Numbers("Lowest suction", Quantity::Pressure));
        columns.push(Column::Numbers("Highest ratio", Quantity::Ratio));
        columns.push(Column::Numbers("Highest power", Quantity::Power));
    }
    let caption = if view.is_steady() {
        "Steady state"
    } else {
        "At the end of the run, and the worst of the run"
    };
    let mut table = Table::new(caption, columns);
    for station in stations {
        table.row(row(view, station));
    }
    table.markup(&view.units)
}

fn row(view: &View<'_>, station: &CompressorStation) -> Vec<Cell> {
    let id = station.header.id.as_str();
    let of = |column| series(&view.solution.edges, column, id);
    let last = |values: &[f64]| Cell::Number(values.last().copied().unwrap_or(f64::NAN));
    let (suction, power, ratio) = (of("pressure_in_pa"), of("power_w"), of("ratio"));
    let mut cells = vec![
        Cell::text(view.name(id)),
        Cell::text(words(view.mode(view.last(), id))),
        last(&suction),
        last(&of("pressure_out_pa")),
        last(&ratio),
        last(&of("mass_flow_kg_per_s")),
        last(&power),
        Cell::Number(station.power_max_w.unwrap_or(f64::NAN)),
        last(&of("fuel_kg_per_s")),
    ];
    if !view.is_steady() {
        let worst = |values: &[f64], pick: fn(f64, f64) -> f64| {
            let finite = values.iter().copied().filter(|v| v.is_finite());
            Cell::Number(finite.reduce(pick).unwrap_or(f64::NAN))
        };
        cells.extend([
            worst(&suction, f64::min),
            worst(&ratio, f64::max),
            worst(&power, f64::max),
        ]);
    }
    cells
}

/// The head of a column whose unit is always the same.
macro_rules! in_unit {
    ($title:literal, $unit:literal) => {
        concat!($title, "<br><span class=\"unit\">", $unit, "</span>")
    };
}

/// What each unit does at the last time.
fn units(view: &View<'_>) -> String {
    let columns = vec![
        Column::Words("Station"),
        Column::Words("Configuration"),
        Column::Words("Compressor"),
        Column::Plain(in_unit!("Speed", "1/min")),
        Column::Plain(in_unit!("Flow", "m³/s")),
        Column::Plain(in_unit!("Recycled", "m³/s")),
        Column::Plain(in_unit!("Head", "kJ/kg")),
        Column::Plain(in_unit!("Efficiency", "%")),
        Column::Numbers("Power", Quantity::Power),
        Column::Numbers("Available", Quantity::Power),
        Column::Numbers("Energy", Quantity::Power),
        Column::Plain(in_unit!("To surge", "%")),
        Column::Plain(in_unit!("To choke", "%")),
        Column::Words("At its limit"),
    ];
    let caption = if view.is_steady() {
        "Steady state; flows at suction conditions"
    } else {
        "At the end of the run; flows at suction conditions"
    };
    let mut table = Table::new(caption, columns);
    for unit in &view.solution.station_units {
        table.row(unit_row(view, unit));
    }
    table.markup(&view.units)
}

fn unit_row(view: &View<'_>, unit: &StationUnit) -> Vec<Cell> {
    let plain = |value: f64, decimals| Cell::text(fixed(value, decimals));
    let compressor = match unit.stage {
        0 => unit.compressor.clone(),
        later => format!("{}, stage {}", unit.compressor, later + 1),
    };
    vec![
        Cell::text(view.name(&unit.station)),
        Cell::text(&unit.configuration),
        Cell::text(compressor),
        plain(unit.speed_per_min, 0),
        plain(unit.volume_flow_m3_per_s, 3),
        plain(unit.recycle_m3_per_s, 3),
        plain(unit.head_j_per_kg / 1e3, 2),
        plain(unit.efficiency * 100.0, 1),
        Cell::Number(unit.power_w),
        Cell::Number(unit.power_max_w),
        Cell::Number(unit.energy_w),
        plain(unit.surge_margin * 100.0, 1),
        plain(unit.choke_margin * 100.0, 1),
        limit(unit),
    ]
}

/// The limit of a unit; one that is violated stands out.
fn limit(unit: &StationUnit) -> Cell {
    let words = if unit.limit.is_empty() {
        "\u{2013}"
    } else {
        &unit.limit
    };
    if unit.feasible {
        return Cell::text(words);
    }
    let words = crate::escape::text(words);
    Cell::Markup(format!("<span class=\"bad\">beyond: {words}</span>"))
}

/// A mode for people: `at_power` reads "at power".
fn words(mode: &str) -> String {
    if mode.is_empty() {
        "\u{2013}".into()
    } else {
        mode.replace('_', " ")
    }
}
