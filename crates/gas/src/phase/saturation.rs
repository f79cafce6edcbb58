use super::linear::solve;
use crate::cubic::{Model, Phase};

/// The equations of a saturated phase of composition z in equilibrium with an incipient one.
///
/// Unknowns X: ln K_i = ln(z_i/w_i) of each component, ln T, ln p. Residual:
///
/// $$ F_i = \ln K_i + \ln φ_i(z) - \ln φ_i(w),\quad F_{n+1} = \sum_i w_i - 1,\quad
///    F_{n+2} = X_s - S,\quad w_i = z_i/K_i $$
///
/// with the root of lower Gibbs energy in either phase, so the same equations serve dew points, the
/// critical point's neighbourhood and bubble points. The Jacobian is exact.
/// Source: Michelsen 1980, Fluid Phase Equilib. 4, 1; Michelsen and Mollerup 2007, chapter 12.
pub(super) struct Saturation<'a> {
    pub(super) model: &'a Model,
    pub(super) feed: &'a [f64],
}

/// A solution, with its change as the specified unknown changes.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    pub(super) unknowns: Vec<f64>,
    /// dX/dS.
    pub(super) slopes: Vec<f64>,
    pub(super) iterations: usize,
}

/// Newton iterations of one point.
const ITERATIONS: usize = 12;
/// Largest correction that is left standing.
const CONVERGED: f64 = 1e-9;

impl Saturation<'_> {
    /// Number of components.
    pub(super) fn len(&self) -> usize {
        self.feed.len()
    }

    /// The incipient phase of a solution, in mole fractions.
    pub(super) fn incipient(&self, unknowns: &[f64]) -> Vec<f64> {
        self.feed
            .iter()
            .zip(unknowns)
            .map(|(z, k)| z / k.exp())
            .collect()
    }

    /// Newton from a start, with one unknown specified; none when it does not converge.
    pub(super) fn solve(&self, start: &[f64], specified: usize, value: f64) -> Option<Solved> {
        let n = self.len();
        let mut x = start.to_vec();
        for iterations in 1..=ITERATIONS {
            let (mut residual, matrix) = self.equations(&x, specified);
            residual[n + 1] = x[specified] - value;
            let step = solve(matrix, residual)?;
            let largest = step.iter().fold(0.0f64, |m, s| m.max(s.abs()));
            if !largest.is_finite() {
                return None;
            }
            // Long steps are shortened: the logarithms are smooth only so far.
            let scale = (0.7 / largest).min(1.0);
            x.iter_mut().zip(&step).for_each(|(x, s)| *x -= scale * s);
            if largest < CONVERGED {
                let (_, matrix) = self.equations(&x, specified);
                let mut unit = vec![0.0; n + 2];
                unit[n + 1] = 1.0;
                return Some(Solved {
                    slopes: solve(matrix, unit)?,
                    unknowns: x,
                    iterations,
                });
            }
        }
        None
    }

    /// Residual (but for the specification) and Jacobian.
    fn equations(&self, x: &[f64], specified: usize) -> (Vec<f64>, Vec<f64>) {
        let n = self.len();
        let (t, p) = (x[n].exp(), x[n + 1].exp());
        let w = self.incipient(x);
        let sum: f64 = w.iter().sum();
        let fractions: Vec<f64> = w.iter().map(|w| w / sum).collect();
        let feed = self.model.mixed(self.feed, t).fugacities(p, Phase::Stable);
        let mixed = self.model.mixed(&fractions, t);
        let own = mixed.fugacities(p, Phase::Stable);
        let by_moles = mixed.by_moles(p, Phase::Stable, |i, j| self.model.pair(i, j, t));
        let width = n + 2;
        let (mut residual, mut matrix) = (vec![0.0; width], vec![0.0; width * width]);
        for i in 0..n {
            residual[i] = x[i] + feed.ln_phi[i] - own.ln_phi[i];
            for j in 0..n {
                let unit = f64::from(u8::from(i == j));
                matrix[i * width + j] = unit + by_moles[i * n + j] * w[j] / sum;
            }
            matrix[i * width + n] = t * (feed.by_temperature[i] - own.by_temperature[i]);
            matrix[i * width + n + 1] = p * (feed.by_pressure[i] - own.by_pressure[i]);
            matrix[n * width + i] = -w[i];
        }
        residual[n] = sum - 1.0;
        matrix[(n + 1) * width + specified] = 1.0;
        (residual, matrix)
    }

    /// A dew point at a low pressure (Pa), from Wilson's estimate of K.
    pub(super) fn start(&self, pressure: f64) -> Option<Solved> {
        let liquid = |t: f64| -> f64 {
            let k = self.model.wilson(pressure, t);
            self.feed.iter().zip(k).map(|(z, k)| z / k.exp()).sum()
        };
        // The sum of the liquid falls with the temperature.
        let (mut low, mut high) = (20.0, 1500.0);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if liquid(middle) > 1.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut x = self.model.wilson(pressure, high);
        x.extend([high.ln(), pressure.ln()]);
        self.solve(&x, self.len() + 1, pressure.ln())
    }
}
