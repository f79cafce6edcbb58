use crate::gases::{COMPOSITIONS, EQUATIONS, mixture};
use linepack_gas::{EquationOfState, Gas, Isotherm, PropertyTable};

const PRESSURE_MAX: f64 = 12e6;

/// Largest relative errors of an isotherm between its nodes: density, its pressure derivative
/// (against the equation's own, 1/(c² cv/cp)), viscosity and isentropic exponent.
fn isotherm_errors(gas: &Gas, table: &Isotherm) -> [f64; 4] {
    let t = table.temperature_k();
    let mut worst = [0.0f64; 4];
    for i in 1..1000 {
        let p = PRESSURE_MAX * (f64::from(i) + 0.37) / 1000.0;
        let state = gas.state(p, t).unwrap();
        let (density, slope) = table.density(p);
        let w2 = state.speed_of_sound_m_per_s.powi(2);
        let exact_slope = state.cp_j_per_kg_k / state.cv_j_per_kg_k / w2;
        let errors = [
            density / state.density_kg_per_m3 - 1.0,
            slope / exact_slope - 1.0,
            table.viscosity(p).0 / state.viscosity_pa_s - 1.0,
            table.isentropic_exponent(p).0 / state.isentropic_exponent - 1.0,
        ];
        worst
            .iter_mut()
            .zip(errors)
            .for_each(|(w, e)| *w = w.max(e.abs()));
    }
    worst
}

/// The stated errors of the isotherm against GERG-2008 and DETAIL: density 4e-11, its slope 2e-8,
/// exponent 4e-9, and viscosity 7e-6: its power of the density, about 1.2, has no smooth start.
#[test]
fn isotherms_keep_their_error() {
    for (name, parts) in COMPOSITIONS {
        for equation in [EquationOfState::Gerg2008, EquationOfState::Detail] {
            let gas = mixture(parts, equation);
            for t in [263.15, 273.15, 288.15, 298.15, 313.15, 333.15] {
                let [density, slope, viscosity, exponent] =
                    isotherm_errors(&gas, &gas.isotherm(t, PRESSURE_MAX).unwrap());
                println!(
                    "{name} {equation:?} {t} K: density {density:.1e}, slope {slope:.1e}, \
                     viscosity {viscosity:.1e}, exponent {exponent:.1e}"
                );
                assert!(density < 4e-11 && slope < 2e-8, "{name} {equation:?} {t}");
                assert!(
                    viscosity < 7e-6 && exponent < 4e-9,
                    "{name} {equation:?} {t}"
                );
            }
        }
    }
}

/// Where density/pressure is linear in pressure (ideal, constant Z, CNGA) the table is exact; where
/// Z is (linear Z), its reciprocal is tabulated to 1e-12.
#[test]
fn isotherms_of_linear_equations_are_exact() {
    let (_, parts) = COMPOSITIONS[0];
    for equation in &EQUATIONS[3..] {
        let gas = mixture(parts, *equation);
        let [density, ..] = isotherm_errors(&gas, &gas.isotherm(288.15, PRESSURE_MAX).unwrap());
        let bound = match equation {
            EquationOfState::Linear { .. } => 1e-12,
            _ => 1e-14,
        };
        assert!(density < bound, "{equation:?}: {density:e}");
    }
}

/// At zero pressure the table has the ideal-gas limit, and beyond its end it goes on smoothly.
#[test]
fn isotherms_are_regular_at_both_ends() {
    let (_, parts) = COMPOSITIONS[0];
    let gas = mixture(parts, EquationOfState::Gerg2008);
    let table = gas.isotherm(288.15, PRESSURE_MAX).unwrap();
    let (density, slope) = table.density(0.0);
    let ideal = gas.molar_mass_kg_per_mol() / (8.314_472 * 288.15);
    assert_eq!(density, 0.0);
    assert!((slope / ideal - 1.0).abs() < 1e-12);
    for p in [0.0, PRESSURE_MAX] {
        let (below, above) = (table.density(p - 1e-3), table.density(p + 1e-3));
        assert!(
            ((above.0 - below.0) / 2e-3 / above.1 - 1.0).abs() < 1e-5,
            "{p}"
        );
        assert!((above.1 / below.1 - 1.0).abs() < 1e-7, "{p}");
    }
    assert!(table.density(1.5 * PRESSURE_MAX).0 > table.density(PRESSURE_MAX).0);
}

/// The stated errors of the property table over 0 to 15 MPa and 253 to 343 K.
#[test]
fn property_tables_keep_their_errors() {
    for (name, parts) in COMPOSITIONS {
        let gas = mixture(parts, EquationOfState::Gerg2008);
        let table = PropertyTable::new(&gas, 0.0..=15e6, 253.15..=343.15).unwrap();
        let mut worst = [0.0f64; 6];
        for i in 0..37 {
            for j in 0..29 {
                let p = 15e6 * (f64::from(i) + 0.61) / 37.0;
                let t = 253.15 + 90.0 * (f64::from(j) + 0.43) / 29.0;
                let errors = property_errors(&gas, &table, p, t);
                worst
                    .iter_mut()
                    .zip(errors)
                    .for_each(|(w, e)| *w = w.max(e.abs()));
            }
        }
        let [density, by_p, by_t, cp, jt, viscosity] = worst;
        println!(
            "{name}: density {density:.1e}, d/dp {by_p:.1e}, d/dT {by_t:.1e}, cp {cp:.1e}, \
             Joule-Thomson {jt:.1e}, viscosity {viscosity:.1e}"
        );
        assert!(density < 2e-7 && by_p < 2e-6 && by_t < 2e-5, "{name}");
        assert!(cp < 2e-6 && jt < 2e-6 && viscosity < 2e-6, "{name}");
    }
}

/// Relative errors at one state; that of the Joule-Thomson coefficient is relative to 1 K/MPa where
/// it is smaller than that.
fn property_errors(gas: &Gas, table: &PropertyTable, p: f64, t: f64) -> [f64; 6] {
    let s = gas.state(p, t).unwrap();
    let point = table.density(p, t);
    let w2 = s.speed_of_sound_m_per_s.powi(2);
    let by_pressure = s.cp_j_per_kg_k / s.cv_j_per_kg_k / w2;
    // mu cp = (T (dv/dT)_p - v), so (drho/dT)_p = -rho (1 + rho cp mu)/T.
    let expansion = 1.0 + s.density_kg_per_m3 * s.cp_j_per_kg_k * s.joule_thomson_k_per_pa;
    let by_temperature = -s.density_kg_per_m3 * expansion / t;
    let jt = s.joule_thomson_k_per_pa;
    [
        point.density_kg_per_m3 / s.density_kg_per_m3 - 1.0,
        point.by_pressure / by_pressure - 1.0,
        point.by_temperature / by_temperature - 1.0,
        table.cp_j_per_kg_k(p, t) / s.cp_j_per_kg_k - 1.0,
        (table.joule_thomson_k_per_pa(p, t) - jt) / jt.abs().max(1e-6),
        table.viscosity_pa_s(p, t) / s.viscosity_pa_s - 1.0,
    ]
}

#[test]
fn property_tables_know_their_range() {
    let (_, parts) = COMPOSITIONS[0];
    let gas = mixture(parts, EquationOfState::Detail);
    let table = PropertyTable::with_steps(&gas, 1e6..=9e6, 270.0..=310.0, [20, 10]).unwrap();
    assert!(table.contains(1e6, 270.0) && table.contains(9e6, 310.0));
    assert!(!table.contains(0.9e6, 290.0) && !table.contains(5e6, 311.0));
    let inside = table.density(9e6, 290.0);
    let outside = table.density(9.001e6, 290.0);
    let rise = outside.density_kg_per_m3 - inside.density_kg_per_m3;
    assert!((rise / (1e3 * inside.by_pressure) - 1.0).abs() < 1e-2);
    for steps in [[0, 3], [3, 0]] {
        assert!(PropertyTable::with_steps(&gas, 1e6..=9e6, 270.0..=310.0, steps).is_err());
    }
    assert!(PropertyTable::new(&gas, 9e6..=1e6, 270.0..=310.0).is_err());
    assert!(PropertyTable::new(&gas, -1e6..=1e6, 270.0..=310.0).is_err());
}
