use super::{Mixed, Phase};
use crate::GAS_CONSTANT;

/// Logarithms of the fugacity coefficients and their derivatives.
#[derive(Debug, Clone)]
pub(crate) struct Fugacities {
    /// ln φ of each component.
    pub(crate) ln_phi: Vec<f64>,
    /// d ln φ/dT at constant pressure and composition, 1/K.
    pub(crate) by_temperature: Vec<f64>,
    /// d ln φ/dp at constant temperature and composition, 1/Pa.
    pub(crate) by_pressure: Vec<f64>,
}

impl Mixed {
    /// Fugacity coefficients at a pressure, with their derivatives.
    ///
    /// $$ \ln φ_i = \frac{b_i}{b}(Z - 1) - \ln(Z - B) - \frac{a}{RTb} \Big(\frac{2 Σ_j x_j a_{ij}}{a}
    ///    - \frac{b_i}{b}\Big) L,\quad L = \frac{\ln((v + δ_1 b)/(v + δ_2 b))}{δ_1 - δ_2} $$
    ///
    /// Source: Michelsen and Mollerup 2007, chapter 3. Checked by `tests/physics/cubic.rs` with
    /// the Gibbs-Duhem relation and finite differences.
    pub(crate) fn fugacities(&self, pressure: f64, phase: Phase) -> Fugacities {
        let (t, p) = (self.temperature, pressure);
        let rt = GAS_CONSTANT * t;
        let v = self.volume(p, phase);
        let iso = self.isotherm(v);
        let z = p * v / rt;
        let log = self.log(v);
        let (a, b) = (self.a, self.b);
        let [d1, d2] = self.deltas;
        let (q1, q2) = (v + d1 * b, v + d2 * b);
        // Volume change on adding a component, (dv/dT)_p, and dL/dv.
        let v_t = -iso.by_temperature / iso.by_volume;
        let log_v = -b / (q1 * q2);
        let each = |i: usize| {
            let (share, row, row_t) = (self.covolumes[i] / b, self.rows[i], self.row_slopes[i]);
            let g = (2.0 * row - a * share) / (b * rt);
            let g_t = (2.0 * row_t - self.a_t * share) / (b * rt) - g / t;
            let ln_phi = share * (z - 1.0) - (z - b * p / rt).ln() - g * log;
            let z_t = p * v_t / rt - z / t;
            // (Z - B) = p (v - b)/RT.
            let free_t = v_t / (v - b) - 1.0 / t;
            let by_temperature = share * z_t - free_t - g_t * log - g * log_v * v_t;
            let v_p = 1.0 / iso.by_volume;
            let z_p = (v + p * v_p) / rt;
            let by_pressure = share * z_p - 1.0 / p - v_p / (v - b) - g * log_v * v_p;
            (ln_phi, by_temperature, by_pressure)
        };
        let mut result = Fugacities {
            ln_phi: Vec::with_capacity(self.rows.len()),
            by_temperature: Vec::with_capacity(self.rows.len()),
            by_pressure: Vec::with_capacity(self.rows.len()),
        };
        for i in 0..self.rows.len() {
            let (ln_phi, by_temperature, by_pressure) = each(i);
            result.ln_phi.push(ln_phi);
            result.by_temperature.push(by_temperature);
            result.by_pressure.push(by_pressure);
        }
        result
    }

    /// n d ln φ_i/dn_j at constant temperature and pressure, row by row; `pair` gives a_ij.
    ///
    /// From the second derivatives of the reduced residual Helmholtz energy F(n, V):
    /// ∂ ln φ_i/∂n_j = F_ij + 1 + (∂P/∂n_i)(∂P/∂n_j)/(RT ∂P/∂V) for one mole.
    pub(crate) fn by_moles(
        &self,
        pressure: f64,
        phase: Phase,
        pair: impl Fn(usize, usize) -> f64,
    ) -> Vec<f64> {
        let rt = GAS_CONSTANT * self.temperature;
        let v = self.volume(pressure, phase);
        let iso = self.isotherm(v);
        let n = self.rows.len();
        let [d1, d2] = self.deltas;
        let (a, b) = (self.a, self.b);
        let (free, q1, q2) = (v - b, v + d1 * b, v + d2 * b);
        // f = ln(..)/((δ1 - δ2) b) and its derivatives with b.
        let f = self.log(v) / b;
        let f_v = -1.0 / (q1 * q2);
        let f_b = -(f + v * f_v) / b;
        let f_vb = (d1 * q2 + d2 * q1) / (q1 * q2).powi(2);
        let f_bb = -(2.0 * f_b + v * f_vb) / b;
        // dp/dn_i at constant volume and temperature.
        let push: Vec<f64> = (0..n)
            .map(|i| {
                let bi = self.covolumes[i];
                rt / free + rt * bi / (free * free) + 2.0 * self.rows[i] * f_v + a * f_vb * bi
            })
            .collect();
        let mut matrix = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                let (bi, bj) = (self.covolumes[i], self.covolumes[j]);
                let repulsion = (bi + bj) / free + bi * bj / (free * free);
                let attraction = 2.0 * pair(i, j) * f
                    + 2.0 * (self.rows[i] * bj + self.rows[j] * bi) * f_b
                    + a * f_bb * bi * bj;
                matrix[i * n + j] =
                    repulsion - attraction / rt + 1.0 + push[i] * push[j] / (rt * iso.by_volume);
            }
        }
        matrix
    }
}

#[cfg(test)]
mod tests {
    use crate::cubic::{Form, Model, Phase};

    const X: [f64; 4] = [0.7, 0.1, 0.15, 0.05];

    fn model(form: Form) -> Model {
        Model::new(form, &[0, 1, 3, 6])
    }

    /// Derivatives with temperature, pressure and moles by central differences; the derivatives
    /// with moles are symmetric and fulfil the Gibbs-Duhem relation Σ x_i d ln φ_i = 0, and Σ x_i
    /// d ln φ_i/dp = (Z - 1)/p.
    #[test]
    fn fugacities_and_their_derivatives_are_consistent() {
        for form in [Form::PengRobinson, Form::Soave] {
            let model = model(form);
            let (t, p) = (285.0, 6e6);
            let at = |x: &[f64], t: f64, p: f64| model.mixed(x, t).fugacities(p, Phase::Vapour);
            let here = at(&X, t, p);
            let mixed = model.mixed(&X, t);
            let z = p * mixed.volume(p, Phase::Vapour) / (crate::GAS_CONSTANT * t);
            let by_moles = mixed.by_moles(p, Phase::Vapour, |i, j| model.pair(i, j, t));
            let departure: f64 = X.iter().zip(&here.by_pressure).map(|(x, d)| x * d).sum();
            assert!((departure * p / (z - 1.0) - 1.0).abs() < 1e-11);
            for i in 0..4 {
                let (h, k) = (1e-4 * t, 1e-4 * p);
                let by_t = (at(&X, t + h, p).ln_phi[i] - at(&X, t - h, p).ln_phi[i]) / (2.0 * h);
                let by_p = (at(&X, t, p + k).ln_phi[i] - at(&X, t, p - k).ln_phi[i]) / (2.0 * k);
                assert!(
                    (by_t - here.by_temperature[i]).abs() < 1e-7,
                    "{form:?} T {i}"
                );
                assert!(
                    ((by_p - here.by_pressure[i]) * p).abs() < 1e-6,
                    "{form:?} p {i}"
                );
                let duhem: f64 = (0..4).map(|j| X[j] * by_moles[j * 4 + i]).sum();
                assert!(duhem.abs() < 1e-12, "{form:?} Gibbs-Duhem {i}: {duhem:e}");
                for j in 0..4 {
                    assert!((by_moles[i * 4 + j] - by_moles[j * 4 + i]).abs() < 1e-12);
                    let moved = |sign: f64| {
                        let mut n = X;
                        n[j] += sign * 1e-5;
                        let sum: f64 = n.iter().sum();
                        at(&n.map(|x| x / sum), t, p).ln_phi[i]
                    };
                    let by_n = (moved(1.0) - moved(-1.0)) / 2e-5;
                    assert!(
                        (by_n - by_moles[i * 4 + j]).abs() < 1e-7,
                        "{form:?} {i} {j}"
                    );
                }
            }
        }
    }

    /// ln φ against another program (CoolProp 8.0.0): 90 % methane, 6 % ethane, 4 % nitrogen.
    #[test]
    fn fugacities_agree_with_another_program() {
        for (form, t, p, expected) in [
            (
                Form::PengRobinson,
                280.0,
                7e6,
                [0.834_965_664_5, 1.028_967_815_9, 0.563_097_002_4],
            ),
            (
                Form::PengRobinson,
                320.0,
                15e6,
                [0.810_019_773_6, 1.088_497_550_8, 0.486_702_382_0],
            ),
            (
                Form::Soave,
                280.0,
                7e6,
                [0.864_810_448_5, 1.055_677_669_5, 0.597_486_724_2],
            ),
            (
                Form::Soave,
                250.0,
                3e6,
                [0.907_814_480_0, 1.013_851_573_8, 0.730_871_696_6],
            ),
        ] {
            let model = Model::new(form, &[0, 1, 3]);
            let found = model
                .mixed(&[0.9, 0.04, 0.06], t)
                .fugacities(p, Phase::Vapour);
            for (ln_phi, phi) in found.ln_phi.iter().zip(expected) {
                assert!((ln_phi.exp() / phi - 1.0).abs() < 1e-8, "{form:?} {t} {p}");
            }
        }
    }
}
