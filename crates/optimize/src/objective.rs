use serde::Serialize;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Objective {
    /// Any operating point within all limits.
    Feasible,
    /// Least gas drawn by the drives of stations.
    Fuel,
    /// Least shaft power of all stations.
    Power,
    /// Least cost of fuel gas and of power that is not made from gas of the line.
    Cost(Prices),
    /// Most gas taken by an off-take, in place of what it asks for.
    Throughput {
        /// The off-take.
        off_take: String,
    },
    /// Least cost of gas that is brought in and of what stations take, less the worth of gas that is taken.
    Trade(Trade),
    /// Least cost of what is built.
    Build(Vec<Candidate>),
    /// The smallest violation of limits.
    Slack,
}

/// What may be built: a valve of the case that leads to it, closed where it is not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The valve.
    pub valve: String,
    /// What it costs.
    pub cost: f64,
}

/// Offers of gas, and prices of what stations take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trade {
    /// Supplies and off-takes whose flows are free, with their prices; all others flow as they are asked for.
    pub offers: Vec<Offer>,
    /// What stations take.
    pub prices: Prices,
}

/// A price at a supply or off-take and the flows it holds for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offer {
    /// The supply or off-take.
    pub terminal: String,
    /// Cost of gas brought in by a supply, worth of gas taken by an off-take, per kg.
    pub per_kg: f64,
    /// Least and most, kg/s.
    pub flow_kg_per_s: [f64; 2],
}

impl Objective {
    /// Whether nothing is minimised.
    pub(crate) fn is_aimless(&self) -> bool {
        matches!(self, Self::Feasible | Self::Slack)
    }

    /// The price and the least and largest flow of a terminal, where they are free.
    pub(crate) fn offer(&self, terminal: &str) -> Option<&Offer> {
        match self {
            Self::Trade(trade) => trade.offers.iter().find(|o| o.terminal == terminal),
            _ => None,
        }
    }

    /// A value that nothing can be below, whatever the case, and what is near enough to it; none where
    /// nothing is minimised.
    pub(crate) fn least(&self) -> Option<(f64, f64)> {
        match self {
            Self::Feasible | Self::Slack => None,
            Self::Fuel => Some((0.0, 1e-6)),
            Self::Power => Some((0.0, 1.0)),
            Self::Cost(_) | Self::Build(_) => Some((0.0, 1e-9)),
            Self::Throughput { .. } | Self::Trade(_) => Some((f64::NEG_INFINITY, 0.0)),
        }
    }
}

/// Prices of what stations take.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prices {
    /// Gas, per kg.
    pub gas_per_kg: f64,
    /// Electric energy, per J.
    pub power_per_j: f64,
}

/// How stations are modelled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StationModel {
    /// By the maps of their machines, where these are known.
    #[default]
    Maps,
    /// By the largest pressure ratio that the limits of pressure leave, without limit of power and without
    /// fuel: what most published verdicts on nominations assume.
    Ratio,
}
