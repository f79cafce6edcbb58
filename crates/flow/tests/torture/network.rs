//! Random networks: a tree of pipes with some loops, and stations, control valves and valves on it.

use crate::dice::Dice;
use crate::support::*;
use linepack_gas::{Composition, EquationOfState, GasSpec, Substance, Viscosity};
use linepack_network::*;
use linepack_units::FlowRate;

/// A network that stands still until something happens.
pub(crate) fn network(dice: &mut Dice) -> Case {
    let mut case = case(0.0174, 0.88, 285.15);
    gas(dice, &mut case);
    case.settings.cell_length_m = 5000.0;
    case.settings.pressure_tolerance_pa = 1000.0;
    case.settings.terms.kinetic = true;
    let places = dice.whole(4, 14);
    for i in 0..places {
        let height = if dice.yes(0.3) { 400.0 } else { 30.0 };
        let place = node(&format!("n{i}"), dice.number(0.0, height));
        case.network.nodes.push(place);
    }
    for i in 1..places {
        let from = dice.whole(i.saturating_sub(3), i - 1);
        connect(dice, &mut case, from, i);
    }
    for _ in 0..dice.whole(0, 3) {
        let (a, b) = (dice.whole(0, places - 1), dice.whole(0, places - 1));
        if a != b {
            connect(dice, &mut case, a, b);
        }
    }
    supplies(dice, &mut case, places);
    off_takes(dice, &mut case, places);
    case
}

fn gas(dice: &mut Dice, case: &mut Case) {
    if !dice.yes(0.3) {
        return;
    }
    let fractions = [("methane", 0.92), ("ethane", 0.05), ("nitrogen", 0.03)];
    case.gas = GasSpec {
        substance: Substance::Mixture(
            Composition::from_fractions(fractions).expect("fractions sum to 1"),
        ),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    };
}

/// A pipe between two nodes, in half of the cases with something at its beginning.
fn connect(dice: &mut Dice, case: &mut Case, from: usize, to: usize) {
    let number = case.network.pipes.len();
    let (from, to) = (format!("n{from}"), format!("n{to}"));
    let begin = format!("m{number}");
    let what = dice.number(0.0, 1.0);
    let start = if what < 0.5 { &begin } else { &from };
    let mut line = pipe(
        &format!("p{number}"),
        start,
        &to,
        dice.number(5e3, 60e3),
        dice.number(0.3, 1.1),
        0.01,
    );
    if dice.yes(0.7) {
        line.friction = None;
    }
    if what < 0.5 {
        let height = case.network.nodes.iter().find(|n| n.header.id == from);
        let height = height.map_or(0.0, |n| n.elevation_m);
        case.network.nodes.push(node(&begin, height));
    }
    case.network.pipes.push(line);
    match what {
        w if w < 0.15 => case
            .network
            .compressor_stations
            .push(compressor(dice, number, &from, &begin)),
        w if w < 0.25 => case
            .network
            .control_valves
            .push(regulator(dice, number, &from, &begin)),
        w if w < 0.45 => case.network.valves.push(gate(dice, number, &from, &begin)),
        w if w < 0.5 => case.network.check_valves.push(CheckValve {
            header: header(&format!("k{number}")),
            from,
            to: begin,
        }),
        _ => {}
    }
}

fn compressor(dice: &mut Dice, number: usize, from: &str, to: &str) -> CompressorStation {
    let mut unit = station(&format!("s{number}"), from, to);
    unit.ratio_max = dice.number(1.2, 1.8);
    unit.discharge_pressure_pa = Some(dice.number(55e5, 80e5));
    unit.power_max_w = dice.yes(0.6).then(|| dice.number(2e6, 30e6));
    unit.suction_pressure_pa = dice.yes(0.5).then(|| dice.number(20e5, 40e5));
    unit.fuel_from_line = dice.yes(0.6);
    if dice.yes(0.4) {
        unit.trip.suction_pressure_pa = Some(dice.number(20e5, 45e5));
        unit.trip.delay_s = dice.number(0.0, 60.0);
    }
    unit
}

fn regulator(dice: &mut Dice, number: usize, from: &str, to: &str) -> ControlValve {
    let mut regulator = ControlValve::new(format!("r{number}"), from, to);
    regulator.outlet_pressure_pa = Some(dice.number(30e5, 60e5));
    regulator.flow = dice
        .yes(0.3)
        .then(|| FlowRate::mass(dice.number(20.0, 200.0)));
    regulator
}

fn gate(dice: &mut Dice, number: usize, from: &str, to: &str) -> Valve {
    let mut gate = valve(&format!("v{number}"), from, to);
    gate.diameter_m = dice.yes(0.7).then(|| dice.number(0.3, 1.0));
    gate.stroke_s = if dice.yes(0.6) {
        dice.number(5.0, 300.0)
    } else {
        0.0
    };
    if dice.yes(0.3) {
        gate.curve = ValveCurve::EqualPercentage;
    }
    if dice.yes(0.5) {
        gate.line_break = Some(LineBreak {
            rate_pa_per_s: dice.number(1e5, 4e5) / 60.0,
            window_s: dice.number(20.0, 90.0),
            delay_s: dice.number(0.0, 20.0),
        });
    }
    gate
}

fn supplies(dice: &mut Dice, case: &mut Case, places: usize) {
    let mut main = supply_pressure("in0", "n0", dice.number(55e5, 75e5));
    main.flow_min = Some(FlowRate::mass(0.0));
    if dice.yes(0.4) {
        main.flow_max = Some(FlowRate::mass(dice.number(100.0, 600.0)));
    }
    case.network.supplies.push(main);
    if dice.yes(0.5) {
        let at = format!("n{}", dice.whole(1, places - 1));
        let mut other = supply_flow("in1", &at, dice.number(5.0, 60.0));
        other.pressure_max_pa = Some(85e5);
        case.network.supplies.push(other);
    }
}

fn off_takes(dice: &mut Dice, case: &mut Case, places: usize) {
    for i in 0..dice.whole(1, 5) {
        let at = format!("n{}", dice.whole(1, places - 1));
        let mut taker = off_take(&format!("out{i}"), &at, dice.number(1.0, 25.0));
        taker.pressure_min_pa = dice.yes(0.7).then(|| dice.number(5e5, 30e5));
        taker.curtail = taker.pressure_min_pa.is_some() && dice.yes(0.7);
        case.network.off_takes.push(taker);
    }
}
