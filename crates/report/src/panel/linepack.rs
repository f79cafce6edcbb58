use super::{Panel, chart, nothing};
use crate::units::Quantity;
use crate::view::View;

/// The gas in the pipes, and how fast it grows or shrinks.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let body = match view.solution.linepack_kg.last() {
        None => nothing("The run gives no linepack."),
        Some(&kg) if view.is_steady() => {
            format!("<p>The pipes hold {}.</p>", view.q(Quantity::Amount, kg))
        }
        Some(_) => charts(view),
    };
    Panel {
        id: "linepack",
        title: "Linepack",
        body,
    }
}

fn charts(view: &View<'_>) -> String {
    let pack = &view.solution.linepack_kg;
    let low = pack.iter().copied().fold(f64::INFINITY, f64::min);
    let high = pack.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let words = format!(
        "<p>At the start {}, at the end {}; lowest {}, highest {}.</p>",
        view.q(Quantity::Amount, pack.first().copied().unwrap_or(f64::NAN)),
        view.q(Quantity::Amount, pack.last().copied().unwrap_or(f64::NAN)),
        view.q(Quantity::Amount, low),
        view.q(Quantity::Amount, high),
    );
    let total = chart("linepack-total", "Linepack of the whole network over time");
    let rate = chart("linepack-rate", "Rate of change of the linepack over time");
    format!("{words}{total}{rate}")
}
