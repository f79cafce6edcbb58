use crate::gases::{COMPOSITIONS, EQUATIONS, mixture};
use linepack_gas::{EquationOfState, GasError};
use proptest::prelude::*;

/// Methane at 150 K: the saturation pressure is 1.04 MPa (Setzmann and Wagner 1991), and no gas can
/// be compressed to 6 MPa there.
#[test]
fn the_liquid_is_refused() {
    for equation in [EquationOfState::Gerg2008, EquationOfState::Detail] {
        let gas = mixture(&[("methane", 1.0)], equation);
        let vapour = gas.state(1.0e6, 150.0).unwrap();
        assert!(vapour.density_kg_per_m3 < 20.0, "{equation:?}: {vapour:?}");
        for pressure in [2e6, 6e6, 20e6] {
            let answer = gas.state(pressure, 150.0);
            let refused = matches!(answer, Err(GasError::NotAGas { .. }));
            assert!(refused, "{equation:?} at {pressure} Pa: {answer:?}");
        }
        let message = gas.isotherm(150.0, 6e6).unwrap_err().to_string();
        assert!(message.contains("no gas root"), "{message}");
    }
}

#[test]
fn states_outside_the_equations_are_refused() {
    let gas = mixture(&[("methane", 1.0)], EquationOfState::Gerg2008);
    for (pressure, temperature) in [
        (0.0, 288.15),
        (-1e5, 288.15),
        (f64::NAN, 288.15),
        (1e5, f64::INFINITY),
        (80e6, 288.15),
        (1e6, 50.0),
        (1e6, 800.0),
    ] {
        let answer = gas.state(pressure, temperature);
        assert!(
            matches!(answer, Err(GasError::OutOfRange(_))),
            "{pressure} {temperature}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The density found has the pressure asked for, and rises with it.
    #[test]
    fn density_answers_to_pressure(
        which in 0..COMPOSITIONS.len(),
        equation in 0..2usize,
        p in 1e3f64..25e6,
        t in 240.0f64..400.0,
    ) {
        let gas = mixture(COMPOSITIONS[which].1, EQUATIONS[equation]);
        let state = gas.state(p, t).unwrap();
        let back = gas.state_at_density(state.density_kg_per_m3, t).unwrap();
        prop_assert!((back.pressure_pa / p - 1.0).abs() < 1e-11);
        prop_assert!(gas.state(1.001 * p, t).unwrap().density_kg_per_m3 > state.density_kg_per_m3);
    }

    /// The laws between derivatives hold for every equation: cp - cv, speed of sound, and
    /// dh = T ds + v dp along an isotherm.
    #[test]
    fn properties_are_of_one_piece(
        which in 0..COMPOSITIONS.len(),
        equation in 0..EQUATIONS.len(),
        p in 5e5f64..8e6,
        t in 270.0f64..330.0,
    ) {
        let gas = mixture(COMPOSITIONS[which].1, EQUATIONS[equation]);
        let s = gas.state(p, t).unwrap();
        let rho = s.density_kg_per_m3;
        let identity = s.isentropic_exponent * p / rho / s.speed_of_sound_m_per_s.powi(2);
        prop_assert!((identity - 1.0).abs() < 1e-12);
        let (a, b) = (gas.state(p * 0.9999, t).unwrap(), gas.state(p * 1.0001, t).unwrap());
        let dh = b.enthalpy_j_per_kg - a.enthalpy_j_per_kg;
        let ds = b.entropy_j_per_kg_k - a.entropy_j_per_kg_k;
        let work = (b.pressure_pa - a.pressure_pa) / rho;
        prop_assert!((dh - t * ds - work).abs() < 1e-5 * work, "{dh} {} {work}", t * ds);
        let expected = -s.joule_thomson_k_per_pa * s.cp_j_per_kg_k * (b.pressure_pa - a.pressure_pa);
        prop_assert!((dh - expected).abs() < 1e-5 * work, "{dh} against {expected}");
    }
}
