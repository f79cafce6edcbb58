use crate::gases::{COMPOSITIONS, EQUATIONS, gas, mixture, pseudo};
use linepack_gas::{EquationOfState, Gas, Substance};
use linepack_units::{Context, FlowUnit, HeatingBasis, ReferenceConditions, parse_flow};
use proptest::prelude::*;

const UNITS: [&str; 12] = [
    "kg/s",
    "t/h",
    "MSm3/d",
    "kNm3/h",
    "MMscfd",
    "MMscfd@us_14.696",
    "Sm3/h@20C",
    "GWh/d",
    "GWh/d@net",
    "MMBtu/d@gross,25C",
    "TJ/d@net,0C",
    "MW",
];

/// From any unit to mass flow and on to any other, and back.
fn round_trip(gas: &Gas, number: f64, from: &str, to: &str) -> f64 {
    let context = Context::default();
    let [from, to] = [from, to].map(|unit| FlowUnit::new(unit, &context).unwrap());
    let mass = gas.mass_flow_kg_per_s(from.rate(number)).unwrap();
    let there = gas.flow_rate_in(mass, &to).unwrap();
    let mass = gas.mass_flow_kg_per_s(to.rate(there)).unwrap();
    gas.flow_rate_in(mass, &from).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_pair_of_flow_units(number in -1e6f64..1e6, which in 0..4usize, equation in 0..EQUATIONS.len()) {
        let gas = mixture(COMPOSITIONS[which].1, EQUATIONS[equation]);
        for from in UNITS {
            for to in UNITS {
                let back = round_trip(&gas, number, from, to);
                prop_assert!((back - number).abs() <= 1e-13 * number.abs(), "{from} {to}: {back}");
            }
        }
    }
}

/// Pure methane by hand, with M = 16.04246 g/mol and Z(15 degC) = 0.998018 by ISO 6976:2016, from
/// which GERG-2008 may differ by 2e-5; 891.51 kJ/mol gross is 55.5719 MJ/kg.
#[test]
fn methane_by_hand() {
    let gas = mixture(&[("methane", 1.0)], EquationOfState::Gerg2008);
    let context = Context::default();
    let mass = |text| {
        gas.mass_flow_kg_per_s(parse_flow(text, &context).unwrap())
            .unwrap()
    };
    let molar_density = 101_325.0 / (0.998_018 * 8.314_462_1 * 288.15);
    let expected = 1e6 / 86_400.0 * molar_density * 0.016_042_46;
    assert!(
        (mass("1 MSm3/d") / expected - 1.0).abs() < 2e-5,
        "{}",
        mass("1 MSm3/d")
    );
    let heat = 891.51e3 / 0.016_042_46;
    assert!((mass("24 GWh/d") * heat / 1e9 - 1.0).abs() < 1e-12);
    // A pound-mole has 379.48 ft3 at 60 degF and 14.696 psia when ideal (GPA 2145: 379.48).
    let ideal = mixture(&[("methane", 1.0)], EquationOfState::Ideal);
    let flow = parse_flow("1 MMscfd@us_14.696", &context).unwrap();
    let pounds_per_day = ideal.mass_flow_kg_per_s(flow).unwrap() * 86_400.0 / 0.453_592_37;
    let cubic_feet_per_mole = 1e6 / (pounds_per_day / 16.042_46);
    assert!(
        (cubic_feet_per_mole - 379.48).abs() < 0.01,
        "{cubic_feet_per_mole}"
    );
}

/// The real reference density agrees with ISO 6976's own within its uncertainty at every pair.
#[test]
fn reference_density_is_near_iso_6976() {
    for (name, parts) in &COMPOSITIONS[..4] {
        let gas = mixture(parts, EquationOfState::Gerg2008);
        for (_, at) in ReferenceConditions::NAMED {
            let density = gas.reference_density_kg_per_m3(at).unwrap();
            let iso = gas.quality(288.15, at).unwrap().real.density_kg_per_m3;
            assert!(
                (density / iso - 1.0).abs() < 2e-4,
                "{name} {at}: {density} {iso}"
            );
        }
    }
}

#[test]
fn what_cannot_be_converted_is_refused() {
    let basis = |celsius: f64| HeatingBasis {
        gross: true,
        combustion_temperature_k: celsius + 273.15,
    };
    let gas_of_air = mixture(
        &[("nitrogen", 0.79), ("oxygen", 0.21)],
        EquationOfState::Gerg2008,
    );
    let flow = parse_flow("1 MW", &Context::default()).unwrap();
    let message = gas_of_air.mass_flow_kg_per_s(flow).unwrap_err().to_string();
    assert!(message.contains("does not burn"), "{message}");
    let methane = mixture(&[("methane", 1.0)], EquationOfState::Ideal);
    let message = methane
        .heating_value_j_per_kg(basis(18.0))
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("no combustion temperature of 18.00 degC"),
        "{message}"
    );
    let at = ReferenceConditions {
        temperature_k: 298.15,
        pressure_pa: 101_325.0,
    };
    let message = methane.quality(298.15, at).unwrap_err().to_string();
    assert!(message.contains("no metering temperature"), "{message}");
    let stated = gas(Substance::Pseudo(pseudo()), EquationOfState::Ideal);
    assert_eq!(stated.heating_value_j_per_kg(basis(15.0)), Ok(52e6));
    assert!(stated.quality(288.15, ReferenceConditions::NORMAL).is_err());
}
