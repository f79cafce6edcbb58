//! Heat that passes between gas and what surrounds the pipes.
//!
//! From the gas outwards: a film, the layers of the wall, and soil as far as the radius
//! R = r_o exp(acosh(z/r_o)), from which on a cylinder loses as much as a pipe at depth z below a level
//! surface; or a film of water or air. In the steady model these are resistances in series; in the
//! transient one the layers and rings of soil store heat, one temperature each at every volume of the mesh, and
//! are solved together with the gas: their equations are linear and are eliminated from the outside.
//!
//! Sources: Carslaw and Jaeger 1959 (buried cylinder); Dittus and Boelter 1930 (film of the gas).

use crate::model::{BuildError, Model};
use crate::pipe::PipeMesh;
use crate::signal::Signal;
use linepack_network::{Ground, GroundKind, Heat as HeatModel, Pipe, WallLayer};
use std::f64::consts::PI;

/// Rings of soil.
const RINGS: usize = 8;
/// Nusselt's number of laminar flow.
const NUSSELT_LAMINAR: f64 = 3.66;

/// Temperature of what surrounds a pipe.
#[derive(Debug, Clone)]
enum Outside {
    Signal(Signal),
    /// By the season, at a depth; with the time of the year at time zero, s.
    Season(Box<Ground>, f64, f64),
}

/// A ring of wall or soil: what it stores, J/(m K), and its resistances from the middle to both sides, K m/W.
#[derive(Debug, Clone, Copy)]
struct Ring {
    capacity: f64,
    half: f64,
}

/// How heat gets out of a pipe.
#[derive(Debug, Clone)]
enum Way {
    /// A heat transfer coefficient on the inner diameter, W/(m² K).
    Coefficient(f64),
    /// Rings from the inside, and a film at the outside, K m/W.
    Rings { rings: Vec<Ring>, outer: f64 },
}

#[derive(Debug, Clone)]
struct PipeGround {
    way: Way,
    outside: Outside,
}

/// All pipes, and the temperatures of rings that store heat: at the begin of a step, at its end, and what
/// a stage starts from; by volumes, those of the rings of each side by side.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    pipes: Vec<PipeGround>,
    transient: bool,
    /// First ring temperature of each pipe.
    first: Vec<usize>,
    begin: Vec<f64>,
    end: Vec<f64>,
    hat: Vec<f64>,
    /// Elimination of the rings: T_j = α_j + β_j T_(j-1).
    eliminated: Vec<[f64; 2]>,
}

/// What the way out of a pipe is made from.
pub(crate) struct Source<'a> {
    pub pipe: &'a Pipe,
    pub ground: Option<&'a Ground>,
    pub default_coefficient: Option<f64>,
    /// Temperature of the ground where the pipe states one or has no ground of its own.
    pub temperature: Signal,
    pub profile: Option<Signal>,
    /// Time of the year at time zero, s.
    pub year_s: f64,
}

impl PipeGround {
    fn new(source: Source<'_>) -> Result<Self, BuildError> {
        let Source {
            pipe,
            ground,
            default_coefficient,
            temperature,
            profile,
            year_s,
        } = source;
        let id = &pipe.header.id;
        let way = match (pipe.heat_transfer_w_per_m2_k, ground) {
            (Some(coefficient), _) => Way::Coefficient(coefficient),
            (None, Some(ground)) => rings(pipe, ground)?,
            (None, None) => Way::Coefficient(default_coefficient.ok_or_else(|| {
                BuildError::new(id, "nothing is stated of how heat passes to the ground")
            })?),
        };
        let outside = match (profile, ground) {
            (Some(profile), _) => Outside::Signal(profile),
            (None, Some(ground)) if pipe.ground_temperature_k.is_none() => {
                let depth = pipe.heat.depth_m.unwrap_or(0.0);
                Outside::Season(Box::new(ground.clone()), depth, year_s)
            }
            _ => Outside::Signal(temperature),
        };
        Ok(Self { way, outside })
    }
}

/// The rings around a pipe.
fn rings(pipe: &Pipe, ground: &Ground) -> Result<Way, BuildError> {
    let mut radius = 0.5 * pipe.diameter_m;
    let mut rings: Vec<Ring> = Vec::new();
    let mut add = |radius: &mut f64, layer: &WallLayer| {
        let outer = *radius + layer.thickness_m;
        rings.push(Ring {
            capacity: PI
                * (outer * outer - *radius * *radius)
                * layer.density_kg_per_m3
                * layer.heat_capacity_j_per_kg_k,
            half: 0.5 * (outer / *radius).ln() / (2.0 * PI * layer.conductivity_w_per_m_k),
        });
        *radius = outer;
    };
    for layer in &pipe.heat.wall {
        add(&mut radius, layer);
    }
    let outer = match ground.kind {
        GroundKind::Fluid { film_w_per_m2_k } => 1.0 / (2.0 * PI * radius * film_w_per_m2_k),
        GroundKind::Soil {
            conductivity_w_per_m_k,
            density_kg_per_m3,
            heat_capacity_j_per_kg_k,
        } => {
            let depth = pipe.heat.depth_m.unwrap_or(f64::NAN);
            if depth.is_nan() || depth <= radius {
                return Err(BuildError::new(
                    &pipe.header.id,
                    "its axis must lie deeper in the soil than its outer radius",
                ));
            }
            let growth = ((depth / radius).acosh() / RINGS as f64).exp();
            for _ in 0..RINGS {
                let layer = WallLayer {
                    thickness_m: radius * (growth - 1.0),
                    conductivity_w_per_m_k,
                    density_kg_per_m3,
                    heat_capacity_j_per_kg_k,
                };
                add(&mut radius, &layer);
            }
            0.0
        }
    };
    Ok(Way::Rings { rings, outer })
}

impl Surroundings {
    pub(crate) fn new<'a>(
        sources: impl Iterator<Item = Source<'a>>,
        model: HeatModel,
        cells: impl Iterator<Item = usize>,
    ) -> Result<Self, BuildError> {
        let pipes: Vec<PipeGround> = sources.map(PipeGround::new).collect::<Result<_, _>>()?;
        let transient = model == HeatModel::Transient;
        let mut first = vec![0];
        for (pipe, cells) in pipes.iter().zip(cells) {
            let count = match &pipe.way {
                Way::Rings { rings, .. } => rings.len() * (cells + 1),
                Way::Coefficient(_) => 0,
            };
            first.push(first[first.len() - 1] + count);
        }
        let size = first[first.len() - 1];
        Ok(Self {
            pipes,
            transient,
            begin: vec![0.0; size],
            end: vec![0.0; size],
            hat: vec![0.0; size],
            eliminated: vec![[0.0; 2]; size],
            first,
        })
    }

    fn outside(&self, pipe: usize, time_s: f64, model: &Model) -> f64 {
        match &self.pipes[pipe].outside {
            Outside::Signal(signal) => signal.at(time_s, &model.profiles),
            Outside::Season(ground, depth, year_s) => {
                ground.seasonal_temperature_k(*depth, year_s + time_s)
            }
        }
    }

    /// Temperatures of the rings around a pipe, K.
    pub(super) fn of(&self, pipe: usize) -> &[f64] {
        &self.begin[self.first[pipe]..self.first[pipe + 1]]
    }

    /// Takes over the temperatures of the rings around a pipe; returns what is left of them.
    pub(super) fn put<'a>(&mut self, pipe: usize, rings: &'a [f64]) -> &'a [f64] {
        let range = self.first[pipe]..self.first[pipe + 1];
        match rings.split_at_checked(range.len()) {
            Some((own, rest)) => {
                self.begin[range].copy_from_slice(own);
                rest
            }
            None => &[],
        }
    }

    /// A step begins.
    pub(super) fn begin(&mut self) {
        self.end.copy_from_slice(&self.begin);
    }

    /// A part of a step begins.
    pub(super) fn begin_part(&mut self) {
        self.hat.copy_from_slice(&self.end);
    }

    /// What the second stage starts from.
    pub(super) fn carry(&mut self, ratio: f64) {
        for (hat, first) in self.hat.iter_mut().zip(&self.end) {
            *hat += ratio * (first - *hat);
        }
    }

    pub(super) fn accept(&mut self) {
        self.begin.copy_from_slice(&self.end);
    }

    /// Heat losses a T - b of all volumes at a time and a rate, 1/s (0: steady): a, W/K, and b, W.
    pub(super) fn losses(
        &mut self,
        model: &Model,
        [time_s, rate]: [f64; 2],
        flows: &[f64],
        [per_k, constant]: [&mut [f64]; 2],
    ) {
        let rate = if self.transient { rate } else { 0.0 };
        for (i, mesh) in model.pipes.iter().enumerate() {
            let outside = self.outside(i, time_s, model);
            let n = mesh.cells();
            let length = |k: usize| mesh.volume(k) / mesh.area;
            let first = self.first[i];
            for k in 0..=n {
                let [a, b] = match &self.pipes[i].way {
                    Way::Coefficient(u) => {
                        let a = u * PI * mesh.diameter;
                        [a, a * outside]
                    }
                    Way::Rings { rings, outer } => {
                        let count = rings.len();
                        let range = first + k * count..first + (k + 1) * count;
                        let flow = flows[mesh.first_segment + k.min(n - 1)];
                        let film = film(mesh, flow);
                        eliminate(
                            rings,
                            [film, *outer, outside, rate],
                            &self.hat[range.clone()],
                            &mut self.eliminated[range],
                        )
                    }
                };
                per_k[mesh.first_face + k] = a * length(k);
                constant[mesh.first_face + k] = b * length(k);
            }
        }
    }

    /// Temperatures of the rings from those of the gas.
    pub(super) fn follow(&mut self, model: &Model, temperature: &[f64]) {
        for (i, mesh) in model.pipes.iter().enumerate() {
            let Way::Rings { rings, .. } = &self.pipes[i].way else {
                continue;
            };
            let count = rings.len();
            for (k, face) in mesh.faces().enumerate() {
                let mut inner = temperature[face];
                for j in 0..count {
                    let at = self.first[i] + k * count + j;
                    let [constant, per_inner] = self.eliminated[at];
                    inner = constant + per_inner * inner;
                    self.end[at] = inner;
                }
            }
        }
    }
}

/// Resistance of the film of the gas, K m/W: Nu = 0.023 Re^0.8 Pr^0.4, with typical properties of
/// natural gas at 7 MPa (μ = 1.3e-5 Pa s, Pr = 0.75, λ = 0.038 W/(m K)): it is the least of all resistances.
fn film(mesh: &PipeMesh, flow: f64) -> f64 {
    const VISCOSITY: f64 = 1.3e-5;
    const PRANDTL: f64 = 0.75;
    const CONDUCTIVITY: f64 = 0.038;
    let reynolds = flow.abs() * mesh.diameter / (mesh.area * VISCOSITY);
    let nusselt = (0.023 * reynolds.powf(0.8) * PRANDTL.powf(0.4)).max(NUSSELT_LAMINAR);
    1.0 / (PI * nusselt * CONDUCTIVITY)
}

/// Eliminates rings from the outside; the loss of the gas per metre, a T - b.
fn eliminate(
    rings: &[Ring],
    [film, outer, outside, rate]: [f64; 4],
    hat: &[f64],
    eliminated: &mut [[f64; 2]],
) -> [f64; 2] {
    // What a ring sees outwards: a T - b.
    let mut beyond = [0.0; 2];
    for j in (0..rings.len()).rev() {
        let ring = rings[j];
        if j + 1 == rings.len() {
            let per_k = 1.0 / (ring.half + outer).max(f64::MIN_POSITIVE);
            beyond = [per_k, per_k * outside];
        }
        let inward = match j {
            0 => film + ring.half,
            _ => rings[j - 1].half + ring.half,
        };
        let per_inner = 1.0 / inward;
        let stored = rate * ring.capacity;
        let pivot = 1.0 / (stored + beyond[0] + per_inner);
        let constant = (stored * hat[j] + beyond[1]) * pivot;
        eliminated[j] = [constant, per_inner * pivot];
        beyond = [per_inner * (1.0 - per_inner * pivot), per_inner * constant];
    }
    if rings.is_empty() {
        let per_k = 1.0 / (film + outer);
        return [per_k, per_k * outside];
    }
    beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buried() -> (Pipe, Ground) {
        let mut pipe = Pipe::new("p", "a", "b");
        pipe.diameter_m = 1.0;
        pipe.heat.depth_m = Some(2.0);
        let ground = Ground {
            id: "soil".into(),
            kind: GroundKind::Soil {
                conductivity_w_per_m_k: 1.5,
                density_kg_per_m3: 1800.0,
                heat_capacity_j_per_kg_k: 1200.0,
            },
            temperature_k: 283.15,
            amplitude_k: 0.0,
            coldest_day: 30.0,
            temperature_profile: None,
        };
        (pipe, ground)
    }

    /// A bare pipe in soil loses 2 π k/acosh(z/r) per metre and kelvin.
    #[test]
    fn rings_of_soil_add_up_to_the_buried_cylinder() {
        let (pipe, ground) = buried();
        let way = rings(&pipe, &ground).unwrap();
        let Way::Rings { rings, outer } = way else {
            panic!("rings")
        };
        let mut eliminated = vec![[0.0; 2]; rings.len()];
        let hat = vec![0.0; rings.len()];
        let [a, b] = eliminate(&rings, [0.0, outer, 283.15, 0.0], &hat, &mut eliminated);
        let exact = 2.0 * PI * 1.5 / (2.0_f64 / 0.5).acosh();
        assert!((a / exact - 1.0).abs() < 1e-12, "{a} {exact}");
        assert!((b / (exact * 283.15) - 1.0).abs() < 1e-12);
    }

    /// After a jump of the gas the soil takes up more heat than in the steady state, and less with time.
    #[test]
    fn soil_takes_up_heat_at_first() {
        let (pipe, ground) = buried();
        let Way::Rings { rings, outer } = rings(&pipe, &ground).unwrap() else {
            panic!("rings")
        };
        let mut hat = vec![283.15; rings.len()];
        let mut last = f64::INFINITY;
        for _ in 0..50 {
            let mut eliminated = vec![[0.0; 2]; rings.len()];
            let [a, b] = eliminate(&rings, [0.01, outer, 283.15, 1e-5], &hat, &mut eliminated);
            let mut inner = 303.15;
            for (hat, [constant, per_inner]) in hat.iter_mut().zip(&eliminated) {
                inner = constant + per_inner * inner;
                *hat = inner;
            }
            let loss = a * 303.15 - b;
            assert!(loss < last && loss > 0.0);
            last = loss;
        }
        let steady = 20.0 / (0.01 + (4.0_f64).acosh() / (2.0 * PI * 1.5));
        assert!(last > steady && last < 1.6 * steady, "{last} {steady}");
    }
}
