//! What binds, and what it is worth.

use crate::bounds::Limit;
use crate::descent::Outcome;
use crate::layout::PRESSURE_SCALE;
use crate::plan::describe;
use crate::problem::{ArcKind, Problem};
use crate::search::Found;
use serde::Serialize;
use std::collections::BTreeMap;

/// A limit that binds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Binding {
    /// The element.
    pub element: String,
    /// What is limited, as in [`crate::Passed`]; `flow_kg_per_s` where a flow is asked for, `limit` of a station or
    /// control valve: its ratio, power or machines, or that it does not throttle less.
    pub quantity: &'static str,
    /// Where it stands, SI; none of a `limit`.
    pub value: Option<f64>,
    /// Shadow price: by how much the objective falls (a delivery: grows) per unit, SI, by which the limit is
    /// moved so that it binds less; of a flow that is asked for: by how much it grows with the flow. None of
    /// a `limit`, whose unit is that of the machine.
    pub price: Option<f64>,
}

/// Prices below this share of the largest are none.
const LEAST_SHARE: f64 = 1e-6;
/// Scaled multipliers below this are none: what an interior point leaves.
const LEAST: f64 = 1e-6;

/// What binds at a point, the dearest first within its kind; nothing where nothing is minimised.
pub(crate) fn binding(problem: &Problem, found: &Found) -> Vec<Binding> {
    let outcome = &found.outcome;
    if problem.objective.is_aimless() || !outcome.feasible() {
        return Vec::new();
    }
    let mut prices: BTreeMap<&Limit, f64> = BTreeMap::new();
    for (limit, price) in &outcome.prices {
        *prices.entry(limit).or_default() += price;
    }
    let least = LEAST.max(LEAST_SHARE * prices.values().copied().fold(0.0, f64::max));
    let mut binding: Vec<(f64, Binding)> = Vec::new();
    for (limit, &price) in &prices {
        binding.extend(one(problem, outcome, limit, price, &prices, least));
    }
    binding.sort_by(|a, b| {
        let kind = |b: &Binding| b.quantity;
        kind(&a.1).cmp(kind(&b.1)).then(b.0.total_cmp(&a.0))
    });
    binding.into_iter().map(|b| b.1).collect()
}

fn one(
    problem: &Problem,
    outcome: &Outcome,
    limit: &Limit,
    price: f64,
    prices: &BTreeMap<&Limit, f64>,
    least: f64,
) -> Option<(f64, Binding)> {
    let per_flow = 1.0 / problem.layout.flow_scale;
    if let Limit::Inflow(t, high) = *limit
        && let [low, most] = problem.terminals[t].inflow
        && low == most
    {
        // A flow that is asked for: both sides at once.
        let other = prices.get(&Limit::Inflow(t, !high)).copied().unwrap_or(0.0);
        let up = if problem.terminals[t].supply {
            -1.0
        } else {
            1.0
        };
        let net = up * if high { price - other } else { other - price };
        let terminal = &problem.terminals[t];
        let asked = (high && net.abs() > least).then(|| Binding {
            element: terminal.id.clone(),
            quantity: "flow_kg_per_s",
            value: Some(low.abs()),
            price: Some(net * per_flow / outcome.scale),
        });
        return asked.map(|b| (net.abs(), b));
    }
    let described = describe(problem, &outcome.x, limit).filter(|_| price > least)?;
    let of_limit = match *limit {
        Limit::Reach(a) => {
            let kinds = [ArcKind::Station, ArcKind::ControlValve];
            return kinds.contains(&problem.arcs[a].kind).then(|| {
                let binding = Binding {
                    element: described.element,
                    quantity: "limit",
                    value: None,
                    price: None,
                };
                (price, binding)
            });
        }
        Limit::Pressure(..) | Limit::Set(..) => {
            2.0 * described.limit / (PRESSURE_SCALE * PRESSURE_SCALE)
        }
        Limit::Flow(..) | Limit::Inflow(..) => per_flow,
    };
    let binding = Binding {
        element: described.element,
        quantity: described.quantity,
        value: Some(described.limit),
        price: Some(price * of_limit / outcome.scale),
    };
    Some((price, binding))
}
