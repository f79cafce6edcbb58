//! From a run at its end to what is kept of a member.

use super::series::Reader;
use crate::model::Model;
use crate::record::Recorder;
use crate::transient::Ended;
use linepack_results::{Amounts, End, Margin, Outcome};
use linepack_results::{Balance, Terminal};

/// Writes down what is kept of a run.
pub(super) fn tell(model: &Model, readers: &[Reader], ended: &Ended<'_>, into: &mut Outcome) {
    let status = ended.status;
    into.end = match (status.converged, status.complete) {
        (true, true) => End::Complete,
        (true, false) => End::Stopped,
        (false, _) if ended.rows.time_s.is_empty() => End::NotSolved,
        (false, _) => End::Incomplete,
    };
    into.message.clone_from(&status.message);
    if into.end != End::Complete {
        into.element.clone_from(&status.worst_element);
    }
    into.steps = ended.counters.steps;
    into.rejected_steps = ended.counters.rejected_steps;
    into.iterations = ended.counters.newton_iterations;
    into.violations = ended.violations.len();
    if into.end == End::NotSolved {
        return;
    }
    into.amounts = amounts(&ended.balance, &ended.terminals, ended.rows);
    (into.first_shortfall_s, into.first_short) = first_shortfall(&ended.terminals);
    (into.margin_low, into.margin_high) = margins(model, ended.rows);
    into.time_s.extend_from_slice(&ended.rows.time_s);
    for row in 0..ended.rows.time_s.len() {
        into.series
            .extend(readers.iter().map(|r| r.value(ended.rows, row)));
    }
}

fn amounts(balance: &Balance, terminals: &[Terminal], rows: &Recorder) -> Amounts {
    let asked = || {
        let off_takes = terminals.iter().filter(|t| t.kind == "off_take");
        off_takes.filter(|t| !t.requested_kg.is_nan())
    };
    Amounts {
        in_kg: balance.in_kg,
        out_kg: balance.out_kg,
        requested_kg: asked().map(|t| t.requested_kg).sum(),
        shortfall_kg: asked().map(short).sum(),
        fuel_kg: balance.fuel_kg,
        leak_kg: balance.leak_kg,
        linepack_start_kg: balance.linepack_start_kg,
        linepack_end_kg: balance.linepack_end_kg,
        linepack_min_kg: rows
            .linepack_kg
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min),
        residual_kg: balance.residual_kg,
    }
}

/// What an off-take got less than it asked for, kg. What it asks for is added up by straight lines from
/// step to step; a shortfall is counted where one was found.
fn short(terminal: &Terminal) -> f64 {
    match terminal.first_shortfall_s {
        Some(_) => (terminal.requested_kg - terminal.mass_kg).max(0.0),
        None => 0.0,
    }
}

fn first_shortfall(terminals: &[Terminal]) -> (Option<f64>, String) {
    let first = |t: &Terminal| {
        let times = [t.first_shortfall_s, t.first_below_contract_s];
        times.into_iter().flatten().reduce(f64::min)
    };
    let short = terminals.iter().filter_map(|t| Some((first(t)?, &t.id)));
    match short.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((time_s, id)) => (Some(time_s), id.clone()),
        None => (None, String::new()),
    }
}

/// The least distances to lowest and highest pressures.
fn margins(model: &Model, rows: &Recorder) -> (Margin, Margin) {
    let (mut low, mut high) = (Nearest::default(), Nearest::default());
    let nodes = model.nodes.iter().filter(|n| !n.inner);
    if let Some(pressure) = rows.nodes.column("pressure_pa") {
        for (place, node) in nodes.enumerate() {
            let over_time = || pressure.iter().skip(place).step_by(rows.nodes.ids.len());
            if let Some(limit) = node.pressure_min {
                low.look(&node.id, &rows.time_s, over_time().map(|p| p - limit));
            }
            if let Some(limit) = node.pressure_max {
                high.look(&node.id, &rows.time_s, over_time().map(|p| limit - p));
            }
        }
    }
    if let Some(pressure) = rows.terminals.column("pressure_pa") {
        for (id, limit) in contracts(model) {
            let Some(place) = rows.terminals.ids.iter().position(|i| i == id) else {
                continue;
            };
            let over_time = pressure
                .iter()
                .skip(place)
                .step_by(rows.terminals.ids.len());
            low.look(id, &rows.time_s, over_time.map(|p| p - limit));
        }
    }
    (low.told(), high.told())
}

/// Contract pressures of off-takes, Pa.
fn contracts(model: &Model) -> impl Iterator<Item = (&str, f64)> {
    let off_takes = model.case.network.off_takes.iter();
    off_takes.filter_map(|o| Some((o.header.id.as_str(), o.pressure_min_pa?)))
}

/// The smallest margin so far.
#[derive(Default)]
struct Nearest<'i> {
    found: Option<(f64, f64, &'i str)>,
}

impl<'i> Nearest<'i> {
    fn look(&mut self, id: &'i str, time_s: &[f64], margins: impl Iterator<Item = f64>) {
        for (&time, margin) in time_s.iter().zip(margins) {
            if self.found.is_none_or(|(least, ..)| margin < least) {
                self.found = Some((margin, time, id));
            }
        }
    }

    fn told(self) -> Margin {
        match self.found {
            Some((margin, time_s, id)) => Margin {
                pressure_pa: Some(margin),
                element: id.to_owned(),
                time_s,
            },
            None => Margin::default(),
        }
    }
}
