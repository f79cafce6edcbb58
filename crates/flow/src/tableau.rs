//! Butcher tableaux of the time integration methods.
//!
//! All are one-step, stiffly accurate (the last stage is the new state) and L-stable. Those of Kennedy and
//! Carpenter solve one stage after the other; those of Radau are solved by sweeps over their stages (`sweeps`).

use crate::model::Method;

/// Coefficients of a Runge-Kutta method.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tableau {
    /// Order of the method.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "states the method; the tests check it")
    )]
    pub order: usize,
    /// Diagonal: what each stage takes of its own rate.
    pub diagonal: &'static [f64],
    /// Whether the first stage is the old state itself.
    pub explicit_first: bool,
    /// Stage times.
    pub c: &'static [f64],
    /// Rows of the strict lower triangle.
    pub a: &'static [&'static [f64]],
    /// Coefficients less the diagonal and `a`, of methods that need sweeps: what a stage takes of the
    /// rates of the sweep before.
    pub rest: &'static [&'static [f64]],
    /// Weights less those of the embedded method; empty without one.
    pub error: &'static [f64],
    /// Order of the embedded method.
    pub embedded_order: usize,
    /// A stage near the middle, by which the values within the step are judged.
    pub middle: usize,
    /// Stages through which the polynomial within a step goes, besides the old state: well apart, and the
    /// last one among them.
    pub dense: &'static [usize],
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
            self.diagonal[last]
        } else {
            self.a[last][stage]
        }
    }

    /// Whether stages are solved by sweeps.
    pub(crate) fn sweeps(&self) -> bool {
        !self.rest.is_empty()
    }
}

pub(crate) fn tableau(method: Method) -> &'static Tableau {
    match method {
        Method::ImplicitEuler => &IMPLICIT_EULER,
        Method::TrBdf2 => &TR_BDF2,
        Method::Esdirk3 => &ESDIRK3,
        Method::Esdirk4 => &ESDIRK4,
        Method::Esdirk5 => &ESDIRK5,
        Method::Radau3 => &RADAU3,
        Method::Radau5 => &RADAU5,
        Method::Radau7 => &RADAU7,
    }
}

pub(crate) const IMPLICIT_EULER: Tableau = Tableau {
    order: 1,
    diagonal: &[1.0],
    explicit_first: false,
    c: &[1.0],
    a: &[&[]],
    rest: &[],
    error: &[],
    embedded_order: 0,
    middle: 0,
    dense: &[0],
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
    diagonal: &[0.0, G3, G3, G3],
    explicit_first: true,
    c: &[0.0, C3[0], C3[1], 1.0],
    a: &[&[], &[G3], &[C3[1] - G3 - A32, A32], &B3],
    rest: &[],
    error: &[
        B3[0] - 2_756_255_671_327.0 / 12_835_298_489_170.0,
        B3[1] + 10_771_552_573_575.0 / 22_201_958_757_719.0,
        B3[2] - 9_247_589_265_047.0 / 10_645_013_368_117.0,
        G3 - 2_193_209_047_091.0 / 5_459_859_503_100.0,
    ],
    embedded_order: 2,
    middle: 2,
    dense: &[1, 2, 3],
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
    diagonal: &[0.0, 0.25, 0.25, 0.25, 0.25, 0.25],
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
    rest: &[],
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
    dense: &[1, 2, 3, 4, 5],
};

const SQRT2: f64 = std::f64::consts::SQRT_2;
const G2: f64 = 1.0 - 0.5 * SQRT2;

/// The trapezoidal rule and the second backward difference as one method, with an embedded method of
/// order 3: Hosea and Shampine, Appl. Numer. Math. 20 (1996) 21-37. Checked by `tests::order_conditions`.
const TR_BDF2: Tableau = Tableau {
    order: 2,
    diagonal: &[0.0, G2, G2],
    explicit_first: true,
    c: &[0.0, 2.0 * G2, 1.0],
    a: &[&[], &[G2], &[0.25 * SQRT2, 0.25 * SQRT2]],
    rest: &[],
    error: &[
        0.25 * SQRT2 - (1.0 - 0.25 * SQRT2) / 3.0,
        0.25 * SQRT2 - (0.75 * SQRT2 + 1.0) / 3.0,
        G2 - G2 / 3.0,
    ],
    embedded_order: 2,
    middle: 1,
    dense: &[1, 2],
};

const G5: f64 = 41.0 / 200.0;
const B5: [f64; 7] = [
    -872_700_587_467.0 / 9_133_579_230_613.0,
    0.0,
    0.0,
    22_348_218_063_261.0 / 9_555_858_737_531.0,
    -1_143_369_518_992.0 / 8_141_816_002_931.0,
    -39_379_526_789_629.0 / 19_018_526_304_540.0,
    32_727_382_324_388.0 / 42_900_044_865_799.0,
];

/// ESDIRK5(4)8L[2]SA: Kennedy and Carpenter 2003, the implicit half of ARK5(4)8L[2]SA.
/// Checked by `tests::order_conditions`.
const ESDIRK5: Tableau = Tableau {
    order: 5,
    diagonal: &[0.0, G5, G5, G5, G5, G5, G5, G5],
    explicit_first: true,
    c: &[
        0.0,
        0.41,
        2_935_347_310_677.0 / 11_292_855_782_101.0,
        1_426_016_391_358.0 / 7_196_633_302_097.0,
        0.92,
        0.24,
        0.6,
        1.0,
    ],
    a: &[
        &[],
        &[G5],
        &[41.0 / 400.0, -567_603_406_766.0 / 11_931_857_230_679.0],
        &[
            683_785_636_431.0 / 9_252_920_307_686.0,
            0.0,
            -110_385_047_103.0 / 1_367_015_193_373.0,
        ],
        &[
            3_016_520_224_154.0 / 10_081_342_136_671.0,
            0.0,
            30_586_259_806_659.0 / 12_414_158_314_087.0,
            -22_760_509_404_356.0 / 11_113_319_521_817.0,
        ],
        &[
            218_866_479_029.0 / 1_489_978_393_911.0,
            0.0,
            638_256_894_668.0 / 5_436_446_318_841.0,
            -1_179_710_474_555.0 / 5_321_154_724_896.0,
            -60_928_119_172.0 / 8_023_461_067_671.0,
        ],
        &[
            1_020_004_230_633.0 / 5_715_676_835_656.0,
            0.0,
            25_762_820_946_817.0 / 25_263_940_353_407.0,
            -2_161_375_909_145.0 / 9_755_907_335_909.0,
            -211_217_309_593.0 / 5_846_859_502_534.0,
            -4_269_925_059_573.0 / 7_827_059_040_749.0,
        ],
        &B5,
    ],
    rest: &[],
    error: &[
        B5[0] + 975_461_918_565.0 / 9_796_059_967_033.0,
        0.0,
        0.0,
        B5[3] - 78_070_527_104_295.0 / 32_432_590_147_079.0,
        B5[4] + 548_382_580_838.0 / 3_424_219_808_633.0,
        B5[5] + 33_438_840_321_285.0 / 15_594_753_105_479.0,
        B5[6] - 3_629_800_801_594.0 / 4_656_183_773_603.0,
        G5 - 4_035_322_873_751.0 / 18_575_991_585_200.0,
    ],
    embedded_order: 4,
    middle: 1,
    dense: &[2, 1, 6, 4, 7],
};

/// Coefficients of collocation at `c`: a_ij is the integral from 0 to c_i of the polynomial that is 1 at
/// c_j and 0 at the others.
const fn collocation<const S: usize>(c: [f64; S]) -> [[f64; S]; S] {
    let mut a = [[0.0; S]; S];
    let mut j = 0;
    while j < S {
        let basis = basis(c, j);
        let mut i = 0;
        while i < S {
            let (mut power, mut k) = (c[i], 0);
            while k < S {
                a[i][j] += basis[k] * power / (k as f64 + 1.0);
                power *= c[i];
                k += 1;
            }
            i += 1;
        }
        j += 1;
    }
    a
}

/// Coefficients, by powers, of the polynomial that is 1 at c_j and 0 at the others.
const fn basis<const S: usize>(c: [f64; S], j: usize) -> [f64; S] {
    let mut basis = [0.0; S];
    basis[0] = 1.0;
    let (mut m, mut degree) = (0, 0);
    while m < S {
        if m != j {
            let scale = 1.0 / (c[j] - c[m]);
            degree += 1;
            let mut k = degree;
            while k > 0 {
                basis[k] = (basis[k - 1] - c[m] * basis[k]) * scale;
                k -= 1;
            }
            basis[0] *= -c[m] * scale;
        }
        m += 1;
    }
    basis
}

/// The lower factor T of A = T U, where the diagonal of U is one.
const fn lower_factor<const S: usize>(a: [[f64; S]; S]) -> [[f64; S]; S] {
    let (mut lower, mut upper) = ([[0.0; S]; S], [[0.0; S]; S]);
    let mut j = 0;
    while j < S {
        let mut i = 0;
        while i < S {
            let mut value = a[i][j];
            let mut k = 0;
            while k < S {
                if k < i && k < j {
                    value -= lower[i][k] * upper[k][j];
                }
                k += 1;
            }
            if i >= j {
                lower[i][j] = value;
            } else {
                upper[i][j] = value / lower[i][i];
            }
            i += 1;
        }
        j += 1;
    }
    lower
}

/// What a sweep takes from stages and old state: with a column and a row for the old state.
struct Sweep<const N: usize> {
    c: [f64; N],
    diagonal: [f64; N],
    /// T below its diagonal.
    lower: [[f64; N]; N],
    /// A - T.
    rest: [[f64; N]; N],
    error: [f64; N],
}

/// Radau's method IIA (Ehle 1969, Axelsson 1969) at the places `c` for sweeps with the lower factor of
/// its coefficients: van der Houwen and de Swart, SIAM J. Sci. Comput. 18 (1997) 41-55.
///
/// The error is the divided difference of the rates at old state and stages, times `error_scale`.
const fn radau<const S: usize, const N: usize>(c: [f64; S], error_scale: f64) -> Sweep<N> {
    let a = collocation(c);
    let t = lower_factor(a);
    let mut sweep = Sweep {
        c: [0.0; N],
        diagonal: [0.0; N],
        lower: [[0.0; N]; N],
        rest: [[0.0; N]; N],
        error: [0.0; N],
    };
    let mut i = 0;
    while i < S {
        sweep.c[i + 1] = c[i];
        sweep.diagonal[i + 1] = t[i][i];
        let mut j = 0;
        while j < S {
            if j < i {
                sweep.lower[i + 1][j + 1] = t[i][j];
            }
            // The first column of A is that of T.
            if j > 0 {
                sweep.rest[i + 1][j + 1] = a[i][j] - t[i][j];
            }
            j += 1;
        }
        i += 1;
    }
    let mut i = 0;
    while i < N {
        sweep.error[i] = error_scale;
        let mut j = 0;
        while j < N {
            if j != i {
                sweep.error[i] /= sweep.c[i] - sweep.c[j];
            }
            j += 1;
        }
        i += 1;
    }
    sweep
}

const SQRT6: f64 = 2.449_489_742_783_178;
const R3: Sweep<3> = radau([1.0 / 3.0, 1.0], 0.01);
const R5: Sweep<4> = radau([0.4 - 0.1 * SQRT6, 0.4 + 0.1 * SQRT6, 1.0], 0.004);
/// The zeros of P_4 - P_3 on the interval from 0 to 1.
const R7: Sweep<5> = radau(
    [
        0.088_587_959_512_703_95,
        0.409_466_864_440_734_7,
        0.787_659_461_760_847_1,
        1.0,
    ],
    0.0005,
);

/// Radau IIA of order 3.
const RADAU3: Tableau = Tableau {
    order: 3,
    diagonal: &R3.diagonal,
    explicit_first: true,
    c: &R3.c,
    a: &[&R3.lower[0], &R3.lower[1], &R3.lower[2]],
    rest: &[&R3.rest[0], &R3.rest[1], &R3.rest[2]],
    error: &R3.error,
    embedded_order: 2,
    middle: 1,
    dense: &[1, 2],
};

/// Radau IIA of order 5.
const RADAU5: Tableau = Tableau {
    order: 5,
    diagonal: &R5.diagonal,
    explicit_first: true,
    c: &R5.c,
    a: &[&R5.lower[0], &R5.lower[1], &R5.lower[2], &R5.lower[3]],
    rest: &[&R5.rest[0], &R5.rest[1], &R5.rest[2], &R5.rest[3]],
    error: &R5.error,
    embedded_order: 3,
    middle: 2,
    dense: &[1, 2, 3],
};

/// Radau IIA of order 7.
const RADAU7: Tableau = Tableau {
    order: 7,
    diagonal: &R7.diagonal,
    explicit_first: true,
    c: &R7.c,
    a: &[
        &R7.lower[0],
        &R7.lower[1],
        &R7.lower[2],
        &R7.lower[3],
        &R7.lower[4],
    ],
    rest: &[
        &R7.rest[0],
        &R7.rest[1],
        &R7.rest[2],
        &R7.rest[3],
        &R7.rest[4],
    ],
    error: &R7.error,
    embedded_order: 4,
    middle: 2,
    dense: &[1, 2, 3, 4],
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
                    row[i] = t.diagonal[i];
                }
                if let Some(rest) = t.rest.get(i) {
                    row.iter_mut().zip(*rest).for_each(|(x, r)| *x += r);
                }
                row
            })
            .collect()
    }

    /// Butcher's order conditions up to order 4, and those on quadrature of order 5, for the weights and the embedded weights.
    #[test]
    fn order_conditions() {
        for t in [
            &TR_BDF2, &ESDIRK3, &ESDIRK4, &ESDIRK5, &RADAU3, &RADAU5, &RADAU7,
        ] {
            let a = full(t);
            let n = t.c.len();
            let c: Vec<f64> = a.iter().map(|r| r.iter().sum()).collect();
            for (sum, &stated) in c.iter().zip(t.c) {
                assert!((sum - stated).abs() < 1e-12, "{sum} {stated}");
            }
            let b = a[n - 1].clone();
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
            let c4: Vec<f64> = c.iter().map(|x| x.powi(4)).collect();
            let ac3 = mul(&c3);
            let conditions: [(usize, &[f64], f64); 10] = [
                (1, &ones, 1.0),
                (2, &c, 0.5),
                (3, &c2, 1.0 / 3.0),
                (3, &ac, 1.0 / 6.0),
                (4, &c3, 0.25),
                (4, &cac, 0.125),
                (4, &ac2, 1.0 / 12.0),
                (4, &aac, 1.0 / 24.0),
                (5, &c4, 0.2),
                (5, &ac3, 0.05),
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
