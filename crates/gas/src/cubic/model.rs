use super::interaction::kij;
use super::mixed::Mixed;
use crate::GAS_CONSTANT;
use crate::component::COMPONENTS;

/// Which cubic equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Peng and Robinson 1976, with the 1978 form of m above an acentric factor of 0.49.
    PengRobinson,
    /// Soave 1972.
    Soave,
}

impl Form {
    /// δ1 and δ2 of p = RT/(v - b) - a/((v + δ1 b)(v + δ2 b)).
    pub(crate) fn deltas(self) -> [f64; 2] {
        match self {
            Self::PengRobinson => [
                1.0 + std::f64::consts::SQRT_2,
                1.0 - std::f64::consts::SQRT_2,
            ],
            Self::Soave => [1.0, 0.0],
        }
    }

    /// Ω_a and Ω_b: a_c = Ω_a (R T_c)^2/p_c, b = Ω_b R T_c/p_c.
    fn omegas(self) -> [f64; 2] {
        match self {
            Self::PengRobinson => [0.457_235_528_921_382_2, 0.077_796_073_903_888_45],
            Self::Soave => [0.427_480_233_540_341_4, 0.086_640_349_964_957_72],
        }
    }

    /// The slope m of √α in √T_r, from the acentric factor.
    fn slope(self, w: f64) -> f64 {
        match self {
            Self::PengRobinson if w > 0.49 => {
                0.379_642 + w * (1.485_03 + w * (-0.164_423 + 0.016_666 * w))
            }
            Self::PengRobinson => 0.374_64 + w * (1.542_26 - 0.269_92 * w),
            Self::Soave => 0.480 + w * (1.574 - 0.176 * w),
        }
    }

    /// Volume shift by Peneloux, m3/mol: subtracted from the volume of the equation.
    fn shift(self, w: f64, rt_over_p: f64) -> f64 {
        let rackett = 0.290_56 - 0.087_75 * w;
        match self {
            Self::PengRobinson => 0.500_33 * rt_over_p * (0.259_69 - rackett),
            Self::Soave => 0.407_68 * rt_over_p * (0.294_41 - rackett),
        }
    }
}

/// One component's constants.
#[derive(Debug, Clone, Copy)]
struct Pure {
    critical_temperature: f64,
    slope: f64,
    a: f64,
    b: f64,
    shift: f64,
}

/// A cubic equation for a list of components.
///
/// $$ p = \frac{RT}{v - b} - \frac{a}{(v + δ_1 b)(v + δ_2 b)},\quad
///    a = \sum\sum x_i x_j \sqrt{a_i a_j} (1 - k_{ij}),\quad b = \sum x_i b_i $$
///
/// with a_i = a_c,i (1 + m_i (1 - √T_r))². The volume is then shifted by Σ x_i c_i, which leaves
/// phase equilibria as they are. Units: Pa, m3/mol, K.
/// Source: Peng and Robinson 1976, Ind. Eng. Chem. Fundam. 15, 59; Robinson and Peng 1978, GPA RR-28;
/// Soave 1972, Chem. Eng. Sci. 27, 1197; shift: Peneloux, Rauzy and Freze 1982, Fluid Phase
/// Equilib. 8, 7 (Soave), and Pedersen and Christensen 2006 eq. 4.46 to 4.48 (both).
#[derive(Debug, Clone)]
pub(crate) struct Model {
    form: Form,
    /// Places of the components in the order of AGA 8.
    components: Vec<usize>,
    pure: Vec<Pure>,
    /// 1 - kij, row by row.
    attraction: Vec<f64>,
}

impl Model {
    /// The equation for components by their places in the order of AGA 8.
    pub(crate) fn new(form: Form, components: &[usize]) -> Self {
        let pure = components.iter().map(|&i| pure(form, i)).collect();
        let pairs = components
            .iter()
            .flat_map(|&i| components.iter().map(move |&j| (i, j)));
        Self {
            form,
            components: components.to_vec(),
            pure,
            attraction: pairs.map(|(i, j)| 1.0 - kij(form, i, j)).collect(),
        }
    }

    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// Places of the components in the order of AGA 8.
    pub(crate) fn components(&self) -> &[usize] {
        &self.components
    }

    /// Number of components.
    pub(crate) fn len(&self) -> usize {
        self.pure.len()
    }

    /// The mixture of mole fractions `x` at a temperature (K).
    pub(crate) fn mixed(&self, x: &[f64], temperature: f64) -> Mixed {
        let roots: Vec<[f64; 3]> = self.pure.iter().map(|p| p.root(temperature)).collect();
        let n = self.len();
        let (mut rows, mut row_slopes) = (vec![0.0; n], vec![0.0; n]);
        let (mut a, mut a_t, mut a_tt) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let [r, r_t, r_tt] = roots[i];
            let mut sums = [0.0; 3];
            for j in 0..n {
                let weight = x[j] * self.attraction[i * n + j];
                (0..3).for_each(|k| sums[k] += weight * roots[j][k]);
            }
            rows[i] = r * sums[0];
            row_slopes[i] = r_t * sums[0] + r * sums[1];
            a += x[i] * rows[i];
            a_t += x[i] * row_slopes[i];
            a_tt += x[i] * (r_tt * sums[0] + 2.0 * r_t * sums[1] + r * sums[2]);
        }
        let sum = |of: fn(&Pure) -> f64| x.iter().zip(&self.pure).map(|(x, p)| x * of(p)).sum();
        Mixed {
            deltas: self.form.deltas(),
            temperature,
            a,
            a_t,
            a_tt,
            b: sum(|p| p.b),
            shift: sum(|p| p.shift),
            rows,
            row_slopes,
            covolumes: self.pure.iter().map(|p| p.b).collect(),
        }
    }

    /// √(a_i a_j)(1 - kij) of two components at a temperature (K).
    pub(crate) fn pair(&self, i: usize, j: usize, temperature: f64) -> f64 {
        let root = |k: usize| self.pure[k].root(temperature)[0];
        root(i) * root(j) * self.attraction[i * self.len() + j]
    }

    /// Wilson's estimate of ln K = ln(p_c/p) + 5.373 (1 + ω)(1 - T_c/T) of each component.
    pub(crate) fn wilson(&self, pressure: f64, temperature: f64) -> Vec<f64> {
        let estimate = |&i: &usize| {
            let c = &COMPONENTS[i];
            (c.critical_pressure_pa / pressure).ln()
                + 5.373 * (1.0 + c.acentric_factor) * (1.0 - c.critical_temperature_k / temperature)
        };
        self.components.iter().map(estimate).collect()
    }
}

fn pure(form: Form, component: usize) -> Pure {
    let c = &COMPONENTS[component];
    let rt = GAS_CONSTANT * c.critical_temperature_k;
    let [omega_a, omega_b] = form.omegas();
    let rt_over_p = rt / c.critical_pressure_pa;
    Pure {
        critical_temperature: c.critical_temperature_k,
        slope: form.slope(c.acentric_factor),
        a: omega_a * rt * rt_over_p,
        b: omega_b * rt_over_p,
        shift: form.shift(c.acentric_factor, rt_over_p),
    }
}

impl Pure {
    /// √a and its first two derivatives with temperature.
    fn root(&self, t: f64) -> [f64; 3] {
        let ratio = (t / self.critical_temperature).sqrt();
        let root = self.a.sqrt();
        let slope = -root * self.slope * ratio / (2.0 * t);
        [
            root * (1.0 + self.slope * (1.0 - ratio)),
            slope,
            -slope / (2.0 * t),
        ]
    }
}
