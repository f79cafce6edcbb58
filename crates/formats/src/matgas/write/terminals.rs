//! Receipts, deliveries, and the time series.

use super::express::numbers;
use super::table::{Block, text};
use super::{Series, Writer};
use jiff::SignedDuration;
use linepack_network::FlowBounds;
use std::fmt::Write;

impl<'c> Writer<'c> {
    pub(super) fn receipts(&mut self) -> Block {
        let mut block = Block::new(
            "receipt",
            &[
                "id",
                "junction_id",
                "injection_min",
                "injection_max",
                "injection_nominal",
                "is_dispatchable",
                "status",
            ],
        );
        let supplies = &self.say.case.network.supplies;
        let numbers = numbers("receipt", supplies.iter().map(|s| s.header.id.as_str()));
        for (supply, number) in supplies.iter().zip(numbers) {
            let id = supply.header.id.as_str();
            let min = supply.flow_min.map_or(0.0, |q| self.say.mass(q, id));
            let max = supply
                .flow_max
                .map_or(f64::INFINITY, |q| self.say.mass(q, id));
            let flow = supply.flow.map(|q| self.say.mass(q, id));
            let top = flow.or(Some(max).filter(|m| m.is_finite()));
            let nominal = self
                .say
                .at_start(supply.flow_profile.as_ref(), top)
                .unwrap_or(0.0);
            let pressure = self
                .say
                .at_start(supply.pressure_profile.as_ref(), supply.pressure_pa);
            if let Some(pressure) = pressure.filter(|_| supply.header.in_service) {
                self.hold(&supply.node, pressure, id);
                let points =
                    self.say
                        .points(supply.pressure_profile.as_ref(), supply.pressure_pa, id);
                self.series(
                    "junction",
                    self.nodes.get(supply.node.as_str()).copied(),
                    "p_nominal",
                    points,
                );
            }
            let points = self.say.points(supply.flow_profile.as_ref(), top, id);
            self.series("receipt", Some(number), "injection_nominal", points);
            if supply.pressure_max_pa.is_some() || supply.gas.is_some() {
                self.say.lost(
                    "pressures at which supplies back off, and their own gases, are left out",
                    Some(id),
                );
            }
            let status = self.status(&supply.header);
            let cells = [self.node(&supply.node), min, max, nominal, 1.0, status];
            let own = format!("receipt_{number}");
            let extension = self.extension(&supply.header, own, FlowBounds::default());
            block.row(&cells, number, extension);
        }
        block
    }

    /// Makes a junction slack.
    fn hold(&mut self, node: &'c str, pressure_pa: f64, element: &str) {
        if self.slack.insert(node, pressure_pa).is_some() {
            let what = "of several elements that hold the pressure of a node, one is written";
            self.say.lost(what, Some(element));
        }
    }

    pub(super) fn deliveries(&mut self) -> Block {
        let mut block = Block::new(
            "delivery",
            &[
                "id",
                "junction_id",
                "withdrawal_min",
                "withdrawal_max",
                "withdrawal_nominal",
                "is_dispatchable",
                "status",
            ],
        );
        let off_takes = &self.say.case.network.off_takes;
        let numbers = numbers("delivery", off_takes.iter().map(|o| o.header.id.as_str()));
        for (off_take, number) in off_takes.iter().zip(numbers) {
            let id = off_take.header.id.as_str();
            if off_take.flow.is_none() && off_take.flow_profile.is_none() {
                let pressure = self
                    .say
                    .at_start(off_take.pressure_profile.as_ref(), off_take.pressure_pa);
                if let Some(pressure) = pressure.filter(|_| off_take.header.in_service) {
                    self.hold(&off_take.node, pressure, id);
                }
                let what = "off-takes that hold a pressure are written as slack junctions";
                self.say.lost(what, Some(id));
                continue;
            }
            if off_take.pressure_min_pa.is_some() || off_take.curtail {
                self.say
                    .lost("contract pressures of off-takes are left out", Some(id));
            }
            let bounds = off_take.flow_bounds;
            let min = bounds
                .min
                .map_or(f64::NEG_INFINITY, |q| self.say.mass(q, id));
            let max = bounds.max.map_or(f64::INFINITY, |q| self.say.mass(q, id));
            let flow = off_take.flow.map(|q| self.say.mass(q, id));
            let points = self.say.points(off_take.flow_profile.as_ref(), flow, id);
            self.series("delivery", Some(number), "withdrawal_nominal", points);
            let nominal = self
                .say
                .at_start(off_take.flow_profile.as_ref(), flow)
                .unwrap_or(0.0);
            let bounded = f64::from(u8::from(bounds != FlowBounds::default()));
            let status = self.status(&off_take.header);
            let cells = [
                self.node(&off_take.node),
                min,
                max,
                nominal,
                bounded,
                status,
            ];
            let own = format!("delivery_{number}");
            let extension = self.extension(&off_take.header, own, FlowBounds::default());
            block.row(&cells, number, extension);
        }
        block
    }

    fn series(
        &mut self,
        kind: &'static str,
        number: Option<i64>,
        parameter: &'static str,
        points: Option<Vec<(f64, f64)>>,
    ) {
        if let (Some(number), Some(points)) = (number, points) {
            self.series.push(Series {
                kind,
                number,
                parameter,
                points,
            });
        }
    }

    /// The time series, if anything changes.
    pub(super) fn csv(&self) -> Option<String> {
        let mut out = String::from("timestamp,component_type,component_id,parameter,value\n");
        for series in &self.series {
            let (kind, number, parameter) = (series.kind, series.number, series.parameter);
            for (time_s, value) in &series.points {
                let later = SignedDuration::try_from_secs_f64(*time_s).ok()?;
                let time = self.say.case.scenario.start.checked_add(later).ok()?;
                let _ = writeln!(out, "{time},{kind},{number},{parameter},{}", text(*value));
            }
        }
        (!self.series.is_empty()).then_some(out)
    }
}
