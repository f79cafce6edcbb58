//! A case as a problem: nodes, arcs with their states, terminals, limits.

use crate::bounds::Limit;
use crate::control::find;
use crate::decision::{self, Group, agrees};
use crate::layout::Layout;
use crate::{Objective, OptimizeError};
use linepack_flow::{Model, Options};
use linepack_network::{Case, FlowBounds};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Limits are kept with this margin, a share of the pressure, so that they hold after a solve to its
/// own tolerance.
const MARGIN: f64 = 5e-6;

/// What an arc is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArcState {
    /// Gas passes without control: pipes, open valves, bypasses.
    Open,
    /// A station compresses, or a control valve throttles.
    Active,
    /// Nothing passes.
    Closed,
}

/// A node.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub id: String,
    /// Lowest and highest pressure, Pa.
    pub pressure: [f64; 2],
}

/// What an arc is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArcKind {
    Pipe,
    /// A short pipe or resistor.
    Passage,
    Valve,
    CheckValve,
    ControlValve,
    Station,
}

/// A pipe or another element between two nodes.
#[derive(Debug, Clone)]
pub(crate) struct Arc {
    pub id: String,
    pub kind: ArcKind,
    pub ends: [usize; 2],
    /// Index among the model's pipes or links.
    pub index: usize,
    /// Index among those of its kind in the case.
    pub place: usize,
    /// Bounds of its flow, kg/s.
    pub flow: [f64; 2],
    /// Bounds of its flow while it is active, kg/s.
    pub active_flow: [f64; 2],
    /// Suction limit and discharge limit, Pa, while it is active.
    pub set: [Option<f64>; 2],
    /// Largest pressure drop, Pa, while it is active.
    pub drop_max: Option<f64>,
    /// Whether gas may pass back by it in bypass.
    pub bypass: bool,
    pub fuel_node: usize,
    /// Index among the stations.
    pub station: Option<usize>,
}

/// A supply or off-take.
#[derive(Debug, Clone)]
pub(crate) struct Terminal {
    pub id: String,
    pub supply: bool,
    pub node: usize,
    /// Inflow between these, kg/s.
    pub inflow: [f64; 2],
    /// Whether it is a supply that can hold a pressure.
    pub presses: bool,
}

/// A case as a problem.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub case: Case,
    pub model: Model,
    pub places: Vec<Place>,
    pub arcs: Vec<Arc>,
    pub terminals: Vec<Terminal>,
    pub objective: Objective,
    pub layout: Layout,
    /// Decisions that are taken together.
    pub groups: Vec<Group>,
    /// The states of arcs that are in a group.
    allowed: BTreeMap<usize, Vec<ArcState>>,
}

impl Problem {
    pub(crate) fn new(case: &Case, objective: &Objective) -> Result<Self, OptimizeError> {
        let model = Model::build(&opened(case), &Options::default())?;
        let mut problem = Self {
            places: places(&model),
            arcs: Vec::new(),
            terminals: Vec::new(),
            objective: objective.clone(),
            layout: Layout {
                nodes: 0,
                arcs: 0,
                terminals: 0,
                stations: 0,
                flow_scale: 1.0,
            },
            case: case.clone(),
            groups: Vec::new(),
            allowed: BTreeMap::new(),
            model,
        };
        problem.terminals()?;
        problem.arcs();
        problem.groups = decision::groups(&problem.case.network, &problem.arcs);
        problem.allowed = decision::allowed(&problem.groups);
        problem.bear();
        let asked = problem.model.terminals();
        let largest = asked.filter_map(|t| t.requested).fold(0.0, f64::max);
        problem.layout = Layout {
            nodes: problem.places.len(),
            arcs: problem.arcs.len(),
            terminals: problem.terminals.len(),
            stations: problem.stations().count(),
            flow_scale: if largest > 0.0 { largest } else { 1.0 },
        };
        Ok(problem)
    }

    /// Arcs that are stations, with their indices.
    pub(crate) fn stations(&self) -> impl Iterator<Item = (usize, &Arc)> {
        let arcs = self.arcs.iter().enumerate();
        arcs.filter(|(_, a)| a.kind == ArcKind::Station)
    }

    /// What the objective names has to be there.
    fn named(&self) -> Result<(), OptimizeError> {
        let n = &self.case.network;
        let off_take = |id: &str| n.off_takes.iter().any(|o| o.header.id == id);
        let terminal = |id: &str| off_take(id) || n.supplies.iter().any(|s| s.header.id == id);
        let valve = |id: &str| n.valves.iter().any(|v| v.header.id == id);
        match &self.objective {
            Objective::Throughput { off_take: id } if !off_take(id) => {
                Err(OptimizeError::NoSuchOffTake(id.clone()))
            }
            Objective::Trade(trade) => {
                let missing = trade.offers.iter().find(|o| !terminal(&o.terminal));
                missing.map_or(Ok(()), |o| {
                    Err(OptimizeError::NoSuchTerminal(o.terminal.clone()))
                })
            }
            Objective::Build(candidates) => {
                let missing = candidates.iter().find(|c| !valve(&c.valve));
                missing.map_or(Ok(()), |c| Err(OptimizeError::NoSuchValve(c.valve.clone())))
            }
            _ => Ok(()),
        }
    }

    /// What arcs cost that are built in given states: those that are not closed.
    pub(crate) fn built(&self, states: &[ArcState]) -> f64 {
        let arcs = self.arcs.iter().zip(states);
        let standing = arcs.filter(|(_, s)| **s != ArcState::Closed);
        standing.filter_map(|(arc, _)| self.cost(arc)).sum()
    }

    /// What it costs to build what a valve leads to.
    pub(crate) fn cost(&self, arc: &Arc) -> Option<f64> {
        let Objective::Build(candidates) = &self.objective else {
            return None;
        };
        let mut of = candidates.iter().filter(|_| arc.kind == ArcKind::Valve);
        of.find(|c| c.valve == arc.id).map(|c| c.cost)
    }

    fn terminals(&mut self) -> Result<(), OptimizeError> {
        let n = &self.case.network;
        let holding: HashMap<&str, Option<f64>> = n
            .supplies
            .iter()
            .map(|s| (s.header.id.as_str(), s.pressure_pa))
            .collect();
        self.named()?;
        let wanted = match &self.objective {
            Objective::Throughput { off_take } => Some(off_take.as_str()),
            _ => None,
        };
        for t in self.model.terminals() {
            let place = &mut self.places[t.node];
            let supply = t.kind == "supply";
            if t.kind == "leak" {
                if t.inflow[0] < 0.0 && n.leaks.iter().any(|l| l.header.id == t.id && l.open) {
                    return Err(OptimizeError::OpenLeak(t.id.to_owned()));
                }
                continue;
            }
            let holds = supply && holding.get(t.id).copied().flatten().is_some();
            let free = self
                .objective
                .offer(t.id)
                .map(|o| match (o.flow_kg_per_s, supply) {
                    (flow, true) => flow,
                    ([low, high], false) => [-high, -low],
                });
            let asked = match t.requested.filter(|_| !holds) {
                Some(q) if supply => [q, q],
                Some(_) if wanted == Some(t.id) => [f64::NEG_INFINITY, 0.0],
                Some(q) => [-q, -q],
                None => t.inflow,
            };
            let inflow = free.unwrap_or(asked);
            let bound = usize::from(supply);
            let margin = if supply { 1.0 } else { 1.0 + MARGIN };
            let limits = [t.pressure_pa, t.pressure_min_pa];
            for limit in limits.into_iter().flatten() {
                place.pressure[bound] = match supply {
                    true => place.pressure[bound].min(limit),
                    false => place.pressure[bound].max(limit * margin),
                };
            }
            self.terminals.push(Terminal {
                id: t.id.to_owned(),
                supply,
                node: t.node,
                inflow,
                presses: holds,
            });
        }
        Ok(())
    }

    fn arcs(&mut self) {
        let known = Known::of(&self.case);
        let mut stations = 0;
        for view in self.model.arcs() {
            let mut arc = Arc {
                id: view.id.to_owned(),
                kind: kind(view.kind),
                ends: view.ends,
                index: view.index,
                place: known.place(view.kind, view.id),
                flow: [f64::NEG_INFINITY, f64::INFINITY],
                active_flow: [0.0, f64::INFINITY],
                set: [None; 2],
                drop_max: None,
                bypass: true,
                fuel_node: view.fuel_node,
                station: None,
            };
            self.describe(&mut arc);
            if arc.kind == ArcKind::Station {
                arc.station = Some(stations);
                stations += 1;
            }
            self.arcs.push(arc);
        }
    }

    /// The ends of pipes bear no more than the pipes.
    fn bear(&mut self) {
        for arc in self.arcs.iter().filter(|a| a.kind == ArcKind::Pipe) {
            let pipe = &self.case.network.pipes[arc.place];
            let low = pipe.pressure_min_pa.map_or(0.0, |p| p * (1.0 + MARGIN));
            let high = pipe.pressure_max_pa;
            let high = high.map_or(f64::INFINITY, |p| p * (1.0 - MARGIN));
            for node in arc.ends {
                let [least, most] = self.places[node].pressure;
                self.places[node].pressure = [least.max(low), most.min(high)];
            }
        }
    }

    fn describe(&self, arc: &mut Arc) {
        let n = &self.case.network;
        let mass = |flow| self.model.mass_flow_kg_per_s(flow);
        let bounds = |b: &FlowBounds| {
            [
                b.min.and_then(mass).unwrap_or(f64::NEG_INFINITY),
                b.max.and_then(mass).unwrap_or(f64::INFINITY),
            ]
        };
        let at = arc.place;
        match arc.kind {
            ArcKind::Pipe => arc.flow = bounds(&n.pipes[at].flow_bounds),
            ArcKind::Valve => arc.flow = bounds(&n.valves[at].flow_bounds),
            ArcKind::Passage | ArcKind::CheckValve => {}
            ArcKind::ControlValve => {
                let v = &n.control_valves[at];
                arc.flow = bounds(&v.flow_bounds);
                arc.set = [v.inlet_pressure_pa, v.outlet_pressure_pa];
                arc.drop_max = v.pressure_differential_max_pa;
            }
            ArcKind::Station => {
                let s = &n.compressor_stations[at];
                let least = s.flow_min.and_then(mass).unwrap_or(0.0);
                let most = s.flow_max.and_then(mass).unwrap_or(f64::INFINITY);
                arc.flow = [least.min(0.0), most];
                arc.active_flow = [least.max(0.0), most];
                arc.set = [s.suction_pressure_pa, s.discharge_pressure_pa];
                arc.bypass = s.internal_bypass;
            }
        }
    }

    /// The same without some limits.
    pub(crate) fn without(&self, limits: &[Limit]) -> Self {
        let mut problem = self.clone();
        let none = |high: bool| {
            if high {
                f64::INFINITY
            } else {
                f64::NEG_INFINITY
            }
        };
        for limit in limits {
            match *limit {
                Limit::Pressure(n, high) => {
                    problem.places[n].pressure[usize::from(high)] = none(high).max(0.0);
                }
                Limit::Flow(a, high) => problem.arcs[a].flow[usize::from(high)] = none(high),
                Limit::Inflow(t, high) => {
                    problem.terminals[t].inflow[usize::from(high)] = none(high);
                }
                Limit::Set(a, high) => problem.arcs[a].set[usize::from(high)] = None,
                Limit::Reach(_) => {}
            }
        }
        problem
    }

    /// The states that an arc may be in, the likeliest first.
    pub(crate) fn choices(&self, a: usize) -> &[ArcState] {
        use ArcState::{Active, Closed, Open};
        if let Some(states) = self.allowed.get(&a) {
            return states;
        }
        let arc = &self.arcs[a];
        match arc.kind {
            ArcKind::Pipe | ArcKind::Passage => &[Open],
            ArcKind::Valve | ArcKind::CheckValve => &[Open, Closed],
            ArcKind::ControlValve => &[Active, Open, Closed],
            ArcKind::Station if arc.bypass => &[Active, Open, Closed],
            ArcKind::Station => &[Active, Closed],
        }
    }

    /// Whether every node is joined to a supply that can hold its pressure by elements that are not closed.
    pub(crate) fn is_joined(&self, states: &[ArcState]) -> bool {
        let mut root: Vec<usize> = (0..self.places.len()).collect();
        for (arc, _) in self
            .arcs
            .iter()
            .zip(states)
            .filter(|s| *s.1 != ArcState::Closed)
        {
            let [i, j] = arc.ends.map(|n| find(&mut root, n));
            root[i.max(j)] = i.min(j);
        }
        let held: BTreeSet<usize> = self
            .terminals
            .iter()
            .filter(|t| t.presses)
            .map(|t| find(&mut root, t.node))
            .collect();
        (0..root.len()).all(|n| held.contains(&find(&mut root, n)))
    }

    /// Whether of each group one decision is taken.
    pub(crate) fn decided(&self, states: &[ArcState]) -> bool {
        let taken = |group: &Group| group.iter().any(|d| agrees(d, states));
        self.groups.iter().all(taken)
    }

    /// The states as the case has them; what is told to run may do so.
    pub(crate) fn stated(&self) -> Vec<ArcState> {
        use linepack_network::{ControlState, StationState};
        let n = &self.case.network;
        let state = |arc: &Arc| match arc.kind {
            ArcKind::Valve if n.valves[arc.place].opening <= 0.0 => ArcState::Closed,
            ArcKind::ControlValve => match n.control_valves[arc.place].state {
                ControlState::Active => ArcState::Active,
                ControlState::Bypass => ArcState::Open,
                ControlState::Closed => ArcState::Closed,
            },
            ArcKind::Station => match n.compressor_stations[arc.place].state {
                StationState::Running => ArcState::Active,
                StationState::Bypass => ArcState::Open,
                StationState::Closed => ArcState::Closed,
            },
            _ => ArcState::Open,
        };
        let mut states: Vec<ArcState> = self.arcs.iter().map(state).collect();
        for group in &self.groups {
            let first = group
                .first()
                .filter(|_| !group.iter().any(|d| agrees(d, &states)));
            first.inspect(|d| decision::take(d, &mut states));
        }
        states
    }
}

/// Where elements stand in the lists of a case.
struct Known<'c>(HashMap<(&'static str, &'c str), usize>);

impl<'c> Known<'c> {
    fn of(case: &'c Case) -> Self {
        let n = &case.network;
        let mut found = HashMap::new();
        macro_rules! list {
            ($($kind:literal => $list:ident),*) => {
                $(for (i, e) in n.$list.iter().enumerate() {
                    found.insert(($kind, e.header.id.as_str()), i);
                })*
            };
        }
        list!("pipe" => pipes, "short_pipe" => short_pipes, "resistor" => resistors, "valve" => valves,
              "check_valve" => check_valves, "control_valve" => control_valves,
              "compressor_station" => compressor_stations);
        Self(found)
    }

    fn place(&self, kind: &'static str, id: &str) -> usize {
        self.0.get(&(kind, id)).copied().unwrap_or_default()
    }
}

/// The case with its valves open: their laws are those of open valves, whether they are closed or not is a state.
fn opened(case: &Case) -> Case {
    let mut case = case.clone();
    for valve in &mut case.network.valves {
        if valve.opening <= 0.0 {
            valve.opening = 1.0;
        }
    }
    case
}

fn places(model: &Model) -> Vec<Place> {
    let one = |p: linepack_flow::PlaceView<'_>| Place {
        id: p.id.to_owned(),
        pressure: [
            p.pressure_min_pa.map_or(0.0, |p| p * (1.0 + MARGIN)),
            p.pressure_max_pa
                .map_or(f64::INFINITY, |p| p * (1.0 - MARGIN)),
        ],
    };
    model.places().map(one).collect()
}

fn kind(word: &str) -> ArcKind {
    match word {
        "pipe" => ArcKind::Pipe,
        "valve" => ArcKind::Valve,
        "check_valve" => ArcKind::CheckValve,
        "control_valve" => ArcKind::ControlValve,
        "compressor_station" => ArcKind::Station,
        _ => ArcKind::Passage,
    }
}
