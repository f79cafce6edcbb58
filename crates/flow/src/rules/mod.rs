//! Rules, protection and interlocks: what follows by itself, and what is refused.
//!
//! After every step each condition is followed along the step's polynomial (`watch`), and the clock of
//! each rule tells when it acts (`clock`). A step in which a rule acts is taken anew so that it ends
//! there, to a thousandth of a second. Protection of valves and stations is made of rules.

mod clock;
mod gauge;
mod protection;
mod watch;
mod words;

use crate::model::Model;
use crate::state::{Controls, State};
use clock::{Clock, Timing};
use linepack_network::{Action, Command, Interlock, Rule};
use std::collections::BTreeMap;
use watch::Watch;

pub(crate) use protection::protects;
pub(crate) use watch::first_below;

/// A time before all others, s.
const EVER_S: f64 = -1e12;
/// Time to which actions are placed, s.
const RESOLUTION_S: f64 = 1e-3;

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The scenario.
    Scenario,
    /// The protection of an element, which acts only while there is something to protect.
    Protection,
    /// The contract pressure of an off-take: only the time is of interest.
    Contract,
}

/// A rule at work.
#[derive(Debug, Clone)]
struct Active {
    source: Source,
    name: String,
    /// Why it acts, in words.
    cause: String,
    when: Watch,
    rearm: Option<Watch>,
    timing: Timing,
    then: Vec<Command>,
    clock: Clock,
    due_s: Option<f64>,
}

/// What a rule asks for.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub source: Source,
    /// Its place among all rules of the model.
    pub index: usize,
    pub name: String,
    pub cause: String,
    pub then: Vec<Command>,
}

/// All rules and interlocks of a model.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    active: Vec<Active>,
    interlocks: Vec<(Interlock, Watch)>,
    span: [f64; 2],
}

impl Rules {
    /// Rules and interlocks whose elements take part, and the protection of elements.
    pub(crate) fn new(model: &Model) -> Self {
        let scenario = &model.case.scenario;
        let mut active: Vec<Active> = scenario
            .rules
            .iter()
            .filter_map(|rule| Active::new(model, rule, Source::Scenario))
            .collect();
        let protection = protection::rules(model);
        active.extend(
            protection
                .iter()
                .filter_map(|rule| Active::new(model, rule, Source::Protection)),
        );
        active.extend(
            protection::contracts(model)
                .iter()
                .filter_map(|rule| Active::new(model, rule, Source::Contract)),
        );
        let interlock = |i: &Interlock| Some((i.clone(), Watch::new(model, &i.when)?));
        Self {
            active,
            interlocks: scenario.interlocks.iter().filter_map(interlock).collect(),
            span: [0.0; 2],
        }
    }

    /// Whether there is nothing to watch.
    pub(crate) fn is_empty(&self) -> bool {
        self.active.is_empty() && self.interlocks.is_empty()
    }

    fn watches(&mut self) -> impl Iterator<Item = &mut Watch> {
        let rules = self
            .active
            .iter_mut()
            .flat_map(|a| std::iter::once(&mut a.when).chain(&mut a.rearm));
        rules.chain(self.interlocks.iter_mut().map(|(_, watch)| watch))
    }

    /// Begins with a state; what holds already has held since now.
    pub(crate) fn begin(&mut self, model: &Model, controls: &Controls, state: &State) {
        self.span = [state.time_s; 2];
        self.watches()
            .for_each(|watch| watch.begin(model, controls, state));
        self.judge();
    }

    /// Looks at a step; the first time at which a rule acts, where it must end before its end.
    pub(crate) fn look<'s>(
        &mut self,
        model: &Model,
        controls: &Controls,
        span: [f64; 2],
        nodes: impl Iterator<Item = (f64, &'s State)> + Clone,
    ) -> Option<f64> {
        self.span = span;
        self.watches()
            .for_each(|watch| watch.look(model, controls, span, nodes.clone()));
        self.judge();
        let first = self.active.iter().filter_map(|a| a.due_s);
        let first = first.fold(f64::INFINITY, f64::min);
        (first < span[1] - RESOLUTION_S).then(|| first.max(span[0] + RESOLUTION_S))
    }

    fn judge(&mut self) {
        let from_s = self.span[0];
        for rule in &mut self.active {
            let held = rule.when.stretches();
            rule.due_s = rule.clock.due(rule.timing, from_s, held, rule.rearmed());
        }
    }

    /// The step just looked at has been taken.
    pub(crate) fn keep(&mut self) {
        let span = self.span;
        self.watches().for_each(Watch::keep);
        for rule in &mut self.active {
            let rearmed = rule.rearmed();
            rule.clock.advance(span, rule.when.stretches(), rearmed);
        }
    }

    /// Whether a rule acts now.
    pub(crate) fn are_due(&self) -> bool {
        self.active.iter().any(|a| a.due_s.is_some())
    }

    /// What rules ask for at the end of the step just taken.
    pub(crate) fn take_due(&mut self) -> Vec<Due> {
        let now_s = self.span[1];
        let act = |(index, rule): (usize, &mut Active)| {
            rule.due_s.take()?;
            rule.clock.act(now_s);
            Some(Due {
                source: rule.source,
                index,
                name: rule.name.clone(),
                cause: rule.cause.clone(),
                then: rule.then.clone(),
            })
        };
        self.active.iter_mut().enumerate().filter_map(act).collect()
    }

    /// What a rule asks for with one of its commands.
    pub(crate) fn command(&self, index: usize, command: usize) -> Option<&Command> {
        self.active.get(index)?.then.get(command)
    }

    /// How far every rule is, for a snapshot: numbers by name.
    pub(crate) fn numbers(&self, into: &mut BTreeMap<String, f64>) {
        for (i, rule) in self.active.iter().enumerate() {
            let clock = &rule.clock;
            let mut put = |what: &str, value: Option<f64>| {
                if let Some(value) = value {
                    into.insert(format!("rule {i} {what}"), value);
                }
            };
            put("since", clock.since_s);
            put("armed", clock.armed_s.map(|t| t.max(EVER_S)));
            put("last", clock.last_s);
            put("acted", Some(clock.acted as f64));
            for (k, value) in rule.when.window().into_iter().enumerate() {
                put(&format!("window {k:06}"), Some(value));
            }
        }
    }

    /// Takes rules up where a snapshot left them.
    pub(crate) fn restore(&mut self, from: &BTreeMap<String, f64>) {
        for (i, rule) in self.active.iter_mut().enumerate() {
            let get = |what: &str| from.get(&format!("rule {i} {what}")).copied();
            let Some(acted) = get("acted") else {
                continue;
            };
            rule.clock = Clock {
                since_s: get("since"),
                armed_s: get("armed"),
                last_s: get("last"),
                acted: acted as usize,
            };
            let window: Vec<f64> = (0..)
                .map_while(|k| get(&format!("window {k:06}")))
                .collect();
            rule.when.set_window(&window);
        }
    }

    /// The interlock that refuses an action now.
    pub(crate) fn refusal(&self, element: &str, action: &Action) -> Option<String> {
        let refuses = |(interlock, watch): &&(Interlock, Watch)| {
            interlock.element == element
                && interlock.refuses.is_none_or(|kind| kind.is(action))
                && watch.holds()
        };
        self.interlocks.iter().find(refuses).map(|(interlock, _)| {
            let condition = words::condition(&interlock.when);
            format!("interlock \"{}\": {condition}", interlock.name)
        })
    }
}

impl Active {
    fn new(model: &Model, rule: &Rule, source: Source) -> Option<Self> {
        let rearm = match &rule.rearm {
            Some(condition) => Some(Watch::new(model, condition)?),
            None => None,
        };
        Some(Self {
            source,
            name: rule.name.clone(),
            cause: words::cause(rule, source),
            when: Watch::new(model, &rule.when)?,
            rearm,
            timing: Timing {
                lasting_s: rule.lasting_s,
                pause_s: rule.pause_s,
                once: rule.once,
            },
            then: rule.then.clone(),
            clock: Clock::default(),
            due_s: None,
        })
    }

    /// The first time in the step from which it can act again.
    fn rearmed(&self) -> Option<f64> {
        if self.clock.armed_s.is_some() {
            return None;
        }
        match &self.rearm {
            Some(watch) => watch.stretches().first().map(|s| s.from_s),
            None => self.when.over(),
        }
    }
}
