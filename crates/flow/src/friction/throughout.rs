//! Colebrook and White without a zone of transition.

use super::FrictionTerm;
use super::reynolds::colebrook_white;

/// λ by Colebrook and White at every Reynolds number, but at least the laminar one.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Throughout {
    rough: f64,
    haaland: f64,
}

/// Below this Reynolds number the flow is laminar whatever the roughness: there the equation has
/// left its range, and at rest it would leave a step.
const LAMINAR_END: f64 = 400.0;
/// Newton steps on the first guess, which is poor at such Reynolds numbers.
const STEPS: usize = 5;

impl Throughout {
    pub(super) fn new(relative_roughness: f64) -> Self {
        Self {
            rough: relative_roughness / 3.71,
            haaland: (relative_roughness / 3.7).powf(1.11),
        }
    }

    /// φ = λ q|q| at a flow, kg/s; `unit` is the flow at which Re = 1.
    #[inline]
    pub(super) fn term(&self, flow: f64, unit: f64) -> FrictionTerm {
        let magnitude = flow.abs();
        let reynolds = magnitude / unit;
        let laminar = 64.0 * unit;
        let (lambda, slope) = if reynolds > LAMINAR_END {
            colebrook_white(self.rough, self.haaland, reynolds, STEPS)
        } else {
            (0.0, 0.0)
        };
        if lambda * magnitude <= laminar {
            return FrictionTerm {
                value: laminar * flow,
                per_flow: laminar,
                per_ln_viscosity: laminar * flow,
            };
        }
        FrictionTerm {
            value: lambda * flow * magnitude,
            per_flow: magnitude * (2.0 * lambda + slope),
            per_ln_viscosity: -slope * flow * magnitude,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The equation itself, iterated to the end; and 64/Re where that is more.
    #[test]
    fn colebrook_or_laminar() {
        for k in [1e-5, 1e-3, 1e-2, 0.02, 0.05] {
            let law = Throughout::new(k);
            for reynolds in [10.0, 100.0, 401.0, 800.0, 1500.0, 2500.0, 1e4, 1e6] {
                let mut x: f64 = 8.0;
                for _ in 0..300 {
                    x = 0.5 * (x - 2.0 * (k / 3.71 + 2.51 * x / reynolds).log10());
                }
                let turbulent = if reynolds > 400.0 { 1.0 / (x * x) } else { 0.0 };
                let want = turbulent.max(64.0 / reynolds);
                let got = law.term(reynolds, 1.0).value / (reynolds * reynolds);
                assert!(
                    (got / want - 1.0).abs() < 1e-9,
                    "{k} {reynolds} {got} {want}"
                );
            }
        }
    }
}
