//! Friction: the pressure loss of turbulent and laminar flow in a pipe.
//!
//! The kernel needs φ(q) = λ(Re) q|q| with its derivatives; all laws share one laminar floor, so φ
//! has a positive slope at q = 0 and zero flow is a regular point.

mod classic;
mod curve;
mod reynolds;
mod sum;
mod throughout;

pub(crate) use curve::Curve;

use classic::PowerLaw;
use linepack_network::FrictionLaw;
use reynolds::ReynoldsLaw;
use std::cmp::Ordering;
use sum::Sum;
use throughout::Throughout;

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
    /// What local losses, spread over the length, add to λ.
    local: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Law {
    Reynolds(ReynoldsLaw),
    Power(PowerLaw),
    Throughout(Throughout),
    Sum(Sum),
}

impl Law {
    /// λ and dλ/d(ln Re) of a law in Re.
    fn lambda(&self, reynolds: f64) -> (f64, f64) {
        let term = match self {
            Self::Reynolds(law) => law.term(reynolds, 1.0),
            Self::Throughout(law) => law.term(reynolds, 1.0),
            Self::Sum(law) => law.term(reynolds, 1.0),
            Self::Power(law) => law.term(reynolds, 1.0, 1.0),
        };
        let square = reynolds * reynolds;
        (term.value / square, -term.per_ln_viscosity / square)
    }
}

/// What a pass over many cells needs to know of a friction law.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scales {
    /// λ where it is a constant.
    pub constant: Option<f64>,
    /// A/D, m.
    pub area_per_diameter: f64,
    /// Factor on φ for the pipe efficiency.
    pub by_efficiency: f64,
    /// What local losses add to λ.
    pub local: f64,
}

impl Friction {
    /// Equal for laws that give the same λ(Re).
    pub(crate) fn compare_laws(&self, other: &Self) -> Ordering {
        self.law.partial_cmp(&other.law).unwrap_or(Ordering::Equal)
    }

    pub(crate) fn scales(&self) -> Scales {
        Scales {
            constant: match &self.law {
                Law::Power(law) => law.constant_lambda(),
                _ => None,
            },
            area_per_diameter: self.area_per_diameter,
            by_efficiency: self.by_efficiency,
            local: self.local,
        }
    }

    pub(crate) fn new(
        law: FrictionLaw,
        diameter_m: f64,
        roughness_m: f64,
        efficiency: f64,
        molar_mass_kg_per_mol: f64,
    ) -> Self {
        let relative = roughness_m / diameter_m;
        let law = match law {
            FrictionLaw::Hofer => Law::Reynolds(ReynoldsLaw::hofer(relative)),
            FrictionLaw::Aga => Law::Reynolds(ReynoldsLaw::aga(relative)),
            FrictionLaw::SwameeJain => Law::Reynolds(ReynoldsLaw::swamee_jain(relative)),
            FrictionLaw::ColebrookThroughout => Law::Throughout(Throughout::new(relative)),
            FrictionLaw::NikuradseLaminar => Law::Sum(Sum::nikuradse(relative)),
            FrictionLaw::Nikuradse => Law::Power(PowerLaw::nikuradse(relative)),
            FrictionLaw::Constant { darcy } => Law::Power(PowerLaw::constant(darcy)),
            other => match PowerLaw::classic(other, diameter_m, molar_mass_kg_per_mol) {
                Some(law) => Law::Power(law),
                None => Law::Reynolds(ReynoldsLaw::colebrook_white(relative)),
            },
        };
        let area = std::f64::consts::FRAC_PI_4 * diameter_m * diameter_m;
        let power = if let Law::Power(law) = &law {
            2.0 + law.exponent
        } else {
            2.0
        };
        Self {
            law,
            area_per_diameter: area / diameter_m,
            by_efficiency: efficiency.powf(-power),
            local: 0.0,
        }
    }

    /// The same with local losses spread over the length: λ grows by ζ D/L.
    pub(crate) fn with_local(self, drag_factor: f64, diameter_m: f64, length_m: f64) -> Self {
        Self {
            local: drag_factor * diameter_m / length_m,
            ..self
        }
    }

    /// φ(q) at a mass flow (kg/s) and viscosity (Pa s), pipe efficiency included.
    #[inline]
    pub(crate) fn term(&self, flow: f64, viscosity: f64) -> FrictionTerm {
        let unit = viscosity * self.area_per_diameter;
        let raw = match &self.law {
            Law::Power(law) => law.term(flow, viscosity, unit),
            Law::Reynolds(law) => law.term(flow, unit),
            Law::Throughout(law) => law.term(flow, unit),
            Law::Sum(law) => law.term(flow, unit),
        };
        let e = self.by_efficiency;
        let local = self.local * flow.abs();
        FrictionTerm {
            value: (raw.value + local * flow) * e,
            per_flow: (raw.per_flow + 2.0 * local) * e,
            per_ln_viscosity: raw.per_ln_viscosity * e,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [FrictionLaw; 16] = [
        FrictionLaw::ColebrookWhite,
        FrictionLaw::ColebrookThroughout,
        FrictionLaw::SwameeJain,
        FrictionLaw::NikuradseLaminar,
        FrictionLaw::Hofer,
        FrictionLaw::Nikuradse,
        FrictionLaw::Aga,
        FrictionLaw::Weymouth,
        FrictionLaw::PanhandleA,
        FrictionLaw::PanhandleB,
        FrictionLaw::Spitzglass,
        FrictionLaw::Oliphant,
        FrictionLaw::Fritzsche,
        FrictionLaw::Muller,
        FrictionLaw::Igt,
        FrictionLaw::Constant { darcy: 0.01 },
    ];

    /// Slopes against central differences, from laminar flow to Re = 1e8.
    #[test]
    fn slopes_are_derivatives() {
        for law in ALL {
            let friction = Friction::new(law, 0.9, 2e-5, 0.95, 0.018).with_local(50.0, 0.9, 1e4);
            for exponent in -20..=32 {
                let (q, mu) = (10f64.powf(f64::from(exponent) / 8.0), 1.1e-5);
                let at = |q: f64, mu: f64| friction.term(q, mu).value;
                let (dq, dmu) = (1e-5 * q, 1e-5 * mu);
                let t = friction.term(q, mu);
                let by_flow = (at(q + dq, mu) - at(q - dq, mu)) / (2.0 * dq);
                let by_viscosity = (at(q, mu + dmu) - at(q, mu - dmu)) / 2e-5;
                assert!((by_flow / t.per_flow - 1.0).abs() < 1e-4, "{law:?} at {q}");
                assert!(
                    (by_viscosity - t.per_ln_viscosity).abs() < 1e-4 * t.value,
                    "{law:?} at {q}"
                );
            }
        }
    }

    /// λ = 0.02 over 100 m of 0.5 m bore with ζ = 3: 0.02 + 3 · 0.5/100 = 0.035.
    #[test]
    fn local_losses_add_to_the_friction_factor() {
        let law = FrictionLaw::Constant { darcy: 0.02 };
        let friction = Friction::new(law, 0.5, 1e-5, 1.0, 0.018).with_local(3.0, 0.5, 100.0);
        let value = friction.term(50.0, 1e-5).value;
        assert!((value / (0.035 * 2500.0) - 1.0).abs() < 1e-9, "{value}");
    }

    /// φ is odd, increasing, and proportional to the flow at rest.
    #[test]
    fn zero_flow_is_regular() {
        for law in ALL {
            let friction = Friction::new(law, 0.9, 2e-5, 1.0, 0.018);
            let rest = friction.term(0.0, 1.1e-5);
            assert!(rest.value == 0.0 && rest.per_flow > 0.0, "{law:?}");
            let (a, b) = (friction.term(3.0, 1.1e-5), friction.term(-3.0, 1.1e-5));
            assert!(a.value == -b.value && a.per_flow == b.per_flow, "{law:?}");
        }
    }
}
