//! GasLib: the XML files of the library of gas networks (Schmidt et al. 2017, Data 2(4), 40).
//!
//! `.net` holds the network, `.scn` what is asked of it, `.cs` the machines of its compressor
//! stations, `.cdf` which valves, control valves and stations are switched together. What the
//! format leaves open is assumed by the rule in [`rule`]; every assumption is in the import log.

mod active;
mod companions;
mod decisions;
mod drives;
mod gas;
mod guard;
mod left_out;
mod network;
mod parts;
mod rule;
mod scenario;
mod stations;
mod units;
mod write;
mod write_net;
mod write_scenario;
mod write_stations;
mod write_xml;
mod xml;

pub(crate) use write::write;

use crate::codes;
use crate::import::blank;
use crate::import::{Companions, Import, case_id};
use crate::sources::Span;
use gas::MeanGas;
use linepack_network::Case;
use linepack_units::ReferenceConditions;
use network::Net;
use scenario::Nomination;
use std::path::Path;

/// Reads a network with the files that belong to it.
pub(crate) fn read(import: &mut Import, path: &Path, beside: &Companions) -> Option<Case> {
    let beside = companions::find(import, path, beside);
    let source = import.file(path)?;
    let mut net = xml::open(import, source, "network", network::read)?;
    let nomination = beside.scenario.and_then(|path| {
        let source = import.file(&path)?;
        xml::open(import, source, "boundaryValue", scenario::read)?
    });
    if let Some(path) = beside.stations {
        let source = import.file(&path)?;
        let machines = xml::open(import, source, "compressorStations", stations::read)?;
        stations::apply(import, &mut net.network.compressor_stations, machines);
    }
    if let Some(path) = beside.decisions {
        let source = import.file(&path)?;
        let groups = xml::open(import, source, "combinedDecisions", decisions::read)?;
        decisions::apply(import, &mut net.network, groups);
    }
    case(import, &case_id(path), source, net, nomination)
}

/// Puts what was read together.
fn case(
    import: &mut Import,
    id: &str,
    source: usize,
    mut net: Net,
    nomination: Option<Nomination>,
) -> Option<Case> {
    if nomination.is_none() {
        import.note("no scenario: nothing is brought or taken", None);
    }
    scenario::apply(import, &mut net, nomination.as_ref());
    let gas = match MeanGas::of(import, &net.network.supplies) {
        Ok(gas) => gas,
        Err(why) => {
            import.error(codes::FOREIGN_CONTENT, Span::beginning(source), why);
            return None;
        }
    };
    gas.make_masses(&mut net.network);
    rule::apply(import, &mut net.network, &gas);
    net.place_terminals(import);
    let ground_k = nomination.as_ref().and_then(|n| n.soil_k);
    let ground_k = ground_k.unwrap_or(gas.temperature_k);
    let settings = blank::settings(ReferenceConditions::NORMAL, ground_k);
    let mut case = blank::blank(id, gas.spec, settings);
    if let Some(title) = net.title {
        case.title = title;
    }
    case.description = net.description;
    case.network = net.network;
    if let Some(nomination) = nomination.filter(|n| !n.id.is_empty()) {
        case.scenario = blank::steady(&nomination.id);
        case.scenarios = vec![nomination.id];
    }
    Some(case)
}
