use super::explicit::{FactorPoint, IDEAL_PRESSURE_PA};

/// The gas constant in the CNGA coefficients' published numbers, J/(mol K).
pub(super) const GAS_CONSTANT_CNGA: f64 = 8.314;
/// The molar mass of air in them, kg/mol.
const MOLAR_MASS_OF_AIR: f64 = 0.028_96;
/// One pound per square inch as they have it, Pa.
const PSI_PA: f64 = 6_894.757_29;
/// The atmospheric pressure in them, Pa.
const ATMOSPHERE_PA: f64 = 101_350.0;
/// The coefficient of the published Z = 1 / (1 + 344400 p 10^(1.785 G) / T^3.825), 1/psi R^3.825.
const COEFFICIENT: f64 = 344_400.0;
/// The power of the temperature in it.
const POWER: f64 = 3.825;

/// California Natural Gas Association: density as a quadratic in the pressure.
///
/// $$ ρ = \frac{M}{R T} p (b_1 + b_2 p),\quad b_2 = \frac{344400 · 10^{1.785 G}}{6894.75729 (1.8 T)^{3.825}},\quad
///    b_1 = 1 + 101350\, b_2 $$
///
/// | symbol | meaning                          | unit | range |
/// |--------|----------------------------------|------|-------|
/// | p      | absolute pressure                | Pa   | above 0.7 MPa as published |
/// | T      | temperature                      | K    | 288 … 311 |
/// | G      | gravity M / 0.02896 kg/mol       | -    | 0.55 … 0.75 |
/// | R      | 8.314 (not CODATA: it belongs to the coefficients) | J/(mol K) | |
///
/// The simple form fixes b1 = 1.00300865 and b2 = 2.96848838e-8 1/Pa and ignores T and G.
/// The published b1 adds the atmospheric pressure, so Z is not quite 1 at zero pressure.
///
/// Source: Menon 2005, Gas Pipeline Hydraulics, eq. 1.34; in this form Gyrya and Zlotnik 2019,
/// Appl. Math. Model. 65, 34. Checked by `tests/physics/simple_equations.rs`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cnga {
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Simple,
    /// 344400 · 10^(1.785 G) / (psi · 1.8^3.825), K^3.825/Pa.
    Full(f64),
}

impl Cnga {
    pub(crate) fn simple() -> Self {
        Self { form: Form::Simple }
    }

    pub(crate) fn full(molar_mass_kg_per_mol: f64) -> Self {
        let gravity = molar_mass_kg_per_mol / MOLAR_MASS_OF_AIR;
        let factor = COEFFICIENT * 10f64.powf(1.785 * gravity) / (PSI_PA * 1.8f64.powf(POWER));
        Self {
            form: Form::Full(factor),
        }
    }

    pub(crate) fn is_simple(&self) -> bool {
        matches!(self.form, Form::Simple)
    }

    /// b1 and b2 (1/Pa) at a temperature (K).
    fn coefficients(&self, temperature: f64) -> [f64; 2] {
        match self.form {
            Form::Simple => [1.003_008_65, 2.968_488_38e-8],
            Form::Full(factor) => {
                let b2 = factor * temperature.powf(-POWER);
                [1.0 + ATMOSPHERE_PA * b2, b2]
            }
        }
    }

    pub(crate) fn at(&self, pressure: f64, temperature: f64) -> FactorPoint {
        let [b1, b2] = self.coefficients(temperature);
        let z = 1.0 / (b1 + b2 * pressure);
        let excess = |p: f64| (p / (b1 + b2 * p)).ln() / b1 - p.ln();
        let point = FactorPoint {
            z,
            z_p: -b2 * z * z,
            z_t: 0.0,
            z_t_integral: 0.0,
            z_tt_integral: 0.0,
            excess_integral: excess(pressure) - excess(IDEAL_PRESSURE_PA),
        };
        match self.form {
            Form::Simple => point,
            Form::Full(_) => with_temperature(point, pressure, temperature, b2),
        }
    }
}

/// Adds the temperature derivatives of Z = 1/u with u = 1 + b2 (p + a), a = 101350 Pa.
///
/// Z does not become 1 at zero pressure, so the integrals over pressure count from 101.325 kPa,
/// where the caloric properties are taken to be ideal. With c = 1 + a b2 their integrands split
/// into partial fractions of 1/p, 1/u, 1/u^2 and 1/u^3.
fn with_temperature(point: FactorPoint, pressure: f64, temperature: f64, b2: f64) -> FactorPoint {
    let a = ATMOSPHERE_PA;
    let c = 1.0 + a * b2;
    let b2_t = -POWER / temperature * b2;
    let b2_tt = -(POWER + 1.0) / temperature * b2_t;
    let between = |f: &dyn Fn(f64) -> f64| f(pressure) - f(IDEAL_PRESSURE_PA);
    let single = between(&|p| {
        let (u, k) = (c + b2 * p, a / (c * c));
        k * (p / u).ln() - (1.0 - k * b2 * c) / (b2 * u)
    });
    let double = between(&|p| {
        let (u, k) = (c + b2 * p, a * a / c.powi(3));
        let square = 1.0 / b2 - k * c * b2;
        let cube = 2.0 * a - 2.0 * k * c * c * b2 - square * c;
        k * (p / u).ln() - square / (b2 * u) - cube / (2.0 * b2 * u * u)
    });
    FactorPoint {
        z_t: -b2_t * (pressure + a) * point.z.powi(2),
        z_t_integral: -b2_t * single,
        z_tt_integral: -b2_tt * single + 2.0 * b2_t * b2_t * double,
        ..point
    }
}
