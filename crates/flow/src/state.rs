//! The state of a network at one instant, and the set-points in force.

use crate::contents::{GasAt, NodeGas, Shared};
use crate::link::Link;
use crate::model::Model;
use crate::terminal::Terminal;

/// Pressures, densities, flows and their rates. Densities at faces are what is conserved.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct State {
    pub time_s: f64,
    /// Pressure at nodes, Pa.
    pub node_pressure: Vec<f64>,
    /// Pressure at faces, Pa.
    pub pressure: Vec<f64>,
    /// Density at faces, kg/m³.
    pub density: Vec<f64>,
    /// Its rate of change, kg/m³/s.
    pub density_rate: Vec<f64>,
    /// Mass flow in segments, kg/s.
    pub flow: Vec<f64>,
    /// Its rate of change, kg/s².
    pub flow_rate: Vec<f64>,
    /// Mass flow through links, kg/s.
    pub link_flow: Vec<f64>,
    /// Fuel taken by links, kg/s.
    pub fuel: Vec<f64>,
    /// Inflow at terminals, kg/s.
    pub inflow: Vec<f64>,
    /// Gas at nodes; empty where it is that of the case at the temperature of the ground.
    pub node_gas: Vec<NodeGas>,
    /// Temperature at faces, K, and mixtures at nodes: in states that become rows of the result.
    pub temperature: Vec<f64>,
    pub node_mixture: Vec<Shared>,
    /// Heat lost by pipes and added by links, W, and temperatures behind links, K, in such states.
    pub pipe_loss: Vec<f64>,
    pub link_heat: Vec<f64>,
    pub link_temperature: Vec<f64>,
}

impl State {
    /// Gas at rest: one pressure at elevation 0, hydrostatic above.
    pub(crate) fn at_rest(model: &Model, pressure_pa: f64) -> Self {
        let mut state = Self {
            time_s: 0.0,
            node_pressure: vec![pressure_pa; model.nodes.len()],
            pressure: vec![pressure_pa; model.faces],
            density: vec![0.0; model.faces],
            density_rate: vec![0.0; model.faces],
            flow: vec![0.0; model.segments],
            flow_rate: vec![0.0; model.segments],
            link_flow: vec![0.0; model.links.len()],
            fuel: vec![0.0; model.links.len()],
            inflow: vec![0.0; model.terminals.len()],
            ..Self::default()
        };
        if model.settings.terms.gravity {
            for (node, p) in model.nodes.iter().zip(&mut state.node_pressure) {
                *p = hydrostatic(model, node.isotherm, pressure_pa, node.elevation);
            }
            for pipe in &model.pipes {
                for (face, &z) in pipe.faces().zip(&pipe.elevation) {
                    state.pressure[face] = hydrostatic(model, pipe.isotherm, pressure_pa, z);
                }
            }
        }
        state.set_densities(model);
        state
    }

    /// The gas at a node, as laws of links and terminals see it.
    pub(crate) fn gas_at<'a>(
        &'a self,
        model: &'a Model,
        node: usize,
        isotherm: usize,
    ) -> GasAt<'a> {
        match self.node_gas.get(node) {
            Some(gas) => GasAt::Node(gas),
            None => GasAt::Table(&model.isotherms[isotherm]),
        }
    }

    /// Arrays that are carried on from one step to the next, those that are interpolated first.
    pub(crate) const EXTRAPOLATED: usize = 8;
    /// Arrays that are interpolated within a step, the unknowns first.
    pub(crate) const INTERPOLATED: usize = 7;
    /// Pressures and flows.
    pub(crate) const UNKNOWNS: usize = 5;

    /// One of them.
    pub(crate) fn interpolated(&self, index: usize) -> &[f64] {
        match index {
            0 => &self.node_pressure,
            1 => &self.pressure,
            2 => &self.flow,
            3 => &self.link_flow,
            4 => &self.inflow,
            5 => &self.density_rate,
            6 => &self.fuel,
            _ => &self.flow_rate,
        }
    }

    /// One of them.
    pub(crate) fn interpolated_mut(&mut self, index: usize) -> &mut [f64] {
        match index {
            0 => &mut self.node_pressure,
            1 => &mut self.pressure,
            2 => &mut self.flow,
            3 => &mut self.link_flow,
            4 => &mut self.inflow,
            5 => &mut self.density_rate,
            6 => &mut self.fuel,
            _ => &mut self.flow_rate,
        }
    }

    /// Takes over the unknowns of another state: pressures and flows.
    pub(crate) fn take_unknowns(&mut self, other: &Self) {
        for array in 0..Self::UNKNOWNS {
            self.interpolated_mut(array)
                .copy_from_slice(other.interpolated(array));
        }
    }

    /// Densities that belong to the pressures.
    pub(crate) fn density_from_pressure(&mut self, model: &Model) {
        for pipe in &model.pipes {
            let gas = &model.isotherms[pipe.isotherm];
            let pressure = &self.pressure[pipe.faces()];
            let both = self.density[pipe.faces()].iter_mut().zip(pressure);
            match gas.constant_ratio() {
                Some(ratio) => both.for_each(|(d, p)| *d = p * ratio),
                None => both.for_each(|(d, p)| *d = gas.density(*p).0),
            }
        }
    }

    /// Densities from pressures, at rest in time.
    pub(crate) fn set_densities(&mut self, model: &Model) {
        self.density_from_pressure(model);
        self.density_rate.fill(0.0);
        self.flow_rate.fill(0.0);
    }

    /// Mass of gas in the pipes, kg.
    pub(crate) fn linepack(&self, model: &Model) -> f64 {
        model
            .pipes
            .iter()
            .map(|pipe| pipe_mass(pipe, &self.density[pipe.faces()]))
            .sum()
    }
}

/// Mass of gas in a pipe from the densities at its faces, kg.
pub(crate) fn pipe_mass(pipe: &crate::pipe::PipeMesh, density: &[f64]) -> f64 {
    mass_of_pipe(pipe, |face| density[face])
}

/// Mass of gas in a pipe with a density at each of its faces, kg.
pub(crate) fn mass_of_pipe(pipe: &crate::pipe::PipeMesh, density: impl Fn(usize) -> f64) -> f64 {
    let n = pipe.cells();
    let inner: f64 = (1..n).map(&density).sum();
    pipe.area * pipe.dx * (inner + 0.5 * (density(0) + density(n)))
}

/// Pressure at an elevation over gas of one temperature whose pressure at elevation 0 is given.
///
/// Runge and Kutta's fourth-order method on dp/dz = -ρ g, in steps of at most 500 m, in which the
/// pressure falls by a twentieth: its error is below 1e-8 of the pressure.
fn hydrostatic(model: &Model, isotherm: usize, base_pa: f64, elevation_m: f64) -> f64 {
    const LONGEST_M: f64 = 500.0;
    if elevation_m == 0.0 {
        return base_pa;
    }
    let steps = (elevation_m.abs() / LONGEST_M).ceil();
    let dz = elevation_m / steps;
    let slope = |p: f64| -crate::pipe::GRAVITY * model.isotherms[isotherm].density(p).0;
    (0..steps as usize).fold(base_pa, |p, _| {
        let k1 = slope(p);
        let k2 = slope(p + 0.5 * dz * k1);
        let k3 = slope(p + 0.5 * dz * k2);
        let k4 = slope(p + dz * k3);
        p + dz / 6.0 * (k1 + 2.0 * (k2 + k3) + k4)
    })
}

/// The laws of links and terminals as they stand now: those of the model, changed by events.
#[derive(Debug, Clone)]
pub(crate) struct Controls {
    pub links: Vec<Link>,
    pub terminals: Vec<Terminal>,
}

impl Controls {
    pub(crate) fn new(model: &Model) -> Self {
        Self {
            links: model.links.clone(),
            terminals: model.terminals.clone(),
        }
    }

    /// Makes the machines of all stations ideal to a share; whether there are any.
    pub(crate) fn idealise(&mut self, share: f64) -> bool {
        let mut found = false;
        for link in &mut self.links {
            found |= link.idealise(share);
        }
        found
    }

    /// Whether machines are ideal.
    pub(crate) fn are_ideal(&self) -> bool {
        self.links.iter().any(Link::is_ideal)
    }

    /// Whether some law has branches: a control, or a supply or off-take that can come to a limit.
    pub(crate) fn have_branches(&self) -> bool {
        self.links.iter().any(Link::has_branches)
            || self.terminals.iter().any(Terminal::has_branches)
    }
}
