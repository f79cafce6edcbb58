//! Reading an ensemble, in order: the file, its variations, its table of members, what is kept.

use super::distribution::{Measure, Stated};
use super::schema::{ENSEMBLE, GROUP, KEEP, OUTAGE, SECTIONS, TIME, VARIATION};
use super::table;
use super::target::{Elements, Trial, column, outage};
use crate::codes;
use crate::native::decode::{Cell, Decoder, Row};
use crate::native::load::{self, Shape};
use crate::native::member::Member;
use crate::native::settings;
use crate::native::tree::{self, Located, Raw, Table};
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use crate::{Diagnostic, Severity};
use linepack_network::{Case, Distribution, Ensemble, Group, Kept, Outage, Target, Variation};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// An ensemble that can be used.
#[derive(Debug, Clone)]
pub struct LoadedEnsemble {
    /// The ensemble.
    pub ensemble: Ensemble,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// Every file read, and its text.
    pub sources: Vec<(PathBuf, String)>,
}

/// Reads an ensemble of a case: an `ensemble.toml`, and the table of members that it names.
///
/// Errors: everything wrong with it, in the order of the files.
pub fn read_ensemble(path: &Path, case: &Case) -> Result<LoadedEnsemble, Vec<Diagnostic>> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = load::text(path, load::CASE_MAX, &mut sources, &mut report);
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    Reading::new(source, Some(&folder), case, &mut sources, &mut report).finish()
}

/// Reads an ensemble from the text of its file, which can name no other files.
///
/// Errors: as [`read_ensemble`].
pub fn read_ensemble_str(
    name: &str,
    text: &str,
    case: &Case,
) -> Result<LoadedEnsemble, Vec<Diagnostic>> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add(name, text.to_owned());
    Reading::new(source, None, case, &mut sources, &mut report).finish()
}

struct Reading<'a> {
    root: Table,
    folder: Option<&'a Path>,
    case: &'a Case,
    elements: Elements<'a>,
    trial: Trial,
    sources: &'a mut Sources,
    report: &'a mut Report,
    fragmentary: bool,
}

impl<'a> Reading<'a> {
    fn new(
        source: usize,
        folder: Option<&'a Path>,
        case: &'a Case,
        sources: &'a mut Sources,
        report: &'a mut Report,
    ) -> Self {
        let mut root = tree::from_toml(sources, source, report);
        let fragmentary = report.has_errors();
        let shapes = SECTIONS.map(|(schema, many)| Shape { schema, many });
        load::sections_are_known("an ensemble", &shapes, &mut root, report);
        let mut trial = Trial(case.clone());
        // What a profile of several elements stands for is told apart when the ensemble is prepared.
        trial.0.scenario.events.clear();
        Self {
            root,
            folder,
            case,
            elements: Elements::new(case),
            trial,
            sources,
            report,
            fragmentary,
        }
    }

    fn finish(mut self) -> Result<LoadedEnsemble, Vec<Diagnostic>> {
        let ensemble = self.ensemble();
        let report = std::mem::take(self.report);
        let failed = report.has_errors();
        let warnings = report.finish(self.sources);
        if failed {
            return Err(warnings);
        }
        debug_assert!(warnings.iter().all(|w| w.severity == Severity::Warning));
        Ok(LoadedEnsemble {
            ensemble,
            warnings,
            sources: std::mem::take(self.sources).into_files(),
        })
    }

    fn ensemble(&mut self) -> Ensemble {
        let root = std::mem::replace(&mut self.root, Table::empty(Span::beginning(0)));
        let head = match root.table(ENSEMBLE.key) {
            Some(table) => table.clone(),
            None => Table::empty(Span::beginning(0)),
        };
        let row = self.decoder().row(&head, &ENSEMBLE, "[ensemble]");
        let groups = self.groups(&root);
        let mut variations = self.variations(&root, &groups);
        let (columns, rows) = self.members_table(&head);
        variations.extend(columns);
        let outages = self.outages(&root);
        let kept = self.kept(&root);
        self.names_differ(&variations, &outages, head.span);
        Ensemble {
            title: String::at(&row, "title"),
            members: self.members(&row, &head, rows),
            seed: match row.cell("seed") {
                Some(Cell::Integer(seed)) => *seed,
                _ => 1,
            },
            variations,
            outages,
            groups,
            kept,
        }
    }

    fn decoder(&mut self) -> Decoder<'_> {
        Decoder {
            report: self.report,
            context: settings::context(&self.case.settings),
            fragmentary: self.fragmentary,
            assumptions: Vec::new(),
        }
    }

    fn members(&mut self, row: &Row, head: &Table, rows: Option<usize>) -> u64 {
        match (row.cell("members"), rows) {
            (Some(Cell::Integer(members)), _) => *members,
            (None, Some(rows)) => rows as u64,
            (None, None) if head.get("table").is_none() && !self.fragmentary => {
                let message = "[ensemble] has no `members`";
                let problem = Problem::error(codes::MISSING_KEY, head.span, message);
                self.report
                    .add(problem.label("`members`, or a `table`, is missing here"));
                0
            }
            _ => 0,
        }
    }

    fn groups(&mut self, root: &Table) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for table in root.rows(GROUP.key) {
            let row = self.decoder().row(table, &GROUP, &named("group", table));
            let name = String::at(&row, "name");
            if groups.iter().any(|g| g.name == name) {
                let span = table.get("name").map_or(table.span, |v| v.span);
                let message = format!("there are two groups named \"{name}\"");
                let problem = Problem::error(codes::NAME_TWICE, span, message);
                self.report.add(problem.label("this name is taken"));
            }
            let correlation = f64::at(&row, "correlation");
            groups.push(Group { name, correlation });
        }
        groups
    }

    fn variations(&mut self, root: &Table, groups: &[Group]) -> Vec<Variation> {
        let rows = root.rows(VARIATION.key).zip(1..);
        rows.filter_map(|(table, number)| self.variation(table, number, groups))
            .collect()
    }

    fn variation(&mut self, table: &Table, number: usize, groups: &[Group]) -> Option<Variation> {
        let subject = match table.text("name").or_else(|| table.text("element")) {
            Some(name) => format!("variation \"{name}\""),
            None => format!("variation {number}"),
        };
        let row = self.decoder().row(table, &VARIATION, &subject);
        let group = self.group(table, groups, &subject);
        let key = table.text("field").unwrap_or_default().to_owned();
        let change = match row.cell("change") {
            Some(Cell::Text(word)) => word.clone(),
            _ => return None,
        };
        if row.bad.contains(&"field") {
            return None;
        }
        let targets = self.targets(table, &key, &subject);
        let first = targets.first()?.0;
        let mut decoder = self.decoder();
        let mut stated = Stated {
            table,
            row: &row,
            subject: &subject,
            decoder: &mut decoder,
            measure: Measure::of(first.field, &change),
        };
        let distribution = stated.read();
        let measure = stated.measure;
        let targets = self.allowed(table, targets, measure, &change, &subject)?;
        let distribution = distribution?;
        let name = table.text("name").map(str::to_owned);
        let several = targets.len() > 1;
        let column = |id: &str| match &name {
            Some(name) if several => format!("{name}[{id}]"),
            Some(name) => name.clone(),
            None => format!("{id}.{key}"),
        };
        let together = bool::at(&row, "together") && several;
        Some(Variation {
            name: match (&name, together) {
                (Some(name), _) => name.clone(),
                (None, true) => format!("{key} of {} elements", targets.len()),
                (None, false) => column(&targets[0].1),
            },
            each: !together,
            way: measure.way(&change),
            unit: measure.unit(),
            targets: targets.iter().map(|(t, id)| (*t, column(id))).collect(),
            distribution,
            group: group?,
        })
    }

    /// The place of the group that a variation names; none where there is no such group.
    fn group(&mut self, table: &Table, groups: &[Group], subject: &str) -> Option<Option<usize>> {
        let Some(value) = table.get("group") else {
            return Some(None);
        };
        let name = table.text("group")?;
        if let Some(place) = groups.iter().position(|g| g.name == name) {
            return Some(Some(place));
        }
        let known = groups.iter().map(|g| g.name.as_str());
        let near = linepack_network::nearest(name, known);
        let message = format!("{subject} names group \"{name}\", which is not defined");
        let problem = Problem::error(codes::UNKNOWN_GROUP, value.span, message);
        self.report.add(
            problem
                .label("unknown group")
                .help(near.map(|n| format!("a group named \"{n}\" exists"))),
        );
        None
    }

    /// What a variation names, as far as it exists.
    fn targets(&mut self, table: &Table, key: &str, subject: &str) -> Vec<(Target, String)> {
        if let (Some(word), Some(value)) = (table.text("every"), table.get("every")) {
            let found = self.elements.every(word, key);
            if found.is_empty() {
                self.none_of_a_kind(value.span, subject);
            }
            return found;
        }
        let mut found = Vec::new();
        for (id, span) in ids(table) {
            match self.elements.target(id, key, span, subject) {
                Ok(target) => found.push((target, id.to_owned())),
                Err(problem) => self.report.add(problem),
            }
        }
        found
    }

    /// Those of the targets that can be changed in this way; the others are reported, or passed over where
    /// every element of a kind is meant.
    fn allowed(
        &mut self,
        table: &Table,
        targets: Vec<(Target, String)>,
        measure: Measure,
        change: &str,
        subject: &str,
    ) -> Option<Vec<(Target, String)>> {
        let every = table.get("every").map(|v| v.span);
        let way = measure.way(change);
        let mut kept = Vec::new();
        for (target, id) in targets {
            match self.trial.allows(target, way) {
                Ok(()) => kept.push((target, id)),
                Err(_) if every.is_some() => {}
                Err(why) => {
                    let span = ids(table)
                        .find(|(i, _)| *i == id)
                        .map_or(table.span, |i| i.1);
                    let key = target.field.key();
                    let message = format!("{subject}: `{key}` of \"{id}\" {why}");
                    let problem = Problem::error(codes::VARIATION_TARGET, span, message);
                    self.report.add(problem.label("cannot vary in this way"));
                }
            }
        }
        if let (Some(span), true) = (every, kept.is_empty()) {
            self.none_of_a_kind(span, subject);
        }
        (!kept.is_empty()).then_some(kept)
    }

    fn none_of_a_kind(&mut self, span: Span, subject: &str) {
        let message = format!("{subject}: no element of this kind in service states such a number");
        let problem = Problem::error(codes::VARIATION_TARGET, span, message);
        self.report.add(problem.label("nothing to vary"));
    }

    fn outages(&mut self, root: &Table) -> Vec<Outage> {
        let tables = root.rows(OUTAGE.key);
        tables.filter_map(|table| self.outage(table)).collect()
    }

    fn outage(&mut self, table: &Table) -> Option<Outage> {
        let id = table.text("element").unwrap_or("?");
        let subject = format!("outage of \"{id}\"");
        let row = self.decoder().row(table, &OUTAGE, &subject);
        let start = self.times(table, &row, "start", &subject);
        let duration = self.times(table, &row, "duration", &subject);
        let span = table.get("element")?.span;
        let kind = match self.elements.find(id, span, &subject) {
            Ok((kind, _)) => kind,
            Err(problem) => {
                self.report.add(problem);
                return None;
            }
        };
        let Some((begins, ends)) = outage(kind) else {
            let message = format!("{subject}: a {} cannot fail", kind.name());
            let problem = Problem::error(codes::VARIATION_TARGET, span, message);
            let help = "stations trip, supplies and off-takes are shut, valves and control valves close, leaks open";
            self.report
                .add(problem.label("cannot fail").help(help.to_owned()));
            return None;
        };
        Some(Outage {
            name: table.text("name").unwrap_or(id).to_owned(),
            element: id.to_owned(),
            begins,
            ends,
            probability: f64::at(&row, "probability"),
            start: start?,
            duration: match table.get("duration") {
                Some(_) => Some(duration?),
                None => None,
            },
        })
    }

    /// A distribution of times.
    fn times(
        &mut self,
        table: &Table,
        row: &Row,
        key: &str,
        subject: &str,
    ) -> Option<Distribution> {
        let value = table.get(key)?;
        let (Raw::Table(inner), Some(Cell::Row(row))) = (&value.raw, row.cell(key)) else {
            return None;
        };
        let inner = Table {
            entries: inner.entries.clone(),
            span: value.span,
        };
        let subject = format!("`{key}` of {subject}");
        let mut decoder = self.decoder();
        let mut stated = Stated {
            table: &inner,
            row,
            subject: &subject,
            decoder: &mut decoder,
            measure: Measure::Of(TIME),
        };
        stated.read()
    }

    fn kept(&mut self, root: &Table) -> Vec<Kept> {
        let tables = root.rows(KEEP.key);
        tables.filter_map(|table| self.keep(table)).collect()
    }

    fn keep(&mut self, table: &Table) -> Option<Kept> {
        let id = table.text("element").unwrap_or("?");
        let subject = format!("keep of \"{id}\"");
        let row = self.decoder().row(table, &KEEP, &subject);
        let span = table.get("element")?.span;
        let kind = match self.elements.find(id, span, &subject) {
            Ok((kind, _)) => kind,
            Err(problem) => {
                self.report.add(problem);
                return None;
            }
        };
        let Some(Cell::Text(word)) = row.cell("quantity") else {
            return None;
        };
        let Some((quantity, unit)) = column(kind, word) else {
            let span = table.get("quantity").map_or(span, |v| v.span);
            let message = format!("{subject}: a {} has no `{word}`", kind.name());
            let problem = Problem::error(codes::VARIATION_TARGET, span, message);
            self.report.add(problem.label("not a result of it"));
            return None;
        };
        Some(Kept {
            kind,
            element: id.to_owned(),
            quantity: quantity.to_owned(),
            unit: unit.to_owned(),
        })
    }

    /// The columns of the table of members, and the number of its rows.
    fn members_table(&mut self, head: &Table) -> (Vec<Variation>, Option<usize>) {
        let (Some(value), Some(folder)) = (head.get("table").cloned(), self.folder) else {
            return (Vec::new(), None);
        };
        let Some(rows) = load::csv_rows(&value, folder, self.sources, self.report) else {
            return (Vec::new(), None);
        };
        if rows.is_empty() && !self.report.has_errors() {
            let message = "the table of members has no rows";
            self.report
                .add(Problem::error(codes::MEMBERS, value.span, message));
        }
        let count = rows.len();
        let context = settings::context(&self.case.settings);
        let mut decoder = Decoder {
            report: self.report,
            context,
            fragmentary: self.fragmentary,
            assumptions: Vec::new(),
        };
        let columns = table::columns(&rows, &self.elements, &mut self.trial, &mut decoder);
        (columns, Some(count))
    }

    /// Columns of results have names of their own.
    fn names_differ(&mut self, variations: &[Variation], outages: &[Outage], span: Span) {
        let ensemble = Ensemble {
            variations: variations.to_vec(),
            outages: outages.to_vec(),
            ..Ensemble::default()
        };
        let mut seen = HashSet::new();
        for (name, _) in ensemble.columns() {
            if !seen.insert(name.clone()) {
                let message = format!("two columns of results would be named \"{name}\"");
                let problem = Problem::error(codes::NAME_TWICE, span, message);
                let help = "give one of the variations or outages a `name`";
                self.report.add(problem.help(help.to_owned()));
            }
        }
    }
}

/// The elements that a variation names.
fn ids(table: &Table) -> impl Iterator<Item = (&str, Span)> {
    let one = table.get("element").into_iter();
    let several = match table.get("elements").map(|v| &v.raw) {
        Some(Raw::List(list)) if table.get("element").is_none() => list.as_slice(),
        _ => &[],
    };
    one.chain(several).filter_map(|v: &Located| match &v.raw {
        Raw::Text(text) => Some((text.as_str(), v.span)),
        _ => None,
    })
}

fn named(kind: &str, table: &Table) -> String {
    format!("{kind} \"{}\"", table.text("name").unwrap_or("?"))
}
