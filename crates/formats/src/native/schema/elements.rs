//! The elements of a network.

use super::super::choice::{Named, choices};
use super::super::decode::Row;
use super::super::member::{Member, take_named, text};
use super::element_macro::element;
use super::heat;
use super::machines;
use super::parts::{
    diameter, elevation_profile, flow_bounds, friction, loss_in, loss_out, place, pressure_rise,
    resistor_loss, route,
};
use super::protection::{line_break, trip, valve_curve};
use super::supply_gas;
use super::*;
use linepack_network::{
    CheckValve, CompressorStation, ControlState, ControlValve, ElementKind, Header, Leak, Node,
    OffTake, Pipe, Resistor, ShortPipe, StationState, Status, Supply, Valve,
};

/// A thing of the network that a table or a CSV row describes.
pub(crate) trait Element: Sized {
    /// Its kind.
    const KIND: ElementKind;
    /// From a row that has been checked.
    fn read(row: &Row) -> Self;
    /// As keys and TOML values.
    fn write(&self) -> Vec<(&'static str, String)>;
}

/// The schemas of all kinds, in the order of [`ElementKind::ALL`].
pub(crate) static ELEMENTS: [&Schema; 11] = [
    &NODE,
    &PIPE,
    &SHORT_PIPE,
    &RESISTOR,
    &VALVE,
    &CHECK_VALVE,
    &CONTROL_VALVE,
    &COMPRESSOR_STATION,
    &SUPPLY,
    &OFF_TAKE,
    &LEAK,
];

/// The schema of a kind.
pub(crate) fn element_schema(kind: ElementKind) -> &'static Schema {
    let at = ElementKind::ALL.iter().position(|k| *k == kind);
    ELEMENTS[at.unwrap_or(0)]
}

/// What every element has.
const HEADER: &[Field] = &[
    field(
        "id",
        Kind::Identifier,
        Required,
        "Identifier, unique among all elements, nodes included.",
    ),
    field(
        "label",
        Kind::Text,
        Optional,
        "Name for people; the identifier when nothing is said.",
    ),
    field(
        "status",
        Kind::Choice(STATUSES),
        Default("complete"),
        "How far it is built.",
    ),
    field(
        "in_service",
        Kind::Date,
        Optional,
        "When it enters service, if that is known or planned.",
    ),
];

choices! {
    STATUSES: Status {
        "planned" Status::Planned, "on paper";
        "under_construction" Status::UnderConstruction, "being built";
        "complete" Status::Complete, "built";
        "out_of_service" Status::OutOfService, "built, and shut down";
    }
}

choices! {
    CONTROL_STATES: ControlState {
        "active" ControlState::Active, "obeys its set-points";
        "bypass" ControlState::Bypass, "stands open";
        "closed" ControlState::Closed, "stands closed";
    }
}

choices! {
    STATION_STATES: StationState {
        "running" StationState::Running, "compresses as far as its set-points and limits allow";
        "bypass" StationState::Bypass, "units stopped, gas passes by";
        "closed" StationState::Closed, "isolated";
    }
}

impl Member for ControlState {
    fn at(row: &Row, key: &'static str) -> Self {
        take_named(row, key, Self::Active)
    }

    fn put(&self, _: &Kind) -> Option<String> {
        self.name().map(text)
    }
}

impl Member for StationState {
    fn at(row: &Row, key: &'static str) -> Self {
        take_named(row, key, Self::Running)
    }

    fn put(&self, _: &Kind) -> Option<String> {
        self.name().map(text)
    }
}

fn header(row: &Row) -> Header {
    let id = String::at(row, "id");
    Header {
        label: Option::<String>::at(row, "label").unwrap_or_else(|| id.clone()),
        id,
        status: take_named(row, "status", Status::Complete),
        in_service_date: Member::at(row, "in_service"),
        in_service: true,
    }
}

fn write_header(header: &Header) -> Vec<(&'static str, String)> {
    let mut out = vec![("id", text(&header.id))];
    if header.label != header.id {
        out.push(("label", text(&header.label)));
    }
    out.extend(header.status.name().map(|name| ("status", text(name))));
    out.extend(
        header
            .in_service_date
            .map(|date| ("in_service", text(&date.to_string()))),
    );
    out
}

/// The node that a key names.
const NODE_ID: Kind = Kind::Reference("node");
/// The profile that a key names.
const PROFILE_ID: Kind = Kind::Reference("profile");
/// A number that is not negative.
const POSITIVE: Kind = number(0.0, f64::INFINITY);
/// A part of a whole.
const FRACTION: Kind = number(0.0, 1.0);

element! {
    NODE: Node = "node" "node", "A place where elements meet." {
        x: "x", Kind::Coordinate, Optional, "Longitude, or an abstract x.";
        y: "y", Kind::Coordinate, Optional, "Latitude, or an abstract y.";
        elevation_m: "elevation", Kind::Quantity(Length), Default("0 m"), "Elevation above sea level.";
        pressure_min_pa: "pressure_min", Kind::Quantity(Pressure), Optional, "Lowest pressure allowed.";
        pressure_max_pa: "pressure_max", Kind::Quantity(Pressure), Optional, "Highest pressure allowed.";
        temperature_min_k: "temperature_min", Kind::Quantity(Temperature), Optional, "Lowest temperature allowed.";
        temperature_max_k: "temperature_max", Kind::Quantity(Temperature), Optional, "Highest temperature allowed.";
        quality_limits: "quality_limits", Kind::Reference("set of limits"), Optional, "Limits that the quality of the gas is held to: those of a table, `easee_gas`, `en_16726` or `great_britain`.";
    }
}

element! {
    PIPE: Pipe = "pipe" "pipe", "A pipe." {
        from: "from", NODE_ID, Required, "Node at distance 0.";
        to: "to", NODE_ID, Required, "Node at the other end.";
        length_m: "length", Kind::Quantity(Length), Required, "Length.";
        roughness_m: "roughness", Kind::Quantity(Length), Required, "Roughness of the inner wall.";
        drag_factor: "drag_factor", number(0.0, f64::INFINITY), Default("0"), "Sum of the drag factors of bends and fittings, spread evenly over its length.";
        efficiency: "efficiency", number(0.0, 2.0), Default("1.0"), "Pipe efficiency: the flow at given pressures is multiplied by it.";
        pressure_min_pa: "pressure_min", Kind::Quantity(Pressure), Optional, "Lowest pressure allowed.";
        pressure_max_pa: "pressure_max", Kind::Quantity(Pressure), Optional, "Maximum allowable operating pressure.";
        heat_transfer_w_per_m2_k: "heat_transfer", Kind::Quantity(HeatTransfer), Optional, "Heat transfer coefficient to the ground, on the inner diameter.";
        ground_temperature_k: "ground_temperature", Kind::Quantity(Temperature), Optional, "Temperature of ground and gas; the settings' when nothing is said.";
        cells: "cells", Kind::Integer { min: 1, max: 1_000_000 }, Optional, "Number of cells; from `settings.cell_length` when nothing is said.";
    }
    also { diameter_m: diameter; flow_bounds: flow_bounds; friction: friction; elevation_profile: elevation_profile; route: route; heat: heat; }
    rules [Rule::One(&["inner_diameter", "outer_diameter"]), Rule::Together("outer_diameter", "wall")]
}

element! {
    SHORT_PIPE: ShortPipe = "short_pipe" "short pipe", "A connection without length and without loss." {
        from: "from", NODE_ID, Required, "First node.";
        to: "to", NODE_ID, Required, "Second node.";
    }
    also { flow_bounds: flow_bounds; }
}

element! {
    RESISTOR: Resistor = "resistor" "resistor", "A local pressure loss." {
        from: "from", NODE_ID, Required, "First node.";
        to: "to", NODE_ID, Required, "Second node.";
    }
    also { loss: resistor_loss; flow_bounds: flow_bounds; }
    rules [Rule::One(&["drag_factor", "pressure_loss"]), Rule::Together("drag_factor", "diameter")]
}

element! {
    VALVE: Valve = "valve" "valve", "A valve." {
        from: "from", NODE_ID, Required, "First node.";
        to: "to", NODE_ID, Required, "Second node.";
        opening: "opening", FRACTION, Default("1.0"), "Opening at the start, 0 (closed) to 1 (open).";
        diameter_m: "diameter", Kind::Quantity(Length), Optional, "Bore; an open valve has no loss when nothing is said.";
        drag_factor: "drag_factor", POSITIVE, Default("0.0"), "Drag factor when fully open.";
        stroke_s: "stroke", Kind::Quantity(Time), Default("0 s"), "Time from open to closed.";
        pressure_differential_max_pa: "pressure_differential_max", Kind::Quantity(PressureDifference), Optional, "Largest pressure difference against which it can be opened.";
    }
    also { curve: valve_curve; line_break: line_break; flow_bounds: flow_bounds; }
    rules [Rule::Needs("line_break_window", "line_break_rate"), Rule::Needs("line_break_delay", "line_break_rate")]
}

element! {
    CHECK_VALVE: CheckValve = "check_valve" "check valve", "A valve that lets gas pass from `from` to `to` only." {
        from: "from", NODE_ID, Required, "Upstream node.";
        to: "to", NODE_ID, Required, "Downstream node.";
    }
}

element! {
    CONTROL_VALVE: ControlValve = "control_valve" "control valve",
        "A control valve (regulator): it opens as far as the most restrictive of its set-points allows, and never passes gas back." {
        from: "from", NODE_ID, Required, "Upstream node.";
        to: "to", NODE_ID, Required, "Downstream node.";
        state: "state", Kind::Choice(CONTROL_STATES), Default("active"), "What it is told to do.";
        outlet_pressure_pa: "outlet_pressure", Kind::Quantity(Pressure), Optional, "Highest outlet pressure.";
        inlet_pressure_pa: "inlet_pressure", Kind::Quantity(Pressure), Optional, "Lowest inlet pressure.";
        flow: "flow", Kind::Flow, Optional, "Largest flow.";
        outlet_pressure_profile: "outlet_pressure_profile", PROFILE_ID, Optional, "Profile on the outlet pressure.";
        pressure_differential_min_pa: "pressure_differential_min", Kind::Quantity(PressureDifference), Optional, "Smallest pressure drop while it is active.";
        pressure_differential_max_pa: "pressure_differential_max", Kind::Quantity(PressureDifference), Optional, "Largest pressure drop.";
        outlet_temperature_min_k: "outlet_temperature_min", Kind::Quantity(Temperature), Optional, "Lowest temperature of the gas behind it: a heater in front of it warms the gas as far as that needs.";
    }
    also { loss_in: loss_in; loss_out: loss_out; flow_bounds: flow_bounds; }
}

element! {
    COMPRESSOR_STATION: CompressorStation = "compressor_station" "compressor station",
        "A compressor station with generic units: it compresses as far as the most restrictive of its set-points and limits allows. Gas passes back only where `flow_min` is negative." {
        from: "from", NODE_ID, Required, "Suction node.";
        to: "to", NODE_ID, Required, "Discharge node.";
        state: "state", Kind::Choice(STATION_STATES), Default("running"), "What it is told to do.";
        discharge_pressure_pa: "discharge_pressure", Kind::Quantity(Pressure), Optional, "Discharge pressure set-point, and limit.";
        suction_pressure_pa: "suction_pressure", Kind::Quantity(Pressure), Optional, "Suction pressure below which it backs off.";
        flow: "flow", Kind::Flow, Optional, "Flow set-point: it backs off above this flow.";
        ratio_max: "ratio_max", number(1.0, 100.0), Required, "Largest pressure ratio.";
        ratio: "ratio", number(1.0, 100.0), Optional, "Pressure ratio set-point: it backs off above this ratio.";
        power_max_w: "power_max", Kind::Quantity(Power), Optional, "Shaft power available.";
        flow_min: "flow_min", Kind::Flow, Optional, "Smallest flow. Positive: below it the units recycle (reported, not modelled). Negative: gas may pass back by the stopped units, where there is a bypass.";
        flow_max: "flow_max", Kind::Flow, Optional, "Largest flow of the units.";
        isentropic_efficiency: "isentropic_efficiency", number(0.1, 1.0), Assumed("0.8"), "Isentropic efficiency of the compressors.";
        driver_efficiency: "driver_efficiency", number(0.05, 1.0), Assumed("0.35"), "Efficiency of the drivers: shaft power over net fuel energy.";
        fuel_from_line: "fuel_from_line", Kind::Boolean, Default("true"), "Whether the drivers burn gas from the suction side of the line; otherwise they are electric.";
        units: "units", Kind::Integer { min: 1, max: 100 }, Default("1"), "Number of units, for reports.";
        discharge_pressure_profile: "discharge_pressure_profile", PROFILE_ID, Optional, "Profile on the discharge pressure set-point.";
        ratio_profile: "ratio_profile", PROFILE_ID, Optional, "Profile on the ratio set-point.";
        configuration: "configuration", Kind::Text, Optional, "The configuration of the machines that runs; the cheapest that can do the work when nothing is said.";
        discharge_temperature_k: "discharge_temperature", Kind::Quantity(Temperature), Optional, "Temperature to which its coolers bring the gas.";
        ambient_temperature_k: "ambient_temperature", Kind::Quantity(Temperature), Optional, "Temperature of the air at its drives; the settings' ground temperature when nothing is said.";
        fuel_at_discharge: "fuel_at_discharge", Kind::Boolean, Default("false"), "Whether its fuel is drawn at the discharge node; otherwise at the suction node.";
        internal_bypass: "internal_bypass", Kind::Boolean, Default("true"), "Whether gas can pass by the stopped units.";
    }
    also { machines: machines; loss_in: loss_in; loss_out: loss_out; pressure_rise: pressure_rise; trip: trip; }
}

element! {
    SUPPLY: Supply = "supply" "supply",
        "A place where gas enters. With a pressure, it holds it as long as its flow stays within its limits; with a flow and no pressure it brings that flow as long as the pressure stays below `pressure_max`." {
        node: "node", NODE_ID, Required, "Where it enters.";
        pressure_pa: "pressure", Kind::Quantity(Pressure), Optional, "Pressure set-point.";
        flow: "flow", Kind::Flow, Optional, "Flow set-point.";
        flow_min: "flow_min", Kind::Flow, Optional, "Smallest flow; 0 when nothing is said, so that nothing flows back.";
        flow_max: "flow_max", Kind::Flow, Optional, "Largest flow; no limit when nothing is said.";
        pressure_max_pa: "pressure_max", Kind::Quantity(Pressure), Optional, "With a flow set-point: the pressure at which it backs off.";
        temperature_k: "temperature", Kind::Quantity(Temperature), Optional, "Temperature of its gas; the settings' when nothing is said.";
        temperature_profile: "temperature_profile", PROFILE_ID, Optional, "Profile of that temperature.";
        gas_name: "supply_gas", Kind::Reference("supply gas"), Optional, "Its gas; that of the case when nothing is said.";
        gas_profile: "gas_profile", Kind::Reference("gas profile"), Optional, "Profile of the composition of its gas.";
        batch: "batch", Kind::Text, Optional, "Name of the batch that it begins with, for reports.";
        flow_profile: "flow_profile", PROFILE_ID, Optional, "Profile on the flow set-point, or on `flow_max` where there is none.";
        pressure_profile: "pressure_profile", PROFILE_ID, Optional, "Profile on the pressure set-point.";
    }
    also { gas: supply_gas; }
}

element! {
    OFF_TAKE: OffTake = "off_take" "off-take",
        "A place where gas leaves. With a flow it takes that flow; with a pressure and no flow it takes whatever keeps that pressure." {
        node: "node", NODE_ID, Required, "Where it leaves.";
        flow: "flow", Kind::Flow, Optional, "Flow asked for.";
        pressure_pa: "pressure", Kind::Quantity(Pressure), Optional, "Pressure set-point.";
        pressure_min_pa: "pressure_min", Kind::Quantity(Pressure), Optional, "Contract pressure.";
        curtail: "curtail", Kind::Boolean, Default("false"), "Whether it takes less at the contract pressure; otherwise a lower pressure is a violation.";
        flow_profile: "flow_profile", PROFILE_ID, Optional, "Profile on the flow.";
        pressure_profile: "pressure_profile", PROFILE_ID, Optional, "Profile on the pressure set-point.";
    }
    also { flow_bounds: flow_bounds; }
}

element! {
    LEAK: Leak = "leak" "leak", "A hole through which gas escapes." {
        diameter_m: "diameter", Kind::Quantity(Length), Required, "Diameter of the hole.";
        discharge_coefficient: "discharge_coefficient", number(0.01, 1.0), Assumed("0.85"), "Discharge coefficient.";
        open: "open", Kind::Boolean, Default("true"), "Whether it is open from the start; otherwise an event opens it.";
    }
    also { place: place; }
    rules [Rule::One(&["node", "pipe"]), Rule::Together("pipe", "distance")]
}
