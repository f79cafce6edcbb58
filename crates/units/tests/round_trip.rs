//! Every pair of units of every dimension, there and back.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use linepack_units::{
    Context, Dimension, FlowRate, FlowUnit, Scale, UNITS, flow_unit_symbols, format, parse,
    parse_flow,
};
use proptest::prelude::*;

/// The symbols of a dimension: those in the table, `a`/`g` pressures, and some quotients.
fn symbols(dimension: Dimension) -> Vec<String> {
    let listed = UNITS
        .iter()
        .filter(|u| u.dimension == dimension)
        .map(|u| u.symbol.to_owned());
    let mut all: Vec<String> = listed.collect();
    if dimension == Dimension::Pressure {
        let plain = symbols(Dimension::PressureDifference);
        all.extend(
            plain
                .iter()
                .flat_map(|unit| [format!("{unit}a"), format!("{unit}g")]),
        );
    }
    let quotients = match dimension {
        Dimension::Power => &["GWh/d", "MMBtu/d", "TJ/d", "MWh/h"][..],
        Dimension::MassFlow => &["kg/s", "t/h", "lb/s", "kt/d"],
        Dimension::VolumeFlow => &["m3/s", "m3/h", "ft3/min", "l/s"],
        Dimension::Velocity => &["m/s", "km/h", "ft/s", "mi/h"],
        Dimension::Density => &["kg/m3", "g/cm3", "lb/ft3"],
        Dimension::MolarMass => &["kg/mol", "g/mol", "kg/kmol", "lb/lbmol"],
        Dimension::SpecificEnergy => &["J/kg", "MJ/kg", "kWh/kg", "Btu/lb"],
        Dimension::VolumetricEnergy => &["J/m3", "MJ/m3", "kWh/m3", "Btu/ft3"],
        Dimension::PressureGradient => &["Pa/m", "bar/km", "psi/mi"],
        Dimension::PressureRate => &["Pa/s", "bar/min", "psi/h"],
        Dimension::JouleThomson => &["K/Pa", "K/MPa", "degF/psi"],
        _ => &[],
    };
    all.extend(quotients.iter().map(|unit| (*unit).to_owned()));
    all
}

fn round_trip(
    number: f64,
    from: &str,
    via: &str,
    dimension: Dimension,
) -> Result<(), TestCaseError> {
    let context = Context {
        atmospheric_pressure_pa: 98_765.4,
        ..Context::default()
    };
    let a = Scale::new(from, dimension, &context).unwrap();
    let b = Scale::new(via, dimension, &context).unwrap();
    let si = a.to_si(number);
    let back = a.from_si(b.to_si(b.from_si(si)));
    // Round-off of a shifted scale is relative to its zero as well.
    let size =
        number.abs() + a.from_si(0.0).abs() + b.to_si(0.0).abs() / (a.to_si(1.0) - a.to_si(0.0));
    prop_assert!(
        (back - number).abs() <= 8.0 * f64::EPSILON * size,
        "{number} {from} via {via}: {back}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_pair_of_units(mantissa in 1.0f64..10.0, exponent in -6i32..7) {
        let number = mantissa * 10f64.powi(exponent);
        for dimension in Dimension::ALL {
            let symbols = symbols(dimension);
            prop_assert!(!symbols.is_empty(), "{dimension:?} has no units");
            for from in &symbols {
                for via in &symbols {
                    round_trip(number, from, via, dimension)?;
                }
            }
        }
    }

    /// What is printed parses back to within half a unit of its last decimal.
    #[test]
    fn print_and_parse(number in -1e7f64..1e7, decimals in 0usize..6) {
        let context = Context::default();
        for dimension in Dimension::ALL {
            if matches!(dimension, Dimension::Pressure | Dimension::Temperature) && number < 0.0 {
                continue;
            }
            for unit in symbols(dimension) {
                let scale = Scale::new(&unit, dimension, &context).unwrap();
                let text = format(scale.to_si(number), dimension, &unit, decimals, &context).unwrap();
                let back = scale.from_si(parse(&text, dimension, &context).unwrap());
                let half = 0.5 * 10f64.powi(-(decimals as i32)) * (1.0 + 1e-6);
                let rounding = 1e-9 * (1.0 + number.abs()).max(scale.from_si(0.0).abs());
                prop_assert!((back - number).abs() <= half + rounding, "{number} -> {text} -> {back}");
            }
        }
    }

    /// No text makes the parsers panic, and what they accept is finite.
    #[test]
    fn any_text(text in "\\PC{0,24}") {
        let context = Context::default();
        for dimension in Dimension::ALL {
            if let Ok(value) = parse(&text, dimension, &context) {
                prop_assert!(value.is_finite());
            }
        }
        let _ = parse_flow(&text, &context);
        let _ = linepack_units::column_header(&text);
    }

    #[test]
    fn any_unit(number in -1e3f64..1e3, unit in "[a-zA-Z0-9@,./()% °³²µ]{0,12}") {
        let text = format!("{number} {unit}");
        let context = Context::default();
        for dimension in Dimension::ALL {
            let _ = parse(&text, dimension, &context);
        }
        let _ = parse_flow(&text, &context);
    }
}

/// Every unit of flow is accepted, and is linear.
#[test]
fn every_unit_of_flow() {
    let context = Context::default();
    let mut count = 0;
    for symbol in flow_unit_symbols() {
        let unit = FlowUnit::new(&symbol, &context).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(unit.rate(3.0), unit.rate(1.0).scaled(3.0), "{symbol}");
        assert_eq!(
            parse_flow(&format!("7 {symbol}"), &context),
            Ok(unit.rate(7.0)),
            "{symbol}"
        );
        assert_ne!(unit.rate(1.0), FlowRate::mass(0.0), "{symbol}");
        count += 1;
    }
    println!("{count} units of flow");
    assert!(count > 100);
}

/// No spelling means two things within one dimension.
#[test]
fn spellings_are_unique() {
    let mut seen = std::collections::HashSet::new();
    for unit in UNITS {
        for spelling in unit.aliases.iter().chain([&unit.symbol]) {
            assert!(
                seen.insert((unit.dimension, *spelling)),
                "{spelling} {:?}",
                unit.dimension
            );
        }
    }
}
