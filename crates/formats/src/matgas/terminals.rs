//! Where gas enters and leaves.

use super::network::Reading;
use super::rows::Row;
use linepack_network::{ElementKind, FlowBounds, Header, OffTake, Supply};
use linepack_units::FlowRate;

/// Flows that a row states, kg/s, positive out of the network.
struct Withdrawal {
    min: Option<f64>,
    max: Option<f64>,
    nominal: f64,
}

/// A receipt: a supply at its nominal flow.
pub(super) fn receipt(reading: &mut Reading<'_>, row: &Row) {
    let Some(nominal) = row.required(reading.import, "injection_nominal") else {
        return;
    };
    let flows = Withdrawal {
        min: reading.flow(row, "injection_max").map(|q| -q),
        max: reading.flow(row, "injection_min").map(|q| -q),
        nominal: -nominal * reading.factors.flow,
    };
    add(reading, row, "receipt", &flows, nominal >= 0.0);
}

/// A delivery: an off-take at its nominal flow.
pub(super) fn delivery(reading: &mut Reading<'_>, row: &Row) {
    withdrawal(reading, row, "delivery");
}

/// A transfer, which may go both ways: an off-take, or a supply when its nominal flow is negative.
pub(super) fn transfer(reading: &mut Reading<'_>, row: &Row) {
    withdrawal(reading, row, "transfer");
}

fn withdrawal(reading: &mut Reading<'_>, row: &Row, block: &'static str) {
    let Some(nominal) = row.required(reading.import, "withdrawal_nominal") else {
        return;
    };
    let flows = Withdrawal {
        min: reading.flow(row, "withdrawal_min"),
        max: reading.flow(row, "withdrawal_max"),
        nominal: nominal * reading.factors.flow,
    };
    add(reading, row, block, &flows, nominal < 0.0);
}

/// A storage, which has no nominal flow: an off-take that rests.
pub(super) fn storage(reading: &mut Reading<'_>, row: &Row) {
    let what =
        "a storage rests: an off-take of no flow, within its rates; its reservoir is not modelled";
    reading.import.note(what, Some(&row.name));
    let flows = Withdrawal {
        min: reading.flow(row, "flow_withdrawal_rate_max").map(|q| -q),
        max: reading.flow(row, "flow_injection_rate_max"),
        nominal: 0.0,
    };
    add(reading, row, "storage", &flows, false);
}

fn add(
    reading: &mut Reading<'_>,
    row: &Row,
    block: &'static str,
    flows: &Withdrawal,
    supplies: bool,
) {
    let Some(mut header) = reading.header(row, block) else {
        return;
    };
    let Some(node) = reading.node(row, "junction_id", &mut header) else {
        return;
    };
    for column in ["bid_price", "offer_price", "priority"] {
        if row.has(column) {
            reading
                .import
                .note(format!("`{column}` is not used"), Some(&header.id));
        }
    }
    if row.number(reading.import, "is_dispatchable") == Some(1.0) {
        let what = "dispatchable: at its nominal flow, its bounds are kept for planning";
        reading.import.note(what, Some(&header.id));
    }
    if supplies {
        add_supply(reading, row, header, node, flows);
    } else {
        add_off_take(reading, row, header, node, flows);
    }
}

fn add_supply(
    reading: &mut Reading<'_>,
    row: &Row,
    header: Header,
    node: String,
    flows: &Withdrawal,
) {
    let mut supply = Supply::new("", node);
    supply.header = header;
    supply.flow = Some(FlowRate::mass(0.0 - flows.nominal));
    supply.flow_min = flows.max.map(|q| FlowRate::mass(0.0 - q));
    supply.flow_max = flows.min.map(|q| FlowRate::mass(0.0 - q));
    let index = reading.found.network.supplies.len();
    reading.place(ElementKind::Supply, index, row);
    reading.found.network.supplies.push(supply);
}

fn add_off_take(
    reading: &mut Reading<'_>,
    row: &Row,
    header: Header,
    node: String,
    flows: &Withdrawal,
) {
    let mut off_take = OffTake::new("", node);
    off_take.header = header;
    off_take.flow = Some(FlowRate::mass(flows.nominal));
    off_take.flow_bounds = FlowBounds {
        min: flows.min.map(FlowRate::mass),
        max: flows.max.map(FlowRate::mass),
    };
    let index = reading.found.network.off_takes.len();
    reading.place(ElementKind::OffTake, index, row);
    reading.found.network.off_takes.push(off_take);
}
