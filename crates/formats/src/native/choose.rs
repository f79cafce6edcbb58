//! Which stage and scenario of a document are read, and the values they put in place.

use super::assign::{self, Assignment, Names};
use super::describe::list;
use super::read::Selection;
use super::schema::{CASE, SCENARIO, STAGE, Schema};
use super::tree::Table;
use crate::codes;
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use linepack_network::nearest;

/// The stage and the scenario that are read: their places in the file.
pub(super) struct Chosen {
    pub(super) stage: Option<usize>,
    pub(super) scenario: Option<usize>,
}

impl Chosen {
    /// Finds them; what does not exist is reported.
    pub(super) fn new(
        root: &Table,
        selection: &Selection,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Self {
        let stage = Wanted::new(root, &selection.stage, "default_stage", "--stage ", sources);
        let scenario = Wanted::new(
            root,
            &selection.scenario,
            "default_scenario",
            "--scenario ",
            sources,
        );
        let only = (scenario.is_none() && root.rows(SCENARIO.key).count() == 1).then_some(0);
        Self {
            stage: stage.and_then(|w| w.find(root, &STAGE, codes::UNKNOWN_STAGE, report)),
            scenario: only
                .or_else(|| scenario?.find(root, &SCENARIO, codes::UNKNOWN_SCENARIO, report)),
        }
    }

    /// Puts the values of stage, scenario and command line in place, and gives back those of the
    /// other stages and scenarios.
    pub(super) fn assign(
        &self,
        root: &mut Table,
        selection: &Selection,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Vec<Assignment> {
        let names = Names::new(root, self.scenario);
        let (mut used, mut unused) = (Vec::new(), Vec::new());
        for (schema, chosen) in [(&STAGE, self.stage), (&SCENARIO, self.scenario)] {
            for (index, row) in root.rows(schema.key).enumerate() {
                let Some(set) = row.table("set") else {
                    continue;
                };
                let list = if chosen == Some(index) {
                    &mut used
                } else {
                    &mut unused
                };
                list.extend(assign::of_table(set, &names));
            }
        }
        used.extend(assign::of_command_line(&selection.set, sources));
        for problem in used
            .iter()
            .filter_map(|a| assign::apply(a, root, &names).err())
        {
            report.add(problem);
        }
        unused
    }
}

/// A stage or scenario asked for, and where.
struct Wanted {
    name: String,
    span: Span,
}

impl Wanted {
    fn new(
        root: &Table,
        asked: &Option<String>,
        default_key: &str,
        option: &str,
        sources: &mut Sources,
    ) -> Option<Self> {
        if let Some(name) = asked {
            let source = sources.add("command line", format!("{option}{name}"));
            let span = Span::new(source, option.len()..option.len() + name.len());
            return Some(Self {
                name: name.clone(),
                span,
            });
        }
        let case = root.table(CASE.key)?;
        let name = case.text(default_key)?.to_owned();
        Some(Self {
            name,
            span: case.get(default_key)?.span,
        })
    }

    fn find(
        self,
        root: &Table,
        schema: &'static Schema,
        code: &'static str,
        report: &mut Report,
    ) -> Option<usize> {
        let names = || root.rows(schema.key).filter_map(|r| r.text("name"));
        let at = root
            .rows(schema.key)
            .position(|r| r.text("name") == Some(&self.name));
        if at.is_none() {
            let kind = schema.name;
            let help = match nearest(&self.name, names()) {
                Some(near) => format!("a {kind} named \"{near}\" exists"),
                None if names().next().is_none() => format!("the case has no {kind}"),
                None => format!("the case has {}", list(names(), "and")),
            };
            let message = format!("there is no {kind} \"{}\"", self.name);
            report.add(
                Problem::error(code, self.span, message)
                    .label(format!("unknown {kind}"))
                    .help(help),
            );
        }
        at
    }
}
