//! The answer in words: what is delivered where, at what pressure, with what power and fuel, and
//! what limits it.

use super::{Panel, spark};
use crate::escape;
use crate::units::Quantity;
use crate::view::{View, series, total};
use linepack_network::OffTake;

/// Off-takes that are named one by one, at most.
const NAMED_MAX: usize = 8;
/// A flow counts as short when it misses this share of what was asked.
const SHORT_SHARE: f64 = 1e-3;

/// The first panel.
pub(super) fn panel(view: &View<'_>) -> Panel {
    let mut body = status(view);
    body.push_str("<dl class=\"answers\">");
    let mut answer = |question: &str, words: String| {
        body.push_str(&format!("<dt>{question}</dt><dd>{words}</dd>"));
    };
    answer("Delivered", delivered(view));
    answer("Power and fuel", power_and_fuel(view));
    answer("What limits it", limits(view));
    if let Some(words) = capacity(view) {
        answer("Capacity", words);
    }
    if !view.is_steady() {
        answer("Over the run", over_the_run(view));
    }
    answer("Beyond limits", beyond(view));
    body.push_str("</dl>");
    body.push_str(&tiles(view));
    Panel {
        id: "summary",
        title: "Summary",
        body,
    }
}

/// A notice where the run has not reached its end or did not converge.
fn status(view: &View<'_>) -> String {
    let status = &view.solution.status;
    if status.converged && status.complete {
        return String::new();
    }
    let what = if status.converged {
        "The run stopped before its end"
    } else {
        "Not solved"
    };
    let worst = status.worst_element.as_deref().map_or(String::new(), |id| {
        format!(" Worst element: <strong>{}</strong>.", view.name_markup(id))
    });
    format!(
        "<p class=\"alert\" role=\"alert\"><span class=\"mark p1\">1</span> <strong>{what}.</strong> {}{worst} \
         The figures below are what was computed until then.</p>",
        escape::text(&status.message)
    )
}

struct Delivery<'a> {
    id: &'a str,
    flow: f64,
    asked: f64,
    pressure: f64,
    contract: Option<f64>,
}

impl Delivery<'_> {
    fn is_short(&self) -> bool {
        self.asked - self.flow > SHORT_SHARE * self.asked
    }
}

fn deliveries<'a>(view: &View<'a>) -> Vec<Delivery<'a>> {
    let off_takes = view
        .case
        .network
        .off_takes
        .iter()
        .filter(|o| o.header.in_service);
    let mut out: Vec<Delivery<'_>> = off_takes.filter_map(|o| delivery(view, o)).collect();
    out.sort_by(|a, b| b.flow.total_cmp(&a.flow));
    out
}

fn delivery<'a>(view: &View<'a>, off_take: &'a OffTake) -> Option<Delivery<'a>> {
    let id = off_take.header.id.as_str();
    let at = |column| view.solution.terminals.value(column, view.last(), id);
    Some(Delivery {
        id,
        flow: at("mass_flow_kg_per_s")?,
        asked: at("requested_kg_per_s").unwrap_or(f64::NAN),
        pressure: at("pressure_pa").unwrap_or(f64::NAN),
        contract: off_take.pressure_min_pa,
    })
}

fn delivered(view: &View<'_>) -> String {
    let all = deliveries(view);
    if all.is_empty() {
        return "No off-take is in service: nothing is delivered.".into();
    }
    let sum: f64 = all.iter().map(|d| d.flow).sum();
    let when = if view.is_steady() {
        String::new()
    } else {
        format!(" at {} UTC", view.utc(view.solution.time_s[view.last()]))
    };
    let mut words = format!(
        "<strong>{}</strong>{when}{}:<ul class=\"named\">",
        view.q(Quantity::Flow, sum),
        asked(view, &all)
    );
    for d in all.iter().take(NAMED_MAX) {
        words.push_str(&format!("<li>{}</li>", named(view, d)));
    }
    if all.len() > NAMED_MAX {
        words.push_str(&format!("<li>and {} more</li>", all.len() - NAMED_MAX));
    }
    words.push_str("</ul>");
    words
}

fn asked(view: &View<'_>, all: &[Delivery<'_>]) -> String {
    let missing: f64 = all
        .iter()
        .filter(|d| d.is_short())
        .map(|d| d.asked - d.flow)
        .sum();
    if missing > 0.0 {
        return format!(", {} less than asked", view.q(Quantity::Flow, missing));
    }
    if all.iter().any(|d| d.asked.is_finite()) {
        ", all that was asked".into()
    } else {
        String::new()
    }
}

fn named(view: &View<'_>, d: &Delivery<'_>) -> String {
    let mut words = format!(
        "{} {} at {}",
        view.name_markup(d.id),
        view.q(Quantity::Flow, d.flow),
        view.q(Quantity::Pressure, d.pressure)
    );
    if let Some(contract) = d.contract {
        let low = if d.pressure < contract - 100.0 {
            "<span class=\"bad\">\u{25BC} below</span> "
        } else {
            ""
        };
        words.push_str(&format!(
            " <span class=\"nb\">({low}contract {})</span>",
            view.n(Quantity::Pressure, contract)
        ));
    }
    if d.is_short() {
        words.push_str(&format!(
            " <span class=\"bad nb\">\u{25BC} asked {}</span>",
            view.n(Quantity::Flow, d.asked)
        ));
    }
    words
}

fn power_and_fuel(view: &View<'_>) -> String {
    let stations = view
        .case
        .network
        .compressor_stations
        .iter()
        .filter(|s| s.header.in_service);
    let count = stations.clone().count();
    if count == 0 {
        return "No compressor station is in service.".into();
    }
    let power = |id: &str| {
        view.solution
            .edges
            .value("power_w", view.last(), id)
            .unwrap_or(0.0)
    };
    let running = stations.filter(|s| power(&s.header.id) > 0.0).count();
    let balance = &view.solution.balance;
    let watts = total(
        &view.solution.edges,
        "power_w",
        "compressor_station",
        view.last(),
    );
    let mut words = format!(
        "<strong>{}</strong> of shaft power in {running} of {count} stations; fuel <strong>{}</strong>",
        view.q(Quantity::Power, watts),
        view.q(Quantity::Fuel, balance.fuel_kg_per_s),
    );
    if balance.in_kg_per_s > 0.0 {
        let share = balance.fuel_kg_per_s / balance.in_kg_per_s;
        words.push_str(&format!(
            ", {} of what enters",
            view.q(Quantity::Share, share)
        ));
    }
    words.push('.');
    words
}

fn limits(view: &View<'_>) -> String {
    let all = &view.solution.limitations;
    if all.is_empty() {
        return "Nothing: every element does what it is asked, within its limits.".into();
    }
    let named = all.iter().take(NAMED_MAX);
    let named = named.map(|l| {
        format!(
            "<strong>{}</strong> {}",
            view.name_markup(&l.element),
            escape::text(&l.what)
        )
    });
    let mut words = named.collect::<Vec<_>>().join("; ");
    if all.len() > NAMED_MAX {
        words.push_str(&format!("; and {} more", all.len() - NAMED_MAX));
    }
    words.push('.');
    words
}

/// What the stage of this run could deliver at most.
fn capacity(view: &View<'_>) -> Option<String> {
    let stage = view
        .stages
        .iter()
        .find(|s| Some(&s.stage) == view.case.stage.as_ref())?;
    let (id, flow) = stage.capacity.as_ref()?;
    let limit = if stage.limited_by.is_empty() {
        String::new()
    } else {
        format!("; limited by {}", escape::text(&stage.limited_by))
    };
    Some(format!(
        "<strong>{}</strong> is the most that {} can take in steady state beside the others{limit}.",
        view.q(Quantity::Flow, *flow),
        view.name_markup(id),
    ))
}

fn over_the_run(view: &View<'_>) -> String {
    let balance = &view.solution.balance;
    let trend = if balance.linepack_change_kg < 0.0 {
        "fell"
    } else {
        "rose"
    };
    format!(
        "In {}, {} came in, {} went out, {} was burnt{}; the linepack {trend} by {}.",
        view.q(Quantity::Duration, view.duration_s()),
        view.q(Quantity::Amount, balance.in_kg),
        view.q(Quantity::Amount, balance.out_kg),
        view.q(Quantity::Amount, balance.fuel_kg),
        lost(view),
        view.q(Quantity::Amount, balance.linepack_change_kg.abs()),
    )
}

fn lost(view: &View<'_>) -> String {
    let kg = view.solution.balance.leak_kg;
    if kg <= 0.0 {
        return String::new();
    }
    format!(
        ", <span class=\"bad\">\u{25B2} {} was lost through leaks and breaks</span>",
        view.q(Quantity::Amount, kg)
    )
}

fn beyond(view: &View<'_>) -> String {
    let solution = view.solution;
    let short = solution
        .terminal_totals
        .iter()
        .filter(|t| t.first_shortfall_s.is_some());
    let first = short
        .clone()
        .filter_map(|t| Some((t.first_shortfall_s?, &t.id)));
    let first = first.min_by(|a, b| a.0.total_cmp(&b.0));
    let (limits, shortfalls) = (solution.violations.len(), short.count());
    if limits == 0 && shortfalls == 0 {
        return "No limit is crossed and nobody is short of gas.".into();
    }
    let mut words = format!(
        "<span class=\"bad\">\u{25B2} {}</span>",
        limits_and_shortfalls(limits, shortfalls)
    );
    if let Some((time, id)) = first {
        words.push_str(&format!(
            "; the first to be short is <strong>{}</strong>, from {} UTC",
            view.name_markup(id),
            view.utc(time)
        ));
    }
    words.push_str(". See <a href=\"#limits\">limits and shortfalls</a>.");
    words
}

fn limits_and_shortfalls(limits: usize, shortfalls: usize) -> String {
    let limit = if limits == 1 {
        "limit is"
    } else {
        "limits are"
    };
    let terminal = if shortfalls == 1 {
        "terminal is"
    } else {
        "terminals are"
    };
    format!("{limits} {limit} crossed, {shortfalls} {terminal} short of gas")
}

fn tiles(view: &View<'_>) -> String {
    let times = 0..view.times();
    let solution = view.solution;
    let out: Vec<f64> = times
        .clone()
        .map(|t| total(&solution.terminals, "mass_flow_kg_per_s", "off_take", t))
        .collect();
    let power: Vec<f64> = times
        .clone()
        .map(|t| total(&solution.edges, "power_w", "compressor_station", t))
        .collect();
    let fuel: Vec<f64> = times
        .map(|t| total(&solution.edges, "fuel_kg_per_s", "compressor_station", t))
        .collect();
    let mut body = String::from("<ul class=\"tiles\">");
    body.push_str(&tile(view, "Delivered", Quantity::Flow, &out));
    body.push_str(&lowest_margin(view));
    body.push_str(&tile(view, "Power", Quantity::Power, &power));
    body.push_str(&tile(view, "Fuel", Quantity::Fuel, &fuel));
    body.push_str(&tile(
        view,
        "Linepack",
        Quantity::Amount,
        &solution.linepack_kg,
    ));
    body.push_str("</ul>");
    body
}

fn tile(view: &View<'_>, title: &str, quantity: Quantity, values: &[f64]) -> String {
    let last = values.last().copied().unwrap_or(f64::NAN);
    format!(
        "<li><span class=\"what\" title=\"{title}\">{title}</span><span class=\"value\">{}</span>{}</li>",
        view.q(quantity, last),
        spark::line(values)
    )
}

/// The off-take whose pressure is nearest to (or furthest below) its contract pressure.
fn lowest_margin(view: &View<'_>) -> String {
    let with_contract = deliveries(view)
        .into_iter()
        .filter_map(|d| Some((d.pressure - d.contract?, d)));
    let Some((_, d)) = with_contract
        .filter(|m| m.0.is_finite())
        .min_by(|a, b| a.0.total_cmp(&b.0))
    else {
        return String::new();
    };
    let values = series(&view.solution.terminals, "pressure_pa", d.id);
    tile(
        view,
        &format!("Pressure at {}", view.name_markup(d.id)),
        Quantity::Pressure,
        &values,
    )
}
