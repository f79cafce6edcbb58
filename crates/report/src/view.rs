//! What every panel needs: the run, names for people, units and times.

use crate::escape;
use crate::table;
use crate::units::{Quantity, Units};
use jiff::Timestamp;
use linepack_network::{Action, Case, Event, Header, Network};
use linepack_results::{Frame, Manifest, Solution, StageResult};
use std::collections::HashMap;

/// A run, ready to be looked at.
pub(crate) struct View<'a> {
    pub(crate) case: &'a Case,
    pub(crate) solution: &'a Solution,
    pub(crate) stages: &'a [StageResult],
    pub(crate) manifest: &'a Manifest,
    pub(crate) units: Units,
    /// UTC instant of time zero, s since 1970.
    pub(crate) start_s: f64,
    headers: HashMap<&'a str, &'a Header>,
    /// Names of the two ends of each break.
    breaks: HashMap<String, String>,
}

impl<'a> View<'a> {
    /// Gathers what the panels share.
    pub(crate) fn new(
        case: &'a Case,
        solution: &'a Solution,
        stages: &'a [StageResult],
        manifest: &'a Manifest,
    ) -> Self {
        Self {
            case,
            solution,
            stages,
            manifest,
            units: Units::new(case, largest_flow(solution)),
            start_s: start_s(case, solution),
            headers: headers(&case.network).map(|h| (h.id.as_str(), h)).collect(),
            breaks: names_of_ends(&breaks(case, solution)),
        }
    }

    /// The name of an element for people; its identifier where it has none.
    pub(crate) fn name<'b>(&'b self, id: &'b str) -> &'b str {
        match self.headers.get(id) {
            Some(h) if !h.label.is_empty() => &h.label,
            _ => self.breaks.get(id).map_or(id, String::as_str),
        }
    }

    /// Breaks of the scenario: pipe, distance from its first node, m, and its two ends.
    pub(crate) fn breaks(&self) -> Vec<(&'a str, f64, Vec<&'a str>)> {
        breaks(self.case, self.solution)
    }

    /// The name of an element, as markup.
    pub(crate) fn name_markup(&self, id: &str) -> String {
        escape::text(self.name(id))
    }

    /// Number of times.
    pub(crate) fn times(&self) -> usize {
        self.solution.time_s.len()
    }

    /// Index of the last time.
    pub(crate) fn last(&self) -> usize {
        self.times().saturating_sub(1)
    }

    /// Whether there is one time only.
    pub(crate) fn is_steady(&self) -> bool {
        self.times() < 2
    }

    /// Length of the run, s.
    pub(crate) fn duration_s(&self) -> f64 {
        match (self.solution.time_s.first(), self.solution.time_s.last()) {
            (Some(a), Some(b)) => b - a,
            _ => 0.0,
        }
    }

    /// A time of the run in UTC, to the minute.
    pub(crate) fn utc(&self, time_s: f64) -> String {
        let at = Timestamp::from_second((self.start_s + time_s).round() as i64);
        at.map_or_else(
            |_| format!("{time_s} s"),
            |t| t.strftime("%Y-%m-%d %H:%M").to_string(),
        )
    }

    /// A quantity with its unit, as markup.
    pub(crate) fn q(&self, quantity: Quantity, si: f64) -> String {
        table::with_unit(&self.units, quantity, si)
    }

    /// A number whose unit stands elsewhere, as markup.
    pub(crate) fn n(&self, quantity: Quantity, si: f64) -> String {
        table::number(&self.units, quantity, si)
    }

    /// Operating mode of an edge at a time; empty where none is known.
    pub(crate) fn mode(&self, time: usize, id: &str) -> &'a str {
        let frame = &self.solution.edges;
        let Some(i) = frame.ids.iter().position(|x| x == id) else {
            return "";
        };
        frame
            .modes
            .get(time * frame.ids.len() + i)
            .map_or("", String::as_str)
    }
}

/// All values of one element, one per time (NaN where there is none).
pub(crate) fn series(frame: &Frame, column: &str, id: &str) -> Vec<f64> {
    let width = frame.ids.len();
    let Some(i) = frame.ids.iter().position(|x| x == id) else {
        return Vec::new();
    };
    let Some(values) = frame.column(column) else {
        return Vec::new();
    };
    values
        .iter()
        .skip(i)
        .step_by(width.max(1))
        .copied()
        .collect()
}

/// Sum of a column over the elements of a kind at one time; missing values count as nothing.
pub(crate) fn total(frame: &Frame, column: &str, kind: &str, time: usize) -> f64 {
    let width = frame.ids.len();
    let Some(values) = frame.column(column) else {
        return 0.0;
    };
    let row = values.iter().skip(time * width).take(width);
    row.zip(&frame.kinds)
        .filter(|(v, k)| *k == kind && v.is_finite())
        .map(|(v, _)| v)
        .sum()
}

fn largest_flow(solution: &Solution) -> f64 {
    let flows = solution
        .terminals
        .column("mass_flow_kg_per_s")
        .unwrap_or_default();
    flows
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .fold(0.0, |a: f64, v| a.max(v.abs()))
}

fn start_s(case: &Case, solution: &Solution) -> f64 {
    let start = solution.start_utc.parse().unwrap_or(case.scenario.start);
    start.as_second() as f64
}

/// The headers of all elements and nodes.
pub(crate) fn headers(network: &Network) -> impl Iterator<Item = &Header> {
    let nodes = network.nodes.iter().map(|e| &e.header);
    let pipes = network.pipes.iter().map(|e| &e.header);
    let short_pipes = network.short_pipes.iter().map(|e| &e.header);
    let resistors = network.resistors.iter().map(|e| &e.header);
    let valves = network.valves.iter().map(|e| &e.header);
    let check_valves = network.check_valves.iter().map(|e| &e.header);
    let control_valves = network.control_valves.iter().map(|e| &e.header);
    let stations = network.compressor_stations.iter().map(|e| &e.header);
    let supplies = network.supplies.iter().map(|e| &e.header);
    let off_takes = network.off_takes.iter().map(|e| &e.header);
    let leaks = network.leaks.iter().map(|e| &e.header);
    let edges = pipes
        .chain(short_pipes)
        .chain(resistors)
        .chain(valves)
        .chain(check_valves);
    let terminals = supplies.chain(off_takes).chain(leaks);
    nodes
        .chain(edges)
        .chain(control_valves)
        .chain(stations)
        .chain(terminals)
}
/// The solver names the two ends of a break after the pipe and the distance, in km.
fn breaks<'a>(case: &'a Case, solution: &'a Solution) -> Vec<(&'a str, f64, Vec<&'a str>)> {
    let place = |event: &'a Event| match event.action {
        Action::Break { distance_m } => {
            let stem = format!("{}@{:.3}km ", event.element, distance_m / 1e3);
            let ids = solution.terminals.ids.iter().map(String::as_str);
            let ends = ids.filter(|id| id.starts_with(&stem)).collect();
            Some((event.element.as_str(), distance_m, ends))
        }
        _ => None,
    };
    case.scenario.events.iter().filter_map(place).collect()
}

fn names_of_ends(breaks: &[(&str, f64, Vec<&str>)]) -> HashMap<String, String> {
    let name = |id: &str, distance_m: f64| {
        let side = id.rsplit(' ').next().unwrap_or_default();
        format!("Break at km {:.1}, {side} end", distance_m / 1e3)
    };
    let ends = breaks
        .iter()
        .flat_map(|(_, distance, ends)| ends.iter().map(move |id| (id, *distance)));
    ends.map(|(id, distance)| ((*id).to_owned(), name(id, distance)))
        .collect()
}
