//! A drawing of the network: to scale where the nodes have coordinates, else a layered schematic.

mod geometry;
mod labels;
mod line;
mod place;
mod schematic;
mod spot;
mod symbols;

use crate::data::Extra;
use crate::number;
use crate::route;
use crate::table;
use crate::units::Quantity;
use crate::view::View;
use geometry::{Geometry, WIDTH};
use labels::Sheet;
use place::Places;

/// The drawing, its key, and a line about what is chosen on it.
pub(crate) fn markup(view: &View<'_>) -> String {
    if view.case.network.nodes.is_empty() {
        return "<p class=\"nothing\">The network has no nodes.</p>".into();
    }
    format!(
        "{}{}<p class=\"note\">Pressures in {}, flows in {}. {} Click a place to follow it in the charts over time.</p>\
         {}<p id=\"map-chosen\" class=\"note\" aria-live=\"polite\"></p>",
        colours(view),
        drawing(view),
        table::unit(&view.units, Quantity::Pressure),
        table::unit(&view.units, Quantity::Flow),
        "An arrow shows where gas flows; a line without one is at rest.",
        symbols::key()
    )
}

/// What the drawing can be coloured by; nothing where there are only pressures and flows.
fn colours(view: &View<'_>) -> String {
    let extra = Extra::of(view);
    if !extra.any() {
        return String::new();
    }
    let mut out = String::from(
        "<p class=\"tools\"><label>Colours <select id=\"map-colour\"><option value=\"\">none</option>",
    );
    if extra.heat {
        out.push_str("<option value=\"temperature\">temperature</option>");
    }
    if extra.quality {
        out.push_str("<option value=\"heating\">gross heating value</option>");
    }
    for (i, id) in extra.supplies.iter().enumerate() {
        let name = view.name_markup(id);
        out.push_str(&format!("<option value=\"{i}\">share of {name}</option>"));
    }
    out + "</select></label> <span id=\"map-scale\" aria-live=\"polite\"></span></p>"
}

/// The drawing alone.
fn drawing(view: &View<'_>) -> String {
    let paths = route::paths(view);
    let geometry = Geometry::new(view, &paths);
    let mut places = Places::new(view, &geometry);
    let mut sheet = Sheet::new(geometry.height);
    let lines = line::Lines::new(view, &geometry, &places, &mut sheet);
    spot::reserve(&mut places, &mut sheet);
    let holes = lines.holes(&mut sheet);
    let spots = spot::markup(view, &places, &mut sheet);
    let words = if geometry.schematic {
        "Schematic of the network"
    } else {
        "Map of the network"
    };
    format!(
        "<svg id=\"network\" class=\"network\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"group\" aria-label=\"{words}\">{}{spots}{holes}{}{}</svg>",
        geometry.height,
        lines.markup(),
        lines.labels(view, &mut sheet),
        scale_bar(&geometry)
    )
}

/// A bar of a round number of kilometres.
fn scale_bar(geometry: &Geometry<'_>) -> String {
    let Some(km_per_px) = geometry.km_per_px else {
        return String::new();
    };
    let rounds = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let Some(km) = rounds.into_iter().rev().find(|km| km / km_per_px <= 160.0) else {
        return String::new();
    };
    let (width, y) = (km / km_per_px, geometry.height - 14.0);
    let label = number::fixed(km, 0);
    format!(
        "<g class=\"scale\"><path d=\"M16,{y} v-5 v5 h{width:.1} v-5\"/><text x=\"{:.1}\" y=\"{y}\">{label} km</text></g>",
        22.0 + width
    )
}
