//! Analytic derivatives against central differences, over random points of all limits.

mod support;

use linepack_stations::{Limit, Plant, Value3};
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::Mutex;
use support::{plant, suction};

/// Steps of the differences: kg/s and Pa.
const STEPS: [f64; 3] = [5e-3, 200.0, 200.0];

/// Derivative by central differences, if it can be trusted: it is the same over a tenth of the step
/// and over the double one, so no switch of limits lies between.
fn difference(f: impl Fn(f64) -> f64, step: f64) -> Option<f64> {
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let [finest, fine, coarse] = [0.1, 1.0, 2.0].map(|k| central(k * step));
    let round_off = 1e-12 * f(0.0).abs() / step;
    let near = (fine - finest).abs() <= 5e-7 * fine.abs() + 10.0 * round_off;
    let far = (fine - coarse).abs() <= 5e-7 * fine.abs() + round_off;
    (near && far).then_some((4.0 * fine - coarse) / 3.0)
}

/// Within 1e-6 of the slope, and the round-off of a difference over a step.
fn close(analytic: f64, numeric: f64, value: f64, step: f64) -> bool {
    let round_off = 1e-12 * value.abs() / step;
    (analytic - numeric).abs() <= 1e-6 * numeric.abs() + round_off
}

fn check_capability(plant: &Plant, configuration: usize, q: f64, p: f64) -> Result<(), String> {
    let at = |q: f64, p: f64| plant.capability(Some(configuration), q, &suction(p));
    let c = at(q, p);
    let by_flow = difference(|h| at(q + h, p).pressure_pa, STEPS[0]);
    let by_suction = difference(|h| at(q, p + h).pressure_pa, STEPS[1]);
    for (analytic, numeric, step) in [
        (c.per_flow, by_flow, STEPS[0]),
        (c.per_suction_pressure, by_suction, STEPS[1]),
    ] {
        if let Some(numeric) = numeric
            && !close(analytic, numeric, c.pressure_pa, step)
        {
            return Err(format!("{c:?}: {analytic} but {numeric}"));
        }
    }
    Ok(())
}

fn check_demand(
    plant: &Plant,
    configuration: usize,
    [q, p, out]: [f64; 3],
    pick: impl Fn(&linepack_stations::Demand) -> Value3,
) -> Result<usize, String> {
    let at = |x: [f64; 3]| pick(&plant.demand(configuration, x[0], &suction(x[1]), x[2]));
    let v = at([q, p, out]);
    let slopes = [v.per_flow, v.per_suction_pressure, v.per_discharge_pressure];
    let mut seen = 0;
    for i in 0..3 {
        let moved = |h: f64| {
            let mut x = [q, p, out];
            x[i] += h;
            at(x).value
        };
        if let Some(numeric) = difference(moved, STEPS[i]) {
            seen += 1;
            if !close(slopes[i], numeric, v.value, STEPS[i]) {
                return Err(format!("variable {i}: {} but {numeric}", slopes[i]));
            }
        }
    }
    Ok(seen)
}

static LIMITS: Mutex<Option<HashSet<Limit>>> = Mutex::new(None);

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn of_the_capability(
        configuration in 0..8_usize, q in -5.0..300.0, p in 20e5..70e5,
    ) {
        let result = check_capability(&plant(), configuration, q, p);
        prop_assert!(result.is_ok(), "{}", result.unwrap_err());
        let limit = plant().capability(Some(configuration), q, &suction(p)).limit;
        LIMITS.lock().unwrap().get_or_insert_default().insert(limit);
    }

    #[test]
    fn of_the_demand(
        // From 1 kg/s on: differences must not reach over the stop of the machines at no flow.
        configuration in 0..8_usize, q in 1.0..250.0, p in 20e5..70e5, ratio in 1.0..2.2,
    ) {
        let plant = plant();
        let point = [q, p, p * ratio];
        for (i, pick) in [
            (|d: &linepack_stations::Demand| d.power_w) as fn(&_) -> Value3,
            |d| d.gas_energy_w,
            |d| d.electric_w,
        ]
        .into_iter()
        .enumerate()
        {
            let result = check_demand(&plant, configuration, point, pick);
            prop_assert!(result.is_ok(), "quantity {i}: {}", result.unwrap_err());
        }
    }
}
