//! What a run with temperatures or qualities has beyond pressures and flows.

use super::{Thinning, numbers};
use crate::view::{View, series};
use serde_json::{Value, json};

/// Columns of nodes in the results, and their keys in the page's data.
const NODES: [(&str, &str); 2] = [
    ("gross_heating_value_j_per_m3", "heating"),
    ("wobbe_index_j_per_m3", "wobbe"),
];
/// Columns of profiles in the results, and their keys in the page's data.
const PROFILES: [(&str, &str); 4] = [
    ("ground_temperature_k", "g"),
    ("hydrate_temperature_k", "h"),
    ("hydrocarbon_dew_point_k", "c"),
    ("water_dew_point_k", "w"),
];

/// What there is beyond pressures and flows.
pub(crate) struct Extra {
    /// Temperatures were computed.
    pub(crate) heat: bool,
    /// Compositions were carried with the gas.
    pub(crate) quality: bool,
    /// Supplies whose shares are known.
    pub(crate) supplies: Vec<String>,
}

impl Extra {
    /// What a run has.
    pub(crate) fn of(view: &View<'_>) -> Self {
        let nodes = &view.solution.nodes;
        let share = |name: &str| name.strip_prefix("share_").map(str::to_owned);
        Self {
            heat: view.solution.heat.is_some(),
            quality: view.solution.quality.is_some() || nodes.column(NODES[0].0).is_some(),
            supplies: nodes
                .columns
                .iter()
                .filter_map(|c| share(&c.name))
                .collect(),
        }
    }

    /// Whether there is anything.
    pub(crate) fn any(&self) -> bool {
        self.heat || self.quality || !self.supplies.is_empty()
    }

    /// How many series each node has beyond its pressure.
    pub(super) fn series_of_a_node(&self) -> usize {
        let qualities = if self.quality { NODES.len() } else { 0 };
        usize::from(self.heat) + qualities + self.supplies.len()
    }

    /// How many profiles each pipe has beyond pressure and flow, at most.
    pub(super) fn profiles_of_a_pipe(&self) -> usize {
        if self.heat { 1 + PROFILES.len() } else { 0 }
    }

    /// Names of supplies and ends of edges, for colours and stacks.
    pub(super) fn add_to(&self, document: &mut Value, view: &View<'_>) {
        if !self.any() {
            return;
        }
        let names = self.supplies.iter().map(|id| view.name(id));
        document["supplies"] = names.map(Value::from).collect();
        let off_takes = view.case.network.off_takes.iter();
        let entry = |o: &linepack_network::OffTake| json!({ "name": view.name(&o.header.id), "node": o.node });
        document["offTakes"] = off_takes
            .filter(|o| o.header.in_service)
            .map(entry)
            .collect();
        let edges = crate::route::links(&view.case.network);
        let ends = |l: crate::route::Link<'_>| (l.header.id.clone(), json!([l.from, l.to]));
        document["ends"] = Value::Object(edges.into_iter().map(ends).collect());
    }

    /// Adds the series of a node.
    pub(super) fn add_node(
        &self,
        view: &View<'_>,
        thinning: &Thinning,
        id: &str,
        entry: &mut Value,
    ) {
        let nodes = &view.solution.nodes;
        let picked = |column: &str| numbers(thinning.pick(&series(nodes, column, id)));
        if self.heat {
            entry["temperature"] = picked("temperature_k");
        }
        if self.quality {
            for (column, key) in NODES {
                entry[key] = picked(column);
            }
        }
        if !self.supplies.is_empty() {
            let shares = self.supplies.iter().map(|s| picked(&format!("share_{s}")));
            entry["shares"] = shares.collect();
        }
    }

    /// Temperatures along a pipe: of the gas, and those that it is compared with.
    ///
    /// `table` makes the rows of a column of the profiles.
    pub(super) fn add_profile(
        &self,
        view: &View<'_>,
        entry: &mut Value,
        table: impl Fn(&[f64]) -> Value,
    ) {
        if !self.heat {
            return;
        }
        let profiles = &view.solution.profiles;
        entry["t"] = table(&profiles.temperature_k);
        for (column, key) in PROFILES {
            if let Some(values) = profiles.column(column) {
                entry[key] = table(values);
            }
        }
    }
}
