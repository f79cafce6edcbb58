//! Conditions in words.

use super::Source;
use linepack_network::{Condition, Level, Rule, Side};
use linepack_units::FlowRate;

/// Why a rule acts: `rule "second unit": pressure of N-3 below 55.00 bara for 10 min`.
pub(super) fn cause(rule: &Rule, source: Source) -> String {
    let condition = condition(&rule.when);
    let lasting = if rule.lasting_s > 0.0 {
        format!(" for {}", time(rule.lasting_s))
    } else {
        String::new()
    };
    match source {
        Source::Scenario => format!("rule \"{}\": {condition}{lasting}", rule.name),
        Source::Contract => format!("{}: below its contract, {condition}", rule.name),
        Source::Protection => format!("{}: {condition}{lasting}", rule.name),
    }
}

/// `pressure of N-3 below 55.00 bara`.
pub(super) fn condition(condition: &Condition) -> String {
    let of = match &condition.element {
        Some(id) => format!(" of {id}"),
        None => " of the network".into(),
    };
    let side = match condition.side {
        Side::Below => "below",
        Side::Above => "above",
    };
    let name = condition.level.name();
    let level = match condition.level {
        Level::Pressure(pa) => format!("{:.2} bara", pa / 1e5),
        Level::Flow(rate) => flow(rate),
        Level::Ratio(ratio) => format!("{ratio:.3}"),
        Level::Power(w) => format!("{:.2} MW", w / 1e6),
        Level::Linepack(kg) => format!("{:.1} t", kg / 1e3),
        Level::PressureDrop { drop_pa, within_s } => {
            return format!(
                "pressure{of} falls by {:.2} bar within {}",
                drop_pa / 1e5,
                time(within_s)
            );
        }
        _ => String::new(),
    };
    format!("{name}{of} {side} {level}")
}

fn flow(rate: FlowRate) -> String {
    match rate {
        FlowRate::Mass { kg_per_s } => format!("{kg_per_s:.2} kg/s"),
        FlowRate::Volume {
            m3_per_s,
            reference,
        } => format!("{:.4} million m3/d at {reference}", m3_per_s * 0.0864),
        FlowRate::Energy { watt, .. } => format!("{:.2} MW", watt / 1e6),
    }
}

fn time(seconds: f64) -> String {
    if seconds >= 3600.0 {
        format!("{} h", seconds / 3600.0)
    } else if seconds >= 120.0 {
        format!("{} min", seconds / 60.0)
    } else {
        format!("{seconds} s")
    }
}
