//! The machines of compressor stations.

use super::{Checks, called, element, rounded};
use crate::{
    Compressor, CompressorKind, CompressorStation, ElementKind, Finding, Hints, Machines, Place,
    TurboMap, codes,
};
use std::collections::HashSet;

impl Checks<'_> {
    pub(super) fn machines(&mut self) {
        for (index, station) in self.case.network.compressor_stations.iter().enumerate() {
            let mut checks = MachineChecks {
                name: called(ElementKind::CompressorStation, &station.header),
                place: element(ElementKind::CompressorStation, index),
                hints: &self.hints,
                findings: Vec::new(),
            };
            checks.station(station);
            self.findings.append(&mut checks.findings);
        }
    }
}

/// The machines of one station.
struct MachineChecks<'h> {
    name: String,
    place: Place,
    hints: &'h Hints,
    findings: Vec<Finding>,
}

impl MachineChecks<'_> {
    fn station(&mut self, station: &CompressorStation) {
        let machines = station.machines.as_deref();
        let ids = machines.into_iter().flat_map(|m| &m.configurations);
        let ids: Vec<&str> = ids.map(|c| c.id.as_str()).collect();
        let configurations = self.unique("configurations", "configurations", &ids);
        if let Some(id) = &station.configuration {
            let what = "runs configuration";
            self.known("configuration", what, id, &configurations);
        }
        let Some(machines) = machines else { return };
        if configurations.is_empty() {
            let message = format!("the machines of {} have no configuration", self.name);
            self.add(codes::UNKNOWN_MACHINE, message, "compressor", "never run");
        }
        self.references(machines);
        for compressor in &machines.compressors {
            self.compressor(compressor);
        }
    }

    fn references(&mut self, machines: &Machines) {
        let compressors: Vec<_> = machines.compressors.iter().map(|c| c.id.as_str()).collect();
        let drives: Vec<_> = machines.drives.iter().map(|d| d.id.as_str()).collect();
        let compressors = self.unique("compressor", "compressors", &compressors);
        let drives = self.unique("drive", "drives", &drives);
        for compressor in &machines.compressors {
            let what = format!("has compressor \"{}\" on drive", compressor.id);
            self.known("compressor", &what, &compressor.drive, &drives);
        }
        for configuration in &machines.configurations {
            let units = configuration.stages.iter().flat_map(|s| &s.units);
            let what = format!("has configuration \"{}\" of compressor", configuration.id);
            for unit in units {
                self.known("configurations", &what, &unit.compressor, &compressors);
            }
            if configuration.stages.iter().any(|s| s.units.is_empty())
                || configuration.stages.is_empty()
            {
                let message = format!(
                    "configuration \"{}\" of {} has a stage without units, or no stage",
                    configuration.id, self.name
                );
                self.impossible(message, "configurations", "expected units");
            }
        }
    }

    fn compressor(&mut self, compressor: &Compressor) {
        let name = format!("compressor \"{}\" of {}", compressor.id, self.name);
        let (low, high) = (compressor.speed_min_per_min, compressor.speed_max_per_min);
        if low > high || low <= 0.0 {
            let speeds = format!("{} to {} 1/min", rounded(low), rounded(high));
            let message = format!("{name} has speeds of {speeds}");
            self.impossible(
                message,
                "compressor",
                "expected two speeds above zero, the lower one first",
            );
        }
        match &compressor.kind {
            CompressorKind::Turbo(map) => {
                if map.choke_line == [0.0; 3] && map.choke_efficiency.is_none() {
                    let message =
                        format!("{name} has neither a choke line nor an efficiency there");
                    self.impossible(message, "compressor", "no end of the map");
                }
                self.map(&name, map);
            }
            CompressorKind::Piston(piston) => {
                let sizes = [piston.operating_volume_m3, piston.efficiency];
                if sizes.iter().any(|size| *size <= 0.0) || piston.efficiency > 1.0 {
                    let message = format!("{name} has no volume, or an impossible efficiency");
                    self.impossible(message, "compressor", "expected sizes above zero");
                }
                if piston.ratio_max <= 1.0 {
                    let message = format!("{name} has a largest pressure ratio of 1 or less");
                    self.impossible(message, "compressor", "expected more than 1");
                }
            }
        }
    }

    fn map(&mut self, name: &str, map: &TurboMap) {
        let efficiencies = map.measurements.iter().filter_map(|p| p.efficiency);
        if let Some(e) = efficiencies
            .chain(map.choke_efficiency)
            .find(|e| !(0.0..=1.0).contains(e))
        {
            let message = format!("{name} has an efficiency of {}", rounded(e));
            self.impossible(message, "compressor", "expected a number from 0 to 1");
        }
        let mut speeds = map.measurements.iter().filter_map(|p| p.speed_per_min);
        if let Some(speed) = speeds.find(|speed| *speed < 0.0) {
            let message = format!("{name} was measured at {} 1/min", rounded(speed));
            self.impossible(message, "compressor", "expected a speed above zero");
        }
    }

    /// The identifiers, each of which stands once.
    fn unique<'m>(&mut self, key: &'static str, what: &str, ids: &[&'m str]) -> HashSet<&'m str> {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(*id) {
                let message = format!("{} has two {what} named \"{id}\"", self.name);
                self.add(codes::DUPLICATE_ID, message, key, "this name is taken");
            }
        }
        seen
    }

    fn known(&mut self, key: &'static str, what: &str, id: &str, known: &HashSet<&str>) {
        if known.contains(id) {
            return;
        }
        let message = format!("{} {what} \"{id}\", which is not defined", self.name);
        let mut known: Vec<_> = known.iter().copied().collect();
        known.sort_unstable();
        let near = self.hints.nearest(id, known);
        let help = near.map(|near| format!("one named \"{near}\" exists"));
        let finding = Finding::error(codes::UNKNOWN_MACHINE, self.place, message);
        self.findings
            .push(finding.at(key, "not defined").help(help));
    }

    fn impossible(&mut self, message: String, key: &'static str, label: &'static str) {
        self.add(codes::IMPOSSIBLE, message, key, label);
    }

    fn add(&mut self, code: &'static str, message: String, key: &'static str, label: &'static str) {
        let finding = Finding::error(code, self.place, message);
        self.findings.push(finding.at(key, label));
    }
}
