//! Reading a case, in order: files, stage and scenario, decoding, who takes part, validation.

use super::assign::{self, Assignment, Names};
use super::choose::Chosen;
use super::decision;
use super::decode::{Decoder, Row};
use super::load::{self, Document};
use super::locate::Origins;
use super::member::Member;
use super::network::{self, Choice};
use super::scenario::{self, Stage};
use super::schema::{
    CASE, GAS, GAS_OF_SUPPLIES, GAS_PROFILE, GROUND, PROFILE, QUALITY_LIMITS, SCENARIO, SETTINGS,
    STAGE, Schema, TABLES, sections,
};
use super::tree::{Located, Raw, Table};
use super::{facts, heat, quality, settings};
use crate::report::{Problem, Report};
use crate::sources::{Sources, Span};
use crate::{Companions, Diagnostic, Format, ImportNote, codes};
use jiff::civil::Date;
use linepack_gas::GasSpec;
use linepack_network::{
    Case, GasProfile, Ground, NamedGas, NamedLimits, Network, Place, Profile, Scenario, Settings,
    validate, validate_geography, validate_scenario,
};
use linepack_units::Context;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What of a case is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// The stage of the build-out; the case's default when none.
    pub stage: Option<String>,
    /// The day on which elements are in service; the stage's when none.
    pub as_of: Option<Date>,
    /// The scenario; the case's default, or its only one, when none.
    pub scenario: Option<String>,
    /// Paths and values that go before what the files say.
    pub set: Vec<(String, String)>,
    /// Files that belong to a case in a foreign format.
    pub beside: Companions,
}

/// A value that a case states.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Fact {
    /// Of what: `igat7-1.length`.
    pub path: String,
    /// As it is written.
    pub value: String,
    /// Where it is from, as the case says.
    pub source: Option<String>,
}

/// A case that can be used.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The case.
    pub case: Case,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// Every file read, and its text.
    pub sources: Vec<(PathBuf, String)>,
    /// Every value stated.
    pub facts: Vec<Fact>,
    /// The format it was read from.
    pub format: Format,
    /// What the reader of a foreign format assumed or left out.
    pub notes: Vec<ImportNote>,
}

/// Reads a case: the folder of a `case.toml`, or the file.
///
/// Errors: everything wrong with it, warnings included, in the order of the files.
pub fn read(path: &Path, selection: &Selection) -> Result<Loaded, Vec<Diagnostic>> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let document = load::document(path, &mut sources, &mut report);
    finish(document, &case_id(path), selection, sources, report)
}

/// Reads a case from the text of a case file, which can name no other files.
///
/// Errors: as [`read`].
pub fn read_str(name: &str, text: &str, selection: &Selection) -> Result<Loaded, Vec<Diagnostic>> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add(name, text.to_owned());
    let document = load::from_text(source, None, &mut sources, &mut report);
    finish(document, name, selection, sources, report)
}

/// The name of the folder, or of the file where it is not `case.toml`.
fn case_id(path: &Path) -> String {
    let file = load::case_file(path);
    let named = match file.file_name().and_then(|n| n.to_str()) {
        Some("case.toml") => file
            .canonicalize()
            .ok()
            .and_then(|f| f.parent().map(Path::to_owned)),
        _ => Some(file.with_extension("")),
    };
    let name = named
        .as_deref()
        .and_then(Path::file_name)
        .map(|n| n.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "case".to_owned())
}

fn finish(
    document: Document,
    id: &str,
    selection: &Selection,
    mut sources: Sources,
    mut report: Report,
) -> Result<Loaded, Vec<Diagnostic>> {
    let mut root = document.root;
    let chosen = Chosen::new(&root, selection, &mut sources, &mut report);
    let unused = chosen.assign(&mut root, selection, &mut sources, &mut report);
    let facts = stated(&root, &sources);
    let mut reading = Reading::new(&root, &chosen, document.fragmentary, &mut report);
    let mut case = reading.case(id, selection, &unused);
    case.assumptions.splice(0..0, facts::assumptions(&facts));
    reading.validate(&case);
    if report.has_errors() {
        return Err(report.finish(&sources));
    }
    Ok(Loaded {
        case,
        warnings: report.finish(&sources),
        sources: sources.into_files(),
        facts,
        format: Format::Native,
        notes: Vec::new(),
    })
}

fn stated(root: &Table, sources: &Sources) -> Vec<Fact> {
    let mut facts = Vec::new();
    let about_the_file = |s: &&Schema| std::ptr::eq(*s, &TABLES) || std::ptr::eq(*s, &CASE);
    for schema in sections().filter(|s| !about_the_file(s)) {
        let one = root.table(schema.key).into_iter();
        for table in one.chain(root.rows(schema.key)) {
            facts.extend(facts::of_table(table, schema, sources));
        }
    }
    facts
}

/// Gases of supplies, what they may be, and what pipes lie in.
struct Surroundings {
    gases: Vec<NamedGas>,
    gas_profiles: Vec<GasProfile>,
    limits: Vec<NamedLimits>,
    grounds: Vec<Ground>,
}

/// The decoding of a document.
struct Reading<'t, 'r> {
    root: &'t Table,
    chosen: &'t Chosen,
    decoder: Decoder<'r>,
    origins: Origins<'t>,
    /// Scenarios that are not chosen; they are checked all the same.
    others: Vec<(Scenario, Origins<'t>)>,
}

impl<'t, 'r> Reading<'t, 'r> {
    fn new(root: &'t Table, chosen: &'t Chosen, fragmentary: bool, report: &'r mut Report) -> Self {
        let context = Context::default();
        let decoder = Decoder {
            report,
            context,
            fragmentary,
            assumptions: Vec::new(),
        };
        Self {
            root,
            chosen,
            decoder,
            origins: Origins::default(),
            others: Vec::new(),
        }
    }

    fn case(&mut self, id: &str, selection: &Selection, unused: &[Assignment]) -> Case {
        let head = self.single(&CASE, Place::Case);
        let settings = settings::settings(&self.single(&SETTINGS, Place::Settings));
        self.decoder.context = settings::context(&settings);
        let gas = settings::gas(&self.single(&GAS, Place::Gas));
        let surroundings = self.surroundings(&settings, &gas);
        self.tables();
        let mut network = network::network(self.root, &mut self.decoder, &mut self.origins);
        let quality_limits = quality::with_standards(surroundings.limits, &network);
        let profiles = self.profiles();
        let stages = self.stages();
        let scenario = self.scenarios();
        let names = Names::new(self.root, self.chosen.scenario);
        unused
            .iter()
            .for_each(|a| assign::check(a, &names, &mut self.decoder));
        let nameless = self.origins.nameless;
        decision::check(self.root, &names, nameless, &mut self.decoder);
        self.take_part(&mut network, &stages, &names, selection.as_of);
        Case {
            id: id.to_owned(),
            title: String::at(&head, "title"),
            description: String::at(&head, "description"),
            settings,
            gas,
            gases: surroundings.gases,
            gas_profiles: surroundings.gas_profiles,
            grounds: surroundings.grounds,
            quality_limits,
            network,
            scenario,
            profiles,
            stage: self
                .chosen
                .stage
                .and_then(|i| stages.get(i))
                .map(|s| s.info.name.clone()),
            stages: stages.into_iter().map(|s| s.info).collect(),
            scenarios: self
                .root
                .rows("scenario")
                .filter_map(|r| r.text("name"))
                .map(str::to_owned)
                .collect(),
            assumptions: std::mem::take(&mut self.decoder.assumptions),
        }
    }

    /// Gases of supplies, what they may be, and what pipes lie in.
    fn surroundings(&mut self, settings: &Settings, gas: &GasSpec) -> Surroundings {
        Surroundings {
            gases: self.many(
                &GAS_OF_SUPPLIES,
                |index| Place::SupplyGas { index },
                |row, _| quality::gas(row, gas),
            ),
            gas_profiles: self.many(
                &GAS_PROFILE,
                |index| Place::GasProfile { index },
                |row, _| quality::profile(row),
            ),
            limits: self.many(
                &QUALITY_LIMITS,
                |index| Place::QualityLimits { index },
                |row, table| quality::limits(row, table, settings),
            ),
            grounds: self.many(
                &GROUND,
                |index| Place::Ground { index },
                |row, _| heat::ground(row, settings),
            ),
        }
    }

    /// Reads all tables of a kind.
    fn many<T>(
        &mut self,
        schema: &'static Schema,
        place: fn(usize) -> Place,
        read: impl Fn(&Row, &Table) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (index, table) in self.root.rows(schema.key).enumerate() {
            let row = self
                .decoder
                .row(table, schema, &named(schema.name, table, "id"));
            all.push(read(&row, table));
            self.origins.add(place(index), table, &row);
        }
        all
    }

    /// The row of a table that stands once; what is missing is missed at the top of the file.
    fn single(&mut self, schema: &'static Schema, place: Place) -> Row {
        let subject = format!("[{}]", schema.key);
        match self.root.table(schema.key) {
            Some(table) => {
                let row = self.decoder.row(table, schema, &subject);
                self.origins.add(place, table, &row);
                row
            }
            None => self
                .decoder
                .row(&Table::empty(Span::beginning(0)), schema, &subject),
        }
    }

    fn tables(&mut self) {
        if let Some(table) = self.root.table(TABLES.key) {
            self.decoder.row(table, &TABLES, "[tables]");
        }
    }

    fn profiles(&mut self) -> Vec<Profile> {
        let mut profiles = Vec::new();
        for (index, table) in self.root.rows(PROFILE.key).enumerate() {
            let subject = named("profile", table, "id");
            let row = self.decoder.row(table, &PROFILE, &subject);
            profiles.push(scenario::profile(&row, table, self.decoder.report));
            self.origins.add(Place::Profile { index }, table, &row);
        }
        profiles
    }

    fn stages(&mut self) -> Vec<Stage> {
        let mut stages = Vec::new();
        for (index, table) in self.root.rows(STAGE.key).enumerate() {
            let row = self
                .decoder
                .row(table, &STAGE, &named("stage", table, "name"));
            self.origins.add(Place::Stage { index }, table, &row);
            stages.push(scenario::stage(&row));
        }
        self.names_are_unique(&STAGE);
        stages
    }

    /// The scenario chosen; the others are kept for the validator.
    fn scenarios(&mut self) -> Scenario {
        let mut chosen = None;
        for (index, table) in self.root.rows(SCENARIO.key).enumerate() {
            let row = self
                .decoder
                .row(table, &SCENARIO, &named("scenario", table, "name"));
            let mut read = scenario::scenario(&row);
            let (events, order) = scenario::events(&row);
            read.events = events;
            if self.chosen.scenario == Some(index) {
                self.origins.add_scenario(table, &row, &order);
                chosen = Some(read);
            } else {
                let mut origins = Origins::default();
                origins.add_scenario(table, &row, &order);
                self.others.push((read, origins));
            }
        }
        self.names_are_unique(&SCENARIO);
        chosen.unwrap_or_else(scenario::steady)
    }
}

impl Reading<'_, '_> {
    /// Decides which elements take part.
    fn take_part(
        &mut self,
        network: &mut Network,
        stages: &[Stage],
        names: &Names,
        as_of: Option<Date>,
    ) {
        let choice = Choice::new(self.chosen.stage.and_then(|i| stages.get(i)), as_of);
        let silent = |t: &&Table| t.get("status").is_none() && t.get("in_service").is_none();
        let nodes = self.root.rows("node").filter(silent);
        let silent = nodes
            .filter_map(|t| t.text("id"))
            .map(str::to_owned)
            .collect::<HashSet<_>>();
        network::choose(network, &choice, &silent);
        for row in self.root.rows(STAGE.key) {
            for key in ["include", "exclude"] {
                self.known_elements(row, key, names);
            }
        }
    }

    fn known_elements(&mut self, stage: &Table, key: &str, names: &Names) {
        let Some(Raw::List(list)) = stage.get(key).map(|v| &v.raw) else {
            return;
        };
        for Located { raw, span } in list {
            let Raw::Text(id) = raw else { continue };
            if names.is_element(id) {
                continue;
            }
            let name = stage.text("name").unwrap_or("?");
            let help = names
                .nearest(id)
                .map(|near| format!("an element named \"{near}\" exists"));
            let message = format!("stage \"{name}\" names element \"{id}\", which is not defined");
            let problem = Problem::error(codes::STAGE_ELEMENT, *span, message);
            self.decoder
                .report
                .add(problem.label("unknown element").help(help));
        }
    }

    fn names_are_unique(&mut self, schema: &'static Schema) {
        let mut seen = HashSet::new();
        for row in self.root.rows(schema.key) {
            let Some(name) = row.text("name") else {
                continue;
            };
            if !seen.insert(name) {
                let span = row.get("name").map_or(row.span, |v| v.span);
                let message = format!("there are two {}s named \"{name}\"", schema.name);
                let problem = Problem::error(codes::NAME_TWICE, span, message);
                self.decoder.report.add(problem.label("this name is taken"));
            }
        }
    }

    /// Whether coordinates are longitudes and latitudes, and not those of a drawing.
    fn has_map(&self) -> bool {
        let angle = |v: &Located| matches!(&v.raw, Raw::Text(t) | Raw::Cell(t) if t.parse::<f64>().is_err());
        self.root
            .rows("node")
            .any(|t| t.get("x").is_some_and(angle))
    }

    /// Warns when some nodes state an elevation and others do not.
    fn elevations(&mut self) {
        let silent = |t: &&Table| t.get("elevation").is_none();
        let (count, all) = (
            self.root.rows("node").filter(silent).count(),
            self.root.rows("node").count(),
        );
        let Some(first) = self.root.rows("node").find(silent).filter(|_| count < all) else {
            return;
        };
        let id = first.text("id").unwrap_or("?");
        let more = if count > 1 {
            format!(" and {} more", count - 1)
        } else {
            String::new()
        };
        let message =
            format!("node \"{id}\"{more} state no elevation, and others do: 0 m is assumed");
        let span = first.get("id").map_or(first.span, |v| v.span);
        self.decoder.assumptions.push(message.clone());
        let problem = Problem::warning(codes::ELEVATION_ASSUMED, span, message);
        self.decoder.report.add(problem.label("no `elevation`"));
    }

    /// Asks the validator, unless a part of the case could not be read.
    fn validate(mut self, case: &Case) {
        if self.decoder.fragmentary {
            return;
        }
        self.elevations();
        let mut findings = validate(case);
        if self.has_map() {
            findings.extend(validate_geography(case));
        }
        for problem in findings.into_iter().filter_map(|f| self.origins.problem(f)) {
            self.decoder.report.add(problem);
        }
        for (scenario, origins) in std::mem::take(&mut self.others) {
            let findings = validate_scenario(case, &scenario);
            for problem in findings.into_iter().filter_map(|f| origins.problem(f)) {
                self.decoder.report.add(problem);
            }
        }
    }
}

fn named(kind: &str, table: &Table, key: &str) -> String {
    format!("{kind} \"{}\"", table.text(key).unwrap_or("?"))
}
