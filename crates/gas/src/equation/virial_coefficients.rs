//! Virial coefficients of the five-component model of SGERG-88, which GROSS shares.

use super::jet::Jet;

/// What the model knows of a gas: an equivalent hydrocarbon, nitrogen, carbon dioxide, hydrogen and
/// carbon monoxide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Coefficients {
    /// Molar heating value of the equivalent hydrocarbon at 25 degC, kJ/mol.
    pub(crate) heating_value: f64,
    /// Mole fractions: equivalent hydrocarbon, nitrogen, carbon dioxide, hydrogen, carbon monoxide.
    pub(crate) fractions: [f64; 5],
}

/// c0 + c1 T + c2 T2 of the published coefficients, in dm3/mol and dm6/mol2.
type Row = [f64; 3];

/// B of the equivalent hydrocarbon by the powers 0, 1 and 2 of its heating value.
const B11: [Row; 3] = [
    [-0.425_468, 2.865e-3, -4.620_73e-6],
    [8.771_18e-4, -5.562_81e-6, 8.815_1e-9],
    [-8.247_47e-7, 4.314_36e-9, -6.083_19e-12],
];
const B22: Row = [-0.144_6, 7.409_1e-4, -9.119_5e-7];
const B23: Row = [-0.339_693, 1.611_76e-3, -2.044_29e-6];
const B33: Row = [-0.868_34, 4.037_6e-3, -5.165_7e-6];
const B14: Row = [-5.212_8e-2, 2.715_7e-4, -2.5e-7];
const B15: Row = [-6.872_9e-2, -2.393_81e-6, 5.181_95e-7];
const B44: Row = [-1.105_96e-3, 8.133_85e-5, -9.872_2e-8];
const B55: Row = [-0.130_82, 6.025_4e-4, -6.443e-7];
/// Nitrogen with hydrogen.
const B24: f64 = 0.012;

const C111: [Row; 3] = [
    [-0.302_488, 1.958_61e-3, -3.163_02e-6],
    [6.464_22e-4, -4.228_76e-6, 6.881_57e-9],
    [-3.328_05e-7, 2.231_6e-9, -3.677_13e-12],
];
const C222: Row = [7.849_8e-3, -3.989_5e-5, 6.118_7e-8];
const C223: Row = [5.520_66e-3, -1.686_09e-5, 1.571_69e-8];
const C233: Row = [3.587_83e-3, 8.066_74e-6, -3.257_98e-8];
const C333: Row = [2.051_3e-3, 3.488_8e-5, -8.370_3e-8];
const C444: Row = [1.047_11e-3, -3.648_87e-6, 4.670_95e-9];
const C115: Row = [7.367_48e-3, -2.765_78e-5, 3.430_51e-8];

impl Coefficients {
    /// B (m3/mol) and C (m6/mol2) with their derivatives in the temperature (K).
    ///
    /// $$ B = \sum\sum x_i x_j B_{ij},\quad C = \sum\sum\sum x_i x_j x_k C_{ijk} $$
    ///
    /// Unlike pairs: B12 = (0.72 + 1.875e-5 (320 - T)^2)(B11 + B22)/2, B13 = -0.865 √(B11 B33), and
    /// for C geometric means with the factors 0.92 + 0.0013 (T - 270), 0.92, 1.10 and 1.20.
    /// Index 1 is the equivalent hydrocarbon, 2 nitrogen, 3 carbon dioxide, 4 hydrogen, 5 carbon
    /// monoxide (the standard numbers the last two 5 and 7).
    ///
    /// Source: Jaeschke and Humphreys 1991, GERG TM5; ISO 12213-3:2006 annex B.
    /// Checked by `tests/published/sgerg.rs`.
    pub(crate) fn at(&self, temperature: f64) -> [Jet; 2] {
        let t = Jet::variable(temperature);
        [self.second(t) * 1e-3, self.third(t) * 1e-6]
    }

    fn of_hydrocarbon(&self, t: Jet, rows: [Row; 3]) -> Jet {
        let h = self.heating_value;
        t.quadratic(rows[0]) + t.quadratic(rows[1]) * h + t.quadratic(rows[2]) * (h * h)
    }

    fn second(&self, t: Jet) -> Jet {
        let [x1, x2, x3, x4, x5] = self.fractions;
        let (b11, b22) = (self.of_hydrocarbon(t, B11), t.quadratic(B22));
        let b33 = t.quadratic(B33);
        let like = b11 * (x1 * x1)
            + b22 * (x2 * x2)
            + b33 * (x3 * x3)
            + t.quadratic(B44) * (x4 * x4)
            + t.quadratic(B55) * (x5 * x5);
        let warm = Jet::constant(320.0) - t;
        let b12 = (warm * warm * 1.875e-5 + 0.72) * (b11 + b22);
        like + b12 * (x1 * x2)
            + (b11 * b33).sqrt() * (-2.0 * 0.865 * x1 * x3)
            + t.quadratic(B23) * (2.0 * x2 * x3)
            + t.quadratic(B14) * (2.0 * x1 * x4)
            + t.quadratic(B15) * (2.0 * x1 * x5)
            + 2.0 * x2 * x4 * B24
    }

    fn third(&self, t: Jet) -> Jet {
        let [x1, x2, x3, x4, x5] = self.fractions;
        let c1 = self.of_hydrocarbon(t, C111);
        let [c2, c3, c4] = [C222, C333, C444].map(|row| t.quadratic(row));
        let with_nitrogen = (t + -270.0) * 0.0013 + 0.92;
        let mean = |a: Jet, b: Jet, c: Jet| (a * b * c).cbrt();
        let like = c1 * x1.powi(3) + c2 * x2.powi(3) + c3 * x3.powi(3) + c4 * x4.powi(3);
        let hydrocarbon_nitrogen = with_nitrogen
            * (mean(c1, c1, c2) * (3.0 * x1 * x1 * x2) + mean(c1, c2, c2) * (3.0 * x1 * x2 * x2));
        let hydrocarbon_dioxide =
            mean(c1, c1, c3) * (3.0 * x1 * x1 * x3) + mean(c1, c3, c3) * (3.0 * x1 * x3 * x3);
        like + hydrocarbon_nitrogen
            + hydrocarbon_dioxide * 0.92
            + mean(c1, c2, c3) * (6.0 * 1.10 * x1 * x2 * x3)
            + mean(c1, c1, c4) * (3.0 * 1.20 * x1 * x1 * x4)
            + t.quadratic(C223) * (3.0 * x2 * x2 * x3)
            + t.quadratic(C233) * (3.0 * x2 * x3 * x3)
            + t.quadratic(C115) * (3.0 * x1 * x1 * x5)
    }
}
