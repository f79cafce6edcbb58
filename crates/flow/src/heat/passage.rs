//! How much gas passed where in a time step.

use crate::model::Model;
use crate::state::State;
use crate::stepper::StepMass;

/// Mean mass flows over a step, kg/s, that agree with the masses at its begin and end to round-off.
#[derive(Debug, Clone, Default)]
pub(crate) struct Passage {
    pub step_s: f64,
    /// Through segments.
    pub segments: Vec<f64>,
    /// Into each pipe at its two ends.
    ends: Vec<[f64; 2]>,
    pub links: Vec<f64>,
    pub inflow: Vec<f64>,
    pub fuel: Vec<f64>,
}

impl Passage {
    pub(crate) fn new(model: &Model) -> Self {
        Self {
            step_s: 0.0,
            segments: vec![0.0; model.segments],
            ends: vec![[0.0; 2]; model.pipes.len()],
            links: vec![0.0; model.links.len()],
            inflow: vec![0.0; model.terminals.len()],
            fuel: vec![0.0; model.links.len()],
        }
    }

    /// Into a pipe at its two ends, kg/s.
    pub(crate) fn inward(&self, pipe: usize) -> [f64; 2] {
        self.ends[pipe]
    }

    /// Adds what these flows bring in a step to the densities at its begin.
    pub(crate) fn add_to(&self, model: &Model, density: &mut [f64]) {
        for (ends, pipe) in self.ends.iter().zip(&model.pipes) {
            let (n, flow) = (pipe.cells(), &self.segments[pipe.segments()]);
            for (k, face) in pipe.faces().enumerate() {
                let left = if k == 0 { ends[0] } else { flow[k - 1] };
                let right = if k == n { -ends[1] } else { flow[k] };
                density[face] += (left - right) * self.step_s / pipe.volume(k);
            }
        }
    }

    /// The flows of a steady state.
    pub(crate) fn be_steady(&mut self, model: &Model, state: &State) {
        self.step_s = 0.0;
        self.segments.copy_from_slice(&state.flow);
        self.links.copy_from_slice(&state.link_flow);
        self.inflow.copy_from_slice(&state.inflow);
        self.fuel.copy_from_slice(&state.fuel);
        for (ends, pipe) in self.ends.iter_mut().zip(&model.pipes) {
            let segments = pipe.segments();
            *ends = [state.flow[segments.start], -state.flow[segments.end - 1]];
        }
    }

    /// The flows of a step: what passed the first segment of each pipe, and from there on what volumes
    /// took up.
    pub(crate) fn be_of_step(
        &mut self,
        model: &Model,
        [old, new]: [&State; 2],
        mass: &StepMass,
        step_s: f64,
    ) {
        self.step_s = step_s;
        let rate = 1.0 / step_s;
        let mean = |into: &mut [f64], sum: &[f64]| {
            into.iter_mut().zip(sum).for_each(|(r, m)| *r = m * rate);
        };
        mean(&mut self.links, &mass.links);
        mean(&mut self.inflow, &mass.inflow);
        mean(&mut self.fuel, &mass.fuel);
        for (i, pipe) in model.pipes.iter().enumerate() {
            let n = pipe.cells();
            let faces = pipe.faces();
            let (before, after) = (&old.density[faces.clone()], &new.density[faces]);
            let taken = |k: usize| pipe.volume(k) * (after[k] - before[k]) * rate;
            let mut q = mass.seams[i] * rate;
            self.ends[i][0] = q + taken(0);
            let segments = &mut self.segments[pipe.segments()];
            for (k, segment) in segments.iter_mut().enumerate() {
                if k > 0 {
                    q -= taken(k);
                }
                *segment = q;
            }
            self.ends[i][1] = taken(n) - q;
        }
    }
}
