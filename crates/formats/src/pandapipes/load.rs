//! Where gas crosses the border: external grids, sources, sinks and storages.

use super::junction::{self, Junction, Junctions};
use super::table::{Row, Table, Tables};
use crate::import::Import;
use linepack_network::{ElementKind, Network, OffTake, Supply};
use linepack_units::FlowRate;
use std::collections::HashMap;

/// The most that an external grid takes back, kg/s: more than any pipe carries.
const TAKEN_BACK: f64 = -1e4;

/// Adds everything.
pub(super) fn add(
    import: &mut Import,
    tables: &Tables<'_>,
    junctions: &Junctions,
    network: &mut Network,
) {
    add_grids(import, tables.get("ext_grid"), junctions, network);
    // With the sign of what enters.
    for (name, sign) in [("source", 1.0), ("sink", -1.0), ("mass_storage", -1.0)] {
        let rows = tables.get(name).into_iter().flat_map(Table::rows);
        for row in rows {
            constant(import, &row, junctions, network, sign);
        }
    }
}

fn constant(
    import: &mut Import,
    row: &Row<'_, '_>,
    junctions: &Junctions,
    network: &mut Network,
    sign: f64,
) {
    let Some(at) = junction::of(import, junctions, row, "junction") else {
        return;
    };
    let scaling = row.number("scaling").unwrap_or(1.0);
    let stated = row.number("mdot_kg_per_s").unwrap_or_else(|| {
        import.note("no flow is stated, so there is none", Some(&row.id()));
        0.0
    });
    let enters = sign * scaling * stated;
    if (enters < 0.0) != (sign < 0.0) && enters != 0.0 {
        import.note(
            "its flow is negative, so it is turned round",
            Some(&row.id()),
        );
    }
    if enters > 0.0 || (enters == 0.0 && sign > 0.0) {
        let mut supply = Supply::new(row.id(), &at.id);
        junction::serve(import, &mut supply.header, row, &[at]);
        supply.flow = Some(FlowRate::mass(enters));
        push_supply(import, row, network, supply);
    } else {
        let mut off_take = OffTake::new(row.id(), &at.id);
        junction::serve(import, &mut off_take.header, row, &[at]);
        off_take.flow = Some(FlowRate::mass(enters.abs()));
        import.place(
            super::place(ElementKind::OffTake, network.off_takes.len()),
            row.span(),
        );
        network.off_takes.push(off_take);
    }
}

/// External grids hold a pressure, whatever flows in or out. Several at a junction are one.
fn add_grids(
    import: &mut Import,
    table: Option<&Table<'_>>,
    junctions: &Junctions,
    network: &mut Network,
) {
    let mut held: HashMap<String, f64> = HashMap::new();
    for row in table.into_iter().flat_map(Table::rows) {
        if row.text("type") == Some("t") {
            import.note(
                "it holds a temperature only, so it is left out",
                Some(&row.id()),
            );
            continue;
        }
        let Some(at) = junction::of(import, junctions, &row, "junction") else {
            continue;
        };
        let Some(gauge_pa) = row.needed(import, &[("p_bar", 1e5)]) else {
            continue;
        };
        let supply = grid(import, &row, at, gauge_pa);
        let known = held.get(&at.id).copied();
        match known.filter(|_| supply.header.in_service) {
            None => {
                if supply.header.in_service {
                    held.insert(at.id.clone(), gauge_pa);
                }
                push_supply(import, &row, network, supply);
            }
            Some(known) if known == gauge_pa => {
                import.note(
                    "the same pressure is already held at its junction",
                    Some(&row.id()),
                );
            }
            Some(_) => row.wrong(
                import,
                format!(
                    "{} holds another pressure at a junction than the one before",
                    row.id()
                ),
            ),
        }
    }
}

fn grid(import: &mut Import, row: &Row<'_, '_>, at: &Junction, gauge_pa: f64) -> Supply {
    let mut supply = Supply::new(row.id(), &at.id);
    junction::serve(import, &mut supply.header, row, &[at]);
    supply.pressure_pa = Some(gauge_pa + at.ambient_pa);
    supply.temperature_k = row.number("t_k");
    supply.flow_min = Some(FlowRate::mass(TAKEN_BACK));
    import.note(
        "an external grid takes gas back too, up to 10000 kg/s",
        Some(&row.id()),
    );
    supply
}

fn push_supply(import: &mut Import, row: &Row<'_, '_>, network: &mut Network, supply: Supply) {
    import.place(
        super::place(ElementKind::Supply, network.supplies.len()),
        row.span(),
    );
    network.supplies.push(supply);
}
