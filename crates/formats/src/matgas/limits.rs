//! Numbers that no network has: beyond what can be calculated with, or beyond the ranges of the
//! native format, in which a case must be able to be kept.

use crate::codes;
use crate::import::Import;
use linepack_gas::{EquationOfState, Substance};
use linepack_network::{
    Case, ElementKind, FlowBounds, FrictionLaw, Network, Place, ProfileValues, ResistorLoss,
};
use linepack_units::FlowRate;
use std::ops::RangeInclusive;

/// Ranges: any finite number, and those of the native format.
const FINITE: RangeInclusive<f64> = f64::MIN..=f64::MAX;
const NOT_NEGATIVE: RangeInclusive<f64> = 0.0..=f64::MAX;
const COMPRESSIBILITY: RangeInclusive<f64> = 0.01..=10.0;
const EXPONENT: RangeInclusive<f64> = 1.001..=2.0;
const FRICTION: RangeInclusive<f64> = 0.0..=1.0;
const RATIO: RangeInclusive<f64> = 1.0..=100.0;
/// What coordinates, of whatever kind, may be.
const PLACE: RangeInclusive<f64> = -1e12..=1e12;

/// Reports numbers out of range, each where it stands.
pub(crate) fn check(import: &mut Import, case: &Case) {
    let mut checks = Checks { import };
    checks.gas(case);
    checks.passive(&case.network);
    checks.active(&case.network);
    checks.terminals(&case.network);
    for (index, profile) in case.profiles.iter().enumerate() {
        let range = match profile.values_are {
            ProfileValues::Ratio => RATIO,
            ProfileValues::Pressure => NOT_NEGATIVE,
            _ => FINITE,
        };
        let numbers = profile.values.iter().map(|v| Some(*v));
        checks.all(
            Place::Profile { index },
            "a value of a series",
            range,
            numbers,
        );
        let times = profile.time_s.iter().map(|t| Some(*t));
        checks.all(
            Place::Profile { index },
            "a time of a series",
            FINITE,
            times,
        );
    }
    let scenario = &case.scenario;
    let times = [scenario.duration_s, scenario.output_interval_s].map(Some);
    checks.all(Place::Scenario, "a time", NOT_NEGATIVE, times);
}

struct Checks<'i> {
    import: &'i mut Import,
}

impl Checks<'_> {
    fn all(
        &mut self,
        place: Place,
        what: &str,
        range: RangeInclusive<f64>,
        numbers: impl IntoIterator<Item = Option<f64>>,
    ) {
        let wrong = |n: &f64| !range.contains(n);
        if let Some(number) = numbers.into_iter().flatten().find(wrong) {
            let span = self.import.place_of(place);
            let message = format!("{what} is {number:e} in SI units, which cannot be meant");
            self.import.error(codes::FOREIGN_CONTENT, span, message);
        }
    }

    fn gas(&mut self, case: &Case) {
        if let EquationOfState::Constant { z } = case.gas.equation {
            let what = "the compressibility factor that follows from the speed of sound";
            self.all(Place::Gas, what, COMPRESSIBILITY, [Some(z)]);
        }
        if let Substance::Pseudo(gas) = &case.gas.substance {
            let exponent = Some(gas.isentropic_exponent);
            self.all(
                Place::Gas,
                "the ratio of heat capacities",
                EXPONENT,
                [exponent],
            );
            let mass = Some(gas.molar_mass_kg_per_mol);
            self.all(Place::Gas, "the molar mass", 1e-3..=1.0, [mass]);
        }
        let temperature = Some(case.settings.ground_temperature_k);
        self.all(Place::Gas, "the temperature", 1.0..=5000.0, [temperature]);
    }

    fn passive(&mut self, network: &Network) {
        for (index, node) in network.nodes.iter().enumerate() {
            let place = element(ElementKind::Node, index);
            self.all(
                place,
                "a coordinate",
                PLACE,
                [node.x, node.y, Some(node.elevation_m)],
            );
            let limits = [node.pressure_min_pa, node.pressure_max_pa];
            self.all(place, "a pressure", NOT_NEGATIVE, limits);
        }
        for (index, pipe) in network.pipes.iter().enumerate() {
            let place = element(ElementKind::Pipe, index);
            let sizes = [pipe.length_m, pipe.diameter_m].map(Some);
            self.all(place, "a length", FINITE, sizes);
            if let Some(FrictionLaw::Constant { darcy }) = pipe.friction {
                self.all(place, "a friction factor", FRICTION, [Some(darcy)]);
            }
            let limits = [pipe.pressure_min_pa, pipe.pressure_max_pa];
            self.all(place, "a pressure", NOT_NEGATIVE, limits);
            self.bounds(place, pipe.flow_bounds);
        }
        for (index, pipe) in network.short_pipes.iter().enumerate() {
            self.bounds(element(ElementKind::ShortPipe, index), pipe.flow_bounds);
        }
        for (index, resistor) in network.resistors.iter().enumerate() {
            let place = element(ElementKind::Resistor, index);
            let numbers = match resistor.loss {
                ResistorLoss::Drag { factor, diameter_m } => [Some(factor), Some(diameter_m)],
                ResistorLoss::Constant { pressure_loss_pa } => [Some(pressure_loss_pa), None],
            };
            self.all(
                place,
                "a drag factor, diameter or loss",
                NOT_NEGATIVE,
                numbers,
            );
            self.bounds(place, resistor.flow_bounds);
        }
    }

    fn active(&mut self, network: &Network) {
        for (index, valve) in network.valves.iter().enumerate() {
            self.bounds(element(ElementKind::Valve, index), valve.flow_bounds);
        }
        for (index, valve) in network.control_valves.iter().enumerate() {
            let place = element(ElementKind::ControlValve, index);
            self.all(
                place,
                "a pressure",
                NOT_NEGATIVE,
                [valve.outlet_pressure_pa],
            );
            self.bounds(place, valve.flow_bounds);
        }
        for (index, station) in network.compressor_stations.iter().enumerate() {
            let place = element(ElementKind::CompressorStation, index);
            let ratios = [Some(station.ratio_max), station.ratio];
            self.all(place, "a pressure ratio", RATIO, ratios);
            self.all(place, "a power", FINITE, [station.power_max_w]);
            let pressures = [station.discharge_pressure_pa, station.suction_pressure_pa];
            self.all(place, "a pressure", NOT_NEGATIVE, pressures);
            let flows = [station.flow, station.flow_min, station.flow_max];
            self.all(place, "a flow", FINITE, flows.map(mass));
        }
    }

    fn terminals(&mut self, network: &Network) {
        for (index, supply) in network.supplies.iter().enumerate() {
            let place = element(ElementKind::Supply, index);
            let flows = [supply.flow, supply.flow_min, supply.flow_max];
            self.all(place, "a flow", FINITE, flows.map(mass));
            self.all(place, "a pressure", NOT_NEGATIVE, [supply.pressure_pa]);
        }
        for (index, off_take) in network.off_takes.iter().enumerate() {
            let place = element(ElementKind::OffTake, index);
            self.all(place, "a flow", FINITE, [mass(off_take.flow)]);
            self.bounds(place, off_take.flow_bounds);
        }
    }

    fn bounds(&mut self, place: Place, bounds: FlowBounds) {
        self.all(
            place,
            "a flow",
            FINITE,
            [mass(bounds.min), mass(bounds.max)],
        );
    }
}

fn element(kind: ElementKind, index: usize) -> Place {
    Place::Element { kind, index }
}

/// The number of a flow.
fn mass(flow: Option<FlowRate>) -> Option<f64> {
    match flow {
        Some(FlowRate::Mass { kg_per_s }) => Some(kg_per_s),
        _ => None,
    }
}
