//! One panel per question that a reader has, in the order of the page.

mod accuracy;
mod balance;
mod basis;
mod compressor;
mod gas;
mod heat;
mod limits;
mod linepack;
mod map;
mod profile;
mod quality;
mod run;
mod series;
mod spark;
mod stages;
mod stations;
mod summary;

use crate::data::Thinning;
use crate::route::Path;
use crate::view::View;

/// A part of the page with its own heading.
pub(crate) struct Panel {
    /// Anchor.
    pub(crate) id: &'static str,
    /// Heading.
    pub(crate) title: &'static str,
    /// Markup below the heading.
    pub(crate) body: String,
}

/// All panels of the page, in order.
pub(crate) fn all(view: &View<'_>, paths: &[Path], thinning: &Thinning) -> Vec<Panel> {
    let mut panels = vec![
        summary::panel(view),
        stages::panel(view),
        map::panel(view),
        profile::panel(view, paths),
        series::panel(view),
    ];
    panels.extend(heat::panel(view));
    panels.extend(quality::panel(view));
    panels.extend([
        linepack::panel(view),
        stations::panel(view),
        balance::panel(view),
        limits::panel(view),
        basis::panel(view, thinning),
    ]);
    panels
}

/// A paragraph that says why there is nothing to show.
fn nothing(words: &str) -> String {
    format!("<p class=\"nothing\">{words}</p>")
}

/// A chart that the scripts draw, with words for readers who cannot see it.
fn chart(id: &str, label: &str) -> String {
    format!("<div class=\"chart\" id=\"{id}\" role=\"img\" aria-label=\"{label}\"></div>")
}
