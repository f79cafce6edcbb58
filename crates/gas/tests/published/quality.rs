use linepack_gas::{
    Composition, QualityLimits, Quantity, Verdict, carbon_content, hydrogen_sulfide_kg_per_m3,
    methane_number, sulfur_kg_per_m3, water_kg_per_m3,
};
use linepack_units::ReferenceConditions;

fn composition(parts: &[(&str, f64)]) -> Composition {
    Composition::from_fractions(parts.iter().copied()).unwrap()
}

const NORMAL: ReferenceConditions = ReferenceConditions {
    temperature_k: 273.15,
    pressure_pa: 101_325.0,
};

/// The formula of the Gas Research Institute worked out by hand, and its sign for each component.
///
/// 0.9 · 137.780 + 0.05 · 29.948 - 0.02 · 18.193 - 0.01 · 167.062 + 0.01 · 181.233 + 0.01 · 26.994
/// = 124.002 + 1.4974 - 0.36386 - 1.67062 + 1.81233 + 0.26994 = 125.54719, and
/// 1.445 · 125.54719 - 103.42 = 77.99568955.
#[test]
fn methane_numbers() {
    let parts = [
        ("methane", 0.9),
        ("ethane", 0.05),
        ("propane", 0.02),
        ("n-butane", 0.006),
        ("n-hexane", 0.004),
        ("carbon_dioxide", 0.01),
        ("nitrogen", 0.01),
    ];
    let found = methane_number(&composition(&parts)).unwrap();
    assert!(
        (found.motor_octane_number - 125.54719).abs() < 1e-9,
        "{found:?}"
    );
    assert!(
        (found.methane_number - 77.995_689_55).abs() < 1e-9,
        "{found:?}"
    );
    let refused = methane_number(&composition(&[("methane", 0.9), ("hydrogen", 0.1)]));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("10.00 % hydrogen")
    );
    assert!(methane_number(&composition(&[("nitrogen", 1.0)])).is_err());
}

/// Emission factors: methane 44.0095/802.60 kg/MJ net at 25 degC (ISO 6976: 890.58 - 2 · 44.013 =
/// 802.554), and the default of natural gas, 56.1 t/TJ (IPCC 2006, volume 2, table 1.4; 95 %
/// interval 54.3 to 58.3).
#[test]
fn emission_factors() {
    let methane = carbon_content(&composition(&[("methane", 1.0)]), 298.15).unwrap();
    let expected = 44.0095e-3 / 802.554e3;
    assert!((methane.carbon_dioxide_kg_per_j_net / expected - 1.0).abs() < 1e-9);
    assert!((methane.carbon_kg_per_kg - 12.0107 / 16.04246).abs() < 1e-9);
    let natural = [
        ("methane", 0.92),
        ("ethane", 0.05),
        ("propane", 0.01),
        ("nitrogen", 0.01),
        ("carbon_dioxide", 0.01),
    ];
    let natural = carbon_content(&composition(&natural), 298.15).unwrap();
    let tonnes_per_tj = natural.carbon_dioxide_kg_per_j_net * 1e9;
    assert!((54.3..58.3).contains(&tonnes_per_tj), "{tonnes_per_tj}");
    assert!(carbon_content(&composition(&[("nitrogen", 1.0)]), 298.15).is_err());
    let hydrogen = carbon_content(&composition(&[("hydrogen", 1.0)]), 298.15).unwrap();
    assert_eq!(hydrogen.carbon_dioxide_kg_per_kg, 0.0);
}

/// A ppm of an ideal gas is 1e-6 · 44.615 mol/m3 at 0 degC and 101.325 kPa (CODATA: 22.413 97 l/mol).
#[test]
fn traces_per_volume() {
    let gas = composition(&[
        ("methane", 0.99995),
        ("hydrogen_sulfide", 4e-6),
        ("water", 4.6e-5),
    ]);
    let ppm = 1e-6 / 22.41397e-3;
    let sulfide = hydrogen_sulfide_kg_per_m3(&gas, NORMAL).unwrap();
    // The real methane is 0.24 % denser than the ideal gas.
    assert!(
        (sulfide / (4.0 * ppm * 0.03408) - 1.0024).abs() < 2e-4,
        "{sulfide:e}"
    );
    let sulfur = sulfur_kg_per_m3(&gas, 10e-6, NORMAL).unwrap() - 10e-6;
    assert!(
        (sulfur / (4.0 * ppm * 0.03206) - 1.0024).abs() < 4e-4,
        "{sulfur:e}"
    );
    let water = water_kg_per_m3(&gas, NORMAL).unwrap();
    assert!(
        (water / (46.0 * ppm * 0.018015) - 1.0024).abs() < 2e-4,
        "{water:e}"
    );
}

/// Every limit is found kept or broken on the right side; pure methane is below the relative
/// density of EASEE-gas (0.5548 by ISO 6976 at 0 degC).
#[test]
fn limits_are_judged() {
    let methane = composition(&[("methane", 1.0)]);
    let checks = QualityLimits::easee_gas().check(&methane);
    let of = |quantity| {
        checks
            .iter()
            .find(|c| c.limit.quantity == quantity)
            .unwrap()
    };
    let density = of(Quantity::RelativeDensity);
    assert_eq!(density.verdict, Verdict::Below);
    assert!((density.value.unwrap() - 0.5548).abs() < 1e-4);
    assert!(matches!(of(Quantity::Wobbe).verdict, Verdict::Within(_)));
    let sour = composition(&[
        ("methane", 0.9599),
        ("carbon_dioxide", 0.04),
        ("hydrogen_sulfide", 1e-4),
    ]);
    let broken: Vec<Quantity> = QualityLimits::en_16726()
        .check(&sour)
        .into_iter()
        .filter(|c| c.verdict == Verdict::Above)
        .map(|c| c.limit.quantity)
        .collect();
    assert_eq!(
        broken,
        [
            Quantity::CarbonDioxide,
            Quantity::HydrogenSulfide,
            Quantity::Sulfur
        ]
    );
    let blend = composition(&[("methane", 0.8), ("hydrogen", 0.2)]);
    let checks = QualityLimits::great_britain().check(&blend);
    assert_eq!(checks[2].verdict, Verdict::Above);
    let en = QualityLimits::en_16726().check(&blend);
    assert!(matches!(en[1].verdict, Verdict::Unknown(_)) && en[1].value.is_none());
    assert_eq!(en[0].verdict, Verdict::Below);
}

/// Dew points are limited too: a gas with butane drops liquid above -2 degC, a dry one has no water
/// dew point to judge.
#[test]
fn dew_points_are_judged() {
    let rich = composition(&[("methane", 0.9), ("propane", 0.06), ("n-butane", 0.04)]);
    let checks = QualityLimits::en_16726().check(&rich);
    let of = |quantity| {
        checks
            .iter()
            .find(|c| c.limit.quantity == quantity)
            .unwrap()
    };
    assert_eq!(of(Quantity::HydrocarbonDewPoint).verdict, Verdict::Above);
    assert!(matches!(
        of(Quantity::WaterDewPoint).verdict,
        Verdict::Unknown(_)
    ));
    let lean = composition(&[("methane", 0.98), ("ethane", 0.01995), ("water", 5e-5)]);
    let checks = QualityLimits::easee_gas().check(&lean);
    let of = |quantity| {
        checks
            .iter()
            .find(|c| c.limit.quantity == quantity)
            .unwrap()
    };
    assert!(matches!(
        of(Quantity::HydrocarbonDewPoint).verdict,
        Verdict::Within(_)
    ));
    let water = of(Quantity::WaterDewPoint);
    assert!(matches!(water.verdict, Verdict::Within(_)), "{water:?}");
    let celsius = Quantity::WaterDewPoint.shown_value(water.value.unwrap());
    assert!((-20.0..-8.0).contains(&celsius), "{celsius}");
}
