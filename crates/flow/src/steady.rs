//! The steady state: the residual of a time step without its time derivatives.
//!
//! Newton's method from gas at rest; where that fails, pseudo-transient continuation: implicit
//! Euler steps of growing length with the transient residual, then Newton's method again.

use crate::diagnose;
use crate::link::BAR;
use crate::model::Model;
use crate::newton::{Newton, NewtonReport, NewtonSettings, StageInput};
use crate::state::{Controls, State};
use linepack_results::Status;

const SETTINGS: NewtonSettings = NewtonSettings {
    pressure_tolerance_pa: 1.0,
    flow_tolerance: 1e-3,
    iterations_max: 40,
    polish: true,
    from_rest: false,
};

/// Pressure of the first guess where no set-point tells, Pa.
const GUESS_PA: f64 = 50.0 * BAR;

/// Solves the steady state at a time; the state is the best found, the status says how good.
pub(crate) fn solve(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
) -> (State, Status) {
    if let Some(status) = diagnose::unsolvable(model, controls, time_s) {
        return (State::at_rest(model, GUESS_PA), status);
    }
    let before = newton.iterations;
    let (state, report) = search(model, controls, newton, time_s);
    let iterations = newton.iterations - before;
    let status = if report.converged {
        Status {
            converged: true,
            complete: true,
            residual: report.residual,
            iterations,
            worst_element: diagnose::place(model, report.worst),
            message: "solved".into(),
        }
    } else {
        diagnose::failure(model, controls, time_s, &report, iterations)
    };
    (state, status)
}

/// Newton's method, then continuation.
pub(crate) fn search(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
) -> (State, NewtonReport) {
    let start = State::at_rest(model, first_guess(model, controls, time_s));
    let mut state = start.clone();
    let mut report = attempt(model, controls, newton, time_s, true, &mut state);
    if !report.converged {
        state = start;
        continuation(model, controls, newton, time_s, &mut state);
        report = attempt(model, controls, newton, time_s, false, &mut state);
    }
    state.set_densities(model);
    state.time_s = time_s;
    (state, report)
}

/// Newton's method on the steady residual from a given state.
pub(crate) fn attempt(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    from_rest: bool,
    state: &mut State,
) -> NewtonReport {
    let zeros_face = vec![0.0; model.faces];
    let zeros_segment = vec![0.0; model.segments];
    let input = StageInput {
        time_s,
        rate: 0.0,
        density_hat: &zeros_face,
        flow_hat: &zeros_segment,
    };
    let report = newton.solve(
        model,
        controls,
        &input,
        NewtonSettings {
            from_rest,
            ..SETTINGS
        },
        state,
    );
    for (i, link) in controls.links.iter().enumerate() {
        let point = crate::newton::link_point(model, link, time_s, state, i);
        state.fuel[i] = link.fuel(&point).flow;
    }
    report
}

/// Implicit Euler steps of growing length towards the steady state.
fn continuation(
    model: &Model,
    controls: &Controls,
    newton: &mut Newton,
    time_s: f64,
    state: &mut State,
) {
    const FIRST_STEP_S: f64 = 10.0;
    const LAST_STEP_S: f64 = 1e8;
    const STEPS_MAX: usize = 120;
    let settings = NewtonSettings {
        iterations_max: 15,
        polish: false,
        ..SETTINGS
    };
    let mut step_s = FIRST_STEP_S;
    for _ in 0..STEPS_MAX {
        let (density, flow) = (state.density.clone(), state.flow.clone());
        let before = state.clone();
        let input = StageInput {
            time_s,
            rate: 1.0 / step_s,
            density_hat: &density,
            flow_hat: &flow,
        };
        let report = newton.solve(model, controls, &input, settings, state);
        if report.converged {
            state.set_densities(model);
            step_s *= if report.iterations <= 5 { 4.0 } else { 2.0 };
        } else {
            *state = before;
            step_s *= 0.2;
        }
        if !(1e-3..=LAST_STEP_S).contains(&step_s) {
            return;
        }
    }
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
