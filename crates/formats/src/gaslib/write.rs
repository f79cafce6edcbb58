//! Writing a case as GasLib files.
//!
//! A node is a source, a sink or neither; where a case has more at one node, the others get nodes of
//! their own, joined by short pipes. The format asks for bounds everywhere: where a case states none,
//! a flow of 10⁶ (1000 m³/h) and a pressure of 1000 bar stand for none, and are read as such. An entry
//! that holds a pressure is nominated at what balances its part of the network, with that pressure as
//! the highest of the scenario, which is how the operating rule of the reader finds it again.

use super::gas;
use super::network::{entry, exit};
use super::parts::Parts;
use super::{decisions, rule, write_net, write_scenario, write_stations};
use crate::import::Log;
use crate::written::Written;
use linepack_gas::{COMPONENTS, GAS_CONSTANT, Gas, GasSpec, Substance};
use linepack_network::{Case, Network, Node, OffTake, Supply, SupplyGas};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use std::collections::HashMap;

/// The case as `.net` and `.scn`, with `.cs` and `.cdf` where there is something to say there.
pub(crate) fn write(case: &Case, name: &str) -> Written {
    let mut notes = Notes::default();
    let plan = Plan::of(case, &mut notes);
    super::left_out::note(case, &plan, &mut notes);
    let mut files = vec![
        (format!("{name}.net"), write_net::network(&plan, &mut notes)),
        (format!("{name}.scn"), write_scenario::scenario(&plan)),
    ];
    let stations = write_stations::stations(&case.network);
    files.extend(stations.map(|text| (format!("{name}.cs"), text)));
    let decisions = write_stations::decisions(&case.network);
    files.extend(decisions.map(|text| (format!("{name}.cdf"), text)));
    Written {
        files,
        notes: notes.log.notes(),
    }
}

/// What the format cannot express.
#[derive(Default)]
pub(super) struct Notes {
    log: Log,
}

impl Notes {
    /// For one element.
    pub(super) fn add(&mut self, what: &str, element: &str) {
        self.log.add(what.to_owned(), Some(element));
    }

    /// For the case.
    pub(super) fn all(&mut self, what: &str) {
        self.log.add(what.to_owned(), None);
    }
}

/// What is at a node.
#[derive(Clone, Copy)]
pub(super) enum Terminal<'c> {
    /// A supply.
    Source(&'c Supply),
    /// An off-take.
    Sink(&'c OffTake),
    /// A supply that was read from a sink with a flow into the network.
    BringingSink(&'c Supply),
}

/// How a case is written.
pub(super) struct Plan<'c> {
    pub(super) case: &'c Case,
    /// What is at nodes.
    pub(super) at: HashMap<&'c str, Terminal<'c>>,
    /// Further nodes, the node that each is joined to, and what is there.
    pub(super) extra: Vec<(&'c str, &'c Node, Terminal<'c>)>,
    /// Mass flows of the supplies that hold a pressure, kg/s, by identifier.
    pub(super) balancing: HashMap<&'c str, f64>,
    /// Density at norm conditions by which flows become volumes, kg/m³.
    pub(super) density: f64,
    /// Temperature of the air at all stations.
    pub(super) ambient_k: Option<f64>,
    gas: Option<Gas>,
    usual: SupplyGas,
}

impl<'c> Plan<'c> {
    fn of(case: &'c Case, notes: &mut Notes) -> Self {
        let gas = Gas::new(&case.gas).ok();
        let usual = usual(case, gas.as_ref());
        let mut plan = Self {
            case,
            at: HashMap::new(),
            extra: Vec::new(),
            balancing: HashMap::new(),
            density: usual.norm_density_kg_per_m3.unwrap_or(1.0),
            ambient_k: ambient(&case.network, notes),
            gas,
            usual,
        };
        plan.terminals(notes);
        plan.balance(notes);
        plan.mean_density();
        plan
    }

    /// Nodes in service.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &'c Node> + use<'c> {
        self.case
            .network
            .nodes
            .iter()
            .filter(|n| n.header.in_service)
    }

    /// A flow at norm conditions, m³/s.
    pub(super) fn volume(&self, flow: FlowRate, density: f64) -> Option<f64> {
        match flow {
            FlowRate::Volume {
                m3_per_s,
                reference,
            } if reference == ReferenceConditions::NORMAL => Some(m3_per_s),
            other => self.mass(other).map(|kg_per_s| kg_per_s / density),
        }
    }

    fn mass(&self, flow: FlowRate) -> Option<f64> {
        match flow {
            FlowRate::Mass { kg_per_s } => Some(kg_per_s),
            other => self.gas.as_ref()?.mass_flow_kg_per_s(other).ok(),
        }
    }

    /// The gas that a supply brings: its own as far as it is stated, otherwise that of the case.
    pub(super) fn gas_of(&self, supply: &Supply) -> SupplyGas {
        let (own, usual) = (supply.gas.unwrap_or_default(), self.usual);
        SupplyGas {
            temperature_k: own
                .temperature_k
                .or(supply.temperature_k)
                .or(usual.temperature_k),
            calorific_value_j_per_m3: own
                .calorific_value_j_per_m3
                .or(usual.calorific_value_j_per_m3),
            norm_density_kg_per_m3: own.norm_density_kg_per_m3.or(usual.norm_density_kg_per_m3),
            molar_mass_kg_per_mol: own.molar_mass_kg_per_mol.or(usual.molar_mass_kg_per_mol),
            critical_pressure_pa: own.critical_pressure_pa.or(usual.critical_pressure_pa),
            critical_temperature_k: own.critical_temperature_k.or(usual.critical_temperature_k),
            heat_capacity: own.heat_capacity.or(usual.heat_capacity),
        }
    }

    /// The density of what a supply brings.
    pub(super) fn density_of(&self, supply: &Supply) -> f64 {
        self.gas_of(supply)
            .norm_density_kg_per_m3
            .unwrap_or(self.density)
    }

    fn terminals(&mut self, notes: &mut Notes) {
        let network = &self.case.network;
        for s in network.supplies.iter().filter(|s| s.header.in_service) {
            let sink = s.header.id == exit(&s.node);
            let terminal = if sink {
                Terminal::BringingSink(s)
            } else {
                Terminal::Source(s)
            };
            let expected = if sink { exit(&s.node) } else { entry(&s.node) };
            self.place(&s.header.id, &s.node, terminal, &expected, notes);
        }
        for o in network.off_takes.iter().filter(|o| o.header.in_service) {
            self.place(
                &o.header.id,
                &o.node,
                Terminal::Sink(o),
                &exit(&o.node),
                notes,
            );
        }
    }

    fn place(
        &mut self,
        id: &'c str,
        node: &'c str,
        terminal: Terminal<'c>,
        expected: &str,
        notes: &mut Notes,
    ) {
        if !self.at.contains_key(node) {
            self.at.insert(node, terminal);
            if id != expected {
                notes.add("supplies and off-takes are called after their nodes", id);
            }
        } else if let Some(node) = self.nodes().find(|n| n.header.id == node) {
            notes.add(
                "a second supply or off-take at a node gets a node of its own",
                id,
            );
            self.extra.push((id, node, terminal));
        }
    }

    /// What the supplies that hold a pressure bring.
    fn balance(&mut self, notes: &mut Notes) {
        let network = &self.case.network;
        let nodes = network.nodes.iter().enumerate();
        let index: HashMap<&str, usize> = nodes.map(|(i, n)| (n.header.id.as_str(), i)).collect();
        let mut parts = rule::parts(network, &index);
        let mut missing = vec![0.0; network.nodes.len()];
        let mut add = |parts: &mut Parts, node: &str, kg_per_s: Option<f64>| {
            if let (Some(&i), Some(kg_per_s)) = (index.get(node), kg_per_s) {
                missing[parts.of(i)] += kg_per_s;
            }
        };
        for o in network.off_takes.iter().filter(|o| o.header.in_service) {
            add(&mut parts, &o.node, o.flow.and_then(|f| self.mass(f)));
        }
        let supplies = || network.supplies.iter().filter(|s| s.header.in_service);
        for s in supplies().filter(|s| s.pressure_pa.is_none()) {
            add(
                &mut parts,
                &s.node,
                s.flow.and_then(|f| self.mass(f)).map(|m| -m),
            );
        }
        for s in supplies().filter(|s| s.pressure_pa.is_some()) {
            let Some(&i) = index.get(s.node.as_str()) else {
                continue;
            };
            let rest = &mut missing[parts.of(i)];
            if *rest < 0.0 {
                notes.add(
                    "more is brought than taken: nominated at no flow",
                    &s.header.id,
                );
            }
            self.balancing.insert(&s.header.id, rest.max(0.0));
            *rest = 0.0;
        }
    }

    /// The mean density of what is brought, as the reader will find it.
    fn mean_density(&mut self) {
        let supplies = self
            .case
            .network
            .supplies
            .iter()
            .filter(|s| s.header.in_service);
        let brought = supplies.filter(|s| s.header.id != exit(&s.node)).map(|s| {
            let density = self.density_of(s);
            let balancing = self.balancing.get(s.header.id.as_str()).copied();
            let own = || s.flow.and_then(|f| self.mass(f));
            let most = s.flow_max.and_then(|f| self.volume(f, density));
            let volume = balancing.or_else(own).unwrap_or(0.0) / density;
            Supply {
                flow: Some(norm(volume)),
                flow_max: most.map(norm),
                gas: Some(self.gas_of(s)),
                ..Supply::new("", "")
            }
        });
        let brought: Vec<_> = brought.collect();
        if let Some(density) = gas::mean_density(&brought) {
            self.density = density;
        }
    }
}

fn norm(m3_per_s: f64) -> FlowRate {
    FlowRate::Volume {
        m3_per_s,
        reference: ReferenceConditions::NORMAL,
    }
}

/// The temperature of the air, where it is the same at all stations.
fn ambient(network: &Network, notes: &mut Notes) -> Option<f64> {
    let mut all = network.compressor_stations.iter();
    let first = all.next()?.ambient_temperature_k;
    for station in all.filter(|s| s.ambient_temperature_k != first) {
        notes.add(
            "stations have air of different temperatures: that of the first is written",
            &station.header.id,
        );
    }
    first
}

/// The gas of the case as the format states gases.
fn usual(case: &Case, gas: Option<&Gas>) -> SupplyGas {
    let normal = ReferenceConditions::NORMAL;
    let density = gas.and_then(|g| g.reference_density_kg_per_m3(normal).ok());
    let basis = HeatingBasis {
        gross: true,
        combustion_temperature_k: 298.15,
    };
    let heat = gas.and_then(|g| g.heating_value_j_per_kg(basis).ok());
    let (critical_pressure_pa, critical_temperature_k) = critical(&case.gas);
    SupplyGas {
        temperature_k: Some(case.settings.ground_temperature_k),
        calorific_value_j_per_m3: heat.zip(density).map(|(heat, density)| heat * density),
        norm_density_kg_per_m3: density,
        molar_mass_kg_per_mol: gas.map(Gas::molar_mass_kg_per_mol),
        critical_pressure_pa,
        critical_temperature_k,
        heat_capacity: heat_capacity(case, gas).map(|cp| [cp, 0.0, 0.0]),
    }
}

/// Pseudo-critical pressure and temperature: as stated, or by Kay's rule.
fn critical(gas: &GasSpec) -> (Option<f64>, Option<f64>) {
    match &gas.substance {
        Substance::Pseudo(pseudo) => (pseudo.critical_pressure_pa, pseudo.critical_temperature_k),
        Substance::Mixture(mixture) => {
            let parts = || COMPONENTS.iter().zip(mixture.mole_fractions);
            let pressure = parts().map(|(c, x)| x * c.critical_pressure_pa).sum();
            let temperature = parts().map(|(c, x)| x * c.critical_temperature_k).sum();
            (Some(pressure), Some(temperature))
        }
    }
}

/// Molar isobaric heat capacity of the ideal gas at the ground temperature, J/(mol K).
fn heat_capacity(case: &Case, gas: Option<&Gas>) -> Option<f64> {
    if let Substance::Pseudo(pseudo) = &case.gas.substance {
        let kappa = pseudo.isentropic_exponent;
        return Some(GAS_CONSTANT * kappa / (kappa - 1.0));
    }
    let gas = gas?;
    let state = gas.state(1000.0, case.settings.ground_temperature_k).ok()?;
    Some(state.cp_j_per_kg_k * gas.molar_mass_kg_per_mol())
}

/// Whether the reader would take the decision that is taken.
pub(super) fn same_decisions(network: &Network) -> bool {
    decisions::would_take(network)
}
