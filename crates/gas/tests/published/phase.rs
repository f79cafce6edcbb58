use crate::cases::Worst;
use linepack_gas::{Composition, CubicEquation, HydrateStructure, PhaseModel};

fn model(parts: &[(&str, f64)], equation: CubicEquation) -> PhaseModel {
    let composition = Composition::from_fractions(parts.iter().copied()).unwrap();
    PhaseModel::new(&composition, equation).unwrap()
}

const RICH: [(&str, f64); 4] = [
    ("methane", 0.83),
    ("ethane", 0.08),
    ("propane", 0.05),
    ("n-butane", 0.04),
];
const BINARY: [(&str, f64); 2] = [("methane", 0.8), ("n-butane", 0.2)];

/// Dew points (Pa, K), cricondentherm (K, Pa) and cricondenbar (Pa, K).
struct Envelope {
    parts: &'static [(&'static str, f64)],
    equation: CubicEquation,
    dew: &'static [(f64, f64)],
    cricondentherm: (f64, f64),
    cricondenbar: (f64, f64),
}

/// Source: CoolProp 8.0.0, backends PR and SRK with the interaction parameters of this crate; dew
/// points by its flash, extremes by parabolas through the points of its envelope (0.002 K, 2 kPa).
const ENVELOPES: [Envelope; 3] = [
    Envelope {
        parts: &RICH,
        equation: CubicEquation::PengRobinson,
        dew: &[
            (5e5, 238.441_381_932),
            (2e6, 265.789_722_909),
            (4e6, 277.633_658_172),
            (6e6, 280.735_965_959),
        ],
        cricondentherm: (280.73597, 5.9952e6),
        cricondenbar: (9.737831e6, 257.815),
    },
    Envelope {
        parts: &RICH,
        equation: CubicEquation::SoaveRedlichKwong,
        dew: &[
            (5e5, 239.320_727_968),
            (2e6, 266.688_036_728),
            (4e6, 278.961_239_167),
            (6e6, 282.690_072_461),
        ],
        cricondentherm: (282.73496, 6.2447e6),
        cricondenbar: (9.942098e6, 260.115),
    },
    Envelope {
        parts: &BINARY,
        equation: CubicEquation::PengRobinson,
        dew: &[
            (5e5, 270.329_066_644),
            (2e6, 306.685_015_831),
            (6e6, 331.956_204_876),
        ],
        cricondentherm: (333.8389, 7.777e6),
        cricondenbar: (13.97829e6, 290.607),
    },
];

#[test]
fn envelopes_agree_with_another_program() {
    let (mut dew, mut therm, mut bar) = (Worst::default(), Worst::default(), Worst::default());
    for expected in ENVELOPES {
        let model = model(expected.parts, expected.equation);
        for &(p, t) in expected.dew {
            let found = model.hydrocarbon_dew_point_k(p).unwrap();
            dew.see(found - t, || format!("{:?} {p} Pa", expected.equation));
        }
        let envelope = model.envelope().unwrap();
        let warmest = envelope.cricondentherm;
        therm.see(warmest.temperature_k - expected.cricondentherm.0, || {
            "cricondentherm".into()
        });
        let pressure = warmest.pressure_pa / expected.cricondentherm.1 - 1.0;
        assert!(pressure.abs() < 0.01, "{warmest:?}");
        let highest = envelope.cricondenbar.unwrap();
        bar.relative(highest.pressure_pa, expected.cricondenbar.0, || {
            "cricondenbar".into()
        });
        assert!(
            (highest.temperature_k - expected.cricondenbar.1).abs() < 0.1,
            "{highest:?}"
        );
        assert!(envelope.critical.is_some() && !envelope.bubble.is_empty());
    }
    dew.keeps(1e-5, "dew points (K)");
    therm.keeps(3e-3, "cricondentherm (K)");
    bar.keeps(3e-4, "cricondenbar");
}

/// Hydrates of pure gases.
///
/// Source: Deaton and Frost 1946, US Bureau of Mines Monograph 8 (methane, ethane, carbon dioxide,
/// propane), as tabulated in Sloan and Koh 2008, chapter 6.
#[test]
fn hydrates_of_pure_gases() {
    let (mut light, mut dioxide) = (Worst::default(), Worst::default());
    for (name, structure, points) in [
        (
            "methane",
            HydrateStructure::One,
            &[
                (273.7, 2.76e6),
                (275.4, 3.24e6),
                (279.3, 4.77e6),
                (282.6, 6.65e6),
                (285.9, 9.78e6),
            ][..],
        ),
        ("ethane", HydrateStructure::One, &[(273.7, 0.51e6)][..]),
        (
            "propane",
            HydrateStructure::Two,
            &[(273.7, 0.183e6), (275.4, 0.270e6), (277.1, 0.386e6)][..],
        ),
        (
            "carbon_dioxide",
            HydrateStructure::One,
            &[
                (273.7, 1.324e6),
                (277.2, 2.041e6),
                (280.9, 3.213e6),
                (282.9, 4.323e6),
            ][..],
        ),
    ] {
        let model = model(&[(name, 1.0)], CubicEquation::SoaveRedlichKwong);
        for &(t, p) in points {
            let hydrate = model.hydrate(p).unwrap();
            assert_eq!(hydrate.structure, structure, "{name}");
            let worst = if name == "carbon_dioxide" {
                &mut dioxide
            } else {
                &mut light
            };
            worst.see(hydrate.temperature_k - t, || format!("{name} at {p} Pa"));
        }
    }
    light.keeps(0.5, "hydrates of methane, ethane and propane (K)");
    dioxide.keeps(1.0, "hydrates of carbon dioxide (K)");
}

/// Water in saturated methane against Bukacek's correlation.
///
/// W = 47484 p_sat/p + 10^(-3083.87/(459.6 + t) + 6.69449) in lb/MMscf, with p and t in psi and
/// degF; 47484 lb/MMscf are one mole per mole. Source: Bukacek 1955, IGT Research Bulletin 8. The
/// saturation pressures are those of the steam tables (IAPWS-IF97).
#[test]
fn water_in_gas() {
    let model = model(
        &[("methane", 0.999), ("water", 0.001)],
        CubicEquation::PengRobinson,
    );
    let mut worst = Worst::default();
    for (celsius, saturation) in [
        (10.0, 1228.1),
        (20.0, 2339.2),
        (37.78, 6547.0),
        (60.0, 19946.0),
    ] {
        for p in [2e6, 4e6, 6.895e6, 10e6] {
            let t = celsius + 273.15;
            let fahrenheit = 1.8 * celsius + 32.0;
            let second = 10f64.powf(-3083.87 / (459.6 + fahrenheit) + 6.69449);
            let bukacek = saturation / p + second / 47_484.0;
            let found = model.saturated_water(p, t);
            worst.relative(found, bukacek, || format!("{celsius} degC {p} Pa"));
        }
    }
    worst.keeps(0.08, "water in saturated methane against Bukacek");
    // A gas with just that water has its dew point there.
    let fraction = model.saturated_water(7e6, 265.15);
    let wet = self::model(
        &[("methane", 1.0 - fraction), ("water", fraction)],
        CubicEquation::PengRobinson,
    );
    let dew = wet.water_dew_point_k(7e6).unwrap();
    assert!((dew - 265.15).abs() < 1e-3, "{dew}");
}
