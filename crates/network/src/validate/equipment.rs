//! Valves, resistors, control valves, compressor stations and leaks.

use super::{Checks, called, element, rounded};
use crate::{
    CompressorStation, ControlState, ControlValve, ElementKind, Finding, Header, ResistorLoss,
    StationState, codes,
};
use linepack_units::FlowRate;

/// Pressure ratio of one station above which one asks whether it is meant.
const USUAL_RATIO: f64 = 2.0;

impl Checks<'_> {
    pub(super) fn equipment(&mut self) {
        self.valves();
        self.resistors();
        for (index, valve) in self.case.network.control_valves.iter().enumerate() {
            self.control_valve(index, valve);
        }
        for (index, station) in self.case.network.compressor_stations.iter().enumerate() {
            self.station(index, station);
        }
        self.leaks();
    }

    fn above_zero(
        &mut self,
        kind: ElementKind,
        index: usize,
        header: &Header,
        key: &'static str,
        size: f64,
    ) {
        if size <= 0.0 {
            let message = format!(
                "the {} of {} is {}",
                key.replace('_', " "),
                called(kind, header),
                rounded(size)
            );
            let code = if key == "diameter" {
                codes::DIAMETER
            } else {
                codes::NOT_POSITIVE
            };
            let finding = Finding::error(code, element(kind, index), message);
            self.add(finding.at(key, "expected more than zero"));
        }
    }

    fn valves(&mut self) {
        for (index, valve) in self.case.network.valves.iter().enumerate() {
            let header = &valve.header;
            self.above_zero(
                ElementKind::Valve,
                index,
                header,
                "diameter",
                valve.diameter_m.unwrap_or(1.0),
            );
            let place = element(ElementKind::Valve, index);
            let name = called(ElementKind::Valve, header);
            if valve.stroke_s < 0.0
                || !(0.0..=1.0).contains(&valve.opening) && !valve.opening.is_nan()
            {
                let key = if valve.stroke_s < 0.0 {
                    "stroke"
                } else {
                    "opening"
                };
                let message = format!("the {key} of {name} is not possible");
                let finding = Finding::error(codes::IMPOSSIBLE, place, message);
                self.add(finding.at(key, "not possible"));
            }
            if valve.drag_factor > 0.0 && valve.diameter_m.is_none() {
                let message = format!("{name} has a drag factor and no diameter");
                let finding = Finding::error(codes::IMPOSSIBLE, place, message);
                self.add(finding.at("drag_factor", "needs `diameter` too"));
            }
        }
    }

    fn resistors(&mut self) {
        for (index, resistor) in self.case.network.resistors.iter().enumerate() {
            let header = &resistor.header;
            match resistor.loss {
                ResistorLoss::Drag { diameter_m, .. } => {
                    self.above_zero(ElementKind::Resistor, index, header, "diameter", diameter_m);
                }
                ResistorLoss::Constant { pressure_loss_pa } if pressure_loss_pa < 0.0 => {
                    let message = format!(
                        "{} has a negative loss",
                        called(ElementKind::Resistor, header)
                    );
                    let finding = Finding::error(
                        codes::IMPOSSIBLE,
                        element(ElementKind::Resistor, index),
                        message,
                    );
                    self.add(finding.at("pressure_loss", "expected zero or more"));
                }
                ResistorLoss::Constant { .. } => {}
            }
        }
    }

    fn control_valve(&mut self, index: usize, valve: &ControlValve) {
        let set_points = [
            valve.outlet_pressure_pa.is_some(),
            valve.inlet_pressure_pa.is_some(),
            valve.flow.is_some(),
            valve.outlet_pressure_profile.is_some(),
        ];
        if valve.state == ControlState::Active && !set_points.contains(&true) {
            let name = called(ElementKind::ControlValve, &valve.header);
            let message = format!("{name} is active and has no set-point");
            let finding = Finding::error(
                codes::NO_SET_POINT,
                element(ElementKind::ControlValve, index),
                message,
            );
            self.add(
                finding.help(
                    "state `outlet_pressure`, `inlet_pressure` or `flow`, or `state = \"bypass\"`"
                        .to_owned(),
                ),
            );
        }
        self.no_negative_flow(
            ElementKind::ControlValve,
            index,
            &valve.header,
            "flow",
            valve.flow,
        );
    }

    fn station(&mut self, index: usize, station: &CompressorStation) {
        let kind = ElementKind::CompressorStation;
        let header = &station.header;
        self.limits(
            kind,
            index,
            header,
            "flow_min",
            station.flow_min,
            station.flow_max,
        );
        for (key, flow) in [("flow", station.flow), ("flow_max", station.flow_max)] {
            self.no_negative_flow(kind, index, header, key, flow);
        }
        self.above_zero(
            kind,
            index,
            header,
            "power_max",
            station.power_max_w.unwrap_or(1.0),
        );
        self.above_zero(
            kind,
            index,
            header,
            "isentropic_efficiency",
            station.isentropic_efficiency,
        );
        self.above_zero(
            kind,
            index,
            header,
            "driver_efficiency",
            station.driver_efficiency,
        );
        self.station_pressures(index, station);
        self.station_ratio(index, station);
    }

    fn station_pressures(&mut self, index: usize, station: &CompressorStation) {
        let (Some(suction_pa), Some(discharge_pa)) =
            (station.suction_pressure_pa, station.discharge_pressure_pa)
        else {
            return;
        };
        let name = called(ElementKind::CompressorStation, &station.header);
        let place = element(ElementKind::CompressorStation, index);
        if suction_pa >= discharge_pa {
            let message = format!("{name} has a suction pressure not below its discharge pressure");
            let finding = Finding::error(codes::MIN_ABOVE_MAX, place, message);
            self.add(finding.at("suction_pressure", "not below `discharge_pressure`"));
        }
    }

    fn station_ratio(&mut self, index: usize, station: &CompressorStation) {
        let name = called(ElementKind::CompressorStation, &station.header);
        let place = element(ElementKind::CompressorStation, index);
        if station.ratio_max < 1.0 || station.ratio.is_some_and(|r| r < 1.0) {
            let message = format!("{name} has a pressure ratio below 1");
            let key = if station.ratio_max < 1.0 {
                "ratio_max"
            } else {
                "ratio"
            };
            let finding = Finding::error(codes::IMPOSSIBLE, place, message);
            self.add(finding.at(key, "expected 1 or more"));
        }
        if let Some(ratio) = station.ratio.filter(|r| *r > station.ratio_max) {
            let message = format!(
                "{name} is set to a ratio of {}, above its largest, {}",
                rounded(ratio),
                rounded(station.ratio_max)
            );
            let finding = Finding::error(codes::MIN_ABOVE_MAX, place, message);
            self.add(finding.at("ratio", "above `ratio_max`"));
        }
        let asked = station
            .ratio
            .or_else(|| Some(station.discharge_pressure_pa? / station.suction_pressure_pa?));
        let asked = asked.filter(|_| station.state == StationState::Running);
        if station.machines.is_some() {
            // The machines say what they can do.
            return;
        }
        let largest = asked.map_or(station.ratio_max, |ratio| ratio.min(station.ratio_max));
        if largest > USUAL_RATIO && station.pressure_rise.is_none() {
            let key = if station.ratio.is_some() {
                "ratio"
            } else {
                "ratio_max"
            };
            let message = format!("{name} may compress by a ratio of {}", rounded(largest));
            let finding = Finding::warning(codes::ODD_RATIO, place, message);
            self.add(finding.at(key, "usual for one station: up to 2"));
        }
    }

    fn leaks(&mut self) {
        for (index, leak) in self.case.network.leaks.iter().enumerate() {
            self.above_zero(
                ElementKind::Leak,
                index,
                &leak.header,
                "diameter",
                leak.diameter_m,
            );
        }
    }

    /// Reports a smallest flow above the largest.
    pub(super) fn limits(
        &mut self,
        kind: ElementKind,
        index: usize,
        header: &Header,
        key: &'static str,
        low: Option<FlowRate>,
        high: Option<FlowRate>,
    ) {
        let flow = |f: Option<FlowRate>| f.and_then(|f| self.mass_flow(f));
        if let (Some(low), Some(high)) = (flow(low), flow(high))
            && low > high
        {
            let message = format!(
                "the smallest flow of {} is {} kg/s, the largest {} kg/s",
                called(kind, header),
                rounded(low),
                rounded(high)
            );
            let finding = Finding::error(codes::MIN_ABOVE_MAX, element(kind, index), message);
            self.add(finding.at(key, "above the largest"));
        }
    }

    /// Reports a flow that would go the wrong way.
    pub(super) fn no_negative_flow(
        &mut self,
        kind: ElementKind,
        index: usize,
        header: &Header,
        key: &'static str,
        flow: Option<FlowRate>,
    ) {
        let size = match flow {
            Some(FlowRate::Mass { kg_per_s }) => kg_per_s,
            Some(FlowRate::Volume { m3_per_s, .. }) => m3_per_s,
            Some(FlowRate::Energy { watt, .. }) => watt,
            None => return,
        };
        if size < 0.0 {
            let message = format!("`{key}` of {} is negative", called(kind, header));
            let finding = Finding::error(codes::NEGATIVE_FLOW, element(kind, index), message);
            self.add(finding.at(key, "expected zero or more"));
        }
    }
}
