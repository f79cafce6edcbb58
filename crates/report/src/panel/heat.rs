//! How warm the gas is, where its heat went, and how far it is from condensing.

use super::Panel;
use super::series::half;
use crate::number;
use crate::table::{Cell, Column, Table};
use crate::units::Quantity;
use crate::view::View;
use linepack_results::{HeatBalance, PhaseMargin};

/// The panel; none where temperatures are not computed.
pub(super) fn panel(view: &View<'_>) -> Option<Panel> {
    let heat = view.solution.heat.as_ref()?;
    let mut body = String::new();
    if !view.is_steady() {
        let label = "Temperature at the chosen nodes over time";
        body.push_str(&half("temperature", "Temperature at nodes", label));
    }
    body.push_str(&format!(
        "<div class=\"beside\">{}{}</div>",
        balance(view, heat),
        margins(view)
    ));
    Some(Panel {
        id: "heat",
        title: "Temperature",
        body,
    })
}

/// Where the energy of the gas came from and went.
fn balance(view: &View<'_>, heat: &HeatBalance) -> String {
    let lines = [
        ("In with gas of supplies", heat.in_j),
        ("+ Work of compressors", heat.work_j),
        ("+ Heaters, less coolers", heat.heater_j),
        ("\u{2212} Out with gas", heat.out_j),
        ("\u{2212} With fuel", heat.fuel_j),
        ("\u{2212} Lost to the ground", heat.ground_j),
        ("\u{2212} Rise of what is stored", heat.stored_change_j),
    ];
    let (caption, quantity) = match view.is_steady() {
        true => ("Energy balance of the steady state", Quantity::Power),
        false => ("Energy balance of the run", Quantity::Energy),
    };
    let columns = vec![Column::Words("Part"), Column::Numbers("Energy", quantity)];
    let mut table = Table::new(caption, columns);
    for (name, value) in lines {
        table.row(vec![Cell::text(name), Cell::Number(value)]);
    }
    let closure = number::scientific(heat.closure());
    let words = format!("= Residual ({closure} of what passed)");
    let residual = vec![Cell::text(words), Cell::Number(heat.residual_j)];
    table.row_with("class=\"total\"", residual);
    format!(
        "<div>{}<p class=\"note\">Enthalpies count from a zero of the equation of state, so only their differences \
         mean something.</p></div>",
        table.markup(&view.units)
    )
}

/// Least distances from liquid and hydrate.
fn margins(view: &View<'_>) -> String {
    let margins = view.solution.quality.iter().flat_map(|q| &q.phase_margins);
    let columns = vec![
        Column::Words("From"),
        Column::Numbers("Margin", Quantity::Kelvin),
        Column::Words("Where"),
        Column::Numbers("At km", Quantity::Distance),
        Column::Words("When<br><span class=\"unit\">UTC</span>"),
        Column::Numbers("Pressure", Quantity::Pressure),
        Column::Numbers("Temperature", Quantity::Temperature),
    ];
    let mut table = Table::new("Least distance from liquid and hydrate", columns);
    margins.for_each(|m| table.row(margin(view, m)));
    if table.is_empty() {
        return String::new();
    }
    format!("<div>{}</div>", table.markup(&view.units))
}

fn margin(view: &View<'_>, m: &PhaseMargin) -> Vec<Cell> {
    let kind = m.kind.replace('_', " ");
    let kind = match m.margin_k < 0.0 {
        true => Cell::Markup(format!(
            "<span class=\"bad\">\u{25BC}</span> {}",
            crate::escape::text(&kind)
        )),
        false => Cell::text(kind),
    };
    vec![
        kind,
        Cell::Number(m.margin_k),
        Cell::Markup(view.name_markup(&m.element)),
        Cell::Number(m.distance_m.unwrap_or(f64::NAN)),
        Cell::text(view.utc(m.time_s)),
        Cell::Number(m.pressure_pa),
        Cell::Number(m.temperature_k),
    ]
}
