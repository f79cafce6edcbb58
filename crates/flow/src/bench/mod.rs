//! For benchmarks: times of the innermost loops, and networks of any size.

mod lines;

pub use lines::{CELLS_PER_PIPE, Physics, lines};

use crate::model::Model;
use crate::newton::{self, Newton};
use crate::state::{Controls, State};
use std::time::Instant;

/// Nanoseconds per cell and Newton iteration.
#[derive(Debug, Clone, Copy)]
pub struct KernelTimes {
    /// Linearise, eliminate and condense.
    pub assemble: f64,
    /// Substitute back and update.
    pub substitute: f64,
}

/// Times the passes over the cells of a model at its steady state, as often as asked; none when it
/// has none.
pub fn kernel_times(model: &Model, repeat: usize) -> Option<KernelTimes> {
    let mut newton = Newton::new(model, newton::OF_RUN).ok()?;
    let mut controls = Controls::new(model);
    let (mut state, status) = crate::steady::solve(model, &mut controls, &mut newton, 0.0);
    if !status.converged {
        return None;
    }
    let mut least = [f64::INFINITY; 2];
    for _ in 0..repeat {
        let took = newton.time_passes(model, &mut state);
        least = [least[0].min(took[0]), least[1].min(took[1])];
    }
    let per_cell = 1e9 / model.cells() as f64;
    Some(KernelTimes {
        assemble: least[0] * per_cell,
        substitute: least[1] * per_cell,
    })
}

impl Newton {
    /// Seconds of one assembly of all pipes as in a step of 600 s, and of one substitution and update.
    fn time_passes(&mut self, model: &Model, state: &mut State) -> [f64; 2] {
        let (density, flow) = (state.density.clone(), state.flow.clone());
        let begin = Instant::now();
        self.assemble_as_in_step(model, state, [&density, &flow], 1.0 / 150.0);
        let assembled = begin.elapsed().as_secs_f64();
        let again = Instant::now();
        self.substitute_nothing(state);
        [assembled, again.elapsed().as_secs_f64()]
    }
}
