use super::run::timed;
use crate::args::{Aim, Optimize, StationLaw};
use crate::console::{BOLD, Console};
use crate::failure::{Exit, Failure};
use crate::screen::Table;
use crate::shown::{Shown, number, quantity, significant, wall_time};
use crate::{file, input};
use linepack_formats::Selection;
use linepack_optimize::{
    ArcState, Objective, Passed, Plan, Prices, Setting, StationModel, Verdict, optimize,
};
use serde_json::{Value, json};
use std::fmt::Write;

const J_PER_KWH: f64 = 3.6e6;

/// Looks for set-points and states, and holds what it finds against a steady solve.
pub(super) fn run(args: &Optimize, console: &Console) -> Result<Exit, Failure> {
    let objective = objective(args)?;
    if let Some(out) = args.out.as_deref().filter(|o| o.exists()) {
        let help = Some("name another one; nothing is overwritten".into());
        return Err(Failure::usage(format!("{} exists", out.display()), help));
    }
    let loaded = input::read(&args.case, &Selection::from(&args.selecting), console)?;
    let stations = match args.stations {
        StationLaw::Maps => StationModel::Maps,
        StationLaw::Ratio => StationModel::Ratio,
    };
    let found = timed(|| optimize(&loaded.case, &objective, stations));
    let (plan, seconds) = found.map_err(|e| Failure::invalid(e.to_string()))?;
    let largest = plan.settings.iter().map(|s| s.flow_kg_per_s.abs());
    let shown = Shown::new(&loaded.case, largest.fold(0.0, f64::max));
    let shown = shown.map_err(|e| Failure::invalid(e.to_string()))?;
    if console.json {
        console.document(&document(&plan, seconds)?);
    } else if console.for_people() {
        console.data(&text(&plan, &shown, seconds));
    }
    if let Some(out) = &args.out {
        file::write(out, &linepack_formats::write(&plan.case))?;
        console.note(&format!("wrote {}", out.display()));
    }
    Ok(match plan.verdict {
        Verdict::Feasible => Exit::Done,
        _ => Exit::NotSolved,
    })
}

fn objective(args: &Optimize) -> Result<Objective, Failure> {
    let needs = |what: &str| Failure::usage(format!("--objective {what}"), None);
    Ok(match args.objective {
        Aim::Feasible => Objective::Feasible,
        Aim::Fuel => Objective::Fuel,
        Aim::Power => Objective::Power,
        Aim::Slack => Objective::Slack,
        Aim::Throughput => Objective::Throughput {
            off_take: args
                .at
                .clone()
                .ok_or_else(|| needs("throughput needs --at OFF-TAKE"))?,
        },
        Aim::Cost => {
            let (Some(gas), Some(power)) = (args.gas_price, args.power_price) else {
                return Err(needs(
                    "cost needs --gas-price (per kg) and --power-price (per kWh)",
                ));
            };
            Objective::Cost(Prices {
                gas_per_kg: gas,
                power_per_j: power / J_PER_KWH,
            })
        }
    })
}

fn document(plan: &Plan, seconds: f64) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(plan).map_err(|e| Failure::System(e.to_string()))?;
    if let Some(object) = value.as_object_mut() {
        object.insert("seconds".into(), json!(seconds));
    }
    Ok(value)
}

fn text(plan: &Plan, shown: &Shown, seconds: f64) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}\n", verdict(plan));
    if let Some(value) = plan.value {
        let _ = writeln!(text, "{}", cost(plan, value, shown));
    }
    let _ = writeln!(text, "{}", checked(plan, shown));
    let _ = writeln!(
        text,
        "{} of states, {} quadratic programs, {}\n",
        crate::console::plural(plan.combinations, "combination"),
        plan.programs,
        wall_time(seconds)
    );
    if plan.verdict != Verdict::Feasible {
        text.push_str(&limits("limits that it passes", &plan.passed, shown));
        text.push_str(&limits(
            "limits that cannot be kept together; without one of them the others can",
            &plan.conflict,
            shown,
        ));
        text.push_str(&slack(plan, shown));
    }
    text.push_str(&settings(&plan.settings, shown));
    text.push_str(&binding(plan, shown));
    text
}

/// What binds and what it is worth to move it.
fn binding(plan: &Plan, shown: &Shown) -> String {
    if plan.binding.is_empty() {
        return String::new();
    }
    let objective = match plan.objective {
        Objective::Fuel | Objective::Throughput { .. } => "kg/s",
        Objective::Power => "kW",
        _ => "money/s",
    };
    let mut table = Table::new(&["binds", "quantity", "at", "shadow price"]);
    for b in &plan.binding {
        let (scale, unit) = match b.quantity {
            q if q.ends_with("_pa") => (1e5, "bar"),
            _ => (1.0, "kg/s"),
        };
        let in_unit = if objective == "kW" { 1e-3 } else { 1.0 };
        let price = |p: f64| {
            format!(
                "{} {objective} per {unit}",
                significant(p * scale * in_unit)
            )
        };
        table.row([
            b.element.clone(),
            named(b.quantity),
            b.value
                .map_or(String::new(), |v| quantity(b.quantity, v, shown)),
            b.price.map_or(String::new(), price),
        ]);
    }
    format!("\n{}", table.lines())
}

/// A quantity without its unit.
fn named(quantity: &str) -> String {
    quantity
        .replace("_pa", "")
        .replace("_kg_per_s", "")
        .replace('_', " ")
}

fn verdict(plan: &Plan) -> &'static str {
    match plan.verdict {
        Verdict::Feasible => "feasible: within all limits, and a steady solve agrees",
        Verdict::Infeasible => "infeasible: no states and set-points keep all limits",
        Verdict::NotFound => {
            "not found: no states and set-points tried keep all limits; others may"
        }
    }
}

fn cost(plan: &Plan, value: f64, shown: &Shown) -> String {
    let (what, name) = match plan.objective {
        Objective::Fuel => ("fuel", "kg_per_s"),
        Objective::Power => ("power", "power_w"),
        Objective::Throughput { .. } => ("delivery", "kg_per_s"),
        _ => ("cost per second", ""),
    };
    let of = |v: f64| match name {
        "" => significant(v),
        "kg_per_s" if what == "fuel" => format!("{} kg/s", significant(v)),
        name => quantity(name, v, shown),
    };
    match plan.bound {
        Some(bound) => {
            let gap = (value - bound).abs() / value.abs().max(1e-12);
            let gap = if value.abs() < 1e-6 { 0.0 } else { gap };
            format!(
                "{what} {}, none beyond {} (gap {} %)",
                of(value),
                of(bound),
                number(100.0 * gap, 2)
            )
        }
        None => format!("{what} {}, no bound", of(value)),
    }
}

fn checked(plan: &Plan, shown: &Shown) -> String {
    let check = &plan.check;
    if !check.solved {
        return format!("steady solve: {}", check.message);
    }
    format!(
        "steady solve: {}, largest difference of a pressure {} Pa, {} beyond limits",
        check.message,
        number(check.pressure_difference_pa, 1),
        match check.violations.first() {
            None => "nothing".into(),
            Some(v) => format!(
                "{} {} against {} and {} more",
                v.element,
                quantity(&v.quantity, v.value, shown),
                quantity(&v.quantity, v.limit, shown),
                check.violations.len() - 1
            ),
        }
    )
}

fn limits(title: &str, passed: &[Passed], shown: &Shown) -> String {
    if passed.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[title, "quantity", "value", "limit"]);
    for p in passed {
        table.row([
            p.element.clone(),
            named(p.quantity),
            quantity(p.quantity, p.value, shown),
            quantity(p.quantity, p.limit, shown),
        ]);
    }
    format!("{}\n", table.lines())
}

fn slack(plan: &Plan, shown: &Shown) -> String {
    let one = |value: Option<f64>, name: &str| {
        value.map_or("none found".into(), |v| quantity(name, v, shown))
    };
    format!(
        "smallest slack: {} of pressure in all with all flows kept, or {} of flow with all pressures kept\n\n",
        one(plan.slack.pressure_pa, "slack_pa").replace("bara", "bar"),
        one(plan.slack.flow_kg_per_s, "slack_kg_per_s"),
    )
}

fn settings(settings: &[Setting], shown: &Shown) -> String {
    let mut table = Table::new(&["set to", "state", "holds", "flow", "from", "to"]);
    for s in settings {
        let state = match s.state {
            ArcState::Open => "open",
            ArcState::Active => "active",
            ArcState::Closed => "closed",
        };
        let configuration = s.configuration.as_ref().map(|c| format!(" ({c})"));
        table.row([
            s.element.clone(),
            format!("{state}{}", configuration.unwrap_or_default()),
            s.holds.unwrap_or("").to_owned(),
            format!("{} {}", shown.flow(s.flow_kg_per_s), shown.flow_unit),
            format!("{} bara", number(s.ends_pa[0] / 1e5, 2)),
            format!("{} bara", number(s.ends_pa[1] / 1e5, 2)),
        ]);
    }
    table.lines()
}
