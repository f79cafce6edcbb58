use linepack_gas::{Analysis, CompositionIssue, GasQuality, QualityUncertainty};
use linepack_units::ReferenceConditions;

/// Name, mole fraction and standard uncertainty.
type Part = (&'static str, f64, f64);

/// Example 1, clause D.2.
const EXAMPLE_1: [Part; 5] = [
    ("methane", 0.933212, 0.000346),
    ("ethane", 0.025656, 0.000243),
    ("propane", 0.015368, 0.000148),
    ("nitrogen", 0.010350, 0.000195),
    ("carbon dioxide", 0.015414, 0.000111),
];
/// Example 2, clause D.3, with water vapour.
const EXAMPLE_2: [Part; 5] = [
    ("methane", 0.931819, 0.000350),
    ("ethane", 0.025618, 0.000243),
    ("nitrogen", 0.010335, 0.000195),
    ("carbon dioxide", 0.015391, 0.000111),
    ("water", 0.016837, 0.000162),
];
/// Example 3, clause D.4.
const EXAMPLE_3: [Part; 11] = [
    ("methane", 0.922393, 0.000348),
    ("ethane", 0.025358, 0.000247),
    ("propane", 0.015190, 0.000149),
    ("n-butane", 0.000523, 0.000018),
    ("isobutane", 0.001512, 0.000027),
    ("n-pentane", 0.002846, 0.000007),
    ("isopentane", 0.002832, 0.000009),
    ("neopentane", 0.001015, 0.000004),
    ("n-hexane", 0.002865, 0.000008),
    ("nitrogen", 0.010230, 0.000195),
    ("carbon dioxide", 0.015236, 0.000112),
];
/// Correlation of the fractions of example 3, clause D.4.3.2: what lies above the diagonal.
const CORRELATION_3: [&[f64]; 10] = [
    &[
        -0.657246, -0.377458, -0.041205, -0.056924, 0.099228, 0.061961, 0.064295, 0.080202,
        -0.512347, -0.265664,
    ],
    &[
        -0.035617, -0.007450, -0.013720, -0.085690, -0.063295, -0.054908, -0.074061, -0.030668,
        -0.038371,
    ],
    &[
        -0.004442, -0.007810, -0.039877, -0.029677, -0.025538, -0.034574, -0.024994, -0.023925,
    ],
    &[
        -0.000824, -0.000592, -0.000551, -0.000372, -0.000567, -0.005703, -0.003373,
    ],
    &[0.002803, 0.001827, 0.001811, 0.002303, -0.010740, -0.005392],
    &[0.079557, 0.071180, 0.094670, -0.072794, -0.014019],
    &[0.051085, 0.067927, -0.053627, -0.010845],
    &[0.060788, -0.046653, -0.008952],
    &[-0.062845, -0.012357],
    &[-0.028699],
];

fn at(celsius: f64) -> ReferenceConditions {
    ReferenceConditions {
        temperature_k: celsius + 273.15,
        pressure_pa: 101_325.0,
    }
}

/// The properties and their uncertainties of an example, burnt and metered at degC.
fn worked(analysis: &Analysis, burnt: f64, metered: f64) -> (GasQuality, QualityUncertainty) {
    (
        GasQuality::of(analysis, burnt + 273.15, at(metered)).unwrap(),
        analysis.uncertainty(burnt + 273.15, at(metered)).unwrap(),
    )
}

/// Asserts that a value has the printed digits: it is within half a unit of the last of them.
fn printed(what: &str, value: f64, expected: f64, digits: i32) {
    let unit = 10f64.powi(-digits);
    let miss = (value - expected).abs();
    assert!(miss <= 0.5001 * unit, "{what}: {value} is not {expected}");
}

/// Examples 1 and 2 to the last printed digit. The 15.55 degC of example 2 stand for 60 degF, 15.5556 degC:
/// with 15.55 degC the heating value per volume would be 36.875013.
///
/// Source: ISO 6976:2016 annex D, clauses D.2 and D.3.
#[test]
fn examples_one_and_two() {
    let (q, u) = worked(&Analysis::from_parts(EXAMPLE_1).unwrap(), 15.0, 15.0);
    printed("1 M", q.molar_mass_kg_per_mol * 1e3, 17.388430, 6);
    printed("1 Z", q.compressibility, 0.99776224, 8);
    printed("1 Hc", q.gross_j_per_mol * 1e-3, 906.179959, 6);
    printed("1 u(Hc)", u.gross_j_per_mol * 1e-3, 0.615609872, 9);
    printed("1 Hm", q.gross_j_per_kg * 1e-6, 52.113961, 6);
    printed("1 u(Hm)", u.gross_j_per_kg * 1e-6, 0.024301, 6);
    printed("1 Hv", q.real.gross_j_per_m3 * 1e-6, 38.410611, 6);
    printed("1 u(Hv)", u.gross_j_per_m3 * 1e-6, 0.026267, 6);

    let (q, u) = worked(
        &Analysis::from_parts(EXAMPLE_2).unwrap(),
        140.0 / 9.0,
        140.0 / 9.0,
    );
    printed("2 M", q.molar_mass_kg_per_mol * 1e3, 16.989170, 6);
    printed("2 Hc", q.gross_j_per_mol * 1e-3, 871.443916, 6);
    printed("2 u(Hc)", u.gross_j_per_mol * 1e-3, 0.522493911, 9);
    printed("2 Hm", q.gross_j_per_kg * 1e-6, 51.294085, 6);
    printed("2 u(Hm)", u.gross_j_per_kg * 1e-6, 0.025938, 6);
    printed("2 u(Hv)", u.gross_j_per_m3 * 1e-6, 0.022289, 6);
    printed("2 Z", q.compressibility, 0.9975690, 7);
    printed("2 Hv", q.real.gross_j_per_m3 * 1e-6, 36.874304, 6);
}

/// Example 3 at two pairs of conditions, without and with the correlation of the fractions.
///
/// Source: ISO 6976:2016 annex D, clauses D.4.3 and D.4.4.
#[test]
fn example_three() {
    let plain = Analysis::from_parts(EXAMPLE_3).unwrap();
    let mut matrix = vec![0.0; 121];
    for i in 0..11 {
        matrix[i * 12] = 1.0;
        for (k, &r) in CORRELATION_3
            .get(i)
            .copied()
            .unwrap_or(&[])
            .iter()
            .enumerate()
        {
            let j = i + 1 + k;
            (matrix[i * 11 + j], matrix[j * 11 + i]) = (r, r);
        }
    }
    let correlated = plain.clone().correlated(&matrix).unwrap();
    let values = |q: &GasQuality| {
        let v = &q.real;
        [
            v.gross_j_per_m3 * 1e-6,
            v.net_j_per_m3 * 1e-6,
            v.density_kg_per_m3,
            v.relative_density,
            v.wobbe_gross_j_per_m3 * 1e-6,
            v.wobbe_net_j_per_m3 * 1e-6,
        ]
    };
    let uncertainties = |u: &QualityUncertainty| {
        [
            u.gross_j_per_m3 * 1e-6,
            u.net_j_per_m3 * 1e-6,
            u.density_kg_per_m3,
            u.relative_density,
            u.wobbe_gross_j_per_m3 * 1e-6,
            u.wobbe_net_j_per_m3 * 1e-6,
        ]
    };
    for (burnt, metered, expected, u_plain, u_correlated) in [
        (
            15.0,
            15.0,
            [39.73351, 35.86811, 0.76462, 0.62391, 50.30318, 45.40954],
            [0.026917, 0.024757, 0.000586, 0.000478, 0.021588, 0.020151],
            [0.016316, 0.015305, 0.000277, 0.000226, 0.019823, 0.018498],
        ),
        (
            25.0,
            0.0,
            [41.89360, 37.85228, 0.80701, 0.62411, 53.02930, 47.91376],
            [0.028425, 0.026164, 0.000619, 0.000479, 0.022783, 0.021278],
            [0.017241, 0.016181, 0.000293, 0.000227, 0.020914, 0.019528],
        ),
    ] {
        let (q, u) = worked(&plain, burnt, metered);
        let (_, v) = worked(&correlated, burnt, metered);
        for k in 0..6 {
            printed("value", values(&q)[k], expected[k], 5);
            printed("uncertainty", uncertainties(&u)[k], u_plain[k], 6);
            printed("correlated", uncertainties(&v)[k], u_correlated[k], 6);
        }
    }
}

/// Analyses with several mistakes are refused with all of them.
#[test]
fn mistakes_are_all_reported() {
    let issues = Analysis::from_parts([
        ("methan", 0.9, 0.0),
        ("ethane", 1.2, 0.0),
        ("C2", 0.1, 0.0),
        ("benzene", 0.01, -1.0),
    ])
    .unwrap_err();
    assert_eq!(issues.len(), 4, "{issues:?}");
    assert!(matches!(
        &issues[0],
        CompositionIssue::Unknown {
            nearest: Some("methane"),
            ..
        }
    ));
    let good = Analysis::from_parts(EXAMPLE_1).unwrap();
    assert!(good.clone().correlated(&[1.0; 4]).is_none());
    assert!(good.clone().correlated(&[2.0; 25]).is_none());
    assert!(Analysis::from_parts([("hydrogen sulphide", 0.01, 0.0), ("COS", 0.1, 0.0)]).is_err());
}
