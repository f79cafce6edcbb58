//! Boundary conditions: slack pressures, withdrawals, and what compressors and valves are told.
//!
//! A value is a number, or a series of times and values with straight lines between.
//! Source: GasTranSim.jl, `core/bc.jl` and `core/types.jl`; GasSteadySim.jl, `core/bc.jl`.

use super::json::{Entry, Item, shown, whole};
use super::withdrawal;
use crate::codes;
use crate::import::Import;
use crate::matgas::{Factors, slack};
use jsonc_parser::ast::{Object, Value};
use linepack_network::{
    Action, Case, CompressorStation, ControlState, Event, Header, Interpolation, OffTake, Profile,
    ProfileValues, SetPoint, Supply, Valve,
};
use linepack_units::FlowRate;
use std::collections::{HashMap, HashSet};

/// Values over time; one without times holds always.
#[derive(Debug, Clone, PartialEq)]
struct Series {
    time_s: Vec<f64>,
    values: Vec<f64>,
}

/// What is being told to a case.
struct Telling<'i> {
    import: &'i mut Import,
    case: &'i mut Case,
    factors: Factors,
    start_s: f64,
    nodes: HashSet<String>,
}

/// Puts the boundary conditions of a file into the case.
pub(super) fn apply(
    import: &mut Import,
    case: &mut Case,
    root: Entry<'_, '_>,
    factors: Factors,
    start_s: f64,
) {
    let nodes = case.network.nodes.iter().map(|n| n.header.id.clone());
    let nodes = nodes.collect();
    let mut telling = Telling {
        import,
        case,
        factors,
        start_s,
        nodes,
    };
    for (key, item) in root.members(telling.import) {
        let Some(object) = item.object() else {
            let message = format!("`{}` is not an object", shown(key));
            telling
                .import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            continue;
        };
        let section = Entry {
            source: root.source,
            name: key,
            object,
        };
        telling.section(key, section, item);
    }
}

impl Telling<'_> {
    fn section(&mut self, key: &str, section: Entry<'_, '_>, item: Item<'_, '_>) {
        match key {
            "boundary_pslack" => self.nodes(section, Self::held),
            "boundary_nonslack_flow" => self.nodes(section, Self::withdrawal),
            "boundary_compressor" => self.compressors(section),
            "boundary_control_valve" => self.control_valves(section),
            "boundary_valve" => self.switched(section, "valve"),
            _ => {
                let message = format!("section `{}` is not used", shown(key));
                self.import
                    .warning(codes::FOREIGN_UNKNOWN, item.span(), message);
            }
        }
    }

    /// Reads the values of nodes.
    fn nodes(&mut self, section: Entry<'_, '_>, tell: fn(&mut Self, &str, Series)) {
        for (key, item) in section.members(self.import) {
            let Some(id) = whole(key).filter(|id| self.nodes.contains(id)) else {
                let message = format!("`{}` of {} is no node", shown(key), section.name);
                self.import
                    .error(codes::FOREIGN_CONTENT, item.span(), message);
                continue;
            };
            if let Some(series) = self.series(item, section.name) {
                tell(self, &id, series);
            }
        }
    }

    /// A number, or an object with times and values.
    fn series(&mut self, item: Item<'_, '_>, what: &str) -> Option<Series> {
        let Some(object) = item.object() else {
            let values = vec![item.number(self.import, &format!("a value of {what}"))?];
            return Some(Series {
                time_s: vec![0.0],
                values,
            });
        };
        let entry = Entry {
            source: item.source,
            name: what,
            object,
        };
        let values = self.list(entry, "value")?;
        let time_s = match entry.item(&["time"]) {
            Some(_) => self.list(entry, "time")?,
            None => vec![0.0; values.len().min(1)],
        };
        if time_s.len() != values.len() || values.is_empty() {
            let message = format!(
                "{what} has {} times and {} values",
                time_s.len(),
                values.len()
            );
            self.import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            return None;
        }
        if time_s.windows(2).any(|w| w[1] <= w[0]) {
            let message = format!("the times of {what} do not increase");
            self.import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            return None;
        }
        let start_s = self.start_s;
        let time_s = time_s.into_iter().map(|t| t - start_s).collect();
        Some(Series { time_s, values })
    }

    fn list(&mut self, entry: Entry<'_, '_>, key: &'static str) -> Option<Vec<f64>> {
        let Some(item) = entry.item(&[key]) else {
            let message = format!("`{key}` of {} is missing", entry.name);
            self.import
                .error(codes::FOREIGN_CONTENT, entry.span(), message);
            return None;
        };
        item.numbers(self.import, &format!("`{key}` of {}", entry.name))
    }

    /// A node that holds a pressure.
    fn held(&mut self, node: &str, mut series: Series) {
        series.scale(self.factors.pressure);
        let mut supply = slack(node, series.values[0]);
        let what = "slack nodes hold their pressure, and may take gas back";
        self.import.note(what, Some(node));
        supply.pressure_profile = self.profile(&supply.header.id, series, ProfileValues::Pressure);
        self.case.network.supplies.push(supply);
    }

    /// Gas withdrawn at a node; where it is negative, gas is injected.
    fn withdrawal(&mut self, node: &str, mut series: Series) {
        series.scale(self.factors.flow);
        let (network, first) = (&mut self.case.network, series.values[0]);
        let injects =
            series.values.iter().all(|v| *v <= 0.0) && series.values.iter().any(|v| *v < 0.0);
        let name = match injects {
            true => format!("injection_{node}"),
            false => format!("withdrawal_{node}"),
        };
        if injects {
            let mut supply = Supply::new(name.as_str(), node);
            supply.flow = Some(FlowRate::mass(-first));
            network.supplies.push(supply);
        } else {
            let mut off_take = OffTake::new(name.as_str(), node);
            off_take.flow = Some(FlowRate::mass(first.max(0.0)));
            network.off_takes.push(off_take);
        }
        if series.is_constant() {
            return;
        }
        let (time_s, values) = (&series.time_s, &series.values);
        let last = |count: usize| count - 1;
        if injects {
            let index = last(self.case.network.supplies.len());
            withdrawal::follow_supply(self.import, self.case, index, time_s, values);
        } else {
            let index = last(self.case.network.off_takes.len());
            withdrawal::follow_off_take(self.import, self.case, index, time_s, values);
        }
    }

    /// Adds a profile; none for a series that never changes.
    fn profile(
        &mut self,
        element: &str,
        series: Series,
        values_are: ProfileValues,
    ) -> Option<String> {
        if series.is_constant() {
            return None;
        }
        let id = format!("{element}_set");
        self.case.profiles.push(Profile {
            id: id.clone(),
            interpolation: Interpolation::Linear,
            values_are,
            time_s: series.time_s,
            values: series.values,
            period_s: None,
        });
        Some(id)
    }

    fn compressors(&mut self, section: Entry<'_, '_>) {
        let stations = self.case.network.compressor_stations.iter().enumerate();
        let known: HashMap<String, usize> =
            stations.map(|(i, s)| (s.header.id.clone(), i)).collect();
        for (key, item) in section.members(self.import) {
            let name = format!("compressor_{}", shown(key));
            let Some(&index) = known.get(&name) else {
                let message = format!("`{}` of {} is no compressor", shown(key), section.name);
                self.import
                    .error(codes::FOREIGN_CONTENT, item.span(), message);
                continue;
            };
            let control = self.control(item, &name);
            if let (Some(control), Some(series)) = (control, self.series(item, &name)) {
                self.compressor(index, control, series);
            }
        }
    }

    /// The type of control, the same at all times.
    fn control(&mut self, item: Item<'_, '_>, name: &str) -> Option<f64> {
        let entry = Entry {
            source: item.source,
            name,
            object: item.object()?,
        };
        let types = self.list(entry, "control_type")?;
        let first = types.first().copied()?;
        if types.iter().any(|t| *t != first) {
            let message = format!("{name} changes its type of control, which is not possible here");
            self.import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            return None;
        }
        if ![0.0, 1.0, 2.0].contains(&first) {
            let message = format!("the type of control of {name} is none of 0, 1, 2");
            self.import
                .error(codes::FOREIGN_CONTENT, item.span(), message);
            return None;
        }
        Some(first)
    }

    /// 0: a ratio, 1: a discharge pressure, 2: a flow.
    fn compressor(&mut self, index: usize, control: f64, mut series: Series) {
        let name = self.case.network.compressor_stations[index]
            .header
            .id
            .clone();
        let first = series.values[0];
        if control == 0.0 {
            let profile = self.profile(&name, series, ProfileValues::Ratio);
            let station = self.station(index);
            station.ratio = Some(first);
            station.ratio_profile = profile;
        } else if control == 1.0 {
            series.scale(self.factors.pressure);
            let first = series.values[0];
            let profile = self.profile(&name, series, ProfileValues::Pressure);
            let station = self.station(index);
            station.discharge_pressure_pa = Some(first);
            station.discharge_pressure_profile = profile;
        } else {
            series.scale(self.factors.flow);
            self.station(index).flow = Some(FlowRate::mass(series.values[0]));
            let what =
                "a compressor whose flow is set compresses as far as it takes, up to that flow";
            self.import.note(what, Some(&name));
            self.flow_events(&name, &series);
        }
    }

    fn station(&mut self, index: usize) -> &mut CompressorStation {
        &mut self.case.network.compressor_stations[index]
    }

    /// Flow set-points that change are ramps, since a station has no profile for its flow.
    fn flow_events(&mut self, element: &str, series: &Series) {
        if series.is_constant() {
            return;
        }
        for (t, v) in series.time_s.windows(2).zip(series.values.windows(2)) {
            let at_s = t[0];
            if at_s < 0.0 || at_s > self.case.scenario.duration_s || v[0] == v[1] {
                continue;
            }
            self.case.scenario.events.push(Event {
                at_s,
                element: element.to_owned(),
                action: Action::Set {
                    set_point: SetPoint::Flow(FlowRate::mass(v[1])),
                    ramp_s: t[1] - t[0],
                },
            });
        }
    }

    /// Control valves: those that are off are closed, those of ratio 1 open; no other ratio can be
    /// held.
    fn control_valves(&mut self, section: Entry<'_, '_>) {
        self.switched(section, "control_valve");
        let valves = self.case.network.control_valves.iter().enumerate();
        let known: HashMap<String, usize> = valves.map(|(i, v)| (v.header.id.clone(), i)).collect();
        for (key, item) in section.members(self.import) {
            if key == "on" || key == "off" {
                continue;
            }
            let name = format!("control_valve_{}", shown(key));
            let Some(series) = self.series(item, &name) else {
                continue;
            };
            let Some(&index) = known.get(&name) else {
                let message = format!("{name} is not in the network");
                self.import
                    .error(codes::FOREIGN_CONTENT, item.span(), message);
                continue;
            };
            let valve = &mut self.case.network.control_valves[index];
            if series.values.iter().all(|v| *v == 1.0) {
                valve.state = ControlState::Bypass;
            } else if valve.state != ControlState::Closed {
                let message =
                    format!("{name} is set to a pressure ratio, which is not possible here");
                self.import
                    .error(codes::FOREIGN_CONTENT, item.span(), message);
            }
        }
    }

    /// Closes the valves that a list `off` names.
    fn switched(&mut self, section: Entry<'_, '_>, kind: &str) {
        let Some(item) = section.item(&["off"]) else {
            return;
        };
        let Some(off) = item.numbers(self.import, "a valve that is off") else {
            return;
        };
        let off: HashSet<String> = off.iter().map(|n| format!("{kind}_{n}")).collect();
        let is_off = |header: &Header| off.contains(&header.id);
        let network = &mut self.case.network;
        for valve in network.valves.iter_mut().filter(|v| is_off(&v.header)) {
            close(valve);
        }
        for valve in network
            .control_valves
            .iter_mut()
            .filter(|v| is_off(&v.header))
        {
            valve.state = ControlState::Closed;
        }
    }
}

fn close(valve: &mut Valve) {
    valve.opening = 0.0;
}

impl Series {
    fn scale(&mut self, factor: f64) {
        self.values.iter_mut().for_each(|v| *v *= factor);
    }

    fn is_constant(&self) -> bool {
        self.values.iter().all(|v| *v == self.values[0])
    }
}

/// The pressure of gas at rest, Pa, where initial conditions say that it rests.
pub(super) fn at_rest(import: &mut Import, root: &Object<'_>, source: usize) -> Option<f64> {
    let entry = Entry {
        source,
        name: "the initial conditions",
        object: root,
    };
    let numbers = |keys: &[&str]| -> Option<Vec<f64>> {
        let object = entry.item(keys)?.object()?;
        let numbers = object.properties.iter().map(|p| match &p.value {
            Value::NumberLit(n) => n.value.parse::<f64>().ok(),
            _ => None,
        });
        numbers.collect()
    };
    let pressures = numbers(&["initial_nodal_pressure", "nodal_pressure"])?;
    let flows = numbers(&["initial_pipe_flow", "pipe_flow"])?;
    let first = pressures.first().copied()?;
    let rests = pressures.iter().all(|p| *p == first) && flows.iter().all(|q| *q == 0.0);
    if rests && first > 0.0 {
        import.note("the initial conditions are gas at rest", None);
        return Some(first);
    }
    None
}
