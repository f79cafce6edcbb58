//! The page of a gas: what it is, its quality with limits, where it condenses, and its charts.

mod chart;

use crate::escape;
use crate::number::fixed;
use chart::{Chart, Line};
use linepack_gas::{
    Composition, EnvelopePoint, Gas, LimitCheck, PhaseEnvelope, PhaseModel, QualityLimits, Verdict,
};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../assets/style.css");
/// Nothing may be fetched and nothing may run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct GasPage<'a> {
    /// Heading.
    pub title: &'a str,
    /// The gas.
    pub gas: &'a Gas,
    /// What it is made of.
    pub composition: &'a Composition,
    /// Its phase behaviour, where it has one.
    pub phase: Option<&'a PhaseModel>,
    /// The limits it is held to.
    pub limits: &'a QualityLimits,
    /// Pressure (Pa) and temperature (K) that are asked for.
    pub state: (f64, f64),
}

/// The page of a gas as HTML without scripts; it opens from disk, in light and dark, and prints.
pub fn gas_html(page: &GasPage<'_>) -> String {
    let title = escape::text(page.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><div class=\"head\"><h1>{title}</h1>\
         <p class=\"sub\">{} at {} bara and {} degC</p></div><main>",
        escape::text(&page.gas.spec().equation.to_string()),
        fixed(page.state.0 * 1e-5, 2),
        fixed(page.state.1 - 273.15, 2)
    );
    let sections = [
        ("Composition and quality", quality(page)),
        ("Where it condenses", envelope(page)),
        ("Compressibility factor", compressibility(page)),
        ("Joule-Thomson coefficient", joule_thomson(page)),
    ];
    for (heading, body) in sections {
        let _ = write!(out, "<section><h2>{heading}</h2>{body}</section>");
    }
    out.push_str("</main></body></html>\n");
    out
}

fn quality(page: &GasPage<'_>) -> String {
    let mut parts = String::new();
    for (name, x) in page.composition.present() {
        let name = name.replace('_', " ");
        let _ = write!(
            parts,
            "<tr><td>{name}</td><td class=\"n\">{}</td></tr>",
            fixed(100.0 * x, 4)
        );
    }
    let rows: String = page
        .limits
        .check(page.composition)
        .iter()
        .map(limit_row)
        .collect();
    let caption = format!(
        "Limits of {}; burnt at {} degC, volumes at {} degC and {} bara",
        page.limits.name,
        fixed(page.limits.combustion_temperature_k - 273.15, 2),
        fixed(page.limits.reference.temperature_k - 273.15, 2),
        fixed(page.limits.reference.pressure_pa * 1e-5, 5)
    );
    format!(
        "<div class=\"beside\"><div class=\"scroll\"><table><caption>Composition</caption>\
         <thead><tr><th>component</th><th class=\"n\">mol %</th></tr></thead><tbody>{parts}</tbody></table></div>\
         <div class=\"scroll\"><table><caption>{}</caption><thead><tr><th>quantity</th><th class=\"n\">value</th>\
         <th class=\"n\">from</th><th class=\"n\">to</th><th>unit</th><th></th></tr></thead>\
         <tbody>{rows}</tbody></table></div></div>",
        escape::text(&caption)
    )
}

fn limit_row(check: &LimitCheck) -> String {
    let quantity = check.limit.quantity;
    let (name, unit, _) = quantity.shown();
    let shown =
        |si: Option<f64>| si.map_or_else(String::new, |v| fixed(quantity.shown_value(v), 3));
    let (class, words) = match &check.verdict {
        Verdict::Within(_) => ("", String::from("within")),
        Verdict::Below => (" class=\"bad\"", String::from("below")),
        Verdict::Above => (" class=\"bad\"", String::from("above")),
        Verdict::Unknown(why) => ("", escape::text(why)),
    };
    format!(
        "<tr><td>{name}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
         <td>{unit}</td><td><span{class}>{words}</span></td></tr>",
        shown(check.value),
        shown(check.limit.low),
        shown(check.limit.high)
    )
}

/// degC and bara of a point.
fn celsius_bar(point: &EnvelopePoint) -> [f64; 2] {
    [point.temperature_k - 273.15, point.pressure_pa * 1e-5]
}

fn envelope(page: &GasPage<'_>) -> String {
    let Some((phase, envelope)) = page.phase.and_then(|p| Some((p, p.envelope().ok()?))) else {
        return "<p class=\"nothing\">This gas has no phase envelope: it is pure, or its line could not \
                be followed.</p>"
            .into();
    };
    let coldest = envelope.cricondentherm.temperature_k - 110.0;
    let shown = |points: &[EnvelopePoint]| -> Vec<[f64; 2]> {
        let near = points.iter().filter(|p| p.temperature_k > coldest);
        near.map(celsius_bar).collect()
    };
    let mut dew = shown(&envelope.dew);
    dew.extend(envelope.critical.as_ref().map(celsius_bar));
    let bubble: Vec<[f64; 2]> = envelope
        .critical
        .iter()
        .map(celsius_bar)
        .chain(shown(&envelope.bubble))
        .collect();
    let (hydrate, water) = lines_of_water(phase);
    let line = |name: &str, points: Vec<[f64; 2]>, dashed| Line {
        name: name.into(),
        points,
        dashed,
    };
    dew.reverse();
    let mut lines = vec![line("dew", dew, false), line("bubble", bubble, false)];
    lines.push(line("hydrate", hydrate, true));
    lines.push(line("water dew", water, true));
    lines.retain(|line| line.points.len() > 1);
    let mut points = vec![(
        "the state".to_owned(),
        [page.state.1 - 273.15, page.state.0 * 1e-5],
    )];
    points.extend(
        envelope
            .critical
            .as_ref()
            .map(|p| ("critical".to_owned(), celsius_bar(p))),
    );
    let note = envelope_note(envelope);
    let chart = Chart {
        axes: ["temperature, degC", "pressure, bara"],
        words: format!("Phase envelope of {}. {note}", page.title),
        lines,
        points,
    };
    format!("{}<p class=\"note\">{note}</p>", chart.markup())
}

/// The extremes of the envelope in words.
fn envelope_note(envelope: &PhaseEnvelope) -> String {
    let mut note = String::from("Peng-Robinson, water left out of the dew and bubble lines.");
    let [t, p] = celsius_bar(&envelope.cricondentherm);
    let _ = write!(
        note,
        " Cricondentherm {} degC at {} bara.",
        fixed(t, 1),
        fixed(p, 1)
    );
    if let Some([t, p]) = envelope.cricondenbar.as_ref().map(celsius_bar) {
        let _ = write!(
            note,
            " Cricondenbar {} bara at {} degC.",
            fixed(p, 1),
            fixed(t, 1)
        );
    }
    note.push_str(" Hydrates form to the left of their line where free water is present.");
    note
}

/// Hydrate and water dew temperatures (degC) over pressure (bara).
fn lines_of_water(phase: &PhaseModel) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let pressures = || (1..=40).map(|k| f64::from(k) * 3.0);
    let hydrate = pressures().filter_map(|bar| {
        let hydrate = phase.hydrate(bar * 1e5)?;
        Some([hydrate.temperature_k - 273.15, bar])
    });
    let water = pressures().filter_map(|bar| {
        let dew = phase.water_dew_point_k(bar * 1e5)?;
        Some([dew - 273.15, bar])
    });
    (hydrate.collect(), water.collect())
}

/// Temperatures of the isotherms, degC, and the highest pressure, bara.
const ISOTHERMS_C: [f64; 5] = [-10.0, 10.0, 30.0, 50.0, 80.0];
const PRESSURE_MAX_BAR: usize = 200;

/// A property along isotherms; states that the equation refuses are left out.
fn isotherms(
    page: &GasPage<'_>,
    name: &'static str,
    of: impl Fn(&linepack_gas::GasState) -> f64,
) -> Chart {
    let line = |celsius: &f64| Line {
        name: format!("{} degC", fixed(*celsius, 0)),
        dashed: false,
        points: (0..=PRESSURE_MAX_BAR / 4)
            .filter_map(|k| {
                let bar = (4 * k).max(1) as f64;
                let state = page.gas.state(bar * 1e5, celsius + 273.15).ok()?;
                Some([bar, of(&state)])
            })
            .collect(),
    };
    let mut lines: Vec<Line> = ISOTHERMS_C.iter().map(line).collect();
    lines.retain(|line| line.points.len() > 1);
    let state = page.gas.state(page.state.0, page.state.1).ok();
    let point = state.map(|s| ("the state".to_owned(), [page.state.0 * 1e-5, of(&s)]));
    Chart {
        axes: ["pressure, bara", name],
        words: format!(
            "{name} of {} over pressure at five temperatures",
            page.title
        ),
        lines,
        points: point.into_iter().collect(),
    }
}

fn compressibility(page: &GasPage<'_>) -> String {
    isotherms(page, "compressibility factor Z", |s| s.compressibility).markup()
}

fn joule_thomson(page: &GasPage<'_>) -> String {
    let chart = isotherms(page, "Joule-Thomson coefficient, K/bar", |s| {
        s.joule_thomson_k_per_pa * 1e5
    });
    format!(
        "{}<p class=\"note\">What the gas cools by when it is throttled by one bar.</p>",
        chart.markup()
    )
}
