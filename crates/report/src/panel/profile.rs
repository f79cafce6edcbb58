use super::{Panel, chart, nothing};
use crate::data::Extra;
use crate::escape;
use crate::route::Path;
use crate::view::View;
use std::fmt::Write as _;

/// Pressure, its limits, flow and elevation against true distance.
pub(super) fn panel(view: &View<'_>, paths: &[Path]) -> Panel {
    let body = if paths.is_empty() {
        nothing("No way leads from a supply to an off-take in service, so there is no profile.")
    } else {
        body(view, paths)
    };
    Panel {
        id: "profile",
        title: "Hydraulic profile",
        body,
    }
}

fn body(view: &View<'_>, paths: &[Path]) -> String {
    let mut out = String::from("<p class=\"tools\"><label>Path <select id=\"profile-path\">");
    for (i, path) in paths.iter().enumerate() {
        let km = view
            .units
            .number(crate::units::Quantity::Distance, path.length_m);
        let (from, to) = (
            escape::text(view.name(&path.from)),
            escape::text(view.name(&path.to)),
        );
        let _ = write!(
            out,
            "<option value=\"{i}\">{from} \u{2192} {to} ({km} km)</option>"
        );
    }
    out.push_str("</select></label> <span class=\"key\" id=\"profile-key\"></span></p>");
    out.push_str(&chart(
        "profile-pressure",
        "Pressure and its limits along the path",
    ));
    out.push_str(&chart("profile-flow", "Flow along the path"));
    if Extra::of(view).heat {
        let label = "Temperature of gas and ground along the path";
        out.push_str(&chart("profile-temperature", label));
    }
    out.push_str(&chart("profile-elevation", "Elevation along the path"));
    out
}
