use crate::cases::{Worst, case, composition, gas, number};
use linepack_gas::{COMPONENTS, Composition, EquationOfState, GasQuality, summation_factors};
use linepack_units::ReferenceConditions;
use serde_json::Value;

fn reference(celsius: f64) -> ReferenceConditions {
    ReferenceConditions {
        temperature_k: celsius + 273.15,
        pressure_pa: 101_325.0,
    }
}

/// Every property of a case's table, in its units.
fn compare(quality: &GasQuality, expected: &Value, worst: &mut Worst, pair: &str) {
    let (ideal, real) = (&quality.ideal, &quality.real);
    for (name, value) in [
        ("molar_mass_kg_kmol", quality.molar_mass_kg_per_mol * 1e3),
        ("Z", quality.compressibility),
        ("Hc_gross_molar_kJ_mol", quality.gross_j_per_mol * 1e-3),
        ("Hc_net_molar_kJ_mol", quality.net_j_per_mol * 1e-3),
        ("Hm_gross_MJ_kg", quality.gross_j_per_kg * 1e-6),
        ("Hm_net_MJ_kg", quality.net_j_per_kg * 1e-6),
        ("Hv_gross_ideal_MJ_m3", ideal.gross_j_per_m3 * 1e-6),
        ("Hv_net_ideal_MJ_m3", ideal.net_j_per_m3 * 1e-6),
        ("Hv_gross_real_MJ_m3", real.gross_j_per_m3 * 1e-6),
        ("Hv_net_real_MJ_m3", real.net_j_per_m3 * 1e-6),
        ("relative_density_ideal", ideal.relative_density),
        ("relative_density_real", real.relative_density),
        ("density_ideal_kg_m3", ideal.density_kg_per_m3),
        ("density_real_kg_m3", real.density_kg_per_m3),
        ("Wobbe_gross_ideal_MJ_m3", ideal.wobbe_gross_j_per_m3 * 1e-6),
        ("Wobbe_gross_real_MJ_m3", real.wobbe_gross_j_per_m3 * 1e-6),
        ("Wobbe_net_real_MJ_m3", real.wobbe_net_j_per_m3 * 1e-6),
    ] {
        worst.relative(value, number(expected, name), || format!("{pair} {name}"));
    }
}

/// Example 1 of the standard at six pairs of reference conditions, and pure methane.
///
/// Source: ISO 6976:2016 annex D; the case file says which digits come from where.
#[test]
fn example_of_the_standard() {
    let Some(case) = case("iso6976_2016.json") else {
        return;
    };
    let mut worst = Worst::default();
    let example = composition(&case["inputs"]["example1_mole_fraction"]);
    for (pair, expected) in case["expected"]["example1"].as_object().unwrap() {
        let (combustion, metering) = pair[2..].split_once("_tv").unwrap();
        let [t1, t2] = [combustion, metering].map(|t| t.parse::<f64>().unwrap());
        let quality = GasQuality::new(&example, t1 + 273.15, reference(t2)).unwrap();
        compare(&quality, expected, &mut worst, pair);
    }
    let methane = Composition::from_fractions([("methane", 1.0)]).unwrap();
    let quality = GasQuality::new(&methane, 288.15, reference(15.0)).unwrap();
    compare(
        &quality,
        &case["expected"]["pure_methane_15_15"],
        &mut worst,
        "methane 15/15",
    );
    worst.keeps(number(&case["tolerance"], "relative"), "ISO 6976:2016");
}

/// Another implementation's regression values.
///
/// Source: equinor/neqsim, Standard_ISO6976_2016_Test. Its gross values are those of the 2016
/// edition, but its net values come from a column of the 1995 edition (methane 802.69 and ethane
/// 1428.83 kJ/mol at 15.55 degC, where 891.46 - 2 · 44.408 = 802.644 and 1562.06 - 3 · 44.408 =
/// 1428.836). With those two numbers in place of ours its net values are met as well.
#[test]
fn a_foreign_implementation_agrees() {
    let Some(case) = case("iso6976_2016.json") else {
        return;
    };
    let composition = composition(&case["inputs"]["neqsim_regression_mole_fraction_normalised"]);
    let expected = &case["expected"]["neqsim_regression_tc15.55_tv0"];
    let quality = GasQuality::new(&composition, 15.55 + 273.15, reference(0.0)).unwrap();
    let of_1995 = [("methane", 802.69), ("ethane", 1428.83)];
    let net_of_1995: f64 = of_1995
        .iter()
        .map(|(n, h)| composition.fraction(n).unwrap() * h)
        .sum();
    let to_1995 = net_of_1995 / (quality.net_j_per_mol * 1e-3);
    let mut worst = Worst::default();
    let real = &quality.real;
    for (name, value) in [
        ("Hv_gross_real_kJ_m3", real.gross_j_per_m3 * 1e-3),
        ("Wobbe_gross_kJ_m3", real.wobbe_gross_j_per_m3 * 1e-3),
        ("relative_density", real.relative_density),
        ("Z", quality.compressibility),
        ("molar_mass", quality.molar_mass_kg_per_mol * 1e3),
        ("Hv_net_real_kJ_m3", to_1995 * real.net_j_per_m3 * 1e-3),
        ("Wobbe_net_kJ_m3", to_1995 * real.wobbe_net_j_per_m3 * 1e-3),
    ] {
        worst.relative(value, number(expected, name), || name.to_owned());
    }
    worst.keeps(
        number(&case["tolerance"], "relative"),
        "ISO 6976:2016, foreign implementation",
    );
}

/// The constants of the ten components that the case lists, through mixtures with methane.
#[test]
fn constants_of_the_components() {
    let Some(case) = case("iso6976_2016.json") else {
        return;
    };
    let constants = &case["constants"]["components"];
    let mut worst = Worst::default();
    for (name, data) in constants.as_object().unwrap() {
        let pure = Composition::from_fractions([(name.as_str(), 1.0)]).unwrap();
        let place = COMPONENTS.iter().position(|c| c.name == name).unwrap();
        let factors = summation_factors(place).unwrap();
        for (i, t) in ["0", "15", "15.55", "20"].into_iter().enumerate() {
            worst.relative(factors[i], number(&data["s"], t), || {
                format!("{name} s {t}")
            });
        }
        for (t, heat) in data["Hc_gross"].as_object().unwrap() {
            let kelvin = t.parse::<f64>().unwrap() + 273.15;
            let quality = GasQuality::new(&pure, kelvin, reference(0.0)).unwrap();
            let heat = heat.as_f64().unwrap();
            worst.see(quality.gross_j_per_mol * 1e-3 - heat, || {
                format!("{name} gross {t}")
            });
            let m = number(data, "M");
            worst.relative(quality.molar_mass_kg_per_mol * 1e3, m, || {
                format!("{name} mass")
            });
        }
    }
    worst.keeps(1e-10, "ISO 6976:2016, constants");
}

/// The summation factors of all components against GERG-2008, which the case does not cover.
///
/// For a pure gas s² = 1 - Z at 101.325 kPa; for the condensable ones the standard extrapolates
/// from lower pressure, so the comparison is with -B p/(RT), by the compressibility at 1 kPa. The
/// standard gives hydrogen and helium, whose Z exceeds one, the constant -0.0100. Bounds: the
/// scatter of second virial coefficients, 1 to 3 % in s, but 5 % for water.
#[test]
fn summation_factors_are_near_the_equation_of_state() {
    let mut worst = Worst::default();
    for (place, component) in COMPONENTS.iter().enumerate() {
        if ["hydrogen", "helium"].contains(&component.name) {
            continue;
        }
        let pure = Composition::from_fractions([(component.name, 1.0)]).unwrap();
        let gas = gas(&pure, EquationOfState::Gerg2008);
        let factors = summation_factors(place).unwrap();
        let share = if component.name == "water" { 0.6 } else { 1.0 };
        for (factor, celsius) in factors.into_iter().zip([0.0, 15.0, 15.0 + 5.0 / 9.0, 20.0]) {
            let state = gas.state(1e3, celsius + 273.15).unwrap();
            let virial = ((1.0 - state.compressibility) * 101.325).sqrt();
            let place = || format!("{} at {celsius:.2} degC", component.name);
            worst.see(share * (factor / virial - 1.0), place);
        }
    }
    worst.keeps(0.03, "summation factors against GERG-2008");
}

/// Heating values of hydrogen, carbon monoxide and hydrogen sulfide follow the heat capacities.
///
/// Kirchhoff: dH/dT = Σ cp(products) - Σ cp(reactants), with cp at 25 degC from the CRC Handbook
/// in J/(mol K): H2 28.84, O2 29.38, CO 29.14, CO2 37.13, H2S 34.19, SO2 39.84, liquid water 75.35.
#[test]
fn heating_values_follow_the_heat_capacities() {
    let mut worst = Worst::default();
    for (name, change) in [
        ("hydrogen", 75.35 - 28.84 - 0.5 * 29.38),
        ("carbon_monoxide", 37.13 - 29.14 - 0.5 * 29.38),
        ("hydrogen_sulfide", 75.35 + 39.84 - 34.19 - 1.5 * 29.38),
    ] {
        let pure = Composition::from_fractions([(name, 1.0)]).unwrap();
        let at = |celsius: f64| {
            let quality = GasQuality::new(&pure, celsius + 273.15, reference(0.0));
            quality.unwrap().gross_j_per_mol * 1e-3
        };
        for celsius in [0.0, 15.0, 15.55, 20.0] {
            let expected = at(25.0) + change * 1e-3 * (25.0 - celsius);
            worst.see(at(celsius) - expected, || {
                format!("{name} at {celsius} degC")
            });
        }
    }
    worst.keeps(0.02, "heating values against heat capacities (kJ/mol)");
}
