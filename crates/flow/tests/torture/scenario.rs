//! Random days: trips, closures, ruptures, reversals, jumps of set-points, and rules that answer them.

use crate::dice::Dice;
use linepack_network::*;
use linepack_units::FlowRate;

/// Lets many things happen to a case in one day.
pub(crate) fn happen(dice: &mut Dice, case: &mut Case) {
    case.scenario.duration_s = dice.number(4.0, 24.0) * 3600.0;
    case.scenario.output_interval_s = 1800.0;
    if dice.yes(0.4) {
        let pressure_pa = dice.number(30e5, 60e5);
        case.scenario.initial = InitialState::AtRest { pressure_pa };
    }
    if dice.yes(0.6) {
        leak(dice, case);
    }
    let count = dice.whole(4, 14);
    let mut events: Vec<Event> = (0..count).filter_map(|_| event(dice, case)).collect();
    if dice.yes(0.3) {
        events.push(rupture(dice, case));
    }
    if dice.yes(0.4) {
        events.extend(reversal(dice, case));
    }
    events.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    case.scenario.events = events;
    for number in 0..dice.whole(0, 4) {
        let rule = rule(dice, case, number);
        case.scenario.rules.extend(rule);
    }
}

fn at(dice: &mut Dice, case: &Case) -> f64 {
    if dice.yes(0.1) {
        return 0.0;
    }
    dice.number(0.0, case.scenario.duration_s)
}

fn leak(dice: &mut Dice, case: &mut Case) {
    let line = dice.one(&case.network.pipes).clone();
    case.network.leaks.push(Leak {
        header: Header::new("leak"),
        place: LeakPlace::Pipe {
            id: line.header.id,
            distance_m: line.length_m * dice.number(0.1, 0.9),
        },
        diameter_m: dice.number(0.01, 0.4),
        discharge_coefficient: 0.85,
        open: false,
    });
}

/// Something that happens to something; none where there is nothing of the kind.
fn event(dice: &mut Dice, case: &Case) -> Option<Event> {
    let at_s = at(dice, case);
    let (element, action) = switch(dice, case)?;
    Some(Event {
        at_s,
        element,
        action,
    })
}

fn switch(dice: &mut Dice, case: &Case) -> Option<(String, Action)> {
    let n = &case.network;
    let pick =
        |dice: &mut Dice, ids: Vec<&Header>| (!ids.is_empty()).then(|| dice.one(&ids).id.clone());
    let set = |dice: &mut Dice, set_point| Action::Set {
        set_point,
        ramp_s: if dice.yes(0.5) {
            0.0
        } else {
            dice.number(1.0, 3600.0)
        },
    };
    Some(match dice.whole(0, 9) {
        0 | 1 => {
            let id = pick(
                dice,
                n.compressor_stations.iter().map(|s| &s.header).collect(),
            )?;
            (
                id,
                dice.one(&[Action::Trip, Action::Start, Action::Close])
                    .clone(),
            )
        }
        2 | 3 => {
            let id = pick(dice, n.valves.iter().map(|s| &s.header).collect())?;
            (id, dice.one(&[Action::Open, Action::Close]).clone())
        }
        4 => {
            let id = pick(dice, n.control_valves.iter().map(|s| &s.header).collect())?;
            (
                id,
                dice.one(&[Action::Open, Action::Close, Action::Start])
                    .clone(),
            )
        }
        5 => {
            let id = pick(dice, n.leaks.iter().map(|s| &s.header).collect())?;
            (id, dice.one(&[Action::Open, Action::Close]).clone())
        }
        6 => {
            let id = pick(dice, n.off_takes.iter().map(|s| &s.header).collect())?;
            (id, dice.one(&[Action::Shut, Action::Start]).clone())
        }
        7 => {
            let id = pick(dice, n.off_takes.iter().map(|s| &s.header).collect())?;
            let flow = SetPoint::Flow(FlowRate::mass(dice.number(0.0, 60.0)));
            (id, set(dice, flow))
        }
        8 => {
            let pressure = SetPoint::Pressure(dice.number(40e5, 80e5));
            ("in0".into(), set(dice, pressure))
        }
        _ => {
            let id = pick(dice, n.supplies.iter().map(|s| &s.header).collect())?;
            (id, dice.one(&[Action::Shut, Action::Start]).clone())
        }
    })
}

fn rupture(dice: &mut Dice, case: &Case) -> Event {
    let line = dice.one(&case.network.pipes);
    Event {
        at_s: at(dice, case),
        element: line.header.id.clone(),
        action: Action::Break {
            distance_m: line.length_m * dice.number(0.05, 0.95),
        },
    }
}

/// The main supply stops and another place feeds the network.
fn reversal(dice: &mut Dice, case: &Case) -> Vec<Event> {
    let other = case.network.supplies.iter().find(|s| s.header.id == "in1");
    let at_s = at(dice, case);
    let shut = Event {
        at_s,
        element: "in0".into(),
        action: Action::Shut,
    };
    let feed = other.map(|s| Event {
        at_s,
        element: s.header.id.clone(),
        action: Action::Set {
            set_point: SetPoint::Flow(FlowRate::mass(dice.number(20.0, 120.0))),
            ramp_s: 0.0,
        },
    });
    std::iter::once(shut).chain(feed).collect()
}

fn rule(dice: &mut Dice, case: &Case, number: usize) -> Option<Rule> {
    let node = dice.one(&case.network.nodes).header.id.clone();
    let level = if dice.yes(0.8) {
        Level::Pressure(dice.number(15e5, 70e5))
    } else {
        Level::PressureDrop {
            drop_pa: dice.number(0.5e5, 5e5),
            within_s: dice.number(30.0, 600.0),
        }
    };
    let side = match level {
        Level::Pressure(_) => *dice.one(&[Side::Below, Side::Above]),
        _ => Side::Above,
    };
    let (element, action) = switch(dice, case)?;
    Some(Rule {
        name: format!("rule {number}"),
        when: Condition {
            element: Some(node),
            level,
            side,
        },
        lasting_s: if dice.yes(0.5) {
            0.0
        } else {
            dice.number(1.0, 1800.0)
        },
        then: vec![Command { element, action }],
        rearm: None,
        once: dice.yes(0.2),
        pause_s: dice.number(1.0, 900.0),
    })
}
