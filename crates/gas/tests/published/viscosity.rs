use crate::cases::{Worst, case, number};
use linepack_gas::{EquationOfState, GAS_CONSTANT, Gas, GasSpec, PseudoGas, Substance, Viscosity};

/// Molar mass of methane that the case used, kg/mol. With that of GERG-2008, 0.01604246, the
/// formula would differ by 9e-6.
const MOLAR_MASS: f64 = 0.016_043;

/// Lee, Gonzalez and Eakin for methane, and its distance from the reference correlation.
///
/// The formula is entered at the case's density, through a constant Z that has it.
#[test]
fn methane_by_lee_gonzalez_and_eakin() {
    let Some(case) = case("viscosity_methane.json") else {
        return;
    };
    let (mut formula, mut reference) = (Worst::default(), Worst::default());
    for row in case["expected"].as_array().unwrap() {
        let [t, p, density] = ["T_K", "P_Pa", "density"].map(|key| number(row, key));
        let gas = methane(p * MOLAR_MASS / (GAS_CONSTANT * t * density));
        let viscosity = gas.state(p, t).unwrap().viscosity_pa_s;
        let place = || format!("{t} K {p} Pa");
        formula.relative(viscosity, number(row, "lee_gonzalez_eakin"), place);
        reference.relative(viscosity, number(row, "viscosity_reference"), place);
    }
    formula.keeps(
        number(&case["tolerance"], "lge_vs_formula_relative"),
        "Lee-Gonzalez-Eakin",
    );
    reference.keeps(
        0.051,
        "Lee-Gonzalez-Eakin against the reference correlation",
    );
}

fn methane(z: f64) -> Gas {
    Gas::new(&GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: MOLAR_MASS,
            critical_temperature_k: None,
            critical_pressure_pa: None,
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: 1.3,
        }),
        equation: EquationOfState::Constant { z },
        viscosity: Viscosity::LeeGonzalezEakin,
    })
    .unwrap()
}
