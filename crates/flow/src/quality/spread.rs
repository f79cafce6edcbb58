//! From parcels to the volumes, borders and faces of the mesh.

use super::Row;
use crate::contents::{Gases, Shared};
use crate::heat::Passage;
use crate::pipe::PipeMesh;
use crate::state::State;

/// Masses of the volumes of a pipe, kg.
pub(super) fn masses(pipe: &PipeMesh, state: &State) -> Vec<f64> {
    let density = &state.density[pipe.faces()];
    let volumes = density.iter().enumerate();
    volumes.map(|(k, d)| pipe.volume(k) * d).collect()
}

/// The mean of what passed each border of the volumes of a pipe: at the end of the step it lies behind the
/// border, seen in its direction, in the pipe or beyond its end.
pub(super) fn through(
    gases: &Gases,
    row: &Row<'_>,
    begin: f64,
    masses: &[f64],
    passage: &Passage,
    pipe: usize,
    segments: std::ops::Range<usize>,
) -> Vec<Shared> {
    let ends = passage.inward(pipe);
    let flows = std::iter::once(ends[0])
        .chain(passage.segments[segments].iter().copied())
        .chain([-ends[1]]);
    let mut border = begin;
    let mut found = Vec::with_capacity(masses.len() + 1);
    for (k, flow) in flows.enumerate() {
        let passed = flow * passage.step_s;
        found.push(row.mean(
            gases,
            border.min(border + passed),
            border.max(border + passed),
        ));
        border += masses.get(k).copied().unwrap_or(0.0);
    }
    found
}

impl Row<'_> {
    /// Mixtures of volumes of these masses, from a place on.
    pub(super) fn volumes(&self, gases: &Gases, begin: f64, masses: &[f64], into: &mut [Shared]) {
        let mut border = begin;
        for (gas, mass) in into.iter_mut().zip(masses) {
            *gas = self.mean(gases, border, border + mass);
            border += mass;
        }
    }

    /// Mixtures that hydraulics see at faces: smooth, so that a front that passes from volume to volume
    /// changes densities smoothly; what is carried stays sharp.
    pub(super) fn faces(&self, gases: &Gases, begin: f64, masses: &[f64], into: &mut Vec<Shared>) {
        let mut border = begin;
        let (last, end) = (masses.len() - 1, begin + masses.iter().sum::<f64>());
        for (k, mass) in masses.iter().enumerate() {
            // Half volumes lie at the ends; nothing beyond them is looked at.
            let (place, width) = match k {
                0 => (begin + mass, 2.0 * mass),
                _ if k == last => (end - mass, 2.0 * mass),
                _ => (border + 0.5 * mass, *mass),
            };
            let room = (place - begin).min(end - place) / 1.5;
            into.push(self.around(gases, place, width.min(room)));
            border += mass;
        }
    }
}

/// Mixtures at the end of a step and in its middle.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub faces: Vec<Shared>,
    pub middle: Vec<Shared>,
    pub nodes: Vec<Shared>,
}
