//! Parcels to a snapshot and back.

use super::{Parcel, Quality, Row, masses};
use crate::contents::{Contents, Shared};
use crate::model::{Inside, Model};
use crate::state::State;
use linepack_results::{ParcelState, Snapshot};
use std::sync::Arc;

impl Quality {
    /// Mixtures of volumes and faces from the parcels as they are.
    pub(crate) fn spread(&self, model: &Model, contents: &mut Contents, state: &State) {
        let gases = Arc::clone(&contents.gases);
        let mut faces = Vec::with_capacity(model.faces);
        for (line, pipe) in self.begin.iter().zip(&model.pipes) {
            let masses = masses(pipe, state);
            let row = Row::new(line.parcels.iter());
            row.volumes(&gases, 0.0, &masses, &mut contents.volumes[1][pipe.faces()]);
            row.faces(&gases, 0.0, &masses, &mut faces);
        }
        contents.new.mixture = faces;
        let [old, new] = &mut contents.volumes;
        old.clone_from(new);
    }

    /// What a pipe holds, for a snapshot.
    pub(crate) fn parcels_of(&self, pipe: usize) -> impl Iterator<Item = ParcelState> + '_ {
        self.begin[pipe].parcels.iter().map(|p| ParcelState {
            mass_kg: p.mass,
            shares: p.gas.shares.clone(),
        })
    }

    /// Takes over the parcels of a snapshot for pipes that hold the same mass.
    pub(crate) fn restore(&mut self, model: &Model, inside: &Inside, from: &Snapshot) {
        let mut gases = Vec::new();
        for (&pipe, parts) in &model.pipe_parts {
            let known = from.pipes.get(&model.case.network.pipes[pipe].header.id);
            let ([part], Some(known)) = (parts.as_slice(), known) else {
                continue;
            };
            let parcels = inside.parcels(&known.parcels, &mut gases);
            let mass: f64 = parcels.iter().map(|p| p.mass).sum();
            let line = &mut self.begin[*part];
            let total = line.mass();
            if (mass / total - 1.0).abs() < 1e-9 {
                line.parcels = parcels.into();
            }
        }
    }
}

impl Inside {
    /// Parcels of a snapshot; none where its mixtures have other shares than those of the model. `known` keeps
    /// mixtures that several parcels have.
    pub(crate) fn parcels(&self, states: &[ParcelState], known: &mut Vec<Shared>) -> Vec<Parcel> {
        let fits = |s: &&ParcelState| s.shares.len() == self.gases.shares();
        let parcels = states.iter().filter(fits).map(|state| {
            let found = known.iter().find(|g| g.shares == state.shares).cloned();
            let gas = found.unwrap_or_else(|| {
                known.push(self.gases.mixture(state.shares.clone()));
                Arc::clone(&known[known.len() - 1])
            });
            let mass = state.mass_kg;
            Parcel { mass, gas }
        });
        parcels.collect()
    }
}
