//! Laws in which λ is a power of the flow: rough pipes, a constant λ, and the classic flow equations.

use super::FrictionTerm;
use linepack_network::FrictionLaw;

/// Molar mass of dry air, kg/mol (ISO 6976:2016).
const MOLAR_MASS_AIR: f64 = 0.028_965_46;
const GAS_CONSTANT: f64 = 8.314_462_618;
/// Conditions of the volumes in the classic equations: 60 degF and one atmosphere, as rounded there.
const STANDARD_TEMPERATURE_K: f64 = 288.7;
const STANDARD_PRESSURE_PA: f64 = 101_325.0;

/// λ = coefficient |q|^exponent μ^viscosity_exponent.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct PowerLaw {
    coefficient: f64,
    pub(super) exponent: f64,
    viscosity_exponent: f64,
}

impl PowerLaw {
    pub(super) fn constant(darcy: f64) -> Self {
        Self {
            coefficient: darcy,
            exponent: 0.0,
            viscosity_exponent: 0.0,
        }
    }

    /// λ where it is a constant.
    pub(super) fn constant_lambda(&self) -> Option<f64> {
        (self.exponent == 0.0 && self.viscosity_exponent == 0.0).then_some(self.coefficient)
    }

    /// Fully rough flow: 1/√λ = 2 log10(3.71 D/k). Source: Nikuradse 1933.
    pub(super) fn nikuradse(relative_roughness: f64) -> Self {
        let x = 2.0 * (3.71 / relative_roughness).log10();
        Self::constant(1.0 / (x * x))
    }

    /// The λ that a classic flow equation amounts to; none for a law that is no such equation.
    ///
    /// With Q = q/ρs, ρs = Ps M/(R Ts) and Z T = a² M/R, the equation
    /// p1² - p2² = λ L q² a²/(D A²) has λ = X |q|^(1/n - 2), whatever the pressure.
    /// Checked by `tests::published_flow_equations`.
    pub(super) fn classic(law: FrictionLaw, diameter_m: f64, molar_mass: f64) -> Option<Self> {
        let equation = FlowEquation::of(law, diameter_m)?;
        let density = STANDARD_PRESSURE_PA * molar_mass / (GAS_CONSTANT * STANDARD_TEMPERATURE_K);
        let ratio =
            (STANDARD_TEMPERATURE_K / STANDARD_PRESSURE_PA).powf(equation.standard_exponent);
        let gravity = (molar_mass / MOLAR_MASS_AIR).powf(equation.gravity_exponent);
        let per_flow = gravity / (density * equation.coefficient * ratio * equation.by_diameter);
        let power = 1.0 / equation.flow_exponent;
        let area = std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m;
        Some(Self {
            coefficient: per_flow.powf(power) * molar_mass / GAS_CONSTANT
                * diameter_m
                * area
                * area,
            exponent: power - 2.0,
            viscosity_exponent: equation.viscosity_exponent * power,
        })
    }

    /// φ with the laminar floor, joined by a fourth-power mean, which differs from the bare law by
    /// less than 1e-9 beyond 200 times the flow at which the two cross.
    #[inline]
    pub(super) fn term(&self, flow: f64, viscosity: f64, unit: f64) -> FrictionTerm {
        let magnitude = flow.abs();
        let floor = 64.0 * unit;
        let mut turbulent = self.coefficient * magnitude;
        if self.exponent != 0.0 {
            turbulent *= magnitude.powf(self.exponent);
        }
        if magnitude == 0.0 {
            turbulent = 0.0;
        }
        if self.viscosity_exponent != 0.0 {
            turbulent *= viscosity.powf(self.viscosity_exponent);
        }
        let (t4, l4) = (turbulent.powi(4), floor.powi(4));
        let mean = (t4 + l4).sqrt().sqrt();
        let (turbulent_share, laminar_share) = (t4 / (t4 + l4), l4 / (t4 + l4));
        FrictionTerm {
            value: mean * flow,
            per_flow: mean * (1.0 + turbulent_share * (1.0 + self.exponent)),
            per_ln_viscosity: mean
                * flow
                * (laminar_share + turbulent_share * self.viscosity_exponent),
        }
    }
}

/// Q = C E (Ts/Ps)^a [(p1² - p2²)/(L T Z)]^n f(D) / (G^b μ^c), SI, at 288.7 K and 101 325 Pa.
struct FlowEquation {
    coefficient: f64,
    standard_exponent: f64,
    flow_exponent: f64,
    gravity_exponent: f64,
    viscosity_exponent: f64,
    by_diameter: f64,
}

impl FlowEquation {
    /// Sources: GPSA Engineering Data Book, 13th ed. (Weymouth, Panhandle A and B, Oliphant); Menon,
    /// Gas Pipeline Hydraulics, 2005 (Fritzsche); Coelho and Pinho, J. Braz. Soc. Mech. Sci. Eng. 29
    /// (2007) 262-273 (Spitzglass); Mohitpour, Golshan and Murray, Pipeline Design and Construction,
    /// 3rd ed., 2006 (Müller, IGT). Coefficients converted to SI.
    fn of(law: FrictionLaw, d: f64) -> Option<Self> {
        let equation =
            |coefficient, standard_exponent, flow_exponent, gravity_exponent, by_diameter| Self {
                coefficient,
                standard_exponent,
                flow_exponent,
                gravity_exponent,
                viscosity_exponent: 0.0,
                by_diameter,
            };
        Some(match law {
            FrictionLaw::Weymouth => equation(137.329_580_994_251_25, 1.0, 0.5, 0.5, d.powf(2.667)),
            FrictionLaw::PanhandleA => equation(
                158.020_530_382_577_3,
                1.0788,
                0.5394,
                0.8539 * 0.5394,
                d.powf(2.6182),
            ),
            FrictionLaw::PanhandleB => equation(
                152.881_162_983_103_7,
                1.02,
                0.51,
                0.961 * 0.51,
                d.powf(2.53),
            ),
            FrictionLaw::Spitzglass => {
                let narrow = (1.0 + 0.09144 / d + 150.0 / 127.0 * d).sqrt();
                equation(125.106, 1.0, 0.5, 0.5, d.powf(2.5) / narrow)
            }
            FrictionLaw::Oliphant => {
                let wide = d.powi(3) / (30.0 * 0.0254_f64.sqrt());
                equation(84.587_176_139_918_57, 1.0, 0.5, 0.5, d.powf(2.5) + wide)
            }
            FrictionLaw::Fritzsche => equation(
                93.500_097_987_511_28,
                1.0,
                0.538,
                0.8587 * 0.538,
                d.powf(2.69),
            ),
            FrictionLaw::Muller => Self {
                viscosity_exponent: 0.15,
                ..equation(15.774_399_086_420_77, 1.0, 0.575, 0.425, d.powf(2.725))
            },
            FrictionLaw::Igt => Self {
                viscosity_exponent: 1.0 / 9.0,
                ..equation(
                    24.624_124_514_614_07,
                    1.0,
                    5.0 / 9.0,
                    4.0 / 9.0,
                    d.powf(8.0 / 3.0),
                )
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Friction;
    use super::*;

    /// The flows that the `fluids` package gives for its documented example (D 0.34 m, 90 to 20 bar,
    /// 160 km, G 0.693, 277.15 K, Z 1, 1e-5 Pa s), as numbers in the case `flow_equations_fluids`.
    /// Its Oliphant equation takes an efficiency and does not use it.
    #[test]
    fn published_flow_equations() {
        let cases = [
            (FrictionLaw::PanhandleA, 0.92, 42.560_820_511_959_28),
            (FrictionLaw::PanhandleB, 0.92, 42.353_661_780_041_72),
            (FrictionLaw::Weymouth, 0.92, 32.077_290_559_130_29),
            (FrictionLaw::Spitzglass, 1.0, 29.426_702_462_816_81),
            (FrictionLaw::Oliphant, 1.0, 28.851_535_408_143_057),
            (FrictionLaw::Fritzsche, 1.0, 39.421_535_157_535_565),
            (FrictionLaw::Muller, 1.0, 60.457_966_981_486_59),
            (FrictionLaw::Igt, 1.0, 48.923_517_867_888_15),
        ];
        let (d, l, t, mu) = (0.34_f64, 160e3, 277.15, 1e-5);
        let molar_mass = 0.693 * MOLAR_MASS_AIR;
        let a2 = GAS_CONSTANT * t / molar_mass;
        let area = std::f64::consts::FRAC_PI_4 * d * d;
        let drop = 90e5_f64.powi(2) - 20e5_f64.powi(2);
        let density = STANDARD_PRESSURE_PA * molar_mass / (GAS_CONSTANT * STANDARD_TEMPERATURE_K);
        for (law, efficiency, want) in cases {
            // p1² - p2² = L a²/(D A²) φ(q): bisection on q.
            let friction = Friction::new(law, d, 1e-5, efficiency, molar_mass);
            let (mut low, mut high) = (0.0, 1e4);
            for _ in 0..200 {
                let q = 0.5 * (low + high);
                let loss = l * a2 / (d * area * area) * friction.term(q, mu).value;
                if loss < drop { low = q } else { high = q }
            }
            let error = low / density / want - 1.0;
            println!("{law:?}: {error:.1e}");
            assert!(error.abs() < 1e-6, "{law:?} {} {want}", low / density);
        }
    }
}
