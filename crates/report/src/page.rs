//! The page as a whole.

use crate::data::{self, Thinning};
use crate::escape;
use crate::panel::{self, Panel};
use crate::route;
use crate::view::View;
use linepack_network::Case;
use linepack_results::{Manifest, Solution, StageResult};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../assets/style.css");
const PLOT_STYLE: &str = include_str!("../assets/uplot/uPlot.min.css");

/// Scripts in the order in which they run.
const SCRIPTS: [&str; 9] = [
    include_str!("../assets/uplot/uPlot.iife.min.js"),
    include_str!("../assets/core.js"),
    include_str!("../assets/chart.js"),
    include_str!("../assets/clock.js"),
    include_str!("../assets/map.js"),
    include_str!("../assets/profile.js"),
    include_str!("../assets/series.js"),
    include_str!("../assets/quality.js"),
    include_str!("../assets/trends.js"),
];

/// Nothing may be fetched from anywhere, whatever the page contains.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/// The report of a run as one HTML page.
///
/// It opens from disk without a network, in light and dark, and prints. The same input gives the
/// same bytes, but for the instant in the manifest.
pub fn html(
    case: &Case,
    solution: &Solution,
    stages: &[StageResult],
    manifest: &Manifest,
) -> String {
    let view = View::new(case, solution, stages, manifest);
    let paths = route::paths(&view);
    let thinning = Thinning::new(&view, &paths);
    let panels = panel::all(&view, &paths, &thinning);
    let mut out = head(&view);
    out.push_str(&header(&view, &panels));
    out.push_str("<main>");
    for panel in &panels {
        out.push_str(&section(&view, panel));
    }
    out.push_str("</main>");
    let document = data::document(&view, &paths, &thinning);
    let json = escape::script_json(&document);
    let _ = write!(
        out,
        "<script type=\"application/json\" id=\"data\">{json}</script>"
    );
    for script in SCRIPTS {
        let _ = writeln!(out, "<script>{script}</script>");
    }
    out.push_str("</body></html>\n");
    out
}

fn head(view: &View<'_>) -> String {
    let title = escape::text(heading(view));
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>{PLOT_STYLE}</style><style>{STYLE}</style></head>"
    )
}

fn heading<'a>(view: &View<'a>) -> &'a str {
    if view.case.title.is_empty() {
        &view.case.id
    } else {
        &view.case.title
    }
}

fn header(view: &View<'_>, panels: &[Panel]) -> String {
    let mut out =
        String::from("<body><a class=\"skip\" href=\"#summary\">Skip to the summary</a><header>");
    let _ = write!(out, "<div class=\"bar\"><nav aria-label=\"Sections\">");
    for panel in panels {
        let _ = write!(out, "<a href=\"#{}\">{}</a>", panel.id, short(panel));
    }
    out.push_str("</nav><div class=\"choices\">");
    out.push_str("<label>Pressure <select id=\"unit-pressure\"></select></label>");
    out.push_str("<label>Gas <select id=\"unit-flow\"></select></label>");
    out.push_str("<button type=\"button\" id=\"theme\" aria-pressed=\"false\">Dark</button></div></div></header>");
    let _ = write!(
        out,
        "<div class=\"head\"><h1>{}</h1>",
        escape::text(heading(view))
    );
    let _ = write!(out, "<p class=\"sub\">{}</p>", subtitle(view));
    if !view.case.description.is_empty() {
        let _ = write!(
            out,
            "<p class=\"about\">{}</p>",
            escape::text(&view.case.description)
        );
    }
    out.push_str("</div><noscript><p class=\"alert\">The charts need scripts; the tables and words do not.</p></noscript>");
    out
}

fn short(panel: &Panel) -> &str {
    match panel.id {
        "stages" => "Stages",
        "profile" => "Profile",
        "stations" => "Stations",
        "limits" => "Limits",
        "basis" => "Basis",
        _ => panel.title,
    }
}

/// Stage, scenario and time of the run in one line.
fn subtitle(view: &View<'_>) -> String {
    let mut parts = Vec::new();
    let stage = view.case.stage.as_deref();
    if let Some(name) = stage {
        let info = view.case.stages.iter().find(|s| s.name == name);
        let title = info.map_or("", |s| s.title.as_str());
        parts.push(named("Stage", name, title));
    }
    let scenario = &view.case.scenario;
    if view.is_steady() {
        parts.push("steady state".into());
    } else {
        parts.push(named("Scenario", &scenario.name, &scenario.title));
        let (from, to) = (view.utc(0.0), view.utc(view.duration_s()));
        parts.push(format!("{from} to {to} UTC"));
    }
    parts.join(" \u{00B7} ")
}

fn named(what: &str, name: &str, title: &str) -> String {
    let (name, title) = (escape::text(name), escape::text(title));
    if title.is_empty() || title == name {
        return format!("{what} <strong>{name}</strong>");
    }
    format!("{what} <strong>{name}</strong> ({title})")
}

/// A panel; map and profile share the time slider, which stays in sight while they are.
fn section(view: &View<'_>, panel: &Panel) -> String {
    let plain = format!(
        "<section id=\"{0}\" aria-labelledby=\"h-{0}\"><h2 id=\"h-{0}\">{1}</h2>{2}</section>",
        panel.id, panel.title, panel.body
    );
    match panel.id {
        "map" => format!("<div class=\"timed\">{}{plain}", clock(view)),
        "profile" => format!("{plain}</div>"),
        _ => plain,
    }
}

fn clock(view: &View<'_>) -> String {
    if view.is_steady() {
        return String::new();
    }
    "<div class=\"clock\" role=\"group\" aria-label=\"Time shown\">\
     <button type=\"button\" id=\"clock-play\" aria-label=\"Play\">\u{25B6}\u{FE0E} Play</button>\
     <input type=\"range\" id=\"clock\" min=\"0\" value=\"0\" step=\"1\" aria-label=\"Time\">\
     <output id=\"clock-text\" for=\"clock\"></output></div>"
        .into()
}
