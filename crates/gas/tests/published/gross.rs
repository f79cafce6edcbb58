use crate::cases::{Worst, case, composition, gas, number};
use linepack_gas::EquationOfState;

/// Density by both methods at 300 K and 10 MPa, with the inputs of the methods that GROSS itself finds for
/// the composition.
///
/// Source: NIST's AGA8 repository, Gross_test_01.cpp.
#[test]
fn density_by_both_methods() {
    let Some(case) = case("eos_aga8_gross.json") else {
        return;
    };
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let composition = composition(&inputs["composition_mole_fraction"]);
    let (p, t) = (number(inputs, "P_kPa") * 1e3, number(inputs, "T_K"));
    let mut worst = Worst::default();
    for (method, equation) in [
        ("method1", EquationOfState::GrossMethod1),
        ("method2", EquationOfState::GrossMethod2),
    ] {
        let gas = gas(&composition, equation);
        let state = gas.state(p, t).unwrap();
        // z R T = p/d with the method's own R.
        let density = p / (state.compressibility * 8.314_51 * t) * 1e-3;
        worst.relative(density, number(&expected[method], "density_mol_l"), || {
            method.into()
        });
    }
    worst.keeps(
        number(&case["tolerance"], "relative"),
        "AGA 8 GROSS, density",
    );
}

/// Z of the five reference gases of AGA 8 by both methods.
///
/// Source: AGA Report No. 8 (2017), appendix tables, as in NIST's Tables.xls.
#[test]
fn compressibility_of_the_five_gases() {
    let Some(case) = case("eos_aga8_tables.json") else {
        return;
    };
    let mut worst = [Worst::default(), Worst::default()];
    for row in case["expected"]["Z"].as_array().unwrap() {
        let fractions = &case["inputs"]["compositions_mole_fraction"][row["gas"].as_str().unwrap()];
        let (p, t) = (number(row, "P_MPa") * 1e6, number(row, "T_K"));
        for (k, (key, equation)) in [
            ("Z_GROSS_method1", EquationOfState::GrossMethod1),
            ("Z_GROSS_method2", EquationOfState::GrossMethod2),
        ]
        .into_iter()
        .enumerate()
        {
            let printed = number(row, key);
            let state = gas(&composition(fractions), equation).state(p, t).unwrap();
            worst[k].see(state.compressibility - printed, || format!("{row}"));
        }
    }
    worst[0].keeps(2e-6, "AGA 8 tables, Z by GROSS method 1 (absolute)");
    worst[1].keeps(2e-6, "AGA 8 tables, Z by GROSS method 2 (absolute)");
}
