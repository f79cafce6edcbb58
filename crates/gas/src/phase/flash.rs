use crate::cubic::{Model, Phase};

/// What a mixture is at a pressure and temperature.
#[derive(Debug, Clone, PartialEq)]
pub struct Flash {
    /// Moles of vapour per mole of the mixture: 1 where there is no liquid.
    pub vapour_fraction: f64,
    /// Mole fractions of the vapour, in the order of AGA 8.
    pub vapour: [f64; 21],
    /// Mole fractions of the liquid, in the order of AGA 8; zeros where there is none.
    pub liquid: [f64; 21],
}

/// Rounds of successive substitution.
const ROUNDS: usize = 2000;
/// Largest change of ln K that is left standing.
const CONVERGED: f64 = 1e-10;

/// K values at which a mixture is two phases; none when it is one.
///
/// Michelsen's stability test from a light and from a heavy trial phase, then successive substitution.
/// Source: Michelsen 1982, Fluid Phase Equilib. 9, 1 and 21. Checked by `tests/physics/phase.rs`.
pub(super) fn split(model: &Model, z: &[f64], p: f64, t: f64) -> Option<(f64, Vec<f64>)> {
    let feed = model.mixed(z, t).fugacities(p, Phase::Stable).ln_phi;
    let chemical: Vec<f64> = z.iter().zip(&feed).map(|(z, f)| z.ln() + f).collect();
    let wilson = model.wilson(p, t);
    let heavy: Vec<f64> = z.iter().zip(&wilson).map(|(z, k)| z / k.exp()).collect();
    let light: Vec<f64> = z.iter().zip(&wilson).map(|(z, k)| z * k.exp()).collect();
    let trials = [(heavy, -1.0), (light, 1.0)];
    let mut ln_k = trials.into_iter().find_map(|(trial, sign)| {
        let found = unstable(model, &chemical, trial, p, t)?;
        Some(
            found
                .iter()
                .zip(z)
                .map(|(w, z)| sign * (w / z).ln())
                .collect::<Vec<f64>>(),
        )
    })?;
    let mut fraction = 0.5;
    for _ in 0..ROUNDS {
        fraction = rachford_rice(z, &ln_k);
        let (x, y) = phases(z, &ln_k, fraction);
        let liquid = model.mixed(&x, t).fugacities(p, Phase::Stable).ln_phi;
        let vapour = model.mixed(&y, t).fugacities(p, Phase::Stable).ln_phi;
        let mut change = 0.0f64;
        for (k, (l, v)) in ln_k.iter_mut().zip(liquid.iter().zip(&vapour)) {
            change = change.max((l - v - *k).abs());
            *k = l - v;
        }
        if change < CONVERGED {
            break;
        }
    }
    let apart = ln_k.iter().any(|k| k.abs() > 1e-6);
    (apart && fraction > 0.0 && fraction < 1.0).then_some((fraction, ln_k))
}

/// A trial phase of lower Gibbs energy than the mixture, if there is one near the start.
fn unstable(model: &Model, chemical: &[f64], start: Vec<f64>, p: f64, t: f64) -> Option<Vec<f64>> {
    let mut w = start;
    for _ in 0..ROUNDS {
        let sum: f64 = w.iter().sum();
        let x: Vec<f64> = w.iter().map(|w| w / sum).collect();
        let phi = model.mixed(&x, t).fugacities(p, Phase::Stable).ln_phi;
        let next: Vec<f64> = chemical
            .iter()
            .zip(&phi)
            .map(|(c, f)| (c - f).exp())
            .collect();
        let moved = w
            .iter()
            .zip(&next)
            .fold(0.0f64, |m, (a, b)| m.max((b / a).ln().abs()));
        w = next;
        if moved < 1e-9 {
            break;
        }
    }
    let sum: f64 = w.iter().sum();
    (sum > 1.0 + 1e-8).then(|| w.iter().map(|w| w / sum).collect())
}

/// The vapour fraction at which both phases sum to one, by bisection within 0 and 1.
fn rachford_rice(z: &[f64], ln_k: &[f64]) -> f64 {
    let excess = |v: f64| -> f64 {
        let terms = z.iter().zip(ln_k);
        terms
            .map(|(z, k)| z * (k.exp() - 1.0) / (1.0 + v * (k.exp() - 1.0)))
            .sum()
    };
    let (mut low, mut high) = (0.0, 1.0);
    if excess(low) <= 0.0 {
        return low;
    }
    if excess(high) >= 0.0 {
        return high;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if excess(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Liquid and vapour of a vapour fraction, each summing to one.
pub(super) fn phases(z: &[f64], ln_k: &[f64], fraction: f64) -> (Vec<f64>, Vec<f64>) {
    let liquid: Vec<f64> = z
        .iter()
        .zip(ln_k)
        .map(|(z, k)| z / (1.0 + fraction * (k.exp() - 1.0)))
        .collect();
    let vapour: Vec<f64> = liquid.iter().zip(ln_k).map(|(x, k)| x * k.exp()).collect();
    let whole = |phase: &[f64]| {
        let sum: f64 = phase.iter().sum();
        phase.iter().map(|x| x / sum).collect()
    };
    (whole(&liquid), whole(&vapour))
}
