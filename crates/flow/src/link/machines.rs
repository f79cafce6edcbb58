use super::station::ratio_slack;
use super::{BAR, LinkPoint, Mode, Row};
use linepack_stations::{Demand, Limit, Operation, Plant, Suction, Value3};
use std::sync::Arc;

/// Share of its energy that another configuration must save before a running one is left.
const WORTH_SWITCHING: f64 = 0.02;

/// The machines of a station and which of their configurations runs.
#[derive(Debug, Clone)]
pub(crate) struct MachineLaw {
    pub plant: Arc<Plant>,
    /// The configuration that the case prescribes.
    pub fixed: Option<usize>,
    /// The configuration that runs, whose power and fuel count.
    pub running: usize,
    /// Net heating value of the fuel, J/kg; infinite where the fuel is not drawn from the line.
    pub heating_value: f64,
    /// How far they are ideal, on the way to a solution: 1: a pressure ratio is all that limits them and
    /// they take no fuel; 0: as their maps say.
    pub ideal_share: f64,
}

/// Pressure ratio of ideal machines.
const AMPLE_RATIO: f64 = 2.0;

impl MachineLaw {
    /// (p_max(q, p₁) - p₂)/bar with the highest pressure that the machines reach.
    pub(super) fn slack(&self, at: &LinkPoint<'_>) -> Row {
        if self.ideal_share == 1.0 {
            return ratio_slack(at, AMPLE_RATIO, Mode::RatioLimit);
        }
        let highest = self.plant.capability(self.fixed, at.flow, &suction(at));
        let real = Row {
            residual: (highest.pressure_pa - at.pressure_out) / BAR,
            per_flow: highest.per_flow / BAR,
            per_in: highest.per_suction_pressure / BAR,
            per_out: -1.0 / BAR,
            mode: Mode::Machine(highest.limit),
        };
        if self.ideal_share == 0.0 {
            return real;
        }
        let ideal = ratio_slack(at, AMPLE_RATIO, real.mode);
        let mixed = |real: f64, ideal: f64| real + self.ideal_share * (ideal - real);
        Row {
            residual: mixed(real.residual, ideal.residual),
            per_flow: mixed(real.per_flow, ideal.per_flow),
            per_in: mixed(real.per_in, ideal.per_in),
            per_out: mixed(real.per_out, ideal.per_out),
            mode: real.mode,
        }
    }

    /// The highest discharge pressure, Pa, and what binds there.
    pub(crate) fn reach(&self, at: &LinkPoint<'_>) -> (f64, Limit) {
        let highest = self.plant.capability(self.fixed, at.flow, &suction(at));
        (highest.pressure_pa, highest.limit)
    }

    /// What the drives of the running configuration take.
    pub(super) fn demand(&self, at: &LinkPoint<'_>) -> Demand {
        self.plant
            .demand(self.running, at.flow, &suction(at), at.pressure_out)
    }

    /// What each unit does.
    pub(crate) fn operate(&self, at: &LinkPoint<'_>) -> Operation {
        self.plant
            .operate(self.running, at.flow, &suction(at), at.pressure_out)
    }

    /// The configuration in which the work is done, by identifier.
    pub(crate) fn configuration(&self) -> &str {
        self.plant
            .configurations()
            .nth(self.running)
            .unwrap_or_default()
    }

    /// Takes the cheapest configuration where the running one cannot do the work, or saves too little;
    /// whether it is another one.
    pub(crate) fn reconfigure(&mut self, at: &LinkPoint<'_>) -> bool {
        if self.fixed.is_some() || at.flow <= 0.0 || at.pressure_out <= at.pressure_in {
            return false;
        }
        let suction = suction(at);
        let best = self.plant.choose(at.flow, &suction, at.pressure_out);
        if best.configuration == self.running {
            return false;
        }
        let now = self
            .plant
            .operate(self.running, at.flow, &suction, at.pressure_out);
        let saves = best.energy_w < (1.0 - WORTH_SWITCHING) * now.energy_w;
        if now.feasible && !(best.feasible && saves) {
            return false;
        }
        self.running = best.configuration;
        true
    }
}

/// A quantity of the machines as a row in flow and the pressures at the flanges.
pub(super) fn row_of(value: Value3) -> Row {
    Row {
        residual: value.value,
        per_flow: value.per_flow,
        per_in: value.per_suction_pressure,
        per_out: value.per_discharge_pressure,
        mode: Mode::Passive,
    }
}

fn suction(at: &LinkPoint<'_>) -> Suction {
    let (density, slope) = at.gas.density(at.pressure_in);
    Suction {
        pressure_pa: at.pressure_in,
        temperature_k: at.gas.temperature_k(),
        density_kg_per_m3: density,
        density_slope: slope,
        isentropic_exponent: at.gas.isentropic_exponent(at.pressure_in).0,
    }
}
