use serde::{Deserialize, Serialize};

/// How accurate a solution is: what was asked of time steps and mesh, and what the estimates say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accuracy {
    /// Tolerance of pressures that time steps were chosen for, Pa.
    pub step_tolerance_pa: f64,
    /// Largest error in pressure of one accepted time step, by the embedded method, Pa. What steps leave
    /// may add up or fade; `measured` says what is left of it.
    pub step_error_pa: f64,
    /// Tolerance of pressures that the mesh was chosen for, Pa; none where it follows a length.
    pub mesh_tolerance_pa: Option<f64>,
    /// Errors of pressures at nodes that were measured by solving again.
    pub measured: Option<Measured>,
}

/// Errors of the pressures at nodes, the largest over nodes and times of the result, from further runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// Error of the time steps, Pa: the difference to a run with a finer tolerance. None where it was
    /// not measured.
    pub time_pa: Option<f64>,
    /// Error of the mesh, Pa: by Richardson extrapolation from two meshes, at order 2.
    pub mesh_pa: f64,
    /// Error of both, Pa: the difference to the extrapolated pressures.
    pub both_pa: f64,
    /// The node where that is.
    pub node: String,
    /// When that is, s.
    pub time_s: f64,
    /// How it was measured, in words.
    pub how: String,
}
