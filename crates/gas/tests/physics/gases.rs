use linepack_gas::{Composition, EquationOfState, Gas, GasSpec, PseudoGas, Substance, Viscosity};

/// Gases from lean to rich, and hydrogen: a South Pars like sales gas, Groningen, a rich Ekofisk
/// gas, a 20 % hydrogen blend, pure methane and pure hydrogen.
pub(crate) const COMPOSITIONS: [(&str, &[(&str, f64)]); 6] = [
    (
        "sales gas",
        &[
            ("methane", 0.88),
            ("ethane", 0.05),
            ("propane", 0.015),
            ("n-butane", 0.008),
            ("nitrogen", 0.037),
            ("carbon_dioxide", 0.01),
        ],
    ),
    (
        "Groningen",
        &[
            ("methane", 0.813),
            ("ethane", 0.0285),
            ("propane", 0.0037),
            ("n-butane", 0.0014),
            ("nitrogen", 0.1435),
            ("carbon_dioxide", 0.0099),
        ],
    ),
    (
        "rich gas",
        &[
            ("methane", 0.859),
            ("ethane", 0.085),
            ("propane", 0.023),
            ("isobutane", 0.0035),
            ("n-butane", 0.0035),
            ("isopentane", 0.0005),
            ("n-pentane", 0.0005),
            ("nitrogen", 0.01),
            ("carbon_dioxide", 0.015),
        ],
    ),
    (
        "20 % hydrogen",
        &[("methane", 0.75), ("ethane", 0.05), ("hydrogen", 0.2)],
    ),
    ("methane", &[("methane", 1.0)]),
    ("hydrogen", &[("hydrogen", 1.0)]),
];

pub(crate) const EQUATIONS: [EquationOfState; 8] = [
    EquationOfState::Gerg2008,
    EquationOfState::Detail,
    EquationOfState::Papay,
    EquationOfState::Cnga,
    EquationOfState::CngaSimple,
    EquationOfState::Ideal,
    EquationOfState::Constant { z: 0.87 },
    EquationOfState::Linear {
        z: 1.0,
        per_pa: -2e-8,
    },
];

/// Equations that need a composition and have a range of their own.
pub(crate) const OTHERS: [EquationOfState; 6] = [
    EquationOfState::PengRobinson,
    EquationOfState::SoaveRedlichKwong,
    EquationOfState::Sgerg88,
    EquationOfState::GrossMethod1,
    EquationOfState::GrossMethod2,
    EquationOfState::AgaNx19,
];

pub(crate) fn mixture(parts: &[(&str, f64)], equation: EquationOfState) -> Gas {
    let composition = Composition::from_fractions(parts.iter().copied()).unwrap();
    gas(Substance::Mixture(composition), equation)
}

pub(crate) fn pseudo() -> PseudoGas {
    PseudoGas {
        molar_mass_kg_per_mol: 0.0182,
        critical_temperature_k: Some(203.0),
        critical_pressure_pa: Some(4.6e6),
        gross_heating_value_j_per_kg: Some(52e6),
        net_heating_value_j_per_kg: Some(47e6),
        isentropic_exponent: 1.3,
    }
}

pub(crate) fn gas(substance: Substance, equation: EquationOfState) -> Gas {
    let viscosity = Viscosity::LeeGonzalezEakin;
    Gas::new(&GasSpec {
        substance,
        equation,
        viscosity,
    })
    .unwrap()
}
