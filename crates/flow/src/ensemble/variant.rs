//! A worker's own copy of the model, which becomes one member after the other.
//!
//! Mesh and property tables are those of the base model. Where a member changes set-points, the laws of
//! these elements are made anew, as from a case that states them so; where it changes the mesh or what
//! takes part, the model is.

use super::{Member, relations::Relations};
use crate::build::{self, Laws};
use crate::model::{BuildError, Model};
use linepack_network::{Before, Change, ChangeError, ElementKind, Field, Target};

/// A copy of the base model with the changes of a member.
pub(super) struct Variant<'m> {
    base: &'m Model,
    relations: &'m Relations,
    model: Model,
    /// What stood in the case before, in the order in which it was changed.
    changed: Vec<(Target, Before)>,
    /// A model of its own, for a member of another mesh.
    own: Option<Box<Model>>,
}

/// Whether the work arrays of the base model serve a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// They do.
    Base,
    /// The member needs its own.
    Own,
}

impl<'m> Variant<'m> {
    pub(super) fn new(base: &'m Model, relations: &'m Relations) -> Self {
        Self {
            base,
            relations,
            model: base.clone(),
            changed: Vec::new(),
            own: None,
        }
    }

    /// The model of the member.
    pub(super) fn model(&self) -> &Model {
        self.own.as_deref().unwrap_or(&self.model)
    }

    /// Becomes a member.
    ///
    /// Errors: what of the member cannot be meant.
    pub(super) fn become_member(&mut self, member: &Member) -> Result<Fit, BuildError> {
        self.become_base();
        for change in &member.changes {
            self.change(change)?;
        }
        let scenario = &mut self.model.case.scenario;
        if !member.events.is_empty() {
            scenario.events.extend_from_slice(&member.events);
            scenario.events.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        }
        if self
            .changed
            .iter()
            .any(|(target, _)| self.needs_model(*target))
            || self.is_higher()
        {
            let own = Model::build_like(&self.model.case, &self.model.options, self.base)?;
            self.own = Some(Box::new(own));
            return Ok(Fit::Own);
        }
        self.make_laws()?;
        let fits = self.has_pattern_of_base();
        Ok(if fits { Fit::Base } else { Fit::Own })
    }

    fn become_base(&mut self) {
        self.own = None;
        while let Some((target, before)) = self.changed.pop() {
            target.restore(&mut self.model.case, before);
            self.take_from_base(target);
        }
        let events = &self.base.case.scenario.events;
        self.model.case.scenario.events.clone_from(events);
    }

    /// The laws of an element as the base model has them.
    fn take_from_base(&mut self, target: Target) {
        if let Some(i) = self.relations.terminal(target) {
            self.model.terminals[i].clone_from(&self.base.terminals[i]);
        }
        if let Some(i) = self.relations.link(target) {
            self.model.links[i].clone_from(&self.base.links[i]);
        }
        if let Some(i) = target.flow_profile(&self.base.case) {
            self.model.profiles[i].clone_from(&self.base.profiles[i]);
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), BuildError> {
        let wrong = |why: ChangeError, case: &linepack_network::Case| {
            let element = change.target.element(case).unwrap_or("?");
            BuildError::new(element, words(change, &why))
        };
        let before = change.apply(&mut self.model.case);
        let before = before.map_err(|why| wrong(why, &self.model.case))?;
        self.changed.push((change.target, before));
        Ok(())
    }

    /// Whether a change of this number is one of the mesh, or of what takes part.
    fn needs_model(&self, target: Target) -> bool {
        target.field == Field::InService || target.kind == ElementKind::Pipe
    }

    /// Whether the member has higher pressures than the property tables were made for.
    fn is_higher(&self) -> bool {
        let raised = self.changed.iter().any(|(t, _)| t.field.is_pressure());
        let highest = build::highest_pressure;
        raised && highest(&self.model.case) > highest(&self.base.case)
    }

    /// Makes the laws of changed elements anew.
    fn make_laws(&mut self) -> Result<(), BuildError> {
        for (target, _) in &self.changed {
            if let Some(i) = target.flow_profile(&self.base.case) {
                self.model.profiles[i].clone_from(&self.model.case.profiles[i]);
            }
            let laws = Laws {
                case: &self.model.case,
                gas: &self.base.gas,
            };
            if let Some(i) = self.relations.terminal(*target) {
                let place = self.base.terminals[i].place();
                if let Some(terminal) = laws.terminal(target.kind, target.index, place) {
                    self.model.terminals[i] = terminal?;
                }
            }
            if let Some(i) = self.relations.link(*target)
                && let Some(law) = laws.link(target.kind, target.index)
            {
                self.model.links[i].law = law?;
            }
        }
        Ok(())
    }

    /// Whether the same terminals can hold a pressure as in the base model.
    fn has_pattern_of_base(&self) -> bool {
        let mut touched = self
            .changed
            .iter()
            .filter_map(|(t, _)| self.relations.terminal(*t));
        touched.all(|i| {
            let can = |model: &Model| model.terminals[i].can_hold_pressure();
            can(&self.model) == can(self.base)
        })
    }
}

/// What is wrong with a change, in words.
fn words(change: &Change, why: &ChangeError) -> String {
    let key = change.target.field.key();
    match why {
        ChangeError::NotStated => format!("the case states no `{key}` that could be changed"),
        ChangeError::OtherFlow => format!("`{key}` is a flow of another kind"),
        ChangeError::OutOfRange { value } => {
            let [least, most] = change.target.field.bounds();
            let bound = if *value > most {
                format!("above {most}")
            } else {
                format!("below {least}")
            };
            format!("`{key}` would be {value}, which cannot be meant ({bound})")
        }
    }
}
