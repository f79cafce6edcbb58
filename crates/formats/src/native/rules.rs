//! What must hold between the keys of a table.

use super::describe::list;
use super::schema::Rule;
use super::tree::{Raw, Table};
use crate::codes;
use crate::report::Problem;
use crate::sources::Span;

/// A problem, and the keys to blame.
type Broken = (Problem, Vec<&'static str>);

/// What a rule has against the keys of a table.
pub(super) fn broken(rule: &'static Rule, table: &Table, subject: &str) -> Option<Broken> {
    let keys = Keys { table, subject };
    match *rule {
        Rule::One(list) | Rule::Column(list) => keys.one_of(list, true),
        Rule::AtMostOne(list) => keys.one_of(list, false),
        Rule::Together(a, b) => keys.needs(a, b).or_else(|| keys.needs(b, a)),
        Rule::Needs(a, b) => keys.needs(a, b),
        Rule::When(key, value, list) => keys.when(key, value, list),
        Rule::OnlyWhen(given, key, value) => keys.only_when(given, key, value),
        Rule::SameLength(a, b) => keys.same_length(a, b),
        Rule::Count(key, count) => keys.count(key, count),
        Rule::Each(key, count) => keys.each(key, count),
    }
}

/// The keys of a table, and what messages call it.
struct Keys<'t> {
    table: &'t Table,
    subject: &'t str,
}

impl Keys<'_> {
    fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    fn at(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.table.span, |v| v.span)
    }

    fn one_of(&self, keys: &'static [&'static str], needed: bool) -> Option<Broken> {
        let given = keys
            .iter()
            .copied()
            .filter(|k| self.has(k))
            .collect::<Vec<_>>();
        let subject = self.subject;
        let all = list(keys.iter().copied(), "or");
        let problem = match given.as_slice() {
            [_] => return None,
            [] if !needed => return None,
            [] if keys.len() == 1 => Problem::error(
                codes::MISSING_KEY,
                self.table.span,
                format!("{subject} has no {all}"),
            )
            .label(format!("{all} is missing here")),
            [] => Problem::error(
                codes::EXACTLY_ONE,
                self.table.span,
                format!("{subject} has none of {all}"),
            )
            .label("one of them is needed here"),
            [.., last] => {
                let both = list(given.iter().copied(), "and");
                let message = format!("{subject} has {both}, which exclude each other");
                Problem::error(codes::EXACTLY_ONE, self.at(last), message)
                    .label(format!("only one of {all} is possible"))
            }
        };
        Some((problem, keys.to_vec()))
    }

    fn needs(&self, given: &'static str, other: &'static str) -> Option<Broken> {
        if !self.has(given) || self.has(other) {
            return None;
        }
        let message = format!("{} has `{given}` without `{other}`", self.subject);
        let problem = Problem::error(codes::INCOMPLETE, self.at(given), message);
        Some((problem.label(format!("needs `{other}` too")), vec![other]))
    }

    fn when(&self, key: &str, value: &str, keys: &'static [&'static str]) -> Option<Broken> {
        let given = keys.iter().copied().find(|k| self.has(k));
        match (self.table.text(key) == Some(value), given) {
            (true, None) => {
                let message = format!(
                    "{} says `{key} = \"{value}\"` and nothing of what",
                    self.subject
                );
                let problem = Problem::error(codes::INCOMPLETE, self.at(key), message);
                let wanted = list(keys.iter().copied(), "or");
                Some((problem.label(format!("needs {wanted} too")), keys.to_vec()))
            }
            (false, Some(given)) => Some((self.misplaced(given, key, value), vec![])),
            _ => None,
        }
    }

    fn only_when(&self, given: &str, key: &str, value: &str) -> Option<Broken> {
        let misplaced = self.has(given) && self.table.text(key) != Some(value);
        misplaced.then(|| (self.misplaced(given, key, value), vec![]))
    }

    fn misplaced(&self, given: &str, key: &str, value: &str) -> Problem {
        let message = format!(
            "{} has `{given}`, which goes with `{key} = \"{value}\"` only",
            self.subject
        );
        Problem::error(codes::MISPLACED, self.at(given), message).label("not possible here")
    }

    fn count(&self, key: &'static str, count: usize) -> Option<Broken> {
        let value = self.table.get(key)?;
        let Raw::List(list) = &value.raw else {
            return None;
        };
        let problem = self.wrong_length(key, list.len(), value.span, count)?;
        Some((problem, vec![key]))
    }

    fn each(&self, key: &'static str, count: usize) -> Option<Broken> {
        let Raw::List(lists) = &self.table.get(key)?.raw else {
            return None;
        };
        let wrong = lists.iter().find_map(|value| match &value.raw {
            Raw::List(list) => self.wrong_length(key, list.len(), value.span, count),
            _ => None,
        });
        Some((wrong?, vec![key]))
    }

    fn wrong_length(
        &self,
        key: &'static str,
        length: usize,
        span: Span,
        count: usize,
    ) -> Option<Problem> {
        if length == count {
            return None;
        }
        let message = format!("{} has {length} numbers for `{key}`", self.subject);
        let problem = Problem::error(codes::LENGTHS_DIFFER, span, message);
        Some(problem.label(format!("expected {count} numbers")))
    }

    fn same_length(&self, a: &'static str, b: &'static str) -> Option<Broken> {
        let length = |key: &str| match &self.table.get(key)?.raw {
            Raw::List(list) => Some(list.len()),
            _ => None,
        };
        let (first, second) = (length(a)?, length(b)?);
        if first == second {
            return None;
        }
        let message = format!(
            "{} has {first} of `{a}` and {second} of `{b}`",
            self.subject
        );
        let problem = Problem::error(codes::LENGTHS_DIFFER, self.at(b), message);
        Some((
            problem.label(format!("expected {first} values")),
            vec![a, b],
        ))
    }
}
