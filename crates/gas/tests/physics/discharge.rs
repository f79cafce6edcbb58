use crate::gases::{COMPOSITIONS, mixture};
use linepack_gas::{EquationOfState, Gas, critical_pressure_ratio, perfect_gas_discharge};

/// Flux along the isentrope at a throat pressure, from states found by bisection in temperature.
fn flux_by_bisection(gas: &Gas, p0: f64, t0: f64, p: f64) -> f64 {
    let inner = gas.state(p0, t0).unwrap();
    let (mut cold, mut warm) = (0.6 * t0, t0);
    for _ in 0..60 {
        let middle = 0.5 * (cold + warm);
        match gas.state(p, middle) {
            Ok(s) if s.entropy_j_per_kg_k > inner.entropy_j_per_kg_k => warm = middle,
            _ => cold = middle,
        }
    }
    let s = gas.state(p, warm).unwrap();
    s.density_kg_per_m3
        * (2.0 * (inner.enthalpy_j_per_kg - s.enthalpy_j_per_kg))
            .max(0.0)
            .sqrt()
}

/// The choked flux is the maximum over all throat pressures, by a plain search.
#[test]
fn choked_flux_is_the_maximum_along_the_isentrope() {
    for (name, parts) in [COMPOSITIONS[0], COMPOSITIONS[3], COMPOSITIONS[5]] {
        let gas = mixture(parts, EquationOfState::Gerg2008);
        for (p0, t0) in [(2e6, 290.0), (7e6, 300.0), (9e6, 320.0)] {
            let d = gas.discharge(p0, t0, 101_325.0).unwrap();
            assert!(d.choked);
            let ratios = (480..=600).map(|i| f64::from(i) / 1000.0);
            let best = ratios
                .map(|r| flux_by_bisection(&gas, p0, t0, r * p0))
                .fold(0.0, f64::max);
            let excess = d.mass_flux_kg_per_m2_s / best - 1.0;
            println!(
                "{name} {p0} Pa: {:.1} kg/m2s at {:.4} of p0, {excess:.1e} above the search",
                d.mass_flux_kg_per_m2_s,
                d.throat_pressure_pa / p0
            );
            // The search misses the maximum by at most half a step, 0.0005 p0: second order.
            assert!(
                (-1e-10..3e-6).contains(&excess),
                "{name} {p0} {t0}: {excess:e}"
            );
            assert_eq!(gas.choked_mass_flux(p0, t0), Ok(d.mass_flux_kg_per_m2_s));
        }
    }
}

/// Below the critical ratio the back pressure rules, and the two branches join.
#[test]
fn subsonic_flux_joins_the_choked_one() {
    let gas = mixture(COMPOSITIONS[0].1, EquationOfState::Gerg2008);
    let (p0, t0) = (6e6, 295.0);
    let choked = gas.discharge(p0, t0, 0.0).unwrap();
    for ratio in [0.6, 0.7, 0.9, 0.99] {
        let d = gas.discharge(p0, t0, ratio * p0).unwrap();
        assert!(
            !d.choked && d.throat_pressure_pa == ratio * p0,
            "{ratio}: {d:?}"
        );
        let expected = flux_by_bisection(&gas, p0, t0, ratio * p0);
        assert!(
            (d.mass_flux_kg_per_m2_s / expected - 1.0).abs() < 1e-8,
            "{ratio}"
        );
        assert!(d.mass_flux_kg_per_m2_s < choked.mass_flux_kg_per_m2_s);
    }
    let edge = gas
        .discharge(p0, t0, choked.throat_pressure_pa * (1.0 + 1e-9))
        .unwrap();
    assert!((edge.mass_flux_kg_per_m2_s / choked.mass_flux_kg_per_m2_s - 1.0).abs() < 1e-12);
    assert_eq!(
        gas.discharge(p0, t0, p0).unwrap().mass_flux_kg_per_m2_s,
        0.0
    );
}

/// At low pressure the real gas flows like a perfect one whose exponent lies between that of the
/// inner and that of the colder throat temperature.
#[test]
fn low_pressure_is_the_perfect_gas() {
    for (name, parts) in COMPOSITIONS {
        let gas = mixture(parts, EquationOfState::Gerg2008);
        let (p, t) = (1e3, 290.0);
        let inner = gas.state(p, t).unwrap();
        let warm = inner.isentropic_exponent;
        let throat = gas
            .state(p * critical_pressure_ratio(warm), t * 2.0 / (warm + 1.0))
            .unwrap();
        let flux = |exponent: f64| {
            perfect_gas_discharge(p, inner.density_kg_per_m3, exponent, 0.0).mass_flux_kg_per_m2_s
        };
        let (a, b) = (flux(warm), flux(throat.isentropic_exponent));
        let real = gas.discharge(p, t, 0.0).unwrap().mass_flux_kg_per_m2_s;
        let slack = 1e-5 * real;
        println!("{name}: {a} {real} {b}");
        assert!(
            real > a.min(b) - slack && real < a.max(b) + slack,
            "{name}: {a} {real} {b}"
        );
    }
}
