//! Laminar and rough friction added up.

use super::FrictionTerm;

/// λ = 64/Re + a constant.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Sum {
    rough: f64,
}

impl Sum {
    /// Laminar friction and fully rough friction by Nikuradse, added up.
    ///
    /// $$ λ = 64/Re + 1/(2 \log_{10}(D/k) + 1.14)^2 $$
    ///
    /// | symbol | argument                   | unit | range    |
    /// |--------|----------------------------|------|----------|
    /// | D/k    | 1 / `relative_roughness`   | –    | above 20 |
    ///
    /// Source: Nikuradse 1933; added up by pandapipes (Lohmeier et al. 2020, Sustainability 12,
    /// 9899, <https://doi.org/10.3390/su12239899>). Checked by `tests::sum_by_hand`.
    pub(super) fn nikuradse(relative_roughness: f64) -> Self {
        let x = 1.14 - 2.0 * relative_roughness.log10();
        Self { rough: x.powi(-2) }
    }

    /// φ = λ q|q| at a flow, kg/s; `unit` is the flow at which Re = 1.
    #[inline]
    pub(super) fn term(&self, flow: f64, unit: f64) -> FrictionTerm {
        let laminar = 64.0 * unit;
        let rough = self.rough * flow.abs();
        FrictionTerm {
            value: (laminar + rough) * flow,
            per_flow: laminar + 2.0 * rough,
            per_ln_viscosity: laminar * flow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D/k = 1000 at Re = 6400: 64/6400 + 1/7.14² = 0.01 + 0.019615689; φ with q = 2, so at
    /// `unit` = 2/6400, is four times that.
    #[test]
    fn sum_by_hand() {
        let term = Sum::nikuradse(1e-3).term(2.0, 2.0 / 6400.0);
        assert!((term.value / (4.0 * 0.029_615_689) - 1.0).abs() < 1e-7);
    }
}
