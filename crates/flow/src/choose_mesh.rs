//! The mesh that a tolerance calls for.
//!
//! 1. A pilot mesh, a priori: what a change of demand within a time T leaves in a pipe is as long as the
//!    way of a sound wave in T, or as what friction lets through of it, √(κ T) with the diffusivity
//!    κ = 2 a² D/(λ v); a pipe gets a few cells on the shorter of the two.
//! 2. Two runs, on the pilot mesh and with its cells halved, at a tenth of the tolerance in time: a
//!    third of their difference is the error of the second (order 2), and the two extrapolate to pressures
//!    without it.
//! 3. Where in the second run the error comes from, pipe by pipe: what its cells leave of the momentum
//!    and what its half cells at the ends leave of the mass (`weight`). With c_p n_p² the error of a pipe,
//!    the fewest cells in all for a sum of errors are n_p ∝ c_p^(1/3); how many follows from the error
//!    that the two runs have measured.
//! 4. Where that asks for more than twice the cells of the second run, its mesh is the next pilot.
//!
//! The error of the run on the mesh chosen is then told against the extrapolated pressures.

use crate::accuracy::{FINER, Field, completed};
use crate::model::{BuildError, Model, Options};
use crate::pipe::{GRAVITY, PipeMesh};
use crate::transient::{Observer, run, steady};
use linepack_network::{Case, Interpolation};
use linepack_results::{Measured, Solution};

/// Share of the tolerance that is aimed at.
const AIM: f64 = 0.6;
/// Most pilots.
const PILOTS_MAX: usize = 4;
/// The cells asked for may be this many times those of the finer pilot run.
const FAR: f64 = 2.0;
/// Most cells that a tolerance can ask for; a mesh that would need more is as fine as this allows.
const CELLS_MAX: f64 = 1e6;
/// Shortest time of change that a pilot mesh is made for, s.
const SHORTEST_S: f64 = 60.0;
/// Cells of a pilot on the length of a change.
const CELLS_PER_CHANGE: f64 = 3.0;
/// Velocity of gas where none is known, m/s.
const USUAL_VELOCITY: f64 = 5.0;

/// A mesh that was chosen for a tolerance.
#[derive(Debug, Clone)]
pub struct ChosenMesh {
    /// The case, with the number of cells stated at each pipe.
    pub case: Case,
    /// The tolerance, Pa.
    pub tolerance_pa: f64,
    /// The error that the mesh should have, Pa.
    pub expected_pa: f64,
    /// Whether fewer cells were given than the tolerance asks for.
    pub capped: bool,
    /// Runs that were made to find it.
    pub runs: usize,
    exact: Field,
}

impl ChosenMesh {
    /// Puts what the pilot runs say into a run of the scenario on this mesh.
    pub fn report(&self, solution: &mut Solution) {
        solution.accuracy.mesh_tolerance_pa = Some(self.tolerance_pa);
        solution.accuracy.measured = Some(self.measured(solution));
    }

    /// The error of a run of the scenario on this mesh, of time steps and mesh together, against the
    /// pressures extrapolated from the pilot runs.
    pub fn measured(&self, solution: &Solution) -> Measured {
        let (both_pa, node, time_s) = Field::new(solution).furthest(&self.exact);
        Measured {
            time_pa: None,
            mesh_pa: self.expected_pa,
            both_pa,
            node,
            time_s,
            how: format!(
                "{} runs on coarser meshes, extrapolated, by which the mesh was chosen",
                self.runs
            ),
        }
    }
}

/// Chooses the number of cells of each pipe of a case that states a `mesh_tolerance`; none where it
/// states none. Pipes that state their cells keep them.
///
/// Errors: that a model cannot be made, or a pilot run not completed.
pub fn choose_mesh(
    case: &Case,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<Option<ChosenMesh>, BuildError> {
    let Some(tolerance_pa) = case.settings.mesh_tolerance_pa else {
        return Ok(None);
    };
    let mut pilot = first_pilot(case, options)?;
    let mut runs = 0;
    loop {
        let pair = Pair::run(&pilot, options, observer)?;
        runs += 2;
        let wanted = pair.cells_for(AIM * tolerance_pa);
        let total: f64 = wanted.iter().sum();
        let reached = total <= FAR * pair.cells() || runs >= 2 * PILOTS_MAX;
        if reached || pair.cells() >= CELLS_MAX {
            return Ok(Some(pair.chosen(case, &wanted, runs)));
        }
        let share = (CELLS_MAX / total).min(1.0) * 0.25;
        for (pipe, n) in pilot.network.pipes.iter_mut().zip(&wanted) {
            pipe.cells = Some((n * share).ceil().max(1.0) as usize);
        }
        keep_stated(case, &mut pilot);
    }
}

/// Pipes that state their cells keep them.
fn keep_stated(case: &Case, meshed: &mut Case) {
    for (stated, pipe) in case.network.pipes.iter().zip(&mut meshed.network.pipes) {
        if stated.cells.is_some() {
            pipe.cells = stated.cells;
        }
    }
}

/// A mesh that resolves what the fastest change leaves in each pipe.
fn first_pilot(case: &Case, options: &Options) -> Result<Case, BuildError> {
    let mut coarse = case.clone();
    for pipe in &mut coarse.network.pipes {
        pipe.cells = Some(1);
    }
    let model = Model::build(&coarse, options)?;
    let start = steady(&model);
    let shortest_s = shortest_change_s(case);
    for (i, pipe) in coarse.network.pipes.iter_mut().enumerate() {
        let Some(part) = model.pipes.iter().find(|p| p.case_pipe == i) else {
            continue;
        };
        let velocity = start
            .edges
            .value("velocity_max_m_per_s", 0, &pipe.header.id);
        let velocity = velocity.unwrap_or(USUAL_VELOCITY).max(1.0);
        let wave = part.wave_speed;
        let lambda = 0.01;
        let diffusivity = 2.0 * wave * wave * part.diameter / (lambda * velocity);
        let change_m = (wave * shortest_s).min((diffusivity * shortest_s).sqrt());
        pipe.cells = Some(
            (CELLS_PER_CHANGE * pipe.length_m / change_m)
                .ceil()
                .max(1.0) as usize,
        );
    }
    keep_stated(case, &mut coarse);
    let settings = &mut coarse.settings;
    let tolerance_pa = settings.mesh_tolerance_pa.unwrap_or(f64::INFINITY);
    settings.pressure_tolerance_pa = FINER * settings.pressure_tolerance_pa.min(tolerance_pa);
    Ok(coarse)
}

/// The shortest time in which something changes, s: between two points of a profile that differ, or the
/// shortest that a pilot is made for where events happen.
fn shortest_change_s(case: &Case) -> f64 {
    let mut shortest = case.scenario.duration_s.max(SHORTEST_S);
    if !case.scenario.events.is_empty() || !case.scenario.rules.is_empty() {
        return SHORTEST_S;
    }
    for profile in &case.profiles {
        let whole = match profile.interpolation {
            Interpolation::Step => 0.0,
            Interpolation::Linear => 1.0,
            // A smooth curve has no shorter change than between its turns.
            Interpolation::Smooth => 4.0,
        };
        for (t, v) in profile.time_s.windows(2).zip(profile.values.windows(2)) {
            if v[0] != v[1] {
                shortest = shortest.min(whole * (t[1] - t[0]));
            }
        }
    }
    shortest.max(SHORTEST_S)
}

/// Two runs, the second with all cells halved.
struct Pair {
    meshed: Case,
    /// Cells of each pipe of the case in the second run; 0 for those that take no part.
    cells: Vec<f64>,
    /// Share of each pipe in the error of the second run, times its cells squared.
    weights: Vec<f64>,
    error_pa: f64,
    exact: Field,
}

impl Pair {
    fn run(
        pilot: &Case,
        options: &Options,
        observer: &mut dyn Observer,
    ) -> Result<Self, BuildError> {
        let mut solve = |halvings| {
            let options = Options {
                halvings,
                ..options.clone()
            };
            let model = Model::build(pilot, &options)?;
            let end_s = pilot.scenario.duration_s;
            let solution = completed(run(&model, None, Some(end_s), observer).solution)?;
            Ok::<_, BuildError>((model, solution))
        };
        let coarse = Field::new(&solve(0)?.1);
        let (model, solution) = solve(1)?;
        let fine = Field::new(&solution);
        let exact = fine.extrapolated(&coarse);
        let mut cells = vec![0.0; pilot.network.pipes.len()];
        for pipe in &model.pipes {
            cells[pipe.case_pipe] += pipe.cells() as f64;
        }
        Ok(Self {
            meshed: pilot.clone(),
            weights: weights(&model, &solution),
            cells,
            error_pa: fine.furthest(&exact).0,
            exact,
        })
    }

    fn cells(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// The fewest cells for an error.
    fn cells_for(&self, error_pa: f64) -> Vec<f64> {
        let shares: Vec<f64> = self.weights.iter().map(|w| w.cbrt()).collect();
        let now = self.cells.iter().zip(&self.weights);
        let sum: f64 = now
            .filter(|(n, _)| **n > 0.0)
            .map(|(n, w)| w / (n * n))
            .sum();
        let all: f64 = shares.iter().sum();
        let scale = match sum > 0.0 {
            true => (self.error_pa * all / (error_pa * sum)).sqrt(),
            false => 0.0,
        };
        let wanted = shares.iter().map(|s| s * scale);
        // Extrapolating to far coarser cells than those of the pilot is not safe.
        let least = self.cells.iter().map(|n| 0.25 * n);
        wanted
            .zip(least)
            .map(|(n, least)| n.max(least).ceil())
            .collect()
    }

    fn chosen(self, case: &Case, wanted: &[f64], runs: usize) -> ChosenMesh {
        let total: f64 = wanted.iter().sum();
        let share = (CELLS_MAX / total).min(1.0);
        let mut meshed = self.meshed.clone();
        for (pipe, n) in meshed.network.pipes.iter_mut().zip(wanted) {
            pipe.cells = Some((n * share).ceil().max(1.0) as usize);
        }
        keep_stated(case, &mut meshed);
        meshed.settings = case.settings.clone();
        let error = |n: &dyn Fn(usize) -> f64| -> f64 {
            let pipes = (0..self.cells.len()).filter(|&i| self.cells[i] > 0.0);
            pipes.map(|i| self.weights[i] / (n(i) * n(i))).sum()
        };
        let now = error(&|i| self.cells[i]);
        let then = error(&|i| meshed.network.pipes[i].cells.unwrap_or(1) as f64);
        let ratio = if now > 0.0 { then / now } else { 1.0 };
        ChosenMesh {
            tolerance_pa: case.settings.mesh_tolerance_pa.unwrap_or(f64::NAN),
            expected_pa: self.error_pa * ratio,
            capped: share < 1.0,
            runs,
            exact: self.exact,
            case: meshed,
        }
    }
}

/// What each pipe's cells add to the error, times its number of cells squared; Pa, up to a factor that all
/// pipes share.
fn weights(model: &Model, solution: &Solution) -> Vec<f64> {
    let profiles = &solution.profiles;
    let points = profiles.distance_m.len();
    let mut weights = vec![0.0_f64; model.case.network.pipes.len()];
    let times = &profiles.time_index;
    for (k, (&case_pipe, parts)) in model.pipe_parts.iter().enumerate() {
        let mut first = profiles.first_point[k];
        for &part in parts {
            let pipe = &model.pipes[part];
            let count = pipe.cells() + 1;
            let at = |row: usize| {
                let from = row * points + first;
                let range = from..from + count;
                let (p, q) = (
                    &profiles.pressure_pa[range.clone()],
                    &profiles.mass_flow_kg_per_s[range],
                );
                Along { p, q }
            };
            let mut worst = 0.0_f64;
            for row in 0..times.len() {
                let before = (row > 0).then(|| {
                    let step_s = solution.time_s[times[row]] - solution.time_s[times[row - 1]];
                    (at(row - 1), step_s)
                });
                worst = worst.max(weight(model, pipe, &at(row), before));
            }
            let cells = pipe.cells() as f64;
            weights[case_pipe] += worst * cells * cells;
            first += count;
        }
    }
    weights
}

/// Pressures and flows at the faces of a pipe.
struct Along<'a> {
    p: &'a [f64],
    q: &'a [f64],
}

/// What the cells of a pipe add to the error of pressures, Pa, up to a factor: what pairs of them leave of
/// the momentum, and the flow that the half cells at the ends store too much, which is their density
/// against that in their middle, times the resistance of the pipe.
fn weight(
    model: &Model,
    pipe: &PipeMesh,
    now: &Along<'_>,
    before: Option<(Along<'_>, f64)>,
) -> f64 {
    let gas = &model.isotherms[pipe.isotherm];
    let (n, density) = (pipe.cells(), |p: f64| gas.density(p).0);
    let rho: Vec<f64> = now.p.iter().map(|p| density(*p)).collect();
    let loss = |q: f64, rho: f64| q * q.abs() / rho;
    let whole: f64 = now.q.iter().zip(&rho).map(|(q, d)| loss(*q, *d)).sum();
    let gravity = if model.settings.terms.gravity {
        GRAVITY
    } else {
        0.0
    };
    let weighs = gravity * 0.5 * (rho[0] + rho[n]) * (pipe.elevation[n] - pipe.elevation[0]);
    let drop = now.p[0] - now.p[n] - weighs;
    let per_loss = if whole == 0.0 { 0.0 } else { drop / whole };
    let bent = |j: usize| {
        let mean = |v: &[f64], a: usize, b: usize| 0.5 * (v[a] + v[b]);
        let part = |a: usize, b: usize| loss(mean(now.q, a, b), mean(&rho, a, b));
        part(j - 1, j) + part(j, j + 1) - 2.0 * part(j - 1, j + 1)
    };
    let momentum = per_loss * (1..n).step_by(2).map(bent).sum::<f64>();
    let flow = now.q.iter().map(|q| q.abs()).sum::<f64>() / (n + 1) as f64;
    let resistance = (2.0 * drop.abs() / flow.max(1e-9)).max(pipe.wave_speed / pipe.area);
    let stored = before.map_or(0.0, |(old, step_s)| {
        let end = |a: usize, b: usize| {
            let slope = |v: &[f64]| density(v[b]) - density(v[a]);
            (slope(now.p) - slope(old.p)).abs() / step_s
        };
        0.125 * pipe.area * pipe.dx * (end(0, 1) + end(n, n - 1))
    });
    momentum.abs() / 3.0 + resistance * stored
}
