//! What goes into a solve and what comes out of it.

/// What the equations are, apart from the state.
pub(crate) struct StageInput<'a> {
    /// Time at which set-points are read, s.
    pub time_s: f64,
    /// 1/(γ h), 1/s; 0 in the steady state.
    pub rate: f64,
    pub density_hat: &'a [f64],
    pub flow_hat: &'a [f64],
    /// Bulk viscosity at faces, m²/s (`waves`); empty for none.
    pub viscosity: &'a [f64],
    /// Mass that nodes take up with their pressure: holds back steps in pseudo-time where pipes do not.
    pub node_volume: Option<NodeVolume<'a>>,
    /// Place in the time step, 0 to 1, at which temperatures and mixtures are read.
    pub place: f64,
}

/// Nodes that store gas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeVolume<'a> {
    /// Mass taken up, kg/bar.
    pub capacity: f64,
    /// Pressures at the beginning of the step, Pa.
    pub pressure_hat: &'a [f64],
}

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewtonSettings {
    pub pressure_tolerance_pa: f64,
    pub flow_tolerance: f64,
    pub iterations_max: usize,
    /// Go on until the corrections no longer shrink.
    pub polish: bool,
    /// Be content with one iteration that is not damped and leaves all laws on their branches.
    pub once: bool,
    /// Begin with one iteration in which friction is proportional to flow.
    pub from_rest: bool,
    /// Width over which branches of laws go over into each other at first, bar; it shrinks to 0.
    pub smoothing: f64,
    /// Resistance in series with every link and terminal, Pa per kg/s.
    pub resistance: f64,
    /// Stop, too, when the next iteration would change little.
    pub foresee: bool,
    /// Diagonal that keeps the matrix regular where nothing sets the pressure of a node, kg/s per bar:
    /// there it stays as it is.
    pub anchor: f64,
    /// Residual with which to be content, bar: no further iteration is made.
    pub residual_enough: f64,
}

/// What has the largest residual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worst {
    Pipe(usize),
    Link(usize),
    Terminal(usize),
    /// The balance of a node.
    Node(usize),
    Nothing,
}

/// How it went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewtonReport {
    pub converged: bool,
    pub singular: bool,
    pub iterations: usize,
    /// Largest residual in bar, or 10 kg/s, before the last update.
    pub residual: f64,
    pub worst: Worst,
    /// Largest change of a pressure, as a share of it, that the last iteration asked for.
    pub pressure_share: f64,
    /// Largest change of an iteration, in units of the tolerances.
    pub change: f64,
}

impl NewtonReport {
    /// Before the first iteration.
    pub(crate) fn begun() -> Self {
        Self {
            converged: false,
            singular: false,
            iterations: 0,
            residual: f64::INFINITY,
            worst: Worst::Nothing,
            pressure_share: f64::INFINITY,
            change: 0.0,
        }
    }
}

/// The largest residual so far.
pub(super) struct Largest {
    pub value: f64,
    pub at: Worst,
}

impl Largest {
    pub(super) fn note(&mut self, residual: f64, place: Worst) {
        if residual.abs() > self.value || residual.is_nan() {
            (self.value, self.at) = (residual.abs(), place);
        }
    }
}
