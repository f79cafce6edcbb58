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
    /// The smallest violation of limits.
    Slack,
}

impl Objective {
    /// Whether nothing is minimised.
    pub(crate) fn is_aimless(&self) -> bool {
        matches!(self, Self::Feasible | Self::Slack)
    }

    /// A value that nothing can be below, whatever the case, and what is near enough to it; none where
    /// nothing is minimised.
    pub(crate) fn least(&self) -> Option<(f64, f64)> {
        match self {
            Self::Feasible | Self::Slack => None,
            Self::Fuel => Some((0.0, 1e-6)),
            Self::Power => Some((0.0, 1.0)),
            Self::Cost(_) => Some((0.0, 1e-9)),
            Self::Throughput { .. } => Some((f64::NEG_INFINITY, 0.0)),
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
