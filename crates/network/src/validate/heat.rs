//! What surrounds pipes, and temperatures.

use super::{Checks, called, element, rounded};
use crate::{ElementKind as Kind, Finding, Ground, GroundKind, Heat, Pipe, Place, codes};
use std::collections::HashSet;

impl<'c> Checks<'c> {
    pub(super) fn heat(&mut self) {
        self.heat_settings();
        self.grounds();
        for (index, pipe) in self.case.network.pipes.iter().enumerate() {
            let place = element(Kind::Pipe, index);
            self.wall(place, pipe);
            self.pipe_ground(place, pipe);
        }
        self.temperatures();
    }

    fn heat_settings(&mut self) {
        let heat = &self.case.settings.heat;
        let sizes = [
            heat.heat_transfer_w_per_m2_k.unwrap_or(1.0),
            heat.supply_temperature_k.unwrap_or(1.0),
            heat.tolerance_k,
            heat.range_k[0],
        ];
        if sizes.iter().any(|size| *size <= 0.0) {
            let message = "a number of `heat` of the settings is not above zero";
            let finding = Finding::error(codes::NOT_POSITIVE, Place::Settings, message);
            self.add(finding.at("heat", "expected more than zero"));
        }
        let [low, high] = heat.range_k;
        if low >= high {
            let message = "the range of temperatures of `heat` is empty";
            let finding = Finding::error(codes::MIN_ABOVE_MAX, Place::Settings, message);
            self.add(finding.at("heat", "the second is not above the first"));
        }
    }

    fn grounds(&mut self) {
        let mut ids = HashSet::new();
        for (index, ground) in self.case.grounds.iter().enumerate() {
            let place = Place::Ground { index };
            self.own_identifier(&mut ids, "ground", &ground.id, place);
            self.ground(place, ground);
            let of = |p: &Pipe| p.heat.ground.as_deref() == Some(&ground.id);
            if !self.case.network.pipes.iter().any(of) {
                self.unused("ground", &ground.id, place);
            }
        }
    }

    fn ground(&mut self, place: Place, ground: &Ground) {
        let name = format!("ground \"{}\"", ground.id);
        let sizes: &[(&'static str, f64)] = match ground.kind {
            GroundKind::Soil {
                conductivity_w_per_m_k,
                density_kg_per_m3,
                heat_capacity_j_per_kg_k,
            } => &[
                ("conductivity", conductivity_w_per_m_k),
                ("density", density_kg_per_m3),
                ("heat_capacity", heat_capacity_j_per_kg_k),
            ],
            GroundKind::Fluid { film_w_per_m2_k } => &[("heat_transfer", film_w_per_m2_k)],
        };
        let kelvin = [("temperature", ground.temperature_k)];
        for (key, size) in kelvin.iter().chain(sizes).copied() {
            self.positive(place, &name, key, size);
        }
        if ground.amplitude_k < 0.0 {
            let message = format!("the amplitude of {name} is negative");
            let finding = Finding::error(codes::IMPOSSIBLE, place, message);
            self.add(finding.at("amplitude", "expected 0 or more"));
        }
    }

    /// Reports an identifier that stands twice among its kind.
    pub(super) fn own_identifier(
        &mut self,
        seen: &mut HashSet<&'c str>,
        what: &str,
        id: &'c str,
        place: Place,
    ) {
        if !seen.insert(id) {
            let message = format!("two of kind {what} have the identifier \"{id}\"");
            let finding = Finding::error(codes::DUPLICATE_ID, place, message);
            self.add(finding.at("id", "this identifier is taken"));
        }
    }

    /// Warns of a thing that nothing names, unless another scenario may.
    pub(super) fn unused(&mut self, what: &str, id: &str, place: Place) {
        if self.case.scenarios.len() < 2 {
            let message = format!("nothing uses {what} \"{id}\"");
            let finding = Finding::warning(codes::UNUSED, place, message);
            self.add(finding.at("id", "not used"));
        }
    }

    fn positive(&mut self, place: Place, name: &str, key: &'static str, size: f64) {
        if size <= 0.0 {
            let message = format!("the {} of {name} is not above zero", key.replace('_', " "));
            let finding = Finding::error(codes::NOT_POSITIVE, place, message);
            self.add(finding.at(key, "expected more than zero"));
        }
    }

    fn wall(&mut self, place: Place, pipe: &Pipe) {
        let wrong = pipe.heat.wall.iter().any(|layer| {
            let sizes = [
                layer.thickness_m,
                layer.conductivity_w_per_m_k,
                layer.density_kg_per_m3,
                layer.heat_capacity_j_per_kg_k,
            ];
            sizes.iter().any(|size| *size <= 0.0)
        });
        if wrong {
            let name = called(Kind::Pipe, &pipe.header);
            let message = format!("a number of a wall layer of {name} is not above zero");
            let finding = Finding::error(codes::NOT_POSITIVE, place, message);
            self.add(finding.at("wall_layers", "expected more than zero"));
        }
        let transfer = pipe.heat_transfer_w_per_m2_k.unwrap_or(1.0);
        let name = called(Kind::Pipe, &pipe.header);
        self.positive(place, &name, "heat_transfer", transfer);
    }

    fn pipe_ground(&mut self, place: Place, pipe: &Pipe) {
        let Some(id) = &pipe.heat.ground else {
            return self.way_to_the_ground(place, pipe);
        };
        let known = || self.case.grounds.iter();
        match known().find(|g| &g.id == id) {
            None => {
                let ids = known().map(|g| g.id.as_str());
                let help = self.hints.nearest(id, ids);
                let help = help.map(|near| format!("a ground named \"{near}\" exists"));
                let name = called(Kind::Pipe, &pipe.header);
                let message = format!("{name} lies in ground \"{id}\", which is not defined");
                let finding = Finding::error(codes::UNKNOWN_GROUND, place, message);
                self.add(finding.at("ground", "unknown ground").help(help));
            }
            Some(ground) => self.depth(place, pipe, ground),
        }
    }

    /// A pipe in soil has a depth, and is covered.
    fn depth(&mut self, place: Place, pipe: &Pipe, ground: &Ground) {
        if !matches!(ground.kind, GroundKind::Soil { .. }) {
            return;
        }
        let wall_m: f64 = pipe.heat.wall.iter().map(|l| l.thickness_m).sum();
        let radius_m = 0.5 * pipe.diameter_m + wall_m;
        let name = called(Kind::Pipe, &pipe.header);
        let (key, message) = match pipe.heat.depth_m {
            None => ("ground", format!("{name} lies in soil and has no `depth`")),
            Some(depth_m) if depth_m <= radius_m => (
                "depth",
                format!(
                    "the axis of {name} is {} m below the surface, its outer radius {} m",
                    rounded(depth_m),
                    rounded(radius_m)
                ),
            ),
            Some(_) => return,
        };
        let finding = Finding::error(codes::DEPTH, place, message);
        self.add(finding.at(key, "its axis lies deeper than its radius"));
    }

    /// With an energy equation, heat passes to the ground somehow.
    fn way_to_the_ground(&mut self, place: Place, pipe: &Pipe) {
        let heat = &self.case.settings.heat;
        let stated = pipe
            .heat_transfer_w_per_m2_k
            .or(heat.heat_transfer_w_per_m2_k);
        if heat.model == Heat::Isothermal || stated.is_some() || !pipe.header.in_service {
            return;
        }
        let name = called(Kind::Pipe, &pipe.header);
        let message = format!("{name} has neither a heat transfer coefficient nor a ground");
        let help =
            "state `heat_transfer` or `ground` of the pipe, or `heat_transfer` of `settings.heat`";
        let finding = Finding::error(codes::NO_HEAT_TRANSFER, place, message);
        self.add(finding.help(help.to_owned()));
    }

    /// Temperatures that are stated lie within the range of the tables.
    fn temperatures(&mut self) {
        let network = &self.case.network;
        let mut stated: Vec<(Place, &'static str, String, Option<f64>)> = Vec::new();
        for (i, x) in network.supplies.iter().enumerate() {
            let name = called(Kind::Supply, &x.header);
            stated.push((
                element(Kind::Supply, i),
                "temperature",
                name,
                x.temperature_k,
            ));
        }
        for (i, x) in network.control_valves.iter().enumerate() {
            let name = called(Kind::ControlValve, &x.header);
            let place = element(Kind::ControlValve, i);
            stated.push((
                place,
                "outlet_temperature_min",
                name,
                x.outlet_temperature_min_k,
            ));
        }
        for (i, x) in network.compressor_stations.iter().enumerate() {
            let name = called(Kind::CompressorStation, &x.header);
            let place = element(Kind::CompressorStation, i);
            stated.push((
                place,
                "discharge_temperature",
                name,
                x.discharge_temperature_k,
            ));
        }
        for (i, x) in self.case.grounds.iter().enumerate() {
            let name = format!("ground \"{}\"", x.id);
            let kelvin = Some(x.temperature_k);
            stated.push((Place::Ground { index: i }, "temperature", name, kelvin));
        }
        for (place, key, name, kelvin) in stated {
            self.in_range(place, key, &name, kelvin);
        }
        self.node_temperatures();
    }

    fn node_temperatures(&mut self) {
        for (index, node) in self.case.network.nodes.iter().enumerate() {
            if let (Some(low), Some(high)) = (node.temperature_min_k, node.temperature_max_k)
                && low > high
            {
                let place = element(Kind::Node, index);
                let name = called(Kind::Node, &node.header);
                let message = format!("the lowest temperature of {name} is above the highest");
                let finding = Finding::error(codes::MIN_ABOVE_MAX, place, message);
                self.add(finding.at("temperature_min", "above `temperature_max`"));
            }
        }
    }

    fn in_range(&mut self, place: Place, key: &'static str, name: &str, kelvin: Option<f64>) {
        let Some(kelvin) = kelvin else { return };
        let [low, high] = self.case.settings.heat.range_k;
        if kelvin <= 0.0 && key != "temperature" {
            self.positive(place, name, key, kelvin);
        }
        let isothermal = self.case.settings.heat.model == Heat::Isothermal;
        if isothermal || kelvin <= 0.0 || (low..=high).contains(&kelvin) {
            return;
        }
        let celsius = |k: f64| rounded(k - 273.15);
        let message = format!(
            "the {} of {name} is {} degC, beyond the tables of properties, which cover {} to {} degC",
            key.replace('_', " "),
            celsius(kelvin),
            celsius(low),
            celsius(high)
        );
        let finding = Finding::error(codes::TEMPERATURE_RANGE, place, message);
        let help = "`settings.heat.range` says what they cover".to_owned();
        self.add(finding.at(key, "beyond the range").help(help));
    }
}
