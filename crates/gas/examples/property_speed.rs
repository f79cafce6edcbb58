//! Time per evaluation of the property tables, as in `docs/benchmarks/properties.md`:
//! `cargo run --release -p linepack-gas --example property_speed`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement prints what it finds and may fail loudly"
)]

use linepack_gas::{
    BlendTable, Composition, EquationOfState, Gas, GasSpec, PropertyTable, Substance, Viscosity,
};
use std::hint::black_box;
use std::time::Instant;

/// States in one pass, and passes of which the fastest counts.
const STATES: usize = 4096;
const PASSES: usize = 2000;

fn gas(parts: &[(&str, f64)]) -> Gas {
    let composition = Composition::from_fractions(parts.iter().copied()).unwrap();
    Gas::new(&GasSpec {
        substance: Substance::Mixture(composition),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::CorrespondingStates,
    })
    .unwrap()
}

/// Nanoseconds per state of the fastest pass.
fn measure(name: &str, states: &[(f64, f64)], passes: usize, f: impl Fn(f64, f64) -> f64) {
    let mut least = f64::INFINITY;
    for _ in 0..passes {
        let start = Instant::now();
        let sum: f64 = states.iter().map(|&(p, t)| f(p, t)).sum();
        black_box(sum);
        least = least.min(start.elapsed().as_secs_f64() / states.len() as f64);
    }
    println!("| {name} | {:.1} |", least * 1e9);
}

fn main() {
    let sales = gas(&[
        ("methane", 0.88),
        ("ethane", 0.05),
        ("propane", 0.015),
        ("n-butane", 0.008),
        ("nitrogen", 0.037),
        ("carbon_dioxide", 0.01),
    ]);
    let lean = gas(&[("methane", 0.813), ("ethane", 0.0436), ("nitrogen", 0.1434)]);
    let start = Instant::now();
    let table = PropertyTable::new(&sales, 1e5..=20e6, 243.15..=353.15).unwrap();
    println!("table built in {:.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let blends = BlendTable::new(
        &[sales.clone(), lean],
        3,
        5e5..=8e6,
        263.15..=343.15,
        [38, 32],
    )
    .unwrap();
    println!("blends built in {:.2} s", start.elapsed().as_secs_f64());
    let weights = blends.weights(&[0.37, 0.63]);
    let scattered: Vec<(f64, f64)> = (0..STATES)
        .map(|i| (i as f64 * 0.618_034 % 1.0, i as f64 * 0.754_878 % 1.0))
        .map(|(a, b)| (2e6 + 6e6 * a, 280.0 + 30.0 * b))
        .collect();
    let along_a_pipe: Vec<(f64, f64)> = (0..STATES)
        .map(|i| i as f64 / STATES as f64)
        .map(|x| (8e6 - 4e6 * x, 313.0 - 25.0 * x.sqrt()))
        .collect();
    for (name, states) in [("along a pipe", &along_a_pipe), ("scattered", &scattered)] {
        println!("\n| {name} | ns |\n|---|---|");
        measure("density", states, PASSES, |p, t| {
            table.density_kg_per_m3(p, t)
        });
        measure("density and both slopes", states, PASSES, |p, t| {
            let d = table.density(p, t);
            d.density_kg_per_m3 + d.by_pressure + d.by_temperature
        });
        measure("enthalpy and both slopes", states, PASSES, |p, t| {
            let h = table.enthalpy(p, t);
            h.enthalpy_j_per_kg + h.by_pressure + h.by_temperature
        });
        measure("heat capacity", states, PASSES, |p, t| {
            table.cp_j_per_kg_k(p, t)
        });
        measure("Joule-Thomson coefficient", states, PASSES, |p, t| {
            table.joule_thomson_k_per_pa(p, t)
        });
        measure("viscosity", states, PASSES, |p, t| {
            table.viscosity_pa_s(p, t)
        });
        measure("all nine at once", states, PASSES, |p, t| {
            let all = table.at(p, t);
            let (d, h) = (all.density, all.enthalpy);
            d.density_kg_per_m3
                + d.by_pressure
                + d.by_temperature
                + h.enthalpy_j_per_kg
                + h.by_pressure
                + h.by_temperature
                + all.cp_j_per_kg_k
                + all.joule_thomson_k_per_pa
                + all.viscosity_pa_s
        });
        measure(
            "blend of two sources, order 3: all seven",
            states,
            PASSES,
            |p, t| {
                let b = blends.at(&weights, p, t);
                let (d, h) = (b.density, b.enthalpy);
                d.density_kg_per_m3
                    + d.by_pressure
                    + d.by_temperature
                    + h.enthalpy_j_per_kg
                    + h.by_pressure
                    + h.by_temperature
                    + b.viscosity_pa_s
            },
        );
    }
    println!("\n| GERG-2008 itself | ns |\n|---|---|");
    measure("all properties", &scattered[..256], 5, |p, t| {
        sales.state(p, t).unwrap().density_kg_per_m3
    });
}
