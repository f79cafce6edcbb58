use super::explicit::{FactorPoint, IDEAL_PRESSURE_PA};
use super::jet::Jet;
use crate::iso6976::GasQuality;
use crate::{Composition, GasError};
use linepack_units::ReferenceConditions;
use std::ops::RangeInclusive;

/// One pound per square inch, Pa.
const PSI_PA: f64 = 6_894.757_293_168_361;
/// The atmospheric pressure of the method, psi.
const ATMOSPHERE_PSI: f64 = 14.7;
/// Temperatures of validity, K (-40 to 240 degF).
const TEMPERATURE_RANGE_K: RangeInclusive<f64> = 233.15..=388.71;
/// The relative density belongs to 60 degF and one atmosphere.
const REFERENCE: ReferenceConditions = ReferenceConditions {
    temperature_k: 288.705_555_555_555_6,
    pressure_pa: 101_325.0,
};

/// AGA NX-19: Z = Z_b/F_pv² from relative density, nitrogen and carbon dioxide.
///
/// $$ m = 0.0330378 τ^{-2} - 0.0221323 τ^{-3} + 0.0161353 τ^{-5},\quad
///    n = (0.265827 τ^{-2} + 0.0457697 τ^{-4} - 0.133185 τ^{-1})/m $$
/// $$ B = \frac{3 - m n^2}{9 m π^2},\quad b = \frac{9 n - 2 m n^3}{54 m π^3} - \frac{E}{2 m π^2},\quad
///    D = \Big(b + \sqrt{b^2 + B^3}\Big)^{1/3} $$
/// $$ F_{pv} = \frac{\sqrt{B/D - D + n/(3π)}}{1 + 0.00132/τ^{3.25}} $$
///
/// | symbol | meaning                                               | unit | range      |
/// |--------|-------------------------------------------------------|------|------------|
/// | τ      | adjusted temperature T 226.29/(99.15 + 211.9 G - y_c - 1.681 y_n) / 500 | °R | 0.84 … |
/// | π      | adjusted pressure (p_g 156.47/(160.8 - 7.22 G + y_c - 0.392 y_n) + 14.7)/1000 | psi | below 2 |
/// | G      | relative density                                      | -    | 0.554 … 0.75 |
/// | y_n, y_c | nitrogen, carbon dioxide                            | mol % | 0 … 15    |
/// | E      | one of four functions of τ and π                      | -    |            |
/// | Z_b    | compressibility at 60 degF and one atmosphere, by ISO 6976 | - |           |
///
/// The volume is real only with the kinks that E has at τ = 1.09 and π = 1.3; caloric properties
/// are ideal at 101.325 kPa and follow from there by quadrature over the pressure.
///
/// Source: AGA 1962, PAR Research Project NX-19, with the method of relative density; the constants
/// as in ABB Totalflow Technical Bulletin 106 (2003). No printed table was at hand: the test compares
/// with AGA 8 (`tests/published/nx19.rs`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nx19 {
    base: f64,
    pressure_factor: f64,
    temperature_factor: f64,
}

/// Nodes and weights of Gauss and Legendre on 0 … 1.
const QUADRATURE: [(f64, f64); 8] = [
    (0.019_855_071_751_231_884, 0.050_614_268_145_188_13),
    (0.101_666_761_293_186_63, 0.111_190_517_226_687_24),
    (0.237_233_795_041_835_5, 0.156_853_322_938_943_64),
    (0.408_282_678_752_175_1, 0.181_341_891_689_181),
    (0.591_717_321_247_825, 0.181_341_891_689_181),
    (0.762_766_204_958_164_5, 0.156_853_322_938_943_64),
    (0.898_333_238_706_813_4, 0.111_190_517_226_687_24),
    (0.980_144_928_248_768_1, 0.050_614_268_145_188_13),
];

impl Nx19 {
    /// From the composition's relative density by ISO 6976.
    ///
    /// # Errors
    /// A relative density, nitrogen or carbon dioxide outside the range of the method.
    pub(crate) fn new(composition: &Composition) -> Result<Self, GasError> {
        let quality = GasQuality::new(composition, REFERENCE.temperature_k, REFERENCE)?;
        let g = quality.real.relative_density;
        let [_, nitrogen, dioxide, ..] = composition.mole_fractions.map(|x| 100.0 * x);
        for (what, value, low, high) in [
            ("relative density", g, 0.554, 0.75),
            ("nitrogen (mol %)", nitrogen, 0.0, 15.0),
            ("carbon dioxide (mol %)", dioxide, 0.0, 15.0),
        ] {
            if !(low..=high).contains(&value) {
                return Err(GasError::OutOfRange(format!(
                    "AGA NX-19 takes a {what} from {low} to {high}; that of this gas is {value:.4}"
                )));
            }
        }
        Ok(Self {
            base: quality.compressibility,
            pressure_factor: 156.47 / (160.8 - 7.22 * g + dioxide - 0.392 * nitrogen),
            temperature_factor: 226.29 / (99.15 + 211.9 * g - dioxide - 1.681 * nitrogen),
        })
    }

    /// Refuses a state beyond the functions E that are published.
    pub(crate) fn check(&self, pressure: f64, temperature: f64) -> Result<(), GasError> {
        let tau = self.temperature(Jet::constant(temperature)).value;
        let pi = self.pressure(Jet::constant(pressure)).value;
        if TEMPERATURE_RANGE_K.contains(&temperature) && tau >= 0.84 && pi < 2.0 {
            return Ok(());
        }
        Err(GasError::OutOfRange(format!(
            "{pressure} Pa and {temperature} K are outside the range of AGA NX-19, about 13 MPa and \
             233 to 388 K"
        )))
    }

    fn temperature(&self, t: Jet) -> Jet {
        t * (1.8 * self.temperature_factor / 500.0)
    }

    fn pressure(&self, p: Jet) -> Jet {
        let gauge = p * (1.0 / PSI_PA) + -ATMOSPHERE_PSI;
        (gauge * self.pressure_factor + ATMOSPHERE_PSI) * 1e-3
    }

    /// Z; one of the arguments is the variable of the derivatives.
    fn factor(&self, p: Jet, t: Jet) -> Jet {
        let (tau, pi) = (self.temperature(t), self.pressure(p));
        let power = |k: f64| tau.powf(k);
        let m = power(-2.0) * 0.033_037_8 + power(-3.0) * -0.022_132_3 + power(-5.0) * 0.016_135_3;
        let n =
            (power(-2.0) * 0.265_827 + power(-4.0) * 0.045_769_7 + power(-1.0) * -0.133_185) / m;
        let mp2 = m * pi * pi;
        let big = (m * n * n * -1.0 + 3.0) / (mp2 * 9.0);
        let small =
            (n * 9.0 - m * n * n * n * 2.0) / (mp2 * pi * 54.0) - region(tau, pi) / (mp2 * 2.0);
        let d = (small + (small * small + big * big * big).sqrt()).cbrt();
        let root = big / d - d + n / (pi * 3.0);
        let correction = power(-3.25) * 0.001_32 + 1.0;
        correction * correction * self.base / root
    }

    pub(crate) fn at(&self, pressure: f64, temperature: f64) -> FactorPoint {
        let (p, t) = (Jet::constant(pressure), Jet::constant(temperature));
        let by_t = |p: f64| self.factor(Jet::constant(p), Jet::variable(temperature));
        let here = by_t(pressure.max(1.0));
        let mut point = FactorPoint {
            z: here.value,
            z_p: self.factor(Jet::variable(p.value.max(1.0)), t).first,
            z_t: here.first,
            z_t_integral: 0.0,
            z_tt_integral: 0.0,
            excess_integral: 0.0,
        };
        // In the logarithm of the pressure: dZ/dT vanishes near one atmosphere, where p does not.
        let length = (pressure.max(1.0) / IDEAL_PRESSURE_PA).ln();
        for (place, weight) in QUADRATURE {
            let z = by_t(IDEAL_PRESSURE_PA * (place * length).exp());
            let part = weight * length;
            point.z_t_integral += part * z.first;
            point.z_tt_integral += part * z.second;
            point.excess_integral += part * (z.value - 1.0);
        }
        point
    }
}

/// The function E of the adjusted temperature and pressure.
fn region(tau: Jet, pi: Jet) -> Jet {
    let bulge = pi.powf(2.3) * 0.000_75;
    if tau.value >= 1.09 {
        let above = tau + -1.09;
        let root = if above.value > 0.0 {
            above.sqrt()
        } else {
            Jet::ZERO
        };
        let far = root * 1.4 - pi + 2.17;
        return bulge * (above * -20.0).exp() * -1.0 - root * pi * pi * far * far * 0.0011 + 1.0;
    }
    let below = tau * -1.0 + 1.09;
    let power = |k: f64| below.powf(k);
    let cold = (below * -20.0).exp() * -1.0 + 2.0;
    let start = bulge * cold * -1.0 + 1.0;
    if pi.value < 1.3 {
        return start - power(4.0) * pi * (pi * pi * -1.0 + 1.69) * 1.317;
    }
    let exponent = if tau.value < 0.88 {
        let colder = tau * -1.0 + 0.88;
        colder * colder * 80.0 + 1.25
    } else {
        Jet::constant(1.25)
    };
    let limit = (exponent * std::f64::consts::LN_2).exp() * 1.69;
    let wave = power(6.0) * 200.0
        + below * -0.032_49
        + power(2.0) * 2.016_7
        + power(3.0) * -18.028
        + power(4.0) * 42.844;
    start + wave * (pi + -1.3) * (limit - pi * pi) * 0.455
}
