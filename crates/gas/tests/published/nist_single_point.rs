use crate::cases::{Worst, case, composition, gas, number};
use linepack_gas::EquationOfState;
use serde_json::Value;

/// The 21-component gas of NIST's own test programs at 400 K and 50 MPa, all properties.
///
/// Source: usnistgov/AGA8, GERG2008_test_01.cpp and Detail_test_01.cpp.
#[test]
fn every_property_of_the_nist_gas() {
    let Some(case) = case("eos_nist_single_point.json") else {
        return;
    };
    let inputs = &case["inputs"];
    let composition = composition(&inputs["composition_mole_fraction"]);
    let (p, t) = (number(inputs, "P_kPa") * 1e3, number(inputs, "T_K"));
    let mut worst = Worst::default();
    for (name, equation) in [
        ("GERG-2008", EquationOfState::Gerg2008),
        ("AGA8-DETAIL", EquationOfState::Detail),
    ] {
        let gas = gas(&composition, equation);
        let expected = &case["expected"][name];
        let mut state = gas.state(p, t).unwrap();
        // At the pressure found and at the density printed: the two routes into the equation.
        for route in ["pressure", "density"] {
            for (quantity, value) in molar(&state, gas.molar_mass_kg_per_mol(), p) {
                let printed = number(expected, quantity);
                worst.relative(value, printed, || format!("{name} {quantity} from {route}"));
            }
            let density = number(expected, "density_mol_l") * 1e3 * gas.molar_mass_kg_per_mol();
            state = gas.state_at_density(density, t).unwrap();
        }
    }
    worst.keeps(relative_tolerance(&case), "NIST single point");
}

fn relative_tolerance(case: &Value) -> f64 {
    number(&case["tolerance"], "relative")
}

/// The properties in the case's units: mol/l, J/mol, m/s, K/kPa.
fn molar(s: &linepack_gas::GasState, m: f64, p: f64) -> [(&'static str, f64); 11] {
    assert!((s.pressure_pa / p - 1.0).abs() < 1e-10);
    [
        ("molar_mass_g_mol", m * 1e3),
        ("density_mol_l", s.density_kg_per_m3 / m * 1e-3),
        ("z", s.compressibility),
        ("h_J_mol", s.enthalpy_j_per_kg * m),
        ("s_J_molK", s.entropy_j_per_kg_k * m),
        ("cv_J_molK", s.cv_j_per_kg_k * m),
        ("cp_J_molK", s.cp_j_per_kg_k * m),
        ("w_m_s", s.speed_of_sound_m_per_s),
        ("jt_K_kPa", s.joule_thomson_k_per_pa * 1e3),
        ("kappa", s.isentropic_exponent),
        (
            "u_J_mol",
            (s.enthalpy_j_per_kg - s.pressure_pa / s.density_kg_per_m3) * m,
        ),
    ]
}
