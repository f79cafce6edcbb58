//! Friction factors as functions of the Reynolds number: laminar, transition and turbulent flow.

use super::FrictionTerm;

const LAMINAR_END: f64 = 2320.0;
const TURBULENT_START: f64 = 4000.0;
/// 2/ln 10.
const PER_LN10: f64 = 2.0 / std::f64::consts::LN_10;

/// A turbulent law in Re, prepared for one roughness.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum ReynoldsLaw {
    Colebrook { rough: f64, haaland: f64 },
    Hofer { rough: f64 },
    Aga { rough_transmission: f64 },
    SwameeJain { rough: f64 },
}

impl ReynoldsLaw {
    pub(super) fn colebrook_white(relative_roughness: f64) -> Self {
        Self::Colebrook {
            rough: relative_roughness / 3.71,
            haaland: (relative_roughness / 3.7).powf(1.11),
        }
    }

    pub(super) fn hofer(relative_roughness: f64) -> Self {
        Self::Hofer {
            rough: relative_roughness / 3.71,
        }
    }

    pub(super) fn aga(relative_roughness: f64) -> Self {
        Self::Aga {
            rough_transmission: 4.0 * (3.7 / relative_roughness).log10(),
        }
    }

    pub(super) fn swamee_jain(relative_roughness: f64) -> Self {
        Self::SwameeJain {
            rough: relative_roughness / 3.7,
        }
    }

    /// Whether λ of turbulent flow is smooth in Re.
    pub(super) fn is_smooth(&self) -> bool {
        !matches!(self, Self::Aga { .. })
    }

    /// φ = λ q|q| at a flow, kg/s; `unit` is the flow at which Re = 1.
    #[inline]
    pub(super) fn term(&self, flow: f64, unit: f64) -> FrictionTerm {
        let magnitude = flow.abs();
        let reynolds = magnitude / unit;
        if reynolds < LAMINAR_END {
            let slope = 64.0 * unit;
            let value = slope * flow;
            return FrictionTerm {
                value,
                per_flow: slope,
                per_ln_viscosity: value,
            };
        }
        let (lambda, slope) = if reynolds >= TURBULENT_START {
            self.turbulent(reynolds)
        } else {
            self.transition(reynolds)
        };
        FrictionTerm {
            value: lambda * flow * magnitude,
            per_flow: magnitude * (2.0 * lambda + slope),
            per_ln_viscosity: -slope * flow * magnitude,
        }
    }

    /// λ and dλ/d(ln Re) of turbulent flow.
    #[inline]
    fn turbulent(&self, reynolds: f64) -> (f64, f64) {
        match *self {
            Self::Colebrook { rough, haaland } => colebrook_white(rough, haaland, reynolds, 2),
            Self::Hofer { rough } => hofer(rough, reynolds),
            Self::Aga { rough_transmission } => aga(rough_transmission, reynolds),
            Self::SwameeJain { rough } => swamee_jain(rough, reynolds),
        }
    }

    /// Cubic Hermite piece in ln Re between laminar flow at 2320 and turbulent flow at 4000,
    /// continuous in value and slope.
    fn transition(&self, reynolds: f64) -> (f64, f64) {
        let width = (TURBULENT_START / LAMINAR_END).ln();
        let x = (reynolds / LAMINAR_END).ln() / width;
        let (y0, d0) = (64.0 / LAMINAR_END, -64.0 / LAMINAR_END * width);
        let (y1, d1) = self.turbulent(TURBULENT_START);
        let d1 = d1 * width;
        let (c2, c3) = (3.0 * (y1 - y0) - 2.0 * d0 - d1, 2.0 * (y0 - y1) + d0 + d1);
        let slope = (d0 + x * (2.0 * c2 + x * 3.0 * c3)) / width;
        (y0 + x * (d0 + x * (c2 + x * c3)), slope)
    }
}

/// Darcy friction factor by Colebrook and White, and its derivative with ln Re.
///
/// $$ 1/\sqrt λ = -2 \log_{10}( k/(3.71 D) + 2.51/(Re \sqrt λ) ) $$
///
/// | symbol           | argument   | unit | range                        |
/// |------------------|------------|------|------------------------------|
/// | k/(3.71 D)       | `rough`    | –    | 0 … 0.0135                   |
/// | (k/(3.7 D))^1.11 | `haaland`  | –    | first guess by Haaland 1983  |
/// | Re               | `reynolds` | –    | > 4000                       |
///
/// Two Newton steps on Haaland's explicit formula leave less than 1e-9 relative above Re = 4000.
/// Source: Colebrook 1939, eq. 15. Checked by `tests::colebrook_is_solved`.
pub(super) fn colebrook_white(rough: f64, haaland: f64, reynolds: f64, steps: usize) -> (f64, f64) {
    let mut x = -1.8 * (haaland + 6.9 / reynolds).log10();
    let per_reynolds = 2.51 / reynolds;
    for _ in 0..steps {
        let inner = rough + per_reynolds * x;
        let residual = x + PER_LN10 * inner.ln();
        x -= residual / (1.0 + PER_LN10 * per_reynolds / inner);
    }
    let u = per_reynolds * x;
    let share = PER_LN10 * u / (rough + u);
    let dx = share / (1.0 + share / x);
    (1.0 / (x * x), -2.0 * dx / (x * x * x))
}

/// Darcy friction factor by Hofer, explicit, and its derivative with ln Re.
///
/// $$ 1/\sqrt λ = -2 \log_{10}( (4.518/Re) \log_{10}(Re/7) + k/(3.71 D) ) $$
///
/// Symbols as in `colebrook_white`. Source: Hofer 1973, as given by MORGEN.
/// Checked by `tests::hofer_is_near_colebrook`.
fn hofer(rough: f64, reynolds: f64) -> (f64, f64) {
    let log = (reynolds / 7.0).log10();
    let u = 4.518 / reynolds * log;
    let x = -2.0 * (u + rough).log10();
    let du = 4.518 / reynolds * (1.0 / std::f64::consts::LN_10 - log);
    let dx = -PER_LN10 * du / (u + rough);
    (1.0 / (x * x), -2.0 * dx / (x * x * x))
}

/// Darcy friction factor of the American Gas Association: the smaller transmission factor of rough
/// flow, F = 4 log10(3.7 D/k), and smooth flow, F = 4 Df log10(Re/(1.4126 Ft)) with
/// Ft = 4 log10(Re/Ft) - 0.6 and drag factor Df = 0.96; λ = 4/F².
///
/// Checked by `tests::aga_is_the_smaller_transmission_factor`.
fn aga(rough_transmission: f64, reynolds: f64) -> (f64, f64) {
    const DRAG_FACTOR: f64 = 0.96;
    let mut smooth = 15.0_f64;
    for _ in 0..30 {
        smooth = 4.0 * (reynolds / smooth).log10() - 0.6;
    }
    let transmission = 4.0 * DRAG_FACTOR * (reynolds / (1.4126 * smooth)).log10();
    if transmission >= rough_transmission {
        return (4.0 / (rough_transmission * rough_transmission), 0.0);
    }
    let unit = 4.0 / std::f64::consts::LN_10;
    let smooth_slope = unit / (1.0 + unit / smooth);
    let slope = DRAG_FACTOR * unit * (1.0 - smooth_slope / smooth);
    (
        4.0 / (transmission * transmission),
        -8.0 * slope / transmission.powi(3),
    )
}

/// Darcy friction factor by Swamee and Jain, explicit, and its derivative with ln Re.
///
/// $$ λ = 0.25 / [\log_{10}( k/(3.7 D) + 5.74/Re^{0.9} )]^2 $$
///
/// | symbol    | argument   | unit | range       |
/// |-----------|------------|------|-------------|
/// | k/(3.7 D) | `rough`    | –    | 0 … 0.0135  |
/// | Re        | `reynolds` | –    | 5e3 … 1e8   |
///
/// Source: Swamee and Jain 1976, J. Hydraul. Div. 102, 657.
/// Checked by `tests::swamee_jain_by_hand`.
fn swamee_jain(rough: f64, reynolds: f64) -> (f64, f64) {
    let u = 5.74 / reynolds.powf(0.9);
    let x = -2.0 * (rough + u).log10();
    let dx = PER_LN10 * 0.9 * u / (rough + u);
    (1.0 / (x * x), -2.0 * dx / (x * x * x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// k/D = 3.7e-4 and Re = 1e5: 1e-4 + 5.74e-4.5 = 2.815147e-4, whose logarithm is -3.550499, so
    /// λ = 0.25/12.606046 = 0.0198318.
    #[test]
    fn swamee_jain_by_hand() {
        let (lambda, _) = ReynoldsLaw::swamee_jain(3.7e-4).turbulent(1e5);
        assert!((lambda / 0.019_831_8 - 1.0).abs() < 1e-5, "{lambda}");
    }

    #[test]
    fn colebrook_is_solved() {
        let mut worst: f64 = 0.0;
        for k in [0.0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.05] {
            for e in 0..=18 {
                let reynolds = 4e3 * 10f64.powf(f64::from(e) / 4.0);
                let ReynoldsLaw::Colebrook { rough, haaland } = ReynoldsLaw::colebrook_white(k)
                else {
                    unreachable!("the law asked for")
                };
                let (lambda, _) = colebrook_white(rough, haaland, reynolds, 2);
                // The equation itself, iterated to the end.
                let mut x: f64 = 8.0;
                for _ in 0..100 {
                    x = -2.0 * (k / 3.71 + 2.51 * x / reynolds).log10();
                }
                worst = worst.max((lambda * x * x - 1.0).abs());
            }
        }
        assert!(worst < 1e-9, "{worst:e}");
    }

    #[test]
    fn hofer_is_near_colebrook() {
        // Hofer's formula is Colebrook's with one iteration put in: within 1 % in transmission lines.
        for k in [5e-6, 1e-5, 5e-5] {
            for reynolds in [1e6, 1e7, 5e7] {
                let a = ReynoldsLaw::hofer(k).turbulent(reynolds).0;
                let b = ReynoldsLaw::colebrook_white(k).turbulent(reynolds).0;
                assert!((a / b - 1.0).abs() < 0.01, "{k} {reynolds} {a} {b}");
            }
        }
    }

    #[test]
    fn aga_is_the_smaller_transmission_factor() {
        // Rough at high Re: F = 4 log10(3.7 D/k); k/D = 1e-4 gives 4 * 4.568202 = 18.272807.
        let (lambda, slope) = ReynoldsLaw::aga(1e-4).turbulent(1e8);
        assert!((2.0 / lambda.sqrt() - 18.272_807).abs() < 1e-6 && slope == 0.0);
        // Smooth at low Re: smaller than rough, and Ft solves its equation.
        let (lambda, slope) = ReynoldsLaw::aga(1e-6).turbulent(1e6);
        assert!(2.0 / lambda.sqrt() < 4.0 * 3.7e6_f64.log10() && slope < 0.0);
    }
}
