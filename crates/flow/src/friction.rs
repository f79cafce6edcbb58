//! Friction: the pressure loss of turbulent and laminar flow in a pipe.
//!
//! The kernel needs φ(q) = λ(Re) q|q| with its derivatives; all laws share one laminar floor, so φ
//! has a positive slope at q = 0 and zero flow is a regular point.

use linepack_network::FrictionLaw;

const LAMINAR_END: f64 = 2320.0;
const TURBULENT_START: f64 = 4000.0;
const PER_LN10: f64 = 2.0 / std::f64::consts::LN_10;

/// Molar mass of dry air, kg/mol (ISO 6976:2016).
const MOLAR_MASS_AIR: f64 = 0.028_965_46;

/// φ = λ q|q| and its derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FrictionTerm {
    /// λ q|q|, kg²/s².
    pub value: f64,
    /// dφ/dq, kg/s.
    pub per_flow: f64,
    /// dφ/d(ln μ), kg²/s².
    pub per_ln_viscosity: f64,
}

/// The friction law of one pipe, prepared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Friction {
    law: Law,
    /// A/D, m: Re = |q| / (μ A/D).
    area_per_diameter: f64,
    /// What the pipe efficiency E makes of φ: E to the power of minus that of the flow in φ, so the
    /// flow at given pressures is multiplied by E (2 for laws in Re).
    by_efficiency: f64,
}

#[derive(Debug, Clone, Copy)]
enum Law {
    Colebrook {
        rough: f64,
        haaland: f64,
    },
    Hofer {
        rough: f64,
    },
    Aga {
        rough_transmission: f64,
    },
    /// λ = coefficient |q|^exponent.
    Power {
        coefficient: f64,
        exponent: f64,
    },
}

impl Friction {
    pub(crate) fn new(
        law: FrictionLaw,
        diameter_m: f64,
        roughness_m: f64,
        efficiency: f64,
        molar_mass_kg_per_mol: f64,
    ) -> Self {
        let relative = roughness_m / diameter_m;
        let law = match law {
            FrictionLaw::Hofer => Law::Hofer {
                rough: relative / 3.71,
            },
            FrictionLaw::Nikuradse => {
                let x = 2.0 * (3.71 / relative).log10();
                Law::Power {
                    coefficient: 1.0 / (x * x),
                    exponent: 0.0,
                }
            }
            FrictionLaw::Aga => Law::Aga {
                rough_transmission: 4.0 * (3.7 / relative).log10(),
            },
            FrictionLaw::Weymouth => classic(&WEYMOUTH, diameter_m, molar_mass_kg_per_mol),
            FrictionLaw::PanhandleA => classic(&PANHANDLE_A, diameter_m, molar_mass_kg_per_mol),
            FrictionLaw::PanhandleB => classic(&PANHANDLE_B, diameter_m, molar_mass_kg_per_mol),
            FrictionLaw::Constant { darcy } => Law::Power {
                coefficient: darcy,
                exponent: 0.0,
            },
            _ => Law::Colebrook {
                rough: relative / 3.71,
                haaland: (relative / 3.7).powf(1.11),
            },
        };
        let area = std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m;
        let power = if let Law::Power { exponent, .. } = law {
            2.0 + exponent
        } else {
            2.0
        };
        Self {
            law,
            area_per_diameter: area / diameter_m,
            by_efficiency: efficiency.powf(-power),
        }
    }

    /// φ(q) = λ q|q| / E² at a mass flow (kg/s) and viscosity (Pa s).
    #[inline]
    pub(crate) fn term(&self, flow: f64, viscosity: f64) -> FrictionTerm {
        let unit = viscosity * self.area_per_diameter;
        let raw = match self.law {
            Law::Power {
                coefficient,
                exponent,
            } => power_term(coefficient, exponent, flow, unit),
            law => reynolds_term(law, flow, unit),
        };
        let e = self.by_efficiency;
        FrictionTerm {
            value: raw.value * e,
            per_flow: raw.per_flow * e,
            per_ln_viscosity: raw.per_ln_viscosity * e,
        }
    }
}

impl Friction {
    /// The straight line through the origin that meets φ at a typical flow, kg/s.
    pub(crate) fn chord(&self, flow: f64, typical: f64, viscosity: f64) -> FrictionTerm {
        let slope = self.term(typical, viscosity).value / typical;
        FrictionTerm {
            value: slope * flow,
            per_flow: slope,
            per_ln_viscosity: 0.0,
        }
    }
}

/// φ of a law in Re, laminar below 2320, with a transition that is continuous in value and slope.
#[inline]
fn reynolds_term(law: Law, flow: f64, unit: f64) -> FrictionTerm {
    let magnitude = flow.abs();
    let reynolds = magnitude / unit;
    if reynolds < LAMINAR_END {
        let slope = 64.0 * unit;
        return FrictionTerm {
            value: slope * flow,
            per_flow: slope,
            per_ln_viscosity: slope * flow,
        };
    }
    let (lambda, slope) = if reynolds >= TURBULENT_START {
        turbulent(law, reynolds)
    } else {
        transition(law, reynolds)
    };
    FrictionTerm {
        value: lambda * flow * magnitude,
        per_flow: magnitude * (2.0 * lambda + slope),
        per_ln_viscosity: -slope * flow * magnitude,
    }
}

/// λ and dλ/d(ln Re) of fully turbulent flow.
#[inline]
fn turbulent(law: Law, reynolds: f64) -> (f64, f64) {
    match law {
        Law::Colebrook { rough, haaland } => colebrook_white(rough, haaland, reynolds),
        Law::Hofer { rough } => hofer(rough, reynolds),
        Law::Aga { rough_transmission } => aga(rough_transmission, reynolds),
        Law::Power {
            coefficient,
            exponent,
        } => {
            let lambda = coefficient * reynolds.powf(exponent);
            (lambda, exponent * lambda)
        }
    }
}

/// Cubic Hermite piece in ln Re between laminar flow at 2320 and turbulent flow at 4000.
fn transition(law: Law, reynolds: f64) -> (f64, f64) {
    let width = (TURBULENT_START / LAMINAR_END).ln();
    let x = (reynolds / LAMINAR_END).ln() / width;
    let (y0, d0) = (64.0 / LAMINAR_END, -64.0 / LAMINAR_END * width);
    let (y1, d1) = turbulent(law, TURBULENT_START);
    let d1 = d1 * width;
    let (c2, c3) = (3.0 * (y1 - y0) - 2.0 * d0 - d1, 2.0 * (y0 - y1) + d0 + d1);
    (
        y0 + x * (d0 + x * (c2 + x * c3)),
        (d0 + x * (2.0 * c2 + x * 3.0 * c3)) / width,
    )
}

/// Darcy friction factor by Colebrook and White, and its derivative with ln Re.
///
/// $$ 1/\sqrt λ = -2 \log_{10}( k/(3.71 D) + 2.51/(Re \sqrt λ) ) $$
///
/// | symbol     | argument   | unit | range      |
/// |------------|------------|------|------------|
/// | k/(3.71 D) | `rough`    | –    | 0 … 0.0135 |
/// | (k/(3.7 D))^1.11 | `haaland` | – | first guess by Haaland 1983 |
/// | Re         | `reynolds` | –    | > 4000     |
///
/// Two Newton steps on Haaland's explicit formula leave less than 1e-12 relative.
/// Source: Colebrook 1939, eq. 15. Checked by `tests::colebrook_is_solved`.
fn colebrook_white(rough: f64, haaland: f64, reynolds: f64) -> (f64, f64) {
    let mut x = -1.8 * (haaland + 6.9 / reynolds).log10();
    let per_reynolds = 2.51 / reynolds;
    for _ in 0..2 {
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
/// Source: Hofer 1973, as given by MORGEN. Checked by `tests::hofer_is_near_colebrook`.
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

/// φ of λ = c |q|^m with the laminar floor, joined by a fourth-power mean, which differs from the
/// bare law by less than 1e-9 beyond 200 times the Reynolds number of the crossing.
#[inline]
fn power_term(coefficient: f64, exponent: f64, flow: f64, unit: f64) -> FrictionTerm {
    let magnitude = flow.abs();
    let floor = 64.0 * unit;
    let turbulent = if exponent == 0.0 {
        coefficient * magnitude
    } else {
        coefficient * magnitude.powf(1.0 + exponent)
    };
    let (t4, l4) = (turbulent.powi(4), floor.powi(4));
    let mean = (t4 + l4).sqrt().sqrt();
    let (turbulent_share, laminar_share) = (t4 / (t4 + l4), l4 / (t4 + l4));
    FrictionTerm {
        value: mean * flow,
        per_flow: mean * (1.0 + turbulent_share * (1.0 + exponent)),
        per_ln_viscosity: mean * flow * laminar_share,
    }
}

/// A flow equation of the form Q = C E (Ts/Ps)^a [(p1²-p2²)/(L G^b T Z)]^n D^d, SI.
struct Classic {
    coefficient: f64,
    standard_exponent: f64,
    gravity_exponent: f64,
    flow_exponent: f64,
    diameter_exponent: f64,
}

const WEYMOUTH: Classic = Classic {
    coefficient: 137.329_012_022_353_8,
    standard_exponent: 1.0,
    gravity_exponent: 1.0,
    flow_exponent: 0.5,
    diameter_exponent: 8.0 / 3.0,
};
const PANHANDLE_A: Classic = Classic {
    coefficient: 158.020_530_382_577_3,
    standard_exponent: 1.0788,
    gravity_exponent: 0.8539,
    flow_exponent: 0.5394,
    diameter_exponent: 2.6182,
};
const PANHANDLE_B: Classic = Classic {
    coefficient: 152.881_162_983_103_7,
    standard_exponent: 1.02,
    gravity_exponent: 0.961,
    flow_exponent: 0.51,
    diameter_exponent: 2.53,
};

/// The λ that a classic flow equation amounts to: a power of the mass flow.
///
/// With Q = q/ρs, ρs = Ps M/(R Ts) and Z T = a² M/R, the equation
/// p1² - p2² = λ L q² a²/(D A²) has λ = X |q|^(1/n - 2), whatever the pressure.
fn classic(equation: &Classic, diameter_m: f64, molar_mass: f64) -> Law {
    const GAS_CONSTANT: f64 = 8.314_462_618;
    const STANDARD_TEMPERATURE_K: f64 = 288.7;
    const STANDARD_PRESSURE_PA: f64 = 101_325.0;
    let density = STANDARD_PRESSURE_PA * molar_mass / (GAS_CONSTANT * STANDARD_TEMPERATURE_K);
    let ratio = (STANDARD_TEMPERATURE_K / STANDARD_PRESSURE_PA).powf(equation.standard_exponent);
    let per_flow = 1.0 / (density * equation.coefficient * ratio);
    let power = 1.0 / equation.flow_exponent;
    let gravity = (molar_mass / MOLAR_MASS_AIR).powf(equation.gravity_exponent);
    let area = std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m;
    let coefficient = per_flow.powf(power) * gravity * molar_mass / GAS_CONSTANT
        * diameter_m.powf(1.0 - equation.diameter_exponent * power)
        * area
        * area;
    Law::Power {
        coefficient,
        exponent: power - 2.0,
    }
}
