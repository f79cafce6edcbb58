//! The pandapipes format: a net of gas as JSON.
//!
//! Source: pandapipes of Fraunhofer IEE and the University of Kassel, versions 0.2 to 0.16
//! (`component_models`, `pf/derivative_toolbox.py`, `properties/fluids.py`, `io`). Pressures are gauge
//! over air that thins with height; flows are masses. Texts within the text are JSON themselves.
//! An element is called after its table and index, `pipe_3`, as pandapipes does.

mod control;
mod fluid;
mod junction;
mod load;
mod pipe;
mod property;
mod riser;
mod table;
mod valve;

use crate::codes;
use crate::import::{Companions, Import, blank, case_id};
use crate::json::{self, Json};
use crate::matgas::limits;
use linepack_network::{Case, ElementKind, FrictionLaw, Header, Network, Place, Settings, Status};
use linepack_units::ReferenceConditions;
use std::collections::HashMap;
use std::path::Path;
use table::{Row, Table, Tables};

/// Tables that are read, and those that say nothing of the network.
const READ: [&str; 14] = [
    "junction",
    "junction_geodata",
    "pipe",
    "pipe_geodata",
    "valve",
    "ext_grid",
    "sink",
    "source",
    "mass_storage",
    "compressor",
    "pump",
    "press_control",
    "flow_control",
    "heat_exchanger",
];
/// Tables of elements that only make sense with heat, or drive a flow round a circuit.
const REFUSED: [&str; 6] = [
    "heat_consumer",
    "circ_pump_mass",
    "circ_pump_pressure",
    "circ_pump",
    "stratified_thermal_storage",
    "water_tower",
];
/// Longest cell of the mesh, m: pipes of distribution are short, and their pressure may fall steeply.
const CELL_LENGTH_M: f64 = 100.0;

/// Reads it.
pub(crate) fn read(import: &mut Import, path: &Path, _: &Companions) -> Option<Case> {
    let source = import.file(path)?;
    read_source(import, source, &case_id(path))
}

/// Reads one of the texts of an import.
pub(crate) fn read_source(import: &mut Import, source: usize, id: &str) -> Option<Case> {
    let json = json::parse(import, source, &["_object"])?;
    let net = net(import, &json)?;
    let tables = table::tables(import, net);
    let temperature_k = temperature(&tables);
    let gas = fluid::gas(import, net, fluid::conditions(&tables, temperature_k));
    tables_not_read(import, &tables);
    let network = network(import, net, &tables, temperature_k);
    let settings = settings(import, net, temperature_k);
    let mut case = blank::blank(id, gas?, settings);
    if let Some(name) = net
        .get("name")
        .and_then(Json::text)
        .filter(|n| !n.is_empty())
    {
        case.title = name.to_owned();
    }
    case.network = network;
    limits::check(import, &case);
    Some(case)
}

/// The net itself; what is none is reported.
fn net<'a>(import: &mut Import, json: &'a Json) -> Option<&'a Json> {
    let class = json.get("_class").and_then(Json::text).unwrap_or("");
    let object = json.get("_object").filter(|o| o.is_object());
    if class == "pandapipesNet" && object.is_some() {
        return object;
    }
    let message = match class {
        "MultiNet" => "this holds several nets; save the one of gas by itself",
        _ => "this is no net of pandapipes: `_class` is not \"pandapipesNet\"",
    };
    import.error(codes::FOREIGN_CONTENT, json.span, message);
    None
}

/// The temperature of the first junction, K.
fn temperature(tables: &Tables<'_>) -> f64 {
    let mut rows = tables.get("junction").into_iter().flat_map(Table::rows);
    rows.find_map(|r| r.number("tfluid_k")).unwrap_or(288.15)
}

fn network(import: &mut Import, net: &Json, tables: &Tables<'_>, temperature_k: f64) -> Network {
    let mut network = Network::default();
    let junctions = junction::add(import, tables, &mut network);
    let pipes = pipe::Pipes::new(tables, net, &junctions, temperature_k);
    let known: HashMap<i64, usize> = pipes.add(import, tables.get("pipe"), &mut network);
    valve::add(
        import,
        tables.get("valve"),
        &junctions,
        &known,
        &mut network,
    );
    let exchangers = tables.get("heat_exchanger");
    valve::add_heat_exchangers(import, exchangers, &junctions, &mut network);
    let pressure_controls = tables.get("press_control");
    control::add_pressure_controls(import, pressure_controls, &junctions, &mut network);
    control::add_flow_controls(import, tables.get("flow_control"), &junctions, &mut network);
    control::add_compressors(import, tables.get("compressor"), &junctions, &mut network);
    control::add_pumps(import, tables.get("pump"), net, &junctions, &mut network);
    load::add(import, tables, &junctions, &mut network);
    network
}

/// Tables of elements that are refused or not known; those without rows say nothing.
fn tables_not_read(import: &mut Import, tables: &Tables<'_>) {
    let mut names: Vec<_> = tables.keys().copied().collect();
    names.sort_unstable();
    for name in names {
        let table = &tables[name];
        let Some(span) = table.span().filter(|_| !READ.contains(&name)) else {
            continue;
        };
        if name.starts_with('_') || name.starts_with("res_") {
            continue;
        }
        if REFUSED.contains(&name) && table.in_use() {
            let message =
                format!("elements of the table `{name}` have no counterpart in a gas network");
            import.error(codes::FOREIGN_CONTENT, span, message);
        } else if table.has("junction") || table.has("from_junction") {
            let message = format!("elements of the table `{name}` are not known");
            import.error(codes::FOREIGN_CONTENT, span, message);
        } else {
            let message = format!("the table `{name}` is not used");
            import.warning(codes::FOREIGN_UNKNOWN, span, message);
        }
    }
}

fn settings(import: &mut Import, net: &Json, temperature_k: f64) -> Settings {
    let mut settings = blank::settings(ReferenceConditions::NORMAL, temperature_k);
    settings.friction = friction(import, net);
    settings.cell_length_m = CELL_LENGTH_M;
    settings.terms.kinetic = false;
    import.note("no kinetic term, as in pandapipes", None);
    let mode = net
        .get("user_pf_options")
        .and_then(|o| o.get("mode")?.text());
    if mode.is_some_and(|m| m != "hydraulics") {
        import.note(
            "temperatures stay those of the junctions: heat is not calculated",
            None,
        );
    }
    settings
}

/// The friction model of the options of the net.
fn friction(import: &mut Import, net: &Json) -> FrictionLaw {
    let stated = net
        .get("user_pf_options")
        .and_then(|o| o.get("friction_model"));
    let Some(stated) = stated else {
        import.note(
            "no friction model is stated: pandapipes' default, nikuradse",
            None,
        );
        return FrictionLaw::NikuradseLaminar;
    };
    match stated.text() {
        Some("nikuradse") => FrictionLaw::NikuradseLaminar,
        Some("colebrook") => FrictionLaw::ColebrookThroughout,
        Some("swamee-jain") => FrictionLaw::SwameeJain,
        _ => {
            let message = "the friction model is not nikuradse, colebrook or swamee-jain";
            import.error(codes::FOREIGN_CONTENT, stated.span, message);
            FrictionLaw::NikuradseLaminar
        }
    }
}

/// Name and service of an element, from its row.
fn named(header: &mut Header, row: &Row<'_, '_>) {
    if let Some(name) = row.text("name").filter(|n| !n.is_empty()) {
        header.label = name.to_owned();
    }
    header.in_service = row.flag("in_service").unwrap_or(true);
    header.status = status(header.in_service);
}

fn status(in_service: bool) -> Status {
    if in_service {
        Status::Complete
    } else {
        Status::OutOfService
    }
}

/// The place of an element.
fn place(kind: ElementKind, index: usize) -> Place {
    Place::Element { kind, index }
}
