//! Protection of elements as rules: line-break valves, and stations that trip.

use crate::link::{Link, LinkLaw};
use crate::model::Model;
use crate::state::Controls;
use linepack_network::{
    Action, Command, CompressorStation, Condition, Level, LineBreak, OffTake, Rule, Side,
    StationState, Valve,
};

/// Least time between two actions of a protection, s.
const PAUSE_S: f64 = 60.0;
/// Share by which a contract pressure may be missed: set-points rest on it.
const CONTRACT_SLACK: f64 = 1e-6;

/// The rules of all valves and stations in service.
pub(super) fn rules(model: &Model) -> Vec<Rule> {
    let network = &model.case.network;
    let valves = network.valves.iter().filter(|v| v.header.in_service);
    let stations = network.compressor_stations.iter();
    let stations = stations.filter(|s| s.header.in_service);
    let mut all: Vec<Rule> = valves.flat_map(line_break).collect();
    all.extend(stations.flat_map(trips));
    all
}

/// A line-break valve watches the rate at which the pressure falls at both of its ends.
fn line_break(valve: &Valve) -> Vec<Rule> {
    let Some(l) = valve.line_break else {
        return Vec::new();
    };
    let ends = [&valve.from, &valve.to];
    ends.map(|node| fast_fall(valve, node, l)).to_vec()
}

fn fast_fall(valve: &Valve, node: &str, l: LineBreak) -> Rule {
    let level = Level::PressureDrop {
        drop_pa: l.rate_pa_per_s * l.window_s,
        within_s: l.window_s,
    };
    let id = &valve.header.id;
    let name = format!("line-break detection of {id}");
    rule(
        name,
        node,
        (level, Side::Above),
        l.delay_s,
        id,
        Action::Close,
    )
}

fn trips(station: &CompressorStation) -> Vec<Rule> {
    let (id, trip) = (&station.header.id, station.trip);
    let name = || format!("protection of {id}");
    let low = trip.suction_pressure_pa.map(|p| {
        let level = (Level::Pressure(p), Side::Below);
        rule(name(), &station.from, level, trip.delay_s, id, Action::Trip)
    });
    let high = trip.discharge_pressure_pa.map(|p| {
        let level = (Level::Pressure(p), Side::Above);
        rule(name(), &station.to, level, trip.delay_s, id, Action::Trip)
    });
    low.into_iter().chain(high).collect()
}

/// The contract pressures of off-takes that take their flow all the same: when they are first missed.
pub(super) fn contracts(model: &Model) -> Vec<Rule> {
    let off_takes = model.case.network.off_takes.iter();
    let served = off_takes.filter(|o| o.header.in_service && !o.curtail);
    let watch = |o: &OffTake| {
        let level = Level::Pressure(o.pressure_min_pa? * (1.0 - CONTRACT_SLACK));
        let id = &o.header.id;
        Some(Rule {
            once: true,
            then: Vec::new(),
            ..rule(
                id.clone(),
                &o.node,
                (level, Side::Below),
                0.0,
                id,
                Action::Close,
            )
        })
    };
    served.filter_map(watch).collect()
}

fn rule(
    name: String,
    node: &str,
    (level, side): (Level, Side),
    lasting_s: f64,
    element: &str,
    action: Action,
) -> Rule {
    Rule {
        name,
        when: Condition {
            element: Some(node.to_owned()),
            level,
            side,
        },
        lasting_s,
        then: vec![Command {
            element: element.to_owned(),
            action,
        }],
        rearm: None,
        once: false,
        pause_s: PAUSE_S,
    }
}

/// Whether there is something that a protection can do: the station runs, the valve is not closed or closing.
pub(crate) fn protects(model: &Model, controls: &Controls, element: &str, time_s: f64) -> bool {
    let link = controls.links.iter().find(|l| l.id == element);
    link.is_some_and(|link: &Link| match &link.law {
        LinkLaw::Station(station) => station.state == StationState::Running,
        LinkLaw::Valve(valve) => {
            let later_s = time_s + valve.stroke_s;
            valve.travel.at(later_s, &model.profiles) > 0.0
        }
        _ => false,
    })
}
