//! Butcher tableaux of the time integration methods.
//!
//! All are one-step, stiffly accurate (the last stage is the new state) and L-stable, with the same
//! diagonal in every implicit stage.

use crate::model::Method;

/// Coefficients of a diagonally implicit Runge-Kutta method.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tableau {
    /// Order of the method.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "states the method; the tests check it")
    )]
    pub order: usize,
    /// Diagonal.
    pub gamma: f64,
    /// Whether the first stage is the old state itself.
    pub explicit_first: bool,
    /// Stage times.
    pub c: &'static [f64],
    /// Rows of the strict lower triangle.
    pub a: &'static [&'static [f64]],
    /// Weights less those of the embedded method; empty without one.
    pub error: &'static [f64],
    /// Order of the embedded method.
    pub embedded_order: usize,
    /// A stage near the middle, by which the values within the step are judged.
    pub middle: usize,
}

impl Tableau {
    /// Weights of the old and new value and of their rates (times the step) in the cubic Hermite
    /// polynomial at the middle stage.
    pub(crate) fn hermite_weights(&self) -> [f64; 4] {
        let x = self.c[self.middle];
        let y = 1.0 - x;
        [
            y * y * (1.0 + 2.0 * x),
            x * x * (3.0 - 2.0 * x),
            x * y * y,
            -x * x * y,
        ]
    }

    /// The weight of a stage in the new state.
    pub(crate) fn weight(&self, stage: usize) -> f64 {
        let last = self.c.len() - 1;
        if stage == last {
            self.gamma
        } else {
            self.a[last][stage]
        }
    }
}

pub(crate) fn tableau(method: Method) -> &'static Tableau {
    match method {
        Method::ImplicitEuler => &IMPLICIT_EULER,
        Method::Esdirk3 => &ESDIRK3,
        Method::Esdirk4 => &ESDIRK4,
    }
}

pub(crate) const IMPLICIT_EULER: Tableau = Tableau {
    order: 1,
    gamma: 1.0,
    explicit_first: false,
    c: &[1.0],
    a: &[&[]],
    error: &[],
    embedded_order: 0,
    middle: 0,
};

/// The middle root of 6γ³ - 18γ² + 9γ - 1 = 0: L-stability at order 3.
const G3: f64 = 0.435_866_521_508_459;
const C3: [f64; 2] = [2.0 * G3, 0.6];
/// Stage order 2: Σ a_3j c_j = c_3²/2.
const A32: f64 = C3[1] * (C3[1] - 2.0 * G3) / (2.0 * C3[0]);
/// Σ b_j c_j = 1/2 and Σ b_j c_j² = 1/3, with b_4 = γ.
const B3: [f64; 3] = {
    let (first, second) = (0.5 - G3, 1.0 / 3.0 - G3);
    let third = (second - first * C3[0]) / (C3[1] * (C3[1] - C3[0]));
    let middle = (first - third * C3[1]) / C3[0];
    [1.0 - G3 - third - middle, middle, third]
};

/// ESDIRK3(2)4L[2]SA: Kennedy and Carpenter, Appl. Numer. Math. 44 (2003) 139-181, the implicit
/// half of ARK3(2)4L[2]SA. Checked by `tests::order_conditions`.
const ESDIRK3: Tableau = Tableau {
    order: 3,
    gamma: G3,
    explicit_first: true,
    c: &[0.0, C3[0], C3[1], 1.0],
    a: &[&[], &[G3], &[C3[1] - G3 - A32, A32], &B3],
    error: &[
        B3[0] - 2_756_255_671_327.0 / 12_835_298_489_170.0,
        B3[1] + 10_771_552_573_575.0 / 22_201_958_757_719.0,
        B3[2] - 9_247_589_265_047.0 / 10_645_013_368_117.0,
        G3 - 2_193_209_047_091.0 / 5_459_859_503_100.0,
    ],
    embedded_order: 2,
    middle: 2,
};

const B4: [f64; 5] = [
    82_889.0 / 524_892.0,
    0.0,
    15_625.0 / 83_664.0,
    69_875.0 / 102_672.0,
    -2_260.0 / 8_211.0,
];

/// ESDIRK4(3)6L[2]SA: Kennedy and Carpenter 2003, the implicit half of ARK4(3)6L[2]SA.
/// Checked by `tests::order_conditions`.
const ESDIRK4: Tableau = Tableau {
    order: 4,
    gamma: 0.25,
    explicit_first: true,
    c: &[0.0, 0.5, 0.332, 0.62, 0.85, 1.0],
    a: &[
        &[],
        &[0.25],
        &[8_611.0 / 62_500.0, -1_743.0 / 31_250.0],
        &[
            5_012_029.0 / 34_652_500.0,
            -654_441.0 / 2_922_500.0,
            174_375.0 / 388_108.0,
        ],
        &[
            15_267_082_809.0 / 155_376_265_600.0,
            -71_443_401.0 / 120_774_400.0,
            730_878_875.0 / 902_184_768.0,
            2_285_395.0 / 8_070_912.0,
        ],
        &B4,
    ],
    error: &[
        B4[0] - 4_586_570_599.0 / 29_645_900_160.0,
        0.0,
        B4[2] - 178_811_875.0 / 945_068_544.0,
        B4[3] - 814_220_225.0 / 1_159_782_912.0,
        B4[4] + 3_700_637.0 / 11_593_932.0,
        0.25 - 61_727.0 / 225_920.0,
    ],
    embedded_order: 3,
    middle: 1,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn full(t: &Tableau) -> Vec<Vec<f64>> {
        let n = t.c.len();
        (0..n)
            .map(|i| {
                let mut row = vec![0.0; n];
                row[..t.a[i].len()].copy_from_slice(t.a[i]);
                if i > 0 || !t.explicit_first {
                    row[i] = t.gamma;
                }
                row
            })
            .collect()
    }

    /// Butcher's order conditions up to order 4, for the weights and the embedded weights.
    #[test]
    fn order_conditions() {
        for t in [&ESDIRK3, &ESDIRK4] {
            let a = full(t);
            let n = t.c.len();
            let c: Vec<f64> = a.iter().map(|r| r.iter().sum()).collect();
            for (sum, &stated) in c.iter().zip(t.c) {
                assert!((sum - stated).abs() < 1e-12, "{sum} {stated}");
            }
            let b: Vec<f64> = (0..n).map(|i| t.weight(i)).collect();
            let embedded: Vec<f64> = b.iter().zip(t.error).map(|(b, e)| b - e).collect();
            let mul = |v: &[f64]| -> Vec<f64> {
                a.iter()
                    .map(|r| r.iter().zip(v).map(|(x, y)| x * y).sum())
                    .collect()
            };
            let c2: Vec<f64> = c.iter().map(|x| x * x).collect();
            let c3: Vec<f64> = c.iter().map(|x| x * x * x).collect();
            let (ac, ac2) = (mul(&c), mul(&c2));
            let aac = mul(&ac);
            let cac: Vec<f64> = c.iter().zip(&ac).map(|(x, y)| x * y).collect();
            let ones = vec![1.0; n];
            let conditions: [(usize, &[f64], f64); 8] = [
                (1, &ones, 1.0),
                (2, &c, 0.5),
                (3, &c2, 1.0 / 3.0),
                (3, &ac, 1.0 / 6.0),
                (4, &c3, 0.25),
                (4, &cac, 0.125),
                (4, &ac2, 1.0 / 12.0),
                (4, &aac, 1.0 / 24.0),
            ];
            for (order, v, want) in conditions {
                let dot = |w: &[f64]| -> f64 { w.iter().zip(v).map(|(x, y)| x * y).sum() };
                if order <= t.order {
                    assert!(
                        (dot(&b) - want).abs() < 1e-12,
                        "order {order}: {} {want}",
                        dot(&b)
                    );
                }
                if order <= t.embedded_order {
                    assert!((dot(&embedded) - want).abs() < 1e-12);
                }
            }
        }
    }
}
