//! Writing MATGAS: SI units, numbers for identifiers, the time series as a CSV file.
//!
//! What the format says as a rule of operation comes from [`super::operation`]: supplies that hold a
//! pressure make their junction slack, stations and regulators work by their limits.

mod elements;
pub(crate) mod express;
mod table;
mod terminals;

use crate::written::Written;
use express::{Expression, numbers};
use linepack_gas::GAS_CONSTANT;
use linepack_network::{Case, FlowBounds, Header, Status};
use std::collections::HashMap;
use std::fmt::Write;
use table::{Block, Extension, label, text};

/// The gas constant that the file states, J/(mol K).
const GAS_CONSTANT_THERE: f64 = 8.314;

/// A case as a `.m` file called `name`, and its time series.
pub(crate) fn write(case: &Case, name: &str) -> Written {
    let mut writer = Writer::new(case);
    let mut out = String::new();
    head(&mut writer.say, name, &mut out);
    let blocks = [
        writer.pipes(false),
        writer.pipes(true),
        writer.stations(false),
        writer.stations(true),
        writer.short_pipes(),
        writer.drag_resistors(),
        writer.loss_resistors(),
        writer.regulators(),
        writer.valves(),
        writer.receipts(),
        writer.deliveries(),
    ];
    // Junctions come last, when it is known which of them hold a pressure, and stand first.
    writer.junctions().write(&mut out);
    blocks.iter().for_each(|block| block.write(&mut out));
    out.push_str("end\n");
    writer.rest();
    let mut files = vec![(format!("{name}.m"), out)];
    if let Some(series) = writer.csv() {
        files.push((format!("{name}.csv"), series));
    }
    let notes = writer.say.log.notes();
    Written { files, notes }
}

struct Writer<'c> {
    say: Expression<'c>,
    nodes: HashMap<&'c str, i64>,
    /// Pressure that each slack junction holds, Pa.
    slack: HashMap<&'c str, f64>,
    series: Vec<Series>,
}

/// A series of the CSV file.
struct Series {
    kind: &'static str,
    number: i64,
    parameter: &'static str,
    points: Vec<(f64, f64)>,
}

fn head(say: &mut Expression<'_>, name: &str, out: &mut String) {
    let (temperature, molar_mass) = (say.case.settings.ground_temperature_k, say.molar_mass());
    let z = say.compressibility();
    let speed = (z * GAS_CONSTANT * temperature / molar_mass).sqrt();
    let constants = [
        (
            "gas_specific_gravity",
            molar_mass / super::MOLAR_MASS_OF_AIR,
        ),
        ("specific_heat_capacity_ratio", say.isentropic_exponent()),
        ("temperature", temperature),
        (
            "compressibility_factor",
            z * GAS_CONSTANT / GAS_CONSTANT_THERE,
        ),
        ("R", GAS_CONSTANT_THERE),
        ("gas_molar_mass", molar_mass),
        ("sound_speed", speed),
    ];
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(word).collect();
    let _ = writeln!(
        out,
        "function mgc = {name}\n\nmgc.units = 'si';\nmgc.is_per_unit = 0;"
    );
    for (key, value) in constants {
        let _ = writeln!(out, "mgc.{key} = {};", text(value));
    }
    out.push('\n');
}

impl<'c> Writer<'c> {
    fn new(case: &'c Case) -> Self {
        let ids = || case.network.nodes.iter().map(|n| n.header.id.as_str());
        let mut writer = Self {
            say: Expression::new(case),
            nodes: ids().zip(numbers("", ids())).collect(),
            slack: HashMap::new(),
            series: Vec::new(),
        };
        let other = |id: &&str| writer.nodes.get(*id).is_some_and(|n| n.to_string() != **id);
        let others: Vec<&str> = ids().filter(other).collect();
        for id in others {
            writer.say.lost(
                "identifiers are numbers; names are kept beside them",
                Some(id),
            );
        }
        writer
    }

    fn node(&self, id: &str) -> f64 {
        self.nodes.get(id).map_or(f64::NAN, |n| *n as f64)
    }

    /// 1 in service, 0 not.
    fn status(&mut self, header: &Header) -> f64 {
        let known = matches!(header.status, Status::Complete | Status::OutOfService);
        if !known
            || header.in_service_date.is_some()
            || header.in_service != (header.status == Status::Complete)
        {
            let what = "the status of building and dates are written as in service or not";
            self.say.lost(what, Some(&header.id));
        }
        f64::from(u8::from(header.in_service))
    }

    fn extension(&mut self, header: &Header, id: String, bounds: FlowBounds) -> Extension {
        if header.id != id {
            self.say.lost(
                "identifiers are numbers; names are kept beside them",
                Some(&header.id),
            );
        }
        Extension {
            label: label(header, &id),
            flow_min: bounds.min.map(|q| self.say.mass(q, &header.id)),
            flow_max: bounds.max.map(|q| self.say.mass(q, &header.id)),
            elevation_m: None,
        }
    }

    fn junctions(&mut self) -> Block {
        let mut block = Block::new(
            "junction",
            &[
                "id",
                "p_min",
                "p_max",
                "p_nominal",
                "junction_type",
                "status",
                "pipeline_name",
                "edi_id",
                "lat",
                "lon",
            ][..6],
        );
        let nodes = &self.say.case.network.nodes;
        let placed = nodes.iter().all(|n| n.x.is_some() && n.y.is_some());
        if placed {
            block = Block::new(
                "junction",
                &[
                    "id",
                    "p_min",
                    "p_max",
                    "p_nominal",
                    "junction_type",
                    "status",
                    "lat",
                    "lon",
                ],
            );
        } else if nodes.iter().any(|n| n.x.is_some()) {
            self.say
                .lost("coordinates are left out, since some nodes have none", None);
        }
        for node in nodes {
            let id = node.header.id.as_str();
            let number = self.nodes.get(id).copied().unwrap_or(0);
            let held = self.slack.get(id).copied();
            let max = node.pressure_max_pa.unwrap_or(f64::INFINITY);
            let min = node.pressure_min_pa.unwrap_or(0.0);
            let nominal = held.or(node.pressure_max_pa).unwrap_or(0.0);
            let kind = f64::from(u8::from(held.is_some()));
            let status = self.status(&node.header);
            let mut cells = vec![min, max, nominal, kind, status];
            if placed {
                cells.extend([node.y.unwrap_or(0.0), node.x.unwrap_or(0.0)]);
            }
            let mut extension = Extension {
                label: label(&node.header, &number.to_string()),
                ..Extension::default()
            };
            extension.elevation_m = Some(node.elevation_m);
            block.row(&cells, number, extension);
        }
        block
    }

    /// What no block has.
    fn rest(&mut self) {
        for leak in &self.say.case.network.leaks {
            self.say.lost("leaks are left out", Some(&leak.header.id));
        }
        if !self.say.case.network.decision_groups.is_empty() {
            self.say.lost("combined decisions are left out", None);
        }
        if !self.say.case.scenario.events.is_empty() {
            self.say.lost("events are left out", None);
        }
        let timed = self.say.case.scenario.duration_s > 0.0;
        if timed && self.series.is_empty() {
            self.say
                .lost("a scenario without profiles is written as steady", None);
        }
        self.say
            .lost("settings of the calculation are left out", None);
    }
}
