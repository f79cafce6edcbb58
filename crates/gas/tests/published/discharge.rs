use crate::cases::{Worst, case, number};
use linepack_gas::{
    EquationOfState, Gas, GasSpec, PseudoGas, Substance, Viscosity, critical_pressure_ratio,
    perfect_gas_discharge,
};

/// Choked and subsonic discharge of a perfect gas with constant Z, by the function and by the gas.
///
/// Source: closed form.
#[test]
fn hole_in_a_pipe() {
    let Some(case) = case("analytic_hole_discharge.json") else {
        return;
    };
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let [gamma, p0, t0, cd, d, z, m, r] = [
        "gamma", "p0_Pa", "T0_K", "Cd", "hole_d_m", "Z", "M_kg_mol", "R",
    ]
    .map(|k| number(inputs, k));
    let area = cd * std::f64::consts::PI * d * d / 4.0;
    let density = p0 * m / (z * r * t0);
    let gas = Gas::new(&GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: m,
            critical_temperature_k: None,
            critical_pressure_pa: None,
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: gamma,
        }),
        equation: EquationOfState::Constant { z },
        viscosity: Viscosity::LeeGonzalezEakin,
    })
    .unwrap();
    let mut worst = Worst::default();
    let critical = critical_pressure_ratio(gamma);
    worst.relative(
        critical,
        number(expected, "critical_pressure_ratio"),
        || "ratio".into(),
    );
    for (ratio, name) in [
        (0.0, "choked_mass_flow_kg_s"),
        (0.3, "choked_mass_flow_kg_s"),
        (0.6, "subsonic_at_back_0.6"),
        (0.8, "subsonic_at_back_0.8"),
        (0.95, "subsonic_at_back_0.95"),
        (critical, "at_critical_check"),
    ] {
        let closed = perfect_gas_discharge(p0, density, gamma, ratio * p0);
        let by_gas = gas.discharge(p0, t0, ratio * p0).unwrap();
        for flux in [closed.mass_flux_kg_per_m2_s, by_gas.mass_flux_kg_per_m2_s] {
            worst.relative(flux * area, number(expected, name), || name.into());
        }
        assert_eq!(closed.choked, ratio <= critical);
    }
    assert_eq!(
        perfect_gas_discharge(p0, density, gamma, p0).mass_flux_kg_per_m2_s,
        0.0
    );
    worst.keeps(number(&case["tolerance"], "relative"), "hole discharge");
}
