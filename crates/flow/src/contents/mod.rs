//! What is in the pipes where temperature or composition differ from place to place.
//!
//! Within a time step temperatures and mixtures go from those at its begin to those at its end by
//! straight lines, which the energy balance (`heat`) and the transport of mixtures (`quality`) find from
//! pressures and flows, and pressures and flows from them, in turns until nothing changes. What pressure
//! does to temperature at once is taken into each turn: where the pressure differs from what temperatures
//! were found with, they follow by isentropic compression, so that the speed of sound is the right one.

mod mixture;
mod node_gas;

pub(crate) use mixture::{Gases, Mixture, Point, Shared};
pub(crate) use node_gas::{GasAt, NodeGas};

use crate::quality::Found;
use crate::state::State;
use std::sync::Arc;

/// Temperature and mixture at every face and node.
#[derive(Debug, Clone)]
pub(crate) struct Fill {
    /// At faces, K.
    pub temperature: Vec<f64>,
    pub mixture: Vec<Shared>,
    /// At nodes, K.
    pub node_temperature: Vec<f64>,
    pub node_mixture: Vec<Shared>,
    /// Pressure at faces that the temperatures were found with, Pa.
    pub pressure: Vec<f64>,
    /// Change of temperature at faces with time, K/s, other than by compression.
    pub rate: Vec<f64>,
}

/// Temperatures and mixtures over a step, and the properties that follow.
#[derive(Debug, Clone)]
pub(crate) struct Contents {
    pub gases: Arc<Gases>,
    pub old: Fill,
    pub new: Fill,
    /// Mixtures at faces in the middle of the step.
    pub middle: Vec<Shared>,
    /// What terminals bring.
    pub supplied: Vec<Shared>,
    /// Mixtures of whole volumes at the begin and end of the step, where pipes have several; those at faces are
    /// smoothed.
    pub volumes: [Vec<Shared>; 2],
    /// For pipes with several mixtures: the mean of what passed each border of their volumes in the step.
    pub through: Vec<Vec<Shared>>,
    /// Isentropic change of temperature with pressure, K/Pa, at faces.
    pub kelvin_per_pa: Vec<f64>,
    /// Length of the step, s; 0: rates are not known, and temperatures are linear in time.
    pub step_s: f64,
    /// At the last pressures, at faces: density, kg/m³; its slope; viscosity, Pa s.
    pub density: Vec<f64>,
    pub slope: Vec<f64>,
    pub viscosity: Vec<f64>,
}

impl Fill {
    /// One mixture everywhere.
    pub(crate) fn uniform(temperature: Vec<f64>, node_temperature: Vec<f64>, all: &Shared) -> Self {
        let (faces, nodes) = (temperature.len(), node_temperature.len());
        Self {
            pressure: vec![0.0; faces],
            rate: vec![0.0; faces],
            temperature,
            mixture: vec![all.clone(); faces],
            node_temperature,
            node_mixture: vec![all.clone(); nodes],
        }
    }
}

impl Contents {
    pub(crate) fn new(gases: Arc<Gases>, fill: Fill, supplied: Vec<Shared>) -> Self {
        let zeros = vec![0.0; fill.temperature.len()];
        Self {
            gases,
            middle: fill.mixture.clone(),
            volumes: [fill.mixture.clone(), fill.mixture.clone()],
            through: Vec::new(),
            new: fill.clone(),
            old: fill,
            supplied,
            kelvin_per_pa: zeros.clone(),
            step_s: 0.0,
            density: zeros.clone(),
            slope: zeros.clone(),
            viscosity: zeros,
        }
    }

    /// Sets temperatures, and gas at nodes, of a state at the end of the step.
    pub(crate) fn describe(&self, state: &mut State) {
        state.temperature.clone_from(&self.new.temperature);
        self.look_at_nodes(1.0, state);
        state.node_mixture.clone_from(&self.new.node_mixture);
    }

    /// The fill at the end of a step is that at the begin of the next one.
    pub(crate) fn accept(&mut self) {
        self.old.clone_from(&self.new);
    }

    /// The fill at the end of the step is what the hydraulics were found with, pressures included.
    pub(crate) fn keep(&mut self, state: &State) {
        for (face, &pressure) in state.pressure.iter().enumerate() {
            let off = pressure - self.new.pressure[face];
            self.new.temperature[face] += self.kelvin_per_pa[face] * off;
            self.new.pressure[face] = pressure;
        }
    }

    /// Takes over mixtures at the middle and end of the step.
    pub(crate) fn take(&mut self, found: Found) {
        self.new.mixture = found.faces;
        self.new.node_mixture = found.nodes;
        self.middle = found.middle;
    }

    /// Isentropic changes of temperature, at the begin of a step.
    pub(crate) fn follow_pressure(&mut self, on: bool) {
        if !on {
            self.kelvin_per_pa.fill(0.0);
            return;
        }
        for i in 0..self.kelvin_per_pa.len() {
            let (p, t) = (self.old.pressure[i], self.old.temperature[i]);
            self.kelvin_per_pa[i] = self.gases.at(&self.old.mixture[i], p, t).kelvin_per_pa(t);
        }
    }

    /// Temperature of a face at a place in the step from 0 to 1 and a pressure, K.
    ///
    /// θ(t) + κ p, with κ the isentropic change with pressure and θ the cubic through what is left of the
    /// temperatures at both ends of the step, with its rates there.
    #[inline]
    pub(crate) fn temperature(&self, face: usize, place: f64, pressure: f64) -> f64 {
        let per_pa = self.kelvin_per_pa[face];
        let (old, new) = (&self.old, &self.new);
        let begin = old.temperature[face] - per_pa * old.pressure[face];
        let end = new.temperature[face] - per_pa * new.pressure[face];
        let x = place;
        let rest = 1.0 - x;
        let mut between = begin + x * (end - begin);
        if self.step_s > 0.0 && x < 1.0 {
            // The cubic less the straight line: x (1 - x) [(1 - x) (d₀ - Δ) - x (d₁ - Δ)].
            let rise = end - begin;
            let [d0, d1] = [old.rate[face], new.rate[face]].map(|r| r * self.step_s - rise);
            between += x * rest * (rest * d0 - x * d1);
        }
        between + per_pa * pressure
    }

    /// Whether the mixture at a face becomes another one in this step.
    #[inline]
    pub(crate) fn changes(&self, face: usize) -> bool {
        !Arc::ptr_eq(&self.old.mixture[face], &self.new.mixture[face])
    }

    /// Properties at a face.
    #[inline]
    fn at(&self, face: usize, place: f64, pressure: f64) -> (Point, f64) {
        let t = self.temperature(face, place, pressure);
        let (a, b) = (&self.old.mixture[face], &self.new.mixture[face]);
        if Arc::ptr_eq(a, b) || place == 1.0 {
            return (self.gases.flowing(b, pressure, t), t);
        }
        // The parabola through begin, middle and end.
        let middle = &self.middle[face];
        let rest = 1.0 - place;
        let weights = [
            rest * (rest - place),
            4.0 * place * rest,
            place * (place - rest),
        ];
        let points = [a, middle, b].map(|gas| self.gases.at(gas, pressure, t));
        (Point::sum(weights, points), t)
    }

    /// Density at a face, kg/m³.
    pub(crate) fn face_density(&self, face: usize, place: f64, pressure: f64) -> f64 {
        self.at(face, place, pressure).0.density
    }

    /// Sets the properties of all faces and nodes at a place in the step.
    pub(crate) fn look(&mut self, place: f64, state: &mut State) {
        for (face, &pressure) in state.pressure.iter().enumerate() {
            let (point, _) = self.at(face, place, pressure);
            self.density[face] = point.density;
            self.slope[face] = point.per_pa + point.per_k * self.kelvin_per_pa[face];
        }
        self.look_at_nodes(place, state);
    }

    /// Sets viscosities, which hardly change within a step, to those at its end as it is known.
    pub(crate) fn look_at_viscosity(&mut self) {
        let new = &self.new;
        for (face, viscosity) in self.viscosity.iter_mut().enumerate() {
            let (p, t) = (new.pressure[face], new.temperature[face]);
            *viscosity = self.gases.viscosity(&new.mixture[face], p, t);
        }
    }

    /// Sets the gas of all nodes at a place in the step.
    pub(crate) fn look_at_nodes(&self, place: f64, state: &mut State) {
        state.node_gas.clear();
        for (node, &pressure) in state.node_pressure.iter().enumerate() {
            let (old, new) = (&self.old, &self.new);
            let [a, b] = [old, new].map(|f| f.node_temperature[node]);
            let t = a + place * (b - a);
            let mixtures = [&old.node_mixture[node], &new.node_mixture[node]];
            let point = mixed(&self.gases, mixtures, place, pressure, t);
            state.node_gas.push(NodeGas::new(&point, pressure, t));
        }
    }

    /// Sets densities and temperatures of a state at a place in the step.
    pub(crate) fn fill(&self, place: f64, state: &mut State) {
        state.temperature.clear();
        for face in 0..state.pressure.len() {
            let (point, t) = self.at(face, place, state.pressure[face]);
            state.density[face] = point.density;
            state.temperature.push(t);
        }
        self.look_at_nodes(place, state);
        let fill = if place < 0.5 { &self.old } else { &self.new };
        state.node_mixture.clone_from(&fill.node_mixture);
    }
}

/// Properties between two mixtures.
fn mixed(gases: &Gases, [a, b]: [&Shared; 2], place: f64, pressure: f64, t: f64) -> Point {
    if Arc::ptr_eq(a, b) || place == 1.0 {
        return gases.at(b, pressure, t);
    }
    let points = [a, b].map(|gas| gases.at(gas, pressure, t));
    Point::sum([1.0 - place, place], points)
}
