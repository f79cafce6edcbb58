//! Pipes, and the local losses that pandapipes states with them.

use super::junction::{self, Junction, Junctions};
use super::table::{Row, Table, Tables};
use crate::import::Import;
use crate::json::Json;
use linepack_network::{ElementKind, Network, Node, Pipe, Resistor, ResistorLoss};
use std::collections::HashMap;

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

/// Where a pipe of the table is in the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Index of the pipe.
    pub(super) pipe: usize,
    /// Index of the resistor behind it.
    pub(super) resistor: Option<usize>,
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

    /// Adds the pipes; where each is, by its index in the table.
    pub(super) fn add(
        &self,
        import: &mut Import,
        table: Option<&Table<'a>>,
        network: &mut Network,
    ) -> HashMap<i64, Place> {
        let mut known = HashMap::new();
        for row in table.into_iter().flat_map(Table::rows) {
            let Some(pipe) = self.pipe(import, &row) else {
                continue;
            };
            let at = network.pipes.len();
            import.place(super::place(ElementKind::Pipe, at), row.span());
            network.pipes.push(pipe);
            let factor = row.number("loss_coefficient").filter(|z| *z != 0.0);
            let end = row
                .reference("to_junction")
                .and_then(|i| self.junctions.get(&i));
            if let (Some(factor), Some(end)) = (factor, end) {
                local_loss(import, &row, network, end, factor);
            }
            let resistor = factor.map(|_| network.resistors.len() - 1);
            known.extend(
                row.index()
                    .map(|index| (index, Place { pipe: at, resistor })),
            );
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
        let temperature_k = 0.5 * (from.temperature_k + to.temperature_k);
        pipe.ground_temperature_k = (temperature_k != self.temperature_k).then_some(temperature_k);
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

/// A resistor behind a pipe, for the local losses that pandapipes adds to its friction.
fn local_loss(
    import: &mut Import,
    row: &Row<'_, '_>,
    network: &mut Network,
    end: &Junction,
    factor: f64,
) {
    let Some(pipe) = network.pipes.last_mut() else {
        return;
    };
    import.note(
        "its loss coefficient is a resistor behind the pipe",
        Some(&pipe.header.id),
    );
    let id = format!("{}_loss", pipe.header.id);
    let mut node = Node::new(format!("{id}_node"));
    node.elevation_m = end.height_m;
    node.header.in_service = pipe.header.in_service;
    node.header.status = pipe.header.status;
    let to = std::mem::replace(&mut pipe.to, node.header.id.clone());
    let loss = ResistorLoss::Drag {
        factor,
        diameter_m: pipe.diameter_m,
    };
    let mut resistor = Resistor::new(id, &node.header.id, to, loss);
    resistor.header.status = pipe.header.status;
    resistor.header.in_service = pipe.header.in_service;
    import.place(
        super::place(ElementKind::Node, network.nodes.len()),
        row.span(),
    );
    import.place(
        super::place(ElementKind::Resistor, network.resistors.len()),
        row.span(),
    );
    network.nodes.push(node);
    network.resistors.push(resistor);
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
