//! A pipe and its equations; `cells` linearises and condenses them.
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
//! segment's own flow and two pressures. Where waves are resolved, `waves` adds a bulk viscosity in the same way.

use crate::friction::Friction;
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

    /// The faces at its two ends.
    pub(crate) fn end_faces(&self) -> [usize; 2] {
        [self.first_face, self.first_face + self.cells()]
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
