use crate::gases::COMPOSITIONS;
use linepack_gas::{Composition, CubicEquation, PhaseModel};
use proptest::prelude::*;

fn model(parts: &[(&str, f64)]) -> PhaseModel {
    let composition = Composition::from_fractions(parts.iter().copied()).unwrap();
    PhaseModel::new(&composition, CubicEquation::PengRobinson).unwrap()
}

/// Just inside the dew line there are drops of liquid, just outside there are none, and the drops
/// vanish towards the line; the flash keeps every component.
#[test]
fn the_flash_agrees_with_the_envelope() {
    let parts = [
        ("methane", 0.88),
        ("ethane", 0.06),
        ("propane", 0.03),
        ("n-butane", 0.015),
        ("n-hexane", 0.005),
        ("nitrogen", 0.01),
    ];
    let model = model(&parts);
    let feed = Composition::from_fractions(parts).unwrap();
    for p in [1e6, 3e6, 6e6] {
        let dew = model.hydrocarbon_dew_point_k(p).unwrap();
        let (inside, outside) = (model.flash(p, dew - 0.05), model.flash(p, dew + 0.05));
        assert_eq!(outside.vapour_fraction, 1.0, "{p} {dew}");
        assert!(
            (0.99..1.0).contains(&inside.vapour_fraction),
            "{p} {inside:?}"
        );
        let deep = model.flash(p, dew - 15.0);
        assert!(deep.vapour_fraction < inside.vapour_fraction);
        for i in 0..21 {
            let v = deep.vapour_fraction;
            let total = v * deep.vapour[i] + (1.0 - v) * deep.liquid[i];
            assert!(
                (total - feed.mole_fractions[i]).abs() < 1e-9,
                "component {i}"
            );
        }
        assert!(deep.liquid[9] > deep.vapour[9], "hexane goes to the liquid");
    }
}

/// Margins change sign at the dew point, and the smallest is found with its place.
#[test]
fn margins_along_a_line() {
    let parts = [
        ("methane", 0.90),
        ("propane", 0.06),
        ("n-pentane", 0.0399),
        ("water", 1e-4),
    ];
    let model = model(&parts);
    let dew = model.hydrocarbon_dew_point_k(5e6).unwrap();
    let states = [(5e6, dew + 10.0), (5e6, dew - 2.0), (5e6, dew + 3.0)];
    let margins = model.margins(&states);
    let (place, least) = margins.hydrocarbon.unwrap();
    assert_eq!(place, 1);
    assert!((least + 2.0).abs() < 1e-9);
    assert!((margins.places[0].hydrocarbon_k.unwrap() - 10.0).abs() < 1e-9);
    assert!(margins.water.is_some() && margins.hydrate.is_some());
    let high = model.envelope().unwrap().cricondenbar.unwrap().pressure_pa;
    assert_eq!(model.hydrocarbon_dew_point_k(1.01 * high), None);
}

/// A pure gas has no envelope, a dry one no water dew point, hydrogen no hydrate, and a rich gas is
/// drier at its cricondentherm than a lean one.
#[test]
fn what_does_not_exist_is_absent() {
    let methane = model(&[("methane", 1.0)]);
    assert!(methane.envelope().is_err());
    assert_eq!(methane.hydrocarbon_dew_point_k(5e6), None);
    assert_eq!(methane.water_dew_point_k(5e6), None);
    assert_eq!(model(&[("hydrogen", 1.0)]).hydrate(5e6), None);
    let water = Composition::from_fractions([("water", 1.0)]).unwrap();
    assert!(PhaseModel::new(&water, CubicEquation::PengRobinson).is_err());
}

/// The line of every sample gas that is a mixture is followed, also with hydrogen and nitrogen.
#[test]
fn envelopes_are_followed() {
    for (name, parts) in &COMPOSITIONS[..4] {
        let model = model(parts);
        let envelope = model.envelope().unwrap();
        let warmest = envelope.cricondentherm;
        println!(
            "{name}: {warmest:?} {:?} {:?}",
            envelope.cricondenbar, envelope.critical
        );
        assert!(
            (150.0..320.0).contains(&warmest.temperature_k),
            "{name}: {warmest:?}"
        );
        let steps = envelope.dew.windows(2);
        let smooth = steps.map(|w| (w[1].temperature_k - w[0].temperature_k).abs());
        assert!(smooth.fold(0.0, f64::max) < 8.0, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random lean gases: dew points exist at low pressure, do not depend on the order in which the
    /// components are stated, and rise when some methane is exchanged for hexane.
    #[test]
    fn dew_points_of_random_gases(ethane in 0.01f64..0.1, butane in 1e-3f64..0.02, hexane in 1e-4f64..4e-3, nitrogen in 0.0f64..0.1) {
        let rest = 1.0 - ethane - butane - hexane - nitrogen;
        let mut parts = vec![("methane", rest), ("ethane", ethane), ("n-butane", butane), ("n-hexane", hexane), ("nitrogen", nitrogen)];
        let dew = model(&parts).hydrocarbon_dew_point_k(2.5e6).unwrap();
        parts.reverse();
        prop_assert_eq!(model(&parts).hydrocarbon_dew_point_k(2.5e6).unwrap(), dew);
        parts[1].1 += 1e-3;
        parts[4].1 -= 1e-3;
        prop_assert!(model(&parts).hydrocarbon_dew_point_k(2.5e6).unwrap() > dew);
    }
}
