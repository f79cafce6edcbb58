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

/// Pressures (Pa) and temperatures (K) of pipelines: 1 to 200 bar, -30 to 80 degC.
const PRESSURES: std::ops::RangeInclusive<f64> = 1e5..=20e6;
const TEMPERATURES: std::ops::RangeInclusive<f64> = 243.15..=353.15;

/// The stated errors of the property table over the whole range of pipelines, on states that lie
/// nowhere near the nodes; the rich gas from -20 degC on, as it has no gas root below.
#[test]
fn property_tables_keep_their_errors() {
    for (name, parts) in COMPOSITIONS {
        let gas = mixture(parts, EquationOfState::Gerg2008);
        let coldest = if name == "rich gas" {
            253.15
        } else {
            *TEMPERATURES.start()
        };
        let table = PropertyTable::new(&gas, PRESSURES, coldest..=*TEMPERATURES.end()).unwrap();
        let mut worst = [0.0f64; PROPERTIES.len()];
        for (i, j) in (0..53).flat_map(|i| (0..41).map(move |j| (i, j))) {
            let p = 1e5 + 19.9e6 * (f64::from(i) + 0.61) / 53.0;
            let t = coldest + (353.15 - coldest) * (f64::from(j) + 0.43) / 41.0;
            let errors = property_errors(&gas, &table, p, t);
            let all = worst.iter_mut().zip(errors);
            all.for_each(|(w, e)| *w = w.max(e.abs()));
        }
        for ((what, bound), error) in PROPERTIES.iter().zip(worst) {
            println!("{name}: {what} {error:.1e} of {bound:.0e}");
            assert!(error <= *bound, "{name}: {what} {error:e}");
        }
    }
}

/// What is compared, and the bound stated for it.
const PROPERTIES: [(&str, f64); 10] = [
    ("density and Z", 3e-7),
    ("density by pressure", 4e-6),
    ("density by temperature", 3e-5),
    ("enthalpy", 1e-7),
    ("enthalpy by pressure", 4e-6),
    ("enthalpy by temperature", 1e-5),
    ("heat capacity", 3e-6),
    ("Joule-Thomson coefficient", 2e-6),
    ("viscosity", 4e-7),
    ("speed of sound", 3e-5),
];

/// Relative errors at one state. Where it is smaller than that, the Joule-Thomson coefficient is
/// compared with 1 K/MPa; enthalpies are compared with cp times 100 K.
fn property_errors(gas: &Gas, table: &PropertyTable, p: f64, t: f64) -> [f64; 10] {
    let s = gas.state(p, t).unwrap();
    let point = table.at(p, t);
    let w2 = s.speed_of_sound_m_per_s.powi(2);
    let cp = s.cp_j_per_kg_k;
    let by_pressure = cp / s.cv_j_per_kg_k / w2;
    // mu cp = (T (dv/dT)_p - v), so (drho/dT)_p = -rho (1 + rho cp mu)/T.
    let expansion = 1.0 + s.density_kg_per_m3 * cp * s.joule_thomson_k_per_pa;
    let by_temperature = -s.density_kg_per_m3 * expansion / t;
    let jt = s.joule_thomson_k_per_pa;
    let jt_size = jt.abs().max(1e-6);
    [
        point.density.density_kg_per_m3 / s.density_kg_per_m3 - 1.0,
        point.density.by_pressure / by_pressure - 1.0,
        point.density.by_temperature / by_temperature - 1.0,
        (point.enthalpy.enthalpy_j_per_kg - s.enthalpy_j_per_kg) / (100.0 * cp),
        (point.enthalpy.by_pressure + cp * jt) / (cp * jt_size),
        point.enthalpy.by_temperature / cp - 1.0,
        point.cp_j_per_kg_k / cp - 1.0,
        (point.joule_thomson_k_per_pa - jt) / jt_size,
        point.viscosity_pa_s / s.viscosity_pa_s - 1.0,
        point.speed_of_sound_m_per_s(t) / s.speed_of_sound_m_per_s - 1.0,
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
