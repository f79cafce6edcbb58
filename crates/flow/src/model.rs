//! The model: a case in SI, indexed and meshed.
//!
//! Elements are sorted by identifier, so results do not depend on the order of the file. Elements
//! that are not in service, and nodes that nothing in service touches, take no part.

use crate::build::{self, Builder};
use crate::contents::Gases;
use crate::heat::Surroundings;
use crate::link::Link;
use crate::pipe::PipeMesh;
use crate::terminal::Terminal;
use linepack_gas::{Gas, Isotherm};
use linepack_network::{Case, Profile, Settings};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// Choices of a run that are not part of the case.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Worker threads; none: one for small meshes, all for large ones. Results do not depend on it.
    pub threads: Option<usize>,
    /// Time between profiles along the pipes in the result, s; none: chosen to keep about 100.
    pub profile_interval_s: Option<f64>,
    /// Time integration method; none: the default.
    pub method: Option<Method>,
    /// How often all cells are halved after the mesh was chosen (for convergence studies and to
    /// measure the error of the mesh).
    pub halvings: u32,
    /// Fixed step, s, instead of error control (for convergence studies).
    pub fixed_step_s: Option<f64>,
}

/// Time integration methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Implicit Euler, order 1 (only with a fixed step).
    ImplicitEuler,
    /// Trapezoidal rule and second backward difference in one step (TR-BDF2), order 2.
    TrBdf2,
    /// `ESDIRK3(2)4L[2]SA` of Kennedy and Carpenter, order 3.
    Esdirk3,
    /// `ESDIRK4(3)6L[2]SA` of Kennedy and Carpenter, order 4.
    Esdirk4,
    /// `ESDIRK5(4)8L[2]SA` of Kennedy and Carpenter, order 5.
    Esdirk5,
    /// Radau IIA of order 3, by sweeps over its two stages.
    Radau3,
    /// Radau IIA of order 5, by sweeps over its three stages.
    Radau5,
    /// Radau IIA of order 7, by sweeps over its four stages.
    Radau7,
}

/// A case that cannot be made into a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}{message}", element.as_ref().map(|e| format!("{e}: ")).unwrap_or_default())]
pub struct BuildError {
    /// The element at fault, if one is.
    pub element: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl BuildError {
    pub(crate) fn new(element: &str, message: impl Into<String>) -> Self {
        Self {
            element: Some(element.into()),
            message: message.into(),
        }
    }
}

/// A node of the model.
#[derive(Debug, Clone)]
pub(crate) struct NodeData {
    pub id: String,
    pub elevation: f64,
    pub pressure_min: Option<f64>,
    pub pressure_max: Option<f64>,
    /// Limits of temperature, K.
    pub temperature_min: Option<f64>,
    pub temperature_max: Option<f64>,
    pub isotherm: usize,
    /// A place inside a pipe, made by a leak or break.
    pub inner: bool,
}

/// The parts that a scheduled break of a pipe acts on.
#[derive(Debug, Clone)]
pub(crate) struct BreakPlace {
    pub pipe: String,
    pub distance_m: f64,
    pub valve: usize,
    pub ends: [usize; 2],
    pub area: f64,
}

/// Temperatures and gases that differ from place to place.
#[derive(Debug, Clone)]
pub(crate) struct Inside {
    pub gases: Arc<Gases>,
    /// Each gas of the case (0: its own), as shares in mass of the gases of the tables.
    pub brought: Vec<Vec<f64>>,
    /// Profiles of gases: times, s, and shares.
    pub profiles: Vec<(Vec<f64>, Vec<Vec<f64>>)>,
    /// What takes heat from pipes; none: gas has the temperature of the ground.
    pub surroundings: Option<Surroundings>,
    /// Names of the shares of a mixture: gases, supplies, what was there at first, batches; empty where a gas
    /// has none.
    pub names: Vec<String>,
    pub parcel_m: Option<f64>,
    /// Whether mixtures are carried.
    pub tracked: bool,
}

/// A list that copies of a model have in common.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T>(Arc<[T]>);

impl<T> From<Vec<T>> for Shared<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list.into())
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Shared<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A case ready to be solved. Copies share the mesh and the property tables.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) case: Case,
    pub(crate) options: Options,
    pub(crate) settings: Settings,
    pub(crate) gas: Gas,
    pub(crate) isotherms: Shared<Isotherm>,
    pub(crate) nodes: Shared<NodeData>,
    pub(crate) pipes: Shared<PipeMesh>,
    pub(crate) links: Vec<Link>,
    pub(crate) terminals: Vec<Terminal>,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) breaks: Vec<BreakPlace>,
    /// Parts of each of the case's pipes that take part, in order along the pipe.
    pub(crate) pipe_parts: BTreeMap<usize, Vec<usize>>,
    pub(crate) faces: usize,
    pub(crate) segments: usize,
    pub(crate) assumptions: Vec<String>,
    pub(crate) inside: Option<Arc<Inside>>,
}

impl Model {
    /// Indexes and meshes a case. The case should have passed the validator; what makes a model
    /// impossible all the same is returned as an error.
    pub fn build(case: &Case, options: &Options) -> Result<Self, BuildError> {
        Self::made(case, options, None)
    }

    /// Builds a model that takes over the property tables of another one where they fit.
    pub(crate) fn build_like(
        case: &Case,
        options: &Options,
        like: &Self,
    ) -> Result<Self, BuildError> {
        Self::made(case, options, Some(like))
    }

    fn made(case: &Case, options: &Options, like: Option<&Self>) -> Result<Self, BuildError> {
        let mut builder = Builder::new(case, options)?;
        builder.nodes()?;
        builder.pipes()?;
        builder.links()?;
        builder.terminals()?;
        build::finish(builder, like)
    }

    /// Number of cells of the mesh.
    pub fn cells(&self) -> usize {
        self.segments
    }

    /// A number that is equal for models whose states fit each other one to one.
    pub fn fingerprint(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        for node in &self.nodes {
            node.id.hash(&mut hasher);
        }
        for pipe in &self.pipes {
            (
                pipe.case_pipe,
                pipe.cells(),
                pipe.dx.to_bits(),
                pipe.area.to_bits(),
            )
                .hash(&mut hasher);
        }
        for link in &self.links {
            link.id.hash(&mut hasher);
        }
        for terminal in &self.terminals {
            terminal.id.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The time integration method: as asked for; or Radau's on networks of pipes, and Kennedy and
    /// Carpenter's, which solves a stage to its end before the next one, where laws of links may jump.
    pub(crate) fn method(&self) -> Method {
        let plain = self.links.iter().all(Link::is_piping);
        self.options
            .method
            .unwrap_or(match plain && !self.settings.waves {
                true => Method::Radau3,
                false => Method::Esdirk4,
            })
    }

    /// Density at a node's pressure, kg/m³.
    #[inline]
    pub(crate) fn face_density(&self, pipe: &PipeMesh, pressure: f64) -> f64 {
        let gas = &self.isotherms[pipe.isotherm];
        match gas.constant_ratio() {
            Some(ratio) => pressure * ratio,
            None => gas.density(pressure).0,
        }
    }
}
