//! Valves between junctions, and valves at the end of a pipe.

use super::junction::{self, Junction, Junctions};
use super::riser;
use super::table::{Row, Table};
use crate::import::Import;
use linepack_network::{
    ElementKind, Network, Node, Pipe, Resistor, ResistorLoss, ShortPipe, Valve,
};
use std::collections::HashMap;

const BORE: [(&str, f64); 2] = [("inner_diameter_mm", 1e-3), ("diameter_m", 1.0)];

/// Adds the valves.
pub(super) fn add(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    pipes: &HashMap<i64, usize>,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let valve = match row.text("et") {
            Some("pi") => at_pipe(import, &row, junctions, pipes, network),
            Some("ju") => between(import, &row, junctions, network, ["junction", "element"]),
            None => between(
                import,
                &row,
                junctions,
                network,
                ["from_junction", "to_junction"],
            ),
            Some(other) => {
                row.wrong(
                    import,
                    format!("`et` of {} is \"{other}\", not \"ju\" or \"pi\"", row.id()),
                );
                None
            }
        };
        let Some(valve) = valve else { continue };
        import.place(
            super::place(ElementKind::Valve, network.valves.len()),
            row.span(),
        );
        network.valves.push(valve);
    }
}

fn between(
    import: &mut Import,
    row: &Row<'_, '_>,
    junctions: &Junctions,
    network: &mut Network,
    columns: [&str; 2],
) -> Option<Valve> {
    let [from, to] = junction::ends(import, junctions, row, columns)?;
    let mut valve = valve(import, row, &from.id, &to.id, &[from, to])?;
    [valve.from, valve.to] = riser::level(import, row, network, &valve.header, [from, to]);
    Some(valve)
}

fn valve(
    import: &mut Import,
    row: &Row<'_, '_>,
    from: &str,
    to: &str,
    at: &[&Junction],
) -> Option<Valve> {
    let diameter_m = row.needed(import, &BORE);
    let mut valve = Valve::new(row.id(), from, to);
    junction::serve(import, &mut valve.header, row, at);
    valve.opening = if row.flag("opened").unwrap_or(true) {
        1.0
    } else {
        0.0
    };
    valve.diameter_m = Some(diameter_m?);
    valve.drag_factor = row.number("loss_coefficient").unwrap_or(0.0);
    Some(valve)
}

/// A valve between a junction and the pipe that ends there: the pipe gets an end of its own.
fn at_pipe(
    import: &mut Import,
    row: &Row<'_, '_>,
    junctions: &Junctions,
    pipes: &HashMap<i64, usize>,
    network: &mut Network,
) -> Option<Valve> {
    let junction = junction::of(import, junctions, row, "junction")?;
    let place = row.reference("element").and_then(|index| pipes.get(&index));
    let Some(place) = place else {
        row.wrong(import, format!("`element` of {} is no pipe", row.id()));
        return None;
    };
    let node_id = format!("{}_node", row.id());
    if !redirect(&mut network.pipes[*place], &junction.id, &node_id) {
        row.wrong(
            import,
            format!("the pipe of {} does not end at its junction", row.id()),
        );
        return None;
    }
    let valve = valve(import, row, &junction.id, &node_id, &[junction])?;
    let mut node = Node::new(node_id);
    node.elevation_m = junction.height_m;
    node.header.in_service = junction.in_service;
    node.header.status = super::status(junction.in_service);
    import.place(
        super::place(ElementKind::Node, network.nodes.len()),
        row.span(),
    );
    network.nodes.push(node);
    Some(valve)
}

/// Moves the end of a pipe from one node to another.
fn redirect(pipe: &mut Pipe, from: &str, to: &str) -> bool {
    for end in [&mut pipe.from, &mut pipe.to] {
        if end == from {
            to.clone_into(end);
            return true;
        }
    }
    false
}

/// Adds the heat exchangers of a gas network: their loss, without their heat.
pub(super) fn add_heat_exchangers(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    network: &mut Network,
) {
    for row in table.into_iter().flat_map(Table::rows) {
        let columns = ["from_junction", "to_junction"];
        let Some([from, to]) = junction::ends(import, junctions, &row, columns) else {
            continue;
        };
        import.note(
            "only its pressure loss: heat is not calculated",
            Some(&row.id()),
        );
        match row.number("loss_coefficient").filter(|z| *z != 0.0) {
            None => {
                let mut pipe = ShortPipe::new(row.id(), &from.id, &to.id);
                junction::serve(import, &mut pipe.header, &row, &[from, to]);
                let ends = [from, to];
                [pipe.from, pipe.to] = riser::level(import, &row, network, &pipe.header, ends);
                network.short_pipes.push(pipe);
            }
            Some(factor) => {
                let Some(diameter_m) = row.needed(import, &BORE) else {
                    continue;
                };
                let loss = ResistorLoss::Drag { factor, diameter_m };
                let mut resistor = Resistor::new(row.id(), &from.id, &to.id, loss);
                junction::serve(import, &mut resistor.header, &row, &[from, to]);
                let ends = [from, to];
                [resistor.from, resistor.to] =
                    riser::level(import, &row, network, &resistor.header, ends);
                network.resistors.push(resistor);
            }
        }
    }
}
