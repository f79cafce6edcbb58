//! Writing LANL JSON: `network.json`, `params.json`, `bc.json` and, for gas at rest, `ic.json`, as
//! GasTranSim.jl reads them. SI units, numbers for identifiers.

mod flows;
mod sections;

use super::params::GAS_CONSTANT_THERE;
use crate::matgas::MOLAR_MASS_OF_AIR;
use crate::matgas::express::{Expression, numbers};
use crate::written::Written;
use linepack_gas::{EquationOfState, GAS_CONSTANT};
use linepack_network::{Case, Header, InitialState, Status};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// Largest difference of Z from that of the programs' gas constant that is no loss.
const Z_SLACK: f64 = 1e-9;

/// Values over time.
type Points = Vec<(f64, f64)>;

/// A case as a folder's files; `name` is that of the first.
pub(crate) fn write(case: &Case, name: &str) -> Written {
    let mut writer = Writer::new(case);
    let params = writer.params();
    let network = writer.network();
    let boundary = writer.boundary();
    let mut files = vec![
        file(&format!("{name}.json"), &network),
        file("params.json", &params),
        file("bc.json", &boundary),
    ];
    files.extend(writer.initial().map(|ic| file("ic.json", &ic)));
    writer.rest();
    let notes = writer.say.log.notes();
    Written { files, notes }
}

fn file(name: &str, value: &Value) -> (String, String) {
    (name.to_owned(), format!("{value:#}\n"))
}

struct Writer<'c> {
    say: Expression<'c>,
    nodes: HashMap<&'c str, i64>,
    /// Nodes that hold a pressure, Pa.
    held: BTreeMap<i64, Points>,
    /// Withdrawals of nodes, kg/s.
    withdrawn: BTreeMap<i64, Points>,
    compressors: Map<String, Value>,
    control_valves: Map<String, Value>,
    valves_off: Vec<i64>,
    control_valves_off: Vec<i64>,
}

impl<'c> Writer<'c> {
    fn new(case: &'c Case) -> Self {
        let ids = || case.network.nodes.iter().map(|n| n.header.id.as_str());
        let mut writer = Self {
            say: Expression::new(case),
            nodes: ids().zip(numbers("", ids())).collect(),
            held: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            compressors: Map::new(),
            control_valves: Map::new(),
            valves_off: Vec::new(),
            control_valves_off: Vec::new(),
        };
        for id in ids() {
            if writer.node(id).to_string() != id {
                writer.renamed(id);
            }
        }
        writer.flows();
        writer
    }

    fn renamed(&mut self, id: &str) {
        let what = "identifiers are numbers; names are kept beside them";
        self.say.lost(what, Some(id));
    }

    fn node(&self, id: &str) -> i64 {
        self.nodes.get(id).copied().unwrap_or(0)
    }

    /// Whether an element is written: the format knows nothing of what is out of service.
    fn is_written(&mut self, header: &Header) -> bool {
        if !header.in_service {
            self.say
                .lost("what is out of service is left out", Some(&header.id));
        } else if header.status != Status::Complete || header.in_service_date.is_some() {
            self.say.lost(
                "the status of building and dates are left out",
                Some(&header.id),
            );
        }
        header.in_service
    }

    fn params(&mut self) -> Value {
        let scenario = &self.say.case.scenario;
        let (duration_s, interval_s) = (scenario.duration_s, scenario.output_interval_s);
        let equation = self.equation();
        let parameters = json!({
            "Temperature (K)": self.say.case.settings.ground_temperature_k,
            "Gas specific gravity (G)": self.say.molar_mass() / MOLAR_MASS_OF_AIR,
            "Specific heat capacity ratio": self.say.isentropic_exponent(),
            "units (SI = 0, standard = 1)": 0,
            "eos (ideal = 0, simple CNGA = 1, full CNGA = 2)": equation,
            "Initial time": 0,
            "Final time": duration_s,
            "Output dt": interval_s,
        });
        json!({ "simulation_params": parameters })
    }

    /// The number of the equation of state.
    fn equation(&mut self) -> u8 {
        let z = match self.say.case.gas.equation {
            EquationOfState::CngaSimple => return 1,
            EquationOfState::Cnga => return 2,
            _ => self.say.compressibility(),
        };
        if (z * GAS_CONSTANT / GAS_CONSTANT_THERE - 1.0).abs() > Z_SLACK {
            let what =
                "the gas is written as ideal, with R = 8.314 J/(mol K) as the programs have it";
            self.say.lost(what, None);
        }
        0
    }

    fn network(&mut self) -> Value {
        let mut sections = Map::new();
        sections.insert("nodes".to_owned(), Value::Object(self.nodes()));
        sections.insert("pipes".to_owned(), Value::Object(self.pipes()));
        for (name, section) in [
            ("compressors", self.stations()),
            ("short_pipes", self.short_pipes()),
            ("valves", self.valves()),
            ("control_valves", self.control_valves()),
            ("resistors", self.resistors(true)),
            ("loss_resistors", self.resistors(false)),
        ] {
            if !section.is_empty() {
                sections.insert(name.to_owned(), Value::Object(section));
            }
        }
        Value::Object(sections)
    }

    fn boundary(&mut self) -> Value {
        let held = |points: &BTreeMap<i64, Points>| -> Map<String, Value> {
            points
                .iter()
                .map(|(n, p)| (n.to_string(), one_or_many(p)))
                .collect()
        };
        let mut boundary = json!({
            "boundary_pslack": held(&self.held),
            "boundary_nonslack_flow": held(&self.withdrawn),
        });
        if !self.compressors.is_empty() {
            boundary["boundary_compressor"] = json!(self.compressors);
        }
        if !self.valves_off.is_empty() {
            boundary["boundary_valve"] = json!({ "on": [], "off": self.valves_off });
        }
        if !self.control_valves.is_empty() {
            let mut told = self.control_valves.clone();
            told.insert("on".to_owned(), json!([]));
            told.insert("off".to_owned(), json!(self.control_valves_off));
            boundary["boundary_control_valve"] = json!(told);
        }
        boundary
    }

    /// Gas at rest; other initial states follow from the boundary conditions.
    fn initial(&mut self) -> Option<Value> {
        let InitialState::AtRest { pressure_pa } = self.say.case.scenario.initial else {
            let what = "there is no ic.json: a run begins with the steady state";
            self.say.lost(what, None);
            return None;
        };
        let network = &self.say.case.network;
        let nodes = network.nodes.iter().filter(|n| n.header.in_service);
        let pressures: Map<String, Value> = nodes
            .map(|n| (self.node(&n.header.id).to_string(), json!(pressure_pa)))
            .collect();
        let pipes = network.pipes.iter().filter(|p| p.header.in_service);
        let pipes = numbers("pipe", pipes.map(|p| p.header.id.as_str()));
        let flows: Map<String, Value> = pipes.iter().map(|n| (n.to_string(), json!(0))).collect();
        Some(json!({ "nodal_pressure": pressures, "pipe_flow": flows }))
    }

    /// What no file has.
    fn rest(&mut self) {
        let network = &self.say.case.network;
        for leak in &network.leaks {
            self.say.lost("leaks are left out", Some(&leak.header.id));
        }
        for valve in &network.check_valves {
            self.say
                .lost("check valves are left out", Some(&valve.header.id));
        }
        if !network.decision_groups.is_empty() {
            self.say.lost("combined decisions are left out", None);
        }
        if !self.say.case.scenario.events.is_empty() {
            self.say.lost("events are left out", None);
        }
        self.say.lost(
            "settings of the calculation and the date of the start are left out",
            None,
        );
    }
}

/// A number for one point, times and values for several.
fn one_or_many(points: &Points) -> Value {
    match points.as_slice() {
        [(_, value)] => json!(value),
        _ => values(points),
    }
}

fn values(points: &Points) -> Value {
    let column = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).collect::<Vec<f64>>();
    match points.as_slice() {
        [(_, value)] => json!({ "value": value }),
        _ => json!({ "time": column(|p| p.0), "value": column(|p| p.1) }),
    }
}
