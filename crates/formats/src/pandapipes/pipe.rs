//! Pipes.

use super::junction::{self, Junctions};
use super::table::{Row, Table, Tables};
use crate::import::Import;
use crate::json::Json;
use linepack_network::{ElementKind, Network, Pipe};
use std::collections::HashMap;

/// Cells of a pipe whose local losses may be most of its pressure drop, however short it is.
const CELLS_OF_A_LOSS: usize = 20;

/// What pipes are read with.
pub(super) struct Pipes<'a> {
    pub(super) junctions: &'a Junctions,
    /// Inner diameters of the standard types, m.
    pub(super) types: HashMap<&'a str, f64>,
    /// Temperature of pipes that state none, K.
    pub(super) temperature_k: f64,
    /// Routes by index of the pipe.
    pub(super) routes: HashMap<i64, Vec<[f64; 2]>>,
}

impl<'a> Pipes<'a> {
    pub(super) fn new(
        tables: &Tables<'a>,
        net: &'a Json,
        junctions: &'a Junctions,
        temperature_k: f64,
    ) -> Self {
        let types = ["std_types", "std_type"]
            .iter()
            .find_map(|key| net.get(key)?.get("pipe"));
        let types = types.map_or(&[][..], Json::members).iter();
        let types = types.filter_map(|(name, kind)| {
            Some((
                name.as_ref(),
                kind.get("inner_diameter_mm")?.number()? * 1e-3,
            ))
        });
        Self {
            junctions,
            types: types.collect(),
            temperature_k,
            routes: routes(tables.get("pipe_geodata")),
        }
    }

    /// Adds the pipes; the index of each in the network, by its index in the table.
    pub(super) fn add(
        &self,
        import: &mut Import,
        table: Option<&Table<'a>>,
        network: &mut Network,
    ) -> HashMap<i64, usize> {
        let mut known = HashMap::new();
        for row in table.into_iter().flat_map(Table::rows) {
            let Some(pipe) = self.pipe(import, &row) else {
                continue;
            };
            let at = network.pipes.len();
            import.place(super::place(ElementKind::Pipe, at), row.span());
            network.pipes.push(pipe);
            known.extend(row.index().map(|index| (index, at)));
        }
        known
    }

    fn pipe(&self, import: &mut Import, row: &Row<'_, '_>) -> Option<Pipe> {
        let columns = ["from_junction", "to_junction"];
        let ends = junction::ends(import, self.junctions, row, columns);
        let length_m = row.needed(import, &[("length_km", 1e3)]);
        let roughness_m = row.needed(import, &[("k_mm", 1e-3)]);
        let diameter_m = self.diameter(import, row);
        let [from, to] = ends?;
        let mut pipe = Pipe::new(row.id(), &from.id, &to.id);
        junction::serve(import, &mut pipe.header, row, &[from, to]);
        pipe.length_m = length_m?;
        pipe.roughness_m = roughness_m?;
        pipe.diameter_m = diameter_m?;
        pipe.drag_factor = row.number("loss_coefficient").unwrap_or(0.0);
        if pipe.drag_factor > 0.0 {
            pipe.cells = Some(CELLS_OF_A_LOSS);
        }
        let temperature_k = 0.5 * (from.temperature_k + to.temperature_k);
        pipe.ground_temperature_k = (temperature_k != self.temperature_k).then_some(temperature_k);
        let transfer = row.either(&[("u_w_per_m2k", 1.0), ("alpha_w_per_m2k", 1.0)]);
        pipe.heat_transfer_w_per_m2_k = transfer.filter(|u| *u > 0.0);
        pipe.route = row
            .index()
            .and_then(|i| self.routes.get(&i).cloned())
            .unwrap_or_default();
        if row.number("sections").is_some_and(|n| n > 1.0) {
            import.note(
                "the number of sections is not used: the mesh follows from the length of a cell",
                Some(&pipe.header.id),
            );
        }
        Some(pipe)
    }

    fn diameter(&self, import: &mut Import, row: &Row<'_, '_>) -> Option<f64> {
        let columns = [("inner_diameter_mm", 1e-3), ("diameter_m", 1.0)];
        let of_type = row
            .text("std_type")
            .and_then(|t| self.types.get(t).copied());
        match (row.either(&columns), of_type) {
            (None, Some(diameter_m)) => {
                import.note("inner diameter from its standard type", Some(&row.id()));
                Some(diameter_m)
            }
            _ => row.needed(import, &columns),
        }
    }
}

/// Routes by index, where they are longitudes and latitudes.
fn routes(table: Option<&Table<'_>>) -> HashMap<i64, Vec<[f64; 2]>> {
    let rows = table.into_iter().flat_map(Table::rows);
    let routes = rows.filter_map(|r| Some((r.index()?, r.points("coords")?)));
    let on_earth = |p: &[f64; 2]| p[0].abs() <= 180.0 && p[1].abs() <= 90.0;
    routes
        .filter(|(_, route)| route.iter().all(on_earth))
        .collect()
}
