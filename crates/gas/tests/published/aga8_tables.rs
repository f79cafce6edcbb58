use crate::cases::{Worst, case, composition, gas, number};
use linepack_gas::EquationOfState;
use std::collections::HashMap;

/// Z and speed of sound of the five reference gases, printed with six and three decimals.
///
/// Source: AGA Report No. 8 (2017), appendix tables, as in NIST's Tables.xls. The printed
/// compositions of the Ekofisk and Gulf Coast gases sum to one within 3e-6.
#[test]
fn compressibility_and_speed_of_sound_of_the_five_gases() {
    let Some(case) = case("eos_aga8_tables.json") else {
        return;
    };
    let equations = [
        ("DETAIL", EquationOfState::Detail),
        ("GERG2008", EquationOfState::Gerg2008),
    ];
    let mut gases = HashMap::new();
    for (name, fractions) in case["inputs"]["compositions_mole_fraction"]
        .as_object()
        .unwrap()
    {
        for (label, equation) in equations {
            gases.insert(
                (name.as_str(), label),
                gas(&composition(fractions), equation),
            );
        }
    }
    let (mut z, mut w) = (Worst::default(), Worst::default());
    for (table, worst) in [("Z", &mut z), ("speed_of_sound", &mut w)] {
        for row in case["expected"][table].as_array().unwrap() {
            let name = row["gas"].as_str().unwrap();
            let (p, t) = (number(row, "P_MPa") * 1e6, number(row, "T_K"));
            for (label, _) in equations {
                let state = gases[&(name, label)].state(p, t).unwrap();
                let (value, printed) = if table == "Z" {
                    (state.compressibility, number(row, &format!("Z_{label}")))
                } else {
                    (
                        state.speed_of_sound_m_per_s,
                        number(row, &format!("w_{label}_m_s")),
                    )
                };
                worst.see(value - printed, || format!("{name} {label} {p} Pa {t} K"));
            }
        }
    }
    z.keeps(
        number(&case["tolerance"], "Z_abs"),
        "AGA 8 tables, Z (absolute)",
    );
    w.keeps(
        number(&case["tolerance"], "w_abs_m_s"),
        "AGA 8 tables, speed of sound (m/s)",
    );
}
