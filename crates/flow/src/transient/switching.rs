//! What changes over in the controls during a run: scheduled events, rules and protection, and limits
//! that take over from each other. Each is a line of the results, with its cause.

use super::{RATES_STEP_S, Runner};
use crate::events;
use crate::link::LinkLaw;
use crate::rules::{Due, Source, protects};
use crate::schedule::{self, Stop};
use crate::signal::Signal;
use crate::stepper::{Outcome, Span};
use crate::tableau::Tableau;
use crate::terminal::{TerminalKind, TerminalLaw};
use linepack_network::{Command, Event};
use linepack_results::{Snapshot, Switch};
use std::collections::BTreeMap;

/// How often a step is cut so that it ends where a rule acts.
const CUTS_MAX: usize = 8;
/// Time to which the beginning of a shortfall is located, s.
const LOCATED_S: f64 = 1e-3;
/// Most switches that are kept; all are counted.
const SWITCHES_MAX: usize = 20_000;

/// Multiple of the pressure outside below which a network is nearly empty.
const NEAR_EMPTY: f64 = 10.0;

/// Who lets something happen.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why<'d> {
    Schedule,
    Rule(&'d Due),
}

/// Something that was done to the controls, for snapshots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Done {
    pub time_s: f64,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    /// The event of the scenario at this place.
    Event(usize),
    /// The command at this place of the rule at this place.
    Command(usize, usize),
}

impl Done {
    pub(super) fn event(time_s: f64, index: usize) -> Self {
        let what = What::Event(index);
        Self { time_s, what }
    }

    fn command(time_s: f64, rule: usize, command: usize) -> Self {
        let what = What::Command(rule, command);
        Self { time_s, what }
    }

    fn name(self, number: usize) -> String {
        match self.what {
            What::Event(index) => format!("done {number:06} event {index} 0"),
            What::Command(rule, command) => format!("done {number:06} rule {rule} {command}"),
        }
    }

    fn named(name: &str, time_s: f64) -> Option<Self> {
        let mut words = name.split(' ').skip(2);
        let kind = words.next()?;
        let (first, second) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(match kind {
            "event" => Self::event(time_s, first),
            _ => Self::command(time_s, first, second),
        })
    }
}

/// Says that a snapshot tells what was done.
const TOLD: &str = "done";

impl Why<'_> {
    fn word(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Rule(due) if due.source == Source::Protection => "protection",
            Self::Rule(_) => "rule",
        }
    }

    fn cause(self) -> String {
        match self {
            Self::Schedule => String::new(),
            Self::Rule(due) => due.cause.clone(),
        }
    }
}

impl Runner<'_> {
    /// Lets the rules act that are due.
    pub(super) fn follow_rules(&mut self) {
        while self.rules.are_due() {
            let mut changed = false;
            for due in self.rules.take_due() {
                if due.source == Source::Contract {
                    self.below_contract(&due);
                    continue;
                }
                if due.then.is_empty() {
                    self.note(String::new(), due.cause.clone(), Why::Rule(&due));
                }
                for (place, command) in due.then.iter().enumerate() {
                    if self.obey(&due, command) {
                        self.done
                            .push(Done::command(self.state.time_s, due.index, place));
                        changed = true;
                    }
                }
            }
            if changed && self.state.time_s < self.end_s {
                let jump = Stop::jump(self.state.time_s);
                self.after_stop(&jump);
            }
        }
    }

    fn below_contract(&mut self, due: &Due) {
        let time_s = self.state.time_s;
        let terminals = self.controls.terminals.iter();
        if let Some(i) = terminals.clone().position(|t| t.id == due.name) {
            self.totals.first_below_contract[i] = Some(time_s);
        }
        self.write_down(
            due.name.clone(),
            due.cause.clone(),
            "contract",
            String::new(),
        );
    }

    /// Carries out what a rule asks for; whether something changed.
    fn obey(&mut self, due: &Due, command: &Command) -> bool {
        let (now_s, element) = (self.state.time_s, &command.element);
        let idle = || !protects(self.model, &self.controls, element, now_s);
        if due.source == Source::Protection && idle() {
            return false;
        }
        let event = Event {
            at_s: now_s,
            element: element.clone(),
            action: command.action.clone(),
        };
        let done = self.happen(&event, Why::Rule(due));
        if let Some(over_s) = schedule::lasts(self.model, &event).filter(|_| done) {
            let stop = Stop::bend(now_s + over_s);
            if stop.time_s < self.end_s {
                schedule::insert(&mut self.stops, stop);
            }
        }
        done
    }

    /// Lets an event take place unless an interlock refuses it; whether it did. Nothing refuses what
    /// protection does.
    pub(super) fn happen(&mut self, event: &Event, why: Why<'_>) -> bool {
        let protection = matches!(why, Why::Rule(due) if due.source == Source::Protection);
        let refusal = self.rules.refusal(&event.element, &event.action);
        if let Some(interlock) = refusal.filter(|_| !protection) {
            let what = format!("{}: refused", event.element);
            self.write_down(event.element.clone(), what, "interlock", interlock);
            return false;
        }
        let what = events::apply(self.model, &mut self.controls, event);
        self.note(event.element.clone(), what, why);
        self.totals.first_event.get_or_insert(event.at_s);
        self.counters.events += 1;
        true
    }

    fn note(&mut self, element: String, what: String, why: Why<'_>) {
        let cause = if element.is_empty() {
            String::new()
        } else {
            why.cause()
        };
        self.write_down(element, what, why.word(), cause);
    }

    fn write_down(&mut self, element: String, what: String, by: &str, cause: String) {
        let words = if cause.is_empty() {
            what.clone()
        } else {
            format!("{what} ({cause})")
        };
        self.log.push((self.state.time_s, words));
        self.keep_switch(element, what, by, cause);
    }

    fn keep_switch(&mut self, element: String, what: String, by: &str, cause: String) {
        if self.switches.len() < SWITCHES_MAX {
            self.switches.push(Switch {
                time_s: self.state.time_s,
                element,
                what,
                by: by.to_owned(),
                cause,
            });
        }
    }

    /// What a snapshot must tell of rules and of what was done.
    pub(super) fn numbers(&self) -> BTreeMap<String, f64> {
        let mut numbers = BTreeMap::from([(TOLD.to_owned(), self.done.len() as f64)]);
        for (i, done) in self.done.iter().enumerate() {
            numbers.insert(done.name(i), done.time_s);
        }
        self.rules.numbers(&mut numbers);
        numbers
    }

    /// Does again what was done before the time of a snapshot. One that does not tell is taken to have
    /// seen all events of the scenario, and no rule.
    pub(super) fn do_again(&mut self, from: &Snapshot) {
        let now_s = self.state.time_s;
        let told = from.numbers.contains_key(TOLD);
        let names = from.numbers.range(format!("{TOLD} ")..format!("{TOLD}!"));
        let mut done: Vec<Done> = names.filter_map(|(k, v)| Done::named(k, *v)).collect();
        if !told {
            let events = self.model.case.scenario.events.iter().enumerate();
            let past = events.filter(|(_, e)| e.at_s <= now_s);
            done = past.map(|(i, e)| Done::event(e.at_s, i)).collect();
        }
        for done in &done {
            if let Some(event) = self.event_of(done) {
                events::apply(self.model, &mut self.controls, &event);
            }
        }
        self.rules.restore(&from.numbers);
        self.done = done;
    }

    fn event_of(&self, done: &Done) -> Option<Event> {
        match done.what {
            What::Event(index) => self.model.case.scenario.events.get(index).cloned(),
            What::Command(rule, command) => {
                let command = self.rules.command(rule, command)?;
                Some(Event {
                    at_s: done.time_s,
                    element: command.element.clone(),
                    action: command.action.clone(),
                })
            }
        }
    }

    /// Ends of what rules began before the start, as stops.
    pub(super) fn stops_of_rules(&mut self) {
        let (now_s, end_s) = (self.state.time_s, self.end_s);
        for done in self.done.clone() {
            let event = self.event_of(&done);
            let over = event.and_then(|e| schedule::lasts(self.model, &e));
            let at_s = over.map(|s| done.time_s + s);
            if let (What::Command(..), Some(at_s)) = (done.what, at_s)
                && at_s > now_s
                && at_s < end_s
            {
                schedule::insert(&mut self.stops, Stop::bend(at_s));
            }
        }
    }

    /// An off-take that takes its flow whatever the pressure takes less all the same when there is no
    /// gas left: near emptiness the pressure outside becomes the least of its own.
    pub(super) fn spare_the_last_gas(&mut self) {
        let (model, time_s) = (self.model, self.state.time_s);
        let outside = model.settings.atmospheric_pressure_pa;
        for terminal in &mut self.controls.terminals {
            let near = self.state.node_pressure[terminal.node] < NEAR_EMPTY * outside;
            if let TerminalLaw::Bounds {
                low,
                high,
                pressure: pressure @ None,
                ..
            } = &mut terminal.law
                && near
                && terminal.kind == TerminalKind::OffTake
                && low.at(time_s, &model.profiles) < 0.0
            {
                *pressure = Some(Signal::Constant(outside));
                *high = Signal::Constant(0.0);
            }
        }
    }

    /// Where a control changed over within the step, its node's rates are found anew.
    pub(super) fn note_modes(&mut self, method: &'static Tableau) {
        let changes = self.changes_of_modes();
        let mut changed = !changes.is_empty();
        for (element, what) in changes.into_iter().flatten() {
            self.counters.limit_changes += 1;
            self.keep_switch(element, what, "limit", String::new());
        }
        let newton = &self.stepper.newton;
        self.link_modes.clone_from(&newton.link_modes);
        self.terminal_modes.clone_from(&newton.terminal_modes);
        for words in crate::steady::reconfigure(self.model, &mut self.controls, &self.state) {
            self.log.push((self.state.time_s, words));
            changed = true;
        }
        if changed && method.explicit_first && self.state.time_s + RATES_STEP_S < self.end_s {
            self.find_rates();
        }
    }

    /// The elements on another branch of their law than after the step before, and the branches; none
    /// for valves, which only do as they are told.
    fn changes_of_modes(&self) -> Vec<Option<(String, String)>> {
        let newton = &self.stepper.newton;
        let links = self.link_modes.iter().zip(&newton.link_modes);
        let links = links.zip(&self.controls.links);
        let mut all: Vec<_> = links
            .filter(|((old, new), _)| old != new)
            .map(|((old, new), link)| {
                let words = || between(&link.id, old.word(), new.word());
                let told = matches!(link.law, LinkLaw::Valve(_));
                (!told).then(|| (link.id.clone(), words()))
            })
            .collect();
        let terminals = self.terminal_modes.iter().zip(&newton.terminal_modes);
        let terminals = terminals.zip(&self.controls.terminals);
        all.extend(
            terminals
                .filter(|((old, new), _)| old != new)
                .map(|((old, new), t)| {
                    let words = between(&t.id, old.word(t.kind), new.word(t.kind));
                    Some((t.id.clone(), words))
                }),
        );
        all
    }

    /// The length of a step that ends where a rule acts or an off-take begins to get less, if that is
    /// within the step just attempted.
    pub(super) fn ends_sooner(&mut self, cuts: &mut usize, span: Span) -> Option<f64> {
        if *cuts > CUTS_MAX {
            return None;
        }
        *cuts += 1;
        let (from_s, to_s) = (self.state.time_s, self.stepper.trial.time_s);
        let short_s = self.shortfall_within(span);
        let sooner_s = self.look_at_rules(self.method, [from_s, to_s]);
        let first_s = sooner_s.into_iter().chain(short_s).reduce(f64::min)?;
        Some(first_s - from_s)
    }

    /// When off-takes that get less at the end of the step just attempted, and never did before, begin to.
    ///
    /// The same step without the limits that hold them back shows when their pressures cross them. The
    /// first of these times is returned where it is well within the step.
    fn shortfall_within(&mut self, span: Span) -> Option<f64> {
        let (from_s, to_s) = (self.state.time_s, self.stepper.trial.time_s);
        let list = self.newly_short();
        if list.is_empty() {
            return None;
        }
        let mut free = self.controls.clone();
        for &(i, _) in &list {
            if let TerminalLaw::Bounds {
                high,
                low,
                pressure,
                ..
            } = &mut free.terminals[i].law
            {
                high.clone_from(low);
                *pressure = None;
            }
        }
        let (model, method) = (self.model, self.method);
        let outcome = self
            .stepper
            .attempt(model, &free, method, &self.state, span);
        if let Outcome::Solved { .. } = outcome {
            for &(i, limit) in &list {
                let node = free.terminals[i].node;
                let nodes = self.stepper.nodes(method, &self.state);
                let pressures = nodes.map(|(c, s)| (c, s.node_pressure[node]));
                self.short_from[i] = crate::rules::first_below([from_s, to_s], pressures, limit);
            }
        }
        let times = list.iter().filter_map(|&(i, _)| self.short_from[i]);
        let first_s = times.fold(f64::INFINITY, f64::min);
        let within = first_s > from_s + LOCATED_S && first_s < to_s - LOCATED_S;
        if !within {
            self.stepper
                .attempt(model, &self.controls, method, &self.state, span);
        }
        within.then_some(first_s)
    }

    /// Off-takes that get less than they ask for, for the first time, and the pressures that hold them.
    fn newly_short(&self) -> Vec<(usize, f64)> {
        let time_s = self.stepper.trial.time_s;
        let profiles = &self.model.profiles;
        let limit = |(i, terminal): (usize, &crate::terminal::Terminal)| {
            let TerminalLaw::Bounds {
                low,
                pressure: Some(pressure),
                shut: false,
                ..
            } = &terminal.law
            else {
                return None;
            };
            let asked = -low.at(time_s, profiles);
            let got = -self.stepper.trial.inflow[i];
            let new = self.totals.first_shortfall[i].is_none() && terminal.requested.is_some();
            let short = terminal.kind == TerminalKind::OffTake && is_short(got, asked);
            (new && short).then(|| (i, pressure.at(time_s, profiles)))
        };
        self.controls
            .terminals
            .iter()
            .enumerate()
            .filter_map(limit)
            .collect()
    }

    pub(super) fn look_at_rules(
        &mut self,
        method: &'static Tableau,
        span: [f64; 2],
    ) -> Option<f64> {
        if self.rules.is_empty() {
            return None;
        }
        let nodes = self.stepper.nodes(method, &self.state);
        self.rules.look(self.model, &self.controls, span, nodes)
    }
}

/// Whether less is got than is asked for.
pub(super) fn is_short(got: f64, asked: f64) -> bool {
    got < asked * (1.0 - 1e-6) - 1e-9
}

fn between(id: &str, old: &str, new: &str) -> String {
    format!("{id}: from {old} to {new}")
}
