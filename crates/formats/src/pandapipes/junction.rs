//! Junctions: nodes, and the pressure of the air around them.

use super::table::{Row, Table, Tables};
use crate::codes;
use crate::import::Import;
use linepack_network::{ElementKind, Network, Node, Status};
use std::collections::HashMap;

/// Where a junction's pressures are counted from, and its temperature.
#[derive(Debug, Clone)]
pub(super) struct Junction {
    /// The identifier of its node.
    pub(super) id: String,
    /// Height, m.
    pub(super) height_m: f64,
    /// Pressure of the air, Pa.
    pub(super) ambient_pa: f64,
    /// Temperature of the gas, K.
    pub(super) temperature_k: f64,
    /// Whether it is in service.
    pub(super) in_service: bool,
}

/// The junctions by index.
pub(super) type Junctions = HashMap<i64, Junction>;

/// Pressure of the air at a height, Pa.
///
/// $$ p = 1.01325 bar (1 - 0.0065 h / 288.15)^{5.255} $$
///
/// | symbol | argument   | unit | range      |
/// |--------|------------|------|------------|
/// | h      | `height_m` | m    | up to 44 km |
///
/// Source: the international barometric formula, as pandapipes has it
/// (`p_correction_height_air`). Checked by `tests::ambient_pressure_by_hand`.
pub(super) fn ambient_pa(height_m: f64) -> f64 {
    101_325.0 * (1.0 - 0.0065 * height_m / 288.15).powf(5.255)
}

/// Adds the nodes.
pub(super) fn add(import: &mut Import, tables: &Tables<'_>, network: &mut Network) -> Junctions {
    let mut junctions = Junctions::new();
    let Some(table) = tables.get("junction") else {
        return junctions;
    };
    let places = places(tables.get("junction_geodata"));
    for row in table.rows() {
        let Some(index) = row.index() else {
            row.wrong(import, "a junction has no index".to_owned());
            continue;
        };
        let junction = junction(import, &row);
        let mut node = Node::new(&junction.id);
        super::named(&mut node.header, &row);
        node.elevation_m = junction.height_m;
        [node.x, node.y] = places.get(&index).map_or([None; 2], |p| p.map(Some));
        import.place(
            super::place(ElementKind::Node, network.nodes.len()),
            row.span(),
        );
        network.nodes.push(node);
        if junctions.insert(index, junction).is_some() {
            row.wrong(import, format!("two junctions have the index {index}"));
        }
    }
    junctions
}

fn junction(import: &mut Import, row: &Row<'_, '_>) -> Junction {
    let id = row.id();
    let height_m = row.number("height_m").unwrap_or_else(|| {
        import.note("height 0 m assumed", Some(&id));
        0.0
    });
    let ambient_pa = ambient_pa(height_m);
    if ambient_pa.is_nan() || ambient_pa <= 0.0 {
        row.wrong(import, format!("a height of {height_m} m is above the air"));
    }
    Junction {
        height_m,
        ambient_pa,
        temperature_k: row.needed(import, &[("tfluid_k", 1.0)]).unwrap_or(288.15),
        in_service: row.flag("in_service").unwrap_or(true),
        id,
    }
}

fn places(table: Option<&Table<'_>>) -> HashMap<i64, [f64; 2]> {
    let rows = table.into_iter().flat_map(Table::rows);
    let places = rows.filter_map(|r| Some((r.index()?, [r.number("x")?, r.number("y")?])));
    places.collect()
}

/// The junction that a row names in a column.
pub(super) fn of<'j>(
    import: &mut Import,
    junctions: &'j Junctions,
    row: &Row<'_, '_>,
    column: &str,
) -> Option<&'j Junction> {
    let found = row
        .reference(column)
        .and_then(|index| junctions.get(&index));
    if found.is_none() {
        let message = match row.reference(column) {
            Some(index) => format!(
                "`{column}` of {} is {index}, and there is no such junction",
                row.id()
            ),
            None => format!("{} has no `{column}`", row.id()),
        };
        import.error(codes::FOREIGN_CONTENT, row.span(), message);
    }
    found
}

/// The ends of a row in two columns.
pub(super) fn ends<'j>(
    import: &mut Import,
    junctions: &'j Junctions,
    row: &Row<'_, '_>,
    columns: [&str; 2],
) -> Option<[&'j Junction; 2]> {
    let [from, to] = columns.map(|c| of(import, junctions, row, c));
    Some([from?, to?])
}

/// Name and service of an element that needs some junctions in service.
pub(super) fn serve(
    import: &mut Import,
    header: &mut linepack_network::Header,
    row: &Row<'_, '_>,
    at: &[&Junction],
) {
    super::named(header, row);
    if header.in_service && at.iter().any(|j| !j.in_service) {
        import.note("out of service, as a junction of it is", Some(&header.id));
        header.in_service = false;
        header.status = Status::OutOfService;
    }
}

#[cfg(test)]
mod tests {
    use super::ambient_pa;

    /// At 1000 m: 1.01325 (1 - 6.5/288.15)^5.255 = 1.01325 · 0.887015 bar; ISO 2533 has 0.89876 bar.
    #[test]
    fn ambient_pressure_by_hand() {
        assert!((ambient_pa(0.0) - 101_325.0).abs() < 1e-9);
        assert!((ambient_pa(1000.0) / 89_876.0 - 1.0).abs() < 2e-4);
    }
}
