//! The border of what a station reaches: falling, continuous, and where operation ends.

mod support;

use linepack_stations::{Limit, Plant};
use proptest::prelude::*;
use support::{plant, suction};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn capability_falls_with_flow(
        configuration in 0..8_usize, q in -20.0..350.0, step in 1e-3..40.0, p in 15e5..75e5,
    ) {
        let (plant, s) = (plant(), suction(p));
        let [here, there] =
            [q, q + step].map(|q| plant.capability(Some(configuration), q, &s));
        prop_assert!(there.pressure_pa < here.pressure_pa);
        prop_assert!(here.per_flow < 0.0 && here.per_suction_pressure.is_finite());
    }

    /// Every flow is brought, at a pressure low enough.
    #[test]
    fn capability_falls_below_any_pressure(configuration in 0..8_usize, p in 15e5..75e5) {
        let (plant, s) = (plant(), suction(p));
        prop_assert!(plant.capability(Some(configuration), 1e4, &s).pressure_pa < 0.0);
        prop_assert!(plant.capability(Some(configuration), 0.0, &s).pressure_pa > p);
    }

    #[test]
    fn capability_is_continuous(
        configuration in 0..8_usize, q in 0.0..300.0, p in 15e5..75e5,
    ) {
        let (plant, s) = (plant(), suction(p));
        let at = |q: f64| plant.capability(Some(configuration), q, &s);
        let change = (at(q + 1e-6).pressure_pa - at(q).pressure_pa).abs();
        prop_assert!(change < 200.0, "{change} Pa");
    }

    #[test]
    fn operation_ends_at_the_border(
        configuration in 0..8_usize, load in 0.0..1.0, p in 15e5..75e5, share in 0.05..1.0,
    ) {
        let (plant, s) = (plant(), suction(p));
        let q = load * largest_flow(&plant, configuration, p);
        let border = plant.capability(Some(configuration), q, &s);
        let inside = p + share * (border.pressure_pa - p);
        let operation = plant.operate(configuration, q, &s, inside);
        prop_assert!(operation.feasible, "{operation:#?}");
        let on = plant.operate(configuration, q, &s, border.pressure_pa);
        prop_assert!(on.feasible && on.limit.is_some(), "{on:#?}");
        let steep = load > 0.99 || border.limit == Limit::Choke;
        let beyond = plant.operate(configuration, q, &s, border.pressure_pa * 1.002);
        prop_assert!(steep || !beyond.feasible, "{border:?} {beyond:#?}");
    }

    #[test]
    fn demand_is_the_sum_of_the_units(
        configuration in 0..8_usize, q in -2.0..300.0, p in 15e5..75e5, ratio in 0.9..2.0,
    ) {
        let (plant, s) = (plant(), suction(p));
        let demand = plant.demand(configuration, q, &s, ratio * p);
        let operation = plant.operate(configuration, q, &s, ratio * p);
        let power: f64 = operation.units.iter().map(|u| u.power_w).sum();
        let energy: f64 = operation.units.iter().map(|u| u.energy_w).sum();
        let taken = demand.gas_energy_w.value + demand.electric_w.value + demand.steam_w.value;
        prop_assert!((demand.power_w.value - power).abs() <= 1e-9 * power);
        prop_assert!((taken - energy).abs() <= 1e-9 * energy);
        prop_assert!(power >= 0.0 && power.is_finite());
    }

    /// Newton's method with halved steps finds the flow of a discharge pressure, from far off.
    #[test]
    fn newton_finds_the_flow(
        configuration in 0..8_usize, p in 20e5..70e5, share in 0.1..0.9, start in 0.0..600.0,
    ) {
        let (plant, s) = (plant(), suction(p));
        let at = |q: f64| plant.capability(Some(configuration), q, &s);
        let wanted: f64 = p + share * (at(0.0).pressure_pa - p);
        let miss = |q: f64| (wanted - at(q).pressure_pa).abs();
        let (mut q, mut steps): (f64, usize) = (start, 0);
        while miss(q) > 1.0 && steps < 40 {
            let c = at(q);
            let mut step = (wanted - c.pressure_pa) / c.per_flow;
            while miss(q + step) >= miss(q) && step.abs() > 1e-12 {
                step *= 0.5;
            }
            q += step;
            steps += 1;
        }
        prop_assert!(miss(q) <= 1.0, "{} Pa off at {q} kg/s", miss(q));
    }
}

/// The flow at which the station reaches no more than its suction pressure.
fn largest_flow(plant: &Plant, configuration: usize, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e4);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if plant
            .capability(Some(configuration), middle, &suction(p))
            .pressure_pa
            > p
        {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
