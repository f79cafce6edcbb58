use super::{Panel, chart, nothing};
use crate::view::View;

/// Pressures and flows over time, with limits and what was asked.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = if view.is_steady() {
        nothing("This is a steady state: one moment, no time series.")
    } else {
        body()
    };
    Panel {
        id: "series",
        title: "Over time",
        body,
    }
}

fn body() -> String {
    let mut out = String::new();
    out.push_str(&half(
        "pressure",
        "Pressure at nodes",
        "Pressure at the chosen nodes over time",
    ));
    out.push_str(&half(
        "flow",
        "Flow at terminals",
        "Flow at the chosen terminals over time",
    ));
    out.push_str(
        "<p class=\"note\">Drag to zoom, double click to see all. The zoom stays when the choice \
         changes. Times are UTC.</p>",
    );
    out
}

pub(super) fn half(id: &str, title: &str, label: &str) -> String {
    format!(
        "<h3>{title}</h3><div class=\"pick\"><label>Add <input type=\"search\" id=\"series-{id}-find\" \
         list=\"series-{id}-names\" placeholder=\"find an element\" autocomplete=\"off\"></label>\
         <datalist id=\"series-{id}-names\"></datalist><span class=\"chips\" id=\"series-{id}-chosen\"></span>\
         <button type=\"button\" id=\"series-{id}-fit\">Show all</button></div>{}",
        chart(&format!("series-{id}"), label)
    )
}
