//! Pressure controls and flow controls as control valves, compressors and pumps as stations.

use super::junction::{self, Junctions};
use super::riser;
use super::table::{Row, Table};
use crate::codes;
use crate::import::Import;
use crate::json::Json;
use linepack_network::{CompressorStation, ControlState, ControlValve, ElementKind, Network};
use linepack_units::FlowRate;

const ENDS: [&str; 2] = ["from_junction", "to_junction"];

/// Adds the pressure controls.
pub(super) fn add_pressure_controls(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let Some([from, to]) = junction::ends(import, junctions, &row, ENDS) else {
            continue;
        };
        let mut valve = ControlValve::new(row.id(), &from.id, &to.id);
        junction::serve(import, &mut valve.header, &row, &[from, to]);
        if row.flag("control_active").unwrap_or(true) {
            pressure_set_point(import, &row, junctions, &mut valve);
        } else {
            valve.state = ControlState::Bypass;
        }
        [valve.from, valve.to] = riser::level(import, &row, network, &valve.header, [from, to]);
        if row.number("loss_coefficient").is_some_and(|z| z != 0.0) {
            import.note(
                "its loss coefficient is not used: no bore is stated to which it would refer",
                Some(&valve.header.id),
            );
        }
        push(import, &row, network, valve);
    }
}

fn pressure_set_point(
    import: &mut Import,
    row: &Row<'_, '_>,
    junctions: &Junctions,
    valve: &mut ControlValve,
) {
    let id = row.id();
    let controlled = junction::of(import, junctions, row, "controlled_junction");
    let pressure = row.needed(import, &[("controlled_p_bar", 1e5)]);
    let (Some(controlled), Some(gauge_pa)) = (controlled, pressure) else {
        return;
    };
    let pressure_pa = Some(gauge_pa + controlled.ambient_pa);
    if controlled.id == valve.to {
        valve.outlet_pressure_pa = pressure_pa;
    } else if controlled.id == valve.from {
        valve.inlet_pressure_pa = pressure_pa;
    } else {
        let message = format!("{id} controls a junction that is neither of its ends");
        import.error(codes::FOREIGN_CONTENT, row.span(), message);
    }
    import.note(
        "it throttles to hold its pressure and does not raise it",
        Some(&id),
    );
}

/// Adds the flow controls.
pub(super) fn add_flow_controls(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let Some([from, to]) = junction::ends(import, junctions, &row, ENDS) else {
            continue;
        };
        let mut valve = ControlValve::new(row.id(), &from.id, &to.id);
        junction::serve(import, &mut valve.header, &row, &[from, to]);
        [valve.from, valve.to] = riser::level(import, &row, network, &valve.header, [from, to]);
        if row.flag("control_active").unwrap_or(true) {
            let Some(flow) = row.needed(import, &[("controlled_mdot_kg_per_s", 1.0)]) else {
                continue;
            };
            if flow < 0.0 {
                std::mem::swap(&mut valve.from, &mut valve.to);
            }
            valve.flow = Some(FlowRate::mass(flow.abs()));
            import.note(
                "it throttles to hold its flow and does not drive it",
                Some(&row.id()),
            );
        } else {
            valve.state = ControlState::Bypass;
        }
        push(import, &row, network, valve);
    }
}

fn push(import: &mut Import, row: &Row<'_, '_>, network: &mut Network, valve: ControlValve) {
    let at = network.control_valves.len();
    import.place(super::place(ElementKind::ControlValve, at), row.span());
    network.control_valves.push(valve);
}

/// Adds the compressors, which hold a pressure ratio.
pub(super) fn add_compressors(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let ratio = row.needed(import, &[("pressure_ratio", 1.0)]);
        let Some(mut station) = station(import, &row, junctions, network) else {
            continue;
        };
        station.ratio = ratio;
        station.ratio_max = ratio.unwrap_or(1.0);
        push_station(import, &row, network, station);
    }
}

/// Adds the pumps, whose pressure lift follows from their flow.
pub(super) fn add_pumps(
    import: &mut Import,
    table: Option<&Table<'_>>,
    net: &Json,
    junctions: &Junctions,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let curve = row.text("std_type").map(|name| pump_curve(net, name));
        let Some(mut station) = station(import, &row, junctions, network) else {
            continue;
        };
        match curve {
            Some(Some(curve)) => station.pressure_rise = Some(curve),
            Some(None) => row.wrong(
                import,
                format!(
                    "the standard type of {} has no parabola in the net",
                    row.id()
                ),
            ),
            None => row.wrong(import, format!("{} has no `std_type`", row.id())),
        }
        station.ratio_max = PUMP_RATIO_MAX;
        push_station(import, &row, network, station);
    }
}

/// No ratio binds a pump but its curve.
const PUMP_RATIO_MAX: f64 = 100.0;

/// The lift of a pump, Pa, over the volume flow, m³/s: the polynomial of its standard type, in bar
/// over m³/h with the highest power first, up to the second power.
fn pump_curve(net: &Json, name: &str) -> Option<[f64; 3]> {
    let types = ["std_types", "std_type"]
        .iter()
        .find_map(|key| net.get(key)?.get("pump"))?;
    let object = types.get(name)?.get("_object")?;
    let list = object.get("reg_par")?;
    let list = list.list().or_else(|| list.get("_object")?.list())?;
    let bar = list
        .iter()
        .rev()
        .map(Json::number)
        .collect::<Option<Vec<_>>>()?;
    if bar.is_empty() || bar.len() > 3 {
        return None;
    }
    let power = |i: usize| bar.get(i).copied().unwrap_or(0.0) * 1e5 * 3600f64.powi(i as i32);
    Some([power(0), power(1), power(2)])
}

fn station(
    import: &mut Import,
    row: &Row<'_, '_>,
    junctions: &Junctions,
    network: &mut Network,
) -> Option<CompressorStation> {
    let [from, to] = junction::ends(import, junctions, row, ENDS)?;
    let mut station = CompressorStation::new(row.id(), &from.id, &to.id);
    junction::serve(import, &mut station.header, row, &[from, to]);
    [station.from, station.to] = riser::level(import, row, network, &station.header, [from, to]);
    import.note(
        "electric, with an efficiency of 1",
        Some(&station.header.id),
    );
    Some(station)
}

fn push_station(
    import: &mut Import,
    row: &Row<'_, '_>,
    network: &mut Network,
    station: CompressorStation,
) {
    let at = network.compressor_stations.len();
    import.place(super::place(ElementKind::CompressorStation, at), row.span());
    network.compressor_stations.push(station);
}
