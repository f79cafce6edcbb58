use crate::gases::{COMPOSITIONS, mixture};
use linepack_gas::{BlendTable, Composition, EquationOfState, Gas, GasSpec, Substance, Viscosity};
use proptest::prelude::*;

/// A gas by GERG-2008 with viscosity by corresponding states.
fn gas(composition: Composition) -> Gas {
    Gas::new(&GasSpec {
        substance: Substance::Mixture(composition),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::CorrespondingStates,
    })
    .unwrap()
}

fn source(which: usize) -> Composition {
    Composition::from_fractions(COMPOSITIONS[which].1.iter().copied()).unwrap()
}

fn blend(sources: &[Composition], shares: &[f64]) -> Composition {
    let mole_fractions = std::array::from_fn(|i| {
        let parts = sources.iter().zip(shares);
        parts.map(|(s, y)| y * s.mole_fractions[i]).sum()
    });
    Composition { mole_fractions }
}

fn table(sources: &[Composition], order: usize) -> BlendTable {
    let gases: Vec<Gas> = sources.iter().cloned().map(gas).collect();
    BlendTable::new(&gases, order, 5e5..=8e6, 263.15..=343.15, [38, 32]).unwrap()
}

/// Worst errors in density, enthalpy, heat capacity and viscosity over shares, pressures and
/// temperatures, against the equation at the blend itself.
fn errors(sources: &[Composition], order: usize, shares: &[Vec<f64>]) -> [f64; 4] {
    let table = table(sources, order);
    let mut worst = [0.0f64; 4];
    for y in shares {
        let (gas, weights) = (gas(blend(sources, y)), table.weights(y));
        for p in [0.9e6, 3.1e6, 5.7e6, 7.95e6] {
            for t in [264.0, 278.0, 301.0, 342.0] {
                let (s, b) = (gas.state(p, t).unwrap(), table.at(&weights, p, t));
                let cp = s.cp_j_per_kg_k;
                let here = [
                    b.density.density_kg_per_m3 / s.density_kg_per_m3 - 1.0,
                    (b.enthalpy.enthalpy_j_per_kg - s.enthalpy_j_per_kg) / (100.0 * cp),
                    b.enthalpy.by_temperature / cp - 1.0,
                    b.viscosity_pa_s / s.viscosity_pa_s - 1.0,
                ];
                let all = worst.iter_mut().zip(here);
                all.for_each(|(w, e)| *w = w.max(e.abs()));
            }
        }
    }
    worst
}

fn keeps(what: &str, errors: [f64; 4], bounds: [f64; 4]) {
    let shown = errors.map(|e| format!("{e:.1e}")).join(", ");
    println!("{what}: density, enthalpy, heat capacity, viscosity {shown}");
    let within = errors.iter().zip(bounds).all(|(e, b)| *e <= b);
    assert!(within, "{what}: {shown}");
}

/// The stated errors of a table of three natural gases and of hydrogen blends.
#[test]
fn blends_keep_their_errors() {
    let natural = [source(0), source(1), source(2)];
    let shares: Vec<Vec<f64>> = (0..=6)
        .flat_map(|i| (0..=6 - i).map(move |j| (i, j)))
        .map(|(i, j)| [i, j, 6 - i - j].map(|k| f64::from(k) / 6.0).to_vec())
        .collect();
    let found = errors(&natural, 3, &shares);
    keeps("three natural gases", found, [3e-5, 4e-5, 3e-4, 5e-5]);
    let pairs: Vec<Vec<f64>> = (0..=10)
        .map(|i| vec![f64::from(i) / 10.0, 1.0 - f64::from(i) / 10.0])
        .collect();
    let found = errors(&[source(0), source(3)], 3, &pairs);
    keeps("20 % hydrogen", found, [7e-5, 7e-5, 4e-4, 8e-5]);
    let found = errors(&[source(0), source(5)], 6, &pairs);
    keeps("hydrogen", found, [5e-5, 6e-5, 8e-4, 8e-4]);
}

/// A source alone, and a blend of the lattice, are what their own table is.
#[test]
fn blends_of_the_lattice_are_exact() {
    let sources = [source(0), source(3)];
    let table = table(&sources, 2);
    for shares in [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]] {
        let gas = gas(blend(&sources, &shares));
        let point = table.at(&table.weights(&shares), 5.3e6, 291.0);
        let s = gas.state(5.3e6, 291.0).unwrap();
        assert!((point.density.density_kg_per_m3 / s.density_kg_per_m3 - 1.0).abs() < 2e-6);
        let w2 = s.speed_of_sound_m_per_s.powi(2);
        let by_pressure = s.cp_j_per_kg_k / s.cv_j_per_kg_k / w2;
        assert!((point.density.by_pressure / by_pressure - 1.0).abs() < 2e-5);
        let expansion = 1.0 + s.density_kg_per_m3 * s.cp_j_per_kg_k * s.joule_thomson_k_per_pa;
        let by_temperature = -s.density_kg_per_m3 * expansion / 291.0;
        assert!((point.density.by_temperature / by_temperature - 1.0).abs() < 5e-5);
    }
}

#[test]
fn tables_of_no_blend_are_refused() {
    let gases = [mixture(COMPOSITIONS[0].1, EquationOfState::Gerg2008)];
    let make = |gases: &[Gas], order, p| BlendTable::new(gases, order, p, 270.0..=300.0, [3, 3]);
    assert!(make(&gases, 1, 1e6..=2e6).is_ok());
    assert!(make(&gases, 0, 1e6..=2e6).is_err() && make(&gases, 9, 1e6..=2e6).is_err());
    assert!(make(&[], 2, 1e6..=2e6).is_err() && make(&gases, 2, 0.0..=2e6).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    /// The weights sum to one, the order of the sources does not matter, and shares in mass and in
    /// moles are the same blend.
    #[test]
    fn the_order_of_sources_does_not_matter(a in 0.0f64..1.0, b in 0.0f64..1.0) {
        let (forward, backward) = (
            table(&[source(0), source(1)], 2),
            table(&[source(1), source(0)], 2),
        );
        let point = forward.at(&forward.weights(&[a, 1.0 - a]), 4e6, 280.0);
        let other = backward.at(&backward.weights(&[1.0 - a, a]), 4e6, 280.0);
        prop_assert!((point.density.density_kg_per_m3 / other.density.density_kg_per_m3 - 1.0).abs() < 1e-13);
        let masses = [source(0), source(1)].map(|c| gas(c).molar_mass_kg_per_mol());
        let [m, n] = [b * masses[0], (1.0 - b) * masses[1]];
        let moles = forward.mole_shares(&[m / (m + n), n / (m + n)]);
        prop_assert!((moles[0] - b).abs() < 1e-12 && (moles[0] + moles[1] - 1.0).abs() < 1e-12);
    }
}
