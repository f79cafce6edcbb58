//! `.net`: control valves and compressor stations.

use super::network::{ENDS, Ends, highest, loss, lowest};
use super::units::{DIFFERENCE, PRESSURE, TEMPERATURE};
use super::xml::{Fields, File, called};
use linepack_network::{CompressorStation, ControlValve, FlowBounds};
use linepack_units::FlowRate;
use roxmltree::Node as Xml;

const LOSS_IN: [&str; 3] = ["dragFactorIn", "diameterIn", "pressureLossIn"];
const LOSS_OUT: [&str; 3] = ["dragFactorOut", "diameterOut", "pressureLossOut"];

/// `<controlValve>`.
pub(super) fn control_valve(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    ends: Ends,
    flow_bounds: FlowBounds,
    fields: &mut Fields<'_, '_>,
) -> ControlValve {
    let known = [
        &ENDS[..],
        &["gasPreheaterExisting", "internalBypassRequired"],
    ]
    .concat();
    file.attributes(xml, &known);
    let heated = fields.optional(file, "increasedOutputTemperature", &TEMPERATURE);
    let heated = match file.flag(xml, "gasPreheaterExisting") {
        // The temperature of the gas takes its place once that is known.
        Some(true) => heated.or(Some(f64::NAN)),
        _ => heated,
    };
    let _ = file.flag(xml, "internalBypassRequired");
    let most = highest(file, xml, fields, "pressureOutMax", &PRESSURE);
    let set = fields.optional(file, "pressureSet", &PRESSURE);
    ControlValve {
        header: ends.header,
        outlet_pressure_pa: set.or(most),
        inlet_pressure_pa: lowest(file, xml, fields, "pressureInMin"),
        pressure_differential_min_pa: fields.optional(file, "pressureDifferentialMin", &DIFFERENCE),
        pressure_differential_max_pa: highest(
            file,
            xml,
            fields,
            "pressureDifferentialMax",
            &DIFFERENCE,
        ),
        loss_in: loss(file, xml, fields, LOSS_IN),
        loss_out: loss(file, xml, fields, LOSS_OUT),
        outlet_temperature_min_k: heated,
        flow_bounds,
        ..ControlValve::new("", ends.from, ends.to)
    }
}

/// `<compressorStation>`.
pub(super) fn station(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    ends: Ends,
    bounds: FlowBounds,
    fields: &mut Fields<'_, '_>,
) -> CompressorStation {
    const OWN: [&str; 3] = [
        "fuelGasVertex",
        "gasCoolerExisting",
        "internalBypassRequired",
    ];
    file.attributes(xml, &[&ENDS[..], &OWN].concat());
    let mut station = CompressorStation::new("", ends.from, ends.to);
    station.header = ends.header;
    (station.flow_min, station.flow_max) = station_flows(file, xml, bounds);
    station.suction_pressure_pa = lowest(file, xml, fields, "pressureInMin");
    station.discharge_pressure_pa = highest(file, xml, fields, "pressureOutMax", &PRESSURE);
    station.loss_in = loss(file, xml, fields, LOSS_IN);
    station.loss_out = loss(file, xml, fields, LOSS_OUT);
    station.fuel_at_discharge = fuel_at_discharge(file, xml, &station);
    station.internal_bypass = file.flag(xml, "internalBypassRequired").unwrap_or(true);
    let cooled = fields.optional(file, "cooledOutputTemperature", &TEMPERATURE);
    station.discharge_temperature_k = match file.flag(xml, "gasCoolerExisting") {
        // The temperature of the gas takes its place once that is known.
        Some(true) => cooled.or(Some(f64::NAN)),
        _ => cooled,
    };
    station
}

/// Bounds of a station's flow; where the least is negative, gas may pass back.
fn station_flows(
    file: &mut File<'_>,
    xml: Xml<'_, '_>,
    bounds: FlowBounds,
) -> (Option<FlowRate>, Option<FlowRate>) {
    let size = |flow: FlowRate| match flow {
        FlowRate::Mass { kg_per_s } => kg_per_s,
        FlowRate::Volume { m3_per_s, .. } => m3_per_s,
        FlowRate::Energy { watt, .. } => watt,
    };
    if bounds.min.is_some_and(|f| size(f) < 0.0) {
        file.note(
            "flowMin of a station is negative: gas may pass back by the stopped units",
            xml,
        );
    }
    let max = bounds.max.filter(|f| {
        let backward = size(*f) < 0.0;
        if backward {
            let message = format!("flowMax of {} is negative", called(xml));
            file.error(xml, message);
        }
        !backward
    });
    (bounds.min.filter(|f| size(*f) != 0.0), max)
}

/// Whether fuel is drawn at the discharge node.
fn fuel_at_discharge(file: &mut File<'_>, xml: Xml<'_, '_>, station: &CompressorStation) -> bool {
    match xml.attribute("fuelGasVertex").map(str::trim) {
        Some(node) if node == station.to => true,
        Some(node) if node == station.from => false,
        None | Some("") => {
            file.note("no fuelGasVertex: fuel is drawn at suction", xml);
            false
        }
        Some(_) => {
            let what = "fuelGasVertex is neither end of the station: fuel is drawn at suction";
            file.note(what, xml);
            false
        }
    }
}
