//! What a run says to a person: what is delivered where, at what pressure, with what power and
//! fuel, and what limits it; then the tables behind it.

mod accuracy;
mod balance;
mod deliveries;
mod head;
mod heat;
mod linepack;
mod quality;
mod stages;
mod stations;
mod table;
mod violations;

pub(crate) use table::{Table, wrapped};

use crate::console::BOLD;
use crate::shown::{Shown, wall_time};
use linepack_gas::GasError;
use linepack_network::Case;
use linepack_results::{Frame, Manifest, Solution, StageResult};
use std::path::Path;

/// All that the screen tells of.
pub(crate) struct Screen<'a> {
    pub(crate) case: &'a Case,
    pub(crate) solution: &'a Solution,
    pub(crate) stages: &'a [StageResult],
    pub(crate) manifest: &'a Manifest,
    /// The run folder, where one was written.
    pub(crate) place: Option<&'a Path>,
    pub(crate) verbose: bool,
    pub(crate) shown: Shown,
}

impl<'a> Screen<'a> {
    pub(crate) fn new(
        case: &'a Case,
        solution: &'a Solution,
        stages: &'a [StageResult],
        manifest: &'a Manifest,
    ) -> Result<Self, GasError> {
        let flows = solution
            .terminals
            .column("mass_flow_kg_per_s")
            .unwrap_or_default();
        let largest = flows
            .iter()
            .filter(|q| q.is_finite())
            .fold(0.0, |m: f64, q| m.max(q.abs()));
        let shown = Shown::new(case, largest)?;
        Ok(Self {
            case,
            solution,
            stages,
            manifest,
            place: None,
            verbose: false,
            shown,
        })
    }

    /// The whole text.
    pub(crate) fn text(&self) -> String {
        let mut text = head::text(self);
        let sections = [
            ("Off-takes".to_string(), deliveries::text(self)),
            ("Compressor stations".into(), stations::text(self)),
            (stages::heading(self), stages::text(self)),
            ("Balance".into(), balance::text(self)),
            ("Line pack".into(), linepack::text(self)),
            ("Energy balance".into(), heat::text(self)),
            ("Least distance from".into(), heat::margins(self)),
            ("Gas at off-takes".into(), quality::text(self)),
            ("Quality beyond limits".into(), quality::off_spec(self)),
            ("Arrivals".into(), quality::arrivals(self)),
            ("Error of pressures".into(), accuracy::text(self)),
            ("Limits violated".into(), self.violations()),
            ("What happened".into(), self.log()),
            ("Settings".into(), self.settings()),
            ("Assumed".into(), self.assumptions()),
        ];
        for (heading, section) in sections.iter().filter(|(_, s)| !s.is_empty()) {
            text.push_str(&format!("\n{BOLD}{heading}{BOLD:#}\n{section}"));
        }
        text.push_str(&self.foot());
        text
    }

    /// Without a solution there is nothing that could violate a limit.
    fn violations(&self) -> String {
        if self.solution.status.converged {
            violations::text(self)
        } else {
            String::new()
        }
    }

    /// Most lines of the log that are shown unless more is asked for.
    const LOG_LINES: usize = 10;

    fn log(&self) -> String {
        let log = &self.solution.log;
        let shown = if self.verbose {
            log.len()
        } else {
            log.len().min(Self::LOG_LINES)
        };
        let mut text: String = log[..shown]
            .iter()
            .map(|(t, what)| {
                let words = wrapped(what, 16);
                format!(
                    "  {:<14}{}\n",
                    crate::shown::duration(*t),
                    words.trim_start()
                )
            })
            .collect();
        if shown < log.len() {
            text.push_str(&format!(
                "  and {} more (-v shows all)\n",
                log.len() - shown
            ));
        }
        text
    }

    fn settings(&self) -> String {
        let settings = self.manifest.settings.iter().filter(|_| self.verbose);
        settings
            .map(|(name, value)| format!("  {name:<22}{value}\n"))
            .collect()
    }

    fn assumptions(&self) -> String {
        let case = self.case.assumptions.iter().filter(|_| self.verbose);
        let all = case.chain(self.solution.assumptions.iter().filter(|_| self.verbose));
        all.map(|line| format!("{}\n", wrapped(line, 2))).collect()
    }

    fn foot(&self) -> String {
        let t = &self.solution.timing;
        let c = &self.solution.counters;
        let mut text = format!("\n  Volumes at {}.\n", self.shown.reference);
        if let Some(place) = self.place {
            text.push_str(&format!(
                "  Written to {}: open report.html\n",
                place.display()
            ));
        }
        text.push_str(&format!(
            "  {} cells, {} steps; read {}, build {}, solve {}, write {}\n",
            c.cells,
            c.steps,
            wall_time(t.read),
            wall_time(t.build),
            wall_time(t.solve),
            wall_time(t.write)
        ));
        text
    }

    /// Whether time passes.
    fn is_run(&self) -> bool {
        let times = &self.solution.time_s;
        times.last() > times.first()
    }

    /// The index of the last time.
    fn last(&self) -> usize {
        self.solution.time_s.len().saturating_sub(1)
    }

    /// A value at the last time; NaN where it does not apply.
    fn value(&self, frame: &Frame, name: &str, id: &str) -> f64 {
        frame.value(name, self.last(), id).unwrap_or(f64::NAN)
    }

    /// The mode of an edge at the last time, or nothing.
    fn mode(&self, id: &str) -> &str {
        let edges = &self.solution.edges;
        let index = edges.ids.iter().position(|x| x == id);
        let mode = index.and_then(|i| edges.modes.get(self.last() * edges.ids.len() + i));
        mode.map_or("", String::as_str)
    }

    /// The identifiers of a kind in a frame.
    fn ids<'b>(frame: &'b Frame, kind: &'b str) -> impl Iterator<Item = &'b str> {
        let kinds = frame.ids.iter().zip(&frame.kinds);
        kinds
            .filter(move |(_, k)| *k == kind)
            .map(|(id, _)| id.as_str())
    }
}
