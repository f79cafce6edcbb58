//! From a finished run to a solution: balance, totals and what holds the network back.

use crate::link::{LinkLaw, Mode};
use crate::model::Model;
use crate::newton::link_point;
use crate::record::Recorder;
use crate::state::{Controls, State};
use crate::terminal::{Terminal, TerminalKind, TerminalMode};
use crate::transient::Totals;
use linepack_results::{
    Balance, Counters, Limitation, Solution, StationUnit, Status, Terminal as TerminalTotal,
    Violation,
};

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one struct, named at the call"
)]
pub(crate) fn assemble(
    model: &Model,
    controls: &Controls,
    state: &State,
    recorder: Recorder,
    totals: Totals,
    violations: Vec<Violation>,
    counters: Counters,
    status: Status,
    log: Vec<(f64, String)>,
) -> Solution {
    let limitations = if status.converged {
        limitations(model, controls, state)
    } else {
        Vec::new()
    };
    Solution {
        station_units: station_units(model, controls, state),
        balance: balance(model, state, &totals),
        terminal_totals: terminal_totals(model, &totals),
        limitations,
        violations,
        counters,
        status,
        log,
        time_s: recorder.time_s,
        start_utc: model.case.scenario.start.to_string(),
        nodes: recorder.nodes,
        edges: recorder.edges,
        terminals: recorder.terminals,
        profiles: recorder.profiles,
        linepack_kg: recorder.linepack_kg,
        assumptions: model.assumptions.clone(),
        ..Solution::default()
    }
}

/// What each compressor of stations with machines does; nothing of stations that stand or are passed by.
fn station_units(model: &Model, controls: &Controls, state: &State) -> Vec<StationUnit> {
    let mut units = Vec::new();
    for (i, link) in controls.links.iter().enumerate() {
        let point = link_point(model, link, state.time_s, state, i);
        let Some((configuration, operation)) = link.operation(&point) else {
            continue;
        };
        units.extend(operation.units.into_iter().map(|unit| StationUnit {
            station: link.id.clone(),
            configuration: configuration.to_owned(),
            stage: unit.stage,
            compressor: unit.compressor,
            drive: unit.drive,
            speed_per_min: unit.speed_per_min,
            volume_flow_m3_per_s: unit.volume_flow_m3_per_s,
            head_j_per_kg: unit.head_j_per_kg,
            throttled_j_per_kg: unit.throttled_j_per_kg,
            efficiency: unit.efficiency,
            power_w: unit.power_w,
            power_max_w: unit.power_max_w,
            energy_w: unit.energy_w,
            recycle_m3_per_s: unit.recycle_m3_per_s,
            surge_margin: unit.surge_margin,
            choke_margin: unit.choke_margin,
            power_margin: unit.power_margin,
            speed_margin: unit.speed_margin,
            limit: unit.limit.map(|l| l.word().to_owned()).unwrap_or_default(),
            feasible: unit.feasible,
        }));
    }
    units
}

fn by_kind(model: &Model, values: &[f64], kind: TerminalKind) -> f64 {
    let of_kind = model
        .terminals
        .iter()
        .zip(values)
        .filter(|(t, _)| t.kind == kind);
    of_kind.map(|(t, v)| t.kind.sign() * v).sum()
}

pub(crate) fn balance(model: &Model, state: &State, totals: &Totals) -> Balance {
    let end = state.linepack(model);
    let of = |values: &[f64], kind| by_kind(model, values, kind);
    let mut b = Balance {
        in_kg_per_s: of(&state.inflow, TerminalKind::Supply),
        out_kg_per_s: of(&state.inflow, TerminalKind::OffTake),
        leak_kg_per_s: of(&state.inflow, TerminalKind::Leak),
        fuel_kg_per_s: state.fuel.iter().sum(),
        in_kg: of(&totals.inflow, TerminalKind::Supply),
        out_kg: of(&totals.inflow, TerminalKind::OffTake),
        leak_kg: of(&totals.inflow, TerminalKind::Leak),
        fuel_kg: totals.fuel.iter().sum(),
        linepack_start_kg: totals.linepack_start,
        linepack_end_kg: end,
        linepack_change_kg: end - totals.linepack_start,
        residual_kg: 0.0,
    };
    let ran = b.in_kg != 0.0 || b.out_kg != 0.0 || b.leak_kg != 0.0 || b.linepack_change_kg != 0.0;
    b.residual_kg = if ran {
        b.in_kg - b.out_kg - b.fuel_kg - b.leak_kg - b.linepack_change_kg
    } else {
        b.in_kg_per_s - b.out_kg_per_s - b.fuel_kg_per_s - b.leak_kg_per_s
    };
    b
}

pub(crate) fn terminal_totals(model: &Model, totals: &Totals) -> Vec<TerminalTotal> {
    let total = |(i, t): (usize, &Terminal)| TerminalTotal {
        id: t.id.clone(),
        kind: t.kind.word().into(),
        node: model.nodes[t.node].id.clone(),
        mass_kg: t.kind.sign() * totals.inflow[i],
        requested_kg: if t.requested.is_some() {
            totals.requested[i]
        } else {
            f64::NAN
        },
        first_shortfall_s: totals.first_shortfall[i],
        first_below_contract_s: totals.first_below_contract[i],
        survival_s: {
            let first = [totals.first_shortfall[i], totals.first_below_contract[i]];
            let first = first.into_iter().flatten().reduce(f64::min);
            first.map(|t| (t - totals.first_event.unwrap_or(0.0)).max(0.0))
        },
    };
    model.terminals.iter().enumerate().map(total).collect()
}

/// What stands at a limit, in words.
pub(crate) fn limitations(model: &Model, controls: &Controls, state: &State) -> Vec<Limitation> {
    let mut found = Vec::new();
    for (i, link) in controls.links.iter().enumerate() {
        let point = link_point(model, link, state.time_s, state, i);
        let mode = link.row(&point).mode;
        let station = matches!(link.law, LinkLaw::Station(_) | LinkLaw::Regulator(_));
        let what = match mode {
            _ if !station => continue,
            Mode::DischargePressure => {
                format!(
                    "at its outlet pressure of {:.1} bara",
                    point.pressure_out / 1e5
                )
            }
            Mode::SuctionPressure => {
                format!(
                    "at its suction pressure of {:.1} bara",
                    point.pressure_in / 1e5
                )
            }
            Mode::Flow | Mode::FlowLimit => format!("at its flow limit of {:.1} kg/s", point.flow),
            Mode::Ratio | Mode::RatioLimit => {
                format!(
                    "at its pressure ratio of {:.2}",
                    point.pressure_out / point.pressure_in
                )
            }
            Mode::Machine(limit) => format!("at its {limit}"),
            Mode::Power => format!("at its power of {:.1} MW", link.fuel(&point).power_w / 1e6),
            _ => continue,
        };
        found.push(Limitation {
            element: link.id.clone(),
            what,
        });
    }
    for (i, terminal) in controls.terminals.iter().enumerate() {
        let (inflow, pressure) = (state.inflow[i], state.node_pressure[terminal.node]);
        let gas = state.gas_at(model, terminal.node, terminal.isotherm);
        let row = terminal.row(state.time_s, inflow, pressure, gas, &model.profiles);
        let what = match (terminal.kind, row.mode) {
            (TerminalKind::Supply, TerminalMode::High) if terminal.requested.is_none() => {
                format!("at its largest flow of {inflow:.1} kg/s")
            }
            (TerminalKind::OffTake, TerminalMode::Pressure) => {
                format!("at its lowest pressure of {:.1} bara", pressure / 1e5)
            }
            _ => continue,
        };
        found.push(Limitation {
            element: terminal.id.clone(),
            what,
        });
    }
    found
}
