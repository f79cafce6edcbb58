//! Any composition, under any equation of state, at any state: properties or an error, never a
//! panic, a hang or a number that is none.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use linepack_gas::{
    COMPONENTS, Composition, EquationOfState, Gas, GasSpec, PseudoGas, Substance, Viscosity,
};
use linepack_units::{Context, FlowRate, HeatingBasis, ReferenceConditions, parse_flow};

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    /// Component by place, or by the text below when out of range.
    parts: Vec<(u8, Fraction)>,
    name: &'a str,
    flow: &'a str,
    equation: u8,
    constant_z: f64,
    pressure: Level,
    temperature: Level,
    normalise: bool,
    pseudo: Option<[f64; 4]>,
    tabulate: bool,
}

/// Fractions that a laboratory could report, or anything.
#[derive(Debug, Clone, Copy, Arbitrary)]
enum Fraction {
    Percent(u16),
    Trace(u16),
    Any(f64),
}

impl Fraction {
    fn value(self) -> f64 {
        match self {
            Self::Percent(x) => f64::from(x) / f64::from(u16::MAX),
            Self::Trace(x) => f64::from(x) * 1e-12,
            Self::Any(x) => x,
        }
    }
}

/// A place in a sensible range, or anything.
#[derive(Debug, Clone, Copy, Arbitrary)]
enum Level {
    Within(u16),
    Any(f64),
}

impl Level {
    fn value(self, low: f64, high: f64) -> f64 {
        match self {
            Self::Within(x) => low + (high - low) * f64::from(x) / f64::from(u16::MAX),
            Self::Any(x) => x,
        }
    }
}

fn substance(input: &Input<'_>) -> Option<Substance> {
    if let Some(
        [
            molar_mass_kg_per_mol,
            critical,
            pressure,
            isentropic_exponent,
        ],
    ) = input.pseudo
    {
        return Some(Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol,
            critical_temperature_k: critical.is_finite().then_some(critical),
            critical_pressure_pa: pressure.is_finite().then_some(pressure),
            gross_heating_value_j_per_kg: Some(5e7),
            net_heating_value_j_per_kg: None,
            isentropic_exponent,
        }));
    }
    let parts = input.parts.iter().take(40).map(|(place, fraction)| {
        let name = COMPONENTS
            .get(usize::from(*place))
            .map_or(input.name, |c| c.name);
        (name, fraction.value())
    });
    let composition = match Composition::from_fractions(parts) {
        Ok(composition) => composition,
        Err(issues) => {
            assert!(issues.iter().all(|issue| !issue.to_string().is_empty()));
            return None;
        }
    };
    let composition = if input.normalise {
        composition.normalised().ok()?
    } else {
        composition
    };
    Some(Substance::Mixture(composition))
}

fn equation(input: &Input<'_>) -> EquationOfState {
    match input.equation % 7 {
        0 => EquationOfState::Gerg2008,
        1 => EquationOfState::Detail,
        2 => EquationOfState::Papay,
        3 => EquationOfState::Cnga,
        4 => EquationOfState::CngaSimple,
        5 => EquationOfState::Ideal,
        _ => EquationOfState::Constant {
            z: input.constant_z,
        },
    }
}

fuzz_target!(|input: Input<'_>| {
    let Some(substance) = substance(&input) else {
        return;
    };
    let is_mixture = matches!(substance, Substance::Mixture(_));
    let equation = equation(&input);
    let viscosity = Viscosity::LeeGonzalezEakin;
    let Ok(gas) = Gas::new(&GasSpec {
        substance,
        equation,
        viscosity,
    }) else {
        return;
    };
    let p = input.pressure.value(1e4, 20e6);
    let t = input.temperature.value(150.0, 500.0);
    if let Ok(s) = gas.state(p, t) {
        assert!(
            s.density_kg_per_m3 > 0.0 && s.compressibility > 0.0,
            "{s:?}"
        );
        if is_mixture
            && matches!(
                equation,
                EquationOfState::Gerg2008 | EquationOfState::Detail
            )
        {
            assert!(
                s.speed_of_sound_m_per_s > 0.0 && s.cp_j_per_kg_k > s.cv_j_per_kg_k,
                "{s:?}"
            );
            assert!((s.pressure_pa / p - 1.0).abs() < 1e-9, "{s:?}");
        }
        let _ = gas.discharge(p, t, 101_325.0);
    }
    for (_, at) in ReferenceConditions::NAMED {
        let _ = gas.quality(288.15, at);
        let _ = gas.reference_density_kg_per_m3(at);
    }
    let basis = HeatingBasis {
        gross: input.normalise,
        combustion_temperature_k: 298.15,
    };
    let _ = gas.mass_flow_kg_per_s(FlowRate::Energy { watt: 1e9, basis });
    if let Ok(flow) = parse_flow(input.flow, &Context::default()) {
        let _ = gas.mass_flow_kg_per_s(flow);
    }
    if input.tabulate {
        if let Ok(table) = gas.isotherm(t, p) {
            let (density, slope) = table.density(0.5 * p);
            assert!(density > 0.0 && slope.is_finite(), "{density} {slope}");
        }
    }
});
