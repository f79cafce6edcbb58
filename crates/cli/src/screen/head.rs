use super::{Screen, wrapped};
use crate::console::{BOLD, plural};
use crate::shown::{duration, number};
use linepack_results::Frame;

/// Deliveries that are told one by one; the rest is in the table.
const TOLD: usize = 4;
/// A delivery as large as this share of what is asked is all of it.
const ALL: f64 = 1.0 - 1e-6;

/// Title, and the answers in a few lines.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let mut text = title(screen);
    for (label, answer) in answers(screen) {
        let body = wrapped(&answer, 14);
        let body = body.get(14..).unwrap_or_default();
        text.push_str(&format!("  {BOLD}{label:<12}{BOLD:#}{body}\n"));
    }
    text
}

fn title(screen: &Screen<'_>) -> String {
    let case = screen.case;
    let named = |name: &str, title: &str| {
        if title.is_empty() || title == name {
            name.into()
        } else {
            format!("{name} ({title})")
        }
    };
    let mut text = format!(
        "{BOLD}{}{BOLD:#}\n",
        if case.title.is_empty() {
            &case.id
        } else {
            &case.title
        }
    );
    let m = screen.manifest;
    let stage = match (&m.as_of, &m.stage) {
        (Some(day), _) => Some(format!("as of {day}")),
        (None, stage) => stage
            .as_ref()
            .map(|s| format!("stage {}", named(s, &m.stage_title))),
    };
    let scenario = format!(
        "scenario {}{}",
        named(&m.scenario, &m.scenario_title),
        span(screen)
    );
    for line in stage.iter().chain([&scenario]) {
        text.push_str(&format!("{}\n", wrapped(line, 2)));
    }
    text.push('\n');
    text
}

/// `, 24 h from 2026-01-01T05:00:00Z`, or that it is steady.
fn span(screen: &Screen<'_>) -> String {
    let times = &screen.solution.time_s;
    match (times.first(), times.last()) {
        (Some(first), Some(last)) if last > first => {
            let from = if *first > 0.0 {
                format!("{} to ", duration(*first))
            } else {
                String::new()
            };
            format!(
                ", {from}{} from {}",
                duration(*last),
                screen.solution.start_utc
            )
        }
        _ => ", steady".into(),
    }
}

fn answers(screen: &Screen<'_>) -> Vec<(&'static str, String)> {
    let mut answers = Vec::new();
    let status = &screen.solution.status;
    if !status.converged || !status.complete {
        let label = if status.converged {
            "Incomplete"
        } else {
            "Not solved"
        };
        answers.push((label, status.message.clone()));
    }
    if screen.solution.time_s.is_empty() {
        return answers;
    }
    answers.push(("Delivers", delivered(screen)));
    answers.extend(arrivals(screen).into_iter().map(|text| ("", text)));
    answers.extend(labelled("Falls short", shortfalls(screen)));
    if let Some(text) = compression(screen) {
        answers.push(("Compresses", text));
    }
    if screen.solution.balance.leak_kg > 0.0 {
        let lost = screen.shown.amount(screen.solution.balance.leak_kg);
        answers.push((
            "Loses",
            format!("{lost} {} through leaks", screen.shown.amount_unit),
        ));
    }
    let limits = screen.solution.limitations.iter().take(TOLD);
    let limits = limits
        .map(|l| format!("{}: {}", l.element, l.what))
        .collect();
    answers.extend(labelled("Limited by", limits));
    let violated = screen.solution.violations.len();
    if violated > 0 && status.converged {
        answers.push(("Violates", plural(violated, "limit")));
    }
    answers
}

/// Lines of which the first has a label.
fn labelled(label: &'static str, lines: Vec<String>) -> Vec<(&'static str, String)> {
    let label_of = |i: usize| if i == 0 { label } else { "" };
    let numbered = lines.into_iter().enumerate();
    numbered.map(|(i, line)| (label_of(i), line)).collect()
}

fn delivered(screen: &Screen<'_>) -> String {
    let terminals = &screen.solution.terminals;
    let ids: Vec<&str> = Screen::ids(terminals, "off_take").collect();
    let sum = |name: &str| {
        ids.iter()
            .map(|id| screen.value(terminals, name, id))
            .filter(|q| q.is_finite())
            .sum::<f64>()
    };
    let (taken, asked) = (sum("mass_flow_kg_per_s"), sum("requested_kg_per_s"));
    let unit = screen.shown.flow_unit;
    let verdict = if ids.iter().all(|id| gets_all(screen, terminals, id)) {
        "all that is asked for".into()
    } else {
        format!("{} asked for", screen.shown.flow(asked))
    };
    let places = plural(ids.len(), "off-take");
    let when = if screen.is_run() { " at the end" } else { "" };
    format!(
        "{} {unit} at {places}{when}: {verdict}",
        screen.shown.flow(taken)
    )
}

/// Whether an off-take gets what it asks for; one that asks for nothing does.
fn gets_all(screen: &Screen<'_>, terminals: &Frame, id: &str) -> bool {
    let asked = screen.value(terminals, "requested_kg_per_s", id);
    let taken = screen.value(terminals, "mass_flow_kg_per_s", id);
    !asked.is_finite() || taken >= ALL * asked
}

/// The largest deliveries and their pressures.
fn arrivals(screen: &Screen<'_>) -> Vec<String> {
    let terminals = &screen.solution.terminals;
    let mut list: Vec<(f64, &str)> = Screen::ids(terminals, "off_take")
        .map(|id| (screen.value(terminals, "mass_flow_kg_per_s", id), id))
        .filter(|(q, _)| q.is_finite())
        .collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    list.iter()
        .take(TOLD)
        .map(|(q, id)| arrival(screen, id, *q))
        .collect()
}

/// Off-takes that did not get all that they asked for during the run, the first one first.
fn shortfalls(screen: &Screen<'_>) -> Vec<String> {
    let totals = screen.solution.terminal_totals.iter();
    let mut short: Vec<_> = totals
        .filter(|t| screen.is_run() && t.kind == "off_take" && t.mass_kg < ALL * t.requested_kg)
        .filter_map(|t| Some((t.first_shortfall_s?, t)))
        .collect();
    short.sort_by(|a, b| a.0.total_cmp(&b.0));
    let told = short.iter().take(TOLD).map(|(since_s, t)| {
        let off_take = screen.case.network.off_takes.iter();
        let label = off_take
            .filter(|o| o.header.id == t.id)
            .map(|o| o.header.label.as_str())
            .next()
            .unwrap_or(&t.id);
        let share = number(100.0 * t.mass_kg / t.requested_kg, 1);
        format!("{label}: after {}, {share} % served", duration(*since_s))
    });
    told.collect()
}

fn arrival(screen: &Screen<'_>, id: &str, flow: f64) -> String {
    let off_take = screen
        .case
        .network
        .off_takes
        .iter()
        .find(|o| o.header.id == id);
    let label = off_take.map_or(id, |o| o.header.label.as_str());
    let pressure = screen.value(&screen.solution.terminals, "pressure_pa", id);
    let contract = off_take.and_then(|o| o.pressure_min_pa);
    let contract = contract.map_or(String::new(), |p| {
        format!(" (contract {})", screen.shown.pressure(p))
    });
    let (q, unit) = (screen.shown.flow(flow), screen.shown.flow_unit);
    format!(
        "{label}: {q} {unit} at {} bara{contract}",
        screen.shown.pressure(pressure)
    )
}

/// Power and fuel of the stations; none where there are no stations.
fn compression(screen: &Screen<'_>) -> Option<String> {
    let edges = &screen.solution.edges;
    let ids: Vec<&str> = Screen::ids(edges, "compressor_station").collect();
    let powers: Vec<f64> = ids
        .iter()
        .map(|id| screen.value(edges, "power_w", id))
        .filter(|w| *w > 0.0)
        .collect();
    if ids.is_empty() {
        return None;
    }
    let power = screen.shown.power(powers.iter().sum());
    let (fuel, inflow) = (
        screen.solution.balance.fuel_kg_per_s,
        screen.solution.balance.in_kg_per_s,
    );
    let share = if fuel > 0.0 && fuel < inflow {
        format!(" ({:.1} % of intake)", 100.0 * fuel / inflow)
    } else {
        String::new()
    };
    let (fuel, unit) = (screen.shown.flow(fuel), screen.shown.flow_unit);
    let all = match ids.len() {
        n if n == powers.len() => plural(n, "station"),
        n => format!("{} of {n} stations", powers.len()),
    };
    Some(format!("{power} MW at {all}; fuel {fuel} {unit}{share}"))
}
