//! The pipe kernel: one streaming pass over the cells of a pipe.
//!
//! Unknowns: pressure at the faces 0..=N (the ends are network nodes), mass flow in the segments
//! between them. Residuals, with s = 1/(γ h) (0 in the steady state) and hats for what the earlier
//! stages of a time step leave:
//!
//! - mass at face i:     V_i s (ρ(p_i) - ρ̂_i) - q_(i-½) + q_(i+½) = 0
//! - momentum in a segment:
//!   dx/A s (q - q̂) + p_r - p_l + λ dx q|q| / (2 D A² ρ_m) + ρ_m g dz
//!     + q²/A² (1/ρ_r - 1/ρ_l) - 2 q dx/(A ρ_m) s (ρ - ρ̂)_m = 0
//!
//! with ρ_m the mean of the two end densities. The last line is the kinetic term: by continuity the
//! gradient of the flow is minus the rate of change of the mass, so it too is a function of the
//! segment's own flow and two pressures.
//!
//! Jacobian: each flow is a linear function of its two pressures and is eliminated on the spot; the
//! inner pressures form a tridiagonal system, swept from left to right while carrying the coupling
//! to face 0, which leaves a 2 x 2 block for the two end nodes.

use crate::friction::Friction;
use linepack_gas::Isotherm;
use linepack_network::Terms;

/// Standard acceleration of gravity, m/s².
pub(crate) const GRAVITY: f64 = 9.806_65;

/// One pipe of the mesh (a part of a pipe of the case where that is cut by a leak or break).
#[derive(Debug, Clone)]
pub(crate) struct PipeMesh {
    /// Index of the pipe in the case.
    pub case_pipe: usize,
    /// Distance of face 0 from the first node of the case's pipe, m.
    pub offset_m: f64,
    /// End nodes.
    pub nodes: [usize; 2],
    /// Length of a cell, m.
    pub dx: f64,
    /// Cross-section, m².
    pub area: f64,
    /// Inner diameter, m.
    pub diameter: f64,
    /// Rise of each segment, m.
    pub rise: Vec<f64>,
    /// Elevation of each face, m.
    pub elevation: Vec<f64>,
    /// Friction law.
    pub friction: Friction,
    /// Index of the property table.
    pub isotherm: usize,
    /// First face in the state's arrays.
    pub first_face: usize,
    /// First segment in the state's arrays.
    pub first_segment: usize,
    /// Highest pressure allowed, Pa.
    pub pressure_max: Option<f64>,
    /// Speed of sound, m/s, for scaling.
    pub wave_speed: f64,
}

impl PipeMesh {
    pub(crate) fn cells(&self) -> usize {
        self.rise.len()
    }

    pub(crate) fn faces(&self) -> std::ops::Range<usize> {
        self.first_face..self.first_face + self.rise.len() + 1
    }

    pub(crate) fn segments(&self) -> std::ops::Range<usize> {
        self.first_segment..self.first_segment + self.rise.len()
    }

    /// Volume around a face, m³: half a cell at the ends.
    pub(crate) fn volume(&self, face: usize) -> f64 {
        let whole = self.area * self.dx;
        if face == 0 || face == self.rise.len() {
            0.5 * whole
        } else {
            whole
        }
    }
}

/// The state of one pipe and what its time step starts from, as slices of the global arrays.
pub(crate) struct PipeState<'a> {
    pub pressure: &'a [f64],
    pub flow: &'a [f64],
    pub density_hat: &'a [f64],
    pub flow_hat: &'a [f64],
}

/// What the sweep leaves for back-substitution.
#[derive(Debug, Clone, Default)]
pub(crate) struct Elimination {
    /// Per segment: δq = constant + left δp_l + right δp_r.
    constant: Vec<f64>,
    left: Vec<f64>,
    right: Vec<f64>,
    /// Per inner face.
    per_pivot: Vec<f64>,
    to_first: Vec<f64>,
    upper: Vec<f64>,
    rhs: Vec<f64>,
    /// Density and slope at all faces, from the last assembly.
    pub density: Vec<f64>,
    pub density_slope: Vec<f64>,
}

impl Elimination {
    pub(crate) fn new(cells: usize) -> Self {
        let segments = vec![0.0; cells];
        let faces = vec![0.0; cells + 1];
        Self {
            constant: segments.clone(),
            left: segments.clone(),
            right: segments,
            per_pivot: faces.clone(),
            to_first: faces.clone(),
            upper: faces.clone(),
            rhs: faces.clone(),
            density: faces.clone(),
            density_slope: faces,
        }
    }
}

/// The pipe's share of the node system: `matrix` acts on the two end pressures, `rhs` is minus the
/// residual, both of the mass balance "change of mass + outflow = 0" at the two ends.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EndBlock {
    pub matrix: [[f64; 2]; 2],
    pub rhs: [f64; 2],
    /// Largest momentum residual before the update, Pa per cell.
    pub worst_momentum: f64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct StepScale {
    /// 1/(γ h), 1/s; 0 in the steady state.
    pub rate: f64,
    /// Terms of the momentum equation.
    pub terms: Terms,
    /// Friction proportional to the flow, as steep as the chord at this velocity, m/s: a first
    /// guess of flows where they are not yet known.
    pub chord: Option<f64>,
}

/// One segment's linearised momentum equation.
struct Segment {
    residual: f64,
    per_flow: f64,
    per_left: f64,
    per_right: f64,
}

struct Face {
    pressure: f64,
    density: f64,
    slope: f64,
    /// s (ρ - ρ̂), kg/m³/s.
    rate: f64,
}

impl PipeMesh {
    /// Residual and Jacobian of the pipe, condensed to its ends.
    pub(crate) fn assemble(
        &self,
        gas: &Isotherm,
        scale: StepScale,
        state: &PipeState<'_>,
        work: &mut Elimination,
    ) -> EndBlock {
        let n = self.cells();
        let mut block = EndBlock::default();
        let mut left = self.face(gas, scale, state, 0, work);
        // Row of face 0: diagonal, running coupling to the next face not yet eliminated, rhs.
        let half = 0.5 * self.area * self.dx;
        let mut diagonal = half * scale.rate * left.slope;
        let mut coupling = 0.0;
        let mut rhs = -half * left.rate;
        for j in 0..n {
            let right = self.face(gas, scale, state, j + 1, work);
            let segment = self.segment(gas, scale, state, j, &left, &right);
            block.worst_momentum = block.worst_momentum.max(segment.residual.abs());
            let per_flow = 1.0 / segment.per_flow;
            let (c, a, b) = (
                -segment.residual * per_flow,
                -segment.per_left * per_flow,
                -segment.per_right * per_flow,
            );
            (work.constant[j], work.left[j], work.right[j]) = (c, a, b);
            let q = state.flow[j];
            // Left end of the segment.
            if j == 0 {
                diagonal += a;
                coupling = b;
                rhs -= q + c;
            } else {
                // Finish row j (its left part was begun with segment j-1), then eliminate it.
                let pivot = work.per_pivot[j] + a;
                work.upper[j] = b;
                work.rhs[j] -= q + c;
                let per_pivot = 1.0 / pivot;
                work.per_pivot[j] = per_pivot;
                let m = coupling * per_pivot;
                diagonal -= m * work.to_first[j];
                rhs -= m * work.rhs[j];
                coupling = -m * b;
            }
            // Right end of the segment: begin row j+1.
            let volume = if j + 1 == n { half } else { 2.0 * half };
            let mut begun = volume * scale.rate * right.slope - b;
            let mut begun_rhs = -volume * right.rate + q + c;
            let mut to_first = -a;
            if j > 0 {
                let m = -a * work.per_pivot[j];
                begun -= m * work.upper[j];
                begun_rhs -= m * work.rhs[j];
                to_first = -m * work.to_first[j];
            }
            work.per_pivot[j + 1] = begun;
            work.rhs[j + 1] = begun_rhs;
            work.to_first[j + 1] = to_first;
            left = right;
        }
        block.matrix = [[diagonal, coupling], [work.to_first[n], work.per_pivot[n]]];
        block.rhs = [rhs, work.rhs[n]];
        block
    }

    #[inline]
    fn face(
        &self,
        gas: &Isotherm,
        scale: StepScale,
        state: &PipeState<'_>,
        i: usize,
        work: &mut Elimination,
    ) -> Face {
        let pressure = state.pressure[i];
        let (density, slope) = gas.density(pressure);
        work.density[i] = density;
        work.density_slope[i] = slope;
        Face {
            pressure,
            density,
            slope,
            rate: scale.rate * (density - state.density_hat[i]),
        }
    }

    #[inline]
    fn segment(
        &self,
        gas: &Isotherm,
        scale: StepScale,
        state: &PipeState<'_>,
        j: usize,
        left: &Face,
        right: &Face,
    ) -> Segment {
        let q = state.flow[j];
        let mean = 0.5 * (left.density + right.density);
        let per_mean = 1.0 / mean;
        let (viscosity, viscosity_slope) = gas.viscosity(0.5 * (left.pressure + right.pressure));
        let friction = match scale.chord {
            None => self.friction.term(q, viscosity),
            Some(velocity) => self
                .friction
                .chord(q, velocity * mean * self.area, viscosity),
        };
        let c = self.dx / (2.0 * self.diameter * self.area * self.area) * per_mean;
        let loss = c * friction.value;
        let by_viscosity = 0.5 * c * friction.per_ln_viscosity * viscosity_slope / viscosity;
        let mut s = Segment {
            residual: right.pressure - left.pressure + loss,
            per_flow: c * friction.per_flow,
            per_left: -1.0 - 0.5 * loss * per_mean * left.slope + by_viscosity,
            per_right: 1.0 - 0.5 * loss * per_mean * right.slope + by_viscosity,
        };
        if scale.terms.inertia {
            let inertia = self.dx / self.area * scale.rate;
            s.residual += inertia * (q - state.flow_hat[j]);
            s.per_flow += inertia;
        }
        if scale.terms.gravity {
            let weight = GRAVITY * self.rise[j];
            s.residual += mean * weight;
            s.per_left += 0.5 * left.slope * weight;
            s.per_right += 0.5 * right.slope * weight;
        }
        if scale.terms.kinetic {
            self.add_kinetic(scale, q, left, right, &mut s);
        }
        s
    }

    /// q²/A² (1/ρ_r - 1/ρ_l) - 2 q dx/(A ρ_m) (dρ/dt)_m
    #[inline]
    fn add_kinetic(&self, scale: StepScale, q: f64, left: &Face, right: &Face, s: &mut Segment) {
        let (vl, vr) = (1.0 / left.density, 1.0 / right.density);
        let mean = 0.5 * (left.density + right.density);
        let a2 = 1.0 / (self.area * self.area);
        let k = 2.0 * self.dx / (self.area * mean);
        let rate = 0.5 * (left.rate + right.rate);
        s.residual += q * q * a2 * (vr - vl) - k * q * rate;
        s.per_flow += 2.0 * q * a2 * (vr - vl) - k * rate;
        let by_mean = k * q * rate / mean * 0.5;
        let by_rate = -0.5 * k * q * scale.rate;
        s.per_left += (q * q * a2 * vl * vl + by_mean + by_rate) * left.slope;
        s.per_right += (-q * q * a2 * vr * vr + by_mean + by_rate) * right.slope;
    }

    /// Changes of the inner pressures and of all flows from those of the two end pressures.
    pub(crate) fn back_substitute(
        &self,
        work: &Elimination,
        ends: [f64; 2],
        pressure_change: &mut [f64],
        flow_change: &mut [f64],
    ) {
        let n = self.cells();
        pressure_change[0] = ends[0];
        pressure_change[n] = ends[1];
        for i in (1..n).rev() {
            pressure_change[i] =
                (work.rhs[i] - work.to_first[i] * ends[0] - work.upper[i] * pressure_change[i + 1])
                    * work.per_pivot[i];
        }
        for j in 0..n {
            flow_change[j] = work.constant[j]
                + work.left[j] * pressure_change[j]
                + work.right[j] * pressure_change[j + 1];
        }
    }
}
