use crate::cases::{Worst, case, composition, gas, number, text};
use linepack_gas::{EquationOfState, Gas};
use std::collections::HashMap;

/// 3330 points of 174 natural gases along their saturation boundary, entered by density.
///
/// Source: NIST's Test Data.xls, 4 to 6 digits; the workbook's numbering of the gases is mended as
/// the case file says. Its compositions are percentages that sum to one within rounding; the
/// workbook normalises them, and so does this test. Some points are unstable by DETAIL (their heat
/// capacity is negative): they have no speed of sound, and the workbook prints 0 for it.
/// A pressure of 0 is a blank of the workbook.
#[test]
fn pressure_heat_capacities_and_speed_of_sound() {
    let Some(case) = case("eos_nist_testdata_naturalgas.json") else {
        return;
    };
    let Some(table) = text("eos_nist_testdata_naturalgas.csv") else {
        return;
    };
    let gases: HashMap<&str, [Gas; 2]> = case["compositions_mole_fraction_normalise_to_1"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, fractions)| {
            let composition = composition(fractions).normalised().unwrap();
            let both = [EquationOfState::Gerg2008, EquationOfState::Detail];
            (
                id.as_str(),
                both.map(|equation| gas(&composition, equation)),
            )
        })
        .collect();
    let mut worst = Worst::default();
    let mut blank = 0;
    for line in table.lines().skip(1) {
        let (id, values) = line.split_once(',').unwrap();
        let values: Vec<f64> = values
            .split(',')
            .map(|v| v.parse().unwrap_or(f64::NAN))
            .collect();
        for (gas, printed, label) in [
            (&gases[id][0], &values[2..6], "GERG-2008"),
            (&gases[id][1], &values[6..10], "DETAIL"),
        ] {
            let m = gas.molar_mass_kg_per_mol();
            let state = gas
                .state_at_density(values[1] * 1e3 * m, values[0])
                .unwrap();
            for (name, value, printed) in [
                ("P", state.pressure_pa * 1e-6, printed[0]),
                ("cv", state.cv_j_per_kg_k * m, printed[1]),
                ("cp", state.cp_j_per_kg_k * m, printed[2]),
                ("w", state.speed_of_sound_m_per_s, printed[3]),
            ] {
                if name == "P" && printed == 0.0 {
                    blank += 1;
                    continue;
                }
                if name == "w" && printed == 0.0 {
                    assert!(
                        value.is_nan(),
                        "an unstable state has no speed of sound, not {value}: {label}, gas {line}"
                    );
                    continue;
                }
                worst.relative(value, printed, || format!("{label} {name}, gas {line}"));
            }
        }
    }
    println!("{blank} pressures are not printed");
    assert!(blank < 5);
    worst.keeps(number(&case["tolerance"], "relative"), "NIST test data");
}
