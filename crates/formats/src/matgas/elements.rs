//! Junctions and what connects them.

use super::network::{Junction, Reading};
use super::rows::Row;
use linepack_network::{
    CompressorStation, ControlState, ControlValve, ElementKind, FlowBounds, FrictionLaw, Header,
    Node, Pipe, Resistor, ResistorLoss, ShortPipe, Status, Valve,
};
use linepack_units::FlowRate;

/// A junction: a node called by its number.
pub(super) fn junction(reading: &mut Reading<'_>, row: &Row) {
    let Some(id) = row.id(reading.import, "id") else {
        return;
    };
    let mut node = Node::new(id.as_str());
    reading.status(row, &mut node.header);
    if let Some(label) = row.text(reading.import, "name") {
        node.header.label = label;
    }
    node.pressure_min_pa = reading.pressure(row, "p_min");
    node.pressure_max_pa = reading.pressure(row, "p_max");
    node.x = row.number(reading.import, "lon");
    node.y = row.number(reading.import, "lat");
    let elevation = row.number(reading.import, "elevation").unwrap_or(0.0);
    node.elevation_m = elevation * reading.factors.length;
    let kind = row.number(reading.import, "junction_type");
    let nominal_pa = reading.pressure(row, "p_nominal");
    let index = reading.found.network.nodes.len();
    reading.place(ElementKind::Node, index, row);
    reading.nodes.entry(id).or_insert(index);
    reading.found.network.nodes.push(node);
    reading.found.junctions.push(Junction {
        slack: kind == Some(1.0),
        nominal_pa,
    });
}

/// A pipe with a constant friction factor.
///
/// GasModels: p1² - p2² = λ L a² q²/(D A²), so its factor is Darcy's.
pub(super) fn pipe(reading: &mut Reading<'_>, row: &Row) {
    let header = reading.header(row, "pipe");
    add_pipe(reading, row, header);
}

/// A pipe that an expansion may build.
pub(super) fn planned_pipe(reading: &mut Reading<'_>, row: &Row) {
    let header = reading.header(row, "ne_pipe");
    let header = planned(reading, header);
    add_pipe(reading, row, header);
}

/// The header of something that is not built.
fn planned(reading: &mut Reading<'_>, header: Option<Header>) -> Option<Header> {
    let mut header = header?;
    header.status = Status::Planned;
    header.in_service = false;
    let what = "a candidate for expansion: planned, not in service; its cost is left out";
    reading.import.note(what, Some(&header.id));
    Some(header)
}

fn add_pipe(reading: &mut Reading<'_>, row: &Row, header: Option<Header>) {
    let Some(mut header) = header else { return };
    let ends = reading.ends(row, &mut header);
    let length = row.required(reading.import, "length");
    let diameter = row.required(reading.import, "diameter");
    let darcy = row.required(reading.import, "friction_factor");
    let (Some([from, to]), Some(length), Some(diameter), Some(darcy)) =
        (ends, length, diameter, darcy)
    else {
        return;
    };
    let mut pipe = Pipe::new("", from, to);
    pipe.header = header;
    pipe.length_m = length * reading.factors.length;
    pipe.diameter_m = diameter * reading.factors.diameter;
    pipe.friction = Some(FrictionLaw::Constant { darcy });
    pipe.pressure_min_pa = reading.pressure(row, "p_min");
    pipe.pressure_max_pa = reading.pressure(row, "p_max");
    pipe.flow_bounds = flow_bounds(reading, row);
    if row.has("num_spatial_discretization_points") {
        let what = "the number of points is not used: the mesh follows from `cell_length`";
        reading.import.note(what, Some(&pipe.header.id));
    }
    let index = reading.found.network.pipes.len();
    reading.place(ElementKind::Pipe, index, row);
    reading.found.network.pipes.push(pipe);
}

/// Bounds of a flow, as stated and as directions imply them.
fn flow_bounds(reading: &mut Reading<'_>, row: &Row) -> FlowBounds {
    let mut min = reading.flow(row, "flow_min");
    let mut max = reading.flow(row, "flow_max");
    let one_way = row.number(reading.import, "is_bidirectional") == Some(0.0);
    let direction = row.number(reading.import, "flow_direction");
    if one_way || direction == Some(1.0) {
        min = Some(min.map_or(0.0, |q| q.max(0.0)));
    }
    if direction == Some(-1.0) {
        max = Some(max.map_or(0.0, |q| q.min(0.0)));
    }
    FlowBounds {
        min: min.map(FlowRate::mass),
        max: max.map(FlowRate::mass),
    }
}

/// A compressor: a station of generic units.
pub(super) fn compressor(reading: &mut Reading<'_>, row: &Row) {
    let header = reading.header(row, "compressor");
    add_compressor(reading, row, header);
}

/// A compressor that an expansion may build.
pub(super) fn planned_compressor(reading: &mut Reading<'_>, row: &Row) {
    let header = reading.header(row, "ne_compressor");
    let header = planned(reading, header);
    add_compressor(reading, row, header);
}

fn add_compressor(reading: &mut Reading<'_>, row: &Row, header: Option<Header>) {
    let Some(mut header) = header else { return };
    let ends = reading.ends(row, &mut header);
    let ratio_max = row.required(reading.import, "c_ratio_max");
    let (Some([from, to]), Some(ratio_max)) = (ends, ratio_max) else {
        return;
    };
    let mut station = CompressorStation::new("", from, to);
    station.header = header;
    station.ratio_max = ratio_max;
    station.power_max_w = row
        .number(reading.import, "power_max")
        .map(|p| p * reading.factors.power)
        .filter(|p| p.is_finite());
    let passes_back = row.number(reading.import, "directionality") != Some(1.0);
    station.flow_max = reading.flow(row, "flow_max").map(FlowRate::mass);
    station.flow_min = match reading.flow(row, "flow_min") {
        None if passes_back => Some(station.flow_max.unwrap_or(UNBOUNDED).scaled(-1.0)),
        bound => bound
            .filter(|q| *q > 0.0 || passes_back && *q < 0.0)
            .map(FlowRate::mass),
    };
    station_pressures(reading, row, &mut station);
    station_notes(reading, row, &station.header.id);
    let index = reading.found.network.compressor_stations.len();
    reading.place(ElementKind::CompressorStation, index, row);
    reading.found.network.compressor_stations.push(station);
}

/// The discharge pressure that it works up to and the suction pressure below which it backs off.
fn station_pressures(reading: &mut Reading<'_>, row: &Row, station: &mut CompressorStation) {
    let outlet = reading.pressure(row, "outlet_p_max");
    let node = reading.nodes.get(&station.to).copied();
    let there = node.and_then(|n| reading.found.network.nodes[n].pressure_max_pa);
    station.discharge_pressure_pa = match (outlet, there) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let inlet = reading.pressure(row, "inlet_p_min");
    station.suction_pressure_pa =
        inlet.filter(|p| station.discharge_pressure_pa.is_none_or(|d| *p < d));
    if inlet != station.suction_pressure_pa {
        let what = "`inlet_p_min` is not below the highest discharge pressure: it is not used";
        reading.import.note(what, Some(&station.header.id));
    }
}

/// A flow that no station sees, where the format knows no bound.
const UNBOUNDED: FlowRate = FlowRate::mass(1e5);

/// What a compressor of the format is that a station is not.
fn station_notes(reading: &mut Reading<'_>, row: &Row, id: &str) {
    let what = match row.number(reading.import, "directionality") {
        Some(1.0) => None,
        Some(0.0) => Some(
            "may compress in both directions; here from `fr_junction` to `to_junction` only, and gas passes back uncompressed",
        ),
        _ => None,
    };
    if let Some(what) = what {
        reading.import.note(what, Some(id));
    }
    if row
        .number(reading.import, "c_ratio_min")
        .is_some_and(|r| r != 1.0)
    {
        let what = "the smallest ratio is not used: the station may let gas pass by";
        reading.import.note(what, Some(id));
    }
    let what = "`inlet_p_max`, `outlet_p_min` and costs are not used";
    reading.import.note(what, Some(id));
}

/// A short pipe.
pub(super) fn short_pipe(reading: &mut Reading<'_>, row: &Row) {
    let Some(mut header) = reading.header(row, "short_pipe") else {
        return;
    };
    let Some([from, to]) = reading.ends(row, &mut header) else {
        return;
    };
    let mut pipe = ShortPipe::new("", from, to);
    pipe.header = header;
    pipe.flow_bounds = flow_bounds(reading, row);
    let index = reading.found.network.short_pipes.len();
    reading.place(ElementKind::ShortPipe, index, row);
    reading.found.network.short_pipes.push(pipe);
}

/// A resistor with a drag factor.
pub(super) fn resistor(reading: &mut Reading<'_>, row: &Row) {
    let drag = row.required(reading.import, "drag");
    let diameter = row.required(reading.import, "diameter");
    let (Some(factor), Some(diameter)) = (drag, diameter) else {
        return;
    };
    let what = "the loss is reckoned with the density in the line; GasModels takes the density at standard conditions";
    reading.import.note(what, Some(&row.name));
    let diameter_m = diameter * reading.factors.diameter;
    add_resistor(
        reading,
        row,
        "resistor",
        ResistorLoss::Drag { factor, diameter_m },
    );
}

/// A resistor with a constant loss.
pub(super) fn loss_resistor(reading: &mut Reading<'_>, row: &Row) {
    let Some(loss) = row.required(reading.import, "p_loss") else {
        return;
    };
    let pressure_loss_pa = loss * reading.factors.pressure;
    let loss = ResistorLoss::Constant { pressure_loss_pa };
    add_resistor(reading, row, "loss_resistor", loss);
}

fn add_resistor(reading: &mut Reading<'_>, row: &Row, block: &str, loss: ResistorLoss) {
    let Some(mut header) = reading.header(row, block) else {
        return;
    };
    let Some([from, to]) = reading.ends(row, &mut header) else {
        return;
    };
    let mut resistor = Resistor::new("", from, to, loss);
    resistor.header = header;
    resistor.flow_bounds = flow_bounds(reading, row);
    let index = reading.found.network.resistors.len();
    reading.place(ElementKind::Resistor, index, row);
    reading.found.network.resistors.push(resistor);
}

/// A regulator: it holds its outlet down to what the junction there may have, and stands open where
/// the inlet may not have more.
pub(super) fn regulator(reading: &mut Reading<'_>, row: &Row) {
    let Some(mut header) = reading.header(row, "regulator") else {
        return;
    };
    let Some([from, to]) = reading.ends(row, &mut header) else {
        return;
    };
    let limit = |id: &str| {
        let node = reading.nodes.get(id)?;
        reading.found.network.nodes[*node].pressure_max_pa
    };
    let (inlet_pa, outlet_pa) = (limit(&from), limit(&to));
    let throttles = outlet_pa.is_some_and(|out| inlet_pa.is_none_or(|inlet| inlet > out));
    let mut valve = ControlValve::new("", from, to);
    valve.header = header;
    valve.outlet_pressure_pa = outlet_pa;
    let what = if throttles {
        "a regulator throttles to the highest pressure of its outlet junction, and lets no gas back; its reduction factors are not used"
    } else {
        valve.state = ControlState::Bypass;
        "a regulator whose inlet may not have more pressure than its outlet stands open; its reduction factors are not used"
    };
    reading.import.note(what, Some(&valve.header.id));
    valve.flow_bounds = flow_bounds(reading, row);
    let index = reading.found.network.control_valves.len();
    reading.place(ElementKind::ControlValve, index, row);
    reading.found.network.control_valves.push(valve);
}

/// A valve, open.
pub(super) fn valve(reading: &mut Reading<'_>, row: &Row) {
    let Some(mut header) = reading.header(row, "valve") else {
        return;
    };
    let Some([from, to]) = reading.ends(row, &mut header) else {
        return;
    };
    let mut valve = Valve::new("", from, to);
    valve.header = header;
    valve.flow_bounds = flow_bounds(reading, row);
    reading
        .import
        .note("valves stand open, without loss", Some(&valve.header.id));
    let index = reading.found.network.valves.len();
    reading.place(ElementKind::Valve, index, row);
    reading.found.network.valves.push(valve);
}
