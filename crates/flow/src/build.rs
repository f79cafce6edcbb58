//! From a case to a model: indices instead of names, SI instead of stated flows, cells instead of
//! pipes.

use crate::friction::Friction;
use crate::link::{Link, LinkLaw, Loss, Regulator, Station, ValveLaw};
use crate::model::{BreakPlace, BuildError, Model, NodeData, Options};
use crate::pipe::PipeMesh;
use crate::signal::Signal;
use crate::terminal::{Terminal, TerminalKind, TerminalLaw};
use linepack_gas::{Gas, Isotherm};
use linepack_network::{
    Action, Case, CompressorStation, ControlValve, LeakPlace, OffTake, Pipe, ResistorLoss,
    SetPoint, Supply, Valve,
};
use linepack_units::{FlowRate, HeatingBasis};
use std::collections::{BTreeMap, BTreeSet};

/// Extra range of the property tables above the highest pressure mentioned.
const TABLE_MARGIN: f64 = 1.5;
const TABLE_LEAST_PA: f64 = 100e5;

pub(crate) struct Builder<'a> {
    case: &'a Case,
    options: &'a Options,
    gas: Gas,
    temperatures: Vec<f64>,
    node_index: BTreeMap<String, usize>,
    nodes: Vec<NodeData>,
    pipes: Vec<PipeMesh>,
    links: Vec<Link>,
    terminals: Vec<Terminal>,
    breaks: Vec<BreakPlace>,
    /// Places inside pipes where a leak or break cuts them: (distance, kind) by case pipe.
    cuts: BTreeMap<usize, Vec<Cut>>,
    assumptions: Vec<String>,
}

#[derive(Debug, Clone)]
struct Cut {
    distance: f64,
    leak: Option<usize>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(case: &'a Case, options: &'a Options) -> Result<Self, BuildError> {
        let gas = Gas::new(&case.gas).map_err(|e| BuildError {
            element: None,
            message: format!("gas: {e}"),
        })?;
        let mut builder = Self {
            case,
            options,
            gas,
            temperatures: vec![case.settings.ground_temperature_k],
            node_index: BTreeMap::new(),
            nodes: Vec::new(),
            pipes: Vec::new(),
            links: Vec::new(),
            terminals: Vec::new(),
            breaks: Vec::new(),
            cuts: BTreeMap::new(),
            assumptions: Vec::new(),
        };
        builder.collect_cuts()?;
        Ok(builder)
    }

    fn isotherm(&mut self, temperature_k: f64) -> usize {
        let known = self.temperatures.iter().position(|&t| t == temperature_k);
        known.unwrap_or_else(|| {
            self.temperatures.push(temperature_k);
            self.temperatures.len() - 1
        })
    }

    fn collect_cuts(&mut self) -> Result<(), BuildError> {
        let network = &self.case.network;
        for (i, leak) in network.leaks.iter().enumerate() {
            let (LeakPlace::Pipe { id, distance_m }, true) = (&leak.place, leak.header.in_service)
            else {
                continue;
            };
            let pipe = self.pipe_in_service(id, &leak.header.id)?;
            self.cut(
                pipe,
                Cut {
                    distance: *distance_m,
                    leak: Some(i),
                },
                &leak.header.id,
            )?;
        }
        for event in &self.case.scenario.events {
            if let Action::Break { distance_m } = event.action {
                let pipe = self.pipe_in_service(&event.element, &event.element)?;
                self.cut(
                    pipe,
                    Cut {
                        distance: distance_m,
                        leak: None,
                    },
                    &event.element,
                )?;
            }
        }
        Ok(())
    }

    fn pipe_in_service(&self, id: &str, asked_by: &str) -> Result<usize, BuildError> {
        let pipes = &self.case.network.pipes;
        pipes
            .iter()
            .position(|p| p.header.id == id && p.header.in_service)
            .ok_or_else(|| BuildError::new(asked_by, format!("no pipe \"{id}\" is in service")))
    }

    fn cut(&mut self, pipe: usize, cut: Cut, asked_by: &str) -> Result<(), BuildError> {
        let length = self.case.network.pipes[pipe].length_m;
        if !(cut.distance > 0.0 && cut.distance < length) {
            let message = format!(
                "{:.1} m is not inside the pipe, which is {length:.1} m long",
                cut.distance
            );
            return Err(BuildError::new(asked_by, message));
        }
        let cuts = self.cuts.entry(pipe).or_default();
        cuts.push(cut);
        cuts.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        Ok(())
    }

    /// Nodes that something in service touches, by identifier.
    pub(crate) fn nodes(&mut self) -> Result<(), BuildError> {
        let used = self.used_nodes();
        let mut nodes: Vec<_> = self.case.network.nodes.iter().collect();
        nodes.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        for node in nodes
            .into_iter()
            .filter(|n| used.contains(n.header.id.as_str()))
        {
            self.node_index
                .insert(node.header.id.clone(), self.nodes.len());
            self.nodes.push(NodeData {
                id: node.header.id.clone(),
                elevation: node.elevation_m,
                pressure_min: node.pressure_min_pa,
                pressure_max: node.pressure_max_pa,
                isotherm: 0,
                inner: false,
            });
        }
        Ok(())
    }

    fn used_nodes(&self) -> BTreeSet<&'a str> {
        let n = &self.case.network;
        let mut used = BTreeSet::new();
        macro_rules! ends {
            ($($list:ident),*) => {
                $(for e in n.$list.iter().filter(|e| e.header.in_service) {
                    used.insert(e.from.as_str());
                    used.insert(e.to.as_str());
                })*
            };
        }
        ends!(
            pipes,
            short_pipes,
            resistors,
            valves,
            check_valves,
            control_valves,
            compressor_stations
        );
        used.extend(
            n.supplies
                .iter()
                .filter(|e| e.header.in_service)
                .map(|e| e.node.as_str()),
        );
        used.extend(
            n.off_takes
                .iter()
                .filter(|e| e.header.in_service)
                .map(|e| e.node.as_str()),
        );
        used
    }

    fn node(&self, id: &str, asked_by: &str) -> Result<usize, BuildError> {
        self.node_index
            .get(id)
            .copied()
            .ok_or_else(|| BuildError::new(asked_by, format!("node \"{id}\" is not defined")))
    }

    fn ends(&self, from: &str, to: &str, asked_by: &str) -> Result<[usize; 2], BuildError> {
        Ok([self.node(from, asked_by)?, self.node(to, asked_by)?])
    }

    pub(crate) fn pipes(&mut self) -> Result<(), BuildError> {
        let mut order: Vec<usize> = (0..self.case.network.pipes.len())
            .filter(|&i| self.case.network.pipes[i].header.in_service)
            .collect();
        order.sort_by_key(|&i| &self.case.network.pipes[i].header.id);
        for i in order {
            self.pipe(i)?;
        }
        Ok(())
    }

    fn pipe(&mut self, index: usize) -> Result<(), BuildError> {
        let pipe = &self.case.network.pipes[index];
        let ends = self.ends(&pipe.from, &pipe.to, &pipe.header.id)?;
        let kelvin = pipe
            .ground_temperature_k
            .unwrap_or(self.case.settings.ground_temperature_k);
        let isotherm = self.isotherm(kelvin);
        for end in ends {
            if self.nodes[end].isotherm == 0 {
                self.nodes[end].isotherm = isotherm;
            }
        }
        let cuts = self.cuts.get(&index).cloned().unwrap_or_default();
        let (mut start, mut from) = (0.0, ends[0]);
        for cut in cuts {
            let [before, after] = self.inner_nodes(pipe, &cut, isotherm);
            self.part(index, [from, before], [start, cut.distance], isotherm);
            (start, from) = (cut.distance, after);
        }
        self.part(index, [from, ends[1]], [start, pipe.length_m], isotherm);
        Ok(())
    }

    /// The node (leak) or the two nodes with a valve between (break) at a cut.
    fn inner_nodes(&mut self, pipe: &Pipe, cut: &Cut, isotherm: usize) -> [usize; 2] {
        let name = format!("{}@{:.3}km", pipe.header.id, cut.distance / 1e3);
        let elevation = elevation_at(pipe, &self.nodes, &self.node_index, cut.distance);
        let mut add = |id: String| {
            let data = NodeData {
                id: id.clone(),
                elevation,
                pressure_min: None,
                pressure_max: None,
                isotherm,
                inner: true,
            };
            self.nodes.push(data);
            self.node_index.insert(id, self.nodes.len() - 1);
            self.nodes.len() - 1
        };
        if let Some(leak) = cut.leak {
            let node = add(format!(
                "{name}#{}",
                self.case.network.leaks[leak].header.id
            ));
            return [node, node];
        }
        let nodes = [add(format!("{name}-")), add(format!("{name}+"))];
        self.break_place(pipe, cut.distance, nodes, isotherm, &name);
        nodes
    }

    fn break_place(
        &mut self,
        pipe: &Pipe,
        distance_m: f64,
        nodes: [usize; 2],
        isotherm: usize,
        name: &str,
    ) {
        let valve = ValveLaw {
            opening: Signal::Constant(1.0),
            area: None,
            drag_factor: 0.0,
            stroke_s: 0.0,
        };
        self.links.push(Link {
            id: name.into(),
            kind: "break",
            nodes,
            isotherm,
            law: LinkLaw::Valve(valve),
        });
        let back_pressure = self.case.settings.atmospheric_pressure_pa;
        let ends = [("upstream", nodes[0]), ("downstream", nodes[1])].map(|(side, node)| {
            self.terminals.push(Terminal {
                id: format!("{name} {side}"),
                kind: TerminalKind::Leak,
                node,
                isotherm,
                law: TerminalLaw::Hole {
                    area: Signal::Constant(0.0),
                    discharge_coefficient: 1.0,
                    back_pressure,
                },
                requested: None,
                pressure_min: None,
            });
            self.terminals.len() - 1
        });
        self.breaks.push(BreakPlace {
            pipe: pipe.header.id.clone(),
            distance_m,
            valve: self.links.len() - 1,
            ends,
            area: circle(pipe.diameter_m),
        });
    }

    fn part(&mut self, index: usize, nodes: [usize; 2], span: [f64; 2], isotherm: usize) {
        let pipe = &self.case.network.pipes[index];
        let length = span[1] - span[0];
        let wanted = match pipe.cells {
            Some(cells) => cells as f64 * length / pipe.length_m,
            None => length / self.case.settings.cell_length_m,
        };
        let cells = (wanted - 1e-9).ceil().max(1.0) as usize;
        let dx = length / cells as f64;
        let at = |i: usize| {
            let x = if i == cells {
                span[1]
            } else {
                span[0] + i as f64 * dx
            };
            elevation_at(pipe, &self.nodes, &self.node_index, x)
        };
        let elevation: Vec<f64> = (0..=cells).map(at).collect();
        let (face, segment) = match self.pipes.last() {
            Some(p) => (p.faces().end, p.segments().end),
            None => (0, 0),
        };
        self.pipes.push(PipeMesh {
            case_pipe: index,
            offset_m: span[0],
            nodes,
            dx,
            area: circle(pipe.diameter_m),
            diameter: pipe.diameter_m,
            rise: elevation.windows(2).map(|w| w[1] - w[0]).collect(),
            elevation,
            friction: Friction::new(
                pipe.friction.unwrap_or(self.case.settings.friction),
                pipe.diameter_m,
                pipe.roughness_m,
                pipe.efficiency,
                self.gas.molar_mass_kg_per_mol(),
            ),
            isotherm,
            first_face: face,
            first_segment: segment,
            pressure_max: pipe.pressure_max_pa,
            wave_speed: 0.0,
        });
    }

    pub(crate) fn links(&mut self) -> Result<(), BuildError> {
        let n = &self.case.network;
        let mut found: Vec<(&str, &'static str, &str, &str, LinkLaw)> = Vec::new();
        for e in n.short_pipes.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "short_pipe",
                &e.from,
                &e.to,
                LinkLaw::ShortPipe,
            ));
        }
        for e in n.check_valves.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "check_valve",
                &e.from,
                &e.to,
                LinkLaw::CheckValve,
            ));
        }
        for e in n.resistors.iter().filter(|e| e.header.in_service) {
            let loss = match e.loss {
                ResistorLoss::Drag { factor, diameter_m } => Loss::Drag {
                    factor,
                    area: circle(diameter_m),
                },
                ResistorLoss::Constant { pressure_loss_pa } => Loss::Constant {
                    loss_pa: pressure_loss_pa,
                },
            };
            found.push((
                &e.header.id,
                "resistor",
                &e.from,
                &e.to,
                LinkLaw::Resistor(loss),
            ));
        }
        for e in n.valves.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "valve",
                &e.from,
                &e.to,
                LinkLaw::Valve(valve(e)),
            ));
        }
        for e in n.control_valves.iter().filter(|e| e.header.in_service) {
            let law = LinkLaw::Regulator(self.regulator(e)?);
            found.push((&e.header.id, "control_valve", &e.from, &e.to, law));
        }
        for e in n.compressor_stations.iter().filter(|e| e.header.in_service) {
            let law = LinkLaw::Station(Box::new(self.station(e)?));
            found.push((&e.header.id, "compressor_station", &e.from, &e.to, law));
        }
        found.sort_by(|a, b| a.0.cmp(b.0));
        for (id, kind, from, to, law) in found {
            let nodes = self.ends(from, to, id)?;
            let isotherm = self.nodes[nodes[0]].isotherm;
            self.links.push(Link {
                id: id.into(),
                kind,
                nodes,
                isotherm,
                law,
            });
        }
        Ok(())
    }

    fn mass_flow(&self, flow: FlowRate, asked_by: &str) -> Result<f64, BuildError> {
        self.gas
            .mass_flow_kg_per_s(flow)
            .map_err(|e| BuildError::new(asked_by, e.to_string()))
    }

    fn optional_flow(
        &self,
        flow: Option<FlowRate>,
        asked_by: &str,
    ) -> Result<Option<f64>, BuildError> {
        flow.map(|f| self.mass_flow(f, asked_by)).transpose()
    }

    /// A signal: the set-point, or the set-point under a profile.
    fn signal(
        &self,
        set_point: f64,
        profile: Option<&String>,
        asked_by: &str,
    ) -> Result<Signal, BuildError> {
        let Some(name) = profile else {
            return Ok(Signal::Constant(set_point));
        };
        let index = self
            .case
            .profiles
            .iter()
            .position(|p| &p.id == name)
            .ok_or_else(|| {
                BuildError::new(asked_by, format!("profile \"{name}\" is not defined"))
            })?;
        use linepack_network::ProfileValues as Values;
        let base = match self.case.profiles[index].values_are {
            Values::Factor => set_point,
            Values::Flow(unit) => self.mass_flow(unit, asked_by)?,
            Values::Pressure | Values::Ratio => 1.0,
        };
        Ok(Signal::Profile { index, base })
    }

    /// A signal of which the set-point may be missing where a profile replaces it.
    fn optional_signal(
        &self,
        set_point: Option<f64>,
        profile: Option<&String>,
        asked_by: &str,
    ) -> Result<Option<Signal>, BuildError> {
        if set_point.is_none() && profile.is_none() {
            return Ok(None);
        }
        self.signal(set_point.unwrap_or(1.0), profile, asked_by)
            .map(Some)
    }

    fn regulator(&self, e: &ControlValve) -> Result<Regulator, BuildError> {
        let id = &e.header.id;
        Ok(Regulator {
            state: e.state,
            outlet_pressure: self.optional_signal(
                e.outlet_pressure_pa,
                e.outlet_pressure_profile.as_ref(),
                id,
            )?,
            inlet_pressure: e.inlet_pressure_pa.map(Signal::Constant),
            flow: self.optional_flow(e.flow, id)?.map(Signal::Constant),
        })
    }

    fn station(&mut self, e: &CompressorStation) -> Result<Station, BuildError> {
        let id = &e.header.id;
        let net = HeatingBasis {
            gross: false,
            ..self.case.settings.heating_basis
        };
        let heating_value = if e.fuel_from_line {
            self.gas
                .heating_value_j_per_kg(net)
                .map_err(|e| BuildError::new(id, format!("fuel needs a heating value: {e}")))?
        } else {
            1.0
        };
        Ok(Station {
            state: e.state,
            discharge_pressure: self.optional_signal(
                e.discharge_pressure_pa,
                e.discharge_pressure_profile.as_ref(),
                id,
            )?,
            suction_pressure: e.suction_pressure_pa.map(Signal::Constant),
            flow: self.optional_flow(e.flow, id)?.map(Signal::Constant),
            flow_max: self.optional_flow(e.flow_max, id)?,
            flow_min: self.optional_flow(e.flow_min, id)?,
            ratio: self.optional_signal(e.ratio, e.ratio_profile.as_ref(), id)?,
            ratio_max: e.ratio_max,
            power_max: e.power_max_w.map(Signal::Constant),
            isentropic_efficiency: e.isentropic_efficiency,
            isentropic_exponent: f64::NAN, // from the property table, in `finish`
            work_per_fuel: heating_value * e.driver_efficiency,
            fuel_from_line: e.fuel_from_line,
        })
    }

    pub(crate) fn terminals(&mut self) -> Result<(), BuildError> {
        let n = &self.case.network;
        let mut found = Vec::new();
        for e in n.supplies.iter().filter(|e| e.header.in_service) {
            found.push(self.supply(e)?);
        }
        for e in n.off_takes.iter().filter(|e| e.header.in_service) {
            found.push(self.off_take(e)?);
        }
        for e in n.leaks.iter().filter(|e| e.header.in_service) {
            let node = match &e.place {
                LeakPlace::Node { id } => self.node(id, &e.header.id)?,
                LeakPlace::Pipe { id, distance_m } => {
                    let name = format!("{id}@{:.3}km#{}", distance_m / 1e3, e.header.id);
                    self.node(&name, &e.header.id)?
                }
            };
            found.push(Terminal {
                id: e.header.id.clone(),
                kind: TerminalKind::Leak,
                node,
                isotherm: self.nodes[node].isotherm,
                law: TerminalLaw::Hole {
                    area: Signal::Constant(if e.open { circle(e.diameter_m) } else { 0.0 }),
                    discharge_coefficient: e.discharge_coefficient,
                    back_pressure: self.case.settings.atmospheric_pressure_pa,
                },
                requested: None,
                pressure_min: None,
            });
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        self.terminals.extend(found);
        Ok(())
    }

    fn supply(&self, e: &Supply) -> Result<Terminal, BuildError> {
        let id = &e.header.id;
        let flow = self.optional_flow(e.flow, id)?;
        let min = self.optional_flow(e.flow_min, id)?.unwrap_or(0.0);
        let max = self.optional_flow(e.flow_max, id)?;
        let pressure = self.optional_signal(e.pressure_pa, e.pressure_profile.as_ref(), id)?;
        let stated = e.flow_profile.as_ref();
        let (low, high, pressure) = if pressure.is_some() {
            let top = flow.or(max);
            let high = match top {
                Some(q) => self.signal(q, stated, id)?,
                None => Signal::Constant(f64::INFINITY),
            };
            (Signal::Constant(min), high, pressure)
        } else {
            let q = self
                .optional_signal(flow.or(max), stated, id)?
                .ok_or_else(|| {
                    BuildError::new(id, "the supply has neither a pressure nor a flow")
                })?;
            match e.pressure_max_pa {
                Some(p) => (Signal::Constant(min), q, Some(Signal::Constant(p))),
                None => (q.clone(), q, None),
            }
        };
        let requested = if flow.is_some() || stated.is_some() {
            Some(high.clone())
        } else {
            None
        };
        self.terminal(
            id,
            TerminalKind::Supply,
            &e.node,
            low,
            high,
            pressure,
            requested,
            None,
        )
    }

    fn off_take(&self, e: &OffTake) -> Result<Terminal, BuildError> {
        let id = &e.header.id;
        let flow = self.optional_flow(e.flow, id)?;
        let asked = self.optional_signal(flow, e.flow_profile.as_ref(), id)?;
        let set = self.optional_signal(e.pressure_pa, e.pressure_profile.as_ref(), id)?;
        let negative = |s: &Signal| match s {
            Signal::Constant(v) => Signal::Constant(-v),
            Signal::Profile { index, base } => Signal::Profile {
                index: *index,
                base: -base,
            },
            ramp => ramp.clone(),
        };
        let none = Signal::Constant(0.0);
        let (low, high, pressure, limit) = match (&asked, set, e.pressure_min_pa) {
            (Some(q), Some(p), limit) => (negative(q), none, Some(p), limit),
            (Some(q), None, Some(limit)) if e.curtail => {
                (negative(q), none, Some(Signal::Constant(limit)), None)
            }
            (Some(q), None, limit) => (negative(q), negative(q), None, limit),
            (None, Some(p), _) => (Signal::Constant(f64::NEG_INFINITY), none, Some(p), None),
            (None, None, _) => {
                return Err(BuildError::new(
                    id,
                    "the off-take has neither a flow nor a pressure",
                ));
            }
        };
        self.terminal(
            id,
            TerminalKind::OffTake,
            &e.node,
            low,
            high,
            pressure,
            asked,
            limit,
        )
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the fields of one struct, named at the call"
    )]
    fn terminal(
        &self,
        id: &str,
        kind: TerminalKind,
        node: &str,
        low: Signal,
        high: Signal,
        pressure: Option<Signal>,
        requested: Option<Signal>,
        pressure_min: Option<f64>,
    ) -> Result<Terminal, BuildError> {
        let node = self.node(node, id)?;
        Ok(Terminal {
            id: id.into(),
            kind,
            node,
            isotherm: self.nodes[node].isotherm,
            law: TerminalLaw::Bounds {
                low,
                high,
                pressure,
                shut: false,
            },
            requested,
            pressure_min,
        })
    }

    /// The highest pressure that the case mentions, Pa.
    fn highest_pressure(&self) -> f64 {
        let n = &self.case.network;
        let mut all = vec![TABLE_LEAST_PA];
        all.extend(n.nodes.iter().filter_map(|x| x.pressure_max_pa));
        all.extend(
            n.supplies
                .iter()
                .flat_map(|x| [x.pressure_pa, x.pressure_max_pa])
                .flatten(),
        );
        all.extend(
            n.compressor_stations
                .iter()
                .filter_map(|x| x.discharge_pressure_pa),
        );
        all.extend(n.pipes.iter().filter_map(|x| x.pressure_max_pa));
        for p in &self.case.profiles {
            if p.values_are == linepack_network::ProfileValues::Pressure {
                all.extend(p.values.iter().copied());
            }
        }
        for event in &self.case.scenario.events {
            if let Action::Set {
                set_point: SetPoint::Pressure(p),
                ..
            } = event.action
            {
                all.push(p);
            }
        }
        all.into_iter().fold(0.0, f64::max)
    }
}

/// Property tables, speeds of sound, and the model itself.
pub(crate) fn finish(mut b: Builder<'_>) -> Result<Model, BuildError> {
    let top = TABLE_MARGIN * b.highest_pressure();
    let isotherms = b
        .temperatures
        .iter()
        .map(|&t| b.gas.isotherm(t, top))
        .collect::<Result<Vec<Isotherm>, _>>()
        .map_err(|e| BuildError {
            element: None,
            message: format!("gas: {e}"),
        })?;
    for link in &mut b.links {
        if let LinkLaw::Station(station) = &mut link.law {
            let at = station
                .suction_pressure
                .as_ref()
                .map_or(50e5, |s| s.at(0.0, &b.case.profiles));
            let table = &isotherms[link.isotherm];
            station.isentropic_exponent = table.isentropic_exponent(at).0;
        }
    }
    let mut pipe_parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, pipe) in b.pipes.iter_mut().enumerate() {
        pipe.wave_speed = isotherms[pipe.isotherm].density(50e5).1.sqrt().recip();
        pipe_parts.entry(pipe.case_pipe).or_default().push(i);
    }
    b.assumptions.push(
        "Gas at the temperature of the ground everywhere; stations cool their discharge to it."
            .into(),
    );
    let (faces, segments) = match b.pipes.last() {
        Some(p) => (p.faces().end, p.segments().end),
        None => (0, 0),
    };
    Ok(Model {
        case: b.case.clone(),
        options: b.options.clone(),
        settings: b.case.settings.clone(),
        gas: b.gas,
        isotherms,
        nodes: b.nodes,
        pipes: b.pipes,
        links: b.links,
        terminals: b.terminals,
        profiles: b.case.profiles.clone(),
        breaks: b.breaks,
        pipe_parts,
        faces,
        segments,
        assumptions: b.assumptions,
    })
}

fn circle(diameter_m: f64) -> f64 {
    std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m
}

fn valve(e: &Valve) -> ValveLaw {
    ValveLaw {
        opening: Signal::Constant(e.opening),
        area: e.diameter_m.map(circle),
        drag_factor: e.drag_factor,
        stroke_s: e.stroke_s,
    }
}

/// Elevation at a distance along a pipe, m: its profile, or a straight slope between its nodes.
fn elevation_at(
    pipe: &Pipe,
    nodes: &[NodeData],
    index: &BTreeMap<String, usize>,
    distance_m: f64,
) -> f64 {
    let profile = &pipe.elevation_profile;
    if profile.is_empty() {
        let ends =
            [&pipe.from, &pipe.to].map(|id| index.get(id).map_or(0.0, |&i| nodes[i].elevation));
        return ends[0] + (ends[1] - ends[0]) * distance_m / pipe.length_m;
    }
    let next = profile.partition_point(|p| p[0] <= distance_m);
    match (next.checked_sub(1).map(|i| profile[i]), profile.get(next)) {
        (Some(a), Some(b)) => a[1] + (b[1] - a[1]) * (distance_m - a[0]) / (b[0] - a[0]),
        (Some(a), None) => a[1],
        (None, Some(b)) => b[1],
        (None, None) => 0.0,
    }
}
