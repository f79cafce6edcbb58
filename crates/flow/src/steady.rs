//! The steady state: the residual of a time step without its time derivatives.
//!
//! Three ways lead there from gas at rest, tried in turn: Newton's method; implicit Euler steps of
//! growing length with the transient residual (pseudo-transient continuation, Kelley and Keyes 1998),
//! each of a few iterations, and Newton's method at the end; Newton's method with laws whose branches go
//! over into each other smoothly at first.

use crate::diagnose;
use crate::link::{BAR, Link, LinkLaw};
use crate::model::Model;
use crate::newton::{Newton, NewtonReport, NewtonSettings, NodeVolume, StageInput};
use crate::state::{Controls, State};
use linepack_results::Status;

const SETTINGS: NewtonSettings = NewtonSettings {
    pressure_tolerance_pa: 1.0,
    flow_tolerance: 1e-3,
    iterations_max: 40,
    once: false,
    polish: true,
    foresee: false,
    from_rest: false,
    smoothing: 0.0,
    resistance: 0.0,
    residual_enough: 0.0,
    anchor: 1e-7,
};

/// From gas at rest.
const FROM_REST: NewtonSettings = NewtonSettings {
    from_rest: true,
    iterations_max: 20,
    ..SETTINGS
};

/// From gas at rest, with controls that change over smoothly at first.
const SMOOTHED: NewtonSettings = NewtonSettings {
    from_rest: true,
    iterations_max: 60,
    smoothing: 2.0,
    ..SETTINGS
};

/// Pressure of the first guess where no set-point tells, Pa.
const GUESS_PA: f64 = 50.0 * BAR;

/// Solves the steady state at a time; the state is the best found, the status says how good.
pub(crate) fn solve(
    model: &Model,
    controls: &mut Controls,
    newton: &mut Newton,
    time_s: f64,
) -> (State, Status) {
    if let Some(status) = diagnose::unsolvable(model, controls, time_s) {
        return (State::at_rest(model, GUESS_PA), status);
    }
    let before = newton.iterations;
    let (mut state, mut report) = search(model, controls, newton, time_s);
    let mut opened = None;
    if !report.converged || holds_back(controls, &state) {
        opened = open_backward(model, controls, newton, time_s);
        if opened.is_some() {
            (state, report) = search(model, controls, newton, time_s);
        }
    }
    for _ in 0..RECONFIGURATIONS_MAX {
        if !report.converged || reconfigure(model, controls, &state).is_empty() {
            break;
        }
        report = attempt(model, controls, newton, time_s, SETTINGS, &mut state);
        state.set_densities(model);
    }
    let iterations = newton.iterations - before;
    let status = if report.converged {
        Status {
            converged: true,
            complete: true,
            residual: report.residual,
            iterations,
            worst_element: diagnose::place(model, report.worst),
            message: ["solved".into()]
                .into_iter()
                .chain(opened)
                .chain(diagnose::at_rest(model, controls, time_s))
                .collect::<Vec<String>>()
                .join("; "),
        }
    } else {
        diagnose::failure(model, controls, time_s, &report, iterations)
    };
    (state, status)
}

/// Whether a station that gas may pass back by keeps it from doing so.
fn holds_back(controls: &Controls, state: &State) -> bool {
    let at_ends = |link: &Link| link.nodes.map(|n| state.node_pressure[n]);
    let links = controls.links.iter().zip(&state.link_flow);
    links
        .filter(|(link, flow)| link.may_open() && flow.abs() < BACKWARD_FLOW)
        .any(|(link, _)| at_ends(link)[1] > at_ends(link)[0] * (1.0 + 1e-9))
}

/// Stops the units of stations where gas comes against their direction and may pass by; which, in words.
///
/// Direction is that of the flow with all such stations open: a unit that held gas back from where it
/// is asked for would raise pressures behind it that nobody wants.
fn open_backward(
    model: &Model,
    controls: &mut Controls,
    newton: &mut Newton,
    time_s: f64,
) -> Option<String> {
    if !controls.links.iter().any(Link::may_open) {
        return None;
    }
    let mut open = controls.clone();
    let may_open = open.links.iter_mut().filter(|l| l.may_open());
    may_open.for_each(Link::open);
    let (state, report) = search(model, &open, newton, time_s);
    if !report.converged {
        return None;
    }
    let mut opened = Vec::new();
    for (link, &flow) in controls.links.iter_mut().zip(&state.link_flow) {
        if link.may_open() && flow < -BACKWARD_FLOW {
            link.open();
            opened.push(link.id.as_str());
        }
    }
    let first = opened.first()?;
    let more = match opened.len() - 1 {
        0 => String::new(),
        n => format!(" and of {n} more"),
    };
    Some(format!(
        "gas passes back by the stopped units of station \"{first}\"{more}"
    ))
}

/// Flow against the direction of a station that is taken for one, kg/s.
const BACKWARD_FLOW: f64 = 1e-6;

/// Most times that stations change their configurations on the way to a steady state.
const RECONFIGURATIONS_MAX: usize = 6;

/// Lets each station take the configuration that does its work best; the stations that changed, with
/// what they run now, in words.
pub(crate) fn reconfigure(model: &Model, controls: &mut Controls, state: &State) -> Vec<String> {
    let mut changed = Vec::new();
    for (i, link) in controls.links.iter_mut().enumerate() {
        let point = crate::newton::link_point(model, link, state.time_s, state, i);
        let LinkLaw::Station(station) = &mut link.law else {
            continue;
        };
        if let Some(configuration) = station.reconfigure(&point) {
            changed.push(format!(
                "station \"{}\" runs configuration \"{configuration}\"",
                link.id
            ));
        }
    }
    changed
}

/// A way to the steady state from gas at rest.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Newton's method: the shortest where no law has branches.
    Newton,
    /// Implicit Euler steps of growing length, then Newton's method: as the network itself would find
    /// its state, so controls change over when it is their turn.
    Continuation,
    /// Newton's method with controls that change over smoothly at first: for networks almost without
    /// volume, which the steps in time do not hold back.
    Smoothed,
}

impl Way {
    fn go(
        self,
        model: &Model,
        controls: &Controls,
        newton: &mut Newton,
        time_s: f64,
        state: &mut State,
    ) -> NewtonReport {
        let settings = match self {
            Self::Newton => FROM_REST,
            Self::Smoothed => SMOOTHED,
            Self::Continuation => return approach(model, controls, newton, time_s, state),
        };
        attempt(model, controls, newton, time_s, settings, state)
    }
}

/// The steady state. Stations with machines are ideal at first, with a pressure ratio as their only
/// limit, and become what they are in stages, each of which begins where the last one ended.
pub(crate) fn search(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
) -> (State, NewtonReport) {
    /// How far machines are ideal, stage by stage.
    const SHARES: [f64; 6] = [0.8, 0.6, 0.4, 0.2, 0.08, 0.0];
    let mut staged = controls.clone();
    if controls.are_ideal() || !staged.idealise(1.0) {
        return by_any_way(model, controls, newton, time_s);
    }
    let (state, mut report) = by_any_way(model, &staged, newton, time_s);
    let found = report.converged;
    // At once, where the maps do not bind; otherwise in stages.
    for shares in [&SHARES[SHARES.len() - 1..], &SHARES[..]] {
        let (mut last, mut converged) = (state.clone(), found);
        for &share in shares {
            staged.idealise(share);
            converged =
                converged && onwards(model, &staged, newton, time_s, &mut last, &mut report);
        }
        if converged {
            last.set_densities(model);
            last.time_s = time_s;
            return (last, report);
        }
    }
    by_any_way(model, controls, newton, time_s)
}

/// The steady state from one of a network that is nearly the same; whether it was found.
fn onwards(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    state: &mut State,
    report: &mut NewtonReport,
) -> bool {
    let before = state.clone();
    *report = attempt(model, controls, newton, time_s, SETTINGS, state);
    if !report.converged {
        *state = before;
        state.set_densities(model);
        *report = approach(model, controls, newton, time_s, state);
    }
    report.converged
}

/// The steady state by the first way that leads there.
fn by_any_way(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
) -> (State, NewtonReport) {
    let start = State::at_rest(model, first_guess(model, controls, time_s));
    let mut state = start.clone();
    // Where nothing flows, no continuation shall move pressures that nothing sets.
    if controls.have_branches() {
        let report = at_steady_input(model, time_s, |input| {
            newton.judge(model, controls, input, &state)
        });
        if report.converged {
            state.time_s = time_s;
            return (state, report);
        }
    }
    let ways: [Way; 3] = if controls.have_branches() {
        [Way::Continuation, Way::Smoothed, Way::Newton]
    } else {
        [Way::Newton, Way::Continuation, Way::Smoothed]
    };
    let mut report = ways[0].go(model, controls, newton, time_s, &mut state);
    for way in &ways[1..] {
        if report.converged {
            break;
        }
        state.clone_from(&start);
        report = way.go(model, controls, newton, time_s, &mut state);
    }
    state.set_densities(model);
    state.time_s = time_s;
    (state, report)
}

/// Does something with the equations of the steady state.
fn at_steady_input<T>(model: &Model, time_s: f64, work: impl FnOnce(&StageInput<'_>) -> T) -> T {
    let zeros_face = vec![0.0; model.faces];
    let zeros_segment = vec![0.0; model.segments];
    work(&StageInput {
        time_s,
        rate: 0.0,
        density_hat: &zeros_face,
        flow_hat: &zeros_segment,
        viscosity: &[],
        node_volume: None,
        place: 1.0,
    })
}

/// Newton's method on the steady residual from a given state.
pub(crate) fn attempt(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    settings: NewtonSettings,
    state: &mut State,
) -> NewtonReport {
    let report = at_steady_input(model, time_s, |input| {
        newton.solve(model, controls, input, settings, state)
    });
    for (i, link) in controls.links.iter().enumerate() {
        let point = crate::newton::link_point(model, link, time_s, state, i);
        state.fuel[i] = link.fuel(&point).flow;
    }
    report
}

/// Continuation, and Newton's method at its end; where that fails, the continuation goes on until laws
/// are all but sharp.
fn approach(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    state: &mut State,
) -> NewtonReport {
    const ENOUGH: f64 = 1e-3;
    const ALL_BUT_SHARP: f64 = 1e-7;
    let mut pace = Pace::first();
    continuation(model, controls, newton, time_s, state, &mut pace, ENOUGH);
    let reached = state.clone();
    let report = attempt(model, controls, newton, time_s, SETTINGS, state);
    if report.converged || pace.is_stuck() {
        return report;
    }
    *state = reached;
    state.set_densities(model);
    continuation(
        model,
        controls,
        newton,
        time_s,
        state,
        &mut pace,
        ALL_BUT_SHARP,
    );
    attempt(model, controls, newton, time_s, SETTINGS, state)
}

/// Implicit Euler steps of growing length towards the steady state, each of a few iterations.
///
/// Nodes store gas, so that no node is cut off by a control that has not yet found its branch; branches
/// of laws go over into each other over a width, and links and terminals have a resistance in series,
/// with which parallel controls share their flow. All three vanish as the steps grow; it ends when
/// steps are long and the width is no more than `sharp`.
fn continuation(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    state: &mut State,
    pace: &mut Pace,
    sharp: f64,
) {
    /// Mass that a node takes up, kg/bar.
    const NODE_CAPACITY: f64 = 500.0;
    const STEPS_MAX: usize = 500;
    let mut before = state.clone();
    for _ in 0..STEPS_MAX {
        before.clone_from(state);
        let input = StageInput {
            time_s,
            rate: 1.0 / pace.step_s,
            density_hat: &before.density,
            flow_hat: &before.flow,
            viscosity: &[],
            node_volume: Some(NodeVolume {
                capacity: NODE_CAPACITY,
                pressure_hat: &before.node_pressure,
            }),
            place: 1.0,
        };
        let report = newton.solve(model, controls, &input, pace.settings(), state);
        let share = change_of_pressure(&before, state);
        if report.converged && pace.allows(share) {
            state.set_densities(model);
            pace.advance(share);
        } else {
            state.clone_from(&before);
            pace.hold_back();
        }
        if pace.is_stuck() || pace.is_over(sharp) {
            return;
        }
        pace.step_s = pace.step_s.min(Pace::LAST_STEP_S);
    }
}

/// How a continuation goes on: the length of its next step, and how smooth laws are in it.
#[derive(Debug, Clone, Copy)]
struct Pace {
    step_s: f64,
    /// Width over which branches go over into each other, bar.
    smoothing: f64,
}

impl Pace {
    const LAST_STEP_S: f64 = 1e9;
    const LEAST_STEP_S: f64 = 1e-3;
    /// Width of branches where steps are no longer than `SLOW_S`; in longer ones it falls with them.
    const SHARPEST: f64 = 1e-3;
    const SLOW_S: f64 = 1e4;

    fn first() -> Self {
        Self {
            step_s: 100.0,
            smoothing: 1.0,
        }
    }

    fn settings(&self) -> NewtonSettings {
        /// Resistance in series, Pa per kg/s, at a smoothing of 1 bar.
        const RESISTANCE: f64 = 1000.0;
        const ENOUGH_BAR: f64 = 0.3;
        const LEAST_WIDTH: f64 = 1e-3;
        NewtonSettings {
            iterations_max: 8,
            polish: false,
            foresee: false,
            smoothing: self.smoothing,
            resistance: RESISTANCE * self.smoothing,
            residual_enough: ENOUGH_BAR * self.smoothing.max(LEAST_WIDTH),
            ..SETTINGS
        }
    }

    /// Whether pressures may change by this share in a step.
    fn allows(&self, share: f64) -> bool {
        share < 1.0
    }

    /// The next step changes pressures by about a fifth; laws become sharper, the faster the calmer
    /// the network is.
    fn advance(&mut self, share: f64) {
        const WANTED_SHARE: f64 = 0.2;
        const CALM_SHARE: f64 = 0.02;
        let sharpening = if share < CALM_SHARE { 0.343 } else { 0.7 };
        let sharpest = Self::SHARPEST * (Self::SLOW_S / self.step_s).min(1.0);
        self.smoothing = (self.smoothing * sharpening).max(sharpest);
        self.step_s *= (WANTED_SHARE / share).clamp(0.5, 10.0);
    }

    fn hold_back(&mut self) {
        self.step_s *= 0.2;
    }

    fn is_over(&self, sharp: f64) -> bool {
        self.smoothing <= sharp && self.step_s >= Self::LAST_STEP_S
    }

    fn is_stuck(&self) -> bool {
        self.step_s < Self::LEAST_STEP_S
    }
}

/// The largest change of a node's pressure as a share of it.
fn change_of_pressure(before: &State, after: &State) -> f64 {
    let pairs = before.node_pressure.iter().zip(&after.node_pressure);
    pairs.map(|(a, b)| (b / a - 1.0).abs()).fold(0.0, f64::max)
}

/// A pressure to start from: the highest that a terminal holds.
fn first_guess(model: &Model, controls: &Controls, time_s: f64) -> f64 {
    let held = controls.terminals.iter().filter_map(|t| match &t.law {
        crate::terminal::TerminalLaw::Bounds {
            pressure: Some(p),
            shut: false,
            ..
        } => Some(p.at(time_s, &model.profiles)),
        _ => None,
    });
    let highest = held.fold(0.0, f64::max);
    if highest > 0.0 { highest } else { GUESS_PA }
}

/// The steady state from one that is near.
pub(crate) fn again(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    state: &mut State,
) -> NewtonReport {
    let time_s = state.time_s;
    let report = attempt(model, controls, newton, time_s, SETTINGS, state);
    state.density_rate.fill(0.0);
    state.flow_rate.fill(0.0);
    report
}
