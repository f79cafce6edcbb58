//! Why a case has no solution, in words of the field.

use crate::link::{BAR, LinkLaw};
use crate::model::Model;
use crate::newton::{self, Newton, NewtonReport, Worst, link_point};
use crate::signal::Signal;
use crate::state::Controls;
use crate::steady;
use crate::terminal::{Terminal, TerminalKind, TerminalLaw};
use linepack_results::Status;

/// The element that a residual belongs to.
pub(crate) fn place(model: &Model, worst: Worst) -> Option<String> {
    Some(match worst {
        Worst::Pipe(i) => model.case.network.pipes[model.pipes[i].case_pipe]
            .header
            .id
            .clone(),
        Worst::Link(i) => model.links[i].id.clone(),
        Worst::Terminal(i) => model.terminals[i].id.clone(),
        Worst::Node(i) => model.nodes[i].id.clone(),
        Worst::Nothing => return None,
    })
}

fn not_solved(element: Option<String>, message: String) -> Status {
    Status {
        converged: false,
        complete: false,
        residual: f64::INFINITY,
        iterations: 0,
        worst_element: element,
        message,
    }
}

/// What can be seen before solving: parts without a pressure, two pressures at one place.
pub(crate) fn unsolvable(model: &Model, controls: &Controls, time_s: f64) -> Option<Status> {
    if model.nodes.is_empty() {
        return Some(not_solved(None, "no element is in service".into()));
    }
    island(model, controls, time_s)
        .or_else(|| over_determined(model, controls, time_s))
        .or_else(|| unbalanced(model, controls, time_s))
}

/// Smallest node of the part that each node belongs to, over the given joints.
fn parts(nodes: usize, joints: impl Iterator<Item = [usize; 2]>) -> Vec<usize> {
    let mut part: Vec<usize> = (0..nodes).collect();
    fn root(part: &mut [usize], mut i: usize) -> usize {
        while part[i] != i {
            part[i] = part[part[i]];
            i = part[i];
        }
        i
    }
    for [a, b] in joints {
        let (a, b) = (root(&mut part, a), root(&mut part, b));
        part[a.max(b)] = a.min(b);
    }
    for i in 0..nodes {
        part[i] = root(&mut part, i);
    }
    part
}

/// The part of the network that each node belongs to, by pipes and links that are not shut.
fn joined(model: &Model, controls: &Controls, time_s: f64) -> Vec<usize> {
    let pipes = model.pipes.iter().map(|p| p.nodes);
    let open = |l: &&crate::link::Link| l.joins(time_s, &model.profiles);
    let links = controls.links.iter().filter(open).map(|l| l.nodes);
    parts(model.nodes.len(), pipes.chain(links))
}

/// Parts in which nothing flows and nothing sets a pressure, in words; none where there are none.
pub(crate) fn at_rest(model: &Model, controls: &Controls, time_s: f64) -> Option<String> {
    let part = joined(model, controls, time_s);
    let mut held = vec![false; model.nodes.len()];
    for terminal in controls.terminals.iter().filter(|t| t.holds_pressure()) {
        held[part[terminal.node]] = true;
    }
    let roots: Vec<usize> = (0..model.nodes.len())
        .filter(|&i| part[i] == i && !held[i])
        .collect();
    let first = &model.nodes[*roots.first()?].id;
    let parts = match roots.len() {
        1 => format!("the part of the network around node \"{first}\""),
        n => format!("{n} parts of the network (the first around node \"{first}\")"),
    };
    Some(format!(
        "nothing sets a pressure in {parts}, where nothing flows: the pressure there is a first guess"
    ))
}

fn island(model: &Model, controls: &Controls, time_s: f64) -> Option<Status> {
    let part = joined(model, controls, time_s);
    let mut held = vec![false; model.nodes.len()];
    let mut moved = held.clone();
    for terminal in controls.terminals.iter().filter(|t| t.holds_pressure()) {
        held[part[terminal.node]] = true;
    }
    // Where nothing flows, gas at rest may have any pressure.
    for terminal in controls
        .terminals
        .iter()
        .filter(|t| !t.can_rest(time_s, &model.profiles))
    {
        moved[part[terminal.node]] = true;
    }
    let lost = (0..model.nodes.len()).find(|&i| !held[part[i]] && moved[part[i]])?;
    let count = part.iter().filter(|&&p| p == part[lost]).count();
    let name = &model.nodes[lost].id;
    Some(not_solved(
        Some(name.clone()),
        format!(
            "node \"{name}\" belongs to an island of {count} node(s) where nothing sets a pressure: \
             no supply or off-take with a pressure is joined to it by open elements"
        ),
    ))
}

/// A part in which supplies cannot bring what off-takes ask for, or must bring more than can leave.
fn unbalanced(model: &Model, controls: &Controls, time_s: f64) -> Option<Status> {
    const ROUNDING: f64 = 1e-9;
    let part = joined(model, controls, time_s);
    let range = |t: &Terminal| match &t.law {
        TerminalLaw::Bounds { shut: true, .. } => [0.0, 0.0],
        TerminalLaw::Bounds { low, high, .. } => [
            low.at(time_s, &model.profiles),
            high.at(time_s, &model.profiles),
        ],
        TerminalLaw::Hole { .. } => [f64::NEG_INFINITY, 0.0],
    };
    let roots = (0..model.nodes.len()).filter(|&i| part[i] == i);
    for root in roots {
        let members = || controls.terminals.iter().filter(|t| part[t.node] == root);
        let of = |kind: TerminalKind, i: usize| -> f64 {
            members()
                .filter(|t| (t.kind == TerminalKind::Supply) == (kind == TerminalKind::Supply))
                .map(|t| range(t)[i])
                .sum()
        };
        let (brought, asked) = (of(TerminalKind::Supply, 1), -of(TerminalKind::OffTake, 1));
        let largest = |kind| {
            let size = |t: &&Terminal| range(t)[0].abs().min(1e9);
            members()
                .filter(|t| t.kind == kind)
                .max_by(|a, b| size(a).total_cmp(&size(b)))
                .map(|t| t.id.clone())
        };
        if brought < asked * (1.0 - ROUNDING) - ROUNDING {
            return Some(not_solved(
                largest(TerminalKind::OffTake),
                format!(
                    "off-takes ask for {asked:.1} kg/s; the supplies joined to them can bring {brought:.1} kg/s at most"
                ),
            ));
        }
        let (forced, taken) = (of(TerminalKind::Supply, 0), -of(TerminalKind::OffTake, 0));
        if forced > taken * (1.0 + ROUNDING) + ROUNDING {
            return Some(not_solved(
                largest(TerminalKind::Supply),
                format!(
                    "supplies bring at least {forced:.1} kg/s; the off-takes joined to them take {taken:.1} kg/s at most"
                ),
            ));
        }
    }
    None
}

fn over_determined(model: &Model, controls: &Controls, time_s: f64) -> Option<Status> {
    let ideal = controls.links.iter().filter(|l| match &l.law {
        LinkLaw::ShortPipe => true,
        LinkLaw::Valve(v) => {
            v.travel.at(time_s, &model.profiles) >= 1.0
                && (v.area.is_none() || v.drag_factor == 0.0)
        }
        _ => false,
    });
    let part = parts(model.nodes.len(), ideal.map(|l| l.nodes));
    let mut held: Vec<Option<&Terminal>> = vec![None; model.nodes.len()];
    for terminal in controls
        .terminals
        .iter()
        .filter(|t| unlimited(t, model, time_s))
    {
        let place = &mut held[part[terminal.node]];
        if let Some(other) = place {
            let node = &model.nodes[terminal.node].id;
            return Some(not_solved(
                Some(terminal.id.clone()),
                format!(
                    "\"{}\" and \"{}\" both set the pressure at node \"{node}\" without a limit on \
                     their flow: give one of them a flow or a flow limit",
                    other.id, terminal.id
                ),
            ));
        }
        *place = Some(terminal);
    }
    None
}

fn unlimited(terminal: &Terminal, model: &Model, time_s: f64) -> bool {
    match &terminal.law {
        TerminalLaw::Bounds {
            low,
            high,
            pressure: Some(_),
            shut: false,
        } => {
            low.at(time_s, &model.profiles).is_infinite()
                || high.at(time_s, &model.profiles).is_infinite()
        }
        _ => false,
    }
}

/// Why the steady state was not found: off-takes are allowed to take less, and the one that falls
/// shortest is named with what the line can bring.
pub(crate) fn failure(
    model: &Model,
    controls: &Controls,
    time_s: f64,
    report: &NewtonReport,
    iterations: usize,
) -> Status {
    let mut status = not_solved(place(model, report.worst), String::new());
    status.residual = report.residual;
    status.iterations = iterations;
    if let Some((element, message)) = beyond_maps(model, controls, time_s) {
        status.worst_element = Some(element);
        status.message = message;
        return status;
    }
    if let Some((element, message)) = shortfall(model, controls, time_s) {
        status.worst_element = Some(element);
        status.message = message;
        return status;
    }
    let at = status
        .worst_element
        .as_deref()
        .unwrap_or("the network")
        .to_owned();
    status.message = if report.singular {
        format!("the equations around \"{at}\" do not determine a pressure or a flow")
    } else {
        format!(
            "no steady state was found; the largest residual ({:.3e} bar) is at \"{at}\"",
            report.residual
        )
    };
    status
}

/// Solves with ideal machines, and words how far beyond their maps the furthest of them would be.
fn beyond_maps(model: &Model, controls: &Controls, time_s: f64) -> Option<(String, String)> {
    let mut ideal = controls.clone();
    if !ideal.idealise(1.0) {
        return None;
    }
    let mut newton = Newton::new(model, newton::OF_STEADY_STATE).ok()?;
    let (state, report) = steady::search(model, &ideal, &mut newton, time_s);
    if !report.converged {
        return None;
    }
    let beyond = |(i, link): (usize, &crate::link::Link)| {
        let point = link_point(model, link, time_s, &state, i);
        let (reach, limit) = link.reach_of_machines(&point)?;
        let compresses = point.pressure_out > point.pressure_in * 1.001;
        (compresses && reach < point.pressure_out).then(|| {
            let message = format!(
                "with machines of any size there is a steady state, in which station \"{}\" brings {:.1} kg/s \
                 from {:.1} to {:.1} bara; its machines reach {:.1} bara there ({limit}): lower its set-point \
                 or the flow, or run more machines",
                link.id,
                point.flow,
                point.pressure_in / BAR,
                point.pressure_out / BAR,
                reach.max(point.pressure_in) / BAR,
            );
            (point.pressure_out - reach, link.id.clone(), message)
        })
    };
    let found = controls.links.iter().enumerate().filter_map(beyond);
    let (_, element, message) = found.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((element, message))
}

/// Solves with off-takes that back off, and words the largest shortfall.
fn shortfall(model: &Model, controls: &Controls, time_s: f64) -> Option<(String, String)> {
    let floor = 2.0 * model.settings.atmospheric_pressure_pa;
    let mut relaxed = controls.clone();
    for terminal in relaxed
        .terminals
        .iter_mut()
        .filter(|t| t.kind == TerminalKind::OffTake)
    {
        let least = terminal.pressure_min.unwrap_or(floor);
        if let TerminalLaw::Bounds {
            high,
            pressure: pressure @ None,
            ..
        } = &mut terminal.law
        {
            *high = Signal::Constant(0.0);
            *pressure = Some(Signal::Constant(least));
        }
    }
    let mut newton = Newton::new(model, newton::OF_STEADY_STATE).ok()?;
    let (state, report) = steady::search(model, &relaxed, &mut newton, time_s);
    if !report.converged {
        return None;
    }
    let short = |(i, t): (usize, &Terminal)| {
        let asked = t.requested.as_ref()?.at(time_s, &model.profiles);
        (t.kind == TerminalKind::OffTake && asked + state.inflow[i] > 1e-6 * asked)
            .then(|| (asked + state.inflow[i], i, asked))
    };
    let (_, i, asked) = controls
        .terminals
        .iter()
        .enumerate()
        .filter_map(short)
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    let terminal = &controls.terminals[i];
    let pressure = terminal.pressure_min.unwrap_or(floor) / BAR;
    let at = if terminal.pressure_min.is_some() {
        "its lowest pressure of"
    } else {
        "as little as"
    };
    Some((
        terminal.id.clone(),
        format!(
            "off-take \"{}\" asks for {asked:.1} kg/s; the line can bring {:.1} kg/s at {at} \
             {pressure:.1} bara",
            terminal.id, -state.inflow[i]
        ),
    ))
}
