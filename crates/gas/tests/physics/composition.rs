use linepack_gas::{
    COMPONENTS, Component, Composition, CompositionIssue, EquationOfState, Gas, GasError, GasSpec,
    Substance, Viscosity,
};
use proptest::prelude::*;

/// The order of AGA Report No. 8, written out once more.
#[test]
fn components_are_in_the_order_of_aga_8() {
    let order = [
        "ch4", "n2", "co2", "c2h6", "c3h8", "ic4", "nc4", "ic5", "nc5", "nc6", "nc7", "nc8", "nc9",
        "nc10", "h2", "o2", "co", "h2o", "h2s", "he", "ar",
    ];
    for (place, formula) in order.into_iter().enumerate() {
        assert_eq!(Component::index_of(formula), Some(place), "{formula}");
    }
    for spelling in ["Carbon Dioxide", "carbon-dioxide", "CARBON_DIOXIDE", "CO2"] {
        assert_eq!(Component::index_of(spelling), Some(2), "{spelling}");
    }
    assert_eq!(
        Component::index_of("n_butane"),
        Component::index_of("butane")
    );
    assert_eq!(Component::index_of(""), None);
}

/// No spelling names two components.
#[test]
fn names_are_unique() {
    for (place, component) in COMPONENTS.iter().enumerate() {
        for spelling in component.aliases.iter().chain([&component.name]) {
            assert_eq!(Component::index_of(spelling), Some(place), "{spelling}");
        }
    }
}

#[test]
fn every_issue_is_reported_at_once() {
    let parts = [
        ("methan", 0.9),
        ("ethane", -0.1),
        ("c2", 0.1),
        ("xenon", 0.1),
        ("n2", f64::NAN),
    ];
    let issues = Composition::from_fractions(parts).unwrap_err();
    let text: Vec<String> = issues.iter().map(ToString::to_string).collect();
    let all = text.join("\n");
    assert_eq!(issues.len(), 5, "{all}");
    assert!(all.contains("did you mean `methane`?"), "{all}");
    assert!(
        all.contains("`xenon` is not one of the 21 components"),
        "{all}"
    );
    assert!(all.contains("ethane is stated more than once"), "{all}");
    assert!(all.contains("the fraction of ethane is -0.1"), "{all}");
    assert!(all.contains("the fraction of nitrogen is NaN"), "{all}");
}

fn gas(composition: &Composition) -> Result<Gas, GasError> {
    Gas::new(&GasSpec {
        substance: Substance::Mixture(composition.clone()),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    })
}

/// A sum beside one is refused or warned of, and mended only when asked for.
#[test]
fn sums_are_never_mended_silently() {
    let of = |x: f64| Composition::from_fractions([("methane", x), ("ethane", 0.1)]).unwrap();
    assert_eq!(of(0.9).issues(), []);
    let rounded = of(0.89995);
    let issues = rounded.issues();
    assert!(matches!(issues[..], [CompositionIssue::Sum { .. }]) && !issues[0].is_error());
    assert!(gas(&rounded).is_ok());
    assert_eq!(rounded.mole_fractions[0], 0.89995);
    let wrong = of(0.8);
    assert!(wrong.issues()[0].is_error());
    assert!(matches!(
        gas(&wrong),
        Err(GasError::Composition(CompositionIssue::Sum { .. }))
    ));
    let mended = wrong.normalised().unwrap();
    assert!((mended.sum() - 1.0).abs() < 1e-15 && gas(&mended).is_ok());
    assert!((mended.mole_fractions[0] - 8.0 / 9.0).abs() < 1e-15);
    assert!(
        Composition {
            mole_fractions: [0.0; 21]
        }
        .normalised()
        .is_err()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any fractions either make a gas whose properties are finite, or are refused with a reason.
    #[test]
    fn any_mixture_is_a_gas_or_an_error(
        parts in prop::array::uniform21(prop_oneof![3 => Just(0.0), 2 => 0.0f64..1.0, 1 => 0.0f64..1e-9]),
        p in 1e4f64..20e6,
        t in 200.0f64..450.0,
    ) {
        let composition = Composition { mole_fractions: parts };
        let Ok(composition) = composition.normalised() else { return Ok(()) };
        let gas = gas(&composition).unwrap();
        match gas.state(p, t) {
            Ok(s) => {
                prop_assert!(s.density_kg_per_m3 > 0.0 && s.speed_of_sound_m_per_s > 0.0, "{s:?}");
                prop_assert!(s.cp_j_per_kg_k > s.cv_j_per_kg_k && s.cv_j_per_kg_k > 0.0, "{s:?}");
            }
            Err(error) => prop_assert!(matches!(error, GasError::NotAGas { .. }), "{error}"),
        }
    }
}
