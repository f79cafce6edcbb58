//! Rows of `[[scenario]]`, `[[stage]]` and `[[profile]]` as structs.

use super::decode::{Cell, Row};
use super::member::{Member, take_named};
use super::operation;
use super::tree::Table;
use crate::codes;
use crate::report::{Problem, Report};
use jiff::Timestamp;
use jiff::civil::Date;
use linepack_network::{
    Action, Event, InitialState, Interpolation, Profile, ProfileValues, Scenario, SetPoint,
    StageInfo,
};
use linepack_units::FlowRate;

/// A stage as it stands in the file.
pub(super) struct Stage {
    pub(super) info: StageInfo,
    pub(super) as_of: Option<Date>,
    pub(super) include: Vec<String>,
    pub(super) exclude: Vec<String>,
}

/// The stage of a row.
pub(super) fn stage(row: &Row) -> Stage {
    let name = String::at(row, "name");
    Stage {
        info: StageInfo {
            title: Option::<String>::at(row, "title").unwrap_or_else(|| name.clone()),
            name,
            capacity_at: Member::at(row, "capacity_at"),
        },
        as_of: Member::at(row, "as_of"),
        include: texts(row, "include"),
        exclude: texts(row, "exclude"),
    }
}

pub(super) fn texts(row: &Row, key: &str) -> Vec<String> {
    let Some(Cell::List(list)) = row.cell(key) else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|c| {
            if let Cell::Text(text) = c {
                Some(text.clone())
            } else {
                None
            }
        })
        .collect()
}

/// The scenario that is run when a case has none, or none is chosen: a steady state.
pub(super) fn steady() -> Scenario {
    Scenario {
        name: "steady".into(),
        title: "Steady state".into(),
        start: "2026-01-01T05:00:00Z"
            .parse::<Timestamp>()
            .unwrap_or(Timestamp::UNIX_EPOCH),
        duration_s: 0.0,
        output_interval_s: 900.0,
        initial: InitialState::Steady,
        events: Vec::new(),
        rules: Vec::new(),
        interlocks: Vec::new(),
    }
}

/// The scenario of a row, without its events.
pub(super) fn scenario(row: &Row) -> Scenario {
    let name = String::at(row, "name");
    Scenario {
        title: Option::<String>::at(row, "title").unwrap_or_else(|| name.clone()),
        name,
        start: Member::at(row, "start"),
        duration_s: f64::at(row, "duration"),
        output_interval_s: f64::at(row, "output_interval"),
        initial: match row.cell("initial") {
            Some(Cell::Row(own)) => InitialState::AtRest {
                pressure_pa: f64::at(own, "at_rest"),
            },
            _ => InitialState::Steady,
        },
        events: Vec::new(),
        rules: operation::rules(row),
        interlocks: operation::interlocks(row),
    }
}

/// The events of a scenario's row in order of time, and the place of each in the file's order.
pub(super) fn events(row: &Row) -> (Vec<Event>, Vec<usize>) {
    let Some(Cell::List(cells)) = row.cell("event") else {
        return (Vec::new(), Vec::new());
    };
    let read = |(i, cell): (usize, &Cell)| match cell {
        Cell::Row(row) => event(row).map(|event| (event, i)),
        _ => None,
    };
    let mut events = cells
        .iter()
        .enumerate()
        .filter_map(read)
        .collect::<Vec<_>>();
    events.sort_by(|a, b| a.0.at_s.total_cmp(&b.0.at_s));
    events.into_iter().unzip()
}

/// The event of a row; none when its action could not be read.
fn event(row: &Row) -> Option<Event> {
    Some(Event {
        at_s: f64::at(row, "at"),
        element: String::at(row, "element"),
        action: action(row)?,
    })
}

/// The action of a row; none when it could not be read.
pub(super) fn action(row: &Row) -> Option<Action> {
    let Some(Cell::Text(word)) = row.cell("action") else {
        return None;
    };
    Some(match word.as_str() {
        "open" => Action::Open,
        "close" => Action::Close,
        "trip" => Action::Trip,
        "start" => Action::Start,
        "shut" => Action::Shut,
        "gas" => Action::Gas {
            name: String::at(row, "gas"),
        },
        "batch" => Action::Batch {
            name: String::at(row, "batch"),
        },
        "break" => Action::Break {
            distance_m: f64::at(row, "distance"),
        },
        _ => Action::Set {
            set_point: set_point(row)?,
            ramp_s: Option::<f64>::at(row, "ramp").unwrap_or(0.0),
        },
    })
}

fn set_point(row: &Row) -> Option<SetPoint> {
    let number = |key| Option::<f64>::at(row, key);
    None.or_else(|| number("pressure").map(SetPoint::Pressure))
        .or_else(|| number("suction_pressure").map(SetPoint::SuctionPressure))
        .or_else(|| Option::<FlowRate>::at(row, "flow").map(SetPoint::Flow))
        .or_else(|| number("ratio").map(SetPoint::Ratio))
        .or_else(|| number("power").map(SetPoint::Power))
        .or_else(|| number("opening").map(SetPoint::Opening))
        .or_else(|| number("temperature").map(SetPoint::Temperature))
}

/// The profile of a row; `table` is where it stands, for a mixture of flows.
pub(super) fn profile(row: &Row, table: &Table, report: &mut Report) -> Profile {
    let (values_are, values) = values(row).unwrap_or_else(|| {
        let span = table.get("flow").map_or(table.span, |v| v.span);
        let message = format!("profile \"{}\" mixes kinds of flow", String::at(row, "id"));
        report.add(
            Problem::error(codes::MIXED_FLOWS, span, message)
                .label("expected one kind: mass, volume or energy"),
        );
        (ProfileValues::Factor, Vec::new())
    });
    Profile {
        id: String::at(row, "id"),
        interpolation: take_named(row, "interpolation", Interpolation::Linear),
        values_are,
        time_s: Vec::at(row, "time"),
        values,
        period_s: Member::at(row, "period"),
    }
}

fn values(row: &Row) -> Option<(ProfileValues, Vec<f64>)> {
    let known = [
        ("factor", ProfileValues::Factor),
        ("pressure", ProfileValues::Pressure),
        ("ratio", ProfileValues::Ratio),
        ("temperature", ProfileValues::Temperature),
    ];
    let plain = known.into_iter().find(|(key, _)| row.cell(key).is_some());
    if let Some((key, values_are)) = plain {
        return Some((values_are, Vec::at(row, key)));
    }
    let Some(Cell::List(list)) = row.cell("flow") else {
        return Some((ProfileValues::Factor, Vec::new()));
    };
    let flows = list.iter().filter_map(|c| {
        if let Cell::Flow(flow) = c {
            Some(*flow)
        } else {
            None
        }
    });
    flow_values(&flows.collect::<Vec<_>>())
}

/// Flows of one kind as a flow of size one and its multiples.
fn flow_values(flows: &[FlowRate]) -> Option<(ProfileValues, Vec<f64>)> {
    let (one, _) = unit_and_size(*flows.first()?);
    let sizes = flows.iter().map(|flow| {
        let (unit, size) = unit_and_size(*flow);
        (unit == one).then_some(size)
    });
    Some((ProfileValues::Flow(one), sizes.collect::<Option<Vec<_>>>()?))
}

fn unit_and_size(flow: FlowRate) -> (FlowRate, f64) {
    match flow {
        FlowRate::Mass { kg_per_s } => (FlowRate::mass(1.0), kg_per_s),
        FlowRate::Volume {
            m3_per_s,
            reference,
        } => (
            FlowRate::Volume {
                m3_per_s: 1.0,
                reference,
            },
            m3_per_s,
        ),
        FlowRate::Energy { watt, basis } => (FlowRate::Energy { watt: 1.0, basis }, watt),
    }
}
