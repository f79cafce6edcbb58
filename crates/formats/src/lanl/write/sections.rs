//! The sections of `network.json`.

use super::{Points, Writer, values};
use crate::lanl::network::RATIO_MAX;
use crate::matgas::express::numbers;
use linepack_network::{CompressorStation, ControlState, Header, ResistorLoss, StationState};
use serde_json::{Map, Value, json};

impl Writer<'_> {
    pub(super) fn nodes(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        for node in &self.say.case.network.nodes {
            if !self.is_written(&node.header) {
                continue;
            }
            let number = self.node(&node.header.id);
            let mut entry = json!({
                "node_id": number,
                "node_name": node.header.label,
                "slack_bool": u8::from(self.held.contains_key(&number)),
            });
            for (key, value) in [
                ("x_coord", node.x),
                ("y_coord", node.y),
                ("min_pressure", node.pressure_min_pa),
                ("max_pressure", node.pressure_max_pa),
            ] {
                if let Some(value) = value {
                    entry[key] = json!(value);
                }
            }
            if node.elevation_m != 0.0 {
                self.say
                    .lost("elevations are left out", Some(&node.header.id));
            }
            section.insert(number.to_string(), entry);
        }
        section
    }

    /// The numbers of those elements of a kind that are written.
    fn numbered<'e, E>(
        &mut self,
        kind: &str,
        elements: impl Iterator<Item = &'e E>,
        header: fn(&E) -> &Header,
    ) -> Vec<(&'e E, i64)> {
        let elements: Vec<&E> = elements.filter(|e| self.is_written(header(e))).collect();
        let numbers = numbers(kind, elements.iter().map(|e| header(e).id.as_str()));
        let renamed = elements.iter().zip(&numbers);
        for (element, number) in renamed {
            if header(element).id != format!("{kind}_{number}") {
                self.renamed(&header(element).id);
            }
        }
        elements.into_iter().zip(numbers).collect()
    }

    /// What every connection has.
    fn entry(&self, kind: &str, number: i64, header: &Header, ends: [&str; 2]) -> Value {
        json!({
            (format!("{kind}_id")): number,
            "name": header.label,
            "from_node": self.node(ends[0]),
            "to_node": self.node(ends[1]),
        })
    }

    pub(super) fn pipes(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        let pipes = &self.say.case.network.pipes;
        for (pipe, number) in self.numbered("pipe", pipes.iter(), |p| &p.header) {
            self.say.pipe_losses(pipe);
            if pipe.pressure_max_pa.is_some() || pipe.pressure_min_pa.is_some() {
                self.say.lost(
                    "pressure limits of pipes are left out",
                    Some(&pipe.header.id),
                );
            }
            let mut entry = self.entry("pipe", number, &pipe.header, [&pipe.from, &pipe.to]);
            entry["diameter"] = json!(pipe.diameter_m);
            entry["length"] = json!(pipe.length_m);
            entry["friction_factor"] = json!(self.say.darcy(pipe));
            section.insert(number.to_string(), entry);
        }
        section
    }

    pub(super) fn stations(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        let stations = &self.say.case.network.compressor_stations;
        for (station, number) in self.numbered("compressor", stations.iter(), |s| &s.header) {
            let id = station.header.id.as_str();
            if station.state == StationState::Closed {
                self.say.lost("closed stations are left out", Some(id));
                continue;
            }
            let (control, points) = self.control(station);
            let mut value = values(&points);
            value["control_type"] = match points.len() {
                1 => json!(control),
                count => json!(vec![control; count]),
            };
            self.compressors.insert(number.to_string(), value);
            let ends = [station.from.as_str(), station.to.as_str()];
            let mut entry = self.entry("comp", number, &station.header, ends);
            entry["comp_name"] = json!(station.header.label);
            section.insert(number.to_string(), entry);
        }
        section
    }

    /// The one thing that a station is told: 0 ratio, 1 discharge pressure, 2 flow.
    fn control(&mut self, station: &CompressorStation) -> (u8, Points) {
        let id = station.header.id.as_str();
        if station.state == StationState::Bypass {
            return (0, vec![(0.0, 1.0)]);
        }
        let told = [
            station.ratio.is_some() || station.ratio_profile.is_some(),
            station.discharge_pressure_pa.is_some() || station.discharge_pressure_profile.is_some(),
            station.flow.is_some(),
        ];
        let limited = station.ratio_max < RATIO_MAX
            || station.power_max_w.is_some()
            || station.suction_pressure_pa.is_some()
            || station.flow_max.is_some()
            || station.machines.is_some();
        if limited || told.iter().filter(|t| **t).count() > 1 {
            let what =
                "a station is told one thing only: its limits and further set-points are left out";
            self.say.lost(what, Some(id));
        }
        let ratio = self.points(station.ratio_profile.as_ref(), station.ratio, id);
        let pressure = station.discharge_pressure_pa;
        let pressure = self.points(station.discharge_pressure_profile.as_ref(), pressure, id);
        let flow = station.flow.map(|q| vec![(0.0, self.say.mass(q, id))]);
        match (ratio, pressure, flow) {
            (Some(points), _, _) => (0, points),
            (None, Some(points), _) => (1, points),
            (None, None, Some(points)) => (2, points),
            (None, None, None) => (0, vec![(0.0, station.ratio_max)]),
        }
    }

    pub(super) fn short_pipes(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        let pipes = &self.say.case.network.short_pipes;
        for (pipe, number) in self.numbered("short_pipe", pipes.iter(), |p| &p.header) {
            let ends = [pipe.from.as_str(), pipe.to.as_str()];
            let entry = self.entry("short_pipe", number, &pipe.header, ends);
            section.insert(number.to_string(), entry);
        }
        section
    }

    pub(super) fn valves(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        let valves = &self.say.case.network.valves;
        for (valve, number) in self.numbered("valve", valves.iter(), |v| &v.header) {
            if valve.opening == 0.0 {
                self.valves_off.push(number);
            }
            if valve.diameter_m.is_some() || valve.stroke_s != 0.0 {
                let what = "losses, strokes and partial openings of valves are left out";
                self.say.lost(what, Some(&valve.header.id));
            }
            let ends = [valve.from.as_str(), valve.to.as_str()];
            section.insert(
                number.to_string(),
                self.entry("valve", number, &valve.header, ends),
            );
        }
        section
    }

    pub(super) fn control_valves(&mut self) -> Map<String, Value> {
        let mut section = Map::new();
        let valves = &self.say.case.network.control_valves;
        for (valve, number) in self.numbered("control_valve", valves.iter(), |v| &v.header) {
            match valve.state {
                ControlState::Closed => self.control_valves_off.push(number),
                ControlState::Active => {
                    let what = "set-points of control valves are left out: they are written open";
                    self.say.lost(what, Some(&valve.header.id));
                }
                ControlState::Bypass => {}
            }
            let told = json!({ "control_type": 0, "value": 1.0 });
            self.control_valves.insert(number.to_string(), told);
            let ends = [valve.from.as_str(), valve.to.as_str()];
            let entry = self.entry("control_valve", number, &valve.header, ends);
            section.insert(number.to_string(), entry);
        }
        section
    }

    pub(super) fn resistors(&mut self, drag: bool) -> Map<String, Value> {
        let kind = if drag { "resistor" } else { "loss_resistor" };
        let mut section = Map::new();
        let all = self.say.case.network.resistors.iter();
        let those = all.filter(|r| matches!(r.loss, ResistorLoss::Drag { .. }) == drag);
        for (resistor, number) in self.numbered(kind, those, |r| &r.header) {
            let ends = [resistor.from.as_str(), resistor.to.as_str()];
            let mut entry = self.entry(kind, number, &resistor.header, ends);
            match resistor.loss {
                ResistorLoss::Drag { factor, diameter_m } => {
                    entry["drag"] = json!(factor);
                    entry["diameter"] = json!(diameter_m);
                }
                ResistorLoss::Constant { pressure_loss_pa } => {
                    entry["p_loss"] = json!(pressure_loss_pa);
                }
            }
            section.insert(number.to_string(), entry);
        }
        section
    }
}
