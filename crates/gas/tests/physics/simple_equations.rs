use crate::gases::{EQUATIONS, gas, mixture, pseudo};
use linepack_gas::{
    EquationOfState, GAS_CONSTANT, Gas, GasError, GasSpec, PseudoGas, Substance, Viscosity,
};
use linepack_units::{HeatingBasis, ReferenceConditions};

fn density(equation: EquationOfState, pseudo_gas: PseudoGas, p: f64, t: f64) -> f64 {
    gas(Substance::Pseudo(pseudo_gas), equation)
        .state(p, t)
        .unwrap()
        .density_kg_per_m3
}

/// Papay at p_r = 1.5, T_r = 1.4 by hand: 3.52 · 1.5 · e^-3.164 = 0.223113, 0.274 · 2.25 · e^-2.6292
/// = 0.044472, so Z = 0.821359.
#[test]
fn papay_by_hand() {
    let gas = gas(Substance::Pseudo(pseudo()), EquationOfState::Papay);
    let z = gas.state(1.5 * 4.6e6, 1.4 * 203.0).unwrap().compressibility;
    let by_hand = 1.0 - 5.28 * (-3.164f64).exp() + 0.6165 * (-2.6292f64).exp();
    assert!(
        (z - by_hand).abs() < 1e-14 && (z - 0.821_359).abs() < 1e-6,
        "{z}"
    );
}

/// CNGA in the convention of the networks of Gyrya and Zlotnik: R = 8.314, M = 0.02896 G.
///
/// At G = 0.6, T = 288.706 K: 344400 · 10^1.071 / (6894.75729 · (1.8 · 288.706)^3.825) = 2.4e-8 1/Pa,
/// written out here as the case file of these networks gives it.
#[test]
fn cnga_by_hand() {
    let (g, t, p): (f64, f64, f64) = (0.6, 288.706, 5e6);
    let m = 0.02896 * g;
    let gas_of = PseudoGas {
        molar_mass_kg_per_mol: m,
        ..pseudo()
    };
    let b2 = 344_400.0 * 10f64.powf(1.785 * g) / (6_894.757_29 * (1.8 * t).powf(3.825));
    let b1 = 1.0
        + 344_400.0 * (101_350.0 / 6_894.757_29) * 10f64.powf(1.785 * g) / (1.8 * t).powf(3.825);
    let full = m / (8.314 * t) * (b1 * p + b2 * p * p);
    let simple = m / (8.314 * t) * (1.003_008_65 * p + 2.968_488_38e-8 * p * p);
    assert!((density(EquationOfState::Cnga, gas_of, p, t) / full - 1.0).abs() < 1e-13);
    assert!((density(EquationOfState::CngaSimple, gas_of, p, t) / simple - 1.0).abs() < 1e-13);
}

#[test]
fn ideal_and_constant_by_hand() {
    let ideal = 5e6 * 0.0182 / (8.314_462_618 * 300.0);
    let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-14;
    assert!(close(
        density(EquationOfState::Ideal, pseudo(), 5e6, 300.0),
        ideal
    ));
    let constant = EquationOfState::Constant { z: 0.87 };
    assert!(close(density(constant, pseudo(), 5e6, 300.0), ideal / 0.87));
}

/// K = 1 - p/(450 bar) at 50 bar: 8/9.
#[test]
fn linear_by_hand() {
    let linear = EquationOfState::Linear {
        z: 1.0,
        per_pa: -1.0 / 450e5,
    };
    let ideal = 5e6 * 0.0182 / (8.314_462_618 * 300.0);
    let ratio = density(linear, pseudo(), 5e6, 300.0) / ideal;
    assert!((ratio * 8.0 / 9.0 - 1.0).abs() < 1e-14, "{ratio}");
}

/// A pseudo gas keeps its exponent; Papay still has a Joule-Thomson coefficient, constant Z none.
#[test]
fn pseudo_gases_keep_their_exponent() {
    for equation in &EQUATIONS[2..] {
        let gas = gas(Substance::Pseudo(pseudo()), *equation);
        let s = gas.state(6e6, 290.0).unwrap();
        assert_eq!(s.isentropic_exponent, 1.3, "{equation:?}");
        let table = gas.isotherm(290.0, 8e6).unwrap();
        assert!((table.isentropic_exponent(3.3e6).0 - 1.3).abs() < 1e-14);
        assert!(
            (s.speed_of_sound_m_per_s.powi(2) * s.density_kg_per_m3 / (1.3 * 6e6) - 1.0).abs()
                < 1e-13
        );
    }
    let papay = gas(Substance::Pseudo(pseudo()), EquationOfState::Papay)
        .state(6e6, 290.0)
        .unwrap();
    assert!(papay.joule_thomson_k_per_pa > 3e-6 && papay.joule_thomson_k_per_pa < 6e-6);
}

/// The simple equations lie near GERG-2008 where they claim to hold.
#[test]
fn simple_equations_are_near_the_reference() {
    let parts = [
        ("methane", 0.93),
        ("ethane", 0.04),
        ("propane", 0.01),
        ("nitrogen", 0.02),
    ];
    let reference = mixture(&parts, EquationOfState::Gerg2008)
        .state(6e6, 290.0)
        .unwrap();
    for (equation, bound) in [
        (EquationOfState::Detail, 2e-3),
        (EquationOfState::Papay, 0.02),
        (EquationOfState::Cnga, 0.03),
        (EquationOfState::CngaSimple, 0.08),
    ] {
        let state = mixture(&parts, equation).state(6e6, 290.0).unwrap();
        let off = state.compressibility / reference.compressibility - 1.0;
        println!("{equation:?}: Z off by {:.2} %", 100.0 * off);
        assert!(off.abs() < bound, "{equation:?}: {off}");
    }
}

fn refusal(substance: Substance, equation: EquationOfState) -> String {
    let viscosity = Viscosity::Constant { pa_s: 1e-5 };
    Gas::new(&GasSpec {
        substance,
        equation,
        viscosity,
    })
    .unwrap_err()
    .to_string()
}

#[test]
fn missing_data_are_named() {
    let message = refusal(Substance::Pseudo(pseudo()), EquationOfState::Gerg2008);
    assert!(
        message.contains("GERG-2008 needs a composition"),
        "{message}"
    );
    let no_critical = PseudoGas {
        critical_pressure_pa: None,
        ..pseudo()
    };
    let message = refusal(Substance::Pseudo(no_critical), EquationOfState::Papay);
    assert!(message.contains("critical_pressure"), "{message}");
    for wrong in [
        PseudoGas {
            molar_mass_kg_per_mol: 0.0,
            ..pseudo()
        },
        PseudoGas {
            isentropic_exponent: 1.0,
            ..pseudo()
        },
        PseudoGas {
            molar_mass_kg_per_mol: f64::NAN,
            ..pseudo()
        },
    ] {
        assert!(refusal(Substance::Pseudo(wrong), EquationOfState::Ideal).contains("must be"));
    }
    let zero = EquationOfState::Constant { z: 0.0 };
    assert!(refusal(Substance::Pseudo(pseudo()), zero).contains("not positive"));
    let cold = PseudoGas {
        net_heating_value_j_per_kg: None,
        ..pseudo()
    };
    let gas = gas(Substance::Pseudo(cold), EquationOfState::Ideal);
    let basis = HeatingBasis {
        gross: false,
        combustion_temperature_k: 298.15,
    };
    let error = gas.heating_value_j_per_kg(basis).unwrap_err();
    assert!(
        matches!(&error, GasError::Missing(m) if m.contains("net_heating_value")),
        "{error}"
    );
}

/// States and bulk properties that fuzzing found to give a density of zero are refused.
#[test]
fn nothing_is_no_gas() {
    let heavy = gas(Substance::Pseudo(pseudo()), EquationOfState::Ideal);
    assert!(matches!(
        heavy.state(1.26e-321, 150.0),
        Err(GasError::OutOfRange(_))
    ));
    assert!(matches!(
        heavy.isotherm(288.15, 1e-300),
        Err(GasError::OutOfRange(_))
    ));
    let nothing = PseudoGas {
        molar_mass_kg_per_mol: 1e-310,
        ..pseudo()
    };
    let message = refusal(Substance::Pseudo(nothing), EquationOfState::Ideal);
    assert!(message.contains("molar mass"), "{message}");
    // Papay's Z turns negative at moderate p_r and T_r below 1, where it was never meant to be used.
    let papay = gas(Substance::Pseudo(pseudo()), EquationOfState::Papay);
    let error = papay.state(8e6, 100.0).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("outside the range of the equation"),
        "{error}"
    );
}

/// A constant Z is for the line: at reference conditions such a gas is ideal.
#[test]
fn constant_z_does_not_reach_reference_conditions() {
    let at = ReferenceConditions::ISO_STANDARD;
    let gas = gas(
        Substance::Pseudo(pseudo()),
        EquationOfState::Constant { z: 0.87 },
    );
    let density = gas.reference_density_kg_per_m3(at).unwrap();
    let ideal = at.pressure_pa * 0.0182 / (GAS_CONSTANT * at.temperature_k);
    assert!((density / ideal - 1.0).abs() < 1e-14);
}
