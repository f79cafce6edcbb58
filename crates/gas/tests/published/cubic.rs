use crate::cases::{Worst, gas};
use linepack_gas::{Composition, EquationOfState, GAS_CONSTANT};

/// Temperature (K), pressure (Pa), molar density without volume shift (mol/m3), residual enthalpy
/// (J/mol), residual entropy at the same density (J/(mol K)) and residual heat capacity
/// (J/(mol K)) of 90 % methane, 6 % ethane, 4 % nitrogen.
///
/// Source: CoolProp 8.0.0, backends PR and SRK with the interaction parameters of this crate.
type Row = [f64; 6];
const PENG_ROBINSON: [Row; 3] = [
    [
        280.0,
        7e6,
        3678.3320871,
        -1564.6294314,
        -2.2852562,
        12.0227855,
    ],
    [
        320.0,
        15e6,
        6748.1474815,
        -2330.1769449,
        -3.8793487,
        15.1113683,
    ],
    [
        250.0,
        3e6,
        1647.9059946,
        -809.0256311,
        -1.1010503,
        6.0469427,
    ],
];
const SOAVE: [Row; 3] = [
    [
        280.0,
        7e6,
        3541.5955397,
        -1471.5385038,
        -2.5686551,
        12.2183632,
    ],
    [
        320.0,
        15e6,
        6401.2760215,
        -2173.4992949,
        -4.3167655,
        15.6840321,
    ],
    [
        250.0,
        3e6,
        1614.7866400,
        -765.3514936,
        -1.2522025,
        6.1292197,
    ],
];

/// The shift c by Peneloux of the mixture, m3/mol, worked out from the table of Pedersen and
/// Christensen: Σ x_i k (R Tc/pc)(n - 0.29056 + 0.08775 ω).
fn shift(equation: EquationOfState) -> f64 {
    let [k, n] = match equation {
        EquationOfState::PengRobinson => [0.50033, 0.25969],
        _ => [0.40768, 0.29441],
    };
    [
        (0.90, 190.564, 4.5992e6, 0.01142),
        (0.06, 305.322, 4.8722e6, 0.099),
        (0.04, 126.192, 3.3958e6, 0.0372),
    ]
    .iter()
    .map(|(x, t, p, w)| x * k * GAS_CONSTANT * t / p * (n - 0.29056 + 0.08775 * w))
    .sum()
}

#[test]
fn density_and_heat_agree_with_another_program() {
    let parts = [("methane", 0.9), ("ethane", 0.06), ("nitrogen", 0.04)];
    let composition = Composition::from_fractions(parts).unwrap();
    let mut worst = Worst::default();
    for (equation, rows) in [
        (EquationOfState::PengRobinson, PENG_ROBINSON),
        (EquationOfState::SoaveRedlichKwong, SOAVE),
    ] {
        let (gas, shift) = (gas(&composition, equation), shift(equation));
        let m = gas.molar_mass_kg_per_mol();
        for [t, p, density, enthalpy, entropy, heat] in rows {
            let (s, zero) = (gas.state(p, t).unwrap(), gas.state(1e-2, t).unwrap());
            let molar = s.density_kg_per_m3 / m;
            let unshifted = 1.0 / (1.0 / molar + shift);
            let place = |what: &str| format!("{equation:?} {t} K {p} Pa: {what}");
            worst.relative(unshifted, density, || place("density"));
            let h = (s.enthalpy_j_per_kg - zero.enthalpy_j_per_kg) * m + p * shift;
            worst.relative(h, enthalpy, || place("residual enthalpy"));
            // Entropy against the ideal gas at the same volume.
            let ideal = zero.entropy_j_per_kg_k * m
                - GAS_CONSTANT * (unshifted * GAS_CONSTANT * t / 1e-2).ln();
            worst.relative(s.entropy_j_per_kg_k * m - ideal, entropy, || {
                place("residual entropy")
            });
            let cp = (s.cp_j_per_kg_k - zero.cp_j_per_kg_k) * m;
            worst.relative(cp, heat, || place("residual heat capacity"));
        }
    }
    worst.keeps(2e-6, "PR and SRK against CoolProp");
}
