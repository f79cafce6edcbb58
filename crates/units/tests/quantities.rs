//! Quantities as people write them, against factors from the definitions of the units.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly"
)]

use linepack_units::{
    Context, Dimension, FlowRate, FlowUnit, HeatingBasis, ReferenceConditions, UnitError, parse,
    parse_flow,
};

fn si(text: &str, dimension: Dimension) -> f64 {
    parse(text, dimension, &Context::default()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Expected values: NIST SP 811 appendix B.8, SI brochure, and arithmetic on them by hand.
#[test]
fn published_factors() {
    use Dimension as D;
    let cases = [
        ("56 in", D::Length, 1.4224),
        ("1 mi", D::Length, 1609.344),
        ("10 µm", D::Length, 1e-5),
        ("19.8 mm", D::Length, 0.0198),
        ("907 km", D::Length, 907_000.0),
        ("1 psi", D::PressureDifference, 6_894.757_293_168_361),
        ("0.01 bar", D::PressureDifference, 1000.0),
        ("90 bara", D::Pressure, 9e6),
        ("90 barg", D::Pressure, 9_101_325.0),
        ("90 bar(g)", D::Pressure, 9_101_325.0),
        ("90 bar g", D::Pressure, 9_101_325.0),
        ("9 MPag", D::Pressure, 9_101_325.0),
        ("14.695948775513 psia", D::Pressure, 101_325.0),
        ("0 psig", D::Pressure, 101_325.0),
        ("1 atm", D::Pressure, 101_325.0),
        ("-0.5 barg", D::Pressure, 51_325.0),
        ("15 degC", D::Temperature, 288.15),
        ("15 °C", D::Temperature, 288.15),
        ("60 degF", D::Temperature, 288.705_555_555_555_6),
        ("500 degR", D::Temperature, 277.777_777_777_777_8),
        ("5 degC", D::TemperatureDifference, 5.0),
        ("9 degF", D::TemperatureDifference, 5.0),
        ("1 MMBtu", D::Energy, 1.055_055_852_62e9),
        ("1 GWh", D::Energy, 3.6e12),
        ("24 GWh/d", D::Power, 1e9),
        ("1 hp", D::Power, 745.699_871_582_270_2),
        ("1 d", D::Time, 86_400.0),
        ("15 min", D::Time, 900.0),
        ("36 t/h", D::MassFlow, 10.0),
        ("3600 lb/h", D::MassFlow, 0.453_592_37),
        ("36 km/h", D::Velocity, 10.0),
        ("18.2 g/mol", D::MolarMass, 0.0182),
        ("18.2 kg/kmol", D::MolarMass, 0.0182),
        ("18.2 lb/lbmol", D::MolarMass, 0.0182),
        ("48.5 MJ/kg", D::SpecificEnergy, 48.5e6),
        ("1000 Btu/lb", D::SpecificEnergy, 2.326e6),
        ("11 kWh/m3", D::VolumetricEnergy, 39.6e6),
        ("5 mg/m3", D::Density, 5e-6),
        ("45 W/(m K)", D::Conductivity, 45.0),
        ("0.011 cP", D::Viscosity, 1.1e-5),
        ("1.25e-5 Pa.s", D::Viscosity, 1.25e-5),
        ("180 deg", D::Angle, std::f64::consts::PI),
        ("88 mol%", D::Fraction, 0.88),
        ("2 W/m2K", D::HeatTransfer, 2.0),
        ("2 W/(m²·K)", D::HeatTransfer, 2.0),
        ("1 Btu/(h.ft2.F)", D::HeatTransfer, 5.678_263_341_113_488),
        ("6000 rpm", D::RotationalSpeed, 100.0),
        ("0.1 bar/km", D::PressureGradient, 10.0),
        ("6 bar/min", D::PressureRate, 1e4),
        ("4.2 K/MPa", D::JouleThomson, 4.2e-6),
        ("1 lb/ft3", D::Density, 16.018_463_373_960_14),
    ];
    for (text, dimension, expected) in cases {
        let value = si(text, dimension);
        let error = (value / expected - 1.0).abs();
        assert!(error < 4e-14, "{text}: {value}, expected {expected}");
    }
    assert_eq!(si("0 degC", D::Temperature), 273.15);
}

fn volume(text: &str, context: &Context) -> (f64, ReferenceConditions) {
    match parse_flow(text, context).unwrap_or_else(|e| panic!("{text}: {e}")) {
        FlowRate::Volume {
            m3_per_s,
            reference,
        } => (m3_per_s, reference),
        other => panic!("{text} is {other:?}"),
    }
}

/// 1 ft3 = 0.028316846592 m3; a million of them a day is 0.32774128 m3/s.
#[test]
fn volume_flows_carry_their_conditions() {
    let iso = Context::default();
    let us = Context {
        volume_reference: ReferenceConditions::US_14_696,
        ..iso
    };
    let normal = ReferenceConditions::NORMAL;
    let cases = [
        ("86.4 kSm3/d", iso, 1.0, ReferenceConditions::ISO_STANDARD),
        ("0.0864 MSm3/d", iso, 1.0, ReferenceConditions::ISO_STANDARD),
        ("0.0864 mcm/d", us, 1.0, ReferenceConditions::US_14_696),
        ("3600 Sm³/h", iso, 1.0, ReferenceConditions::ISO_STANDARD),
        ("3600 Nm3/h", us, 1.0, normal),
        ("3.6 kNm3/h", us, 1.0, normal),
        (
            "31.536 bcm/y",
            iso,
            1000.0,
            ReferenceConditions::ISO_STANDARD,
        ),
        ("1 MMscfd", iso, 0.327_741_28, ReferenceConditions::US_14_73),
        ("1 MMSCFD", iso, 0.327_741_28, ReferenceConditions::US_14_73),
        (
            "1 MMscf/d",
            us,
            0.327_741_28,
            ReferenceConditions::US_14_696,
        ),
        (
            "0.001 Bcf/d",
            iso,
            0.327_741_28,
            ReferenceConditions::US_14_73,
        ),
        (
            "1000 Mscf/d",
            iso,
            0.327_741_28,
            ReferenceConditions::US_14_73,
        ),
        ("3600 Sm3/h@normal", iso, 1.0, normal),
        ("3600 Sm3/h@0C", iso, 1.0, normal),
        (
            "1 MMscfd@us_14.696",
            iso,
            0.327_741_28,
            ReferenceConditions::US_14_696,
        ),
        (
            "1 MMscfd@60F,14.696psia",
            iso,
            0.327_741_28,
            ReferenceConditions::US_14_696,
        ),
    ];
    for (text, context, expected, conditions) in cases {
        let (m3_per_s, reference) = volume(text, &context);
        assert!(
            (m3_per_s / expected - 1.0).abs() < 1e-14,
            "{text}: {m3_per_s}"
        );
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-14;
        assert!(
            near(reference.temperature_k, conditions.temperature_k),
            "{text}"
        );
        assert!(
            near(reference.pressure_pa, conditions.pressure_pa),
            "{text}"
        );
    }
}

#[test]
fn energy_flows_carry_their_basis() {
    let context = Context::default();
    let gross = HeatingBasis {
        gross: true,
        combustion_temperature_k: 288.15,
    };
    let net_25 = HeatingBasis {
        gross: false,
        combustion_temperature_k: 298.15,
    };
    for (text, expected, expected_basis) in [
        ("24 GWh/d", 1e9, gross),
        ("1000 MW", 1e9, gross),
        ("86.4 TJ/d", 1e9, gross),
        ("1000 MWh/h", 1e9, gross),
        ("24 GWh/d@net,25C", 1e9, net_25),
        ("24000 MMBtu/d", 1.055_055_852_62e9 / 3.6, gross),
    ] {
        let flow = parse_flow(text, &context).unwrap();
        let FlowRate::Energy { watt, basis } = flow else {
            panic!("{text} is {flow:?}")
        };
        assert!((watt / expected - 1.0).abs() < 1e-14, "{text}: {watt}");
        assert_eq!(basis, expected_basis, "{text}");
    }
    let mass = FlowUnit::new("t/h", &context).unwrap().rate(36.0);
    assert_eq!(mass, FlowRate::mass(10.0));
}

/// 60 degF is 288.7056 K; 14.73 psia is 101 559.77 Pa; 14.696 psia is 101 325.35 Pa (NIST SP 811).
#[test]
fn american_reference_conditions() {
    let (a, b) = (
        ReferenceConditions::US_14_73,
        ReferenceConditions::US_14_696,
    );
    assert!((a.temperature_k - 288.705_555_555_555_6).abs() < 1e-12);
    assert!((a.pressure_pa - 101_559.774_928_4).abs() < 1e-6);
    assert!((b.pressure_pa - 101_325.353_180_4).abs() < 1e-6);
    assert_eq!(a.to_string(), "60 degF, 14.73 psia");
    assert_eq!(
        ReferenceConditions::ISO_STANDARD.to_string(),
        "15 degC, 1.01325 bara"
    );
    for (name, conditions) in ReferenceConditions::NAMED {
        assert_eq!(ReferenceConditions::named(name), Some(conditions));
        assert_eq!(conditions.name(), Some(name));
    }
}

fn refusal(text: &str, dimension: Dimension) -> (String, String) {
    let error = parse(text, dimension, &Context::default()).unwrap_err();
    (error.to_string(), error.help().unwrap_or_default())
}

#[test]
fn mistakes_are_explained() {
    use Dimension as D;
    for (text, dimension, message, help) in [
        ("80", D::Pressure, "has no unit", "`80 barg`"),
        (
            "80 bar",
            D::Pressure,
            "neither gauge nor absolute",
            "`barg` or `bara`",
        ),
        (
            "0.1 barg",
            D::PressureDifference,
            "pressure difference was expected",
            "write `bar`",
        ),
        (
            "80 Barg",
            D::Pressure,
            "not a unit of a pressure",
            "did you mean `barg`?",
        ),
        (
            "80 KM",
            D::Length,
            "not a unit of a length",
            "did you mean `km`?",
        ),
        ("80 kmm", D::Length, "not a unit", "did you mean `km`?"),
        (
            "80 kg",
            D::Length,
            "is a unit of a mass; a length was expected",
            "`12.5 km`",
        ),
        (
            "2 MSm3/d",
            D::MassFlow,
            "volume flow at reference",
            "`120 kg/s`",
        ),
        ("1,5 km", D::Length, "comma", "decimals with a point"),
        (
            "long",
            D::Length,
            "does not start with a number",
            "`12.5 km`",
        ),
        ("", D::Length, "does not start with a number", "`12.5 km`"),
        ("-300 degC", D::Temperature, "below absolute zero", ""),
        ("-2 barg", D::Pressure, "below vacuum", ""),
        ("1e308 km", D::Length, "too large", ""),
        (
            "3 lightyears",
            D::Length,
            "not a unit of a length",
            "for example",
        ),
    ] {
        let (said, helped) = refusal(text, dimension);
        assert!(said.contains(message), "{text}: {said}");
        assert!(helped.contains(help), "{text}: {helped}");
    }
}

#[test]
fn mistakes_in_flows_are_explained() {
    for (text, message, help) in [
        ("80", "has no unit", "`120 kg/s`"),
        (
            "80 MMscfdd",
            "not a unit of a flow",
            "did you mean `MMscfd`?",
        ),
        ("80 msm3/d", "not a unit of a flow", "did you mean"),
        ("80 km", "is a unit of a length", "`120 kg/s`"),
        ("80 Sm3/h@cold", "`cold` after `@`", "`@normal`"),
        ("80 Nm3/h@15C", "`15C` after `@`", "`@normal`"),
        ("80 kg/s@15C", "`15C` after `@`", "no basis"),
        ("80 MW@upper", "`upper` after `@`", "`@gross`"),
        ("1e308 GWh/s", "too large", ""),
    ] {
        let error = parse_flow(text, &Context::default()).unwrap_err();
        let helped = error.help().unwrap_or_default();
        assert!(error.to_string().contains(message), "{text}: {error}");
        assert!(helped.contains(help), "{text}: {helped}");
    }
    let error = parse_flow("4.5 m3/s", &Context::default()).unwrap_err();
    assert!(matches!(error, UnitError::WrongDimension { .. }), "{error}");
}
