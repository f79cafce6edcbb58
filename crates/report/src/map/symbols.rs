//! Shapes of the elements: each kind is told by its shape, not by a colour.

use super::geometry::Point;

/// The shape of a device, about a point.
pub(super) fn device(kind: &str, (x, y): Point) -> String {
    let shape = match kind {
        "compressor_station" => {
            "<circle r=\"9\"/><path class=\"thin\" d=\"M-6.5,-6.2 L8.6,-2.6 M-6.5,6.2 L8.6,2.6\"/>"
        }
        "valve" => "<path d=\"M-7,-5 V5 L7,-5 V5 Z\"/>",
        "control_valve" => "<path d=\"M-7,-5 V5 L7,-5 V5 Z M0,0 V-7 M-4,-7 H4\"/>",
        "check_valve" => "<path d=\"M-6,-5 V5 L6,0 Z M6,-5 V5\"/>",
        _ => "<rect x=\"-8\" y=\"-4\" width=\"16\" height=\"8\"/>",
    };
    group("device", (x, y), shape)
}

/// The shape of a terminal, about a point: supplies point at the line, off-takes away from it.
pub(super) fn terminal(kind: &str, (x, y): Point, turned: bool) -> String {
    let shape = match kind {
        "supply" => "<path class=\"solid\" d=\"M-6,-6 H6 L0,5 Z\"/>",
        "off_take" => "<path d=\"M-6,-5 H6 L0,6 Z\"/>",
        _ => "<path d=\"M0,-7 L2,-2 L7,-2 L3,1.5 L4.5,7 L0,3.6 L-4.5,7 L-3,1.5 L-7,-2 L-2,-2 Z\"/>",
    };
    let turn = if turned && kind != "leak" {
        " rotate(180)"
    } else {
        ""
    };
    format!("<g class=\"terminal\" transform=\"translate({x:.1} {y:.1}){turn}\">{shape}</g>")
}

/// An arrow head along a line; the scripts turn it when the flow does.
pub(super) fn arrow((x, y): Point, degrees: f64) -> String {
    format!(
        "<g transform=\"translate({x:.1} {y:.1}) rotate({degrees:.1})\"><path class=\"arrow\" d=\"M-5,-4.5 L5,0 L-5,4.5 Z\"/></g>"
    )
}

fn group(class: &str, (x, y): Point, shape: &str) -> String {
    format!("<g class=\"{class}\" transform=\"translate({x:.1} {y:.1})\">{shape}</g>")
}

/// The key under the drawing.
pub(super) fn key() -> String {
    let all = [
        (terminal("supply", (10.0, 10.0), false), "supply"),
        (terminal("off_take", (10.0, 10.0), false), "off-take"),
        (
            device("compressor_station", (10.0, 10.0)),
            "compressor station",
        ),
        (device("valve", (10.0, 10.0)), "valve"),
        (device("control_valve", (10.0, 10.0)), "control valve"),
        (device("check_valve", (10.0, 10.0)), "check valve"),
        (terminal("leak", (10.0, 10.0), false), "leak or break"),
        (
            "<path class=\"line off\" d=\"M1,10 H19\"/>".to_owned(),
            "not in service",
        ),
    ];
    let item = |(shape, words): (String, &str)| {
        format!(
            "<li><svg class=\"network\" viewBox=\"0 0 20 20\" aria-hidden=\"true\">{shape}</svg>{words}</li>"
        )
    };
    format!(
        "<ul class=\"key\">{}</ul>",
        all.into_iter().map(item).collect::<String>()
    )
}
