//! How accurate a run is: what its steps say, and what further runs measure.
//!
//! - Time: the embedded error estimate of each step (`stepper`); a run keeps the largest.
//! - Both time and mesh: [`measure`] solves again with a tenth of the tolerance, and then with all cells
//!   halved as well. The scheme is of order 2 in space, so the second of these leaves a quarter of the
//!   mesh's error, and p + (p - p')/3 goes towards the pressure without it (Richardson).

use crate::model::{BuildError, Model, Options};
use crate::transient::{Observer, run};
use linepack_results::{Accuracy, Measured, Solution};

/// The tolerance of the runs that measure, as a share of that of the run.
pub(crate) const FINER: f64 = 0.1;
/// What halving all cells takes away of the error of a mesh at order 2: three of its quarters.
const HALVING: f64 = 3.0;

/// What a run says of itself; `step_error` is the largest of its steps in units of the tolerance.
pub(crate) fn of_steps(model: &Model, step_error: f64) -> Accuracy {
    let tolerance_pa = model.settings.pressure_tolerance_pa;
    Accuracy {
        step_tolerance_pa: tolerance_pa,
        step_error_pa: step_error * tolerance_pa,
        mesh_tolerance_pa: None,
        measured: None,
    }
}

/// The errors of a run's pressures at nodes by two further runs: with a tenth of the tolerance on the same
/// mesh, and with that and all cells halved. Together they cost about six times the run.
///
/// `solution` is what [`run`] made of `model` from time zero to `until_s`. Pressures are compared at its
/// times.
///
/// Errors: that a model cannot be made, or a run not completed, with the reason.
pub fn measure(
    model: &Model,
    solution: &Solution,
    until_s: Option<f64>,
    observer: &mut dyn Observer,
) -> Result<Measured, BuildError> {
    let mut case = model.case.clone();
    case.settings.pressure_tolerance_pa *= FINER;
    let mut again = |halvings: u32| {
        let options = Options {
            halvings: model.options.halvings + halvings,
            ..model.options.clone()
        };
        let finer = Model::build(&case, &options)?;
        completed(run(&finer, None, until_s, observer).solution)
    };
    let (same_mesh, halved) = (again(0)?, again(1)?);
    let field = Field::new(solution);
    let (time, mesh) = (Field::new(&same_mesh), Field::new(&halved));
    let exact = mesh.extrapolated(&time);
    let both = field.furthest(&exact);
    Ok(Measured {
        time_pa: Some(field.furthest(&time).0),
        mesh_pa: time.furthest(&exact).0,
        both_pa: both.0,
        node: both.1,
        time_s: both.2,
        how: "a run with a tenth of the tolerance, and one with all cells halved".to_owned(),
    })
}

pub(crate) fn completed(solution: Solution) -> Result<Solution, BuildError> {
    match solution.status.complete {
        true => Ok(solution),
        false => Err(BuildError {
            element: solution.status.worst_element,
            message: format!("a run that measures errors: {}", solution.status.message),
        }),
    }
}

/// The pressures of nodes at the times of a solution.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    nodes: Vec<String>,
    time_s: Vec<f64>,
    pressure_pa: Vec<f64>,
}

impl Field {
    pub(crate) fn new(solution: &Solution) -> Self {
        let pressure = solution.nodes.column("pressure_pa");
        Self {
            nodes: solution.nodes.ids.clone(),
            time_s: solution.time_s.clone(),
            pressure_pa: pressure.map(<[f64]>::to_vec).unwrap_or_default(),
        }
    }

    /// The values at a time, which is a row of the field.
    fn at(&self, time_s: f64) -> Option<&[f64]> {
        let row = self.time_s.partition_point(|t| *t < time_s - 1e-6);
        let count = self.nodes.len();
        (self.time_s.get(row)? - time_s <= 1e-6).then(|| &self.pressure_pa[row * count..][..count])
    }

    /// What a finer field and a coarser one, of twice its cells' length, go towards.
    pub(crate) fn extrapolated(&self, coarser: &Self) -> Self {
        let mut exact = self.clone();
        let count = self.nodes.len();
        for (time_s, row) in self.time_s.iter().zip(exact.pressure_pa.chunks_mut(count)) {
            for (p, coarse) in row.iter_mut().zip(coarser.at(*time_s).unwrap_or_default()) {
                *p += (*p - coarse) / HALVING;
            }
        }
        exact
    }

    /// The largest difference to another field, Pa, with its node and time.
    pub(crate) fn furthest(&self, other: &Self) -> (f64, String, f64) {
        let mut worst = (0.0, 0, 0.0);
        for (time_s, row) in self
            .time_s
            .iter()
            .zip(self.pressure_pa.chunks(self.nodes.len()))
        {
            let same = other.at(*time_s).unwrap_or_default();
            for (node, (a, b)) in row.iter().zip(same).enumerate() {
                if (a - b).abs() > worst.0 {
                    worst = ((a - b).abs(), node, *time_s);
                }
            }
        }
        let node = self.nodes.get(worst.1).cloned();
        (worst.0, node.unwrap_or_default(), worst.2)
    }
}
