//! Two hundred days on random networks on which nearly everything goes wrong. Each is computed to its end,
//! loses no gas that is not accounted for, has no pressure below zero, and does not chatter.

#![expect(clippy::print_stdout, reason = "figures of each slice")]

#[path = "../support/mod.rs"]
mod support;

mod dice;
mod network;
mod scenario;

use dice::Dice;
use linepack_flow::{Model, Options, Silent, run};
use linepack_network::{Case, InitialState};
use linepack_results::Solution;

fn day(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let mut case = network::network(&mut dice);
    scenario::happen(&mut dice, &mut case);
    case
}

/// What is wrong with a result, in words; nothing where all is well.
fn wrong(case: &Case, solution: &Solution) -> Option<String> {
    let status = &solution.status;
    if !(status.converged && status.complete) {
        return Some(status.message.clone());
    }
    let b = &solution.balance;
    let throughput = b.in_kg + b.out_kg + b.leak_kg + b.fuel_kg;
    if b.residual_kg.abs() > 1e-10 * throughput {
        return Some(format!(
            "residual {:e} kg of {throughput:e} kg",
            b.residual_kg
        ));
    }
    let nodes = solution.nodes.column("pressure_pa").unwrap_or_default();
    let mut pressures = nodes.iter().chain(&solution.profiles.pressure_pa);
    if !pressures.all(|&p| p > 0.0) {
        return Some("a pressure is not above zero".into());
    }
    let (hours, changes) = (
        case.scenario.duration_s / 3600.0,
        solution.counters.limit_changes,
    );
    (changes as f64 > CHANGES_PER_HOUR * hours)
        .then(|| format!("{changes} changes of limits in {hours} h"))
}

/// Changes of limits, of all controls of a network together, that are no chatter on such a day.
const CHANGES_PER_HOUR: f64 = 20.0;

fn solve(case: &Case) -> Solution {
    let model = Model::build(case, &Options::default()).expect("a model");
    run(&model, None, None, &mut Silent).solution
}

fn at_rest(case: &Case) -> Case {
    let mut rested = case.clone();
    rested.scenario.initial = InitialState::AtRest { pressure_pa: 45e5 };
    rested
}

fn torture(seeds: std::ops::Range<u64>) {
    let mut failures = Vec::new();
    let (mut steps, mut rested, mut most) = (0, 0, 0.0_f64);
    for seed in seeds.clone() {
        let case = day(seed);
        let mut solution = solve(&case);
        if solution.time_s.is_empty() {
            // What cannot be steady, as a demand behind a closed end, begins with gas at rest.
            solution = solve(&at_rest(&case));
            rested += 1;
        }
        steps += solution.counters.steps;
        let hours = case.scenario.duration_s / 3600.0;
        most = most.max(solution.counters.limit_changes as f64 / hours);
        if let Some(words) = wrong(&case, &solution) {
            failures.push(format!("seed {seed}: {words}"));
        }
    }
    println!(
        "{seeds:?}: {steps} steps, {rested} not steady at first, at most {most:.1} changes of limits in an hour, {} of {} failed",
        failures.len(),
        seeds.clone().count()
    );
    assert!(failures.is_empty(), "{failures:#?}");
}

macro_rules! slices {
    ($($name:ident: $seeds:expr;)+) => {
        $(#[test] fn $name() { torture($seeds); })+
    };
}

slices! {
    days_0_to_24: 0..25;
    days_25_to_49: 25..50;
    days_50_to_74: 50..75;
    days_75_to_99: 75..100;
    days_100_to_124: 100..125;
    days_125_to_149: 125..150;
    days_150_to_174: 150..175;
    days_175_to_199: 175..200;
}
