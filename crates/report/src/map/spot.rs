//! What stands at a place, drawn and labelled.

use super::labels::{Rect, Sheet, Spot};
use super::place::{Place, Places, Terminal};
use super::symbols;
use crate::escape;
use crate::units::Quantity;
use crate::view::View;
use std::fmt::Write as _;

/// Places that are labelled, at most.
const LABELS_MAX: usize = 80;
/// Characters of a name that are shown, at most; the title has it whole.
const NAME_MAX: usize = 28;
/// Height of a line of text, px.
const LINE_PX: f64 = 14.0;

/// One line of a label: markup, and how many characters it shows.
type Words = (String, usize);

/// All places: symbols first, then labels, those that matter most first.
pub(super) fn markup(view: &View<'_>, places: &Places<'_>, sheet: &mut Sheet) -> String {
    let mut order: Vec<&Place<'_>> = places.list.iter().collect();
    order.sort_by_key(|p| rank(p));
    let mut out = String::new();
    for (i, place) in order.into_iter().enumerate() {
        let label = if i < LABELS_MAX {
            label(view, place, sheet)
        } else {
            String::new()
        };
        out.push_str(&group(view, place, &label));
    }
    out
}

/// Reserves the room of all symbols, and turns places whose off-takes would stand on a line.
pub(super) fn reserve(places: &mut Places<'_>, sheet: &mut Sheet) {
    for place in &mut places.list {
        let ink = |dy| sheet.crossed(&Rect::about((place.at.0, place.at.1 + dy), 14.0, 16.0));
        place.turned = !place.terminals.is_empty() && ink(18.0) > ink(-18.0);
        let devices = place.devices.len().max(1) as f64;
        sheet.take(Rect::about(place.at, devices * 19.0, 18.0));
        for (_, at) in terminal_points(place) {
            sheet.take(Rect::about(at, 15.0, 15.0));
        }
    }
}

/// Terminals and stations in service before plain nodes, those out of service last.
fn rank(place: &Place<'_>) -> u8 {
    let has_station = place.devices.iter().any(|d| d.kind == "compressor_station");
    match (place.in_service, place.terminals.is_empty(), has_station) {
        (true, false, _) => 0,
        (true, _, true) => 1,
        (true, ..) => 2,
        (false, false, _) => 3,
        _ => 4,
    }
}

/// Supplies stand above the place, off-takes and leaks below.
fn terminal_points<'p, 'a>(place: &'p Place<'a>) -> Vec<(&'p Terminal<'a>, (f64, f64))> {
    let (above, below): (Vec<_>, Vec<_>) = place.terminals.iter().partition(|t| t.kind == "supply");
    let row = |list: Vec<&'p Terminal<'a>>, dy: f64| {
        let half = (list.len() as f64 - 1.0) / 2.0;
        let at = move |i: usize| (place.at.0 + (i as f64 - half) * 15.0, place.at.1 + dy);
        list.into_iter()
            .enumerate()
            .map(move |(i, t)| (t, at(i)))
            .collect::<Vec<_>>()
    };
    let side = if place.turned { -18.0 } else { 18.0 };
    let mut out = row(above, -side);
    out.extend(row(below, side));
    out
}

fn group(view: &View<'_>, place: &Place<'_>, label: &str) -> String {
    let ids = |ids: Vec<&str>| escape::text(&serde_json::json!(ids).to_string());
    let nodes = ids(place.nodes.clone());
    let terminals = ids(place.terminals.iter().map(|t| t.id).collect());
    let class = if place.in_service {
        "place"
    } else {
        "place off"
    };
    let mut out = format!(
        "<g class=\"{class}\" tabindex=\"0\" role=\"button\" data-nodes=\"{nodes}\" data-terminals=\"{terminals}\">\
         <title>{}</title>",
        title(view, place)
    );
    let (x, y) = place.at;
    if place.devices.is_empty() {
        let _ = write!(
            out,
            "<circle class=\"node\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"
        );
    }
    let half = (place.devices.len() as f64 - 1.0) / 2.0;
    for (i, device) in place.devices.iter().enumerate() {
        let shape = symbols::device(device.kind, (x + (i as f64 - half) * 19.0, y));
        let class = if device.in_service { "" } else { "off" };
        let _ = write!(
            out,
            "<g class=\"{class}\" data-device=\"{}\">{shape}</g>",
            escape::text(device.id)
        );
    }
    for (terminal, at) in terminal_points(place) {
        let class = if terminal.in_service { "" } else { "off" };
        let shape = symbols::terminal(terminal.kind, at, place.turned);
        let _ = write!(out, "<g class=\"{class}\">{shape}</g>");
    }
    let _ = write!(
        out,
        "<text class=\"warn\" x=\"{:.1}\" y=\"{:.1}\"></text>",
        x + 11.0,
        y - 9.0
    );
    out + label + "</g>"
}

fn title(view: &View<'_>, place: &Place<'_>) -> String {
    let devices = place.devices.iter().map(|d| d.id);
    let terminals = place.terminals.iter().map(|t| t.id);
    let all = place.nodes.iter().copied().chain(devices).chain(terminals);
    all.map(|id| view.name_markup(id))
        .collect::<Vec<_>>()
        .join(", ")
}

fn label(view: &View<'_>, place: &Place<'_>, sheet: &mut Sheet) -> String {
    let lines = words(view, place);
    let longest = lines.iter().map(|l| l.1).max().unwrap_or(0);
    let size = (
        longest as f64 * 6.5 + 6.0,
        lines.len() as f64 * LINE_PX + 2.0,
    );
    let reach = if place.terminals.is_empty() {
        12.0
    } else {
        28.0
    };
    let spot = sheet.place(place.at, size, reach);
    spot.map_or(String::new(), |s| {
        s.leader(place.at, reach) + &text(&lines, &s)
    })
}

fn text(lines: &[Words], spot: &Spot) -> String {
    let x = spot.text_x();
    let mut out = format!("<text class=\"label\" text-anchor=\"{}\">", spot.anchor);
    for (i, (markup, _)) in lines.iter().enumerate() {
        let y = spot.rect.y + 12.0 + i as f64 * LINE_PX;
        let class = if i == 0 { "name" } else { "live" };
        let _ = write!(
            out,
            "<tspan class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{markup}</tspan>"
        );
    }
    out + "</text>"
}

/// Name, pressure (through a station: suction and discharge), and what the terminals do.
fn words(view: &View<'_>, place: &Place<'_>) -> Vec<Words> {
    let name = name(view, place);
    let mut out = vec![cut(name)];
    if !place.in_service {
        out.push(("not in service".into(), 14));
        return out;
    }
    out.extend(pressures(view, place));
    for terminal in place.terminals.iter().filter(|t| t.in_service) {
        out.extend(terminal_words(view, terminal, name));
    }
    out
}

/// A name, cut where it is long.
fn cut(name: &str) -> Words {
    let count = name.chars().count();
    if count <= NAME_MAX {
        return (escape::text(name), count);
    }
    let start: String = name.chars().take(NAME_MAX - 1).collect();
    (
        escape::text(&format!("{}\u{2026}", start.trim_end())),
        NAME_MAX,
    )
}

/// The station's name, else that of the first node.
fn name<'b>(view: &'b View<'_>, place: &Place<'b>) -> &'b str {
    let station = place
        .devices
        .iter()
        .find(|d| d.kind == "compressor_station");
    let id = station
        .map(|d| d.id)
        .or_else(|| place.nodes.first().copied());
    id.map_or("", |id| view.name(id))
}

fn pressures(view: &View<'_>, place: &Place<'_>) -> Option<Words> {
    let value = |id: &str| view.solution.nodes.value("pressure_pa", view.last(), id);
    let (first, last) = ends(view, place)?;
    let last = Some(last).filter(|n| *n != first);
    let (markup, count) = live(view, "node", first, Quantity::Pressure, value(first)?);
    let Some((id, pa)) = last.and_then(|id| Some((id, value(id)?))) else {
        return Some((markup, count));
    };
    let (second, more) = live(view, "node", id, Quantity::Pressure, pa);
    Some((format!("{markup} \u{2192} {second}"), count + more + 3))
}

/// Suction and discharge of the station at a place, else its first and last node.
fn ends<'a>(view: &View<'a>, place: &Place<'a>) -> Option<(&'a str, &'a str)> {
    let mut stations = view.case.network.compressor_stations.iter();
    let id = place
        .devices
        .iter()
        .find(|d| d.kind == "compressor_station")
        .map(|d| d.id);
    if let Some(station) = stations.find(|s| Some(s.header.id.as_str()) == id) {
        return Some((&station.from, &station.to));
    }
    Some((place.nodes.first()?, place.nodes.last()?))
}

fn terminal_words(view: &View<'_>, terminal: &Terminal<'_>, place: &str) -> Option<Words> {
    let flow = view
        .solution
        .terminals
        .value("mass_flow_kg_per_s", view.last(), terminal.id)?;
    let (markup, count) = live(view, "terminal", terminal.id, Quantity::Flow, flow);
    let verb = match terminal.kind {
        "supply" => "in",
        "off_take" => "out",
        _ => "lost",
    };
    let name = view.name(terminal.id);
    let name = if name == place { "" } else { name };
    let gap = if name.is_empty() { "" } else { " " };
    let shown = format!("{}{gap}{verb} {markup}", escape::text(name));
    Some((
        shown,
        name.chars().count() + gap.len() + verb.len() + 1 + count,
    ))
}

/// A number that the scripts keep up with the slider.
fn live(view: &View<'_>, of: &str, id: &str, quantity: Quantity, si: f64) -> Words {
    let shown = view.units.number(quantity, si);
    let count = shown.chars().count();
    (
        format!(
            "<tspan data-live=\"{of}\" data-id=\"{}\">{shown}</tspan>",
            escape::text(id)
        ),
        count,
    )
}
